"""The claim statement of one tenancy with the words a person reads: the engine over a portfolio of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from tijdig.arrears.claim import Claim, Instalment
from tijdig.arrears.notice_costs import NoticeCosts
from tijdig.arrears.notices import Notice
from tijdig.arrears.older_rent import Asked, RentPart, fall_back, steps
from tijdig.arrears.portfolio import Portfolio
from tijdig.arrears.rent_components import Components, components
from tijdig.base.days import day_of
from tijdig.cases.account import Entry, label
from tijdig.cases.doubts import digest
from tijdig.cases.queries_account import account
from tijdig.cases.wording_claim import Legal, legal_terms
from tijdig.ledger.kinds import Kind, Role
from tijdig.tenancies.queries import Lease, lease, rent_history

# Of an acceptance `a`, as it stands in history; empty where it was erased.
WHY_TAKEN_ON = """coalesce((SELECT x.text FROM history_event e JOIN history_eventtext x ON x.event_id = e.id
    WHERE e.subject = 'tenancy:' || a.tenancy_id AND e.verb = 'claim_taken_on'
      AND (e.facts->>'acceptance')::bigint = a.id), '')"""


@dataclass(frozen=True, slots=True)
class TakenOn:
    """Who took on by name what is not sure in a claim, when, why, and what the claim was then."""

    name: str
    reason: str
    made_at: datetime
    total_cents: int


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter that was sent, with what became of the costs that it announced; None where it announced none."""

    notice: Notice
    costs: NoticeCosts | None


@dataclass(frozen=True, slots=True)
class RentAsked:
    """What an instalment of rent asked, by component; `off_cents` is what an older rent takes off it, below zero."""

    rent: Components
    off_cents: int


@dataclass(frozen=True, slots=True)
class ClaimFile:
    """A claim with whose it is, what its rows are called, and the rents it can be worked out at."""

    tenancy_id: int
    names: list[str]
    address: str
    contract_number: str
    claim: Claim
    labels: dict[int, str]  # by ledger entry
    components: dict[int, RentAsked]  # by ledger entry; of rent and service costs
    sent: list[Sent]  # oldest first
    legal: list[Legal]
    rents: list[tuple[date, int]]  # each net rent and since when; the first is the starting rent
    rent_on: date | None  # the day whose rent counts; None: every month its own
    all_costs: bool  # with the costs in the ledger that no letter made due
    full_cents: int  # the total when every month counts its own rent
    unknown: list[date]  # due days of months of which the rent is not known
    taken_on: TakenOn | None

    @property
    def less_cents(self) -> int:
        return self.full_cents - self.claim.total_cents

    @property
    def unsure(self) -> bool:
        """Something is in doubt and nobody took it on: this claim is not for the tenant or the court."""
        return self.claim.provisional and self.taken_on is None

    @property
    def interest_unsure(self) -> bool:
        return self.unsure and any(
            one.unknown or (one.interest and one.interest.provisional) for one in self.claim.instalments
        )

    @property
    def costs_unsure(self) -> bool:
        return self.unsure and any(one.provisional for one in self.claim.costs)

    @property
    def legal_keys(self) -> set[str]:
        return {one.key for one in self.legal}

    @property
    def doubts_digest(self) -> str:
        return digest(self.claim.doubts, self.claim.total_cents)


@dataclass(frozen=True, slots=True)
class _Read:
    """All that a claim of this tenancy is made from."""

    who: Lease
    portfolio: Portfolio
    entries: Mapping[int, Entry]
    parts: Sequence[RentPart]
    sent: tuple[Notice, ...]
    asked: Claim
    told: Claim
    unknown: tuple[int, ...]


def claim_file(
    tenancy_id: int, *, as_of: date, rent_on: date | None = None, all_costs: bool = False
) -> ClaimFile | None:
    """The claim as of a day, at the rents as asked or at the net rent of a day; None where there is no such tenancy.

    `all_costs`: with the collection costs in the ledger that no letter made due.
    """
    who = lease(tenancy_id, as_of)
    if who is None:
        return None
    read = _read(who, as_of, rent_on, all_costs)
    told = read.told
    return ClaimFile(
        tenancy_id=tenancy_id,
        names=who.names,
        address=who.address,
        contract_number=who.contract_number,
        claim=told,
        labels={number: label(entry) for number, entry in read.entries.items()},
        components=_components(read),
        sent=[Sent(one, _costs_of(told, one)) for one in read.sent],
        legal=legal_terms(told, older_rent=rent_on is not None),
        rents=steps(read.parts),
        rent_on=rent_on,
        all_costs=all_costs,
        full_cents=read.asked.total_cents,
        unknown=[day_of(int(read.portfolio.due[row])) for row in read.unknown],
        taken_on=_taken_on(tenancy_id, as_of, rent_on, told),
    )


def _read(who: Lease, as_of: date, rent_on: date | None, all_costs: bool) -> _Read:
    known = account(who.id, as_of)
    portfolio, entries = known.portfolio, known.entries
    parts = [RentPart(*row) for row in rent_history(who.id)]
    asked = known.claim(all_costs=all_costs)
    told, unknown = asked, tuple[int, ...]()
    if rent_on is not None:
        fallen = fall_back(_rent_rows(portfolio, entries), parts, rent_on)
        told = known.claim(fallen.cents, all_costs=all_costs)
        unknown = fallen.unknown
    return _Read(who, portfolio, entries, parts, known.sent, asked, told, unknown)


def _rent_rows(portfolio: Portfolio, entries: Mapping[int, Entry]) -> list[Asked]:
    return [
        Asked(row, day_of(int(portfolio.due[row])), int(portfolio.amount[row]))
        for row, number in enumerate(portfolio.entry.tolist())
        if entries[number].kind is Kind.RENT and portfolio.role[row] == Role.PRINCIPAL
    ]


def _components(read: _Read) -> dict[int, RentAsked]:
    """Of each instalment of rent or service costs, as it was asked."""
    found = {}
    for one in read.told.instalments:
        if entry := _rent_entry(read, one):
            service = entry.kind is not Kind.RENT
            asked_cents = int(read.portfolio.amount[one.row])
            made = components(read.parts, one.due_on, asked_cents, service=service)
            found[one.entry] = RentAsked(made, one.amount_cents - asked_cents)
    return found


def _rent_entry(read: _Read, one: Instalment) -> Entry | None:
    entry = read.entries[one.entry]
    return entry if entry.kind in (Kind.RENT, Kind.SERVICE_COSTS) and one.role == Role.PRINCIPAL else None


def _costs_of(told: Claim, notice: Notice) -> NoticeCosts | None:
    return next((one for one in told.costs if one.notice is notice), None)


def _taken_on(tenancy_id: int, as_of: date, rent_on: date | None, told: Claim) -> TakenOn | None:
    """Who took on these very doubts of this claim."""
    if not told.doubts:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT a.name, {WHY_TAKEN_ON}, a.made_at, a.total_cents FROM cases_acceptance a
                 WHERE a.tenancy_id = %s AND a.as_of = %s AND a.rent_on IS NOT DISTINCT FROM %s AND a.digest = %s""",
            [tenancy_id, as_of, rent_on, digest(told.doubts, told.total_cents)],
        )
        row = cursor.fetchone()
    return TakenOn(*row) if row else None
