"""Return reasons: the table holds together, and what is not in it stays unknown."""

from __future__ import annotations

import pytest

from tijdig.imports.return_reasons import (
    FailureKind,
    Handling,
    Term,
    checked_on,
    known_reasons,
    reason,
    verwinfo_reason,
)

STOPS_COLLECTING = {
    *("AC01", "AC04", "AC06", "AG01", "AG02", "BE04", "BE05", "FF01", "MD01", "MD02", "MD07"),
    *("RC01", "RR01", "RR02", "RR03", "RR04", "SL01"),
}


@pytest.mark.parametrize(
    ("code", "handling"),
    [
        ("AM04", Handling.FRIENDLY_CONTACT),
        ("MS03", Handling.FRIENDLY_CONTACT),
        ("MS02", Handling.ASK_WHY),
        ("MD06", Handling.RECOMPUTE),
        ("MD01", Handling.REPAIR_MANDATE),
        ("MD07", Handling.DECEASED),
        ("AC06", Handling.ASK_ACCOUNT),
        ("AM05", Handling.CHECK_BATCH),
        ("ED05", Handling.RETRY),
    ],
)
def test_reason_of_known_code(code: str, handling: Handling) -> None:
    assert reason(code).handling is handling


def test_reason_of_unknown_code_keeps_it() -> None:
    found = reason("ZZ99")
    assert (found.code, found.meaning, found.handling) == (
        "ZZ99",
        "mislukt, reden onbekend",
        Handling.UNKNOWN,
    )
    assert (found.known, found.collect_again, found.kinds) == (False, None, ())


def test_reason_of_empty_code_is_unknown() -> None:
    assert reason("").handling is Handling.UNKNOWN


def test_reason_ignores_case_and_white_space() -> None:
    assert reason(" am04 ") == reason("AM04")


def test_reason_latest_moment_per_kind() -> None:
    assert reason("MD06").latest == {FailureKind.REFUND: Term(8, "weeks")}
    assert reason("MD01").latest == {
        FailureKind.REJECT: None,
        FailureKind.RETURN: Term(5, "bank_days"),
        FailureKind.REFUND_WITHOUT_MANDATE: Term(13, "months"),
    }


def test_reasons_that_stop_the_mandate() -> None:
    assert {found.code for found in known_reasons() if not found.collect_again} == STOPS_COLLECTING


def test_reasons_all_say_something() -> None:
    assert len(known_reasons()) == 26
    assert [found.code for found in known_reasons() if not found.meaning or not found.kinds] == []


def test_verwinfo_number_of_two_reasons_gives_both() -> None:
    assert [found.code for found in verwinfo_reason(1).reasons] == ["AM04", "MS03"]


@pytest.mark.parametrize("number", [0, 4, 11])
def test_verwinfo_number_that_was_never_used(number: int) -> None:
    assert verwinfo_reason(number).reasons == ()


def test_table_is_dated() -> None:
    assert checked_on().isoformat() == "2026-11-21"
