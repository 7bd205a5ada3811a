"""Causes: what several people noticed as one standing, what may be written down, and the guide of each."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as some
from tests.help import neighbours
from tests.letters import offices

from tijdig.access.scope import organisation_scope
from tijdig.base.not_done import NotDone
from tijdig.contacts.kinds import Cause
from tijdig.help.actions_cause import note_causes
from tijdig.help.cause import ENDS, HOLDS, CauseDraft, NoticedBy, Says, Sighting, faults, noticer, standings
from tijdig.help.guides import fitting, guide, guides
from tijdig.help.helper import Helper, HelperKind
from tijdig.help.queries_cause import causes_of

TODAY = offices.TODAY
MARCH = date(2026, 3, 3)


def seen(
    cause: Cause = Cause.ILLNESS,
    says: Says = Says.GUESS,
    on: date = MARCH,
    by: NoticedBy = NoticedBy.CARETAKER,
    seq: int = 0,
) -> Sighting:
    return Sighting(
        cause=cause,
        says=says,
        noticed_by=by,
        noticed_on=on,
        recorded_at=offices.NOON + timedelta(seconds=seq),
        actor="user:1",
    )


def test_the_surest_word_counts_and_the_first_noticer_is_named() -> None:
    told = seen(says=Says.TOLD, on=MARCH + timedelta(days=7), by=NoticedBy.TENANT)
    (one,) = standings([told, seen()])
    assert (one.says, one.first.noticed_by, one.first.noticed_on, one.holds) == (
        Says.TOLD,
        NoticedBy.CARETAKER,
        MARCH,
        True,
    )


def test_over_ends_all_of_before_and_a_new_sighting_begins_anew() -> None:
    over = seen(says=Says.OVER, on=MARCH + timedelta(days=9))
    (one,) = standings([seen(says=Says.SURE), over])
    assert (one.says, one.holds) == (Says.OVER, False)
    again = seen(on=MARCH + timedelta(days=30), by=NoticedBy.BAILIFF)
    (one,) = standings([seen(says=Says.SURE), over, again])
    assert (one.says, one.first.noticed_by) == (Says.GUESS, NoticedBy.BAILIFF)


def test_those_that_hold_come_first_and_the_surest_of_them() -> None:
    found = standings(
        [
            seen(Cause.FORGOT, Says.MISTAKE),
            seen(Cause.WORK_LOST, Says.SURE),
            seen(Cause.LANGUAGE, Says.GUESS, MARCH + timedelta(days=1)),
        ]
    )
    assert [one.cause for one in found] == [Cause.WORK_LOST, Cause.LANGUAGE, Cause.FORGOT]


_SIGHTINGS = some.lists(
    some.builds(
        seen,
        some.sampled_from(list(Cause)),
        some.sampled_from(list(Says)),
        some.integers(0, 40).map(lambda days: MARCH + timedelta(days=days)),
        some.sampled_from(list(NoticedBy)),
        some.integers(0, 9),
    ),
    max_size=12,
)


@given(_SIGHTINGS)
def test_each_cause_stands_once_and_the_last_end_decides(sightings: list[Sighting]) -> None:
    found = standings(sightings)
    assert sorted(one.cause for one in found) == sorted({one.cause for one in sightings})
    for one in found:
        order = sorted(
            (each for each in sightings if each.cause is one.cause),
            key=lambda s: (s.noticed_on, s.recorded_at),
        )
        assert one.holds == (order[-1].says in HOLDS)
        if one.holds:
            last_end = max((n for n, each in enumerate(order) if each.says in ENDS), default=-1)
            assert HOLDS.index(one.says) == max(HOLDS.index(each.says) for each in order[last_end + 1 :])


def test_every_cause_has_a_guide_that_asks_and_offers() -> None:
    assert set(guides()) == set(Cause)
    for one in guides().values():
        assert one.begin.endswith("?") or one.begin.endswith(".")
        assert one.ask and one.offer and one.avoid


def test_helpers_that_fit_come_first_in_the_order_of_the_guide() -> None:
    def helper(pk: int, kind: HelperKind) -> Helper:
        return Helper(
            id=pk,
            kind=kind,
            name=f"h{pk}",
            municipality_id=None,
            municipality="",
            phone="14010",
            email="",
            how="",
            asks_consent=True,
            ended_on=None,
        )

    known = [
        helper(1, HelperKind.CARE),
        helper(2, HelperKind.BUDGET_COACH),
        helper(3, HelperKind.DEBT_COUNSELLING),
    ]
    found = fitting(known, [Cause.SEVERAL_DEBTS])
    assert [one.id for one in found] == [3, 2, 1]
    assert guide(Cause.SEVERAL_DEBTS).helpers[0] is HelperKind.DEBT_COUNSELLING


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"causes": []}, "Kies wat er achter de achterstand zit."),
        ({"causes": ["astrology"]}, "Kies wat er achter de achterstand zit."),
        ({"says": "maybe"}, "Kies hoe zeker het is."),
        ({"noticed_by": "neighbour"}, "Kies wie het opmerkte."),
        (
            {"noticed_on": TODAY + timedelta(days=1)},
            "Kies een dag tot en met vandaag, ten hoogste een jaar terug.",
        ),
        ({"causes": ["other"]}, "Schrijf bij 'iets anders' in een paar woorden wat het is."),
        ({"words": "x" * 1001}, "Schrijf ten hoogste 1000 tekens."),
    ],
)
def test_what_may_not_be_written_down(more: dict[str, object], sentence: str) -> None:
    given = {
        "tenancy_id": 1,
        "causes": ["illness"],
        "says": "told",
        "noticed_by": "tenant",
        "noticed_on": TODAY,
    } | more
    assert list(faults(CauseDraft(**given), TODAY)) == [sentence]  # type: ignore[arg-type]


def test_a_bailiff_and_a_caretaker_notice_as_themselves() -> None:
    assert noticer("caretaker") is NoticedBy.CARETAKER
    assert noticer("bailiff") is NoticedBy.BAILIFF
    assert noticer("team_lead") is NoticedBy.CONSULTANT


def _note(organisation: int, tenancy: int, asked_as: object = None, **more: object) -> list[int]:
    given: dict[str, object] = {
        "causes": ["illness", "work_lost"],
        "says": "guess",
        "noticed_by": "caretaker",
        "noticed_on": TODAY - timedelta(days=3),
        "words": "Vertelde het op de galerij.",
    }
    return note_causes(
        organisation_id=organisation,
        actor="user:9",
        name="Henk de Huismeester",
        draft=CauseDraft(tenancy_id=tenancy, **(given | more)),  # type: ignore[arg-type]
        asked_as=asked_as or uuid4(),  # type: ignore[arg-type]
        on=TODAY,
    )


def test_what_was_ticked_at_a_contact_and_noted_apart_stand_together(organisation: int) -> None:
    tenancy = neighbours.ready(organisation)
    first = _note(organisation, tenancy)
    with organisation_scope(organisation):
        found = {one.cause: one for one in causes_of(tenancy, TODAY)}
    assert found[Cause.ILLNESS].first.name == "Henk de Huismeester"
    assert found[Cause.ILLNESS].last.words == "Vertelde het op de galerij."
    assert len(first) == 2


def test_the_same_form_twice_is_one(organisation: int) -> None:
    tenancy, form = neighbours.ready(organisation), uuid4()
    assert _note(organisation, tenancy, form) == _note(organisation, tenancy, form)
    with organisation_scope(organisation):
        assert [len(one.sightings) for one in causes_of(tenancy, TODAY)] == [1, 1]


def test_nothing_is_written_at_a_tenancy_that_is_not_there(organisation: int) -> None:
    with pytest.raises(NotDone, match="Deze huurder is er niet"):
        _note(organisation, 999_999)
