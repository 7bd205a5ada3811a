"""`tijdig year`: live a year of a made-up corporation day by day, and look every evening whether all is as it must be."""

from __future__ import annotations

import json
import os
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from tijdig.cli.main import app

console = Console()
_DATABASE = "tijdig_year"
_MOST_DAILY = 1_000  # homes: of more the proof that nobody is missed is given once a week
_SHOWN = (
    ("talks", "gesprekken"),
    ("attempts", "pogingen"),
    ("messages_written", "berichten"),
    ("letters_written", "brieven van een medewerker"),
    ("arrangements_made", "regelingen"),
    ("arrangements_kept", "afbetaald"),
    ("arrangements_broken_ended", "niet nagekomen en beëindigd"),
    ("promises", "toezeggingen"),
    ("decisions", "besluiten op naam"),
    ("deviations", "afwijkingen"),
    ("signals", "vroegsignalen"),
    ("hand_overs", "overdrachten"),
    ("arrears_pct_start", "achterstand op dag 1, % van de jaarhuur"),
    ("arrears_pct_end", "achterstand op de laatste dag, %"),
)


@app.command()
def year(
    homes: Annotated[int, typer.Option(min=20, help="Aantal woningen.")] = 300,
    days: Annotated[int, typer.Option(min=1, max=366, help="Aantal dagen.")] = 365,
    seed: Annotated[
        int, typer.Option(min=0, help="Begin van de trekkingen: hetzelfde getal, hetzelfde jaar.")
    ] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False,
) -> None:
    """Leef een jaar van een verzonnen corporatie, dag voor dag. Eindigt met 1 als er iets gebeurt dat nooit mag."""
    if os.environ.get("DATABASE_URL"):
        console.print(
            "Dit maakt een database van zichzelf. Haal DATABASE_URL weg; uw eigen gegevens blijven zo buiten schot."
        )
        raise typer.Exit(2)
    found = run(homes, days, seed, quiet=as_json)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        _say(found)
    if found["breaches"]:
        raise typer.Exit(1)


def run(homes: int, days: int, seed: int, *, quiet: bool = False) -> dict[str, Any]:
    """The year in a database of its own; what came of it."""
    from tijdig.cli.lived.ground import fresh_database

    fresh_database(_DATABASE)
    from tijdig.cli.lived.life import begin

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, disable=quiet) as bars:
        bar = bars.add_task("De corporatie maken", total=days)
        lived = begin(homes, days, seed, proof_days=1 if homes <= _MOST_DAILY else 7)
        for day in lived.live():
            bars.update(bar, description=f"{day:%d-%m-%Y}", advance=1)
    return lived.plain()


def _say(found: dict[str, Any]) -> None:
    figures = Table("Wat er gebeurde", "", box=None)
    for name, label in _SHOWN:
        figures.add_row(label, str(found["figures"].get(name, 0)))
    kept = Table("Wat altijd moet gelden", "gekeken", "geschonden", box=None)
    for one in found["invariants"]:
        kept.add_row(one["name"], str(one["checks"]), str(one["breaches"]))
    console.print(figures)
    console.print(kept)
    for one in found["invariants"]:
        for example in one["examples"]:
            console.print(f"  {one['name']}: {example}", markup=False)
