"""A short guide to talk with per root cause, and which kinds of helper fit it (`guides.yaml`).

Decides nothing: it is what experienced consultants say to each other. Each has a first question, what to ask on, what one
can offer, what one leaves, and the helpers that fit. Units: none. Errors: `KeyError` at the first reading for a cause
without a guide, which a test looks for. Example: `guide(Cause.WORK_LOST).helpers` begins with the neighbourhood team.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tijdig.contacts.kinds import Cause
from tijdig.help.helper import KIND_LABEL, Helper, HelperKind


@dataclass(frozen=True, slots=True)
class Guide:
    """What to say and offer. All in Dutch."""

    cause: Cause
    begin: str
    ask: tuple[str, ...]
    offer: tuple[str, ...]
    avoid: str
    helpers: tuple[HelperKind, ...]

    @property
    def helpers_label(self) -> str:
        return ", ".join(KIND_LABEL[one] for one in self.helpers)


@cache
def guides() -> dict[Cause, Guide]:
    """By cause; every cause has one."""
    raw: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("guides.yaml").read_text(encoding="utf-8"))
    return {
        cause: Guide(
            cause,
            raw[cause]["begin"],
            tuple(raw[cause]["ask"]),
            tuple(raw[cause]["offer"]),
            raw[cause]["avoid"],
            tuple(HelperKind(one) for one in raw[cause]["helpers"]),
        )
        for cause in Cause
    }


def guide(cause: Cause) -> Guide:
    """Of one cause."""
    return guides()[cause]


def fitting(helpers: Iterable[Helper], causes: Iterable[Cause]) -> list[Helper]:
    """Those whose help fits one of these causes first, in the order of the guides; the others after them."""
    wanted = list(dict.fromkeys(kind for cause in causes for kind in guide(cause).helpers))
    return sorted(
        helpers, key=lambda one: (wanted.index(one.kind) if one.kind in wanted else len(wanted), one.name)
    )
