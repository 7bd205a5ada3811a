"""A way of working written as a document again, with other numbers, and told beside another one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.policy.mutated import (
    Change,
    ahead_of,
    deadlines,
    dropped,
    moved_ahead,
    mutated,
    pauses,
    step,
    without,
)

from tijdig.arrears.condition_words import asked
from tijdig.policy.conditions import Condition
from tijdig.policy.differences import differences
from tijdig.policy.document import default_policy, read_policy
from tijdig.policy.regions import MOST, domain
from tijdig.policy.words import FLAGS, YES_NO, Comparison, Feature
from tijdig.policy.writing import sliders, text_of, with_numbers

POLICY = default_policy()
KEYS = [one.key for one in sliders(POLICY)]


@given(st.dictionaries(st.sampled_from(KEYS), st.integers(0, 10**6), max_size=5))
def test_what_is_written_reads_back_as_the_same_policy(numbers: dict[str, int]) -> None:
    moved = with_numbers(POLICY, numbers, version="2027-1")
    read, problems = read_policy(text_of(moved))
    assert (read, problems) == (moved, ())
    values = {one.key: one.value for one in sliders(moved)}
    assert values == {one.key: numbers.get(one.key, one.value) for one in sliders(POLICY)}


def test_numbers_that_are_not_there_change_nothing() -> None:
    assert with_numbers(POLICY, {"call:9": 3, "nobody:0": 3, "paused:0": 0}) == POLICY


def test_every_slider_reaches_its_own_value() -> None:
    for one in sliders(POLICY):
        assert one.least <= one.value <= one.most and one.by > 0
        assert one.condition is not None and one.condition.feature not in FLAGS


CHANGES: dict[str, tuple[Change, str, str]] = {
    "a number": (
        step("call", when=["days_overdue >= 6", "talked_since_due = nee"]), "Bellen",
        "Als de oudste achterstand is te laat: ten minste 6 dagen; was: de oudste achterstand is te laat: ten minste 5 ",
    ),
    "a condition less": (dropped("early_signal", "contact_sought = ja"), "Vroegsignaal doen", "Niet meer alleen als "),
    "a condition more": (
        step("talked", when=["talked_since_due = ja", "days_since_talk < 7", "repeats < 3"]), "Wachten na het gesprek",
        "Alleen nog als ",
    ),
    "a step less": (without("call_reversal"), "Bellen over de storno", "Deze stap is er niet meer."),
    "a step more": (ahead_of("call", "repeats >= 5"), "Extra", "Nieuw, na Bellen, weer te laat: als "),
    "another order": (moved_ahead("paused", "arrangement_broken"), "Gepauzeerd", "Komt eerder aan de beurt dan "),
    "another act": (step("call", do="visit"), "Bellen", "Is nu op huisbezoek gaan; was bellen."),
    "another name": (step("call", label="Opbellen"), "Opbellen", "Heette: Bellen."),
    "by a program": (step("on_hold", who="automatic"), "Aangehouden", "Doet nu het programma."),
    "another term": (step("call", due_in_days=3), "Bellen", "Binnen 3 dagen; was 2."),
    "another letter": (step("message", letter="reminder"), "Vriendelijk bericht", "Met een andere brief."),
    "another place": (
        step("talked", bucket="paused"), "Wachten na het gesprek", "De huurder is dan gepauzeerd tot een dag; was ",
    ),
    "another stage": (
        step("visit", stage="formal"), "Huisbezoek", "De zaak staat dan op brieven en hulp; was contact zoeken.",
    ),
    "no alert": (step("talked", alert=False), "Wachten na het gesprek", "Geeft geen melding meer."),
    "another reason": (step("call", why="Zomaar."), "Bellen", "De reden luidt nu: Zomaar."),
    "a guarded term": (deadlines(talk_by_days=20), "", "Een gesprek uiterlijk na, in dagen: 20, was 21."),
    "the floor": (lambda document: document.update(floor_cents=500), "", "De ondergrens, in centen: 500, was 0."),
    "the time of a step": (
        lambda document: document["minutes"].update(call=12), "", "De tijd voor bellen: 12 minuten, was 10.",
    ),
    "the pauses for help": (pauses(pause_days=56), "", "De pauze als er hulp komt, in dagen: 56, was 42."),
    "the terms of arrangements": (
        lambda document: document["arrangements"].update(grace_days=5), "", "De dagen speling voor een termijn: 5, was 3.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_each_thing_that_differs_is_told_once(name: str) -> None:
    change, about, sentence = CHANGES[name]
    (found,) = differences(POLICY, mutated(change), asked)
    assert found.about == about
    assert found.sentence.replace("\u00a0", " ").startswith(sentence)
    assert found.sentence.endswith(".")


def test_the_same_way_of_working_differs_in_nothing() -> None:
    assert differences(POLICY, POLICY, asked) == []


@given(st.data())
def test_every_condition_that_can_be_asked_has_words(data: st.DataObject) -> None:
    feature = data.draw(st.sampled_from(Feature))
    if feature in FLAGS:
        sign = data.draw(st.sampled_from([Comparison.HAS, Comparison.LACKS]))
        value = int(data.draw(st.sampled_from(list(FLAGS[feature]))))
    else:
        plain = [Comparison.EQUAL, Comparison.NOT_EQUAL]
        signs = plain if feature in YES_NO else [one for one in Comparison if one < Comparison.HAS]
        sign = data.draw(st.sampled_from(signs))
        value = data.draw(st.integers(0, min(domain((feature, 0))[1], MOST)))
    told = asked(Condition(feature, sign, value))
    assert told and not told.endswith(".") and "_" not in told, (feature, sign, value)
