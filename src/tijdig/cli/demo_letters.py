"""The demo's letters: who writes, and what a team has just written: a few of each kind, in every state of the outbox."""

from __future__ import annotations

from datetime import date, datetime

from tijdig.letters.letter import Kind
from tijdig.letters.letterhead import Letterhead

HEAD = Letterhead(
    name="Woonstichting De Maat",
    address_lines=("Maatkade 1", "3511 AB Utrecht"),
    contact_name="team Huurincasso",
    contact_number="030 123 45 67",
    contact_email="huur@demaat.example",
    opening_hours="maandag tot en met vrijdag, 8.30 tot 17.00 uur",
    help_line="Geldfit: 0800 8115 (gratis)",
    opening_hours_en="Monday to Friday, 8.30 a.m. to 5 p.m.",
    help_line_en="Geldfit: 0800 8115 (free)",
    iban="NL13TEST0123456789",
    creditor_name="Woonstichting De Maat",
    sms_name="De Maat",
    mail_from="huur@demaat.example",
    trial=True,
)
# Of each kind so many, to those who stand at one of these steps of the policy.
_MANY = (
    (Kind.FRIENDLY_REMINDER, ("message",), 12),
    (Kind.FOURTEEN_DAY, ("fourteen_day_letter", "visit", "call"), 6),
)


def write_head(*, organisation: int, on: date, iban: str, trial: bool) -> None:
    """Who writes. Until today the letters of the demo went, to its own mailbox; from today on it is a trial."""
    import dataclasses

    from tijdig.letters.actions_texts import save_letterhead

    head = dataclasses.replace(HEAD, iban=iban, trial=trial)
    save_letterhead(organisation_id=organisation, actor="system:demo", head=head, on=on)


def write_some(*, organisation: int, on: date, now: datetime) -> None:
    """Letters of today to some of who is behind. Nothing goes outside: the letterhead says it is a trial."""
    from tijdig.access.queries import colleagues
    from tijdig.access.scope import organisation_scope
    from tijdig.cases.queries import tenancies_at
    from tijdig.letters.actions_many import write_many

    with organisation_scope(organisation):
        behind = {kind: [one for rule in rules for one in tenancies_at(rule)] for kind, rules, _ in _MANY}
    writer = next(one for one in colleagues(organisation) if one.role == "consultant")
    for kind, _, many in _MANY:
        made = write_many(
            organisation_id=organisation,
            actor=f"user:{writer.id}",
            kind=kind,
            tenancy_ids=behind[kind][: 3 * many],
            on=on,
            now=now,
            by=writer.name,
        )
        done = 0
        for one in made:
            done += one.letter_id is not None
            if done == many:
                break
