"""The codes of a telephone, against the values of RFC 6238."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest

from tijdig.entrance.totp import address, in_fours, new_secret, plain, recovery_codes, step_that_fits

SECRET = base64.b32encode(b"12345678901234567890").decode()
# The last six of the eight digits that the RFC gives (appendix B, SHA-1).
TOLD = {59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037"}


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize("seconds", TOLD)
def test_a_code_of_the_rfc_is_right_at_its_moment(seconds: int) -> None:
    assert step_that_fits(SECRET, TOLD[seconds], _at(seconds), 0) == seconds // 30


@pytest.mark.parametrize(("late", "fits"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_one_half_minute_of_drift_counts_and_two_do_not(late: int, fits: bool) -> None:
    found = step_that_fits(SECRET, TOLD[1234567890], _at(1234567890) + timedelta(seconds=late), 0)
    assert (found == 41152263) is fits


def test_a_code_of_the_last_half_minute_or_before_it_is_refused() -> None:
    at = _at(1234567890)
    assert step_that_fits(SECRET, TOLD[1234567890], at, 41152263) is None
    assert step_that_fits(SECRET, TOLD[1234567890], at, 41152262) == 41152263


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "００５９２４", "-05924", "005925"])
def test_anything_else_fits_nothing(typed: str) -> None:
    assert step_that_fits(SECRET, typed, _at(1234567890), 0) is None


def test_spaces_are_no_matter() -> None:
    assert step_that_fits(SECRET, " 005 924 ", _at(1234567890), 0) == 41152263


def test_every_secret_and_every_recovery_code_is_another() -> None:
    assert len({new_secret() for _ in range(50)}) == 50
    assert len(set(recovery_codes())) == 10
    assert {len(plain(one)) for one in recovery_codes()} == {12}


def test_a_recovery_code_is_the_same_however_it_is_typed() -> None:
    assert plain("abcd-efgh-2345") == plain("ABCD EFGH 2345") == "ABCDEFGH2345"


def test_what_an_authenticator_reads_names_the_person_and_the_program() -> None:
    assert (
        address(SECRET, "a@b.nl")
        == "otpauth://totp/tijdig:a%40b.nl?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=tijdig"
    )
    assert in_fours("ABCDEFGH") == "ABCD EFGH"
