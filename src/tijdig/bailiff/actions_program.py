"""The only writers of what programs tell about files. A program proposes; a person decides by name."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from tijdig.access.scope import again, organisation_scope
from tijdig.bailiff.actions_in_file import held
from tijdig.bailiff.actions_made import write_history
from tijdig.bailiff.kinds import Start
from tijdig.bailiff.models import FileReference, Proposal, ProposalRefusal
from tijdig.bailiff.queries import files_of, in_force
from tijdig.bailiff.queries_program import proposal_of, proposed_as, references
from tijdig.base.bsn import MASK
from tijdig.base.not_done import NotDone
from tijdig.tenancies.actions_lock import lock_tenancy

LONGEST_REFERENCE = 60


@again
def propose_hand_over(
    *,
    organisation_id: int,
    actor: str,
    name: str,
    tenancy_id: int,
    partner_id: int,
    start: Start,
    asked_as: UUID,
    on: date,
) -> int:
    """A program proposes to hand over; returns the number that the file will have. The same message twice is one.

    Raises `NotDone` where a file or a proposal is there already, and where nothing is agreed with the partner.
    """
    with organisation_scope(organisation_id):
        if not lock_tenancy(tenancy_id):
            raise NotDone(("Deze overeenkomst is er niet.",))
        if (same := proposed_as(asked_as)) is not None:
            return same
        if any(one.ended_on is None for one in files_of(tenancy_id)):
            raise NotDone(("Dit dossier is al bij een deurwaarder.",))
        if (waits := proposal_of(tenancy_id)) is not None:
            raise NotDone(
                (
                    f"Dit is op {waits.on:%d-%m-%Y} al voorgesteld (nummer {waits.id}). Een medewerker besluit.",
                )
            )
        if not any(one.partner_id == partner_id for one in in_force(on)):
            raise NotDone(("Met deze deurwaarder zijn nu geen afspraken. Kies een ander.",))
        row = Proposal.objects.create(
            id=_number(),
            organisation_id=organisation_id,
            tenancy_id=tenancy_id,
            partner_id=partner_id,
            start=start.value,
            on=on,
            actor=actor,
            name=name,
            asked_as=asked_as,
        )
        facts: dict[str, object] = {"proposal": row.pk, "partner": partner_id, "start": start.value}
        write_history(organisation_id, actor, "hand_over_proposed", tenancy_id, on, facts)
        return int(row.pk)


@again
def refuse_proposal(*, organisation_id: int, actor: str, name: str, tenancy_id: int, on: date) -> None:
    """Somebody decides by name that it is not handed over now. Raises `NotDone` where nothing waits any more."""
    with organisation_scope(organisation_id):
        waits = proposal_of(tenancy_id) if lock_tenancy(tenancy_id) else None
        if waits is None or not name.strip():
            raise NotDone(("Dit voorstel wacht niet meer.",))
        try:
            with transaction.atomic():
                ProposalRefusal.objects.create(
                    organisation_id=organisation_id,
                    proposal_id=waits.id,
                    on=on,
                    actor=actor,
                    name=name.strip(),
                )
        except IntegrityError as error:
            raise NotDone(("Dit voorstel wacht niet meer.",)) from error
        write_history(
            organisation_id, actor, "hand_over_proposal_refused", tenancy_id, on, {"proposal": waits.id}
        )


@again
def set_reference(*, organisation_id: int, actor: str, file_id: int, reference: str, on: date) -> None:
    """The number of a file at the partner; the same number again writes nothing. Raises `NotDone`."""
    words = " ".join(reference.split())
    if not words or len(words) > LONGEST_REFERENCE:
        raise NotDone((f"Een dossiernummer heeft 1 tot {LONGEST_REFERENCE} tekens.",))
    if MASK in words:
        raise NotDone(
            ("Dit dossiernummer lijkt op een burgerservicenummer. Gebruik een ander, of laat het leeg.",)
        )
    with organisation_scope(organisation_id):
        known = held(file_id)
        if references([file_id]).get(file_id) == words:
            return
        FileReference.objects.create(
            organisation_id=organisation_id,
            file_id=file_id,
            tenancy_id=known.tenancy_id,
            reference=words,
            on=on,
            actor=actor,
        )
        facts: dict[str, object] = {"file": file_id, "reference": words}
        write_history(organisation_id, actor, "file_reference", known.tenancy_id, on, facts)


def _number() -> int:
    """The next number of a file."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('bailiff_file', 'id'))")
        return int(cursor.fetchone()[0])
