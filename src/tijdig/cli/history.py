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
    from tijdig.entrance.queries_acts import Acts
    from tijdig.history.broken import Broken
    from tijdig.history.chain import Kept
    from tijdig.history.queries_proof import Proof

console = Console(soft_wrap=True, highlight=False, markup=False)


@app.command("verify-history")
def verify_history(
    as_json: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False,
    earlier: Annotated[
        Path | None,
        typer.Option(help="Uitvoer van een eerdere keer met --json: elke schakel van toen moet er nog zijn."),
    ] = None,
    backup: Annotated[
        Path | None,
        typer.Option(help="Een reservekopie: elke schakel van toen moet er nog zijn. Met --key."),
    ] = None,
    key: Annotated[Path | None, typer.Option(help="De sleutel van die reservekopie.")] = None,
    organisation: Organisation = "",
    database: Annotated[str, typer.Option(hidden=True)] = "tijdig",
) -> None:
    """Reken de keten van de geschiedenis na: is er iets veranderd of weggehaald? Eindigt met 1 als dat zo is."""
    kept = _kept(_told(earlier, backup, key), earlier or backup)
    boot(database)
    from tijdig.access.queries import corporation
    from tijdig.access.scope import organisation_scope
    from tijdig.entrance.queries_acts import partner_ids, prove_acts
    from tijdig.history.queries_proof import prove

    now = datetime.now(UTC)
    found: list[tuple[str, str, Proof]] = []
    for one in organisations(organisation):
        with organisation_scope(one):
            named = corporation(one)
            proof = prove(one, now=now, kept=kept["organisation"].pop(named.slug, None))
        found.append((named.slug, named.name, proof))
    acts = [prove_acts(one, now=now, kept=kept["partner"]) for one in ([] if organisation else partner_ids())]
    gone = [] if organisation else sorted([*kept["organisation"], *kept["partner"]])
    if as_json:
        told = [_plain(*each) for each in found] + [
            {"partner": one.code, "holds": one.holds} | asdict(one) for one in acts
        ]
        json.dump(told, sys.stdout, default=str, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        for line in [*_lines_of(found), *(line for one in acts for line in acts_lines(one))]:
            console.print(line)
    for slug in gone:
        typer.echo(f"{slug} stond in {earlier or backup} en is er niet meer.", err=True)
    if gone or any(proof.broken for _, _, proof in found) or any(one.broken for one in acts):
        raise typer.Exit(1)


def _lines_of(found: list[tuple[str, str, Proof]]) -> list[str]:
    return [line for _, name, proof in found for line in lines(name, proof)]


def _told(earlier: Path | None, backup: Path | None, key: Path | None) -> Any:
    """What was told earlier: by this command, or by a backup."""
    if earlier is not None:
        try:
            return json.loads(earlier.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise typer.BadParameter(
                f"{earlier} is geen uitvoer van tijdig verify-history --json ({error})."
            ) from None
    if backup is None:
        return []
    from tijdig.backup.actions import about_of
    from tijdig.backup.key import BackupError, read_key

    if key is None:
        raise typer.BadParameter("Geef met --key ook de sleutel van de reservekopie.")
    try:
        return about_of(backup, read_key(key)).get("chains", [])
    except BackupError as error:
        raise typer.BadParameter(str(error)) from None


def _kept(told: Any, place: Path | None) -> dict[str, dict[str, Kept]]:
    """The links that were told, of corporations and of partners."""
    from tijdig.history.chain import Kept

    found: dict[str, dict[str, Kept]] = {"organisation": {}, "partner": {}}
    try:
        for one in told:
            of = "partner" if "partner" in one else "organisation"
            found[of][str(one[of])] = Kept(int(one["links"]), str(one["last_link"]))
    except (ValueError, KeyError, TypeError) as error:
        raise typer.BadParameter(
            f"{place} is geen uitvoer van tijdig verify-history --json ({error})."
        ) from None
    return found


def _plain(slug: str, name: str, proof: Proof) -> dict[str, Any]:
    return {"organisation": slug, "name": name, "holds": proof.holds} | asdict(proof)


def lines(name: str, proof: Proof) -> list[str]:
    """What is said of one corporation: one line where all is well, one more for whatever does not hold."""
    days = f", van {proof.first_on:%d-%m-%Y} tot en met {proof.last_on:%d-%m-%Y}" if proof.first_on else ""
    head = (
        f"{'✓' if proof.holds else '✗'} {name}: {proof.links} schakels, {proof.sealed} gebeurtenissen verzegeld, "
        f"{proof.unsealed} nog niet verzegeld{days}."
    )
    if proof.looks or proof.looks_unsealed:
        head += f" Inzagen: {proof.looks} verzegeld, {proof.looks_unsealed} nog niet."
    erased = f" Van {proof.erased} is de tekst gewist." if proof.erased else ""
    return [head + erased, *(f"  {sentence(one)}" for one in proof.broken)]


def acts_lines(acts: Acts) -> list[str]:
    """The same of what a partner's people did about their own people."""
    head = (
        f"{'✓' if acts.holds else '✗'} {acts.name} (deurwaarder): {acts.links} schakels, "
        f"{acts.sealed} handelingen verzegeld, {acts.unsealed} nog niet verzegeld."
    )
    return [head, *(f"  {sentence(one)}" for one in acts.broken)]


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(AMSTERDAM):%d-%m-%Y %H:%M}" if at else "onbekend moment"


def sentence(one: Broken) -> str:
    """In which way it does not hold, where, and what to do."""
    from tijdig.history.broken import Break, Of

    single, several, chain = {
        Of.EVENTS: ("gebeurtenis", "gebeurtenissen", ""),
        Of.LOOKS: ("inzage", "inzagen", " van de inzagen"),
        Of.ACTS: ("handeling", "handelingen", ""),
    }[one.of]
    link = f"Schakel {one.link}{chain}"
    between = f"tussen {single} {one.after_id} en {one.until_id} ({_moment(one.first_at)} tot {_moment(one.last_at)})"
    said = {
        Break.CHANGED: f"{link} klopt niet: {between} is iets veranderd, of de verzegeling zelf.",
        Break.REMOVED: f"{link} klopt niet: {between} zijn {several} weggehaald.",
        Break.ADDED: f"{link} klopt niet: {between} zijn later {several} toegevoegd.",
        Break.LINK: f"{link} ontbreekt, of er is er een tussengezet: {between}.",
        Break.TEXT: f"De tekst van {single} {one.until_id} is veranderd ({_moment(one.first_at)}).",
        Break.UNSEALED: (
            f"Na {single} {one.after_id} is er te lang niets verzegeld, {between}. Draaide het programma 's nachts niet, "
            "draai dan `tijdig night`. Draaide het wel, dan is de laatste schakel weggehaald."
        ),
        Break.KEPT: f"Schakel {one.link} van de eerdere controle is er niet meer, of zij is anders.",
    }
    return said[one.kind]
