"""Logging a contact with the keyboard: a few keys for a call that nobody took, and only what fits is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from running import Running


@pytest.fixture
def tenancy(page: Page, program: Running) -> str:
    """The page of a tenant; the form to log a contact is open, with its first question in focus."""
    found = program.address + str(page.locator("#rows [data-open]").first.get_attribute("href"))
    page.goto(f"{found}/contact")
    expect(page.locator("#hoe-phone")).to_be_focused()
    return found


def _offered(page: Page, name: str) -> list[str]:
    boxes = page.locator(f'[name="{name}"]')
    return boxes.evaluate_all("all => all.filter(one => one.checkVisibility()).map(one => one.value)")


def test_a_call_that_nobody_took_is_four_keys(page: Page, tenancy: str) -> None:
    for key in ("Tab", "Tab", "ArrowUp"):
        page.keyboard.press(key)
    expect(page.locator("#uitkomst-not_home")).to_be_checked()
    assert _offered(page, "uitkomst") == ["wrong_number", "not_home", "call_back", "other"]
    assert _offered(page, "oorzaak") == []
    page.keyboard.press("Enter")
    page.wait_for_url(tenancy)
    expect(page.locator(".notes")).to_contain_text("Gebeld, niet bereikt: niet thuis of geen gehoor.")


def test_a_promise_asks_its_amount_and_the_causes_are_passed_in_one_key(page: Page, tenancy: str) -> None:
    expect(page.locator("#bedrag")).to_be_hidden()
    page.check("#uitkomst-promise")
    for key in ("Tab", "Enter", "Tab"):
        page.keyboard.press(key)
    expect(page.locator("#bedrag")).to_be_focused()
    page.keyboard.type("veel")
    page.keyboard.press("Enter")
    expect(page.locator("#errors")).to_be_focused()
    expect(page.locator("#uitkomst-promise")).to_be_checked()


def test_in_writing_there_is_no_talk_and_what_was_chosen_by_hand_stays(page: Page, tenancy: str) -> None:
    page.check("#hoe-email")
    assert _offered(page, "bereikt") == ["message", "none"]
    expect(page.locator("#bereikt-message")).to_be_checked()
    page.check("#begon-in")
    page.check("#uitkomst-help_wanted")
    page.check("#hoe-desk")
    expect(page.locator("#begon-in")).to_be_checked()
    expect(page.locator("#bereikt-talked")).to_be_checked()
    expect(page.locator("#uitkomst-help_wanted")).to_be_checked()


def test_the_note_is_sent_with_two_keys_and_is_not_lost_with_one(page: Page, tenancy: str) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.check("#uitkomst-other")
    page.fill("#notitie", "Belt terug.")
    page.locator("#uitkomst-other").focus()
    page.keyboard.press("Escape")
    expect(page.locator("#notitie")).to_have_value("Belt terug.")
    assert asked == ["beforeunload"]
    page.locator("#notitie").focus()
    page.keyboard.press("Control+Enter")
    page.wait_for_url(tenancy)
    expect(page.locator(".notes")).to_contain_text("Gebeld, gesproken: anders.")
