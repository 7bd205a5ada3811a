"""What a corporation and a partner agree in writing: the vision, the KPIs with their targets, tariffs, hours, and who
may what.

Decides whether such terms can be agreed on. A KPI has its definition from `kinds`, so that both sides count the same.

Units: percent in whole points, days, whole cents; hours of the day in minutes. Errors: none, each fault is a sentence that
says what to do. Example: `amicable_pct` of at least 93 over 12 months. Sources: article 4 of the quality rules for
collection (contact hours, `law.contact_hours`); the practice of Portaal and Jongerius for which figures. Left out: the
day on which it begins (the action), and what the figures are now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from tijdig.bailiff.kinds import KPI_LABEL, Direction, Kpi, May, Shown
from tijdig.law.contact_hours import may_contact

WARN_DAYS = 30  # so long before the agreed end both sides are told
_LONGEST_VISION = 300
_MOST_MONTHS = 24
_PERCENT = frozenset({Kpi.AMICABLE, Kpi.KEPT})


@dataclass(frozen=True, slots=True)
class Target:
    """One KPI with what was agreed about it, over the last so many months."""

    kpi: Kpi
    direction: Direction
    target: int
    months: int


@dataclass(frozen=True, slots=True)
class Tariff:
    """What the corporation pays the partner for something, without VAT."""

    label: str
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Everything that both sides sign. `from_minute` and `until_minute` are the hours of contact on a working day."""

    vision: str
    targets: tuple[Target, ...]
    tariffs: tuple[Tariff, ...]
    from_minute: int
    until_minute: int
    may: tuple[May, ...]
    shows: tuple[Shown, ...]
    vat_declared: bool = (
        False  # the corporation declares that it cannot deduct VAT (article 10 of the tariff decree)
    )
    until_on: date | None = None  # the last day on which it holds, where that was agreed

    def plain(self) -> dict[str, Any]:
        return asdict(self) | {"until_on": self.until_on.isoformat() if self.until_on else None}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Terms:
        """As `plain` gave it."""
        return cls(
            vision=kept["vision"],
            targets=tuple(
                Target(Kpi(one["kpi"]), Direction(one["direction"]), one["target"], one["months"])
                for one in kept["targets"]
            ),
            tariffs=tuple(Tariff(one["label"], one["cents"]) for one in kept["tariffs"]),
            from_minute=kept["from_minute"],
            until_minute=kept["until_minute"],
            may=tuple(May(one) for one in kept["may"]),
            shows=tuple(Shown(one) for one in kept["shows"]),
            vat_declared=kept.get("vat_declared", False),
            until_on=date.fromisoformat(kept["until_on"]) if kept.get("until_on") else None,
        )


def outside_hours(terms: Terms, at: datetime) -> str:
    """What to say of a contact that the partner sought at that moment (Amsterdam); nothing where it was in time."""
    minutes = at.hour * 60 + at.minute
    if not may_contact(at.date(), minutes):
        return "Dit contact was buiten de uren van de wet: 07:00 tot 20:00, niet op zon- en feestdagen."
    if not terms.from_minute <= minutes < terms.until_minute:
        agreed = f"{_clock(terms.from_minute)} tot {_clock(terms.until_minute)}"
        return f"Dit contact was buiten de uren die u afsprak: {agreed}."
    return ""


def faults(terms: Terms, first: int, last: int) -> tuple[str, ...]:
    """What is wrong with these terms. `first` and `last` are the minutes between which the law lets one call."""
    return (
        *_of_words(terms),
        *_of_targets(terms.targets),
        *_of_tariffs(terms.tariffs),
        *_of_hours(terms, first, last),
    )


def _of_words(terms: Terms) -> Iterator[str]:
    if not terms.vision.strip():
        yield "Schrijf in één zin waar u samen voor werkt."
    if len(terms.vision) > _LONGEST_VISION:
        yield f"Houd de zin over waar u voor werkt onder {_LONGEST_VISION} tekens."


def _of_targets(targets: Sequence[Target]) -> Iterator[str]:
    if not targets:
        yield "Spreek ten minste één cijfer af waarop u elkaar aanspreekt."
    seen: set[Kpi] = set()
    for one in targets:
        name = KPI_LABEL[one.kpi]
        if one.kpi in seen:
            yield f"{name.capitalize()} staat er twee keer. Haal er één weg."
        seen.add(one.kpi)
        if one.target < 0 or (one.kpi in _PERCENT and one.target > 100):
            yield f"Kies voor {name} een doel van 0{' tot en met 100' if one.kpi in _PERCENT else ' of meer'}."
        if not 1 <= one.months <= _MOST_MONTHS:
            yield f"Meet {name} over 1 tot en met {_MOST_MONTHS} maanden."


def _of_tariffs(tariffs: Sequence[Tariff]) -> Iterator[str]:
    for one in tariffs:
        if not one.label.strip():
            yield "Schrijf bij elk tarief waarvoor het is."
        if one.cents < 0:
            yield f"Het tarief voor {one.label or 'deze regel'} kan niet onder nul zijn."


def _of_hours(terms: Terms, first: int, last: int) -> Iterator[str]:
    if not terms.from_minute < terms.until_minute:
        yield "Kies een eindtijd die na de begintijd ligt."
    if terms.from_minute < first or terms.until_minute > last:
        yield f"Contact mag van {_clock(first)} tot {_clock(last)} uur. Kies tijden daarbinnen."


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
