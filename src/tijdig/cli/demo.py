"""`tijdig demo`: a synthetic corporation, read in through the same doors as a real one, on screen within a minute."""

from __future__ import annotations

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from tijdig.base.days import add_months
from tijdig.cli import demo_partner
from tijdig.cli.demo_help import counsellors_ask, help_nearby
from tijdig.cli.demo_letters import write_head, write_some
from tijdig.cli.demo_partner import work_with_a_bailiff
from tijdig.cli.demo_replies import answer_some
from tijdig.cli.main import app, boot, wiring
from tijdig.lab.names import CITIES
from tijdig.lab.population import ACCOUNTS, Corporation, make

console = Console()
PASSWORD = "tijdig-demo"
SEED = 20
DAYS = 365  # so long some of its tenants have been worked
PEOPLE = (
    ("consulent@demo.tijdig", "Sanne Kuiper", "consultant"),
    ("consulent2@demo.tijdig", "Mo Haddad", "consultant"),
    ("teamleider@demo.tijdig", "Ruud Jansen", "team_lead"),
    ("manager@demo.tijdig", "Fatma Yilmaz", "manager"),
    ("klantenservice@demo.tijdig", "Lotte de Wit", "customer_service"),
    ("huismeester@demo.tijdig", "Henk Bos", "caretaker"),
    ("beheerder@demo.tijdig", "Ineke Smit", "administrator"),
)


@app.command()
def demo(
    homes: Annotated[int, typer.Option(help="Aantal woningen.")] = 5000,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Begin opnieuw; de vorige demo wordt weggegooid.")
    ] = False,
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Daarna de pagina's tonen.")] = True,
    port: Annotated[int, typer.Option(help="Poort.")] = 8000,
) -> None:
    """Maak een verzonnen corporatie, lees haar in en laat haar zien. Nog een keer: dezelfde gegevens."""
    today = date.today()  # noqa: DTZ011 - the door reads the clock of this machine
    started = time.perf_counter()
    folder = wiring().data_folder() / "demo"
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    with ThreadPoolExecutor(1) as aside:
        # A corporation can be made up while the database comes up; not where one was made before.
        coming = aside.submit(_deliver, homes, today, folder) if not folder.exists() else None
        if fresh:
            wiring().wipe()
        boot()
        if _finished():
            console.print("De demo van de vorige keer gaat verder. (Opnieuw beginnen: --fresh)")
        else:
            _make(coming.result() if coming else _deliver(homes, today, folder), today)
            console.print(f"Klaar in {time.perf_counter() - started:.0f} seconden.")
    _sign_ins(port)
    if serve:
        from tijdig.cli.serving import run

        run(port=port)


def _deliver(homes: int, today: date, folder: Path) -> tuple[Corporation, list[Path]]:
    """The corporation, and the files by which it comes in."""
    from tijdig.lab.deliver import deliver

    corporation = make(homes, 24, seed=SEED, last_day=today - timedelta(days=1))
    return corporation, deliver(corporation, folder)


def _finished() -> bool:
    """Was the demo made to the end? One that was stopped half-way is taken up where it was."""
    from tijdig.access.queries import organisation_ids
    from tijdig.cases.actions_night import last_night

    found = organisation_ids()
    return bool(found) and last_night(organisation_id=found[0]) is not None


def _make(delivered: tuple[Corporation, list[Path]], today: date) -> None:
    """Everything a corporation would do on its first day, with a bar for each part. May be run again after a stop."""
    from tijdig.access.actions import create_organisation
    from tijdig.access.queries import colleagues, organisation_ids
    from tijdig.cases.actions_assign import assign_open
    from tijdig.cases.actions_night import run_night

    corporation, files = delivered
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as bars:
        known = organisation_ids()
        organisation = known[0] if known else create_organisation(name="Woonstichting De Maat", slug="demo")
        if not colleagues(organisation):
            _people(organisation)
        _accounts(organisation, list(ACCOUNTS), today)
        help_nearby(organisation, "system:demo", today - timedelta(days=DAYS))
        iban = next((str(getattr(one, "iban", one)) for one in ACCOUNTS), "")
        write_head(organisation=organisation, on=today - timedelta(days=DAYS), iban=iban, trial=False)
        _lived(organisation, corporation, files, today, bars)
        write_head(organisation=organisation, on=today, iban=iban, trial=True)
        step = bars.add_task("Nachtronde: wie loopt achter?", total=1)
        run_night(organisation_id=organisation, on=today, actor="system:demo")
        assign_open(organisation_id=organisation, on=today, actor="system:demo")
        bars.advance(step)
        step = bars.add_task("De brieven van vandaag schrijven", total=1)
        write_some(organisation=organisation, on=today, now=datetime.now(UTC))
        bars.advance(step)
        step = bars.add_task("Een paar antwoorden van huurders", total=1)
        answer_some(organisation=organisation, on=today, now=datetime.now(UTC))
        bars.advance(step)
        step = bars.add_task("Een schuldhulpverlener vraagt iets", total=1)
        counsellors_ask(organisation, "Sanne Kuiper", "system:demo", datetime.now(UTC), today)
        bars.advance(step)
        step = bars.add_task("Afspraken met een deurwaarder", total=1)
        work_with_a_bailiff(organisation, PASSWORD, datetime.now(UTC), today)
        bars.advance(step)


def _lived(
    organisation: int, corporation: Corporation, files: list[Path], today: date, bars: Progress
) -> None:
    """The files in their order, and after those of a month the work of its days."""
    from tijdig.cli import demo_year

    reading = bars.add_task("Bestanden inlezen (kB)", total=sum(_kilobytes(path) for path in files))
    living = bars.add_task("Twaalf maanden werk (dagen)", total=DAYS)
    desk, meant = None, _meant(corporation)
    for month, some in groupby(_ordered(files), _month):
        _import(organisation, list(some), today, bars, reading)
        if not month:
            desk = demo_year.begin(organisation, corporation, today)
            bars.update(living, completed=DAYS - (desk.last - desk.first).days - 1)
            continue
        _assign_old(organisation, meant, today)
        assert desk is not None, "leases come before the bank"
        for _ in demo_year.live(desk, _last_of(month)):
            bars.advance(living)
    bars.update(reading, description="Bestanden ingelezen")


def _month(path: Path) -> str:
    """`202611` of what the bank told of November 2026; nothing of what stands once."""
    if not path.name.startswith(("camt053", "mt940", "pain008")):
        return ""
    return "".join(char for char in path.stem.split("-")[-1] if char.isdigit())[:6]


def _last_of(month: str) -> date:
    return add_months(date(int(month[:4]), int(month[4:]), 1), 1) - timedelta(days=1)


def _kilobytes(path: Path) -> int:
    return path.stat().st_size // 1024


def _people(organisation: int) -> None:
    from django.contrib.auth.hashers import make_password

    from tijdig.access.actions import create_api_client, create_user

    hashed = make_password(PASSWORD)
    regions = [region for region, _ in CITIES]
    for number, (email, name, role) in enumerate(PEOPLE):
        region = regions[number % len(regions)] if regions and role in ("consultant", "caretaker") else ""
        create_user(
            organisation_id=organisation, email=email, name=name, role=role, region=region, hashed=hashed
        )
    create_api_client(organisation_id=organisation, name="demo", token=PASSWORD)


def _accounts(organisation: int, accounts: list[object], today: date) -> None:
    from tijdig.imports.actions import register_account

    for account in accounts:
        iban = str(getattr(account, "iban", account))
        register_account(
            organisation_id=organisation, iban=iban, name="Huurrekening", actor="system:demo", on=today
        )


def _ordered(files: list[Path]) -> list[Path]:
    """The order in which a corporation loads: homes, people, leases, charges; then collections, then the bank by day."""
    first = ("clusters", "eenheden", "relaties", "overeenkomsten", "machtigingen", "boekingen")

    def place(path: Path) -> tuple[int, str, int]:
        for number, name in enumerate(first):
            if path.name.startswith(name):
                return number, "", 0
        return len(first), _month(path), 0 if path.name.startswith("pain008") else 1

    return sorted(files, key=place)


def _import(organisation: int, files: list[Path], today: date, bars: Progress, task: TaskID) -> None:
    from tijdig.access.scope import organisation_scope
    from tijdig.imports.actions import process, receive
    from tijdig.imports.queries import files_done

    with organisation_scope(organisation):
        done = files_done()
    for path in files:
        if path.name not in done:
            bars.update(task, description=f"Inlezen: {path.name}")
            with path.open("rb") as stream:
                file_id = receive(
                    organisation_id=organisation,
                    name=path.name,
                    chunks=iter(lambda s=stream: s.read(1 << 20), b""),  # type: ignore[misc]
                    actor="system:demo",
                    on=today,
                )
            process(organisation_id=organisation, file_id=file_id, on=today)
            if path.name.startswith("boekingen"):
                _analyse()
        bars.advance(task, _kilobytes(path))


QUEUE_DAYS = 25  # what came in longer ago, somebody has long since looked at
Meant = dict[tuple[str, int, int], list[tuple[str, int]]]


def _meant(corporation: Corporation) -> Meant:
    """Whose each payment is, as only the demo knows."""
    meant: Meant = {}
    for fact in corporation.bank_truth():
        meant.setdefault((fact.account, fact.statement, fact.entry), []).append(
            (fact.contract_number, fact.cents)
        )
    return meant


def _assign_old(organisation: int, meant: Meant, today: date) -> None:
    """What people did in two years: every queued payment but the latest was assigned, as it was meant."""
    from tijdig.access.scope import organisation_scope
    from tijdig.imports.actions_assign import Assignment, assign
    from tijdig.imports.queries import queued_before
    from tijdig.tenancies.queries import tenancy_ids_by_contract

    with organisation_scope(organisation):
        ids = tenancy_ids_by_contract()
        found = queued_before(today - timedelta(days=QUEUE_DAYS))
        chosen = [
            Assignment(line, tuple((ids[contract], cents) for contract, cents in parts))
            for line, account, sequence, entry, total in found
            if (parts := meant.get((account, sequence, entry))) and sum(cents for _, cents in parts) == total
        ]
        assign(organisation_id=organisation, assignments=chosen, actor="system:demo", on=today)


def _analyse() -> None:
    """Statistics at once instead of in a minute: the files that follow look everything up in what was just loaded."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    connections["owner"].close()


def _sign_ins(port: int) -> None:
    console.print(
        f"\n[bold]http://127.0.0.1:{port}[/bold]   wachtwoord voor iedereen: [bold]{PASSWORD}[/bold]"
    )
    for email, name, role in (*PEOPLE, (demo_partner.EMAIL, demo_partner.NAME, "partner_lead")):
        console.print(f"  {email:<28} {name:<16} {role}")
    console.print(f"  API: Authorization: Bearer {PASSWORD}\n")
