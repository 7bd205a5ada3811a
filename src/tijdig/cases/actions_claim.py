"""The only writer of acceptances: a person takes on by name what is not sure in a claim, with a reason."""

from __future__ import annotations

from datetime import date

from tijdig.access.scope import organisation_scope
from tijdig.cases.doubts import as_plain
from tijdig.cases.models import Acceptance
from tijdig.cases.queries_claim import ClaimFile, claim_file
from tijdig.cases.wording_claim import REFUSED
from tijdig.history.actions import record

_LONGEST_REASON = 400


class NotTakenOn(Exception):  # noqa: N818 - an answer to a person, not a fault in the code
    """What was asked cannot be taken on; `code` names why, the text is the sentence for the person who asked."""

    def __init__(self, code: str) -> None:
        super().__init__(REFUSED[code])
        self.code = code


def take_on(
    *,
    organisation_id: int,
    actor: str,
    name: str,
    tenancy_id: int,
    as_of: date,
    rent_on: date | None,
    all_costs: bool,
    seen: str,
    reason: str,
    on: date,
) -> bool | None:
    """Take on the doubts of this claim; `seen` is their digest as the person saw them.

    Gives whether it is new: the same doubts of the same claim are taken on once. None where there is no such tenancy. Raises
    `NotTakenOn` without a reason, where nothing is in doubt, or where the doubts are others by now.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise NotTakenOn("reason_missing")
    if len(reason) > _LONGEST_REASON:
        raise NotTakenOn("reason_long")
    with organisation_scope(organisation_id):
        file = claim_file(tenancy_id, as_of=as_of, rent_on=rent_on, all_costs=all_costs)
        if file is None:
            return None
        if not file.claim.provisional:
            raise NotTakenOn("sure")
        if file.doubts_digest != seen:
            raise NotTakenOn("changed")
        row, new = _store(organisation_id, actor, name, file)
        if new:
            record(
                organisation_id=organisation_id,
                actor=actor,
                verb="claim_taken_on",
                subject=f"tenancy:{tenancy_id}",
                effective_on=on,
                facts=_facts(row),
                text=reason,
            )
    return new


def _store(organisation_id: int, actor: str, name: str, file: ClaimFile) -> tuple[Acceptance, bool]:
    return Acceptance.objects.get_or_create(
        organisation_id=organisation_id,
        tenancy_id=file.tenancy_id,
        as_of=file.claim.as_of_on,
        rent_on=file.rent_on,
        digest=file.doubts_digest,
        defaults={
            "doubts": as_plain(file.claim.doubts),
            "total_cents": file.claim.total_cents,
            "made_by": actor,
            "name": name,
        },
    )


def _facts(row: Acceptance) -> dict[str, object]:
    return {
        "acceptance": row.pk,
        "as_of": row.as_of.isoformat(),
        "rent_on": row.rent_on.isoformat() if row.rent_on else None,
        "total_cents": row.total_cents,
        "doubts": [code for code, _ in row.doubts],
        "digest": row.digest,
    }
