"""What programs told about files: proposals to hand over, and the partner's own numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from tijdig.bailiff.kinds import Start
from tijdig.bailiff.models import Proposal as Row
from tijdig.bailiff.values import Proposal

_PROPOSALS = """
SELECT p.id, p.organisation_id, p.tenancy_id, p.partner_id, p.start, p."on", p.name, r."on", coalesce(r.name, '')
  FROM bailiff_proposal p LEFT JOIN bailiff_proposalrefusal r ON r.proposal_id = p.id
 WHERE NOT EXISTS (SELECT 1 FROM bailiff_file f WHERE f.id = p.id)
"""


def proposals() -> list[Proposal]:
    """All that are no file, also those to which somebody said no, the oldest first."""
    return _proposals("ORDER BY p.id")


def proposal(pk: int) -> Proposal | None:
    """One that is no file (yet)."""
    return next(iter(_proposals("AND p.id = %s", [pk])), None)


def proposal_of(tenancy_id: int) -> Proposal | None:
    """The one that waits for a decision about this tenancy."""
    waits = "AND p.tenancy_id = %s AND r.proposal_id IS NULL ORDER BY p.id DESC LIMIT 1"
    return next(iter(_proposals(waits, [tenancy_id])), None)


def waiting_proposals() -> list[Proposal]:
    """Those that wait for a decision, the oldest first."""
    return _proposals("AND r.proposal_id IS NULL ORDER BY p.id")


def proposed_as(asked_as: UUID) -> int | None:
    """The id of what a message proposed; None where it proposed nothing."""
    return Row.objects.filter(asked_as=asked_as).values_list("pk", flat=True).first()


def references(file_ids: Iterable[int]) -> dict[int, str]:
    """By file, the number that the partner gave it last."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT ON (file_id) file_id, reference FROM bailiff_filereference
                WHERE file_id = ANY(%s) ORDER BY file_id, id DESC""",
            [sorted(set(file_ids))],
        )
        return dict(cursor.fetchall())


def _proposals(more: str, params: Sequence[Any] = ()) -> list[Proposal]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_PROPOSALS} {more}", list(params))
        return [
            Proposal(
                id=pk,
                organisation_id=organisation,
                tenancy_id=tenancy,
                partner_id=partner,
                start=Start(start),
                on=on,
                name=name,
                refused_on=refused_on,
                refused_by=refused_by,
            )
            for pk, organisation, tenancy, partner, start, on, name, refused_on, refused_by in cursor.fetchall()
        ]
