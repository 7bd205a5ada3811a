"""The only writers of the agenda: put a case on it, and take it off. Nothing is changed or deleted but its place."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from tijdig.access.scope import broken_rule, organisation_scope
from tijdig.conferences.agenda import Item
from tijdig.conferences.models import AgendaItem, ItemText, Place, Withdrawal, WithdrawalText
from tijdig.conferences.queries import item
from tijdig.conferences.values import ItemDraft, NotConferred, fault, item_faults, reason_faults
from tijdig.history.actions import record
from tijdig.tenancies.actions_lock import lock_tenancy


def put(*, organisation_id: int, actor: str, name: str, draft: ItemDraft, asked_as: UUID, on: date) -> int:
    """Put a case on the agenda with its question; returns its id. One at a time of a tenancy.

    `name` is of the person who puts it there. `asked_as` names the form: the same form twice is one case, the first.
    Raises `NotConferred` with all that is wrong.
    """
    with organisation_scope(organisation_id):
        if not lock_tenancy(draft.tenancy_id):
            raise NotConferred((fault("tenancy_unknown"),))
        known = AgendaItem.objects.filter(asked_as=asked_as).values_list("pk", flat=True).first()
        if known is not None:
            return known
        if faults := tuple(item_faults(draft, on)):
            raise NotConferred(faults)
        row = _store(organisation_id, actor, name, draft, asked_as, on)
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="conference_asked",
            subject=f"tenancy:{draft.tenancy_id}",
            effective_on=on,
            facts={
                "item": row.pk,
                "wanted_by_on": draft.wanted_by_on and draft.wanted_by_on.isoformat(),
            },
            text=draft.question.strip(),
        )
        return int(row.pk)


def withdraw(*, organisation_id: int, actor: str, name: str, item_id: int, reason: str, on: date) -> None:
    """Take a case off the agenda without a decision, with a reason. Raises `NotConferred` where that may not be."""
    reason = reason.strip()
    with organisation_scope(organisation_id):
        known = locked_item(item_id)
        if known is None:
            raise NotConferred((fault("item_unknown"),))
        if not known.on_agenda:
            raise NotConferred((fault("off_agenda"),))
        if faults := tuple(reason_faults(reason)):
            raise NotConferred(faults)
        row = Withdrawal.objects.create(
            organisation_id=organisation_id, item_id=item_id, on=on, actor=actor, name=name
        )
        WithdrawalText.objects.create(withdrawal=row, organisation_id=organisation_id, text=reason)
        Place.objects.filter(item_id=item_id).delete()
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="conference_asked_no_more",
            subject=f"tenancy:{known.tenancy_id}",
            effective_on=on,
            facts={"item": item_id},
            text=reason,
        )


def locked_item(item_id: int) -> Item | None:
    """The case as whoever held the lock before left it."""
    known = item(item_id)
    if known is None or not lock_tenancy(known.tenancy_id):
        return None
    return item(item_id)


def take_place(organisation_id: int, tenancy_id: int, item_id: int) -> None:
    """This is the case of the tenancy that is on the agenda. Raises `NotConferred` where another one is."""
    try:
        with transaction.atomic():
            Place.objects.create(organisation_id=organisation_id, tenancy_id=tenancy_id, item_id=item_id)
    except IntegrityError as error:
        if broken_rule(error) != "conferences_place_pkey":
            raise
        raise NotConferred((fault("on_agenda"),)) from error


def _store(
    organisation_id: int, actor: str, name: str, draft: ItemDraft, asked_as: UUID, on: date
) -> AgendaItem:
    row = AgendaItem.objects.create(
        organisation_id=organisation_id,
        tenancy_id=draft.tenancy_id,
        put_on=on,
        wanted_by_on=draft.wanted_by_on,
        actor=actor,
        name=name,
        asked_as=asked_as,
    )
    ItemText.objects.create(item=row, organisation_id=organisation_id, text=draft.question.strip())
    take_place(organisation_id, draft.tenancy_id, row.pk)
    return row
