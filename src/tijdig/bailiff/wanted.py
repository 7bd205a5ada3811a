"""What somebody of a partner looks for in the list of files, and which page of it.

Decides whether a file fits: every word that was typed stands in its name, address, contract number or their own number,
whatever the accents and capitals; and it is of the corporation and asks what was chosen. Units: none. Errors: none.
Example: `has("vries 14", "De Vries, M.", "Lange Nieuwstraat 14, Utrecht")`. Left out: telephone and e-mail, which an
agreement may hide.
"""

from __future__ import annotations

from dataclasses import dataclass

from tijdig.bailiff.partner_work import Task
from tijdig.tenancies.names import plain

PER_PAGE = 100
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Wanted:
    """`asks`: a task, or `ATTENTION` for whatever asks something; empty for all."""

    words: str = ""
    organisation_id: int = 0
    asks: str = ""
    page: int = 1

    @property
    def narrows(self) -> bool:
        return bool(self.words or self.organisation_id or self.asks)


ATTENTION = "attention"


def does_ask(asks: str, task: Task) -> bool:
    """Is this what was chosen?"""
    if asks == ATTENTION:
        return task is not Task.GOES
    return not asks or task.name.lower() == asks


def has(words: str, *texts: str) -> bool:
    """Does every word stand in one of these?"""
    there = _plain(" ".join(texts))
    return all(one in there for one in _plain(words).split())


def _plain(text: str) -> str:
    """`104.233` as `104233`, because people write it both ways."""
    return plain(text).replace(".", "")
