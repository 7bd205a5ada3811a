"""What the rules of keeping would erase on a day: counts by kind and tenancy, and what still holds a tenancy back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import connection

from tijdig.arrangements.kinds import State as Arranged
from tijdig.bailiff.queries_earlier import left_owed
from tijdig.base.days import add_months
from tijdig.privacy.kinds import SINCE, SPOTS, Kind, Since, Spot
from tijdig.privacy.places import hops, owner_of, root_of
from tijdig.privacy.queries_report import model_of, subjects
from tijdig.privacy.rules import Rule
from tijdig.tenancies.flags import PROCEDURES

_CONVERSATION_MONTHS = 36  # after its last message, where nobody said that it ended

# From when the time of a tenancy counts: its end, the last booking, or the end of its last file, whichever is last.
_ENDED = """
SELECT t.id, greatest(t.end_on, (SELECT max(e.effective_on) FROM ledger_entry e WHERE e.tenancy_id = t.id),
                      (SELECT max(f.ended_on) FROM bailiff_file f WHERE f.tenancy_id = t.id)) AS since
  FROM tenancies_tenancy t
 WHERE t.end_on + make_interval(years => %(years)s) <= %(on)s AND (%(ids)s::integer[] IS NULL OR t.id = ANY(%(ids)s))
"""
HOLDS = {
    "hold": "een medewerker bewaart het langer",
    "owes": "er staat nog een bedrag open, of er is nog tegoed",
    "waiting": "er wacht een betaling die van deze huurder kan zijn",
    "costs": "er staan nog kosten van de deurwaarder open",
    "file": "het dossier is bij de deurwaarder of gaat daarheen",
    "objection": "er is een bezwaar zonder antwoord",
    "debt_help": "er loopt een schuldregeling, of de schuldhulp kijkt ernaar",
    "help": "er loopt hulp",
    "arrangement": "er loopt een regeling",
    "letter": "er is een brief of bericht onderweg",
    "reply": "er is een antwoord dat nog niemand las",
}
_WHY_NOT = """
SELECT tenancy_id, 'owes' FROM ledger_entry WHERE tenancy_id = ANY(%(ids)s) GROUP BY 1 HAVING sum(amount_cents) <> 0
UNION ALL SELECT tenancy_id, 'waiting' FROM ledger_waiting WHERE tenancy_id = ANY(%(ids)s)
UNION ALL SELECT tenancy_id, 'file' FROM bailiff_file WHERE tenancy_id = ANY(%(ids)s) AND ended_on IS NULL
UNION ALL SELECT h.tenancy_id, 'file' FROM bailiff_handover h LEFT JOIN bailiff_handoverwithdrawal w ON w.hand_over_id = h.id
             LEFT JOIN bailiff_file f ON f.hand_over_id = h.id
           WHERE h.tenancy_id = ANY(%(ids)s) AND w.hand_over_id IS NULL AND f.id IS NULL
UNION ALL SELECT o.tenancy_id, 'objection' FROM objections_objection o LEFT JOIN objections_answer a ON a.objection_id = o.id
           WHERE o.tenancy_id = ANY(%(ids)s) AND a.objection_id IS NULL
UNION ALL SELECT f.tenancy_id, 'debt_help' FROM tenancies_tenancyflag f
             LEFT JOIN tenancies_tenancyflagend e ON e.flag_id = f.id
           WHERE f.tenancy_id = ANY(%(ids)s) AND f.kind = ANY(%(procedures)s) AND (e.flag_id IS NULL OR e.end_on > %(on)s)
UNION ALL SELECT m.tenancy_id, 'debt_help' FROM help_conversationmatch m
             LEFT JOIN help_conversationrelease r ON r.match_id = m.id
             JOIN help_message g ON g.conversation_id = m.conversation_id
           WHERE m.tenancy_id = ANY(%(ids)s) AND r.match_id IS NULL GROUP BY m.id, m.tenancy_id
          HAVING NOT bool_or(g.kind = 'end')
             AND max(coalesce(g.received_on, g.answered_on)) + make_interval(months => %(months)s) > %(on)s
UNION ALL SELECT tenancy_id, 'help' FROM help_referral WHERE tenancy_id = ANY(%(ids)s) AND pause_until >= %(on)s
UNION ALL SELECT tenancy_id, 'arrangement' FROM arrangements_arrangement
           WHERE tenancy_id = ANY(%(ids)s) AND state <> ALL(%(over)s)
UNION ALL SELECT l.tenancy_id, 'letter' FROM letters_sending s JOIN letters_letter l ON l.id = s.letter_id
           WHERE l.tenancy_id = ANY(%(ids)s) AND s.state = ANY('{queued,printing,handing,held,unsure}')
UNION ALL SELECT tenancy_id, 'reply' FROM contacts_replywork WHERE tenancy_id = ANY(%(ids)s)
UNION ALL SELECT h.tenancy_id, 'hold' FROM privacy_hold h LEFT JOIN privacy_holdend e ON e.hold_id = h.id
           WHERE h.tenancy_id = ANY(%(ids)s) AND e.hold_id IS NULL AND h.until_on >= %(on)s
"""


@dataclass(slots=True)
class Due:
    """What one rule would erase: rows by tenancy, and rows that belong to none under `None`."""

    rule: Rule
    rows: Counter[int | None] = field(default_factory=Counter)
    held: dict[int, str] = field(default_factory=dict)  # whose time is over and that are kept all the same

    @property
    def total(self) -> int:
        return self.rows.total()

    @property
    def tenancies(self) -> list[int]:
        return sorted(one for one in self.rows if one is not None)


def why_not(tenancies: Iterable[int], on: date) -> dict[int, str]:
    """Of these tenancies, what holds back that anything is erased: a code of `HOLDS`, the first of that list."""
    ids = sorted(set(tenancies))
    if not ids:
        return {}
    given: dict[str, Any] = {
        "ids": ids,
        "on": on,
        "procedures": [one.value for one in PROCEDURES],
        "months": _CONVERSATION_MONTHS,
        "over": [Arranged.ENDED.value, Arranged.CANCELLED.value],
    }
    found: dict[int, str] = {}
    order = list(HOLDS)
    with connection.cursor() as cursor:
        cursor.execute(_WHY_NOT, given)
        holds = [*cursor.fetchall(), *((one, "costs") for one in left_owed(ids, on))]
    for tenancy, why in sorted(holds, key=lambda row: order.index(row[1])):
        found.setdefault(tenancy, why)
    return found


def ended(years: int, on: date, tenancies: Sequence[int] | None = None) -> list[int]:
    """The tenancies whose time of so many years is over on a day, whatever holds them back."""
    ids = None if tenancies is None else list(tenancies)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM ({_ENDED}) e WHERE since + make_interval(years => %(years)s) <= %(on)s ORDER BY id",
            {"years": years, "on": on, "ids": ids},
        )
        return [row[0] for row in cursor.fetchall()]


def due_on(on: date, rules: Sequence[Rule]) -> list[Due]:
    """What each rule would erase on a day."""
    return [_due(one, on) for one in rules]


def _due(rule: Rule, on: date) -> Due:
    due = Due(rule)
    if SINCE[rule.kind] is Since.TENANCY_END:
        over = ended(rule.years, on)
        due.held = why_not(over, on)
        may = [one for one in over if one not in due.held]
        for spot in SPOTS[rule.kind]:
            due.rows.update(_by_tenancy(spot, may))
        due.rows.update(_texts(rule.kind, may))
        return due
    for spot in SPOTS[rule.kind]:
        due.rows.update(_by_day(spot, until(rule, on)))
    due.held = why_not((one for one in due.rows if one is not None), on)
    for one in due.held:
        del due.rows[one]
    return due


def _by_tenancy(spot: Spot, may: list[int]) -> dict[int | None, int]:
    if not may:
        return {}
    only = f"AND {spot.only}" if spot.only else ""
    if root_of(spot.table) == "person":
        query = f"""SELECT max(p.tenancy_id), 1 FROM {spot.table} x JOIN tenancies_party p ON p.person_id = x.person_id
                     WHERE x.person_id IN ({ALL_DUE}) GROUP BY x.person_id"""
        return _counted(query, {"may": may})
    joins, owner = owner_of(spot.table)
    key = model_of(spot.table)._meta.pk.column
    query = f"""SELECT {owner}, count(DISTINCT x.{key}) FROM {spot.table} x {joins}
                 WHERE {owner} = ANY(%(may)s) {only} GROUP BY 1"""
    return _counted(query, {"may": may})


# People of whom every tenancy may go.
ALL_DUE = """SELECT q.person_id FROM tenancies_party q WHERE q.tenancy_id = ANY(%(may)s)
                AND NOT EXISTS (SELECT 1 FROM tenancies_party r
                                 WHERE r.person_id = q.person_id AND r.tenancy_id <> ALL(%(may)s))"""


def _by_day(spot: Spot, last: date) -> dict[int | None, int]:
    key = model_of(spot.table)._meta.pk.column
    joins, owner = with_owner(spot)
    query = f"""SELECT {owner}, count(DISTINCT x.{key}) FROM {spot.table} x {joins} WHERE {over(spot)} GROUP BY 1"""
    return _counted(query, {"until": last})


def until(rule: Rule, on: date) -> date:
    """The last day of rows with a day of their own whose time is over: of a booking the whole year must be."""
    if rule.since is Since.YEAR_END:
        return date(on.year - rule.years, 1, 1) - timedelta(days=1)
    return add_months(on, -12 * rule.years)


def with_owner(spot: Spot) -> tuple[str, str]:
    """The joins of a spot with those to the tenancy of a row, and that tenancy; null where it belongs to none."""
    if spot.loose or spot.table not in hops():
        return spot.joins, "NULL::integer"
    joins, owner = owner_of(spot.table)
    return f"{spot.joins} {joins.replace('JOIN', 'LEFT JOIN')}", owner


def over(spot: Spot) -> str:
    """The condition under which the time of a row with a day of its own is over, by the parameter `until`."""
    only = f" AND {spot.only}" if spot.only else ""
    return f"({spot.day}) <= %(until)s{only}"


def _counted(query: str, given: dict[str, Any]) -> dict[int | None, int]:
    found: Counter[int | None] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        for tenancy, rows in cursor.fetchall():
            found[tenancy] += rows
    return found


def _texts(kind: Kind, may: list[int]) -> dict[int | None, int]:
    """Words in history, also why something was taken, by tenancy."""
    if kind not in (Kind.NOTES, Kind.MESSAGES) or not may:
        return {}
    found: Counter[int | None] = Counter()
    query = f"""SELECT e.subject, count(*) FROM history_event e JOIN history_eventtext x ON x.event_id = e.id
                 WHERE e.subject = ANY(%(subjects)s) AND {of_messages(kind)} GROUP BY 1"""
    if kind is Kind.NOTES:
        query += """ UNION ALL SELECT r.subject, count(*) FROM history_reading r
                       JOIN history_readingtext x ON x.reading_id = r.id WHERE r.subject = ANY(%(subjects)s) GROUP BY 1"""
    with connection.cursor() as cursor:
        cursor.execute(query, {"subjects": [f"tenancy:{one}" for one in may]})
        for subject, rows in cursor.fetchall():
            found[int(subject.partition(":")[2])] += rows
    return found


def of_messages(kind: Kind) -> str:
    """Which words of history belong to this kind: those of letters and answers to messages, all other to notes."""
    said = "(e.verb LIKE 'reply\\_%%' OR e.verb LIKE 'letter\\_%%')"
    return said if kind is Kind.MESSAGES else f"NOT {said}"


def event_ids(kind: Kind, tenancy_id: int) -> list[int]:
    """The events of a tenancy, and of what is its, whose words belong to this kind and are still there."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT e.id FROM history_event e JOIN history_eventtext x ON x.event_id = e.id
                 WHERE e.subject = ANY(%(subjects)s) AND {of_messages(kind)} ORDER BY e.id""",
            {"subjects": subjects([tenancy_id])},
        )
        return [row[0] for row in cursor.fetchall()]


def in_conversation(tenancy_id: int) -> list[int]:
    """This tenancy, and every other about which a debt counsellor wrote in the same conversations."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT o.tenancy_id FROM help_conversationmatch m
                 JOIN help_conversationmatch o USING (conversation_id)
                WHERE m.tenancy_id = %s UNION SELECT %s""",
            [tenancy_id, tenancy_id],
        )
        return [row[0] for row in cursor.fetchall()]


def beside(tenancy_id: int) -> list[int]:
    """This tenancy, and every other of its people: their names go together."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT q.tenancy_id FROM tenancies_party p JOIN tenancies_party q USING (person_id)
                WHERE p.tenancy_id = %s UNION SELECT %s""",
            [tenancy_id, tenancy_id],
        )
        return [row[0] for row in cursor.fetchall()]
