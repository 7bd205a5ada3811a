"""What sets single tenancies apart, as columns in the order of a portfolio: circumstances, objections, pauses, decisions.

For many tenancies in a handful of queries. A deviation that names a step which the way of working does not have changes
nothing: it waits for its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np
from django.db import connection

from tijdig.arrears.imputation import NONE
from tijdig.arrears.single_case import Deviation, Instead, SingleCase, no_single_case
from tijdig.base.days import day_number
from tijdig.cases.ended import settled_codes
from tijdig.cases.queries_columns import Whole
from tijdig.cases.queries_policy import places
from tijdig.objections.queries import pausing
from tijdig.policy.table import Table
from tijdig.policy.words import NAMED, Circumstance, Feature
from tijdig.rulings.kinds import Kind
from tijdig.rulings.queries import in_force
from tijdig.rulings.values import Ruling
from tijdig.tenancies.flags import FlagBit
from tijdig.tenancies.queries_flags import flags_and_begun

_REPEAT_DAYS = 365
_DECIDED = {kind: NAMED[Feature.DECIDED][kind.value] for kind in Kind if kind.value in NAMED[Feature.DECIDED]}
_INSTEAD = {Kind.OTHER: Instead.OTHER, Kind.LATER: Instead.LATER, Kind.SKIP: Instead.SKIP}


@dataclass(frozen=True, slots=True, eq=False)
class _Columns:
    """The columns while they are filled."""

    tenancies: Whole
    case: SingleCase
    begun: Whole  # the first day of the debt procedure that runs, `NONE` where none does

    def at(self, ids: Iterable[int] | Whole) -> tuple[Whole, Whole]:
        """Where these ids stand, and which of them do."""
        wanted = np.asarray(list(ids), np.int64)
        here = np.flatnonzero(np.isin(wanted, self.tenancies))
        return np.searchsorted(self.tenancies, wanted[here]), here


def single_case(as_of: date, tenancies: Whole, table: Table, *, narrow: bool = True) -> SingleCase:
    """The columns for these tenancies, sorted by id. `narrow=False` when they are all there are."""
    return case_and_begun(as_of, tenancies, table, narrow=narrow)[0]


def case_and_begun(
    as_of: date, tenancies: Whole, table: Table, *, narrow: bool = True, known_at: datetime | None = None
) -> tuple[SingleCase, Whole]:
    """The same, and the first day of the debt procedure that runs, `NONE` where none does. `known_at` hides circumstances
    that nobody knew of yet."""
    blank = no_single_case(len(tenancies))
    found = _Columns(
        tenancies,
        SingleCase(
            np.array(blank.circumstance),
            np.array(blank.repeats),
            np.array(blank.paused),
            np.array(blank.decided),
            np.array(blank.reply_waits),
        ),
        np.full(len(tenancies), NONE, np.int64),
    )
    ids = tenancies.tolist() if narrow else None
    _circumstances(found, as_of, ids, known_at)
    _repeats(found, as_of, ids)
    _replies(found, ids)
    changed = _rulings(found, in_force(as_of, ids), table)
    return replace(found.case, deviations=changed), found.begun


def _circumstances(
    found: _Columns, as_of: date, ids: Sequence[int] | None, known_at: datetime | None
) -> None:
    tenancies, bits, begun = flags_and_begun(as_of, ids, known_at)
    at, here = found.at(tenancies)
    found.begun[at] = begun[here]
    for flag in FlagBit:
        known = (bits[here] & int(flag)) != 0
        found.case.circumstance[at[known]] |= int(Circumstance[str(flag.name)])
    at, _ = found.at(pausing(as_of, ids))
    found.case.circumstance[at] |= int(Circumstance.OBJECTION)


def _repeats(found: _Columns, as_of: date, ids: Sequence[int] | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT tenancy_id, count(*) FROM cases_alert
                WHERE cured_on > %s AND cured_on <= %s AND (ended_by = ANY(%s) OR ended_by = '')
                  AND (%s::integer[] IS NULL OR tenancy_id = ANY(%s)) GROUP BY tenancy_id""",
            [
                as_of - timedelta(days=_REPEAT_DAYS),
                as_of,
                settled_codes(places()),
                *[list(ids) if ids is not None else None] * 2,
            ],
        )
        rows = cursor.fetchall()
    at, here = found.at([row[0] for row in rows])
    found.case.repeats[at] = np.array([row[1] for row in rows], np.int64)[here]


def _replies(found: _Columns, ids: Sequence[int] | None) -> None:
    """Whose answer waits now; since when is not asked, because who deals with it today ends that."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT tenancy_id FROM contacts_replywork WHERE tenancy_id IS NOT NULL
                  AND (%s::integer[] IS NULL OR tenancy_id = ANY(%s))""",
            [list(ids) if ids is not None else None] * 2,
        )
        at, _ = found.at([row[0] for row in cursor.fetchall()])
    found.case.reply_waits[at] = True


def _rulings(found: _Columns, rulings: Sequence[Ruling], table: Table) -> tuple[Deviation, ...]:
    """Pauses and decisions into their columns; the deviations from a step apart. Of two decisions the newest counts.

    What was decided before a debt procedure began was about the debt that stands still since; a pause holds.
    """
    at, here = found.at([one.tenancy_id for one in rulings])
    for place, number in zip(at.tolist(), here.tolist(), strict=True):
        one = rulings[number]
        if one.kind is Kind.PAUSE:
            found.case.paused[place] = True
        elif one.kind in _DECIDED and day_number(one.from_on) >= found.begun[place]:
            found.case.decided[place] = _DECIDED[one.kind]
    return deviations(found.tenancies, rulings, table)


def deviations(tenancies: Whole, rulings: Sequence[Ruling], table: Table) -> tuple[Deviation, ...]:
    """The changed steps among these rulings, by the rules of a way of working."""
    rules = {code: number for number, code in enumerate(table.codes)}
    found = []
    for one in rulings:
        place = int(np.searchsorted(tenancies, one.tenancy_id))
        if place == len(tenancies) or tenancies[place] != one.tenancy_id or one.kind not in _INSTEAD:
            continue
        if one.instead_of in rules and (one.kind is not Kind.OTHER or one.do in rules):
            other = rules[one.do] if one.kind is Kind.OTHER else -1
            rule, until = rules[one.instead_of], day_number(one.until_on)
            found.append(Deviation(place, rule, _INSTEAD[one.kind], one.id, other, until))
    return tuple(found)
