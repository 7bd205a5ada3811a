"""Tenants of whom there is a lot to tell: two who rent together, and one who left long ago with nothing owed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from django.db import connection
from tests.contacts import answers
from tests.help import neighbours
from tests.letters import offices

from tijdig.access.scope import organisation_scope
from tijdig.contacts.actions import log
from tijdig.contacts.kinds import Channel, Direction, Outcome, Reached, Who
from tijdig.contacts.reply_kinds import How
from tijdig.contacts.values import ContactDraft
from tijdig.help.actions_worry import notice
from tijdig.help.kinds import Noticed
from tijdig.help.worry import WorryDraft
from tijdig.letters.actions import write
from tijdig.letters.letter import Kind
from tijdig.letters.wish import Wish
from tijdig.tenancies.actions import load
from tijdig.tenancies.drafts import MandateDraft, PartyDraft, PersonDraft

TODAY = offices.TODAY
LATER = date(2030, 1, 15)
OWN_IBAN, OTHERS_IBAN = "NL91ABNA0417164300", "NL20INGB0001234567"
BY: dict[str, Any] = {"actor": "user:1", "name": "An de Boer"}


def sql(statement: str, *given: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall()) if cursor.description else []


def person_of(tenancy: int, role: str = "HUU") -> int:
    return int(
        sql("SELECT person_id FROM tenancies_party WHERE tenancy_id = %s AND role = %s", tenancy, role)[0][0]
    )


def talked(organisation: int, tenancy: int, note: str, person: int | None = None) -> int:
    draft = ContactDraft(
        tenancy_id=tenancy,
        person_id=person,
        channel=Channel.PHONE,
        direction=Direction.OUT,
        reached=Reached.TALKED,
        who=Who.TENANT,
        outcome=Outcome.OTHER,
        at=datetime(2026, 10, 20, 10, 0, tzinfo=UTC),
        note=note,
    )
    return log(
        organisation_id=organisation,
        actor="user:1",
        draft=draft,
        asked_as=uuid4(),
        on=TODAY,
        now=offices.NOON,
    )


def together(organisation: int, number: int = 1) -> int:
    """Two who rent together, behind with the rent, of whom each was spoken to and somebody noticed something."""
    tenancy = offices.tenant(organisation, number, email="een@eigen.example", phone="06 11111111")
    key = f"{100_000 + number}"
    records = [
        PersonDraft(f"M{key}", "NAT", "Bakker", "", "T.", "De heer", email="twee@ander.example", phone="06 22222222"),
        PartyDraft(key, f"M{key}", "MDH", date(2024, 1, 1)),
        MandateDraft(key, OTHERS_IBAN, f"M-{key}", None),
    ]  # fmt: skip
    load(organisation_id=organisation, records=records, actor="test", on=TODAY)
    talked(organisation, tenancy, "Loon komt op de 24e.", person_of(tenancy))
    talked(organisation, tenancy, "De andere vertelde iets vertrouwelijks.", person_of(tenancy, "MDH"))
    talked(organisation, tenancy, "Mail naar twee@ander.example mag ook.")
    notice(
        organisation_id=organisation,
        **BY,
        role="caretaker",
        draft=WorryDraft(
            tenancy_id=tenancy,
            what=(Noticed.POST,),
            talked=False,
            noticed_on=TODAY,
            words="Buurvrouw Jansen belde hierover.",
        ),
        asked_as=uuid4(),
        on=TODAY,
    )
    return tenancy


def alone(organisation: int, number: int = 1, **person: object) -> int:
    """One who rents alone, with an account, a letter, an answer, an objection that was answered and a talk."""
    offices.letterhead(organisation, trial=True)
    tenancy = offices.tenant(organisation, number, **person)
    load(
        organisation_id=organisation,
        records=[MandateDraft(f"{100_000 + number}", OWN_IBAN, f"M-{number}", None)],
        actor="test",
        on=TODAY,
    )
    talked(organisation, tenancy, "Loon komt op de 24e.")
    wish = Wish(tenancy_id=tenancy, kind=Kind.FRIENDLY_REMINDER, on=TODAY, channel=None)
    write(organisation_id=organisation, actor="user:1", by="An", wish=wish, now=offices.NOON)
    answers.taken(organisation, f"van {number}", match=answers.of(tenancy, How.MESSAGE))
    with organisation_scope(organisation):
        sql("DELETE FROM contacts_replywork")
        sql("UPDATE letters_sending SET state = 'cancelled'")
    return tenancy


def left(organisation: int, number: int = 1, end_on: date = date(2026, 12, 31), **person: object) -> int:
    """The same, who paid everything and left."""
    tenancy = alone(organisation, number, **person)
    offices.pay(organisation, number, 2 * offices.RENT_CENTS)
    with organisation_scope(organisation):
        sql("UPDATE tenancies_tenancy SET end_on = %s WHERE id = %s", end_on, tenancy)
        sql(
            "INSERT INTO ledger_entrytext (organisation_id, entry_id, text)"
            " SELECT organisation_id, id, 'van M. de Vries' FROM ledger_entry WHERE tenancy_id = %s AND role = 3"
            " ON CONFLICT DO NOTHING",
            tenancy,
        )
    neighbours.evaluated(organisation)
    return tenancy
