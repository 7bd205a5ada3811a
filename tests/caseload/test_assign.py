"""Who gets a tenancy: the same person, else the least loaded of the region, else of all; and why, in a sentence."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tijdig.caseload.absence import Away
from tijdig.caseload.assign import Choice, Consultant, Wanted, choose, holding, lender, previous
from tijdig.caseload.kinds import Why

ON = date(2026, 11, 2)
KEEP = 7
A, B, C = 1, 2, 3


def _away(user: int, days: int | None = None, stand_in: int | None = None) -> Away:
    return Away(user, None if days is None else ON + timedelta(days=days), stand_in)


def _one(
    number: int, region: str = "Noord", week: int = 1800, hand: int = 0, away: Away | None = None
) -> Consultant:
    return Consultant(number, f"Collega {number}", region, week, hand, away=away)


def _given(wanted: list[Wanted], team: list[Consultant]) -> list[Choice]:
    return choose(wanted, team, ON, KEEP)


def _whom(wanted: list[Wanted], team: list[Consultant]) -> dict[int, tuple[int, Why]]:
    return {one.tenancy_id: (one.user_id, one.why) for one in _given(wanted, team)}


def test_the_example_of_the_rule() -> None:
    team = [_one(A, hand=300), _one(B, week=900, hand=200)]
    assert _whom([Wanted(7, "Noord", 15)], team) == {7: (A, Why.REGION)}


def test_continuity_goes_before_region_and_load() -> None:
    team = [_one(A, "Zuid", hand=5000), _one(B)]
    assert _whom([Wanted(7, "Noord", 15, A)], team) == {7: (A, Why.CONTINUITY)}


def test_region_goes_before_load() -> None:
    team = [_one(A, hand=5000), _one(B, "Zuid")]
    assert _whom([Wanted(7, "Noord", 15), Wanted(8, "Oost", 15), Wanted(9, "", 15)], team) == {
        7: (A, Why.REGION),
        8: (B, Why.LOAD),
        9: (B, Why.LOAD),
    }


def test_a_tenant_waits_for_somebody_who_is_back_within_the_days_and_not_longer() -> None:
    other = _one(B, "Zuid")
    for days, expected in ((7, (A, Why.CONTINUITY)), (8, (B, Why.ABSENCE)), (None, (B, Why.ABSENCE))):
        team = [_one(A, away=_away(A, days)), other]
        assert _whom([Wanted(7, "Noord", 15, A)], team) == {7: expected}


def test_who_left_is_no_reason_to_wait() -> None:
    assert _whom([Wanted(7, "Noord", 15, 99)], [_one(A)]) == {7: (A, Why.REGION)}


def test_where_nobody_is_there_only_what_can_wait_is_given() -> None:
    team = [_one(A, away=_away(A, 3)), _one(B, away=_away(B))]
    assert _whom([Wanted(7, "Noord", 15, A), Wanted(8, "Noord", 15)], team) == {7: (A, Why.CONTINUITY)}
    assert _whom([Wanted(7, "Noord", 15)], []) == {}


def test_who_has_no_time_gets_nothing_while_somebody_has() -> None:
    team = [_one(A, week=0), _one(B, "Zuid", hand=9000)]
    assert _whom([Wanted(7, "Noord", 15)], team) == {7: (B, Why.LOAD)}
    assert _whom([Wanted(7, "Noord", 15)], [_one(A, week=0)]) == {7: (A, Why.LOAD)}


def test_each_is_explained_in_a_sentence() -> None:
    team = [_one(A, hand=10), _one(B, hand=20), _one(C, "Zuid"), _one(9, "West", away=_away(9, 3))]
    wanted = [
        Wanted(1, "Noord", 15, B),
        Wanted(2, "Noord", 15),
        Wanted(3, "Zuid", 15),
        Wanted(4, "Oost", 15),
        Wanted(5, "", 15),
        Wanted(6, "Noord", 15, 9),
        Wanted(7, "Zuid", 15, 10),
    ]
    team.append(_one(10, "Zuid", away=_away(10)))
    assert [one.sentence for one in _given(wanted, team)] == [
        "Collega 2 behandelde deze huurder eerder.",
        "Collega 1 heeft van wie in regio Noord werkt het minste werk voor zijn tijd.",
        "Collega 3 is de enige in regio Zuid die er is.",
        "Collega 3 heeft van alle collega's het minste werk voor zijn tijd; in regio Oost is niemand.",
        "Collega 1 heeft van alle collega's het minste werk voor zijn tijd; deze huurder heeft geen regio.",
        "Collega 9 behandelde deze huurder eerder en is snel terug.",
        "Collega 10 is afwezig, en Collega 3 is de enige in regio Zuid die er is.",
    ]


def test_whose_tenancies_are_in_hands() -> None:
    team = [
        _one(1),
        _one(2, away=_away(2)),
        _one(3, away=_away(3, 5)),
        _one(4, away=_away(4, None, 1)),
        _one(5, away=_away(5, None, 2)),
    ]
    assert holding(team, ON, KEEP) == {1, 3, 4}


def test_who_should_have_it_again() -> None:
    team = {one.id: one for one in (_one(A), _one(B, away=_away(B)), _one(C, away=_away(C, 3)))}

    def again(*rows: tuple[int, Why]) -> int | None:
        return previous(rows, team, ON, KEEP)

    assert again() is None
    assert again((A, Why.REGION)) == A
    assert again((99, Why.REGION)) is None
    assert again((B, Why.ABSENCE), (A, Why.REGION)) == A, "who only stood in does not stand in the way"
    assert again((B, Why.BY_HAND), (A, Why.REGION)) == B, "what a person decided does"
    assert again((99, Why.ABSENCE), (B, Why.ABSENCE), (C, Why.LOAD), (A, Why.LOAD)) == C
    assert again((99, Why.ABSENCE), (B, Why.LOAD)) == B


def test_whose_it_is_that_somebody_only_has_because_of_an_absence() -> None:
    assert lender([(A, Why.LOAD)], {A, B, C}) is None
    assert lender([(B, Why.ABSENCE), (A, Why.LOAD)], {A, B, C}) == A
    assert lender([(C, Why.ABSENCE), (B, Why.ABSENCE), (A, Why.LOAD)], {A, B, C}) == A, (
        "lent twice is lent by the first"
    )
    assert lender([(C, Why.ABSENCE), (B, Why.ABSENCE), (A, Why.LOAD)], {B, C}) == B, "who left lends nothing"
    assert lender([(C, Why.ABSENCE), (B, Why.BY_HAND), (A, Why.LOAD)], {A, B, C}) == B, "a decision stays"
    assert lender([(A, Why.ABSENCE), (B, Why.ABSENCE), (A, Why.LOAD)], {A, B, C}) is None, (
        "it is with its owner"
    )
    assert lender([(B, Why.ABSENCE), (A, Why.LOAD)], {B}) is None


REGIONS = st.sampled_from(["Noord", "Zuid", "Oost", ""])
TEAMS = st.lists(
    st.tuples(
        REGIONS,
        st.sampled_from([0, 300, 900, 1800]),
        st.integers(0, 2000),
        st.sampled_from(["here", "here", "soon", "long"]),
    ),
    max_size=6,
).map(
    lambda rows: [
        _one(
            at + 1,
            region,
            week,
            hand,
            {"here": None, "soon": _away(at + 1, 3), "long": _away(at + 1)}[there],
        )
        for at, (region, week, hand, there) in enumerate(rows)
    ]
)
WORK = st.lists(st.tuples(REGIONS, st.integers(0, 60), st.none() | st.integers(1, 8)), max_size=30).map(
    lambda rows: [Wanted(at, *row) for at, row in enumerate(rows)]
)


@given(WORK, TEAMS)
def test_nobody_is_without_somebody_while_somebody_is_there(
    wanted: list[Wanted], team: list[Consultant]
) -> None:
    found = _given(wanted, team)
    if any(one.away is None for one in team):
        assert [one.tenancy_id for one in found] == [one.tenancy_id for one in wanted]
    assert all(one.sentence for one in found)


@given(WORK, TEAMS)
def test_nobody_gets_work_who_is_away_but_his_own(wanted: list[Wanted], team: list[Consultant]) -> None:
    away = {one.id for one in team if one.away}
    before = {one.tenancy_id: one.previous_id for one in wanted}
    for one in _given(wanted, team):
        assert one.user_id not in away or one.user_id == before[one.tenancy_id]


@given(WORK, TEAMS)
def test_continuity_is_kept(wanted: list[Wanted], team: list[Consultant]) -> None:
    keeping = {one.id for one in team if one.keeps(ON, KEEP)}
    found = _whom(wanted, team)
    for one in wanted:
        kept = found.get(one.tenancy_id, (0, Why.LOAD)) == (one.previous_id, Why.CONTINUITY)
        assert kept == (one.previous_id in keeping)


@given(WORK, TEAMS, st.randoms())
def test_the_same_question_has_the_same_answer_in_any_order(
    wanted: list[Wanted], team: list[Consultant], shuffled: object
) -> None:
    found = _given(wanted, team)
    shuffled.shuffle(wanted)  # type: ignore[attr-defined]
    shuffled.shuffle(team)  # type: ignore[attr-defined]
    assert _given(wanted, team) == found


@given(WORK, TEAMS)
def test_the_balance_is_bound_by_the_largest_piece(wanted: list[Wanted], team: list[Consultant]) -> None:
    """Whoever got work by load has no more of his time full than another of the same pool with one piece on top."""
    most = max((one.minutes for one in wanted), default=0)
    minutes = {one.tenancy_id: one.minutes for one in wanted}
    regions = {one.tenancy_id: one.region for one in wanted}
    found = _given(wanted, team)
    ends = {one.id: one.hand_minutes for one in team}
    for choice in found:
        ends[choice.user_id] += minutes[choice.tenancy_id]
    by_id = {one.id: one for one in team}
    here = [one for one in team if one.away is None and one.week_minutes]
    for choice in found:
        if choice.why is Why.CONTINUITY:
            continue
        got = by_id[choice.user_id]
        of_region = [
            one for one in here if regions[choice.tenancy_id] and one.region == regions[choice.tenancy_id]
        ]
        for other in of_region or here:
            assert ends[got.id] * other.week_minutes <= (ends[other.id] + most) * got.week_minutes
