"""Where a file stands before the court, and what may follow."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tijdig.bailiff.kinds import Side
from tijdig.bailiff.track import DECISIONS, Deed, Done, Judgment, Stage, possible, tell

DAY = date(2026, 11, 21)
JUDGED = Judgment(
    on=DAY, principal_cents=210_000, through_on=DAY, interest_cents=0, collection_cents=0, costs_cents=50_000,
    dissolved=True, eviction=True,
)  # fmt: skip


def _done(*deeds: Deed | tuple[Deed, str]) -> list[Done]:
    found = []
    for number, one in enumerate(deeds):
        deed, actor = one if isinstance(one, tuple) else (one, "user:1")
        found.append(
            Done(
                id=number, deed=deed, on=DAY, side=Side.CORPORATION, actor=actor, name=actor, at_on=DAY,
                judgment=JUDGED if deed is Deed.JUDGMENT else None,
            )
        )  # fmt: skip
    return found


TO_COURT = (Deed.SUMMONS_PROPOSED, Deed.SUMMONS_AGREED, Deed.SUMMONED)
TO_JUDGMENT = (*TO_COURT, Deed.JUDGMENT, Deed.SERVED)


@pytest.mark.parametrize(
    ("deeds", "stage"),
    [
        ((), Stage.NONE),
        (TO_COURT, Stage.SUMMONED),
        ((Deed.SUMMONS_PROPOSED, Deed.SUMMONS_REFUSED), Stage.NONE),
        (TO_JUDGMENT, Stage.SERVED),
        ((*TO_JUDGMENT, Deed.LAST_CHANCE), Stage.LAST_CHANCE),
        ((*TO_JUDGMENT, Deed.LAST_CHANCE, Deed.LAST_CHANCE_OVER), Stage.SERVED),
        ((*TO_JUDGMENT, Deed.EVICTION_PROPOSED, (Deed.EVICTION_AGREED, "user:1")), Stage.EVICTION_PROPOSED),
        (
            (*TO_JUDGMENT, Deed.EVICTION_PROPOSED, (Deed.EVICTION_AGREED, "user:1"), (Deed.EVICTION_AGREED, "user:1")),
            Stage.EVICTION_PROPOSED,
        ),
        (
            (*TO_JUDGMENT, Deed.EVICTION_PROPOSED, (Deed.EVICTION_AGREED, "user:1"), (Deed.EVICTION_AGREED, "user:2")),
            Stage.EVICTION_AGREED,
        ),
        ((*TO_JUDGMENT, Deed.STOPPED), Stage.SERVED),
        ((*TO_COURT, Deed.STOPPED), Stage.NONE),
    ],
)  # fmt: skip
def test_where_it_stands(deeds: tuple[Deed, ...], stage: Stage) -> None:
    assert tell(_done(*deeds)).stage is stage


def test_a_last_chance_voids_what_was_decided_about_an_eviction() -> None:
    track = tell(
        _done(
            *TO_JUDGMENT, Deed.EVICTION_PROPOSED, (Deed.EVICTION_AGREED, "user:1"), (Deed.EVICTION_AGREED, "user:2"),
            Deed.MUNICIPALITY_TOLD, Deed.ANNOUNCED, Deed.LAST_CHANCE, Deed.LAST_CHANCE_OVER, Deed.EVICTION_PROPOSED,
            (Deed.EVICTION_AGREED, "user:1"),
        )
    )  # fmt: skip
    assert track.stage is Stage.EVICTION_PROPOSED
    assert len(track.agreed) == 1
    assert not track.told
    assert track.announced is None


def test_without_an_eviction_in_the_judgment_none_can_be_proposed() -> None:
    done = _done(*TO_JUDGMENT)
    assert Deed.EVICTION_PROPOSED in possible(tell(done), Side.PARTNER, "user:9")
    mild = Judgment(
        on=DAY, principal_cents=1, through_on=DAY, interest_cents=0, collection_cents=0, costs_cents=0,
        dissolved=False, eviction=False,
    )  # fmt: skip
    done[3] = Done(id=3, deed=Deed.JUDGMENT, on=DAY, side=Side.PARTNER, actor="x", name="x", judgment=mild)
    assert Deed.EVICTION_PROPOSED not in possible(tell(done), Side.PARTNER, "user:9")


def test_an_eviction_is_announced_after_the_municipality_knows() -> None:
    agreed = [*TO_JUDGMENT, Deed.EVICTION_PROPOSED, (Deed.EVICTION_AGREED, "a"), (Deed.EVICTION_AGREED, "b")]
    assert Deed.ANNOUNCED not in possible(tell(_done(*agreed)), Side.PARTNER, "p")
    assert Deed.ANNOUNCED in possible(tell(_done(*agreed, Deed.MUNICIPALITY_TOLD)), Side.PARTNER, "p")


def test_what_is_put_off_is_announced_again_and_its_day_is_told_again() -> None:
    way = [*TO_JUDGMENT, Deed.EVICTION_PROPOSED, (Deed.EVICTION_AGREED, "a"), (Deed.EVICTION_AGREED, "b"),
           Deed.MUNICIPALITY_TOLD, Deed.ANNOUNCED, Deed.EVICTION_DAY_TOLD]  # fmt: skip
    told = tell(_done(*way))
    assert {Deed.EVICTED, Deed.ANNOUNCED} <= set(possible(told, Side.PARTNER, "p"))
    again = _done(*way, Deed.ANNOUNCED)
    track = tell(again)
    assert (track.stage, track.announced, track.day_told) == (Stage.ANNOUNCED, again[-1], None)
    assert [one.id for one in track.days if one.deed is Deed.ANNOUNCED] == [again[-1].id]
    assert Deed.EVICTED not in possible(track, Side.PARTNER, "p")
    assert Deed.EVICTION_DAY_TOLD in possible(track, Side.PARTNER, "p")
    assert len(track.agreed) == 2


@given(st.lists(st.tuples(st.integers(0, 20), st.sampled_from(["user:1", "user:2", "user:3"])), max_size=40))
def test_whoever_walks_it_no_eviction_is_announced_without_two_people_and_no_partner_decides(
    walk: list[tuple[int, str]],
) -> None:
    """Any walk along what may follow: at every announcement two different people said yes since the proposal."""
    done: list[Done] = []
    for number, actor in walk:
        track = tell(done)
        assert not set(possible(track, Side.PARTNER, actor)) & DECISIONS
        may = possible(track, Side.CORPORATION, actor)
        if not may:
            break
        deed = may[number % len(may)]
        done += [
            Done(
                id=len(done), deed=deed, on=DAY, side=Side.CORPORATION, actor=actor, name=actor, at_on=DAY,
                judgment=JUDGED if deed is Deed.JUDGMENT else None,
            )
        ]  # fmt: skip
        if deed in (Deed.ANNOUNCED, Deed.EVICTED):
            last = max(at for at, one in enumerate(done) if one.deed is Deed.EVICTION_PROPOSED)
            assert len({one.actor for one in done[last:] if one.deed is Deed.EVICTION_AGREED}) == 2
