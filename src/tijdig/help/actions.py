"""The only writers of municipalities, and of the decision to tell one of them about a tenancy."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from tijdig.access.scope import broken_rule, organisation_scope
from tijdig.base.not_done import NotDone
from tijdig.help.answer_sheet import read_mapping
from tijdig.help.duties import Eligible
from tijdig.help.kinds import DUTY_LABEL, STOP_SENTENCE
from tijdig.help.models import Municipality, Signal
from tijdig.help.queries import municipality, municipality_of
from tijdig.help.queries_evidence import eligible
from tijdig.help.sheet import read
from tijdig.help.values import MunicipalityDraft, plain
from tijdig.history.actions import record
from tijdig.tenancies.actions_lock import lock_tenancy
from tijdig.tenancies.queries_reach import households


def keep_municipality(
    *, organisation_id: int, actor: str, draft: MunicipalityDraft, pk: int | None, on: date
) -> int:
    """Write a municipality down, or change it; returns its id. Raises `NotDone` with all that is wrong."""
    with organisation_scope(organisation_id):
        before = None if pk is None else municipality(pk)
        if pk is not None and before is None:
            raise NotDone(("Deze gemeente is er niet.",))
        if wrong := _wrong(draft, pk):
            raise NotDone(wrong)
        fields = asdict(draft) | {"towns": list(draft.towns)}
        if pk is not None:
            Municipality.objects.filter(pk=pk).update(**fields)
        else:
            pk = int(Municipality.objects.create(organisation_id=organisation_id, **fields).pk)
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="municipality_kept",
            subject=f"municipality:{pk}",
            effective_on=on,
            facts={
                "before": plain(asdict(before)) if before else None,
                "after": plain(fields),
            },
        )
        return pk


def _wrong(draft: MunicipalityDraft, pk: int | None) -> tuple[str, ...]:
    wrong = []
    if not draft.name:
        wrong.append("Vul de naam van de gemeente in.")
    if not (
        len(draft.code) == 6 and draft.code[:2] == "GM" and draft.code[2:].isdigit() and draft.code.isascii()
    ):
        wrong.append("De code van een gemeente is GM en vier cijfers, zoals GM0599.")
    if not draft.towns:
        wrong.append("Noem de woonplaatsen, zoals ze in de adressen staan.")
    for other in Municipality.objects.exclude(pk=pk or 0):
        if other.code == draft.code or other.name.casefold() == draft.name.casefold():
            wrong.append(f"{other.name} ({other.code}) staat er al.")
        taken = {town.casefold() for town in other.towns} & {town.casefold() for town in draft.towns}
        wrong.extend(f"{town.capitalize()} hoort al bij {other.name}." for town in sorted(taken))
    wrong.extend(read(draft.sheet)[1])
    wrong.extend(read_mapping(draft.answers)[1])
    return tuple(wrong)


def decide(*, organisation_id: int, actor: str, name: str, tenancy_id: int, asked_as: UUID, on: date) -> int:
    """Decide by name that the municipality is told of these arrears; returns the signal's id, the same form twice is one.

    Nothing leaves yet. Raises `NotDone` with every duty that is missing and all that stands in the way.
    """
    with organisation_scope(organisation_id):
        if not name.strip() or not lock_tenancy(tenancy_id):
            raise NotDone(("Deze huurder is er niet.",))
        if (
            known := Signal.objects.filter(asked_as=asked_as).values_list("pk", flat=True).first()
        ) is not None:
            return int(known)
        found = next(iter(eligible(on, [tenancy_id])), None)
        if found is None or not found.may:
            raise NotDone(refusal(found))
        place = municipality_of(households([tenancy_id], on)[tenancy_id].city)
        if place is None:
            raise NotDone(refusal(found))
        try:
            with transaction.atomic():
                row = _decided(organisation_id, actor, name, found, place.id, asked_as, on)
        except IntegrityError as error:
            if broken_rule(error) != "help_signal_once":
                raise
            return int(Signal.objects.values_list("pk", flat=True).get(asked_as=asked_as))
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="signal_decided",
            subject=f"tenancy:{tenancy_id}",
            effective_on=on,
            facts={"signal": row.pk, "municipality": place.code, "amount_cents": row.amount_cents},
        )
        return int(row.pk)


def _decided(
    organisation_id: int, actor: str, name: str, found: Eligible, place: int, asked_as: UUID, on: date
) -> Signal:
    since = found.facts.since_on
    assert since is not None  # who has no arrears may not be signalled
    evidence = {
        one.duty.value: {
            "source": one.proof.source.value,
            "id": one.proof.id,
            "on": one.proof.on.isoformat(),
            "what": one.proof.what,
        }
        for one in found.duties
        if one.proof
    }
    return Signal.objects.create(
        organisation_id=organisation_id,
        tenancy_id=found.facts.tenancy_id,
        municipality_id=place,
        decided_on=on,
        since_on=since,
        amount_cents=found.facts.overdue_cents,
        evidence=evidence,
        actor=actor,
        name=name.strip(),
        asked_as=asked_as,
    )


def refusal(found: Eligible | None) -> tuple[str, ...]:
    """Why the municipality may not be told, in the order in which it is mended."""
    if found is None:
        return ("Deze huurder is er niet.",)
    missing = [f"Nog niet gedaan of niet vastgelegd: {DUTY_LABEL[duty]}." for duty in found.missing]
    stops = [STOP_SENTENCE[stop] for stop in found.stops]
    waits = (
        [f"De huurder mag nog nee zeggen op het aanbod; melden kan vanaf {found.from_on:%d-%m-%Y}."]
        if found.waits and found.from_on
        else []
    )
    return (*missing, *stops, *waits)
