"""The program on a day that a test names: a small corporation of its own, served on that day's clock."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from psycopg.conninfo import conninfo_to_dict

from databases import of_its_own
from running import PASSWORD, TOKEN, Running, free_port

# The doors read the clock of Django; it stands at the first argument when the program begins, and goes on from there.
_COMMAND = """
import datetime, sys, time
import django.utils.timezone as clock
first, begun = datetime.datetime.fromisoformat(sys.argv.pop(1)), time.time()
clock.now = lambda: first.astimezone(datetime.timezone.utc) + datetime.timedelta(seconds=time.time() - begun)
from tijdig.project.main import main
main()
"""
PEOPLE = (
    ("consulent", "Sanne Kuiper", "consultant"),
    ("teamleider", "Ruud Jansen", "team_lead"),
    ("huismeester", "Henk Bos", "caretaker"),
)


def found() -> int:
    """The corporation with its people, its letterhead and its API client, in the database that is in use."""
    from django.contrib.auth.hashers import PBKDF2PasswordHasher
    from tests.letters import offices

    from tijdig.access.actions import create_api_client, create_organisation, create_user

    organisation = create_organisation(name="Woonstichting De Brug", slug="brug")
    hashed = PBKDF2PasswordHasher().encode(PASSWORD, "proef-zout", 1_000)
    for who, name, role in PEOPLE:
        create_user(
            organisation_id=organisation, email=f"{who}@demo.tijdig", name=name, role=role, hashed=hashed
        )
    create_api_client(organisation_id=organisation, name="proef", token=TOKEN)
    offices.letterhead(organisation, trial=True)
    return organisation


@contextmanager
def file_at_an_office(admin: str) -> Iterator[str]:
    """A corporation with a file at a bailiff's office since 2 November, and a signal to the municipality before it."""
    with of_its_own(admin) as dsn:
        from django.contrib.auth.hashers import PBKDF2PasswordHasher
        from tests.bailiff import partners

        from tijdig.access.actions import create_partner, create_partner_user
        from tijdig.access.scope import organisation_scope

        organisation = found()
        office = create_partner(name="Gerechtsdeurwaarders Maas", code="maas")
        somebody = create_partner_user(
            partner_id=office, email="deurwaarder@demo.tijdig", name="Piet Maas", role="partner_lead",
            hashed=PBKDF2PasswordHasher().encode(PASSWORD, "proef-zout", 1_000),
        )  # fmt: skip
        partners.agreed(organisation, (office, somebody, "maas"))
        with organisation_scope(organisation):
            tenancy = partners.ready(organisation)
            assert partners.handed(organisation, tenancy, office)
        yield dsn


@contextmanager
def served(database_dsn: str, moment: str) -> Iterator[Running]:
    """The program at a moment (`2026-06-12T10:30+02:00`), until the block ends."""
    folder = Path(os.environ["TIJDIG_TEST_FOLDER"]) / "pg"
    running, name = Running(free_port(), folder), str(conninfo_to_dict(database_dsn)["dbname"])
    ours = {
        key: value for key, value in os.environ.items() if not key.startswith(("TIJDIG_", "DATABASE_URL"))
    }
    log = Path(tempfile.mkstemp(prefix="tj-")[1])
    with log.open("wb") as out:
        process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                _COMMAND,
                moment,
                "serve",
                "--processes",
                "1",  # with more the pages stand in processes that know no other clock
                "--port",
                str(running.port),
                "--database",
                name,
            ],
            env=ours | {"TIJDIG_DATA": str(folder)},
            stdout=out,
            stderr=out,
        )
    try:
        _up(process, running.address, log)
        yield running
    except Exception as error:
        error.add_note(log.read_text(encoding="utf-8")[-3000:])
        raise
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.unlink(missing_ok=True)


def _up(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + 90
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(f"{address}/aanmelden").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise AssertionError(f"the program did not start: {log.read_text(encoding='utf-8')[-2000:]}")
