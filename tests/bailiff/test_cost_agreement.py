"""What a partner books for a tenant without a tariff to hold it against is owed once the corporation agrees, by name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from tests.bailiff import partners
from tests.bailiff.partners import BY, TODAY

from tijdig.access.scope import organisation_scope
from tijdig.bailiff import actions_in_file as actions
from tijdig.bailiff.actions_file import end_file
from tijdig.bailiff.costs import Act, CostDraft, Payer
from tijdig.bailiff.kinds import End, Side, Start
from tijdig.bailiff.queries_earlier import left_owed
from tijdig.bailiff.queries_figures import figures_kept
from tijdig.bailiff.queries_in_file import costs_of, deeds_of
from tijdig.bailiff.queries_owed import owed_in
from tijdig.bailiff.queries_to_agree import costs_to_agree
from tijdig.bailiff.track import tell
from tijdig.base.not_done import NotDone
from tijdig.history.queries import of_subject

Judged = tuple[int, int, int, tuple[int, int, str]]
OURS: dict[str, Any] = BY | {"side": Side.CORPORATION}
SERVICE = CostDraft(
    act=Act.JUDGMENT_SERVED, payer=Payer.TENANT, on=TODAY, cents=12_500, reason="Staat op het exploot."
)
_AWARDED = 61_000  # by the judgment of `partners.JUDGED`


@pytest.fixture
def judged(organisation: int) -> Judged:
    """Organisation, tenancy, file and partner: a file with a judgment of today."""
    who = partners.partner()
    partners.agreed(organisation, who)
    tenancy = partners.ready(organisation)
    made = partners.handed(organisation, tenancy, who[0], start=Start.JUDGMENT)
    assert made is not None
    partners.judge(organisation, made)
    return organisation, tenancy, made, who


def _theirs(who: tuple[int, int, str]) -> dict[str, Any]:
    return {"actor": f"user:{who[1]}", "name": "Piet Maas", "side": Side.PARTNER, "on": TODAY}


def _book(judged: Judged, draft: CostDraft = SERVICE) -> int:
    organisation, _tenancy, number, who = judged
    with partners.at_partner(organisation, who):
        return actions.book(
            organisation_id=organisation, file_id=number, draft=draft, asked_as=uuid4(), **_theirs(who)
        )


def _owed(judged: Judged) -> tuple[int, int]:
    """What is owed of costs, and what may come; of both sides the same."""
    organisation, tenancy, number, who = judged

    def told() -> tuple[int, int]:
        with organisation_scope(organisation):
            owed, _sums = owed_in(number, tenancy, tell(deeds_of([number])[number]), TODAY)
            return owed.costs_cents, owed.may_come_cents

    with partners.at_partner(organisation, who):
        theirs = told()
    assert told() == theirs
    return theirs


def _asking(organisation: int) -> list[tuple[int, int]]:
    with organisation_scope(organisation):
        return [(file.id, cost.id) for file, cost in costs_to_agree()]


def test_it_may_come_until_somebody_of_the_corporation_agrees(judged: Judged) -> None:
    organisation, tenancy, number, _who = judged
    cost = _book(judged)
    assert _owed(judged) == (_AWARDED, 12_500)
    assert _asking(organisation) == [(number, cost)]
    actions.agree_cost(organisation_id=organisation, file_id=number, cost_id=cost, **OURS)
    assert _owed(judged) == (_AWARDED + 12_500, 0)
    assert _asking(organisation) == []
    with pytest.raises(NotDone, match="An de Boer ging hier al mee akkoord"):
        actions.agree_cost(organisation_id=organisation, file_id=number, cost_id=cost, **OURS)
    with organisation_scope(organisation):
        (told,) = [one for one in of_subject(f"tenancy:{tenancy}") if one.verb == "file_cost_agreed"]
    assert told.facts == {"file": number, "cost": cost, "name": "An de Boer"}
    assert told.actor == BY["actor"]


def test_open_pages_and_systems_hear_that_somebody_agreed(judged: Judged) -> None:
    organisation, tenancy, number, _who = judged
    cost = _book(judged)

    def told() -> tuple[list[Any], list[Any]]:
        with organisation_scope(organisation), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            cursor.execute("DELETE FROM cases_outbox WHERE kind = 'in_file' RETURNING subject")
            pages = cursor.fetchall()
            cursor.execute("DELETE FROM hooks_event RETURNING kind, file_id")
            return pages, cursor.fetchall()

    told()
    actions.agree_cost(organisation_id=organisation, file_id=number, cost_id=cost, **OURS)
    assert told() == ([(tenancy,)], [("externe-incasso.gewijzigd", number)])


def test_no_partner_agrees_nor_takes_the_money_meanwhile(judged: Judged) -> None:
    organisation, _tenancy, number, who = judged
    cost = _book(judged)
    given = {"organisation_id": organisation, "file_id": number, "cost_id": cost}
    with partners.at_partner(organisation, who):
        with pytest.raises(NotDone, match="Iemand van de corporatie gaat akkoord"):
            actions.agree_cost(**given, **_theirs(who))
        with pytest.raises(NotDone, match="nog niet schuldig"):
            actions.received(**given, received_on=TODAY, **_theirs(who))
        with (
            organisation_scope(organisation),
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                """INSERT INTO bailiff_costagreement (organisation_id, cost_id, "on", actor, name)
                   VALUES (%s, %s, current_date, %s, 'x')""",
                [organisation, cost, f"user:{who[1]}"],
            )
    assert _owed(judged) == (_AWARDED, 12_500)
    actions.agree_cost(**given, **OURS)
    with partners.at_partner(organisation, who):
        with organisation_scope(organisation):
            booked = next(one for one in costs_of(number) if one.id == cost)
            assert (booked.agreed, booked.agreed_by) == (True, "An de Boer")
        actions.received(**given, received_on=TODAY, **_theirs(who))
    assert _owed(judged) == (_AWARDED, 0)


def test_the_database_takes_no_untested_cost_of_a_partner_that_does_not_wait(judged: Judged) -> None:
    organisation, tenancy, number, who = judged
    insert = """INSERT INTO bailiff_cost (organisation_id, file_id, tenancy_id, act, label, payer, "on", cents, vat_cents,
                                          against, side, actor, name, asked_as, asks_agreement)
                VALUES (%s, %s, %s, 'b', '', %s, current_date, 100, 0, %s, 'partner', %s, 'Piet', gen_random_uuid(), %s)"""

    def taken(payer: str, against: str, *, asks: bool) -> bool:
        with partners.at_partner(organisation, who), organisation_scope(organisation):
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(
                        insert, [organisation, number, tenancy, payer, against, f"user:{who[1]}", asks]
                    )
            except DatabaseError as error:
                assert "row-level security" in str(error)
                return False
        return True

    assert [taken("tenant", one, asks=False) for one in ("unknown", "above", "right")] == [False, False, True]
    assert taken("tenant", "unknown", asks=True)
    assert taken("corporation", "unknown", asks=False)


def test_what_the_corporation_books_itself_is_owed_at_once(judged: Judged) -> None:
    organisation, _tenancy, number, _who = judged
    cost = actions.book(organisation_id=organisation, file_id=number, draft=SERVICE, asked_as=uuid4(), **OURS)
    assert _owed(judged) == (_AWARDED + 12_500, 0)
    assert _asking(organisation) == []
    with pytest.raises(NotDone, match="geen akkoord nodig"):
        actions.agree_cost(organisation_id=organisation, file_id=number, cost_id=cost, **OURS)


def test_what_a_court_awards_and_what_is_taken_back_asks_nobody(judged: Judged) -> None:
    organisation, _tenancy, number, _who = judged
    _book(judged, replace(SERVICE, act=Act.SUMMONS))
    assert _owed(judged) == (_AWARDED, 0)
    cost = _book(judged)
    assert _asking(organisation) == [(number, cost)]
    actions.withdraw_cost(organisation_id=organisation, file_id=number, cost_id=cost, **OURS)
    assert _asking(organisation) == []
    assert _owed(judged) == (_AWARDED, 0)


def test_of_a_file_that_closed_it_still_waits_and_is_not_left_to_pay(judged: Judged) -> None:
    organisation, tenancy, number, _who = judged
    cost = _book(judged)
    end_file(organisation_id=organisation, file_id=number, end=End.TAKEN_BACK, **OURS)
    given = {"organisation_id": organisation, "file_id": number, "cost_id": cost}

    def left() -> dict[int, int]:
        with organisation_scope(organisation):
            return left_owed([tenancy], TODAY)

    assert left() == {tenancy: _AWARDED}
    assert _asking(organisation) == [(number, cost)]
    with organisation_scope(organisation):
        assert figures_kept([number])[number].tenant_cents == _AWARDED
    with pytest.raises(NotDone, match="Schrijf op waarom"):
        actions.agree_cost(**given, **OURS)
    actions.agree_cost(**given, reason="Het exploot is er.", **OURS)
    assert left() == {tenancy: _AWARDED + 12_500}
    assert _asking(organisation) == []
