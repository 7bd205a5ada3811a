"""Both sides see the same figures, also of a file that ended; and of other corporations only numbers of many."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from tests.bailiff import partners
from tests.bailiff.partners import TODAY
from tests.letters import offices

from tijdig.access.actions import create_organisation
from tijdig.access.scope import acting, organisation_scope
from tijdig.bailiff.actions_file import end_file
from tijdig.bailiff.kinds import End, Kpi, Side
from tijdig.bailiff.queries import in_force
from tijdig.bailiff.queries_figures import others
from tijdig.base.not_done import NotDone
from tijdig.contacts.actions import log
from tijdig.contacts.kinds import Channel, Direction, Outcome, Reached, Who
from tijdig.contacts.values import ContactDraft
from tijdig.reports.queries import kpis_of


def _told(organisation: int) -> list[tuple[Kpi, int | None, int]]:
    with organisation_scope(organisation):
        (agreed,) = in_force(TODAY)
        return [(one.figure.kpi, one.figure.value, one.figure.of) for one in kpis_of(agreed, TODAY)]


def test_both_sides_see_the_same_before_and_after_the_end(organisation: int) -> None:
    who = partners.partner()
    partners.agreed(organisation, who)
    tenancy = partners.ready(organisation)
    number = partners.handed(organisation, tenancy, who[0])
    assert number is not None
    with partners.at_partner(organisation, who):
        log(
            organisation_id=organisation, actor=f"user:{who[1]}", asked_as=uuid4(), now=offices.NOON, on=TODAY,
            draft=ContactDraft(
                tenancy_id=tenancy, channel=Channel.PHONE, direction=Direction.OUT, reached=Reached.TALKED,
                who=Who.TENANT, outcome=Outcome.OTHER, at=datetime(2026, 11, 2, 9, 0, tzinfo=UTC),
            ),
        )  # fmt: skip
        theirs = _told(organisation)
    assert theirs == _told(organisation) == [(Kpi.AMICABLE, None, 0), (Kpi.CONTACT, 0, 1)]
    by: dict[str, Any] = {
        "organisation_id": organisation, "file_id": number, "side": Side.PARTNER, "end": End.PAID,
        "actor": f"user:{who[1]}", "name": "Piet Maas", "on": TODAY,
    }  # fmt: skip
    with partners.at_partner(organisation, who), pytest.raises(NotDone, match=r"nog €.1.400,00 open"):
        end_file(**by)
    offices.pay(organisation, 1, 140_000)
    with partners.at_partner(organisation, who):
        end_file(**by)
        theirs = _told(organisation)
    assert theirs == _told(organisation) == [(Kpi.AMICABLE, 100, 1), (Kpi.CONTACT, 0, 1)]


def test_of_other_corporations_only_a_number_of_many_files_is_told(fresh_database: str, admin: str) -> None:
    mine = create_organisation(name="Een", slug="een")
    who = partners.partner("maas")
    partners.agreed(mine, who)
    dsn = psycopg.conninfo.make_conninfo(
        admin, dbname=psycopg.conninfo.conninfo_to_dict(fresh_database)["dbname"]
    )

    def elsewhere(rows: int, corporations: int, plans: int = 1, nobodys: int = 0) -> dict[Kpi, int]:
        with psycopg.connect(dsn, autocommit=True) as superuser:
            superuser.execute("DELETE FROM bailiff_figure_list")
            superuser.execute(
                """INSERT INTO bailiff_figure_list
                   SELECT n, %s, %s + 1 + n %% %s, %s, 10, CASE WHEN n > %s THEN n %% 4 > 0 END, 10000,
                          n %% 7, 5000, n %% 20 = 0, %s, n %% 2
                     FROM generate_series(1, %s) n""",
                [who[0], mine, corporations, TODAY, nobodys, plans, rows],
            )
        with organisation_scope(mine):
            return others(who[0], date(2026, 1, 1), TODAY)

    assert elsewhere(19, 4) == elsewhere(40, 2) == {}
    assert Kpi.AMICABLE not in elsewhere(40, 4, nobodys=25)
    assert elsewhere(40, 4, nobodys=20)[Kpi.AMICABLE] == 75  # of the twenty that are somebody's
    assert elsewhere(40, 4) == {
        Kpi.AMICABLE: 75, Kpi.CONTACT: 3, Kpi.HANDLING: 10, Kpi.KEPT: 50, Kpi.TENANT_COST: 10_000,
        Kpi.CORPORATION_COST: 5_000, Kpi.EVICTIONS: 5,
    }  # fmt: skip
    assert set(Kpi) - set(elsewhere(40, 4, plans=0)) == {Kpi.KEPT}
    with acting(who[0] + 1, 1), organisation_scope(mine):
        assert others(who[0], date(2026, 1, 1), TODAY) == {}  # another partner asks about this one
