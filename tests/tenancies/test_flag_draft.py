"""What may be set and ended: what has begun, and an end between the beginning and today."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tijdig.policy.words import Circumstance
from tijdig.tenancies.flag_draft import (
    LONGEST_NOTE,
    REFUSED,
    EndDraft,
    FlagDraft,
    end_faults,
    flag_faults,
)
from tijdig.tenancies.flags import (
    FLAG_BIT,
    FLAG_BITS,
    FLAG_LABEL,
    FLAG_MEANS,
    LEARNED_LABEL,
    PROCEDURES,
    Flag,
    FlagBit,
    FlagEnd,
    LearnedFrom,
    SetFlag,
    procedure_in,
)

TODAY = date(2026, 11, 2)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def _draft(begin_on: date = TODAY, note: str = "") -> FlagDraft:
    return FlagDraft(
        tenancy_id=1,
        kind=Flag.DEATH,
        begin_on=begin_on,
        learned_from=LearnedFrom.MUNICIPALITY,
        note=note,
    )


def _end(end_on: date, note: str = "") -> EndDraft:
    return EndDraft(flag_id=1, end_on=end_on, learned_from=LearnedFrom.COLLEAGUE, note=note)


@pytest.mark.parametrize(
    ("draft", "codes"),
    [
        (_draft(), []),
        (_draft(TODAY - timedelta(days=4000)), []),
        (_draft(TODAY + timedelta(days=1)), ["flag_future"]),
        (_draft(note="x" * LONGEST_NOTE), []),
        (_draft(note=f"  {'x' * LONGEST_NOTE}  "), []),
        (_draft(note="x" * (LONGEST_NOTE + 1)), ["flag_note_long"]),
        (_draft(TODAY + timedelta(days=1), "x" * 401), ["flag_future", "flag_note_long"]),
    ],
)
def test_what_may_be_set(draft: FlagDraft, codes: list[str]) -> None:
    assert [one.code for one in flag_faults(draft, TODAY)] == codes


@given(DAYS, DAYS, DAYS)
def test_an_end_lies_between_the_beginning_and_today(begin_on: date, end_on: date, today: date) -> None:
    codes = [one.code for one in end_faults(_end(end_on), begin_on, today)]
    assert (codes == []) == (begin_on <= end_on <= today)
    assert len(codes) <= 1


@given(DAYS, DAYS, DAYS)
def test_it_holds_from_its_beginning_to_the_day_before_its_end(
    begin_on: date, end_on: date, day: date
) -> None:
    moment = {"learned_from": LearnedFrom.TENANT, "actor": "user:1"}
    over = FlagEnd(end_on=end_on, note="", recorded_at=None, **moment)  # type: ignore[arg-type]
    plain = {"id": 1, "tenancy_id": 1, "kind": Flag.DEATH, "begin_on": begin_on}
    assert SetFlag(**plain, **moment).holds(day) == (begin_on <= day)  # type: ignore[arg-type]
    assert SetFlag(**plain, **moment, end=over).holds(day) == (begin_on <= day < end_on)  # type: ignore[arg-type]


def test_a_mistake_ends_on_its_first_day_and_held_on_none() -> None:
    over = FlagEnd(
        end_on=TODAY,
        note="",
        actor="user:1",
        recorded_at=None,
        learned_from=LearnedFrom.TENANT,  # type: ignore[arg-type]
    )
    one = SetFlag(
        id=1, tenancy_id=1, kind=Flag.DEATH, begin_on=TODAY, learned_from=LearnedFrom.TENANT, end=over
    )
    assert not any(one.holds(TODAY + timedelta(days=away)) for away in range(-3, 4))


def test_every_kind_has_its_words_and_a_bit_of_its_own() -> None:
    assert set(FLAG_LABEL) == set(FLAG_MEANS) == set(FLAG_BIT) == set(Flag)
    assert set(LEARNED_LABEL) == set(LearnedFrom)
    assert all(text.endswith(".") and 20 < len(text) < 240 for text in FLAG_MEANS.values())
    assert all(text.endswith(".") for text in REFUSED.values())


def test_the_numbers_of_the_bits_never_change() -> None:
    """They stand in what was kept: a number that meant something else would rewrite the past."""
    assert {bit.name: bit.value for bit in FlagBit} == {
        "DEBT_PROCEDURE": 1,
        "ADMINISTRATION": 2,
        "DEATH": 4,
        "VULNERABLE": 8,
        "BANKRUPTCY": 16,
        "WSNP": 64,
        "AMICABLE": 128,
        "MORATORIUM": 256,
    }
    assert {bit.name: bit.value for bit in FlagBit}.items() <= {
        one.name: one.value for one in Circumstance
    }.items()
    assert {flag.value for flag in Flag} == {
        "debt_procedure",
        "administration",
        "death",
        "vulnerable",
        "bankruptcy",
        "wsnp",
        "amicable",
        "moratorium",
    }


def test_each_kind_of_debt_procedure_is_one_and_the_one_that_binds_most_is_named() -> None:
    of_procedures = {flag for flag in Flag if FLAG_BITS[flag] & FlagBit.DEBT_PROCEDURE}
    assert (
        of_procedures == set(PROCEDURES) == {Flag.DEBT_PROCEDURE, Flag.WSNP, Flag.AMICABLE, Flag.MORATORIUM}
    )
    assert all(FLAG_BITS[flag] & FLAG_BIT[flag] for flag in Flag)
    assert [procedure_in(FLAG_BITS[flag]) for flag in PROCEDURES] == list(PROCEDURES)
    assert procedure_in(FLAG_BITS[Flag.AMICABLE] | FLAG_BITS[Flag.MORATORIUM]) is Flag.MORATORIUM
    assert procedure_in(int(FlagBit.ADMINISTRATION | FlagBit.DEATH)) is None
