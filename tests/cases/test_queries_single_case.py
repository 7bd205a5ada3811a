"""What sets single tenancies apart, read from what people wrote down: as columns in the order of the engine."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import numpy as np
import pytest
from tests.cases.one_lease import Ledger
from tests.contacts import answers
from tests.objections.heard import given, heard

from tijdig.access.scope import organisation_scope
from tijdig.arrears.single_case import Deviation, Instead, SingleCase
from tijdig.base.days import day_number
from tijdig.cases.actions_flags import lower_flag, raise_flag
from tijdig.cases.queries_single_case import single_case
from tijdig.contacts.actions_replies import handle
from tijdig.objections.actions import answer
from tijdig.policy.table import shipped
from tijdig.policy.words import NAMED, Circumstance, Feature
from tijdig.rulings.actions import end, rule
from tijdig.rulings.kinds import Kind
from tijdig.rulings.values import Draft
from tijdig.tenancies.flag_draft import EndDraft, FlagDraft
from tijdig.tenancies.flags import PROCEDURES, Flag, LearnedFrom
from tijdig.tenancies.queries import tenancy_ids_by_contract

TODAY = date(2026, 11, 12)
CODES = shipped().codes
DECIDED = NAMED[Feature.DECIDED]


@pytest.fixture
def tenancies(organisation: int) -> list[int]:
    """Three tenancies, sorted."""
    ledger = Ledger(organisation)
    for number in "123":
        ledger.lease(number)
    with organisation_scope(organisation):
        found = tenancy_ids_by_contract(["1", "2", "3"])
    return sorted(found[number] for number in "123")


def _case(organisation: int, tenancies: list[int], on: date = TODAY, *, narrow: bool = True) -> SingleCase:
    with organisation_scope(organisation):
        return single_case(on, np.array(tenancies, np.int64), shipped(), narrow=narrow)


def _rule(organisation: int, tenancy: int, kind: Kind, on: date = TODAY, days: int = 20, **more: str) -> int:
    return rule(
        organisation_id=organisation,
        actor="user:1",
        name="Samira de Boer",
        tenancy_id=tenancy,
        draft=Draft(kind=kind, until_on=on + timedelta(days=days), reason="Past beter.", **more),
        codes={*CODES, "of_before"},
        asked_as=uuid4(),
        now=datetime.now(UTC),
        on=on,
    )


def test_nothing_sets_anybody_apart_at_first(organisation: int, tenancies: list[int]) -> None:
    found = _case(organisation, tenancies)
    columns = (found.circumstance, found.repeats, found.paused, found.decided, found.reply_waits)
    assert [column.tolist() for column in columns] == [[0, 0, 0]] * 3 + [[0, 0, 0]] * 2
    assert found.deviations == ()


def _flag(organisation: int, tenancy: int, flag: Flag) -> int:
    draft = FlagDraft(tenancy_id=tenancy, kind=flag, begin_on=TODAY, learned_from=LearnedFrom.TENANT)
    return raise_flag(organisation_id=organisation, actor="user:1", draft=draft, asked_as=uuid4(), on=TODAY)


@pytest.mark.parametrize("flag", Flag)
def test_each_flag_is_the_circumstance_of_its_name(
    organisation: int, tenancies: list[int], flag: Flag
) -> None:
    _flag(organisation, tenancies[1], flag)
    bit = int(Circumstance[flag.name])
    if flag in PROCEDURES:  # whoever asks whether a procedure runs asks for one bit
        bit |= int(Circumstance.DEBT_PROCEDURE)
    assert _case(organisation, tenancies).circumstance.tolist() == [0, bit, 0]
    assert _case(organisation, tenancies, TODAY - timedelta(days=1)).circumstance.tolist() == [0, 0, 0]


def test_every_circumstance_is_a_flag_or_the_objection() -> None:
    assert {flag.name for flag in Circumstance} == {flag.name for flag in Flag} | {"OBJECTION"}


def test_an_objection_that_waits_stands_beside_the_flags_until_it_is_answered(
    organisation: int, tenancies: list[int]
) -> None:
    flag = _flag(organisation, tenancies[0], Flag.VULNERABLE)
    number = heard(organisation, tenancies[0], received_on=TODAY, on=TODAY)
    both = int(Circumstance.VULNERABLE | Circumstance.OBJECTION)
    assert _case(organisation, tenancies).circumstance.tolist() == [both, 0, 0]
    later = TODAY + timedelta(days=3)
    answer(organisation_id=organisation, actor="user:1", draft=given(number, answered_on=later), on=later)
    assert _case(organisation, tenancies, later).circumstance.tolist() == [int(Circumstance.VULNERABLE), 0, 0]
    over = EndDraft(flag_id=flag, end_on=later, learned_from=LearnedFrom.TENANT)
    lower_flag(organisation_id=organisation, actor="user:1", draft=over, on=later)
    assert _case(organisation, tenancies, later).circumstance.tolist() == [0, 0, 0]


def test_a_pause_and_a_decision_hold_through_their_last_day(organisation: int, tenancies: list[int]) -> None:
    _rule(organisation, tenancies[0], Kind.PAUSE, days=5)
    _rule(organisation, tenancies[2], Kind.HELP, days=9)
    found = {
        days: _case(organisation, tenancies, TODAY + timedelta(days=days)) for days in (-1, 0, 5, 6, 9, 10)
    }
    assert {days: one.paused.tolist()[0] for days, one in found.items()} == {
        -1: False, 0: True, 5: True, 6: False, 9: False, 10: False,
    }  # fmt: skip
    assert {days: one.decided.tolist()[2] for days, one in found.items()} == {
        -1: 0, 0: DECIDED["help"], 5: DECIDED["help"], 6: DECIDED["help"], 9: DECIDED["help"], 10: 0,
    }  # fmt: skip


@pytest.mark.parametrize("kind", [Kind.HAND_OVER, Kind.ARRANGE, Kind.HELP, Kind.GO_ON])
def test_each_decision_has_its_name(organisation: int, tenancies: list[int], kind: Kind) -> None:
    _rule(organisation, tenancies[1], kind)
    assert _case(organisation, tenancies).decided.tolist() == [0, DECIDED[kind.value], 0]


def test_a_decision_that_was_ended_or_replaced_does_not_count(
    organisation: int, tenancies: list[int]
) -> None:
    first = _rule(organisation, tenancies[0], Kind.HAND_OVER)
    _rule(organisation, tenancies[1], Kind.HAND_OVER)
    _rule(organisation, tenancies[1], Kind.GO_ON)
    end(
        organisation_id=organisation, actor="user:1", ruling_id=first, reason="Belt nu zelf.", now=datetime.now(UTC),
        on=TODAY,
    )  # fmt: skip
    assert _case(organisation, tenancies).decided.tolist() == [0, DECIDED["go_on"], 0]


@pytest.mark.parametrize(
    ("kind", "more", "instead", "other"),
    [
        (Kind.OTHER, {"do": "visit"}, Instead.OTHER, CODES.index("visit")),
        (Kind.LATER, {}, Instead.LATER, -1),
        (Kind.SKIP, {}, Instead.SKIP, -1),
    ],
)
def test_a_deviation_names_the_step_by_its_place_in_the_way_of_working(
    organisation: int, tenancies: list[int], kind: Kind, more: dict[str, str], instead: Instead, other: int
) -> None:
    number = _rule(organisation, tenancies[1], kind, instead_of="call", **more)
    until = day_number(TODAY + timedelta(days=20))
    expected = Deviation(1, CODES.index("call"), instead, number, other, until)
    assert _case(organisation, tenancies).deviations == (expected,)


@pytest.mark.parametrize(
    "more",
    [
        {"kind": Kind.SKIP, "instead_of": "of_before"},
        {"kind": Kind.OTHER, "instead_of": "of_before", "do": "call"},
        {"kind": Kind.OTHER, "instead_of": "call", "do": "of_before"},
    ],
)
def test_a_deviation_about_a_step_that_there_is_not_waits_for_its_end(
    organisation: int, tenancies: list[int], more: dict[str, object]
) -> None:
    _rule(organisation, tenancies[1], **more)  # type: ignore[arg-type]
    assert _case(organisation, tenancies).deviations == ()


def _alert(ledger: Ledger, tenancy: int, cured_on: str | None, ended_by: str) -> None:
    ledger.rows(
        """INSERT INTO cases_alert (organisation_id, tenancy_id, cause, raised_on, since_on, overdue_cents, due_months, rule,
                  entries, cured_on, cured_at, ended_by)
           VALUES (%s, %s, 'due', '2025-01-01', '2025-01-01', 1, 1, 'call', '[]', %s::date, %s::date, %s) RETURNING id""",
        ledger.organisation,
        tenancy,
        cured_on,
        cured_on,
        ended_by,
    )


@pytest.mark.parametrize(
    ("cured_on", "ended_by", "repeats"),
    [
        ("2026-11-12", "nothing_open", 1),
        ("2025-11-13", "not_due", 1),  # a year ago, less a day
        ("2025-11-12", "nothing_open", 0),
        ("2026-11-13", "nothing_open", 0),  # tomorrow
        ("2026-06-01", "arrangement_kept", 0),  # agreed, not settled
        ("2026-06-01", "", 1),  # from before the step was kept with it
        (None, "", 0),
    ],
)
def test_repeats_count_arrears_that_were_settled_in_the_year_before(
    organisation: int, tenancies: list[int], cured_on: str | None, ended_by: str, repeats: int
) -> None:
    _alert(Ledger(organisation), tenancies[2], cured_on, ended_by)
    assert _case(organisation, tenancies).repeats.tolist() == [0, 0, repeats]


@pytest.mark.parametrize("narrow", [True, False])
def test_only_the_tenancies_that_are_asked_about_come_in_their_order(
    organisation: int, tenancies: list[int], narrow: bool
) -> None:
    ledger = Ledger(organisation)
    for number, tenancy in enumerate(tenancies):
        for _ in range(number):
            _alert(ledger, tenancy, "2026-06-01", "nothing_open")
        _rule(organisation, tenancy, Kind.SKIP, instead_of="call")
    wanted = tenancies[1:]
    found = _case(organisation, wanted, narrow=narrow)
    assert found.repeats.tolist() == [1, 2]
    assert [one.place for one in found.deviations] == [0, 1]


def test_an_answer_waits_until_somebody_has_dealt_with_it(organisation: int, tenancies: list[int]) -> None:
    number = answers.taken(organisation, match=answers.of(tenancies[1]))
    assert _case(organisation, tenancies).reply_waits.tolist() == [False, True, False]
    answers.taken(organisation, "van niemand")
    assert _case(organisation, tenancies).reply_waits.tolist() == [False, True, False]
    handle(organisation_id=organisation, actor="user:1", reply_id=number, now=datetime.now(UTC), on=TODAY)
    assert _case(organisation, tenancies).reply_waits.tolist() == [False, False, False]
