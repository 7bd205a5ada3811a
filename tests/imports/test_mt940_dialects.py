"""How each bank is recognised, and what its field 86 says: codes, columns, labels, subfields, plain words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tijdig.imports.drafts import Movement, Nature
from tijdig.imports.mt940 import read
from tijdig.imports.mt940_bng import columns
from tijdig.imports.mt940_details import nature_of
from tijdig.imports.mt940_dialects import DIALECTS, Dialect, dialect_of
from tijdig.imports.mt940_line import read_line
from tijdig.imports.mt940_reasons import reason_of
from tijdig.imports.mt940_slash import slash_values

GOLDEN = Path(__file__).parents[1] / "golden" / "mt940"
BY_NAME: dict[str, Dialect] = {dialect.name: dialect for dialect in DIALECTS}
IN, OUT = "2611021102C10,00", "2611021102D10,00"


def movements(name: str) -> list[Movement]:
    """The movements of a golden file without their places, to compare files that only differ in layout."""
    with (GOLDEN / name).open("rb") as stream:
        return [replace(event, place="") for event in read(stream) if isinstance(event, Movement)]


def nature(bank: str, line: str, text: str) -> Nature:
    parsed = read_line(line)
    return nature_of(parsed, BY_NAME[bank].read(parsed, tuple(text.split("\n")), "NL42TEST1234567890"))


@pytest.mark.parametrize(
    ("marks", "name"),
    [
        ("ABNANL2A\n940\nABNANL2A\n:20:ABN AMRO BANK NV\n:25:123456789", "abn"),
        (":20:ABN AMRO BANK NV\n:25:123456789", "abn"),
        ("{1:F01INGBNL2ABXXX0000000000}\n{4:\n:20:P1\n:25:NL42TEST1234567890EUR", "ing"),
        (":940:\n:20:940S261102\n:25:NL42TEST1234567890 EUR", "rabobank"),
        ("0200 13BNGHNL20AXXX00000\n940 02\n:20:1\n:25:0285000000", "bng"),
        ("{1:F01ASNBNL21XXXX0000000000}\n:20:0\n:25:NL42TEST1234567890", "asn"),
        ("{1:F01SNSBNL2AXXXX0000000000}\n:20:0\n:25:NL42TEST1234567890", "asn"),
        ("{1:F01RBRBNL21XXXX0000000000}\n:20:0\n:25:NL42TEST1234567890", "asn"),
        (":20:1308728725026/1\n:25:TRIODOSBANK/0390123456", "triodos"),
        (":20:B4E08MS9D00A0009\n:25:123456789", "knab"),
        ("\n:20:1\n:25:NL00KNAB0000000000", "knab"),
        ("\n:20:1\n:25:NL00INGB0000000000EUR", "ing"),
        ("\n:20:1\n:25:BNGHNL2G/NL00BNGH0000000000", "bng"),
        ("\n:20:1\n:25:NL42TEST1234567890", "generic"),
        ("\n:20:NIET INGB\n:25:DE00123456780000000000", "generic"),
    ],
)
def test_dialect_of_knows_the_bank_by_header_or_account(marks: str, name: str) -> None:
    assert dialect_of(marks).name == name


def test_ing_wrapped_in_odd_places_gives_the_same_movements() -> None:
    assert movements("ing-wrapped.940") == movements("ing.940")


def test_bng_joined_lines_give_the_same_movements() -> None:
    assert movements("bng-joined.940") == movements("bng.940")


@pytest.mark.parametrize(
    ("bank", "line", "text", "expected"),
    [
        ("ing", f"{OUT}NRTIEREF//1/TRCD/01315/", "/RTRN/AM04//MARF/M//REMI/USTD//x/", Nature.STORNO),
        ("ing", f"{OUT}NRTIPREF//1/TRCD/01304/", "/RTRN/MS03//PREF/P//REMI/USTD//x/", Nature.STORNO_BATCH),
        ("ing", f"{IN}NRTIEREF//1/TRCD/00190/", "/RTRN/AC04//EREF/E//REMI/USTD//", Nature.RETURNED_TRANSFER),
        ("ing", f"{OUT}NRTIEREF//1/TRCD/00190/", "/RTRN/AC04//EREF/E//REMI/USTD//x/", Nature.PAYOUT),
        ("ing", f"{IN}NDDTPREF//1/TRCD/01000/", "/PREF/P//REMI/USTD//TOTAAL 9 POSTEN/", Nature.BATCH),
        ("ing", f"{IN}NDDTEREF//1/TRCD/01001/", "/EREF/E//MARF/M//REMI/USTD//x/", Nature.COLLECTION),
        ("ing", f"{OUT}NDDTEREF//1/TRCD/01016/", "/EREF/E//MARF/M//REMI/USTD//x/", Nature.PAYOUT),
        ("ing", f"{IN}NTRFEREF//1/TRCD/00100/", "/EREF/E//REMI/USTD//x /RTRN/AM04/ /MARF/M/", Nature.PAYMENT),
        ("ing", f"{OUT}NCHGNONREF//1", "Kosten", Nature.BANK_COSTS),
        ("rabobank", "261102D10,00N544NONREF", "/BENM//NAME/A/REMI/huur", Nature.STORNO),
        ("rabobank", "261102C10,00N541NONREF", "/RTRN/AC04/ORDP//NAME/A/REMI/huur", Nature.RETURNED_TRANSFER),
        ("rabobank", "261102C10,00N541NONREF", "/ORDP//NAME/A/REMI/huur/RTRN/AC04", Nature.PAYMENT),
        ("rabobank", "261102C10,00N064PREF", "/PREF/P", Nature.BATCH),
        ("abn", f"{OUT}N245NONREF", "/RTYP/SEPA Incasso terugboeking bank/MARF/M/REMI/x", Nature.STORNO),
        ("abn", f"{OUT}N246NONREF", "/RTYP/SEPA Incasso niet uitgevoerd/REMI/x/RTRN/MS03", Nature.STORNO),
        ("abn", f"{OUT}N654NONREF", "/RTYP/SEPA OVERBOEKING RETOUR/REMI/x", Nature.PAYOUT),
        ("abn", f"{IN}N654NONREF", "/RTYP/SEPA OVERBOEKING RETOUR/REMI/x", Nature.RETURNED_TRANSFER),
        ("abn", f"{IN}N654NONREF", "/TRTP/SEPA OVERBOEKING/REMI/x/MARF/M/EREF/NOTPROVIDED", Nature.PAYMENT),
        ("abn", f"{IN}N247NONREF", "/TRTP/SEPA Incasso batch/PREF/P/NRTX/7/PIND/BRUTO", Nature.BATCH),
        ("abn", f"{IN}N655NONREF", "/TRTP/SEPA ACCEPTGIRO BATCH/PREF/P/NRTX/10", Nature.OTHER),
        ("abn", f"{OUT}N658NONREF", "/TRTP/SEPA BATCH SALARIS/PREF/P/NRTX/2", Nature.PAYOUT),
        ("asn", f"{OUT}NSTONL48TEST7000001111", "NL48TEST7000001111 a", Nature.STORNO),
        ("asn", f"{IN}NSTONL48TEST7000001111", "NL48TEST7000001111 a", Nature.RETURNED_TRANSFER),
        ("asn", f"{OUT}NRNT", "Rente", Nature.BANK_COSTS),
        ("asn", f"{IN}NRNT", "Rente", Nature.OTHER),
        ("asn", f"{IN}NINC", "TOTAAL 3 POSTEN", Nature.BATCH),
        ("asn", f"{IN}NINCNL48TEST7000001111", "NL48TEST7000001111 a\nhuur", Nature.COLLECTION),
        ("bng", "261102D10,00NMSC092", "OORSPR. VEREV. 261101            REFO:H-1", Nature.STORNO),
        ("bng", "261102C10,00NMSC027", "NL48TEST7000001111               TOTAAL INCASSO", Nature.PAYMENT),
        ("bng", "261102C10,00NMSC091", "/EREF/E/MARF/M/ORDP//NAME/A/REMI/x", Nature.COLLECTION),
        ("knab", f"{OUT}NTRFNONREF", "REDEN TERUGBOEKING: OVERLEDEN\nREK: NL48/NAAM: A", Nature.STORNO),
        ("knab", f"{IN}NTRFNONREF", "STORNO INCASSO BETAALD\nREK: NL48/NAAM: A", Nature.PAYMENT),
        ("generic", f"{OUT}NTRFNONREF", "NIET AKKOORD MET AFSCHRIJVING", Nature.STORNO),
        ("generic", f"{OUT}NTRFNONREF", "Terugbetaling borg", Nature.PAYOUT),
    ],
)  # fmt: skip
def test_nature_follows_sign_and_the_banks_own_words(
    bank: str, line: str, text: str, expected: Nature
) -> None:
    assert nature(bank, line, text) is expected


@pytest.mark.parametrize("bank", sorted(BY_NAME))
@pytest.mark.parametrize(
    "text", ["", "/", "//", "/REMI/", ">20", "?", "REK:", "IBAN:", "-", "/CNTP/", " " * 70]
)
def test_every_dialect_reads_an_all_but_empty_text(bank: str, text: str) -> None:
    assert nature(bank, f"{IN}NTRFNONREF", text) is Nature.PAYMENT


def test_slash_values_keep_what_the_bank_wrote_before_the_description() -> None:
    text = "/IBAN/NL1/NAME/Echt/REMI/huur /NAME/Vals/IBAN/NL2/EREF/vals/EREF/echt"
    assert slash_values(text, frozenset({"EREF", "IBAN"})) == {
        "IBAN": "NL1",
        "NAME": "Echt",
        "REMI": "huur /NAME/Vals/IBAN/NL2/EREF/vals",
        "EREF": "echt",
    }


def test_slash_values_mark_a_return_code_behind_the_description_as_doubtful() -> None:
    assert slash_values("/REMI/huur/RTRN/AM04", frozenset({"RTRN"})) == {"REMI": "huur", "RTRN?": "AM04"}


def test_columns_cut_joined_lines_where_columns_began() -> None:
    text = "NL12TEST0313131314               J. Jansen NIET AKKOORD MET AFSCHRIJVING    M-1 Huur"
    assert columns(text) == ["NL12TEST0313131314", "J. Jansen", "NIET AKKOORD MET AFSCHRIJVING", "M-1 Huur"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("NIET AKKOORD MET AFSCHRIJVING", "MD06"),
        ("Saldo ontoereikend", "AM04"),
        ("ADMINISTRATIEVE REDEN", "MS03"),
        ("Rekeninghouder overleden", "MD07"),
        ("REKENING OPGEHEVEN", "AC04"),
        ("REKENINGNUMMER ONJUIST", "AC01"),
        ("GEEN MACHTIGING", "MD01"),
        ("DUBBEL BETAALD", "AM05"),
        ("NAAM EN NUMMER VERSCHILLEN", "BE04"),
        ("REKENING GEBLOKKEERD", "AC06"),
        ("SELECTIEVE BLOKKADE", "SL01"),
        ("AM04", "AM04"),
        ("iets anders", ""),
        ("", ""),
    ],
)
def test_reason_of_maps_words_to_iso_codes(text: str, code: str) -> None:
    assert reason_of(text) == code
