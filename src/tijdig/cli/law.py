"""`tijdig law costs|interest|term`: what the law says, step by step with its sources. No database is needed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from tijdig.cli.main import app

if TYPE_CHECKING:
    from tijdig.law.answer import Answer

law = typer.Typer(no_args_is_help=True, help="Reken na wat de wet zegt: kosten, rente en termijnen.")
app.add_typer(law, name="law")

# A minus sign before an amount must reach us as an amount, so that the message can say what is wrong with it.
AMOUNTS = {"ignore_unknown_options": True}
FIRST_YEAR, LAST_YEAR = 1900, 2100

AsJson = Annotated[bool, typer.Option("--json", help="Als JSON.")]


def _refuse(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)


@contextmanager
def _refusals() -> Iterator[None]:
    """What the rules refuse is a sentence for whoever typed it."""
    try:
        yield
    except ValueError as error:
        _refuse(str(error))


def _cents(text: str) -> int:
    """An amount as typed, with a decimal point or comma."""
    from tijdig.base.typed import typed_cents

    try:
        return typed_cents(text)
    except ValueError as error:
        _refuse(str(error))


def _day(text: str) -> date:
    """A day as typed; empty is today, because the door reads the clock."""
    from tijdig.cli.look import parse_day

    try:
        day = parse_day(text)
    except typer.BadParameter as error:
        _refuse(str(error))
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        _refuse(f"'{text}' ligt te ver weg. Kies een dag tussen {FIRST_YEAR} en {LAST_YEAR}.")
    return day


def _euros(cents: int) -> str:
    """Whole cents as JSON has them: text with two decimals."""
    return f"{cents // 100}.{cents % 100:02d}" if cents >= 0 else f"-{_euros(-cents)}"


def _as_json(answer: Answer, total_cents: int | None, **more: Any) -> dict[str, Any]:
    parts = [
        {"text": step.sentence, "amount": None if step.cents is None else _euros(step.cents)}
        for step in answer.steps
    ]
    return {
        "total": None if total_cents is None else _euros(total_cents),
        "parts": parts,
        **more,
        "conventions": list(answer.conventions),
        "sources": [
            {"law": one.law, "publication": one.publication, "citation": one.citation}
            for one in answer.sources
        ],
        "provisional": answer.provisional,
        "doubts": [{"code": one.code, "text": one.sentence} for one in answer.doubts],
    }


def _tell(answer: Answer, title: str, total_cents: int | None, as_json: bool, **more: Any) -> None:
    if as_json:
        typer.echo(json.dumps(_as_json(answer, total_cents, **more), ensure_ascii=False))
        return
    from rich.console import Console
    from rich.table import Table

    from tijdig.base.money import euro
    from tijdig.law.plain_text import PROVISIONAL, remarks

    console = Console(highlight=False)
    console.print(f"[bold]{title}[/bold]")
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column()
    table.add_column(justify="right", no_wrap=True)
    for step in answer.steps:
        table.add_row(step.sentence, "" if step.cents is None else euro(step.cents))
    if total_cents is not None:
        table.add_row("[bold]Totaal[/bold]", f"[bold]{euro(total_cents)}[/bold]")
    console.print(table)
    for word, sentences in remarks(answer).items():
        label = f"[bold]{word}:[/bold]" if word == PROVISIONAL else f"{word}:"
        for sentence in sentences:
            console.print(f"{label} {sentence}", soft_wrap=True)


@law.command(context_settings=AMOUNTS)
def costs(
    amounts: Annotated[
        list[str], typer.Argument(help="Hoofdsom; meer bedragen zijn termijnen in één brief.")
    ],
    vat: Annotated[
        bool,
        typer.Option("--vat", help="Met btw: incassodienst rekent btw, niet aftrekbaar, staat in de brief."),
    ] = False,
    on: Annotated[str, typer.Option("--on", help="Volgens de regels van deze dag; anders vandaag.")] = "",
    as_json: AsJson = False,
) -> None:
    """Incassokosten over een of meer termijnen in één veertiendagenbrief."""
    from tijdig.law.collection_costs import ALL_VAT_CONDITIONS, collection_costs

    principals, day = [_cents(text) for text in amounts], _day(on)
    with _refusals():
        found = collection_costs(principals, day, ALL_VAT_CONDITIONS if vat else None)
    more = {name: _euros(getattr(found, f"{name}_cents")) for name in ("principal", "fee", "vat")}
    _tell(found, "Incassokosten", found.total_cents, as_json, on=day.isoformat(), **more)


@law.command(context_settings=AMOUNTS)
def interest(
    amount: Annotated[str, typer.Argument(help="Hoofdsom.")],
    first: Annotated[str, typer.Option("--from", help="Eerste dag met rente.")],
    end: Annotated[str, typer.Option("--to", help="Tot deze dag; de dag zelf telt niet mee.")],
    as_json: AsJson = False,
) -> None:
    """Wettelijke rente over een bedrag, van een dag tot een dag."""
    from tijdig.law.interest import interest as interest_on
    from tijdig.law.quantity import percent_text

    principal_cents, first_day, end_day = _cents(amount), _day(first), _day(end)
    with _refusals():
        found = interest_on(principal_cents, first_day, end_day)
    lines = [
        {
            "from": part.first_on.isoformat(),
            "to": part.end_on.isoformat(),
            "days": part.days,
            "base": _euros(part.base_cents),
            "rate": percent_text(part.rate_pct).replace(",", "."),
            "amount": _euros(part.interest_cents),
        }
        for part in found.parts
    ]
    _tell(
        found, "Wettelijke rente", found.total_cents, as_json, principal=_euros(principal_cents), table=lines
    )


@law.command()
def term(
    sent: Annotated[str, typer.Option("--sent", help="Dag waarop de veertiendagenbrief is verzonden.")],
    as_json: AsJson = False,
) -> None:
    """De termijn van een veertiendagenbrief, en vanaf welke dag er kosten zijn."""
    from tijdig.law.letter_term import fourteen_days

    with _refusals():
        found = fourteen_days(_day(sent))
    days = {
        "sent": found.sent_on,
        "delivered": found.delivered_on,
        "first_day": found.first_day_on,
        "last_day": found.last_day_on,
        "fee_from": found.fee_from_on,
    }
    _tell(found, "Veertiendagenbrief", None, as_json, **{name: day.isoformat() for name, day in days.items()})
