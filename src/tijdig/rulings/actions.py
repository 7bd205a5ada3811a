"""The only writers of rulings: make one, and end one before its last day. Nothing is changed or deleted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from tijdig.access.scope import organisation_scope
from tijdig.base.arrays import literal
from tijdig.history.actions import record
from tijdig.ledger.actions_marks import mark_dirty
from tijdig.rulings.kinds import LAPSE
from tijdig.rulings.models import Ending, EndingText, Ruling, RulingText
from tijdig.rulings.queries import in_force, ruling
from tijdig.rulings.ruling import draft_faults, end_faults, fault, same_place
from tijdig.rulings.values import Draft, Fault
from tijdig.rulings.values import Ruling as Standing
from tijdig.rulings.wording import REPLACED
from tijdig.tenancies.actions_lock import lock_tenancy


class NotRuled(Exception):  # noqa: N818 - an answer to a person, not a fault in the code
    """A ruling is not made, or not ended; `faults` says why, and what to do."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(" ".join(one.sentence for one in faults))
        self.faults = faults


def rule(
    *,
    organisation_id: int,
    actor: str,
    name: str,
    tenancy_id: int,
    draft: Draft,
    codes: Collection[str],
    asked_as: UUID,
    now: datetime,
    on: date,
) -> int:
    """Decide this about a tenancy and have it evaluated; returns the id of the ruling.

    It ends the ruling that held for the same step, the pause, or the decision (`ruling.same_place`). `codes` are the steps
    of the corporation's policy, `name` is of the person who decides, `now` the moment at which it is recorded. `asked_as`
    names the form: the same form twice is one ruling, the first. Raises `NotRuled` with all that is wrong.
    """
    with organisation_scope(organisation_id):
        if not lock_tenancy(tenancy_id):
            raise NotRuled((fault("tenancy_unknown"),))
        known = Ruling.objects.filter(asked_as=asked_as).values_list("pk", flat=True).first()
        if known is not None:
            return known
        if faults := (*_name_faults(name), *draft_faults(draft, on, codes)):
            raise NotRuled(faults)
        for earlier in in_force(on, [tenancy_id]):
            if same_place(earlier, draft):
                _end(organisation_id, actor, earlier, REPLACED, now, on)
        row = Ruling.objects.create(
            organisation_id=organisation_id,
            tenancy_id=tenancy_id,
            kind=draft.kind.value,
            instead_of=draft.instead_of,
            do=draft.do,
            from_on=on,
            until_on=draft.until_on,
            actor=actor,
            name=name.strip(),
            recorded_at=now,
            asked_as=asked_as,
            about=draft.about,
        )
        _tell(row, draft.reason.strip())
        return int(row.pk)


def end(*, organisation_id: int, actor: str, ruling_id: int, reason: str, now: datetime, on: date) -> None:
    """End a ruling before its last day: from this day on it does not hold. Raises `NotRuled` where that may not be."""
    with organisation_scope(organisation_id):
        known = ruling(ruling_id)
        if known is not None:
            lock_tenancy(known.tenancy_id)
            known = ruling(ruling_id)  # as whoever held the lock before left it
        if known is None:
            raise NotRuled((fault("ruling_unknown"),))
        if faults := end_faults(known, reason, on):
            raise NotRuled(faults)
        _end(organisation_id, actor, known, reason.strip(), now, on)
        mark_dirty(organisation_id=organisation_id, tenancy_ids=[known.tenancy_id], on=on)


_LAPSE = """
WITH gone AS (
    INSERT INTO rulings_ending (organisation_id, ruling_id, ended_on, actor, recorded_at)
    SELECT r.organisation_id, r.id, %(on)s, %(actor)s, now()
      FROM rulings_ruling r LEFT JOIN rulings_ending e ON e.ruling_id = r.id
     WHERE r.tenancy_id = ANY(%(ids)s::integer[]) AND r.kind = ANY(%(kinds)s) AND e.ruling_id IS NULL
       AND r.from_on <= %(on)s AND r.until_on >= %(on)s
 RETURNING ruling_id, organisation_id),
told AS (
    INSERT INTO rulings_endingtext (ending_id, organisation_id, text)
    SELECT ruling_id, organisation_id, %(reason)s FROM gone)
SELECT r.id, r.tenancy_id, r.kind, r.until_on FROM gone g JOIN rulings_ruling r ON r.id = g.ruling_id ORDER BY r.id
"""


def lapse(*, organisation_id: int, actor: str, tenancy_ids: Sequence[int], reason: str, on: date) -> None:
    """End what was decided about a debt that is paid; in the caller's transaction. Help that runs and a pause stay."""
    named: dict[str, Any] = {
        "ids": literal("integer", tenancy_ids),
        "kinds": [kind.value for kind in LAPSE],
        "on": on,
        "actor": actor,
        "reason": reason,
    }
    with connection.cursor() as cursor:
        cursor.execute(_LAPSE, named)
        ended = cursor.fetchall()
    for pk, tenancy, kind, until_on in ended:
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="ruling_ended",
            subject=f"tenancy:{tenancy}",
            effective_on=on,
            facts={"ruling": pk, "kind": kind, "until_on": until_on.isoformat()},
            text=reason,
        )


def _name_faults(name: str) -> tuple[Fault, ...]:
    return () if name.strip() else (fault("name_missing"),)


def _end(organisation_id: int, actor: str, known: Standing, reason: str, now: datetime, on: date) -> None:
    row = Ending.objects.create(
        organisation_id=organisation_id, ruling_id=known.id, ended_on=on, actor=actor, recorded_at=now
    )
    EndingText.objects.create(ending=row, organisation_id=organisation_id, text=reason)
    record(
        organisation_id=organisation_id,
        actor=actor,
        verb="ruling_ended",
        subject=f"tenancy:{known.tenancy_id}",
        effective_on=on,
        facts={"ruling": known.id, "kind": known.kind.value, "until_on": known.until_on.isoformat()},
        text=reason,
    )


def _tell(row: Ruling, reason: str) -> None:
    """The reason, the line of history, and the mark that asks for a new evaluation."""
    RulingText.objects.create(ruling=row, organisation_id=row.organisation_id, text=reason)
    record(
        organisation_id=row.organisation_id,
        actor=row.actor,
        verb="ruling_made",
        subject=f"tenancy:{row.tenancy_id}",
        effective_on=row.from_on,
        facts=_facts(row),
        text=reason,
    )
    mark_dirty(organisation_id=row.organisation_id, tenancy_ids=[row.tenancy_id], on=row.from_on)


def _facts(row: Ruling) -> dict[str, object]:
    """What history keeps: codes, ids and days, no personal text."""
    return {
        "ruling": row.pk,
        "kind": row.kind,
        "instead_of": row.instead_of,
        "do": row.do,
        "until_on": row.until_on.isoformat(),
        "about": row.about,
    }
