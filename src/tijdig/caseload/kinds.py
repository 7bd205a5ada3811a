"""Why a tenancy is with somebody.

Decides nothing. The list is closed, with the Dutch words that a person reads beside it. Left out: who it is with.
"""

from __future__ import annotations

from enum import StrEnum


class Why(StrEnum):
    """Why somebody got a tenancy."""

    CONTINUITY = "continuity"
    REGION = "region"
    LOAD = "load"
    BY_HAND = "by_hand"
    ABSENCE = "absence"
    MOVED = "moved"


WHY_LABEL = {
    Why.CONTINUITY: "zelfde medewerker als eerder",
    Why.REGION: "regio",
    Why.LOAD: "minste werk",
    Why.BY_HAND: "met de hand",
    Why.ABSENCE: "vervanging",
    Why.MOVED: "caseload overgedragen",
}
SAID = (Why.BY_HAND, Why.MOVED)  # a person's decision, of which the reason must be written down
