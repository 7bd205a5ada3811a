"""The page on which the next step is done, as one button; the same after a talk and in the dossier."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from tijdig.access.roles import Right, may
from tijdig.cases.queries_talk import step_of
from tijdig.cases.values import TenancyFile
from tijdig.policy.words import REACHING, Act


@dataclass(frozen=True, slots=True)
class Way:
    """One button: where it leads, and its words."""

    url: str
    label: str


_STEP_AT: dict[Act, tuple[str, Right]] = {
    Act.CALL: ("talk", Right.LOG_CONTACT),
    Act.VISIT: ("talk", Right.LOG_CONTACT),
    Act.ARRANGE: ("arrangement", Right.ARRANGE),
    Act.CONFER: ("conference-ask", Right.CONFER),
    Act.DECIDE: ("ruling", Right.RULE),
    Act.LETTER: ("letter-choose", Right.WRITE_LETTER),
    Act.HAND_OVER: ("hand-over", Right.RULE),
    Act.EARLY_SIGNAL: ("signal", Right.RULE),
}
_STEP_BESIDE: dict[Act, tuple[str, Right]] = {
    Act.MATCH_PAYMENT: ("queue", Right.ASSIGN),
    Act.ANSWER: ("replies", Right.LOG_CONTACT),
    Act.FOURTEEN_DAY_LETTER: ("approve", Right.WRITE_LETTER),
}


def step_way(role: str, file: TenancyFile) -> Way | None:
    """The page on which the next step is done; none where there is nothing to do for who is here."""
    step, pk = step_of(file), file.tenancy_id
    if step is None:
        return None
    if step.do in _STEP_BESIDE:
        name, right = _STEP_BESIDE[step.do]
        of_whom = f"?huurder={pk}" if step.do is Act.MATCH_PAYMENT else ""
        return Way(f"{reverse(name)}{of_whom}", file.step_label) if may(role, right) else None
    name, right = _STEP_AT.get(step.do, ("", Right.LOG_CONTACT))
    if not name or not may(role, right):
        return None
    if step.do is Act.LETTER and step.letter:
        return Way(reverse("letter-new", args=[pk, step.letter]), file.step_label)
    visit = "?hoe=visit" if step.do is Act.VISIT else ""
    return Way(f"{reverse(name, args=[pk])}{visit}", file.step_label)


def beside_the_talk(role: str, file: TenancyFile) -> Way | None:
    """The same, where the next step is anything but a talk: that has a button of its own."""
    step = step_of(file)
    return None if step is None or step.do in REACHING or not file.alert else step_way(role, file)
