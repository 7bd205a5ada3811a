"""Every rule that was considered, with what it saw, in sentences that a person can check."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from tijdig.arrears.evaluate import Decisions, evaluate
from tijdig.arrears.explain import explain
from tijdig.arrears.features import Traits
from tijdig.arrears.portfolio import build
from tijdig.base.days import day_number
from tijdig.policy.document import NAMED, Comparison, Feature, default_policy, read_policy
from tijdig.policy.table import compile_policy

POLICY = default_policy()


def _decide(as_of: date, *, hold: int = 0, direct_debit: bool = False, policy_text: str = "") -> Decisions:
    due = day_number(date(2026, 6, 1))
    portfolio = build([1], [due], [due], [60_000], [2], [0], [1])
    traits = Traits(*(np.array([value]) for value in (60_000, False, direct_debit, 25, hold)))
    policy = read_policy(policy_text)[0] if policy_text else POLICY
    assert policy is not None
    return evaluate(portfolio, traits, compile_policy(policy), day_number(as_of))


def test_explain_tells_why_there_is_no_alert_while_the_debit_still_runs() -> None:
    told = explain(_decide(date(2026, 6, 3), direct_debit=True), 0, POLICY)
    assert (told.code, told.alert, told.why) == (
        "debit_ahead",
        False,
        "De automatische incasso loopt op de 25e.",
    )
    assert told.would_stop_alert == ()


def test_explain_tells_every_rule_before_it_with_the_values_it_saw() -> None:
    told = explain(_decide(date(2026, 6, 10)), 0, POLICY)
    seen = {rule.code: [(check.seen, check.holds) for check in rule.checks] for rule in told.considered}
    assert seen == {
        "nothing_open": [(60_000, False)],
        "not_due": [(60_000, False)],
        "bank_incomplete": [(0, False)],
        "on_hold": [(0, False)],
        "small_amount": [(60_000, False)],
        "debit_ahead": [(0, False)],
        "match_payment": [(0, False)],
        "arrangement_broken": [(0, False)],
        "arrangement_late": [(0, False)],
        "arrangement_kept": [(0, False)],
        "promise_broken": [(0, False)],
        "promise_open": [(0, False)],
        "departed": [(0, False)],
        "prepare_handover": [(100, False)],
        "prepare_handover_rent_unknown": [(1, False), (1, False)],
        "visit": [(9, False)],
        "call": [(9, True)],
    }
    assert told.considered[-1].checks[0].sentence == (
        "de oudste achterstand is te laat: 9 dagen; dat is ten minste 8 dagen."
    )


def test_explain_tells_what_would_have_stopped_the_alert() -> None:
    told = explain(_decide(date(2026, 6, 10)), 0, POLICY)
    assert [text.replace("\u00a0", " ") for text in told.would_stop_alert] == [
        "Niets open geldt niet: het open bedrag is € 600,00; dat is niet € 0,00.",
        "Nog niet vervallen geldt niet: de achterstand is € 600,00; dat is niet € 0,00.",
        "Wachten op de bank geldt niet: de bankgegevens zijn compleet.",
        "Aangehouden geldt niet: het contract is niet aangehouden.",
        "Klein bedrag geldt niet: de achterstand is € 600,00; dat is niet minder dan € 10,00.",
        "Wachten op de incasso geldt niet: er komt deze maand geen incasso meer, of er is iets ouders open.",
        "Wachten op een termijn geldt niet: er is geen regeling.",
        "Regeling loopt geldt niet: er is geen regeling.",
        "Wachten op de toezegging geldt niet: er loopt geen toezegging.",
    ]


ALL_SIGNS = """
name: Alle vergelijkingen
version: 1
valid_from: 2026-01-01
arrangements: {longest_months: 12, smallest_cents: 2500, grace_days: 3, again_after_months: 6}
steps:
  - {code: one, label: Een, when: [%s], alert: true, due_in_days: 0, who: person, why: "{items}, {credit},
    {as_of}."}
  - {code: rest, label: Rest, alert: false, due_in_days: 0, who: person, why: "{open}; {oldest_due}."}
"""


@pytest.mark.parametrize("feature", [f for f in Feature if f is not Feature.HOLD])
@pytest.mark.parametrize("sign", ["<", "<=", "=", "!=", ">=", ">"])
def test_explain_has_a_sentence_for_every_feature_and_comparison(feature: Feature, sign: str) -> None:
    value = list(NAMED[feature])[-1] if feature in NAMED else "3"
    text = ALL_SIGNS % f"{feature.name.lower()} {sign} {value}"
    policy = read_policy(text)[0]
    assert policy is not None
    told = explain(_decide(date(2026, 6, 10), policy_text=text), 0, policy)
    check = told.considered[0].checks[0]
    assert check.condition.feature is feature
    assert check.sentence.endswith(".")
    assert told.why in ("1 post, €\u00a00,00, 10-06-2026.", "€\u00a0600,00; 01-06-2026.")


@pytest.mark.parametrize(
    ("hold", "sign", "sentence"),
    [
        (2, "has", "het contract is aangehouden."),
        (0, "has", "het contract is niet aangehouden."),
        (2, "lacks", "het contract is aangehouden."),
    ],
)
def test_explain_tells_the_flag_as_it_is_whatever_was_asked(hold: int, sign: str, sentence: str) -> None:
    text = ALL_SIGNS % f"hold {sign} on_hold"
    policy = read_policy(text)[0]
    assert policy is not None
    told = explain(_decide(date(2026, 6, 10), hold=hold, policy_text=text), 0, policy)
    check = told.considered[0].checks[0]
    assert check.sentence == sentence
    assert check.holds == ((hold != 0) == (check.condition.comparison is Comparison.HAS))
