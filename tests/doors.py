"""A small corporation behind the doors: people of every role, tenants in arrears, files with something to decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.test import Client
from django.utils import timezone

from tijdig.access.actions import create_api_client, create_partner, create_partner_user, create_user
from tijdig.access.roles import PARTNER_ROLES, Role
from tijdig.cases.actions import evaluate_dirty
from tijdig.imports.actions import process, receive, register_account
from tijdig.ledger.actions import post
from tijdig.ledger.entry import EntryDraft
from tijdig.ledger.kinds import Kind
from tijdig.tenancies.actions import load
from tijdig.tenancies.drafts import (
    ComplexDraft,
    HomeDraft,
    PartyDraft,
    PersonDraft,
    RentPartDraft,
    TenancyDraft,
    TenancyRecord,
)

GOLDEN = Path(__file__).parent / "golden"
OWN_ACCOUNT = "NL42TEST1234567890"
PASSWORD = "alleen-voor-proef"
RENT_CENTS = 65_010


@dataclass(frozen=True)
class Corporation:
    """What the tests need of it: the organisation's id and a day to reckon from."""

    organisation: int
    today: date

    def person(self, role: Role) -> int:
        if role in PARTNER_ROLES:
            return create_partner_user(
                partner_id=create_partner(name="Deurwaarders Proef", code=f"{role}-{self.organisation}"),
                email=f"{role}.{self.organisation}@proef.test",
                name=f"Proef {role.value.title()}",
                role=role,
                password=PASSWORD,
            )
        return create_user(
            organisation_id=self.organisation,
            email=f"{role}.{self.organisation}@proef.test",
            name=f"Proef {role.value.title()}",
            role=role,
            password=PASSWORD,
        )

    def signed_in(self, role: Role) -> Client:
        """A browser in which somebody of this role has signed in at the page."""
        self.person(role)
        client = Client()
        name = f"{role}.{self.organisation}@proef.test"
        answer = client.post("/aanmelden", {"username": name, "password": PASSWORD})
        assert answer.status_code == 302, "signing in failed"
        return client

    def token(self) -> str:
        return create_api_client(organisation_id=self.organisation, name="proef")[1]

    def lease(self, number: int, *, behind: bool = True, surname: str = "") -> str:
        """A tenancy with a home and a tenant; `behind` leaves two months' rent unpaid. Returns the contract."""
        contract = f"C{self.organisation}-{number}"
        begin = self.today - timedelta(days=400)
        records: list[TenancyRecord] = [
            ComplexDraft("X1", "Proefcomplex", "Noord"),
            HomeDraft(f"E{number}", "Proefstraat", str(number), "3511AB", "Utrecht", "X1", "Noord"),
            PersonDraft(f"R{number}", "NAT", surname or f"Verzonnen{number}", "van", "E."),
            TenancyDraft(f"O{number}", contract, "LOP", "HUU", begin, None, f"E{number}"),
            PartyDraft(f"O{number}", f"R{number}", "HUU", begin),
            RentPartDraft(f"P{number}", f"O{number}", "NET", "", begin, None, RENT_CENTS),
        ]
        load(organisation_id=self.organisation, records=records, actor="test", on=self.today)
        if behind:
            for age in (45, 15):
                self.charge(contract, age)
        return contract

    def charge(self, contract: str, age: int) -> None:
        """A month's rent that was due `age` days ago."""
        due = self.today - timedelta(days=age)
        draft = EntryDraft(contract, Kind.RENT, RENT_CENTS, due, due, "test", f"{contract}/{age}", due_on=due)
        posted = post(organisation_id=self.organisation, drafts=[draft], actor="test", on=self.today)
        assert posted.problems == []

    def evaluate(self) -> None:
        while evaluate_dirty(organisation_id=self.organisation, on=self.today):
            pass

    def read(self, *names: str) -> list[int]:
        """Read golden files in as a person would; returns their ids."""
        iban = OWN_ACCOUNT
        register_account(
            organisation_id=self.organisation, iban=iban, name="Huur", actor="test", on=self.today
        )
        ids = []
        for name in names:
            content = (GOLDEN / name).read_bytes()
            file_id = receive(
                organisation_id=self.organisation,
                name=Path(name).name,
                chunks=[content],
                actor="test",
                on=self.today,
            )
            process(organisation_id=self.organisation, file_id=file_id, on=self.today)
            ids.append(file_id)
        return ids


def corporation(organisation: int) -> Corporation:
    return Corporation(organisation, timezone.localdate())


class Program:
    """A program at the API with a token."""

    def __init__(self, token: str) -> None:
        self._client = Client(headers={"Authorization": f"Bearer {token}"})

    def post(self, key: str, *entries: dict[str, Any]) -> Any:
        return self._client.post(
            "/api/v1/entries",
            {"entries": list(entries)},
            content_type="application/json",
            headers={"Idempotency-Key": key},
        )

    def put(self, contract: str, body: dict[str, Any]) -> Any:
        return self._client.put(f"/api/v1/tenancies/{contract}", body, content_type="application/json")

    def position(self, contract: str, **asked: str) -> Any:
        return self._client.get(f"/api/v1/tenancies/{contract}/position", asked)


def payment(contract: str, reference: str, cents: int = -RENT_CENTS, **more: Any) -> dict[str, Any]:
    day = f"{timezone.localdate() - timedelta(days=1)}"
    return {
        "contract_number": contract,
        "kind": "payment",
        "amount_cents": cents,
        "effective_on": day,
        "reference": reference,
        **more,
    }
