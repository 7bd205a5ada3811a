"""What comes of loading drafts. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from tijdig.base.problems import Problem
from tijdig.tenancies.drafts import PersonDraft

_T = TypeVar("_T")


@dataclass(slots=True)
class Loaded:
    """How many of each were new or changed, and what pointed to nothing."""

    counts: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    held_back: list[PersonDraft] = field(default_factory=list)  # erased, and renting nothing so far
    touched: set[int] = field(default_factory=set)  # tenancies whose search text or evaluation may change


def known(
    run: list[_T], ids: dict[str, int], key: Callable[[_T], str], code: str, result: Loaded
) -> list[_T]:
    """Those whose key is known; the rest become problems."""
    good = [draft for draft in run if key(draft) in ids]
    result.problems += [
        Problem(code, text=repr(draft)[:400], params={"key": key(draft)})
        for draft in run
        if key(draft) not in ids
    ]
    return good


def count(result: Loaded, name: str, changed: int) -> None:
    result.counts[name] = result.counts.get(name, 0) + changed
