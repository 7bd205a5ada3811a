"""A visitor with a calculator: types, sees the answer, copies it; and reads the text where there is no script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from running import Running


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 360, "height": 800}, locale="nl-NL")
    yield context.new_page()
    context.close()


def test_the_answer_is_worked_out_and_copied_with_the_keyboard_only(visitor: Page, program: Running) -> None:
    visitor.goto(f"{program.address}/rekenhulp/rente")
    visitor.focus("#bedrag")
    visitor.keyboard.type("700")
    visitor.fill("#van", "2023-02-02")
    visitor.fill("#tot", "2026-02-02")
    visitor.focus("#bedrag")
    visitor.keyboard.press("Enter")
    visitor.wait_for_url("**/rekenhulp/rente?bedrag=700&van=2023-02-02&tot=2026-02-02**")
    assert visitor.locator(".big").inner_text().replace("\u00a0", " ") == "€ 133,87"
    visitor.focus("[data-copy]")
    visitor.keyboard.press("Enter")
    visitor.wait_for_function("document.querySelector('[data-copied]').textContent === 'Gekopieerd.'")


def test_a_link_to_what_is_wrong_goes_to_the_field(visitor: Page, program: Running) -> None:
    visitor.goto(f"{program.address}/rekenhulp/incassokosten?bedrag=1.234")
    visitor.focus('.errors a[href="#bedrag"]')
    visitor.keyboard.press("Enter")
    assert visitor.evaluate("document.activeElement.id") == "bedrag"
    assert visitor.locator("#bedrag").input_value() == "1.234"


def test_without_script_the_text_can_be_selected(chromium: Browser, program: Running) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{program.address}/rekenhulp/termijn?verzonden=2026-03-06")
    assert page.locator("[data-copy]").is_hidden()
    page.locator("summary", has_text="Als tekst").click()
    assert "woensdag 25 maart 2026" in page.locator("#law-text").input_value()
    context.close()
