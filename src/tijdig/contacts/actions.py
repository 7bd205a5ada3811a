"""The only writers of contacts: write one down, and take one back. Nothing is changed or deleted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from tijdig.access.scope import broken_rule, organisation_scope
from tijdig.contacts.contact import Contact as Standing
from tijdig.contacts.models import Contact, ContactText, Promise, Withdrawal, WithdrawalText
from tijdig.contacts.queries import contact
from tijdig.contacts.values import ContactDraft, Fault, draft_faults, fault
from tijdig.contacts.withdrawal import is_undo, withdrawal_faults
from tijdig.history.actions import record
from tijdig.ledger.actions_marks import mark_dirty
from tijdig.tenancies.models import Party, Tenancy


class NotLogged(Exception):  # noqa: N818 - an answer to a person, not a fault in the code
    """A contact is not written down, or not taken back; `faults` says why, and what to do."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(" ".join(one.sentence for one in faults))
        self.faults = faults


def log(
    *, organisation_id: int, actor: str, draft: ContactDraft, asked_as: UUID, now: datetime, on: date
) -> int:
    """Write a contact down, with its note and its promise, and have the tenancy evaluated; returns its id.

    `asked_as` names the form: the same form twice is one contact, the first. Raises `NotLogged` with all that is wrong.
    """
    with organisation_scope(organisation_id):
        if known := _asked(asked_as):
            return known
        if faults := (*draft_faults(draft, on, now), *_place_faults(draft)):
            raise NotLogged(faults)
        try:
            with transaction.atomic():
                row = _store(organisation_id, actor, draft, asked_as)
        except IntegrityError as error:
            known = _asked(asked_as)
            if known is None or broken_rule(error) != "contacts_contact_once":
                raise
            return known  # the same form came in at the same moment, and the other one was first
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="contact_logged",
            subject=f"tenancy:{draft.tenancy_id}",
            effective_on=draft.on,
            facts=_facts(row, draft),
            text=draft.note.strip(),
        )
        mark_dirty(organisation_id=organisation_id, tenancy_ids=[draft.tenancy_id], on=on)
        return int(row.pk)


def withdraw(
    *, organisation_id: int, actor: str, contact_id: int, reason: str, now: datetime, on: date
) -> None:
    """Take a contact back, so that it counts for nothing; it is still shown. Raises `NotLogged` where that may not be.

    Whoever wrote it down needs no reason in the first minutes (`withdrawal`).
    """
    reason = reason.strip()
    with organisation_scope(organisation_id):
        known = contact(contact_id)
        if known is None:
            raise NotLogged((fault("contact_unknown"),))
        if faults := tuple(withdrawal_faults(known, actor, reason, now)):
            raise NotLogged(faults)
        try:
            with transaction.atomic():
                Withdrawal.objects.create(
                    contact_id=contact_id, organisation_id=organisation_id, at=now, actor=actor
                )
        except IntegrityError as error:
            raise NotLogged((fault("withdrawn_already"),)) from error
        if reason:
            WithdrawalText.objects.create(
                withdrawal_id=contact_id, organisation_id=organisation_id, text=reason
            )
        _tell_withdrawn(organisation_id, actor, known, reason, now, on)


def _tell_withdrawn(
    organisation_id: int, actor: str, known: Standing, reason: str, now: datetime, on: date
) -> None:
    record(
        organisation_id=organisation_id,
        actor=actor,
        verb="contact_withdrawn",
        subject=f"tenancy:{known.tenancy_id}",
        effective_on=on,
        facts={"contact": known.id, "of": known.on.isoformat(), "undo": is_undo(known, actor, now)},
        text=reason,
    )
    mark_dirty(organisation_id=organisation_id, tenancy_ids=[known.tenancy_id], on=on)


def _asked(asked_as: UUID) -> int | None:
    return Contact.objects.filter(asked_as=asked_as).values_list("pk", flat=True).first()


def _place_faults(draft: ContactDraft) -> Iterator[Fault]:
    """A foreign key looks through the wall; this does not."""
    if not Tenancy.objects.filter(pk=draft.tenancy_id).exists():
        yield fault("tenancy_unknown")
    elif draft.person_id is not None and not _belongs(draft.tenancy_id, draft.person_id):
        yield fault("person_unknown")


def _belongs(tenancy_id: int, person_id: int) -> bool:
    return Party.objects.filter(tenancy_id=tenancy_id, person_id=person_id).exists()


def _store(organisation_id: int, actor: str, draft: ContactDraft, asked_as: UUID) -> Contact:
    row = Contact.objects.create(
        organisation_id=organisation_id,
        tenancy_id=draft.tenancy_id,
        person_id=draft.person_id,
        channel=draft.channel,
        direction=draft.direction,
        reached=draft.reached,
        who=draft.who,
        outcome=draft.outcome,
        causes=list(dict.fromkeys(str(cause) for cause in draft.causes)),
        effective_on=draft.on,
        at=draft.at,
        minutes=draft.minutes,
        next_step=draft.next_step,
        next_on=draft.next_on,
        actor=actor,
        asked_as=asked_as,
        confidential=draft.confidential and bool(draft.note.strip()),
    )
    if note := draft.note.strip():
        ContactText.objects.create(contact=row, organisation_id=organisation_id, text=note)
    if draft.promise_cents is not None and draft.promise_on is not None:
        Promise.objects.create(
            contact=row,
            organisation_id=organisation_id,
            tenancy_id=draft.tenancy_id,
            made_on=draft.on,
            amount_cents=draft.promise_cents,
            due_on=draft.promise_on,
        )
    return row


def _facts(row: Contact, draft: ContactDraft) -> dict[str, object]:
    """What history keeps: codes, ids, amounts and days, no personal text; causes and outcome stand at the contact alone,
    where they can be erased."""
    marked: dict[str, object] = {"confidential": True} if row.confidential else {}
    return marked | {
        "contact": row.pk,
        "person": draft.person_id,
        "channel": draft.channel.value,
        "direction": draft.direction.value,
        "reached": draft.reached.value,
        "who": draft.who.value,
        "at": draft.at.isoformat(),
        "minutes": draft.minutes,
        "next_step": draft.next_step.value,
        "next_on": draft.next_on and draft.next_on.isoformat(),
        "promise_cents": draft.promise_cents,
        "promise_on": draft.promise_on and draft.promise_on.isoformat(),
    }
