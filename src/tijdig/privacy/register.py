"""The register of processing (article 30 GDPR): what the program does and what a corporation adds.

Decides nothing: what the program does stands in `register.yaml`. Units: none. Errors: `AdditionError` with a sentence by
field. Worked example: `processings()[0].name` is "Huurachterstand zien en opvolgen". Left out: what a corporation does
outside the program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tijdig.privacy.kinds import LABEL, Kind
from tijdig.privacy.rules import Version, years_words

_LONGEST = 2_000
LABELS = {
    "responsible": "Verantwoordelijke",
    "contact": "Contact voor vragen over privacy",
    "officer": "Functionaris gegevensbescherming",
    "processors": "Verwerkers",
    "remarks": "Aanvullingen",
}
_ASKED = ("responsible", "contact")


class AdditionError(ValueError):
    """`sentences` say what to do, by field."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        super().__init__(" ".join(sentences.values()))
        self.sentences = dict(sentences)


@dataclass(frozen=True, slots=True, kw_only=True)
class Processing:
    """One thing that is done with personal data, in the words of article 30."""

    name: str
    purpose: str
    ground: str
    people: str
    data: str
    sources: str
    recipients: str
    keeps: tuple[Kind, ...]
    of_tenants: bool
    term: str = ""

    def terms(self, version: Version | None) -> str:
        """How long its data is kept, by the version that holds."""
        if not self.keeps:
            return self.term
        years = {one.kind: one.years for one in version.rules} if version else {}
        told = [
            f"{LABEL[kind]}: {years_words(years[kind])}"
            if kind in years
            else f"{LABEL[kind]}: nog niet vastgesteld"
            for kind in self.keeps
        ]
        return "; ".join([*told, *([self.term] if self.term else [])])


@dataclass(frozen=True, slots=True)
class Addition:
    """What a corporation adds: who answers, whom to ask, the officer, who processes for it, and remarks."""

    responsible: str = ""
    contact: str = ""
    officer: str = ""
    processors: str = ""
    remarks: str = ""


@cache
def _told() -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load(
        (Path(__file__).parent / "register.yaml").read_text(encoding="utf-8")
    )
    return told


@cache
def processings() -> tuple[Processing, ...]:
    return tuple(
        Processing(**{**one, "keeps": tuple(map(Kind, one["keeps"]))}) for one in _told()["processings"]
    )


@cache
def security() -> tuple[str, ...]:
    """What protects the data, one sentence each."""
    return tuple(_told()["security"])


def typed(fields: Mapping[str, str]) -> Addition:
    """What was typed, or `AdditionError` with what is wrong."""
    clean = {name: fields.get(name, "").replace("\r\n", "\n").strip() for name in LABELS}
    wrong = {name: f"Vul in: {LABELS[name].lower()}." for name in _ASKED if not clean[name]}
    wrong |= {
        name: f"Schrijf bij {LABELS[name].lower()} ten hoogste {_LONGEST} tekens; het zijn er {len(value)}."
        for name, value in clean.items()
        if len(value) > _LONGEST
    }
    if wrong:
        raise AdditionError(wrong)
    return Addition(**clean)


def plain(addition: Addition) -> dict[str, str]:
    return asdict(addition)


HEADINGS = (
    "verwerking", "waarvoor", "grond", "van wie", "welke gegevens", "waar het vandaan komt", "wie het krijgt", "hoe lang",
)  # fmt: skip


def table(version: Version | None) -> list[tuple[str, ...]]:
    """The processings as rows under `HEADINGS`."""
    return [
        (
            one.name,
            one.purpose,
            one.ground,
            one.people,
            one.data,
            one.sources,
            one.recipients,
            one.terms(version),
        )
        for one in processings()
    ]
