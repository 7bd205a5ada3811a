"""Help from the first worry to the last cent: who is at the door notices, a talk finds the cause, a helper is asked with
consent, the collection rests, somebody asks how it goes, and it is paid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from databases import of_its_own
from on_a_day import found, served
from running import Running, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TUESDAY, TWO_WEEKS_ON, SETTLED = (f"2026-06-{day}T10:30+02:00" for day in ("09", "23", "26"))
NAME = "Zorgenvrij"


@pytest.fixture(scope="module", autouse=True)
def corporation(admin: str) -> Iterator[str]:
    """A database of its own; set up before the browser, whose loop is in Django's way."""
    with of_its_own(admin) as dsn:
        found()
        yield dsn


def _signed_in(chromium: Browser, program: Running, who: str, width: int = 1366) -> Page:
    page = chromium.new_context(viewport={"width": width, "height": 850}, locale="nl-NL").new_page()
    page.set_default_timeout(15_000)
    sign_in(page, program.address, who)
    return page


def _night(program: Running) -> None:
    client = program.session("teamleider")
    token = client.get("/nachtronde").text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    client.post("/nachtronde", data={"csrfmiddlewaretoken": token}).raise_for_status()


def test_from_a_worry_at_the_door_to_paid(chromium: Browser, corporation: str) -> None:
    with served(corporation, TUESDAY) as program:
        program.tenancy("H-1", NAME)
        program.post("H-1", "rent", 70_000, "2026-06-01", "H-1-huur")
        _night(program)
        _directory(_signed_in(chromium, program, "teamleider"), program)
        _caretaker_notices(_signed_in(chromium, program, "huismeester", 390), program)
        page = _signed_in(chromium, program, "consulent")
        _taken_up(page, program)
        _talk_finds_the_cause(page)
        _referred_with_consent(page, program)
        _picked_up_is_all_the_caretaker_sees(_signed_in(chromium, program, "huismeester", 390), program)
    with served(corporation, TWO_WEEKS_ON) as program:
        _night(program)
        _asked_how_it_goes(_signed_in(chromium, program, "consulent"), program)
    with served(corporation, SETTLED) as program:
        program.post("H-1", "payment", -70_000, "2026-06-26", "noodfonds-betaalt")
        _night(program)
        _paid_and_done(_signed_in(chromium, program, "consulent"), program)


def _directory(page: Page, program: Running) -> None:
    """The team lead writes down the municipality and who helps there."""
    page.goto(f"{program.address}/gemeenten/nieuw")
    page.locator("#naam").fill("Utrecht")
    page.locator("#code").fill("GM0344")
    page.locator("#plaatsen").fill("Utrecht")
    page.get_by_role("button", name="Bewaar").click()
    for name, kind in (("Buurtteam Zuid", "neighbourhood_team"), ("Noodfonds Utrecht", "emergency_fund")):
        page.goto(f"{program.address}/wegwijzer/nieuw")
        page.locator("#naam").fill(name)
        page.locator("#soort").select_option(kind)
        page.locator("#gemeente").select_option(label="Utrecht")
        page.locator("#telefoon").fill("14 030")
        page.get_by_role("button", name="Bewaar").click()
        expect(page.locator("main")).to_contain_text(name)
    page.context.close()


def _caretaker_notices(page: Page, program: Running) -> None:
    """On a phone: find the household, tick what was seen and what may be behind it."""
    page.goto(f"{program.address}/zoeken?q={NAME}")
    expect(page.locator("main")).not_to_contain_text("€")
    page.locator("main a", has_text=NAME).first.click()
    page.wait_for_url(re.compile("/zorg$"))
    page.get_by_label("vertelde zelf over geldzorgen").check()
    page.get_by_label("Ik sprak iemand die er woont").check()
    page.get_by_text("Weet u wat erachter zit?").click()
    page.locator("#oorzaak-work_lost").check()
    page.get_by_label("In uw woorden").fill("Zijn baan is weg.")
    page.get_by_role("button", name="Geef door").click()
    expect(page.locator("main")).to_contain_text("nog niet")
    page.context.close()


def _taken_up(page: Page, program: Running) -> None:
    page.goto(f"{program.address}/vandaag")
    page.get_by_role("link", name="1 zorg van een collega wacht").click()
    page.get_by_role("button", name="Ik pak dit op").click()
    page.goto(f"{program.address}/vandaag")
    expect(page.locator("main")).not_to_contain_text("zorg van een collega")


def _talk_finds_the_cause(page: Page) -> None:
    """The guide for what the caretaker heard is on the screen of the talk; the tenant wants help."""
    page.locator("#rows tr", has_text=NAME).locator("[data-open]").focus()
    page.keyboard.press("1")
    page.wait_for_url(re.compile("/gesprek"))
    expect(page.locator(".guide")).to_contain_text("Wanneer stopte uw werk")
    page.keyboard.press("1")
    page.locator("#uitkomst-help_wanted").check()
    page.locator("#oorzaak-work_lost").check()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".done")).to_contain_text("Vastgelegd")
    page.get_by_role("link", name="Verwijs naar hulp").click()


def _referred_with_consent(page: Page, program: Running) -> None:
    """Who fits the cause is first; nothing goes without consent; the work rests and leaves the list."""
    expect(page.locator("label", has_text="Buurtteam Zuid")).to_contain_text("past bij de oorzaak")
    page.locator("input[name=helper]").first.check()
    page.locator("#toestemming-own_step").check()
    page.get_by_role("button", name="Verwijs op mijn naam").click()
    expect(page.get_by_role("alert")).to_contain_text("dan deelt u niets")
    expect(page.locator("input[name=helper]").first).to_be_checked()
    page.locator("#toestemming-spoken").check()
    page.get_by_role("button", name="Verwijs op mijn naam").click()
    page.wait_for_url(re.compile("/hulp$"))
    expect(page.locator(".referral")).to_contain_text("ja, gezegd in een gesprek")
    expect(page.locator(".referral")).to_contain_text("23-06-2026")
    page.goto(f"{program.address}/vandaag")
    expect(page.locator("#rows tr", has_text=NAME)).to_have_count(0)
    page.goto(f"{program.address}/zoeken?q={NAME}")
    page.locator("main a", has_text=NAME).first.click()
    expect(page.locator("main")).to_contain_text("Hulp loopt")
    page.context.close()


def _picked_up_is_all_the_caretaker_sees(page: Page, program: Running) -> None:
    page.goto(f"{program.address}/zorgen")
    expect(page.locator("main")).to_contain_text("09-06-2026")
    expect(page.locator("main")).not_to_contain_text("Buurtteam")
    expect(page.locator("main")).not_to_contain_text("nog niet")
    page.context.close()


def _asked_how_it_goes(page: Page, program: Running) -> None:
    """The day of the follow-up: it stands on Vandaag; help began, and one asks again."""
    page.goto(f"{program.address}/vandaag")
    expect(page.locator(".due-help")).to_contain_text("Vraag hoe het gaat met Buurtteam Zuid.")
    page.locator(".due-help a").first.click()
    page.locator(".referral select[name=resultaat]").select_option("started")
    page.locator(".referral input[name=opvolgen]").fill("2026-07-07")
    page.locator(".referral textarea").fill("Het noodfonds betaalt de maand juni.")
    page.locator(".referral").get_by_role("button", name="Leg vast").click()
    expect(page.locator(".referral")).to_contain_text("hulp is begonnen")
    page.goto(f"{program.address}/vandaag")
    expect(page.locator(".due-help")).to_have_count(0)
    page.context.close()


def _paid_and_done(page: Page, program: Running) -> None:
    """Paid: the case is over; the referral ends and so does its pause, and the time line tells the whole of it."""
    page.goto(f"{program.address}/zoeken?q={NAME}")
    page.locator("main a", has_text=NAME).first.click()
    expect(page.locator("main")).to_contain_text("Niets open")
    page.get_by_role("link", name="Hulp", exact=True).click()
    page.locator(".referral details summary", has_text="Hoe gaat het?").click()
    page.locator(".referral select[name=resultaat]").select_option("done")
    page.locator(".referral").get_by_role("button", name="Leg vast").click()
    expect(page.locator(".referral")).to_contain_text("hulp is klaar")
    page.get_by_role("link", name=NAME).first.click()
    line = page.locator("#time-line")
    for told in (
        "Zorg: vertelde zelf over geldzorgen",
        "Oorzaak: werk verloren",
        "Verwezen naar Buurtteam Zuid",
        "Buurtteam Zuid: hulp is begonnen",
        "Buurtteam Zuid: hulp is klaar",
    ):
        expect(line).to_contain_text(told)
    page.context.close()
