"""The ground of a made-up year: a fresh database, a corporation with its people and leases, and what came before it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from tijdig.cli.demo_help import help_nearby
from tijdig.cli.demo_letters import HEAD
from tijdig.cli.lived.books import Books
from tijdig.cli.main import boot
from tijdig.lab import write_leases, write_vera
from tijdig.lab.behaviour import DEBTORS
from tijdig.lab.names import CITIES
from tijdig.lab.numbers import contract_number
from tijdig.lab.population import ACCOUNTS, Corporation, make

FIRST = date(2026, 1, 1)
_BEFORE_MONTHS = 18
_HOMES_EACH = 1_200  # whom one consultant works
ACTOR = "system:year"
_NAMES = (
    "Sanne Kuiper",
    "Mo Haddad",
    "Iris Bakker",
    "Teun Mulder",
    "Aylin Kaya",
    "Bram Postma",
    "Noor Visser",
)


def fresh_database(name: str) -> None:
    """A fresh database on the embedded server: a copy of an empty one that is kept, because migrating takes long."""
    from tijdig.cli.bench_ground import fresh_copy

    boot(name)
    fresh_copy(name)


def corporation_of(homes: int, last: date, seed: int) -> Corporation:
    """A corporation whose history ends on the last day, and begins well before the first."""
    months = (last.year - FIRST.year) * 12 + last.month - FIRST.month + 1
    return make(homes, months + _BEFORE_MONTHS, seed=seed, last_day=last)


def sleepers(corporation: Corporation) -> frozenset[int]:
    """A few who owe more than twelve months before the year begins: one in three hundred homes, and at least one."""
    kinds = np.isin(corporation.kinds, [int(one) for one in DEBTORS])
    old = np.flatnonzero(kinds & corporation.leases.running & ~corporation.leases.parking)
    return frozenset(old[: max(1, len(corporation.stock.home_complex) // 300)].tolist())


def settle(corporation: Corporation, slug: str) -> int:
    """The corporation with people, accounts, letterhead and leases; returns its id."""
    from tijdig.access.actions import create_organisation
    from tijdig.imports.actions import register_account
    from tijdig.letters.actions_texts import save_letterhead

    organisation = create_organisation(name=corporation.name, slug=slug)
    _people(organisation, len(corporation.stock.home_complex), slug)
    for iban in ACCOUNTS:
        register_account(organisation_id=organisation, iban=iban, name="Huur", actor=ACTOR, on=FIRST)
    # No trial: what goes to the mailbox of a trial reached nobody, and nothing follows from it.
    head = replace(HEAD, trial=False, iban=ACCOUNTS[0])
    save_letterhead(organisation_id=organisation, actor=ACTOR, head=head, on=FIRST)
    help_nearby(organisation, ACTOR, FIRST)
    with tempfile.TemporaryDirectory() as folder:
        _leases(organisation, corporation, Path(folder))
    return organisation


def _people(organisation: int, homes: int, slug: str) -> None:
    from tijdig.access.actions import create_user

    people = [(name, "consultant") for name in _NAMES[: max(2, -(-homes // _HOMES_EACH))]]
    for place, (name, role) in enumerate([*people, ("Ruud Jansen", "team_lead")]):
        region = CITIES[place % len(CITIES)][0] if role == "consultant" else ""
        email = f"medewerker{place}@{slug}.tijdig"
        create_user(
            organisation_id=organisation, email=email, name=name, role=role, region=region, hashed="!"
        )


def _leases(organisation: int, corporation: Corporation, folder: Path) -> None:
    """Homes, people and leases by the files in which a source system tells them."""
    from tijdig.imports.actions import process, receive

    written = {
        "clusters.json": write_vera.envelope("clusters", write_vera.clusters(corporation)),
        "eenheden.json": write_vera.envelope("eenheden", write_vera.homes(corporation)),
        "relaties.json": write_vera.envelope("relaties", write_vera.relations(corporation)),
        "overeenkomsten.json": write_vera.envelope(
            "overeenkomsten", write_leases.LeaseWriter(corporation).elements()
        ),
    }
    for name, pieces in written.items():
        file_id = receive(
            organisation_id=organisation,
            name=name,
            chunks=("".join(pieces).encode(),),
            actor=ACTOR,
            on=FIRST,
        )
        process(organisation_id=organisation, file_id=file_id, on=FIRST)


def lease_ids(organisation: int, corporation: Corporation) -> list[int]:
    """The tenancies by the place of their lease in the corporation."""
    from tijdig.access.scope import organisation_scope
    from tijdig.tenancies.queries import tenancy_ids_by_contract

    with organisation_scope(organisation):
        known = tenancy_ids_by_contract()
    return [known[contract_number(lease)] for lease in range(len(corporation.leases))]


def history(organisation: int, books: Books, ids: Sequence[int]) -> int:
    """What the ledger holds before the first day, and by which account each tenant pays; returns how many entries."""
    from tijdig.access.scope import organisation_scope
    from tijdig.ledger.actions import post
    from tijdig.ledger.actions_accounts import bank_account, set_routes

    known = {contract_number(lease): tenancy for lease, tenancy in enumerate(ids)}
    with organisation_scope(organisation):
        posted = post(
            organisation_id=organisation, drafts=books.before(), actor=ACTOR, on=FIRST, tenancies=known
        )
        assert not posted.problems, posted.problems[:3]
        for number, iban in enumerate(ACCOUNTS):
            paying = [ids[lease] for lease in range(len(ids)) if books.account(lease) == number]
            account = bank_account(organisation_id=organisation, iban=iban)
            set_routes(organisation_id=organisation, bank_account_id=account, tenancy_ids=paying)
    return posted.count
