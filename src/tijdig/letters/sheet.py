"""What stands on the paper, in reading order, as plain data: the one source of both the text and the PDF of a letter.

Decides nothing about what is said; it puts the filled sentences, the table, the payment block and the named person in
their places. The tenant's question comes first, and what to do if he cannot stands right under it.

Errors: `TextError` where the letter lacks a fact, `QrError` where its payment cannot be paid.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tijdig.letters import qr
from tijdig.letters.filling import filled
from tijdig.letters.letter import Kind, Language, Letter, Payment, Row
from tijdig.letters.notation import grouped, long_date, money, month
from tijdig.letters.texts import Parts, Text, TextError

_PLANS = frozenset({Kind.ARRANGEMENT_CONFIRMED})  # their rows are what will be due
_ROWS = {Kind.ARRANGEMENT_CONFIRMED: "plan_row", Kind.INSTALMENT_MISSED: "part_row"}


@cache
def labels(language: Language) -> Mapping[str, Any]:
    """The small words around every letter."""
    path = Path(__file__).parent / "labels.yaml"
    every: Mapping[str, Mapping[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return every[language]


def sheet(letter: Letter, text: Text) -> dict[str, Any]:
    """The letter as plain data; `render` hands it to the template as it is."""
    parts, said, to = filled(letter, text), labels(letter.to.language), letter.to
    return {
        "language": str(to.language),
        "large": to.large_print,
        "day": [letter.on.year, letter.on.month, letter.on.day],
        "sender": [letter.sender.name, *letter.sender.address_lines],
        "to": [to.name, *to.address_lines],
        "facts": [
            [said["date"], long_date(letter.on, to.language)],
            [said["our_reference"], letter.reference],
        ],
        "subject": parts.subject,
        "salutation": f"{to.salutation},",
        "question": parts.question,
        "cannot": parts.cannot,
        "paragraphs": [one.text for one in parts.paragraphs],
        "table": _table(letter, parts) if letter.rows else None,
        "payment": _payment(letter, letter.payment) if letter.payment else None,
        "help": [said["help"], parts.help],
        "person": _person(letter),
        "page": said["page"],
    }


def _table(letter: Letter, parts: Parts) -> dict[str, Any]:
    if not parts.table:
        raise TextError(f"{letter.kind}: de tekst heeft geen regel boven de tabel.")
    language, said = letter.to.language, labels(letter.to.language)
    total = sum(row.open_cents for row in letter.rows)
    return {
        "caption": parts.table,
        "columns": said["plan_columns" if letter.kind in _PLANS else "columns"],
        "rows": [_row(letter.kind, number, row, language) for number, row in enumerate(letter.rows, start=1)],
        "total": [said["total"], money(total, language)],
    }


def _row(kind: Kind, number: int, row: Row, language: Language) -> list[str]:
    """Without a label a row is a month's rent, or a part of what was agreed."""
    said = labels(language)[_ROWS.get(kind, "row")]
    name = row.label or said.format(month=month(row.due_on, language), number=number)
    return [name, long_date(row.due_on, language), money(row.open_cents, language)]


def _payment(letter: Letter, payment: Payment) -> dict[str, Any]:
    language, said = letter.to.language, labels(letter.to.language)
    amount, account = money(payment.amount_cents, language), grouped(payment.iban)
    bic = letter.sender.bic if payment.iban == letter.sender.iban else ""
    return {
        "title": said["pay"],
        "lines": [
            [said["amount"], amount],
            [said["account"], account],
            [said["account_name"], payment.name],
            [said["payment_reference"], _reference(payment.reference)],
        ],
        "scan": said["scan"],
        "alt": said["scan_alt"].format(amount=amount, account=account),
        "qr": qr.svg(payment, bic),
    }


def _reference(reference: str) -> str:
    return grouped(reference) if reference.isdecimal() and len(reference) == 16 else reference


def _person(letter: Letter) -> dict[str, Any]:
    sender, said = letter.sender, labels(letter.to.language)
    return {
        "greeting": said["greeting"],
        "name": sender.contact_name,
        "of": sender.name,
        "reach": said["reach"],
        "lines": [sender.contact_number, sender.contact_email, sender.opening_hours],
    }


def plain(page: Mapping[str, Any]) -> str:
    """The same letter as text, in the same order: for a mail, a search and a reader who wants no PDF."""
    person = page["person"]
    blocks: list[list[str]] = [
        page["sender"],
        page["to"],
        [f"{name}: {value}" for name, value in page["facts"]],
        [page["subject"]],
        [page["salutation"]],
        [page["question"]],
        [page["cannot"]],
        *([one] for one in page["paragraphs"]),
        *_plain_table(page["table"]),
        *_plain_payment(page["payment"]),
        page["help"],
        [person["greeting"]],
        [person["name"], person["of"]],
        [person["reach"], *person["lines"]],
    ]
    return "\n\n".join("\n".join(lines) for lines in blocks).replace("\u00a0", " ") + "\n"


def _plain_table(table: Mapping[str, Any] | None) -> list[list[str]]:
    if table is None:
        return []
    rows = [table["columns"], *table["rows"], table["total"]]
    return [[table["caption"], *(" | ".join(row) for row in rows)]]


def _plain_payment(payment: Mapping[str, Any] | None) -> list[list[str]]:
    if payment is None:
        return []
    return [[payment["title"], *(f"{name}: {value}" for name, value in payment["lines"])]]
