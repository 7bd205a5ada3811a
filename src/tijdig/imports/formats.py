"""Which reader a file is for. Every reader recognises its own; nobody asks the file's name first. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from tijdig.base.problems import Problem
from tijdig.imports import camt, mt940, pain002, pain008, table_file, vera_csv, vera_json
from tijdig.imports.drafts import Event

HEAD_BYTES = 16 * 1024


@dataclass(frozen=True, slots=True)
class Format:
    """`family` says which door it goes through: `bank` (events) or `erp` (drafts)."""

    code: str  # camt, mt940, pain008, pain002, vera_json, vera_csv, table
    family: str
    entity: str = ""


LABELS = {
    "camt": "bankafschrift (camt)",
    "mt940": "bankafschrift (MT940)",
    "pain008": "incassobestand (pain.008)",
    "pain002": "terugmelding incasso (pain.002)",
    "vera_json": "VERA (JSON)",
    "vera_csv": "VERA (CSV)",
    "table": "tabel (CSV of Excel)",
}


def recognise(head: bytes, name: str) -> Format | None:
    """The format of a file by its first bytes; None when no reader knows it."""
    for code, reader in (("pain008", pain008), ("pain002", pain002), ("camt", camt), ("mt940", mt940)):
        if reader.recognises(head):
            return Format(code, "bank")
    entity = vera_json.recognises(head, name)
    if entity:
        return Format("vera_json", "erp", entity)
    entity = vera_csv.recognises(head, name)
    if entity:
        return Format("vera_csv", "erp", entity)
    entity = table_file.recognises(head, name)
    if entity or _looks_like_table(head, name):
        return Format("table", "erp", entity or "table")
    return None


def _looks_like_table(head: bytes, name: str) -> bool:
    """A CSV file with columns that nobody has named yet: its page asks which is which."""
    first = head.partition(b"\n")[0]
    return name.lower().endswith((".csv", ".tsv")) and any(
        first.count(mark) >= 2 for mark in (b";", b",", b"\t")
    )


def bank_events(kind: Format, stream: BinaryIO) -> Iterator[Event]:
    reader = {"camt": camt.read, "mt940": mt940.read, "pain008": pain008.read, "pain002": pain002.read}[
        kind.code
    ]
    return reader(stream)


def unknown(head: bytes, name: str) -> Problem:
    """Why no reader takes it, as exactly as its first bytes tell."""
    shown = head[:400].decode("utf-8", "replace")
    if not head.strip():
        return Problem("file_empty", text="", params={"name": name}, fatal=True)
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"<", b"\xfe\xff", b"\xff\xfe")):
        return Problem("xml_unknown", text=shown, params={"name": name}, fatal=True)
    return Problem("file_unknown", text=shown, params={"name": name}, fatal=True)
