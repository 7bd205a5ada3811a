"""Everything that is known of a person, read table by table inside the wall of the corporation."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models

from tijdig.access.queries import names
from tijdig.bailiff.queries import agreements
from tijdig.privacy.layout import Column, Part, Shown, layout
from tijdig.privacy.places import root_of, rows_of
from tijdig.privacy.report import Block, Entry, Lines, Section
from tijdig.privacy.showing import About, Left, plain, show

_TENANTS = ("HUU", "MDH")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}[A-Z0-9]{4}[A-Z0-9]{7,26}\b")


@dataclass(frozen=True, slots=True)
class Tenant:
    """Somebody who rents, or rented: of the tenancy that was asked for."""

    id: int
    name: str
    role: str


def tenants_of(tenancy_id: int) -> list[Tenant]:
    """The tenant first, then co-tenants; also who left. Whose name was erased has none."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT ON (p.role, p.person_id) p.person_id, coalesce(x.display_name, ''), p.role
                 FROM tenancies_party p LEFT JOIN tenancies_persontext x ON x.person_id = p.person_id
                WHERE p.tenancy_id = %s AND p.role = ANY(%s) ORDER BY p.role, p.person_id""",
            [tenancy_id, list(_TENANTS)],
        )
        found = [Tenant(*row) for row in cursor.fetchall()]
    return list({one.id: one for one in reversed(found)}.values())[::-1]


def tenancies_of(person_id: int) -> list[int]:
    """The tenancies in which this person is or was a tenant or co-tenant, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tenancy_id FROM tenancies_party WHERE person_id = %s AND role = ANY(%s) ORDER BY 1",
            [person_id, list(_TENANTS)],
        )
        return [row[0] for row in cursor.fetchall()]


def about(person_id: int, tenancies: Sequence[int]) -> About:
    """Whom the report is about, and what belongs to others."""
    own = _one(
        "SELECT surname, email, phone, post_address FROM tenancies_persontext WHERE person_id = %s", person_id
    )
    surname, email, phone, post = own or ("", "", "", "")
    others = _others(person_id, tenancies)
    mine = frozenset(plain(one) for one in (email, phone, post) if one)
    return About(
        person_id=person_id,
        surname=surname,
        contact=mine,
        accounts=_accounts(tenancies, alone=not others),
        others=tuple(
            one for row in others for text in row for one in text.splitlines() if one.strip() and plain(one) not in mine
        ),
        alone=not others,
        names={f"user:{pk}": name for pk, name in names().items()},
        tables={
            "help_helper.name": _by_id("SELECT id, name FROM help_helper"),
            "help_municipality.name": _by_id("SELECT id, name FROM help_municipality"),
            "access_user.name": names(),
            "access_partner.name": {one.partner_id: one.partner for one in agreements()},
        },
    )  # fmt: skip


def _others(person_id: int, tenancies: Sequence[int]) -> list[tuple[str, str, str]]:
    """E-mail address, number and post address of everybody else who is or was in these tenancies."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT coalesce(x.email, ''), coalesce(x.phone, ''), coalesce(x.post_address, '')
                 FROM tenancies_party p LEFT JOIN tenancies_persontext x ON x.person_id = p.person_id
                WHERE p.tenancy_id = ANY(%s) AND p.person_id <> %s""",
            [list(tenancies), person_id],
        )
        return list(cursor.fetchall())


def _accounts(tenancies: Sequence[int], *, alone: bool) -> frozenset[str]:
    """Account numbers that may be shown whole: the corporation's, and the person's where nobody else can own them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT iban FROM ledger_bankaccount")
        found = {plain(row[0]) for row in cursor.fetchall()}
        cursor.execute("SELECT body::text FROM letters_letterhead")
        found |= {plain(one) for row in cursor.fetchall() for one in _IBAN.findall(row[0].replace(" ", ""))}
        if alone:
            cursor.execute(
                "SELECT iban FROM tenancies_account WHERE tenancy_id = ANY(%s) AND NOT third_party",
                [list(tenancies)],
            )
            found |= {plain(row[0]) for row in cursor.fetchall()}
    return frozenset(found)


def _one(query: str, *given: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        return cursor.fetchone()


def _by_id(query: str) -> dict[Any, str]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return dict(cursor.fetchall())


def section(part: Part, who: About, tenancies: Sequence[int], left: Left) -> Section:
    """A section whose tables are read as they stand; those with a way of their own are left to whoever makes the report."""
    blocks = [_block(shown, who, tenancies, left) for shown in part.tables if not shown.special]
    return Section(part.title, part.about, tuple(blocks))


def _block(shown: Shown, who: About, tenancies: Sequence[int], left: Left) -> Block:
    found = rows(shown, who.person_id, tenancies)
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


def rows(shown: Shown, person_id: int, tenancies: Sequence[int]) -> list[dict[str, Any]]:
    """The rows of a table with those beside it, as the database gives them."""
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
    from tijdig.privacy.showing import WAYS

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


def papers(tenancies: Sequence[int], who: About) -> tuple[list[tuple[str, bytes]], int]:
    """The letters to the byte, with the dossiers that went to a bailiff; and how many are not there because they name an
    address of somebody else."""
    found, kept_back = [], 0
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT l.dated_on, l.kind, l.reference, p.pdf, p.text FROM letters_letter l
                 JOIN letters_letterpaper p ON p.letter_id = l.id WHERE l.tenancy_id = ANY(%s) ORDER BY l.id""",
            [list(tenancies)],
        )
        for on, kind, reference, pdf, text in cursor.fetchall():
            if any(other in text for other in who.others):
                kept_back += 1
            else:
                found.append((f"brieven/{on:%Y-%m-%d}-{kind.replace('_', '-')}-{reference}.pdf", bytes(pdf)))
        cursor.execute(
            """SELECT f.handed_over_on, f.id, p.pdf FROM bailiff_file f JOIN bailiff_filepackage p ON p.file_id = f.id
                WHERE f.tenancy_id = ANY(%s) ORDER BY f.id""",
            [list(tenancies)],
        )
        for on, number, pdf in cursor.fetchall():
            if who.alone:
                found.append((f"deurwaarder/{on:%Y-%m-%d}-dossier-{number}.pdf", bytes(pdf)))
            else:
                kept_back += 1
    return found, kept_back


def readings(tenancies: Sequence[int]) -> list[tuple[date, str, int]]:
    """On which day what was looked at, and by how many, of these tenancies and their letters and files."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT "on", what, count(*) FROM history_reading WHERE subject = ANY(%s) GROUP BY 1, 2 ORDER BY 1, 2""",
            [subjects(tenancies)],
        )
        return list(cursor.fetchall())


def events(tenancies: Sequence[int]) -> list[tuple[int, date, datetime, str, str, str]]:
    """Id, day, moment, verb, actor and words of what was done to these tenancies, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT e.id, e.effective_on, e.recorded_at, e.verb, e.actor, coalesce(x.text, '')
                 FROM history_event e LEFT JOIN history_eventtext x ON x.event_id = e.id
                WHERE e.subject = ANY(%s) ORDER BY e.id""",
            [[f"tenancy:{one}" for one in tenancies]],
        )
        return list(cursor.fetchall())


_SUBJECTS = """
SELECT 'tenancy:' || i FROM unnest(%(ids)s::integer[]) i
UNION ALL SELECT 'letter:' || id FROM letters_letter WHERE tenancy_id = ANY(%(ids)s)
UNION ALL SELECT 'partner_file:' || id FROM bailiff_file WHERE tenancy_id = ANY(%(ids)s)
UNION ALL SELECT 'reply:' || id FROM contacts_reply WHERE tenancy_id = ANY(%(ids)s)
UNION ALL SELECT 'reply:' || reply_id FROM contacts_replydeed WHERE tenancy_id = ANY(%(ids)s)
UNION ALL SELECT 'line:' || id FROM imports_line WHERE tenancy_id = ANY(%(ids)s)
UNION ALL SELECT 'conversation:' || conversation_id FROM help_conversationmatch WHERE tenancy_id = ANY(%(ids)s)
"""


def subjects(tenancies: Sequence[int]) -> list[str]:
    """By what name history knows these tenancies and what is theirs."""
    with connection.cursor() as cursor:
        cursor.execute(_SUBJECTS, {"ids": list(tenancies)})
        return [row[0] for row in cursor.fetchall()]
