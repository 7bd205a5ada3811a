"""The letters that went to a tenant as a claim reads them: when each was sent, whether it arrived, what it announced.

Decides which steps belong to one message: those about the same subject. A message that came back never arrived, also where
the carrier said before that it did, and also where it came back after the day of the claim: what never arrived did not
arrive then either.

Example: sent on 2 March and come back on 5 March is a notice with `bounced_on` 5 March, in a claim of 4 March too.
Left out: what a letter said beyond its `LetterFacts`; calls and visits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from tijdig.law.conventions import DEFAULT, Conventions
from tijdig.steps.kinds import Kind, LetterFacts, Step

KINDS = (Kind.LETTER_SENT, Kind.LETTER_DELIVERED, Kind.LETTER_BOUNCED)


@dataclass(frozen=True, slots=True)
class Notice:
    """One message that was sent. By the conventions of the day of the letter its term and its costs are reckoned."""

    subject: str
    sent_on: date
    facts: LetterFacts
    delivered_on: date | None = None
    bounced_on: date | None = None
    conventions: Conventions = DEFAULT

    @property
    def announces_costs(self) -> bool:
        return self.facts.fee_cents > 0


def notices(
    steps: Iterable[Step], as_of: date, conventions_on: Callable[[date], Conventions] = lambda day: DEFAULT
) -> tuple[Notice, ...]:
    """What was sent up to a day, oldest first. Give all steps there are, also those after the day."""
    known = sorted(steps, key=lambda step: (step.effective_on, step.id))
    arrived = {step.subject: step.effective_on for step in known if step.kind is Kind.LETTER_DELIVERED}
    back = {step.subject: step.effective_on for step in known if step.kind is Kind.LETTER_BOUNCED}
    return tuple(
        Notice(
            step.subject,
            step.effective_on,
            facts,
            arrived.get(step.subject),
            back.get(step.subject),
            conventions_on(facts.made_on or step.effective_on),
        )
        for step in known
        if step.kind is Kind.LETTER_SENT and step.effective_on <= as_of
        for facts in [LetterFacts.of(step.facts)]
    )
