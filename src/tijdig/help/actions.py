"""The only writers of municipalities and of the signals to them: decide, send, withdraw, and what a platform took."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from tijdig.access.scope import broken_rule, organisation_scope
from tijdig.help.answer_sheet import read_mapping
from tijdig.help.duties import Eligible
from tijdig.help.kinds import DUTY_LABEL, STOP_SENTENCE, Mark
from tijdig.help.leaving import Leaving, left
from tijdig.help.models import Batch, BatchFile, Municipality, Signal, SignalData, SignalMark
from tijdig.help.queries import municipality, municipality_of, signal, waiting
from tijdig.help.queries_evidence import eligible
from tijdig.help.sheet import read
from tijdig.help.values import Municipality as Kept
from tijdig.help.values import MunicipalityDraft, NotDone
from tijdig.help.values import Signal as Standing
from tijdig.history.actions import record
from tijdig.ledger.actions_marks import mark_dirty
from tijdig.steps.actions import Draft, note
from tijdig.steps.kinds import Kind
from tijdig.tenancies.actions_lock import lock_tenancy
from tijdig.tenancies.queries_reach import households

Filled = Callable[[Kept, Sequence[Leaving]], bytes]
_LONGEST = 300


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
                "before": _plain(asdict(before)) if before else None,
                "after": _plain(fields),
            },
        )
        return pk


def _plain(fields: dict[str, object]) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items()}


def _wrong(draft: MunicipalityDraft, pk: int | None) -> tuple[str, ...]:
    wrong = []
    if not draft.name:
        wrong.append("Vul de naam van de gemeente in.")
    if not (len(draft.code) == 6 and draft.code[:2] == "GM" and draft.code[2:].isdigit()):
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


def send(
    *,
    organisation_id: int,
    actor: str,
    name: str,
    municipality_id: int,
    fill: Filled | None,
    on: date,
) -> tuple[int | None, list[Standing]]:
    """Send what was decided for a municipality: as a file that `fill` makes, or as typed in by hand where there is none.

    Everything is looked at once more: who paid, objected, left or arranged since is withdrawn with the reason. Returns the
    batch (None where nothing was left to send) and those that were withdrawn. Each signal goes once, whoever presses at the
    same moment. Raises `NotDone` for a municipality that is not there.
    """
    with organisation_scope(organisation_id):
        place = municipality(municipality_id)
        if place is None or not name.strip():
            raise NotDone(("Deze gemeente is er niet.",))
        for one in waiting(municipality_id):
            lock_tenancy(one.tenancy_id)
        decided = waiting(municipality_id)  # once more: whoever held them may have sent them
        going, gone = _looked_at_again(organisation_id, actor, decided, place, on)
        if not going:
            return None, gone
        content = fill(place, going) if fill else b""
        batch = Batch.objects.create(
            organisation_id=organisation_id,
            municipality_id=municipality_id,
            way="file" if fill else "typed",
            signals=len(going),
            digest=hashlib.sha256(content).hexdigest() if fill else "",
            sent_on=on,
            actor=actor,
            name=name.strip(),
        )
        if fill:
            BatchFile.objects.create(organisation_id=organisation_id, batch=batch, content=content)
        _went(organisation_id, actor, name.strip(), batch, going, on)
        return int(batch.pk), gone


def _looked_at_again(
    organisation_id: int, actor: str, decided: Sequence[Standing], place: Kept, on: date
) -> tuple[list[Leaving], list[Standing]]:
    found = {
        one.facts.tenancy_id: one for one in eligible(on, [one.tenancy_id for one in decided], decided=False)
    }
    people = households([one.tenancy_id for one in decided], on)
    going: list[Leaving] = []
    gone: list[Standing] = []
    for one in decided:
        now, household = found.get(one.tenancy_id), people.get(one.tenancy_id)
        leaves = left(one, now, household, place) if now and household else "no_home"
        if isinstance(leaves, Leaving):
            going.append(leaves)
        else:
            _withdraw(organisation_id, actor, "", one, leaves, on)
            gone.append(one)
    return going, gone


def _went(
    organisation_id: int, actor: str, name: str, batch: Batch, going: Sequence[Leaving], on: date
) -> None:
    SignalMark.objects.bulk_create(
        SignalMark(
            organisation_id=organisation_id,
            signal_id=one.signal_id,
            kind=Mark.SENT.value,
            on=on,
            amount_cents=one.amount_cents,
            batch=batch,
            actor=actor,
            name=name,
        )
        for one in going
    )
    SignalData.objects.bulk_create(
        SignalData(organisation_id=organisation_id, signal_id=one.signal_id, fields=one.plain(on))
        for one in going
    )
    steps = [
        Draft(one.tenancy_id, f"signal:{one.signal_id}", {"name": name, "amount_cents": one.amount_cents})
        for one in going
    ]
    note(organisation_id=organisation_id, actor=actor, kind=Kind.SIGNAL_SENT, on=on, steps=steps)
    mark_dirty(organisation_id=organisation_id, tenancy_ids=[one.tenancy_id for one in going], on=on)


def withdraw(*, organisation_id: int, actor: str, name: str, signal_id: int, reason: str, on: date) -> None:
    """Take back what was decided and is not sent yet, by name and with a reason. Raises `NotDone`."""
    words = " ".join(reason.split())[:40]
    with organisation_scope(organisation_id):
        known = _held(signal_id)
        if not known.waits:
            raise NotDone((f"Dit signaal wacht niet meer: {known.stands}.",))
        if not words or not name.strip():
            raise NotDone(("Schrijf in een paar woorden op waarom niet.",))
        _withdraw(organisation_id, actor, name.strip(), known, words, on)


def _withdraw(organisation_id: int, actor: str, name: str, one: Standing, reason: str, on: date) -> None:
    SignalMark.objects.create(
        organisation_id=organisation_id,
        signal_id=one.id,
        kind=Mark.WITHDRAWN.value,
        on=on,
        reason=reason,
        actor=actor,
        name=name,
    )
    record(
        organisation_id=organisation_id,
        actor=actor,
        verb="signal_withdrawn",
        subject=f"tenancy:{one.tenancy_id}",
        effective_on=on,
        facts={"signal": one.id, "reason": reason},
    )
    mark_dirty(organisation_id=organisation_id, tenancy_ids=[one.tenancy_id], on=on)


def acknowledge(
    *, organisation_id: int, actor: str, name: str, signal_id: int, taken: bool, reason: str, on: date
) -> None:
    """What the platform did with a signal: took it, or refused it and why. Who was refused may be signalled anew."""
    words = " ".join(reason.split())[:40]
    with organisation_scope(organisation_id):
        known = _held(signal_id)
        if (
            known.sent is None
            or known.refused
            or (taken and any(m.kind is Mark.RECEIVED for m in known.marks))
        ):
            raise NotDone((f"Dat kan niet meer: {known.stands}.",))
        if not taken and (known.answers or not words):
            said = (
                "De gemeente heeft al geantwoord." if known.answers else "Schrijf op waarom het geweigerd is."
            )
            raise NotDone((said,))
        kind = Mark.RECEIVED if taken else Mark.REFUSED
        SignalMark.objects.create(
            organisation_id=organisation_id,
            signal_id=signal_id,
            kind=kind.value,
            on=on,
            reason="" if taken else words,
            actor=actor,
            name=name.strip(),
        )
        if taken:
            record(
                organisation_id=organisation_id,
                actor=actor,
                verb="signal_received",
                subject=f"tenancy:{known.tenancy_id}",
                effective_on=on,
                facts={"signal": signal_id},
            )
            return
        steps = [Draft(known.tenancy_id, f"signal:{signal_id}", {"name": name.strip(), "reason": words})]
        note(organisation_id=organisation_id, actor=actor, kind=Kind.SIGNAL_REFUSED, on=on, steps=steps)
        mark_dirty(organisation_id=organisation_id, tenancy_ids=[known.tenancy_id], on=on)


def _held(signal_id: int) -> Standing:
    """One signal, with nobody else writing about its tenancy until the end of this transaction."""
    known = signal(signal_id)
    if known is None or not lock_tenancy(known.tenancy_id):
        raise NotDone(("Dit signaal is er niet.",))
    return signal(signal_id) or known
