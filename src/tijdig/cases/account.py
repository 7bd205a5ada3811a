"""One tenancy's account in words: labels, running balance, what settled what, the balance over time. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tijdig.arrears.imputation import Settlement
from tijdig.arrears.notice_costs import Booked, TakenOff
from tijdig.base.days import MONTHS, day_number, day_of
from tijdig.base.money import euro
from tijdig.cases.values import AccountLine, OpenItem
from tijdig.law.answer import Doubt
from tijdig.ledger.kinds import LABEL, Kind


@dataclass(frozen=True, slots=True)
class Entry:
    """A ledger entry as it stands."""

    id: int
    kind: Kind
    amount_cents: int
    effective_on: date
    due_on: date
    booked_on: date
    recorded_at: datetime
    source: str
    reference: str
    target_id: int | None
    description: str
    reconstructed: bool


def label(entry: Entry) -> str:
    """`huur november 2026`; other kinds go by their own word."""
    if entry.kind in (Kind.RENT, Kind.SERVICE_COSTS):
        return f"{LABEL[entry.kind]} {MONTHS[entry.due_on.month - 1]} {entry.due_on.year}"
    return LABEL[entry.kind]


def _nets(entries: Iterable[Entry]) -> dict[int, int]:
    """By correction or write-off, what it still takes off: less what entries that point to it took back."""
    known = list(entries)
    back: dict[int, int] = defaultdict(int)
    for one in known:
        if one.target_id and one.amount_cents > 0:
            back[one.target_id] += one.amount_cents
    return {
        one.id: max(0, -one.amount_cents - back[one.id])
        for one in known
        if one.amount_cents < 0 and one.kind in (Kind.CORRECTION, Kind.WRITE_OFF)
    }


def booked_costs(entries: Iterable[Entry]) -> list[Booked]:
    """The collection costs that the ledger charged, with what was taken off them again; not those of court and bailiff.

    A correction that points to such costs and raises them is such costs too.
    """
    known = sorted(entries, key=lambda one: (one.effective_on, one.id))
    nets, off = _nets(known), defaultdict[int, list[TakenOff]](list)
    costs = {one.id for one in known if one.kind is Kind.COLLECTION_COSTS}
    for one in known:
        if one.target_id and (cents := nets.get(one.id, 0)):
            off[one.target_id].append(TakenOff(one.id, cents, one.kind is Kind.WRITE_OFF))
    return [
        Booked(one.id, one.effective_on, one.amount_cents, tuple(off[one.id]))
        for one in known
        if one.amount_cents > 0
        and (one.id in costs or (one.kind is Kind.CORRECTION and one.target_id in costs))
    ]


_OWED = (Kind.RENT, Kind.SERVICE_COSTS, Kind.SETTLEMENT)
_COURT = (Kind.COURT_COSTS, Kind.BAILIFF_COSTS)


def bears_interest(entry: Entry) -> bool:
    """Has it a fixed day by the lease, so that default begins by itself? Damage asks a notice first (6:82 BW)."""
    return entry.kind in _OWED


def bears_costs(entry: Entry) -> bool:
    """Is it money owed by the lease, over which collection costs may be asked (article 1 of the decree)?"""
    return entry.kind in _OWED


def corrected(entries: Iterable[Entry]) -> dict[int, int]:
    """What is left of charges of the lease and interest, and of corrections that point to them, by entry in cents.

    A charge that was too high was never owed so far: the correction takes it off from the charge's own day.
    """
    known = {one.id: one for one in entries}
    left: dict[int, int] = {}
    for number, cents in _nets(known.values()).items():
        one = known[number]
        charge = known.get(one.target_id or 0)
        if one.kind is not Kind.CORRECTION or charge is None or charge.amount_cents <= 0:
            continue
        if charge.kind in (*_OWED, Kind.INTEREST):
            stands = left.get(charge.id, charge.amount_cents)
            off = min(stands, cents)
            left |= {charge.id: stands - off, one.id: -one.amount_cents - off}
    return left


def court_doubts(entries: Iterable[Entry]) -> tuple[Doubt, ...]:
    """Costs of court and bailiff in the account: due by a judgment or an act, which nobody has shown here."""
    known = {one.id: one for one in entries}
    charged = {one.id for one in known.values() if one.kind in _COURT}
    off = sum(cents for number, cents in _nets(known.values()).items() if known[number].target_id in charged)
    left_cents = sum(known[number].amount_cents for number in charged) - off
    if left_cents <= 0:
        return ()
    return (
        Doubt(
            "court_costs_booked",
            f"In de rekening staan {euro(left_cents)} proces- of deurwaarderskosten. Die zijn pas verschuldigd na een "
            "vonnis of een ambtshandeling. Een betaling gaat er eerst af.",
        ),
    )


def lines(entries: Sequence[Entry], order: Sequence[int], settlement: Settlement) -> list[AccountLine]:
    """The account, newest first. `order` gives entry ids as the engine walked them; links are told from both ends."""
    by_id = {entry.id: entry for entry in entries}
    links: dict[int, list[tuple[int, str, int, date, bool]]] = defaultdict(list)
    for link in settlement.links:
        credit, charge = by_id[order[link.credit]], by_id[order[link.charge]]
        day = day_of(link.day)
        links[credit.id].append((charge.id, label(charge), link.cents, day, link.undone))
        links[charge.id].append((credit.id, label(credit), link.cents, day, link.undone))
    told: list[AccountLine] = []
    balance = 0
    for entry_id in order:
        entry = by_id[entry_id]
        balance += entry.amount_cents
        told.append(_line(entry, balance, links[entry_id]))
    return told[::-1]


def _line(entry: Entry, balance: int, links: list[tuple[int, str, int, date, bool]]) -> AccountLine:
    return AccountLine(
        entry_id=entry.id,
        effective_on=entry.effective_on,
        due_on=entry.due_on if entry.amount_cents > 0 and entry.kind is not Kind.REVERSAL else None,
        booked_on=entry.booked_on,
        kind=entry.kind.name.lower(),
        label=label(entry),
        description=entry.description,
        amount_cents=entry.amount_cents,
        balance_cents=balance,
        settles=links,
        source=entry.source,
        reference=entry.reference,
        recorded_at=entry.recorded_at,
        reconstructed=entry.reconstructed,
    )


def open_items(
    entries: Sequence[Entry],
    order: Sequence[int],
    settlement: Settlement,
    as_of: date,
    disputed: Collection[int] = (),
) -> list[OpenItem]:
    """What is still open, oldest due day first; with the ids of what the tenant disputes, that is marked."""
    by_id = {entry.id: entry for entry in entries}
    items = [
        OpenItem(
            entry_id=entry.id,
            label=label(entry),
            kind=entry.kind.name.lower(),
            due_on=entry.due_on,
            amount_cents=entry.amount_cents,
            open_cents=left.cents,
            overdue=entry.due_on < as_of,
            disputed=entry.id in disputed,
        )
        for left in settlement.open_items
        if (entry := by_id[order[left.row]])
    ]
    return sorted(items, key=lambda item: (item.due_on, item.entry_id))


def chart(entries: Sequence[Entry], as_of: date, months: int = 24) -> list[tuple[date, int]]:
    """The balance at the end of each day on which it changed, in the last months; starts with what it was before."""
    first = day_of(day_number(as_of) - months * 31)
    by_day: dict[date, int] = defaultdict(int)
    balance = 0
    for entry in entries:
        if entry.effective_on < first:
            balance += entry.amount_cents
        else:
            by_day[entry.effective_on] += entry.amount_cents
    balance += by_day.pop(first, 0)
    points = [(first, balance)]
    for day in sorted(by_day):
        balance += by_day[day]
        points.append((day, balance))
    if points[-1][0] < as_of:
        points.append((as_of, balance))
    return points
