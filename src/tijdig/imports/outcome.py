"""Every movement gets exactly one outcome, and with it at most one ledger entry. Pure.

States: `posted` (it is an entry), `queued` (a person must say), `split` (its parts are lines of their own), `other`
(accounted for, not a tenant's: pay-outs, bank costs), `duplicate` (told before), `held` (its statement is held),
`notice` (not booked: intraday or notification).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from tijdig.imports.drafts import Movement, Nature
from tijdig.imports.matching import Directory, Match, match
from tijdig.imports.settle_lines import Own, find_reversed, split
from tijdig.ledger.entry import EntryDraft
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
    draft: EntryDraft | None = None

    @property
    def reference(self) -> str:
        """The ledger's reference of this movement: the print of its entry and its place within it."""
        return f"{self.fingerprint}/{self.movement.tx_no}"


@dataclass(slots=True)
class Knowledge:
    """What deciding needs, fetched once per chunk."""

    directory: Directory
    owed_on: Callable[[date], Callable[[int], int]]
    give: Callable[[int, int], None]
    own: dict[str, int] = field(default_factory=dict)  # our end-to-end ids → tenancy
    batches: Mapping[str, list[Own]] = field(default_factory=dict)
    by_end_to_end: dict[str, list[tuple[str, int, int]]] = field(default_factory=dict)
    by_tenancy: dict[int, list[tuple[str, int, str, date]]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)


def decide(works: Iterable[Work], known: Knowledge) -> list[Work]:
    """Give each its outcome, in order; the parts of a split batch follow it. Returns all of them."""
    done: list[Work] = []
    for work in works:
        done.append(work)
        if work.state != "new":
            continue
        parts = _parts(work, known) if work.movement.nature is Nature.BATCH else None
        if parts:
            work.state = "split"
            for part in parts:
                _incoming(part, known)
                done.append(part)
        else:
            _one(work, known)
    return done


def _parts(work: Work, known: Knowledge) -> list[Work] | None:
    movements = split(work.movement, known.batches.get(work.movement.batch_id, []))
    if movements is None:
        return None
    return [
        Work(movement, work.fingerprint, statement_id=work.statement_id, parent=work)
        for movement in movements
    ]


def _one(work: Work, known: Knowledge) -> None:
    movement = work.movement
    if movement.nature is Nature.STORNO:
        _reversal(work, known)
    elif movement.nature in (Nature.BATCH, Nature.STORNO_BATCH):
        _queue(work, "batch_without_details")
    elif movement.nature in _INCOMING and movement.amount_cents > 0:
        _incoming(work, known)
    else:
        _outgoing(work, known)


def _queue(work: Work, reason: str, suggestions: tuple[tuple[int, str, int], ...] = ()) -> None:
    work.state, work.queue_reason, work.suggestions = "queued", reason, suggestions


def _incoming(work: Work, known: Knowledge) -> None:
    movement = work.movement
    found: Match = match(movement, known.directory, known.owed_on(movement.value_on), known.own)
    if found.tenancy_id is None:
        _queue(work, found.queue_reason, found.suggestions)
        return
    collected = movement.nature is Nature.COLLECTION
    _post(
        work,
        found.tenancy_id,
        found.rule,
        found.sureness,
        Kind.DIRECT_DEBIT if collected else Kind.PAYMENT,
        known,
    )


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
    known.give(tenancy, movement.amount_cents)
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
    return EntryDraft(
        contract_number=contract,
        kind=kind,
        amount_cents=-movement.amount_cents,
        effective_on=movement.booked_on if kind is Kind.REVERSAL else movement.value_on,
        booked_on=movement.booked_on,
        source=SOURCE,
        reference=work.reference,
        target_reference=f"{SOURCE}/{target}" if target else "",
        description=words,
        place=movement.place,
    )
