"""Values come back as they went, whatever kind of value they are."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field

import pytest

from tijdig.sandbox.frames import of_runs, runs


@dataclass(frozen=True, slots=True)
class ByPlace:
    a: int
    b: str = "b"


@dataclass(frozen=True, slots=True, kw_only=True)
class ByName:
    a: int
    b: str = "b"


@dataclass(frozen=True, slots=True)
class Mixed:
    a: int
    b: str = field(default="b", kw_only=True)


@dataclass(frozen=True)
class Open:
    a: int
    b: str = "b"


@pytest.mark.parametrize("kind", [ByPlace, ByName, Mixed, Open])
def test_a_value_of_any_kind_comes_back(kind: type) -> None:
    values = [kind(a=1), kind(a=2, b="x"), 7, kind(a=3)]
    assert list(of_runs(pickle.loads(pickle.dumps(runs(values))))) == values
