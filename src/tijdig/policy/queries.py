"""Reads of what a corporation adopted, in the scope of one organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from tijdig.access.reading import read_once
from tijdig.law.conventions import DEFAULT, Conventions
from tijdig.policy.adopted import KINDS, Adopted
from tijdig.policy.models import Adoption, Start, Version
from tijdig.policy.table import Table, compiled

_TYPES = {kind: type(getattr(DEFAULT, kind)) for kind in KINDS}
_COLUMNS = ", ".join(f"a.{kind}" for kind in KINDS)


def conventions(on: date, *, known_at: datetime | None = None) -> Conventions:
    """What the corporation adopted for a day, as known at a moment; the default of the law where it adopted nothing."""
    rows = Adoption.objects.filter(from_on__lte=on)
    if known_at is not None:
        rows = rows.filter(made_at__lte=known_at)
    found = rows.order_by("-from_on", "-id").values_list(*KINDS).first()
    return _read(found) if found else DEFAULT


def adoptions() -> list[Adopted]:
    """Every adoption there was, the last one made first."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT a.id, a.from_on, a.made_by, coalesce(u.name, ''), a.made_at, a.reason, {_COLUMNS}
                  FROM policy_adoption a LEFT JOIN access_user u ON 'user:' || u.id = a.made_by
                 ORDER BY a.id DESC"""
        )
        return [
            Adopted(pk, from_on, _read(values), made_by, name, made_at, reason)
            for pk, from_on, made_by, name, made_at, reason, *values in cursor.fetchall()
        ]


@dataclass(frozen=True, slots=True)
class Kept:
    """A version that a corporation keeps. `starts` are the days from which it was to hold, latest last, with who said so."""

    id: int
    name: str
    version: str
    text: str
    made_at: datetime
    made_by: str
    by_name: str
    starts: tuple[tuple[date, str, str], ...]  # from when, by whom (a name), why


@dataclass(frozen=True, slots=True)
class _Begun:
    """A start of a version, with its text."""

    from_on: date
    made_at: datetime
    version: str
    text: str


@read_once
def _starts() -> list[_Begun]:
    """Every start there was, the latest day last, and of two of the same day the newest."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT s.from_on, s.made_at, v.version, v.text
                 FROM policy_start s JOIN policy_version v ON v.id = s.version_id ORDER BY s.from_on, s.id"""
        )
        return [_Begun(*row) for row in cursor.fetchall()]


def in_force(on: date, *, known_at: datetime | None = None) -> Table | None:
    """The way of working on a day: of all starts on or before it the one of the latest day, and of two of the same day the
    newest. Before the first start there is the version with which the corporation began. None where nothing was adopted."""
    known = [one for one in _starts() if known_at is None or one.made_at <= known_at]
    held = [one for one in known if one.from_on <= on][-1:] or known[:1]
    return compiled(held[0].text) if held else None


def version_named(version: str) -> Table | None:
    """A version by the name under which decisions keep it, or None where this corporation never had it."""
    begun = next((one.text for one in _starts() if one.version == version), None)
    text = begun or Version.objects.filter(version=version).values_list("text", flat=True).first()
    return compiled(text) if text else None


def begun() -> list[Table]:
    """Every version that ever had a start, the one of the latest day last: nothing was decided by any other."""
    return [compiled(one.text) for one in _starts()]


def versions() -> list[Kept]:
    """Every version, newest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'user:' || id, name FROM access_user")
        names = dict(cursor.fetchall())
    starts: dict[int, list[tuple[date, str, str]]] = {}
    for one in Start.objects.order_by("from_on", "id"):
        begun = (one.from_on, names.get(one.made_by, one.made_by), one.reason)
        starts.setdefault(one.version_id, []).append(begun)
    return [
        Kept(
            row.pk,
            row.name,
            row.version,
            row.text,
            row.made_at,
            row.made_by,
            names.get(row.made_by, row.made_by),
            tuple(starts.get(row.pk, ())),
        )
        for row in Version.objects.order_by("-id")
    ]


def _read(values: list[str] | tuple[str, ...]) -> Conventions:
    return Conventions(**{kind: _TYPES[kind](value) for kind, value in zip(KINDS, values, strict=True)})
