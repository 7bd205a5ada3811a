"""What goes to a partner at a hand-over, as a document with a contents page.

Decides which sections there are and what they say; of what the agreement does not show there is no section. Units: whole
cents as they are read. Errors: none. Worked example: a claim of two months without costs has the sections claim, account,
letters, contact, household. Left out: how it is set on paper (`letters.render`), and notes, which never go.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tijdig.base.money import euro


@dataclass(frozen=True, slots=True)
class Table:
    """`money` are the columns with amounts, from the left; `widths` how wide each is against the others."""

    columns: tuple[str, ...]
    widths: tuple[int, ...]
    money: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    title: str
    sentences: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """Everything of one file on the day on which it was handed over."""

    corporation: str
    partner: str
    on: date
    names: tuple[str, ...]
    address: str
    contract_number: str
    why: str
    by: tuple[str, ...]
    phone: str = ""
    email: str = ""
    claim_cents: int | None = None
    claim_parts: tuple[tuple[str, int], ...] = ()
    claim_doubts: tuple[str, ...] = ()
    open: tuple[tuple[str, date, int], ...] = ()
    account: tuple[tuple[date, str, int, int], ...] = ()
    letters: tuple[tuple[date, str, str], ...] | None = None
    contacts: tuple[tuple[date, str, str], ...] | None = None
    needs: tuple[str, ...] | None = None
    checked: tuple[tuple[str, str], ...] = field(default=())


def document(given: Package) -> dict[str, Any]:
    """The data of the template."""
    who = " en ".join(given.names) or given.contract_number
    facts = [
        ("Huurder", who),
        ("Adres", given.address),
        ("Contract", given.contract_number),
        *([("Telefoon", given.phone)] if given.phone else []),
        *([("E-mail", given.email)] if given.email else []),
        ("Van", given.corporation),
        ("Aan", given.partner),
        ("Overgedragen op", _day(given.on)),
        ("Waarom", given.why),
        ("Besloten door", " en ".join(given.by)),
    ]
    return {
        "title": f"Dossier {who}",
        "author": given.corporation,
        "day": [given.on.year, given.on.month, given.on.day],
        "footer": f"{given.corporation}, contract {given.contract_number}, {_day(given.on)}",
        "contents": "Inhoud",
        "facts": facts,
        "sections": [_plain(one) for one in sections(given)],
    }


def sections(given: Package) -> list[Section]:
    """In the order of the document."""
    found = [_claim(given), _open(given), _account(given)]
    if given.letters is not None:
        found.append(_letters(given.letters))
    if given.contacts is not None:
        found.append(_contacts(given.contacts))
    if given.needs is not None:
        none = ("Over het huishouden is niets bijzonders bekend.",)
        found.append(Section(title="Wat het huishouden nodig heeft", sentences=given.needs or none))
    found.append(Section(title="Wat bij de overdracht is nagekeken", facts=given.checked))
    return found


def _claim(given: Package) -> Section:
    if given.claim_cents is None:
        return Section(
            title="De vordering", sentences=("De vordering is niet uit te rekenen.", *given.claim_doubts)
        )
    parts = tuple((label, euro(cents)) for label, cents in given.claim_parts)
    return Section(
        title="De vordering",
        sentences=given.claim_doubts,
        facts=(*parts, ("Samen", euro(given.claim_cents))),
    )


def _open(given: Package) -> Section:
    rows = tuple((label, _day(due_on), euro(cents)) for label, due_on, cents in given.open)
    return Section(title="Wat open staat", table=Table(("Wat", "Vervaldag", "Open"), (6, 2, 2), (2,), rows))


def _account(given: Package) -> Section:
    rows = tuple((_day(on), label, euro(cents), euro(balance)) for on, label, cents, balance in given.account)
    return Section(
        title="De rekening", table=Table(("Dag", "Wat", "Bedrag", "Saldo"), (2, 5, 2, 2), (2, 3), rows)
    )


def _letters(letters: Sequence[tuple[date, str, str]]) -> Section:
    rows = tuple((_day(on), label, proof) for on, label, proof in letters)
    return Section(
        title="Brieven, met het bewijs van verzending",
        table=Table(("Dag", "Brief", "Bewijs"), (2, 4, 4), (), rows),
    )


def _contacts(contacts: Sequence[tuple[date, str, str]]) -> Section:
    rows = tuple((_day(on), how, outcome) for on, how, outcome in contacts)
    return Section(title="Contact", table=Table(("Dag", "Hoe", "Wat kwam eruit"), (2, 4, 4), (), rows))


def _day(day: date) -> str:
    return f"{day:%d-%m-%Y}"


def _plain(one: Section) -> dict[str, Any]:
    table = one.table
    return {
        "title": one.title,
        "sentences": list(one.sentences),
        "facts": [list(pair) for pair in one.facts],
        "table": None
        if table is None or not table.rows
        else {
            "columns": list(table.columns),
            "widths": list(table.widths),
            "money": list(table.money),
            "rows": [list(row) for row in table.rows],
        },
    }
