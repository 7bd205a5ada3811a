"""What the import pages show: a fixed number of queries, whatever the size of a file."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q

from tijdig.access.queries import Colleague
from tijdig.base.money import euro
from tijdig.imports.models import Line, Progress, Quarantine, SourceFile, Statement
from tijdig.imports.return_reasons import reason
from tijdig.imports.values import (
    MAY_BE_MOST,
    MAY_BE_SURENESS,
    FilePage,
    FileRow,
    LineRow,
    QuarantineRow,
    StatementRow,
    Suggestion,
)
from tijdig.imports.wording import (
    FILE_STATES,
    HOLDS,
    NATURES,
    QUARANTINE_STATES,
    QUEUE,
    RULES,
    SENTENCES,
    STATEMENT_STATES,
    STATES,
    sentence,
)
from tijdig.tenancies.queries import Card, cards

PER_PAGE = 100
_FORMATS = {
    "camt": "camt", "mt940": "MT940", "pain008": "pain.008", "pain002": "pain.002", "vera_json": "VERA",
    "vera_csv": "VERA", "table": "tabel",
}  # fmt: skip

_LINE_STATES = ("posted", "queued", "duplicate", "held", "other", "split", "notice", "known")


_ASKS = {
    "mapping_needed": "columns",
    "mapping_incomplete": "columns",
    "shape_unconfirmed": "shape",
    "signs_unclear": "shape",
}


def _names(people: list[Colleague]) -> dict[str, str]:
    return {f"user:{one.id}": one.name for one in people}


def _file_row(row: SourceFile, names: dict[str, str], done: int) -> FileRow:
    counts: dict[str, Any] = row.counts
    code, _, entity = row.format.partition("/")
    seconds = (
        (row.finished_at - row.started_at).total_seconds() if row.finished_at and row.started_at else None
    )
    return FileRow(
        id=row.pk,
        name=row.name,
        format_label=f"{_FORMATS.get(code, '')} {entity}".strip(),
        size=row.size,
        state=row.state,
        state_label=FILE_STATES.get(row.state, row.state),
        message=sentence(row.code, row.params) if row.code and row.code != "file_done" else "",
        received_at=row.received_at,
        received_by=names.get(row.received_by, row.received_by.partition(":")[2] or row.received_by),
        seconds=seconds,
        progress=100
        if row.finished_at and row.state not in ("received", "reading")
        else _percent(done, row.size),
        read=counts.get("read", done if row.state == "reading" else 0),
        posted=counts.get("posted", 0),
        queued=counts.get("queued", 0),
        duplicate=counts.get("duplicate", 0),
        held=counts.get("held", 0),
        other=counts.get("other", 0),
        split=counts.get("split", 0),
        noticed=counts.get("notice", 0) + counts.get("known", 0),
        lines=sum(counts.get(state, 0) for state in _LINE_STATES) + counts.get("quarantined", 0),
        quarantined=counts.get("quarantined", 0),
        left_out=counts.get("left_out", 0),
        credit_cents=counts.get("credit_cents", 0),
        debit_cents=counts.get("debit_cents", 0),
        balanced=counts.get("balanced"),
        kept=bool(row.kept_in),
        asks=_ASKS.get(row.code, ""),
        headers=tuple(str(row.params.get("headers", "")).split("\x1f")) if row.code in _ASKS else (),
    )


def _percent(done: int, size: int) -> int:
    """How far, from the lines told so far and a usual number of bytes a line; never quite done until it is."""
    return min(99, int(100 * done * 700 / size)) if size else 0


def files(people: list[Colleague], most: int = 100) -> list[FileRow]:
    rows = list(SourceFile.objects.order_by("-id")[:most])
    done = dict(Progress.objects.filter(file__in=[row.pk for row in rows]).values_list("file_id", "done"))
    names = _names(people)
    return [_file_row(row, names, done.get(row.pk, 0)) for row in rows]


def file(file_id: int, people: list[Colleague]) -> FileRow | None:
    row = SourceFile.objects.filter(pk=file_id).first()
    if row is None:
        return None
    done = Progress.objects.filter(file=row).values_list("done", flat=True).first() or 0
    return _file_row(row, _names(people), done)


def _statement_row(row: Statement, names: dict[str, str], lines: int) -> StatementRow:
    params = {"account": row.account, "difference": euro(row.difference_cents or 0)}
    return StatementRow(
        id=row.pk,
        account=row.account,
        sequence=row.sequence,
        opening_cents=row.opening_cents,
        closing_cents=row.closing_cents,
        movement_cents=row.movement_cents,
        difference_cents=row.difference_cents,
        opened_on=row.opening_on,
        closed_on=row.closing_on,
        state=row.state,
        state_label=STATEMENT_STATES.get(row.state, row.state),
        hold_sentence=HOLDS[row.hold].format_map(params) if row.hold in HOLDS else "",
        accepted_by=names.get(row.accepted_by, row.accepted_by),
        accept_reason=row.accept_reason,
        lines=lines,
    )


def line_rows(lines: list[Line]) -> list[LineRow]:
    """Lines with names and suggestions, in one more query for all tenancies together."""
    wanted = {line.tenancy_id for line in lines if line.tenancy_id} | {
        int(one[0]) for line in lines for one in line.suggestions
    }
    known = cards(sorted(wanted))
    return [_line_row(line, known) for line in lines]


def _line_row(line: Line, known: dict[int, Card]) -> LineRow:
    text = getattr(line, "linetext", None)
    card = known.get(line.tenancy_id or 0)
    why = reason(line.reason_code) if line.reason_code else None
    return LineRow(
        id=line.pk,
        place=line.place,
        booked_on=line.booked_on,
        value_on=line.value_on,
        amount_cents=line.amount_cents,
        nature_label=NATURES.get(line.nature, line.nature),
        counter_name=text.counter_name if text else "",
        counter_account=text.counter_account if text else "",
        remittance=(text.remittance or text.structured_reference) if text else "",
        reason=f"{line.reason_code}: {why.meaning}" if why else "",
        state=line.state,
        state_label=STATES.get(line.state, line.state),
        rule_label=RULES.get(line.rule, line.rule),
        sureness=line.sureness,
        queue_reason=QUEUE.get(line.queue_reason, line.queue_reason),
        tenancy_id=line.tenancy_id,
        contract_number=card.contract_number if card else "",
        name=card.name if card else "",
        suggestions=[
            Suggestion(
                found.id, found.contract_number, found.name, found.address, None, RULES.get(rule, rule), sure
            )
            for tenancy, rule, sure in line.suggestions
            if (found := known.get(int(tenancy)))
        ],
    )


def queue(page: int = 1, tenancy_id: int | None = None) -> tuple[list[LineRow], int, int]:
    """Unmatched lines over all files, oldest first: (rows, total, pages); of one tenancy what is probably its money."""
    found = Line.objects.filter(state="queued").select_related("linetext").order_by("booked_on", "id")
    if tenancy_id is not None:
        found = found.filter(_probably(tenancy_id), amount_cents__gt=0)
    total = found.count()
    start = (max(page, 1) - 1) * PER_PAGE
    return line_rows(list(found[start : start + PER_PAGE])), total, max(1, -(-total // PER_PAGE))


def _probably(tenancy_id: int) -> Q:
    """The suggestions for which a tenancy's steps wait (`ledger_waiting`)."""
    found = Q()
    for place in range(MAY_BE_MOST):
        found |= Q(
            **{f"suggestions__{place}__0": tenancy_id, f"suggestions__{place}__2__gte": MAY_BE_SURENESS}
        )
    return found


def line(line_id: int) -> LineRow | None:
    found = list(Line.objects.filter(pk=line_id).select_related("linetext"))
    return line_rows(found)[0] if found else None


def quarantine_rows(rows: list[Quarantine]) -> list[QuarantineRow]:
    return [
        QuarantineRow(
            id=row.pk,
            place=row.place,
            sentence=sentence(row.code, row.params),
            text=row.text,
            marked=_marked(row),
            state=row.state,
            state_label=QUARANTINE_STATES.get(row.state, row.state),
        )
        for row in rows
    ]


def _marked(row: Quarantine) -> str:
    """The part of the text that failed: the longest parameter that stands in it.

    A reference only says which entry it was, unless the sentence is about the reference.
    """
    named = "{reference}" in SENTENCES.get(row.code, "")
    params = {name: str(value) for name, value in row.params.items() if named or name != "reference"}
    parts = [value for value in params.values() if value and value in row.text]
    return max(parts, key=len, default="")


def page(file_id: int, people: list[Colleague], only: str = "", number: int = 1) -> FilePage | None:
    """One file with everything in it: statements, lines by state, and what could not be read."""
    row = SourceFile.objects.filter(pk=file_id).first()
    if row is None:
        return None
    names = _names(people)
    counts: dict[str, int] = {}
    per_statement: dict[int, int] = {}
    for state, statement, count in _tallied(file_id):
        counts[state] = counts.get(state, 0) + count
        per_statement[statement] = per_statement.get(statement, 0) + count
    lines = Line.objects.filter(file_id=file_id).select_related("linetext").order_by("id")
    if only:
        lines = lines.filter(state=only)
    total = counts.get(only, 0) if only else sum(counts.values())
    start = (max(number, 1) - 1) * PER_PAGE
    statements = list(Statement.objects.filter(file_id=file_id).order_by("-state", "id")[:400])
    held_first = sorted(statements, key=lambda one: (one.state != "held", one.pk))
    done = Progress.objects.filter(file=row).values_list("done", flat=True).first() or 0
    return FilePage(
        file=_file_row(row, names, done),
        statements=[_statement_row(one, names, per_statement.get(one.pk, 0)) for one in held_first],
        lines=line_rows(list(lines[start : start + PER_PAGE])),
        quarantine=quarantine_rows(list(_quarantine(file_id))),
        page=number,
        pages=max(1, -(-total // PER_PAGE)),
        only=only,
        counts=[(state, STATES.get(state, state), count) for state, count in sorted(counts.items())],
    )


def _quarantine(file_id: int) -> Any:
    return Quarantine.objects.filter(Q(file_id=file_id)).order_by("state", "id")[:300]


def _tallied(file_id: int) -> list[tuple[str, int, int]]:
    found = (
        Line.objects.filter(file_id=file_id).values_list("state", "statement_id").annotate(count=Count("id"))
    )
    return [(state, statement, count) for state, statement, count in found]
