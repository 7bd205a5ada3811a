"""A file of the Schuldenknooppunt: which bytes, which layout, and what each line says or why it says nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from tijdig.base.bsn import MASK, clean
from tijdig.help.answer_sheet import NotThisFile
from tijdig.help.traffic import Message, Sheet
from tijdig.help.traffic_cells import cents, share
from tijdig.help.traffic_csv import filled
from tijdig.help.traffic_days import after, left
from tijdig.help.traffic_layouts import layouts, sheets
from tijdig.help.traffic_sheet import MOST_BYTES, read_sheet

GOLDEN = Path(__file__).parents[1] / "golden" / "schuldenknooppunt"
TODAY = date(2026, 11, 2)
FIRST = UUID("11111111-1111-4111-8111-111111111111")
REQUEST = (
    "ConversatieReferentienummer;Referentienummer;Schuldhulpverlener;Contactpersoon SHV;KlantnummerSHV;"
    "KlantnummerSEVolgensSHV;TypeSchuldregeling;Klant;Partner;Adres;Vordering.FactuurnummerSEVolgensSHV"
)
LINE = f"{FIRST};REF-1;Kredietbank Proef;J. Bakker;K-77;100001;SK;M. de Vries;;Lindestraat 1;F-1"
LETTERS = [chr(ord("A") + place) for place in range(22)]


def _golden(name: str) -> bytes:
    return (GOLDEN / name).read_bytes()


def _request(*lines: str) -> bytes:
    return "\r\n".join([REQUEST, *lines]).encode()


def _why(content: bytes) -> str:
    with pytest.raises(NotThisFile) as refused:
        read_sheet(content, TODAY)
    return str(refused.value)


def test_a_balance_request_with_two_invoices_is_one_message() -> None:
    found = read_sheet(_golden("balance-request.csv"), TODAY)
    assert (found.layout.kind, found.layout.version, found.lines) == ("balance_request", "1", 5)
    first, second = found.messages
    assert (first.conversation, first.lines, first.counsellor) == (FIRST, (2, 3), "Kredietbank Proef")
    assert first.facts == {
        "reference": "REF-1",
        "helper_number": "K-77",
        "our_number": "100001",
        "settlement": "SK",
        "claims": [{"invoice": "100001 10 2026-10-01"}, {"invoice": "F-9"}],
    }
    assert first.texts["client"] == "M. de Vries"
    assert second.texts["address"] == "Dorpsstraat 5 1234 AB Elders"  # a line break within quotes
    assert [(one.number, one.reason.partition(":")[0]) for one in found.unread] == [
        (6, "ConversatieReferentienummer"),
        (7, "TypeSchuldregeling"),
    ]
    assert found.unread[0].text.startswith("geen-uuid;REF-3")


def test_amounts_and_shares_are_whole() -> None:
    (proposal,) = read_sheet(_golden("proposal.csv"), TODAY).messages
    assert proposal.facts["claims"] == [
        {"invoice": "100001 10 2026-10-01", "current": 70_000, "percentage": 1_250, "expected": 8_750},
        {"invoice": "100001 10 2026-09-01", "current": 170_000, "percentage": 1_250, "expected": 21_250},
    ]
    assert (proposal.facts["months"], proposal.facts["stated_on"]) == (18, "2026-10-30")
    (agreement,) = read_sheet(_golden("agreement.csv"), TODAY).messages
    assert agreement.facts["agreed_on"] == "2026-10-31"
    assert agreement.facts["claims"][0] == {
        "invoice": "F-1",
        "percentage": 1_250,
        "expected": 17_500,
        "current": 140_000,
        "claim_kind": "huur",
        "pay_reference": "KB-100",
    }


def test_windows_letters_and_commas_are_read() -> None:
    found = read_sheet(_golden("end.csv"), TODAY)
    assert [one.kind for one in found.messages] == [Message.END, Message.END]
    assert [one.facts["ended_as"] for one in found.messages] == ["broken_off", "completed"]


@pytest.mark.parametrize("begin", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_marks_and_line_ends_do_not_matter(begin: bytes, end: str) -> None:
    found = read_sheet(begin + end.join([REQUEST, LINE, ""]).encode(), TODAY)
    assert (len(found.messages), found.unread) == (1, ())


def test_headings_in_another_order_and_once_more_are_read() -> None:
    turned = [";".join(reversed(line.split(";"))) for line in (REQUEST, LINE)]
    found = read_sheet("\n".join([turned[0], turned[1], turned[0]]).encode(), TODAY)
    assert (found.lines, found.messages[0].facts["our_number"]) == (1, "100001")


def test_the_template_with_empty_answer_columns_is_the_same_request() -> None:
    layout = next(one for one in layouts() if one.version == "1 met lege antwoordkolommen")
    content = ";".join(layout.headings) + "\n" + LINE + ";" * 11
    (message,) = read_sheet(content.encode(), TODAY).messages
    assert message.facts["claims"] == [{"invoice": "F-1"}]
    assert len(layout.columns) == len(LETTERS)


def test_an_unknown_version_names_the_nearest_and_what_differs() -> None:
    said = _why((REQUEST.replace(";Adres", "") + ";Geboortedatum\n").encode() + LINE.encode())
    assert "saldoverzoek, versie 1" in said
    assert "Ontbreekt: Adres." in said
    assert "Nieuw: Geboortedatum." in said
    assert said.endswith("Er is niets ingelezen.")


def test_an_agreement_of_another_version_is_nearest_to_the_agreement() -> None:
    text = _golden("agreement.csv").decode().replace("Uitbetaalmomenten", "Betaalmomenten")
    said = _why(text.encode())
    assert "schuldregeling akkoord, versie 2.0" in said
    assert "Ontbreekt: Uitbetaalmomenten. Nieuw: Betaalmomenten." in said


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "ten hoogste 5 MB"),
        (b"x" * (MOST_BYTES + 1), "ten hoogste 5 MB"),
        (b"\r\n\r\n", "is leeg"),
        (b"PK\x03\x04\x00\x00", "geen leesbaar CSV"),
        (b"Kenmerk;Datum\nVS-1;x\n", "geen enkele kolom"),
        (REQUEST.encode(), "alleen koppen"),
        (REQUEST.replace("Partner", "Klant").encode() + b"\nx", "twee keer: Klant"),
        (_request(LINE.replace("M. de Vries", '"M. de Vries')), "aanhalingstekens"),
        (_request(*[LINE] * 5_001), "meer dan 5000 regels"),
    ],
)
def test_what_is_no_such_file_is_refused_whole(content: bytes, part: str) -> None:
    said = _why(content)
    assert part in said
    assert "niets ingelezen" in said


@pytest.mark.parametrize(
    ("before", "after_it", "part"),
    [
        (str(FIRST), "", "ConversatieReferentienummer is leeg"),
        (str(FIRST), "11111111111141118111111111111111", "een UUID van 36 tekens"),
        ("SK", "SX", "SK, SB, SA"),
        ("REF-1", "R" * 81, "langer dan 80"),
        (";SK;M. de Vries;;Lindestraat 1;F-1", ";SX", "SK, SB, SA"),
        (";F-1", ";F-1;meer", "12 kolommen en de koppen 11"),
    ],
)
def test_a_line_that_cannot_be_used_is_kept_and_the_others_count(
    before: str, after_it: str, part: str
) -> None:
    other = LINE.replace(str(FIRST), "22222222-2222-4222-8222-222222222222")
    found = read_sheet(_request(other, LINE.replace(before, after_it, 1)), TODAY)
    assert (len(found.messages), found.lines) == (1, 2)
    assert part in found.unread[0].reason


def test_lines_of_one_conversation_must_say_the_same() -> None:
    found = read_sheet(_request(LINE, LINE.replace("K-77", "K-78")), TODAY)
    assert found.messages == ()  # whole or not at all
    assert [one.reason for one in found.unread] == [
        "Regel 3 van dit gesprek is niet te gebruiken. Een bericht wordt heel gelezen of niet.",
        "Zegt over dit gesprek iets anders dan regel 2.",
    ]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_message_is_read_whole_or_not_at_all(place: int) -> None:
    lines = [LINE, LINE.replace(";F-1", ";F-2")]
    lines.insert(place, LINE.replace(";SK;", ";SX;"))
    other = LINE.replace(str(FIRST), "22222222-2222-4222-8222-222222222222")
    found = read_sheet(_request(*lines, other), TODAY)
    assert [one.lines for one in found.messages] == [(5,)]
    assert [one.number for one in found.unread] == [2, 3, 4]
    wrong = place + 2
    for one in found.unread:
        part = "TypeSchuldregeling" if one.number == wrong else f"Regel {wrong} van dit gesprek"
        assert one.reason.startswith(part)
        assert one.text.startswith(str(FIRST))


def test_equal_claims_on_two_lines_are_two() -> None:
    head, line = _golden("proposal.csv").decode("utf-8-sig").splitlines()[:2]
    (message,) = read_sheet("\r\n".join([head, line, line]).encode(), TODAY).messages
    first, second = message.facts["claims"]
    assert first == second


@pytest.mark.parametrize("cells", [8, 9, 10, 11])
def test_cells_that_are_missing_at_the_end_are_empty(cells: int) -> None:
    found = read_sheet(_request(";".join(LINE.split(";")[:cells])), TODAY)
    assert found.unread == ()
    assert found.messages[0].texts["client"] == "M. de Vries"
    assert found.messages[0].texts["address"] == ("Lindestraat 1" if cells > 9 else "")


def test_a_missing_cell_that_must_be_filled_is_named() -> None:
    text = ";".join(_golden("agreement.csv").decode("utf-8-sig").splitlines()[1].split(";")[:6])
    head = _golden("agreement.csv").decode("utf-8-sig").splitlines()[0]
    (unread,) = read_sheet("\n".join([head, text]).encode(), TODAY).unread
    assert unread.reason == "DatumAkkoord is leeg."


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("111222333", MASK),
        ("REF-1 111222333/A", f"REF-1 {MASK}/A"),
        ("1112.22.333", MASK),
        ("123456789", "123456789"),
        ("1112223330", "1112223330"),
        ("100001 1 1122-23-33", "100001 1 1122-23-33"),
    ],
)
def test_a_citizen_service_number_in_a_code_is_masked(text: str, kept: str) -> None:
    assert clean(text) == kept


@pytest.mark.parametrize("day", ["31-02-2026", "2026-10-31", "01-01-1999", "03-11-2026", "morgen"])
def test_a_day_that_is_none_or_is_still_to_come_is_rejected(day: str) -> None:
    text = _golden("agreement.csv").decode().replace("31-10-2026", day)
    (unread,) = read_sheet(text.encode(), TODAY).unread
    assert unread.reason.startswith("DatumAkkoord: ")


@pytest.mark.parametrize("amount", ["12.50", "1.2,00", "1,234", "-5,00", "=1+1", "1e3", "€", "9" * 12])
def test_what_is_no_amount_is_rejected(amount: str) -> None:
    with pytest.raises(ValueError, match=r"geen bedrag"):
        cents(amount)


def test_amounts_and_shares_in_dutch_notation() -> None:
    assert [cents(one) for one in ("1.234,56", "12,5", "€ 7", "0", "0,01")] == [123_456, 1_250, 700, 0, 1]
    assert [share(one) for one in ("12,5", "100", "0,25%")] == [1_250, 10_000, 25]
    with pytest.raises(ValueError, match=r"geen percentage"):
        share("100,01")


def test_a_citizen_service_number_is_not_kept() -> None:
    assert clean("bsn 111222333, ref 123456789") == f"bsn {MASK}, ref 123456789"
    line = LINE.replace("M. de Vries", "M. de Vries 111222333")
    assert read_sheet(_request(line), TODAY).messages[0].texts["client"] == f"M. de Vries {MASK}"
    broken = read_sheet(_request(LINE, line.replace("SK", "XX")), TODAY)
    assert "111222333" not in broken.unread[0].text


def test_what_goes_out_runs_nothing_and_amounts_stay_numbers() -> None:
    layout = sheets()[Sheet.BALANCE_ANSWER]
    line = {
        "client": "=HYPERLINK(1)",
        "reference": "-1+2",
        "address": "@x",
        "by_phone": "+31101234567",
        "original": 123_456,
        "open": -50,
        "as_of": TODAY,
    }
    head, row = filled(layout, [line]).decode().strip("\r\n").split("\r\n")
    assert head.split(";")[:11] == REQUEST.split(";")
    cells = dict(zip(head.split(";"), row.split(";"), strict=True))
    assert cells["Klant"] == "'=HYPERLINK(1)"
    assert (cells["Referentienummer"], cells["Adres"], cells["Telefoon SE"]) == (
        "-1+2",
        "'@x",
        "0101234567",
    )
    assert (cells["openstaand.Originele vordering"], cells["openstaand.Openstaande vordering"]) == (
        "1234,56",
        "-0,50",
    )
    assert cells["Datum"] == "02-11-2026"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("+12 34", "+12 34"),
        ("-77", "-77"),
        ("--1", "--1"),
        ("-1+A1", "'-1+A1"),
        ("+cmd|x", "'+cmd|x"),
        ("-٣", "'-٣"),
        ("=1", "'=1"),
        ("K-77", "K-77"),
    ],
)
def test_a_reference_comes_back_as_it_was_given(text: str, cell: str) -> None:
    head, row = filled(sheets()[Sheet.UNKNOWN_ANSWER], [{"reference": text}]).decode().splitlines()
    assert dict(zip(head.split(";"), row.split(";"), strict=True))["Referentienummer"] == cell


@pytest.mark.parametrize("text", ["+31 10 1234567", "0031-10 1234567", "+31 (0)10 1234567", "010 1234567"])
def test_our_telephone_number_begins_with_0(text: str) -> None:
    head, row = filled(sheets()[Sheet.UNKNOWN_ANSWER], [{"by_phone": text}]).decode().splitlines()
    assert dict(zip(head.split(";"), row.split(";"), strict=True))["Telefoon SE"] == "010 1234567"


def test_only_what_is_known_is_called_confirmed() -> None:
    assert {one.kind for one in layouts() if one.confirmed} == {"balance_request"}
    assert all(one.source for one in (*layouts(), *sheets().values()))
    assert all(one.note for one in (*layouts(), *sheets().values()) if not one.confirmed)
    assert [len({*one.headings}) for one in layouts()] == [len(one.columns) for one in layouts()]


def test_working_days_skip_weekends_and_holidays() -> None:
    assert after(TODAY, 10) == date(2026, 11, 16)
    assert after(date(2026, 12, 24), 5) == date(2027, 1, 4)
    assert after(date(2026, 11, 6), 1) == date(2026, 11, 9)
    assert (left(TODAY, date(2026, 11, 16)), left(TODAY, TODAY)) == (10, 0)
    assert left(date(2026, 11, 18), date(2026, 11, 16)) == -2
