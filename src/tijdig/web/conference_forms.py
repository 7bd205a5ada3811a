"""The forms around a conference: a question for the group, beginning a conference, and who is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar

from django.http import QueryDict

from tijdig.access.queries import Colleague
from tijdig.conferences.meeting import Conference
from tijdig.conferences.values import ItemDraft, Presence
from tijdig.web.asked_form import AskedForm
from tijdig.web.contact_form import Option

_MOST_DIGITS = 9  # of an id: more is no colleague and no decision


def number_of(text: str) -> int | None:
    """The id that was sent; None for what is none."""
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None


class AskForm(AskedForm):
    """A question for the group, with the day by which an answer is wanted."""

    fields: ClassVar[tuple[str, ...]] = ("vraag", "voor")
    places: ClassVar[Mapping[str, str]] = {"wanted_past": "voor", "wanted_far": "voor"}

    def __init__(self, posted: QueryDict | None, *, tenancy_id: int) -> None:
        super().__init__(posted, {})
        self.draft = ItemDraft(
            tenancy_id=tenancy_id,
            question=self._words("vraag"),
            wanted_by_on=self._typed.day_or_none("voor"),
        )


class PresenceForm(AskedForm):
    """Who is there: the chair, colleagues by their boxes, and guests by name, one a line."""

    fields: ClassVar[tuple[str, ...]] = ("voorzitter", "aanwezig", "gasten")
    places: ClassVar[Mapping[str, str]] = {
        "chair_missing": "voorzitter",
        "chair_long": "voorzitter",
        "nobody_present": "aanwezig",
        "colleague_unknown": "aanwezig",
        "guests_many": "gasten",
        "name_long": "gasten",
        "held_future": "dag",
        "held_old": "dag",
    }

    def __init__(
        self,
        posted: QueryDict | None,
        *,
        people: Sequence[Colleague],
        chair: str,
        present: Sequence[int],
        guests: Sequence[str] = (),
        on: date,
    ) -> None:
        begin = QueryDict(mutable=True)
        begin["voorzitter"], begin["gasten"], begin["dag"] = chair, "\n".join(guests), f"{on}"
        begin.setlist("aanwezig", [str(one) for one in present])
        super().__init__(posted, begin)
        chosen = self._given.getlist("aanwezig")
        self.people = [Option(str(one.id), one.name, str(one.id) in chosen) for one in people]
        self.there = Presence(
            chair=self._typed.line("voorzitter"),
            present=tuple(number for one in chosen if (number := number_of(one)) is not None),
            guests=tuple(one.strip() for one in self._words("gasten").splitlines() if one.strip()),
        )


class BeginForm(PresenceForm):
    """Who is there, and on which day it is held."""

    fields: ClassVar[tuple[str, ...]] = ("dag", "voorzitter", "aanwezig", "gasten")

    def __init__(
        self,
        posted: QueryDict | None,
        *,
        people: Sequence[Colleague],
        chair: str,
        present: Sequence[int],
        on: date,
    ) -> None:
        super().__init__(posted, people=people, chair=chair, present=present, on=on)
        self.held_on = self._day("dag", on)


def presence_of(
    posted: QueryDict | None, held: Conference, people: Sequence[Colleague], on: date
) -> PresenceForm:
    """Who is there, as it stands or as it was posted."""
    return PresenceForm(
        posted, people=people, chair=held.chair, present=held.present, guests=held.guests, on=on
    )
