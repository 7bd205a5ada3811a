"""What may be decided, on which days it holds, which one it replaces, and what it says of itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rulings.decided import CODES, LABELS, LATER, NOON, OTHER, PAUSE, SKIP, TODAY, UNTIL, draft

from tijdig.rulings.habits import habits
from tijdig.rulings.kinds import (
    DECISIONS,
    DEVIATIONS,
    EXPLAINED,
    LABEL,
    OF_A_STEP,
    STATE_LABEL,
    Kind,
    State,
)
from tijdig.rulings.ruling import (
    draft_faults,
    end_faults,
    holds_on,
    last_day,
    over_on,
    same_place,
    state_on,
    told,
)
from tijdig.rulings.values import Draft, Ruling

DAY = timedelta(days=1)
DAYS = st.dates(date(2026, 10, 1), date(2027, 3, 1))
STEPS = st.sampled_from(["", *CODES, "dance"])


def standing(**changed: object) -> Ruling:
    plain: dict[str, object] = {
        "id": 1,
        "tenancy_id": 1,
        **OTHER,
        "from_on": TODAY,
        "until_on": UNTIL,
        "actor": "user:1",
        "name": "Samira de Boer",
        "reason": "Neemt de telefoon nooit op.",
        "recorded_at": NOON,
        "about": "",
    }
    return Ruling(**plain | changed)  # type: ignore[arg-type]


def _codes(asked: Draft, on: date = TODAY) -> list[str]:
    return [one.code for one in draft_faults(asked, on, CODES)]


def test_every_kind_is_in_one_group_and_has_its_words() -> None:
    assert sorted((*DEVIATIONS, *DECISIONS)) == sorted(Kind)
    assert set(OF_A_STEP) < set(DEVIATIONS)
    assert set(LABEL) == set(EXPLAINED) == set(Kind)
    assert set(STATE_LABEL) == set(State)


def test_a_pause_says_what_it_does_not_hide() -> None:
    assert "gebroken regeling blijft u wel zien" in EXPLAINED[Kind.PAUSE]


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({}, []),
        (LATER, []),
        (SKIP, []),
        (PAUSE, []),
        *(({"kind": kind, "instead_of": "", "do": ""}, []) for kind in DECISIONS),
        ({"instead_of": ""}, ["instead_missing"]),
        ({"instead_of": "dance"}, ["instead_unknown"]),
        ({"do": ""}, ["do_missing"]),
        ({"do": "dance"}, ["do_unknown"]),
        ({"do": "call"}, ["do_same"]),
        (LATER | {"do": "visit"}, ["do_unasked"]),
        (PAUSE | {"instead_of": "call"}, ["instead_unasked"]),
        (PAUSE | {"instead_of": "call", "do": "visit"}, ["instead_unasked", "do_unasked"]),
        ({"until_on": TODAY}, []),
        ({"until_on": TODAY - DAY}, ["until_past"]),
        ({"until_on": date(2027, 2, 2)}, []),
        ({"until_on": date(2027, 2, 3)}, ["until_far"]),
        ({"kind": Kind.HELP, "instead_of": "", "do": "", "until_on": date(2027, 5, 4)}, []),
        ({"kind": Kind.HELP, "instead_of": "", "do": "", "until_on": date(2027, 5, 5)}, ["until_far"]),
        ({"reason": "  \n"}, ["reason_missing"]),
        ({"reason": f" {'x' * 400} "}, []),
        ({"reason": "x" * 401}, ["reason_long"]),
        (
            {"instead_of": "", "do": "", "until_on": TODAY - DAY, "reason": ""},
            ["instead_missing", "do_missing", "until_past", "reason_missing"],
        ),
    ],
)
def test_what_may_be_decided(changed: dict[str, object], codes: list[str]) -> None:
    assert _codes(draft(**changed)) == codes


def test_a_sentence_says_which_and_what_to_do() -> None:
    far, unknown = (
        draft_faults(one, TODAY, CODES) for one in (draft(until_on=date(2028, 1, 1)), draft(do="x"))
    )
    assert far[0].sentence == (
        "Dit mag ten hoogste 92 dagen duren. Kies een dag tot en met 02-02-2027. Daarna beslist u opnieuw."
    )
    assert "‘x’" in unknown[0].sentence


@given(st.sampled_from(Kind), STEPS, STEPS, DAYS, st.sampled_from(["", "waarom", "x" * 401]))
def test_what_may_be_decided_is_what_the_rules_say(
    kind: Kind, instead_of: str, do: str, until_on: date, reason: str
) -> None:
    """The rules told once more, in another way."""
    asked = Draft(kind=kind, instead_of=instead_of, do=do, until_on=until_on, reason=reason)
    step_fits = (instead_of in CODES) if kind in OF_A_STEP else instead_of == ""
    do_fits = (do in CODES and do != instead_of) if kind is Kind.OTHER else do == ""
    longest = 92 if kind in DEVIATIONS else 183
    in_time = 0 <= (until_on - TODAY).days <= longest
    assert (_codes(asked) == []) == (step_fits and do_fits and in_time and 0 < len(reason) <= 400)


@given(DAYS, st.integers(0, 183), st.none() | st.integers(0, 183), DAYS)
def test_it_holds_on_each_of_its_days_and_ends_by_itself(
    from_on: date, length: int, ended: int | None, day: date
) -> None:
    until_on = from_on + length * DAY
    ended_on = None if ended is None or ended > length else from_on + ended * DAY
    one = standing(from_on=from_on, until_on=until_on, ended_on=ended_on)
    days = {from_on + place * DAY for place in range(length + 1)}
    if ended_on:
        days = {day for day in days if day < ended_on}
    assert holds_on(one, day) == (day in days)
    if day >= from_on:
        assert (state_on(one, day) is State.IN_FORCE) == (day in days)
        if day not in days:
            assert state_on(one, day) is (State.ENDED if ended_on else State.OVER)
    assert not holds_on(one, over_on(one))
    assert over_on(one) == (ended_on or until_on + DAY)


def test_the_worked_example() -> None:
    one = standing()
    assert [holds_on(one, day) for day in (TODAY - DAY, TODAY, UNTIL, UNTIL + DAY)] == [
        False,
        True,
        True,
        False,
    ]
    ended = replace(one, ended_on=date(2026, 11, 10))
    assert [holds_on(ended, date(2026, 11, day)) for day in (9, 10)] == [True, False]
    assert [last_day(kind, TODAY) for kind in (Kind.PAUSE, Kind.GO_ON)] == [
        date(2027, 2, 2),
        date(2027, 5, 4),
    ]


def _place(one: Draft) -> str:
    if one.kind in DECISIONS:
        return "decision"
    return one.instead_of or "pause"


@given(*[st.tuples(st.sampled_from(Kind), st.sampled_from(CODES)) for _ in range(2)])
def test_two_rulings_are_of_the_same_place_when_they_answer_the_same(
    one: tuple[Kind, str], other: tuple[Kind, str]
) -> None:
    both = [
        Draft(
            kind=kind,
            instead_of=step if kind in OF_A_STEP else "",
            do="elsewhere" if kind is Kind.OTHER else "",
            until_on=UNTIL,
            reason="x",
        )
        for kind, step in (one, other)
    ]
    assert same_place(*both) == same_place(*both[::-1]) == (_place(both[0]) == _place(both[1]))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({}, "In plaats van bellen: huisbezoek, tot en met 30-11-2026"),
        (LATER, "Bellen pas na 30-11-2026"),
        (SKIP, "Bellen overslaan, tot en met 30-11-2026"),
        (PAUSE, "Pauze: geen stappen, tot en met 30-11-2026"),
        ({"kind": Kind.HAND_OVER}, "Besluit: naar de deurwaarder, geldt tot en met 30-11-2026"),
        ({"kind": Kind.ARRANGE}, "Besluit: eerst een regeling, geldt tot en met 30-11-2026"),
        ({"kind": Kind.HELP}, "Besluit: eerst hulp, geldt tot en met 30-11-2026"),
        ({"kind": Kind.GO_ON}, "Besluit: doorgaan met het eigen werk, geldt tot en met 30-11-2026"),
        ({"do": "gone_by_now"}, "In plaats van bellen: gone_by_now, tot en met 30-11-2026"),
    ],
)
def test_what_it_does_is_one_sentence(changed: dict[str, object], sentence: str) -> None:
    assert told(standing(**changed), LABELS) == told(draft(**changed), LABELS) == sentence


def test_a_name_that_begins_with_an_abbreviation_keeps_its_capitals() -> None:
    assert told(standing(), {"call": "SMS sturen", "visit": "Bij de buren langs"}).startswith(
        "In plaats van SMS sturen: bij de buren langs,"
    )


@pytest.mark.parametrize(
    ("changed", "reason", "on", "codes"),
    [
        ({}, "Belt nu zelf.", TODAY, []),
        ({}, "Belt nu zelf.", UNTIL, []),
        ({}, " ", TODAY, ["end_reason_missing"]),
        ({}, "x" * 401, TODAY, ["reason_long"]),
        ({}, "Belt nu zelf.", UNTIL + DAY, ["over_already"]),
        ({"ended_on": date(2026, 11, 10)}, "", UNTIL + DAY, ["ended_already"]),
    ],
)
def test_what_may_be_ended(changed: dict[str, object], reason: str, on: date, codes: list[str]) -> None:
    assert [one.code for one in end_faults(standing(**changed), reason, on)] == codes


@pytest.mark.parametrize(
    "about", ["conference:", "conference", "Conference:1", "conference:1\n", "een naam:1", ":1"]
)
def test_a_subject_of_another_shape_is_a_fault_in_the_code(about: str) -> None:
    with pytest.raises(ValueError, match="not a subject"):
        draft(about=about)


def test_where_it_came_from_may_be_said() -> None:
    assert [draft(about=about).about for about in ("", "conference:12")] == ["", "conference:12"]


def test_the_numbers_hold_from_a_day_on() -> None:
    assert {habits(day).deviation_days for day in (date(2020, 1, 1), TODAY)} == {92}
    assert habits(TODAY).decision_days == 183


def test_every_fault_is_told_with_its_parts_filled_in() -> None:
    drafts = [
        draft(kind=kind, instead_of=step, do=do, until_on=until_on, reason=reason)
        for kind, step, do, until_on, reason in product(
            Kind,
            ("", "dance", "call"),
            ("", "dance", "call"),
            (TODAY - DAY, date(2030, 1, 1)),
            ("", "x" * 401),
        )
    ]
    said = {fault.sentence for one in drafts for fault in draft_faults(one, TODAY, CODES)}
    assert all("{" not in sentence and sentence.endswith(".") for sentence in said)
