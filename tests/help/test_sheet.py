"""Nothing leaves but what the decree allows, and a file of answers is read whole or not at all."""

from __future__ import annotations

from datetime import date

import pytest

from tijdig.help import answer_sheet
from tijdig.help.answer_sheet import STANDARD as ANSWERS
from tijdig.help.answer_sheet import NotThisFile, Said, read_lines, read_mapping
from tijdig.help.kinds import RESULT_LABEL, Result
from tijdig.help.sheet import FIELD_LABEL, STANDARD, WORD, Field, read, written

ON = date(2026, 11, 20)


def test_the_standard_is_read_as_it_is_written() -> None:
    assert read(written(STANDARD)) == (list(STANDARD), [])
    assert set(FIELD_LABEL) == set(WORD) == set(Field)
    assert len(set(WORD.values())) == len(WORD)


@pytest.mark.parametrize(
    "word", ["birth_date", "geboortedatum", "bsn", "cause", "household", "iban", "since_on"]
)
def test_what_the_decree_does_not_allow_has_no_name_here(word: str) -> None:
    columns, wrong = read(f"{written(STANDARD)}\nExtra = {word}")
    assert any(word in one for one in wrong)
    assert len(columns) == len(STANDARD)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Naam = naam\nPostcode = postcode\nBedrag = bedrag", "nummer"),
        ("Kenmerk = kenmerk\nNaam = naam\nPostcode = postcode", "achterstand"),
        ("Kenmerk = kenmerk\nBedrag = bedrag\nNaam = naam", "adres"),
        ("Kenmerk = kenmerk\nkenmerk = bedrag\nNaam = naam\nPostcode = postcode", "dezelfde kop"),
        ("Kenmerk kenmerk", "Kop = veld"),
    ],
)
def test_a_sheet_that_cannot_be_says_why(text: str, word: str) -> None:
    assert any(word in one for one in read(text)[1])


def test_a_mapping_is_read_as_it_is_written() -> None:
    found, wrong = read_mapping(answer_sheet.written(ANSWERS))
    assert wrong == []
    assert found.headings == ANSWERS.headings
    assert set(found.words.values()) == set(Result)
    assert set(RESULT_LABEL) == set(Result)


def test_a_mapping_without_what_is_needed_says_so() -> None:
    _, wrong = read_mapping("Datum = dag\nonzin")
    assert len(wrong) == 4  # the line, two headings, and no word at all


def _rows(*lines: tuple[object, ...]) -> list[tuple[object, ...]]:
    return [("Kenmerk", "Datum", "Resultaat", "Contactpogingen", "Gemeente"), *lines]


def test_lines_are_read_and_the_others_kept_with_their_reason() -> None:
    said, unread = read_lines(
        _rows(
            ("VS-12", "03-11-2026", "Hulp gestart", "3", "Utrecht"),
            ("vs-13", date(2026, 11, 4), "geen contact gekregen", None, ""),
            ("12345", "03-11-2026", "hulp gestart", "", ""),
            ("VS-14", "31-11-2026", "hulp gestart", "", ""),
            ("VS-15", "03-11-2026", "verhuisd", "", ""),
            ("VS-16", "21-11-2026", "hulp gestart", "", ""),
            ("VS-17", "03-11-2026", "hulp gestart", "veel", ""),
            ("", "", "", "", ""),
        ),
        ANSWERS,
        ON,
    )
    assert said == [
        Said(2, 12, Result.HELP_STARTED, date(2026, 11, 3), 3),
        Said(3, 13, Result.NO_CONTACT, date(2026, 11, 4), None),
    ]
    assert [one.number for one in unread] == [4, 5, 6, 7, 8]
    assert "12345" in unread[0].reason
    assert unread[0].text.startswith("12345;03-11-2026")


def test_a_missing_column_reads_nothing_and_names_what_is_there() -> None:
    with pytest.raises(NotThisFile) as refused:
        read_lines([("Kenmerk", "Datum", "Uitkomst"), ("VS-1", "03-11-2026", "hulp gestart")], ANSWERS, ON)
    assert "Resultaat" in str(refused.value)
    assert "Uitkomst" in str(refused.value)


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(NotThisFile):
        read_lines([], ANSWERS, ON)
