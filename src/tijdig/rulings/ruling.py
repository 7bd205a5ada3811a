"""May this be decided, does it hold on a day, and what does it do in one sentence.

Decides three things. What may be decided: a deviation from a step names that step, another step in its place is another
one, every ruling has a reason and a last day that is not too far off. When it holds: from the day of the decision through
its last day, both included, but no longer on the day on which a person ended it; nobody needs to do anything for it to
end. Which one it replaces: of one tenancy one ruling holds for each place. The places are each step, the pause, and the
decision about the case; a new one ends the earlier one of its own place.

Units: days. Errors: none. Worked example: `visit` in place of `call`, decided on 2 November 2026 until 30 November: it
holds on both days and not on 1 December; ended by a person on 10 November, it holds through the 9th. Until 2 February
2027 is 92 days ahead and may be; until 3 February is `until_far`.

Left out: which steps a corporation has (the caller passes `codes`), and which step follows (`arrears`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta

from tijdig.rulings.habits import habits
from tijdig.rulings.kinds import DECISIONS, DEVIATIONS, LABEL, OF_A_STEP, Kind, State
from tijdig.rulings.values import Draft, Fault, Ruling
from tijdig.rulings.wording import REFUSED

LONGEST_REASON = 400  # signs
_DAY = timedelta(days=1)


def fault(code: str, *parts: object) -> Fault:
    return Fault(code, REFUSED[code].format(*parts))


def last_day(kind: Kind, on: date) -> date:
    """The last day that a ruling of this kind may have when it is made on a day."""
    numbers = habits(on)
    ahead_days = numbers.deviation_days if kind in DEVIATIONS else numbers.decision_days
    return on + timedelta(days=ahead_days)


def draft_faults(draft: Draft, on: date, codes: Collection[str]) -> tuple[Fault, ...]:
    """Why this may not be decided, all at once; nothing where it may. `codes` are the steps that there are."""
    return (
        *_step_faults(draft, codes),
        *_do_faults(draft, codes),
        *_until_faults(draft, on),
        *_reason_faults(draft.reason, "reason_missing"),
    )


def end_faults(ruling: Ruling, reason: str, on: date) -> tuple[Fault, ...]:
    """Why it may not be ended on a day; nothing where it may."""
    if ruling.ended_on:
        return (fault("ended_already", _written(ruling.ended_on)),)
    if ruling.until_on < on:
        return (fault("over_already", _written(ruling.until_on)),)
    return tuple(_reason_faults(reason, "end_reason_missing"))


def over_on(ruling: Ruling) -> date:
    """The first day on which it does not hold any more."""
    return ruling.ended_on or ruling.until_on + _DAY


def holds_on(ruling: Ruling, day: date) -> bool:
    return ruling.from_on <= day < over_on(ruling)


def state_on(ruling: Ruling, day: date) -> State:
    """Where it stands on a day that is not before the day of the decision."""
    if day < over_on(ruling):
        return State.IN_FORCE
    return State.ENDED if ruling.ended_on else State.OVER


def same_place(one: Ruling | Draft, other: Ruling | Draft) -> bool:
    """Are these about the same step, both the pause, or both the decision? Of one tenancy one of them holds."""
    return (one.kind in DECISIONS) == (other.kind in DECISIONS) and one.instead_of == other.instead_of


def told(ruling: Ruling | Draft, labels: Mapping[str, str]) -> str:
    """What it does: `In plaats van bellen: huisbezoek, tot en met 30-11-2026`. `labels` are the names of the steps."""
    until = _written(ruling.until_on)
    step, do = (labels.get(code, code) for code in (ruling.instead_of, ruling.do))
    return {
        Kind.OTHER: f"In plaats van {_lower(step)}: {_lower(do)}, tot en met {until}",
        Kind.LATER: f"{step} pas na {until}",
        Kind.SKIP: f"{step} overslaan, tot en met {until}",
        Kind.PAUSE: f"Pauze: geen stappen, tot en met {until}",
        Kind.HAND_OVER: f"Besluit: naar de deurwaarder, geldt tot en met {until}",
        Kind.ARRANGE: f"Besluit: eerst een regeling, geldt tot en met {until}",
        Kind.HELP: f"Besluit: eerst hulp, geldt tot en met {until}",
        Kind.GO_ON: f"Besluit: doorgaan met het eigen werk, geldt tot en met {until}",
    }[ruling.kind]


def _step_faults(draft: Draft, codes: Collection[str]) -> Iterator[Fault]:
    if draft.kind not in OF_A_STEP:
        if draft.instead_of:
            yield fault("instead_unasked", LABEL[draft.kind])
    elif not draft.instead_of:
        yield fault("instead_missing")
    elif draft.instead_of not in codes:
        yield fault("instead_unknown", draft.instead_of)


def _do_faults(draft: Draft, codes: Collection[str]) -> Iterator[Fault]:
    if draft.kind is not Kind.OTHER:
        if draft.do:
            yield fault("do_unasked", LABEL[draft.kind])
    elif not draft.do:
        yield fault("do_missing")
    elif draft.do not in codes:
        yield fault("do_unknown", draft.do)
    elif draft.do == draft.instead_of:
        yield fault("do_same")


def _until_faults(draft: Draft, on: date) -> Iterator[Fault]:
    last_on = last_day(draft.kind, on)
    if draft.until_on < on:
        yield fault("until_past")
    elif draft.until_on > last_on:
        yield fault("until_far", (last_on - on).days, _written(last_on))


def _reason_faults(reason: str, missing: str) -> Iterator[Fault]:
    if not reason.strip():
        yield fault(missing)
    elif len(reason.strip()) > LONGEST_REASON:
        yield fault("reason_long", LONGEST_REASON)


def _lower(label: str) -> str:
    """Within a sentence, but not where it begins with an abbreviation."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _written(day: date) -> str:
    return f"{day:%d-%m-%Y}"
