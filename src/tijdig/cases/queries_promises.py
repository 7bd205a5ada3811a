"""Every promise that a tenant made, with where it stands on a day: for the pages."""

from __future__ import annotations

from datetime import date, datetime

from tijdig.cases.policy import policy
from tijdig.cases.queries_dealings import _money
from tijdig.contacts.promise import Watched, watch
from tijdig.contacts.queries import promises_of


def watched_promises(tenancy_id: int, *, as_of: date, known_at: datetime | None = None) -> dict[int, Watched]:
    """By the contact at which it was made. What was taken back is not there."""
    made = promises_of([tenancy_id], as_of=as_of, known_at=known_at)
    if not made:
        return {}
    money = _money(made, as_of)[tenancy_id]
    stands = watch(made[tenancy_id], money, as_of, policy().arrangements.grace_days)
    return {one.promise.id: one for one in stands}
