"""Whose money is it: the order of the rules, and everything that is never automatic, through the whole chain."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from bank_files import Ask, Day, Pay, camt, pain008
from street import BAKKER, JANSEN, KENMERK, PIETERS, RENT, RF, SHARED, SMIT, VRIES, Street

ASKED = pain008("B-1", Ask(RENT, "EIGEN-1", "M-233", VRIES))
PLAIN = Pay(RENT, name="Onbekend", account=SMIT)  # an account that nobody has
WRONG_CHECK = str((int(KENMERK[0]) + 1) % 10) + KENMERK[1:]


@pytest.mark.parametrize(
    ("pay", "rule", "sure"),
    [
        (replace(PLAIN, kind="collection", e2e="EIGEN-1", mandate="M-240", account=JANSEN), "end_to_end", 100),
        (replace(PLAIN, kind="collection", e2e="X", mandate="M-233", text=RF), "mandate", 99),
        (replace(PLAIN, structured=RF, text="104.233"), "rf", 99),
        (replace(PLAIN, text=f"huur {KENMERK}"), "payment_reference", 98),
        (replace(PLAIN, structured=KENMERK), "payment_reference", 98),
        (replace(PLAIN, text="huur contract 104.233", account=VRIES), "contract_and_account", 95),
        (replace(PLAIN, text="huur 104233", name="Mw. E. DE VRIES"), "contract_and_name", 95),
        (replace(PLAIN, text="huur", account=VRIES), "account", 90),
    ],
)  # fmt: skip
def test_the_first_sure_rule_posts(street: Street, pay: Pay, rule: str, sure: int) -> None:
    street.give(ASKED)
    street.give(camt(Day([pay])))
    assert street.rows("SELECT state, rule, sureness FROM imports_line") == [("posted", rule, sure)]
    assert len(street.money()) == 1


@pytest.mark.parametrize(
    ("pay", "reason"),
    [
        (PLAIN, "nobody_named"),
        (replace(PLAIN, text=f"huur {WRONG_CHECK}"), "nobody_named"),
        (replace(PLAIN, text=f"{KENMERK} en {RF}"), "several_named"),
        (replace(PLAIN, text="104.233 en 104.240", name="Vries"), "several_named"),
        (replace(PLAIN, text="huur 104.233"), "contract_without_name"),
        (replace(PLAIN, account=SHARED), "account_shared"),
        (replace(PLAIN, account=SHARED, text="104.270", name="Smit"), "account_shared"),
        (replace(PLAIN, account=BAKKER), "account_shared"),
        (replace(PLAIN, account=PIETERS), "departed"),
        (replace(PLAIN, account=PIETERS, text="104.250", name="Pieters"), "departed"),
        (replace(PLAIN, account=JANSEN, structured=KENMERK), "payer_elsewhere"),
        (replace(PLAIN, cents=3 * RENT + 1, account=VRIES), "more_than_owed"),
        (replace(PLAIN, cents=3 * RENT + 1, structured=KENMERK), "more_than_owed"),
    ],
)
def test_what_is_not_sure_waits_for_a_person(street: Street, pay: Pay, reason: str) -> None:
    street.give(camt(Day([pay])))
    assert street.lines() == [(pay.cents, "queued", reason)]
    assert street.money() == []


def test_an_account_known_as_a_third_partys_is_never_automatic(street: Street) -> None:
    street.rows("UPDATE tenancies_account SET third_party = true WHERE iban = %s RETURNING 1", VRIES)
    street.give(camt(Day([replace(PLAIN, account=VRIES, structured=KENMERK)])))
    assert street.lines() == [(RENT, "queued", "third_party")]


def test_what_is_owed_counts_what_this_file_gave_already(street: Street) -> None:
    pay = replace(PLAIN, account=VRIES, cents=2 * RENT)
    street.give(camt(Day([pay, pay])))
    assert street.lines() == [(2 * RENT, "posted", "account"), (2 * RENT, "queued", "more_than_owed")]


def test_a_reference_that_names_one_lease_of_a_household_is_enough(street: Street) -> None:
    street.give(camt(Day([replace(PLAIN, account=BAKKER, text="parkeren 104.261", name="E. Bakker")])))
    assert street.money() == [("104.261", "PAYMENT", -RENT)]


def test_a_departed_tenants_payment_of_before_the_end_is_automatic(street: Street) -> None:
    street.give(camt(Day([replace(PLAIN, account=PIETERS)], on=date(2026, 10, 5))))
    assert street.money() == [("104.250", "PAYMENT", -RENT)]


def test_amount_with_name_only_suggests(street: Street) -> None:
    street.give(camt(Day([replace(PLAIN, name="E. Jansen")])))
    suggested = street.one("SELECT suggestions::text FROM imports_line")
    assert json.loads(suggested) == [[street.tenancy("104.240"), "amount_and_name", 50]]
    assert street.money() == []


def test_the_steps_of_a_suggested_tenancy_wait_for_the_queue(street: Street) -> None:
    street.give(camt(Day([replace(PLAIN, text="huur 104.233")])))
    waiting = street.rows("SELECT tenancy_id, amount_cents FROM ledger_waiting")
    assert waiting == [(street.tenancy("104.233"), RENT)]
