"""What a letter stands on, read from the account and the household of a tenancy in the scope of its corporation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tijdig.arrangements.kinds import Kept
from tijdig.arrangements.kinds import State as Stands
from tijdig.arrangements.queries import open_on, watched
from tijdig.arrears.claim import Claim, Instalment
from tijdig.arrears.notice_costs import NoticeCosts, State
from tijdig.carriers import sms
from tijdig.cases.account import Entry, bears_costs
from tijdig.cases.queries_account import account
from tijdig.law.collection_costs import ALL_VAT_CONDITIONS, VatGround
from tijdig.ledger.kinds import Kind as EntryKind
from tijdig.ledger.kinds import Role
from tijdig.letters.addressee import Name, envelope, salutation
from tijdig.letters.basis import Basis
from tijdig.letters.letter import Language, Person, Row
from tijdig.letters.letterhead import Letterhead
from tijdig.letters.notation import month
from tijdig.letters.sheet import labels
from tijdig.letters.ways import Reach
from tijdig.tenancies.queries_reach import Household, Resident, households


@dataclass(frozen=True, slots=True)
class Agreed:
    """An arrangement that runs: its entries and plan, and whether it is kept (late within the grace is not broken)."""

    entries: frozenset[int]
    plan: tuple[Row, ...]
    kept: bool


@dataclass(frozen=True, slots=True)
class Ground:
    """The basis of a letter, how its tenant is reached, and the ledger entries behind the rows of `basis.overdue`."""

    tenancy_id: int
    basis: Basis
    reach: Reach
    entries: tuple[int, ...]
    principal: tuple[bool, ...]  # which of those rows are money of the lease: over these, costs may be asked
    announced: frozenset[int]  # entries in a fourteen-day letter that still counts
    costs: tuple[
        tuple[date, int], ...
    ]  # collection costs that are due for sure by such letters: since when, how much
    costs_cents: int  # all that is due by them, also what is in doubt; nothing of it stands in the account
    booked_costs_cents: int  # collection costs among the rows
    loose_cents: int  # collection costs in the account that no letter made due: nobody is asked for them
    departed: bool
    vat: VatGround | None  # on collection costs; the letter states it itself, as its text must
    agreed: Agreed | None  # the arrangement that runs


def ground(
    tenancy_id: int, *, on: date, head: Letterhead, writes: str = "", reference: str = ""
) -> Ground | None:
    """What a letter of this day stands on; None where there is no such tenancy."""
    household = households([tenancy_id], on).get(tenancy_id)
    if household is None:
        return None
    known = account(tenancy_id, on)
    told, asked = known.asked()
    return _ground(household, told, asked, known.entries, on, head, writes, reference)


def _ground(
    household: Household,
    told: Claim,
    asked: Claim,
    entries: Mapping[int, Entry],
    on: date,
    head: Letterhead,
    writes: str,
    reference: str,
) -> Ground:
    reach = reach_of(household)
    to = _person(household, reach)
    carried = {part.entry for one in asked.costs for part in one.booked}
    rows = tuple(
        _row(one, entries[one.entry], to.language, one.entry in carried) for one in asked.instalments
    )
    basis = Basis(
        on=on,
        facts_on=on,
        sender=head.sender(writes, to.language),
        to=to,
        reference=reference,
        payment_reference=household.payment_reference or household.contract_number,
        overdue=rows,
        open_cents=asked.open_cents,
        died_on=household.died_on,
        fee_from_on=max((one.due_on for one in _bearing(told) if one.due_on), default=None),
        town=household.city.strip(),
    )
    return Ground(
        household.tenancy_id,
        basis,
        reach,
        tuple(one.entry for one in asked.instalments),
        tuple(one.role == Role.PRINCIPAL and bears_costs(entries[one.entry]) for one in asked.instalments),
        frozenset(entry for one in _bearing(told) for entry in one.notice.facts.entries),
        tuple(_sure_costs(told)),
        told.costs_cents - told.set_off_cents,
        sum(one.open_cents for one in asked.instalments if one.entry in carried),
        asked.loose_cents,
        household.departed,
        ALL_VAT_CONDITIONS if head.vat else None,
        _agreed(household.tenancy_id, on),
    )


def _agreed(tenancy_id: int, on: date) -> Agreed | None:
    found = [one for one, state in open_on(on, [tenancy_id]) if state is Stands.ACTIVE]
    if not found:
        return None
    one = found[-1]
    plan = tuple(Row(due_on, cents) for _, due_on, cents in one.instalments)
    return Agreed(frozenset(one.entries), plan, watched([one], on)[one.id].kept is not Kept.BROKEN)


def _sure_costs(told: Claim) -> Iterator[tuple[date, int]]:
    """Per letter the costs beside the account that are not in doubt, less what waits in the account for them."""
    waits = told.set_off_cents
    for one in told.costs:
        cents = one.due_cents - min(waits, one.due_cents)
        waits -= one.due_cents - cents
        if one.due_on and cents and not one.provisional:
            yield one.due_on, cents


def _row(one: Instalment, entry: Entry, language: Language, carried: bool) -> Row:
    """A line of the table. Of costs that a letter made due it names the last day on which paying kept them away."""
    due_on = one.due_on - timedelta(days=1) if carried else one.due_on
    return Row(due_on, one.open_cents, labels(language)["costs_row"] if carried else _label(entry, language))


def _label(entry: Entry, language: Language) -> str:
    """What a row that is no rent is called, in the tenant's language."""
    if entry.kind is EntryKind.RENT:
        return ""
    name: str = labels(language)["entries"][entry.kind.name.lower()]
    return f"{name} {month(entry.due_on, language)}" if entry.kind is EntryKind.SERVICE_COSTS else name


def reach_of(household: Household) -> Reach:
    """How this household is reached. Of who moved out the old home is no address."""
    elsewhere = _first(one.post_address for one in household.residents)
    home = (
        f"{household.street} {household.house_number}".strip(),
        f"{_spaced(household.postcode)}  {household.city}".strip(),
    )
    lines = tuple(elsewhere.splitlines()) if elsewhere else () if household.departed else home
    return Reach(
        address_lines=tuple(line.strip() for line in lines if line.strip()),
        email=_first(one.email for one in household.residents),
        mobile=_first(sms.number(one.phone) or "" for one in household.residents),
        prefers=_first(one.channel for one in household.residents),
    )


def _person(household: Household, reach: Reach) -> Person:
    alive = [one for one in household.residents if one.died_on is None] or list(household.residents)
    names = [Name(one.surname, one.prefix, one.initials, one.title) for one in alive]
    language = _language(alive)
    return Person(
        envelope(names, language),
        salutation(names, language) if names else "",
        reach.address_lines,
        language,
        any(one.large_print for one in alive),
    )


def _language(residents: Sequence[Resident]) -> Language:
    """The first tenant's own; what we have no letters in becomes Dutch."""
    asked = _first(one.language for one in residents).casefold()
    return Language.EN if asked in ("en", "eng") else Language.NL


def _first(values: Iterable[str]) -> str:
    return next((one for one in values if one), "")


def _spaced(postcode: str) -> str:
    packed = postcode.replace(" ", "").upper()
    return f"{packed[:4]} {packed[4:]}" if len(packed) == 6 else postcode


def _bearing(told: Claim) -> list[NoticeCosts]:
    """The fourteen-day letters that did not come back and are about something that is still open."""
    still = {one.entry for one in told.instalments}
    return [
        one
        for one in told.costs
        if one.state is not State.CAME_BACK and still & set(one.notice.facts.entries)
    ]
