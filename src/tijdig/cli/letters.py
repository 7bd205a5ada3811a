"""`tijdig letters`: write to many at once, batches for the print house, send what waits, read what came back."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tijdig.cli.look import Organisation, organisations, parse_day
from tijdig.cli.main import app, boot
from tijdig.letters.letter import Fact, Kind

T = TypeVar("T")
console = Console()
letters = typer.Typer(no_args_is_help=True, help="Brieven: schrijven, printen, versturen, wat terugkwam.")
app.add_typer(letters, name="letters")


def _bar(what: str, total: int, work: Iterable[T]) -> Iterator[T]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as bars:
        task = bars.add_task(what, total=total)
        for one in work:
            bars.advance(task)
            yield one


@letters.command("write")
def write(
    kind: Annotated[Kind, typer.Argument(help="Soort brief.")],
    step: Annotated[str, typer.Option(help="Alleen wie bij deze stap van het beleid staat.")] = "",
    pay_before: Annotated[str, typer.Option(help="Uiterste betaaldag, voor een herinnering.")] = "",
    most: Annotated[int, typer.Option(help="Ten hoogste zoveel brieven.")] = 100_000,
    by: Annotated[
        str, typer.Option(help="E-mailadres van wie beslist; moet bij een brief met rechtsgevolg.")
    ] = "",
    organisation: Organisation = "",
) -> None:
    """Schrijf één soort brief aan iedereen met een melding. Nog een keer: wie hem kort geleden kreeg, wordt overgeslagen."""
    boot()
    from tijdig.access.scope import organisation_scope
    from tijdig.cases.queries import tenancies_at
    from tijdig.letters.actions_many import LEGAL, write_many

    today = parse_day("")
    given: Mapping[str, Fact] = {"pay_before_on": parse_day(pay_before)} if pay_before else {}
    for one in organisations(organisation):
        actor, name = _decides(one, by)
        if kind in LEGAL and not name:
            raise typer.BadParameter("Over deze brief beslist een mens. Noem met --by wie dat is.")
        with organisation_scope(one):
            ids = tenancies_at(step)[:most]
        made = write_many(
            organisation_id=one, actor=actor, kind=kind, tenancy_ids=ids, on=today, now=datetime.now(UTC), by=name,
            given=given,
        )  # fmt: skip
        results = Counter(
            "" if result.letter_id else result.faults[0].sentence
            for result in _bar("Brieven", len(ids), made)
        )
        console.print(f"{results.pop('', 0)} brieven geschreven.")
        for sentence, count in results.most_common(10):
            console.print(f"  {count}x geen brief: {sentence}", soft_wrap=True)


def _decides(organisation: int, email: str) -> tuple[str, str]:
    """Actor and name of who decides; the command itself where nobody was named."""
    from tijdig.access.queries import colleagues
    from tijdig.access.roles import Right, may

    if not email:
        return "system:command", ""
    for person in colleagues(organisation):
        if person.email == email.lower() and may(person.role, Right.WRITE_LETTER):
            return f"user:{person.id}", person.name
    raise typer.BadParameter(f"{email} is hier niet bekend, of mag geen brieven schrijven.")


@letters.command("batch")
def batch(
    out: Annotated[Path | None, typer.Option(help="Map voor de delen; anders staan ze op de pagina.")] = None,
    by: Annotated[str, typer.Option(help="E-mailadres van wie de batch maakt.")] = "",
    organisation: Organisation = "",
) -> None:
    """Maak een printbatch van alles wat op papier wacht, en ga verder met wat nog niet af was."""
    boot()
    from tijdig.letters.actions_print import make_batch, unfinished

    for one in organisations(organisation):
        actor, _ = _decides(one, by)
        for number in unfinished(organisation_id=one):
            _make(one, number, out)
        made = make_batch(organisation_id=one, actor=actor, on=parse_day(""))
        if made is None:
            console.print("Er wacht niets op papier.")
        else:
            _make(one, made, out)


def _make(organisation: int, number: int, out: Path | None) -> None:
    from tijdig.access.scope import organisation_scope
    from tijdig.letters.actions_print import make_part
    from tijdig.letters.queries_batch import batch as batch_of
    from tijdig.letters.queries_batch import part_pdf

    with organisation_scope(organisation):
        found = batch_of(number)
    assert found is not None
    with Progress(
        TextColumn("Batch {task.fields[number]}"), BarColumn(), MofNCompleteColumn(), console=console
    ) as bars:
        task = bars.add_task("", total=found.letters, completed=found.done, number=number)
        while (done := make_part(organisation_id=organisation, batch_id=number)) is not None:
            bars.update(task, completed=done[0])
    with organisation_scope(organisation):
        found = batch_of(number)
    assert found is not None
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        for part in found.parts:
            with organisation_scope(organisation):
                paper = part_pdf(part.id)
            if paper is not None:
                (out / paper[0]).write_bytes(paper[1])
    pages = sum(part.pages for part in found.parts)
    console.print(f"Batch {number}: {found.letters} brieven, {pages} bladzijden, {len(found.parts)} delen.")


@letters.command("send")
def send(organisation: Organisation = "") -> None:
    """Verstuur wat nu mag, en zoek uit wat bleef liggen. Het programma doet dit zelf ook, zolang het loopt."""
    boot()
    from tijdig.letters.actions_run import run_letters, take_mails

    ids = organisations(organisation)
    take_mails(organisation_ids=ids, now=datetime.now(UTC))
    for one in ids:
        while run_letters(organisation_id=one, clock=lambda: datetime.now(UTC)):
            pass


@letters.command("back")
def back(
    files: Annotated[list[Path], typer.Argument(help="Mail die terugkwam (.eml), of - voor wat binnenkomt.")],
    organisation: Organisation = "",
) -> None:
    """Lees mail die terugkwam: wat niet aankwam, staat daarna bij de brieven die op iemand wachten."""
    boot()
    from tijdig.letters.actions_run import take_mail

    ids = organisations(organisation)
    for path in files:
        raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        told = take_mail(organisation_ids=ids, raw=raw, now=datetime.now(UTC))
        console.print(f"{path}: {'verwerkt' if told else 'gaat niet over een brief van ons'}.")


@letters.command("replies")
def replies(organisation: Organisation = "") -> None:
    """Lees de antwoorden van huurders uit de postbus, één keer. Het programma doet dit zelf ook, zolang het loopt."""
    boot()
    from tijdig.letters.actions_replies import read_replies

    failed = False
    for one in organisations(organisation):
        more = True
        while more:
            found = read_replies(organisation_id=one, clock=lambda: datetime.now(UTC))
            more = found is not None and found.more and found.new > 0
            if found is None:
                console.print(f"Corporatie {one}: er is geen postbus ingesteld (TIJDIG_EMAIL_REPLIES).")
                continue
            failed = failed or bool(found.trouble)
            console.print(
                f"Corporatie {one}: {found.new} nieuw, {found.known} al bekend. {found.trouble}".rstrip()
            )
            if found.stumbled:
                console.print(
                    f"  {found.stumbled} konden niet helemaal gelezen worden; zij staan bij Antwoorden."
                )
    raise typer.Exit(1 if failed else 0)
