"""What people decide: accept a statement, say whose a payment is, repair a line. And what the program can do by itself
once it knows more: match the queue again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connection

from tijdig.access.scope import organisation_scope
from tijdig.history.actions import record
from tijdig.imports import storage
from tijdig.imports.actions_bank import refresh_account
from tijdig.imports.actions_lines import knowledge, settle, store, update
from tijdig.imports.drafts import Movement, Nature
from tijdig.imports.models import Line, Quarantine, SourceFile
from tijdig.imports.models import Statement as StatementRow
from tijdig.imports.outcome import SOURCE, Work, draft_of
from tijdig.ledger.actions import bank_account, clear_waiting, notify, post, set_routes
from tijdig.ledger.kinds import Kind
from tijdig.tenancies.actions import learn_account
from tijdig.tenancies.queries import tenancy_ids_by_contract


class NotPossible(Exception):
    """What was asked cannot be done; `code` names the sentence that says why."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


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
        works.append(Work(movement, line.fingerprint, line_id=line.pk))
    return works


def _tx_no(place: str) -> int:
    """The number of a transaction within its entry, as its place tells: `Ntry 3, Tx 2` is 2."""
    _, _, last = place.rpartition(" ")
    named = ", Tx " in place or ", post " in place
    return int(last) if named and last.isdigit() else 1


def _settle_stored(
    organisation_id: int, lines: Sequence[Line], statement: StatementRow, actor: str, on: date, file_id: int
) -> int:
    """Give stored lines their outcome; returns how many posted."""
    works = works_of(lines)
    if not works:
        return 0
    days = [work.movement.value_on for work in works] + [work.movement.booked_on for work in works]
    done, problems = settle(
        organisation_id=organisation_id,
        works=works,
        known=knowledge(min(days), max(days)),
        actor=actor,
        on=on,
        file_id=file_id,
        bank_account_id=statement.bank_account_id,
    )
    update([work for work in done if work.line_id])
    parts = [work for work in done if not work.line_id]
    store(organisation_id=organisation_id, file_id=statement.file_id, statement_id=statement.pk, works=parts)
    for problem in problems:
        Quarantine.objects.create(
            organisation_id=organisation_id,
            file_id=file_id,
            place=problem.place[:120],
            code=problem.code,
            params=dict(problem.params),
            text=problem.text,
        )
    for work in done:
        if work.state == "posted":
            clear_waiting(organisation_id=organisation_id, source=SOURCE, reference=work.reference, on=on)
    return sum(work.state == "posted" for work in done)


def accept_statement(*, organisation_id: int, statement_id: int, actor: str, reason: str, on: date) -> int:
    """A named person accepts a statement that does not tie, with a reason; its lines are posted. Returns how many."""
    if not reason.strip():
        raise NotPossible("reason_needed")
    with organisation_scope(organisation_id):
        row = StatementRow.objects.select_for_update().filter(pk=statement_id, state="held").first()
        if row is None:
            raise NotPossible("statement_not_held")
        if row.bank_account_id is None:
            row.bank_account_id = bank_account(organisation_id=organisation_id, iban=row.account)
        row.state, row.accepted_by, row.accept_reason = "accepted", actor, reason.strip()
        row.save(update_fields=["state", "accepted_by", "accept_reason", "bank_account_id"])
        posted = _release(organisation_id, row, actor, on)
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="statement_accepted",
            subject=f"statement:{statement_id}",
            effective_on=on,
            facts={"hold": row.hold, "difference_cents": row.difference_cents, "posted": posted},
            text=reason.strip(),
        )
        return posted


def _release(organisation_id: int, row: StatementRow, actor: str, on: date) -> int:
    lines = Line.objects.filter(statement=row, state="held").select_related("linetext").order_by("id")
    posted = _settle_stored(organisation_id, list(lines), row, actor, on, row.file_id)
    if row.bank_account_id is not None:
        refresh_account(row.bank_account_id)
    _recount(row.file_id)
    return posted


def rematch(*, organisation_id: int, actor: str, on: date, file_id: int) -> int:
    """Match the queue again with what is known by now, and release statements whose gap was filled."""
    posted = _fill_gaps(organisation_id, actor, on)
    queued = list(Line.objects.filter(state="queued").select_related("linetext", "statement").order_by("id"))
    by_statement: dict[int, list[Line]] = {}
    for line in queued:
        by_statement.setdefault(line.statement_id, []).append(line)
    if len(queued) > 20_000:
        return posted
    if not queued:
        return posted
    days = [line.value_on for line in queued] + [line.booked_on for line in queued]
    known = knowledge(min(days), max(days))
    for lines in by_statement.values():
        works = works_of(lines)
        done, _ = settle(
            organisation_id=organisation_id,
            works=works,
            known=known,
            actor=actor,
            on=on,
            file_id=file_id,
            bank_account_id=lines[0].statement.bank_account_id,
        )
        changed = [work for work in done if work.line_id and work.state != "queued"]
        update(changed)
        parts = [work for work in done if not work.line_id]
        statement = lines[0].statement
        store(organisation_id=organisation_id, file_id=statement.file_id, statement_id=statement.pk, works=parts)
        for work in done:
            if work.state == "posted":
                posted += 1
                clear_waiting(organisation_id=organisation_id, source=SOURCE, reference=work.reference, on=on)
        if changed:
            _recount(statement.file_id)
    return posted


def _fill_gaps(organisation_id: int, actor: str, on: date) -> int:
    """A statement held for a gap is released when the one before it has come in."""
    posted = 0
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT h.id FROM imports_statement h WHERE h.state = 'held' AND h.hold = 'gap' AND EXISTS (
                   SELECT 1 FROM imports_statement p WHERE p.bank_account_id = h.bank_account_id AND p.id > h.id
                      AND p.state IN ('ok', 'accepted') AND p.closing_cents = h.opening_cents
                      AND p.closing_on <= h.closing_on) ORDER BY h.closing_on, h.id"""
        )
        ids = [row[0] for row in cursor.fetchall()]
    for statement_id in ids:
        row = StatementRow.objects.get(pk=statement_id)
        row.state, row.accept_reason = "ok", ""
        row.save(update_fields=["state", "accept_reason"])
        posted += _release(organisation_id, row, actor, on)
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="statement_gap_filled",
            subject=f"statement:{statement_id}",
            effective_on=on,
        )
    return posted


def assign_line(
    *, organisation_id: int, line_id: int, contract_number: str, learn: bool, actor: str, on: date
) -> int:
    """A person says whose money a queued line is. It is posted; its account is learned where asked. Returns the tenancy."""
    with organisation_scope(organisation_id):
        line = (
            Line.objects.select_for_update(of=("self",))
            .filter(pk=line_id, state="queued")
            .select_related("linetext", "statement")
            .first()
        )
        if line is None:
            raise NotPossible("line_not_queued")
        tenancy = tenancy_ids_by_contract([contract_number.strip()]).get(contract_number.strip())
        if tenancy is None:
            raise NotPossible("tenancy_unknown", contract=contract_number)
        (work,) = works_of([line])
        kind = _kind_by_hand(line)
        work.state, work.rule, work.sureness, work.tenancy_id = "posted", "person", 100, tenancy
        draft = draft_of(work, str(tenancy), kind)
        posted = post(
            organisation_id=organisation_id,
            drafts=[draft],
            actor=actor,
            on=on,
            subject=f"line:{line_id}",
            tenancies={str(tenancy): tenancy},
        )
        if posted.problems:
            raise NotPossible(posted.problems[0].code, **dict(posted.problems[0].params))
        update([work])
        clear_waiting(organisation_id=organisation_id, source=SOURCE, reference=work.reference, on=on)
        _after_assign(organisation_id, line, work, tenancy, learn, actor)
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="line_assigned",
            subject=f"line:{line_id}",
            effective_on=on,
            facts={"tenancy": tenancy, "learned": learn},
        )
        _recount(line.file_id)
        if learn:
            rematch(organisation_id=organisation_id, actor=actor, on=on, file_id=line.file_id)
        return tenancy


def _kind_by_hand(line: Line) -> Kind:
    if line.amount_cents > 0:
        return Kind.DIRECT_DEBIT if line.nature == Nature.COLLECTION.value else Kind.PAYMENT
    storno = line.nature in (Nature.STORNO.value, Nature.STORNO_BATCH.value)
    return Kind.REVERSAL if storno else Kind.REFUND


def _after_assign(
    organisation_id: int, line: Line, work: Work, tenancy: int, learn: bool, actor: str
) -> None:
    if line.statement.bank_account_id is not None:
        set_routes(
            organisation_id=organisation_id,
            bank_account_id=line.statement.bank_account_id,
            tenancy_ids=[tenancy],
        )
    if learn and work.movement.counter_account:
        learn_account(
            organisation_id=organisation_id, tenancy_id=tenancy, iban=work.movement.counter_account, actor=actor
        )


def set_aside_line(*, organisation_id: int, line_id: int, actor: str, reason: str, on: date) -> None:
    """A person says that a queued line is not a tenant's. It stays, with the reason."""
    if not reason.strip():
        raise NotPossible("reason_needed")
    with organisation_scope(organisation_id):
        line = Line.objects.select_for_update().filter(pk=line_id, state="queued").first()
        if line is None:
            raise NotPossible("line_not_queued")
        (work,) = works_of([line])
        line.state, line.rule = "other", "person"
        line.save(update_fields=["state", "rule"])
        clear_waiting(organisation_id=organisation_id, source=SOURCE, reference=work.reference, on=on)
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="line_set_aside",
            subject=f"line:{line_id}",
            effective_on=on,
            text=reason.strip(),
        )
        _recount(line.file_id)


def repair(*, organisation_id: int, quarantine_id: int, text: str, actor: str, on: date) -> int:
    """Put the repaired text in the place of the bad one, in a copy of the file, and put that copy in line.

    What the first file posted posts once, so only what was bad is new. Returns the id of the new file.
    """
    with organisation_scope(organisation_id):
        row = Quarantine.objects.select_for_update().select_related("file").filter(pk=quarantine_id).first()
        if row is None or row.state != "open":
            raise NotPossible("quarantine_not_open")
        old = storage.place(Path(settings.DATA), organisation_id, row.file.digest)
        before, after = _bytes_of(old, row.text, text)
        kept = storage.keep(Path(settings.DATA), organisation_id, _replaced(old, before, after))
        copy = SourceFile.objects.create(
            organisation_id=organisation_id,
            name=f"hersteld-{row.file.name}"[:255],
            digest=kept.digest,
            size=kept.size,
            received_by=actor,
            mapping=row.file.mapping,
        )
        row.state, row.repaired_text, row.handled_by = "repaired", text, actor
        row.save(update_fields=["state", "repaired_text", "handled_by"])
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="line_repaired",
            subject=f"quarantine:{quarantine_id}",
            effective_on=on,
            facts={"file": copy.pk},
        )
        notify("tijdig_file", f"{organisation_id}:{copy.pk}")
        return int(copy.pk)


def _bytes_of(path: Path, text: str, repaired: str) -> tuple[bytes, bytes]:
    """The bad text as it stands in the file, in the file's own encoding, and what comes in its place."""
    content = path.read_bytes() if path.stat().st_size < 256 * 1024**2 else b""
    for encoding in ("utf-8", "cp1252", "utf-16"):
        try:
            before = text.encode(encoding)
        except UnicodeEncodeError:
            continue
        if before and content.count(before) == 1:
            return before, repaired.encode(encoding)
    raise NotPossible("text_not_found")


def _replaced(path: Path, before: bytes, after: bytes) -> list[bytes]:
    return [path.read_bytes().replace(before, after, 1)]


def set_aside(*, organisation_id: int, quarantine_id: int, actor: str, reason: str, on: date) -> None:
    """A person says that a bad line needs nothing. It stays, with the reason."""
    if not reason.strip():
        raise NotPossible("reason_needed")
    with organisation_scope(organisation_id):
        row = Quarantine.objects.select_for_update().filter(pk=quarantine_id, state="open").first()
        if row is None:
            raise NotPossible("quarantine_not_open")
        row.state, row.handled_by, row.handled_reason = "set_aside", actor, reason.strip()
        row.save(update_fields=["state", "handled_by", "handled_reason"])
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="line_set_aside",
            subject=f"quarantine:{quarantine_id}",
            effective_on=on,
            text=reason.strip(),
        )


def _recount(file_id: int) -> None:
    """The counts of a file after somebody decided about its lines."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT state, count(*) FROM imports_line WHERE file_id = %s GROUP BY state", [file_id])
        counts = dict(cursor.fetchall())
    row = SourceFile.objects.select_for_update().get(pk=file_id)
    row.counts = {**row.counts, **{state: counts.get(state, 0) for state in ("posted", "queued", "held", "other")}}
    row.save(update_fields=["counts"])
