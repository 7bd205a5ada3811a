"""What an arrear cost so far and what comes next: to the tenant, and to the corporation. No amount without its source.

Decides three sums. To the tenant: the costs and the interest that stand in the account since the arrears began, less what
was taken off them again, and the collection costs that a letter made due and nobody booked. To the corporation: the minutes
of contacts at its own rate, and the letters that went at its own price. Ahead: the collection costs that come if a
fourteen-day letter is not paid, and what bailiff and court would add.

Units: whole cents; minutes as they were logged. Rounding: the minutes of one rate together, to the nearest cent, a half
up. Errors: none. Worked example: calls of 6 and 1 minutes and one letter on paper, at € 60.00 an hour and € 1.30 a piece:
€ 7.00 and € 1.30.

Left out: statutory interest that was not booked (the claim has it), what a caretaker's visit takes beside its minutes, and
work that nobody logged. Contacts without minutes are counted and named, never guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tijdig.base.money import euro
from tijdig.cases.account import Entry
from tijdig.cases.own_rates import OwnRates, own_rates
from tijdig.law.answer import Step
from tijdig.ledger.kinds import LABEL, Kind

_MINUTES = 60
_CHARGED = (Kind.COLLECTION_COSTS, Kind.INTEREST, Kind.COURT_COSTS, Kind.BAILIFF_COSTS)
_PIECES = {
    "print": ("brief op papier", "brieven op papier"),
    "email": ("e-mail", "e-mails"),
    "sms": ("sms", "sms'en"),
}
LEDGER = "de rekening van de huurder"
LOOSE = "Van {} is er geen brief waarvan de termijn voorbij is."


@dataclass(frozen=True, slots=True)
class Cost:
    """One amount, where it comes from, and what is not sure about it. `parts` add up to it, where there are any."""

    label: str
    cents: int
    sources: tuple[str, ...]
    doubts: tuple[str, ...] = ()
    parts: tuple[Step, ...] = ()
    paid_cents: int = 0

    @property
    def provisional(self) -> bool:
        return bool(self.doubts)


@dataclass(frozen=True, slots=True)
class CostMeter:
    """The three sums with their lines. `untimed` is how many contacts have no minutes, `by_letter_cents` what of the
    tenant's a letter made due and nobody booked."""

    since_on: date
    tenant: tuple[Cost, ...]
    corporation: tuple[Cost, ...]
    ahead: tuple[Cost, ...]
    untimed: int = 0
    by_letter_cents: int = 0

    @property
    def tenant_cents(self) -> int:
        return sum(one.cents for one in self.tenant)

    @property
    def corporation_cents(self) -> int:
        return sum(one.cents for one in self.corporation)


def charged(
    entries: Iterable[Entry], since_on: date, open_cents: Mapping[int, int], loose_cents: int
) -> list[Cost]:
    """What the account charged since a day, a line a kind, with what of it was paid.

    `open_cents` is what of an entry is still open. `loose_cents` is what of the collection costs no letter made due.
    """
    known = list(entries)
    stands = {
        one.id: one.amount_cents for one in known if one.kind in _CHARGED and one.effective_on >= since_on
    }
    for one in known:
        if one.target_id in stands and one.kind in (Kind.CORRECTION, Kind.WRITE_OFF):
            stands[one.target_id] = max(0, stands[one.target_id] + one.amount_cents)
    found = []
    for kind in _CHARGED:
        of_kind = [one.id for one in known if one.id in stands and one.kind is kind]
        if cents := sum(stands[number] for number in of_kind):
            left = sum(min(stands[number], open_cents.get(number, 0)) for number in of_kind)
            doubts = (
                (LOOSE.format(euro(loose_cents)),) if loose_cents and kind is Kind.COLLECTION_COSTS else ()
            )
            label = f"{LABEL[kind]} in de rekening"
            found.append(Cost(label, cents, (LEDGER,), doubts, paid_cents=cents - left))
    return found


def work(minutes: Iterable[tuple[date, int]]) -> list[Cost]:
    """The minutes of contacts, each with its day, at the rate of that day: a line a rate."""
    found: dict[date, list[int]] = defaultdict(list)
    rates: dict[date, OwnRates] = {}
    for on, took in minutes:
        rate = own_rates(on)
        rates[rate.from_on] = rate
        found[rate.from_on].append(took)
    return [
        Cost(
            _counted(len(took), "contact", "contacten") + f", {_counted(sum(took), 'minuut', 'minuten')}",
            (2 * sum(took) * rates[day].hour_cents + _MINUTES) // (2 * _MINUTES),
            (rates[day].work_source(),),
        )
        for day, took in sorted(found.items())
    ]


def letters(sent: Iterable[tuple[date, str]]) -> list[Cost]:
    """Letters that went, each with its day and channel: a line a channel and a price."""
    found: dict[tuple[date, str], int] = defaultdict(int)
    rates: dict[date, OwnRates] = {}
    for on, channel in sent:
        rate = own_rates(on)
        rates[rate.from_on] = rate
        found[rate.from_on, channel] += 1
    return [
        Cost(
            _counted(many, *_PIECES[channel]),
            many * rates[day].letter_cents[channel],
            (rates[day].letter_source(channel),),
        )
        for (day, channel), many in sorted(found.items())
    ]


def _counted(many: int, one: str, more: str) -> str:
    return f"{many} {one if many == 1 else more}"
