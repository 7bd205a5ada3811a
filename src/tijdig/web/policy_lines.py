"""A way of working as a page shows it: its steps as a time line in words, with who stands where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tijdig.arrears.condition_words import asked
from tijdig.cases.queries_draft import Outlook
from tijdig.letters.kind_words import KIND_NAMES
from tijdig.letters.letter import Kind
from tijdig.policy.document import Policy, Step
from tijdig.policy.words import ACT_LABEL, BUCKET_LABEL, STAGE_LABEL, Act, Stage, Who
from tijdig.policy.writing import Slider

_SHOWN = {  # what stands for the values of a tenant in the reason of a step
    "open": "€ …", "overdue": "€ …", "credit": "€ …", "agreed": "€ …", "came": "€ …", "days": "… dagen",
    "months": "… maanden", "rent_months": "…", "items": "… posten", "debit_day": "…e", "oldest_due": "(dag)",
    "as_of": "(dag)", "since": "(dag)", "arrears_days": "… dagen", "repeats": "… keer",
    "phone_attempts": "… keer", "visit_attempts": "… keer", "days_to_due": "… dagen",
    "new_overdue": "€ …", "frozen": "€ …", "begun": "(dag)",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step: what it asks for, what is done by whom and by when, and how many tenancies stand there."""

    number: int
    step: Step
    conditions: tuple[str, ...]
    what: str
    who: str
    within: str
    letter: str
    bucket: str
    stage: str
    why: str
    tenancies: int
    overdue_cents: int
    sliders: tuple[tuple[Slider, str], ...]


def time_line(policy: Policy, outlook: Outlook, sliders: Sequence[Slider] = ()) -> list[StepLine]:
    """The steps in their order, each with its sliders where it has any."""
    by_step: dict[str, list[Slider]] = {}
    for one in sliders:
        by_step.setdefault(one.step.code, []).append(one)
    counts = {one.step.code: one for one in outlook.steps}
    return [
        _line(number, step, counts[step.code].tenancies, counts[step.code].overdue_cents, by_step)
        for number, step in enumerate(policy.steps, 1)
    ]


def _line(
    number: int, step: Step, tenancies: int, cents: int, sliders: Mapping[str, Sequence[Slider]]
) -> StepLine:
    own = tuple((one, asked(one.condition)) for one in sliders.get(step.code, ()) if one.condition)
    return StepLine(
        number=number,
        step=step,
        conditions=tuple(asked(condition) for condition in step.conditions),
        what="" if step.do is Act.NONE else ACT_LABEL[step.do],
        who="een medewerker" if step.who is Who.PERSON else "het programma",
        within="dezelfde dag"
        if step.due_in_days == 0
        else f"binnen {step.due_in_days} {'dag' if step.due_in_days == 1 else 'dagen'}",
        letter=KIND_NAMES[Kind(step.letter)] if step.letter else "",
        bucket=BUCKET_LABEL[step.bucket],
        stage="" if step.stage is Stage.NONE else STAGE_LABEL[step.stage],
        why=step.why.format(**_SHOWN),
        tenancies=tenancies,
        overdue_cents=cents,
        sliders=own,
    )
