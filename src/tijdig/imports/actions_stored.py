"""Lines that were stored before get their outcome as yet: read back as works, settled, written where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import connection

from tijdig.base.problems import Problem
from tijdig.imports.actions_lines import knowledge, settle, store, update
from tijdig.imports.drafts import Movement, Nature
from tijdig.imports.models import Line, Quarantine, SourceFile
from tijdig.imports.outcome import SOURCE, Work
from tijdig.ledger.actions_marks import clear_waiting


def works_of(lines: Sequence[Line]) -> list[Work]:
    """Stored lines as works again, with their personal text."""
    works = []
    for line in lines:
        text = getattr(line, "linetext", None)
        _, _, tail = (line.reference or "").rpartition("/")
        movement = Movement(
            place=line.place,
            entry_no=line.pk,
            tx_no=int(tail) if tail.isdigit() else _tx_no(line.place),
            tx_count=1,
            amount_cents=line.amount_cents,
            currency="EUR",
            booked_on=line.booked_on,
            value_on=line.value_on,
            nature=Nature(line.nature),
            bank_reference=line.bank_reference,
            end_to_end_id=line.end_to_end_id,
            mandate_id=line.mandate_id,
            batch_id=line.batch_id,
            batch_count=line.batch_count,
            structured_reference=text.structured_reference if text else "",
            remittance=text.remittance if text else "",
            counter_account=text.counter_account if text else "",
            counter_name=text.counter_name if text else "",
            reason_code=line.reason_code,
        )
        works.append(Work(movement, line.fingerprint, line_id=line.pk, statement_id=line.statement_id))
    return works


def _tx_no(place: str) -> int:
    """The number of a transaction within its entry, as its place tells: `Ntry 3, Tx 2` is 2."""
    _, _, last = place.rpartition(" ")
    named = ", Tx " in place or ", post " in place
    return int(last) if named and last.isdigit() else 1


def settle_stored(organisation_id: int, lines: Sequence[Line], actor: str, on: date, file_id: int) -> int:
    """Give stored lines their outcome, per account of ours; returns how many posted."""
    by_account: dict[int | None, list[Line]] = {}
    for line in lines:
        by_account.setdefault(line.statement.bank_account_id, []).append(line)
    if not lines:
        return 0
    known = knowledge(organisation_id, on)
    posted = 0
    for account, own in by_account.items():
        before = {line.pk: line for line in own}
        done, problems = settle(
            organisation_id=organisation_id,
            works=works_of(own),
            known=known,
            actor=actor,
            on=on,
            file_id=file_id,
            bank_account_id=account,
        )
        changed = [work for work in done if work.line_id and work.state != before[work.line_id].state]
        update(changed)
        store_parts(organisation_id, done, before)
        _keep(organisation_id, file_id, problems)
        told = [work.reference for work in done if work.state == "posted"]
        clear_waiting(organisation_id=organisation_id, source=SOURCE, references=told, on=on)
        posted += len(told)
        for file in sorted({before[work.line_id].file_id for work in changed}):
            recount(file)
    return posted


def store_parts(organisation_id: int, done: Sequence[Work], before: dict[int, Line]) -> None:
    """The parts of a batch that could be split by now become lines beside it."""
    by_line: dict[int, list[Work]] = {}
    for work in done:
        if work.parent is not None:
            by_line.setdefault(work.parent.line_id, []).append(work)
    for line_id, parts in by_line.items():
        line = before[line_id]
        store(organisation_id=organisation_id, file_id=line.file_id, works=parts)


def _keep(organisation_id: int, file_id: int, problems: Sequence[Problem]) -> None:
    for problem in problems:
        Quarantine.objects.create(
            organisation_id=organisation_id,
            file_id=file_id,
            place=problem.place[:120],
            code=problem.code,
            params=dict(problem.params),
            text=problem.text,
        )


def recount(file_id: int) -> None:
    """The counts of a file after somebody decided about its lines."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT state, count(*) FROM imports_line WHERE file_id = %s GROUP BY state", [file_id]
        )
        counts = dict(cursor.fetchall())
    row = SourceFile.objects.select_for_update().get(pk=file_id)
    row.counts = {
        **row.counts,
        **{state: counts.get(state, 0) for state in ("posted", "queued", "held", "other")},
    }
    row.save(update_fields=["counts"])
