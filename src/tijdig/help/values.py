"""What is written down about signals, and what may be wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tijdig.help.kinds import MARK_LABEL, RESULT_LABEL, Mark, Result


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalityDraft:
    """A municipality as a person writes it down; `sheet` and `answers` as text, one thing a line."""

    name: str
    code: str
    towns: tuple[str, ...]
    platform: str
    agreed_on: date | None
    help_line: str
    sheet: str
    answers: str


@dataclass(frozen=True, slots=True)
class Municipality:
    """Where signals of these towns go."""

    id: int
    name: str
    code: str
    towns: tuple[str, ...]
    platform: str
    agreed_on: date | None
    help_line: str
    sheet: str
    answers: str


@dataclass(frozen=True, slots=True)
class Marked:
    """What became of a signal: `reason` is a Dutch sentence, empty where there is none to tell."""

    kind: Mark
    on: date
    name: str
    reason: str
    amount_cents: int | None
    recorded_at: datetime

    @property
    def label(self) -> str:
        return MARK_LABEL[self.kind]


@dataclass(frozen=True, slots=True)
class Answered:
    """What the municipality said came of it."""

    result: Result
    answered_on: date
    attempts: int | None

    @property
    def label(self) -> str:
        return RESULT_LABEL[self.result]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One signal with what became of it, the oldest first."""

    id: int
    tenancy_id: int
    municipality_id: int
    municipality: str
    decided_on: date
    since_on: date
    amount_cents: int
    actor: str
    name: str
    recorded_at: datetime
    marks: tuple[Marked, ...] = ()
    answers: tuple[Answered, ...] = ()

    @property
    def sent(self) -> Marked | None:
        return self._mark(Mark.SENT)

    @property
    def refused(self) -> Marked | None:
        return self._mark(Mark.REFUSED)

    @property
    def waits(self) -> bool:
        """Decided, and neither sent nor withdrawn yet."""
        return self.sent is None and self._mark(Mark.WITHDRAWN) is None

    @property
    def stands(self) -> str:
        """Where it stands, in words."""
        if self.answers:
            return self.answers[-1].label
        last = self.marks[-1].label if self.marks else "besloten, nog niet gemeld"
        return last

    def _mark(self, kind: Mark) -> Marked | None:
        return next((one for one in self.marks if one.kind is kind), None)


def plain(fields: dict[str, object]) -> dict[str, object]:
    """As history keeps them: a day in its written form."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items()}
