"""Reads of arrangements in the scope of one organisation: as they stand, and whether they are kept as of a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from tijdig.access.reading import read_once
from tijdig.arrangements import models
from tijdig.arrangements.advice import Before
from tijdig.arrangements.kinds import RUNS, EndReason, Rhythm, State
from tijdig.arrangements.outcome import Ended, Outcome, outcome
from tijdig.arrangements.plan import Instalment
from tijdig.arrangements.values import Arrangement, Change, Draft
from tijdig.arrangements.watch import Duty, Money, TermStands, Watched, terms, watch
from tijdig.ledger.kinds import Role
from tijdig.tenancies.queries import any_of


def arrangements_of(tenancy_ids: Sequence[int]) -> list[Arrangement]:
    """Every arrangement of these tenancies, by tenancy, the newest first."""
    if len(tenancy_ids) == 1:
        return list(_of_one(tenancy_ids[0]))
    return _whole(
        "a.tenancy_id = ANY(%(ids)s) ORDER BY a.tenancy_id, a.id DESC",
        {"ids": [int(one) for one in tenancy_ids]},
    )


@read_once
def _of_one(tenancy_id: int) -> tuple[Arrangement, ...]:
    if not any_of(models.Arrangement, tenancy_id):
        return ()
    return tuple(_whole("a.tenancy_id = %(id)s ORDER BY a.id DESC", {"id": tenancy_id}))


class Key(NamedTuple):
    """An arrangement without its plan: for lists of many."""

    id: int
    tenancy_id: int
    state: State
    agreed_on: date
    ended_on: date | None
    end_reason: EndReason | None


def keys(as_of: date) -> list[Key]:
    """Every arrangement that was agreed on or before a day, by its id."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT id, tenancy_id, state, agreed_on, ended_on, end_reason FROM arrangements_arrangement
                WHERE agreed_on <= %s ORDER BY id""",
            [as_of],
        )
        return [
            Key(pk, tenancy, State(state), agreed_on, ended_on, EndReason(end) if end else None)
            for pk, tenancy, state, agreed_on, ended_on, end in cursor.fetchall()
        ]


def arrangements_by_id(ids: Iterable[int]) -> dict[int, Arrangement]:
    """Those of these that are there."""
    return {one.id: one for one in _whole("a.id = ANY(%(ids)s)", {"ids": sorted(set(ids))})}


def made_as(asked_as: UUID) -> int | None:
    """The arrangement that a form made; None where it made none."""
    return models.Arrangement.objects.filter(asked_as=asked_as).values_list("pk", flat=True).first()


def before(draft: Draft) -> Before:
    """What policy looks at besides the plan: how the last arrangement of this tenancy ended, where none runs now."""
    rows = models.Arrangement.objects.filter(tenancy_id=draft.tenancy_id)
    ended = rows.filter(state=State.ENDED.value).exclude(end_reason=EndReason.REPLACED.value)
    last = None if rows.filter(ended_on=None).exists() else ended.order_by("-ended_on").first()
    return Before(
        last_ended_on=last.ended_on if last else None,
        last_kept=last is None or last.end_reason != EndReason.NOT_KEPT.value,
        left_out_cents=draft.left_out_cents,
    )


def open_on(as_of: date, tenancy_ids: Sequence[int] | None = None) -> list[tuple[Arrangement, State]]:
    """Those that were not over on a day, with their state then: requested, or active (also while frozen)."""
    if tenancy_ids is not None and len(tenancy_ids) == 1:
        found = [one for one in reversed(_of_one(tenancy_ids[0])) if _was_open(one, as_of)]
        return [(one, one.state_on(as_of)) for one in found]
    found = _whole(
        f"""a.agreed_on <= %(as_of)s AND (a.ended_on IS NULL OR a.ended_on > %(as_of)s) {_named(tenancy_ids)}
            ORDER BY a.tenancy_id, a.id""",
        {"as_of": as_of, "ids": _ids(tenancy_ids)},
    )
    return [(one, one.state_on(as_of)) for one in found]


def _was_open(one: Arrangement, as_of: date) -> bool:
    return one.agreed_on <= as_of and (one.ended_on is None or one.ended_on > as_of)


def running(tenancy_ids: Sequence[int] | None = None) -> list[Arrangement]:
    """Those that run or are frozen; of all tenancies where none are named."""
    return _whole(
        f"a.state = ANY(%(runs)s) {_named(tenancy_ids)} ORDER BY a.tenancy_id, a.id",
        {"runs": [one.value for one in RUNS], "ids": _ids(tenancy_ids)},
    )


def current(tenancy_id: int, on: date) -> tuple[Arrangement, Watched] | None:
    """The one that runs or is asked for, and how it stands at the end of a day."""
    found = next((one for one in arrangements_of([tenancy_id]) if one.ended_on is None), None)
    return None if found is None else (found, watched([found], on)[found.id])


def broken_since(tenancy_ids: Sequence[int], on: date) -> dict[int, date]:
    """Of these tenancies those whose arrangement is broken at the end of a day, with the day of the break."""
    runs = running(tenancy_ids)
    stands = watched(runs, on)
    since = ((one.tenancy_id, stands[one.id].broken_on) for one in runs)
    return {tenancy: day for tenancy, day in since if day is not None}


def _named(tenancy_ids: Sequence[int] | None) -> str:
    return "" if tenancy_ids is None else "AND a.tenancy_id = ANY(%(ids)s)"


def _ids(tenancy_ids: Sequence[int] | None) -> list[int]:
    return [int(one) for one in tenancy_ids or ()]


_ARRANGEMENTS = """
SELECT a.id, a.tenancy_id, a.agreed_on, a.debt_cents, a.entries, a.last_entry, a.rhythm, a.grace_days, a.state, a.ended_on,
       a.end_reason, a.made_by, plan.numbers, plan.days, plan.cents
  FROM arrangements_arrangement a CROSS JOIN LATERAL (
       SELECT array_agg(i.number ORDER BY i.number) AS numbers, array_agg(i.due_on ORDER BY i.number) AS days,
              array_agg(i.cents ORDER BY i.number) AS cents
         FROM arrangements_instalment i WHERE i.arrangement_id = a.id) plan
"""


def _whole(condition: str, named: dict[str, Any]) -> list[Arrangement]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_ARRANGEMENTS} WHERE {condition}", named)
        rows = cursor.fetchall()
    if not rows:
        return []
    changes = _changes([row[0] for row in rows])
    return [
        Arrangement(
            pk,
            tenancy,
            agreed_on,
            debt,
            tuple(entries),
            last_entry,
            Rhythm(rhythm),
            grace,
            State(state),
            ended_on,
            EndReason(end) if end else None,
            made_by,
            tuple(Instalment(*one) for one in zip(numbers or (), days or (), cents or (), strict=True)),
            tuple(changes[pk]),
        )
        for (
            pk, tenancy, agreed_on, debt, entries, last_entry, rhythm, grace, state, ended_on, end, made_by,
            numbers, days, cents,
        ) in rows
    ]  # fmt: skip


def _changes(ids: Sequence[int]) -> dict[int, list[Change]]:
    found: dict[int, list[Change]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.arrangement_id, c.verb, c.on, c.until, c.end_reason, c.actor, c.made_at, coalesce(x.text, '')
                 FROM arrangements_change c LEFT JOIN arrangements_changetext x ON x.change_id = c.id
                WHERE c.arrangement_id = ANY(%s) ORDER BY c.id""",
            [list(ids)],
        )
        for number, verb, on, until, end, actor, made_at, text in cursor.fetchall():
            found[number].append(
                Change(verb, on, until, EndReason(end) if end else None, actor, made_at, text)
            )
    return found


# What is not in the debt that was agreed upon, which is the account of that day as it was known then (`last_entry`): money,
# money that went back, and what became due beside it; as known at a moment.
# The rent of who pays by direct debit is asked on the day on which we collect it, or the Monday after.
_SINCE = """
SELECT a.id, e.role, e.effective_on,
       greatest(e.due_on, d.day + CASE extract(isodow FROM d.day) WHEN 6 THEN 2 WHEN 7 THEN 1 ELSE 0 END), e.amount_cents
  FROM arrangements_arrangement a JOIN ledger_entry e ON e.tenancy_id = a.tenancy_id
  LEFT JOIN LATERAL (
    SELECT first::date + least(m.debit_day, extract(day FROM first + interval '1 month - 1 day')::integer) - 1 AS day
      FROM tenancies_paymentmethod m, date_trunc('month', e.due_on::timestamp) AS first
     WHERE e.role = %(principal)s AND m.tenancy_id = e.tenancy_id AND m.kind = 'INC' AND m.debit_day IS NOT NULL
       AND m.begin_on <= e.due_on AND (m.end_on IS NULL OR m.end_on >= e.due_on)
     ORDER BY m.begin_on DESC LIMIT 1) d ON true
 WHERE a.id = ANY(%(ids)s) AND e.effective_on <= %(as_of)s
   AND (%(known_at)s::timestamptz IS NULL OR e.recorded_at <= %(known_at)s)
   AND ((e.role = %(credit)s AND (e.id > a.last_entry OR e.effective_on > a.agreed_on))
     OR (e.role = %(undo)s AND (e.id > a.last_entry OR e.effective_on > a.agreed_on)
         AND EXISTS (SELECT 1 FROM ledger_entry p WHERE p.id = e.target_id
                        AND (p.id > a.last_entry OR p.effective_on > a.agreed_on)))
     OR (e.role = %(principal)s AND e.due_on > a.agreed_on AND NOT e.id = ANY(a.entries)))
"""


def watched(
    arrangements: Iterable[Arrangement], as_of: date, *, known_at: datetime | None = None
) -> dict[int, Watched]:
    """By arrangement, whether it is kept at the end of a day, by the money that was known at a moment."""
    return {
        one.id: watch(asked, came, as_of, one.grace_days, one.pauses)
        for one, asked, came in _told(arrangements, as_of, known_at)
    }


def outcomes(arrangements: Iterable[Arrangement], as_of: date) -> dict[int, Outcome]:
    """By arrangement that ran, what came of it, where that is known at the end of a day; in one read for all of them."""
    ran = [
        one
        for one in arrangements
        if any(change.verb == State.ACTIVE and change.on <= as_of for change in one.changes)
    ]
    found = {
        one.id: outcome(
            asked,
            came,
            as_of,
            one.grace_days,
            one.pauses,
            Ended(one.ended_on, one.end_reason) if one.ended_on else None,
        )
        for one, asked, came in _told(ran, as_of, None)
    }
    return {number: known for number, known in found.items() if known is not None}


def term_stands(arrangements: Iterable[Arrangement], as_of: date) -> dict[int, tuple[TermStands, ...]]:
    """By arrangement, each of its terms as it stands at the end of a day; of one that is over, of the day it ended."""
    known = {one.id: one for one in arrangements}
    found: dict[int, tuple[TermStands, ...]] = {}
    by_day: dict[date, list[int]] = defaultdict(list)
    for one in known.values():
        by_day[min(as_of, one.ended_on) if one.ended_on else as_of].append(one.id)
    for day, numbers in by_day.items():
        for one, asked, came in _told([known[number] for number in numbers], day, None):
            found[one.id] = terms(asked, came, day, one.pauses)
    return found


def _told(
    arrangements: Iterable[Arrangement], as_of: date, known_at: datetime | None
) -> Iterator[tuple[Arrangement, list[Duty], list[Money]]]:
    """Each of these with what it asks, the rent beside it too, and what came since."""
    known = {one.id: one for one in arrangements}
    duties, money = _since(list(known), as_of, known_at)
    for number, one in known.items():
        asked = [Duty(due_on, cents, place) for place, due_on, cents in one.instalments]
        came = [Money(max(on, one.agreed_on), cents) for on, cents in money[number]]
        yield one, [*asked, *duties[number]], came


def _since(
    ids: Sequence[int], as_of: date, known_at: datetime | None
) -> tuple[dict[int, list[Duty]], dict[int, list[tuple[date, int]]]]:
    duties: dict[int, list[Duty]] = defaultdict(list)
    money: dict[int, list[tuple[date, int]]] = defaultdict(list)
    if not ids:
        return duties, money
    asked: dict[str, Any] = {"ids": list(ids), "as_of": as_of, "known_at": known_at}
    asked |= {role.name.lower(): role.value for role in (Role.CREDIT, Role.UNDO, Role.PRINCIPAL)}
    with connection.cursor() as cursor:
        cursor.execute(_SINCE, asked)
        for number, role, effective_on, due_on, cents in cursor.fetchall():
            if role == Role.PRINCIPAL:
                duties[number].append(Duty(due_on, cents))
            else:
                money[number].append((effective_on, -cents))
    return duties, money
