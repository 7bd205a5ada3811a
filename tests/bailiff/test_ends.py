"""A file ends for a reason that is a fact: by the account, the deeds and the circumstances, whoever closes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from tests.bailiff import partners
from tests.bailiff.partners import BY, TODAY
from tests.letters import offices

from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.bailiff.actions_file import end_file
from tijdig.bailiff.ends import Known, amicable, in_the_way
from tijdig.bailiff.kinds import BY_PARTNER, End, Side
from tijdig.bailiff.queries import file
from tijdig.bailiff.queries_figures import figures_kept
from tijdig.base.not_done import NotDone
from tijdig.tenancies.actions_flags import lower_flag, raise_flag
from tijdig.tenancies.flag_draft import EndDraft, FlagDraft
from tijdig.tenancies.flags import Flag, LearnedFrom
from tijdig.tenancies.queries_flags import flags_of

Place = tuple[int, int, int, tuple[int, int, str]]
UNPAID = Known(
    owed_cents=90_000, paid=False, judged=False, evicted=False, holds=frozenset(), over=frozenset()
)
UNKNOWN = {End.UNCOLLECTABLE, End.PRESCRIBED, End.FORGIVEN, End.TAKEN_BACK, End.PASSED_ON, End.WRONGLY}


@pytest.fixture
def place(organisation: int) -> Place:
    who = partners.partner()
    partners.agreed(organisation, who)
    tenancy = partners.ready(organisation)
    made = partners.handed(organisation, tenancy, who[0])
    assert made is not None
    return organisation, tenancy, made, who


def _end(place: Place, end: End, side: Side = Side.CORPORATION, **more: Any) -> None:
    end_file(organisation_id=place[0], file_id=place[2], side=side, end=end, **(BY | more))


def test_of_an_unpaid_file_only_what_the_program_cannot_know_is_taken_on_a_name() -> None:
    assert {one for one in End if not in_the_way(one, UNPAID)} == UNKNOWN
    assert in_the_way(End.PAID, UNPAID).replace("\u00a0", " ") == (
        "Volgens de huurrekening en de kosten staat nog € 900,00 open. Sluit het dossier zodra het betaald is, of kies een "
        "andere reden."
    )


@pytest.mark.parametrize(
    ("end", "fact"),
    [
        (End.PAID, {"owed_cents": 0}),
        (End.PARTLY, {"paid": True}),
        (End.EVICTED, {"evicted": True}),
        (End.JUDGMENT, {"judged": True}),
        (End.WSNP, {"holds": frozenset({Flag.WSNP})}),
        (End.WSNP_CLEAN, {"over": frozenset({Flag.WSNP})}),
        (End.SETTLED_DEBTS, {"holds": frozenset({Flag.AMICABLE})}),
        (End.SETTLED_DEBTS, {"over": frozenset({Flag.DEBT_PROCEDURE})}),
        (End.BANKRUPT, {"holds": frozenset({Flag.BANKRUPTCY})}),
        (End.DIED, {"holds": frozenset({Flag.DEATH})}),
    ],
)
def test_each_fact_lets_its_own_reason_through(end: End, fact: dict[str, Any]) -> None:
    known = replace(UNPAID, **fact)
    assert not in_the_way(end, known)
    # Every procedure is a settling of debts too.
    assert {one for one in End if not in_the_way(one, known)} <= UNKNOWN | {end, End.SETTLED_DEBTS}


def test_a_wsnp_that_runs_is_no_clean_slate_and_one_that_is_over_runs_no_more() -> None:
    runs = replace(UNPAID, holds=frozenset({Flag.WSNP}))
    assert "die is afgerond" in in_the_way(End.WSNP_CLEAN, runs)
    over = replace(UNPAID, over=frozenset({Flag.WSNP}))
    assert in_the_way(End.WSNP, over)


def test_the_bailiff_closes_as_paid_when_nothing_is_owed_also_no_costs(place: Place) -> None:
    organisation, _tenancy, number, who = place
    by: dict[str, Any] = {"actor": f"user:{who[1]}", "name": "Piet Maas"}
    with partners.at_partner(organisation, who):
        for end, why in (
            (End.PAID, "nog €.1.400,00 open"),
            (End.PARTLY, "niets betaald"),
            (End.EVICTED, "geen ontruiming"),
            (End.JUDGMENT, "geen vonnis"),
            (End.BANKRUPT, "nog niet bij de bijzonderheden"),
            (End.WRONGLY, "kiest de corporatie"),
        ):
            with pytest.raises(NotDone, match=why):
                _end(place, end, Side.PARTNER, **by)
    offices.pay(organisation, 1, 139_999)
    with partners.at_partner(organisation, who), pytest.raises(NotDone, match=r"nog €.0,01 open"):
        _end(place, End.PAID, Side.PARTNER, **by)
    offices.pay(organisation, 1, 1, more="rest")
    with partners.at_partner(organisation, who):
        _end(place, End.PAID, Side.PARTNER, **by)
    with organisation_scope(organisation):
        ended = file(number)
        assert ended is not None
        assert (ended.end, ended.end_side) == (End.PAID, Side.PARTNER)
        assert figures_kept([number])[number].settled


def test_what_came_before_the_hand_over_or_went_back_is_no_part_payment(place: Place) -> None:
    organisation = place[0]
    offices.pay(organisation, 1, 10_000, on=TODAY - timedelta(days=1))
    with pytest.raises(NotDone, match="niets betaald"):
        _end(place, End.PARTLY)
    with organisation_scope(organisation):
        offices.learned_later(organisation, 1, 5_000)
        offices.learned_later(organisation, 1, -5_000)
    with pytest.raises(NotDone, match="niets betaald"):
        _end(place, End.PARTLY)
    offices.pay(organisation, 1, 100)
    _end(place, End.PARTLY)


def test_a_clean_slate_needs_a_wsnp_that_is_over(place: Place) -> None:
    organisation, tenancy, _number, _who = place
    begun = TODAY - timedelta(days=40)
    draft = FlagDraft(
        tenancy_id=tenancy, kind=Flag.WSNP, begin_on=begun, learned_from=LearnedFrom.COURT_REGISTER
    )
    raise_flag(organisation_id=organisation, actor="user:1", draft=draft, asked_as=uuid4(), on=TODAY)
    with pytest.raises(NotDone, match="die is afgerond"):
        _end(place, End.WSNP_CLEAN)
    with organisation_scope(organisation):
        (known,) = flags_of(tenancy, TODAY)
    assert known.id is not None
    over = EndDraft(flag_id=known.id, end_on=TODAY, learned_from=LearnedFrom.COURT_REGISTER)
    lower_flag(organisation_id=organisation, actor="user:1", draft=over, on=TODAY)
    with pytest.raises(NotDone, match="nog niet bij de bijzonderheden"):
        _end(place, End.WSNP)
    _end(place, End.WSNP_CLEAN)


def test_elsewhere_a_file_counts_as_it_does_here(fresh_database: str, admin: str) -> None:
    """The mark of the list that other corporations hear of is that of the definition."""
    organisation = create_organisation(name="Een", slug="een")
    who = partners.partner()
    partners.agreed(organisation, who)
    ways = [
        (end, paid)
        for end in (End.TAKEN_BACK, End.WRONGLY, End.UNCOLLECTABLE, End.PASSED_ON)
        for paid in (False, True)
    ]
    here = {}
    for turn, (end, paid) in enumerate(ways, 1):
        with organisation_scope(organisation):
            tenancy = partners.ready(organisation, turn)
        number = partners.handed(organisation, tenancy, who[0])
        assert number is not None
        if paid:
            with organisation_scope(organisation):
                offices.pay(organisation, turn, 140_000)
        side = Side.PARTNER if end in BY_PARTNER else Side.CORPORATION
        end_file(organisation_id=organisation, file_id=number, side=side, end=end, **BY)
        with organisation_scope(organisation):
            ended = file(number)
            assert ended is not None
            here[number] = amicable(ended.end, ended.end_side, figures_kept([number])[number])
    assert list(here.values()) == [None, True, None, None, False, True, False, True]
    dsn = psycopg.conninfo.make_conninfo(
        admin, dbname=psycopg.conninfo.conninfo_to_dict(fresh_database)["dbname"]
    )
    with psycopg.connect(dsn) as superuser:
        elsewhere = dict(superuser.execute("SELECT file_id, amicable FROM bailiff_figure_list").fetchall())
    assert elsewhere == here
