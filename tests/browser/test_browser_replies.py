"""The page of answers by keyboard alone: whose it is in one key, dealt with in one more; and it is for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.browser.test_browser_accessible import RULES, SIZES, problems

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from running import Running


@pytest.fixture
def answers(page: Page, program: Running) -> Page:
    page.goto(f"{program.address}/antwoorden")
    return page


def test_one_key_says_whose_it_is_and_one_more_that_it_was_dealt_with(answers: Page) -> None:
    number = int(answers.locator('.bar-nav [href="/antwoorden"] .figures').inner_text())
    row = answers.locator('.line:has([name="contract"][data-choice="1"])').first
    name = row.get_attribute("id")
    row.locator("[data-open]").focus()
    answers.keyboard.press("1")
    row = answers.locator(f"#{name}")
    expect(row.locator(".state")).to_have_text("Wacht op iemand")
    expect(row.locator("[data-after]")).to_be_focused()
    answers.keyboard.press("1")
    expect(row.locator(".state")).to_have_text("Afgehandeld")
    answers.reload()
    expect(answers.locator(f"#{name}")).to_have_count(0)
    expect(answers.locator('.bar-nav [href="/antwoorden"] .figures')).to_have_text(str(number - 1))


def test_what_has_no_suggestion_is_set_aside_with_a_reason(answers: Page) -> None:
    row = answers.locator('.line:has([value="opzij"]):not(:has([data-choice]))').first
    name = row.get_attribute("id")
    row.locator('[name="reden"]').fill("Verkeerd nummer")
    answers.keyboard.press("Enter")
    expect(answers.locator(f"#{name} .state")).to_have_text("Hoort niet bij een huurder")
    expect(answers.locator(f"#{name} .done")).to_contain_text("Verkeerd nummer")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", RULES)
def test_the_page_and_an_answer_are_for_everybody(
    theme: str, size: str, chromium: Browser, program: Running
) -> None:
    from running import sign_in

    width, height = SIZES[size]
    context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=theme)  # type: ignore[arg-type]
    page = context.new_page()
    sign_in(page, program.address, "klantenservice")
    page.goto(f"{program.address}/antwoorden")
    page.locator("main details").evaluate_all("all => all.forEach(one => { one.open = true })")
    found = [(problems(page, theme), page.evaluate("document.documentElement.scrollWidth") - width)]
    page.goto(program.address + str(page.locator(".line [data-open]").first.get_attribute("href")))
    found.append((problems(page, theme), page.evaluate("document.documentElement.scrollWidth") - width))
    context.close()
    assert found == [([], 0)] * 2
