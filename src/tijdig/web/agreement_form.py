"""The form of an agreement with a partner: from what was typed to terms, and back to the fields."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from tijdig.bailiff.agreement import Target, Tariff, Terms
from tijdig.bailiff.kinds import (
    DIRECTION_LABEL,
    KPI_DEFINITION,
    KPI_LABEL,
    KPI_UNIT,
    MAY_LABEL,
    SHOWN_LABEL,
    Direction,
    Kpi,
    May,
    Shown,
)
from tijdig.bailiff.values import Agreement
from tijdig.base.money import euro
from tijdig.base.typed import typed_cents
from tijdig.web.scope import typed_day, typed_lines, whole

_USUAL = {  # what a form of nobody begins with: the practice of Portaal and its bailiff where it has a figure
    Kpi.AMICABLE: (Direction.AT_LEAST, "93", "12"),
    Kpi.CONTACT: (Direction.AT_MOST, "", "6"),
    Kpi.HANDLING: (Direction.AT_MOST, "", "12"),
    Kpi.KEPT: (Direction.AT_LEAST, "", "12"),
    Kpi.TENANT_COST: (Direction.AT_MOST, "", "12"),
    Kpi.CORPORATION_COST: (Direction.AT_MOST, "", "12"),
    Kpi.EVICTIONS: (Direction.AT_MOST, "", "12"),
}
_MONEY = frozenset({Kpi.TENANT_COST, Kpi.CORPORATION_COST})


class AgreementForm:
    """`terms` are what was typed, as far as it can be read; `wrong` what cannot.

    Before anybody typed, it says what `start` says.
    """

    def __init__(self, request: HttpRequest, on: date, start: Agreement | None = None) -> None:
        self._request = request
        self._given = request.POST if start is None or self.posted else _as_typed(start, on)
        self._filled = self.posted or start is not None
        self.wrong: list[str] = []
        self.code = self._given.get("code", "").strip()[:60]
        self.begin_on = typed_day(self._given.get("begin", "")) or on
        self.until_text = self._given.get("loopt", "").strip()[:20]
        self.vision = " ".join(self._given.get("visie", "").split())[:400]
        self.tariff_text = (
            typed_lines(request, "tarieven") if self.posted else self._given.get("tarieven", "")
        )[:4000]
        self.from_time = self._given.get("van", "08:00")
        self.until_time = self._given.get("tot", "19:00")
        self.may = [one for one in May if not self._filled or one.value in self._given.getlist("mag")]
        self.vat_declared = "btw" in self._given
        self.shows = [one for one in Shown if one.value in self._given.getlist("ziet")]

    @property
    def posted(self) -> bool:
        return self._request.method == "POST"

    def terms(self) -> Terms:
        return Terms(
            vision=self.vision,
            targets=tuple(one for kpi in Kpi if (one := self._target(kpi))),
            tariffs=tuple(self._tariffs()),
            from_minute=self._minute(self.from_time),
            until_minute=self._minute(self.until_time),
            may=tuple(self.may),
            shows=tuple(self.shows),
            vat_declared=self.vat_declared,
            until_on=self._until_on(),
        )

    def _until_on(self) -> date | None:
        found = typed_day(self.until_text)
        if self.until_text and found is None:
            self.wrong.append(_("Kies een dag tot en met welke het loopt, of laat het leeg."))
        return found

    def _typed(self, kpi: Kpi) -> tuple[str, str, str]:
        direction, target, months = _USUAL[kpi]
        if not self._filled:
            return direction.value, target, months
        return (
            self._given.get(f"richting-{kpi.value}", direction.value),
            self._given.get(f"doel-{kpi.value}", "").strip()[:12],
            self._given.get(f"maanden-{kpi.value}", months).strip()[:3],
        )

    def _target(self, kpi: Kpi) -> Target | None:
        direction, target, months = self._typed(kpi)
        if not target:
            return None
        number = _cents(target) if kpi in _MONEY else whole(target, 6)
        if number is None or direction not in [one.value for one in Direction] or whole(months, 2) is None:
            self.wrong.append(
                _("Vul bij %(what)s een getal in, en over hoeveel maanden.") % {"what": KPI_LABEL[kpi]}
            )
            return None
        return Target(kpi, Direction(direction), number, whole(months, 2) or 0)

    def _tariffs(self) -> list[Tariff]:
        found = []
        for line in (one.strip() for one in self.tariff_text.split("\n") if one.strip()):
            label, _colon, amount = line.rpartition(":")
            cents = _cents(amount)
            if not label or cents is None:
                self.wrong.append(
                    _(
                        "Schrijf elk tarief als: waarvoor, een dubbele punt, het bedrag. Dit kan niet: %(line)s"
                    )
                    % {"line": line[:60]}
                )
                continue
            found.append(Tariff(label.strip()[:80], cents))
        return found

    def _minute(self, text: str) -> int:
        hours, _colon, minutes = text.partition(":")
        found, rest = whole(hours, 2), whole(minutes, 2)
        if found is None or rest is None or found > 24 or rest > 59:
            self.wrong.append(_("Vul de tijden in als 08:00."))
            return 0
        return found * 60 + rest

    def fields(self) -> dict[str, Any]:
        """What the page shows."""
        return {
            "kpis": [
                (kpi.value, KPI_LABEL[kpi], KPI_UNIT[kpi], KPI_DEFINITION[kpi], *self._typed(kpi))
                for kpi in Kpi
            ],
            "directions": [(one.value, label) for one, label in DIRECTION_LABEL.items()],
            "may": [(one.value, label, one in self.may) for one, label in MAY_LABEL.items()],
            "shows": [(one.value, label, one in self.shows) for one, label in SHOWN_LABEL.items()],
            "form": self,
        }


def _as_typed(start: Agreement, on: date) -> QueryDict:
    """The terms of a version as somebody would type them again, from the day after its end or from today."""
    terms, typed = start.terms, QueryDict(mutable=True)
    begin = max(on, terms.until_on + timedelta(days=1)) if terms.until_on else on
    typed.update(
        {
            "code": start.code,
            "begin": begin.isoformat(),
            "visie": terms.vision,
            "tarieven": "\n".join(f"{one.label}: {_typed_euro(one.cents)}" for one in terms.tariffs),
            "van": _clock(terms.from_minute),
            "tot": _clock(terms.until_minute),
        }
    )
    for one in terms.targets:
        typed[f"richting-{one.kpi.value}"] = one.direction.value
        typed[f"doel-{one.kpi.value}"] = _typed_euro(one.target) if one.kpi in _MONEY else str(one.target)
        typed[f"maanden-{one.kpi.value}"] = str(one.months)
    typed.setlist("mag", [one.value for one in terms.may])
    typed.setlist("ziet", [one.value for one in terms.shows])
    if terms.vat_declared:
        typed["btw"] = "1"
    return typed


def _typed_euro(cents: int) -> str:
    return f"{cents // 100},{cents % 100:02}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _cents(text: str) -> int | None:
    try:
        return typed_cents(text)
    except ValueError:
        return None


def told(terms: Terms) -> dict[str, Any]:
    """The terms in words, for a page."""
    return {
        "vision": terms.vision,
        "targets": [
            (
                KPI_LABEL[one.kpi],
                DIRECTION_LABEL[one.direction],
                euro(one.target)
                if one.kpi in _MONEY
                else f"{one.target}{'%' if KPI_UNIT[one.kpi] == 'procent' else ''}",
                one.months,
                KPI_DEFINITION[one.kpi],
            )
            for one in terms.targets
        ],
        "tariffs": [(one.label, one.cents) for one in terms.tariffs],
        "hours": f"{_clock(terms.from_minute)}–{_clock(terms.until_minute)}",
        "may": [MAY_LABEL[one] for one in terms.may],
        "shows": [SHOWN_LABEL[one] for one in terms.shows],
        "vat_declared": terms.vat_declared,
        "until_on": terms.until_on,
    }
