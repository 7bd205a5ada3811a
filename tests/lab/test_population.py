from collections import Counter
from datetime import date

import numpy as np
import pytest
from stdnum import iban as standard_iban

from tijdig.base.days import day_number
from tijdig.lab.behaviour import Behaviour
from tijdig.lab.numbers import contract_number
from tijdig.lab.population import Corporation, make
from tijdig.lab.rents import COSTS, RENT, SETTLEMENT
from tijdig.lab.reversals import REASONS
from tijdig.lab.scene import REVERSAL
from tijdig.lab.stock import address
from tijdig.lab.window import NO_END

LAST_DAY = date(2026, 11, 20)


def per_100_000(corporation: Corporation) -> tuple[int, int]:
    """Overdue of sitting tenants, and of sitting and departed together, per 100,000 of annual rent."""
    overdue, yearly = corporation.overdue(), corporation.annual_rent_cents
    return overdue.sitting * 100_000 // yearly, (overdue.sitting + overdue.departed) * 100_000 // yearly


@pytest.mark.parametrize(
    ("homes", "last_day"),
    [
        (1_000, LAST_DAY),
        (5_000, LAST_DAY),
        (5_000, date(2026, 10, 31)),
        (5_000, date(2027, 2, 12)),
        (51_000, LAST_DAY),
    ],
)
def test_make_arrears_are_near_the_target(homes: int, last_day: date) -> None:
    sitting, all_tenants = per_100_000(make(homes, seed=11, last_day=last_day))
    assert 1_400 <= sitting <= 1_800
    assert 1_400 <= all_tenants <= 1_800


def test_make_before_the_debits_ran_is_above_and_the_rest_is_waiting() -> None:
    corporation = make(1_000, seed=11, last_day=date(2026, 8, 2))  # a Sunday: nothing was debited yet
    overdue = corporation.overdue()
    assert per_100_000(corporation)[0] > 5_000
    assert overdue.waiting > overdue.sitting // 2


def test_make_shares_of_behaviours(corporation: Corporation) -> None:
    dwelling = ~corporation.leases.parking
    kinds = Counter(Behaviour(kind) for kind in corporation.kinds[dwelling].tolist())
    share = {kind: count * 1000 // int(dwelling.sum()) for kind, count in kinds.items()}
    assert set(kinds) == set(Behaviour)
    assert 750 <= share[Behaviour.PUNCTUAL] <= 850
    assert 40 <= share[Behaviour.FORGETTER] <= 50
    assert 15 <= share[Behaviour.STRUCTURAL] + share[Behaviour.REFUSER] <= 60
    by_debit = corporation.debit_day[dwelling] > 0
    assert 640 <= int(by_debit.sum()) * 1000 // len(by_debit) <= 660


def test_make_other_seed_gives_another_corporation() -> None:
    truths = [make(60, months=3, seed=seed, last_day=LAST_DAY).truth() for seed in (1, 1, 2)]
    assert truths[0] == truths[1]
    assert truths[0] != truths[2]


def test_make_homes_and_parking_places(corporation: Corporation) -> None:
    stock = corporation.stock
    assert (int((~stock.parking).sum()), int(stock.parking.sum())) == (1_000, 30)
    assert all(20 <= size <= 200 for size in stock.complex_size.tolist())


def test_make_every_address_once(corporation: Corporation) -> None:
    addresses = Counter(address(corporation.stock, home) for home in range(1_030))
    assert max(addresses.values()) == 1


def test_make_one_running_lease_per_home(corporation: Corporation) -> None:
    homes = corporation.leases.home[corporation.leases.running]
    assert max(Counter(homes.tolist()).values()) == 1


def test_make_leases_of_a_home_follow_each_other(corporation: Corporation) -> None:
    leases = corporation.leases
    order = np.lexsort((leases.begin, leases.home))
    home, begin, end = leases.home[order], leases.begin[order], leases.end[order]
    again = home[1:] == home[:-1]
    assert int(again.sum()) > 50
    assert bool((begin[1:][again] > end[:-1][again]).all())
    assert bool((leases.end >= leases.begin).all())


def test_make_rent_rises_on_1_july_only(corporation: Corporation) -> None:
    june, july, august = (corporation.rents.gross_on(date(2026, month, 1)) for month in (6, 7, 8))
    assert bool((july > june).all())
    assert july.tolist() == august.tolist()


def test_make_components_cover_the_lease_without_gaps(corporation: Corporation) -> None:
    leases = corporation.leases
    for lease, components in enumerate(corporation.rents.levels_of(leases, corporation.window)):
        for *_, changes in components:
            assert changes[0][0] == leases.begin[lease]
            assert [change[2] + 1 for change in changes[:-1]] == [change[0] for change in changes[1:]]
            last = changes[-1][2]
            assert last == (0 if leases.end[lease] == NO_END else leases.end[lease])


def test_make_charges_one_rent_a_month_and_only_while_let(corporation: Corporation) -> None:
    charges, leases = corporation.charges, corporation.leases
    rent = charges.kind == RENT
    pairs = Counter(zip(charges.tenancy[rent].tolist(), charges.month[rent].tolist(), strict=True))
    assert max(pairs.values()) == 1
    assert bool((charges.day >= leases.begin[charges.tenancy])[rent].all())
    assert bool((charges.day <= leases.end[charges.tenancy])[rent].all())
    assert set(charges.kind.tolist()) == {RENT, SETTLEMENT, COSTS}


def test_make_nothing_after_the_last_day(corporation: Corporation) -> None:
    last = day_number(LAST_DAY)
    assert int(corporation.charges.day.max()) <= last
    assert int(corporation.bank.payments.day.max()) <= last
    assert int(corporation.leases.begin.max()) <= last


def test_make_each_reversal_takes_back_one_collection(corporation: Corporation) -> None:
    payments = corporation.bank.payments
    ids = list(corporation.end_to_end_ids())
    signed = Counter[str]()
    for reference, cents in zip(ids, payments.cents.tolist(), strict=True):
        if reference:
            signed[reference] += cents
    back = [reference for reference, k in zip(ids, payments.kind.tolist(), strict=True) if k == REVERSAL]
    assert len(back) == len(set(back)) > 50
    assert {signed[reference] for reference in back} == {0}
    assert all(len(reference) <= 35 for reference in ids)


def test_make_reversal_reasons_are_varied(corporation: Corporation) -> None:
    payments = corporation.bank.payments
    found = {REASONS[reason] for reason in payments.reason[payments.kind == REVERSAL].tolist()}
    assert {"AM04", "MS03", "MD06", "MD01"} <= found


def test_make_accounts_are_valid_and_apart(corporation: Corporation) -> None:
    people, leases = corporation.people, corporation.leases
    dwellings = np.flatnonzero(~leases.parking).tolist()
    accounts = [people.account(i) for i in dwellings] + [people.other_account(i) for i in dwellings]
    assert len(set(accounts)) == len(accounts)
    assert all(standard_iban.is_valid(account) for account in accounts)


def test_make_households_of_one_or_two(corporation: Corporation) -> None:
    couples = int(corporation.people.two[~corporation.leases.parking].sum())
    assert 300 <= couples <= 500


def test_make_smallest_corporation_and_shortest_history() -> None:
    corporation = make(1, months=1, seed=1, last_day=date(2026, 1, 3))
    assert list(corporation.truth()) == [contract_number(0)]


def test_make_without_homes_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one home"):
        make(0, seed=1, last_day=LAST_DAY)


def test_make_without_months_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one month"):
        make(1, months=0, seed=1, last_day=LAST_DAY)
