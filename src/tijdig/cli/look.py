"""`tijdig night`, `tijdig position` and `tijdig doctor`: look, and say what is."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from tijdig.base.days import AMSTERDAM
from tijdig.base.money import euro
from tijdig.cli.main import app, boot

console = Console()
DayOption = Annotated[str, typer.Option(help="Dag als jjjj-mm-dd; anders vandaag.")]


def parse_day(text: str) -> date:
    """A day as typed; a clear error otherwise."""
    if not text:
        return date.today()  # noqa: DTZ011 - the door reads the clock
    for shape in ("%Y-%m-%d", "%d-%m-%Y"):
        try:
            return datetime.strptime(text, shape).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise typer.BadParameter(f"'{text}' is geen dag. Schrijf jjjj-mm-dd, bijvoorbeeld 2026-11-21.")


def parse_moment(text: str) -> datetime | None:
    """A day (its end) or a moment with a zone; None when nothing was typed."""
    if not text:
        return None
    if len(text) > 10:
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            raise typer.BadParameter(
                f"'{text}' is geen moment, bijvoorbeeld 2026-11-21T14:00+01:00."
            ) from None
        return moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)
    return datetime.combine(parse_day(text), time.max, AMSTERDAM)


def organisations(slug: str = "") -> list[int]:
    """The organisations to work on: all, or the one named."""
    from tijdig.access.queries import corporation, organisation_ids

    ids = [one for one in organisation_ids() if not slug or corporation(one).slug == slug]
    if not ids:
        console.print("Nog geen corporatie. Begin met `tijdig demo`.")
        raise typer.Exit(1)
    return ids


Organisation = Annotated[
    str, typer.Option("--organisation", help="Kort kenmerk van de corporatie; anders alle.")
]


@app.command()
def night(date_: Annotated[str, typer.Option("--date", help="Dag als jjjj-mm-dd; anders vandaag.")] = "",
          organisation: Organisation = "") -> None:  # fmt: skip
    """Beoordeel alle contracten op een dag: wie loopt achter, wie is bij."""
    day = parse_day(date_)
    if day > parse_day(""):
        raise typer.BadParameter("Die dag moet nog komen. Kies vandaag of een dag die geweest is.")
    boot()
    from tijdig.access.scope import organisation_scope
    from tijdig.cases.actions_night import run_night
    from tijdig.cases.queries import nights
    from tijdig.entrance.actions_seal import seal_acts
    from tijdig.entrance.queries_acts import partner_ids
    from tijdig.history.actions import seal

    for partner in partner_ids():
        seal_acts(partner_id=partner, looks=10)
    for one in organisations(organisation):
        run_night(organisation_id=one, on=day, actor="system:command")
        with organisation_scope(one):
            seal(organisation_id=one, looks=10)
        with organisation_scope(one):
            row = nights(1)[0]
        console.print(
            f"{day:%d-%m-%Y}: {row.tenancies} contracten in {row.seconds:.1f} s, {row.lines_read} regels gelezen, "
            f"{row.alerts} meldingen, {row.cures} voldaan, {row.changed} veranderd.",
            soft_wrap=True,
        )


@app.command()
def position(
    contract: Annotated[str, typer.Argument(help="Contractnummer.")],
    as_of: Annotated[str, typer.Option("--as-of", help="Stand op deze dag.")] = "",
    known_at: Annotated[str, typer.Option("--known-at", help="Zoals bekend op deze dag of dit moment.")] = "",
    explain: Annotated[bool, typer.Option("--explain", help="Toon elke regel die is bekeken.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False,
    organisation: Organisation = "",
) -> None:
    """Waar staat een contract, en waarom."""
    day, moment = parse_day(as_of), parse_moment(known_at)
    boot()
    from tijdig.access.scope import organisation_scope
    from tijdig.cases.queries import tenancy_file
    from tijdig.tenancies.queries import tenancy_ids_by_contract

    for one in organisations(organisation):
        with organisation_scope(one):
            tenancy = tenancy_ids_by_contract([contract]).get(contract)
            file = tenancy_file(tenancy, as_of=day, known_at=moment) if tenancy else None
        if file is None:
            continue
        if as_json:
            from dataclasses import asdict

            shown = (
                asdict(file)
                if explain
                else {k: v for k, v in asdict(file).items() if k not in ("rules", "lines")}
            )
            typer.echo(json.dumps(shown, default=str, ensure_ascii=False))
            return
        _show(file, explain)
        return
    console.print(f"Contract {contract} is niet bekend.")
    raise typer.Exit(1)


def _show(file: object, explain: bool) -> None:
    from tijdig.cases.values import TenancyFile

    assert isinstance(file, TenancyFile)
    mark = "  (teruggereconstrueerd uit boekdatums)" if file.reconstructed else ""
    console.print(f"{file.contract_number}  {' en '.join(file.names)}  {file.address}{mark}")
    console.print(
        f"saldo {euro(file.balance_cents)}, achterstand {euro(file.overdue_cents)}, {file.phase_label}"
    )
    console.print(f"{file.step_label}: {file.why}")
    table = Table("post", "vervaldag", "open", box=None)
    for item in file.open_items:
        table.add_row(item.label, f"{item.due_on:%d-%m-%Y}", euro(item.open_cents))
    if file.open_items:
        console.print(table)
    if explain:
        for rule in file.rules:
            console.print(f"{'→' if rule.matched else ' '} {rule.label}: {rule.sentence}")


@app.command()
def doctor() -> None:
    """Controleer de installatie en zeg wat er te doen is."""
    from tijdig import __version__

    console.print(f"tijdig {__version__}")
    try:
        boot()
    except Exception as error:
        console.print(f"[bold]✗ Database[/bold]: {error}\n  Controleer TIJDIG_DATA of DATABASE_URL.")
        raise typer.Exit(1) from error
    console.print("✓ Database: bereikbaar, schema bij de tijd.")
    _law(parse_day(""))
    from tijdig.access.queries import organisation_ids
    from tijdig.access.scope import organisation_scope
    from tijdig.cases.queries_checks import checks

    bad = _carriers()
    for one in organisation_ids():
        with organisation_scope(one):
            for check in checks(parse_day("")):
                console.print(f"{'✓' if check.ok else '✗'} {check.name}: {check.message}")
                bad += not check.ok
    if not organisation_ids():
        console.print("  Nog geen corporatie. Begin met `tijdig demo`.")
    raise typer.Exit(1 if bad else 0)


def _carriers() -> int:
    """Settings of carriers that cannot be read; how many."""
    from django.conf import settings

    from tijdig.carriers.reply_settings import check_replies
    from tijdig.carriers.settings import check

    wrong = check(settings.TIJDIG_CARRIERS) + check_replies(settings.TIJDIG_CARRIERS)
    for sentence in wrong:
        console.print(f"✗ {sentence}", soft_wrap=True)
    return len(wrong)


def _law(day: date) -> None:
    """What the law asks to look up again: a warning, because the installation itself is well."""
    from tijdig.law.standing import attention

    stale = attention(day)
    for sentence in stale:
        console.print(f"! Recht: {sentence}", soft_wrap=True)
    if not stale:
        console.print("✓ Recht: alle getallen uit de wet zijn op tijd nagekeken.")


@app.command(hidden=True)
def warm() -> None:
    """Compile the engine once, so that the first run does not wait for it."""
    from tijdig.arrears.evaluate import evaluate
    from tijdig.arrears.features import unknown_traits
    from tijdig.arrears.imputation import positions_and_left, settle
    from tijdig.lab.columns import portfolio_of_homes
    from tijdig.policy.document import default_policy
    from tijdig.policy.table import compile_policy

    portfolio = portfolio_of_homes(50, 6, mixed=True)
    last = int(portfolio.day.max())
    evaluate(portfolio, unknown_traits(len(portfolio)), compile_policy(default_policy()), last)
    positions_and_left(portfolio, last)
    settle(portfolio.slice(0, 1), last)
