"""What came of an arrangement and when that was known: told by days, and against a telling day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tijdig.arrangements.kinds import EndReason, Kept
from tijdig.arrangements.outcome import Ended, Outcome, outcome
from tijdig.arrangements.watch import Duty, Money, Pause, watch

GRACE = 3
TERMS = [
    Duty(date(2026, 10, 25), 5_000, 1),
    Duty(date(2026, 11, 25), 5_000, 2),
    Duty(date(2026, 12, 25), 5_000, 3),
]
RENTS = [Duty(date(2026, 11, 1), 70_000), Duty(date(2026, 12, 1), 70_000), Duty(date(2027, 1, 1), 70_000)]
DUTIES = [*TERMS, *RENTS]
FIRST = [Money(date(2026, 10, 24), 5_000), Money(date(2026, 10, 30), 70_000)]
LATER = [
    Money(date(2026, 11, 25), 5_000),
    Money(date(2026, 12, 1), 70_000),
    Money(date(2026, 12, 24), 5_000),
]


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _told(money: list[Money], as_of: str, ended: Ended | None = None) -> Outcome | None:
    return outcome(DUTIES, money, _day(as_of), GRACE, ended=ended)


def test_one_that_runs_and_is_kept_or_late_has_no_outcome_yet() -> None:
    assert _told(FIRST, "2026-11-20") is None
    assert _told(FIRST, "2026-11-28") is None  # the last day of grace


def test_kept_on_the_day_on_which_all_had_come_whatever_comes_after() -> None:
    kept = Outcome(_day("2026-12-25"), kept=True)
    assert _told([*FIRST, *LATER], "2026-12-24") is None  # it came, and the last term was not due
    assert _told([*FIRST, *LATER], "2026-12-25") == kept
    # The rent of January is another debt, and so is money that went back of it.
    assert _told([*FIRST, *LATER], "2027-02-20") == kept
    went_back = [Money(_day("2027-01-02"), 70_000), Money(_day("2027-01-08"), -70_000)]
    assert _told([*FIRST, *LATER, *went_back], "2027-02-20") == kept


def test_rent_that_comes_before_it_is_due_is_not_the_plan_that_is_paid_off() -> None:
    early = Money(_day("2026-10-30"), 70_000)
    assert (
        watch(DUTIES, [FIRST[0], early], _day("2026-10-30"), GRACE).kept is Kept.DONE
    )  # as it looks on that day
    assert _told([FIRST[0], early], "2026-10-30") is None
    assert _told([FIRST[0], early], "2026-12-20") == Outcome(_day("2026-11-29"), kept=False)


def test_kept_in_the_grace_of_the_last_term() -> None:
    late = [*FIRST, *LATER[:2], Money(_day("2026-12-27"), 5_000)]
    assert _told(late, "2026-12-26") is None
    assert _told(late, "2026-12-30") == Outcome(_day("2026-12-27"), kept=True)


def test_money_that_went_back_had_not_come() -> None:
    back = [*FIRST, *LATER, Money(_day("2026-12-30"), -5_000)]
    assert _told(back, "2027-02-20") == Outcome(_day("2026-12-30"), kept=False)


@pytest.mark.parametrize(
    ("paid_on", "known"),
    [
        ("2026-11-28", None),  # within the grace
        ("2026-11-29", None),  # on the day of the break itself: nobody was told
        ("2026-11-30", Outcome(_day("2026-11-29"), kept=False)),  # repaired, and broken all the same
    ],
)
def test_a_break_counts_where_it_outlived_its_day(paid_on: str, known: Outcome | None) -> None:
    assert _told([*FIRST, Money(_day(paid_on), 5_000)], "2026-12-01") == known


def test_the_first_break_counts_also_where_all_was_paid_in_the_end() -> None:
    late = [*FIRST, Money(_day("2026-12-01"), 75_000), Money(_day("2026-12-24"), 5_000)]
    assert _told(late, "2027-01-20") == Outcome(_day("2026-11-29"), kept=False)


@pytest.mark.parametrize(
    ("on", "reason", "known"),
    [
        ("2026-11-10", EndReason.REPLACED, Outcome(_day("2026-11-10"), kept=True)),
        ("2026-11-10", EndReason.REST_FORGIVEN, Outcome(_day("2026-11-10"), kept=True)),
        ("2026-11-10", None, Outcome(_day("2026-11-10"), kept=True)),
        ("2026-11-10", EndReason.NOT_KEPT, Outcome(_day("2026-11-10"), kept=False)),
        ("2026-11-10", EndReason.UNCOLLECTABLE, Outcome(_day("2026-11-10"), kept=False)),
        ("2026-12-10", EndReason.REPLACED, Outcome(_day("2026-11-29"), kept=False)),  # it was broken by then
        ("2026-10-22", EndReason.REPLACED, None),  # nothing of it had come
        ("2026-10-22", None, None),
        ("2026-10-22", EndReason.NOT_KEPT, Outcome(_day("2026-10-22"), kept=False)),
    ],
)
def test_one_that_was_ended_counts_as_it_stood(
    on: str, reason: EndReason | None, known: Outcome | None
) -> None:
    assert _told(FIRST, "2027-01-20", Ended(_day(on), reason)) == known


def test_an_end_that_is_still_to_come_is_none_yet() -> None:
    assert _told(FIRST, "2026-11-05", Ended(_day("2026-11-10"), EndReason.NOT_KEPT)) is None


def test_no_term_is_asked_while_it_is_frozen() -> None:
    pause = Pause(_day("2026-11-20"), _day("2026-12-15"))
    assert (
        outcome(DUTIES, [*FIRST, Money(_day("2026-12-01"), 70_000)], _day("2026-12-19"), GRACE, [pause])
        is None
    )


_DAYS = st.integers(0, 60).map(lambda number: date(2026, 10, 24) + timedelta(days=number))


@given(
    st.lists(st.tuples(_DAYS, st.integers(1, 90)), max_size=12),
    st.lists(st.tuples(_DAYS, st.integers(1, 60)), max_size=4),
)
@settings(max_examples=150)
def test_it_is_the_first_day_that_shows_it(
    money: list[tuple[date, int]], rents: list[tuple[date, int]]
) -> None:
    """Money that stays: the first day whose watch says broken, or from the last term on all paid."""
    duties = [Duty(date(2026, 11, 5 + 7 * number), 40, number + 1) for number in range(3)]
    duties += [Duty(on, cents) for on, cents in rents]
    came = [Money(on, cents) for on, cents in money]
    days = [date(2026, 10, 24) + timedelta(days=number) for number in range(70)]
    stands = [(day, watch(duties, came, day, GRACE).kept) for day in days]
    paid = {day for day, kept in stands if kept is Kept.DONE and day >= duties[2].due_on}
    shown = next(((day, kept) for day, kept in stands if kept is Kept.BROKEN or day in paid), None)
    known = Outcome(shown[0], shown[1] is Kept.DONE) if shown else None
    assert outcome(duties, came, days[-1], GRACE) == known
