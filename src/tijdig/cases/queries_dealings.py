"""What was agreed and said with tenants, as columns in the order of a portfolio: arrangements, promises, talks and attempts.

For many tenancies in a handful of queries. What nobody had agreed or said by the day does not count; what was known on
that day is not asked here (the account itself can be read as known at a moment). What was agreed or promised before a debt
procedure began is about the debt that stands still: nobody is asked for it while the procedure runs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

import numpy as np
from django.db import connection

from tijdig.arrangements.kinds import Kept, State
from tijdig.arrangements.queries import broken_since, open_on, watched
from tijdig.arrears.dealings import Agreed, Dealings, Promised, Whole, no_dealings
from tijdig.base.days import day_number
from tijdig.cases.queries_policy import policy_on
from tijdig.cases.queries_settled import settled_on
from tijdig.contacts.promise import Money, Promise
from tijdig.contacts.promise import State as PromiseState
from tijdig.contacts.promise import watch as watch_promises
from tijdig.contacts.queries import contact_columns, promises_of
from tijdig.ledger.kinds import Role

_AGREED = {
    Kept.KEPT: Agreed.KEPT,
    Kept.DONE: Agreed.KEPT,
    Kept.LATE: Agreed.LATE,
    Kept.BROKEN: Agreed.BROKEN,
}
_PROMISES_DAYS = 120  # a promise lies at most sixty days ahead


def dealings(as_of: date, tenancies: Whole, begun: Whole, *, narrow: bool = True) -> Dealings:
    """The columns for these tenancies, sorted by id. `begun` is the first day of the debt procedure that runs, `NONE` where
    none does. `narrow=False` when they are all there are."""
    found = no_dealings(len(tenancies))
    ids = tenancies.tolist() if narrow else None
    columns = {name: np.array(getattr(found, name)) for name in Dealings.__slots__}
    _agreed(as_of, ids, tenancies, begun, columns)
    _said(as_of, ids, tenancies, columns)
    _promised(as_of, ids, tenancies, begun, columns)
    return Dealings(**columns)


def _places(tenancies: Whole, ids: Sequence[int] | Whole) -> tuple[Whole, Whole]:
    """Where these ids stand among the tenancies, and which of them do."""
    wanted = np.asarray(ids, np.int64)
    at = np.searchsorted(tenancies, wanted)
    here = np.flatnonzero((at < len(tenancies)) & (tenancies[np.minimum(at, len(tenancies) - 1)] == wanted))
    return at[here], here


def _agreed(
    as_of: date, ids: Sequence[int] | None, tenancies: Whole, begun: Whole, columns: Mapping[str, Whole]
) -> None:
    if not len(tenancies) or not (known := open_on(as_of, ids)):
        return
    stands = watched([one for one, state in known if state is not State.REQUESTED], as_of)
    at, here = _places(tenancies, [one.tenancy_id for one, _ in known])
    for place, number in zip(at.tolist(), here.tolist(), strict=True):
        if day_number(known[number][0].agreed_on) < begun[place]:
            continue
        found = stands.get(known[number][0].id)
        columns["arrangement"][place] = _AGREED[found.kept] if found else Agreed.REQUESTED
        columns["asked_cents"][place] = found.asked_cents if found else 0
        columns["came_cents"][place] = max(0, found.came_cents) if found else 0


def broken_between(tenancies: Sequence[int], after: date, last: date) -> list[int]:
    """Of these tenancies those of which the arrangement broke after a day, and no later than another; not repaired since."""
    return [tenancy for tenancy, day in broken_since(tenancies, last).items() if after < day]


def _promised(
    as_of: date, ids: Sequence[int] | None, tenancies: Whole, begun: Whole, columns: Mapping[str, Whole]
) -> None:
    """A broken promise asks for a talk; once there was one, the ordinary steps go on."""
    since = as_of - timedelta(days=_PROMISES_DAYS)
    made = {
        tenancy: recent
        for tenancy, all_made in promises_of(ids, as_of=as_of).items()
        if (recent := [one for one in all_made if one.made_on >= since])
    }
    money = _money(made, as_of)
    grace_days = policy_on(as_of).arrangements.grace_days
    at, here = _places(tenancies, list(made))
    names = list(made)
    for place, number in zip(at.tolist(), here.tolist(), strict=True):
        *_, last = watch_promises(made[names[number]], money[names[number]], as_of, grace_days)
        if day_number(last.promise.made_on) < begun[place]:
            continue
        if last.state is PromiseState.OPEN:
            columns["promise"][place] = Promised.OPEN
        elif last.broken_on is not None and last.repaired_on is None:
            talked = columns["talk_day"][place] >= day_number(last.broken_on)
            columns["promise"][place] = Promised.NONE if talked else Promised.BROKEN


def _money(
    made: Mapping[int, Sequence[Promise]], as_of: date, known_at: datetime | None = None
) -> Mapping[int, list[Money]]:
    """What came in and went back since the first of these promises, by tenancy, as known at a moment."""
    found: dict[int, list[Money]] = defaultdict(list)
    if not made:
        return found
    since = min(one.made_on for promises in made.values() for one in promises)
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT e.tenancy_id, e.effective_on, -e.amount_cents, t.effective_on
                 FROM ledger_entry e LEFT JOIN ledger_entry t ON t.id = e.target_id AND e.role = %(undo)s
                WHERE e.tenancy_id = ANY(%(ids)s) AND e.effective_on BETWEEN %(since)s AND %(as_of)s
                  AND (%(known_at)s::timestamptz IS NULL OR e.recorded_at <= %(known_at)s)
                  AND (e.role = %(credit)s OR (e.role = %(undo)s AND e.target_id IS NOT NULL))""",
            {
                "ids": list(made),
                "since": since,
                "as_of": as_of,
                "known_at": known_at,
                "credit": Role.CREDIT.value,
                "undo": Role.UNDO.value,
            },
        )
        for tenancy, on, cents, came_on in cursor.fetchall():
            found[tenancy].append(Money(on, cents, came_on))
    return found


def _said(as_of: date, ids: Sequence[int] | None, tenancies: Whole, columns: Mapping[str, Whole]) -> None:
    said = contact_columns(as_of, ids, after=settled_on(as_of, ids))  # of before it was about another debt
    at, here = _places(tenancies, said.tenancy)
    columns["talk_day"][at] = said.last_talk_day[here]
    columns["phone_attempts"][at] = said.phone_attempts[here]
    columns["visit_attempts"][at] = said.visit_attempts[here]
    columns["message_attempts"][at] = said.messages[here]
    columns["attempt_day"][at] = said.last_attempt_day[here]
