"""The quantities of the law: one YAML file each beside this module, read once.

Percentages are quoted text in a file and `Fraction` here, amounts are whole cents, so no value is ever a float. Other
units are those of the file. Which keys a file may have is held by `tests/law/test_quantity.py`.

Example: `quantity("statutory_interest", percent).at(date(2026, 3, 1)).value` is 4, from 1 January 2026.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

from tijdig.law.answer import Source
from tijdig.law.dated import Entry, Quantity

V = TypeVar("V")
_FOLDER = Path(__file__).parent
NOT_QUANTITIES = frozenset({"conventions"})


def percent(raw: Any) -> Fraction:
    """A percentage as written in a file: quoted text or a whole number, never a float. `"0.5"` is 1/2."""
    if not isinstance(raw, str | int):
        raise TypeError(f"a percentage is quoted text or a whole number, not {raw!r}")
    return Fraction(raw)


def percent_text(rate: Fraction) -> str:
    """`6` or `0,5`, as people read it."""
    return str(Decimal(rate.numerator) / Decimal(rate.denominator)).replace(".", ",")


def mapping(raw: Any) -> Mapping[str, Any]:
    """A value that has parts, such as a table."""
    if not isinstance(raw, dict):
        raise TypeError(f"expected named parts, not {raw!r}")
    return raw


@cache
def document(key: str) -> Mapping[str, Any]:
    """The file of a quantity as it stands; `key` is its name without `.yaml`."""
    return mapping(yaml.safe_load((_FOLDER / f"{key}.yaml").read_text(encoding="utf-8")))


def _entry(file: Mapping[str, Any], row: Mapping[str, Any], read: Callable[[Any], V]) -> Entry[V]:
    source = {"law": file["law"]} | file.get("source", {}) | row.get("source", {})
    return Entry(
        from_on=row["from"],
        value=None if row["value"] is None else read(row["value"]),
        raw=row["value"],
        source=Source(**source),
        checked_on=row.get("checked_on", file.get("checked_on")),
        confirmed=row["confirmed"],
        unsure=tuple(row.get("unsure", ())),
        note=row.get("note", ""),
    )


def quantity(key: str, read: Callable[[Any], V]) -> Quantity[V]:
    """The quantity of that file; `read` makes a value of what the file says. Raises where the file is wrong."""
    file = document(key)
    entries = tuple(_entry(file, row, read) for row in file["values"])
    return Quantity(
        key=key,
        name=file["name"],
        unit=file["unit"],
        law=file["law"],
        review_months=file["review_months"],
        known_until=file.get("known_until"),
        note=file.get("note", ""),
        labels=file.get("labels", {}),
        entries=entries,
        _starts=tuple(entry.from_on for entry in entries),
    )


def _as_is(raw: Any) -> Any:
    return raw


@cache
def quantities() -> tuple[Quantity[Any], ...]:
    """Every quantity of this room, by file name, with its values as the files have them."""
    keys = sorted(path.stem for path in _FOLDER.glob("*.yaml"))
    return tuple(quantity(key, _as_is) for key in keys if key not in NOT_QUANTITIES)


def stale(day: date) -> tuple[Quantity[Any], ...]:
    """The quantities that somebody should look at: not checked for a review period, or not known from next month on."""
    return tuple(one for one in quantities() if one.review_on < day or one.ends_soon(day))
