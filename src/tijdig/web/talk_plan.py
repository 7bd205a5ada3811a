"""The calculator of a talk: what a tenant can miss each time, and the arrangement that follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.http import QueryDict
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy

from tijdig.arrangements.kinds import RHYTHM_LABEL, Rhythm
from tijdig.arrangements.plan import Ask, Extra, Fault, beginning
from tijdig.base.money import euro
from tijdig.cases.actions_talk import Agreed
from tijdig.cases.queries_arrange import Ground, Proposal, propose
from tijdig.web.contact_form import Option
from tijdig.web.law_forms import Typed

FIELDS = ("per_keer", "eerste", "ritme", "extra", "extra_op", "reden")
_STEP_CENTS, _TEN_CENTS = 5_00, 10_00
_LONGEST_REASON = 400
_EXTRA = "Vul bij een extra betaling een bedrag en een dag in."
_FIELD = {
    "no_instalment": "per_keer",
    "too_many": "per_keer",
    "first_past": "eerste",
    "first_far": "eerste",
    "extra_wrong": "extra",
    "reason_missing": "reden",
    "reason_long": "reden",
}


class Close(StrEnum):
    """Is the arrangement made in the talk?"""

    NOW = "nu"
    ASKED = "voorstel"
    LATER = "later"


CLOSE: dict[Close, str | Lazy] = {
    Close.NOW: gettext_lazy("Spreek dit nu af"),
    Close.ASKED: gettext_lazy("De huurder moet nog ja zeggen"),
    Close.LATER: gettext_lazy("Nog niet: de regeling komt later"),
}


@dataclass(frozen=True, slots=True)
class Slide:
    """The ends of the slider and where it stands, in whole euros."""

    least: int
    most: int
    step: int
    now: int


class TalkPlan:
    """What was typed at the calculator; before that, half a year in whole tens, to begin the talk with."""

    def __init__(self, given: QueryDict | None, ground: Ground) -> None:
        self.ground, self.faults = ground, tuple[Fault, ...]()
        given = given if given is not None and "per_keer" in given else self._suggested()
        self.typed = Typed(given, "per_keer")
        self.chosen = frozenset(int(one) for one in given.getlist("post") if one.isascii() and one.isdigit())
        self.close = self.typed.choice("afspraak", Close.NOW)
        self.ask = self._ask(given.get("gezien", ""))
        self.reason = self.typed.line("reden")[: _LONGEST_REASON + 1]
        # The arrangement that this one replaces, as it was seen: another that came in between is not replaced unseen.
        self.replace = ground.runs is not None and given.get("vervang", "") == str(ground.runs.id)
        self.proposal: Proposal | None = None
        if ground.items and not self.typed.errors:
            self.proposal = propose(
                ground, self.ask, self.chosen, self.reason, requested=self.close is Close.ASKED
            )

    @property
    def agreed(self) -> Agreed | None:
        """What to write down with the talk; nothing where it is left for later."""
        if self.close is Close.LATER:
            return None
        requested = self.close is Close.ASKED
        return Agreed(
            ask=self.ask,
            entries=self.chosen,
            reason=self.reason,
            requested=requested,
            replace=self.replace,
        )

    @property
    def errors(self) -> dict[str, str]:
        """The sentence beside each field of the calculator, in the order of the page."""
        found = dict(self.typed.errors)
        for fault in (*(self.proposal.faults if self.proposal else ()), *self.faults):
            found.setdefault(_FIELD.get(fault.code, "per_keer"), fault.sentence)
        return {name: found[name] for name in FIELDS if name in found}

    @property
    def slide(self) -> Slide:
        most_cents = -(-self.ground.overdue_cents // _TEN_CENTS) * _TEN_CENTS
        now_cents = min(max(self.ask.instalment_cents, _STEP_CENTS), max(most_cents, _TEN_CENTS))
        return Slide(
            _STEP_CENTS // 100, max(most_cents, _TEN_CENTS) // 100, _STEP_CENTS // 100, now_cents // 100
        )

    @property
    def rhythms(self) -> list[Option]:
        return [
            Option(one.value, label, self.typed.values["ritme"] == one.value)
            for one, label in RHYTHM_LABEL.items()
        ]

    @property
    def closes(self) -> list[Option]:
        return [Option(one.value, label, self.close is one) for one, label in CLOSE.items()]

    @property
    def items(self) -> list[Option]:
        return [
            Option(str(one.entry), f"{one.label}, {euro(one.open_cents)}", one.entry in self.chosen)
            for one in self.ground.items
        ]

    def tell(self, faults: Sequence[Fault]) -> None:
        """What the action says of it."""
        self.faults = tuple(faults)

    def _suggested(self) -> QueryDict:
        given, first = QueryDict(mutable=True), beginning(self.ground.overdue_cents, self.ground.on)
        given["per_keer"] = euro(first.instalment_cents).removeprefix("€\u00a0")
        given["eerste"] = first.first_on.isoformat()
        given.setlist("post", [str(one.entry) for one in self.ground.items])
        return given

    def _ask(self, seen: str) -> Ask:
        extra_cents, extra_on = self.typed.amount_or_none("extra"), self.typed.day_or_none("extra_op")
        if bool(extra_cents) != bool(extra_on):
            self.typed.errors.setdefault("extra", _EXTRA)
        return Ask(
            debt_cents=int(seen) if seen.isascii() and seen.isdigit() else 0,
            instalment_cents=self.typed.amount("per_keer"),
            first_on=self.typed.day("eerste", self.ground.on, must=True),
            rhythm=self.typed.choice("ritme", Rhythm.MONTHLY),
            extras=(Extra(extra_on, extra_cents),) if extra_on and extra_cents else (),
        )
