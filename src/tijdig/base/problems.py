"""Error values: what was wrong, where, with the text itself, so that nothing is lost and a person can repair it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that could not be read or posted.

    `code` names the sentence (a room keeps its table of Dutch sentences), `params` fill it, `place` says where
    in the file (`"Stmt 1, Ntry 3"` or `"regel 17"`), `text` is the line itself. `fatal` refuses the whole file.
    """

    code: str
    place: str = ""
    text: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    fatal: bool = False
