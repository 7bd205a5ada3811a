"""How debt-help traffic is written on a page: what waits with the days left, and a proposal beside our own account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tijdig.help.traffic_days import after, left
from tijdig.help.traffic_layouts import terms
from tijdig.help.traffic_values import Conversation, Told
from tijdig.tenancies.queries import Card


@dataclass(frozen=True, slots=True)
class WaitLine:
    """One conversation in which somebody must do something. `days` are working days; below zero it is late."""

    id: int
    what: str
    counsellor: str
    who: str
    address: str
    came_on: date
    due_on: date
    days: int
    nobody: bool


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One claim as they tell it. Amounts are cents, the share is hundredths of a percent; None where it is not told."""

    invoice: str
    current_cents: int | None
    share: int | None
    expected_cents: int | None
    more: str


def wait_line(one: Conversation, cards: Mapping[int, Card], on: date) -> WaitLine:
    """What waits in a conversation on a day: its match first, then its answer."""
    asked = one.waits
    last = asked or next(each for each in reversed(one.messages) if each.incoming)
    due_on = last.due_on or after(last.on, terms().match_working_days)
    ours = [cards[pk] for pk in one.tenancy_ids if pk in cards]
    return WaitLine(
        one.id,
        last.label,
        one.counsellor,
        " en ".join(card.name or card.contract_number for card in ours) or one.text("client"),
        ours[0].address if ours else one.text("address"),
        last.on,
        due_on,
        left(on, due_on),
        one.nobody,
    )


def claim_lines(told: Told) -> list[ClaimLine]:
    """The claims of a message, in its own order."""
    return [
        ClaimLine(
            one.get("invoice", ""),
            one.get("current"),
            one.get("percentage"),
            one.get("expected"),
            ", ".join(one[key] for key in ("claim_kind", "pay_reference") if one.get(key)),
        )
        for one in told.facts.get("claims", [])
    ]


def claims_told(told: Told) -> tuple[list[ClaimLine], list[str]]:
    """The claims of a message where they say amounts; else only what they are called."""
    lines = claim_lines(told)
    if any(one.current_cents is not None or one.share is not None for one in lines):
        return lines, []
    return [], [one.invoice for one in lines if one.invoice]


def told_cents(lines: Sequence[ClaimLine]) -> int | None:
    """What they reckon that we are owed; None where no claim says so."""
    told = [one.current_cents for one in lines if one.current_cents is not None]
    return sum(told) if told else None
