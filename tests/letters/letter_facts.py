"""Letters of every kind about one invented tenant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tijdig.letters.fourteen_day import fourteen_day_letter
from tijdig.letters.letter import Fact, Kind, Language, Letter, Payment, Person, Row, Sender
from tijdig.letters.texts import default
from tijdig.letters.values import Facts

ON = date(2026, 11, 2)
SENDER = Sender(
    name="Woonstichting De Brug",
    address_lines=("Havenkade 12", "3011 AA Rotterdam"),
    contact_name="Sanne de Boer",
    contact_number="010 123 45 67",
    contact_email="sanne.deboer@debrug.example",
    opening_hours="Maandag tot en met vrijdag, 8.30 tot 17.00 uur",
    help_line="de gemeente Rotterdam: 010 765 43 21 (gratis)",
    iban="NL13TEST0123456789",
    creditor_name="Woonstichting De Brug",
)
TENANT = Person("Mevrouw F. El Amrani", "Beste mevrouw El Amrani", ("Lindestraat 14 b", "3012 XZ Rotterdam"))
ROWS = tuple(Row(date(2026, month, 1), 70_000) for month in (8, 9, 10))
FACTS = Facts(
    on=ON,
    facts_on=ON,
    instalments=ROWS,
    principal_cents=210_000,
    fee_cents=31_500,
    sender=SENDER,
    to=TENANT,
    reference="HC-104233",
    payment_reference="5000056789012345",
)
SAID: dict[str, Fact] = {
    "open_cents": 210_000,
    "pay_before_on": date(2026, 11, 16),
    "meet_on": date(2026, 11, 12),
    "meet_time": "10:30",
    "meet_place": "Havenkade 12, Rotterdam",
    "instalment_count": 3,
    "first_on": date(2026, 12, 1),
    "last_on": date(2027, 2, 1),
    "instalment_cents": 70_000,
    "due_on": date(2026, 11, 1),
    "municipality": "Rotterdam",
    "object_before_on": date(2026, 11, 20),
    "costs_cents": 31_500,
    "handover_on": date(2026, 11, 30),
    "bailiff_name": "Van Dam",
    "paid_cents": 210_000,
    "paid_on": date(2026, 10, 30),
}


def tenant(language: Language = Language.NL, large_print: bool = False) -> Person:
    return replace(TENANT, language=language, large_print=large_print)


def letter(kind: Kind, to: Person = TENANT) -> Letter:
    """A letter of this kind; the closing letter has no table and nothing to pay."""
    if kind is Kind.FOURTEEN_DAY:
        return fourteen_day_letter(replace(FACTS, to=to))
    rows = () if kind is Kind.SETTLED else ROWS[:1] if kind is Kind.INSTALMENT_MISSED else ROWS
    owed = sum(row.open_cents for row in rows)
    payment = Payment(owed, "5000056789012345", SENDER.iban, SENDER.creditor_name) if rows else None
    return Letter(
        kind=kind,
        version=default(kind).version,
        on=ON,
        sender=SENDER,
        to=to,
        reference="HC-104233",
        facts=SAID,
        rows=rows,
        payment=payment,
    )
