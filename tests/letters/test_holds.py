"""What holds a message back: each reason alone, the gravest first, and a person lets it go for one reason only."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tijdig.letters.holds import WHY, Seen, after_hold, and_for, hold, promise_until, token
from tijdig.letters.letter import Kind
from tijdig.letters.states import State

FRIDAY = date(2026, 11, 13)
CLEAR = Seen(kind=Kind.REMINDER)
REASONS = {
    "died": {"died": True},
    "paid_since": {"paid_since_cents": 1},
    "disputed": {"disputed": True},
    "at_rest": {"at_rest": True},
    "money_waiting": {"waiting_cents": 1},
    "arranged": {"arranged": True},
    "too_late": {"last_on": FRIDAY},
    "moved": {"moved": True},
    "link_paid": {"link_paid_on": FRIDAY},
}


def test_nothing_speaks_against_it() -> None:
    assert hold(CLEAR, FRIDAY) == ""


@pytest.mark.parametrize("why", REASONS)
def test_each_reason_holds_alone_and_is_explained(why: str) -> None:
    assert hold(replace(CLEAR, **REASONS[why]), FRIDAY) == why
    assert WHY[why]


def test_the_gravest_reason_is_told() -> None:
    codes = list(REASONS)
    for first, second in itertools.pairwise(codes):
        assert hold(replace(CLEAR, **(REASONS[first] | REASONS[second])), FRIDAY) == first


@pytest.mark.parametrize("first", REASONS)
@pytest.mark.parametrize("second", REASONS)
def test_who_lets_it_go_for_one_reason_does_not_let_it_go_for_another(first: str, second: str) -> None:
    seen = replace(CLEAR, **(REASONS[first] | REASONS[second]))
    let_go = token(replace(CLEAR, **REASONS[first]), first)
    assert hold(seen, FRIDAY, let_go) == ("" if first == second else second)


def test_who_lets_it_go_for_all_reasons_sees_it_go() -> None:
    seen, let_go = replace(CLEAR, died=True, paid_since_cents=500, moved=True), ""
    for why in ("died", "paid_since", "moved"):
        assert hold(seen, FRIDAY, let_go) == why
        let_go = and_for(let_go, seen, why)
    assert hold(seen, FRIDAY, let_go) == ""
    more = replace(seen, paid_since_cents=600)
    assert hold(more, FRIDAY, let_go) == "paid_since"
    assert and_for(let_go, more, "paid_since") == "died 0; moved 0; paid_since 600"


def test_more_money_than_it_was_let_go_for_holds_it_again() -> None:
    let_go = token(replace(CLEAR, paid_since_cents=500), "paid_since")
    assert hold(replace(CLEAR, paid_since_cents=500), FRIDAY, let_go) == ""
    assert hold(replace(CLEAR, paid_since_cents=501), FRIDAY, let_go) == "paid_since"


def test_a_letter_that_it_is_settled_is_held_when_something_is_open() -> None:
    seen = replace(CLEAR, kind=Kind.SETTLED, open_cents=1)
    assert hold(seen, FRIDAY) == "open_again"
    assert hold(seen, FRIDAY, token(seen, "open_again")) == ""
    assert hold(replace(CLEAR, open_cents=1), FRIDAY) == ""  # a reminder asks what is open


@pytest.mark.parametrize("kind", [Kind.ARRANGEMENT_CONFIRMED, Kind.SETTLED])
def test_a_letter_that_asks_for_no_money_is_not_held_by_money(kind: Kind) -> None:
    seen = replace(CLEAR, kind=kind, paid_since_cents=1, waiting_cents=1, link_paid_on=FRIDAY)
    assert hold(seen, FRIDAY) == ""


def test_a_promise_is_believed_for_three_working_days() -> None:
    assert promise_until(FRIDAY) == date(2026, 11, 18)
    paid = replace(CLEAR, link_paid_on=FRIDAY)
    assert hold(paid, date(2026, 11, 18)) == "link_paid"
    assert hold(paid, date(2026, 11, 19)) == ""


def test_a_term_is_over_on_its_last_day() -> None:
    assert hold(replace(CLEAR, last_on=FRIDAY + timedelta(days=1)), FRIDAY) == ""


@pytest.mark.parametrize("why", sorted(WHY))
def test_what_a_person_wrote_always_waits_for_a_person(why: str) -> None:
    assert after_hold(why, "user:7") is State.HELD


@pytest.mark.parametrize("why", sorted(WHY))
def test_the_program_takes_back_only_what_was_overtaken(why: str) -> None:
    taken_back = after_hold(why, "system:worker") is State.CANCELLED
    assert taken_back is (why in {"paid_since", "disputed", "at_rest", "arranged", "too_late"})
