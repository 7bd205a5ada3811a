"""Circumstances and objections with the keyboard alone, on a desk and on a phone; axe-core finds nothing on the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.browser.test_browser_accessible import problems

from running import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from running import Running

_MOST_TABS = 60
SIZES = {"desk": (1280, 900), "phone": (390, 844)}


@pytest.fixture(params=list(SIZES))
def desk(request: pytest.FixtureRequest, chromium: Browser, program: Running) -> Iterator[Page]:
    """A page of a team lead of that size, on the worklist."""
    width, height = SIZES[request.param]
    context = chromium.new_context(viewport={"width": width, "height": height}, locale="nl-NL")
    page = context.new_page()
    page.set_default_timeout(15_000)
    sign_in(page, program.address, "teamleider")
    yield page
    context.close()


@pytest.fixture
def tenancy(desk: Page, program: Running) -> str:
    desk.goto(f"{program.address}/werkvoorraad")
    return program.address + str(desk.locator("#rows [data-open]").first.get_attribute("href"))


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until this has the focus; what no key reaches fails."""
    place = page.locator(selector)
    for _ in range(_MOST_TABS):
        if place.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not come to {selector}")


def _fine(page: Page) -> None:
    page.locator("main details").evaluate_all("all => all.forEach(one => { one.open = true })")
    assert problems(page, "light") == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_circumstance_is_set_and_ended(desk: Page, tenancy: str) -> None:
    desk.goto(f"{tenancy}/bijzonderheden")
    _tab_to(desk, "#wat-debt_procedure")
    for _ in range(6):
        desk.keyboard.press("ArrowDown")
    expect(desk.locator("#wat-vulnerable")).to_be_checked()
    desk.keyboard.press("Enter")
    expect(desk.locator("#errors")).to_be_focused()
    _fine(desk)
    _tab_to(desk, "#bron-tenant")
    desk.keyboard.press("Space")
    desk.keyboard.press("Enter")
    desk.wait_for_url(tenancy)
    expect(desk.locator(".file-head")).to_contain_text("kwetsbaar huishouden")
    desk.goto(f"{tenancy}/bijzonderheden")
    _fine(desk)
    _tab_to(desk, "a[href$='/einde']")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/einde")
    _fine(desk)
    _tab_to(desk, "#bron-tenant")
    desk.keyboard.press("ArrowUp")
    expect(desk.locator("#bron-colleague")).to_be_checked()
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/bijzonderheden")
    expect(desk.locator("main")).to_contain_text("Er zijn geen bijzonderheden.")
    _fine(desk)


def test_a_month_in_dispute_is_written_down_and_answered(desk: Page, tenancy: str) -> None:
    desk.goto(f"{tenancy}/bezwaar")
    expect(desk.locator("#waarover-arrears")).to_be_focused()
    expect(desk.locator("#post")).to_be_hidden()
    desk.keyboard.press("ArrowDown")
    expect(desk.locator("#waarover-entry")).to_be_checked()
    expect(desk.locator("#post")).to_be_visible()
    desk.keyboard.press("Tab")
    desk.keyboard.press("Space")
    expect(desk.locator("#post input").first).to_be_checked()
    _fine(desk)
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/bezwaar/*")
    expect(desk.locator("main")).to_contain_text("Tot het antwoord vragen wij deze posten niet.")
    _fine(desk)
    _tab_to(desk, "#uitkomst-upheld")
    desk.keyboard.press("Space")
    desk.keyboard.press("Enter")
    expect(desk.locator("#errors")).to_be_focused()
    _tab_to(desk, "#antwoord")
    desk.keyboard.type("U had gelijk: de betaling was van oktober.")
    _fine(desk)
    _tab_to(desk, "#naam")
    desk.keyboard.press("Enter")
    expect(desk.locator(".notes")).to_contain_text("Beantwoord: de huurder heeft gelijk.")
    _fine(desk)


def test_the_list_and_the_explanation_with_an_open_objection(
    desk: Page, tenancy: str, program: Running
) -> None:
    desk.goto(f"{tenancy}/bezwaar")
    expect(desk.locator("#waarover-arrears")).to_be_focused()
    desk.keyboard.press("Space")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/bezwaar/*")
    desk.goto(f"{program.address}/bezwaren")
    _fine(desk)
    _tab_to(desk, "#rows [data-open] >> nth=0")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/bezwaar/*")
    desk.goto(f"{tenancy}/uitleg")
    expect(desk.locator("main")).to_contain_text("Uw bezwaren die nog lopen")
    _fine(desk)
    desk.goto(tenancy)
    expect(desk.locator("main")).to_contain_text("Bezwaar over")
    _fine(desk)
