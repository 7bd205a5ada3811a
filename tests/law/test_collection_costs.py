"""The fee by the published cases, and what must hold for any amount."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tijdig.law.answer import NotKnown
from tijdig.law.collection_costs import (
    ALL_VAT_CONDITIONS,
    Instalment,
    VatGround,
    collection_costs,
    costs_at_end,
    unpaid,
)

ON = date(2026, 3, 1)
BEFORE_2A = date(2024, 9, 30)
AMOUNTS = st.integers(1, 300_000_000)


@pytest.mark.parametrize(
    ("principal_cents", "fee_cents", "with_vat_cents"),
    [
        (100_00, 40_00, 48_40),
        (266_67, 40_00, 48_40),
        (700_00, 105_00, 127_05),
        (1_400_00, 210_00, 254_10),
        (2_100_00, 315_00, 381_15),
        (2_500_00, 375_00, 453_75),
        (5_000_00, 625_00, 756_25),
        (8_400_00, 795_00, 961_95),
        (10_000_00, 875_00, 1_058_75),
        (200_000_00, 2_775_00, 3_357_75),
        (250_000_00, 3_025_00, 3_660_25),
        (1_000_000_00, 6_775_00, 8_197_75),
        (3_000_000_00, 6_775_00, 8_197_75),
    ],
)
def test_the_published_cases(principal_cents: int, fee_cents: int, with_vat_cents: int) -> None:
    assert collection_costs([principal_cents], ON).total_cents == fee_cents
    assert collection_costs([principal_cents], ON, ALL_VAT_CONDITIONS).total_cents == with_vat_cents


@given(AMOUNTS)
def test_the_fee_never_falls_and_never_jumps(principal_cents: int) -> None:
    fee = collection_costs([principal_cents], ON).fee_cents
    more = collection_costs([principal_cents + 1], ON).fee_cents
    assert 0 <= more - fee <= 1
    assert 40_00 <= fee <= 6_775_00


@given(st.lists(AMOUNTS, min_size=1, max_size=6), st.sampled_from([ON, BEFORE_2A]), st.booleans())
def test_the_parts_add_up_to_the_total(amounts: list[int], on: date, with_vat: bool) -> None:
    found = collection_costs(amounts, on, ALL_VAT_CONDITIONS if with_vat else None)
    assert sum(part.cents or 0 for part in found.parts) == found.total_cents
    assert found.principal_cents == sum(amounts)


@given(st.lists(AMOUNTS, min_size=1, max_size=6))
def test_one_letter_never_costs_more_than_the_letters_apart_or_the_sum(amounts: list[int]) -> None:
    together = collection_costs(amounts, ON).fee_cents
    apart = sum(collection_costs([one], ON).fee_cents for one in amounts)
    assert together <= apart + len(amounts) // 2  # each letter by itself may round half a cent down
    assert together <= collection_costs([sum(amounts)], BEFORE_2A).fee_cents


def test_instalments_of_one_letter_are_added_up() -> None:
    assert collection_costs([700_00, 700_00, 700_00], ON).fee_cents == 315_00
    assert collection_costs([100_00, 100_00, 100_00], BEFORE_2A).fee_cents == 45_00


@pytest.mark.parametrize(
    ("amounts", "on", "fee_cents", "provisional"),
    [
        ([700_00], ON, 105_00, False),
        ([266_68, 700_00], ON, 145_00, False),
        ([266_67], ON, 40_00, True),
        ([100_00, 100_00, 100_00], ON, 40_00, True),  # not 45
        ([700_00, 100_00], ON, 105_00, True),  # not 120
        ([700_00, 100_00], BEFORE_2A, 120_00, False),
        ([100_00], date(2024, 10, 1), 40_00, True),
    ],
)
def test_the_rule_against_stacking_blocks_only_where_a_small_instalment_is_in_the_letter(
    amounts: list[int], on: date, fee_cents: int, provisional: bool
) -> None:
    found = collection_costs(amounts, on)
    assert (found.fee_cents, found.provisional) == (fee_cents, provisional)


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_each_condition_for_vat_is_needed(missing: int) -> None:
    ground = VatGround(*(place != missing for place in range(3)))
    found = collection_costs([2_100_00], ON, ground)
    assert (found.vat_cents, len(ground.missing)) == (0, 1)
    assert ground.missing[0] in found.parts[-1].sentence


def test_after_a_part_payment_the_fee_is_over_what_is_left() -> None:
    rents = [Instalment(700_00, "januari"), Instalment(700_00, "februari"), Instalment(700_00, "maart")]
    assert costs_at_end(rents, 700_00, ON).fee_cents == 210_00
    assert [one.label for one in unpaid(rents, 900_00)] == ["februari", "maart"]
    assert unpaid(rents, 900_00)[0].principal_cents == 500_00
    assert costs_at_end(rents, 2_100_00, ON, ALL_VAT_CONDITIONS).total_cents == 0


def test_what_cannot_be_asked() -> None:
    with pytest.raises(NotKnown):
        collection_costs([700_00], date(2012, 6, 30))
    for amount in (0, -1):
        with pytest.raises(ValueError, match="hoger zijn dan nul"):
            collection_costs([amount], ON)
    with pytest.raises(ValueError, match="nul of meer"):
        unpaid([700_00], -1)
