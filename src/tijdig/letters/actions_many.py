"""Letters of one kind to many tenants: each its own transaction, so that a stop in the middle loses and repeats nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tijdig.access.scope import organisation_scope
from tijdig.letters.actions import write
from tijdig.letters.habits import habits
from tijdig.letters.letter import Fact, Kind
from tijdig.letters.models import Letter, Sending
from tijdig.letters.values import Fault, NotRight
from tijdig.letters.ways import ON_PAPER
from tijdig.letters.wish import Wish

LEGAL = ON_PAPER  # a named person decides on each of these
_RECENT = Fault("recent", "Deze brief ging kort geleden al naar deze huurder.")


@dataclass(frozen=True, slots=True)
class Written:
    """What came of one tenancy: the letter, or why there is none."""

    tenancy_id: int
    letter_id: int | None
    faults: tuple[Fault, ...] = ()


def write_many(
    *,
    organisation_id: int,
    actor: str,
    kind: Kind,
    tenancy_ids: Sequence[int],
    on: date,
    now: datetime,
    by: str = "",
    given: Mapping[str, Fact] | None = None,
) -> Iterator[Written]:
    """A letter to each of these tenants, one at a time. Who got one of this kind lately is passed over, so running it
    again goes on where it stopped. Raises `ValueError` for a kind with legal effect when nobody put his name to it."""
    if kind in LEGAL and not by:
        raise ValueError("Over deze brief beslist een mens, met zijn naam.")
    for tenancy_id in tenancy_ids:
        if _recent(organisation_id, tenancy_id, kind, on):
            yield Written(tenancy_id, None, (_RECENT,))
            continue
        wish = Wish(tenancy_id=tenancy_id, kind=kind, on=on, given=given or {})
        try:
            made = write(organisation_id=organisation_id, actor=actor, wish=wish, now=now, by=by)
        except NotRight as refused:
            yield Written(tenancy_id, None, refused.faults)
        else:
            yield Written(tenancy_id, made)


def _recent(organisation_id: int, tenancy_id: int, kind: Kind, on: date) -> bool:
    since = on - timedelta(days=habits(on).again_after_days)
    with organisation_scope(organisation_id):
        same = Letter.objects.filter(tenancy_id=tenancy_id, kind=kind.value, dated_on__gt=since)
        return Sending.objects.filter(letter__in=same).exclude(state="cancelled").exists()
