"""What a partner's people see of their files: who, where, the account, and what was agreed that they see. Inside `acting`.

The database shows no row of another tenancy here; of a row only what is named below goes to a page, and of that what the
agreement that holds says. Notes, and what the bank wrote with a payment, are not there at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tijdig.access.queries import corporation
from tijdig.access.scope import organisation_scope, partner_scope
from tijdig.arrangements.kinds import Kept
from tijdig.arrangements.queries import current, running, watched
from tijdig.arrangements.values import Arrangement
from tijdig.arrangements.watch import Watched
from tijdig.arrears.imputation import NONE, Positions, positions, settle
from tijdig.bailiff.chance import Chance
from tijdig.bailiff.kinds import Shown, Side
from tijdig.bailiff.partner_work import FileFacts, Todo, todo
from tijdig.bailiff.queries import file, in_force, open_files
from tijdig.bailiff.queries_chance import chances_of
from tijdig.bailiff.queries_earlier import beside_of
from tijdig.bailiff.queries_in_file import deeds_of, waiting_questions
from tijdig.bailiff.queries_package import letters_sent, needs_of, package_withheld
from tijdig.bailiff.queries_program import references
from tijdig.bailiff.queries_stops import STANDS_STILL, stands_still
from tijdig.bailiff.track import Done, Track, tell
from tijdig.bailiff.values import Agreement, File
from tijdig.base.days import day_number, day_of
from tijdig.cases.account import lines, open_items
from tijdig.cases.queries_engine import load_full
from tijdig.cases.queries_file import entries_of
from tijdig.cases.values import AccountLine, OpenItem
from tijdig.contacts.kinds import CHANNEL_LABEL, OUTCOME_LABEL, REACHED_LABEL, Reached
from tijdig.contacts.queries import contacts_of
from tijdig.objections.queries import disputed_entries
from tijdig.tenancies.queries import Card, Lease, cards, lease

_MOST_LINES = 40


@dataclass(frozen=True, slots=True)
class Stands:
    """The account of a file now."""

    balance_cents: int
    overdue_cents: int
    since_on: date | None
    paid_on: date | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A file in the list, with whose it is and how its account stands."""

    file: File
    corporation: str
    card: Card
    stands: Stands
    todo: Todo
    days: tuple[Done, ...]  # before the court, still to come
    reference: str  # their own number


@dataclass(frozen=True, slots=True)
class Spoken:
    """That there was contact: when, how, and what came of it."""

    on: date
    channel: str
    reached: str
    outcome: str
    note: str  # of the partner's own people; the database shows no other


@dataclass(frozen=True, slots=True)
class Sent:
    on: date
    letter: str
    proof: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that is theirs now, with what was agreed about it: for what they do in it."""

    file: File
    agreement: Agreement
    names: tuple[str, ...]
    overdue_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The page of a file. What the agreement does not show is empty."""

    file: File
    corporation: str
    names: tuple[str, ...]
    address: str
    contract_number: str
    phone: str
    email: str
    stands: Stands
    items: tuple[OpenItem, ...]
    lines: tuple[AccountLine, ...]
    contacts: tuple[Spoken, ...]
    letters: tuple[Sent, ...]
    agreement: Agreement
    arrangement: Arrangement | None
    watched: Watched | None
    needs: tuple[str, ...]
    package_withheld: bool


def listed(on: date) -> list[Listed]:
    """Every file that is the partner's now, over all corporations, in the order of what there is to do."""
    with partner_scope():
        own = open_files()
    found: list[Listed] = []
    for organisation in sorted({one.organisation_id for one in own}):
        with organisation_scope(organisation):
            here = [one for one in own if one.organisation_id == organisation]
            known = cards([one.tenancy_id for one in here])
            stands, facts = _stands(list(known), on), _todo_facts(here, on)
            name = corporation(organisation).name
            found += [
                _listed(one, name, known[one.tenancy_id], stands[one.tenancy_id], facts, on)
                for one in here
                if one.tenancy_id in known
            ]
    return sorted(found, key=lambda one: (one.todo.task, one.file.handed_over_on, one.file.id))


@dataclass(frozen=True, slots=True)
class _TodoFacts:
    questions: dict[int, int]
    kept: dict[int, bool]
    spoken: dict[int, date]
    tracks: dict[int, Track]
    chances: dict[int, Chance]
    beside: dict[int, int]  # costs, beside the account
    references: dict[int, str]


def _todo_facts(files: Sequence[File], on: date) -> _TodoFacts:
    """What is known of all these files at once, for what there is to do in each."""
    since = {one.tenancy_id: one.handed_over_on for one in files}
    runs = running(sorted(since))
    how = watched(runs, on)
    deeds = deeds_of(one.id for one in files)
    tracks = {one.tenancy_id: tell(deeds[one.id]) for one in files}
    spoken: dict[int, date] = {}
    for contact in contacts_of(sorted(since), as_of=on):
        if contact.reached is Reached.TALKED and contact.on >= since[contact.tenancy_id]:
            spoken[contact.tenancy_id] = max(contact.on, spoken.get(contact.tenancy_id, contact.on))
    return _TodoFacts(
        questions=Counter(one.file_id for one in waiting_questions(Side.CORPORATION)),
        kept={one.tenancy_id: how[one.id].kept is not Kept.BROKEN for one in runs},
        spoken=spoken,
        tracks=tracks,
        chances=chances_of(tracks, on),
        beside=beside_of(files, on),
        references=references(one.id for one in files),
    )


def _listed(one: File, name: str, card: Card, stands: Stands, facts: _TodoFacts, on: date) -> Listed:
    track, last = facts.tracks[one.tenancy_id], facts.chances.get(one.tenancy_id)
    known = FileFacts(
        handed_over_on=one.handed_over_on,
        owed_cents=stands.overdue_cents + facts.beside[one.id],
        questions=facts.questions.get(one.id, 0),
        kept=facts.kept.get(one.tenancy_id),
        spoken_on=facts.spoken.get(one.tenancy_id),
        track=track,
        chance=last.how if last else None,
    )
    days = tuple(day for day in track.days if day.at_on is not None and day.at_on >= on)
    return Listed(one, name, card, stands, todo(known, on), days, facts.references.get(one.id, ""))


def seen(organisation_id: int, file_id: int, on: date, *, every_line: bool = False) -> Seen | None:
    """One file, with the newest lines of its account or all; None where it is not theirs, or not any more."""
    with organisation_scope(organisation_id):
        known = _theirs(file_id, on)
        if known is None:
            return None
        found, who, agreed = known
        tenancy, shows = found.tenancy_id, agreed.terms.shows
        plan, kept = current(tenancy, on) or (None, None)
        portfolio = load_full(on, [tenancy]).portfolio
        entries, order = entries_of(tenancy, on, None), portfolio.entry.tolist()
        settlement = settle(portfolio, day_number(on))
        disputed = disputed_entries(on, [tenancy]).get(tenancy, ())
        return Seen(
            file=found,
            corporation=corporation(organisation_id).name,
            names=tuple(who.names),
            address=who.address,
            contract_number=who.contract_number,
            phone=who.phone if Shown.PHONE in shows else "",
            email=who.email if Shown.EMAIL in shows else "",
            stands=_stood(positions(portfolio, day_number(on)), 0),
            items=tuple(open_items(entries, order, settlement, on, disputed)),
            lines=tuple(lines(entries, order, settlement)[: None if every_line else _MOST_LINES]),
            contacts=_contacts(tenancy, on) if Shown.CONTACTS in shows else (),
            letters=tuple(Sent(*one) for one in reversed(letters_sent(tenancy, on)))
            if Shown.LETTERS in shows
            else (),
            agreement=agreed,
            arrangement=plan,
            watched=kept,
            needs=_needs(tenancy, shows, on),
            package_withheld=package_withheld(found, agreed),
        )


def _needs(tenancy_id: int, shows: tuple[Shown, ...], on: date) -> tuple[str, ...]:
    """What the household needs; where that is not shown, whether everything stands still."""
    if Shown.NEEDS in shows:
        return needs_of(tenancy_id, on)
    return (STANDS_STILL,) if stands_still(tenancy_id, on) else ()


def opened(file_id: int, on: date) -> Opened | None:
    """The same for what is done in it, inside the wall of its corporation."""
    known = _theirs(file_id, on)
    if known is None:
        return None
    found, who, agreed = known
    return Opened(
        found, agreed, tuple(who.names), _stands([found.tenancy_id], on)[found.tenancy_id].overdue_cents
    )


def _theirs(file_id: int, on: date) -> tuple[File, Lease, Agreement] | None:
    found = file(file_id)
    who = lease(found.tenancy_id, on) if found else None
    agreed = next(iter(in_force(on)), None)
    if found is None or found.ended_on is not None or who is None or agreed is None:
        return None
    return found, who, agreed


def _stands(tenancies: Sequence[int], on: date) -> dict[int, Stands]:
    """The accounts of these, by the engine; sorted as it wants them."""
    wanted = sorted(tenancies)
    if not wanted:
        return {}
    found = positions(load_full(on, wanted).portfolio, day_number(on))
    return {tenancy: _stood(found, at) for at, tenancy in enumerate(wanted)}


def _stood(found: Positions, at: int) -> Stands:
    return Stands(
        int(found.balance[at]),
        int(found.overdue[at]),
        _day(int(found.oldest_due[at])) if found.overdue[at] else None,
        _day(int(found.last_payment_day[at])),
    )


def _day(number: int) -> date | None:
    return None if number == NONE else day_of(number)


def _contacts(tenancy_id: int, on: date) -> tuple[Spoken, ...]:
    return tuple(
        Spoken(
            one.on,
            CHANNEL_LABEL[one.channel],
            REACHED_LABEL[one.reached],
            OUTCOME_LABEL[one.outcome],
            one.note,
        )
        for one in reversed(contacts_of([tenancy_id], as_of=on))
    )
