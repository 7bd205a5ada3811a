"""camt: golden files with their values beside them, hostile and broken files, natures, memory."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.imports.golden_events import expected, read_file, row

from tijdig.base.problems import Problem
from tijdig.imports import camt
from tijdig.imports.camt_nature import Signs, nature_of
from tijdig.imports.drafts import Event, Movement, Nature, Statement, StatementEnd
from tijdig.imports.wording_bank import SENTENCES

GOLDEN = Path(__file__).parents[1] / "golden"
FILES = sorted(path.name for path in (GOLDEN / "camt").iterdir() if path.suffix != ".json")
DAY = GOLDEN / "camt" / "v02-day.xml"


def events(name: str) -> list[Event]:
    return read_file(camt.read, GOLDEN / "camt" / name)


def read(data: bytes) -> list[Event]:
    return list(camt.read(io.BytesIO(data)))


def problems(found: list[Event]) -> list[Problem]:
    return [event for event in found if isinstance(event, Problem)]


@pytest.mark.parametrize("name", FILES)
def test_read_golden_file(name: str) -> None:
    assert [row(event) for event in events(name)] == expected(GOLDEN / "camt" / name)


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("doctype")])
def test_read_doctype_yields_nothing_but_its_refusal(name: str) -> None:
    assert [(type(event), getattr(event, "fatal", None)) for event in events(name)] == [(Problem, True)]


def test_read_doctype_behind_long_comment_is_refused() -> None:
    text = b"<?xml version='1.0'?><!--" + b"x" * 20_000 + b"--><!DOCTYPE Document []><Document/>"
    assert [event.code for event in problems(read(text))] == ["xml_doctype"]


def test_read_prolog_longer_than_its_limit_is_refused() -> None:
    text = b"<?xml version='1.0'?><!--" + b"x" * 70_000 + b"--><!DOCTYPE Document []><Document/>"
    assert [(event.code, event.fatal) for event in problems(read(text))] == [("not_xml", True)]


def test_read_entity_without_declaration_is_broken() -> None:
    text = DAY.read_bytes().replace(b"Huur oktober", b"Huur &oktober;")
    last = read(text)[-1]
    assert isinstance(last, Problem)
    assert (last.code, last.fatal) == ("xml_broken", True)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_read_encoding_gives_the_same_events(encoding: str) -> None:
    text = DAY.read_text(encoding="utf-8").replace('encoding="UTF-8"', 'encoding="UTF-16"')
    if encoding == "utf-8-sig":
        text = text.replace("UTF-16", "UTF-8")
    assert read(text.encode(encoding)) == events("v02-day.xml")


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-be", "cp037"])
def test_read_encoding_of_no_bank_is_refused(encoding: str) -> None:
    (only,) = read(DAY.read_text(encoding="utf-8").encode(encoding))
    assert isinstance(only, Problem)
    assert only.fatal


def test_read_white_space_before_declaration_is_dropped() -> None:
    assert read(b"\r\n  " + DAY.read_bytes()) == events("v02-day.xml")


class _Drip(io.RawIOBase):
    """A stream that gives at most `size` bytes at a time."""

    def __init__(self, data: bytes, size: int) -> None:
        self._inner, self._size = io.BytesIO(data), size

    def read(self, size: int = -1) -> bytes:
        return self._inner.read(min(self._size, size) if size >= 0 else self._size)


@pytest.mark.parametrize("size", [1, 7, 1_000])
def test_read_stream_in_small_pieces_gives_the_same_events(size: int) -> None:
    assert list(camt.read(_Drip(DAY.read_bytes(), size))) == events("v02-day.xml")  # type: ignore[arg-type]


def test_read_file_cut_anywhere_gives_a_beginning_and_a_fatal_problem() -> None:
    data, whole = DAY.read_bytes().rstrip(), events("v02-day.xml")
    for end in range(1, len(data), 37):
        *before, last = read(data[:end])
        assert isinstance(last, Problem), end
        assert last.fatal, end
        assert before == whole[: len(before)], end


def test_read_cut_far_into_a_large_file_keeps_what_was_whole() -> None:
    *before, last = camt.read(_Drip(b"".join(_many(500, end=b"<Ntry><Amt")), 65_536))  # type: ignore[arg-type]
    assert isinstance(last, Problem)
    assert (last.code, last.fatal) == ("xml_truncated", True)
    assert sum(isinstance(event, Movement) for event in before) == 500


def test_read_problem_carries_the_text_of_its_entry() -> None:
    first = problems(events("broken-entries.xml"))[1]
    assert first.code == "amount_negative"
    assert first.text.startswith('<Ntry>\n        <Amt Ccy="EUR">-650.10</Amt>')
    assert first.text.endswith("</Ntry>")


def test_read_problem_text_is_cut() -> None:
    data = DAY.read_bytes().replace(b">650.10<", b">-650.10<", 1).replace(b"E. van", b"E" * 9_000 + b" van")
    assert len(problems(read(data))[0].text) == 4_000


def test_read_opening_plus_entries_is_closing() -> None:
    head, *_, end = events("v02-day.xml")
    assert isinstance(head, Statement)
    assert isinstance(end, StatementEnd)
    assert (head.opening_cents, head.closing_cents) == (100_000, 370_163)
    assert end.movement_cents == 270_163


def test_read_movements_of_booked_entries_are_the_booked_sum() -> None:
    found = events("v02-day.xml")
    booked = [event.amount_cents for event in found if isinstance(event, Movement) and event.booked]
    assert sum(booked) == 270_163


def test_read_balance_behind_entries_is_told_at_the_end() -> None:
    text = (GOLDEN / "camt" / "v08-net-batch.xml").read_text(encoding="utf-8")
    start, stop = text.rindex("<Bal>"), text.rindex("</Bal>") + len("</Bal>")
    late = text[:start] + text[stop:].replace("</Stmt>", text[start:stop] + "</Stmt>")
    head, _, end = read(late.encode())
    assert isinstance(head, Statement)
    assert isinstance(end, StatementEnd)
    assert (head.closing_cents, end.closing_cents) == (None, 121_030)


@pytest.mark.parametrize("name", FILES)
def test_recognises_what_names_a_camt_message(name: str) -> None:
    not_camt = {"empty.xml", "plain.txt", "doctype-utf7.xml"}
    assert camt.recognises((GOLDEN / "camt" / name).read_bytes()[:4_096]) is not (
        name in not_camt or name.startswith("other-message")
    )


@pytest.mark.parametrize("name", ["pain008-v02.xml", "pain002-v03-message.xml"])
def test_recognises_not_the_other_messages(name: str) -> None:
    assert camt.recognises((GOLDEN / "pain" / name).read_bytes()[:4_096]) is False


def test_sentences_cover_every_problem_and_fill() -> None:
    from tijdig.imports import pain002, pain008

    found: dict[str, str] = {}
    for path in (GOLDEN / "camt").iterdir():
        if path.suffix != ".json":
            found |= {
                p.code: SENTENCES[p.code].format(**p.params) for p in problems(read_file(camt.read, path))
            }
    for path in (GOLDEN / "pain").glob("*.xml"):
        reader = pain008 if path.name.startswith("pain008") else pain002
        found |= {
            p.code: SENTENCES[p.code].format(**p.params) for p in problems(read_file(reader.read, path))
        }
    assert set(found) == set(SENTENCES)
    assert [text for text in found.values() if "{" in text or not text.endswith(".")] == []


# --- what a movement is


def test_nature_debit_with_reversal_mark_alone() -> None:
    assert nature_of(Signs(credit=False, reversal=True, pointer=True)) is Nature.STORNO


def test_nature_debit_without_family_with_reason() -> None:
    assert nature_of(Signs(credit=False, reason=True, pointer=True)) is Nature.STORNO


@pytest.mark.parametrize("code", ["N245", "N246", "01304", "544", "545"])
def test_nature_debit_with_own_code_of_a_bank(code: str) -> None:
    assert nature_of(Signs(credit=False, bank_code=code, pointer=True)) is Nature.STORNO


def test_nature_debit_with_same_code_of_another_bank() -> None:
    assert nature_of(Signs(credit=False, bank_code="544", bank_code_issuer="BNGBANK")) is Nature.OTHER


def test_nature_debit_of_undivided_returns() -> None:
    signs = Signs(credit=False, family="IDDT", subfamily="UPDD", undivided=True)
    assert nature_of(signs) is Nature.STORNO_BATCH


def test_nature_unpaid_debit_without_any_pointer_stays_a_storno() -> None:
    assert nature_of(Signs(credit=False, family="IDDT", subfamily="UPDD")) is Nature.STORNO


def test_nature_debit_with_only_the_banks_reference_is_costs() -> None:
    assert nature_of(Signs(credit=False, family="IDDT", subfamily="OTHR")) is Nature.BANK_COSTS


@pytest.mark.parametrize("family", ["RCDT", "RRCT", "ICDT", "CCRD", "RDDT"])
def test_nature_debit_reversal_of_something_else_is_no_storno(family: str) -> None:
    assert nature_of(Signs(credit=False, family=family, reversal=True, pointer=True)) is Nature.OTHER


def test_nature_returned_transfer_is_never_a_storno() -> None:
    signs = Signs(credit=True, family="RCDT", subfamily="RRTN", reversal=True, reason=True, pointer=True)
    assert nature_of(signs) is Nature.RETURNED_TRANSFER


def test_nature_batch_of_payouts_is_a_payout() -> None:
    assert nature_of(Signs(credit=False, family="ICDT", undivided=True)) is Nature.PAYOUT


def test_nature_corrected_storno_is_for_a_person() -> None:
    assert nature_of(Signs(credit=True, family="IDDT", subfamily="UPDD", reversal=True)) is Nature.OTHER


def test_nature_credit_of_unknown_family_without_counterparty() -> None:
    assert nature_of(Signs(credit=True)) is Nature.OTHER


# --- memory

_ENTRY = (
    b'<Ntry><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>'
    b"<BookgDt><Dt>2026-11-02</Dt></BookgDt><NtryDtls>%s</NtryDtls></Ntry>"
)
_TX = (
    b"<TxDtls><Refs><EndToEndId>HUUR-%d</EndToEndId></Refs>"
    b'<AmtDtls><TxAmt><Amt Ccy="EUR">1.00</Amt></TxAmt></AmtDtls>'
    b"<RmtInf><Ustrd>" + b"huur " * 20 + b"</Ustrd></RmtInf></TxDtls>"
)
_HEAD = b"<Document><BkToCstmrStmt><Stmt><Id>1</Id><Acct><Id><IBAN>NL42TEST1234567890</IBAN></Id></Acct>"


def _many(count: int, end: bytes = b"</Stmt></BkToCstmrStmt></Document>") -> Iterator[bytes]:
    yield _HEAD
    for no in range(count):
        yield _ENTRY % (_TX % no)
    yield end


class _Pieces(io.RawIOBase):
    """A file that is made while it is read, so that the test itself does not hold it."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._rest = pieces, b""

    def read(self, size: int = -1) -> bytes:
        while len(self._rest) < size and (piece := next(self._pieces, b"")):
            self._rest += piece
        piece, self._rest = self._rest[:size], self._rest[size:]
        return piece


def _resident_kib() -> int:
    status = Path("/proc/self/status")
    if not status.exists():
        pytest.skip("this system does not tell how much memory is in use")
    (line,) = [line for line in status.read_text().splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1])


def test_read_memory_does_not_follow_the_file() -> None:
    found = camt.read(_Pieces(_many(40_000)))  # type: ignore[arg-type]
    for _ in range(1_000):
        next(found)
    before, seen = _resident_kib(), 1_000
    for _ in found:
        seen += 1
    assert seen == 40_002
    assert _resident_kib() - before < 8_192


def test_read_entry_with_twenty_thousand_details() -> None:
    body = b"".join(_TX % no for no in range(20_000))
    entry = (
        _HEAD + (_ENTRY % body).replace(b">1.00<", b">20000.00<", 1) + b"</Stmt></BkToCstmrStmt></Document>"
    )
    _, *found, end = read(entry)
    assert isinstance(end, StatementEnd)
    assert (end.entry_count, end.movement_count, end.movement_cents) == (1, 20_000, 2_000_000)
    assert [event.end_to_end_id for event in found[:2] if isinstance(event, Movement)] == ["HUUR-0", "HUUR-1"]
