"""The queue: a person assigns, splits or sets aside; what was learned works from then on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from bank_files import DAY, Day, Pay, camt
from street import PIETERS, RENT, SMIT, TODAY, VRIES, Street

from tijdig.cases.queries import tenancy_file
from tijdig.history.queries import of_subject
from tijdig.imports.actions_assign import assign_line, set_aside_line
from tijdig.imports.refusal import NotPossible

LATER = DAY + timedelta(days=5)
PAID = Pay(RENT, name="Onbekend", account=SMIT, text="huur")


def _assign(street: Street, contract: str, *, learn: bool = False, line: int = 0) -> int:
    return assign_line(
        organisation_id=street.organisation,
        line_id=line or street.line_id(),
        contract_number=contract,
        learn=learn,
        actor="user:7",
        on=TODAY,
    )


def test_an_assigned_line_is_posted_with_who_did_it(street: Street) -> None:
    file = street.give(camt(Day([PAID])))
    line = street.line_id()
    assert _assign(street, "104.233") == street.tenancy("104.233")
    assert street.money() == [("104.233", "PAYMENT", -RENT)]
    assert street.lines() == [(RENT, "posted", "person")]
    assert [(one.verb, one.actor) for one in of_subject(f"line:{line}")] == [("line_assigned", "user:7")]
    file.refresh_from_db()
    assert (file.counts["posted"], file.counts["queued"]) == (1, 0)


def test_assigning_frees_the_steps_that_waited(street: Street) -> None:
    street.give(camt(Day([Pay(RENT, name="Onbekend", account=SMIT, text="huur 104.240")])))
    assert street.one("SELECT count(*) FROM ledger_waiting") == 1
    _assign(street, "104.233")
    assert street.one("SELECT count(*) FROM ledger_waiting") == 0


def test_a_reversal_that_a_person_assigns_takes_back_the_collection_of_that_tenancy(street: Street) -> None:
    """The bank named nobody: the instalment of September must be open again since September, not since today."""
    collected = Pay(RENT, "collection", account=VRIES, e2e="INC-1", mandate="M-233")
    street.give(camt(Day([collected], opening=0)))
    street.give(camt(Day([Pay(-RENT, "storno", account=SMIT)], opening=RENT, on=LATER, number=2)))
    _assign(street, "104.233")
    file = tenancy_file(street.tenancy("104.233"), as_of=TODAY)
    assert street.money() == [("104.233", "DIRECT_DEBIT", -RENT), ("104.233", "REVERSAL", RENT)]
    assert (file.overdue_cents, file.since_on, file.due_months) == (3 * RENT, date(2026, 9, 1), 3)


def test_a_learned_account_matches_next_time(street: Street) -> None:
    street.give(camt(Day([PAID], opening=0)))
    _assign(street, "104.233", learn=True)
    street.give(camt(Day([PAID, PAID], opening=RENT, number=2)))
    assert street.money() == [("104.233", "PAYMENT", -RENT)] * 3
    assert street.lines()[1:] == [(RENT, "posted", "account")] * 2


def test_a_learned_account_frees_the_rest_of_the_queue(street: Street) -> None:
    street.give(camt(Day([PAID, PAID])))
    first = street.one("SELECT min(id) FROM imports_line")
    _assign(street, "104.233", learn=True, line=first)
    assert street.lines() == [(RENT, "posted", "person"), (RENT, "posted", "account")]


def test_an_account_that_is_not_learned_keeps_asking(street: Street) -> None:
    street.give(camt(Day([PAID, PAID])))
    _assign(street, "104.233", line=street.one("SELECT min(id) FROM imports_line"))
    assert [state for _, state, _ in street.lines()] == ["posted", "queued"]


def test_a_list_splits_a_payment_over_tenancies(street: Street) -> None:
    street.give(camt(Day([PAID])))
    _assign(street, "104.233=450,00; 104.240=192,05")
    assert street.money() == [("104.233", "PAYMENT", -45_000), ("104.240", "PAYMENT", -19_205)]
    assert street.lines() == [
        (RENT, "split", "person"),
        (45_000, "posted", "person"),
        (19_205, "posted", "person"),
    ]


def test_the_parts_of_a_split_payment_are_not_posted_again(street: Street) -> None:
    street.give(camt(Day([PAID])))
    _assign(street, "104.233=450,00; 104.240=192,05")
    street.give(camt(Day([PAID])) + b"\n")
    assert len(street.money()) == 2


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("104.233=450,00; 104.240=192,04", "parts_differ"),
        ("104.233=450,00", "parts_differ"),
        ("104.233=vier; 104.240=1,00", "amount_unreadable"),
        ("999.999", "tenancy_unknown"),
        ("", "tenancy_unknown"),
        ("104.233=700,00; 104.240=-57,95", "sign_wrong"),
    ],
)
def test_what_does_not_fit_is_refused_and_posts_nothing(street: Street, said: str, code: str) -> None:
    street.give(camt(Day([PAID])))
    with pytest.raises(NotPossible, match=code):
        _assign(street, said)
    assert street.money() == []
    assert [state for _, state, _ in street.lines()] == ["queued"]


def test_a_line_is_assigned_once(street: Street) -> None:
    street.give(camt(Day([PAID])))
    line = street.line_id()
    _assign(street, "104.233")
    with pytest.raises(NotPossible, match="line_not_queued"):
        _assign(street, "104.240", line=line)
    assert street.money() == [("104.233", "PAYMENT", -RENT)]


def test_a_refund_that_a_person_assigns_raises_the_debt(street: Street) -> None:
    street.give(camt(Day([Pay(-5_000, "payout", name="E. de Vries", account=VRIES)])))
    assert street.lines() == [(-5_000, "queued", "payout_to_tenant")]
    _assign(street, "104.233")
    assert street.money() == [("104.233", "REFUND", 5_000)]


def test_a_departed_tenants_payment_may_be_assigned(street: Street) -> None:
    street.give(camt(Day([Pay(RENT, account=PIETERS)])))
    _assign(street, "104.250")
    assert street.money() == [("104.250", "PAYMENT", -RENT)]


def test_setting_a_line_aside_needs_a_reason(street: Street) -> None:
    street.give(camt(Day([PAID])))
    ask = {
        "organisation_id": street.organisation,
        "line_id": street.line_id(),
        "actor": "user:7",
        "on": TODAY,
    }
    with pytest.raises(NotPossible, match="reason_needed"):
        set_aside_line(**ask, reason=" ")
    set_aside_line(**ask, reason="Subsidie van de gemeente")
    assert street.rows("SELECT state, rule FROM imports_line") == [("other", "person")]
    assert street.money() == []
    told = of_subject(f"line:{ask['line_id']}")
    assert [(one.verb, one.text) for one in told] == [("line_set_aside", "Subsidie van de gemeente")]
