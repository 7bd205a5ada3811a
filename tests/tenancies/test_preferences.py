"""What a tenant chose stays, whatever a new extract says."""

from __future__ import annotations

from tests.letters import offices

from tijdig.history.models import Event
from tijdig.tenancies.actions_preferences import set_preferences
from tijdig.tenancies.queries_reach import households


def _set(organisation: int, tenancy: int, person: int) -> bool:
    return set_preferences(
        organisation_id=organisation,
        actor="user:1",
        tenancy_id=tenancy,
        person_id=person,
        language="ENG",
        large_print=True,
        channel="sms",
        post_address="Postbus 1\n3000 AA Rotterdam",
        on=offices.TODAY,
    )


def test_a_new_extract_keeps_what_was_chosen(organisation: int) -> None:
    tenancy = offices.tenant(organisation, language="NLD")
    (before,) = households([tenancy], offices.TODAY)[tenancy].residents
    assert (before.language, before.large_print, before.channel) == ("NLD", False, "")
    assert _set(organisation, tenancy, before.id) is True
    offices.tenant(organisation, months=0, language="NLD", email="nieuw@voorbeeld.example")
    (after,) = households([tenancy], offices.TODAY)[tenancy].residents
    assert (after.language, after.large_print, after.channel) == ("ENG", True, "sms")
    assert (after.post_address, after.email) == ("Postbus 1\n3000 AA Rotterdam", "nieuw@voorbeeld.example")
    assert Event.objects.filter(verb="preferences_set", subject=f"tenancy:{tenancy}").count() == 1


def test_nobody_of_another_tenancy_is_changed(organisation: int) -> None:
    first, second = offices.tenant(organisation, 1), offices.tenant(organisation, 2)
    (other,) = households([second], offices.TODAY)[second].residents
    assert _set(organisation, first, other.id) is False
    assert households([second], offices.TODAY)[second].residents == (other,)
