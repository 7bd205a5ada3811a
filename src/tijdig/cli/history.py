"""`tijdig verify-history`: was anything of the history changed or removed? One line each; status 1 when it was."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from tijdig.base.days import AMSTERDAM
from tijdig.cli.look import Organisation, organisations
from tijdig.cli.main import app, boot

if TYPE_CHECKING:
    from tijdig.history.chain import Kept
    from tijdig.history.queries_proof import Broken, Proof

console = Console(soft_wrap=True, highlight=False, markup=False)


@app.command("verify-history")
def verify_history(
    as_json: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False,
    earlier: Annotated[
        Path | None,
        typer.Option(help="Uitvoer van een eerdere keer met --json: elke schakel van toen moet er nog zijn."),
    ] = None,
    organisation: Organisation = "",
    database: Annotated[str, typer.Option(hidden=True)] = "tijdig",
) -> None:
    """Reken de keten van de geschiedenis na: is er iets veranderd of weggehaald? Eindigt met 1 als dat zo is."""
    kept = _kept(earlier) if earlier is not None else {}
    boot(database)
    from tijdig.access.queries import corporation
    from tijdig.access.scope import organisation_scope
    from tijdig.history.queries_proof import prove

    found: list[tuple[str, str, Proof]] = []
    for one in organisations(organisation):
        with organisation_scope(one):
            named = corporation(one)
            proof = prove(one, now=datetime.now(UTC), kept=kept.pop(named.slug, None))
        found.append((named.slug, named.name, proof))
    gone = sorted(kept) if not organisation else []
    if as_json:
        json.dump([_plain(*each) for each in found], sys.stdout, default=str, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        for _, name, proof in found:
            for line in lines(name, proof):
                console.print(line)
    for slug in gone:
        typer.echo(f"{slug}: deze corporatie stond in {earlier} en is er niet meer.", err=True)
    if gone or not all(proof.holds for _, _, proof in found):
        raise typer.Exit(1)


def _kept(place: Path) -> dict[str, Kept]:
    """What an earlier output told of each corporation."""
    from tijdig.history.chain import Kept

    try:
        told = json.loads(place.read_text(encoding="utf-8"))
        return {one["organisation"]: Kept(int(one["links"]), str(one["last_link"])) for one in told}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise typer.BadParameter(
            f"{place} is geen uitvoer van tijdig verify-history --json ({error})."
        ) from None


def _plain(slug: str, name: str, proof: Proof) -> dict[str, Any]:
    return {"organisation": slug, "name": name, "holds": proof.holds} | asdict(proof)


def lines(name: str, proof: Proof) -> list[str]:
    """What is said of one corporation: one line where all is well, one more for whatever does not hold."""
    days = f", van {proof.first_on:%d-%m-%Y} tot en met {proof.last_on:%d-%m-%Y}" if proof.first_on else ""
    head = (
        f"{'✓' if proof.holds else '✗'} {name}: {proof.links} schakels, {proof.sealed} gebeurtenissen verzegeld, "
        f"{proof.unsealed} nog niet verzegeld{days}."
    )
    erased = f" Van {proof.erased} is de tekst gewist." if proof.erased else ""
    return [head + erased, *(f"  {sentence(one)}" for one in proof.broken)]


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(AMSTERDAM):%d-%m-%Y %H:%M}" if at else "onbekend moment"


def sentence(one: Broken) -> str:
    """In which way it does not hold, where, and what to do."""
    from tijdig.history.queries_proof import Break

    between = f"tussen gebeurtenis {one.after_id} en {one.until_id} ({_moment(one.first_at)} tot {_moment(one.last_at)})"
    said = {
        Break.CHANGED: f"Schakel {one.link} klopt niet: {between} is iets veranderd, of de verzegeling zelf.",
        Break.REMOVED: f"Schakel {one.link} klopt niet: {between} zijn gebeurtenissen weggehaald.",
        Break.ADDED: f"Schakel {one.link} klopt niet: {between} zijn later gebeurtenissen toegevoegd.",
        Break.LINK: f"Schakel {one.link} ontbreekt, of er is er een tussengezet: {between}.",
        Break.TEXT: f"De tekst van gebeurtenis {one.until_id} is veranderd ({_moment(one.first_at)}).",
        Break.UNSEALED: (
            f"Na gebeurtenis {one.after_id} is er te lang niets verzegeld, {between}. Draaide het programma 's nachts niet, "
            "draai dan `tijdig night`. Draaide het wel, dan is de laatste schakel weggehaald."
        ),
        Break.KEPT: f"Schakel {one.link} van de eerdere controle is er niet meer, of zij is anders.",
    }
    return said[one.kind]
