"""Every kind of letter on paper: whole, in both languages and sizes, and the same bytes each time."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from letters.letter_facts import SENDER, TENANT, letter, tenant
from tijdig.letters.letter import Kind, Language
from tijdig.letters.notation import money
from tijdig.letters.render import page_count, render
from tijdig.letters.texts import TextError

EVERY = [(kind, language, large) for kind in Kind for language in Language for large in (False, True)]


@pytest.mark.parametrize(("kind", "language", "large"), EVERY)
def test_every_letter_is_a_tagged_pdf_of_one_page_or_two_in_large_print(
    kind: Kind, language: Language, large: bool
) -> None:
    made = render(letter(kind, tenant(language, large)))
    assert made.pdf.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made.pdf and b"pdfuaid" in made.pdf
    assert b"<pdfaid:part>2<" in made.pdf and b"<pdfaid:conformance>A<" in made.pdf
    assert f"/Lang({language})".encode() in made.pdf.replace(b"/Lang (", b"/Lang(")
    assert b"/FontFile" in made.pdf
    assert made.pages <= (2 if large else 1)
    assert made.digest == hashlib.sha256(made.pdf).hexdigest()


@pytest.mark.parametrize("kind", Kind)
def test_the_same_letter_gives_the_same_bytes(kind: Kind) -> None:
    first = render(letter(kind))
    render(letter(Kind.REMINDER, tenant(Language.EN, True)))  # what the compiler keeps must not show
    assert render(letter(kind)) == first


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("language", Language)
def test_the_text_names_the_amounts_and_the_person(kind: Kind, language: Language) -> None:
    one = letter(kind, tenant(language))
    said = render(one).text
    assert SENDER.contact_name in said and SENDER.contact_number in said and SENDER.contact_email in said
    amounts = [row.open_cents for row in one.rows] + ([one.payment.amount_cents] if one.payment else [])
    assert all(money(cents, language).replace("\u00a0", " ") in said for cents in amounts)
    assert "{" not in said


def test_the_question_and_the_way_out_come_first() -> None:
    said = render(letter(Kind.FOURTEEN_DAY)).text
    order = [
        "Wilt u € 2.100,00 betalen?",
        "Lukt dat niet?",
        "incassokosten",
        "Totaal",
        "Zo betaalt u",
        "Hulp",
    ]
    assert [said.index(words) for words in order] == sorted(said.index(words) for words in order)


NASTY = 'O\'Brien # *a* $x$ "q" ] [ \\ {open_cents} `b` @ref <tag> // #eval("1") \u202e'


def test_what_is_filled_in_is_never_read_as_markup() -> None:
    to = replace(TENANT, name=NASTY, salutation=f"Beste {NASTY}", address_lines=(NASTY, "3012 XZ Rotterdam"))
    one = replace(letter(Kind.REMINDER, to), sender=replace(SENDER, contact_name=NASTY), reference=NASTY)
    made = render(one)
    assert made.text.count(NASTY) >= 5
    assert page_count(made.pdf) == made.pages == 1


def test_a_letter_without_a_fact_says_which() -> None:
    one = replace(letter(Kind.REMINDER), facts={"open_cents": 1})
    with pytest.raises(TextError, match="pay_before_on"):
        render(one)


def test_a_letter_keeps_to_the_version_of_its_text() -> None:
    with pytest.raises(TextError, match="versie 2"):
        render(replace(letter(Kind.REMINDER), version=2))


def test_a_letter_of_more_pages_numbers_them() -> None:
    one = letter(Kind.REMINDER)
    assert render(replace(one, rows=one.rows * 15)).pages == 2
