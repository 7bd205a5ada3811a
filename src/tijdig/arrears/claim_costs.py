"""Collection costs in a claim: what the letters that announced them made due, and not a cent more.

Decides per letter, oldest first. A letter that came back counts for nothing. Its term is reckoned anew by the law and by
the day on which it arrived, where that is known; where the letter itself was sent with a later day, that day counts.
Before it nothing is due. On it, per instalment that the letter named, what counts is what was open at the end of the term
and not more than was open when the letter went (HR 25 November 2016, ECLI:NL:HR:2016:2704, 3.8), settled as the engine
settled it. What was paid in time and taken back later counts as paid in time: for that a new letter is needed.

An instalment bears costs once: what an earlier letter made due is not counted again. An instalment that could have stood in
an earlier letter is added up with it (article 6:96 paragraph 7 BW), so that letters apart cost no more than one. Small
instalments (article 2a) within six months of earlier costs add nothing. The fee is that of the law on the day of the letter,
never more than the letter announced, and less what the ledger charged since: that stands in the account. What the
corporation charged and took off again is given up.

Units: whole cents. Errors: none; where the law or the letter does not say, nothing is counted and a doubt says so.

Worked example: three rents of € 700, letter of 2 November 2026 that announced € 315.00; € 700 paid on 10 November. Due from
19 November: 15 % of € 1,400 = € 210.00. With € 40 charged in the ledger on 20 November: € 170.00 beside the account.

Source: articles 6:96 BW and 2 and 2a Besluit vergoeding voor buitengerechtelijke incassokosten; docs/rules/claim.md.
Left out: moderation by the court, clauses in the lease on costs, proof of receipt when the tenant denies it, letters to one
debtor about two leases, and interest on costs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from tijdig.arrears.imputation import Settlement
from tijdig.arrears.notice_costs import Booked, NoticeCosts, Owed, State
from tijdig.arrears.notices import Notice
from tijdig.arrears.open_then import OpenThen
from tijdig.arrears.portfolio import Portfolio
from tijdig.arrears.stacking import limits
from tijdig.base.money import euro
from tijdig.law.answer import Doubt, NotKnown, Source, Step, long_day, once, short_day
from tijdig.law.collection_costs import collection_costs, vat_rates
from tijdig.law.conventions import rounded
from tijdig.law.letter_term import Term, fourteen_days
from tijdig.law.quantity import percent_text


class _Charged:
    """What is left of the collection costs that the ledger charged: for the letters to carry, and to give up."""

    def __init__(self, booked: Iterable[Booked], early: bool) -> None:
        self._booked = sorted(booked, key=lambda one: (one.on, one.entry))
        self._early = early
        self._stands = [one.cents - one.off_cents for one in self._booked]
        self._off = [one.off_cents for one in self._booked]
        self._written_off = [one.written_off_cents for one in self._booked]

    def carry(self, sent_on: date, due_on: date, most: int) -> tuple[Booked, ...]:
        """What stands in the account for a letter, oldest first, up to so much."""
        used = self._use(self._stands, most, lambda one: one.on >= (sent_on if self._early else due_on))
        rows = zip(self._booked, used, strict=True)
        return tuple(one._replace(cents=cents, taken_off=()) for one, cents in rows if cents)

    def give_up(self, sent_on: date, due_on: date, most: int) -> int:
        """What the corporation asked for a letter and took off again: it is not asked anew.

        A correction of what was charged before its day only mends the books; a write-off gives it up.
        """
        used = sum(self._use(self._off, most, lambda one: one.on >= due_on))
        early = [min(pair) for pair in zip(self._off, self._written_off, strict=True)]
        gone = self._use(early, most - used, lambda one: sent_on <= one.on < due_on)
        self._off = [left - cents for left, cents in zip(self._off, gone, strict=True)]
        self._written_off = [left - cents for left, cents in zip(self._written_off, gone, strict=True)]
        return used + sum(gone)

    def _use(self, left: list[int], most: int, may: Callable[[Booked], bool]) -> list[int]:
        """Take from each what may be taken, up to so much together; gives what was taken of each."""
        used = []
        for place, one in enumerate(self._booked):
            cents = min(left[place], most) if may(one) else 0
            left[place] -= cents
            most -= cents
            used.append(cents)
        return used


@dataclass(slots=True)
class _Told:
    """What the letters before this one made due."""

    charged: _Charged
    costs: list[NoticeCosts] = field(default_factory=list)

    @property
    def due(self) -> list[NoticeCosts]:
        return [one for one in self.costs if one.state is State.DUE]

    @property
    def bore(self) -> set[int]:
        """The rows that bore costs already."""
        return {one.row for earlier in self.due for one in earlier.owed}


@dataclass(frozen=True, slots=True)
class _Named:
    """A letter at the end of its term: the instalments that it named, by row and entry, and what of them counts."""

    notice: Notice
    term: Term
    due_on: date
    rows: Sequence[tuple[int, int]]
    again: int  # how many of them bore costs already
    owed: tuple[Owed, ...]
    when: tuple[Step, ...]


def claim_costs(
    portfolio: Portfolio,
    settlement: Settlement,
    notices: Sequence[Notice],
    as_of: date,
    booked: Iterable[Booked],
    *,
    early: bool = False,
) -> tuple[NoticeCosts, ...]:
    """The costs of every letter that announced some, in the order in which they were sent.

    What the ledger charged goes off from the day on which a letter's costs were due; with `early` also what it charged
    between the letter and that day, where that counts in the account all the same.
    """
    announcing = sorted((one for one in notices if one.announces_costs), key=lambda one: one.sent_on)
    if not announcing:
        return ()
    then = OpenThen(portfolio, settlement)
    told = _Told(_Charged(booked, early))
    for notice in announcing:
        told.costs.append(_of_notice(then, told, notice, as_of))
    return tuple(told.costs)


def _of_notice(then: OpenThen, told: _Told, notice: Notice, as_of: date) -> NoticeCosts:
    if notice.bounced_on is not None:
        said = Step(f"De brief kwam terug op {short_day(notice.bounced_on)}. Hij telt niet.", 0)
        return NoticeCosts(notice=notice, state=State.CAME_BACK, parts=(said,))
    rows = then.principals(notice.facts.entries)
    if not rows:
        sent = short_day(notice.sent_on)
        return _unknown(
            notice, Doubt("unknown", f"Van de brief van {sent} is niet bekend om welke termijnen het ging.")
        )
    try:
        named = _named(then, told, notice, rows, as_of)
        return _charged(then, told, named) if named.owed else _free(named, as_of)
    except NotKnown as unknown:
        return _unknown(notice, unknown.doubt)


def _unknown(notice: Notice, doubt: Doubt) -> NoticeCosts:
    said = Step(f"{doubt.sentence} Er tellen hier geen kosten mee.", 0)
    return NoticeCosts(notice=notice, state=State.UNKNOWN, parts=(said,), doubts=(doubt,))


def _due(notice: Notice) -> tuple[Term, date, tuple[Step, ...]]:
    """The first day on which the costs are due, with how it was found: of the law's day and the letter's, the later."""
    term = fourteen_days(notice.sent_on, notice.conventions)
    if notice.delivered_on is not None and notice.delivered_on > term.delivered_on:
        term = fourteen_days(notice.sent_on, notice.conventions, notice.delivered_on)
    announced, found = notice.facts.fee_due_on, term.fee_from_on
    if announced is None or announced == found:
        return term, found, term.steps
    said = f"Bij het versturen was dat {short_day(announced)}. De latere dag telt."
    return term, max(found, announced), (*term.steps, Step(said))


def _named(
    then: OpenThen, told: _Told, notice: Notice, rows: Sequence[tuple[int, int]], as_of: date
) -> _Named:
    """What counts: nothing before the day on which the costs are due, nothing twice, and not more than was asked."""
    term, due_on, when = _due(notice)
    bore = told.bore if as_of >= due_on else set()
    fresh = [pair for pair in rows if pair[0] not in bore] if as_of >= due_on else []
    owed = tuple(
        Owed(row, entry, cents)
        for row, entry in fresh
        if (cents := min(then.open_before(row, notice.sent_on), then.open_before(row, due_on)))
    )
    again = sum(row in bore for row, _ in rows)
    told_why = _why(then, notice, due_on, fresh, again, owed) if as_of >= due_on else ()
    return _Named(notice, term, due_on, rows, again, owed, (*when, *told_why))


def _why(
    then: OpenThen,
    notice: Notice,
    due_on: date,
    fresh: Sequence[tuple[int, int]],
    again: int,
    owed: Sequence[Owed],
) -> tuple[Step, ...]:
    """What of the letter counts at the end of its term, and why the rest does not."""
    said = []
    if again:
        many = "Eén termijn droeg al kosten door een eerdere brief en telt"
        if again > 1:
            many = f"{again} termijnen droegen al kosten door een eerdere brief en tellen"
        said.append(f"{many} niet nog eens mee.")
    back = 0
    for row, _ in fresh:
        in_time = then.open_before(row, notice.sent_on) - then.open_before(row, due_on)
        back += max(0, min(then.taken_back_from(row, due_on), in_time))
    if back:
        said.append(
            f"Van wat op tijd was betaald is later {euro(back)} teruggedraaid. Daarvoor is een nieuwe brief nodig."
        )
    if owed:
        cents = sum(one.cents for one in owed)
        said.append(f"Aan het eind van de termijn stond van deze brief {euro(cents)} open.")
    elif fresh:
        said.append("Aan het eind van de termijn was alles betaald: er zijn geen kosten.")
    return tuple(Step(sentence) for sentence in said)


def _free(named: _Named, as_of: date) -> NoticeCosts:
    """A letter that makes nothing due: not yet, or because all was paid in time or bore costs already."""
    state, more = State.PAID, tuple[Step, ...]()
    if as_of < named.due_on:
        state = State.NOT_YET
        more = (Step(f"Nog niet verschuldigd, vanaf {long_day(named.due_on)}.", 0),)
    elif named.again == len(named.rows):
        state = State.COVERED
    return NoticeCosts(
        notice=named.notice,
        state=state,
        due_on=named.due_on,
        parts=(*named.when, *more),
        sources=named.term.sources,
        conventions=named.term.conventions,
    )


def _charged(then: OpenThen, told: _Told, named: _Named) -> NoticeCosts:
    """The fee of the law over what counts, brought down to what is allowed, and less what the ledger charged."""
    notice, owed = named.notice, named.owed
    law = collection_costs([one.cents for one in owed], notice.sent_on, None, notice.conventions)
    announced = f"Niet meer dan de {euro(notice.facts.fee_cents)} die de brief noemde."
    mosts = (*_limits(then, told, notice, owed), (notice.facts.fee_cents, announced))
    fee_cents, less = law.fee_cents, []
    for most, sentence in mosts:
        if most < fee_cents:
            less.append(Step(sentence, most - fee_cents))
            fee_cents = most
    vat, vat_sources, vat_doubts = _vat(notice, fee_cents)
    total_cents = fee_cents + sum(step.cents or 0 for step in vat)
    booked = told.charged.carry(notice.sent_on, named.due_on, total_cents)
    booked_cents = sum(one.cents for one in booked)
    waived_cents = told.charged.give_up(notice.sent_on, named.due_on, total_cents - booked_cents)
    off = (("Al geboekt in de rekening.", booked_cents), ("Kwijtgescholden.", waived_cents))
    return NoticeCosts(
        notice=notice,
        state=State.DUE,
        due_on=named.due_on,
        owed=owed,
        fee_cents=fee_cents,
        vat_cents=total_cents - fee_cents,
        booked=booked,
        waived_cents=waived_cents,
        parts=(*named.when, *law.parts, *less, *vat, *(Step(said, -cents) for said, cents in off if cents)),
        sources=once(named.term.sources, law.sources, vat_sources),
        doubts=once(law.doubts, named.term.doubts, vat_doubts, _too_high(then, told, named))
        if total_cents > waived_cents
        else (),
        conventions=once(named.term.conventions, law.conventions),
    )


def _limits(then: OpenThen, told: _Told, notice: Notice, owed: Sequence[Owed]) -> tuple[tuple[int, str], ...]:
    """The most that earlier letters leave for this one."""
    return tuple(limits(then, notice, owed, [one for one in told.due if one.fee_cents]))


def _vat(notice: Notice, fee_cents: int) -> tuple[tuple[Step, ...], tuple[Source, ...], tuple[Doubt, ...]]:
    """VAT over the fee, only where the letter named it, and never more than it named."""
    if not notice.facts.vat_cents or not fee_cents:
        return (), (), ()
    rate = vat_rates().at(notice.sent_on)
    above, below = fee_cents * rate.value.numerator, 100 * rate.value.denominator
    cents = min(rounded(above, below, notice.conventions.rounding), notice.facts.vat_cents)
    step = Step(
        f"Btw van {percent_text(rate.value)} procent over {euro(fee_cents)}, zoals in de brief.", cents
    )
    return (step,), (rate.source,), rate.doubts


def _too_high(then: OpenThen, told: _Told, named: _Named) -> tuple[Doubt, ...]:
    """A letter that announced more than the law allowed over what was open when it went may be worth nothing.

    What bore costs already by an earlier letter, and what earlier letters leave, were known when it went.
    """
    notice = named.notice
    fresh = [pair for pair in named.rows if pair[0] not in told.bore]
    asked = tuple(
        Owed(row, entry, cents) for row, entry in fresh if (cents := then.open_before(row, notice.sent_on))
    )
    allowed = collection_costs(
        [one.cents for one in asked], notice.sent_on, None, notice.conventions
    ).fee_cents
    allowed = min([allowed, *(most for most, _ in _limits(then, told, notice, asked))])
    if notice.facts.fee_cents <= allowed:
        return ()
    return (
        Doubt(
            "announced_too_high",
            f"De brief van {short_day(notice.sent_on)} noemde {euro(notice.facts.fee_cents)} aan kosten. Over wat toen open "
            f"stond mocht {euro(allowed)}. Een rechter kan de kosten dan afwijzen.",
        ),
    )
