"""Whose money is it: the order of the rules, and everything that is never automatic, through the whole chain."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from bank_files import DAY, OURS, Ask, Day, Pay, camt, pain008
from street import BAKKER, JANSEN, KENMERK, PIETERS, RENT, RF, SHARED, SMIT, VRIES, Street

from tijdig.imports.queries_pages import queue
from tijdig.ledger.actions import post
from tijdig.ledger.entry import EntryDraft
from tijdig.ledger.kinds import Kind

ASKED = pain008("B-1", Ask(RENT, "EIGEN-1", "M-233", VRIES))
PLAIN = Pay(RENT, name="Onbekend", account=SMIT)  # an account that nobody has
WRONG_CHECK = str((int(KENMERK[0]) + 1) % 10) + KENMERK[1:]


def test_an_end_to_end_id_and_a_mandate_of_different_tenancies_ask_a_person(street: Street) -> None:
    """A source that numbers its collections anew in every file: 17 is somebody else each month."""
    street.give(ASKED)
    street.give(
        camt(Day([replace(PLAIN, kind="collection", e2e="EIGEN-1", mandate="M-240", account=JANSEN)]))
    )
    assert street.rows("SELECT state, queue_reason FROM imports_line") == [("queued", "several_named")]
    assert street.money() == []


@pytest.mark.parametrize(
    ("pay", "rule", "sure"),
    [
        (replace(PLAIN, kind="collection", e2e="EIGEN-1", text=RF, account=JANSEN), "end_to_end", 100),
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


def test_what_the_ledger_refuses_waits_for_a_person_and_the_rest_posts(street: Street) -> None:
    taken = f"{OURS}|{DAY}|{RENT}|1/1"  # the reference of the first entry below
    other = EntryDraft("104.240", Kind.PAYMENT, -1, DAY, DAY, "bank", taken)
    post(organisation_id=street.organisation, drafts=[other], actor="test", on=DAY)
    file = street.give(
        camt(Day([replace(PLAIN, account=VRIES), replace(PLAIN, cents=1_000, account=JANSEN)]))
    )
    assert street.lines() == [(RENT, "queued", "ledger_refused"), (1_000, "posted", "account")]
    assert (file.counts["quarantined"], street.money()[1:]) == (1, [("104.240", "PAYMENT", -1_000)])


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


def test_the_queue_of_a_tenancy_has_the_lines_for_which_its_steps_wait(street: Street) -> None:
    """The first three suggestions that are sure enough, and money that came in; nothing else."""
    street.give(camt(Day([replace(PLAIN, text="huur 104.233"), replace(PLAIN, name="E. Jansen")])))
    found = {one: queue(1, street.tenancy(one)) for one in ("104.233", "104.240", "104.250")}
    waiting = dict(street.rows("SELECT tenancy_id, sum(amount_cents) FROM ledger_waiting GROUP BY 1"))
    assert {one: total for one, (_, total, _) in found.items()} == {"104.233": 1, "104.240": 1, "104.250": 0}
    assert {
        street.tenancy(one): sum(line.amount_cents for line in lines)
        for one, (lines, _, _) in found.items()
        if lines
    } == waiting
    assert queue(1)[1] == 2


def _credit(street: Street, day: date) -> None:
    """A settlement of service costs in the tenant's favour, all but one cent of what is owed."""
    draft = EntryDraft("104.233", Kind.SETTLEMENT, 1 - 3 * RENT, day, day, "erp", "afrekening")
    post(organisation_id=street.organisation, drafts=[draft], actor="test", on=day)


@pytest.mark.parametrize(
    ("day", "state"),
    [(date(2026, 11, 2), "queued"), (date(2026, 12, 31), "queued"), (date(2026, 8, 1), "queued")],
)
def test_a_credit_that_is_known_lowers_what_is_owed(street: Street, day: date, state: str) -> None:
    _credit(street, day)
    street.give(camt(Day([replace(PLAIN, account=VRIES)])))
    assert [line[1] for line in street.lines()] == [state]


def test_a_later_credit_does_not_count_where_later_rents_outweigh_it(street: Street) -> None:
    """History that is read in afterwards: the charges of later months are in the ledger already."""
    days = [date(2027, month, 1) for month in range(1, 5)]
    drafts = [EntryDraft("104.233", Kind.RENT, RENT, day, day, "erp", f"later-{day}") for day in days]
    post(organisation_id=street.organisation, drafts=drafts, actor="test", on=days[0])
    _credit(street, date(2027, 5, 1))
    street.give(camt(Day([replace(PLAIN, account=VRIES)])))
    assert street.money() == [("104.233", "PAYMENT", -RENT)]


def test_a_payment_read_late_counts_what_came_in_after_it(street: Street) -> None:
    """The statement of the 10th was read first and paid all; the one of the 3rd is then more than is owed."""
    paid = replace(PLAIN, account=VRIES, cents=3 * RENT)
    street.give(camt(Day([paid], opening=3 * RENT, on=date(2026, 11, 10), number=2)))
    street.give(camt(Day([paid], opening=0, number=1)))
    assert [line[1:] for line in street.lines()] == [("posted", "account"), ("queued", "more_than_owed")]
