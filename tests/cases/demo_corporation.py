"""A made-up corporation, read in through its files as a real one would be."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from tests.cases.one_lease import Ledger

from tijdig.access.actions import create_organisation
from tijdig.imports.actions import process, receive, register_account
from tijdig.lab.deliver import deliver
from tijdig.lab.population import ACCOUNTS, Corporation

LAST_DAY = date(2026, 11, 20)
TODAY = LAST_DAY + timedelta(days=1)
_FIRST = ("clusters", "eenheden", "relaties", "overeenkomsten", "boekingen")


def _place(path: Path) -> tuple[int, str, bool]:
    """Homes, people, leases and charges first; then month by month, our collections before the bank's answer."""
    for number, name in enumerate(_FIRST):
        if path.name.startswith(name):
            return number, "", False
    return len(_FIRST), path.stem.rpartition("-")[2][:6], not path.name.startswith("pain008")


def read_in(corporation: Corporation, folder: Path) -> Ledger:
    """The corporation, as its files were read on the day after the last of them."""
    organisation = create_organisation(name=corporation.name, slug="demo")
    for iban in ACCOUNTS:
        register_account(organisation_id=organisation, iban=iban, name="Huur", actor="test", on=TODAY)
    for path in sorted(deliver(corporation, folder), key=_place):
        file_id = receive(
            organisation_id=organisation, name=path.name, chunks=[path.read_bytes()], actor="test", on=TODAY
        )
        process(organisation_id=organisation, file_id=file_id, on=TODAY)
    return Ledger(organisation)
