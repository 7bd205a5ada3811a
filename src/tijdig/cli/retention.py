"""`tijdig retention`: erase what the approved rules of keeping say is due, or say what would go. Counts, never contents."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import Annotated, Any

import typer
from rich.console import Console

from tijdig.cli.look import Organisation, organisations, parse_day
from tijdig.cli.main import app, boot

console = Console(soft_wrap=True, highlight=False, markup=False)


@app.command()
def retention(
    on: Annotated[str, typer.Option("--date", help="De dag (jjjj-mm-dd); leeg: vandaag.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Alleen zeggen wat er zou gaan.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False,
    organisation: Organisation = "",
) -> None:
    """Wis wat volgens de goedgekeurde bewaartermijnen aan de beurt is. Zonder goedkeuring wordt niets gewist."""
    today = date.today()  # noqa: DTZ011 - the door reads the clock of this machine
    day = parse_day(on) if on else today
    if day > today and not dry_run:
        raise typer.BadParameter(
            "Wissen kan niet vooruit. Zet --dry-run erbij om te zien wat er op die dag zou gaan."
        )
    boot()
    from tijdig.access.queries import corporation
    from tijdig.access.scope import organisation_scope

    found = []
    for one in organisations(organisation):
        told = _would(one, day) if dry_run else _does(one, day)
        with organisation_scope(one):
            named = corporation(one)
        found.append(
            {"organisation": named.slug, "name": named.name, "date": day.isoformat(), "dry_run": dry_run}
            | told
        )
    if as_json:
        json.dump(found, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
        return
    for each in found:
        console.print(line(each))


def _would(organisation_id: int, on: date) -> dict[str, Any]:
    """What would go on a day, and how many tenancies wait and why."""
    from tijdig.access.scope import organisation_scope
    from tijdig.privacy.queries_due import due_on
    from tijdig.privacy.queries_rules import rules_on

    with organisation_scope(organisation_id):
        version = rules_on(on)
        due = due_on(on, version.rules) if version else []
    waits: dict[str, int] = {}
    for why in {tenancy: why for one in due for tenancy, why in one.held.items()}.values():
        waits[why] = waits.get(why, 0) + 1
    return {
        "version": version.number if version and version.rules else None,
        "rows": {one.rule.kind.value: one.total for one in due if one.total},
        "tenancies": len({tenancy for one in due for tenancy in one.tenancies}),
        "waits": waits,
    }


def _does(organisation_id: int, on: date) -> dict[str, Any]:
    from tijdig.privacy.actions_erase import run_retention

    done = run_retention(organisation_id=organisation_id, actor="system:retention", on=on)
    return {
        "version": done.version if done else None,
        "rows": {kind.value: rows for kind, rows in done.rows.items()} if done else {},
        "tenancies": done.tenancies if done else 0,
        "waits": {},
    }


def line(told: dict[str, Any]) -> str:
    """What is said of one corporation."""
    from tijdig.privacy.kinds import LABEL, Kind

    if told["version"] is None:
        return f"{told['name']}: er gelden geen bewaartermijnen. Er is niets gewist. Keur ze goed op de pagina Privacy."
    what = "; ".join(f"{LABEL[Kind(kind)]}: {rows}" for kind, rows in told["rows"].items()) or "niets"
    did = "zou wissen" if told["dry_run"] else "wiste"
    waits = f" Wachten nog: {sum(told['waits'].values())}." if told["waits"] else ""
    return f"{told['name']}: versie {told['version']} {did} bij {told['tenancies']} huurders: {what}.{waits}"
