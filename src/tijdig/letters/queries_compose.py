"""A letter as it would be now: the account, the household, the letterhead and the text come together. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from tijdig.base.money import euro
from tijdig.carriers.channel import Channel
from tijdig.ledger.queries import waiting_cents, was_paid
from tijdig.letters.asked import Asked, ask_for
from tijdig.letters.basis import Basis
from tijdig.letters.basis_checks import alive_faults, basis_faults
from tijdig.letters.fourteen_day import check, fourteen_day_letter
from tijdig.letters.holds import ASKS_FOR_MONEY, DUNS
from tijdig.letters.kind_checks import kind_faults
from tijdig.letters.kinds import fourteen_day_facts, letter_of, with_costs
from tijdig.letters.letter import Kind, Language, Letter, Override, Row
from tijdig.letters.queries_basis import Ground, ground
from tijdig.letters.queries_texts import letterhead, text_of
from tijdig.letters.render import Rendered, render
from tijdig.letters.sheet import plain, sheet
from tijdig.letters.signs import unprintable
from tijdig.letters.texts import Text
from tijdig.letters.values import Fault, NotRight
from tijdig.letters.ways import LABEL, ways
from tijdig.letters.wish import Wish
from tijdig.policy.queries import conventions
from tijdig.tenancies.flags import FLAG_LABEL, Flag, procedure_in
from tijdig.tenancies.queries_flags import flag_columns

_NO_LETTERHEAD = Fault("letterhead_missing", "Er is nog geen briefhoofd. Maak dat eerst: Brieven, Afzender.")
_SIGN = "Dit teken kan niet gedrukt worden: {}. Verbeter de naam, het adres of wat u typte."
TWICE = Fault(
    "already_written",
    "Deze brief is vandaag al aan deze huurder geschreven. Trek die eerst in, of gebruik die.",
)
_NO_TENANCY = Fault("tenancy_missing", "Deze huurder is hier niet bekend.")


@dataclass(frozen=True, slots=True)
class Composed:
    """A letter with its ground, the ledger entries that it is about, and the way that it goes."""

    letter: Letter
    text: Text
    ground: Ground
    entries: tuple[int, ...]
    stood_cents: int  # what is open on those entries
    channel: Channel


def compose(wish: Wish, *, by: str, text: Text | None = None, reference: str = "concept") -> Composed:
    """The letter that is wished, or `NotRight` with every reason why it cannot be."""
    head = letterhead()
    if head is None:
        raise NotRight((_NO_LETTERHEAD,))
    stands_on = ground(wish.tenancy_id, on=wish.on, head=head, writes=by, reference=reference)
    if stands_on is None:
        raise NotRight((_NO_TENANCY,))
    if faults := _in_the_way(stands_on)[wish.kind]:
        raise NotRight(faults)
    used = text or text_of(wish.kind)
    letter = _letter(wish, stands_on, used, by)
    if sign := unprintable("".join(plain(sheet(letter, used)).splitlines())):
        raise NotRight((Fault("sign_unprintable", _SIGN.format(sign)),))
    entries, cents = _entries(wish.kind, stands_on)
    return Composed(letter, used, stands_on, entries, cents, _channel(wish, stands_on, used))


def preview(wish: Wish, *, by: str) -> tuple[Composed, Rendered]:
    """The letter with its paper, without keeping it."""
    composed = compose(wish, by=by)
    return composed, render(composed.letter, composed.text)


def _waiting(tenancy_id: int) -> Fault | None:
    cents = waiting_cents(tenancy_id)
    if not cents:
        return None
    return Fault(
        "money_waiting",
        f"In de wachtrij staat {euro(cents)} die van deze huurder kan zijn. Wijs die eerst toe, dan klopt de brief.",
    )


def _in_the_way(stands_on: Ground) -> dict[Kind, tuple[Fault, ...]]:
    """By kind of letter, what keeps one that asks for money from being right, whatever it says."""
    waiting, procedure = _waiting(stands_on.tenancy_id), _procedure(stands_on)
    return {
        kind: tuple(
            fault
            for fault, kinds in ((waiting, ASKS_FOR_MONEY), (procedure, DUNS))
            if fault is not None and kind in kinds
        )
        for kind in Kind
    }


def _procedure(stands_on: Ground) -> Fault | None:
    """While a debt procedure runs no letter asks for what stands still, and each of them would."""
    _, bits = flag_columns(stands_on.basis.on, [stands_on.tenancy_id])
    found: Flag | None = procedure_in(int(bits[0])) if len(bits) else None
    if found is None:
        return None
    return Fault(
        "debt_procedure",
        f"Er loopt een procedure ({FLAG_LABEL[found]}): de schuld van daarvóór staat stil, en deze brief vraagt ook "
        "daarom. Bel over de nieuwe huur, met de huurder of de schuldhulp.",
    )


def _asked_of(kind: Kind, stands_on: Ground) -> Basis:
    """Before a hand-over the tenant is also told of the costs that are due already."""
    return (
        with_costs(stands_on.basis, stands_on.costs, stands_on.booked_costs_cents)
        if kind is Kind.HANDOVER_ANNOUNCED
        else stands_on.basis
    )


def _letter(wish: Wish, stands_on: Ground, text: Text, by: str) -> Letter:
    if faults := tuple(_beside(wish, stands_on)):
        raise NotRight(faults)
    if wish.kind is Kind.EARLY_SIGNAL:
        return letter_of(wish.kind, _principal(stands_on), wish.given, text)
    if wish.kind is Kind.ARRANGEMENT_CONFIRMED and (plan := _plan(stands_on)):
        return letter_of(wish.kind, _covered(stands_on), {}, text, plan)
    if wish.kind is not Kind.FOURTEEN_DAY:
        return letter_of(wish.kind, _asked_of(wish.kind, stands_on), wish.given, text)
    basis = _principal(stands_on)
    override = Override(by, wish.reason.strip()) if wish.reason.strip() else None
    facts = fourteen_day_facts(basis, stands_on.vat, conventions(wish.on), override)
    faults = (
        *alive_faults(stands_on.basis),
        *check(facts, text),
        *(() if override else _doubtful(stands_on)),
    )
    if faults:
        raise NotRight(faults)
    return fourteen_day_letter(facts, text)


def _beside(wish: Wish, stands_on: Ground) -> Iterator[Fault]:
    """What is wrong and does not stand in the basis: costs that are due, a payment that is not there, a tenant who left."""
    if stands_on.loose_cents and (wish.kind is Kind.SETTLED or not stands_on.basis.overdue):
        yield Fault(
            "costs_loose",
            f"In de rekening staan {euro(stands_on.loose_cents)} incassokosten die niet volgen uit een brief. Die vragen "
            "wij niet. Boek ze terug, of zoek uit waar ze vandaan komen.",
        )
    if wish.kind is Kind.SETTLED:
        if stands_on.costs_cents:
            yield Fault(
                "costs_due",
                f"Er zijn nog {euro(stands_on.costs_cents)} incassokosten verschuldigd. Scheld die eerst kwijt of boek ze.",
            )
        cents, on = wish.given.get("paid_cents"), wish.given.get("paid_on")
        if isinstance(cents, int) and isinstance(on, date) and not was_paid(wish.tenancy_id, cents, on):
            yield Fault(
                "payment_unknown", "Die betaling staat niet in de rekening. Kijk het bedrag en de dag na."
            )
    yield from _arranged(wish.kind, stands_on)
    if wish.kind is Kind.ARRANGEMENT_CONFIRMED and stands_on.costs_cents:
        yield Fault(
            "costs_due",
            f"Er zijn ook {euro(stands_on.costs_cents)} incassokosten verschuldigd. Boek die, dan horen ze bij de "
            "afspraak, of scheld ze kwijt.",
        )
    if wish.kind is Kind.EARLY_SIGNAL and stands_on.departed:
        yield Fault("departed", "De huurder is vertrokken. Een vroegsignaal gaat over wie er woont.")


def _covered(stands_on: Ground) -> Basis:
    """What the arrangement that runs is about: a month that was left out of it stays out of its letter."""
    assert stands_on.agreed is not None
    pairs = zip(stands_on.entries, stands_on.basis.overdue, strict=True)
    rows = tuple(row for entry, row in pairs if entry in stands_on.agreed.entries)
    return replace(stands_on.basis, overdue=rows, open_cents=sum(row.open_cents for row in rows))


def _plan(stands_on: Ground) -> tuple[Row, ...]:
    """The plan of the arrangement that runs, as long as nothing of it is paid; else a person types what is agreed now."""
    if stands_on.agreed is None:
        return ()
    plan = stands_on.agreed.plan
    whole = sum(row.open_cents for row in plan) == _covered(stands_on).open_cents
    return plan if whole else ()


def to_ask(kind: Kind, stands_on: Ground) -> tuple[Asked, ...]:
    """What a person types for this kind: nothing of an arrangement that was agreed here already."""
    return () if kind is Kind.ARRANGEMENT_CONFIRMED and _plan(stands_on) else ask_for(kind)


def _arranged(kind: Kind, stands_on: Ground) -> Iterator[Fault]:
    """Who keeps an arrangement is not dunned over what it is about."""
    agreed = stands_on.agreed
    if kind in DUNS and agreed and agreed.kept and agreed.entries.issuperset(stands_on.entries):
        yield Fault(
            "arranged", "Er loopt een regeling, en die wordt nagekomen. Deze brief hoort daar niet bij."
        )


def _doubtful(stands_on: Ground) -> Iterator[Fault]:
    """What makes the costs of a fourteen-day letter unsure; a person may take it upon himself with a reason."""
    if set(stands_on.entries) & stands_on.announced:
        yield Fault(
            "provisional",
            "Over een deel van deze maanden ging al een veertiendagenbrief. Een tweede noemt dan te hoge kosten.",
        )
    if not all(stands_on.principal):
        yield Fault(
            "provisional",
            "Er staat ook iets anders dan huur open, zoals kosten of rente. Een betaling kan daar eerst af gaan, en "
            "dan blijft er huur open.",
        )


def _principal(stands_on: Ground) -> Basis:
    """Only principal can bear costs: what else is open stays out of a fourteen-day letter."""
    rows = tuple(
        row for row, counts in zip(stands_on.basis.overdue, stands_on.principal, strict=True) if counts
    )
    return replace(stands_on.basis, overdue=rows, open_cents=sum(row.open_cents for row in rows))


def _entries(kind: Kind, stands_on: Ground) -> tuple[tuple[int, ...], int]:
    """The ledger entries that the letter is about, and what is open on them."""
    rows = zip(stands_on.entries, stands_on.basis.overdue, stands_on.principal, strict=True)
    chosen = [
        (entry, row.open_cents) for entry, row, counts in rows if counts or kind is not Kind.FOURTEEN_DAY
    ]
    return tuple(entry for entry, _ in chosen), sum(cents for _, cents in chosen)


def _channel(wish: Wish, stands_on: Ground, text: Text) -> Channel:
    short = bool(text.parts[stands_on.basis.to.language].message)
    open_ways = ways(wish.kind, stands_on.reach, short=short)
    if wish.channel is None:
        return open_ways[0]
    if wish.channel not in open_ways:
        raise NotRight(
            (
                Fault(
                    "way_closed",
                    f"Deze brief kan niet {LABEL[wish.channel]}. Kies een andere weg, of vul het adres of nummer aan.",
                ),
            )
        )
    return wish.channel


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind of letter as it could be written now: why not (empty when it can), and what a person would type."""

    kind: Kind
    faults: tuple[Fault, ...]
    asked: tuple[Asked, ...]


def choices(stands_on: Ground) -> list[Choice]:
    """Every kind, with what is in its way before anything is typed."""
    found = [_choice(kind, stands_on) for kind in Kind]
    in_the_way = _in_the_way(stands_on)
    return [replace(one, faults=(*in_the_way[one.kind], *one.faults)) for one in found]


def _choice(kind: Kind, stands_on: Ground) -> Choice:
    asked = to_ask(kind, stands_on)
    if arranged := tuple(_arranged(kind, stands_on)):
        return Choice(kind, arranged, asked)
    if kind is Kind.FOURTEEN_DAY:
        basis = _principal(stands_on)
        facts = fourteen_day_facts(basis, stands_on.vat, conventions(basis.on))
        faults = (*alive_faults(basis), *check(facts, text_of(kind)))
        return Choice(kind, tuple(one for one in faults if one.code != "provisional"), asked)
    faults = tuple(basis_faults(kind, _asked_of(kind, stands_on)))
    if kind in (Kind.FRIENDLY_REMINDER, Kind.HANDOVER_ANNOUNCED) and not faults:
        suggested = {one.name: value for one in asked if (value := one.suggest(stands_on.basis)) is not None}
        faults = tuple(kind_faults(kind, stands_on.basis, suggested, ()))
    return Choice(kind, faults, asked)


def may_link(kind: Kind, language: Language) -> bool:
    """Does the text of this kind have a sentence about a link to pay by?"""
    return bool(text_of(kind).parts[language].message_link)


def ground_of(tenancy_id: int, *, on: date, by: str) -> Ground | None:
    """What a letter would stand on now; None where there is no such tenancy. Raises `NotRight` without a letterhead."""
    head = letterhead()
    if head is None:
        raise NotRight((_NO_LETTERHEAD,))
    return ground(tenancy_id, on=on, head=head, writes=by)
