"""The only writers of the ledger. Everything posted makes its tenancy dirty in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date

from django.db import connection, transaction

from tijdig.base.problems import Problem
from tijdig.history.actions import record
from tijdig.ledger.actions_entries import insert
from tijdig.ledger.actions_marks import notify
from tijdig.ledger.entry import EntryDraft
from tijdig.ledger.posting import Key, Known, Posted, Row, resolve, target_keys
from tijdig.tenancies.queries import tenancy_ids_by_contract

__all__ = ["notify", "post"]

_CHUNK = 20_000


def post(
    *,
    organisation_id: int,
    drafts: Iterable[EntryDraft],
    actor: str,
    on: date,
    subject: str = "ledger",
    tenancies: dict[str, int] | None = None,
) -> Posted:
    """Post drafts inside the caller's transaction. The same (source, reference) posts once.

    A draft may point to an entry of the same batch that stands before it. A duplicate whose amount or tenancy
    differs from what stands is a problem, not a correction: post a correction that points back.
    `tenancies` maps contract numbers to ids where the caller has them at hand.
    """
    result = Posted()
    with transaction.atomic():
        pending = list(drafts)
        for start in range(0, len(pending), _CHUNK):
            _post_chunk(organisation_id, pending[start : start + _CHUNK], tenancies, result)
        if result.count:
            record(
                organisation_id=organisation_id,
                actor=actor,
                verb="entries_posted",
                subject=subject,
                effective_on=on,
                facts=_facts(result),
            )
            notify("tijdig_dirty", organisation_id)
    return result


def _facts(result: Posted) -> dict[str, int]:
    return {
        "entries": result.count,
        "first_id": result.first_id,
        "last_id": result.last_id,
        "duplicates": result.duplicates,
        "refused": len(result.problems),
    }


def _post_chunk(
    organisation_id: int, drafts: Sequence[EntryDraft], tenancies: dict[str, int] | None, result: Posted
) -> None:
    """Post in rounds: a draft that points into its own batch waits until what it points to has an id."""
    by_contract = tenancies
    if by_contract is None:
        by_contract = tenancy_ids_by_contract({draft.contract_number for draft in drafts})
    keys = {key for draft in drafts for key in target_keys(draft)}
    inside = keys & {(draft.source, draft.reference) for draft in drafts} if keys else set()
    known = _known(keys)
    waiting = list(drafts)
    while waiting:
        ready = [draft for draft in waiting if not inside or _ready(draft, known, inside)]
        if not ready:
            ready = waiting
        rows: list[Row] = []
        for draft in ready:
            outcome = resolve(draft, by_contract, known)
            if isinstance(outcome, Problem):
                result.problems.append(outcome)
            else:
                rows.append(outcome)
        insert(organisation_id, rows, result)
        if len(ready) == len(waiting):
            return
        known |= _known(inside)
        left = {id(draft) for draft in ready}
        waiting = [draft for draft in waiting if id(draft) not in left]


def _ready(draft: EntryDraft, known: Mapping[Key, Known], inside: Set[Key]) -> bool:
    """Does it point to nothing that still waits for its own id?"""
    keys = target_keys(draft)
    return any(key in known for key in keys) or not any(key in inside for key in keys)


def _known(keys: Set[Key]) -> dict[Key, Known]:
    if not keys:
        return {}
    sources, references = zip(*sorted(keys), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT e.source, e.reference, e.id, e.tenancy_id, e.role, e.effective_on
                 FROM unnest(%s::text[], %s::text[]) AS k(source, reference)
                 JOIN ledger_entry e ON e.source = k.source AND e.reference = k.reference
                  AND e.organisation_id = (SELECT current_setting('tijdig.organisation')::integer)""",
            [list(sources), list(references)],
        )
        return {(row[0], row[1]): Known(*row[2:]) for row in cursor.fetchall()}
