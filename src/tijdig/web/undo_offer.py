"""What somebody wrote down a moment ago and may undo for a minute, kept in his session so that every page can offer it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone

from tijdig.cases.undo import can_be_undone, until
from tijdig.history.queries import Happening

_OFFER = "ongedaan"


@dataclass(frozen=True, slots=True)
class Offer:
    """What was written down a moment ago, and may be undone for so many seconds more."""

    tenancy_id: int
    events: str
    said: str
    seconds: int

    @property
    def event_ids(self) -> list[int]:
        return [int(one) for one in self.events.split("-")]


def done(request: HttpRequest, pk: int, said: str, events: Sequence[Happening]) -> None:
    """Say what was written down, and offer to undo it for a minute where that can be."""
    if not can_be_undone([one.verb for one in events]):
        request.session.pop(_OFFER, None)
        messages.success(request, said)
        return
    request.session[_OFFER] = {
        "tenancy": pk,
        "events": "-".join(str(one.id) for one in events),
        "said": said,
        "until": until(timezone.now()).isoformat(),
    }


def offered(request: HttpRequest) -> Offer | None:
    """What this person may undo now, on whichever page he is."""
    kept = request.session.get(_OFFER)
    if not kept:
        return None
    left = datetime.fromisoformat(kept["until"]) - timezone.now()
    seconds = int(left.total_seconds())
    return Offer(kept["tenancy"], kept["events"], kept["said"], seconds) if seconds > 0 else None


def taken(request: HttpRequest) -> Offer | None:
    """The offer that is taken up, also a moment after its minute; it is gone then."""
    kept = request.session.pop(_OFFER, None)
    if not kept or kept["events"] != request.POST.get("wat", ""):
        return None
    return Offer(kept["tenancy"], kept["events"], kept["said"], 0)
