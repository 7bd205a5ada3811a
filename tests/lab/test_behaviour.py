import numpy as np
import pytest

from tijdig.lab.behaviour import PLANS, Behaviour, Plan, View, starts
from tijdig.lab.reversals import REASONS, days_later, ends_mandate, reason_of, reversal_chance

RENT = 612_34


def view(owed: int, *, draw: int = 999_999, debit: bool = False, month: int = 5, left: int = 999) -> View:
    column = np.array([1], dtype=np.int64)
    return View(
        month=month,
        charge=column * RENT,
        owed=column * owed,
        debit=np.array([debit]),
        left=column * left,
        habit=column * 0,
        start=column * 4,
        length=column * 2,
        chance=tuple(column * draw for _ in range(5)),
    )


def paid(plan: Plan) -> list[int]:
    parts = [plan.first] + ([] if plan.second is None else [plan.second])
    return [max(int(part[0]), 0) for part in parts]


def test_every_behaviour_has_a_plan() -> None:
    assert set(PLANS) == set(Behaviour)


@pytest.mark.parametrize(
    ("behaviour", "expected"),
    [
        (Behaviour.PUNCTUAL, [RENT]),
        (Behaviour.FORGETTER, [RENT]),
        (Behaviour.SHIFTER, [RENT]),
        (Behaviour.FAMILY, [RENT]),
        (Behaviour.PARTS, [300_00, 312_34]),
        (Behaviour.DOUBLE, [RENT, 0]),
        (Behaviour.ODD, [620_00]),
        (Behaviour.HELPED, [RENT]),
        (Behaviour.REFUSER, [0]),
    ],
)
def test_plan_of_one_month_owed(behaviour: Behaviour, expected: list[int]) -> None:
    assert paid(PLANS[behaviour](view(RENT))) == expected


def test_forgetter_who_forgets_pays_both_months_later() -> None:
    assert paid(PLANS[Behaviour.FORGETTER](view(RENT, draw=0))) == [0]
    assert paid(PLANS[Behaviour.FORGETTER](view(2 * RENT))) == [2 * RENT]


def test_shifter_pays_after_the_fifteenth() -> None:
    assert int(PLANS[Behaviour.SHIFTER](view(RENT)).first_day[0]) >= 16


def test_trouble_catches_up_by_part_payments() -> None:
    hard = PLANS[Behaviour.TROUBLE](view(RENT, draw=0))
    later = PLANS[Behaviour.TROUBLE](view(3 * RENT, month=9))
    assert (paid(hard), paid(later)) == ([0], [RENT + 200_00])


def test_double_pays_twice_when_it_happens() -> None:
    assert paid(PLANS[Behaviour.DOUBLE](view(RENT, draw=0))) == [RENT, RENT]


def test_leaver_pays_nothing_in_the_last_month_and_a_little_after() -> None:
    last = PLANS[Behaviour.LEAVER](view(RENT, left=0))
    after = PLANS[Behaviour.LEAVER](view(2 * RENT, left=-3))
    assert (paid(last), paid(after)) == ([0], [25_00])


def test_credit_pays_nothing() -> None:
    for behaviour in Behaviour:
        if behaviour not in (Behaviour.STRUCTURAL, Behaviour.TROUBLE):
            assert sum(paid(PLANS[behaviour](view(-50_00)))) == 0, behaviour


def test_punctual_by_debit_makes_a_reversal_good_later() -> None:
    plan = PLANS[Behaviour.PUNCTUAL](view(RENT, draw=0, debit=True))
    assert (paid(plan), int(plan.first_day[0])) == ([RENT], 8)


def test_starts_never_before_the_window() -> None:
    kinds = np.array(list(Behaviour), dtype=np.int64)
    draws = np.full(len(kinds), 999_999, dtype=np.int64)
    assert starts(kinds, draws, 3).min() >= 0


def test_reversal_chance_refuser_always_comes_back() -> None:
    kinds = np.array([Behaviour.REFUSER, Behaviour.PUNCTUAL], dtype=np.int64)
    ones = np.ones(2, dtype=np.int64)
    assert reversal_chance(kinds, 5, ones, ones, ones * 999).tolist() == [1_000_000, 1_500]


def test_reason_refuser_ms02_and_poor_without_money() -> None:
    kinds = np.array([Behaviour.REFUSER, Behaviour.TROUBLE, Behaviour.TROUBLE], dtype=np.int64)
    reasons = reason_of(kinds, np.array([3, 3, 8], dtype=np.int64))
    assert [REASONS[int(reason)] for reason in reasons] == ["MS02", "AM04", "MS03"]


def test_days_later_by_reason() -> None:
    codes = np.arange(len(REASONS), dtype=np.int64)
    draw = np.full(len(REASONS), 44, dtype=np.int64)
    days = dict(zip(REASONS, days_later(codes, draw).tolist(), strict=True))
    assert days == {"AM04": 4, "MS03": 4, "MD06": 52, "MD01": 74, "AC04": 4, "MS02": 4}


def test_ends_mandate_by_reason() -> None:
    ends = ends_mandate(np.arange(len(REASONS), dtype=np.int64))
    assert [code for code, end in zip(REASONS, ends, strict=True) if end] == ["MD01", "AC04", "MS02"]
