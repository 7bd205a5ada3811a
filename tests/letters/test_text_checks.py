"""What is found in a text: nothing in ours, and each fault by itself in a text that was changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tijdig.letters.field_words import FIELD_WORDS
from tijdig.letters.findings import Finding, Severity
from tijdig.letters.letter import Kind, Language
from tijdig.letters.text_checks import REQUIRED, text_findings
from tijdig.letters.texts import COMMON, FIELDS, Paragraph, Text, default

NL, EN = Language.NL, Language.EN


def _changed(kind: Kind, language: Language = NL, **parts: Any) -> Text:
    text = default(kind)
    changed = replace(text.parts[language], **parts)
    return replace(text, version=3, parts={**text.parts, language: changed})


def _without(kind: Kind, language: Language, field: str, wherever: str = "iets") -> Text:
    """The text as it is, with something else wherever it names this field."""
    parts, named = default(kind).parts[language], f"{{{field}}}"
    return _changed(
        kind,
        language,
        question=parts.question.replace(named, wherever),
        cannot=parts.cannot.replace(named, wherever),
        paragraphs=tuple(replace(one, text=one.text.replace(named, wherever)) for one in parts.paragraphs),
    )


def _musts(text: Text) -> list[Finding]:
    return [one for one in text_findings(text) if one.severity is Severity.MUST]


def _codes(text: Text) -> list[tuple[Language, str, str]]:
    return [(one.language, one.part, one.code) for one in text_findings(text)]


@pytest.mark.parametrize("kind", Kind)
def test_nothing_is_found_in_what_we_ship(kind: Kind) -> None:
    assert text_findings(default(kind)) == ()
    assert text_findings(replace(default(kind), version=9)) == ()


def test_every_field_is_told_in_dutch() -> None:
    assert set(FIELD_WORDS) == frozenset().union(*FIELDS.values()) | COMMON | {"link"}
    assert all(set(fields) <= FIELDS[kind] for kind, fields in REQUIRED.items())


NEEDED = [(kind, field) for kind in Kind for field in (*REQUIRED[kind], "contact_name", "contact_number")]


@pytest.mark.parametrize(("kind", "field"), NEEDED)
@pytest.mark.parametrize("language", Language)
def test_a_text_names_what_its_kind_must_say(kind: Kind, field: str, language: Language) -> None:
    (one,) = _musts(_without(kind, language, field))
    assert (one.language, one.code) == (language, "field_missing")
    assert FIELD_WORDS[field] in one.sentence and f"{{{field}}}" in one.sentence


def test_a_field_that_stands_in_the_subject_alone_is_missing() -> None:
    text = _without(Kind.REMINDER, NL, "open_cents")
    only = replace(text.parts[NL], subject="Wilt u {open_cents} betalen?")
    (one,) = _musts(replace(text, parts={**text.parts, NL: only}))
    assert one.code == "field_missing"


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("language", Language)
def test_every_letter_says_where_help_is(kind: Kind, language: Language) -> None:
    text = _changed(kind, language, help="Er is hulp die niets kost.")
    assert [(one.language, one.part, one.code) for one in _musts(text)] == [
        (language, "help", "help_missing")
    ]


def test_a_table_has_a_line_above_it() -> None:
    assert _codes(_changed(Kind.REMINDER, table="")) == [(NL, "table", "table_missing")]


def test_an_early_signal_says_that_the_tenant_may_say_no() -> None:
    cannot = "Bel {contact_name} vóór {object_before_on}: {contact_number}."
    assert _codes(_changed(Kind.EARLY_SIGNAL, cannot=cannot)) == [(NL, "cannot", "objection_missing")]
    told = "Bel {contact_name} vóór {object_before_on}: {contact_number}. U mag nee zeggen."
    assert _codes(_changed(Kind.EARLY_SIGNAL, cannot=told)) == []
    english = "Call {contact_name} before {object_before_on} on {contact_number}."
    assert _codes(_changed(Kind.EARLY_SIGNAL, EN, cannot=english)) == [(EN, "cannot", "objection_missing")]


FOURTEEN = {one: default(Kind.FOURTEEN_DAY).parts[one] for one in Language}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("code", "lost"),
    [("consequence_missing", "not vat"), ("vat_wording", "vat"), ("consequence_missing", "vat")],
)
def test_a_fourteen_day_letter_is_held_to_the_law_in_every_way_it_reads(
    language: Language, code: str, lost: str
) -> None:
    kept = tuple(one for one in FOURTEEN[language].paragraphs if one.when != lost)
    found = _musts(_changed(Kind.FOURTEEN_DAY, language, paragraphs=kept))
    assert code in [one.code for one in found]
    assert {one.language for one in found} == {language}


def test_a_wrong_term_is_told_once_for_all_ways() -> None:
    text = _changed(Kind.FOURTEEN_DAY, question="Wilt u {principal_cents} betalen, zo snel als het kan?")
    assert [(one.part, one.code) for one in _musts(text)] == [("", "term_wording")]


LONG = (
    "Bericht van {sender_name}. " + "We hebben uw huur nog niet ontvangen en dat vinden we jammer. " * 4
) + "Bel {contact_name}: {contact_number}."


@pytest.mark.parametrize(
    ("message", "codes"),
    [
        ("Uw huur is nog niet binnen. Bel {contact_number}.", ["sender_missing"]),
        (LONG, ["message_long"]),
        ("Bericht van {sender_name}. Bel vóór vrijdag.", []),
        ("Bericht van {sender_name}. " + "Bel vóór vrijdag. " * 5, ["message_long"]),
    ],
)
def test_a_message_names_us_and_fits_two_messages_of_a_telephone(message: str, codes: list[str]) -> None:
    text = _changed(Kind.REMINDER, message=message)
    assert [one.code for one in _musts(text)] == codes


def test_a_text_without_a_message_is_whole() -> None:
    assert _codes(_changed(Kind.REMINDER, message="", message_link="")) == []


def _advice(text: Text) -> list[tuple[str, str, str]]:
    found = text_findings(text)
    assert {one.severity for one in found} <= {Severity.SHOULD}
    return [(one.part, one.code, one.excerpt) for one in found]


def _help(more: str) -> Text:
    return _changed(Kind.REMINDER, help=default(Kind.REMINDER).parts[NL].help + " " + more)


FIFTEEN = "Wij zijn er voor u en ook voor wie met u in het huis woont."
SIXTEEN = "Wij zijn er voor u en ook voor wie er met u in het huis woont."


def test_a_sentence_has_fifteen_words_at_most() -> None:
    assert _advice(_help(FIFTEEN)) == []
    assert _advice(_help(SIXTEEN)) == [("help", "long_sentence", SIXTEEN)]


def test_an_amount_counts_as_one_word_and_a_field_never_as_its_name() -> None:
    thirteen = "Wilt u nu {open_cents} betalen, of anders uiterlijk op {pay_before_on} om twaalf uur hier?"
    assert _advice(_help(thirteen)) == []


@pytest.mark.parametrize(
    ("said", "found", "plain"),
    [
        ("Derhalve bellen we u.", "Derhalve", "daarom"),
        ("Dat doen we middels een brief.", "middels", "met"),
        ("Wij sommeren u.", "sommeren", "we vragen u"),
        ("U bent in gebreke.", "in gebreke", "te laat met betalen"),
        ("Onze vordering is hoog.", "vordering", "wat u nog moet betalen"),
        ("U dient dit bedrag nu te betalen.", "dient dit bedrag nu te", "moet"),
        ("Bel ons indien dat kan.", "indien", "als"),
    ],
)
def test_a_hard_word_has_a_plain_one(said: str, found: str, plain: str) -> None:
    text = _help(said)
    assert _advice(text) == [("help", "hard_word", found)]
    assert text_findings(text)[0].sentence == f"Dit woord is moeilijk: {found}. Schrijf liever: {plain}."


@pytest.mark.parametrize("said", ["Dit dient nergens toe.", "Wij verdienen dit.", "U krijgt bericht."])
def test_a_plain_word_that_looks_hard_is_left_alone(said: str) -> None:
    assert _advice(_help(said)) == []


def test_english_has_hard_words_of_its_own() -> None:
    kind = Kind.REMINDER
    text = _changed(kind, EN, help=default(kind).parts[EN].help + " Remit the outstanding rent forthwith.")
    assert {one[2] for one in _advice(text)} == {"Remit", "outstanding", "forthwith"}


def test_a_passive_or_two_is_no_matter_but_three_are() -> None:
    two = "Er wordt een brief gestuurd. De huur werd betaald."
    assert _advice(_help(two)) == []
    three = two + " Het bedrag wordt door ons bewaard."
    assert [one[:2] for one in _advice(_help(three))] == [("", "passive")]


def test_a_text_of_marks_alone_is_looked_at_all_the_same() -> None:
    marks = _changed(
        Kind.REMINDER, question="?", cannot=".", paragraphs=(Paragraph("!"),), help="-", table="."
    )
    assert {one.code for one in text_findings(marks)} == {"field_missing", "help_missing"}


def test_one_question_is_enough() -> None:
    question = "Wilt u {open_cents} betalen? Kan dat uiterlijk op {pay_before_on}?"
    assert [one[:2] for one in _advice(_changed(Kind.REMINDER, question=question))] == [
        ("question", "two_questions")
    ]


def test_a_letter_is_no_longer_than_a_page() -> None:
    text = _changed(Kind.REMINDER, paragraphs=(Paragraph("Bel ons dan gerust. " * 45),))
    assert [one[:2] for one in _advice(text)] == [("", "too_long")]


def test_long_words_and_long_sentences_read_badly() -> None:
    hard = (
        "Betalingsregelingen verlangen voorafgaande overeenstemming betreft huurbetalingen, inkomensgegevens, "
        "gezinssamenstelling, toekomstverwachting en schuldhulpverlening in gemeenten. " * 8
    )
    found = {one[1] for one in _advice(_changed(Kind.REMINDER, paragraphs=(Paragraph(hard),)))}
    assert "hard_to_read" in found
    even = (FIFTEEN + " ") * 9
    assert [one[:2] for one in _advice(_changed(Kind.REMINDER, paragraphs=(Paragraph(even),)))] == []
    longer = _changed(Kind.REMINDER, paragraphs=(Paragraph((SIXTEEN + " ") * 20),))
    assert {one[1] for one in _advice(longer)} == {"long_sentence", "long_average", "too_long"}
