"""One lease and its ledger, told in few words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from tijdig.access.scope import organisation_scope
from tijdig.cases.actions import evaluate_dirty
from tijdig.cases.actions_night import run_night
from tijdig.cases.queries import nights, tenancy_file
from tijdig.cases.values import NightRow, TenancyFile
from tijdig.ledger.actions import post
from tijdig.ledger.entry import EntryDraft
from tijdig.ledger.kinds import Kind
from tijdig.tenancies.actions import load
from tijdig.tenancies.drafts import PaymentMethodDraft, RentPartDraft, TenancyDraft
from tijdig.tenancies.queries import tenancy_ids_by_contract

RENT = 60_000


@dataclass(frozen=True)
class Ledger:
    """The ledger of one organisation, mostly of contract 1."""

    organisation: int

    def lease(
        self, contract: str = "1", begin: date = date(2020, 1, 1), debit_day: int | None = None
    ) -> None:
        records: list[Any] = [
            TenancyDraft(f"O{contract}", contract, "LOP", "HUU", begin, None),
            RentPartDraft(f"R{contract}", f"O{contract}", "NET", "", begin, None, RENT),
        ]
        if debit_day:
            records.append(PaymentMethodDraft(f"O{contract}", "INC", begin, debit_day=debit_day))
        with organisation_scope(self.organisation):
            load(organisation_id=self.organisation, records=records, actor="test", on=begin)

    def post(
        self,
        kind: Kind,
        cents: int,
        day: date,
        *,
        to: str = "",
        contract: str = "1",
        booked: date | None = None,
    ) -> None:
        """Post one entry; its reference is its kind and day."""
        draft = EntryDraft(
            contract,
            kind,
            cents,
            day,
            booked or day,
            "test",
            f"{contract}-{kind.name}-{day}",
            target_reference=to,
        )
        with organisation_scope(self.organisation):
            posted = post(organisation_id=self.organisation, drafts=[draft], actor="test", on=day)
        assert posted.problems == []

    def rent(self, *days: date, contract: str = "1") -> None:
        for day in days:
            self.post(Kind.RENT, RENT, day, contract=contract)

    def paid(self, *days: date, contract: str = "1", cents: int = RENT) -> None:
        for day in days:
            self.post(Kind.PAYMENT, -cents, day, contract=contract)

    def evaluate(self, on: date) -> int:
        return evaluate_dirty(organisation_id=self.organisation, on=on)

    def night(self, on: date) -> NightRow:
        run_night(organisation_id=self.organisation, on=on, actor="test")
        with organisation_scope(self.organisation):
            return nights(1)[0]

    def file(self, on: date, known_at: Any = None, contract: str = "1") -> TenancyFile:
        with organisation_scope(self.organisation):
            found = tenancy_file(tenancy_ids_by_contract([contract])[contract], as_of=on, known_at=known_at)
        assert found is not None
        return found

    def rows(self, query: str, *params: object) -> list[tuple[Any, ...]]:
        with organisation_scope(self.organisation), connection.cursor() as cursor:
            cursor.execute(query, params)
            return cursor.fetchall()
