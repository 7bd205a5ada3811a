"""Arrangements of the bailiff in the figures: broken, broken and replaced, paid to the last cent; and which files count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.bailiff import partners
from tests.bailiff.partners import TODAY
from tests.letters import offices

from tijdig.access.scope import organisation_scope
from tijdig.arrangements.kinds import Rhythm
from tijdig.arrangements.plan import Ask
from tijdig.bailiff.actions_file import end_file
from tijdig.bailiff.agreement import Target
from tijdig.bailiff.kinds import Direction, End, Kpi, Side
from tijdig.bailiff.queries import in_force, open_files
from tijdig.bailiff.queries_figures import figures_kept, figures_now
from tijdig.cases.actions_arrange import arrange
from tijdig.cases.queries_arrange import ground
from tijdig.reports.queries import kpis_of

TERMS = replace(
    partners.TERMS,
    targets=(*partners.TERMS.targets, Target(Kpi.KEPT, Direction.AT_LEAST, 80, 12)),
)


class Place(NamedTuple):
    organisation: int
    who: tuple[int, int, str]


@pytest.fixture
def place(organisation: int) -> Place:
    who = partners.partner()
    partners.agreed(organisation, who, terms=TERMS)
    return Place(organisation, who)


def _file(place: Place, number: int) -> tuple[int, int]:
    tenancy = partners.ready(place.organisation, number)
    made = partners.handed(place.organisation, tenancy, place.who[0])
    assert made is not None
    return tenancy, made


def _plan(place: Place, tenancy: int, cents: int, first_on: date, on: date = TODAY, **more: Any) -> None:
    with organisation_scope(place.organisation):
        stands_on = ground(tenancy, on)
        assert stands_on is not None
        ask = Ask(stands_on.overdue_cents, cents, first_on, Rhythm.MONTHLY, ())
        entries = [one.entry for one in stands_on.items]
    given = {"actor": f"user:{place.who[1]}"} | more
    arrange(
        organisation_id=place.organisation, tenancy_id=tenancy, ask=ask, entries=entries, reason="Zo kan het.",
        asked_as=uuid4(), on=on, **given,
    )  # fmt: skip


def _kept(place: Place, on: date) -> tuple[int | None, int]:
    with organisation_scope(place.organisation):
        (agreed,) = in_force(on)
        found = next(one.figure for one in kpis_of(agreed, on) if one.figure.kpi is Kpi.KEPT)
    return found.value, found.of


def test_broken_replaced_and_paid_are_each_counted_from_the_day_on_which_it_was_known(place: Place) -> None:
    tenancy, number = _file(place, 1)
    _plan(place, tenancy, 70_000, TODAY + timedelta(days=2))
    broken_on = TODAY + timedelta(days=6)  # three days of grace
    assert _kept(place, broken_on - timedelta(days=1)) == (None, 0)
    assert _kept(place, broken_on) == (0, 1)  # it runs, and nobody did anything yet
    again_on = broken_on + timedelta(days=3)
    _plan(place, tenancy, 140_000, again_on + timedelta(days=2), again_on, replace=True)
    assert _kept(place, again_on) == (0, 1)
    settled_on = again_on + timedelta(days=2)
    offices.pay(place.organisation, 1, 140_000, on=settled_on)
    assert _kept(place, settled_on) == (50, 2)  # to the last cent, and nobody ended it by hand
    end_file(
        organisation_id=place.organisation, actor=f"user:{place.who[1]}", name="Piet Maas", file_id=number,
        side=Side.PARTNER, end=End.PAID, on=settled_on,
    )  # fmt: skip
    assert _kept(place, settled_on) == (50, 2)
    with organisation_scope(place.organisation):
        assert figures_kept([number])[number].arrangements == ((settled_on, True), (broken_on, False))


def test_what_was_paid_before_its_time_is_kept_when_the_file_closes(place: Place) -> None:
    tenancy, number = _file(place, 1)
    _plan(place, tenancy, 20_000, TODAY + timedelta(days=5))
    offices.pay(place.organisation, 1, 140_000)
    assert _kept(place, TODAY) == (None, 0)
    end_file(
        organisation_id=place.organisation, file_id=number, side=Side.CORPORATION, end=End.PAID, **partners.BY
    )
    assert _kept(place, TODAY) == (100, 1)


def test_a_plan_of_the_corporation_is_not_the_bailiffs(place: Place) -> None:
    tenancy, _number = _file(place, 1)
    _plan(place, tenancy, 70_000, TODAY + timedelta(days=2), actor="user:900001")
    assert _kept(place, TODAY + timedelta(days=20)) == (None, 0)


def test_a_plan_that_was_only_agreed_is_not_one_that_is_kept(place: Place) -> None:
    """So nobody closes a file as solved on the day on which he wrote a plan down."""
    tenancy, number = _file(place, 1)
    _plan(place, tenancy, 70_000, TODAY + timedelta(days=10))
    with organisation_scope(place.organisation):
        assert not figures_now(open_files(), TODAY)[number].kept
    offices.pay(place.organisation, 1, 70_000)
    with organisation_scope(place.organisation):
        assert figures_now(open_files(), TODAY)[number].kept
        assert not figures_now(open_files(), TODAY)[number].settled


def test_many_files_take_no_more_reads_than_one(place: Place) -> None:
    def reads() -> int:
        with organisation_scope(place.organisation):
            files = open_files()
            with CaptureQueriesContext(connection) as seen:
                figures_now(files, TODAY + timedelta(days=20))
        return len(seen)

    def another(number: int) -> None:
        tenancy, _number = _file(place, number)
        _plan(place, tenancy, 70_000, TODAY + timedelta(days=2))

    another(1)
    another(2)
    few = reads()
    for number in (3, 4, 5):
        another(number)
    assert reads() == few
