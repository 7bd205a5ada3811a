"""The frame of MT940: statements, balances, days, broken files, and the golden files of every dialect."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import MISSING, fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tijdig.base.problems import Problem
from tijdig.imports.drafts import Event, Movement, Nature, Statement, StatementEnd
from tijdig.imports.mt940 import read, recognises
from tijdig.imports.mt940_line import LineError, cents, read_line
from tijdig.imports.wording_mt940 import SENTENCES

GOLDEN = Path(__file__).parents[1] / "golden" / "mt940"
FILES = sorted(path.name for path in GOLDEN.iterdir() if path.suffix != ".json")

HEAD = ":20:X\n:25:NL42TEST1234567890\n:28C:1\n:60F:C261101EUR100,00\n"
TAIL = ":62F:C261102EUR110,00\n"
LINE = ":61:2611021102C10,00NTRFNONREF\n"


def events(text: str | bytes) -> list[Event]:
    return list(read(io.BytesIO(text.encode() if isinstance(text, str) else text)))


def codes(found: list[Event]) -> list[tuple[str, bool]]:
    return [(event.code, event.fatal) for event in found if isinstance(event, Problem)]


def movement(text: str) -> Movement:
    (found,) = [event for event in events(HEAD + text + TAIL) if isinstance(event, Movement)]
    return found


def as_json(event: Event) -> dict[str, Any]:
    """An event without its defaults, so that a golden file shows what the reader found."""
    found: dict[str, Any] = {"event": type(event).__name__}
    for part in fields(event):
        value = getattr(event, part.name)
        if part.default is not MISSING and value == part.default:
            continue
        if part.default_factory is not MISSING and value == part.default_factory():
            continue
        found[part.name] = value.isoformat() if isinstance(value, date) else value
    return found


def ties(found: list[Event]) -> list[bool]:
    """Per statement: does opening plus bookings give closing?"""
    heads = [event for event in found if isinstance(event, Statement)]
    ends = [event for event in found if isinstance(event, StatementEnd)]
    return [
        (head.opening_cents or 0) + end.movement_cents == end.closing_cents
        for head, end in zip(heads, ends, strict=True)
    ]


@pytest.mark.parametrize("name", FILES)
def test_read_of_golden_file_gives_the_values_beside_it(name: str) -> None:
    expected = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    with (GOLDEN / name).open("rb") as stream:
        found = [as_json(event) for event in read(stream)]
    assert json.loads(json.dumps(found)) == expected


@pytest.mark.parametrize("name", [name for name in FILES if not name.startswith("broken")])
def test_every_whole_golden_file_ties(name: str) -> None:
    found = events((GOLDEN / name).read_bytes())
    assert codes(found) == []
    assert set(ties(found)) == {True}


@pytest.mark.parametrize("name", FILES)
def test_recognises_golden_files_by_their_head(name: str) -> None:
    expected = name not in ("broken-empty.940", "broken-letter.940")
    assert recognises((GOLDEN / name).read_bytes()[:400]) == expected


@pytest.mark.parametrize(
    "head", [b"", b"<?xml version='1.0'?><Document/>", b"contract;bedrag\n:20:;1\n", b"x:20:\ny:25:"]
)
def test_recognises_refuses_other_files(head: bytes) -> None:
    assert recognises(head) is False


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("broken-empty.940", [("mt940_empty", True)]),
        ("broken-letter.940", [("mt940_not_mt940", True)]),
        ("broken-truncated.940", [("mt940_no_closing", True)]),
        ("broken-no-opening.940", [("mt940_no_opening", True)]),
        ("broken-order.940", [("mt940_order", True)]),
        ("broken-intraday.942", [("mt940_intraday", True)]),
        ("broken-dollar.940", [("mt940_currency", False)]),
        ("broken-tag-in-text.940", [("mt940_tag_in_text", False)]),
        (
            "broken-amounts.940",
            [
                ("mt940_amount_unreadable", False),
                ("mt940_amount_decimals", False),
                ("mt940_day_unreadable", False),
                ("mt940_line_unreadable", False),
            ],
        ),
    ],
)
def test_broken_file_gives_its_problem(name: str, expected: list[tuple[str, bool]]) -> None:
    assert codes(events((GOLDEN / name).read_bytes())) == expected


def test_problem_of_hanging_tag_shows_line_and_text_that_follows() -> None:
    found = events((GOLDEN / "broken-tag-in-text.940").read_bytes())
    (problem,) = [event for event in found if isinstance(event, Problem)]
    assert problem.place == "regel 13"
    assert ":61:261103D700,00NMSC092" in problem.text
    assert problem.text.splitlines()[1].startswith(":86:OORSPR. VEREV.")
    assert ties(found) == [False]


def test_tag_on_own_line_is_a_booking_and_only_behind_text_a_problem() -> None:
    assert codes(events(HEAD + LINE + ":86:huur\n" + TAIL)) == []
    assert codes(events(HEAD + LINE + ":86:huur :61:2611021102C10,00NTRF\n" + TAIL)) == [
        ("mt940_tag_in_text", False)
    ]


def test_statement_carries_head_and_place() -> None:
    assert events(HEAD + TAIL)[0] == Statement(
        format="mt940/generic",
        place="regel 1",
        account="NL42TEST1234567890",
        currency="EUR",
        statement_id="X",
        sequence="1",
        opening_cents=10000,
        opening_on=date(2026, 11, 1),
        closing_cents=None,
        closing_on=None,
    )


def test_statement_that_does_not_tie_is_given_whole() -> None:
    found = events(HEAD + LINE + LINE + TAIL)
    assert codes(found) == []
    assert found[-1] == StatementEnd("regel 7", 2, 2, 2000, 11000, date(2026, 11, 2))
    assert ties(found) == [False]


def test_statements_follow_each_other_without_end_marks() -> None:
    found = events((HEAD + TAIL) * 3)
    assert [event.place for event in found if isinstance(event, Statement)] == [
        "regel 1",
        "regel 6",
        "regel 11",
    ]


def test_bank_header_once_counts_for_all_statements_of_the_file() -> None:
    found = events("0200 13BNGHNL20AXXX00000\n940 02\n" + (HEAD + TAIL + "-\n") * 2)
    assert [event.format for event in found if isinstance(event, Statement)] == ["mt940/bng"] * 2


def test_first_statement_truncated_is_fatal_and_second_is_still_read() -> None:
    found = events(HEAD + LINE + HEAD + TAIL)
    assert codes(found) == [("mt940_no_closing", True)]
    assert [type(event).__name__ for event in found] == [
        "Statement",
        "Movement",
        "Problem",
        "StatementEnd",
        "Statement",
        "StatementEnd",
    ]


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        ((":60F:C261101EUR100,00", ":60F:C261101EUR100.00"), "mt940_amount_unreadable"),
        ((":60F:C261101EUR100,00", ":60F:C261331EUR100,00"), "mt940_day_unreadable"),
        ((":60F:C261101EUR100,00", ":60F:100,00"), "mt940_balance_unreadable"),
        ((":62F:C261102EUR110,00", ":62F:C261102EUR110,001"), "mt940_amount_decimals"),
        ((":62F:C261102EUR110,00", ":62F:C261102USD110,00"), "mt940_currency"),
        ((":25:NL42TEST1234567890\n", ""), "mt940_no_account"),
    ],
)
def test_head_that_cannot_be_read_is_fatal(damage: tuple[str, str], code: str) -> None:
    assert codes(events((HEAD + LINE + TAIL).replace(*damage))) == [(code, True)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2611021102C10,00NTRFNONREF", (1000, Nature.PAYMENT)),
        ("2611021102D10,00NTRFNONREF", (-1000, Nature.PAYOUT)),
        ("2611021102CR10,00NTRFNONREF", (1000, Nature.PAYMENT)),
        ("2611021102RC10,00NTRFNONREF", (-1000, Nature.STORNO)),
        ("2611021102RD10,00NTRFNONREF", (1000, Nature.RETURNED_TRANSFER)),
        ("2611021102RCR10,00NTRFNONREF", (-1000, Nature.STORNO)),
    ],
)
def test_mark_gives_sign_and_reversal(line: str, expected: tuple[int, Nature]) -> None:
    found = movement(f":61:{line}\n:86:huur\n")
    assert (found.amount_cents, found.nature) == expected


@pytest.mark.parametrize(
    ("line", "value_on", "booked_on"),
    [
        ("2611021102C1,00NTRF", date(2026, 11, 2), date(2026, 11, 2)),
        ("261102C1,00NTRF", date(2026, 11, 2), date(2026, 11, 2)),
        ("2612310102C1,00NTRF", date(2026, 12, 31), date(2027, 1, 2)),
        ("2701021231C1,00NTRF", date(2027, 1, 2), date(2026, 12, 31)),
        ("2402280229C1,00NTRF", date(2024, 2, 28), date(2024, 2, 29)),
        ("2312310229C1,00NTRF", date(2023, 12, 31), date(2024, 2, 29)),
    ],
)
def test_entry_day_is_the_one_nearest_to_the_value_day(line: str, value_on: date, booked_on: date) -> None:
    found = read_line(line)
    assert (found.value_on, found.booked_on) == (value_on, booked_on)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("0,", 0), ("500,", 50000), ("500", 50000), ("0,5", 50), ("000000000400,05", 40005)],
)
def test_cents_reads_amounts_as_banks_write_them(text: str, expected: int) -> None:
    assert cents(text) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.250,00", "mt940_amount_unreadable"),
        ("12.50", "mt940_amount_unreadable"),
        ("", "mt940_amount_unreadable"),
        (",50", "mt940_amount_unreadable"),
        ("12,345", "mt940_amount_decimals"),
        ("12,500", "mt940_amount_decimals"),
    ],
)
def test_cents_refuses_what_is_not_whole_cents(text: str, code: str) -> None:
    with pytest.raises(LineError) as caught:
        cents(text)
    assert caught.value.code == code


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("close", ["", "-", "-}", "-}{5:}", "-\n}", "\u00ad}"])
def test_line_ends_and_end_marks_make_no_difference(start: str, end: str, close: str) -> None:
    text = start + (HEAD + LINE + ":86:huur\n" + TAIL + close).replace("\n", end)
    assert events(text) == events(HEAD + LINE + ":86:huur\n" + TAIL)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "latin-1"])
def test_text_is_read_in_the_encoding_of_its_line(encoding: str) -> None:
    found = events((HEAD + LINE + ":86:Ren\u00e9 Co\u00ebn\n" + TAIL).encode(encoding))
    assert [event.remittance for event in found if isinstance(event, Movement)] == ["Ren\u00e9 Co\u00ebn"]


def test_control_characters_become_spaces() -> None:
    assert movement(LINE + ":86:huur\x00nov\x1bember\n").remittance == "huur nov ember"


def test_endless_line_is_refused_without_reading_on() -> None:
    assert codes(events(HEAD + LINE + ":86:" + "x" * 20_000 + "\n" + TAIL)) == [("mt940_too_long", True)]


def test_endless_field_is_refused_without_reading_on() -> None:
    assert codes(events(HEAD + LINE + ":86:x\n" + "huur\n" * 300 + TAIL)) == [("mt940_too_long", True)]


def test_binary_file_is_not_mt940() -> None:
    assert codes(events(b"%PDF-1.7\n" + b"\xff\x00\n" * 100)) == [("mt940_not_mt940", True)]


class _Endless(io.RawIOBase):
    """Statements without end, as a stream: reading a few events must not need more than a few lines."""

    def __init__(self) -> None:
        self.lines = self._lines()
        self.taken = 0

    def _lines(self) -> Iterator[bytes]:
        yield from HEAD.encode().splitlines(keepends=True)
        while True:
            yield LINE.encode()

    def readline(self, size: int | None = -1, /) -> bytes:
        self.taken += 1
        return next(self.lines)


def test_read_takes_no_more_lines_than_it_needs() -> None:
    stream = _Endless()
    found = read(stream)  # type: ignore[arg-type]
    for _ in range(3):
        next(found)
    assert stream.taken == 8  # four of the head, two bookings, one to end a booking and one to end a field


def test_every_problem_code_has_a_sentence() -> None:
    rooms = (Path(__file__).parents[2] / "src" / "tijdig" / "imports").glob("mt940*.py")
    source = "".join(path.read_text(encoding="utf-8") for path in rooms)
    assert {code for code in SENTENCES if f'"{code}"' in source} == set(SENTENCES)
    found = {code for name in FILES for code, _ in codes(events((GOLDEN / name).read_bytes()))}
    assert found <= set(SENTENCES)


def test_sentences_fill_from_the_params_of_their_problem() -> None:
    problems = [
        event
        for name in FILES
        for event in events((GOLDEN / name).read_bytes())
        if isinstance(event, Problem)
    ]
    assert len(problems) == 12
    assert [SENTENCES[problem.code].format(**problem.params)[-1] for problem in problems] == ["."] * 12


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FILES), st.data())
def test_read_never_raises_on_damaged_files(name: str, data: st.DataObject) -> None:
    content = bytearray((GOLDEN / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, max(len(content) - 1, 0)))
        content[at : at + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=8))
    found = events(bytes(content))
    assert sum(isinstance(event, Statement) for event in found) == sum(
        isinstance(event, StatementEnd) for event in found
    )
