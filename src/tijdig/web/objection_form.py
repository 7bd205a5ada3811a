"""The forms in which an objection is written down, and in which it is answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar

from django.http import QueryDict

from tijdig.base.money import euro
from tijdig.cases.values import OpenItem
from tijdig.objections.kinds import ABOUT_LABEL, OUTCOME_LABEL, WAY_LABEL, About, Outcome, Way
from tijdig.objections.values import AnswerDraft, ObjectionDraft
from tijdig.web.asked_form import AskedForm
from tijdig.web.contact_form import Option

_MOST_DIGITS = 18  # of an id: more is no number that the database knows


class ObjectionForm(AskedForm):
    """One objection, as heard on the telephone today unless something else is chosen.

    What is ticked counts only where the objection is about certain months or items: else those boxes are out of sight.
    """

    fields: ClassVar[tuple[str, ...]] = ("waarover", "post", "woorden", "mens", "weg", "ontvangen")
    places: ClassVar[Mapping[str, str]] = {
        "entries_missing": "post",
        "entries_unknown": "post",
        "words_long": "woorden",
        "received_future": "ontvangen",
        "received_old": "ontvangen",
    }
    missing: ClassVar[Mapping[str, str]] = {
        "waarover": "Kies waarover het bezwaar gaat.",
        "weg": "Kies hoe het bezwaar binnenkwam.",
    }

    def __init__(
        self,
        posted: QueryDict | None,
        *,
        tenancy_id: int,
        items: Sequence[OpenItem],
        on: date,
        heard: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(posted, {"weg": Way.PHONE.value, "ontvangen": on.isoformat()} | dict(heard or {}))
        self._items = items
        self._ticked = self._given.getlist("post")
        about = self._choice("waarover", About.TREATMENT)
        self.draft = ObjectionDraft(
            tenancy_id=tenancy_id,
            about=about,
            entries=self._entries() if about is About.ENTRY else (),
            words=self._words("woorden"),
            wants_person=self._typed.ticked("mens"),
            way=self._choice("weg", Way.PHONE),
            received_on=self._day("ontvangen", on),
        )

    @property
    def abouts(self) -> list[Option]:
        return self.options("waarover", ABOUT_LABEL)

    @property
    def ways(self) -> list[Option]:
        return self.options("weg", WAY_LABEL)

    @property
    def items(self) -> list[Option]:
        return [
            Option(
                str(one.entry_id), f"{one.label}, {euro(one.open_cents)}", str(one.entry_id) in self._ticked
            )
            for one in self._items
        ]

    def _entries(self) -> tuple[int, ...]:
        return tuple(
            int(one) for one in self._ticked if one.isascii() and one.isdigit() and len(one) <= _MOST_DIGITS
        )


class AnswerForm(AskedForm):
    """One answer, by whoever is signed in and of today unless something else is typed."""

    fields: ClassVar[tuple[str, ...]] = ("uitkomst", "antwoord", "naam", "beantwoord_op")
    places: ClassVar[Mapping[str, str]] = {
        "answer_missing": "antwoord",
        "words_long": "antwoord",
        "name_missing": "naam",
        "name_long": "naam",
        "answered_future": "beantwoord_op",
        "answered_early": "beantwoord_op",
    }
    missing: ClassVar[Mapping[str, str]] = {"uitkomst": "Kies wat de uitkomst is."}

    def __init__(self, posted: QueryDict | None, *, objection_id: int, name: str, on: date) -> None:
        super().__init__(posted, {"naam": name, "beantwoord_op": on.isoformat()})
        self.draft = AnswerDraft(
            objection_id=objection_id,
            outcome=self._choice("uitkomst", Outcome.PARTLY),
            words=self._words("antwoord"),
            name=self._typed.line("naam"),
            answered_on=self._day("beantwoord_op", on),
        )

    @property
    def outcomes(self) -> list[Option]:
        return self.options("uitkomst", OUTCOME_LABEL)
