"""Two people at one tenancy: who is busy shows at once, a stale save is refused with both versions, undo by a key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.browser.test_browser_accessible import problems

from running import Running, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def other(chromium: Browser, program: Running) -> Iterator[Page]:
    """A page of a colleague, in a browser of her own."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="nl-NL")
    made = context.new_page()
    made.set_default_timeout(15_000)
    sign_in(made, program.address, "consulent")
    yield made
    context.close()


def _first(page: Page) -> str:
    return str(page.locator("#rows [data-row]").first.get_attribute("data-row"))


def _contact(page: Page, note: str) -> None:
    page.check("#bereikt-none")
    page.check("#uitkomst-not_home")
    page.fill("#notitie", note)


def test_who_opens_a_form_shows_on_the_open_list_of_a_colleague(
    page: Page, other: Page, program: Running
) -> None:
    page.goto(f"{program.address}/werkvoorraad")
    page.locator("#connection[data-state=open]").wait_for(state="attached")
    page.evaluate("window.untouched = true")
    number = _first(page)
    place = page.locator(f"#pickup-{number}")
    focused = page.locator(f"#open-{number}")
    focused.focus()
    other.goto(f"{program.address}/huurder/{number}/contact")
    expect(place).to_contain_text("bij Sanne Kuiper sinds")
    expect(place.locator(".initials")).to_have_text("SK")
    expect(focused).to_be_focused()
    assert page.evaluate("window.untouched") is True
    assert problems(page, "light") == []
    page.goto(f"{program.address}/huurder/{number}/contact")
    expect(page.locator(".busy")).to_contain_text("Sanne Kuiper is hier sinds")
    page.locator(".busy button").click()
    expect(page.locator(".busy")).to_contain_text("U bent hier sinds")
    page.keyboard.press("z")
    expect(page.locator(".notes")).to_contain_text("Ongedaan gemaakt: Overgenomen van Sanne Kuiper.")


def test_a_row_is_picked_up_and_put_down_with_one_key(page: Page, other: Page, program: Running) -> None:
    other.goto(f"{program.address}/werkvoorraad")
    other.locator("#connection[data-state=open]").wait_for(state="attached")
    page.goto(f"{program.address}/werkvoorraad")
    number = str(page.locator("#rows [data-row]").nth(3).get_attribute("data-row"))
    page.locator(f"#open-{number}").focus()
    page.keyboard.press("b")
    expect(page.locator(f"#pickup-{number}")).to_contain_text("u, sinds")
    expect(other.locator(f"#pickup-{number}")).to_contain_text("bij Ruud Jansen sinds")
    expect(page.locator(f"#open-{number}")).to_be_focused()
    page.keyboard.press("b")
    expect(page.locator(f"#pickup-{number}")).not_to_contain_text("sinds")
    expect(other.locator(f"#pickup-{number}")).not_to_contain_text("sinds")


def test_a_second_press_right_behind_the_first_does_not_leave_the_list(page: Page, program: Running) -> None:
    """What a fragment brings works from the moment it stands there."""
    page.goto(f"{program.address}/werkvoorraad")
    page.locator("#connection[data-state=open]").wait_for(state="attached")
    number = str(page.locator("#rows [data-row]").nth(4).get_attribute("data-row"))
    page.evaluate(
        """key => document.addEventListener("htmx:afterSwap", () => {
          setTimeout(() => { document.getElementById(key).click(); document.body.dataset.pressed = "yes"; });
        }, { once: true })""",
        f"pickup-key-{number}",
    )
    page.locator(f"#open-{number}").focus()
    page.keyboard.press("b")
    page.locator("body[data-pressed]").wait_for(state="attached")
    expect(page.locator(f"#pickup-key-{number}")).to_have_text("pak op")
    expect(page.locator(f"#pickup-{number}")).not_to_contain_text("sinds")
    assert page.url == f"{program.address}/werkvoorraad"


def test_a_stale_save_is_refused_with_both_versions_and_then_undone(
    page: Page, other: Page, program: Running
) -> None:
    page.goto(f"{program.address}/werkvoorraad")
    number = str(page.locator("#rows [data-row]").nth(5).get_attribute("data-row"))
    form = f"{program.address}/huurder/{number}/contact"
    page.goto(form)
    _contact(page, "Ruud schreef dit.")
    other.goto(form)
    _contact(other, "Sanne was eerst.")
    other.locator("#contact-form .actions button").click()
    other.wait_for_url(f"{program.address}/huurder/{number}")
    page.locator("#contact-form .actions button").click()
    theirs, mine = page.locator(".versions section").nth(0), page.locator(".versions section").nth(1)
    expect(theirs).to_contain_text("Sanne was eerst.")
    expect(theirs).to_contain_text("Sanne Kuiper")
    expect(mine).to_contain_text("Ruud schreef dit.")
    expect(page.locator("main form .utrecht-button--primary-action")).to_be_focused()
    assert problems(page, "light") == []
    page.keyboard.press("Enter")
    page.wait_for_url(f"{program.address}/huurder/{number}")
    expect(page.locator(".notes")).to_contain_text("Vastgelegd: Gebeld, niet bereikt")
    assert problems(page, "light") == []
    page.keyboard.press("z")
    expect(page.locator(".notes")).to_contain_text("Ongedaan gemaakt: Vastgelegd: Gebeld, niet bereikt")
    expect(page.locator("#time-line")).to_contain_text("vergissing")


def test_after_its_minute_the_button_goes_and_the_sentence_stays(page: Page, program: Running) -> None:
    page.goto(f"{program.address}/werkvoorraad")
    number = str(page.locator("#rows [data-row]").nth(6).get_attribute("data-row"))
    page.clock.install()
    page.goto(f"{program.address}/huurder/{number}/contact")
    _contact(page, "")
    page.locator("#contact-form .actions button").click()
    page.wait_for_url(f"{program.address}/huurder/{number}")
    button = page.locator(".undo button")
    button.focus()
    page.clock.fast_forward(61_000)
    expect(button).to_have_count(0)
    expect(page.locator(".undo [data-undo-said]")).to_be_focused()
    expect(page.locator(".undo")).to_contain_text("Vastgelegd: Gebeld, niet bereikt")
