"""Every movement gets exactly one outcome, and with it at most one ledger entry. Pure.

States: `posted` (it is an entry), `queued` (a person must say), `split` (its parts are lines of their own), `other`
(accounted for, not a tenant's: pay-outs, bank costs), `duplicate` (told before), `held` (its statement is held),
`notice` (not booked: intraday or notification).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from tijdig.imports.drafts import Movement, Nature
from tijdig.imports.matching import Directory, Named, match, name
from tijdig.imports.settle_lines import Own, find_reversed, split
from tijdig.ledger.entry import EntryDraft, entry_of
from tijdig.ledger.kinds import Kind

SOURCE = "bank"
_INCOMING = frozenset({Nature.PAYMENT, Nature.COLLECTION, Nature.OTHER})


@dataclass(slots=True)
class Work:
    """One movement on its way; `line_id` is set when it is stored already."""

    movement: Movement
    fingerprint: str
    line_id: int = 0
    statement_id: int = 0
    parent: Work | None = None
    state: str = "new"
    rule: str = ""
    sureness: int = 0
    queue_reason: str = ""
    tenancy_id: int | None = None
    suggestions: tuple[tuple[int, str, int], ...] = ()
    named: Named | None = None  # whom an incoming movement names
    draft: EntryDraft | None = None

    @property
    def reference(self) -> str:
        """The ledger's reference of this movement: the print of its entry and its place within it."""
        return f"{self.fingerprint}/{self.movement.tx_no}"


class Account(Protocol):
    """What tenancies owe, less what was decided since."""

    def on(self, tenancy: int, day: date) -> int: ...

    def give(self, tenancy: int, cents: int) -> None: ...


@dataclass(slots=True)
class Knowledge:
    """What deciding needs, fetched once per chunk."""

    directory: Directory
    owed: Account
    own: dict[str, int] = field(default_factory=dict)  # our end-to-end ids → tenancy
    batches: Mapping[str, list[Own]] = field(default_factory=dict)
    by_end_to_end: dict[str, list[tuple[str, int, int]]] = field(default_factory=dict)
    by_tenancy: dict[int, list[tuple[str, int, str, date]]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)


def name_all(works: Iterable[Work], known: Knowledge) -> list[Work]:
    """All of them, each with whom it names; the parts of a batch that can be split follow it."""
    done: list[Work] = []
    directory, own = known.directory, known.own
    for work in works:
        done.append(work)
        if work.state != "new":
            continue
        movement = work.movement
        if movement.nature is Nature.BATCH and (parts := _parts(work, known)):
            work.state = "split"
            done += parts
            for part in parts:
                part.named = name(part.movement, directory, own)
        elif movement.amount_cents > 0 and movement.nature in _INCOMING:
            work.named = name(movement, directory, own)
    return done


def decide(works: Iterable[Work], known: Knowledge) -> None:
    """Give each that has none its outcome, in order."""
    for work in works:
        if work.state == "new":
            _one(work, known)


def _parts(work: Work, known: Knowledge) -> list[Work] | None:
    movements = split(work.movement, known.batches.get(work.movement.batch_id, []))
    if movements is None:
        return None
    return [
        Work(movement, work.fingerprint, statement_id=work.statement_id, parent=work)
        for movement in movements
    ]


def _one(work: Work, known: Knowledge) -> None:
    nature = work.movement.nature
    if work.named is not None:
        _incoming(work, work.named, known)
    elif nature is Nature.STORNO:
        _reversal(work, known)
    elif nature in (Nature.BATCH, Nature.STORNO_BATCH):
        _queue(work, "batch_without_details")
    else:
        _outgoing(work, known)


def _queue(work: Work, reason: str, suggestions: tuple[tuple[int, str, int], ...] = ()) -> None:
    work.state, work.queue_reason, work.suggestions = "queued", reason, suggestions


def _incoming(work: Work, named: Named, known: Knowledge) -> None:
    movement, owed = work.movement, known.owed
    found = match(movement, named, known.directory, lambda: owed.on(named.tenancy_id or 0, movement.value_on))
    if found.tenancy_id is None:
        _queue(work, found.queue_reason, found.suggestions)
        return
    kind = Kind.DIRECT_DEBIT if movement.nature is Nature.COLLECTION else Kind.PAYMENT
    _post(work, found.tenancy_id, found.rule, found.sureness, kind, known)


def _reversal(work: Work, known: Knowledge) -> None:
    found = find_reversed(work.movement, known.by_end_to_end, known.by_tenancy, known.directory, known.taken)
    if not found.reference or found.tenancy_id is None:
        hint = ((found.tenancy_id, "account", 60),) if found.tenancy_id is not None else ()
        _queue(work, found.queue_reason, hint)
        return
    known.taken.add(found.reference)
    _post(work, found.tenancy_id, found.rule, found.sureness, Kind.REVERSAL, known, found.reference)


def _outgoing(work: Work, known: Knowledge) -> None:
    """Money that left us, or came back to us, is a tenant's only when a person says so."""
    owners = known.directory.accounts.get(work.movement.counter_account, frozenset())
    if owners and work.movement.nature is not Nature.BANK_COSTS:
        _queue(work, "payout_to_tenant", tuple((tenancy, "account", 60) for tenancy in sorted(owners)[:5]))
    else:
        work.state = "other"


def _post(
    work: Work, tenancy: int, rule: str, sureness: int, kind: Kind, known: Knowledge, target: str = ""
) -> None:
    work.state, work.rule, work.sureness, work.tenancy_id = "posted", rule, sureness, tenancy
    work.draft = draft_of(work, str(tenancy), kind, target)
    movement = work.movement
    known.owed.give(tenancy, movement.amount_cents)
    if kind is not Kind.REVERSAL:
        if movement.end_to_end_id:
            known.by_end_to_end.setdefault(movement.end_to_end_id, []).insert(
                0, (work.reference, tenancy, movement.amount_cents)
            )
        if movement.nature is Nature.COLLECTION:
            entry = (work.reference, movement.amount_cents, movement.mandate_id, movement.booked_on)
            known.by_tenancy.setdefault(tenancy, []).insert(0, entry)


def draft_of(work: Work, contract: str, kind: Kind, target: str = "") -> EntryDraft:
    """The entry of a movement. Money counts from its value day; a reversal from the day the bank booked it."""
    movement = work.movement
    words = " · ".join(
        part for part in (movement.counter_name, movement.remittance, movement.reason_code) if part
    )
    return entry_of(
        contract,
        kind,
        -movement.amount_cents,
        movement.booked_on if kind is Kind.REVERSAL else movement.value_on,
        movement.booked_on,
        SOURCE,
        work.reference,
        None,
        target,
        words,
        movement.place,
    )
