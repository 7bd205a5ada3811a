"""A long statement is settled while it is told; whatever it turns out to be, the outcome is that of a short one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

import pytest
from bank_files import DAY, Day, Pay, camt, mt940
from street import JANSEN, RENT, VRIES, Street

from tijdig.imports import actions_bank, actions_flow, actions_settling, told

PAYS = [
    Pay(
        5_000 + number,
        name="E. de Vries",
        account=VRIES if number % 2 else JANSEN,
        ref=f"B{number}",
        text="Huur",
    )
    for number in range(23)
]
LONG = Day(PAYS)


@pytest.fixture(params=["short", "long", "too long to hold"])
def any_length(request: pytest.FixtureRequest) -> Iterator[str]:
    """The same statement as a short one, as one that is settled meanwhile, and as one that nobody can hold."""
    part = 10_000 if request.param == "short" else 4
    hold = 7 if request.param == "too long to hold" else 10_000
    with (
        patch.object(actions_bank, "PART", part),
        patch.object(actions_settling, "PART", part),
        patch.object(told, "IN_HAND", hold),
    ):
        yield request.param


def test_every_entry_is_posted_once_and_counted_once(street: Street, any_length: str) -> None:
    file = street.give(camt(LONG))
    assert [cents for _, _, cents in street.money()] == [-pay.cents for pay in PAYS]
    assert (file.counts["posted"], file.counts["read"], file.counts["entries"]) == (23, 23, 23)
    assert (file.counts["credit_cents"], file.counts["balanced"]) == (sum(pay.cents for pay in PAYS), True)
    assert street.one("SELECT movement_cents FROM imports_statement") == sum(pay.cents for pay in PAYS)


def test_a_long_one_flows(street: Street) -> None:
    kept = actions_flow.Flow.keep
    with (
        patch.object(actions_bank, "PART", 4),
        patch.object(actions_flow.Flow, "keep", autospec=True, side_effect=kept) as keep,
    ):
        street.give(camt(LONG))
    assert keep.call_count == 1


def test_one_that_does_not_tie_is_held_as_a_whole(street: Street, any_length: str) -> None:
    file = street.give(camt(replace(LONG, closing=1)))
    assert (street.money(), street.states(), street.holds()) == ([], ["held"], ["difference"])
    assert (file.counts["held"], file.counts.get("posted", 0), file.counts["balanced"]) == (23, 0, False)
    assert street.one("SELECT count(*) FROM ledger_dirty WHERE marks > 1") == 0


def test_told_again_it_posts_nothing_and_more_than_before_posts_only_the_rest(
    street: Street, any_length: str
) -> None:
    street.give(camt(Day(PAYS[:15])))
    again = street.give(camt(Day(PAYS[:15])) + b"\n")
    more = street.give(camt(LONG))
    assert (again.counts["duplicate"], again.counts.get("posted", 0)) == (15, 0)
    assert (more.counts["duplicate"], more.counts["posted"]) == (15, 8)
    assert [cents for _, _, cents in street.money()] == [-pay.cents for pay in PAYS]


def test_a_long_day_by_camt_and_by_mt940_posts_once(street: Street, any_length: str) -> None:
    street.give(camt(LONG))
    street.give(mt940(LONG))
    assert [cents for _, _, cents in street.money()] == [-pay.cents for pay in PAYS]


def test_a_day_that_was_told_before_is_found_half_way(street: Street, any_length: str) -> None:
    """A notice of intraday entries told the second day; the statement of both days finds that out in its last part."""
    later = DAY + timedelta(days=1)
    street.give(camt(Day(PAYS[15:], opening=100_000, on=later)))
    street.rows("UPDATE imports_statement SET closing_cents = NULL, opening_cents = NULL RETURNING id")
    head, *entries = camt(LONG).split(b"<Ntry>")
    moved = [entry.replace(f"{DAY}".encode(), f"{later}".encode()) for entry in entries[15:]]
    street.give(b"<Ntry>".join([head.replace(f"{DAY}".encode(), f"{later}".encode()), *entries[:15], *moved]))
    assert sorted(cents for _, _, cents in street.money()) == sorted(-pay.cents for pay in PAYS)


def test_the_next_statement_knows_what_flowed_before_it(street: Street, any_length: str) -> None:
    """What was given in the first counts in the second: the rent of three months can be paid once."""
    first = Day(
        [Pay(RENT, account=VRIES, text="Huur", ref=f"A{number}") for number in range(2)] + PAYS[:9], opening=0
    )
    paid = sum(pay.cents for pay in PAYS[:9] if pay.account == VRIES)
    rest = [
        Pay(3 * RENT - 2 * RENT - paid, account=VRIES, text="Rest", ref="C1"),
        Pay(1, account=VRIES, text="Meer", ref="C2"),
    ]
    street.give(camt(first, Day(rest, opening=first.closes, on=DAY + timedelta(days=1), number=2)))
    assert [line[1:] for line in street.lines()][-2:] == [("posted", "account"), ("queued", "more_than_owed")]


def test_an_empty_statement_may_follow(street: Street, any_length: str) -> None:
    street.give(camt(LONG, Day(opening=LONG.closes, on=DAY + timedelta(days=1), number=2)))
    assert (len(street.money()), street.states()) == (23, ["ok", "ok"])
