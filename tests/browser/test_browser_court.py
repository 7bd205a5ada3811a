"""Before the court with two browsers: a summons is proposed and decided, a judgment with its term, a last chance on an
arrangement that breaks, the municipality told, an eviction that one person agreed with on what stands beside the boxes; then
the money comes, and it stops."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from on_a_day import file_at_an_office, served
from running import Running, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SUMMONS, JUDGMENT, AFTER = "2026-12-28T10:30+01:00", "2027-02-01T10:30+01:00", "2027-03-08T10:30+01:00"
CONTRACT = "100001"


@pytest.fixture(scope="module", autouse=True)
def corporation(admin: str) -> Iterator[str]:
    """A corporation with a file at a bailiff's office since 2 November, and a signal to the municipality before it."""
    with file_at_an_office(admin) as dsn:
        yield dsn


def _signed_in(chromium: Browser, program: Running, who: str, place: str) -> Page:
    page = chromium.new_context(viewport={"width": 1280, "height": 850}, locale="nl-NL").new_page()
    page.set_default_timeout(15_000)
    sign_in(page, program.address, who)
    page.goto(f"{program.address}{place}")
    if place == "/dossiers":
        page.locator("#file-list a").click()
        page.wait_for_selector("#account")
    return page


def _does(page: Page, what: str, said: str, **fields: str) -> None:
    """Open what can be done now, fill in its form, and write it down by name."""
    summary = page.locator("summary", has_text=what)
    if summary.locator("..").get_attribute("open") != "":
        summary.click()
    form = page.locator("details[open] form", has=page.locator("input[name=stap]"))
    for name, value in fields.items():
        form.locator(f"[name={name}]").fill(value)
    form.locator("textarea[name=reden]").fill("Er kwam geen afspraak, en het loopt op.")
    for box in form.locator("input[type=checkbox]").all():
        box.check()
    form.get_by_role("button", name="Leg vast op mijn naam").click()
    expect(page.locator(".notes")).to_contain_text(f"Vastgelegd op uw naam: {said}")


def test_an_eviction_stops_because_the_money_came(chromium: Browser, corporation: str) -> None:
    ours_at, theirs_at = "/huurder/1/deurwaarder", "/dossiers"
    with served(corporation, SUMMONS) as program:
        for day in ("2026-11-01", "2026-12-01"):
            program.post(CONTRACT, "rent", 70_000, day, f"huur-{day}")
        theirs = _signed_in(chromium, program, "deurwaarder", theirs_at)
        _does(theirs, "Stel voor om te dagvaarden", "dagvaarding voorgesteld")
        ours = _signed_in(chromium, program, "consulent", ours_at)
        expect(ours.locator("main")).to_contain_text("de norm van 3 is wel gehaald")
        expect(ours.locator("main")).to_contain_text("Griffierecht over € 2.800,00")
        _does(ours, "Besluit om te dagvaarden", "besloten om te dagvaarden")
        expect(theirs.locator("#court")).to_contain_text("dagvaarding besloten")
        _does(theirs, "De dagvaarding is uitgebracht", "gedagvaard", erbij="2027-01-20", waar="Maastricht")
        ours.goto(f"{program.address}/deurwaarders")
        expect(ours.locator("main")).to_contain_text("20-01-2027")
    with served(corporation, JUDGMENT) as program:
        theirs = _signed_in(chromium, program, "deurwaarder", theirs_at)
        _does(
            theirs, "Leg het vonnis vast", "vonnis", huur="2800,00", tot="2026-12-01", rente="10,00",
            proceskosten="600,00", termijn="14",
        )  # fmt: skip
        expect(theirs.locator("main")).to_contain_text("proceskosten volgens het vonnis")
        _does(theirs, "Het vonnis is betekend", "vonnis betekend")
        expect(theirs.locator("main")).to_contain_text("ontruimen kan vanaf 16-02-2027")
        _arranges(theirs)
        _does(theirs, "Spreek een laatste kans af", "laatste kans afgesproken")
        theirs.get_by_role("link", name="De laatste kans op papier").click()
        expect(theirs.locator("article")).to_contain_text("Dit is geen nieuwe huurovereenkomst.")
    with served(corporation, AFTER) as program:
        ours = _signed_in(chromium, program, "consulent", "/deurwaarders")
        expect(ours.locator("main")).to_contain_text("laatste kans gebroken")
        theirs = _signed_in(chromium, program, "deurwaarder", theirs_at)
        expect(theirs.locator("main")).to_contain_text("De laatste kans is gebroken op")
        _does(theirs, "De laatste kans is voorbij", "laatste kans voorbij")
        _does(theirs, "Stel voor om te ontruimen", "ontruiming voorgesteld")
        ours.goto(f"{program.address}{ours_at}")
        _does(ours, "De gemeente is ingelicht", "gemeente ingelicht over de ontruiming", waar="Maastricht")
        ours.locator("summary", has_text="Zeg ja tegen ontruimen").click()
        for fact in (
            "Laatste kans afgesproken op 01-02-2027, voorbij op 08-03-2027.",
            "Maastricht, per e-mail",
        ):
            expect(ours.locator("details[open] .beside", has_text=fact)).to_be_visible()
        _does(ours, "Zeg ja tegen ontruimen", "akkoord met ontruimen")
        expect(ours.locator("main")).to_contain_text("een tweede collega beslist mee")
        expect(ours.locator("summary", has_text="Wat toen bekend was")).to_have_count(1)
        expect(ours.locator("summary", has_text="Zeg ja tegen ontruimen")).to_have_count(0)
        program.post(CONTRACT, "payment", -280_000, "2027-03-08", "alles-in-een-keer")
        expect(theirs.locator("#account")).to_contain_text("Achterstand nu: € 0,00")
        _costs_came_in(theirs)
        lead = _signed_in(chromium, program, "teamleider", ours_at)
        lead.locator("summary", has_text="Zeg ja tegen ontruimen").click()
        expect(lead.locator("main")).to_contain_text("niets meer schuldig")
        expect(lead.locator("input[value=eviction_agreed]")).to_have_count(0)
        _does(theirs, "Stop de procedure", "gestopt")
        expect(ours.locator("main")).to_contain_text("Bij de rechter: vonnis betekend")


def _arranges(page: Page) -> None:
    """The way from a last chance to an arrangement, and back."""
    page.locator("summary", has_text="Spreek een laatste kans af").click()
    page.get_by_role("link", name="Spreek de regeling af en kom terug").click()
    page.locator("#bedrag").fill("200,00")
    page.locator("#reden").fill("Meer kan hij niet missen.")
    expect(page.locator("#look")).to_contain_text("14 termijnen")
    page.get_by_role("button", name="Spreek dit af").click()
    expect(page.locator(".notes")).to_contain_text("Afgesproken: € 200,00 per keer")


def _costs_came_in(page: Page) -> None:
    paid = page.get_by_role("button", name=re.compile("^Betaald"))
    while paid.count():
        paid.first.click()
        expect(page.locator(".notes")).to_contain_text("dat de huurder dit betaalde")
