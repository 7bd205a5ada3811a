"""Everything that is known of a person, read table by table inside the wall of the corporation."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models

from tijdig.base.days import amsterdam_day
from tijdig.privacy.layout import Column, Part, Shown, layout
from tijdig.privacy.places import root_of, rows_of
from tijdig.privacy.queries_whom import Stay
from tijdig.privacy.report import Block, Entry, Lines, Section
from tijdig.privacy.showing import WAYS, About, Left, show

_ALWAYS = (
    "tenancies_tenancy",
    "tenancies_home",
    "tenancies_party",
    "tenancies_paymentreference",
)  # of whoever rented there


def section(part: Part, who: About, stays: Sequence[Stay], left: Left) -> Section:
    """A section whose tables are read as they stand; those with a way of their own are left to whoever makes the report."""
    blocks = [_block(shown, who, stays, left) for shown in part.tables if not shown.special]
    return Section(part.title, part.about, tuple(blocks))


def _block(shown: Shown, who: About, stays: Sequence[Stay], left: Left) -> Block:
    found = rows(shown, who, stays, left)
    columns = (*shown.columns, *sum(shown.beside.values(), ()))
    said = [
        {one.name: show(one.name, one.how, row.get(one.name), row, who, left) for one in columns}
        for row in found
    ]
    return Block(
        title=shown.title,
        entries=() if shown.as_table else tuple(_entry(shown, columns, one) for one in said),
        lines=_lines(columns, said) if shown.as_table and said else None,
        table=shown.table,
        rows=tuple(_values(shown, columns, row, one, who, left) for row, one in zip(found, said, strict=True)),
    )  # fmt: skip


def rows(shown: Shown, who: About, stays: Sequence[Stay], left: Left) -> list[dict[str, Any]]:
    """The rows of a table with those beside it, as the database gives them: of the days on which the person rented."""
    if root_of(shown.table) == "person":
        return _with_texts(shown, who.person_id, [])
    found = []
    for stay in stays:
        for one in _with_texts(shown, who.person_id, [stay.tenancy_id]):
            if _is_hidden(shown.table, one, who):
                left.one("conversation")
            elif shown.table in _ALWAYS or stay.covers(*_days(shown, one)):
                found.append(one)
            else:
                left.one("period")
    return found


def _days(shown: Shown, row: Mapping[str, Any]) -> tuple[date | None, date | None]:
    """The first and the last day that a row is about; the last is None for what goes on."""
    names = (*(one.name for one in shown.columns), "recorded_at", "made_at")
    given = (row[name] for name in names if isinstance(row.get(name), date))
    first = next((amsterdam_day(one) if isinstance(one, datetime) else one for one in given), None)
    return first, row.get("end_on", first)


def _is_hidden(table: str, row: Mapping[str, Any], who: About) -> bool:
    if not table.startswith(("help_conversation", "help_message")):
        return False
    number = row["id"] if table == "help_conversation" else row.get("conversation_id")
    return number in who.hidden if number is not None else bool(who.hidden)


def _with_texts(shown: Shown, person_id: int, tenancies: Sequence[int]) -> list[dict[str, Any]]:
    found = _read(shown.table, person_id, tenancies, shown.order)
    if shown.only_person:
        found = [one for one in found if one["person_id"] == person_id]
    key = model_of(shown.table)._meta.pk.column
    for table in shown.beside:
        pk = model_of(table)._meta.pk.column
        texts = {one[pk]: one for one in _read(table, person_id, tenancies, "")}
        found = [texts.get(one[key], {}) | one for one in found]
    return found


def _read(table: str, person_id: int, tenancies: Sequence[int], order: str) -> list[dict[str, Any]]:
    columns = [one.column for one in _fields(table) if not isinstance(one, models.BinaryField)]
    ids = [person_id] if root_of(table) == "person" else list(tenancies)
    more = "AND mandate_id <> ''" if table == "imports_owncollection" else ""
    key = model_of(table)._meta.pk.column
    listed = ", ".join(
        f'"{one.column}"::text' if isinstance(one, models.JSONField) else f'"{one.column}"'
        for one in _fields(table) if one.column in columns
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT {listed} FROM {table} WHERE {rows_of(table)} {more} ORDER BY "{order or key}", "{key}"',
            {"ids": ids},
        )
        told = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    texts = [one.column for one in _fields(table) if isinstance(one, models.JSONField)]
    return [one | {name: json.loads(one[name]) for name in texts if one[name] is not None} for one in told]


@cache
def model_of(table: str) -> Any:
    return next(one for one in apps.get_models() if one._meta.db_table == table)


def _fields(table: str) -> list[Any]:
    return list(model_of(table)._meta.concrete_fields)


def _entry(shown: Shown, columns: Sequence[Column], said: Mapping[str, str]) -> Entry:
    """A heading of what a row begins with, its other facts, and its longest words below."""
    head = ", ".join(said[name] for name in shown.head if said.get(name))
    facts = [(one.label, said[one.name]) for one in columns if one.name not in shown.head and said[one.name]]
    texts = [value for _, value in facts if "\n" in value or len(value) > _LONG]
    return Entry(
        head[:1].upper() + head[1:],
        tuple((label, value) for label, value in facts if value not in texts),
        "\n\n".join(texts),
    )


_LONG = 240  # signs that a fact beside its name can bear


def _lines(columns: Sequence[Column], said: Sequence[Mapping[str, str]]) -> Lines:
    return Lines(
        tuple(one.label for one in columns),
        tuple(
            place for place, one in enumerate(columns) if one.name == "cents" or one.name.endswith("_cents")
        ),
        tuple(tuple(one[column.name] for column in columns) for one in said),
    )


def _values(
    shown: Shown,
    columns: Sequence[Column],
    row: Mapping[str, Any],
    said: Mapping[str, str],
    who: About,
    left: Left,
) -> dict[str, Any]:
    """For machines: each column that may be given as a value, and as it was shown where its words were kept from others'."""
    given = {one.name: one.how for one in columns}
    out: dict[str, Any] = {}
    for name, value in row.items():
        if layout().is_out(shown, name):
            continue
        if given.get(name, "") in WAYS or given.get(name, "").startswith("="):
            out[name] = said[name]
        elif name in ("actor", "made_by", "asked_by"):
            out[name] = show(name, "actor", value, row, who, left)
        else:
            out[name] = as_json(value)
            if given.get(name):
                out[f"{name}_words"] = said[name]
    return out


def as_json(value: Any) -> Any:
    """A value as JSON holds it: days and moments as ISO, what is unique as text."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, list | tuple):
        return [as_json(one) for one in value]
    return value


def papers(stays: Sequence[Stay], who: About) -> tuple[list[tuple[str, bytes]], int]:
    """The letters to the byte, with the dossiers that went to a bailiff; and how many are not there because they name an
    address of somebody else."""
    found, kept_back = [], 0
    for stay in stays:
        for on, kind, reference, pdf, text in _asked(
            """SELECT l.dated_on, l.kind, l.reference, p.pdf, p.text FROM letters_letter l
                 JOIN letters_letterpaper p ON p.letter_id = l.id WHERE l.tenancy_id = %s ORDER BY l.id""",
            stay,
        ):
            if stay.covers(on, on):
                name = f"brieven/{on:%Y-%m-%d}-{kind.replace('_', '-')}-{reference}.pdf"
                if any(other in text for other in who.others):
                    kept_back += 1
                else:
                    found.append((name, bytes(pdf)))
        for on, number, pdf in _asked(
            """SELECT f.handed_over_on, f.id, p.pdf FROM bailiff_file f JOIN bailiff_filepackage p ON p.file_id = f.id
                WHERE f.tenancy_id = %s ORDER BY f.id""",
            stay,
        ):
            if who.alone:
                found.append((f"deurwaarder/{on:%Y-%m-%d}-dossier-{number}.pdf", bytes(pdf)))
            elif stay.covers(on, on):
                kept_back += 1
    return found, kept_back


def _asked(query: str, stay: Stay) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, [stay.tenancy_id])
        return list(cursor.fetchall())


def readings(stays: Sequence[Stay]) -> list[tuple[date, str, str, int]]:
    """On which day what was looked at, why where that is asked, and how often: of these tenancies, letters and files."""
    found = []
    for stay in stays:
        with connection.cursor() as cursor:
            cursor.execute(
                """SELECT "on", what, why, count(*) FROM history_reading WHERE subject = ANY(%s)
                    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3""",
                [subjects([stay.tenancy_id])],
            )
            found += [row for row in cursor.fetchall() if stay.covers(row[0], row[0])]
    return found


def events(stays: Sequence[Stay], who: About) -> list[tuple[date, datetime, str, str, str]]:
    """Day, moment, verb, actor and words of what was done to these tenancies, the oldest first."""
    found = []
    for stay in stays:
        with connection.cursor() as cursor:
            cursor.execute(
                """SELECT e.effective_on, e.recorded_at, e.verb, e.actor, coalesce(x.text, ''),
                          (e.facts->>'conversation')::bigint
                     FROM history_event e LEFT JOIN history_eventtext x ON x.event_id = e.id
                    WHERE e.subject = %s ORDER BY e.id""",
                [f"tenancy:{stay.tenancy_id}"],
            )
            found += [
                row[:5]
                for row in cursor.fetchall()
                if row[5] not in who.hidden and stay.covers(row[0], row[0])
            ]
    return found


_SUBJECTS = """
SELECT 'tenancy:' || i FROM unnest(%(ids)s::integer[]) i
UNION ALL SELECT 'letter:' || id FROM letters_letter WHERE tenancy_id = ANY(%(ids)s)
UNION ALL SELECT 'partner_file:' || id FROM bailiff_file WHERE tenancy_id = ANY(%(ids)s)
UNION ALL SELECT 'reply:' || id FROM contacts_reply WHERE tenancy_id = ANY(%(ids)s)
UNION ALL SELECT 'reply:' || reply_id FROM contacts_replydeed WHERE tenancy_id = ANY(%(ids)s)
UNION ALL SELECT 'conversation:' || conversation_id FROM help_conversationmatch WHERE tenancy_id = ANY(%(ids)s)
"""


def subjects(tenancies: Sequence[int]) -> list[str]:
    """By what name history knows these tenancies and what is theirs."""
    with connection.cursor() as cursor:
        cursor.execute(_SUBJECTS, {"ids": list(tenancies)})
        return [row[0] for row in cursor.fetchall()]
