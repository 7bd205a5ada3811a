"""Every promise that a tenant made, with where it stands on a day: for the pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from tijdig.cases.queries_dealings import _money
from tijdig.cases.queries_policy import policy_on
from tijdig.contacts.promise import Promise, Watched, watch
from tijdig.contacts.queries import promises_of


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
