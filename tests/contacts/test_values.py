"""What may be wrong with a contact, and of what a person is warned."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.contacts.calls import NOON, NOW, PROMISE, TODAY, draft

from tijdig.contacts.habits import habits
from tijdig.contacts.kinds import Cause, Channel, Direction, NextStep, Outcome, Reached
from tijdig.contacts.values import draft_faults, draft_warnings
from tijdig.contacts.wording import OUTSIDE_HOURS, REFUSED

FRIDAY = date(2026, 11, 6)
PART = {"reached": Reached.TALKED, "promise_cents": 5_000, "promise_on": FRIDAY}


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({}, []),
        # when
        ({"at": NOW}, []),
        ({"at": NOW + timedelta(seconds=1)}, ["moment_future"]),
        ({"at": NOON - timedelta(days=31)}, []),
        ({"at": NOON - timedelta(days=32)}, ["moment_old"]),
        # what
        ({"channel": Channel.SMS, "reached": Reached.TALKED, "outcome": Outcome.OTHER}, ["talk_in_writing"]),
        ({"channel": Channel.SMS, "reached": Reached.MESSAGE, "outcome": Outcome.OTHER}, []),
        ({"outcome": Outcome.HELP_WANTED}, ["outcome_unfit"]),
        ({"reached": Reached.TALKED}, ["outcome_unfit"]),
        ({"causes": (Cause.ILLNESS, Cause.WORK_LOST)}, []),
        ({"causes": ("illness", "weather")}, ["cause_unknown"]),
        ({"minutes": 0}, []),
        ({"minutes": 1440}, []),
        ({"minutes": 1441}, ["minutes_wrong"]),
        ({"minutes": -1}, ["minutes_wrong"]),
        ({"note": "x" * 4000}, []),
        ({"note": "x" * 4001}, ["note_long"]),
        # what was promised
        (PROMISE, []),
        (PROMISE | {"promise_on": TODAY}, []),
        (PROMISE | {"promise_on": TODAY - timedelta(days=1)}, ["promise_before"]),
        (PROMISE | {"promise_on": TODAY + timedelta(days=60)}, []),
        (PROMISE | {"promise_on": TODAY + timedelta(days=61)}, ["promise_far"]),
        (PROMISE | {"promise_cents": 0}, ["promise_amount"]),
        (PROMISE | {"promise_cents": -1}, ["promise_amount"]),
        (PROMISE | {"promise_cents": 100_000_001}, ["promise_large"]),
        (PROMISE | {"promise_cents": None}, ["promise_missing"]),
        (PROMISE | {"promise_on": None}, ["promise_missing"]),
        (PROMISE | {"promise_cents": None, "promise_on": None}, ["promise_missing"]),
        (PART | {"outcome": Outcome.PAYS_NOW}, []),
        (PART | {"outcome": Outcome.PAYS_NOW, "promise_on": None}, ["promise_missing"]),
        ({"reached": Reached.TALKED, "outcome": Outcome.PAYS_NOW}, []),
        (PART | {"outcome": Outcome.CANNOT_PAY}, ["promise_unasked"]),
        (PART | {"outcome": Outcome.CANNOT_PAY, "promise_cents": None}, ["promise_unasked"]),
        (PROMISE | {"at": NOON - timedelta(days=20), "promise_on": date(2026, 10, 20)}, []),  # afterwards
        # in writing
        (PROMISE | {"channel": Channel.EMAIL, "reached": Reached.MESSAGE, "direction": Direction.IN}, []),
        (PROMISE | {"channel": Channel.EMAIL, "reached": Reached.MESSAGE}, ["outcome_unfit"]),
        # what comes next
        ({"next_step": NextStep.CALL_AGAIN}, []),
        ({"next_step": NextStep.CALL_AGAIN, "next_on": TODAY}, []),
        ({"next_step": NextStep.CALL_AGAIN, "next_on": TODAY - timedelta(days=1)}, ["next_past"]),
        ({"next_on": FRIDAY}, ["next_missing"]),
        # all at once
        (
            PROMISE | {"at": NOON + timedelta(days=1), "note": "x" * 4001, "promise_cents": 0},
            ["moment_future", "note_long", "promise_amount"],
        ),
    ],
)
def test_what_is_wrong_is_told_all_at_once(changed: dict[str, object], codes: list[str]) -> None:
    assert [one.code for one in draft_faults(draft(**changed), TODAY, NOW)] == codes


def test_a_fault_says_which_and_what_to_do() -> None:
    (one,) = draft_faults(draft(outcome=Outcome.PROMISE, promise_cents=1, promise_on=FRIDAY), TODAY, NOW)
    assert one.sentence == (
        "De uitkomst ‘zegt toe te betalen’ past niet bij ‘niet bereikt’. "
        "Kies een andere uitkomst, of pas aan wie u bereikte."
    )
    assert all("{}" not in one.sentence for one in draft_faults(draft(next_on=FRIDAY), TODAY, NOW))


def test_every_sentence_is_whole() -> None:
    assert [text for text in (*REFUSED.values(), OUTSIDE_HOURS) if not text.endswith((".", "?"))] == []


def test_the_day_of_a_contact_is_its_day_in_amsterdam() -> None:
    assert draft(at=datetime(2026, 11, 1, 23, 30, tzinfo=UTC)).on == date(2026, 11, 2)


def test_a_moment_without_a_zone_is_a_fault_in_the_code() -> None:
    with pytest.raises(TypeError):
        draft_faults(draft(at=datetime(2026, 11, 2, 12, 0)), TODAY, NOW)  # noqa: DTZ001 - that is what is tested


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026, when Amsterdam is an hour ahead."""
    return datetime(2026, 11, day, hour - 1, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changed", "warned"),
    [
        ({"at": _at(2, 7)}, False),
        ({"at": _at(2, 6, 59)}, True),
        ({"at": _at(2, 19, 59)}, False),
        ({"at": _at(2, 20)}, True),
        ({"at": _at(7, 12)}, False),  # a Saturday
        ({"at": _at(8, 12)}, True),  # a Sunday
        ({"at": datetime(2026, 12, 25, 11, tzinfo=UTC)}, True),
        ({"at": _at(8, 12), "channel": Channel.VISIT}, True),
        ({"at": _at(8, 12), "channel": Channel.EMAIL}, False),
        ({"at": _at(8, 12), "direction": Direction.IN}, False),
        ({"at": datetime(2024, 3, 31, 11, tzinfo=UTC)}, False),  # a Sunday, before there were hours
    ],
)
def test_a_call_or_visit_outside_the_hours_is_warned_of(changed: dict[str, object], warned: bool) -> None:
    assert [one.code for one in draft_warnings(draft(**changed))] == ["outside_hours"] * warned


def test_the_warning_names_the_hours_of_the_law() -> None:
    (one,) = draft_warnings(draft(at=_at(2, 20)))
    assert "(7.00 tot 20.00 uur, niet op zondag of een feestdag)" in one.sentence


def test_the_habits_of_a_day_before_the_first_are_the_first() -> None:
    assert habits(date(2020, 1, 1)) == habits(TODAY)
