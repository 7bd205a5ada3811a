"""The form of a contact: what stands in it before anything is typed, and what was typed, with what is wrong beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import TypeVar
from uuid import UUID, uuid4

from django.http import QueryDict
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy

from tijdig.base.days import AMSTERDAM
from tijdig.contacts.kinds import (
    CAUSE_LABEL,
    NEXT_STEP_LABEL,
    OUTCOME_LABEL,
    WHO_LABEL,
    Channel,
    Direction,
    NextStep,
    Outcome,
    Reached,
    Who,
)
from tijdig.contacts.talk import SOUGHT, SPOKEN, fits
from tijdig.contacts.values import ContactDraft, Fault, fault
from tijdig.law.contact_hours import DAY_MINUTES
from tijdig.tenancies.queries_reach import Resident
from tijdig.web.law_forms import Typed

E = TypeVar("E", bound=StrEnum)
HOW: dict[Channel, str | Lazy] = {
    Channel.PHONE: gettext_lazy("Gebeld"),
    Channel.SMS: gettext_lazy("Sms of app"),
    Channel.EMAIL: gettext_lazy("E-mail"),
    Channel.LETTER: gettext_lazy("Brief"),
    Channel.VISIT: gettext_lazy("Bezocht"),
    Channel.DESK: gettext_lazy("Aan de balie"),
    Channel.VIDEO: gettext_lazy("Videogesprek"),
}
BEGAN: dict[Direction, str | Lazy] = {
    Direction.OUT: gettext_lazy("Wij"),
    Direction.IN: gettext_lazy("De huurder"),
}
GOT: dict[Reached, str | Lazy] = {
    Reached.TALKED: gettext_lazy("Gesproken"),
    Reached.MESSAGE: gettext_lazy("Voicemail of bericht"),
    Reached.NONE: gettext_lazy("Niet bereikt"),
}
FIELDS = (
    "hoe", "begon", "bereikt", "wie", "uitkomst", "oorzaak", "bedrag", "toegezegd_op", "vervolg", "vervolg_op",
    "wanneer_dag", "wanneer_tijd", "minuten", "notitie",
)  # fmt: skip
_MISSING = {
    "hoe": "Kies hoe het contact was.",
    "begon": "Kies wie het contact begon.",
    "bereikt": "Kies of u iemand bereikte.",
    "wie": "Kies met wie het contact was.",
    "uitkomst": "Kies wat de uitkomst is.",
    "vervolg": "Kies wat u gaat doen. Doet u niets? Kies ‘geen vervolg’.",
}
_TIME_UNREAD = "'{}' is geen tijd. Schrijf bijvoorbeeld 14:30."
_TIME_MISSING = "Vul ook de tijd in, bijvoorbeeld 14:30."
_FIELD = {
    "moment_future": "wanneer_dag",
    "moment_old": "wanneer_dag",
    "talk_in_writing": "bereikt",
    "outcome_unfit": "uitkomst",
    "cause_unknown": "oorzaak",
    "minutes_wrong": "minuten",
    "note_long": "notitie",
    "promise_missing": "bedrag",
    "promise_unasked": "bedrag",
    "promise_amount": "bedrag",
    "promise_large": "bedrag",
    "promise_before": "toegezegd_op",
    "promise_far": "toegezegd_op",
    "next_past": "vervolg_op",
    "next_missing": "vervolg",
    "person_unknown": "wie",
}
# What may only follow from something that is wrong in another field is not said as well.
_MOOT = {
    "talk_in_writing": {"hoe", "bereikt"},
    "outcome_unfit": {"begon", "bereikt", "uitkomst"},
    "promise_missing": {"uitkomst", "bedrag", "toegezegd_op"},
    "promise_unasked": {"uitkomst"},
    "next_missing": {"vervolg"},
    "moment_future": {"wanneer_dag", "wanneer_tijd"},
    "promise_before": {"wanneer_dag", "wanneer_tijd"},
    "promise_far": {"wanneer_dag", "wanneer_tijd"},
}
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::\d{2})?")
_NUMBER = re.compile(r"-?\d{1,6}")


@dataclass(frozen=True, slots=True)
class Option:
    """One box or button. `given` is what the script needs to know of it, in words."""

    value: str
    label: str | Lazy
    chosen: bool
    given: str = ""


class ContactForm:
    """What was posted, or what an empty form begins with; `draft` is what was typed as far as it can be read."""

    def __init__(
        self, posted: QueryDict | None, *, tenancy_id: int, people: Sequence[Resident], now: datetime
    ) -> None:
        self.asked = posted is not None
        self._given = posted if posted is not None else _begin(people, now)
        self._now = now
        self._people = _people(people)
        self._typed = Typed(self._given, "hoe")
        self.values, self._errors = self._typed.values, self._typed.errors
        self.asked_as = _uuid(self._given.get("formulier", ""))
        self.causes = tuple(self._given.getlist("oorzaak"))
        self.draft = self._read(tenancy_id)
        if not self.asked:
            self._errors.clear()

    @property
    def fresh(self) -> bool:
        """Nothing was sent yet, so the first question gets the focus."""
        return not self.asked

    @property
    def errors(self) -> dict[str, str]:
        """The sentence beside each field, in the order of the form."""
        return {name: self._errors[name] for name in FIELDS if name in self._errors}

    def tell(self, faults: Iterable[Fault]) -> None:
        """Put each beside its field; what a field says of itself goes first."""
        for one in faults:
            if _MOOT.get(one.code, set()) & self._errors.keys():
                continue
            name = _FIELD[one.code]
            if one.code == "promise_missing" and self.draft.promise_cents is not None:
                name = "toegezegd_op"
            self._errors.setdefault(name, one.sentence)

    def options(self) -> dict[str, list[Option]]:
        """The choices of every group, with what was chosen."""
        return {
            "hoe": [self._option("hoe", way, HOW[way], _known_of(way)) for way in Channel],
            "begon": [self._option("begon", one, BEGAN[one]) for one in Direction],
            "bereikt": [self._option("bereikt", one, GOT[one]) for one in Reached],
            "wie": [self._option("wie", value, label) for value, label in self._people.items()],
            "uitkomst": [self._option("uitkomst", one, OUTCOME_LABEL[one], _fits_of(one)) for one in Outcome],
            "oorzaak": [
                Option(one.value, label, one.value in self.causes) for one, label in CAUSE_LABEL.items()
            ],
            "vervolg": [self._option("vervolg", one, NEXT_STEP_LABEL[one]) for one in NextStep],
        }

    def _option(self, name: str, value: str, label: str | Lazy, given: str = "") -> Option:
        return Option(str(value), label, self.values.get(name) == value, given)

    def _read(self, tenancy_id: int) -> ContactDraft:
        """The draft; a field that cannot be read has its usual value here, and its sentence among the errors."""
        who, _, person = self._who().partition(":")
        note = self.values["notitie"] = self._given.get("notitie", "").replace("\r\n", "\n").strip()
        return ContactDraft(
            tenancy_id=tenancy_id,
            channel=self._one_of("hoe", Channel.PHONE),
            direction=self._one_of("begon", Direction.OUT),
            reached=self._one_of("bereikt", Reached.TALKED),
            who=Who(who),
            person_id=int(person) if person else None,
            outcome=self._one_of("uitkomst", Outcome.OTHER),
            causes=self.causes,
            promise_cents=self._typed.amount_or_none("bedrag") or None,
            promise_on=self._typed.day_or_none("toegezegd_op"),
            next_step=self._one_of("vervolg", NextStep.NONE),
            next_on=self._typed.day_or_none("vervolg_op"),
            at=self._moment(),
            minutes=self._minutes(),
            note=note,
            confidential="vertrouwelijk" in self._given,
        )

    def _one_of(self, name: str, usual: E) -> E:
        try:
            return type(usual)(self._typed.line(name))
        except ValueError:
            self._errors[name] = _MISSING[name]
            return usual

    def _who(self) -> str:
        value = self._typed.line("wie")
        if value in self._people:
            return value
        self._errors["wie"] = _MISSING["wie"]
        return Who.TENANT

    def _moment(self) -> datetime:
        """When it was; now where both fields were left empty."""
        day, clock = self._typed.day_or_none("wanneer_dag"), self._clock()
        if clock is None:
            if day is not None and "wanneer_tijd" not in self._errors:
                self._errors["wanneer_tijd"] = _TIME_MISSING
            return self._now
        return datetime.combine(day or self._now.astimezone(AMSTERDAM).date(), clock, AMSTERDAM)

    def _clock(self) -> time | None:
        text = self._typed.line("wanneer_tijd")
        if not text:
            return None
        found = _CLOCK.fullmatch(text)
        try:
            read = time(int(found[1]), int(found[2])) if found else None
        except ValueError:
            read = None
        if read is None:
            self._errors["wanneer_tijd"] = _TIME_UNREAD.format(text)
        else:
            self.values["wanneer_tijd"] = f"{read:%H:%M}"
        return read

    def _minutes(self) -> int | None:
        text = self._typed.line("minuten")
        if not text:
            return None
        if _NUMBER.fullmatch(text):
            return int(text)
        self._errors["minuten"] = fault("minutes_wrong", DAY_MINUTES).sentence
        return None


def _begin(people: Sequence[Resident], now: datetime) -> QueryDict:
    """A call that we made now to the first tenant who lives."""
    local, given = now.astimezone(AMSTERDAM), QueryDict(mutable=True)
    alive = [value for value, one in zip(_people(people), people, strict=False) if one.died_on is None]
    usual = Who.RELATIVE.value if people else Who.TENANT.value
    given["hoe"], given["begon"], given["bereikt"] = (
        Channel.PHONE.value,
        Direction.OUT.value,
        Reached.TALKED.value,
    )
    given["wie"] = alive[0] if alive else usual
    given["vervolg"] = NextStep.NONE.value
    given["wanneer_dag"], given["wanneer_tijd"] = f"{local:%Y-%m-%d}", f"{local:%H:%M}"
    return given


def _people(residents: Sequence[Resident]) -> dict[str, str]:
    """With whom it can have been: the people of the contract by name, and then others. The first is the tenant."""
    known = {
        f"{Who.CO_TENANT if place else Who.TENANT}:{one.id}": name_of(one)
        for place, one in enumerate(residents)
    }
    named = (Who.TENANT, Who.CO_TENANT)[: len(residents)]
    return known | {who.value: label for who, label in WHO_LABEL.items() if who not in named}


def name_of(one: Resident) -> str:
    return " ".join(part for part in (one.initials, one.prefix, one.surname) if part) or WHO_LABEL[Who.TENANT]


def _known_of(way: Channel) -> str:
    """Can one talk this way, and is it a way by which we seek a talk?"""
    return " ".join(word for word, ways in (("spoken", SPOKEN), ("sought", SOUGHT)) if way in ways)


def _fits_of(outcome: Outcome) -> str:
    """With what this outcome goes: `out-talked in-talked`."""
    return " ".join(
        f"{direction}-{reached}"
        for direction in Direction
        for reached in Reached
        if fits(reached, outcome, direction)
    )


def _uuid(text: str) -> UUID:
    try:
        return UUID(hex=text)
    except ValueError:
        return uuid4()
