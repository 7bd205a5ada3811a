"""The only writer of adoptions: what the corporation chooses where the law leaves a choice, from a day on."""

from __future__ import annotations

from datetime import date

from tijdig.access.scope import organisation_scope
from tijdig.history.actions import record
from tijdig.law.conventions import Conventions
from tijdig.policy.adopted import KINDS
from tijdig.policy.models import Adoption
from tijdig.policy.queries import conventions as conventions_on
from tijdig.policy.wording import REFUSED

_LONGEST_REASON = 400


class NotAdopted(Exception):  # noqa: N818 - an answer to a person, not a fault in the code
    """What was asked cannot be adopted; `code` names why, the text is the sentence for the person who asked."""

    def __init__(self, code: str) -> None:
        super().__init__(REFUSED[code])
        self.code = code


def adopt(
    *, organisation_id: int, actor: str, from_on: date, conventions: Conventions, reason: str, on: date
) -> int:
    """Adopt these conventions from a day on; a later adoption of the same day puts this one right.

    Returns the id of the adoption. Raises `NotAdopted` without a reason, where it would change nothing, and for a day that
    has begun: letters of that day were reckoned by what held, and a letter keeps its costs.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise NotAdopted("reason_missing")
    if len(reason) > _LONGEST_REASON:
        raise NotAdopted("reason_long")
    if from_on <= on:
        raise NotAdopted("day_begun")
    with organisation_scope(organisation_id):
        before = conventions_on(from_on)
        if before == conventions:
            raise NotAdopted("nothing_changed")
        chosen = {kind: getattr(conventions, kind).value for kind in KINDS}
        row = Adoption.objects.create(
            organisation_id=organisation_id, from_on=from_on, made_by=actor, reason=reason, **chosen
        )
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="conventions_adopted",
            subject=f"adoption:{row.pk}",
            effective_on=on,
            facts={
                "from_on": from_on.isoformat(),
                "before": {kind: getattr(before, kind).value for kind in KINDS},
                "after": chosen,
            },
            text=reason,
        )
    return int(row.pk)
