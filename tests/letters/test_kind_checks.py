"""When a letter refuses to exist: each fault by itself, for each kind that can have it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from letters.kind_facts import BASIS, GIVEN, NOTHING
from letters.letter_facts import ON, ROWS, SENDER, TENANT
from tijdig.letters.basis import Basis
from tijdig.letters.kinds import ask_for, letter_faults, letter_of
from tijdig.letters.letter import Fact, Kind, Row
from tijdig.letters.values import NotRight

MADE = [kind for kind in Kind if kind is not Kind.FOURTEEN_DAY]
OPEN = [kind for kind in MADE if kind is not Kind.SETTLED]


def _basis(kind: Kind) -> Basis:
    return replace(BASIS, **NOTHING) if kind is Kind.SETTLED else BASIS


def _refused(
    kind: Kind, basis: Basis, given: dict[str, Fact], plan: tuple[Row, ...] = ()
) -> list[tuple[str, str]]:
    """The faults, which are also why there is no letter; each says what is wrong and then what to do."""
    faults = letter_faults(kind, basis, given, plan=plan)
    with pytest.raises(NotRight) as refused:
        letter_of(kind, basis, given, plan=plan)
    assert refused.value.faults == faults
    assert all(len(one.sentence.split(". ")) > 1 and one.sentence.endswith(".") for one in faults)
    return [(one.code, one.sentence) for one in faults]


def _codes(kind: Kind, basis: Basis, given: dict[str, Fact], plan: tuple[Row, ...] = ()) -> list[str]:
    return [code for code, _ in _refused(kind, basis, given, plan)]


OF_THE_BASIS: list[tuple[str, dict[str, Any]]] = [
    ("tenant_died", {"died_on": date(2026, 10, 4)}),
    ("paid_since", {"paid_since_cents": 1}),
    ("facts_later", {"facts_on": date(2026, 11, 3)}),
    ("address_incomplete", {"to": replace(TENANT, address_lines=("Lindestraat 14 b",))}),
    ("address_incomplete", {"to": replace(TENANT, address_lines=())}),
    ("name_missing", {"to": replace(TENANT, salutation=" ")}),
    ("iban_invalid", {"sender": replace(SENDER, iban="NL14TEST0123456789")}),
]


@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize(("code", "wrong"), OF_THE_BASIS)
def test_no_kind_stands_on_a_wrong_basis(kind: Kind, code: str, wrong: dict[str, Any]) -> None:
    assert _codes(kind, replace(_basis(kind), **wrong), GIVEN[kind]) == [code]


OF_WHAT_IS_OPEN: list[tuple[str, dict[str, Any]]] = [
    ("nothing_open", NOTHING),
    ("nothing_open", {"overdue": (*ROWS, Row(date(2026, 7, 1), 0))}),
    ("sum_differs", {"open_cents": 210_001}),
    ("sum_differs", {"open_cents": 209_999}),
    ("not_overdue", {"overdue": (*ROWS[:2], Row(ON, 70_000))}),
]


@pytest.mark.parametrize("kind", OPEN)
@pytest.mark.parametrize(("code", "wrong"), OF_WHAT_IS_OPEN)
def test_a_letter_about_arrears_needs_arrears(kind: Kind, code: str, wrong: dict[str, Any]) -> None:
    assert _codes(kind, replace(BASIS, **wrong), GIVEN[kind]) == [code]


@pytest.mark.parametrize("wrong", [{"overdue": ROWS}, {"open_cents": 1}])
def test_a_matter_is_closed_when_nothing_is_open(wrong: dict[str, Any]) -> None:
    basis = replace(_basis(Kind.SETTLED), **wrong)
    assert _codes(Kind.SETTLED, basis, GIVEN[Kind.SETTLED]) == ["still_open"]


@pytest.mark.parametrize("kind", OPEN)
def test_a_payment_that_no_app_can_read_is_refused(kind: Kind) -> None:
    basis = replace(BASIS, sender=replace(SENDER, creditor_name="x" * 71))
    assert _codes(kind, basis, GIVEN[kind]) == ["not_payable"]


ASKED = [(kind, one.name, one.label) for kind in MADE for one in ask_for(kind)]


@pytest.mark.parametrize(("kind", "name", "label"), ASKED)
def test_what_is_missing_or_odd_is_named_as_in_the_form(kind: Kind, name: str, label: str) -> None:
    right = GIVEN[kind]
    without = {key: fact for key, fact in right.items() if key != name}
    empty: dict[str, Fact] = {**right, name: ""}
    odd: dict[str, Fact] = {**right, name: True}
    for given, said in ((without, "Dit ontbreekt"), (empty, "Dit ontbreekt"), (odd, "Dit klopt niet")):
        ((code, sentence),) = _refused(kind, _basis(kind), given)
        assert code == "given_missing"
        assert sentence.startswith(f"{said}: {label}. Vul ")


@pytest.mark.parametrize(
    ("kind", "name", "fact"),
    [
        (Kind.REMINDER, "pay_before_on", "2026-11-09"),
        (Kind.REMINDER, "pay_before_on", datetime(2026, 11, 9, 12, 0, tzinfo=UTC)),
        (Kind.ARRANGEMENT_CONFIRMED, "first_on", date(9999, 12, 31)),
        (Kind.INSTALMENT_MISSED, "instalment_cents", 0),
        (Kind.INSTALMENT_MISSED, "instalment_cents", -1),
        (Kind.INSTALMENT_MISSED, "instalment_cents", "600"),
        (Kind.ARRANGEMENT_CONFIRMED, "instalment_cents", 0),
        (Kind.SETTLED, "paid_cents", 0),
        (Kind.INVITATION, "meet_time", "10.30 uur"),
        (Kind.INVITATION, "meet_time", "9:30"),
        (Kind.INVITATION, "meet_time", "24:00"),
        (Kind.INVITATION, "meet_time", "10:60"),
        (Kind.INVITATION, "meet_time", "１0:30"),
        (Kind.INVITATION, "meet_place", "   "),
        (Kind.INVITATION, "meet_place", "x" * 101),
        (Kind.EARLY_SIGNAL, "municipality", "Rotterdam\nen Delft"),
        (Kind.HANDOVER_ANNOUNCED, "bailiff_name", 7),
    ],
)
def test_a_fact_of_another_shape_is_odd(kind: Kind, name: str, fact: Fact) -> None:
    given = {**GIVEN[kind], name: fact}
    assert _codes(kind, _basis(kind), given) == ["given_missing"]


def test_all_that_is_missing_is_told_at_once() -> None:
    assert _codes(Kind.INVITATION, BASIS, {}) == ["given_missing"] * 3


SUNDAY, CHRISTMAS, ASCENSION = date(2026, 11, 15), date(2026, 12, 25), date(2027, 5, 6)
OF_THE_KIND: list[tuple[Kind, dict[str, Fact], list[str]]] = [
    *(
        (kind, {"pay_before_on": day}, codes)
        for kind in (Kind.REMINDER, Kind.INSTALMENT_MISSED)
        for day, codes in (
            (ON, ["pay_before_past"]),
            (date(2026, 10, 30), ["pay_before_past"]),
            (date(2026, 11, 6), ["pay_before_soon"]),
            (date(2026, 11, 8), ["pay_before_rest_day"]),
            (SUNDAY, ["pay_before_rest_day"]),
            (CHRISTMAS, ["pay_before_rest_day"]),
            (date(1998, 11, 9), ["pay_before_past", "law_unknown"]),
        )
    ),
    (Kind.INVITATION, {"meet_on": ON}, ["meet_past"]),
    (Kind.INVITATION, {"meet_on": SUNDAY}, ["meet_hours"]),
    (Kind.INVITATION, {"meet_on": ASCENSION}, ["meet_hours"]),
    (Kind.INVITATION, {"meet_time": "06:59"}, ["meet_hours"]),
    (Kind.INVITATION, {"meet_time": "20:00"}, ["meet_hours"]),
    (Kind.INSTALMENT_MISSED, {"due_on": ON}, ["not_overdue"]),
    (Kind.INSTALMENT_MISSED, {"instalment_cents": 210_001}, ["instalment_above_open"]),
    (Kind.ARRANGEMENT_CONFIRMED, {"first_on": ON}, ["plan_past"]),
    (Kind.ARRANGEMENT_CONFIRMED, {"instalment_cents": 3_499}, ["plan_long"]),
    (Kind.ARRANGEMENT_CONFIRMED, {"instalment_cents": 1}, ["plan_long"]),
    (Kind.EARLY_SIGNAL, {"object_before_on": date(2026, 11, 8)}, ["object_soon"]),
    (Kind.EARLY_SIGNAL, {"object_before_on": date(2026, 10, 1)}, ["object_soon"]),
    (Kind.HANDOVER_ANNOUNCED, {"handover_on": ON}, ["handover_past"]),
    (Kind.HANDOVER_ANNOUNCED, {"handover_on": date(2026, 11, 6)}, ["handover_soon"]),
    (Kind.HANDOVER_ANNOUNCED, {"handover_on": date(2026, 10, 29)}, ["handover_past"]),
    (Kind.SETTLED, {"paid_on": date(2026, 11, 3)}, ["paid_later"]),
]


@pytest.mark.parametrize(("kind", "wrong", "codes"), OF_THE_KIND)
def test_each_kind_has_faults_of_its_own(kind: Kind, wrong: dict[str, Fact], codes: list[str]) -> None:
    assert _codes(kind, _basis(kind), {**GIVEN[kind], **wrong}) == codes


@pytest.mark.parametrize(
    ("kind", "edge"),
    [
        (Kind.REMINDER, {"pay_before_on": date(2026, 11, 7)}),  # a Saturday, five days on
        (Kind.INVITATION, {"meet_on": date(2026, 11, 3), "meet_time": "07:00"}),
        (Kind.INVITATION, {"meet_on": date(2026, 11, 7), "meet_time": "19:59"}),
        (Kind.INSTALMENT_MISSED, {"instalment_cents": 210_000, "due_on": date(2026, 11, 1)}),
        (Kind.ARRANGEMENT_CONFIRMED, {"instalment_cents": 3_500, "first_on": date(2026, 11, 3)}),
        (Kind.EARLY_SIGNAL, {"object_before_on": date(2026, 11, 9)}),
        (Kind.HANDOVER_ANNOUNCED, {"handover_on": date(2026, 11, 7)}),
        (Kind.SETTLED, {"paid_on": ON, "paid_cents": 1}),
    ],
)
def test_the_edge_of_each_rule_is_right(kind: Kind, edge: dict[str, Fact]) -> None:
    assert letter_faults(kind, _basis(kind), {**GIVEN[kind], **edge}) == ()


def test_before_the_rule_on_hours_there_is_no_answer() -> None:
    on = date(2024, 3, 1)
    basis = replace(BASIS, on=on, facts_on=on, overdue=(Row(date(2024, 2, 1), 210_000),))
    given = {**GIVEN[Kind.INVITATION], "meet_on": date(2024, 3, 28)}
    assert _codes(Kind.INVITATION, basis, given) == ["law_unknown"]


@pytest.mark.parametrize(
    ("fee_from_on", "code"),
    [
        (None, "fourteen_day_missing"),
        (date(2026, 11, 20), "fourteen_day_running"),
        (ON + timedelta(days=1), "fourteen_day_running"),
    ],
)
def test_a_hand_over_follows_a_fourteen_day_letter(fee_from_on: date | None, code: str) -> None:
    basis = replace(BASIS, fee_from_on=fee_from_on)
    ((found, sentence),) = _refused(Kind.HANDOVER_ANNOUNCED, basis, GIVEN[Kind.HANDOVER_ANNOUNCED])
    assert found == code
    assert "veertiendagenbrief" in sentence


def test_the_day_on_which_the_costs_are_due_is_late_enough() -> None:
    basis = replace(BASIS, fee_from_on=ON)
    assert letter_faults(Kind.HANDOVER_ANNOUNCED, basis, GIVEN[Kind.HANDOVER_ANNOUNCED]) == ()


def _plan(*rows: tuple[int, date]) -> tuple[Row, ...]:
    return tuple(Row(day, cents) for cents, day in rows)


FIRST, SECOND = date(2026, 12, 1), date(2027, 1, 1)


@pytest.mark.parametrize(
    ("code", "plan"),
    [
        ("plan_sum", _plan((100_000, FIRST), (109_999, SECOND))),
        ("plan_sum", _plan((100_000, FIRST), (110_001, SECOND))),
        ("plan_amount", _plan((210_000, FIRST), (0, SECOND))),
        ("plan_amount", _plan((210_001, FIRST), (-1, SECOND))),
        ("plan_order", _plan((100_000, SECOND), (110_000, FIRST))),
        ("plan_order", _plan((100_000, FIRST), (110_000, FIRST))),
        ("plan_past", _plan((100_000, ON), (110_000, FIRST))),
        ("plan_long", tuple(Row(date(2026, 12, 1), 3_443) for _ in range(61))),
    ],
)
def test_a_plan_pays_what_is_open_in_order(code: str, plan: tuple[Row, ...]) -> None:
    assert _codes(Kind.ARRANGEMENT_CONFIRMED, BASIS, {}, plan) == [code]


def test_a_plan_is_for_an_arrangement_alone() -> None:
    plan = _plan((210_000, FIRST))
    assert _codes(Kind.REMINDER, BASIS, {}, plan) == ["given_missing"]


def test_faults_of_the_account_and_of_the_form_are_told_together() -> None:
    basis = replace(BASIS, paid_since_cents=1, died_on=date(2026, 10, 4))
    assert _codes(Kind.REMINDER, basis, {"pay_before_on": SUNDAY}) == [
        "tenant_died",
        "paid_since",
        "pay_before_rest_day",
    ]
