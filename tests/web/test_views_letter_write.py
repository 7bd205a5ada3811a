"""Writing a letter at the page: what can be written, what is typed, how it looks, and what comes of it."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.letters import offices

from doors import Corporation
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.letters.models import Letter, Sending
from tijdig.tenancies.queries import tenancy_ids_by_contract


@pytest.fixture
def tenancy(corporation: Corporation) -> int:
    contract = corporation.lease(1)
    offices.letterhead(corporation.organisation)
    with organisation_scope(corporation.organisation):
        return tenancy_ids_by_contract([contract])[contract]


@pytest.fixture
def consultant(corporation: Corporation) -> Client:
    return corporation.signed_in(Role.CONSULTANT)


def test_every_kind_is_there_with_why_it_cannot_be_now(consultant: Client, tenancy: int) -> None:
    page = consultant.get(f"/huurder/{tenancy}/brief").content.decode()
    can, _, cannot = page.partition("Kan nu niet")
    assert "Vriendelijke herinnering" in can
    assert "Veertiendagenbrief" in can
    assert "Er is nog geen geldige veertiendagenbrief" in cannot
    assert "Afsluiting" in cannot  # something is open, so it is not settled
    assert "Er staat nog € 1.300,20 open" in cannot.replace("\u00a0", " ")


def test_without_a_letterhead_the_page_says_what_to_do(corporation: Corporation) -> None:
    contract = corporation.lease(1)
    pk = tenancy_ids_by_contract([contract])[contract]
    page = corporation.signed_in(Role.CONSULTANT).get(f"/huurder/{pk}/brief").content.decode()
    assert "Er is nog geen briefhoofd" in page


def test_the_form_shows_the_letter_at_once(consultant: Client, tenancy: int) -> None:
    page = consultant.get(f"/huurder/{tenancy}/brief/reminder").content.decode()
    assert "data:image/png;base64," in page
    assert "€ 1.300,20" in page.replace("\u00a0", " ")


def test_what_is_typed_is_in_the_look_and_nothing_is_kept(consultant: Client, tenancy: int) -> None:
    typed = {"stuur": "1", "pay_before_on": "2099-06-03"}
    page = consultant.post(f"/huurder/{tenancy}/brief/reminder/voorbeeld", typed).content.decode()
    assert "3 juni 2099" in page.replace("\u00a0", " ")
    assert Letter.objects.count() == 0


def test_sending_the_form_makes_the_letter_and_shows_it(consultant: Client, tenancy: int) -> None:
    typed = {"stuur": "1", "formulier": "0" * 31 + "1"}
    for _ in range(2):  # a double click is one letter
        answer = consultant.post(f"/huurder/{tenancy}/brief/friendly_reminder", typed)
        assert answer.status_code == 302
    made = Letter.objects.get()
    assert answer.headers["Location"] == f"/brieven/{made.pk}"
    assert Sending.objects.get().channel == "print"  # no e-mail address is known
    assert "Proef Consultant" in consultant.get(f"/brieven/{made.pk}").content.decode()


def test_what_is_missing_stands_at_the_form_with_all_that_was_typed(consultant: Client, tenancy: int) -> None:
    typed = {"stuur": "1", "meet_on": "geen dag", "meet_place": "Havenkade 12"}
    answer = consultant.post(f"/huurder/{tenancy}/brief/invitation", typed)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "&#x27;geen dag&#x27; is geen dag" in page
    assert 'value="Havenkade 12"' in page
    assert Letter.objects.count() == 0


def test_a_doubtful_amount_asks_for_a_reason_and_keeps_it(
    consultant: Client, corporation: Corporation, tenancy: int
) -> None:
    with organisation_scope(corporation.organisation):
        from tijdig.ledger.actions import post
        from tijdig.ledger.entry import EntryDraft
        from tijdig.ledger.kinds import Kind

        paid = EntryDraft(
            f"C{corporation.organisation}-1", Kind.PAYMENT, -110_000, corporation.today, corporation.today, "t", "p"
        )  # fmt: skip
        assert post(
            organisation_id=corporation.organisation, drafts=[paid], actor="test", on=corporation.today
        ).problems == []  # fmt: skip
    address = f"/huurder/{tenancy}/brief/fourteen_day"
    page = consultant.get(address).content.decode()
    assert "Waarom neemt u dit toch over?" in page
    assert consultant.post(address, {"stuur": "1"}).status_code == 400
    assert consultant.post(address, {"stuur": "1", "reden": "Overlegd."}).status_code == 302
    row = Letter.objects.get()
    assert row.override_by == "Proef Consultant"
    assert "Overlegd." in consultant.get(f"/brieven/{row.pk}").content.decode()


@pytest.mark.parametrize("path", ["geen_soort", "reminder/voorbeeld/meer", ""])
def test_an_unknown_kind_is_not_there(consultant: Client, tenancy: int, path: str) -> None:
    assert consultant.get(f"/huurder/{tenancy}/brief/{path}").status_code == 404


def test_a_tenancy_of_another_corporation_is_not_there(consultant: Client) -> None:
    assert consultant.get("/huurder/999999/brief/reminder").status_code == 404
    assert consultant.get("/huurder/999999/brief").status_code == 404
    assert consultant.get("/huurder/999999/voorkeuren").status_code == 404


def test_preferences_are_kept_and_the_letter_follows_them(consultant: Client, tenancy: int) -> None:
    page = consultant.get(f"/huurder/{tenancy}/voorkeuren").content.decode()
    person = page.split('name="persoon" value="')[1].split('"')[0]
    typed = {
        "persoon": person,
        "taal": "ENG",
        "groot": "on",
        "weg": "print",
        "adres": "Postbus 1\r\n3000 AA Rotterdam",
    }
    assert consultant.post(f"/huurder/{tenancy}/voorkeuren", typed).status_code == 302
    page = consultant.get(f"/huurder/{tenancy}/brief/friendly_reminder").content.decode()
    assert "Postbus 1" in page
    assert "Kind regards" in page


@pytest.mark.parametrize("typed", [{}, {"persoon": "0"}, {"persoon": "x"}])
def test_preferences_of_nobody_are_not_kept(consultant: Client, tenancy: int, typed: dict[str, str]) -> None:
    assert consultant.post(f"/huurder/{tenancy}/voorkeuren", typed).status_code == 404
