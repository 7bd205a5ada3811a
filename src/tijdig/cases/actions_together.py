"""Saving what somebody wrote at a tenancy, unless a colleague wrote something meanwhile that he did not see.

One at a time per tenancy: who saves waits for whoever saves at that moment, and then sees what that one did. Looking and
writing are one transaction, so of two who save at once the second is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.db import transaction

from tijdig.access.scope import organisation_scope
from tijdig.cases.actions_pickup import put_down
from tijdig.cases.together import WRITTEN, unseen
from tijdig.history.queries import Happening, since
from tijdig.history.queries import seen as seen_now
from tijdig.history.seen import Seen
from tijdig.tenancies.actions_lock import lock_tenancy

T = TypeVar("T")
Words = Callable[[Sequence[Happening]], Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Saved(Generic[T]):
    """What the action gave, and the events that it wrote; none where the same form had been saved before."""

    made: T
    events: tuple[Happening, ...]


class NotSeen(ValueError):  # noqa: N818 - an answer to a person, not a fault in the code
    """Nothing is saved: somebody wrote something that this person had not seen.

    `theirs` is that, `mine` what would have been written, both in the words that were asked for; `mine` is empty where it
    could not be written any more. `now` is what the person has seen once he has read both.
    """

    def __init__(self, theirs: Sequence[Any], mine: Sequence[Any], now: Seen) -> None:
        super().__init__("Een collega schreef intussen iets op. Er is niets vastgelegd.")
        self.theirs, self.mine, self.now = theirs, mine, now


def save(
    *,
    organisation_id: int,
    actor: str,
    user_id: int,
    tenancy_id: int,
    had: Seen | None,
    same: Collection[str],
    write: Callable[[], T],
    refusals: tuple[type[Exception], ...],
    words: Words,
    now: datetime,
    on: date,
) -> Saved[T]:
    """Do `write`, an action of a room, and end being busy; returns what it gave.

    `had` is what was seen when the form was shown; None: not known, and then nothing is looked at. `same` are the verbs
    that `write` records. `words` puts events into words while both versions are there. Raises `NotSeen`, also where
    `write` raises one of its `refusals` after somebody else was first; else those go on to whoever asked.
    """
    subject, verbs = f"tenancy:{tenancy_id}", list(WRITTEN)
    with organisation_scope(organisation_id):
        lock_tenancy(tenancy_id)
        before = seen_now(subject, verbs)
        late = unseen(since(subject, verbs, had), actor, same) if had else []
        try:
            with transaction.atomic():
                made = write()
        except refusals:
            if not late:
                raise
            raise NotSeen(words(late), (), before) from None
        wrote = [one for one in since(subject, verbs, before) if one.actor == actor]
        if late and wrote:
            raise NotSeen(words(late), words(wrote), before)
        put_down(
            organisation_id=organisation_id,
            actor=actor,
            tenancy_id=tenancy_id,
            user_id=user_id,
            now=now,
            on=on,
        )
        return Saved(made, tuple(wrote))
