"""What stands in the tables at the end of a day of a made-up year, read by plain SQL that shares nothing with the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection

from tijdig.access.scope import organisation_scope
from tijdig.base.days import AMSTERDAM
from tijdig.cli.lived.sums import Entry, Plan


class Stands(NamedTuple):
    balance_cents: int
    overdue_cents: int
    asks: bool  # somebody, not the program
    rule: str
    bucket: str


class Planned(NamedTuple):
    id: int
    tenancy: int
    rule: str
    act: str
    planned_on: date


class Done(NamedTuple):
    """A step towards a tenancy. `letter` is the kind of a letter that was sent, `fee_from_on` of a fourteen-day letter."""

    id: int
    tenancy: int
    kind: str
    letter: str
    channel: str
    on: date
    fee_from_on: str
    subject: str


class Contact(NamedTuple):
    tenancy: int
    at: datetime
    talk: bool
    sought: bool  # by telephone or at the door, by us


class Alert(NamedTuple):
    cause: str
    raised_on: date


class Went(NamedTuple):
    """A message that was handed to its carrier: when, and what kept it from going."""

    sending: int
    tenancy: int
    letter: str
    at: datetime
    held_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The end of a day. Lists hold what is new since the day before; mappings and sets what stands."""

    on: date
    entries: Sequence[Entry] = ()
    contacts: Sequence[Contact] = ()
    planned: Sequence[Planned] = ()
    done: Sequence[Done] = ()
    went: Sequence[Went] = ()
    decided: Sequence[tuple[int, str]] = ()  # tenancy and kind of every ruling that was made
    standings: Mapping[int, Stands] = field(default_factory=dict)
    alerts: Mapping[int, Alert] = field(default_factory=dict)
    plans: Sequence[Plan] = ()
    holds: Mapping[int, frozenset[str]] = field(
        default_factory=dict
    )  # kinds of rulings by a name that hold today
    objecting: frozenset[int] = frozenset()
    promising: frozenset[int] = frozenset()  # who promised in a talk to pay by a day that is not over
    procedures: Mapping[int, date] = field(
        default_factory=dict
    )  # the first day of a debt procedure that runs
    departed: frozenset[int] = frozenset()
    unsure: frozenset[int] = frozenset()  # whose payment waits, or whose bank statement does not tie
    debits: Mapping[int, int] = field(default_factory=dict)  # the agreed day of who pays by direct debit
    open_steps: Mapping[int, int] = field(default_factory=dict)
    twice: Sequence[tuple[int, str, date, int]] = ()


_QUERIES = {
    "entries": """SELECT id, tenancy_id, kind, amount_cents, effective_on, due_on,
                          CASE WHEN role = 4 THEN coalesce(target_id, 0) ELSE 0 END FROM ledger_entry
                   WHERE id > %(entries)s ORDER BY id""",
    "contacts": """SELECT c.id, c.tenancy_id, c.at, c.reached = 'talked' AND c.channel IN ('phone', 'video', 'visit', 'desk')
                          AND c.who IN ('tenant', 'co_tenant', 'partner', 'representative'),
                          c.direction = 'out' AND c.channel IN ('phone', 'visit')
                     FROM contacts_contact c WHERE c.id > %(contacts)s ORDER BY c.id""",
    "planned": """SELECT id, tenancy_id, rule, act, planned_on FROM cases_plannedstep WHERE id > %(planned)s ORDER BY id""",
    "done": """SELECT id, tenancy_id, kind, coalesce(facts ->> 'letter_kind', ''), coalesce(facts ->> 'channel', ''),
                      effective_on, coalesce(facts ->> 'fee_from_on', ''), subject
                 FROM steps_step WHERE id > %(done)s ORDER BY id""",
    "decided": "SELECT id, tenancy_id, kind FROM rulings_ruling WHERE id > %(decided)s AND name <> '' ORDER BY id",
}
_STANDINGS = """SELECT tenancy_id, balance_cents, overdue_cents, alert AND NOT automatic, rule, bucket FROM cases_standing"""
_ALERTS = "SELECT tenancy_id, cause, raised_on FROM cases_alert WHERE cured_at IS NULL"
_PLANS = """SELECT a.id, a.tenancy_id, a.agreed_on, a.last_entry, a.grace_days,
                   (SELECT json_agg(json_build_array(i.due_on, i.cents)) FROM arrangements_instalment i
                     WHERE i.arrangement_id = a.id)
              FROM arrangements_arrangement a WHERE a.state = 'active'"""
_HOLDS = """SELECT r.tenancy_id, array_agg(r.kind) FROM rulings_ruling r LEFT JOIN rulings_ending e ON e.ruling_id = r.id
             WHERE r.from_on <= %(on)s AND r.until_on >= %(on)s AND (e.ended_on IS NULL OR e.ended_on > %(on)s)
               AND r.name <> '' GROUP BY r.tenancy_id"""
_PROMISING = """SELECT p.tenancy_id FROM contacts_promise p WHERE %(on)s BETWEEN p.made_on AND p.due_on
                   AND NOT EXISTS (SELECT 1 FROM contacts_withdrawal w WHERE w.contact_id = p.contact_id)"""
_OBJECTING = """SELECT o.tenancy_id FROM objections_objection o LEFT JOIN objections_answer a ON a.objection_id = o.id
                 WHERE a.objection_id IS NULL AND o.about IN ('arrears', 'costs', 'letter', 'decision')"""
_PROCEDURES = """SELECT f.tenancy_id, max(f.begin_on) FROM tenancies_tenancyflag f
                  WHERE f.kind IN ('debt_procedure', 'wsnp', 'amicable', 'moratorium') AND f.begin_on <= %(on)s
                    AND NOT EXISTS (SELECT 1 FROM tenancies_tenancyflagend e WHERE e.flag_id = f.id AND e.end_on <= %(on)s)
                  GROUP BY f.tenancy_id"""
_DEPARTED = "SELECT id FROM tenancies_tenancy WHERE end_on < %(on)s"
_UNSURE = """SELECT tenancy_id FROM ledger_waiting UNION
             SELECT r.tenancy_id FROM ledger_route r JOIN ledger_bankaccount b ON b.id = r.bank_account_id
              WHERE b.incomplete_since IS NOT NULL"""
_OPEN_STEPS = "SELECT tenancy_id, count(*) FROM cases_plannedstep WHERE state = 'planned' GROUP BY tenancy_id"
_TWICE = """SELECT tenancy_id, rule, about_on, count(*) FROM cases_plannedstep
             WHERE automatic AND state = 'taken' GROUP BY tenancy_id, rule, about_on HAVING max(ended_on) = %(on)s"""
_DEBITS = """SELECT DISTINCT ON (tenancy_id) tenancy_id, CASE WHEN kind = 'INC' THEN coalesce(debit_day, 0) ELSE 0 END
               FROM tenancies_paymentmethod WHERE begin_on <= %(on)s AND (end_on IS NULL OR end_on >= %(on)s)
              ORDER BY tenancy_id, begin_on DESC"""
_WENT = """SELECT t.id, s.id, l.tenancy_id, l.kind, t.at,
                  CASE WHEN EXISTS (SELECT 1 FROM ledger_waiting w WHERE w.tenancy_id = l.tenancy_id) THEN 'waiting'
                       WHEN EXISTS (SELECT 1 FROM ledger_route r JOIN ledger_bankaccount b ON b.id = r.bank_account_id
                                     WHERE r.tenancy_id = l.tenancy_id AND b.incomplete_since IS NOT NULL) THEN 'bank'
                       ELSE '' END
             FROM letters_try t JOIN letters_sending s ON s.id = t.sending_id JOIN letters_letter l ON l.id = s.letter_id
            WHERE t.what = 'begun' AND t.id > %(went)s ORDER BY t.id"""


@dataclass(slots=True)
class Reader:
    """Reads a day. It remembers up to which row it has seen each table."""

    organisation: int
    seen: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*_QUERIES, "went"), 0))
    went: list[Went] = field(default_factory=list)

    def after_sending(self) -> None:
        """Just after messages went: what would have kept them from it stands in the tables now, and not in the evening."""
        with organisation_scope(self.organisation):
            for _, *row in self._new("went", _WENT):
                sending, tenancy, letter, at, held_by = row
                self.went.append(Went(sending, tenancy, letter, at.astimezone(AMSTERDAM), held_by))

    def read(self, on: date) -> Seen:
        """The end of the day."""
        with organisation_scope(self.organisation):
            new = {name: self._new(name, query) for name, query in _QUERIES.items()}
            went, self.went = self.went, []
            return Seen(
                on=on,
                entries=[Entry(*row) for row in new["entries"]],
                contacts=[
                    Contact(tenancy, at.astimezone(AMSTERDAM), talk, sought)
                    for _, tenancy, at, talk, sought in new["contacts"]
                ],
                planned=[Planned(*row) for row in new["planned"]],
                done=[Done(*row) for row in new["done"]],
                went=went,
                decided=[(tenancy, kind) for _, tenancy, kind in new["decided"]],
                **self._standing(on),
            )

    def _standing(self, on: date) -> dict[str, Any]:
        named = {"on": on}
        debits = {tenancy: day for tenancy, day in _rows(_DEBITS, named) if day}
        return {
            "standings": {row[0]: Stands(*row[1:]) for row in _rows(_STANDINGS)},
            "alerts": {row[0]: Alert(*row[1:]) for row in _rows(_ALERTS)},
            "plans": [_plan(row, debits.get(row[1], 0)) for row in _rows(_PLANS)],
            "holds": {tenancy: frozenset(kinds) for tenancy, kinds in _rows(_HOLDS, named)},
            "objecting": frozenset(row[0] for row in _rows(_OBJECTING)),
            "promising": frozenset(row[0] for row in _rows(_PROMISING, named)),
            "procedures": dict(_rows(_PROCEDURES, named)),
            "departed": frozenset(row[0] for row in _rows(_DEPARTED, named)),
            "unsure": frozenset(row[0] for row in _rows(_UNSURE)),
            "open_steps": dict(_rows(_OPEN_STEPS)),
            "debits": debits,
            "twice": [tuple(row) for row in _rows(_TWICE, named)],
        }

    def _new(self, name: str, query: str) -> list[tuple[Any, ...]]:
        rows = _rows(query, self.seen)
        if rows:
            self.seen[name] = max(row[0] for row in rows)
        return rows


def _rows(query: str, named: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, dict(named) if named else None)
        return list(cursor.fetchall())


def _plan(row: tuple[Any, ...], debit_day: int) -> Plan:
    terms = tuple((date.fromisoformat(due_on), cents) for due_on, cents in row[5])
    number, tenancy, agreed_on, last_entry, grace_days, _ = row
    return Plan(number, tenancy, agreed_on, last_entry, grace_days, terms, debit_day)
