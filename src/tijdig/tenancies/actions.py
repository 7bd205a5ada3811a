"""The only writers of tenancies. Loading the same extract twice changes nothing; nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection

from tijdig.base.arrays import literal
from tijdig.history.actions import record
from tijdig.tenancies.actions_homes import load_complexes, load_homes, load_people
from tijdig.tenancies.actions_leases import (
    load_mandates,
    load_parties,
    load_payment_methods,
    load_references,
    load_rent_parts,
    load_tenancies,
)
from tijdig.tenancies.drafts import (
    ComplexDraft,
    HomeDraft,
    MandateDraft,
    PartyDraft,
    PaymentMethodDraft,
    PaymentReferenceDraft,
    PersonDraft,
    RentPartDraft,
    TenancyDraft,
    TenancyRecord,
)
from tijdig.tenancies.loaded import Loaded

_CHUNK = 20_000


def load(
    *,
    organisation_id: int,
    records: Iterable[TenancyRecord],
    actor: str,
    on: date,
    subject: str = "tenancies",
) -> Loaded:
    """Load drafts in the order given, inside the caller's transaction; neighbours of one sort go in one statement.

    A draft that points to an unknown person or tenancy is a problem and is left out; a lease with an unknown home is a
    problem and loads without it.
    """
    result = Loaded()
    run: list[TenancyRecord] = []
    for draft in records:
        if run and (type(draft) is not type(run[0]) or len(run) >= _CHUNK):
            _load_run(organisation_id, run, result)
            run = []
        run.append(draft)
    if run:
        _load_run(organisation_id, run, result)
    if held_back := result.held_back:  # perhaps they rent again by what came after them
        result.held_back = []
        load_people(organisation_id, held_back, result)
    refresh_search(sorted(result.touched))
    if result.counts:
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="tenancies_loaded",
            subject=subject,
            effective_on=on,
            facts={**result.counts, "refused": len(result.problems)},
        )
    return result


def refresh_search(tenancy_ids: Sequence[int]) -> None:
    for start in range(0, len(tenancy_ids), _CHUNK):
        with connection.cursor() as cursor:
            cursor.execute("SELECT tijdig_search_refresh(%s)", [list(tenancy_ids[start : start + _CHUNK])])


def _load_run(organisation_id: int, run: list[Any], result: Loaded) -> None:
    _LOADERS[type(run[0])](organisation_id, run, result)


_LOADERS: dict[type, Callable[[int, list[Any], Loaded], None]] = {
    ComplexDraft: load_complexes,
    HomeDraft: load_homes,
    PersonDraft: load_people,
    TenancyDraft: load_tenancies,
    PartyDraft: load_parties,
    RentPartDraft: load_rent_parts,
    PaymentMethodDraft: load_payment_methods,
    MandateDraft: load_mandates,
    PaymentReferenceDraft: load_references,
}


def set_contacts(rows: Sequence[tuple[str, str, str]]) -> int:
    """E-mail address and telephone number by person key, where they differ; returns how many changed."""
    columns = [literal("text", [row[place] for row in rows]) for place in range(3)]
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE tenancies_persontext x SET email = c.email, phone = c.phone
                 FROM unnest(%s::text[], %s::text[], %s::text[]) AS c(key, email, phone)
                 JOIN tenancies_person p ON p.source_key = c.key
                WHERE x.person_id = p.id AND (x.email, x.phone) IS DISTINCT FROM (c.email, c.phone)""",
            columns,
        )
        return int(cursor.rowcount)


def learn_account(
    *, organisation_id: int, tenancy_id: int, iban: str, actor: str, third_party: bool = False
) -> None:
    """A person said that this account pays for this tenancy: known from now on.

    `third_party`: it pays for several people, so it never says by itself whose money it is.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO tenancies_account (organisation_id, tenancy_id, iban, mandate, learned_by, third_party)
               VALUES (%s, %s, %s, '', %s, %s) ON CONFLICT (tenancy_id, iban, mandate)
               DO UPDATE SET third_party = tenancies_account.third_party OR EXCLUDED.third_party""",
            [organisation_id, tenancy_id, iban, actor, third_party],
        )
    refresh_search([tenancy_id])


def flag_missing(*, organisation_id: int, keys_seen: set[str], on: date) -> int:
    """After a full load: running tenancies that were not in it are flagged, and unflagged when they return."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE tenancies_tenancy SET missing_since = CASE WHEN source_key = ANY(%s) THEN NULL ELSE %s END
                WHERE (missing_since IS NULL) <> (source_key = ANY(%s)) AND (end_on IS NULL OR end_on > %s)""",
            [list(keys_seen), on, list(keys_seen), on],
        )
        return int(cursor.rowcount)
