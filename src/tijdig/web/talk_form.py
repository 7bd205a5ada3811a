"""The form of a talk on one screen: a contact that begins as a call of ours now, with keys, and the arrangement in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import QueryDict
from django.utils.functional import Promise as Lazy

from tijdig.base.days import AMSTERDAM
from tijdig.base.money import euro
from tijdig.cases.opening import Ear
from tijdig.contacts.kinds import (
    NEXT_STEP_LABEL,
    OUTCOME_LABEL,
    Channel,
    Direction,
    NextStep,
    Outcome,
    Reached,
    Who,
)
from tijdig.contacts.talk import SPOKEN
from tijdig.tenancies.queries_reach import Resident
from tijdig.web.contact_form import FIELDS, HOW, ContactForm, Option
from tijdig.web.talk_plan import Close, TalkPlan

PROMISING = (Outcome.PAYS_NOW, Outcome.PROMISE)
KEYS: Mapping[Outcome, str] = {
    Outcome.PROMISE: "t",
    Outcome.ARRANGEMENT_WANTED: "r",
    Outcome.PAYS_NOW: "n",
    Outcome.CANNOT_PAY: "k",
    Outcome.ALREADY_PAID: "a",
    Outcome.HELP_WANTED: "h",
    Outcome.HELP_REFUSED: "w",
    Outcome.DISPUTES: "b",
    Outcome.HOSTILE: "d",
    Outcome.CALL_BACK: "l",
    Outcome.NO_AGREEMENT: "g",
    Outcome.OTHER: "x",
}
_EARS = {
    Who.TENANT: Ear.TENANT,
    Who.CO_TENANT: Ear.TENANT,
    Who.REPRESENTATIVE: Ear.REPRESENTATIVE,
}
_ATTEMPTS: Mapping[str, tuple[Reached, Outcome]] = {
    "geen_gehoor": (Reached.NONE, Outcome.NOT_HOME),
    "bericht": (Reached.MESSAGE, Outcome.NOT_HOME),
    "klopt_niet": (Reached.NONE, Outcome.WRONG_NUMBER),
}
_PROMISE_DAYS = 7
_LONGEST_TALK = timedelta(minutes=90)  # longer, and the page was left open


@dataclass(frozen=True, slots=True)
class Choice:
    """One outcome with the key that chooses it."""

    value: str
    label: str | Lazy
    chosen: bool
    key: str


class TalkForm(ContactForm):
    """What was posted, or what a call that we make now begins with; `plan` is the calculator, where one may arrange."""

    def __init__(
        self,
        posted: QueryDict | None,
        *,
        tenancy_id: int,
        people: Sequence[Resident],
        now: datetime,
        plan: TalkPlan | None,
        overdue_cents: int,
        begin: Mapping[str, str],
    ) -> None:
        self.plan, self._posted = plan, posted
        given = _filled(posted, now) if posted is not None else _begin(people, now, overdue_cents, begin)
        super().__init__(given, tenancy_id=tenancy_id, people=people, now=now)
        if posted is None:
            self.asked = False
            self._errors.clear()
        self._keep(given if posted is None else posted)

    @property
    def errors(self) -> dict[str, str]:
        """The sentence beside each field, in the order of the page."""
        found = {name: self._errors[name] for name in FIELDS if name in self._errors}
        return found | (self.plan.errors if self.asked and self.plan and self.arranges else {})

    @property
    def arranges(self) -> bool:
        """Is an arrangement made in this talk?"""
        wanted = self.draft.outcome is Outcome.ARRANGEMENT_WANTED and "uitkomst" not in self._errors
        return (
            wanted
            and self.plan is not None
            and self.plan.close is not Close.LATER
            and bool(self.plan.ground.items)
        )

    @property
    def began_at(self) -> str:
        return self.values["begonnen"]

    @property
    def ways(self) -> list[Option]:
        return [self._option("hoe", way, HOW[way]) for way in Channel if way in SPOKEN]

    @property
    def outcomes(self) -> list[Choice]:
        """What a talk may come to, in the order of use."""
        chosen = self.values.get("uitkomst")
        return [Choice(one.value, OUTCOME_LABEL[one], chosen == one, key) for one, key in KEYS.items()]

    @property
    def nexts(self) -> list[Option]:
        return [
            self._option("vervolg", one, NEXT_STEP_LABEL[one])
            for one in sorted(NextStep, key=NextStep.NONE.__ne__)
        ]

    @property
    def hears(self) -> list[Option]:
        """With whom it can be, each with what that person may hear."""
        return [Option(one.value, one.label, one.chosen, ear_of(one.value)) for one in self.options()["wie"]]

    def _keep(self, given: QueryDict) -> None:
        """What a part that is out of sight had in it comes back as it was typed."""
        for name in ("bedrag", "toegezegd_op", "minuten", "begonnen"):
            self.values[name] = given.get(name, "")


def ear_of(value: str) -> str:
    """What somebody of the list may hear."""
    return _EARS.get(Who(value.partition(":")[0]), Ear.ELSE).value


def _begin(
    people: Sequence[Resident], now: datetime, overdue_cents: int, begin: Mapping[str, str]
) -> QueryDict:
    """A call that we make now, or what was asked for in the address; whom we call stands first in the list."""
    given = QueryDict(mutable=True)
    place = next((at for at, one in enumerate(people) if one.died_on is None), None)
    named = f"{Who.CO_TENANT if place else Who.TENANT}:{people[place].id}" if place is not None else ""
    given["hoe"], given["begon"] = Channel.PHONE.value, Direction.OUT.value
    given["wie"] = named or (Who.RELATIVE.value if people else Who.TENANT.value)
    for name in begin:
        given[name] = begin[name]
    given["bereikt"], given["vervolg"] = Reached.TALKED.value, NextStep.NONE.value
    given["begonnen"] = now.isoformat()
    if overdue_cents > 0:
        given["bedrag"] = euro(overdue_cents).removeprefix("€\u00a0")
    given["toegezegd_op"] = _usual_day(now).isoformat()
    return given


def _usual_day(now: datetime) -> date:
    return now.astimezone(AMSTERDAM).date() + timedelta(days=_PROMISE_DAYS)


def _filled(posted: QueryDict, now: datetime) -> QueryDict:
    """What was posted, as a contact: an attempt is one button, and what no outcome asks for is not said."""
    given = posted.copy()
    attempt = _ATTEMPTS.get(posted.get("poging", ""))
    given["bereikt"] = Reached.TALKED.value
    given.setdefault("vervolg", NextStep.NONE.value)
    if attempt:
        given["bereikt"], given["uitkomst"] = attempt[0].value, attempt[1].value
        given["vervolg"], given["vervolg_op"] = NextStep.NONE.value, ""
        given.setlist("oorzaak", [])
    if attempt or given.get("uitkomst", "") not in PROMISING:
        given["bedrag"] = given["toegezegd_op"] = ""
    if given["vervolg"] == NextStep.NONE.value:
        given["vervolg_op"] = ""
    if not given.get("minuten", "").strip():
        given["minuten"] = _minutes(posted.get("begonnen", ""), now)
    return given


def _minutes(began: str, now: datetime) -> str:
    """Since the page was opened, counted up; nothing where that is not known or too long ago to be the talk."""
    try:
        taken = now - datetime.fromisoformat(began)
    except (TypeError, ValueError):
        return ""
    if not timedelta(0) <= taken <= _LONGEST_TALK:
        return ""
    return str(max(1, -(-int(taken.total_seconds()) // 60)))


def began_with(query: QueryDict) -> dict[str, str]:
    """How the talk begins, where the address says so: `?hoe=visit`, `?begon=in`."""
    asked = {"hoe": {way.value for way in SPOKEN}, "begon": {one.value for one in Direction}}
    return {name: str(query[name]) for name, known in asked.items() if query.get(name) in known}
