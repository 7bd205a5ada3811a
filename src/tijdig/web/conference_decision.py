"""The form in which the group decides a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from django.http import QueryDict

from tijdig.access.queries import Colleague
from tijdig.conferences.agenda import Item
from tijdig.conferences.habits import habits
from tijdig.conferences.kinds import CHOOSES, DECISION_LABEL, DONE_BY, Decision
from tijdig.conferences.meeting import Conference
from tijdig.conferences.values import OutcomeDraft
from tijdig.web.asked_form import AskedForm
from tijdig.web.conference_forms import number_of

_DOES = DONE_BY | {Decision.LATER}  # back on the agenda, somebody may find something out first


@dataclass(frozen=True, slots=True)
class Choice:
    """One decision to choose. `given` is what the look of the form needs to know of it."""

    value: str
    label: str
    chosen: bool
    given: str


class DecisionForm(AskedForm):
    """What the group decides of a case; it begins with what stands of it in this conference, else with the usual days.

    `steps` are the steps that a person may choose, `step` is the one that is next. Which step, and who does it, is read only
    where the decision asks for it, so that what a browser sends along for another one is no fault.
    """

    fields: ClassVar[tuple[str, ...]] = ("besluit", "stap", "tot", "wie", "voor", "toelichting")
    places: ClassVar[Mapping[str, str]] = {
        "step_missing": "stap",
        "step_unknown": "stap",
        "step_same": "stap",
        "do_missing": "stap",
        "do_unknown": "stap",
        "do_same": "stap",
        "until_missing": "tot",
        "until_past": "tot",
        "until_far": "tot",
        "who_missing": "wie",
        "colleague_unknown": "wie",
        "do_by_missing": "voor",
        "do_by_past": "voor",
        "do_by_late": "voor",
        "do_by_alone": "voor",
        "explanation_missing": "toelichting",
        "explanation_long": "toelichting",
        "reason_missing": "toelichting",
        "reason_long": "toelichting",
    }

    def __init__(
        self,
        posted: QueryDict | None,
        item: Item,
        held: Conference,
        *,
        steps: Mapping[str, str],
        step: str,
        people: Sequence[Colleague],
        on: date,
    ) -> None:
        super().__init__(posted, _begin(item, held, people, on))
        self.steps, self.people = steps, people
        self.seen = number_of(self._given.get("gezien", ""))
        self.step = self._given.get("in_plaats_van", step)[:40]
        self.draft = self._read(item, held)

    @property
    def choices(self) -> list[Choice]:
        return [
            Choice(one.value, label, self.values["besluit"] == one.value, _given(one))
            for one, label in DECISION_LABEL.items()
        ]

    def _read(self, item: Item, held: Conference) -> OutcomeDraft:
        decision = self._decision()
        step, until_on = self._typed.line("stap"), self._typed.day_or_none("tot")
        who, do_by_on = number_of(self._typed.line("wie")), self._typed.day_or_none("voor")
        if not (does := decision in _DOES):
            self._errors.pop("voor", None)  # out of sight
        return OutcomeDraft(
            item_id=item.id,
            conference_id=held.id,
            seen=self.seen,
            decision=decision,
            reason=self._words("toelichting"),
            until_on=until_on,
            do=step if decision in CHOOSES else "",
            instead_of=self.step,
            who_id=who if does else None,
            do_by_on=do_by_on if does else None,
        )

    def _decision(self) -> Decision | None:
        try:
            return Decision(self._typed.line("besluit"))
        except ValueError:
            return None


def _given(decision: Decision) -> str:
    return " ".join(word for word, those in (("step", CHOOSES), ("who", _DOES)) if decision in those)


def _begin(item: Item, held: Conference, people: Sequence[Colleague], on: date) -> dict[str, str]:
    """What stands of the case in this conference; else as usual, done by whoever put it on the agenda."""
    made, numbers = item.outcome_in(held.id), habits(on)
    begin = {"gezien": str(item.last.id) if item.last else ""}
    if made is None:
        asked_by = item.actor.removeprefix("user:")
        return begin | {
            "tot": f"{on + timedelta(days=numbers.hold_days)}",
            "wie": asked_by if asked_by in {str(one.id) for one in people} else "",
            "voor": f"{on + timedelta(days=numbers.do_days)}",
        }
    return begin | {
        "besluit": made.decision.value,
        "stap": made.do,
        "tot": f"{made.until_on}",
        "wie": str(made.who_id or ""),
        "voor": f"{made.do_by_on or ''}",
        "toelichting": made.reason,
    }
