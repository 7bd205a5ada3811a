"""A letter's sentences with its facts in place, and its short message."""

from __future__ import annotations

from dataclasses import replace

import pytest

from letters.letter_facts import SENDER, letter, tenant
from tijdig.letters.filling import filled, short_message
from tijdig.letters.letter import Kind, Language
from tijdig.letters.texts import ON_PAPER, Text, TextError, default

LINK = "https://betalen.example/x"


def test_the_day_of_an_appointment_has_its_weekday() -> None:
    asked = [
        filled(letter(Kind.INVITATION, tenant(one)), default(Kind.INVITATION)).question for one in Language
    ]
    assert "donderdag 12\u00a0november\u00a02026 om 10:30 uur" in asked[0]
    assert "Thursday 12\u00a0November\u00a02026 at 10:30" in asked[1]


def test_a_number_is_never_broken_off() -> None:
    assert (
        "de gemeente Rotterdam: 010\u00a0765\u00a043\u00a021 (gratis)"
        in filled(letter(Kind.REMINDER), default(Kind.REMINDER)).help
    )


def test_a_message_has_the_link_only_where_there_is_one() -> None:
    one, text = letter(Kind.REMINDER), default(Kind.REMINDER)
    without = (
        "Bericht van Woonstichting De Brug. Nog niet al uw huur is binnen. Wilt u € 2.100,00 betalen, uiterlijk op "
        "16 november 2026? Lukt dat niet? Bel Sanne de Boer: 010 123 45 67."
    )
    assert short_message(one, text) == without
    assert short_message(one, text, LINK) == f"{without} Betalen kan hier: {LINK}"
    assert filled(one, text).message.replace("\u00a0", " ") == without


@pytest.mark.parametrize("kind", [Kind.INVITATION, Kind.SETTLED])
def test_where_nothing_is_asked_now_a_link_changes_nothing(kind: Kind) -> None:
    one, text = letter(kind), default(kind)
    assert short_message(one, text, LINK) == short_message(one, text)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("language", Language)
def test_what_goes_on_paper_has_no_message_and_all_else_has(kind: Kind, language: Language) -> None:
    one, text = letter(kind, tenant(language)), default(kind)
    if kind in ON_PAPER:
        with pytest.raises(TextError, match=f"{kind}: .*geen kort bericht"):
            short_message(one, text)
    else:
        assert SENDER.contact_number in short_message(one, text, LINK)


def test_what_is_filled_in_is_not_read_again() -> None:
    one = replace(letter(Kind.REMINDER), sender=replace(SENDER, name="{open_cents} {link}"))
    assert "Bericht van {open_cents} {link}." in short_message(one, default(Kind.REMINDER), LINK)


def test_a_message_is_that_of_the_text_of_the_letter() -> None:
    other = Text(Kind.REMINDER, 2, default(Kind.REMINDER).parts)
    with pytest.raises(TextError, match="versie 2"):
        short_message(letter(Kind.REMINDER), other)
