"""Looks at every day of a made-up year: what stands in the tables beside plain sums, and the program's own proof."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tijdig.access.scope import organisation_scope
from tijdig.cases.queries_proof import proof
from tijdig.cli.lived.facts import Reader
from tijdig.cli.lived.invariants import CHECKS, Memory, Tally

PROOF = "iedereen op precies een plaats"


@dataclass(slots=True)
class Watch:
    """`proof_days`: every so many days the program proves that nobody is missed."""

    organisation: int
    first: date
    proof_days: int = 1
    tallies: dict[str, Tally] = field(
        default_factory=lambda: {name: Tally(name) for name in (*CHECKS, PROOF)}
    )
    reader: Reader = field(init=False)
    memory: Memory = field(init=False)

    def __post_init__(self) -> None:
        self.reader, self.memory = Reader(self.organisation), Memory(self.first)

    def after_sending(self) -> None:
        self.reader.after_sending()

    def look(self, on: date) -> None:
        """The end of a day."""
        seen = self.reader.read(on)
        self.memory.take(seen)
        for name, check in CHECKS.items():
            self.tallies[name].add(check(self.memory, seen))
        if (on - self.first).days % self.proof_days == 0:
            self._prove(on)

    def _prove(self, on: date) -> None:
        with organisation_scope(self.organisation):
            found = proof(on)
        tally = self.tallies[PROOF]
        wrong = [f"{one.tenancy_id} op {on}: {one.sentence}" for one in (*found.in_none, *found.in_two)]
        tally.add(iter([*wrong, *[""] * (found.tenancies - len(wrong))]))

    @property
    def breaches(self) -> int:
        return sum(one.breaches for one in self.tallies.values())

    def plain(self) -> list[dict[str, Any]]:
        return [one.plain() for one in self.tallies.values()]
