"""The cost meter of one tenancy: what its arrear cost so far, and what the next step would add."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tijdig.arrangements.avoided import avoided
from tijdig.arrears.claim import Claim
from tijdig.arrears.notice_costs import NoticeCosts, State
from tijdig.cases.account import bears_costs
from tijdig.cases.cost_meter import Cost, CostMeter, charged, letters, work
from tijdig.cases.queries_facts import Facts
from tijdig.law.answer import Doubt, NotKnown, Source, short_day
from tijdig.law.collection_costs import collection_costs
from tijdig.steps.kinds import Kind, LetterFacts

_AT_THE_END = "incassokosten, als op een veertiendagenbrief niet wordt betaald"
_RUNS = "incassokosten op {}, als de veertiendagenbrief van {} niet wordt betaald"
COURT = "deurwaarder en rechter, als het zover komt"


def cost_meter(facts: Facts) -> CostMeter | None:
    """None without arrears, and where an older look is asked: the claim is of what is known now."""
    since_on = facts.file.arrears_since_on or facts.file.since_on
    if since_on is None or facts.known_at is not None:
        return None
    told, asked = facts.asked
    contacts = [one for one in facts.contacts if one.withdrawn is None and one.on >= since_on]
    sent = [
        (step.effective_on, LetterFacts.of(step.facts).channel)
        for step in facts.steps
        if step.kind is Kind.LETTER_SENT and step.effective_on >= since_on
    ]
    by_letter = _not_booked(told)
    return CostMeter(
        since_on=since_on,
        tenant=(*_charged(facts, told, since_on), *by_letter),
        corporation=(*work([(one.on, one.minutes) for one in contacts if one.minutes]), *letters(sent)),
        ahead=tuple(_ahead(facts, told, asked)),
        untimed=sum(not one.minutes for one in contacts),
        by_letter_cents=sum(one.cents for one in by_letter),
    )


def _charged(facts: Facts, told: Claim, since_on: date) -> list[Cost]:
    open_cents = {one.entry_id: one.open_cents for one in facts.file.open_items}
    return charged(facts.account.entries.values(), since_on, open_cents, told.loose_cents)


def _not_booked(told: Claim) -> list[Cost]:
    """Collection costs that a letter made due and that do not stand in the account."""
    return [
        Cost(
            f"incassokosten van de brief van {short_day(one.notice.sent_on)}, nog niet geboekt",
            one.due_cents,
            _sentences(one.sources),
            _doubts(one.doubts),
        )
        for one in told.costs
        if one.due_cents > 0
    ]


def _ahead(facts: Facts, told: Claim, asked: Claim) -> list[Cost]:
    """What comes next, the nearest first."""
    open_cents = {
        one.entry: one.open_cents
        for one in asked.instalments
        if bears_costs(facts.account.entries[one.entry])
    }
    if not open_cents:
        return []
    found = []
    runs = next((one for one in told.costs if one.state is State.NOT_YET), None)
    if runs is not None:
        found = _fee(facts, _named(runs, open_cents), _label(runs))
    elif not any(one.total_cents for one in told.costs):
        found = _fee(facts, list(open_cents.values()), _AT_THE_END)
    return [*found, *_court(facts, list(open_cents.values()))]


def _named(runs: NoticeCosts, open_cents: dict[int, int]) -> list[int]:
    return [cents for entry, cents in open_cents.items() if entry in runs.notice.facts.entries]


def _label(runs: NoticeCosts) -> str:
    if runs.due_on is None:
        return _AT_THE_END
    return _RUNS.format(short_day(runs.due_on), short_day(runs.notice.sent_on))


def _fee(facts: Facts, principals: Sequence[int], label: str) -> list[Cost]:
    if not principals:
        return []
    try:
        law = collection_costs(principals, facts.as_of, None, facts.account.conventions)
    except NotKnown:
        return []
    return [Cost(label, law.fee_cents, _sentences(law.sources), _doubts(law.doubts), law.parts)]


def _court(facts: Facts, principals: Sequence[int]) -> list[Cost]:
    law = avoided(principals, facts.as_of, costs_due=True)
    if not law.parts:
        return []
    return [Cost(COURT, law.total_cents, _sentences(law.sources), _doubts(law.doubts), law.parts)]


def _sentences(sources: Sequence[Source]) -> tuple[str, ...]:
    return tuple(one.sentence for one in sources)


def _doubts(doubts: Sequence[Doubt]) -> tuple[str, ...]:
    return tuple(one.sentence for one in doubts)
