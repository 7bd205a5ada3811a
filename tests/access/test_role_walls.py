"""Walls of roles: a caretaker has no amounts, customer service no confidential notes, a partner no more of a person than was
agreed. Each asked of the tables themselves, without any filter of the program."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from tests.bailiff import partners
from tests.letters import offices

from tijdig.access.roles import Role
from tijdig.access.scope import acting, organisation_scope, seated
from tijdig.bailiff.kinds import Shown
from tijdig.contacts.actions import log
from tijdig.contacts.kinds import Channel, Direction, Outcome, Reached, Who
from tijdig.contacts.queries import contacts_of
from tijdig.contacts.values import ContactDraft
from tijdig.history.queries import told_of

NOTE = "Heeft haar baan verloren, wil dat niemand dat weet."


def _rows(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def _with_amounts() -> list[str]:
    return [
        name
        for (name,) in _rows(
            """SELECT DISTINCT table_name FROM information_schema.columns
                WHERE table_schema = 'public' AND (column_name LIKE '%%\\_cents' OR column_name = 'cents')
                ORDER BY 1"""
        )
    ]


def _walled() -> set[str]:
    return {
        name
        for (name,) in _rows("SELECT tablename FROM pg_policies WHERE policyname LIKE '%%\\_no\\_amounts'")
    }


def test_every_table_with_an_amount_is_closed_to_caretakers(db: None) -> None:
    """Also one that is made tomorrow. What is listed apart names nobody."""
    apart = {"bailiff_figure_list"}  # outside the walls altogether: nobody may ask it but a function
    assert set(_with_amounts()) - apart - _walled() == set()


def test_a_caretaker_finds_no_amount_in_any_table(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    partner = partners.partner()
    partners.agreed(organisation, partner)
    partners.handed(organisation, partners.ready(organisation, 2), partner[0])
    seen: dict[str, set[str]] = {}
    for role in (Role.CONSULTANT, Role.CARETAKER):
        with seated(role), organisation_scope(organisation):
            seen[role] = {name for name in _walled() if _rows(f"SELECT 1 FROM {name} LIMIT 1")}
    assert {"ledger_entry", "bailiff_file", "tenancies_rentpart"} <= seen[Role.CONSULTANT]
    assert seen[Role.CARETAKER] == set()
    with seated(Role.CARETAKER), organisation_scope(organisation):
        assert _rows(f"SELECT 1 FROM tenancies_tenancy WHERE id = {tenancy}") == [(1,)]
    with organisation_scope(organisation):
        assert _rows("SELECT 1 FROM ledger_entry LIMIT 1") == [(1,)]  # what runs by itself


def _logged(organisation: int, tenancy: int, *, confidential: bool) -> int:
    draft = ContactDraft(
        tenancy_id=tenancy, channel=Channel.PHONE, direction=Direction.OUT, reached=Reached.TALKED, who=Who.TENANT,
        outcome=Outcome.OTHER, at=offices.NOON, note=NOTE, confidential=confidential,
    )  # fmt: skip
    return log(
        organisation_id=organisation,
        actor="user:1",
        draft=draft,
        asked_as=uuid4(),
        now=offices.NOON,
        on=offices.TODAY,
    )


@pytest.mark.parametrize("role", [Role.CUSTOMER_SERVICE, Role.CONSULTANT, Role.TEAM_LEAD])
def test_customer_service_reads_no_note_that_is_confidential(organisation: int, role: Role) -> None:
    tenancy = offices.tenant(organisation)
    closed = _logged(organisation, tenancy, confidential=True)
    open_ = _logged(organisation, tenancy, confidential=False)
    with seated(role), organisation_scope(organisation):
        notes = {one.id: (one.note, one.confidential) for one in contacts_of([tenancy], as_of=offices.TODAY)}
        stored = [text for (text,) in _rows("SELECT text FROM contacts_contacttext")]
        told = [one.text for one in told_of(f"tenancy:{tenancy}", ["contact_logged"], as_of=offices.TODAY)]
    kept = "" if role is Role.CUSTOMER_SERVICE else NOTE
    assert notes == {closed: (kept, True), open_: (NOTE, False)}
    assert len(stored) == (1 if kept == "" else 2)
    assert sorted(told) == sorted([kept, NOTE])


@pytest.mark.parametrize("shows", [(), (Shown.PHONE,), (Shown.EMAIL, Shown.BORN), tuple(Shown)])
def test_a_partner_reads_of_a_person_what_was_agreed(organisation: int, shows: tuple[Shown, ...]) -> None:
    from datetime import date

    partner = partners.partner()
    partners.agreed(organisation, partner, terms=replace(partners.TERMS, shows=shows))
    tenancy = partners.ready(organisation)
    with organisation_scope(organisation):
        _ask("UPDATE tenancies_persontext SET born_on = '1980-05-06'")
        (whole,) = _rows("SELECT phone, email, born_on FROM tenancies_persontext")
    partners.handed(organisation, tenancy, partner[0])
    asked = "SELECT phone, email, born_on, surname FROM tenancies_persontext"
    with acting(partner[0], partner[1]), organisation_scope(organisation):
        ((phone, email, born_on, surname),) = _rows(asked)
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            _rows("SELECT phone FROM public.tenancies_persontext")
    with organisation_scope(organisation):
        assert whole == ("06 12345678", "m1@voorbeeld.example", date(1980, 5, 6))
    assert surname == "Vries"
    assert phone == (whole[0] if Shown.PHONE in shows else "")
    assert email == (whole[1] if Shown.EMAIL in shows else "")
    assert born_on == (whole[2] if Shown.BORN in shows else None)


def _ask(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_condition_on_what_is_not_shown_tells_nothing(organisation: int) -> None:
    """Nobody finds a number out by asking who has it: the view looks first."""
    partner = partners.partner()
    partners.agreed(organisation, partner, terms=replace(partners.TERMS, shows=()))
    partners.handed(organisation, partners.ready(organisation), partner[0])
    with acting(partner[0], partner[1]), organisation_scope(organisation):
        assert _rows("SELECT 1 FROM tenancies_persontext WHERE phone LIKE '06%%'") == []
    with organisation_scope(organisation):
        pass
