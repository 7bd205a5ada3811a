"""A decision of the group in one Dutch sentence, and who does it by when.

Decides nothing. `labels` are the names of the steps by their code; a step that is gone goes by its code. Example: *een
andere stap*, visit in place of call until 30 November: `In plaats van bellen: huisbezoek, tot en met 30-11-2026`.
Left out: why, which the group wrote itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from tijdig.conferences.kinds import DECISION_LABEL, Decision


class Decided(Protocol):
    """A decision, written down or still a draft."""

    @property
    def decision(self) -> Decision | None: ...
    @property
    def until_on(self) -> date | None: ...
    @property
    def instead_of(self) -> str: ...
    @property
    def do(self) -> str: ...


def told(made: Decided, labels: Mapping[str, str]) -> str:
    """What was decided; empty for a draft without a decision or a last day."""
    if made.decision is None or made.until_on is None:
        return ""
    until = _written(made.until_on)
    step, do = (labels.get(code, code) for code in (made.instead_of, made.do))
    if made.decision is Decision.OTHER_STEP:
        return f"In plaats van {_lower(step)}: {_lower(do)}, tot en met {until}"
    words = DECISION_LABEL[made.decision]
    words = words[:1].upper() + words[1:]
    if made.decision is Decision.LATER:
        return f"{words}; de stap {_lower(step)} wacht tot en met {until}"
    return f"{words}, geldt tot en met {until}"


def doer(name: str, by_on: date | None) -> str:
    """`Ada doet dit, uiterlijk 09-11-2026`; empty where nobody was named."""
    if not name:
        return ""
    return f"{name} doet dit, uiterlijk {_written(by_on)}" if by_on else f"{name} doet dit"


def _lower(label: str) -> str:
    """Within a sentence, but not where it begins with an abbreviation."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _written(day: date) -> str:
    return f"{day:%d-%m-%Y}"
