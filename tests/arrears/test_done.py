"""What was done towards a tenant: whether the letter covers what is overdue, how far the signal is, whose the file is."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from tijdig.arrears.done import Done, Letter, Signal, letter_state, nothing_done, signal_state, with_bailiff
from tijdig.arrears.imputation import NONE
from tijdig.policy.words import NAMED, Feature

DUE = 1_000


def _done(**days: int) -> Done:
    return replace(nothing_done(1), **{name: np.array([day]) for name, day in days.items()})


@pytest.mark.parametrize(
    ("sent", "ends", "due", "as_of", "state"),
    [
        (NONE, NONE, DUE, 1_020, Letter.NONE),
        (1_003, 1_020, DUE, 1_003, Letter.RUNNING),
        (1_003, 1_020, DUE, 1_019, Letter.RUNNING),
        (1_003, 1_020, DUE, 1_020, Letter.PASSED),  # the first day on which the costs are due
        (1_003, 1_020, DUE + 30, 1_040, Letter.NONE),  # what it named is paid; another month is overdue
        (1_003, 1_020, 1_003, 1_040, Letter.PASSED),  # sent on the due day of what is overdue
        (1_003, NONE, DUE, 1_400, Letter.RUNNING),  # no term is known: it never passes by itself
    ],
)
def test_a_letter_counts_for_what_was_overdue_when_it_went(
    sent: int, ends: int, due: int, as_of: int, state: Letter
) -> None:
    found = letter_state(_done(fourteen_day=sent, fourteen_day_ends=ends), np.array([due]), as_of)
    assert found.tolist() == [state]


@pytest.mark.parametrize(
    ("days", "state"),
    [
        ({}, Signal.NONE),
        ({"offer": DUE - 1}, Signal.NONE),  # in arrears that were settled since
        ({"offer": DUE}, Signal.OFFERED),
        ({"offer": DUE, "objected": DUE + 5}, Signal.OBJECTED),
        ({"offer": DUE, "signal": DUE + 20}, Signal.SENT),
        ({"offer": DUE, "objected": DUE + 5, "signal": DUE + 20}, Signal.SENT),  # changed their mind
        ({"offer": DUE, "signal": DUE + 20, "answered": DUE + 30}, Signal.ANSWERED),
        ({"offer": DUE, "answered": DUE + 30}, Signal.OFFERED),  # an answer to a signal of before
        ({"offer": DUE, "signal": DUE - 20, "answered": DUE + 2}, Signal.OFFERED),
    ],
)
def test_the_signal_is_as_far_as_was_done_in_these_arrears(days: dict[str, int], state: Signal) -> None:
    assert signal_state(_done(**days), np.array([DUE])).tolist() == [state]


@pytest.mark.parametrize(
    ("over", "back", "there"),
    [
        (NONE, NONE, False),
        (DUE, NONE, True),
        (DUE, DUE + 9, False),
        (DUE, DUE, False),  # given back the same day
        (DUE + 20, DUE + 9, True),  # handed over again
        (NONE, DUE, False),
    ],
)
def test_a_file_is_with_the_bailiff_until_it_comes_back(over: int, back: int, there: bool) -> None:
    assert with_bailiff(_done(handed_over=over, handed_back=back)).tolist() == [there]


def test_the_numbers_are_those_of_the_names_in_a_policy() -> None:
    for words, feature in ((Letter, Feature.FOURTEEN_DAY_LETTER), (Signal, Feature.EARLY_SIGNAL)):
        assert {word.name.lower(): int(word) for word in words} == NAMED[feature]


def test_a_slice_keeps_the_columns_together() -> None:
    columns = [np.arange(5) + 10 * number for number in range(len(fields(Done)))]
    part = Done(*columns).slice(1, 3)
    assert len(part) == 2
    assert [getattr(part, field.name).tolist() for field in fields(Done)] == [
        c[1:3].tolist() for c in columns
    ]
    assert len(nothing_done(0)) == 0
