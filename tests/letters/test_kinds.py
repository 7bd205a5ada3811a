"""Letters of each kind from right facts: what they say, what they ask to pay, and what a form suggests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from letters.kind_facts import BASIS, FEE_FROM_ON, GIVEN, NOTHING
from letters.letter_facts import ROWS
from tijdig.law.collection_costs import ALL_VAT_CONDITIONS
from tijdig.letters.asked import AskedType
from tijdig.letters.basis import Basis
from tijdig.letters.fourteen_day import check, fourteen_day_letter
from tijdig.letters.kinds import ask_for, fourteen_day_facts, letter_faults, letter_of, with_costs
from tijdig.letters.letter import Kind, Language, Override, Row
from tijdig.letters.notation import money
from tijdig.letters.render import render
from tijdig.letters.texts import FIELDS, FLAGS, TextError, default

MADE = [kind for kind in Kind if kind is not Kind.FOURTEEN_DAY]


def _basis(kind: Kind, language: Language = Language.NL) -> Basis:
    basis = replace(BASIS, to=replace(BASIS.to, language=language))
    return replace(basis, **NOTHING) if kind is Kind.SETTLED else basis


@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize("language", Language)
def test_right_facts_make_a_letter_that_can_be_printed(kind: Kind, language: Language) -> None:
    basis = _basis(kind, language)
    assert letter_faults(kind, basis, GIVEN[kind]) == ()
    made = letter_of(kind, basis, GIVEN[kind])
    assert (made.kind, made.version, made.on, made.to) == (kind, default(kind).version, basis.on, basis.to)
    assert set(made.facts) == FIELDS[kind] | FLAGS.get(kind, frozenset())
    assert render(made).pages == 1


ASKED_CENTS = {
    Kind.FRIENDLY_REMINDER: 210_000,
    Kind.REMINDER: 210_000,
    Kind.INVITATION: 210_000,
    Kind.ARRANGEMENT_CONFIRMED: 60_000,
    Kind.INSTALMENT_MISSED: 60_000,
    Kind.EARLY_SIGNAL: 210_000,
    Kind.HANDOVER_ANNOUNCED: 210_000,
}


@pytest.mark.parametrize(
    ("language", "name"), [(Language.NL, "Incassokosten"), (Language.EN, "Collection costs")]
)
def test_a_hand_over_asks_the_costs_that_are_due_already(language: Language, name: str) -> None:
    basis = with_costs(_basis(Kind.HANDOVER_ANNOUNCED, language), [(FEE_FROM_ON, 31_500)])
    made = letter_of(Kind.HANDOVER_ANNOUNCED, basis, GIVEN[Kind.HANDOVER_ANNOUNCED])
    assert made.rows[-1] == Row(FEE_FROM_ON - timedelta(days=1), 31_500, name)
    assert made.payment and made.payment.amount_cents == 241_500
    said = render(made).text.replace("\u00a0", " ")
    assert said.count(money(31_500, language).replace("\u00a0", " ")) == 2
    without = letter_of(
        Kind.HANDOVER_ANNOUNCED, _basis(Kind.HANDOVER_ANNOUNCED, language), GIVEN[Kind.HANDOVER_ANNOUNCED]
    )
    assert name.lower() not in render(without).text.lower()


@pytest.mark.parametrize("kind", MADE)
def test_each_kind_asks_its_own_amount(kind: Kind) -> None:
    payment = letter_of(kind, _basis(kind), GIVEN[kind]).payment
    assert (payment.amount_cents if payment else None) == ASKED_CENTS.get(kind)
    assert payment is None or payment.reference == BASIS.payment_reference


@pytest.mark.parametrize("kind", MADE)
def test_each_kind_has_its_own_table(kind: Kind) -> None:
    months = (date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1), date(2027, 3, 1))
    plan = tuple(map(Row, months, (60_000, 60_000, 60_000, 30_000)))
    rows = {
        Kind.ARRANGEMENT_CONFIRMED: plan,
        Kind.INSTALMENT_MISSED: (Row(date(2026, 10, 26), 60_000),),
        Kind.SETTLED: (),
    }
    assert letter_of(kind, _basis(kind), GIVEN[kind]).rows == rows.get(kind, ROWS)


def test_a_plan_that_is_given_goes_before_what_is_typed() -> None:
    plan = (Row(date(2026, 12, 24), 10_000), Row(date(2027, 3, 31), 200_000))
    made = letter_of(Kind.ARRANGEMENT_CONFIRMED, BASIS, {}, plan=plan)
    assert made.rows == plan
    assert made.facts == {
        "open_cents": 210_000,
        "instalment_count": 2,
        "first_on": date(2026, 12, 24),
        "last_on": date(2027, 3, 31),
    }
    assert made.payment is not None and made.payment.amount_cents == 10_000


def test_parts_of_a_plan_are_numbered_and_other_rows_keep_their_label() -> None:
    plan = (Row(date(2026, 12, 24), 10_000), Row(date(2027, 3, 31), 200_000, "Slot"))
    said = render(letter_of(Kind.ARRANGEMENT_CONFIRMED, BASIS, {}, plan=plan)).text
    assert "Deel 1 | 24 december 2026 | € 100,00" in said
    assert "Slot | 31 maart 2027 | € 2.000,00" in said
    english = _basis(Kind.INSTALMENT_MISSED, Language.EN)
    missed = letter_of(Kind.INSTALMENT_MISSED, english, GIVEN[Kind.INSTALMENT_MISSED])
    assert "Part of our agreement | 26 October 2026 | € 600.00" in render(missed).text


def test_typed_words_lose_the_spaces_around_them() -> None:
    given = {**GIVEN[Kind.HANDOVER_ANNOUNCED], "bailiff_name": "  Van Dam "}
    assert letter_of(Kind.HANDOVER_ANNOUNCED, BASIS, given).facts["bailiff_name"] == "Van Dam"


def test_what_the_kind_does_not_ask_is_left_out() -> None:
    given = {**GIVEN[Kind.REMINDER], "bailiff_name": "Van Dam"}
    assert set(letter_of(Kind.REMINDER, BASIS, given).facts) == {"open_cents", "pay_before_on"}


def test_the_letter_has_the_version_of_its_text() -> None:
    text = replace(default(Kind.REMINDER), version=7)
    assert letter_of(Kind.REMINDER, BASIS, GIVEN[Kind.REMINDER], text).version == 7
    with pytest.raises(TextError, match="settled"):
        letter_of(Kind.REMINDER, BASIS, GIVEN[Kind.REMINDER], default(Kind.SETTLED))


def test_a_fourteen_day_letter_has_the_costs_of_the_law() -> None:
    assert ask_for(Kind.FOURTEEN_DAY) == ()
    made = letter_of(Kind.FOURTEEN_DAY, BASIS, {})
    assert made.facts["costs_cents"] == 31_500
    assert made == fourteen_day_letter(fourteen_day_facts(BASIS))


def test_fourteen_day_facts_take_vat_and_an_override() -> None:
    facts = fourteen_day_facts(BASIS, ALL_VAT_CONDITIONS)
    assert (facts.fee_cents, facts.vat_cents, check(facts)) == (31_500, 6_615, ())
    small = replace(BASIS, overdue=(Row(date(2026, 10, 1), 10_000),), open_cents=10_000)
    assert [one.code for one in letter_faults(Kind.FOURTEEN_DAY, small, {})] == ["provisional"]
    taken = Override("S. de Boer", "Nagezocht; zie notitie 12.")
    assert check(fourteen_day_facts(small, override=taken)) == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (NOTHING, "nothing_open"),
        ({"overdue": (*ROWS[:2], Row(date(2026, 10, 1), 0)), "open_cents": 140_000}, "nothing_open"),
        ({"died_on": date(2026, 9, 1)}, "tenant_died"),
        ({"open_cents": 210_001}, "sum_differs"),
        ({"paid_since_cents": 1}, "paid_since"),
    ],
)
def test_a_fourteen_day_letter_is_held_to_its_own_checks(change: dict[str, object], code: str) -> None:
    faults = letter_faults(Kind.FOURTEEN_DAY, replace(BASIS, **change), {})  # type: ignore[arg-type]
    assert [one.code for one in faults] == [code]


def test_without_a_value_of_the_law_there_is_no_fourteen_day_letter() -> None:
    on = date(2012, 6, 1)
    old = replace(BASIS, on=on, facts_on=on, overdue=(Row(date(2012, 5, 1), 210_000),))
    assert [one.code for one in letter_faults(Kind.FOURTEEN_DAY, old, {})] == ["law_unknown"]


def test_suggested_days_are_working_days_that_pass_the_checks() -> None:
    suggested = {
        (kind, one.name): one.suggest(BASIS)
        for kind in Kind
        for one in ask_for(kind)
        if one.suggest(BASIS) is not None
    }
    assert suggested == {
        (Kind.REMINDER, "pay_before_on"): date(2026, 11, 9),
        (Kind.INVITATION, "meet_on"): date(2026, 11, 9),
        (Kind.ARRANGEMENT_CONFIRMED, "first_on"): date(2026, 12, 1),
        (Kind.INSTALMENT_MISSED, "pay_before_on"): date(2026, 11, 9),
        (Kind.EARLY_SIGNAL, "object_before_on"): date(2026, 11, 16),
        (Kind.HANDOVER_ANNOUNCED, "handover_on"): date(2026, 11, 16),
    }
    for (kind, name), day in suggested.items():
        assert day is not None
        assert letter_faults(kind, BASIS, {**GIVEN[kind], name: day}) == ()


def test_a_suggested_day_is_never_a_rest_day_nor_within_a_running_term() -> None:
    (pay_before,) = ask_for(Kind.REMINDER)
    assert pay_before.suggest(replace(BASIS, on=date(2026, 12, 18))) == date(2026, 12, 28)
    assert pay_before.suggest(replace(BASIS, fee_from_on=date(2026, 11, 29))) == date(2026, 11, 30)


@pytest.mark.parametrize(("town", "suggested"), [("Rotterdam", "Rotterdam"), ("", None)])
def test_an_early_signal_suggests_the_town_of_the_home(town: str, suggested: str | None) -> None:
    municipality = ask_for(Kind.EARLY_SIGNAL)[0]
    assert (municipality.name, municipality.suggest(replace(BASIS, town=town))) == ("municipality", suggested)


def test_what_is_asked_is_named_in_dutch_and_used_by_the_text() -> None:
    derived = {"instalment_cents"}
    for kind in MADE:
        asked = ask_for(kind)
        more = derived if kind is Kind.ARRANGEMENT_CONFIRMED else set()
        assert {one.name for one in asked} <= FIELDS[kind] | more
        assert all(one.label and one.help.endswith(".") for one in asked)
        endings = {"_on": AskedType.DAY, "_cents": AskedType.CENTS, "_time": AskedType.TIME}
        assert all(endings.get(one.name[one.name.rindex("_") :] if "_" in one.name else "", AskedType.TEXT)
                   is one.type for one in asked)  # fmt: skip
