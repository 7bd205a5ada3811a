"""Deciding about one tenant by keyboard: a step is asked where there is one, what is wrong gets the focus, and it ends."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from tests.browser.test_browser_accessible import problems

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from running import Running


@pytest.fixture
def tenancy(page: Page, program: Running) -> str:
    """The page of a tenant, from which the form was opened by its link."""
    found = program.address + str(page.locator("#rows [data-open]").first.get_attribute("href"))
    page.goto(found)
    page.locator('.actions a[href$="/afwijken"]').first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{found}/afwijken")
    return found


def test_a_step_is_asked_only_where_the_kind_has_one(page: Page, tenancy: str) -> None:
    page.locator("#soort-other").focus()
    expect(page.locator("#stap")).to_be_hidden()
    seen = []
    page.keyboard.press("Space")
    for _ in range(4):
        seen.append((page.locator("#stap").is_visible(), page.locator("#andere").is_visible()))
        page.keyboard.press("ArrowDown")
    assert seen == [(True, True), (True, False), (True, False), (False, False)]
    expect(page.locator("#soort-hand_over")).to_be_checked()


def test_it_is_decided_and_ended_with_the_keyboard_only(page: Page, tenancy: str) -> None:
    page.locator("#soort-pause").focus()
    for key in ("Space", *["ArrowDown"] * 4):
        page.keyboard.press(key)
    expect(page.locator("#soort-go_on")).to_be_checked()
    page.fill("#tot", f"{timezone.localdate() + timedelta(days=20)}")
    page.locator("#reden").focus()
    for key in ("Tab", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("#errors")).to_be_focused()
    assert problems(page, "light") == []
    for key in ("Tab", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("#reden")).to_be_focused()
    expect(page.locator("#soort-go_on")).to_be_checked()
    page.keyboard.type("De huurder is bijna rond.")
    for key in ("Tab", "Enter"):
        page.keyboard.press(key)
    page.wait_for_url(tenancy)
    expect(page.locator(".notes")).to_contain_text("Vastgelegd: Besluit: doorgaan met het eigen werk")
    expect(page.locator("#rulings")).to_contain_text("De huurder is bijna rond.")
    assert problems(page, "light") == []
    _end(page)


def _end(page: Page) -> None:
    """So that no other test meets it."""
    page.locator("#rulings .actions a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/afwijken#rulings")
    end = page.locator("#rulings details", has_text="Besluit: doorgaan")
    end.locator("summary").focus()
    for key in ("Enter", "Tab", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("#errors")).to_be_focused()
    assert problems(page, "light") == []
    for key in ("Tab", "Enter"):
        page.keyboard.press(key)
    expect(end.locator("input[name=reden]")).to_be_focused()
    page.keyboard.type("Proef.")
    page.keyboard.press("Enter")
    expect(page.locator(".notes")).to_contain_text("Beëindigd: Besluit: doorgaan")
    expect(end).to_have_count(0)
    assert problems(page, "light") == []
