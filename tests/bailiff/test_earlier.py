"""What of earlier files still counts: pure, and against a slow telling of the same."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tijdig.bailiff.costs import AWARDED, Act, Charged, Payer, sums
from tijdig.bailiff.earlier import Earlier, Posted, as_of, beside, beside_claim, came_in_before, of_tenancy
from tijdig.bailiff.track import Judgment

DAY = date(2024, 5, 1)


def _judged(on: date = DAY, costs_cents: int = 60_000) -> Judgment:
    return Judgment(
        on=on, principal_cents=210_000, through_on=on, interest_cents=0, collection_cents=0, costs_cents=costs_cents,
        dissolved=True, eviction=True,
    )  # fmt: skip


def _cost(act: Act, cents: int, on: date = DAY, received_on: date | None = None) -> Charged:
    return Charged(act=act, payer=Payer.TENANT, on=on, cents=cents, vat_cents=0, received_on=received_on)


def _file(number: int, *costs: Charged, judgment: Judgment | None = None) -> Earlier:
    return Earlier(number, DAY + timedelta(days=number), costs, judgment)


AWARDED_COSTS = _cost(Act.AWARDED_COSTS, 60_000)
JUDGED = _file(1, _cost(Act.SUMMONS, 11_237), AWARDED_COSTS, judgment=_judged())


def test_what_a_file_that_ended_left_is_owed_in_the_next() -> None:
    found = of_tenancy([_cost(Act.JUDGMENT_SERVED, 12_234, DAY + timedelta(days=40))], None, [JUDGED])
    assert (found.owed_cents, found.earlier_cents, found.sums.owed_cents) == (72_234, 60_000, 12_234)
    assert [(one.file_id, one.cents) for one in found.left] == [(1, 60_000)]
    assert found.judgment == JUDGED.judgment


def test_a_summons_that_no_court_awarded_is_owed_by_nobody() -> None:
    found = of_tenancy((), None, [_file(1, _cost(Act.SUMMONS, 11_237), _cost(Act.COURT_FEE, 37_200))])
    assert (found.owed_cents, found.left) == (0, ())
    later = _file(2, _cost(Act.SUMMONS, 11_237, DAY + timedelta(days=90)))
    assert of_tenancy((), None, [JUDGED, later]).owed_cents == 60_000  # of after the judgment, for another


def test_a_new_summons_after_a_judgment_of_before_may_come_and_is_not_owed() -> None:
    found = of_tenancy([_cost(Act.SUMMONS, 11_237, DAY + timedelta(days=90))], None, [JUDGED])
    assert (found.sums.owed_cents, found.sums.may_come_cents, found.owed_cents) == (0, 11_237, 60_000)
    assert found.booked == {Act.SUMMONS}


def test_a_judgment_that_is_written_down_again_counts_once() -> None:
    again = of_tenancy([_cost(Act.AWARDED_COSTS, 60_000)], _judged(), [JUDGED])
    assert (again.owed_cents, again.left) == (60_000, ())
    served = _file(1, AWARDED_COSTS, _cost(Act.JUDGMENT_SERVED, 12_234), judgment=_judged())
    assert of_tenancy([_cost(Act.AWARDED_COSTS, 60_000)], _judged(), [served]).owed_cents == 72_234
    other = DAY + timedelta(days=400)
    both = of_tenancy([_cost(Act.AWARDED_COSTS, 50_000, other)], _judged(other, 50_000), [JUDGED])
    assert (both.owed_cents, both.judgment) == (110_000, _judged(other, 50_000))


def test_what_was_paid_of_it_before_stays_paid() -> None:
    paid = _file(1, _cost(Act.AWARDED_COSTS, 60_000, received_on=DAY), judgment=_judged())
    assert of_tenancy((), None, [paid]).owed_cents == 0
    assert came_in_before([paid], Act.AWARDED_COSTS, DAY, 60_000) == DAY
    assert came_in_before([paid], Act.AWARDED_COSTS, DAY, 60_001) is None
    assert came_in_before([paid], Act.AWARDED_INTEREST, DAY, 60_000) is None
    assert came_in_before([paid], Act.AWARDED_COSTS, DAY + timedelta(days=1), 60_000) is None
    assert came_in_before([JUDGED], Act.AWARDED_COSTS, DAY, 60_000) is None


@pytest.mark.parametrize(
    ("put", "cents"),
    [
        (Posted(), 61_000),
        (Posted(court_cents=60_000), 1_000),
        (Posted(court_cents=61_000), 0),
        (Posted(court_cents=99_000), 0),
        (Posted(letters_cents=500), 60_500),
        (Posted(letters_cents=4_500), 60_000),  # new collection costs, which no court awarded
        (Posted(court_cents=-1), 61_000),
    ],
)
def test_what_stands_on_the_account_is_not_owed_beside_it(put: Posted, cents: int) -> None:
    known = _file(1, AWARDED_COSTS, _cost(Act.AWARDED_INTEREST, 1_000), judgment=_judged())
    assert beside(of_tenancy((), None, [known]), put) == cents


@pytest.mark.parametrize(("claimed", "cents"), [(0, 61_000), (400, 60_600), (1_000, 60_000), (9_000, 60_000)])
def test_beside_a_claim_its_own_interest_and_collection_costs_are_not_counted_twice(
    claimed: int, cents: int
) -> None:
    known = _file(1, AWARDED_COSTS, _cost(Act.AWARDED_INTEREST, 1_000), judgment=_judged())
    assert beside_claim(of_tenancy((), None, [known]), Posted(), claimed) == cents
    assert beside_claim(of_tenancy((), None, [known]), Posted(court_cents=61_000), claimed) == 0


def test_as_of_a_day_what_came_later_is_not_there() -> None:
    assert of_tenancy((), None, as_of([JUDGED], DAY - timedelta(days=1))).owed_cents == 0
    assert of_tenancy((), None, as_of([JUDGED], DAY)).owed_cents == 60_000


COSTS = st.builds(
    _cost,
    st.sampled_from([one for one in Act if one is not Act.AGREED]),
    st.integers(1, 100_000),
    st.dates(DAY, DAY + timedelta(days=30)),
    st.none() | st.just(DAY + timedelta(days=30)),
)
FILES = st.lists(
    st.tuples(st.lists(COSTS, max_size=4), st.none() | st.dates(DAY, DAY + timedelta(days=3))), max_size=4
)


@given(FILES)
def test_every_way_of_cutting_it_into_files_owes_the_same_as_file_by_file(
    told: list[tuple[list[Charged], date | None]],
) -> None:
    files = [
        _file(number, *costs, judgment=_judged(on) if on else None)
        for number, (costs, on) in enumerate(told, 1)
    ]
    owed, judged_on = 0, None
    for at, one in enumerate(files):
        judged_on = one.judgment.on if one.judgment else judged_on
        later = [each.judgment.on for each in files[at + 1 :] if each.judgment]
        again = one.judgment is not None and one.judgment.on in later
        owed += sums(
            [each for each in one.costs if not (again and each.act in AWARDED)], judged_on
        ).owed_cents
    assert of_tenancy((), None, files).owed_cents == owed
    if files:  # the last is the one that is open now
        last = files[-1]
        assert of_tenancy(last.costs, last.judgment, files[:-1]).owed_cents == owed
