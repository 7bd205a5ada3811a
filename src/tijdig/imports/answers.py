"""What a person says once about a source's files: decimals, dates, signs, columns. Kept, and used the next time. Pure.

Files of one source are recognised by what they have in common: the entity of a VERA file, the header of a table.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO

from tijdig.base.problems import Problem
from tijdig.imports import vera_csv, vera_json
from tijdig.imports.formats import Format
from tijdig.imports.table_file import headers_of, read_table
from tijdig.imports.table_mapping import SYNONYMS, ColumnMapping, missing_fields, suggest_mapping
from tijdig.imports.table_shape import TableShape, confirmed, detect
from tijdig.imports.tally import Refused
from tijdig.imports.vera_privacy import Dropped
from tijdig.imports.vera_values import Signs

CHOICES = {"decimal": (",", "."), "date_order": ("dmy", "iso", "mdy"), "signs": ("by_kind", "signed")}
FIELDS = tuple(SYNONYMS)
_SAMPLE = 64 * 1024


def cleaned(form: Mapping[str, str]) -> dict[str, Any]:
    """The answers in a form: only known fields with known values; empty when nothing was answered."""
    found: dict[str, Any] = {name: form[name] for name, known in CHOICES.items() if form.get(name) in known}
    columns = {field: form[f"column_{field}"] for field in FIELDS if form.get(f"column_{field}")}
    if columns:
        found["columns"] = columns
        found["entity"] = "charges" if "due_on" in columns else "payments"
    return found


def source_key(kind: Format, stream: BinaryIO) -> str:
    """The name under which answers about such files are kept."""
    if kind.code != "table":
        return f"{kind.code}/{kind.entity}"
    headers, _ = headers_of(stream)
    stream.seek(0)
    digest = hashlib.sha256("\x1f".join(headers).encode()).hexdigest()
    return f"table/{digest[:24]}"


def values(
    kind: Format, stream: BinaryIO, answers: Mapping[str, Any], dropped: Dropped | None = None
) -> Iterator[Any]:
    """The values of an ERP file, read as a person said; raises `Refused` where a table's columns are not known."""
    signs = Signs(answers["signs"]) if answers.get("signs") else None
    if kind.code == "vera_json":
        return vera_json.read(stream, kind.entity, signs=signs, dropped=dropped)
    if kind.code == "vera_csv":
        return vera_csv.read(stream, kind.entity, shape=_shape(stream, answers), signs=signs, dropped=dropped)
    return _table(stream, answers, signs)


def _shape(stream: BinaryIO, answers: Mapping[str, Any]) -> TableShape | None:
    if not (answers.get("decimal") or answers.get("date_order")):
        return None
    shape = _confirmed(detect(stream.read(_SAMPLE)), answers)
    stream.seek(0)
    return shape


def _confirmed(shape: TableShape, answers: Mapping[str, Any]) -> TableShape:
    return confirmed(shape, decimal=answers.get("decimal", ""), date_order=answers.get("date_order", ""))


def _table(stream: BinaryIO, answers: Mapping[str, Any], signs: Signs | None) -> Iterator[Any]:
    headers, shape = headers_of(stream)
    stream.seek(0)
    mapping = suggest_mapping(headers)
    if answers.get("columns"):
        mapping = ColumnMapping(answers["entity"], answers["columns"], mapping.source)
    lacking = missing_fields(mapping, headers)
    if lacking and headers:  # a table that cannot be opened says so itself
        params = {"missing": ", ".join(lacking), "headers": "\x1f".join(headers)}
        raise Refused(Problem("mapping_needed", "regel 1", ";".join(headers), params, fatal=True))
    if answers.get("decimal") or answers.get("date_order"):
        mapping = replace(mapping, shape=_confirmed(shape, answers))
    return read_table(stream, replace(mapping, signs=signs) if signs else mapping)
