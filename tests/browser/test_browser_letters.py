"""A letter from the queue to the print house, and a message that is held and let go: with the keyboard only."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from running import Running

if TYPE_CHECKING:
    from playwright.sync_api import Page

FOCUS = "document.activeElement.id"
OVERDUE = f"{date.today() - timedelta(days=20)}"  # noqa: DTZ011 - the program under test reads the same clock


def _owing(program: Running, contract: str, surname: str) -> str:
    """The page of a tenant who owes a month's rent."""
    program.tenancy(contract, surname)
    program.post(contract, "rent", 70000, OVERDUE, f"{contract}/1")
    found = program.session("consulent").get("/zoeken", params={"q": surname}).text
    return "/huurder/" + found.split('href="/huurder/')[1].split('"')[0]


def _written(program: Running, contract: str, surname: str) -> str:
    """A friendly reminder on paper that waits, to a tenant without an e-mail address; returns the tenant's page."""
    program.tenancy(contract, surname)
    program.post(contract, "rent", 70000, OVERDUE, f"{contract}/1")
    session = program.session("consulent")
    found = session.get("/zoeken", params={"q": surname}).text
    tenancy = found.split('href="/huurder/')[1].split('"')[0]
    form = session.get(f"/huurder/{tenancy}/brief/friendly_reminder").text
    fields = {
        name: form.split(f'name="{name}" value="')[1].split('"')[0]
        for name in ("csrfmiddlewaretoken", "formulier")
    }
    answer = session.post(
        f"/huurder/{tenancy}/brief/friendly_reminder", data={**fields, "stuur": "1", "weg": "print"}
    )
    assert answer.url.path.startswith("/brieven/"), answer.text[:2000]
    return f"/huurder/{tenancy}"


def _tab_to(page: Page, name: str) -> None:
    for _ in range(60):
        if page.evaluate(FOCUS) == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key never came to #{name}")


def test_a_queued_letter_becomes_a_batch_that_is_handed_over(page: Page, program: Running) -> None:
    _written(program, "BRIEF-1", "Brievenlezer")
    page.goto(f"{program.address}/brieven?bak=klaar")
    page.keyboard.press("j")
    first = page.locator("#sendings > li").first
    expect(first).to_contain_text("Brievenlezer")
    assert page.evaluate(FOCUS) == f"open-{first.get_attribute('id')}"
    page.locator("h1").focus()
    _tab_to(page, "make-batch")
    page.keyboard.press("Enter")
    page.wait_for_url("**/brieven/batch/*")
    expect(page.locator("#hand-title")).to_be_visible(timeout=60_000)
    _tab_to(page, "receipt")
    page.keyboard.type("PN-2026-7")
    _tab_to(page, "sure")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("#handed-title")).to_be_visible()
    expect(page.locator("#batch")).to_contain_text(
        "vastgelegd door Ruud Jansen. Kenmerk van de drukker: PN-2026-7."
    )
    page.keyboard.press("Escape")
    page.wait_for_url("**/brieven?bak=klaar")
    _tab_to(page, "bak-verstuurd")
    page.keyboard.press("Enter")
    page.wait_for_url("**/brieven?bak=verstuurd")
    expect(page.locator("#sendings > li", has_text="Brievenlezer")).to_contain_text("verstuurd")


def test_a_message_is_held_and_let_go_without_losing_its_place(page: Page, program: Running) -> None:
    tenancy = _written(program, "BRIEF-2", "Tegenhouder")
    page.goto(f"{program.address}/brieven?bak=klaar")
    page.evaluate("window.untouched = true")
    row = page.locator("#sendings > li").first
    held = int(page.locator("#bak-wacht .figures").inner_text())
    page.keyboard.press("j")
    for words, waiting in (("Tegengehouden.", held + 1), ("Vrijgegeven.", held)):
        page.keyboard.press("1")
        expect(row.locator(".sending-done")).to_contain_text(words)
        expect(page.locator("#bak-wacht .figures")).to_have_text(str(waiting))
        assert page.evaluate(FOCUS) == f"open-{row.get_attribute('id')}"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(row.locator(".sending-done")).to_be_focused()
    expect(page.locator("#bak-wacht .figures")).to_have_text(str(held + 1))
    assert page.evaluate("window.untouched") is True
    page.goto(program.address + tenancy)
    expect(page.locator("#time-line")).to_contain_text("op papier, tegengehouden")


def test_a_kind_of_letter_is_chosen_with_the_keyboard_and_escape_goes_to_the_tenant(
    page: Page, program: Running
) -> None:
    """The work list was the last list; a page opened by its address still goes back to what it is about."""
    tenancy = program.address + _owing(program, "BRIEF-3", "Kiezer")
    page.keyboard.press("j")
    page.goto(f"{tenancy}/brief")
    kinds = page.locator(".kinds [data-open]").evaluate_all("found => found.map(one => one.id)")
    seen = []
    for key in ("j", "j", "k"):
        page.keyboard.press(key)
        seen.append(page.evaluate(FOCUS))
    assert seen == [kinds[0], kinds[1], kinds[0]]
    page.keyboard.press("Enter")
    page.wait_for_url("**/brief/friendly_reminder")
    page.keyboard.press("Escape")
    page.wait_for_url("**/brief")
    page.keyboard.press("Escape")
    page.wait_for_url(tenancy)
    page.keyboard.press("Escape")
    page.wait_for_url("**/werkvoorraad")


def test_escape_on_a_letter_goes_to_the_list_that_it_was_opened_from(page: Page, program: Running) -> None:
    _written(program, "BRIEF-4", "Terugganger")
    page.goto(f"{program.address}/brieven?bak=klaar")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/brieven/*")
    page.keyboard.press("Escape")
    page.wait_for_url("**/brieven?bak=klaar")


def test_what_is_wrong_has_the_focus_also_on_a_telephone(page: Page, program: Running) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{program.address}{_owing(program, 'BRIEF-5', 'Vergeter')}/brief/invitation")
    page.locator("#write .utrecht-button--primary-action").click()
    expect(page.locator("#errors")).to_be_focused()
    expect(page.locator("#errors")).to_be_in_viewport()
    assert page.locator("#errors").bounding_box()["y"] < page.locator("#write").bounding_box()["y"]  # type: ignore[index]
    page.locator("#errors a").first.click()
    expect(page.locator("#meet_time")).to_be_focused()


def test_the_button_follows_the_chosen_way(page: Page, program: Running) -> None:
    homes = page.locator("#rows [data-open]").evaluate_all("found => found.map(one => one.href)")
    for home in homes:
        page.goto(f"{home}/brief/friendly_reminder")
        if page.locator("[name=weg]").count():
            break
    button = page.locator("#write .utrecht-button--primary-action")
    for way, words in (("print", "Maak de brief"), ("email", "Maak en verstuur")):
        page.locator(f"#weg-{way}").check()
        assert button.inner_text() == words


def test_the_menu_on_a_telephone_shows_the_item_of_the_page(page: Page, program: Running) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{program.address}/overleg")
    item = page.locator(".bar-nav [aria-current]").bounding_box()
    assert item is not None
    assert item["x"] >= 0 and item["x"] + item["width"] <= 320
    assert page.evaluate("window.scrollY") == 0
