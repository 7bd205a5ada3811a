"""Reads of what a corporation adopted, in the scope of one organisation."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection

from tijdig.law.conventions import DEFAULT, Conventions
from tijdig.policy.adopted import KINDS, Adopted
from tijdig.policy.models import Adoption

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


def _read(values: list[str] | tuple[str, ...]) -> Conventions:
    return Conventions(**{kind: _TYPES[kind](value) for kind, value in zip(KINDS, values, strict=True)})
