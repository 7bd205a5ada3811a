"""What people decide: accept a statement, say whose a payment is, repair a line. And what the program can do by itself
once it knows more: match the queue again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connection

from tijdig.access.scope import organisation_scope
from tijdig.base.money import AmountError, cents_from_comma, euro
from tijdig.base.problems import Problem
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
        works.append(Work(movement, line.fingerprint, line_id=line.pk, statement_id=line.statement_id))
    return works


def _tx_no(place: str) -> int:
    """The number of a transaction within its entry, as its place tells: `Ntry 3, Tx 2` is 2."""
    _, _, last = place.rpartition(" ")
    named = ", Tx " in place or ", post " in place
    return int(last) if named and last.isdigit() else 1


def _settle_stored(organisation_id: int, lines: Sequence[Line], actor: str, on: date, file_id: int) -> int:
    """Give stored lines their outcome, per account of ours; returns how many posted."""
    by_account: dict[int | None, list[Line]] = {}
    for line in lines:
        by_account.setdefault(line.statement.bank_account_id, []).append(line)
    if not lines:
        return 0
    days = [line.value_on for line in lines] + [line.booked_on for line in lines]
    known = knowledge(organisation_id, min(days), max(days))
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
        _store_parts(organisation_id, done, before)
        _keep(organisation_id, file_id, problems)
        told = [work.reference for work in done if work.state == "posted"]
        clear_waiting(organisation_id=organisation_id, source=SOURCE, references=told, on=on)
        posted += len(told)
        for file in sorted({before[work.line_id].file_id for work in changed}):
            _recount(file)
    return posted


def _store_parts(organisation_id: int, done: Sequence[Work], before: dict[int, Line]) -> None:
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
    lines = (
        Line.objects.filter(statement=row, state="held")
        .select_related("linetext", "statement")
        .order_by("id")
    )
    held = list(lines)
    for line in held:
        line.statement = row
    posted = _settle_stored(organisation_id, held, actor, on, row.file_id)
    if row.bank_account_id is not None:
        refresh_account(row.bank_account_id)
    return posted


# What a file of this kind can end the wait of; any other file may tell who is who, so then all are tried again.
ENDS_WAIT = {
    "camt": ("collection_unknown",),
    "mt940": ("collection_unknown",),
    "pain008": ("collection_unknown", "batch_without_details"),
    "pain002": ("batch_without_details",),
}
MOST_AT_ONCE = 20_000


def rematch(*, organisation_id: int, actor: str, on: date, file_id: int, after: str = "") -> int:
    """Match the queue again with what is known by now, and release statements whose gap was filled.

    `after` is the kind of file that was read: a bank statement tells nothing new about who is who.
    """
    posted = _fill_gaps(organisation_id, actor, on)
    queued = Line.objects.filter(state="queued").select_related("linetext", "statement").order_by("id")
    if after in ENDS_WAIT:
        queued = queued.filter(queue_reason__in=ENDS_WAIT[after])
    return posted + _settle_stored(organisation_id, list(queued[:MOST_AT_ONCE]), actor, on, file_id)


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


@dataclass(frozen=True, slots=True)
class Assignment:
    """Whose money a queued line is: one tenancy, or several with the cents of each, which must add up."""

    line_id: int
    parts: tuple[tuple[int, int], ...]  # tenancy id, cents as seen from our account


def assign_line(
    *, organisation_id: int, line_id: int, contract_number: str, learn: bool, actor: str, on: date
) -> int:
    """A person says whose money a queued line is. It is posted; its account is learned where asked.

    `contract_number` is one number, or a list that splits the sum: `104.233=450,00; 104.240=210,00`. Returns the
    (first) tenancy.
    """
    with organisation_scope(organisation_id):
        line = Line.objects.filter(pk=line_id, state="queued").first()
        if line is None:
            raise NotPossible("line_not_queued")
        parts = _parts_of(contract_number, line.amount_cents)
        assign(
            organisation_id=organisation_id,
            assignments=[Assignment(line_id, parts)],
            actor=actor,
            on=on,
            learn=learn,
        )
        if learn:
            rematch(organisation_id=organisation_id, actor=actor, on=on, file_id=line.file_id)
        return parts[0][0]


def _parts_of(text: str, cents: int) -> tuple[tuple[int, int], ...]:
    """What a person typed, as tenancies with cents that add up to the line."""
    parts = []
    for piece in (piece.strip() for piece in text.split(";")):
        contract, equals, amount = (word.strip() for word in piece.partition("="))
        tenancy = tenancy_ids_by_contract([contract]).get(contract)
        if tenancy is None:
            raise NotPossible("tenancy_unknown", contract=contract or "…")
        try:
            share = cents_from_comma(amount) if equals else cents
        except AmountError:
            raise NotPossible("amount_unreadable", waarde=amount, amount=amount, text=amount) from None
        parts.append((tenancy, share if cents > 0 or not equals else -share))
    if sum(share for _, share in parts) != cents:
        raise NotPossible("parts_differ", sum=euro(cents))
    return tuple(parts)


def assign(
    *, organisation_id: int, assignments: Sequence[Assignment], actor: str, on: date, learn: bool = False
) -> int:
    """Post queued lines as a person said, inside the caller's transaction; returns how many lines."""
    by_line = {one.line_id: one for one in assignments}
    lines = list(
        Line.objects.select_for_update(of=("self",))
        .filter(pk__in=list(by_line), state="queued")
        .select_related("linetext", "statement")
        .order_by("id")
    )
    done: list[Work] = []
    for line, work in zip(lines, works_of(lines), strict=True):
        done += _as_said(line, work, by_line[line.pk].parts)
    drafts = [work.draft for work in done if work.draft is not None]
    ids = {str(work.tenancy_id): work.tenancy_id for work in done if work.tenancy_id is not None}
    posted = post(
        organisation_id=organisation_id, drafts=drafts, actor=actor, on=on, subject="queue", tenancies=ids
    )
    if posted.problems:
        raise NotPossible(posted.problems[0].code, **dict(posted.problems[0].params))
    update([work for work in done if work.line_id])
    _store_parts(organisation_id, done, {line.pk: line for line in lines})
    told = [work.reference for work in done if work.line_id]
    clear_waiting(organisation_id=organisation_id, source=SOURCE, references=told, on=on)
    for line in lines:
        _after_assign(organisation_id, line, by_line[line.pk].parts, learn, actor, on)
    for file in sorted({line.file_id for line in lines}):
        _recount(file)
    return len(lines)


def _as_said(line: Line, work: Work, parts: tuple[tuple[int, int], ...]) -> list[Work]:
    kind = _kind_by_hand(line)
    if len(parts) == 1:
        work.state, work.rule, work.sureness, work.tenancy_id = "posted", "person", 100, parts[0][0]
        work.draft = draft_of(work, str(parts[0][0]), kind)
        return [work]
    work.state, work.rule = "split", "person"
    done = [work]
    for number, (tenancy, cents) in enumerate(parts, 1):
        place = f"{work.movement.place}, deel {number}"
        movement = replace(
            work.movement, amount_cents=cents, tx_no=1000 * work.movement.tx_no + number, place=place
        )
        part = Work(movement, work.fingerprint, statement_id=work.statement_id, parent=work, state="posted")
        part.rule, part.sureness, part.tenancy_id = "person", 100, tenancy
        part.draft = draft_of(part, str(tenancy), kind)
        done.append(part)
    return done


def _kind_by_hand(line: Line) -> Kind:
    if line.amount_cents > 0:
        return Kind.DIRECT_DEBIT if line.nature == Nature.COLLECTION.value else Kind.PAYMENT
    storno = line.nature in (Nature.STORNO.value, Nature.STORNO_BATCH.value)
    return Kind.REVERSAL if storno else Kind.REFUND


def _after_assign(
    organisation_id: int, line: Line, parts: tuple[tuple[int, int], ...], learn: bool, actor: str, on: date
) -> None:
    tenancies = [tenancy for tenancy, _ in parts]
    account = line.statement.bank_account_id
    if account is not None:
        set_routes(organisation_id=organisation_id, bank_account_id=account, tenancy_ids=tenancies)
    text = getattr(line, "linetext", None)
    if learn and text and text.counter_account:
        for tenancy in tenancies:
            learn_account(
                organisation_id=organisation_id, tenancy_id=tenancy, iban=text.counter_account, actor=actor
            )
    record(
        organisation_id=organisation_id,
        actor=actor,
        verb="line_assigned",
        subject=f"line:{line.pk}",
        effective_on=on,
        facts={"parts": [list(part) for part in parts], "learned": learn},
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
        clear_waiting(organisation_id=organisation_id, source=SOURCE, references=[work.reference], on=on)
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
