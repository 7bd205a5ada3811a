"""What a letter stands on, read from the account and the household of a tenancy in the scope of its corporation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tijdig.arrears.claim import Claim, claim
from tijdig.arrears.notice_costs import NoticeCosts, State
from tijdig.arrears.notices import notices
from tijdig.carriers import sms
from tijdig.cases.account import Entry, booked_costs
from tijdig.cases.queries_engine import load_full
from tijdig.cases.queries_file import entries_of
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
from tijdig.policy.queries import conventions
from tijdig.steps.queries import steps_of
from tijdig.tenancies.queries_reach import Household, Resident, households


@dataclass(frozen=True, slots=True)
class Ground:
    """The basis of a letter, how its tenant is reached, and the ledger entries behind the rows of `basis.overdue`."""

    tenancy_id: int
    basis: Basis
    reach: Reach
    entries: tuple[int, ...]
    principal: tuple[bool, ...]  # which of those rows are principal
    announced: frozenset[int]  # entries in a fourteen-day letter that still counts
    costs: tuple[
        tuple[date, int], ...
    ]  # collection costs that are due for sure by such letters: since when, how much
    costs_cents: int  # all that is due by them, also what is in doubt; nothing of it stands in the account
    loose_cents: int  # collection costs in the account that no letter made due: nobody is asked for them
    departed: bool
    vat: VatGround | None  # on collection costs; the letter states it itself, as its text must


def ground(
    tenancy_id: int, *, on: date, head: Letterhead, writes: str = "", reference: str = ""
) -> Ground | None:
    """What a letter of this day stands on; None where there is no such tenancy."""
    household = households([tenancy_id], on).get(tenancy_id)
    if household is None:
        return None
    entries = entries_of(tenancy_id, on, None)
    account = account_of(tenancy_id, entries, on)
    names = {entry.id: entry for entry in entries}
    return _ground(household, account, names, on, head, writes, reference)


def account_of(tenancy_id: int, entries: Sequence[Entry], on: date) -> Claim:
    """What may be asked of this tenancy on a day: the account without costs that no letter made due."""
    sent = notices(steps_of([tenancy_id], as_of=on), on, conventions)
    portfolio = load_full(on, [tenancy_id]).portfolio
    return claim(portfolio, on, conventions(on), sent, booked_costs(entries))


def _ground(
    household: Household,
    account: Claim,
    entries: Mapping[int, Entry],
    on: date,
    head: Letterhead,
    writes: str,
    reference: str,
) -> Ground:
    reach = reach_of(household)
    to = _person(household, reach)
    rows = tuple(
        Row(one.due_on, one.open_cents, _label(entries[one.entry], to.language))
        for one in account.instalments
    )
    basis = Basis(
        on=on,
        facts_on=on,
        sender=head.sender(writes, to.language),
        to=to,
        reference=reference,
        payment_reference=household.payment_reference or household.contract_number,
        overdue=rows,
        open_cents=account.open_cents,
        died_on=household.died_on,
        fee_from_on=max((one.due_on for one in _bearing(account) if one.due_on), default=None),
    )
    return Ground(
        household.tenancy_id,
        basis,
        reach,
        tuple(one.entry for one in account.instalments),
        tuple(one.role == Role.PRINCIPAL for one in account.instalments),
        frozenset(entry for one in _bearing(account) for entry in one.notice.facts.entries),
        tuple(
            (one.due_on, one.due_cents)
            for one in account.costs
            if one.due_on and one.due_cents and not one.provisional
        ),
        account.costs_cents,
        account.loose_cents,
        household.departed,
        ALL_VAT_CONDITIONS if head.vat else None,
    )


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


def _bearing(account: Claim) -> list[NoticeCosts]:
    """The fourteen-day letters that did not come back and are about something that is still open."""
    still = {one.entry for one in account.instalments}
    return [
        one
        for one in account.costs
        if one.state is not State.CAME_BACK and still & set(one.notice.facts.entries)
    ]
