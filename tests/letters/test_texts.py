"""The sentences: whole, with known fields only, and written so that everybody can read them."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

import tijdig.letters.texts as texts
from letters.letter_facts import letter, tenant
from tijdig.ledger.kinds import Kind as EntryKind
from tijdig.ledger.kinds import sign_fits
from tijdig.letters.filling import filled
from tijdig.letters.letter import Kind, Language
from tijdig.letters.sheet import labels
from tijdig.letters.texts import Parts, TextError, checked, default, fields_of

FOLDER = Path(texts.__file__).parent
OFFICIALESE = re.compile(
    r"\b(middels|dientengevolge|derhalve|sommer\w*|sommatie|inzake|teneinde|conform|voornoemd\w*|onverwijld|geschieden|"
    r"aangaande|jegens|alsmede|dien(?:t|en)|gelieve|terzake|heden|genoemd\w*|indien|tevens|reeds|verzoeken|vordering\w*|"
    r"in gebreke|verschuldigd\w*|hereby|pursuant|aforementioned|forthwith)\b",
    re.IGNORECASE,
)
MOST_WORDS = 14


def _raw(kind: Kind = Kind.REMINDER) -> dict[str, Any]:
    raw: dict[str, Any] = yaml.safe_load((FOLDER / f"text_{kind}.yaml").read_text(encoding="utf-8"))
    return raw


def test_every_kind_has_its_file_and_no_other() -> None:
    assert {path.stem for path in FOLDER.glob("text_*.yaml")} == {f"text_{kind}" for kind in Kind}


@pytest.mark.parametrize("kind", Kind)
def test_every_text_is_whole(kind: Kind) -> None:
    text = default(kind)
    assert (text.kind, set(text.parts)) == (kind, set(Language))
    for parts in text.parts.values():
        assert parts.table or kind is Kind.SETTLED
        assert "?" in parts.question and "{contact_number}" in parts.cannot and "{help_line}" in parts.help


def test_both_languages_have_the_same_labels() -> None:
    dutch, english = (labels(one) for one in (Language.NL, Language.EN))
    assert (set(dutch), set(dutch["entries"])) == (set(english), set(english["entries"]))
    said = [one for one in dutch if one != "entries"]
    assert all(list(fields_of(str(dutch[one]))) == list(fields_of(str(english[one]))) for one in said)


def test_every_charge_that_is_no_rent_has_a_name_in_a_letter() -> None:
    charges = {kind.name.lower() for kind in EntryKind if sign_fits(kind, 1)} - {"rent"}
    assert set(labels(Language.NL)["entries"]) == charges


@pytest.mark.parametrize("kind", Kind)
def test_both_languages_name_the_same_facts(kind: Kind) -> None:
    named = [
        {field for text in parts.all_texts for field in fields_of(text)}
        for parts in default(kind).parts.values()
    ]
    assert named[0] == named[1]


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("kind",), "poem", "poem"),
        (("version",), 0, "versie"),
        (("extra",), 1, "extra"),
        (("nl", "help"), "", "help"),
        (("en",), None, "subject"),
        (("nl", "colour"), "red", "colour"),
        (("nl", "question"), "Betaal {owed_cents}?", "owed_cents"),
        (("nl", "question"), "Betaal {meet_on}?", "meet_on"),
        (("nl", "question"), "Betaal {open_cents!r}?", "open_cents"),
        (("nl", "question"), "Betaal {open_cents.real}?", "open_cents.real"),
        (("nl", "question"), "Betaal {?", "accolades"),
        (("nl", "paragraphs"), [{"text": "x", "when": "rain"}], "rain"),
        (("nl", "paragraphs"), [{"text": "x"}], "alinea"),
        (("nl", "paragraphs"), [3], "alinea"),
        (("nl", "paragraphs"), "x", "alinea"),
        (("nl", "paragraphs"), [{"text": "x", "when": 3}], "voorwaarde"),
        (("nl", "message"), "Betaal hier: {link}", "link"),
        (("nl", "message"), 3, "geen tekst"),
        (("nl", "message"), "", "hoort bij een kort bericht"),
        (("nl", "message_link"), "Betaal hier.", "{link}"),
        (("nl", "message_link"), "Betaal {meet_on} hier: {link}", "meet_on"),
    ],
)
def test_a_text_that_is_not_right_says_why(path: tuple[str, ...], value: object, said: str) -> None:
    raw = copy.deepcopy(_raw())
    place = raw
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    with pytest.raises(TextError, match=re.escape(said)):
        checked(raw)


@pytest.mark.parametrize("kind", [Kind.FOURTEEN_DAY, Kind.EARLY_SIGNAL, Kind.HANDOVER_ANNOUNCED])
def test_what_must_go_on_paper_has_no_short_message(kind: Kind) -> None:
    raw = _raw(kind)
    raw["nl"]["message"] = "Bel ons."
    with pytest.raises(TextError, match="papier"):
        checked(raw)


def _sentences(parts: Parts) -> list[str]:
    every = [
        one
        for text in parts.all_texts
        for one in re.split(r"(?<=[.?!])\s+", text.replace("\u00a0", "_"))
        if one
    ]
    return [one for one in every if re.search(r"\w", one)]


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("language", Language)
def test_sentences_are_short_and_words_are_plain(kind: Kind, language: Language) -> None:
    one = letter(kind, tenant(language))
    parts = filled(one, default(kind))
    lengths = [len(sentence.split()) for sentence in _sentences(parts)]
    assert sum(lengths) <= MOST_WORDS * len(lengths)
    assert max(lengths) <= 25
    assert OFFICIALESE.findall(" ".join(parts.all_texts)) == []


@pytest.mark.parametrize("kind", Kind)
def test_one_clear_question(kind: Kind) -> None:
    for parts in default(kind).parts.values():
        assert parts.question.count("?") == 1
