"""Every rule that was considered, with what it saw, in sentences that a person can check."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from tijdig.arrears.evaluate import Decisions, evaluate
from tijdig.arrears.explain import explain
from tijdig.arrears.features import Traits
from tijdig.arrears.portfolio import build
from tijdig.arrears.single_case import Deviation, Instead, no_single_case
from tijdig.base.days import day_number
from tijdig.policy.document import default_policy, read_policy
from tijdig.policy.table import compile_policy
from tijdig.policy.words import FLAGS, NAMED, YES_NO, Comparison, Feature

POLICY = default_policy()


def _decide(
    as_of: date,
    *,
    hold: int = 0,
    direct_debit: bool = False,
    policy_text: str = "",
    deviations: tuple[Deviation, ...] = (),
) -> Decisions:
    due = day_number(date(2026, 6, 1))
    portfolio = build([1], [due], [due], [60_000], [2], [0], [1])
    traits = Traits(*(np.array([value]) for value in (60_000, False, direct_debit, 25, hold)))
    traits = replace(traits, single_case=replace(no_single_case(1), deviations=deviations))
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
        "frozen_ahead": [(0, False), (60_000, False), (0, False), (0, True)],
        "nothing_open": [(60_000, False)],
        "not_due": [(60_000, False)],
        "bank_incomplete": [(0, False)],
        "on_hold": [(0, False)],
        "small_amount": [(60_000, False)],
        "debit_ahead": [(0, False)],
        "match_payment": [(0, False)],
        "recall_from_bailiff": [(0, False), (0, False), (0, True)],
        "with_bailiff": [(0, False)],
        "arrangement_broken": [(0, False)],
        "arrangement_late": [(0, False)],
        "arrangement_kept": [(0, False)],
        "promise_broken": [(0, False)],
        "paused": [(0, False)],
        "objection": [(0, False)],
        "help_runs": [(0, False)],
        "decide_new_beside_promise": [(0, False), (0, False), (0, False), (0, False), (0, True)],
        "decide_beside_promise": [(0, False), (0, True), (9, False), (0, True)],
        "promise_open": [(0, False)],
        "answer_reply": [(0, False)],
        "finish_arrangement": [(0, False)],
        "reach_for_arrangement": [
            (0, False),
            (0, True),
            (9, False),
            (0, True),
            (0, True),
            (0, True),
            (0, True),
            (0, True),
            (0, True),
        ],
        "make_arrangement": [(0, False), (0, False), (0, True)],
        "death": [(0, False)],
        "procedure_sought": [(0, False), (0, True), (-1, False), (-1, False), (0, True)],
        "debt_procedure": [(0, False), (0, True), (0, True)],
        "decide_new_arrears": [(0, False), (0, False), (0, False), (0, True), (0, True)],
        "talked_new_arrears": [(0, False), (0, False), (0, False), (0, True), (-1, False)],
        "new_arrears": [(0, False), (0, False), (0, False), (0, True)],
        "moratorium_over": [(0, False), (-1, False)],
        "which_procedure": [(0, False), (0, True), (0, True), (0, True), (-1, False), (-1, False)],
        "procedure_review": [(0, False), (-1, False), (-1, False)],
        "frozen_wsnp": [(0, False)],
        "frozen_moratorium": [(0, False)],
        "frozen_amicable": [(0, False)],
        "frozen": [(0, False)],
        "bankruptcy": [(0, False)],
        "call_administrator": [(0, False), (0, True)],
        "departed": [(0, False), (0, True), (9, True)],
        "vulnerable": [(0, False), (9, False), (0, True)],
        "hand_over": [(0, False), (0, False), (0, False)],
        "hand_over_departed": [(0, False), (0, False), (0, False)],
        "early_signal": [(0, False), (-1, False), (0, True), (0, False)],
        "call_before_letter": [(9, False), (0, True), (0, True), (0, True)],
        "visit_before_letter": [
            (9, False),
            (9, True),
            (9, True),
            (0, True),
            (0, False),
            (0, True),
            (0, True),
            (0, True),
            (0, True),
        ],
        "offer_help": [(9, False), (0, True), (0, True)],
        "fourteen_day_letter": [(9, False), (0, True)],
        "visit_before_decision": [(0, True), (0, True), (0, False), (-1, False), (0, True), (0, True)],
        "decide": [(9, False), (0, True)],
        "decide_amount": [(100, False), (9, False), (0, True)],
        "decide_rent_unknown": [(1, False), (1, False), (9, False), (0, True)],
        "follow_up": [(0, False), (-1, False)],
        "talked": [(0, False), (-1, False)],
        "reach_otherwise": [(9, False), (0, True), (0, False)],
        "visit": [(9, False), (0, True)],
        "visit_phone_fails": [(0, False), (0, True)],
        "call_reversal": [(-1, False), (0, True)],
        "call_again_late": [(0, False), (9, True), (0, True)],
        "call": [(9, True), (0, True)],
    }
    assert told.considered[-1].checks[0].sentence == (
        "de oudste achterstand is te laat: 9 dagen; dat is ten minste 5 dagen."
    )


def test_explain_tells_what_would_have_stopped_the_alert() -> None:
    told = explain(_decide(date(2026, 6, 10)), 0, POLICY)
    assert [text.replace("\u00a0", " ") for text in told.would_stop_alert] == [
        "Vooruit betaald tijdens de schuldregeling geldt niet: er loopt geen schuldregeling. de achterstand is € 600,00; "
        "dat is niet € 0,00. de oude schuld, van vóór de schuldregeling, is € 0,00; dat is minder dan € 10,00.",
        "Niets open geldt niet: het open bedrag is € 600,00; dat is niet € 0,00.",
        "Nog niet vervallen geldt niet: de achterstand is € 600,00; dat is niet € 0,00.",
        "Wachten op de bank geldt niet: de bankgegevens zijn compleet.",
        "Aangehouden geldt niet: het contract is niet aangehouden.",
        "Klein bedrag geldt niet: de achterstand is € 600,00; dat is niet minder dan € 10,00.",
        "Wachten op de incasso geldt niet: er komt deze maand geen incasso meer, of er is iets ouders open.",
        "Bij de deurwaarder geldt niet: het dossier is niet bij de deurwaarder.",
        "Wachten op een termijn geldt niet: er is geen regeling.",
        "Regeling loopt geldt niet: er is geen regeling.",
        "Gepauzeerd geldt niet: de zaak is niet gepauzeerd.",
        "Wachten op het antwoord op een bezwaar geldt niet: er is geen bezwaar dat op antwoord wacht.",
        "Hulp loopt geldt niet: niemand heeft op naam over deze zaak besloten.",
        "Wachten op de toezegging geldt niet: er loopt geen toezegging.",
        "Wsnp loopt geldt niet: de Wsnp loopt niet.",
        "Moratorium loopt geldt niet: er geldt geen moratorium.",
        "Minnelijke schuldregeling loopt geldt niet: er loopt geen minnelijke schuldregeling.",
        "Schuldregeling loopt geldt niet: er loopt geen schuldregeling.",
    ]


ALL_SIGNS = """
name: Alle vergelijkingen
version: 1
valid_from: 2026-01-01
floor_cents: 0
arrangements: {longest_months: 12, smallest_cents: 2500, grace_days: 3, again_after_months: 6}
deadlines: {talk_by_days: 21, decide_by_days: 61, warn_days: 5}
minutes: {match_payment: 4, message: 0, letter: 0, call: 10, visit: 45, answer: 6, arrange: 20, confer: 15,
  fourteen_day_letter: 3, early_signal: 8, decide: 15, hand_over: 20}
steps:
  - {code: one, label: Een, when: [%s], do: call, bucket: list, stage: contact, alert: true, due_in_days: 0, who: person,
    why: "{items}, {credit}, {as_of}."}
  - {code: rest, label: Rest, do: none, bucket: nothing, stage: none, alert: false, due_in_days: 0, who: person,
    why: "{open}; {oldest_due}; {since}, {arrears_days}."}
"""


@pytest.mark.parametrize("feature", [f for f in Feature if f not in FLAGS])
@pytest.mark.parametrize("sign", ["<", "<=", "=", "!=", ">=", ">"])
def test_explain_has_a_sentence_for_every_feature_and_comparison(feature: Feature, sign: str) -> None:
    value = list(NAMED[feature])[-1] if feature in NAMED else "ja" if feature in YES_NO else "3"
    text = ALL_SIGNS % f"{feature.name.lower()} {sign} {value}"
    policy = read_policy(text)[0]
    assert policy is not None
    told = explain(_decide(date(2026, 6, 10), policy_text=text), 0, policy)
    check = told.considered[0].checks[0]
    assert check.condition.feature is feature
    assert check.sentence.endswith(".")
    assert told.why in ("1 post, €\u00a00,00, 10-06-2026.", "€\u00a0600,00; 01-06-2026; 01-06-2026, 9 dagen.")


def test_explain_of_a_deviation_ends_with_what_the_way_of_working_gives_and_names_it() -> None:
    codes = [step.code for step in POLICY.steps]
    visits = Deviation(0, codes.index("call"), Instead.OTHER, 7, codes.index("visit"))
    told = explain(_decide(date(2026, 6, 10), deviations=(visits,)), 0, POLICY)
    assert (told.code, told.alert, told.instead_of) == ("visit", True, "Bellen")
    assert told.considered[-1].code == "call" and told.considered[-1].applies
    assert told.why.replace("\u00a0", " ") == (
        "9 dagen te laat sinds 01-06-2026 en nog geen gesprek; samen € 600,00."
    )
    assert told.would_stop_alert[1].startswith("Niets open geldt niet")


def test_explain_without_a_deviation_names_no_other_step() -> None:
    assert explain(_decide(date(2026, 6, 10)), 0, POLICY).instead_of == ""


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
