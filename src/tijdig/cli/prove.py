"""`tijdig prove`: is nobody missed? Every tenancy counted once, and each that is in no place or in two."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import Annotated, Any

import typer
from rich.console import Console

from tijdig.cli.look import Organisation, organisations, parse_day
from tijdig.cli.main import app, boot

console = Console(soft_wrap=True, highlight=False)
_MOST_SHOWN = 20


@app.command()
def prove(
    on: Annotated[str, typer.Option("--date", help="De dag (jjjj-mm-dd); leeg: vandaag.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False,
    organisation: Organisation = "",
) -> None:
    """Tel elke huurder één keer: in een lijst, een regeling, bij de deurwaarder ... Eindigt met 1 als er een ontbreekt."""
    boot()
    from tijdig.access.queries import corporation
    from tijdig.access.scope import organisation_scope
    from tijdig.cases.proof import Proof
    from tijdig.cases.queries_proof import proof

    day = parse_day(on) if on else date.today()  # noqa: DTZ011 - the door reads the clock of this machine
    found: list[tuple[str, Proof]] = []
    for one in organisations(organisation):
        with organisation_scope(one):
            found.append((corporation(one).name, proof(day)))
    if as_json:
        told = [_plain(name, each) for name, each in found]
        json.dump(told[0] if len(told) == 1 else told, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        for name, each in found:
            _say(name, each)
    if not all(each.holds for _, each in found):
        raise typer.Exit(1)


def _plain(name: str, found: Any) -> dict[str, Any]:
    return {
        "organisation": name,
        "date": found.on.isoformat(),
        "tenancies": found.tenancies,
        "buckets": dict(found.buckets),
        "in_none": [{"tenancy": one.tenancy_id, "why": one.why} for one in found.in_none],
        "in_two": [{"tenancy": one.tenancy_id, "why": one.why} for one in found.in_two],
    }


def _say(name: str, found: Any) -> None:
    console.print(f"{name}, {found.on:%d-%m-%Y}: {found.tenancies} huurders", markup=False)
    for bucket, count in found.buckets.items():
        console.print(f"  {count:>7}  {bucket}", markup=False)
    for title, breaches in (("nergens", found.in_none), ("op twee plaatsen", found.in_two)):
        console.print(f"  {len(breaches):>7}  {title}", markup=False)
        for one in breaches[:_MOST_SHOWN]:
            console.print(f"           huurder {one.tenancy_id}: {one.sentence}", markup=False)
