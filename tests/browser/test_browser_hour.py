"""A consultant's hours: what was agreed on Friday, what came of it on Sunday and on Thursday, and who paid in between."""

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

FRIDAY, SUNDAY, THURSDAY = (f"2026-06-{day}T10:30+02:00" for day in (12, 14, 18))


@pytest.fixture(scope="module", autouse=True)
def corporation(admin: str) -> Iterator[str]:
    """A database of its own with four tenants; set up before the browser, whose loop is in Django's way."""
    with of_its_own(admin) as dsn:
        found()
        yield dsn


def _signed_in(chromium: Browser, program: Running, who: str = "consulent") -> Page:
    page = chromium.new_context(viewport={"width": 1366, "height": 900}, locale="nl-NL").new_page()
    page.set_default_timeout(15_000)
    sign_in(page, program.address, who)
    return page


def _into_talk(page: Page, name: str) -> None:
    """From the row of the day, by its key."""
    page.locator("#rows tr", has_text=name).locator("[data-open]").focus()
    page.keyboard.press("1")
    page.wait_for_url(re.compile("/gesprek"))
    expect(page.locator('[data-talk-key="1"]')).to_be_focused()
    page.keyboard.press("1")


def _night(program: Running) -> None:
    client = program.session("teamleider")
    token = client.get("/nachtronde").text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    client.post("/nachtronde", data={"csrfmiddlewaretoken": token}).raise_for_status()


def test_an_hour_of_work_and_what_came_of_it(chromium: Browser, corporation: str) -> None:
    with served(corporation, FRIDAY) as program:
        for contract, name, due in (
            ("U-1", "Belofte", "2026-06-01"),
            ("U-2", "Ploeg", "2026-06-01"),
            ("U-3", "Tussendoor", "2026-06-10"),
        ):
            program.tenancy(contract, name)
            program.post(contract, "rent", 70_000, due, f"{contract}-huur")
        _night(program)
        page = _signed_in(chromium, program)
        page.wait_for_url("**/vandaag")
        expect(page.locator("#rows tr", has_text="Tussendoor")).to_have_count(0)  # the program writes first
        _promise(page)
        _arrangement(page, program)
        page.context.close()
    with served(corporation, SUNDAY) as program:
        _pays_in_between(chromium, program)
    with served(corporation, THURSDAY) as program:
        _night(program)
        _what_came_of_it(_signed_in(chromium, program))


def _promise(page: Page) -> None:
    """Alert, call, promise."""
    _into_talk(page, "Belofte")
    page.keyboard.press("t")
    page.locator("#bedrag").fill("700")
    page.locator("#toegezegd_op").fill("2026-06-13")
    page.keyboard.press("Enter")
    expect(page.locator(".done")).to_contain_text("toezegging van €\u00a0700,00")


def _arrangement(page: Page, program: Running) -> None:
    """Alert, talk, arrangement."""
    page.goto(f"{program.address}/vandaag")
    _into_talk(page, "Ploeg")
    page.keyboard.press("r")
    page.locator("#per_keer").fill("100")
    page.locator("#eerste").fill("2026-06-13")
    expect(page.locator("#talk-plan")).to_contain_text("7")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".done")).to_contain_text("Afgesproken: 7 termijnen")
    page.goto(f"{program.address}/vandaag")
    expect(page.locator("#rows tr", has_text="Ploeg")).to_have_count(0)


def _pays_in_between(chromium: Browser, program: Running) -> None:
    """The program wrote a reminder; before it is printed the tenant pays, and it never goes."""
    _night(program)
    page = _signed_in(chromium, program, "teamleider")
    page.goto(f"{program.address}/brieven")
    expect(page.locator("main")).to_contain_text("Tussendoor")
    program.post("U-3", "payment", -70_000, "2026-06-14", "tussendoor-betaalt")
    page.goto(f"{program.address}/zoeken?q=Tussendoor")
    page.locator("main a", has_text="Tussendoor").first.click()
    page.wait_for_url(re.compile(r"/huurder/\d+"))
    expect(page.locator("main")).to_contain_text("Niets open")
    for _ in range(20):  # the program looks at its letters every few seconds
        if "ingetrokken" in page.locator("main").inner_text():
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(page.locator("main")).to_contain_text("ingetrokken")
    page.context.close()


def _what_came_of_it(page: Page) -> None:
    """Both were broken: an alert for each, with what should have come and what came; and a talk again."""
    news = page.locator(".news-items")
    expect(news).to_contain_text("Regeling gebroken")
    expect(news).to_contain_text("Toezegging niet nagekomen")
    row = page.locator("#rows tr", has_text="Ploeg")
    expect(row.locator(".why")).to_contain_text("€\u00a0100,00")
    _into_talk(page, "Ploeg")
    expect(page.locator(".say")).to_contain_text("€\u00a0100,00")
    page.keyboard.press("n")
    expect(page.locator("#uitkomst-pays_now")).to_be_checked()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".done")).to_contain_text("Vastgelegd")
