"""A text while it is typed: what is no text yet is told, and the letter can always be looked at."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tijdig.letters.as_data import plain_body
from tijdig.letters.draft import draft_findings, needed, readable, tidy
from tijdig.letters.findings import Severity
from tijdig.letters.letter import Kind, Language
from tijdig.letters.places import place
from tijdig.letters.preview import Look, letter_of_look, level, preview, short
from tijdig.letters.sheet import plain, sheet
from tijdig.letters.signs import unprintable
from tijdig.letters.texts import Paragraph, Parts, Text, TextError, checked, default

NL, EN = Language.NL, Language.EN


def _changed(kind: Kind = Kind.REMINDER, language: Language = NL, **parts: Any) -> Text:
    text = default(kind)
    return replace(text, parts={**text.parts, language: replace(text.parts[language], **parts)})


def _musts(text: Text) -> list[tuple[str, str, str]]:
    found = draft_findings(tidy(text))
    return [(one.part, one.code, one.excerpt) for one in found if one.severity is Severity.MUST]


@pytest.mark.parametrize("kind", Kind)
def test_nothing_is_wrong_with_what_we_ship(kind: Kind) -> None:
    assert (draft_findings(default(kind)), tidy(default(kind))) == ((), default(kind))
    assert readable(default(kind)) == default(kind)


@pytest.mark.parametrize("part", needed(Kind.REMINDER))
def test_an_empty_part_is_told_once(part: str) -> None:
    about = [one for one in _musts(_changed(**{part: ""})) if one[0] == part]
    assert about == [(part, "part_missing", "")]


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ({"subject": "U moet {owed}"}, ("subject", "field_unknown", "{owed}")),
        ({"subject": "Betaal {"}, ("subject", "braces_wrong", "{")),
        ({"subject": "Betaal } nu"}, ("subject", "braces_wrong", "} nu")),
        ({"subject": "Betaal {open_cents:>9}"}, ("subject", "braces_wrong", "{open_cents:>9}")),
        ({"subject": "Betaal hier: {link}"}, ("subject", "field_unknown", "{link}")),
        ({"subject": "x" * 2_001}, ("subject", "part_long", "x" * 80)),
        ({"subject": "Uw huur 日"}, ("subject", "sign_unprintable", "日")),
        ({"paragraphs": (Paragraph("Dag {x}"),)}, ("paragraphs", "field_unknown", "{x}")),
        ({"paragraphs": ()}, ("paragraphs", "paragraphs_number", "")),
        ({"paragraphs": (Paragraph("Dag."),) * 21}, ("paragraphs", "paragraphs_number", "")),
        ({"message": ""}, ("message_link", "message_missing", "")),
        ({"message_link": "Betaal hier."}, ("message_link", "link_missing", "")),
    ],
)
def test_what_is_wrong_with_a_part_is_told_with_its_place(
    parts: dict[str, Any], found: tuple[str, str, str]
) -> None:
    assert _musts(_changed(**parts)) == [found]


def test_what_goes_on_paper_has_no_short_message() -> None:
    assert _musts(_changed(Kind.EARLY_SIGNAL, message="Bel ons.")) == [("message", "message_on_paper", "")]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Wilt u {open_cents} betalen, {open_c", "Wilt u € 2.100,00 betalen, {open_c"),
        ("{owed} {open_cents}", "{owed} € 2.100,00"),
        ("Betaal } {contact_name} {", "Betaal } Sanne de Boer {"),
        ("{open_cents.real} {0} {}", "{open_cents.real} {0} {}"),
        ("", "(nog leeg)"),
    ],
)
def test_what_is_not_right_stands_in_the_letter_as_it_was_typed(typed: str, shown: str) -> None:
    text = readable(tidy(_changed(question=typed)))
    said = plain(sheet(letter_of_look(text, Look(), None), text))
    assert f"\n{shown}\n" in said


TYPED = st.text(alphabet="ab {}.?\n😊€open_cents", max_size=40)


@given(
    subject=TYPED, question=TYPED, cannot=TYPED, help=TYPED, table=TYPED, message=TYPED, message_link=TYPED,
    paragraphs=st.lists(TYPED.map(Paragraph), max_size=4).map(tuple),
)  # fmt: skip
def test_whatever_is_typed_can_be_looked_at_and_what_may_be_saved_is_a_text(**parts: Any) -> None:
    text = tidy(_changed(**parts))
    shown = readable(text)
    assert plain(sheet(letter_of_look(shown, Look(), None), shown)) != ""
    found = draft_findings(text)
    assert all(place(_changed(**parts), one) for one in found)
    assert level(shown, NL, found).words > 0
    assert (short(shown, NL) is None) == (not shown.parts[NL].message)
    if not any(one.severity is Severity.MUST for one in found):
        assert checked({**plain_body(text), "kind": text.kind.value, "version": 1}) == text


@pytest.mark.parametrize(
    "parts",
    [
        {"subject": "{x}"}, {"subject": "{"}, {"help": ""}, {"paragraphs": ()}, {"message": ""},
        {"message_link": "Hier."}, {"question": "{open_cents!r}"}, {"subject": "Betaal {link}"},
    ],
)  # fmt: skip
def test_what_is_no_text_is_told_before_it_is_saved(parts: dict[str, Any]) -> None:
    text = _changed(**parts)
    with pytest.raises(TextError):
        checked({**plain_body(text), "kind": text.kind.value, "version": 1})
    assert _musts(text) != []


def test_an_empty_line_begins_a_new_paragraph_with_the_same_condition() -> None:
    typed = (Paragraph("Een.\nTwee.\n\n  Drie. \n \n"), Paragraph("  "), Paragraph("Vier.\n\nVijf.", "vat"))
    text = tidy(_changed(Kind.FOURTEEN_DAY, paragraphs=typed, subject=" Een \r\n kop "))
    assert text.parts[NL].paragraphs == (
        Paragraph("Een. Twee."),
        Paragraph("Drie."),
        Paragraph("Vier.", "vat"),
        Paragraph("Vijf.", "vat"),
    )
    assert text.parts[NL].subject == "Een kop"


@pytest.mark.parametrize(
    ("text", "sign"),
    [("Zoë – € 12 • →", ""), ("Bel 😊", "😊"), ("日本", "日"), ("a\x07b", "\x07"), ("مرحبا", ""), ("", "")],
)
def test_a_sign_without_a_shape_is_named(text: str, sign: str) -> None:
    assert unprintable(text) == sign


LONG = "Dit is een zin die echt veel te lang is want hij gaat maar door en door en door."


@pytest.mark.parametrize(
    ("parts", "where"),
    [
        ({"cannot": "Bel {contact_name}: {contact_number}. " + LONG}, "cannot"),
        ({"paragraphs": (Paragraph("Goed."), Paragraph(""), Paragraph(LONG))}, "paragraphs-2"),
        ({"paragraphs": (Paragraph("Goed."), Paragraph("U betaalt {open_cents}. " + LONG))}, "paragraphs-1"),
        ({"paragraphs": (Paragraph("Goed.\n\n" + LONG),)}, "paragraphs-0"),
    ],
)
def test_a_sentence_is_found_in_its_part(parts: dict[str, Any], where: str) -> None:
    typed = _changed(**parts)
    (found,) = (one for one in draft_findings(tidy(typed)) if one.code == "long_sentence")
    assert place(typed, found) == where


def test_what_is_about_the_whole_text_stands_in_the_question() -> None:
    typed = _changed(question="Wilt u betalen, uiterlijk op {pay_before_on}?")
    (found,) = (one for one in draft_findings(tidy(typed)) if one.severity is Severity.MUST)
    assert (found.part, place(typed, found)) == ("", "question")


def test_no_paragraph_is_found_among_the_paragraphs() -> None:
    typed = _changed(paragraphs=())
    (found,) = (one for one in draft_findings(tidy(typed)) if one.code == "paragraphs_number")
    assert place(typed, found) == "paragraphs"


def test_the_letter_is_looked_at_as_the_corporation_would_send_it() -> None:
    from letters.offices import HEAD

    head = replace(HEAD, name="Woonstichting Proef", iban="NL42TEST1234567890", creditor_name="Proef")
    seen = preview(default(Kind.REMINDER), Look(), head)
    assert len(seen.pages) == 1 and seen.pages[0].startswith("<svg")
    for words in ("Woonstichting Proef", "team Huur", "NL42 TEST 1234 5678 90"):
        assert words in seen.plain
    wrong = preview(default(Kind.REMINDER), Look(), replace(head, iban="NL00"))
    assert "NL13 TEST 0123 4567 89" in wrong.plain


def test_large_print_english_and_vat_are_looked_at_together() -> None:
    text = replace(default(Kind.FOURTEEN_DAY), version=7)
    seen = preview(text, Look(EN, large_print=True, vat=True), None)
    assert len(seen.pages) == 2
    assert "VAT included" in seen.plain
    assert "VAT" not in preview(text, Look(EN), None).plain


def test_the_level_says_how_it_reads() -> None:
    text = default(Kind.REMINDER)
    one = level(text, NL, ())
    assert (one.words, one.words_a_sentence, one.ease, one.plain) == (110, 6, 95, True)
    hard = _changed(paragraphs=(Paragraph((LONG + " ") * 12),))
    assert level(hard, NL, draft_findings(hard)).plain is False
    assert level(hard, EN, draft_findings(hard)).plain is True


def test_a_short_message_is_counted_with_its_link() -> None:
    found = short(_changed(message="Bericht van {sender_name}.", message_link="Betaal: {link}"), NL)
    assert found is not None
    assert found.text.startswith("Bericht van Woonstichting De Brug. Betaal: https://")
    assert (found.signs, found.parts) == (len(found.text), 1)


def test_empty_parts_of_a_form_are_a_text_that_can_be_shown() -> None:
    empty = Parts("", "", "", (), "")
    for kind in Kind:
        text = Text(kind, 1, {NL: empty, EN: empty})
        assert preview(readable(text), Look(EN), None).pages != ()
        assert draft_findings(text) != ()
