"""A street of tenancies that owe three months' rent, and the doors through which their bank files come in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bank_files import OURS
from django.db import connection

from tijdig.imports.actions import process, receive, register_account
from tijdig.imports.models import SourceFile
from tijdig.imports.references import make
from tijdig.imports.wording import sentence
from tijdig.lab.numbers import iban
from tijdig.ledger.actions import post
from tijdig.ledger.entry import EntryDraft
from tijdig.ledger.kinds import Kind
from tijdig.tenancies.actions import load
from tijdig.tenancies.drafts import (
    HomeDraft,
    MandateDraft,
    PartyDraft,
    PaymentReferenceDraft,
    PersonDraft,
    RentPartDraft,
    TenancyDraft,
)
from tijdig.tenancies.queries import tenancy_ids_by_contract

TODAY = date(2026, 11, 21)
RENT = 64_205
VRIES, JANSEN, PIETERS, SHARED = (iban(2_000_000_001 + number) for number in range(4))
BAKKER, SMIT = iban(2_000_000_011), iban(2_000_000_012)
KENMERK = make("104233")
RF = "RF18539007547034"

# contract, surname, account, mandate, end of the lease
PEOPLE = (
    ("104.233", "Vries", VRIES, "M-233", None),
    ("104.240", "Jansen", JANSEN, "M-240", None),
    ("104.250", "Pieters", PIETERS, "", date(2026, 10, 31)),
    ("104.260", "Bakker", BAKKER, "", None),
    ("104.261", "Bakker", BAKKER, "", None),  # the parking space of the same household
    ("104.270", "Smit", SHARED, "", None),
    ("104.271", "Visser", SHARED, "", None),  # another household, paid from one account
)


def settle_in(organisation: int) -> None:
    """Load the street and charge September, October and November."""
    records: list[Any] = []
    for number, (contract, surname, account, mandate, end) in enumerate(PEOPLE):
        key, person = f"O{contract}", f"P{'Bakker' if surname == 'Bakker' else number}"
        records += [
            HomeDraft(f"H{number}", "Dorpsstraat", str(number + 1), "3511AB", "Utrecht", region="Noord"),
            PersonDraft(person, "NAT", surname, "de" if surname == "Vries" else "", "E."),
            TenancyDraft(key, contract, "LOP", "HUU", date(2020, 1, 1), end, f"H{number}"),
            PartyDraft(key, person, "HUU", date(2020, 1, 1)),
            RentPartDraft(f"R{number}", key, "NET", "", date(2026, 1, 1), None, RENT),
            MandateDraft(key, account, mandate),
        ]
    records.append(PaymentReferenceDraft("O104.233", KENMERK))
    records.append(PaymentReferenceDraft("O104.240", RF))
    load(organisation_id=organisation, records=records, actor="test", on=TODAY)
    drafts = [
        EntryDraft(contract, Kind.RENT, RENT, day, day, "erp", f"{contract}-{day:%m}", due_on=day)
        for contract, *_ in PEOPLE
        for day in (date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1))
    ]
    post(organisation_id=organisation, drafts=drafts, actor="test", on=TODAY)
    register_account(organisation_id=organisation, iban=OURS, name="Huur", actor="test", on=TODAY)


@dataclass(frozen=True)
class Street:
    """The doors of one organisation, and what came through them."""

    organisation: int

    def give(self, content: bytes, name: str = "afschrift", on: date = TODAY) -> SourceFile:
        """Receive and process a file; its row afterwards."""
        file_id = receive(
            organisation_id=self.organisation, name=name, chunks=[content], actor="user:1", on=on
        )
        process(organisation_id=self.organisation, file_id=file_id, on=on)
        return SourceFile.objects.get(pk=file_id)

    def rows(self, query: str, *params: object) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(query, params)
            return cursor.fetchall()

    def money(self) -> list[tuple[str, str, int]]:
        """Contract, kind and cents of all that came in or went back, in the order of posting."""
        found = self.rows(
            """SELECT t.contract_number, e.kind, e.amount_cents FROM ledger_entry e
                 JOIN tenancies_tenancy t ON t.id = e.tenancy_id WHERE e.source <> 'erp' ORDER BY e.id"""
        )
        return [(contract, Kind(kind).name, cents) for contract, kind, cents in found]

    def lines(self) -> list[tuple[int, str, str]]:
        """Cents, state and the rule or the reason of every line, in the order of reading."""
        return self.rows("SELECT amount_cents, state, coalesce(nullif(queue_reason, ''), rule) "
                         "FROM imports_line ORDER BY id")  # fmt: skip

    def states(self) -> list[str]:
        return [row[0] for row in self.rows("SELECT state FROM imports_statement ORDER BY id")]

    def holds(self) -> list[str]:
        return [
            row[0] for row in self.rows("SELECT hold FROM imports_statement WHERE state = 'held' ORDER BY id")
        ]

    def one(self, query: str, *params: object) -> Any:
        ((value,),) = self.rows(query, *params)
        return value

    def line_id(self, state: str = "queued") -> int:
        """The one line in this state."""
        return int(self.one("SELECT id FROM imports_line WHERE state = %s", state))

    def tenancy(self, contract: str) -> int:
        return tenancy_ids_by_contract([contract])[contract]


def message(row: SourceFile) -> str:
    """What a person reads about this file."""
    return sentence(row.code, row.params)
