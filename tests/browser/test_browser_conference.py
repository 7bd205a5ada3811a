"""A conference without a mouse: a question on the agenda, two cases decided by keys, and the form follows the choice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from running import Running


def _to_the_group(page: Page, program: Running, most: int) -> None:
    """Put the first tenants of the worklist on the agenda; who is on it already stays."""
    page.goto(f"{program.address}/werkvoorraad")
    hrefs = page.locator("#rows [data-open]").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    for href in hrefs[:most]:
        page.goto(f"{program.address}{href}/overleg")
        if page.locator("#vraag").count():
            page.fill("#vraag", "Overdragen?")
            page.locator("main .utrecht-button--primary-action").press("Enter")
            page.locator(".notes").wait_for()


def begun(page: Page, program: Running, most: int = 2) -> str:
    """The address of a conference that is open, with cases to decide."""
    _to_the_group(page, program, most)
    page.goto(f"{program.address}/overleg")
    page.locator("details.begin").evaluate("one => { one.open = true }")
    page.locator("details.begin .utrecht-button--primary-action").press("Enter")
    page.locator("#decide").wait_for()
    return page.url


def _focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def _decide(page: Page, digit: str, why: str) -> None:
    page.keyboard.press(digit)
    page.locator("#toelichting").focus()
    page.keyboard.type(why)
    page.locator("#decide button").press("Enter")
    page.get_by_text("Besloten:").wait_for()


def test_two_cases_are_decided_without_a_mouse(page: Page, program: Running) -> None:
    address = begun(page, program)
    assert _focused(page) == "case-title"
    page.keyboard.press("2")
    assert _focused(page) == "besluit-arrange"
    _decide(page, "1", "Genoeg gewacht.")
    assert re.fullmatch(re.escape(address) + r"(\?punt=\d+)?", page.url)
    assert _focused(page) == "case-title"
    _decide(page, "4", "Wacht op de gemeente.")
    page.goto(f"{address}/verslag")
    report = page.locator("main").inner_text()
    assert "Overdragen aan de deurwaarder" in report and "Pauzeren, geldt tot en met" in report


def test_only_what_the_decision_needs_is_asked(page: Page, program: Running) -> None:
    begun(page, program)
    shown = {}
    for digit in "1457":
        page.keyboard.press(digit)
        shown[digit] = (page.locator("#stap").is_visible(), page.locator("#wie").is_visible())
    assert shown == {"1": (False, True), "4": (False, False), "5": (True, True), "7": (False, True)}
    page.keyboard.press("j")
    assert _focused(page).startswith("open-case-")
    page.keyboard.press("Escape")
    page.get_by_role("heading", name="Agenda").wait_for()
