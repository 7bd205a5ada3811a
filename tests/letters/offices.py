"""A corporation with a letterhead and tenants in arrears, for the tests of letters that are written and sent."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, timedelta

from tijdig.ledger.actions import post
from tijdig.ledger.entry import EntryDraft
from tijdig.ledger.kinds import Kind as EntryKind
from tijdig.letters.actions_texts import save_letterhead
from tijdig.letters.letterhead import Letterhead
from tijdig.tenancies.actions import load
from tijdig.tenancies.drafts import HomeDraft, PartyDraft, PersonDraft, RentPartDraft, TenancyDraft
from tijdig.tenancies.queries import tenancy_ids_by_contract

TODAY = date(2026, 11, 2)  # a Monday
NOON = datetime(2026, 11, 2, 11, 0, tzinfo=UTC)
RENT_CENTS = 70_000
HEAD = Letterhead(
    name="Woonstichting De Brug",
    address_lines=("Havenkade 12", "3011 AA Rotterdam"),
    contact_name="team Huur",
    contact_number="010 123 45 67",
    contact_email="huur@debrug.example",
    opening_hours="Maandag tot en met vrijdag, 8.30 tot 17.00 uur",
    help_line="de gemeente: 14 010 (gratis)",
    iban="NL13TEST0123456789",
    creditor_name="Woonstichting De Brug",
    sms_name="De Brug",
    mail_from="huur@debrug.example",
    trial=False,
)


def letterhead(organisation: int, **changed: object) -> None:
    head = dataclasses.replace(HEAD, **changed)  # type: ignore[arg-type]
    save_letterhead(organisation_id=organisation, actor="test", head=head, on=TODAY)


def tenant(organisation: int, number: int = 1, *, months: int = 2, **person: object) -> int:
    """A tenant who did not pay the last rents; the rents are due on the first of each month."""
    key = f"{100_000 + number}"
    details = {
        "key": f"R{key}",
        "kind": "NAT",
        "surname": "Vries",
        "prefix": "de",
        "initials": "M.",
        "salutation": "Mevrouw",
        "email": f"m{number}@voorbeeld.example",
        "phone": "06 12345678",
    }
    begin = date(2024, 1, 1)
    load(
        organisation_id=organisation,
        records=[
            HomeDraft(f"E{key}", "Lindestraat", str(number), "3012XZ", "Rotterdam"),
            PersonDraft(**{**details, **person}),  # type: ignore[arg-type]
            TenancyDraft(key, key, "LOP", "HUU", begin, None, f"E{key}"),
            PartyDraft(key, f"R{key}", "HUU", begin),
            RentPartDraft(f"P{key}", key, "NET", "", begin, None, RENT_CENTS),
        ],
        actor="test",
        on=TODAY,
    )
    for month in range(months):
        due = date(2026, 10 - month, 1)
        charge(organisation, key, EntryKind.RENT, RENT_CENTS, due)
    return tenancy_ids_by_contract([key])[key]


def charge(organisation: int, contract: str, kind: EntryKind, cents: int, on: date, more: str = "") -> None:
    reference = f"{contract} {kind} {on} {more}"
    draft = EntryDraft(contract, kind, cents, on, on, "test", reference, due_on=on if cents > 0 else None)
    assert post(organisation_id=organisation, drafts=[draft], actor="test", on=on).problems == []


def pay(organisation: int, number: int, cents: int, on: date = TODAY, more: str = "") -> None:
    charge(organisation, f"{100_000 + number}", EntryKind.PAYMENT, -cents, on, more)


LATER = NOON + timedelta(hours=1)


def learned_later(organisation: int, number: int, cents: int) -> None:
    """A payment (below zero: one that was taken back) that the program learns of after what it wrote so far.

    A test is one transaction, in which the database's clock stands still, so the moment is written by hand.
    """
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO ledger_entry (organisation_id, tenancy_id, kind, role, amount_cents, effective_on, due_on,
                      booked_on, recorded_at, source, reference, target_id)
               SELECT %s, t.id, CASE WHEN %s > 0 THEN 20 ELSE 22 END, CASE WHEN %s > 0 THEN 3 ELSE 4 END, -(%s::bigint),
                      %s, %s, %s, clock_timestamp(), 'test', 'later ' || t.contract_number || clock_timestamp() || %s,
                      CASE WHEN %s > 0 THEN NULL ELSE (SELECT max(id) FROM ledger_entry WHERE tenancy_id = t.id) END
                 FROM tenancies_tenancy t WHERE t.contract_number = %s""",
            [organisation, cents, cents, cents, TODAY, TODAY, TODAY, cents, cents, f"{100_000 + number}"],
        )
