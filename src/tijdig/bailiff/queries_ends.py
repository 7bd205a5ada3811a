"""What is known of a file at its end, by both sides alike; inside the wall of its corporation."""

from __future__ import annotations

from datetime import date

from tijdig.bailiff.ends import Known
from tijdig.bailiff.queries_came import came_since
from tijdig.bailiff.queries_in_file import costs_of, deeds_of
from tijdig.bailiff.queries_owed import owed_in
from tijdig.bailiff.track import Deed, tell
from tijdig.bailiff.values import File
from tijdig.tenancies.queries_flags import flags_of


def known_at_end(file: File, on: date) -> Known:
    """By the account, the costs and the deeds of this moment."""
    done = deeds_of([file.id])[file.id]
    owed, _costs = owed_in(file.id, file.tenancy_id, tell(done), on)
    flags = flags_of(file.tenancy_id, on)
    return Known(
        owed_cents=owed.to_be_rid_cents,
        paid=_paid(file, on),
        judged=any(one.judgment is not None for one in done),
        evicted=any(one.deed is Deed.EVICTED for one in done),
        holds=frozenset(one.kind for one in flags if one.holds(on)),
        disputed_cents=owed.disputed_cents,
        over=frozenset(one.kind for one in flags if one.end and one.begin_on < one.end.end_on <= on),
    )


def _paid(file: File, on: date) -> bool:
    """Did something come in since the hand-over and stay: on the account, or of the costs?"""
    if any(one.counts and one.received_on is not None for one in costs_of(file.id)):
        return True
    return bool(came_since(file, on).days)
