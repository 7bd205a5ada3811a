"""The forms in which a circumstance of a tenancy is set, and in which it is ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from django.http import QueryDict

from tijdig.tenancies.flag_draft import EndDraft, FlagDraft
from tijdig.tenancies.flags import FLAG_LABEL, LEARNED_LABEL, Flag, LearnedFrom
from tijdig.web.asked_form import AskedForm
from tijdig.web.contact_form import Option

_HOW = "Kies hoe u dit weet."


class FlagForm(AskedForm):
    """One circumstance to set; it begins today unless another day is typed."""

    fields: ClassVar[tuple[str, ...]] = ("wat", "sinds", "bron", "toelichting")
    places: ClassVar[Mapping[str, str]] = {
        "flag_future": "sinds",
        "flag_note_long": "toelichting",
        "flag_set": "wat",
    }
    missing: ClassVar[Mapping[str, str]] = {"wat": "Kies wat er aan de hand is.", "bron": _HOW}

    def __init__(self, posted: QueryDict | None, *, tenancy_id: int, on: date) -> None:
        super().__init__(posted, {"sinds": on.isoformat()})
        self.draft = FlagDraft(
            tenancy_id=tenancy_id,
            kind=self._choice("wat", Flag.ADMINISTRATION),
            begin_on=self._day("sinds", on),
            learned_from=self._choice("bron", LearnedFrom.COLLEAGUE),
            note=self._words("toelichting"),
        )

    @property
    def kinds(self) -> list[Option]:
        return self.options("wat", FLAG_LABEL)

    @property
    def sources(self) -> list[Option]:
        return self.options("bron", LEARNED_LABEL)


class EndForm(AskedForm):
    """One circumstance to end; from today on unless another day is typed."""

    fields: ClassVar[tuple[str, ...]] = ("vanaf", "bron", "toelichting")
    places: ClassVar[Mapping[str, str]] = {"flag_note_long": "toelichting"}
    missing: ClassVar[Mapping[str, str]] = {"bron": _HOW}

    def __init__(self, posted: QueryDict | None, *, flag_id: int, on: date) -> None:
        super().__init__(posted, {"vanaf": on.isoformat()})
        self.draft = EndDraft(
            flag_id=flag_id,
            end_on=self._day("vanaf", on),
            learned_from=self._choice("bron", LearnedFrom.COLLEAGUE),
            note=self._words("toelichting"),
        )

    @property
    def sources(self) -> list[Option]:
        return self.options("bron", LEARNED_LABEL)
