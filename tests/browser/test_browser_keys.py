"""The work can be done without a mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from running import Running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


FOCUS = "document.activeElement.id"


def test_signing_in_needs_only_keys(chromium: Browser, program: Running) -> None:
    page = chromium.new_page()
    page.goto(program.address)
    page.wait_for_function(f"{FOCUS} === 'username'")
    page.keyboard.type("consulent@demo.tijdig")
    page.keyboard.press("Tab")
    page.keyboard.type("tijdig-demo")
    page.keyboard.press("Enter")
    page.wait_for_url("**/vandaag")
    assert page.locator("h1").inner_text().startswith("Vandaag")
    page.close()


def test_j_and_k_go_along_the_rows_and_enter_opens_one(page: Page) -> None:
    rows = page.locator("#rows [data-open]").evaluate_all("found => found.map(one => one.id)")
    seen = []
    for key in ("j", "j", "j", "k"):
        page.keyboard.press(key)
        seen.append(page.evaluate(FOCUS))
    assert seen == [rows[0], rows[1], rows[2], rows[1]]
    name = page.locator(f"#{rows[1]}").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/huurder/*")
    assert page.locator("h1").inner_text() == name


def test_escape_goes_back_to_the_same_row(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("j")
    row = page.evaluate(FOCUS)
    page.keyboard.press("Enter")
    page.wait_for_url("**/huurder/*")
    page.keyboard.press("Escape")
    page.wait_for_url("**/werkvoorraad")
    page.wait_for_function(f"{FOCUS} === '{row}'")
    assert page.evaluate(FOCUS) == row


def test_slash_searches_and_the_letters_are_typed(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("jansen jk?")
    assert page.locator("#bar-q").input_value() == "jansen jk?"
    page.locator("#bar-q").fill("jansen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken?q=jansen")
    assert page.locator("#results h2").inner_text().endswith("gevonden")


def test_question_mark_shows_the_keys_and_they_can_be_switched_off(page: Page) -> None:
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.locator("#keys-on").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('[data-row]')") is None


def test_the_first_tab_skips_to_the_content(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
