"""What may be wrong with a letter of one kind: its days, its amounts, and what must have come before it.

Decides per kind; the typed facts have their types already (`given_checks`). A last day to pay is at least five days after
the letter, because the post takes two of them, and no Sunday or holiday (`law.holidays`). A talk is planned within the hours
of `law.contact_hours`: for a corporation itself these are a sensible habit, not law. Who objects to an early signal has at
least a week. A hand-over is at least five days away too, and follows a fourteen-day letter whose term is over by then:
costs that do not hold help nobody.

Units: whole cents. Errors: none, a fault is a value; a day of which the law has no value gives `law_unknown`.
Example: a reminder of Friday 6 November 2026 with Sunday 15 November gives `pay_before_rest_day`.
Left out: whether an arrangement is one that the tenant can keep, and how often a letter may be sent; both are policy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

from tijdig.base.money import euro
from tijdig.law.answer import NotKnown, short_day
from tijdig.law.contact_hours import may_contact
from tijdig.law.holidays import SUNDAY, is_holiday
from tijdig.letters.basis import Basis
from tijdig.letters.given_checks import cents_of, day_of
from tijdig.letters.habits import habits
from tijdig.letters.letter import Fact, Kind, Row
from tijdig.letters.plan import plan_faults
from tijdig.letters.values import Fault

Given = Mapping[str, Fact]


def kind_faults(kind: Kind, basis: Basis, given: Given, plan: tuple[Row, ...]) -> Iterator[Fault]:
    """What is wrong with these facts for a letter of this kind."""
    if check := _CHECKS.get(kind):
        try:
            yield from check(basis, given)
        except NotKnown as unknown:
            yield Fault("law_unknown", f"{unknown.sentence} Kies een latere dag.")
    if kind is Kind.ARRANGEMENT_CONFIRMED:
        yield from plan_faults(basis, given, plan)


def _friendly(basis: Basis, given: Given) -> Iterator[Fault]:
    if basis.fee_from_on and basis.on < basis.fee_from_on:
        yield Fault(
            "term_running",
            f"Tot {short_day(basis.fee_from_on)} loopt de termijn van de veertiendagenbrief. Een tweede vraag maakt die "
            "onduidelijk, en dan vervallen de kosten. Bel liever.",
        )


def _pay_before(basis: Basis, given: Given) -> Iterator[Fault]:
    day = day_of(given, "pay_before_on")
    if day <= basis.on:
        yield Fault(
            "pay_before_past",
            f"De laatste dag om te betalen, {short_day(day)}, ligt niet na de brief. Kies een latere dag.",
        )
    elif day < basis.on + timedelta(days=habits(basis.on).pay_days_least):
        yield Fault(
            "pay_before_soon",
            f"Tot {short_day(day)} heeft de huurder te weinig tijd, want de post duurt ook. Geef minstens "
            f"{habits(basis.on).pay_days_least} dagen.",
        )
    if basis.fee_from_on and basis.on < basis.fee_from_on and day < basis.fee_from_on - timedelta(days=1):
        last_on = basis.fee_from_on - timedelta(days=1)
        yield Fault(
            "term_running",
            f"Tot en met {short_day(last_on)} loopt de termijn van de veertiendagenbrief. Een eerdere dag maakt die "
            "onduidelijk, "
            "en dan vervallen de kosten. Kies die dag of een latere.",
        )
    if day.weekday() == SUNDAY or is_holiday(day):
        yield Fault(
            "pay_before_rest_day",
            f"{short_day(day)} is een zondag of feestdag. Kies de eerste werkdag erna.",
        )


def _invitation(basis: Basis, given: Given) -> Iterator[Fault]:
    day, (hours, minutes) = day_of(given, "meet_on"), str(given["meet_time"]).split(":")
    if day <= basis.on:
        yield Fault(
            "meet_past",
            f"Het gesprek op {short_day(day)} is niet na de brief. Kies een latere dag.",
        )
    elif not may_contact(day, int(hours) * 60 + int(minutes)):
        yield Fault(
            "meet_hours",
            f"{short_day(day)} om {given['meet_time']} is geen goed moment. Kies een dag die geen zondag of feestdag is, "
            "van 7 tot 20 uur.",
        )


def _instalment_missed(basis: Basis, given: Given) -> Iterator[Fault]:
    due_on, cents = day_of(given, "due_on"), cents_of(given, "instalment_cents")
    if due_on >= basis.on:
        yield Fault(
            "not_overdue",
            f"Het deel van {short_day(due_on)} is nog niet te laat op {short_day(basis.on)}. Wacht met deze brief.",
        )
    if 0 < basis.open_cents < cents:
        yield Fault(
            "instalment_above_open",
            f"Het deel van {euro(cents)} is meer dan wat te laat is, {euro(basis.open_cents)}. Verbeter het bedrag.",
        )
    yield from _pay_before(basis, given)


def _early_signal(basis: Basis, given: Given) -> Iterator[Fault]:
    day = day_of(given, "object_before_on")
    if day < basis.on + timedelta(days=habits(basis.on).object_days_least):
        yield Fault(
            "object_soon",
            f"Tot {short_day(day)} heeft de huurder te weinig tijd om nee te zeggen. Geef minstens een week.",
        )


def _handover(basis: Basis, given: Given) -> Iterator[Fault]:
    day = day_of(given, "handover_on")
    if day <= basis.on:
        yield Fault(
            "handover_past",
            f"{short_day(day)} ligt niet na de brief. Kies een latere dag voor de deurwaarder.",
        )
    elif day < basis.on + timedelta(days=habits(basis.on).pay_days_least):
        yield Fault(
            "handover_soon",
            f"Tot {short_day(day)} heeft de huurder te weinig tijd, want deze brief gaat met de post. Geef minstens "
            f"{habits(basis.on).pay_days_least} dagen.",
        )
    if basis.fee_from_on is None:
        yield Fault(
            "fourteen_day_missing",
            "Er is nog geen geldige veertiendagenbrief. Stuur die eerst, en wacht tot de termijn voorbij is.",
        )
    elif basis.fee_from_on > basis.on:
        yield Fault(
            "fourteen_day_running",
            "De termijn van de veertiendagenbrief loopt nog. Deze brief kan vanaf "
            f"{short_day(basis.fee_from_on)}.",
        )


def _paid(basis: Basis, given: Given) -> Iterator[Fault]:
    day = day_of(given, "paid_on")
    if day > basis.on:
        yield Fault(
            "paid_later", f"De betaling van {short_day(day)} is van na de brief. Kies de dag van de betaling."
        )


_CHECKS: Mapping[Kind, Callable[[Basis, Given], Iterator[Fault]]] = {
    Kind.FRIENDLY_REMINDER: _friendly,
    Kind.REMINDER: _pay_before,
    Kind.INVITATION: _invitation,
    Kind.INSTALMENT_MISSED: _instalment_missed,
    Kind.EARLY_SIGNAL: _early_signal,
    Kind.HANDOVER_ANNOUNCED: _handover,
    Kind.SETTLED: _paid,
}
