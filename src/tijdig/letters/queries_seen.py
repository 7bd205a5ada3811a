"""What is known of tenancies in the last moment before their messages go (`holds`), for many at once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import numpy as np
from django.db import connection

from tijdig.arrangements.kinds import Kept, State
from tijdig.arrangements.queries import open_on, watched
from tijdig.arrears.imputation import positions_and_left
from tijdig.base.days import day_number
from tijdig.carriers.channel import Channel
from tijdig.cases.queries_account import account
from tijdig.cases.queries_engine import load_full
from tijdig.cases.queries_still import Still, still
from tijdig.ledger.kinds import Kind as EntryKind
from tijdig.letters.holds import Seen
from tijdig.letters.letter import Kind
from tijdig.letters.queries_basis import reach_of
from tijdig.objections.queries import disputed_entries
from tijdig.tenancies.queries_reach import Household, households

# The days of a letter that the tenant still needs.
_TAKE_TIME = frozenset({"pay_before_on", "object_before_on", "handover_on", "meet_on"})
_APART = [EntryKind.COLLECTION_COSTS.value, EntryKind.CORRECTION.value]
_QUERY = """
SELECT s.id, l.tenancy_id, l.kind, s.channel, l.entries, l.stood_cents, l.facts::text, l.made_at,
       coalesce((SELECT sum(w.amount_cents) FROM ledger_waiting w WHERE w.tenancy_id = l.tenancy_id), 0),
       (SELECT max(k.paid_on) FROM letters_link k WHERE k.tenancy_id = l.tenancy_id AND k.state = 'paid'),
       (SELECT array(SELECT jsonb_array_elements_text(p.value->'to'->'address_lines'))
          FROM letters_letterpaper p WHERE p.letter_id = l.id)
  FROM letters_sending s JOIN letters_letter l ON l.id = s.letter_id
 WHERE s.id = ANY(%s)
"""


def seen(sending_ids: Sequence[int], on: date) -> dict[int, Seen]:
    """By sending, what would hold it back on this day."""
    with connection.cursor() as cursor:
        cursor.execute(_QUERY, [list(sending_ids)])
        rows = cursor.fetchall()
    tenancies = sorted({row[1] for row in rows})
    people, left = households(tenancies, on), _open(tenancies, on)
    owed = {tenancy: _owed(tenancy, on) for tenancy in {row[1] for row in rows if row[2] == Kind.SETTLED}}
    kept, disputed, rests = _arranged(tenancies, on), disputed_entries(on, tenancies), still(on, tenancies)
    return {
        row[0]: replace(
            _seen(row, people.get(row[1]), left, owed.get(row[1], 0)),
            arranged=row[1] in kept,
            disputed=not set(disputed.get(row[1], ())).isdisjoint(row[4]),
            at_rest=_since(row[7], Kind(row[2]), rests.get(row[1])),
        )
        for row in rows
    }


def _since(made_at: datetime, kind: Kind, rests: Still | None) -> bool:
    """Does the case stand still for something that was learned after the letter was made? What announces the bailiff goes
    with the file to him."""
    if rests is None:
        return False
    reasons = (rests.since_at, None if kind is Kind.HANDOVER_ANNOUNCED else rests.bailiff_at)
    return any(one is not None and one > made_at for one in reasons)


def _arranged(tenancies: Sequence[int], on: date) -> set[int]:
    """Those who keep an arrangement."""
    known = [one for one, state in open_on(on, tenancies) if state is State.ACTIVE]
    stands = watched(known, on)
    return {one.tenancy_id for one in known if stands[one.id].kept is not Kept.BROKEN}


def _owed(tenancy_id: int, on: date) -> int:
    """All that may be asked of a tenancy, with costs that are due."""
    told = account(tenancy_id, on).claim()
    return told.open_cents + told.costs_cents - told.set_off_cents


def _seen(row: Sequence[Any], household: Household | None, left: Mapping[int, int], owed: int) -> Seen:
    _, _, kind, channel, entries, stood, facts, _, waiting, paid_on, lines = row
    days = [date.fromisoformat(value) for name, value in json.loads(facts).items() if name in _TAKE_TIME]
    elsewhere = (
        household is not None and lines is not None and reach_of(household).address_lines != tuple(lines)
    )
    return Seen(
        kind=Kind(kind),
        paid_since_cents=max(0, int(stood) - sum(left.get(entry, 0) for entry in entries)),
        waiting_cents=int(waiting),
        open_cents=owed,
        link_paid_on=paid_on,
        died=household is not None and household.died_on is not None,
        last_on=min(days, default=None),
        moved=elsewhere and channel == Channel.PRINT,
    )


def _open(tenancies: Sequence[int], on: date) -> dict[int, int]:
    """By ledger entry what is still open on it: as the engine settles, and as a letter asks it where costs were charged."""
    if not tenancies:
        return {}
    charged = _read_apart(tenancies, on)
    portfolio = load_full(on, [one for one in tenancies if one not in charged]).portfolio
    _, left = positions_and_left(portfolio, day_number(on))
    rows = np.flatnonzero(left)
    found = dict(zip(portfolio.entry[rows].tolist(), np.abs(left[rows]).tolist(), strict=True))
    for tenancy in charged:
        found |= {one.entry: one.open_cents for one in account(tenancy, on).claim().instalments}
    return found


def _read_apart(tenancies: Sequence[int], on: date) -> list[int]:
    """Those whose account a letter reads otherwise than the engine: with collection costs, or corrections."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT tenancy_id FROM ledger_entry
                WHERE tenancy_id = ANY(%s) AND kind = ANY(%s) AND effective_on <= %s""",
            [list(tenancies), _APART, on],
        )
        return sorted(row[0] for row in cursor.fetchall())
