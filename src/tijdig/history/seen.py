"""What of a subject somebody had seen when he began to write, as a short text that a form carries.

Decides whether an event was there to be seen. The text names the newest events of the subject, `REMEMBERED` at most; what
is older than those was seen too. It names them one by one, because ids are drawn before commit: an event with a lower
number may come to light after one with a higher.

Units: ids of events. Errors: none; a text that no form made is `None`. Worked example: of a tenancy with events 4, 9 and 12
the text is `4-9-12`. Event 13 was not seen, nor was event 10, which was being written at that moment.

Left out: a clock, because two of them never agree; and which events matter, which is for whoever asks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

REMEMBERED = 12
_NOTHING = "0"
_LONGEST = 300  # signs


@dataclass(frozen=True, slots=True)
class Seen:
    """The newest events that were there, in the order of their ids."""

    ids: tuple[int, ...]

    @property
    def text(self) -> str:
        """As a form carries it."""
        return "-".join(map(str, self.ids)) or _NOTHING

    @property
    def floor(self) -> int:
        """Everything below this was seen; 0 where the ids are all that there was."""
        return self.ids[0] if len(self.ids) >= REMEMBERED else 0

    def has(self, event_id: int) -> bool:
        return event_id in self.ids or event_id < self.floor


def of_ids(ids: Iterable[int]) -> Seen:
    """The newest of these."""
    return Seen(tuple(sorted(set(ids)))[-REMEMBERED:])


def read(text: str) -> Seen | None:
    """What a form carried; None where it carried nothing that is of us."""
    if text == _NOTHING:
        return Seen(())
    parts = text.split("-")
    if len(text) > _LONGEST or not all(one.isascii() and one.isdigit() for one in parts):
        return None
    return of_ids(map(int, parts))
