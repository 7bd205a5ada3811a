"""A file goes back while somebody of the partner saves something in it: a clear answer, and nothing is saved."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.bailiff import partners
from tests.letters import offices

from one_after_the_other import one_after_the_other
from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.arrangements.queries import arrangements_of
from tijdig.bailiff.actions_file import end_file
from tijdig.bailiff.kinds import End, Side
from tijdig.bailiff.queries_in_file import costs_of
from tijdig.contacts.queries import contacts_of

TODAY = offices.TODAY
NOTHING_KEPT = "Dit dossier is niet meer bij u. Er is niets bewaard."


@dataclass(frozen=True)
class Desk:
    organisation: int
    tenancy: int
    file: int
    bailiff: Client
    dsn: str

    @property
    def address(self) -> str:
        return f"/dossiers/{self.organisation}/{self.file}"

    def page(self, address: str) -> str:
        return html.unescape(self.bailiff.get(address).content.decode())

    def answered(self, address: str, given: dict[str, object]) -> str:
        """What the bailiff reads who saves this while the corporation takes the file back."""
        ended = one_after_the_other(
            self.organisation, self.dsn, self._back, lambda: self.bailiff.post(address, given, follow=True)
        )
        answer = ended[1]
        assert answer.redirect_chain[0][0] == "/dossiers"  # type: ignore[attr-defined]
        return html.unescape(answer.content.decode())  # type: ignore[attr-defined]

    def _back(self) -> None:
        end_file(
            organisation_id=self.organisation, file_id=self.file, side=Side.CORPORATION, end=End.TAKEN_BACK,
            **partners.BY,
        )  # fmt: skip


@pytest.fixture
def desk(fresh_database: str, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)
    monkeypatch.setattr(timezone, "now", lambda: offices.NOON)
    organisation = create_organisation(name="Woonstichting Proef", slug="proef")
    who = partners.partner()
    partners.agreed(organisation, who)
    with organisation_scope(organisation):
        tenancy = partners.ready(organisation)
    number = partners.handed(organisation, tenancy, who[0])
    assert number is not None
    bailiff = Client()
    given = {"username": f"{who[2]}@maas.example", "password": "x"}
    assert bailiff.post("/aanmelden", given).status_code == 302
    return Desk(organisation, tenancy, number, bailiff, fresh_database)


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def test_a_cost_is_not_booked(desk: Desk) -> None:
    given: dict[str, object] = {
        "wat": "kosten", "handeling": "agreed:per dossier", "voor": "corporation", "dag": f"{TODAY:%Y-%m-%d}",
        "bedrag": "45,00", "formulier": _hidden(desk.page(desk.address), "formulier"),
    }  # fmt: skip
    assert NOTHING_KEPT in desk.answered(desk.address, given)
    with organisation_scope(desk.organisation):
        assert costs_of(desk.file) == []


def test_an_arrangement_is_not_made(desk: Desk) -> None:
    form = desk.page(f"{desk.address}/regeling")
    given: dict[str, object] = {
        "formulier": _hidden(form, "formulier"), "gezien": _hidden(form, 'gezien" form="write'), "ritme": "monthly",
        "post": re.findall(r'name="post" id="[^"]*" value="(\d+)"', form), "bedrag": "200,00",
        "eerste": f"{TODAY + timedelta(days=5):%Y-%m-%d}", "reden": "Meer kan hij niet missen.",
    }  # fmt: skip
    assert NOTHING_KEPT in desk.answered(f"{desk.address}/regeling", given)
    with organisation_scope(desk.organisation):
        assert arrangements_of([desk.tenancy]) == []


def test_a_contact_is_not_written_down(desk: Desk) -> None:
    form = desk.page(f"{desk.address}/contact")
    chosen = re.findall(r'name="(\w+)" id="[^"]*" value="([^"]*)"[^>]*checked', form)
    given: dict[str, object] = dict(chosen) | {
        "formulier": _hidden(form, "formulier"), "uitkomst": "no_agreement", "notitie": "Belt morgen.",
    }  # fmt: skip
    with organisation_scope(desk.organisation):
        before = len(contacts_of([desk.tenancy], as_of=TODAY))
    assert NOTHING_KEPT in desk.answered(f"{desk.address}/contact", given)
    with organisation_scope(desk.organisation):
        assert len(contacts_of([desk.tenancy], as_of=TODAY)) == before
