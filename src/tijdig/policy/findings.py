"""One thing that is wrong, or doubtful, with a way of working: which step, what, with an example, and what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`refuses`: such a way of working is not kept. `step` is the code of the step, empty where it is about the whole."""

    code: str
    step: str
    sentence: str
    refuses: bool = True
