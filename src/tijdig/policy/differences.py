"""What is different between two ways of working, in sentences that a team reads: steps, their order, conditions, terms.

Decides nothing. `says` puts a condition into words; it comes from whoever has them, because this room stands below those
words. Steps are the same where their code is. Errors: none. Example: "Bellen: voortaan ook als de oudste achterstand ...".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

from tijdig.policy.conditions import Condition
from tijdig.policy.document import Policy, Step
from tijdig.policy.words import ACT_LABEL, BUCKET_LABEL, STAGE_LABEL

Says = Callable[[Condition], str]
_TERMS = {
    "longest_months": "De langste regeling, in maanden",
    "smallest_cents": "Het kleinste bedrag per keer, in centen",
    "grace_days": "De dagen speling voor een termijn",
    "again_after_months": "Opnieuw een regeling na, in maanden",
    "talk_by_days": "Een gesprek uiterlijk na, in dagen",
    "decide_by_days": "Een besluit uiterlijk na, in dagen",
    "warn_days": "Van tevoren in de lijst, in dagen",
    "talk_within_days": "Een gesprek bij oudere achterstand, in dagen na het begin van de zaak",
    "decide_within_days": "Een besluit bij oudere achterstand, in dagen na het begin van de zaak",
    "pause_days": "De pauze als er hulp komt, in dagen",
    "follow_up_days": "Nakijken of de hulp op gang is, na, in dagen",
    "request_pause_days": "De pauze op verzoek van een hulpverlener, in dagen",
    "longest_pause_days": "De langste pauze voor hulp, in dagen",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """About which step (its label), or empty; and what is different."""

    about: str
    sentence: str


def differences(old: Policy, new: Policy, says: Says) -> list[Difference]:
    """Everything that differs, in the order of the new policy; what is gone comes last."""
    return [*_terms(old, new), *_steps(old, new, says), *_gone(old, new)]


def _terms(old: Policy, new: Policy) -> Iterator[Difference]:
    before = asdict(old.arrangements) | asdict(old.deadlines) | asdict(old.help)
    after = asdict(new.arrangements) | asdict(new.deadlines) | asdict(new.help)
    for name, value in after.items():
        if before[name] != value:
            yield Difference("", f"{_TERMS[name]}: {value}, was {before[name]}.")
    if old.floor_cents != new.floor_cents:
        yield Difference("", f"De ondergrens, in centen: {new.floor_cents}, was {old.floor_cents}.")
    for act, minutes in new.minutes.items():
        if old.minutes.get(act) != minutes:
            yield Difference(
                "", f"De tijd voor {ACT_LABEL[act]}: {minutes} minuten, was {old.minutes.get(act)}."
            )


def _steps(old: Policy, new: Policy, says: Says) -> Iterator[Difference]:
    known = {step.code: step for step in old.steps}
    kept = [step.code for step in old.steps if step.code in {one.code for one in new.steps}]
    order = [step.code for step in new.steps if step.code in known]
    for place, step in enumerate(new.steps):
        if step.code not in known:
            after = f"na {new.steps[place - 1].label}" if place else "als eerste"
            when = " en ".join(says(condition) for condition in step.conditions) or "er niets anders past"
            yield Difference(step.label, f"Nieuw, {after}: als {when}.")
            continue
        if _passed(step.code, kept, order):
            yield Difference(
                step.label, f"Komt eerder aan de beurt dan {_label(old, _passed(step.code, kept, order))}."
            )
        yield from _step(known[step.code], step, says)


def _passed(code: str, kept: list[str], order: list[str]) -> str:
    """The first step that this one came before and did not use to; empty where there is none."""
    before = set(kept[: kept.index(code)])
    after = order[order.index(code) + 1 :]
    return next((other for other in after if other in before), "")


def _label(policy: Policy, code: str) -> str:
    return next(step.label for step in policy.steps if step.code == code)


def _step(old: Step, new: Step, says: Says) -> Iterator[Difference]:
    name = new.label
    if old.label != new.label:
        yield Difference(name, f"Heette: {old.label}.")
    lost = [one for one in old.conditions if one not in new.conditions]
    more = [one for one in new.conditions if one not in old.conditions]
    for one in [*more]:
        was = next(
            (other for other in lost if (other.feature, other.comparison) == (one.feature, one.comparison)),
            None,
        )
        if was is not None:
            lost.remove(was)
            more.remove(one)
            yield Difference(name, f"Als {says(one)}; was: {says(was)}.")
    yield from (Difference(name, f"Alleen nog als {says(one)}.") for one in more)
    yield from (Difference(name, f"Niet meer alleen als {says(one)}.") for one in lost)
    if old.do is not new.do:
        yield Difference(name, f"Is nu {ACT_LABEL[new.do]}; was {ACT_LABEL[old.do]}.")
    if old.who is not new.who:
        yield Difference(
            name, "Doet nu een medewerker." if new.who.value == "person" else "Doet nu het programma."
        )
    if old.due_in_days != new.due_in_days:
        yield Difference(name, f"Binnen {new.due_in_days} dagen; was {old.due_in_days}.")
    if old.letter != new.letter:
        yield Difference(name, "Met een andere brief.")
    if old.bucket is not new.bucket:
        yield Difference(
            name, f"De huurder is dan {BUCKET_LABEL[new.bucket]}; was {BUCKET_LABEL[old.bucket]}."
        )
    if old.stage is not new.stage:
        yield Difference(
            name, f"De zaak staat dan op {STAGE_LABEL[new.stage]}; was {STAGE_LABEL[old.stage]}."
        )
    if old.alert != new.alert:
        yield Difference(name, "Geeft nu een melding." if new.alert else "Geeft geen melding meer.")
    if old.why != new.why:
        yield Difference(name, f"De reden luidt nu: {new.why}")


def _gone(old: Policy, new: Policy) -> Iterator[Difference]:
    here = {step.code for step in new.steps}
    for step in old.steps:
        if step.code not in here:
            yield Difference(step.label, "Deze stap is er niet meer.")
