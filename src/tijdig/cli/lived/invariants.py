"""What must hold on every day of a made-up year, each checked by plain Python over plain sums.

Each check gives, for everything it looked at, nothing or a sentence that says what is wrong. Days are counted from the first
day of the year where arrears are older. What stands in the database as "known at" is not part of it: the rows were recorded
while the year was played, not on its days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tijdig.cli.lived.facts import Done, Seen
from tijdig.cli.lived.sums import Owed, short
from tijdig.law.holidays import is_holiday

TALK_DAYS, DECIDE_DAYS = 21, 61
SMALL_CENTS = 1_000  # under this nobody is asked
OPENS, CLOSES, SUNDAY = 7, 20, 6
_EXAMPLES = 5
_DECISIONS = frozenset({"hand_over", "arrange", "help", "go_on", "pause"})
_REMINDS = frozenset({"friendly_reminder", "reminder", "fourteen_day"})
_ASKS_NO_MONEY = frozenset({"settled", "arrangement_confirmed", "invitation"})
_OFFERED = frozenset({"signal_sent", "signal_objected"})

Checks = Iterator[str]  # for each thing that was looked at: what is wrong, or nothing


@dataclass(slots=True)
class Life:
    """What is remembered of a tenancy. `asked_days` counts the days of these arrears on which somebody could be asked."""

    owed: Owed = field(default_factory=Owed)
    asked_days: int = 0
    talked_on: date | None = None
    sought_on: date | None = None  # a visit, or another way, stood in somebody's list
    decided_on: date | None = None
    told: set[str] = field(default_factory=set)  # breaches of these arrears, each told once
    letters: list[Done] = field(default_factory=list)
    signalled_on: date | None = None
    with_bailiff: bool = False
    begun_on: date | None = None  # the first day of a debt procedure that runs
    broken: set[int] = field(default_factory=set)  # plans that broke and were not made good


@dataclass(slots=True)
class Memory:
    """What was seen so far."""

    first: date
    lives: dict[int, Life] = field(default_factory=lambda: defaultdict(Life))

    def take(self, seen: Seen) -> None:
        """Put the day beside what was known."""
        for entry in seen.entries:
            self.lives[entry.tenancy].owed.post(entry)
        for contact in seen.contacts:
            if contact.talk:
                self.lives[contact.tenancy].talked_on = contact.at.date()
        for step in seen.planned:
            if step.act == "visit" or step.rule == "departed":
                self.lives[step.tenancy].sought_on = step.planned_on
        for tenancy, kind in seen.decided:
            if kind in _DECISIONS:
                self.lives[tenancy].decided_on = seen.on
        for plan in seen.plans:
            if plan.agreed_on == seen.on:  # somebody agreed on it by name: that is a decision to arrange
                self.lives[plan.tenancy].decided_on = seen.on
        for done in seen.done:
            self._done(done)
        kept = {
            plan.tenancy for plan in seen.plans if short(plan, self.lives[plan.tenancy].owed, seen.on) <= 0
        }
        for tenancy, life in self.lives.items():
            self._close(tenancy, life, seen, agreed=tenancy in kept)

    def _done(self, done: Done) -> None:
        life = self.lives[done.tenancy]
        if done.kind == "letter_sent":
            life.letters.append(done)
        elif done.kind == "letter_bounced":
            life.letters = [one for one in life.letters if one.subject != done.subject]
        elif done.kind in _OFFERED:
            life.signalled_on = done.on
        elif done.kind in ("handed_over", "handed_back"):
            life.with_bailiff = done.kind == "handed_over"

    def _close(self, tenancy: int, life: Life, seen: Seen, *, agreed: bool) -> None:
        before = life.owed.since
        life.owed.close(seen.on)
        begun = seen.procedures.get(tenancy)
        # The old debt of a procedure stands still; what fell due since it began has days of its own, and so has all of it
        # once the procedure is over.
        frozen = begun is not None and life.owed.new_cents(begun, seen.on) < SMALL_CENTS
        if life.owed.since is None or life.owed.since != before or frozen or begun != life.begun_on:
            life.asked_days, life.told = 0, set()
        life.begun_on = begun
        if life.owed.since is not None and not (frozen or agreed or self._rests(tenancy, life, seen)):
            life.asked_days += 1

    def _rests(self, tenancy: int, life: Life, seen: Seen) -> bool:
        """Nobody is asked: too little, with the bailiff, disputed, promised, at rest by name, or nobody knows what came."""
        return (
            life.owed.overdue_cents < SMALL_CENTS
            or life.with_bailiff
            or tenancy in seen.objecting
            or tenancy in seen.promising
            or tenancy in seen.unsure
            or (tenancy in seen.debits and life.owed.debit_runs(seen.on, seen.debits[tenancy]))
            or bool(seen.holds.get(tenancy, frozenset()) & {"pause", "help"})
        )


def talk_by_day_21(memory: Memory, seen: Seen) -> Checks:
    """No case passes day 21 of arrears that were not broken without a talk, or a visit that stood in a list before it."""
    for tenancy, life in memory.lives.items():
        if (since := life.owed.since) is None or life.asked_days <= TALK_DAYS:
            continue
        yield _once(
            life,
            "talk",
            _since(life.talked_on, since) or _since(life.sought_on, since),
            f"{tenancy} sinds {since}",
        )


def decision_by_day_61(memory: Memory, seen: Seen) -> Checks:
    """None passes day 61 without a decision by name, or an arrangement that was made. An answer for its lack is none."""
    for tenancy, life in memory.lives.items():
        if (since := life.owed.since) is None or life.asked_days <= DECIDE_DAYS:
            continue
        decided = _since(life.decided_on, since) or bool(seen.holds.get(tenancy, frozenset()) & _DECISIONS)
        yield _once(life, "decision", decided, f"{tenancy} sinds {since}")


def _since(day: date | None, since: date) -> bool:
    return day is not None and day >= since


def _once(life: Life, what: str, fine: bool, sentence: str) -> str:
    if fine or what in life.told:
        return ""
    life.told.add(what)
    return sentence


def kept_is_not_reminded(memory: Memory, seen: Seen) -> Checks:
    """Nobody who keeps an arrangement gets a message, a reminder or a fourteen-day letter."""
    plans = {plan.tenancy: plan for plan in seen.plans if plan.agreed_on < seen.on}
    for done in seen.done:
        if done.kind != "letter_sent" or done.letter not in _REMINDS:
            continue
        plan = plans.get(done.tenancy)
        kept = plan is not None and short(plan, memory.lives[done.tenancy].owed, seen.on) <= 0
        yield f"{done.tenancy}: {done.letter} op {seen.on}" if kept else ""


def alert_on_the_day(memory: Memory, seen: Seen) -> Checks:
    """A broken arrangement has its alert on the day it broke; where nobody could be asked, as soon as somebody can."""
    for plan in seen.plans:
        life = memory.lives[plan.tenancy]
        if short(plan, life.owed, seen.on) <= 0:
            life.broken.discard(plan.id)
        elif plan.id not in life.broken:
            if plan.tenancy in seen.unsure or life.owed.overdue_cents < SMALL_CENTS or life.with_bailiff:
                continue
            life.broken.add(plan.id)
            alert = seen.alerts.get(plan.tenancy)
            fine = alert is not None and alert.raised_on == seen.on and alert.cause == "arrangement"
            yield "" if fine else f"{plan.tenancy}: regeling {plan.id} gebroken op {seen.on}, melding {alert}"


def hand_over_is_grounded(memory: Memory, seen: Seen) -> Checks:
    """No hand-over without a letter whose term is over, a signal (or the tenant left), and a decision by name."""
    for done in seen.done:
        if done.kind != "handed_over":
            continue
        life = memory.lives[done.tenancy]
        oldest = life.owed.oldest_open(seen.on) or seen.on
        letter = any(
            one.letter == "fourteen_day"
            and one.on >= oldest
            and one.fee_from_on
            and one.fee_from_on <= seen.on.isoformat()
            for one in life.letters
        )
        since = life.owed.since or seen.on
        signal = _since(life.signalled_on, since) or done.tenancy in seen.departed
        decided = "hand_over" in seen.holds.get(done.tenancy, frozenset())
        lacks = [
            name
            for name, there in (("brief", letter), ("signaal", signal), ("besluit", decided))
            if not there
        ]
        yield f"{done.tenancy} op {seen.on}: geen {', '.join(lacks)}" if lacks else ""


def goes_when_it_may(memory: Memory, seen: Seen) -> Checks:
    """Nothing goes outside the hours of contact, nor while it is not known what was paid."""
    for one in seen.went:
        hours = OPENS <= one.at.hour < CLOSES and one.at.weekday() != SUNDAY and not is_holiday(one.at.date())
        blocked = one.held_by if one.letter not in _ASKS_NO_MONEY else ""
        yield "" if hours and not blocked else f"bericht {one.sending} om {one.at:%d-%m %H:%M} {blocked}"
    for contact in seen.contacts:
        if contact.sought:
            at = contact.at
            hours = OPENS <= at.hour < CLOSES and at.weekday() != SUNDAY and not is_holiday(at.date())
            yield "" if hours else f"{contact.tenancy} gezocht om {at:%d-%m %H:%M}"


def never_twice(memory: Memory, seen: Seen) -> Checks:
    """The program takes no step twice for the same due day."""
    for tenancy, rule, about_on, many in seen.twice:
        yield "" if many == 1 else f"{tenancy}: {rule} over {about_on} {many} keer"


def one_step_each(memory: Memory, seen: Seen) -> Checks:
    """However many months are open, one step is planned at most."""
    for tenancy, many in seen.open_steps.items():
        months = memory.lives[tenancy].owed.open_months(seen.on)
        yield "" if many == 1 else f"{tenancy}: {many} stappen bij {months} maanden"


def sums_agree(memory: Memory, seen: Seen) -> Checks:
    """What stands for each tenancy is what plain sums over the ledger give."""
    for tenancy, stands in seen.standings.items():
        owed = memory.lives[tenancy].owed
        fine = (stands.balance_cents, stands.overdue_cents) == (owed.balance_cents, owed.overdue_cents)
        told = f"saldo {stands.balance_cents}, te laat {stands.overdue_cents}"
        yield (
            ""
            if fine
            else f"{tenancy} op {seen.on}: {told}; sommen {owed.balance_cents} en {owed.overdue_cents}"
        )


CHECKS: dict[str, Callable[[Memory, Seen], Checks]] = {
    "gesprek voor dag 21": talk_by_day_21,
    "besluit voor dag 61": decision_by_day_61,
    "geen herinnering bij een nagekomen regeling": kept_is_not_reminded,
    "melding op de dag van de breuk": alert_on_the_day,
    "geen overdracht zonder grond": hand_over_is_grounded,
    "niets gaat wanneer het niet mag": goes_when_it_may,
    "geen stap twee keer": never_twice,
    "hoogstens een stap gepland": one_step_each,
    "sommen gelijk aan standen": sums_agree,
}


@dataclass(slots=True)
class Tally:
    """How often something was looked at, how often it was wrong, and the first few of those."""

    name: str
    checks: int = 0
    breaches: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, found: Checks) -> None:
        for wrong in found:
            self.checks += 1
            if wrong:
                self.breaches += 1
                self.examples += [wrong][: _EXAMPLES - len(self.examples)]

    def plain(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "checks": self.checks,
            "breaches": self.breaches,
            "examples": self.examples,
        }
