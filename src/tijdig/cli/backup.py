"""`tijdig backup-key`, `tijdig backup` and `tijdig restore`: everything in one encrypted file, and back."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from tijdig.backup.key import BackupError, make_key, read_key
from tijdig.cli.main import app, wiring

console = Console(soft_wrap=True, highlight=False, markup=False)
Key = Annotated[Path, typer.Option("--key", help="Bestand met de sleutel, van tijdig backup-key.")]


@contextmanager
def _said() -> Iterator[None]:
    """What went wrong as one sentence, with status 1."""
    try:
        yield
    except BackupError as error:
        console.print(f"✗ {error}")
        raise typer.Exit(1) from None


@contextmanager
def _stoppable() -> Iterator[None]:
    """Asked to stop, it takes away what was not finished."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@app.command("backup-key")
def backup_key(place: Annotated[Path, typer.Argument(metavar="KEYFILE", help="Nieuw bestand.")]) -> None:
    """Maak een sleutel voor reservekopieën. Bewaar hem los van de kopieën: zonder sleutel leest niemand ze."""
    with _said():
        make_key(place)
    console.print(f"✓ {place} is gemaakt. Bewaar ook een afdruk of kopie ervan, los van de reservekopieën.")


@app.command()
def backup(
    place: Annotated[Path, typer.Argument(metavar="FILE", help="Nieuw bestand.")],
    key: Key,
    database: Annotated[str, typer.Option(hidden=True)] = "",
) -> None:
    """Maak een versleutelde reservekopie van de database en van elk ingelezen bestand, en lees hem na."""
    from tijdig import __version__
    from tijdig.backup.actions import make_backup

    places = wiring().backups
    with _said(), _stoppable():
        secret = read_key(key)
        made = make_backup(
            dsn=places.source(database),
            data=wiring().data_folder(),
            place=place,
            key=secret,
            signing=places.signing(wiring().data_folder()),
            bundled=places.bundled_tools(),
            program=__version__,
            now=datetime.now(UTC),
        )
    console.print(
        f"✓ {place}: {made.size:,} bytes, {made.tables} tabellen, {made.rows} rijen, {made.files} bestanden. "
        "Nagelezen en compleet."
    )
    if not made.key_in:
        console.print(
            "  ! De ondertekensleutel komt uit TIJDIG_SECRET_KEY en zit er niet in: bewaar hem erbij."
        )
    for name in made.damaged:
        console.print(f"  ! {name} is niet meer wat er is ingelezen; het zit erin zoals het nu is.")


@app.command()
def restore(
    place: Annotated[Path, typer.Argument(metavar="FILE", help="De reservekopie.")],
    key: Key,
    into: Annotated[
        str, typer.Option(help="Naam van een nieuwe database; anders de gewone, die leeg moet zijn.")
    ] = "",
    replace_key: Annotated[
        bool,
        typer.Option(
            "--replace-signing-key",
            help="De ondertekensleutel van de kopie komt in de plaats van die van hier, die opzij gaat.",
        ),
    ] = False,
    without_key: Annotated[
        bool,
        typer.Option(
            "--without-signing-key",
            help="Zet terug zonder de ondertekensleutel van de kopie, als die weg is.",
        ),
    ] = False,
) -> None:
    """Zet een reservekopie terug in een lege database. Een verkeerde sleutel of een beschadigd bestand raakt niets aan."""
    from tijdig.backup.actions_restore import restore_backup
    from tijdig.backup.signing import Asked

    places = wiring().backups
    with _said(), _stoppable():
        secret = read_key(key)
        done = restore_backup(
            place=place,
            key=secret,
            data=wiring().data_folder(),
            target=lambda: places.target(into),
            server_major=places.server_major(),
            bundled=places.bundled_tools(),
            known=places.known_migrations(),
            signing=places.signing(wiring().data_folder()),
            asked=Asked(replace=replace_key, without=without_key),
        )
    console.print(
        f"✓ Teruggezet: {done.tables} tabellen, {done.rows} rijen, {done.files} bestanden, van {done.made_at[:16]} UTC."
    )
    if done.key_put:
        console.print("  De ondertekensleutel is mee teruggezet: wat verzegeld was, gaat weer open.")
    for one in done.chains:
        name = one.get("organisation") or one["partner"]
        console.print(
            f"  Geschiedenis {name}: {one['links']} schakels, de laatste is {str(one['last_link'])[:16]}."
        )
    console.print(
        f"  {done.sessions} aanmeldingen zijn beëindigd: iedereen meldt zich opnieuw aan. Wie na de kopie is uitgeschakeld, "
        "en welk programma zijn toegang verloor, staat er weer in zoals toen: kijk dat eerst na."
    )
    console.print(f"Controleer de geschiedenis met: tijdig verify-history --backup {place} --key {key}")
