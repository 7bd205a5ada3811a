"""A whole talk by keyboard: from the list into the talk, a promise or an arrangement, and on to the next."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from running import Running


@pytest.fixture
def owing(page: Page, program: Running) -> list[str]:
    """The tenancies of the list, those first of whom something may be asked."""
    page.goto(f"{program.address}/werkvoorraad")
    return page.locator("#rows [data-open]").evaluate_all("all => all.map(one => one.getAttribute('href'))")


def _into_talk(page: Page, program: Running, tenancy: str) -> None:
    """By one key, from the page of the tenant."""
    page.goto(program.address + tenancy)
    page.keyboard.press("g")
    page.wait_for_url(re.compile("/gesprek"))
    expect(page.locator('[data-talk-key="1"]')).to_be_focused()


def _said(page: Page) -> str:
    return page.locator(".say").inner_text()


def test_from_the_alert_to_a_promise_by_keyboard(page: Page, program: Running, owing: list[str]) -> None:
    page.locator("#rows [data-open]").nth(1).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/huurder/\d+$"))
    page.keyboard.press("g")
    page.wait_for_url(re.compile("/gesprek"))
    assert "€" in _said(page)
    page.keyboard.press("1")
    page.keyboard.press("t")
    expect(page.locator("#uitkomst-promise")).to_be_checked()
    expect(page.locator("#bedrag")).to_be_focused()
    page.keyboard.type("100")
    page.keyboard.press("Enter")
    expect(page.locator(".done")).to_contain_text("toezegging van €\u00a0100,00")
    expect(page.locator(".done")).to_contain_text("Volgende stap")
    page.keyboard.press("n")
    page.wait_for_url(lambda address: "vast=" not in address)
    assert "/huurder/" in page.url


def test_an_arrangement_is_calculated_and_kept(page: Page, program: Running, owing: list[str]) -> None:
    _into_talk(page, program, owing[2])
    page.keyboard.press("r")
    expect(page.locator("#per_keer")).to_be_focused()
    page.keyboard.type("5")
    expect(page.locator("#talk-plan .warned").first).to_be_visible()
    expect(page.locator("#reden")).to_be_visible()
    page.locator("#schuif").focus()
    page.keyboard.press("End")
    expect(page.locator("#talk-plan")).to_contain_text("In één keer")
    expect(page.locator("#reden")).to_be_hidden()
    whole = page.locator("#schuif").get_attribute("max")
    expect(page.locator("#per_keer")).to_have_value(f"{whole},00")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".done")).to_contain_text("Afgesproken: in één keer")
    expect(page.locator(".done")).to_contain_text("Regeling loopt")


def test_not_reached_is_one_key(page: Page, program: Running, owing: list[str]) -> None:
    _into_talk(page, program, owing[3])
    page.keyboard.press("2")
    expect(page.locator(".done")).to_contain_text("niet bereikt")


def test_somebody_else_hears_no_amount_and_what_is_typed_is_not_lost(
    page: Page, program: Running, owing: list[str]
) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    _into_talk(page, program, owing[3])
    assert "€" in _said(page)
    page.check("#wie-relative")
    assert "€" not in _said(page)
    page.check("#begon-in")
    assert "alleen met" in _said(page)
    page.check("#begon-out")
    page.keyboard.press("2")
    expect(page.locator('[data-talk-key="2"]')).to_be_focused()
    page.keyboard.press("Escape")
    assert asked == ["beforeunload"]
    expect(page.locator("#wie-relative")).to_be_checked()
