"""The only writers of what becomes of a decided signal: sent, withdrawn before that, taken or refused by the platform."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import date

from tijdig.access.scope import organisation_scope
from tijdig.base.not_done import NotDone
from tijdig.help.kinds import Mark
from tijdig.help.leaving import Leaving, left
from tijdig.help.models import Batch, BatchFile, SignalData, SignalMark, SignalMarkText
from tijdig.help.queries import municipality, signal, waiting
from tijdig.help.queries_evidence import eligible
from tijdig.help.values import Municipality, Signal
from tijdig.history.actions import record
from tijdig.ledger.actions_marks import mark_dirty
from tijdig.steps.actions import Draft, note
from tijdig.steps.kinds import Kind
from tijdig.tenancies.actions_lock import lock_tenancy
from tijdig.tenancies.queries_reach import households

_LONGEST_WORDS = 200
Filled = Callable[[Municipality, Sequence[Leaving]], bytes]


def send(
    *,
    organisation_id: int,
    actor: str,
    name: str,
    municipality_id: int,
    fill: Filled | None,
    on: date,
) -> tuple[int | None, list[Signal]]:
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
    organisation_id: int, actor: str, decided: Sequence[Signal], place: Municipality, on: date
) -> tuple[list[Leaving], list[Signal]]:
    found = {
        one.facts.tenancy_id: one for one in eligible(on, [one.tenancy_id for one in decided], decided=False)
    }
    people = households([one.tenancy_id for one in decided], on)
    going: list[Leaving] = []
    gone: list[Signal] = []
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
    words = " ".join(reason.split())[:_LONGEST_WORDS]
    with organisation_scope(organisation_id):
        known = _held(signal_id)
        if not known.waits:
            raise NotDone((f"Dit signaal wacht niet meer: {known.stands}.",))
        if not words or not name.strip():
            raise NotDone(("Schrijf in een paar woorden op waarom niet.",))
        _withdraw(organisation_id, actor, name.strip(), known, "", on, words)


def _withdraw(
    organisation_id: int, actor: str, name: str, one: Signal, reason: str, on: date, words: str = ""
) -> None:
    """`reason` is a code; `words` are a person's, and stand apart."""
    mark = SignalMark.objects.create(
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
        text=words,
    )
    _say(mark, words)
    mark_dirty(organisation_id=organisation_id, tenancy_ids=[one.tenancy_id], on=on)


def acknowledge(
    *, organisation_id: int, actor: str, name: str, signal_id: int, taken: bool, reason: str, on: date
) -> None:
    """What the platform did with a signal: took it, or refused it and why. Who was refused may be signalled anew."""
    words = " ".join(reason.split())[:_LONGEST_WORDS]
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
        mark = SignalMark.objects.create(
            organisation_id=organisation_id,
            signal_id=signal_id,
            kind=kind.value,
            on=on,
            actor=actor,
            name=name.strip(),
        )
        _say(mark, "" if taken else words)
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
        steps = [Draft(known.tenancy_id, f"signal:{signal_id}", {"name": name.strip()})]
        note(organisation_id=organisation_id, actor=actor, kind=Kind.SIGNAL_REFUSED, on=on, steps=steps)
        mark_dirty(organisation_id=organisation_id, tenancy_ids=[known.tenancy_id], on=on)


def _say(mark: SignalMark, words: str) -> None:
    if words:
        SignalMarkText.objects.create(organisation_id=mark.organisation_id, mark=mark, words=words)


def _held(signal_id: int) -> Signal:
    """One signal, with nobody else writing about its tenancy until the end of this transaction."""
    known = signal(signal_id)
    if known is None or not lock_tenancy(known.tenancy_id):
        raise NotDone(("Dit signaal is er niet.",))
    return signal(signal_id) or known
