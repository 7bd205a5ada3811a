"""Each thing that must hold in a made-up year is seen to be broken when it is, and is not when it is not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tijdig.base.days import AMSTERDAM
from tijdig.cli.lived import invariants
from tijdig.cli.lived.facts import Alert, Contact, Done, Planned, Seen, Stands, Went
from tijdig.cli.lived.invariants import Memory, Tally
from tijdig.cli.lived.sums import Entry, Plan

FIRST = date(2026, 1, 1)
RENT = 70_000
WEDNESDAY = datetime(2026, 3, 4, 10, 30, tzinfo=AMSTERDAM)


def day(number: int) -> date:
    """The first is 1 January."""
    return FIRST + timedelta(days=number - 1)


def told(*, days: int, **on: Mapping[int, dict[str, Any]]) -> tuple[Memory, Seen]:
    """So many days of a tenancy that owes the rent of 1 January; `on` gives more for a day by name, as `at_5={...}`."""
    memory, seen = Memory(FIRST), Seen(on=FIRST)
    for number in range(1, days + 1):
        entries = [Entry(1, 7, 1, RENT, FIRST, FIRST)] if number == 1 else []
        more = dict(on.get(f"at_{number}", {}))
        seen = Seen(on=day(number), entries=[*entries, *more.pop("entries", ())], **more)
        memory.take(seen)
    return memory, seen


def wrong(check: Any, life: tuple[Memory, Seen]) -> list[str]:
    return [one for one in check(*life) if one]


def spoken(number: int, *, talk: bool = True) -> dict[str, Any]:
    at = datetime.combine(day(number), WEDNESDAY.timetz())
    return {"contacts": [Contact(7, at, talk, True)]}


def letter(number: int, kind: str, fee_from_on: str = "") -> dict[str, Any]:
    return {
        "done": [Done(number, 7, "letter_sent", kind, "print", day(number), fee_from_on, f"letter:{number}")]
    }


def test_nobody_spoken_to_by_day_21_is_a_breach_once() -> None:
    assert len(wrong(invariants.talk_by_day_21, told(days=23))) == 1
    assert wrong(invariants.talk_by_day_21, told(days=22)) == []


def test_an_attempt_is_no_talk() -> None:
    assert wrong(invariants.talk_by_day_21, told(days=23, at_9=spoken(9))) == []
    assert wrong(invariants.talk_by_day_21, told(days=23, at_9=spoken(9, talk=False)))


def test_a_visit_that_stood_in_a_list_in_time_is_no_breach() -> None:
    planned = {"planned": [Planned(1, 7, "visit", "visit", day(20))]}
    assert wrong(invariants.talk_by_day_21, told(days=23, at_20=planned)) == []


def test_a_talk_in_arrears_that_were_over_does_not_count_for_new_ones() -> None:
    paid = {"entries": [Entry(2, 7, 4, -RENT, day(10), day(10))]}
    again = {"entries": [Entry(3, 7, 1, RENT, day(32), day(32))]}
    life = told(days=60, at_5=spoken(5), at_10=paid, at_32=again)
    assert len(wrong(invariants.talk_by_day_21, life)) == 1


def test_days_on_which_nobody_may_be_asked_do_not_count() -> None:
    memory, seen = Memory(FIRST), Seen(on=FIRST)
    for number in range(1, 60):
        entries = [Entry(1, 7, 1, RENT, FIRST, FIRST)] if number == 1 else []
        memory.take(seen := Seen(on=day(number), entries=entries, objecting=frozenset({7})))
    assert wrong(invariants.talk_by_day_21, (memory, seen)) == []


def test_in_a_debt_procedure_only_the_days_of_the_new_rent_count() -> None:
    """The rent of day 1 stands still from day 10 on; that of day 32 does not."""

    def life(days: int, *, new: bool) -> tuple[Memory, Seen]:
        memory, seen = Memory(FIRST), Seen(on=FIRST)
        for number in range(1, days + 1):
            entries = [Entry(1, 7, 1, RENT, FIRST, FIRST)] if number == 1 else []
            if new and number == 32:
                entries = [Entry(2, 7, 1, RENT, day(32), day(32))]
            runs = {7: day(10)} if number >= 10 else {}
            memory.take(seen := Seen(on=day(number), entries=entries, procedures=runs))
        return memory, seen

    assert wrong(invariants.decision_by_day_61, life(200, new=False)) == []
    assert wrong(invariants.decision_by_day_61, life(32 + 61, new=True)) == []
    assert len(wrong(invariants.decision_by_day_61, life(32 + 62, new=True))) == 1


def test_no_decision_by_day_61_is_a_breach() -> None:
    assert len(wrong(invariants.decision_by_day_61, told(days=63))) == 1
    assert wrong(invariants.decision_by_day_61, told(days=62)) == []


@pytest.mark.parametrize(
    ("kind", "fine"), [("hand_over", True), ("help", True), ("skip", False), ("later", False)]
)
def test_a_deviation_is_no_decision(kind: str, fine: bool) -> None:
    life = told(days=63, at_50={"decided": [(7, kind)]})
    assert (wrong(invariants.decision_by_day_61, life) == []) is fine


def plan(*, agreed: int, first_term: int, grace_days: int = 3) -> Plan:
    return Plan(5, 7, day(agreed), 1, grace_days, ((day(first_term), 10_000),))


def test_a_reminder_beside_a_kept_arrangement_is_a_breach() -> None:
    kept = {"plans": [plan(agreed=5, first_term=25)]} | letter(12, "reminder")
    assert wrong(invariants.kept_is_not_reminded, told(days=12, at_12=kept))
    broken = {"plans": [plan(agreed=5, first_term=8)]} | letter(12, "reminder")
    assert wrong(invariants.kept_is_not_reminded, told(days=12, at_12=broken)) == []
    confirmed = {"plans": [plan(agreed=5, first_term=25)]} | letter(12, "arrangement_confirmed")
    assert wrong(invariants.kept_is_not_reminded, told(days=12, at_12=confirmed)) == []


@pytest.mark.parametrize(
    ("alert", "fine"),
    [
        (Alert("arrangement", day(12)), True),
        (Alert("arrangement", day(13)), False),
        (Alert("rent", day(12)), False),
        (None, False),
    ],
)
def test_a_broken_arrangement_has_its_alert_on_that_day(alert: Alert | None, fine: bool) -> None:
    broken = {"plans": [plan(agreed=5, first_term=8)], "alerts": {7: alert} if alert else {}}
    assert (wrong(invariants.alert_on_the_day, told(days=12, at_12=broken)) == []) is fine


def test_a_term_within_its_days_of_grace_is_not_broken() -> None:
    assert (
        wrong(invariants.alert_on_the_day, told(days=11, at_11={"plans": [plan(agreed=5, first_term=8)]}))
        == []
    )


def test_a_hand_over_needs_letter_signal_and_decision() -> None:
    over = {
        "done": [Done(90, 7, "handed_over", "", "", day(60), "", "")],
        "holds": {7: frozenset({"hand_over"})},
    }
    signal = {"done": [Done(80, 7, "signal_sent", "", "", day(40), "", "")]}
    grounds = {"at_30": letter(30, "fourteen_day", f"{day(47)}"), "at_40": signal, "at_60": over}
    assert wrong(invariants.hand_over_is_grounded, told(days=60, **grounds)) == []
    for lacks, told_as in (("at_30", "brief"), ("at_40", "signaal")):
        some = {name: facts for name, facts in grounds.items() if name != lacks}
        assert told_as in wrong(invariants.hand_over_is_grounded, told(days=60, **some))[0]
    undecided = grounds | {"at_60": {"done": over["done"]}}
    assert "besluit" in wrong(invariants.hand_over_is_grounded, told(days=60, **undecided))[0]


def test_a_hand_over_within_the_term_of_the_letter_is_a_breach() -> None:
    over = {
        "done": [Done(90, 7, "handed_over", "", "", day(44), "", "")],
        "holds": {7: frozenset({"hand_over"})},
    }
    signal = {"done": [Done(80, 7, "signal_sent", "", "", day(40), "", "")]}
    life = told(days=44, at_30=letter(30, "fourteen_day", f"{day(47)}"), at_40=signal, at_44=over)
    assert "brief" in wrong(invariants.hand_over_is_grounded, life)[0]


@pytest.mark.parametrize(
    ("at", "kind", "held_by", "fine"),
    [
        (WEDNESDAY, "reminder", "", True),
        (WEDNESDAY.replace(hour=6, minute=59), "reminder", "", False),
        (WEDNESDAY.replace(hour=20, minute=0), "reminder", "", False),
        (WEDNESDAY + timedelta(days=4), "reminder", "", False),
        (datetime(2026, 4, 27, 12, tzinfo=AMSTERDAM), "reminder", "", False),
        (WEDNESDAY, "reminder", "waiting", False),
        (WEDNESDAY, "fourteen_day", "bank", False),
        (WEDNESDAY, "settled", "waiting", True),
    ],
)
def test_what_goes_goes_when_it_may(at: datetime, kind: str, held_by: str, fine: bool) -> None:
    seen = Seen(on=at.date(), went=[Went(1, 7, kind, at, held_by)])
    assert (wrong(invariants.goes_when_it_may, (Memory(FIRST), seen)) == []) is fine


def test_a_call_on_a_holiday_is_a_breach() -> None:
    seen = Seen(on=day(1), contacts=[Contact(7, datetime(2026, 4, 27, 12, tzinfo=AMSTERDAM), False, True)])
    assert wrong(invariants.goes_when_it_may, (Memory(FIRST), seen))


def test_a_step_taken_twice_and_two_steps_at_once_are_breaches() -> None:
    seen = Seen(
        on=day(9), twice=[(7, "message", FIRST, 2), (8, "message", FIRST, 1)], open_steps={7: 2, 8: 1}
    )
    assert len(wrong(invariants.never_twice, (Memory(FIRST), seen))) == 1
    assert len(wrong(invariants.one_step_each, (Memory(FIRST), seen))) == 1


@pytest.mark.parametrize(("overdue", "fine"), [(RENT, True), (RENT - 1, False)])
def test_a_cent_more_or_less_is_a_breach(overdue: int, fine: bool) -> None:
    stands = {"standings": {7: Stands(RENT, overdue, True, "call", "listed")}}
    assert (wrong(invariants.sums_agree, told(days=9, at_9=stands)) == []) is fine


def test_a_tally_counts_all_and_keeps_the_first_few() -> None:
    tally = Tally("x")
    tally.add(iter(["", *(f"fout {number}" for number in range(9))]))
    assert (tally.checks, tally.breaches, len(tally.examples)) == (10, 9, 5)
