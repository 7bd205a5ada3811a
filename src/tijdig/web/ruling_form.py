"""The form of a ruling: what stands in it before anything is chosen, and what was chosen, with what is wrong beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.http import QueryDict

from tijdig.rulings.kinds import DECISIONS, DEVIATIONS, EXPLAINED, LABEL, OF_A_STEP, Kind
from tijdig.rulings.ruling import last_day
from tijdig.rulings.values import Draft, Fault
from tijdig.web.law_forms import Typed

FIELDS = ("soort", "stap", "andere", "tot", "reden")
_KIND_MISSING = "Kies wat u besluit."
_DAY_MISSING = "Vul de laatste dag in, bijvoorbeeld 21-11-2026."
_FIELD = {
    "instead_missing": "stap",
    "instead_unknown": "stap",
    "do_missing": "andere",
    "do_unknown": "andere",
    "do_same": "andere",
    "until_past": "tot",
    "until_far": "tot",
    "reason_missing": "reden",
    "reason_long": "reden",
}


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to decide: what it is called, and what happens then. `given` is what the look needs to know of it."""

    value: str
    label: str
    explained: str
    chosen: bool
    given: str


class RulingForm:
    """What was posted, or an empty form; `draft` is what was chosen as far as it can be read.

    `steps` are the steps by code that a person may choose, `usual` is the one that applies now. A step is read only where
    the kind has one, so that what a browser sends along for another kind is no fault.
    """

    def __init__(self, posted: QueryDict | None, *, steps: Mapping[str, str], usual: str, on: date) -> None:
        self.asked = posted is not None
        self.steps, self._on = steps, on
        given = posted if posted is not None else QueryDict(mutable=True)
        self._typed = Typed(given, "formulier")
        self.values, self._errors = self._typed.values, self._typed.errors
        self.asked_as = _uuid(given.get("formulier", ""))
        self.draft = self._read(given)
        if not self.asked:
            self._errors.clear()
            self.values["stap"] = usual if usual in steps else ""

    @property
    def errors(self) -> dict[str, str]:
        """The sentence beside each field, in the order of the form."""
        return {name: self._errors[name] for name in FIELDS if name in self._errors}

    def tell(self, faults: Iterable[Fault]) -> None:
        """Put each beside its field; what a field says of itself goes first, and a kind must be there to say how long."""
        for one in faults:
            if one.code == "until_far" and "soort" in self._errors:
                continue
            self._errors.setdefault(_FIELD.get(one.code, "soort"), one.sentence)

    @property
    def deviations(self) -> list[Option]:
        return [self._option(kind) for kind in DEVIATIONS]

    @property
    def decisions(self) -> list[Option]:
        return [self._option(kind) for kind in DECISIONS]

    @property
    def deviate_until(self) -> date:
        return last_day(Kind.PAUSE, self._on)

    @property
    def decide_until(self) -> date:
        return last_day(Kind.GO_ON, self._on)

    def _option(self, kind: Kind) -> Option:
        given = "step other" if kind is Kind.OTHER else "step" if kind in OF_A_STEP else ""
        return Option(kind.value, LABEL[kind], EXPLAINED[kind], self.values["soort"] == kind.value, given)

    def _read(self, given: QueryDict) -> Draft:
        step, do = self._typed.line("stap"), self._typed.line("andere")
        reason = self.values["reden"] = given.get("reden", "").replace("\r\n", "\n").strip()
        until_on = self._typed.day_or_none("tot")
        if until_on is None:
            self._errors.setdefault("tot", _DAY_MISSING)
        kind = self._kind()
        return Draft(
            kind=kind,
            instead_of=step if kind in OF_A_STEP else "",
            do=do if kind is Kind.OTHER else "",
            until_on=until_on or self._on,
            reason=reason,
        )

    def _kind(self) -> Kind:
        try:
            return Kind(self._typed.line("soort"))
        except ValueError:
            self._errors["soort"] = _KIND_MISSING
            return Kind.PAUSE


def _uuid(text: str) -> UUID:
    try:
        return UUID(hex=text)
    except ValueError:
        return uuid4()
