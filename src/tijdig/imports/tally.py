"""What came of a file, counted while it is read; and the refusal of a whole file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tijdig.base.problems import Problem


class Refused(Exception):  # noqa: N818 - it names a decision about the file, not a fault in the code
    """The whole file is refused; nothing of it is kept but this reason and the text at fault."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


@dataclass(slots=True)
class Tally:
    """What came of a file."""

    counts: Counter[str] = field(default_factory=Counter)
    credit_cents: int = 0
    debit_cents: int = 0
    statements: int = 0
    entries: int = 0
    balanced: bool | None = None
    problems: list[Problem] = field(default_factory=list)

    def add(self, settled: Tally) -> None:
        """Take in what came of the lines."""
        self.counts.update(settled.counts)
        self.credit_cents += settled.credit_cents
        self.debit_cents += settled.debit_cents
        self.problems += settled.problems
