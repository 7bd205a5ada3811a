"""The time line with the keyboard: a filter swaps its lines in place, keeps the focus, and is in the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from running import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from running import Running

FOCUS = "document.activeElement.id"


@pytest.fixture
def tenancy(page: Page, program: Running) -> str:
    """The page of a tenant of the demo, who is behind."""
    found = program.address + str(page.locator("#rows [data-open]").first.get_attribute("href"))
    page.goto(found)
    return found


def _kinds(page: Page) -> set[str]:
    return set(page.locator(".tl").evaluate_all("all => all.map(one => one.className.split(' ')[1])"))


def test_a_filter_keeps_focus_and_page_and_is_in_the_address(page: Page, tenancy: str) -> None:
    page.evaluate("window.untouched = true")
    page.locator("#tl-alles").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{tenancy}?tijdlijn=geld")
    expect(page.locator("#tl-geld")).to_have_attribute("aria-current", "true")
    assert (page.evaluate(FOCUS), _kinds(page)) == ("tl-geld", {"tl-money"})
    page.locator("#tl-besluiten").click()
    page.wait_for_url(f"{tenancy}?tijdlijn=besluiten")
    expect(page.locator(".tl-money")).to_have_count(0)
    assert (_kinds(page), page.evaluate("window.untouched")) == ({"tl-decisions"}, True)
    page.locator(".tl-decisions summary").first.click()
    expect(page.locator(".tl-decisions details[open]").first).to_contain_text("Dit paste:")
    page.go_back()
    expect(page.locator("#tl-geld")).to_have_attribute("aria-current", "true")


def test_an_older_booking_is_found_from_its_line(page: Page, tenancy: str) -> None:
    page.goto(f"{tenancy}?tijdlijn=geld")
    link = page.locator(".tl-money a").last
    number = str(link.get_attribute("href")).rpartition("#")[2]
    link.click()
    expect(page.locator(f"#{number}")).to_be_in_viewport()
    assert "rekening=alles" in page.url


def test_the_rest_of_the_account_comes_in_place(page: Page, tenancy: str) -> None:
    page.evaluate("window.untouched = true")
    before = page.locator("#account tbody tr").count()
    page.locator("#account .more a").click()
    expect(page.locator("#account .more")).to_have_count(0)
    assert page.locator("#account tbody tr").count() > before
    assert page.evaluate("window.untouched") is True


def test_it_works_without_a_script(chromium: Browser, program: Running, tenancy: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, program.address, "teamleider")
    page.goto(tenancy)
    page.locator("#tl-besluiten").click()
    page.wait_for_url(f"{tenancy}?tijdlijn=besluiten#time-line")
    assert page.locator(".tl-decisions").count() == page.locator(".tl").count() > 0
    context.close()
