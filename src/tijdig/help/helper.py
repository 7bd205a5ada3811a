"""Those who help households with money: what kind of help, where, and whether a tenant must agree before we share anything.

Decides what a helper must have to stand in the directory: a name, a kind, and a way to reach them. A helper is of one
municipality, or of all of them. Who stopped stays, for what was referred before.

Units: none. Errors: Dutch sentences. Example: neighbourhood team "Sociaal team Noord" in GM0599, by telephone. Left out: how
good they are; what came of referrals is counted (`outcome`), and people judge.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class HelperKind(StrEnum):
    """What kind of help they give."""

    BUDGET_COACH = "budget_coach"
    NEIGHBOURHOOD_TEAM = "neighbourhood_team"
    DEBT_COUNSELLING = "debt_counselling"
    EMERGENCY_FUND = "emergency_fund"
    ALLOWANCE_ADVICE = "allowance_advice"
    LEGAL_ADVICE = "legal_advice"
    CARE = "care"
    LANGUAGE_HELP = "language_help"


KIND_LABEL = {
    HelperKind.BUDGET_COACH: "budgetcoach",
    HelperKind.NEIGHBOURHOOD_TEAM: "wijkteam",
    HelperKind.DEBT_COUNSELLING: "schuldhulpverlening",
    HelperKind.EMERGENCY_FUND: "noodfonds",
    HelperKind.ALLOWANCE_ADVICE: "hulp bij toeslagen en formulieren",
    HelperKind.LEGAL_ADVICE: "juridisch advies",
    HelperKind.CARE: "zorg of maatschappelijk werk",
    HelperKind.LANGUAGE_HELP: "taalhulp",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HelperDraft:
    """A helper as a person writes it down. `municipality_id` None: of every municipality. `how`: how to get there."""

    kind: str
    name: str
    municipality_id: int | None
    phone: str
    email: str
    how: str
    asks_consent: bool
    ended_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Helper:
    """One helper of the directory."""

    id: int
    kind: HelperKind
    name: str
    municipality_id: int | None
    municipality: str
    phone: str
    email: str
    how: str
    asks_consent: bool
    ended_on: date | None

    @property
    def kind_label(self) -> str:
        return KIND_LABEL[self.kind]

    def works_on(self, day: date) -> bool:
        """Does one still refer to them?"""
        return self.ended_on is None or day < self.ended_on


def faults(draft: HelperDraft) -> Iterator[str]:
    """What is wrong with it, in the order of the form."""
    if draft.kind not in set(HelperKind):
        yield "Kies wat voor hulp dit is."
    if not draft.name:
        yield "Vul de naam in, zoals huurders die kennen."
    if not (draft.phone or draft.email or draft.how):
        yield "Vul in hoe een huurder er komt: telefoon, e-mail of in een zin."
    if draft.email and "@" not in draft.email.strip("@"):
        yield "Dit e-mailadres klopt niet: er hoort een @ in te staan."
