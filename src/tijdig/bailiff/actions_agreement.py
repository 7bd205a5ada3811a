"""The only writers of agreements with partners: a version is proposed, approved by both sides by name, and ended by
either."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import connection

from tijdig.access.scope import organisation_scope
from tijdig.bailiff import values
from tijdig.bailiff.agreement import Terms, faults
from tijdig.bailiff.kinds import Side
from tijdig.bailiff.models import Agreement, AgreementApproval, AgreementEnd
from tijdig.bailiff.queries import agreement, partner_named
from tijdig.base.not_done import NotDone
from tijdig.history.actions import record
from tijdig.law.contact_hours import hours

_LOCK = 7481  # of two who write about agreements of a corporation the second sees what the first did


def propose(
    *,
    organisation_id: int,
    actor: str,
    name: str,
    partner_code: str,
    terms: Terms,
    begin_on: date,
    asked_as: UUID,
    on: date,
) -> int:
    """Write the next version down; it holds when both sides approved it. Returns its id; the same form twice is one.

    Raises `NotDone` with all that is wrong.
    """
    with organisation_scope(organisation_id):
        _hold(organisation_id)
        known = Agreement.objects.filter(asked_as=asked_as).values_list("pk", flat=True).first()
        if known:
            return int(known)
        found = partner_named(partner_code)
        wrong = (
            []
            if found
            else [f"Er is geen deurwaarder met de code {partner_code or '(leeg)'}. Vraag hem die."]
        )
        if begin_on < on:
            wrong.append("Laat de afspraken vandaag of later ingaan.")
        if terms.until_on is not None and terms.until_on < begin_on:
            wrong.append("Laat de afspraken eindigen na de dag waarop zij ingaan, of laat het einde leeg.")
        lawful = hours().at(max(begin_on, on)).value
        wrong += faults(terms, lawful.opens_at, lawful.closes_at)
        if wrong or found is None or not name.strip():
            raise NotDone(tuple(wrong) or ("Alleen iemand met een naam kan dit voorstellen.",))
        partner_id = found[0]
        last = Agreement.objects.filter(partner_id=partner_id).order_by("-version").first()
        row = Agreement.objects.create(
            organisation_id=organisation_id,
            partner_id=partner_id,
            version=last.version + 1 if last else 1,
            terms=terms.plain(),
            begin_on=begin_on,
            actor=actor,
            name=name.strip(),
            asked_as=asked_as,
        )
        _tell(
            organisation_id,
            actor,
            "agreement_proposed",
            row.pk,
            on,
            {"partner": partner_id, "version": row.version},
        )
        return int(row.pk)


def approve(*, organisation_id: int, actor: str, name: str, agreement_id: int, side: Side, on: date) -> None:
    """Say yes for one side, by name. The same yes twice is one. Raises `NotDone` where there is nothing to approve."""
    with organisation_scope(organisation_id):
        _hold(organisation_id)
        known = _known(agreement_id)
        if known.end_on is not None:
            raise NotDone((f"Deze afspraken zijn beëindigd door {known.ended_by}.",))
        if not name.strip():
            raise NotDone(("Alleen iemand met een naam kan akkoord geven.",))
        if not known.waits_for(side):
            return
        AgreementApproval.objects.create(
            organisation_id=organisation_id,
            agreement_id=agreement_id,
            side=side.value,
            on=on,
            actor=actor,
            name=name.strip(),
        )
        _tell(organisation_id, actor, "agreement_approved", agreement_id, on, {"side": side.value})


def end_agreement(
    *, organisation_id: int, actor: str, name: str, agreement_id: int, side: Side, end_on: date, on: date
) -> None:
    """End a version, from a day on: from then the partner sees nothing under it. Raises `NotDone`."""
    with organisation_scope(organisation_id):
        _hold(organisation_id)
        known = _known(agreement_id)
        if known.end_on is not None:
            raise NotDone((f"Deze afspraken zijn al beëindigd door {known.ended_by}.",))
        if end_on < on or not name.strip():
            raise NotDone(("Kies vandaag of een latere dag.",))
        AgreementEnd.objects.create(
            organisation_id=organisation_id,
            agreement_id=agreement_id,
            end_on=end_on,
            side=side.value,
            actor=actor,
            name=name.strip(),
        )
        facts: dict[str, object] = {"side": side.value, "end_on": end_on.isoformat()}
        _tell(organisation_id, actor, "agreement_ended", agreement_id, on, facts)


def _known(agreement_id: int) -> values.Agreement:
    found = agreement(agreement_id)
    if found is None:
        raise NotDone(("Deze afspraken zijn er niet.",))
    return found


def _hold(organisation_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, organisation_id])


def _tell(organisation_id: int, actor: str, verb: str, pk: int, on: date, facts: dict[str, object]) -> None:
    record(
        organisation_id=organisation_id,
        actor=actor,
        verb=verb,
        subject=f"agreement:{pk}",
        effective_on=on,
        facts=facts,
    )
