"""Reads of the circumstances of tenancies, in the scope of one organisation.

`as_of` hides what was not true yet, `known_at` what was not known yet: also that something was over. That a tenant died is
taken from the source system as it stands now, because nobody keeps since when that was known.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection
from django.db.models import Q

from tijdig.base.arrays import literal
from tijdig.tenancies.flags import FLAG_BITS, PROCEDURES, Flag, FlagBit, FlagEnd, LearnedFrom, SetFlag
from tijdig.tenancies.models import TenancyFlag
from tijdig.tenancies.queries import any_of

Whole = npt.NDArray[np.int64]
NO_DAY = int(np.iinfo(np.int32).min)  # as in the columns of the engine

# Who rents on the day, or rented on the last day of a lease that is over, and has died by then. OFFSET 0 keeps the order:
# from the few who died to their leases. The other way round every lease would be looked at, as happens where the database
# has not counted its rows yet.
_DIED = """
SELECT rented.tenancy_id, n.died_on
  FROM died n CROSS JOIN LATERAL (
       SELECT p.tenancy_id FROM tenancies_party p JOIN tenancies_tenancy t ON t.id = p.tenancy_id
        WHERE p.person_id = n.id AND p.role IN ('HUU', 'MDH') AND p.begin_on <= %(as_of)s
          AND (p.end_on IS NULL OR p.end_on >= least(%(as_of)s, t.end_on)) OFFSET 0) rented
"""
_WHO_DIED = "SELECT id, died_on FROM tenancies_person WHERE died_on <= %(as_of)s"
_OF_THESE = " AND id IN (SELECT person_id FROM tenancies_party WHERE tenancy_id = ANY(%(ids)s::integer[]))"
_DEATHS = f"""
WITH died AS MATERIALIZED ({_WHO_DIED}{_OF_THESE})
SELECT found.died_on FROM ({_DIED}) found WHERE found.tenancy_id = ANY(%(ids)s::integer[]) ORDER BY found.died_on DESC
"""
_ONLY = "WHERE tenancy_id = ANY(%(ids)s::integer[])"
_BIT = " ".join(f"WHEN '{flag.value}' THEN {FLAG_BITS[flag]}" for flag in Flag)
_RUNS = ", ".join(f"'{flag.value}'" for flag in PROCEDURES)
_COLUMNS = f"""
WITH died AS MATERIALIZED ({_WHO_DIED}{{of_these}})
SELECT tenancy_id, bit_or(bit), coalesce(max(day) FILTER (WHERE kind = '{Flag.WSNP.value}'),
                                         max(day) FILTER (WHERE kind <> '{Flag.DEBT_PROCEDURE.value}'), max(day), {NO_DAY})
  FROM (
    SELECT f.tenancy_id, f.kind, (CASE f.kind {_BIT} END)::bigint AS bit,
           CASE WHEN f.kind IN ({_RUNS}) THEN f.begin_on - date '1970-01-01' END AS day
      FROM tenancies_tenancyflag f
      LEFT JOIN tenancies_tenancyflagend e ON e.flag_id = f.id
                AND (%(known_at)s::timestamptz IS NULL OR e.recorded_at <= %(known_at)s)
     WHERE f.begin_on <= %(as_of)s AND (e.end_on IS NULL OR e.end_on > %(as_of)s)
       AND (%(known_at)s::timestamptz IS NULL OR f.recorded_at <= %(known_at)s)
    UNION ALL
    SELECT d.tenancy_id, NULL, {FlagBit.DEATH.value}, NULL FROM ({_DIED}) d
) found {{only}} GROUP BY tenancy_id ORDER BY tenancy_id
"""
_EVERY = _COLUMNS.format(of_these="", only="")
_NAMED = _COLUMNS.format(of_these=_OF_THESE, only=_ONLY)


def flags_of(tenancy_id: int, as_of: date, known_at: datetime | None = None) -> list[SetFlag]:
    """Every circumstance that had begun by the day, the ended ones too; the newest first, deaths of the source on top."""
    deaths = _deaths(tenancy_id, as_of)
    if not any_of(TenancyFlag, tenancy_id):
        return deaths
    rows = TenancyFlag.objects.filter(tenancy_id=tenancy_id, begin_on__lte=as_of)
    if known_at is not None:
        rows = rows.filter(Q(recorded_at__lte=known_at))
    rows = rows.select_related("tenancyflagtext", "tenancyflagend__tenancyflagendtext")
    found = [_flag(row, as_of, known_at) for row in rows.order_by("-begin_on", "-id")]
    return [*deaths, *found]


def flags_since(first: date, as_of: date, kinds: Sequence[Flag]) -> list[SetFlag]:
    """Those of some kinds that began from a day on, of every tenancy, the oldest first; a mistake is left out."""
    rows = TenancyFlag.objects.filter(
        kind__in=[kind.value for kind in kinds], begin_on__gte=first, begin_on__lte=as_of
    ).select_related("tenancyflagtext", "tenancyflagend__tenancyflagendtext")
    found = [_flag(row, as_of, None) for row in rows.order_by("begin_on", "id")]
    return [one for one in found if one.end is None or one.end.end_on > one.begin_on]


def flag_columns(
    as_of: date, ids: Sequence[int] | None, known_at: datetime | None = None
) -> tuple[Whole, Whole]:
    """What holds on a day, in one query: tenancies in order, and by each its `FlagBit`s; who has none is left out.

    Of every tenancy where none are named.
    """
    tenancy, bits, _ = flags_and_begun(as_of, ids, known_at)
    return tenancy, bits


def flags_and_begun(
    as_of: date, ids: Sequence[int] | None, known_at: datetime | None = None
) -> tuple[Whole, Whole, Whole]:
    """The same, and the first day of the debt procedure that holds; `NO_DAY` where none does.

    Of several that of the Wsnp, else the latest of which the kind is known: an unknown kind moves no known one."""
    named: dict[str, Any] = {
        "as_of": as_of,
        "ids": None if ids is None else literal("integer", ids),
        "known_at": known_at,
    }
    with connection.cursor() as cursor:
        cursor.execute(_EVERY if ids is None else _NAMED, named)
        tenancy, bits, begun = np.array(cursor.fetchall(), np.int64).reshape(-1, 3).T
    return tenancy, bits, begun


def _deaths(tenancy_id: int, as_of: date) -> list[SetFlag]:
    with connection.cursor() as cursor:
        cursor.execute(_DEATHS, {"as_of": as_of, "ids": [tenancy_id]})
        rows = cursor.fetchall()
    return [
        SetFlag(
            id=None,
            tenancy_id=tenancy_id,
            kind=Flag.DEATH,
            begin_on=died_on,
            learned_from=LearnedFrom.SOURCE_SYSTEM,
        )
        for (died_on,) in rows
    ]


def _flag(row: TenancyFlag, as_of: date, known_at: datetime | None) -> SetFlag:
    return SetFlag(
        id=row.pk,
        tenancy_id=row.tenancy_id,
        kind=Flag(row.kind),
        begin_on=row.begin_on,
        learned_from=LearnedFrom(row.learned_from),
        note=row.tenancyflagtext.text if hasattr(row, "tenancyflagtext") else "",
        actor=row.actor,
        recorded_at=row.recorded_at,
        end=_end(row, as_of, known_at),
    )


def _end(row: TenancyFlag, as_of: date, known_at: datetime | None) -> FlagEnd | None:
    if not hasattr(row, "tenancyflagend"):
        return None
    over = row.tenancyflagend
    if over.end_on > as_of or (known_at is not None and over.recorded_at > known_at):
        return None
    return FlagEnd(
        end_on=over.end_on,
        learned_from=LearnedFrom(over.learned_from),
        note=over.tenancyflagendtext.text if hasattr(over, "tenancyflagendtext") else "",
        actor=over.actor,
        recorded_at=over.recorded_at,
    )
