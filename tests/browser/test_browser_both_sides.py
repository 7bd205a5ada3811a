"""Two browsers at one file: what moves is there on both without loading anew, and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from on_a_day import file_at_an_office, served
from running import Running, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MOMENT = "2026-12-28T10:30+01:00"
CONTRACT = "100001"


@pytest.fixture(scope="module", autouse=True)
def corporation(admin: str) -> Iterator[str]:
    """A corporation with a file at a bailiff's office since 2 November."""
    with file_at_an_office(admin) as dsn:
        yield dsn


def _at(chromium: Browser, program: Running, who: str, place: str) -> Page:
    """Somebody at a page who hears what happens: a mark shows later that it was not loaded anew."""
    page = chromium.new_context(viewport={"width": 1280, "height": 850}, locale="nl-NL").new_page()
    page.set_default_timeout(15_000)
    sign_in(page, program.address, who)
    with page.expect_response("**/stroom*"):
        page.goto(f"{program.address}{place}")
    page.evaluate("document.body.dataset.stood = 'yes'")
    return page


def _stood(page: Page) -> None:
    assert page.evaluate("document.body.dataset.stood") == "yes"


def test_a_payment_and_a_deed_are_there_on_both_sides_and_an_open_form_stays(
    chromium: Browser, corporation: str
) -> None:
    with served(corporation, MOMENT) as program:
        for day in ("2026-11-01", "2026-12-01"):
            program.post(CONTRACT, "rent", 70_000, day, f"huur-{day}")
        ours = _at(chromium, program, "consulent", "/huurder/1/deurwaarder")
        theirs = _at(chromium, program, "deurwaarder", "/dossiers/1/1")
        talking = _at(chromium, program, "deurwaarder", "/dossiers/1/1/contact")
        planning = _at(chromium, program, "deurwaarder", "/dossiers/1/1/regeling")
        _typed(theirs)
        talking.locator("#notitie").fill("Belt na het weekend.")
        planning.locator("#bedrag").fill("125,00")

        program.post(CONTRACT, "payment", -75_000, "2026-12-28", "een-deel")
        came = "Er kwam € 750,00 binnen. Er staat nog € 2.050,00 open."
        for page in (ours, theirs, talking, planning):
            expect(page.locator("#connection")).to_have_text(came.replace("€ ", "€\u00a0"))
        for page in (ours, theirs):
            expect(page.locator("#track-owed")).to_contain_text("2.050,00")
            expect(page.locator("#track-owed")).not_to_contain_text("2.800,00")
        expect(theirs.locator("#account h2")).to_contain_text("2.050,00")
        expect(theirs.locator("#weighed-summons_proposed")).to_contain_text("de norm van 3 is niet gehaald")
        _nothing_lost(theirs)
        assert talking.locator("#notitie").input_value() == "Belt na het weekend."
        assert planning.locator("#bedrag").input_value() == "125,00"

        ours.locator("summary", has_text="Vraag iets aan de deurwaarder").click()
        ours.locator("#vraag").fill("Is er al iemand langs geweest?")
        ours.get_by_role("button", name="Vraag op mijn naam").click()
        expect(theirs.locator("#questions")).to_contain_text("Is er al iemand langs geweest?")
        _nothing_lost(theirs)
        theirs.get_by_role("button", name="Leg vast op mijn naam").click()
        expect(theirs.locator(".notes")).to_contain_text("Vastgelegd op uw naam: dagvaarding voorgesteld")
        expect(ours.locator("#court")).to_contain_text("dagvaarding voorgesteld")
        expect(ours.locator("summary", has_text="Besluit om te dagvaarden")).to_be_visible()
        for page in (talking, planning):
            _stood(page)


def _typed(page: Page) -> None:
    """A proposal to summon, half written: the focus stays in its reason."""
    page.locator("summary", has_text="Stel voor om te dagvaarden").click()
    page.locator("#reden-summons_proposed").fill("Er kwam geen afspraak,")
    page.locator("#reden-summons_proposed").press("End")
    assert page.evaluate("Math.round(document.activeElement.getBoundingClientRect().top)") > 0
    page.evaluate("window.stoodAt = document.activeElement.getBoundingClientRect().top")


def _nothing_lost(page: Page) -> None:
    _stood(page)
    reason = page.locator("#reden-summons_proposed")
    assert reason.input_value().startswith("Er kwam geen afspraak,")
    assert page.evaluate("document.activeElement.id") == "reden-summons_proposed"
    # Lines above it came or went, and what somebody looks at hardly moved under the eyes.
    moved = page.evaluate("Math.abs(document.activeElement.getBoundingClientRect().top - window.stoodAt)")
    assert moved < 120
    page.keyboard.type(" en het loopt op.")


def test_a_list_that_is_narrowed_stays_so_when_something_moves(chromium: Browser, corporation: str) -> None:
    with served(corporation, MOMENT) as program:
        theirs = _at(chromium, program, "deurwaarder", "/dossiers?q=Vries")
        row = theirs.locator("#file-list tbody tr")
        expect(row).to_have_count(1)
        row.locator("a").focus()
        program.post(CONTRACT, "payment", -5_000, "2026-12-28", "nog-wat")
        expect(row).to_contain_text("2.000,00")
        assert theirs.evaluate("document.activeElement.closest('tr')?.id") == "file-1"
        assert "q=Vries" in theirs.url


def test_the_list_and_its_search_by_the_keyboard_alone(chromium: Browser, corporation: str) -> None:
    with served(corporation, MOMENT) as program:
        page = _at(chromium, program, "deurwaarder", "/dossiers")
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement.closest('tr')?.id") == "file-1"
        page.keyboard.press("Enter")
        page.wait_for_selector("#account")
        page.keyboard.press("Escape")
        page.wait_for_selector("#file-list")
        expect(page.locator("#file-1 a")).to_be_focused()
        page.keyboard.press("/")
        page.keyboard.type("niemand")
        expect(page.locator("#file-list")).to_contain_text("Geen dossier van u past hierbij.")
        page.keyboard.press("Control+a")
        page.keyboard.type("lindestraat vries")
        expect(page.locator("#file-list tbody tr")).to_have_count(1)
        page.goto(f"{program.address}/dossiers/1/1/contact")
        page.locator("h1").click()
        page.keyboard.press("/")
        page.keyboard.type("vries")
        page.keyboard.press("Enter")
        page.wait_for_url("**/dossiers?q=vries")
        expect(page.locator("#file-list tbody tr")).to_have_count(1)
