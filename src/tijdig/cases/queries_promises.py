"""Every promise that a tenant made, with where it stands on a day: for the pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from tijdig.cases.queries_dealings import _money
from tijdig.cases.queries_policy import policy_on
from tijdig.contacts.promise import Promise, State, Watched, watch
from tijdig.contacts.queries import promises_of


def waited_for(tenancy_ids: Sequence[int], *, as_of: date) -> set[int]:
    """Of all that these tenants promised, what is still to come, by the contact at which it was promised: not what was
    kept, came after all, was replaced or taken back."""
    made = promises_of(tenancy_ids, as_of=as_of)
    money, grace_days = _money(made, as_of), policy_on(as_of).arrangements.grace_days
    return {
        one.promise.id
        for tenancy, promises in made.items()
        for one in watch(promises, money[tenancy], as_of, grace_days)
        if one.state is State.OPEN or (one.state is State.BROKEN and one.repaired_on is None)
    }


def watched_promises(tenancy_id: int, *, as_of: date, known_at: datetime | None = None) -> dict[int, Watched]:
    """By the contact at which it was made. What was taken back is not there."""
    made = promises_of([tenancy_id], as_of=as_of, known_at=known_at)
    return watched_of(tenancy_id, made.get(tenancy_id, []), as_of=as_of, known_at=known_at)


def watched_of(
    tenancy_id: int, promises: Sequence[Promise], *, as_of: date, known_at: datetime | None = None
) -> dict[int, Watched]:
    """The same of these promises of the tenancy: all there are, in the order of making."""
    if not promises:
        return {}
    made = {tenancy_id: promises}
    money = _money(made, as_of, known_at)[tenancy_id]
    stands = watch(made[tenancy_id], money, as_of, policy_on(as_of).arrangements.grace_days)
    return {one.promise.id: one for one in stands}
