"""What goes to a partner with a file, gathered inside the wall of its corporation; of a row no more than is agreed on."""

from __future__ import annotations

from datetime import date

from tijdig.access.queries import corporation
from tijdig.arrears.imputation import settle
from tijdig.bailiff.agreement import Terms
from tijdig.bailiff.checklist import Item, Point
from tijdig.bailiff.kinds import START_LABEL, Lives, Shown, Start
from tijdig.bailiff.package import Package
from tijdig.bailiff.queries import agreement
from tijdig.bailiff.queries_around import household_of
from tijdig.bailiff.queries_earlier import beside_claim_of
from tijdig.bailiff.values import Agreement, File
from tijdig.base.days import day_number
from tijdig.cases.account import lines, open_items
from tijdig.cases.queries_claim import claim_file
from tijdig.cases.queries_engine import load_full
from tijdig.cases.queries_file import entries_of
from tijdig.contacts.kinds import CHANNEL_LABEL, OUTCOME_LABEL, REACHED_LABEL
from tijdig.contacts.queries import contacts_of
from tijdig.law.answer import NotKnown
from tijdig.letters.kind_words import KIND_NAMES
from tijdig.letters.letter import Kind as LetterKind
from tijdig.objections.queries import disputed_entries
from tijdig.steps.kinds import Kind, LetterFacts
from tijdig.steps.queries import steps_of
from tijdig.tenancies.flags import FLAG_LABEL
from tijdig.tenancies.queries import lease
from tijdig.tenancies.queries_flags import flags_of

NARROWED = (
    "Het pakket van de overdracht laat meer zien dan u nu met deze corporatie hebt afgesproken. "
    "Vraag haar wat u nodig hebt."
)
_SHOWN_WITH = {  # what a point tells of the household goes only where the agreement shows it
    Point.CONTACT: Shown.CONTACTS,
    Point.LETTER: Shown.LETTERS,
    Point.SIGNAL: Shown.NEEDS,
    Point.FLAGS: Shown.NEEDS,
    Point.REST: Shown.NEEDS,
}


def package_of(
    organisation_id: int,
    tenancy_id: int,
    on: date,
    *,
    partner: str,
    terms: Terms,
    start: Start,
    by: tuple[str, ...],
    checked: tuple[Item, ...],
) -> Package:
    """Everything of this tenancy as of a day, as it goes to the partner. The tenancy is there."""
    who, shows = lease(tenancy_id, on), terms.shows
    assert who is not None
    portfolio, entries = load_full(on, [tenancy_id]).portfolio, entries_of(tenancy_id, on, None)
    order, settlement = portfolio.entry.tolist(), settle(portfolio, day_number(on))
    disputed = disputed_entries(on, [tenancy_id]).get(tenancy_id, ())
    cents, parts, doubts = _claim(tenancy_id, on)
    return Package(
        corporation=corporation(organisation_id).name,
        partner=partner,
        on=on,
        names=tuple(who.names),
        address=who.address,
        contract_number=who.contract_number,
        why=START_LABEL[start],
        by=by,
        phone=who.phone if Shown.PHONE in shows else "",
        email=who.email if Shown.EMAIL in shows else "",
        claim_cents=cents,
        claim_parts=parts,
        claim_doubts=doubts,
        open=tuple((one.told, one.due_on, one.open_cents) for one in open_items(entries, order, settlement, on, disputed)),
        account=tuple(
            (one.effective_on, one.label, one.amount_cents, one.balance_cents)
            for one in lines(entries, order, settlement)
        ),
        letters=letters_sent(tenancy_id, on) if Shown.LETTERS in shows else None,
        contacts=_contacts(tenancy_id, on) if Shown.CONTACTS in shows else None,
        needs=needs_of(tenancy_id, on) if Shown.NEEDS in shows else None,
        checked=tuple((one.label, one.sentence) for one in checked if _SHOWN_WITH.get(one.point) in (None, *shows)),
    )  # fmt: skip


def package_withheld(one: File, agreed: Agreement) -> bool:
    """Does what went with a file show more than what holds now? The database gives it to the partner no more then."""
    then = agreement(one.agreement_id)
    return then is not None and not set(then.terms.shows) <= set(agreed.terms.shows)


def needs_of(tenancy_id: int, on: date) -> tuple[str, ...]:
    """What holds of this household on a day, in the words of its kind, and that children live there; without notes."""
    flags = tuple(FLAG_LABEL[one.kind].capitalize() for one in flags_of(tenancy_id, on) if one.holds(on))
    known = household_of(tenancy_id)
    return (*flags, "Er wonen kinderen") if known is not None and known.lives is Lives.CHILDREN else flags


def _claim(tenancy_id: int, on: date) -> tuple[int | None, tuple[tuple[str, int], ...], tuple[str, ...]]:
    """The whole, its parts, and what is not sure about it where nobody took that on by name."""
    try:
        found = claim_file(tenancy_id, as_of=on)
    except NotKnown as refused:
        return None, (), (str(refused),)
    assert found is not None
    claim = found.claim
    before_cents = beside_claim_of(None, tenancy_id, claim.interest_cents + claim.costs_cents, on)
    parts = (
        ("Open op de rekening", claim.open_cents),
        ("Wettelijke rente", claim.interest_cents),
        ("Incassokosten door brieven", claim.costs_cents),
        ("Verrekend met wat te veel is betaald", -claim.set_off_cents),
        ("Kosten uit een eerder dossier bij een deurwaarder", before_cents),
    )
    doubts = tuple(dict.fromkeys(one.sentence for one in claim.doubts)) if found.unsure else ()
    return claim.total_cents + before_cents, tuple(one for one in parts if one[1]), doubts


def letters_sent(tenancy_id: int, on: date) -> tuple[tuple[date, str, str], ...]:
    """Which letters went, when, and how that can be shown; the oldest first."""
    steps = steps_of([tenancy_id], kinds=(Kind.LETTER_SENT,), as_of=on)
    sent = [(one.effective_on, LetterFacts.of(one.facts)) for one in steps]
    return tuple((day, KIND_NAMES[LetterKind(facts.letter_kind)], facts.proof) for day, facts in sent)


def _contacts(tenancy_id: int, on: date) -> tuple[tuple[date, str, str], ...]:
    return tuple(
        (one.on, f"{CHANNEL_LABEL[one.channel]}, {REACHED_LABEL[one.reached]}", OUTCOME_LABEL[one.outcome])
        for one in contacts_of([tenancy_id], as_of=on)
    )
