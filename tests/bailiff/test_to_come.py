"""What is still to come for a tenant, stage by stage: what nobody booked and no court decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tijdig.bailiff.costs import Act
from tijdig.bailiff.kinds import Side
from tijdig.bailiff.to_come import Ahead, to_come
from tijdig.bailiff.track import Deed, Done, Judgment, tell

DAY = date(2024, 5, 1)
SUMMONS, FEE, SALARY, SERVICE, NOTICE, EVICTION = 11_237, 37_200, 40_800, 12_234, 8_933, 28_868
STEPS = (NOTICE, EVICTION)
JUDGED = Judgment(
    on=DAY, principal_cents=210_000, through_on=DAY, interest_cents=0, collection_cents=0, costs_cents=80_000,
    dissolved=True, eviction=True,
)  # fmt: skip
MONEY = Judgment(
    on=DAY, principal_cents=210_000, through_on=DAY, interest_cents=0, collection_cents=0, costs_cents=80_000,
    dissolved=False, eviction=False,
)  # fmt: skip
P, A, S, J = Deed.SUMMONS_PROPOSED, Deed.SUMMONS_AGREED, Deed.SUMMONED, Deed.JUDGMENT
TO_COURT, JUDGMENT = (P, A, S), (P, A, S, J)
SERVED = (*JUDGMENT, Deed.SERVED)
DECIDED = (*SERVED, Deed.EVICTION_PROPOSED, Deed.EVICTION_AGREED, Deed.MUNICIPALITY_TOLD)


def _done(number: int, deed: Deed, judgment: Judgment, at_on: date | None) -> Done:
    return Done(
        id=number, deed=deed, on=DAY, side=Side.CORPORATION, actor=f"user:{number}", name="An", at_on=at_on,
        judgment=judgment if deed is J else None,
    )  # fmt: skip


def _ahead(
    deeds: Sequence[Deed],
    *booked: Act,
    claim_cents: int = 210_000,
    judgment: Judgment = JUDGED,
    before: Judgment | None = None,
    on: date = DAY,
    at_on: date | None = None,
) -> Ahead:
    track = tell([_done(number, deed, judgment, at_on) for number, deed in enumerate(deeds)])
    return Ahead(
        track=track,
        judgment=track.judgment or before,
        booked=frozenset(booked),
        claim_cents=claim_cents,
        on=on,
    )


@pytest.mark.parametrize(
    ("deeds", "booked", "cents"),
    [
        ((), (), (SUMMONS, FEE, SALARY, SERVICE, *STEPS)),
        ((P,), (), (SUMMONS, FEE, SALARY, SERVICE, *STEPS)),
        ((P, A), (), (SUMMONS, FEE, SALARY, SERVICE, *STEPS)),
        ((P, Deed.SUMMONS_REFUSED), (), (SUMMONS, FEE, SALARY, SERVICE, *STEPS)),
        (TO_COURT, (), (SUMMONS, FEE, SALARY, SERVICE, *STEPS)),
        (TO_COURT, (Act.SUMMONS,), (FEE, SALARY, SERVICE, *STEPS)),
        (TO_COURT, (Act.SUMMONS, Act.COURT_FEE), (SALARY, SERVICE, *STEPS)),
        ((*TO_COURT, Deed.HEARING), (Act.SUMMONS, Act.COURT_FEE), (SALARY, SERVICE, *STEPS)),
        (JUDGMENT, (), (SERVICE, *STEPS)),
        ((*JUDGMENT, Deed.LAST_CHANCE), (), (SERVICE, *STEPS)),
        ((*JUDGMENT, Deed.LAST_CHANCE, Deed.LAST_CHANCE_OVER), (), (SERVICE, *STEPS)),
        ((*JUDGMENT, Deed.STOPPED), (), (SERVICE, *STEPS)),
        (SERVED, (Act.JUDGMENT_SERVED,), STEPS),
        (SERVED, (), (SERVICE, *STEPS)),
        ((*SERVED, Deed.LAST_CHANCE), (Act.JUDGMENT_SERVED,), STEPS),
        ((*SERVED, Deed.EVICTION_PROPOSED), (Act.JUDGMENT_SERVED,), STEPS),
        (DECIDED, (Act.JUDGMENT_SERVED,), STEPS),
        ((*DECIDED, Deed.ANNOUNCED), (Act.JUDGMENT_SERVED, Act.NOTICE), (EVICTION,)),
        ((*DECIDED, Deed.ANNOUNCED, Deed.EVICTED), (Act.JUDGMENT_SERVED, Act.NOTICE, Act.EVICTION), ()),
    ],
)
def test_each_stage_has_what_is_not_booked_and_not_decided(
    deeds: Sequence[Deed], booked: Sequence[Act], cents: tuple[int, ...]
) -> None:
    found = to_come(_ahead(deeds, *booked))
    assert (tuple(one.cents for one in found.lines), found.unknown) == (cents, ())


def test_a_deed_that_was_done_and_not_booked_says_so() -> None:
    first, *_rest = to_come(_ahead(SERVED)).lines
    assert first.label == "Deurwaarder: betekening van een vonnis, zonder btw. Gedaan, nog niet geboekt."
    assert not any("Gedaan" in one.label for one in to_come(_ahead(JUDGMENT)).lines)


def test_without_an_eviction_in_the_judgment_none_is_ahead() -> None:
    assert [one.cents for one in to_come(_ahead(JUDGMENT, judgment=MONEY)).lines] == [SERVICE]


def test_a_judgment_of_an_earlier_file_needs_no_court_unless_it_gave_no_eviction() -> None:
    assert [one.cents for one in to_come(_ahead((), before=JUDGED)).lines] == [SERVICE, *STEPS]
    assert to_come(_ahead((), before=MONEY)) == to_come(_ahead(()))
    assert to_come(_ahead(TO_COURT, before=JUDGED)) == to_come(_ahead(TO_COURT))  # a new summons


def test_every_amount_has_its_source_and_what_is_not_confirmed_is_provisional() -> None:
    found = {one.cents: one for one in to_come(_ahead(())).lines}
    assert all(one.sources for one in found.values())
    assert [cents for cents, one in found.items() if one.provisional] == [SALARY, EVICTION]


def test_what_the_law_does_not_know_is_named_and_not_counted() -> None:
    found = to_come(_ahead((), on=date(2026, 11, 2)))
    assert [one.cents for one in found.lines] == [39_700, 43_400]
    (told,) = found.unknown
    assert told.startswith("Dagvaarding, betekening van het vonnis, aanzegging, ontruiming: Het tarief")
    assert "vanaf 01-01-2026 niet bekend" in told


def test_the_court_fee_is_of_the_first_docket_day() -> None:
    found = to_come(_ahead(TO_COURT, on=date(2025, 12, 20), at_on=date(2026, 1, 14)))
    assert 39_700 in [one.cents for one in found.lines]


def test_where_nothing_is_open_nothing_is_ahead_before_a_summons_and_its_costs_are_after_it() -> None:
    assert to_come(_ahead((), claim_cents=0)).lines == ()
    assert [one.cents for one in to_come(_ahead(TO_COURT, claim_cents=0)).lines] == [SUMMONS, SERVICE, *STEPS]


PATHS = st.sampled_from([(), (P,), (P, A), TO_COURT, JUDGMENT, SERVED, (*SERVED, Deed.LAST_CHANCE), DECIDED])
ACTS = st.sets(st.sampled_from([Act.SUMMONS, Act.COURT_FEE, Act.JUDGMENT_SERVED, Act.NOTICE, Act.EVICTION]))


@given(PATHS, ACTS, st.integers(1, 1_000_000))
def test_booking_takes_exactly_that_line_away(deeds: Sequence[Deed], booked: set[Act], claim: int) -> None:
    every = to_come(_ahead(deeds, claim_cents=claim)).lines
    left = to_come(_ahead(deeds, *booked, claim_cents=claim)).lines
    assert [one for one in every if one in left] == list(left)
    assert len(every) - len(left) <= len(booked)
    for act in booked:
        alone = to_come(_ahead(deeds, act, claim_cents=claim)).lines
        assert not set(left) - set(alone)


@given(st.integers(1, 1_000_000))
def test_it_never_grows_on_the_way(claim: int) -> None:
    """Each step takes away what it decided or booked, and adds nothing."""
    way = [(), (P,), (P, A), TO_COURT, JUDGMENT, SERVED, DECIDED, (*DECIDED, Deed.ANNOUNCED)]
    sums = [sum(one.cents for one in to_come(_ahead(deeds, claim_cents=claim)).lines) for deeds in way]
    assert sums == sorted(sums, reverse=True)
