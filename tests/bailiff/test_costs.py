"""What an act costs, against the tariff of its day, and what of it a tenant owes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tijdig.bailiff.agreement import Tariff
from tijdig.bailiff.costs import (
    Act,
    Against,
    Cost,
    CostDraft,
    Grounds,
    Payer,
    asks_agreement,
    compared,
    faults,
    sums,
    tenant_cents,
    waits_for_corporation,
)
from tijdig.bailiff.kinds import Side

TODAY = date(2024, 6, 10)
GROUNDS = Grounds(
    tariffs=(Tariff("per dossier", 4_500),), vat_declared=False, claim_cents=210_000, judged_on=None
)
SUMMONS = CostDraft(act=Act.SUMMONS, payer=Payer.TENANT, on=date(2024, 5, 1), cents=11_237)


@pytest.mark.parametrize(
    ("cents", "half", "found", "tariff"),
    [
        (11_237, False, Against.RIGHT, 11_237),
        (11_000, False, Against.BELOW, 11_237),
        (12_000, False, Against.ABOVE, 11_237),
        (5_619, True, Against.RIGHT, 5_619),  # half of 112.37, rounded half up
    ],
)
def test_a_summons_is_held_against_the_tariff_of_its_day(
    cents: int, half: bool, found: Against, tariff: int
) -> None:
    test = compared(replace(SUMMONS, cents=cents, complied=half), GROUNDS)
    assert (test.against, test.tariff_cents) == (found, tariff)


def test_what_the_tariff_is_not_known_of_needs_a_reason_and_says_so() -> None:
    draft = replace(SUMMONS, on=date(2026, 3, 1))
    assert compared(draft, GROUNDS).against is Against.UNKNOWN
    (wrong,) = faults(draft, GROUNDS, date(2026, 3, 1))
    assert "niet bekend" in wrong
    assert "waarom" in wrong
    assert faults(replace(draft, reason="Staat op het exploot."), GROUNDS, date(2026, 3, 1)) == ()


def test_a_value_that_is_not_confirmed_is_no_test() -> None:
    draft = CostDraft(act=Act.EVICTION, payer=Payer.CORPORATION, on=date(2024, 5, 1), cents=28_868)
    assert compared(draft, GROUNDS).against is Against.UNKNOWN


def test_a_tenant_never_pays_more_than_the_tariff_whatever_the_reason() -> None:
    wrong = faults(replace(SUMMONS, cents=12_000, reason="Het was ver."), GROUNDS, TODAY)
    assert any("Meer dan het tarief" in one for one in wrong)
    for_us = replace(SUMMONS, cents=12_000, payer=Payer.CORPORATION, reason="Het was ver.")
    assert faults(for_us, GROUNDS, TODAY) == ()


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (replace(SUMMONS, cents=0), "hoger is dan nul"),
        (replace(SUMMONS, on=date(2024, 6, 11)), "vandaag of eerder"),
        (replace(SUMMONS, act=Act.JUDGMENT_SERVED, cents=12_234), "geen vonnis dat iets toewees"),
        (replace(SUMMONS, act=Act.AWARDED_COSTS), "volgt uit het vonnis"),
        (replace(SUMMONS, vat_cents=1), "niet verklaard"),
        (replace(SUMMONS, act=Act.COURT_FEE, cents=37_200, vat_cents=1), "geen btw"),
        (replace(SUMMONS, act=Act.AGREED, label="per dossier", cents=4_500), "betaalt de huurder niet"),
        (replace(SUMMONS, act=Act.AGREED, label="iets", payer=Payer.CORPORATION), "uit de afspraken"),
    ],
)
def test_what_cannot_be_booked_says_what_to_do(draft: CostDraft, words: str) -> None:
    assert any(words in one for one in faults(draft, GROUNDS, TODAY))


def test_vat_is_at_most_its_part_of_the_amount() -> None:
    declared = replace(GROUNDS, vat_declared=True)
    assert faults(replace(SUMMONS, vat_cents=2_360), declared, TODAY) == ()  # 21% of 112.37 is 23.60
    (wrong,) = faults(replace(SUMMONS, vat_cents=2_361), declared, TODAY)
    assert "ten hoogste" in wrong


def test_the_court_fee_is_that_of_the_claim() -> None:
    draft = CostDraft(act=Act.COURT_FEE, payer=Payer.TENANT, on=date(2026, 5, 1), cents=39_700)
    assert compared(draft, GROUNDS).against is Against.RIGHT


def _cost(act: Act, cents: int, payer: Payer = Payer.TENANT, **more: object) -> Cost:
    given: dict[str, object] = {
        "id": 1, "act": act, "payer": payer, "on": TODAY, "cents": cents, "vat_cents": 0, "label": "",
        "against": Against.RIGHT, "tariff_cents": cents, "name": "Piet", "reason": "", "withdrawn_by": "",
        "received_on": None,
    }  # fmt: skip
    return Cost(**(given | more))  # type: ignore[arg-type]


def test_before_a_judgment_a_summons_may_come_and_after_it_only_what_was_awarded_is_owed() -> None:
    booked = [_cost(Act.SUMMONS, 11_237), _cost(Act.AGREED, 4_500, Payer.CORPORATION)]
    before = sums(booked, None)
    assert (before.owed_cents, before.may_come_cents, before.own_cents) == (0, 11_237, 4_500)
    judged = [*booked, _cost(Act.AWARDED_COSTS, 60_000), _cost(Act.JUDGMENT_SERVED, 12_234)]
    after = sums(judged, TODAY)
    assert (after.owed_cents, after.may_come_cents, after.own_cents) == (
        72_234,
        0,
        4_500,
    )  # the summons was awarded
    meagre = [*booked, _cost(Act.AWARDED_COSTS, 5_000)]
    assert sums(meagre, TODAY).own_cents == 4_500 + 11_237 - 5_000
    assert tenant_cents(judged, TODAY) == 72_234
    assert tenant_cents(booked, None) == 0


def test_what_was_asked_after_the_judgment_is_owed() -> None:
    later = _cost(Act.INFORMATION, 500, on=TODAY + timedelta(days=1))
    assert sums([later], TODAY).owed_cents == 500


def test_what_was_taken_back_or_paid_is_not_owed() -> None:
    costs = [
        _cost(Act.AWARDED_COSTS, 60_000, withdrawn_by="Piet"),
        _cost(Act.JUDGMENT_SERVED, 12_234, received_on=TODAY),
    ]
    assert sums(costs, TODAY).owed_cents == 0


@pytest.mark.parametrize(
    ("against", "payer", "side", "asks"),
    [
        (Against.UNKNOWN, Payer.TENANT, Side.PARTNER, True),
        (Against.ABOVE, Payer.TENANT, Side.PARTNER, True),
        (Against.RIGHT, Payer.TENANT, Side.PARTNER, False),
        (Against.BELOW, Payer.TENANT, Side.PARTNER, False),
        (Against.UNKNOWN, Payer.TENANT, Side.CORPORATION, False),  # it agreed by booking
        (Against.UNKNOWN, Payer.CORPORATION, Side.PARTNER, False),
    ],
)
def test_what_no_tariff_says_of_a_partner_asks_the_corporation(
    against: Against, payer: Payer, side: Side, asks: bool
) -> None:
    assert asks_agreement(replace(SUMMONS, payer=payer), against, side) is asks


def test_what_waits_for_the_corporation_may_come_and_is_not_owed() -> None:
    service = _cost(Act.JUDGMENT_SERVED, 12_500, agreed=False)
    waiting = sums([service], TODAY)
    assert (waiting.owed_cents, waiting.may_come_cents, waiting.own_cents) == (0, 12_500, 0)
    assert tenant_cents([service], TODAY) == 0
    agreed = replace(service, agreed=True, agreed_by="An")
    assert (sums([agreed], TODAY).owed_cents, sums([agreed], TODAY).may_come_cents) == (12_500, 0)
    assert tenant_cents([agreed], TODAY) == 12_500
    gone = [replace(service, withdrawn_by="An"), replace(service, received_on=TODAY), agreed]
    assert [waits_for_corporation(one, TODAY) for one in gone] == [False] * 3


def test_what_a_court_decides_about_waits_for_nobody_else() -> None:
    summons, asked = _cost(Act.SUMMONS, 13_000, agreed=False), _cost(Act.INFORMATION, 500, agreed=False)
    assert [waits_for_corporation(summons, day) for day in (None, TODAY, TODAY - timedelta(days=1))] == [
        False
    ] * 3
    assert sums([summons, _cost(Act.AWARDED_COSTS, 10_000)], TODAY).own_cents == 3_000
    # Information of after the judgment is owed without a court, so it waits.
    assert [waits_for_corporation(asked, day) for day in (None, TODAY, TODAY - timedelta(days=1))] == [
        False, False, True,
    ]  # fmt: skip
