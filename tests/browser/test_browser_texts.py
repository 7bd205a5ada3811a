"""Somebody writes the text of a letter, with the keyboard only, and sees the letter change while typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from running import Running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOCUS = "document.activeElement.id"
VALUE = "document.activeElement.value"
LONG = " Wij willen dat graag van u weten omdat wij dan samen met u kunnen zoeken naar een goede oplossing."


@pytest.fixture
def editor(page: Page, program: Running) -> Page:
    page.goto(f"{program.address}/brieven/teksten/invitation")
    page.wait_for_load_state("load")
    return page


def _said(page: Page, where: str, words: str) -> None:
    page.wait_for_function(
        "([where, words]) => document.querySelector(where).textContent.includes(words)", arg=[where, words]
    )


def _saved(page: Page) -> str:
    page.wait_for_selector("main > .notes")
    return page.locator("main > .notes").inner_text()


def test_a_long_sentence_is_advised_against_while_one_types(editor: Page) -> None:
    editor.focus("#nl-cannot")
    editor.keyboard.press("Control+End")
    before = editor.evaluate(VALUE)
    editor.keyboard.type(LONG, delay=15)
    _said(editor, "#checks", "Maak er twee zinnen van")
    _said(editor, "#state", "1 tip")
    assert editor.evaluate(FOCUS) == "nl-cannot"
    editor.keyboard.type(" Bel gerust.")
    _said(editor, "#paper details", "Bel gerust.")
    assert editor.evaluate(VALUE) == before + LONG + " Bel gerust."
    link = editor.locator("#checks .found a")
    assert link.inner_text() == "Nederlands, als het niet lukt"
    link.focus()
    editor.keyboard.press("Enter")
    editor.wait_for_function(f"() => {FOCUS} === 'nl-cannot'")


def test_what_must_be_in_it_stops_saving_and_comes_back_with_one_key(editor: Page) -> None:
    editor.focus("#nl-question")
    editor.keyboard.press("Control+a")
    editor.keyboard.type("Komt u om {meet_time} uur naar ons toe? Het adres is {meet_place}.")
    _said(editor, "#checks", "De tekst noemt niet de dag van het gesprek.")
    editor.focus("#reden")
    editor.keyboard.type("Korter")
    editor.keyboard.press("Enter")
    editor.wait_for_selector("#refused")
    assert "1 ding moet eerst anders" in editor.locator("#refused").inner_text()
    kept = editor.locator("#nl-question").input_value()
    assert kept == "Komt u om {meet_time} uur naar ons toe? Het adres is {meet_place}."
    assert editor.locator("#reden").input_value() == "Korter"
    editor.focus("#nl-question")
    editor.keyboard.press("Control+Home")
    for _ in "Komt u ":
        editor.keyboard.press("ArrowRight")
    editor.keyboard.type("op ")
    editor.locator('[data-insert="{meet_on}"]').focus()
    editor.keyboard.press("Enter")
    assert editor.evaluate(FOCUS) == "nl-question"
    editor.keyboard.type(" ")
    _said(editor, "#state", "Deze tekst kan worden opgeslagen")
    assert editor.evaluate(VALUE) == "Komt u op {meet_on} " + kept.removeprefix("Komt u ")
    editor.focus("#reden")
    editor.keyboard.press("Enter")
    assert "Nederlands: de vraag." in _saved(editor)
    assert "Korter" in editor.locator(".versions li").first.inner_text()


def test_a_paragraph_moves_and_the_focus_goes_along(editor: Page) -> None:
    first, second = (editor.locator(f"#nl-paragraphs-{at}").input_value() for at in (0, 1))
    editor.locator('[value="nl-down-0"]').focus()
    editor.keyboard.press("Enter")
    editor.wait_for_function("() => document.activeElement.value === 'nl-down-1'")
    assert editor.locator("#nl-paragraphs-0").input_value() == second
    assert editor.locator("#nl-paragraphs-1").input_value() == first
    editor.wait_for_function(
        "([a, b]) => { const said = document.querySelector('#paper pre').textContent;"
        " return said.indexOf(a) > 0 && said.indexOf(a) < said.indexOf(b) }",
        arg=[second[:25], "We willen graag weten hoe het"],
    )
    editor.locator('[value="nl-add"]').focus()
    editor.keyboard.press("Enter")
    editor.wait_for_function(f"() => {FOCUS} === 'nl-paragraphs-3'")
    editor.keyboard.type("Tot dan.")
    _said(editor, "#paper pre", "Tot dan.")


def test_the_language_is_one_choice_for_form_and_letter_and_stands_in_the_address(editor: Page) -> None:
    assert editor.locator("#en-subject").is_hidden()
    editor.focus("#taal-nl")
    editor.keyboard.press("ArrowRight")
    _said(editor, "#paper pre", "Dear Ms El Amrani")
    assert editor.locator("#nl-subject").is_hidden() and editor.locator("#en-subject").is_visible()
    assert editor.url.endswith("?taal=en")
    editor.focus("#en-help")
    editor.keyboard.press("Control+a")
    editor.keyboard.type("We can help.")
    _said(editor, "#checks", "De tekst noemt niet waar hulp is die niets kost.")
    editor.focus("#taal-en")
    editor.keyboard.press("ArrowLeft")
    _said(editor, "#paper pre", "Beste mevrouw El Amrani")
    editor.locator("#checks .found a").focus()
    editor.keyboard.press("Enter")
    editor.wait_for_function(f"() => {FOCUS} === 'en-help'")
    assert editor.locator("#en-help").is_visible()


def test_the_place_in_the_letter_stays_while_it_changes(editor: Page) -> None:
    editor.locator("#paper").evaluate("paper => { paper.scrollTop = 240 }")
    editor.focus("#nl-subject")
    editor.keyboard.type("Dag. ")
    _said(editor, "#paper pre", "Dag. ")
    assert editor.locator("#paper").evaluate("paper => paper.scrollTop") == 240


def test_without_script_the_buttons_of_the_form_do_the_work(chromium: Browser, program: Running) -> None:
    from running import PASSWORD

    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{program.address}/aanmelden?next=/brieven/teksten/settled")
    page.fill("#username", "teamleider@demo.tijdig")
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/brieven/teksten/settled")
    page.fill("#nl-subject", "Dank u wel")
    page.get_by_role("button", name="Bekijk").click()
    assert "\nDank u wel\n" in str(page.locator("#paper pre").text_content())
    page.get_by_role("button", name="Alinea erbij").first.click()
    assert page.locator("#nl-subject").input_value() == "Dank u wel"
    page.locator(".side-nl textarea[name='nl-paragraphs']").last.fill("Tot ziens.")
    page.check("#taal-en")
    assert page.locator("#en-subject").is_visible() and page.locator("#nl-subject").is_hidden()
    page.fill("#reden", "Aardiger")
    page.get_by_role("button", name="Sla op als nieuwe versie").click()
    assert "Nederlands: het onderwerp, alinea" in page.locator("main > .notes").inner_text()
    context.close()


def test_the_letterhead_is_seen_while_it_is_typed(page: Page, program: Running) -> None:
    page.goto(f"{program.address}/brieven/afzender")
    page.wait_for_load_state("load")
    page.focus("#name")
    page.keyboard.press("Control+a")
    page.keyboard.type("Woonstichting Verzonnen")
    _said(page, "#paper pre", "Woonstichting Verzonnen")
    assert page.evaluate(FOCUS) == "name"
    assert page.evaluate(VALUE) == "Woonstichting Verzonnen"
