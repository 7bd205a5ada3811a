"""`tijdig policy`: look a way of working over before anybody works by it; keep one, and let it begin."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from tijdig.cli.look import Organisation, organisations, parse_day
from tijdig.cli.main import app, boot

console = Console(soft_wrap=True, highlight=False)
policy = typer.Typer(no_args_is_help=True, help="De werkwijze: nakijken, bewaren, laten ingaan.")
app.add_typer(policy, name="policy")

_MOST_BYTES = 1_000_000
File = Annotated[Path, typer.Argument(help="De werkwijze: een YAML-bestand.", exists=True, dir_okay=False)]


@policy.command("check")
def check(file: File) -> None:
    """Kijk een werkwijze na: één regel per bevinding. Eindigt met 1 als zij niet gebruikt kan worden."""
    from tijdig.policy.document import read_policy
    from tijdig.policy.judge import judge
    from tijdig.policy.wording import problem_sentence

    read, problems = read_policy(_text(file))
    for problem in problems:
        console.print(f"{file}: {problem.code}: {problem_sentence(problem)}", markup=False)
    findings = judge(read) if read else ()
    for one in findings:
        step = f"{one.step}: " if one.step else ""
        console.print(f"{file}: {one.code}: {step}{one.sentence}", markup=False)
    if problems or any(one.refuses for one in findings):
        raise typer.Exit(1)
    assert read is not None
    console.print(f"{read.name}, versie {read.version}: {len(read.steps)} stappen, in orde.", markup=False)


@policy.command("keep")
def keep(
    file: File,
    start: Annotated[
        str, typer.Option(help="Eerste dag waarop zij geldt (jjjj-mm-dd); leeg: alleen bewaren.")
    ] = "",
    reason: Annotated[str, typer.Option(help="Waarom zij ingaat.")] = "",
    organisation: Organisation = "",
) -> None:
    """Bewaar een versie, en laat haar eventueel ingaan."""
    boot()
    from tijdig.policy.actions_versions import NotKept, keep_version, start_version

    today = date.today()  # noqa: DTZ011 - the door reads the clock of this machine
    for one in organisations(organisation):
        try:
            kept = keep_version(organisation_id=one, actor="system:command", text=_text(file), on=today)
            if start:
                start_version(
                    organisation_id=one,
                    actor="system:command",
                    version_id=kept,
                    from_on=parse_day(start),
                    reason=reason,
                    on=today,
                )
        except NotKept as refused:
            for sentence in refused.sentences:
                console.print(sentence, markup=False)
            raise typer.Exit(1) from refused
    console.print("Bewaard." if not start else f"Bewaard; geldt vanaf {parse_day(start):%d-%m-%Y}.")


def _text(file: Path) -> str:
    raw = file.read_bytes()[:_MOST_BYTES]
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        console.print(
            f"{file}: policy_unreadable: Het bestand is geen UTF-8-tekst ({error.reason}).", markup=False
        )
        raise typer.Exit(1) from error
