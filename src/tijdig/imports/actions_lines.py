"""Storing movements and posting what is sure. Shared by a fresh file, an accepted statement and the queue."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from tijdig.base.arrays import literals
from tijdig.base.problems import Problem
from tijdig.imports.drafts import Nature
from tijdig.imports.matching import asked_for, owner_of_collection
from tijdig.imports.outcome import SOURCE, Knowledge, Work, decide, name_all
from tijdig.imports.queries import (
    collections_of,
    collectors,
    directory,
    own_collections,
    posted_collections,
)
from tijdig.imports.queries_owed import Owed
from tijdig.imports.values import MAY_BE_MOST, MAY_BE_SURENESS
from tijdig.ledger.actions import post
from tijdig.ledger.actions_accounts import set_routes
from tijdig.ledger.actions_marks import add_waiting
from tijdig.ledger.posting import Posted

REVERSAL_MONTHS = 14  # an unauthorised debit may come back for thirteen months


@dataclass(slots=True)
class Knowing(Knowledge):
    """Knowledge that reads what it lacks."""

    owed: Owed


def knowledge(organisation_id: int, on: date) -> Knowing:
    """What deciding needs that does not depend on the movements themselves."""
    return Knowing(directory=directory(organisation_id, on), owed=Owed())


def learn_owed(works: Sequence[Work], known: Knowing) -> None:
    """Read what those owe whom these movements name; what we asked for ourselves is not held against it."""
    asking = [
        (work.named.tenancy_id, work.movement.value_on)
        for work in works
        if work.named is not None
        and work.named.tenancy_id is not None
        and not asked_for(work.movement, work.named.rule)
    ]
    if asking:
        days = [day for _, day in asking]
        known.owed.learn((tenancy for tenancy, _ in asking), min(days), max(days))


def learn_about(works: Sequence[Work], known: Knowledge) -> None:
    """Fetch what these movements point to: batches of ours, collections that reversals take back."""
    batches = {w.movement.batch_id for w in works if w.movement.nature is Nature.BATCH}
    known.batches = own_collections(batches) if batches else {}
    asked = [own[0] for batch in known.batches.values() for own in batch]
    asked += [w.movement.end_to_end_id for w in works if w.movement.end_to_end_id]
    owners: dict[str, set[int]] = {}
    for end_to_end, mandate, account in collectors(asked) if asked else []:
        tenancy = owner_of_collection(known.directory, mandate, account)
        if tenancy is not None:
            owners.setdefault(end_to_end, set()).add(tenancy)
    for end_to_end, several in owners.items():
        if len(several) == 1:
            known.own[end_to_end] = next(iter(several))
        else:  # a source that numbers its collections anew in every file: the id names nobody
            known.own.pop(end_to_end, None)
    stornos = [w.movement for w in works if w.movement.nature is Nature.STORNO]
    if not stornos:
        return
    for end_to_end, found in posted_collections(m.end_to_end_id for m in stornos).items():
        mine = known.by_end_to_end.setdefault(end_to_end, [])
        mine.extend(item for item in found if item not in mine)
    tenancies: set[int] = set()
    for movement in stornos:
        tenancies |= known.directory.mandates.get(movement.mandate_id, frozenset())
        tenancies |= known.directory.accounts.get(movement.counter_account, frozenset())
    since = min(m.booked_on for m in stornos) - timedelta(days=REVERSAL_MONTHS * 31)
    for tenancy, items in collections_of(tenancies, since).items():
        mine_too = known.by_tenancy.setdefault(tenancy, [])
        mine_too.extend(item for item in items if item not in mine_too)
    candidates = [item[0] for items in known.by_tenancy.values() for item in items]
    candidates += [item[0] for items in known.by_end_to_end.values() for item in items]
    known.taken |= taken_back(candidates)


def taken_back(references: list[str]) -> set[str]:
    """Which of these entries were reversed already."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT t.reference FROM ledger_entry t JOIN ledger_entry u ON u.target_id = t.id AND u.kind = 22
                WHERE t.source = %s AND t.reference = ANY(%s) AND u.tenancy_id = t.tenancy_id""",
            [SOURCE, references],
        )
        return {row[0] for row in cursor.fetchall()}


def settle(
    *,
    organisation_id: int,
    works: Sequence[Work],
    known: Knowing,
    actor: str,
    on: date,
    file_id: int,
    bank_account_id: int | None,
) -> tuple[list[Work], list[Problem]]:
    """Decide and post; returns all works (with the parts of split batches) and what the ledger refused."""
    learn_about(works, known)
    done = name_all(works, known)
    learn_owed(done, known)
    decide(done, known)
    problems = post_decided(
        organisation_id=organisation_id,
        done=done,
        actor=actor,
        on=on,
        file_id=file_id,
        bank_account_id=bank_account_id,
    )
    return done, problems


def post_decided(
    *,
    organisation_id: int,
    done: Sequence[Work],
    actor: str,
    on: date,
    file_id: int,
    bank_account_id: int | None,
) -> list[Problem]:
    """Post what was decided, and have the tenancies of the rest wait; returns what the ledger refused."""
    drafts = [work.draft for work in done if work.draft is not None]
    posted = Posted()
    if drafts:
        ids = {str(tenancy): tenancy for work in done if (tenancy := work.tenancy_id) is not None}
        posted = post(
            organisation_id=organisation_id,
            drafts=drafts,
            actor=actor,
            on=on,
            subject=f"file:{file_id}",
            tenancies=ids,
        )
    if posted.problems:
        _refused_by_ledger(done, posted.problems)
    if bank_account_id is not None and posted.tenancies:
        set_routes(
            organisation_id=organisation_id,
            bank_account_id=bank_account_id,
            tenancy_ids=sorted(posted.tenancies),
        )
    waiting = [
        (work.reference, tenancy, work.movement.amount_cents)
        for work in done
        if work.state == "queued" and work.movement.amount_cents > 0
        for tenancy, _, sure in work.suggestions[:MAY_BE_MOST]
        if sure >= MAY_BE_SURENESS
    ]
    add_waiting(organisation_id=organisation_id, source=SOURCE, rows=waiting, on=on)
    return posted.problems


def _refused_by_ledger(done: Sequence[Work], problems: Sequence[Problem]) -> None:
    """What the ledger refused is not posted, whatever was decided about it: a person must look."""
    refused = {problem.params["reference"] for problem in problems}
    for work in done:
        if work.draft is not None and work.reference in refused:
            work.state, work.queue_reason = "queued", "ledger_refused"
            work.rule, work.sureness, work.tenancy_id, work.draft = "", 0, None, None


# One statement for the line and, apart, its personal text: the rows go over once.
_INSERT = """
WITH given AS MATERIALIZED (
    SELECT coalesce(known_id, nextval('imports_line_id_seq'::regclass)) AS id, t.*
      FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::bigint[], %s::date[], %s::date[], %s::text[], %s::text[],
                  %s::text[], %s::text[], %s::text[], %s::text[], %s::integer[], %s::text[], %s::text[], %s::text[],
                  %s::smallint[], %s::text[], %s::integer[], %s::text[], %s::bigint[], %s::text[], %s::text[],
                  %s::text[], %s::text[], %s::text[])
        AS t(known_id, statement, place, cents, booked, value, nature, print, bank_reference, e2e, mandate, batch,
             batch_count, reason, state, rule, sureness, queue_reason, tenancy, reference, parent, suggestions, name,
             account, structured, words)),
told AS (
    INSERT INTO imports_linetext (line_id, organisation_id, counter_name, counter_account, structured_reference, remittance)
    SELECT id, %s, name, account, structured, words FROM given
     WHERE name <> '' OR account <> '' OR structured <> '' OR words <> '')
INSERT INTO imports_line (id, organisation_id, file_id, statement_id, place, amount_cents, booked_on, value_on, nature,
    fingerprint, bank_reference, end_to_end_id, mandate_id, batch_id, batch_count, reason_code, state, rule, sureness,
    queue_reason, tenancy_id, reference, parent_id, suggestions)
SELECT id, %s, %s, statement, place, cents, booked, value, nature, print, bank_reference, e2e, mandate, batch, batch_count,
       reason, state, rule, sureness, queue_reason, tenancy, reference, parent, suggestions::jsonb
  FROM given
"""


_KINDS = (
    "bigint bigint text bigint date date text text text text text text integer text text text smallint text integer "
    "text bigint text text text text text"
)


def store(*, organisation_id: int, file_id: int, works: Sequence[Work]) -> None:
    """Write new lines with their outcome, and their personal text apart."""
    if not works:
        return
    with connection.cursor() as cursor:
        if any(work.parent is not None for work in works):
            _number(cursor, works)
        cursor.execute(
            _INSERT, [*literals(_KINDS, _columns(works)), organisation_id, organisation_id, file_id]
        )


def _number(cursor: Any, works: Sequence[Work]) -> None:
    """Numbers beforehand, in their order, where parts must point to the batch that they are of."""
    new = [work for work in works if not work.line_id]
    cursor.execute("SELECT nextval('imports_line_id_seq'::regclass) FROM generate_series(1, %s)", [len(new)])
    for work, row in zip(new, cursor.fetchall(), strict=True):
        work.line_id = row[0]


def _columns(works: Sequence[Work]) -> list[list[object]]:
    moves = [work.movement for work in works]
    return [
        [work.line_id or None for work in works],
        [work.statement_id for work in works],
        [move.place[:60] for move in moves],
        [move.amount_cents for move in moves],
        [move.booked_on for move in moves],
        [move.value_on for move in moves],
        [move.nature.value for move in moves],
        [work.fingerprint for work in works],
        [move.bank_reference[:60] for move in moves],
        [move.end_to_end_id[:40] for move in moves],
        [move.mandate_id[:40] for move in moves],
        [move.batch_id[:60] for move in moves],
        [move.batch_count for move in moves],
        [move.reason_code[:12] for move in moves],
        [work.state for work in works],
        [work.rule for work in works],
        [work.sureness for work in works],
        [work.queue_reason for work in works],
        [work.tenancy_id for work in works],
        [work.reference if work.state == "posted" else "" for work in works],
        [work.parent.line_id if work.parent else None for work in works],
        [json.dumps(work.suggestions) if work.suggestions else "[]" for work in works],
        [move.counter_name[:140] for move in moves],
        [move.counter_account[:40] for move in moves],
        [move.structured_reference[:60] for move in moves],
        [move.remittance for move in moves],
    ]


def update(works: Sequence[Work]) -> None:
    """Write the new outcome of lines that are stored already."""
    if not works:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE imports_line l SET state = t.state, rule = t.rule, sureness = t.sureness,
                      queue_reason = t.queue_reason, tenancy_id = t.tenancy, reference = t.reference,
                      suggestions = t.suggestions::jsonb
                 FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::smallint[], %s::text[], %s::integer[],
                             %s::text[], %s::text[])
                   AS t(id, state, rule, sureness, queue_reason, tenancy, reference, suggestions)
                WHERE l.id = t.id""",
            literals(
                "bigint text text smallint text integer text text",
                [
                    [work.line_id for work in works],
                    [work.state for work in works],
                    [work.rule for work in works],
                    [work.sureness for work in works],
                    [work.queue_reason for work in works],
                    [work.tenancy_id for work in works],
                    [work.reference if work.state == "posted" else "" for work in works],
                    [json.dumps(work.suggestions) for work in works],
                ],
            ),
        )
