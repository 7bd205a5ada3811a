"""Reads of agreements, hand-overs and files, in the scope of one organisation or of a partner over all of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from tijdig.access.reading import read_once
from tijdig.bailiff import values
from tijdig.bailiff.agreement import WARN_DAYS, Terms
from tijdig.bailiff.checklist import Item, Point, State
from tijdig.bailiff.kinds import End, Side, Start

_AGREEMENTS = """
SELECT a.id, a.organisation_id, a.partner_id, coalesce(p.name, ''), coalesce(p.code, ''), a.version, a.terms::text,
       a.begin_on, a.name,
       coalesce((SELECT json_agg(json_build_array(y.side, y."on", y.name, y.recorded_at) ORDER BY y.id)
                   FROM bailiff_agreementapproval y WHERE y.agreement_id = a.id), '[]')::text,
       e.end_on, coalesce(e.name, '')
  FROM bailiff_agreement a LEFT JOIN access_partner p ON p.id = a.partner_id
  LEFT JOIN bailiff_agreementend e ON e.agreement_id = a.id
"""
_HAND_OVERS = """
SELECT h.id, h.tenancy_id, h.agreement_id, coalesce(p.name, ''), h.start, h.points::text, h.weak::text, h.went_on, h."on",
h.actor, h.name, coalesce(x.reason, '')
  FROM bailiff_handover h JOIN bailiff_agreement a ON a.id = h.agreement_id
  LEFT JOIN access_partner p ON p.id = a.partner_id LEFT JOIN bailiff_handovertext x ON x.hand_over_id = h.id
"""
_WAITS = """
 WHERE NOT EXISTS (SELECT 1 FROM bailiff_file f WHERE f.hand_over_id = h.id)
   AND NOT EXISTS (SELECT 1 FROM bailiff_handoverwithdrawal w WHERE w.hand_over_id = h.id)
"""
_FILES = """
SELECT f.id, f.organisation_id, f.tenancy_id, f.partner_id, f.agreement_id, f.start, f.handed_over_on, f.overdue_cents,
       f.second_name, f.ended_on, f."end", f.end_side, f.end_name
  FROM bailiff_file f
"""


def agreements() -> list[values.Agreement]:
    """All that may be seen here: by partner, the newest version first."""
    return _agreements("ORDER BY a.organisation_id, a.partner_id, a.version DESC")


def agreement(pk: int) -> values.Agreement | None:
    return next(iter(_agreements("WHERE a.id = %s", [pk])), None)


def in_force(on: date) -> list[values.Agreement]:
    """Of each partner the one that holds on a day; the database says which, as it does in the walls."""
    holding = "WHERE a.id IN (SELECT g.id FROM tijdig_agreements_in_force(%s) g)"
    return _agreements(f"{holding} ORDER BY a.organisation_id, a.partner_id", [on])


def running_out(on: date) -> list[values.Agreement]:
    """Those that hold and soon do not, while nothing follows on that day."""
    near = on + timedelta(days=WARN_DAYS + 1)
    return [one for one in in_force(on) if one.over_on and one.over_on <= near and not _followed(one)]


def _followed(one: values.Agreement) -> bool:
    assert one.over_on is not None
    return any(
        (each.organisation_id, each.partner_id) == (one.organisation_id, one.partner_id)
        for each in in_force(one.over_on)
    )


def version_before(one: values.Agreement) -> values.Agreement | None:
    """The newest approved version before this one, of the same partner: what it would replace."""
    return next(
        (
            each
            for each in agreements()
            if (each.organisation_id, each.partner_id) == (one.organisation_id, one.partner_id)
            and each.version < one.version
            and each.approved
        ),
        None,
    )


def partner_named(code: str) -> tuple[int, str] | None:
    """The id and name of a partner by its code; None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name FROM tijdig_partner_by_code(%s)", [code.strip().lower()])
        found = cursor.fetchone()
        return None if found is None else (int(found[0]), str(found[1]))


def waiting() -> list[values.HandOver]:
    """Asked by one person and waiting for a second, the oldest first."""
    return _hand_overs(f"{_WAITS} ORDER BY h.id")


def waiting_of(tenancy_id: int) -> values.HandOver | None:
    asked = _hand_overs(f"{_WAITS} AND h.tenancy_id = %s ORDER BY h.id DESC LIMIT 1", [tenancy_id])
    return next(iter(asked), None)


def hand_over(pk: int) -> values.HandOver | None:
    """One that waits; None where it went on, or was taken back."""
    return next(iter(_hand_overs(f"{_WAITS} AND h.id = %s", [pk])), None)


def hand_over_of(file_id: int) -> values.HandOver | None:
    """The one by which a file went, with every point as it stood then."""
    of_file = "WHERE h.id = (SELECT f.hand_over_id FROM bailiff_file f WHERE f.id = %s)"
    return next(iter(_hand_overs(of_file, [file_id])), None)


def open_files() -> list[values.File]:
    """At partners now, the oldest first."""
    return _files("WHERE f.ended_on IS NULL ORDER BY f.handed_over_on, f.id")


def all_files() -> list[values.File]:
    """Open and ended, the oldest first."""
    return _files("ORDER BY f.handed_over_on, f.id")


def file(pk: int) -> values.File | None:
    return next(iter(_files("WHERE f.id = %s", [pk])), None)


@read_once
def files_of(tenancy_id: int) -> list[values.File]:
    """The newest first."""
    return _files("WHERE f.tenancy_id = %s ORDER BY f.recorded_at DESC, f.id DESC", [tenancy_id])


def _agreements(more: str, params: Sequence[Any] = ()) -> list[values.Agreement]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_AGREEMENTS} {more}", list(params))
        return [_agreement(row) for row in cursor.fetchall()]


def _agreement(row: Sequence[Any]) -> values.Agreement:
    pk, organisation, partner, called, code, version, terms, begin_on, name, said, end_on, ended_by = row
    return values.Agreement(
        id=pk,
        organisation_id=organisation,
        partner_id=partner,
        partner=called,
        code=code,
        version=version,
        terms=Terms.of(json.loads(terms)),
        begin_on=begin_on,
        name=name,
        approvals=tuple(
            values.Approval(Side(side), date.fromisoformat(on), who, datetime.fromisoformat(at))
            for side, on, who, at in json.loads(said)
        ),
        end_on=end_on,
        ended_by=ended_by,
    )


def _hand_overs(more: str, params: Sequence[Any] = ()) -> list[values.HandOver]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_HAND_OVERS} {more}", list(params))
        return [
            values.HandOver(
                id=pk,
                tenancy_id=tenancy,
                agreement_id=agreed,
                partner=partner,
                start=Start(start),
                items=tuple(Item(Point(a), State(b), c) for a, b, c in json.loads(points)),
                weak=tuple(json.loads(weak)),
                went_on=went_on,
                on=on,
                actor=actor,
                name=name,
                reason=reason,
            )
            for pk, tenancy, agreed, partner, start, points, weak, went_on, on, actor, name, reason in cursor
        ]


def _files(more: str, params: Sequence[Any] = ()) -> list[values.File]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_FILES} {more}", list(params))
        return [_file(row) for row in cursor.fetchall()]


def _file(row: Sequence[Any]) -> values.File:
    *first, start, on, cents, second, ended_on, end, end_side, ender = row
    pk, organisation, tenancy, partner, agreed = first
    return values.File(
        id=pk,
        organisation_id=organisation,
        tenancy_id=tenancy,
        partner_id=partner,
        agreement_id=agreed,
        start=Start(start),
        handed_over_on=on,
        overdue_cents=cents,
        second_name=second,
        ended_on=ended_on,
        end=End(end) if end else None,
        end_side=Side(end_side) if end_side else None,
        end_name=ender,
    )
