"""The calculators and where the law stands: open to everybody, signed in or not.

Of a corporation nothing is read but, for who signed in, what it adopted where the law leaves a choice: each calculator
begins from that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tijdig.access.people import Person
from tijdig.access.scope import organisation_scope
from tijdig.law.answer import Answer, NotKnown, short_day
from tijdig.law.collection_costs import VatGround, costs_at_end
from tijdig.law.conventions import DEFAULT, Conventions, choices
from tijdig.law.interest import interest as interest_on
from tijdig.law.letter_term import fourteen_days
from tijdig.law.plain_text import plain_text
from tijdig.law.quantity import percent_text
from tijdig.law.standing import Standing, standings
from tijdig.law.term_calendar import weeks
from tijdig.policy.queries import conventions as adopted_on
from tijdig.web.chart import ChartSvg, chart
from tijdig.web.law_forms import Typed
from tijdig.web.scope import today

A = TypeVar("A", bound=Answer)
_VAT = ("btw_dienst", "btw_aftrek", "btw_brief")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A quantity with its drawing; None where its value is more than one number."""

    one: Standing
    chart: ChartSvg | None


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "law_index.html")


def _answer(form: Typed, work: Callable[[], A], blame: Callable[[ValueError], str]) -> A | None:
    """What the rules say; what they refuse stands beside the field that `blame` names. Nothing asked, no answer."""
    if not form.asked or form.errors:
        return None
    try:
        return work()
    except ValueError as error:
        form.errors[blame(error)] = str(error)
        return None


def _page(
    request: HttpRequest, template: str, form: Typed, answer: Answer | None, text: str, **more: Any
) -> HttpResponse:
    """The form with the answer on top, or the form again with what is wrong."""
    context = {"form": form, "answer": answer, "text": text, **more}
    return render(request, template, context, status=400 if form.errors else 200)


def _usual(request: HttpRequest, day: date) -> Conventions:
    """What a calculator begins from: what the corporation of who is asking adopted for that day, else the default."""
    person: Person | None = getattr(request, "person", None)
    if person is None:
        return DEFAULT
    with organisation_scope(person.organisation_id):
        return adopted_on(day)


def _closing(request: HttpRequest) -> str:
    return f"Berekend met tijdig op {short_day(today())}: {request.build_absolute_uri()}"


@require_safe
def costs(request: HttpRequest) -> HttpResponse:
    """Collection costs over the instalments of one letter."""
    form = Typed(request.GET, "bedrag")
    principals, paid = form.amounts("bedrag"), form.amount_or_none("betaald")
    on, ticked = form.day("op", today()), [form.ticked(name) for name in _VAT]
    usual = _usual(request, on)
    conventions = replace(usual, rounding=form.choice("afronding", usual.rounding))
    vat = VatGround(*ticked) if any(ticked) else None
    found = _answer(form, lambda: costs_at_end(principals, paid, on, vat, conventions), lambda _: "op")
    text = plain_text("Incassokosten", found, found.total_cents, _closing(request)) if found else ""
    more = bool(paid) or conventions != usual or "betaald" in form.errors
    kinds = {"afronding": choices("rounding")}
    return _page(request, "law_costs.html", form, found, text, kinds=kinds, more=more)


@require_safe
def interest(request: HttpRequest) -> HttpResponse:
    """Statutory interest on one amount, from a day to a day."""
    form = Typed(request.GET, "bedrag", "van", "tot")
    principal, payments = form.amount("bedrag"), form.payments("betalingen")
    first = form.day_or_none("van")
    if form.asked and first is None:
        form.errors.setdefault("van", "Vul een dag in, bijvoorbeeld 01-03-2026.")
    end = form.day("tot", today())
    usual = _usual(request, end)
    conventions = replace(
        usual,
        day_count=form.choice("dagtelling", usual.day_count),
        rounding=form.choice("afronding", usual.rounding),
        leap_anniversary=form.choice("schrikkeldag", usual.leap_anniversary),
    )

    def blame(error: ValueError) -> str:
        if isinstance(error, NotKnown):
            return "van"
        return "betalingen" if payments and end > (first or end) else "tot"

    found = _answer(form, lambda: interest_on(principal, first or end, end, payments, conventions), blame)
    text = plain_text("Wettelijke rente", found, found.total_cents, _closing(request)) if found else ""
    more = bool(form.values["betalingen"]) or conventions != usual
    kinds = {
        "dagtelling": choices("day_count"),
        "afronding": choices("rounding"),
        "schrikkeldag": choices("leap_anniversary"),
    }
    return _page(
        request, "law_interest.html", form, found, text, kinds=kinds, more=more, first=first, end=end
    )


@require_safe
def term(request: HttpRequest) -> HttpResponse:
    """The term of a fourteen-day letter, day by day."""
    form = Typed(request.GET, "verzonden")
    sent, received = form.day("verzonden", today(), must=True), form.day_or_none("ontvangen")
    usual = _usual(request, sent)
    conventions = replace(usual, weekend=form.choice("rustdag", usual.weekend))
    found = _answer(
        form,
        lambda: fourteen_days(sent, conventions, received),
        lambda error: "verzonden" if isinstance(error, NotKnown) else "ontvangen",
    )
    text = plain_text("Termijn van de veertiendagenbrief", found, None, _closing(request)) if found else ""
    more = bool(form.values["ontvangen"]) or conventions != usual
    kinds = {"rustdag": choices("weekend")}
    calendar = weeks(found) if found else ()
    return _page(request, "law_term.html", form, found, text, kinds=kinds, more=more, weeks=calendar)


def _drawn(one: Standing, on: date) -> Drawn:
    """Values are drawn in hundredths, as amounts are."""
    points = [(day, int(number * 100)) for day, number in one.numbers if day <= on]
    until = min(on, one.ends_on or on)
    return Drawn(one, chart(points, until, lambda hundredths: percent_text(Fraction(hundredths, 100))))


@require_safe
def standing(request: HttpRequest) -> HttpResponse:
    """Every quantity of the law, what needs attention first."""
    on = today()
    drawn = [_drawn(one, on) for one in standings(on)]
    return render(request, "law_standing.html", {"drawn": drawn})
