"""The measurement of answers to balance requests runs on a small corporation."""

from __future__ import annotations

from tests.letters import offices

from tijdig.cli.bench_help import balances, spread


def test_every_tenancy_is_measured_once(organisation: int) -> None:
    ids = [offices.tenant(organisation, number) for number in (1, 2, 3)]
    times, charges = balances(organisation, [*ids, 0], offices.TODAY)
    assert (len(times), charges) == (4, 6)
    assert all(one > 0 for one in times)


def test_many_tenancies_are_spread_and_few_are_all() -> None:
    assert spread([5, 6, 7]) == [5, 6, 7]
    assert spread(range(3_000)) == list(range(0, 3_000, 10))
    assert len(spread(range(700))) == 300
