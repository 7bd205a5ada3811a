"""`tijdig begin`: the first day of a real corporation: its name, its accounts, its first administrator, an API client."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Annotated

import typer
from rich.console import Console

from tijdig.cli.main import app, boot

console = Console()


@app.command()
def begin(
    name: Annotated[str, typer.Argument(help="Naam van de corporatie.")],
    email: Annotated[str, typer.Option(help="E-mailadres van de eerste beheerder.")],
    person: Annotated[str, typer.Option(help="Naam van de eerste beheerder.")] = "Beheerder",
    account: Annotated[
        list[str] | None, typer.Option(help="IBAN van een eigen rekening (mag vaker).")
    ] = None,
) -> None:
    """Begin met een echte corporatie. Het wachtwoord en het API-token worden één keer getoond."""
    from django.utils.text import slugify

    boot()
    from tijdig.access.actions import create_api_client, create_organisation, create_user
    from tijdig.imports.actions import register_account

    password = secrets.token_urlsafe(12)
    organisation = create_organisation(name=name, slug=slugify(name)[:50])
    create_user(
        organisation_id=organisation, email=email, name=person, role="administrator", password=password
    )
    _, token = create_api_client(organisation_id=organisation, name="eerste")
    today = date.today()  # noqa: DTZ011 - the door reads the clock
    for iban in account or []:
        register_account(
            organisation_id=organisation,
            iban=iban.replace(" ", "").upper(),
            name="",
            actor="system:command",
            on=today,
        )
    console.print(f"{name} is er. Aanmelden: {email} / {password}")
    console.print(f"API: Authorization: Bearer {token}")
    console.print("Daarna: tijdig colleague, tijdig import BESTAND…, tijdig serve.")


@app.command()
def colleague(
    email: Annotated[str, typer.Argument(help="E-mailadres.")],
    role: Annotated[
        str,
        typer.Option(help="consultant, team_lead, manager, customer_service, caretaker of administrator."),
    ],
    person: Annotated[str, typer.Option(help="Naam.")],
    region: Annotated[str, typer.Option(help="Regio, als die er is.")] = "",
    organisation: Annotated[str, typer.Option(help="Kort kenmerk van de corporatie; anders de enige.")] = "",
) -> None:
    """Maak een gebruiker; het wachtwoord wordt één keer getoond."""
    from tijdig.access.roles import Role

    if role not in [one.value for one in Role]:
        raise typer.BadParameter(f"'{role}' is geen rol. Kies: {', '.join(one.value for one in Role)}.")
    boot()
    from tijdig.access.actions import create_user
    from tijdig.cli.look import organisations

    found = organisations(organisation)
    if len(found) > 1:
        raise typer.BadParameter("Er zijn meer corporaties. Noem er een met --organisation.")
    password = secrets.token_urlsafe(12)
    create_user(
        organisation_id=found[0], email=email, name=person, role=role, password=password, region=region
    )
    console.print(f"{person} kan zich aanmelden: {email} / {password}")


@app.command()
def partner(
    name: Annotated[str, typer.Argument(help="Naam van het kantoor.")],
    code: Annotated[
        str, typer.Option(help="Code waarmee corporaties het kiezen: letters, cijfers, streepjes.")
    ],
    email: Annotated[str, typer.Option(help="E-mailadres van wie het kantoor leidt.")],
    person: Annotated[str, typer.Option(help="Naam van wie het kantoor leidt.")],
) -> None:
    """Een deurwaarderskantoor dat voor corporaties werkt. Het wachtwoord wordt één keer getoond."""
    from django.utils.text import slugify

    if not code or slugify(code) != code:
        console.print("De code bestaat uit kleine letters, cijfers en streepjes, bijvoorbeeld: rond-de-maas")
        raise typer.Exit(1)
    boot()
    from django.db import IntegrityError, transaction

    from tijdig.access.actions import create_partner, create_partner_user

    password = secrets.token_urlsafe(12)
    try:
        with transaction.atomic():
            partner_id = create_partner(name=name, code=code)
            create_partner_user(
                partner_id=partner_id, email=email, name=person, role="partner_lead", password=password
            )
    except IntegrityError:
        console.print("Deze code of dit e-mailadres is er al. Kies een andere.")
        raise typer.Exit(1) from None
    console.print(f"{name} is er, met de code {code}. Aanmelden: {email} / {password}")


@app.command()
def rescue(email: Annotated[str, typer.Argument(help="E-mailadres van wie er niet meer in kan.")]) -> None:
    """Help een beheerder die er niet meer in kan: een nieuw wachtwoord, en de tweede stap gaat weg."""
    boot()
    from tijdig.entrance.actions_rescue import rescue as rescued
    from tijdig.entrance.values import NotDone

    try:
        password = rescued(email=email, on=date.today())  # noqa: DTZ011 - the door reads the clock
    except NotDone as refused:
        for sentence in refused.sentences:
            console.print(sentence)
        raise typer.Exit(1) from None
    console.print(f"Aanmelden: {email} / {password}")
    console.print("Tweede stap en toegangssleutels zijn weg. Stel ze opnieuw in bij Mijn account.")
