"""What a policy sees: unknown stays unknown, and a direct debit that still runs is known to run."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.arrears.ledgers import FIRST, LAST, ledgers, portfolio_of
from tests.arrears.reference import CREDIT, PRINCIPAL, UNDO, Fact

from tijdig.arrears.dealings import Dealings, no_dealings
from tijdig.arrears.done import Done, nothing_done
from tijdig.arrears.features import Traits, features, unknown_traits
from tijdig.arrears.imputation import NONE, positions
from tijdig.arrears.portfolio import Portfolio
from tijdig.arrears.single_case import no_single_case
from tijdig.arrears.trajectory import trajectory
from tijdig.base.days import day_number
from tijdig.policy.document import default_policy
from tijdig.policy.regions import impossible
from tijdig.policy.words import MAYBE_UNKNOWN, NAMED, YES_NO, Circumstance, Feature


def _day(text: str) -> int:
    return day_number(date.fromisoformat(text))


def _seen(as_of: str, feature: Feature, *facts: Fact, debit_day: int = 25, rent: int = 60_000) -> int:
    traits = Traits(*(np.array([value]) for value in (rent, False, True, debit_day, 0)))
    return int(features(positions(portfolio_of({7: list(facts)}), _day(as_of)), traits)[0, feature])


JUNE = Fact(1, _day("2026-06-01"), _day("2026-06-01"), 60_000, PRINCIPAL)
MAY = Fact(2, _day("2026-05-01"), _day("2026-05-01"), 60_000, PRINCIPAL)


@pytest.mark.parametrize(
    ("as_of", "debit_day", "expected"),
    [
        ("2026-06-01", 25, 0),  # not overdue yet: nothing to wait for
        ("2026-06-02", 25, 1),
        ("2026-06-25", 25, 1),  # on the day itself it still runs
        ("2026-06-26", 25, 0),
        ("2026-06-30", 31, 1),  # 31 is the last day of a shorter month
        ("2026-06-07", 6, 1),  # the 6th is a Saturday: it runs on Monday the 8th
        ("2026-06-08", 6, 1),
        ("2026-06-09", 6, 0),
        ("2026-06-02", -1, 0),  # the day is unknown: nothing to count on
    ],
)
def test_debit_ahead_until_the_day_on_which_the_bank_collects(
    as_of: str, debit_day: int, expected: int
) -> None:
    assert _seen(as_of, Feature.DEBIT_AHEAD, JUNE, debit_day=debit_day) == expected


@pytest.mark.parametrize(
    ("as_of", "debit_day", "expected"),
    [
        ("2026-06-01", 31, 1),  # 31 May is a Sunday: the debit of May runs on Monday 1 June
        ("2026-06-02", 31, 0),  # and after that May is older
        ("2026-06-01", 29, 0),  # that one ran on Friday 29 May
    ],
)
def test_the_debit_of_the_last_days_of_a_month_may_run_in_the_next(
    as_of: str, debit_day: int, expected: int
) -> None:
    assert _seen(as_of, Feature.DEBIT_AHEAD, MAY, JUNE, debit_day=debit_day) == expected


def test_debit_ahead_is_no_reason_to_wait_when_something_older_is_open() -> None:
    assert _seen("2026-06-02", Feature.DEBIT_AHEAD, MAY, JUNE) == 0


@pytest.mark.parametrize(
    ("as_of", "facts", "expected"),
    [
        ("2026-05-31", (MAY,), 1),  # a Sunday: the debit of May runs on Monday 1 June
        ("2026-06-01", (MAY,), 1),
        ("2026-06-02", (MAY,), 0),  # it did not come, and May is older than the debit of June
        ("2026-06-02", (JUNE,), 1),  # which is on 30 June
    ],
)
def test_debit_ahead_of_the_last_days_may_run_in_the_next_month(
    as_of: str, facts: tuple[Fact, ...], expected: int
) -> None:
    assert _seen(as_of, Feature.DEBIT_AHEAD, *facts, debit_day=31) == expected


def test_debit_ahead_is_no_reason_to_wait_after_a_reversal_in_the_same_month() -> None:
    paid = Fact(3, _day("2026-06-03"), 0, -60_000, CREDIT)
    back = Fact(4, _day("2026-06-09"), 0, 60_000, UNDO, 3)
    assert _seen("2026-06-09", Feature.DEBIT_AHEAD, JUNE, paid, back) == 0
    assert _seen("2026-06-09", Feature.DAYS_SINCE_REVERSAL, JUNE, paid, back) == 0
    assert _seen("2026-06-12", Feature.DAYS_SINCE_PAYMENT, JUNE, paid, back) == 9


@pytest.mark.parametrize(
    "feature",
    [
        Feature.RENT_MONTHS,
        Feature.MONTHLY_RENT_CENTS,
        Feature.DAYS_SINCE_REVERSAL,
        Feature.DAYS_SINCE_PAYMENT,
    ],
)
def test_features_that_are_unknown_are_not_zero(feature: Feature) -> None:
    assert _seen("2026-06-02", feature, JUNE, rent=-1) == -1


def test_features_of_nothing_known_fill_every_column() -> None:
    matrix = features(positions(portfolio_of({7: [JUNE], 8: []}), _day("2026-06-02")), unknown_traits(2))
    assert matrix.shape == (2, len(Feature))
    assert matrix[:, Feature.OVERDUE_CENTS].tolist() == [60_000, 0]
    assert matrix[:, Feature.RENT_KNOWN].tolist() == [0, 0]


def test_traits_of_other_length_or_with_an_impossible_day_are_refused() -> None:
    with pytest.raises(ValueError, match="other tenancies"):
        features(positions(portfolio_of({7: []}), 0), unknown_traits(2))
    with pytest.raises(ValueError, match="debit day"):
        Traits(*(np.array([value]) for value in (1, False, True, 32, 0)))
    with pytest.raises(ValueError, match="length"):
        Traits(np.array([1, 2]), *(np.array([value]) for value in (False, True, 3, 0)))


PART_PAID = (MAY, JUNE, Fact(3, _day("2026-06-10"), _day("2026-06-10"), -60_000, CREDIT))
TALKS = ("TALKED_SINCE_DUE", "TALKED_IN_ARREARS", "CONTACT_SOUGHT", "DAYS_SINCE_TALK", "DAYS_SINCE_ATTEMPT")


@pytest.mark.parametrize(
    ("talk", "attempt", "seen"),
    [
        ("", "", (0, 0, 0, -1, -1)),
        ("2026-05-31", "", (0, 1, 1, 15, -1)),  # since May was due, and before June was
        ("2026-06-01", "", (1, 1, 1, 14, -1)),  # on the due day itself
        ("2026-04-30", "2026-05-04", (0, 0, 1, 46, 42)),  # the talk was before, an attempt is contact sought
        ("2026-04-30", "2026-04-30", (0, 0, 0, 46, 46)),
    ],
)
def test_a_talk_counts_by_each_clock_of_its_own(talk: str, attempt: str, seen: tuple[int, ...]) -> None:
    """May was paid on 10 June: the oldest due day is 1 June, and the arrears began on 1 May."""
    days = [np.array([_day(one) if one else NONE]) for one in (talk, attempt)]
    dealings = replace(no_dealings(1), talk_day=days[0], attempt_day=days[1])
    traits = replace(unknown_traits(1), dealings=dealings)
    row = features(positions(portfolio_of({7: list(PART_PAID)}), _day("2026-06-15")), traits)[0]
    assert (row[Feature.DAYS_OVERDUE], row[Feature.DAYS_IN_ARREARS]) == (14, 45)
    assert tuple(int(row[Feature[name]]) for name in TALKS) == seen


@pytest.mark.parametrize(
    ("message", "reminder", "seen"),
    [
        ("", "", (0, 0, -1, -1)),
        ("2026-06-05", "", (1, 0, 10, -1)),
        ("", "2026-06-05", (1, 1, -1, 10)),  # a reminder is written too
        ("2026-05-20", "2026-05-20", (0, 0, 26, 26)),  # about May, which is paid
    ],
)
def test_what_was_written_counts_from_the_oldest_due_day(
    message: str, reminder: str, seen: tuple[int, ...]
) -> None:
    days = [np.array([_day(one) if one else NONE]) for one in (message, reminder)]
    done = replace(nothing_done(1), message=days[0], reminder=days[1])
    traits = replace(unknown_traits(1), done=done)
    row = features(positions(portfolio_of({7: list(PART_PAID)}), _day("2026-06-15")), traits)[0]
    names = ("WRITTEN_SINCE_DUE", "REMINDED_SINCE_DUE", "DAYS_SINCE_MESSAGE", "DAYS_SINCE_REMINDER")
    assert tuple(int(row[Feature[name]]) for name in names) == seen


@pytest.mark.parametrize(
    ("as_of", "facts", "rent", "departed", "days"),
    [
        ("2026-06-15", (JUNE,), 60_000, False, 16),  # 1 July is not booked yet
        ("2026-06-15", (JUNE,), -1, False, -1),  # no rent is known: nothing is to come
        ("2026-06-15", (JUNE,), 60_000, True, -1),
        ("2026-06-01", (JUNE,), 60_000, False, 0),  # today is a due day
        ("2026-05-25", (replace(JUNE, day=_day("2026-05-20")),), -1, True, 7),  # booked ahead
        ("2026-06-15", (JUNE, Fact(9, _day("2026-06-02"), _day("2026-06-20"), 5_000, PRINCIPAL)), 60_000, False, 5),
        ("2026-12-31", (JUNE,), 60_000, False, 1),
    ],
)  # fmt: skip
def test_days_to_due_look_at_what_is_booked_and_at_the_first_of_the_next_month(
    as_of: str, facts: tuple[Fact, ...], rent: int, departed: bool, days: int
) -> None:
    traits = Traits(*(np.array([value]) for value in (rent, departed, False, -1, 0)))
    seen = features(positions(portfolio_of({7: list(facts)}), _day(as_of)), traits)
    assert seen[0, Feature.DAYS_TO_DUE] == days


def test_single_case_columns_are_seen_as_they_are() -> None:
    case = replace(
        no_single_case(2),
        circumstance=np.array([34, 0]),
        repeats=np.array([0, 4]),
        paused=np.array([False, True]),
        decided=np.array([3, 0]),
        reply_waits=np.array([True, False]),
    )
    traits = replace(unknown_traits(2), single_case=case)
    seen = features(positions(portfolio_of({7: [], 8: []}), 0), traits)
    names = ("CIRCUMSTANCE", "REPEATS", "PAUSED", "DECIDED", "REPLY_WAITS")
    assert [[int(row[Feature[name]]) for name in names] for row in seen] == [
        [34, 0, 0, 3, 1],
        [0, 4, 1, 0, 0],
    ]


_KINDS = (int(Circumstance.WSNP), int(Circumstance.AMICABLE), int(Circumstance.MORATORIUM))
IMPOSSIBLE = list(impossible(default_policy()))


def _anything(rng: np.random.Generator, as_of: int, portfolio: Portfolio) -> Traits:
    """Traits of one tenancy in which anything may have happened on any day up to this one."""

    def day() -> np.ndarray:
        return np.array([NONE if rng.random() < 0.3 else as_of - rng.integers(0, 70)])

    def number(most: int) -> np.ndarray:
        return np.array([rng.integers(0, most + 1)])

    names = [field.name for field in fields(Dealings)]
    dealings = Dealings(*(day() if name.endswith("_day") else number(2) for name in names))
    done = Done(*(day() for _ in fields(Done)))
    yes = [np.array([rng.random() < 0.5]) for _ in range(2)]
    rent = np.array([rng.choice([-1, 7])])
    runs = rng.random() < 0.5
    bits = np.array([int(Circumstance.DEBT_PROCEDURE | rng.choice([0, *_KINDS])) if runs else 0])
    case = replace(no_single_case(1), circumstance=bits)
    began = np.array([as_of - rng.integers(0, 70) if runs else NONE])
    own = trajectory(portfolio, began, as_of, day()) if runs else None
    return Traits(
        rent, *yes, 1 + number(30), number(0), dealings=dealings, done=done, single_case=case, trajectory=own
    )


@settings(max_examples=300)
@given(ledgers(most=6), st.integers(FIRST, LAST + 40), st.integers(0, 2**32 - 1))
def test_what_the_check_of_a_policy_calls_impossible_never_is(
    facts: list[Fact], as_of: int, seed: int
) -> None:
    """Else a step that does happen would be refused as one that never can."""
    portfolio = portfolio_of({7: facts})
    traits = _anything(np.random.default_rng(seed), as_of, portfolio)
    row = features(positions(portfolio, as_of), traits)[0].tolist()
    for box in IMPOSSIBLE:
        seen = (
            (int(bool(row[feature] & flag)) if flag else row[feature], span)
            for (feature, flag), span in box.items()
        )
        assert not all(first <= value <= last for value, (first, last) in seen), box


@settings(max_examples=300)
@given(ledgers(most=6), st.integers(FIRST, LAST + 40), st.integers(0, 2**32 - 1))
def test_every_feature_keeps_to_its_kind(facts: list[Fact], as_of: int, seed: int) -> None:
    """Only what may be unknown is -1, yes or no is 0 or 1, and a named value has a name."""
    portfolio = portfolio_of({7: facts})
    traits = _anything(np.random.default_rng(seed), as_of, portfolio)
    row = features(positions(portfolio, as_of), traits)[0].tolist()
    for feature in Feature:
        assert row[feature] >= (-1 if feature in MAYBE_UNKNOWN else 0), feature
        assert feature not in YES_NO or row[feature] in (0, 1), feature
        assert feature not in NAMED or row[feature] in NAMED[feature].values(), feature


def _in_procedure(facts: list[Fact], as_of: str, began: str, talk: str = "") -> list[int]:
    """What a policy sees of the account apart: new, days of it, days of the procedure, talked, debit ahead, frozen."""
    portfolio, day = portfolio_of({7: facts, 8: []}), _day(as_of)
    begin = np.array([_day(began), NONE])
    own = trajectory(portfolio, begin, day, np.array([_day(talk) if talk else NONE, day]))
    pays = replace(unknown_traits(2), direct_debit=np.array([True, True]), debit_day=np.array([25, 25]))
    seen = features(positions(portfolio, day), replace(pays, trajectory=own))
    names = (
        Feature.NEW_OVERDUE_CENTS, Feature.DAYS_NEW_OVERDUE, Feature.TRAJECTORY_DAYS, Feature.TALKED_IN_TRAJECTORY,
        Feature.NEW_DEBIT_AHEAD, Feature.FROZEN_CENTS,
    )  # fmt: skip
    assert int(seen[1, Feature.DAYS_NEW_IN_ARREARS]) == 0
    assert [int(seen[1, name]) for name in names] == [0, 0, -1, 0, 0, 0]
    return [int(seen[0, name]) for name in names]


def test_new_arrears_have_a_clock_and_a_debit_of_their_own() -> None:
    may, june = (
        Fact(n, _day(day), _day(day), 60_000, 2) for n, day in ((1, "2026-05-01"), (2, "2026-06-01"))
    )
    assert _in_procedure([may, june], "2026-06-20", "2026-05-20") == [60_000, 19, 31, 0, 1, 60_000]
    assert _in_procedure([may, june], "2026-06-26", "2026-05-20", "2026-05-20") == [
        60_000,
        25,
        37,
        1,
        0,
        60_000,
    ]
    assert _in_procedure([may, june], "2026-06-26", "2026-05-20", "2026-05-19") == [
        60_000,
        25,
        37,
        0,
        0,
        60_000,
    ]
    assert _in_procedure([may], "2026-06-20", "2026-05-01") == [60_000, 50, 50, 0, 0, 0]
