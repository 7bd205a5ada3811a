"""`tijdig import`: read files; with `--dry-run` only look, without a database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from tijdig.cli.look import Organisation, organisations
from tijdig.cli.main import app, boot
from tijdig.imports.drafts import Collection, Movement, Refusal, Statement, StatementEnd
from tijdig.imports.formats import Format
from tijdig.imports.left_out import LeftOut
from tijdig.imports.outside import Kept, bank_events, erp_values, look
from tijdig.imports.tally import Refused
from tijdig.imports.wording import sentence

console = Console()


@dataclass(slots=True)
class Report:
    """What a file holds, without a database. `balanced` is None where the format gives no balances."""

    file: str
    format: str | None = None
    statements: int = 0
    entries: int = 0
    transactions: int = 0
    credit_cents: int = 0
    debit_cents: int = 0
    balanced: bool | None = None
    left_out: int = 0  # numbers that look like a bsn
    errors: list[dict[str, Any]] = field(default_factory=list)


def look_at(path: Path) -> Report:
    """Read one file and count; every problem is an error with its sentence."""
    report = Report(path.name)
    file = Kept(path, path.name)
    try:
        looked = look(file)
        if looked.kind is None:
            _error(report, looked.problem)
            return report
        report.format = looked.kind.code
        if looked.kind.family == "bank":
            _bank(report, bank_events(file, looked.kind))
        else:
            _erp(report, looked.kind, erp_values(file, looked.kind, {}))
    except Refused as refused:
        _error(report, refused.problem)
    return report


def _bank(report: Report, events: Iterator[Any]) -> None:
    head: Statement | None = None
    for event in events:
        if isinstance(event, Statement):
            head = event
            report.format = event.format
            report.statements += 1
        elif isinstance(event, (Movement, Collection)):
            report.transactions += 1
            report.credit_cents += max(event.amount_cents, 0)
            report.debit_cents += max(-event.amount_cents, 0)
        elif isinstance(event, Refusal):
            report.transactions += 1
        elif isinstance(event, StatementEnd) and head is not None:
            report.entries += event.entry_count
            closing = head.closing_cents if head.closing_cents is not None else event.closing_cents
            if head.booked and head.opening_cents is not None and closing is not None:
                ties = head.opening_cents + event.movement_cents == closing
                report.balanced = ties if report.balanced is None else report.balanced and ties
        elif isinstance(event, LeftOut):
            report.left_out += event.count
        elif not isinstance(event, StatementEnd):
            _error(report, event)


def _erp(report: Report, kind: Format, values: Iterator[Any]) -> None:
    from tijdig.base.problems import Problem
    from tijdig.ledger.entry import EntryDraft

    report.format = f"{kind.code}/{kind.entity}"
    for value in values:
        if isinstance(value, Problem):
            _error(report, value)
        elif isinstance(value, LeftOut):
            report.left_out += value.count
        elif isinstance(value, EntryDraft):
            report.entries += 1
            report.transactions += 1
            report.debit_cents += max(value.amount_cents, 0)
            report.credit_cents += max(-value.amount_cents, 0)
        else:
            report.transactions += 1


def _error(report: Report, problem: Any) -> None:
    report.errors.append(
        {
            "code": problem.code,
            "place": problem.place,
            "message": sentence(problem.code, problem.params),
            "text": problem.text[:400],
            "fatal": problem.fatal,
        }
    )


@app.command("import")
def import_files(
    files: Annotated[list[Path], typer.Argument(help="Bestanden.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Alleen kijken; niets boeken, geen database.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False,
    own_account: Annotated[
        list[str] | None, typer.Option(help="IBAN van een eigen rekening (mag vaker).")
    ] = None,
    organisation: Organisation = "",
) -> None:
    """Lees bankafschriften, incassobestanden en VERA-bestanden in."""
    missing = [str(path) for path in files if not path.is_file()]
    if missing:
        raise typer.BadParameter(f"Niet gevonden: {', '.join(missing)}")
    if dry_run:
        reports = [look_at(path) for path in files]
        if as_json:
            typer.echo(json.dumps([asdict(one) for one in reports], ensure_ascii=False, default=str))
        else:
            for one in reports:
                _say(one)
        raise typer.Exit(1 if any(e["fatal"] for one in reports for e in one.errors) else 0)
    _really(files, own_account or [], organisation, as_json)


def _say(report: Report) -> None:
    ties = {True: "sluit", False: "sluit niet", None: "zonder saldo"}[report.balanced]
    console.print(
        f"{report.file}: {report.format or 'onbekend'}, {report.statements} afschriften, {report.transactions} regels, "
        f"{ties}, {len(report.errors)} fouten"
        + (f", {report.left_out} mogelijk BSN weggelaten" if report.left_out else "")
    )
    for error in report.errors[:20]:
        console.print(f"  {error['place']}: {error['message']}")


def _really(files: list[Path], own: list[str], slug: str, as_json: bool) -> None:
    boot()
    from tijdig.access.queries import colleagues
    from tijdig.access.scope import organisation_scope
    from tijdig.imports.actions import process, receive, register_account
    from tijdig.imports.queries_pages import file as file_row

    today = date.today()  # noqa: DTZ011 - the door reads the clock
    (organisation,) = organisations(slug)[:1]
    for iban in own:
        register_account(
            organisation_id=organisation,
            iban=iban.replace(" ", ""),
            name="",
            actor="system:command",
            on=today,
        )
    rows = []
    for path in files:
        with path.open("rb") as stream:
            file_id = receive(
                organisation_id=organisation,
                name=path.name,
                chunks=iter(lambda s=stream: s.read(1 << 20), b""),  # type: ignore[misc]
                actor="system:command",
                on=today,
            )
        process(organisation_id=organisation, file_id=file_id, on=today)
        with organisation_scope(organisation):
            row = file_row(file_id, colleagues(organisation))
        assert row is not None
        rows.append(row)
        if not as_json:
            console.print(
                f"{row.name}: {row.state_label}. {row.read} gelezen, {row.posted} geboekt, {row.queued} in de wachtrij, "
                f"{row.duplicate} al bekend, {row.quarantined} te herstellen. {row.message}"
            )
    if as_json:
        typer.echo(json.dumps([asdict(row) for row in rows], default=str, ensure_ascii=False))
