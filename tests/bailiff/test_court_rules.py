"""The rules of the way to court that need no database: who is another, how a last chance stands, and what comes next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tijdig.arrangements.kinds import EndReason, Kept, Rhythm, State
from tijdig.arrangements.plan import Instalment
from tijdig.arrangements.values import Arrangement
from tijdig.arrangements.watch import Break, Duty, Watched
from tijdig.bailiff.chance import Chance, How, chance, plan_under, usual_conditions
from tijdig.bailiff.eviction_check import Box, Fact, Source, digest, whole
from tijdig.bailiff.kinds import Side
from tijdig.bailiff.next_deed import PAID_UP, next_deed
from tijdig.bailiff.track import Deed, Done, Judgment, tell
from tijdig.bailiff.two_people import SAME_NAME, not_another

DAY = date(2027, 3, 8)
UNTIL = date(2027, 9, 1)
JUDGED = Judgment(
    on=DAY, principal_cents=1, through_on=DAY, interest_cents=0, collection_cents=0, costs_cents=0, dissolved=True,
    eviction=True, vacate_days=14,
)  # fmt: skip
PLAN = Arrangement(
    5, 1, DAY, 20_000, (1,), 1, Rhythm.MONTHLY, 3, State.ACTIVE, None, None, "user:1",
    (Instalment(1, DAY, 10_000), Instalment(2, date(2027, 4, 8), 10_000)), (),
)  # fmt: skip
GIVEN = Done(
    id=9, deed=Deed.LAST_CHANCE, on=DAY, side=Side.PARTNER, actor="user:9", name="Piet", at_on=UNTIL, arrangement_id=5,
)  # fmt: skip
BROKE_ON = date(2027, 4, 12)


def _watched(kept: Kept) -> Watched:
    breaks = (Break(BROKE_ON, Duty(DAY, 1), 1, 0),) if kept is Kept.BROKEN else ()
    return Watched(kept, 0, 0, None, None, breaks)


@pytest.mark.parametrize(
    ("actor", "name", "said"),
    [
        ("user:1", "Wie dan ook", "zelf"),
        ("user:9", "A. de Boer", SAME_NAME),
        ("user:9", "a  de  bóer", SAME_NAME),
        ("user:9", "B. de Boer", ""),
    ],
)
def test_who_is_another(actor: str, name: str, said: str) -> None:
    assert not_another([("user:1", "A. de Boer")], actor, name, "zelf") == said


def test_names_without_letters_are_compared_as_they_are() -> None:
    assert not_another([("user:1", "!")], "user:9", "?", "zelf") == ""


@pytest.mark.parametrize(
    ("plan", "kept", "on", "how"),
    [
        (PLAN, Kept.KEPT, DAY, How.RUNS),
        (PLAN, Kept.BROKEN, BROKE_ON, How.BROKEN),
        (PLAN, Kept.DONE, UNTIL, How.RUNS),
        (PLAN, Kept.DONE, UNTIL + timedelta(days=1), How.KEPT),
        (PLAN, Kept.KEPT, UNTIL + timedelta(days=1), How.RUNS),
        (None, Kept.KEPT, DAY, How.RUNS),
        (replace(PLAN, ended_on=DAY, state=State.CANCELLED), Kept.KEPT, DAY, How.BROKEN),
        (replace(PLAN, ended_on=DAY, state=State.ENDED, end_reason=EndReason.NOT_KEPT), Kept.KEPT, DAY, How.BROKEN),
        (replace(PLAN, ended_on=DAY, state=State.ENDED, end_reason=EndReason.PAID_OFF), Kept.KEPT, DAY, How.RUNS),
    ],
)  # fmt: skip
def test_how_a_last_chance_stands(plan: Arrangement | None, kept: Kept, on: date, how: How) -> None:
    watched = _watched(kept) if plan and plan.ended_on is None else None
    assert chance(GIVEN, plan, watched, on).how is how


def test_a_last_chance_goes_on_with_the_arrangement_that_replaced_its_own() -> None:
    over = replace(PLAN, state=State.ENDED, ended_on=DAY, end_reason=EndReason.REPLACED)
    assert plan_under(GIVEN, [replace(PLAN, id=8), replace(PLAN, id=7), over]) == replace(PLAN, id=7)
    assert plan_under(GIVEN, [over]) == over
    assert plan_under(replace(GIVEN, arrangement_id=None), [PLAN]) is None


def test_the_words_that_are_offered_say_that_it_is_no_new_lease() -> None:
    words = usual_conditions(PLAN, JUDGED)
    assert "de gewone huur op tijd" in words and "2 termijnen, de laatste op 08-04-2027" in words
    assert "geen nieuwe huurovereenkomst" in words and "Het vonnis van 08-03-2027 blijft gelden." in words
    assert "geen nieuwe" not in usual_conditions(PLAN, replace(JUDGED, dissolved=False))


def test_two_lists_of_facts_are_the_same_when_they_say_the_same() -> None:
    facts = [Fact(box, "x", Source.HELP) for box in Box]
    assert whole(facts) and not whole(facts[1:])
    assert digest(facts) == digest([Fact.of(one.plain()) for one in facts])
    assert digest(facts) != digest([replace(facts[0], sentence="y"), *facts[1:]])


def _track(*deeds: Deed, on: date = DAY) -> list[Done]:
    return [
        Done(
            id=number, deed=deed, on=on, side=Side.CORPORATION, actor=f"user:{number}", name=str(number), at_on=UNTIL,
            judgment=JUDGED if deed is Deed.JUDGMENT else None, at="Maastricht",
        )
        for number, deed in enumerate(deeds)
    ]  # fmt: skip


SERVED = (Deed.SUMMONS_PROPOSED, Deed.SUMMONS_AGREED, Deed.SUMMONED, Deed.JUDGMENT, Deed.SERVED)
DECIDED = (
    *SERVED,
    Deed.EVICTION_PROPOSED,
    Deed.MUNICIPALITY_TOLD,
    Deed.EVICTION_AGREED,
    Deed.EVICTION_AGREED,
)


@pytest.mark.parametrize(
    ("deeds", "says"),
    [
        ((), ""),
        (SERVED, "Ontruimen kan vanaf 23-03-2027."),
        ((*SERVED, Deed.EVICTION_PROPOSED), "De corporatie licht de gemeente in"),
        (DECIDED[:-2], "Een van hen is teamleider of manager."),
        (DECIDED, "voor 23-03-2027 of later."),
        ((*DECIDED, Deed.ANNOUNCED), "artikel 14 Gerechtsdeurwaarderswet"),
        ((*DECIDED, Deed.ANNOUNCED, Deed.EVICTION_DAY_TOLD), "Betaalt de huurder alles, stop dan."),
    ],
)
def test_what_comes_next(deeds: tuple[Deed, ...], says: str) -> None:
    assert says in next_deed(tell(_track(*deeds)), 1, None)


@pytest.mark.parametrize(
    ("how", "says"),
    [
        (How.RUNS, "loopt tot en met 01-09-2027"),
        (How.BROKEN, "De laatste kans is gebroken op 12-04-2027. Bel de huurder."),
        (How.KEPT, "sluit het dossier in goed overleg"),
    ],
)
def test_what_comes_next_of_a_last_chance(how: How, says: str) -> None:
    track = tell(_track(*SERVED, Deed.LAST_CHANCE))
    assert says in next_deed(track, 1, Chance(GIVEN, how, BROKE_ON if how is How.BROKEN else None, PLAN))
    assert next_deed(track, 0, None) == PAID_UP


def test_a_judgment_about_money_alone_says_how_a_new_summons_comes() -> None:
    track = tell(_track(*SERVED))
    money = replace(track, judgment=replace(JUDGED, dissolved=False, eviction=False, vacate_days=None))
    assert "geen ontruiming" in next_deed(money, 1, None)
    assert "draag het opnieuw over" in next_deed(money, 1, None)


def test_the_first_day_is_the_one_after_the_term_and_unknown_without_one() -> None:
    done = _track(*SERVED)
    assert tell(done).first_eviction_on == date(2027, 3, 23)
    assert tell(done[:-1]).first_eviction_on is None
    done[3] = replace(done[3], judgment=replace(JUDGED, vacate_days=None))
    assert tell(done).first_eviction_on is None
