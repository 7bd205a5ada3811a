"""Lists by the page or after a cursor, as the standard asks for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tijdig.vera.values import MOST_A_PAGE, USUAL_A_PAGE, Owner, Page, Refused


@dataclass(frozen=True, slots=True)
class Asked:
    """How a list is asked for: as of a day, which page or after which cursor, and what of it."""

    on: date
    size: int
    number: int
    after: int | None
    where: Mapping[str, str]


def asked(
    on: date, today: date, size: int | None, number: int | None, cursor: str, where: Mapping[str, str]
) -> Asked:
    """`Refused` for what cannot be asked."""
    if on > today:
        raise Refused(400, "peildatum", "De peildatum ligt in de toekomst. Vraag vandaag of een eerdere dag.")
    if size is not None and not 1 <= size <= MOST_A_PAGE:
        raise Refused(400, "aantal_per_pagina", f"Vraag 1 tot en met {MOST_A_PAGE} resultaten per pagina.")
    if number is not None and number < 1:
        raise Refused(400, "pagina", "De eerste pagina is 1.")
    if cursor and not (cursor.isascii() and cursor.isdigit() and len(cursor) < 19):
        raise Refused(400, "cursor", "Deze cursor kennen wij niet. Begin opnieuw zonder cursor.")
    return Asked(on, size or USUAL_A_PAGE, number or 1, int(cursor) if cursor else None, where)


@dataclass(frozen=True, slots=True)
class Row:
    """What a list is chosen from."""

    id: int
    owner: Owner
    tenancy_id: int
    fields: Mapping[str, str]
    of: Any


def page_of(rows: Sequence[Row], want: Asked) -> tuple[list[Row], Page]:
    """The rows of this page, in the order of their ids, so that what is new comes last and nothing is told twice."""
    known = sorted((one for one in rows if _fits(one, want.where)), key=lambda one: one.id)
    if want.after is not None:
        later = [one for one in known if one.id > want.after]
        shown, number = later[: want.size], 1 + (len(known) - len(later)) // want.size
        rest = len(later) > want.size
    else:
        first = (want.number - 1) * want.size
        shown, number, rest = known[first : first + want.size], want.number, len(known) > first + want.size
    return shown, Page(len(known), want.size, number, str(shown[-1].id) if rest else "")


def _fits(row: Row, where: Mapping[str, str]) -> bool:
    return all(row.fields.get(name) == value for name, value in where.items())


def by_owner(rows: Sequence[Row]) -> list[tuple[Owner, list[Row]]]:
    """The rows of a page by whose they are, each of which is asked within its own wall."""
    found: dict[int, tuple[Owner, list[Row]]] = {}
    for row in rows:
        found.setdefault(row.owner.id, (row.owner, []))[1].append(row)
    return list(found.values())


def in_order(page: Page) -> Page:
    """The page with its messages by number, whoever they are of."""
    page.messages.sort(key=lambda one: int(str(one["id"])))
    return page
