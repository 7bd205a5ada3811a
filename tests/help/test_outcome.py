"""What came of help: one piece of it, many together, and the figures read from a lived account."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as some
from tests.help import neighbours
from tests.help.test_referrals import heard, kept, referred
from tests.letters import offices

from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.help.actions_answers import answer
from tijdig.help.actions_send import send
from tijdig.help.kinds import Result
from tijdig.help.outcome import (
    FEW,
    HALF_YEAR,
    QUARTER,
    YEAR,
    Helped,
    Share,
    Way,
    came_back,
    days_to_know,
    summary,
)
from tijdig.help.queries_outcome import helped, helped_since
from tijdig.ledger.queries_overdue import overdue_on

TODAY = offices.TODAY
JANUARY = date(2026, 1, 2)


def one(**changed: object) -> Helped:
    given: dict[str, object] = {
        "way": Way.REFERRAL, "to": "Wijkteam", "tenancy_id": 1, "by": "user:1", "began_on": JANUARY, "accepted": True,
        "before_cents": 120_000, "quarter_cents": 30_000, "half_year_cents": None, "settled_on": None, "came_back": None,
    }  # fmt: skip
    return Helped(**(given | changed))  # type: ignore[arg-type]


def test_a_few_have_no_percentage() -> None:
    assert Share(2, 4).pct is None
    assert Share(2, FEW).pct == 40
    assert summary("Wijkteam", [one()] * 4).quarter_cents is None
    assert summary("Wijkteam", [one()] * FEW).quarter_cents == 30_000


def test_who_is_not_known_yet_counts_in_nothing() -> None:
    found = summary(
        "", [one(), one(accepted=None, quarter_cents=None), one(accepted=False, quarter_cents=120_000)]
    )
    assert (found.accepted, found.less, found.settled) == (Share(1, 2), Share(1, 2), Share(0, 2))


def test_coming_back_is_known_when_the_year_is_over() -> None:
    paid = date(2026, 5, 20)
    assert came_back(None, None, TODAY) is None
    assert came_back(paid, paid + timedelta(days=140), paid + timedelta(days=200)) is None
    assert came_back(paid, paid + timedelta(days=140), paid + timedelta(days=366)) is True
    assert came_back(paid, None, paid + YEAR) is None
    assert came_back(paid, None, paid + YEAR + timedelta(days=1)) is False
    assert came_back(paid, paid + YEAR + timedelta(days=1), paid + YEAR + timedelta(days=9)) is False


def test_paid_of_recent_help_and_of_who_owed_nothing_counts_in_nothing() -> None:
    """Of twenty of last month five paid: that is no hundred percent, it is not known yet."""
    recent = [one(quarter_cents=None, settled_on=TODAY)] * 5 + [one(quarter_cents=None)] * 15
    assert summary("", recent).settled == Share(0, 0)
    nothing = summary("", [one(before_cents=0, quarter_cents=0)] * 6)
    assert (nothing.less, nothing.settled, nothing.accepted) == (Share(0, 0), Share(0, 0), Share(6, 6))


def test_a_day_that_has_not_come_is_not_asked() -> None:
    assert days_to_know(JANUARY, JANUARY + QUARTER) == [JANUARY, JANUARY + QUARTER]
    assert days_to_know(JANUARY, JANUARY + HALF_YEAR)[-1] == JANUARY + HALF_YEAR


@given(
    some.lists(
        some.builds(
            one,
            accepted=some.sampled_from([True, False, None]),
            before_cents=some.integers(0, 500_000),
            quarter_cents=some.none() | some.integers(0, 500_000),
            settled_on=some.none() | some.just(TODAY),
            came_back=some.sampled_from([True, False, None]),
        ),
        max_size=20,
    )
)
def test_a_part_is_never_more_than_its_whole(several: list[Helped]) -> None:
    found = summary("", several)
    for share in (found.accepted, found.less, found.settled, found.came_back):
        assert 0 <= share.part <= share.of <= found.number


def test_the_figures_are_those_of_the_account(organisation: int) -> None:
    """What was owed on the day of the referral is kept beside what was left a quarter later: it was paid ten days on."""
    tenancy, to, day = offices.tenant(organisation), kept(organisation), TODAY - timedelta(days=10)
    number = referred(organisation, tenancy, to, on=day)
    with organisation_scope(organisation):
        owed = overdue_on([(tenancy, day), (tenancy, TODAY - timedelta(days=1))])
    assert owed[(tenancy, day)] > 0
    heard(organisation, number, "started", follow_up_on=TODAY + timedelta(days=14))
    offices.pay(organisation, 1, owed[(tenancy, TODAY - timedelta(days=1))], TODAY)
    with organisation_scope(organisation):
        (found,) = helped(tenancy, day + QUARTER)
        assert helped_since(day + timedelta(days=1), day + QUARTER) == []
        assert helped_since(day, day + QUARTER) == [found]
    assert (found.before_cents, found.quarter_cents) == (owed[(tenancy, day)], 0)
    assert (found.half_year_cents, found.accepted) == (None, True)


def test_who_was_never_heard_of_is_not_refused(organisation: int) -> None:
    tenancy, to = offices.tenant(organisation), kept(organisation)
    number = referred(organisation, tenancy, to)
    with organisation_scope(organisation):
        assert helped(tenancy, TODAY)[0].accepted is None
    heard(organisation, number, "not_shown")
    with organisation_scope(organisation):
        assert helped(tenancy, TODAY)[0].accepted is False


def test_another_corporation_counts_nothing_of_it(organisation: int) -> None:
    referred(organisation, neighbours.ready(organisation), kept(organisation))
    other = create_organisation(name="Ander", slug=f"ander-{uuid4().hex[:8]}")
    with organisation_scope(other):
        assert helped_since(TODAY - timedelta(days=9), TODAY) == []


def test_a_signal_help_accepted_and_the_arrears_gone(organisation: int) -> None:
    """Told to the municipality, which says that help began; everything is paid: accepted, less after a quarter, settled."""
    place, tenancy = neighbours.town(organisation), neighbours.ready(organisation)
    number = neighbours.decided(organisation, tenancy)
    told = {"organisation_id": organisation, "actor": neighbours.BY, "on": TODAY}
    send(name="An de Boer", municipality_id=place, fill=None, **told)
    with organisation_scope(organisation):
        owed = overdue_on([(tenancy, TODAY)])[(tenancy, TODAY)]
        assert helped(tenancy, TODAY)[0].accepted is None
    answer(signal_id=number, result=Result.HELP_STARTED, answered_on=TODAY, attempts=2, **told)
    neighbours.evaluated(organisation)
    offices.pay(organisation, 1, owed, TODAY)
    neighbours.evaluated(organisation)
    with organisation_scope(organisation):
        (found,) = helped(tenancy, TODAY + QUARTER)
    assert (found.way, found.to, found.accepted) == (Way.SIGNAL, "Rotterdam", True)
    assert (found.settled_on, found.quarter_cents, found.came_back) == (TODAY, 0, None)
