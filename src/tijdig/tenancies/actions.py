"""The only writers of tenancies. Loading the same extract twice changes nothing; nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db import connection

from tijdig.base.arrays import literal
from tijdig.base.problems import Problem
from tijdig.history.actions import record
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
from tijdig.tenancies.names import display, sort_key

_CHUNK = 20_000
_T = TypeVar("_T")
_Columns = dict[str, tuple[str, Sequence[Any]]]  # name → (type, values)


@dataclass(slots=True)
class Loaded:
    """How many of each were new or changed, and what pointed to nothing."""

    counts: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)  # tenancies whose search text or evaluation may change


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


def _upsert(
    table: str,
    columns: _Columns,
    key: str,
    organisation_id: int,
    returning: str = "",
    keep: Sequence[str] = (),
) -> list[tuple[Any, ...]]:
    """INSERT … ON CONFLICT DO UPDATE of what differs; `columns` maps name to (type, values). Returns what changed.

    Within one statement a key may stand once only, so the last of equal keys wins, as in the file. Columns to `keep` are
    given to a new row and never changed afterwards: the source knows nothing of them.
    """
    names, keys = (
        list(columns),
        [part.strip() for part in key.split(",") if part.strip() != "organisation_id"],
    )
    positions = [names.index(part) for part in keys]
    last = {
        tuple(values): index
        for index, values in enumerate(zip(*(columns[names[p]][1] for p in positions), strict=True))
    }
    chosen = sorted(last.values())
    data = [literal(kind, [values[index] for index in chosen]) for kind, values in columns.values()]
    unnest = ", ".join(f"%s::{kind}[]" for kind, _ in columns.values())
    changed = [name for name in names if name not in keys and name not in keep]
    update = "DO NOTHING"
    if changed:
        sets = ", ".join(f"{name} = EXCLUDED.{name}" for name in changed)
        old = ", ".join(f"{table}.{name}" for name in changed)
        new = ", ".join(f"EXCLUDED.{name}" for name in changed)
        update = f"DO UPDATE SET {sets} WHERE ({old}) IS DISTINCT FROM ({new})"
    statement = f"""INSERT INTO {table} (organisation_id, {", ".join(names)})
        SELECT %s, * FROM unnest({unnest}) ON CONFLICT ({key}) {update} RETURNING {returning or "1"}"""
    with connection.cursor() as cursor:
        cursor.execute(statement, [organisation_id, *data])
        return list(cursor.fetchall())


def _ids(table: str, keys: Iterable[str]) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT source_key, id FROM {table} WHERE source_key = ANY(%s)", [sorted({k for k in keys if k})]
        )
        return dict(cursor.fetchall())


def _known(
    run: list[_T], ids: dict[str, int], key: Callable[[_T], str], code: str, result: Loaded
) -> list[_T]:
    """Those whose key is known; the rest become problems."""
    good = [draft for draft in run if key(draft) in ids]
    result.problems += [
        Problem(code, text=repr(draft)[:400], params={"key": key(draft)})
        for draft in run
        if key(draft) not in ids
    ]
    return good


def _count(result: Loaded, name: str, changed: int) -> None:
    result.counts[name] = result.counts.get(name, 0) + changed


def _complexes(organisation_id: int, run: list[ComplexDraft], result: Loaded) -> None:
    columns: _Columns = {
        "source_key": ("text", [d.key for d in run]),
        "name": ("text", [d.name for d in run]),
        "region": ("text", [d.region for d in run]),
    }
    changed = _upsert("tenancies_complex", columns, "organisation_id, source_key", organisation_id)
    _count(result, "complexes", len(changed))


def _homes(organisation_id: int, run: list[HomeDraft], result: Loaded) -> None:
    complexes = _ids("tenancies_complex", (d.complex_key for d in run))
    regions = _regions(list(complexes.values()))
    columns: _Columns = {
        "source_key": ("text", [d.key for d in run]),
        "complex_id": ("integer", [complexes.get(d.complex_key) for d in run]),
        "region": ("text", [d.region or regions.get(complexes.get(d.complex_key, 0), "") for d in run]),
        "street": ("text", [d.street for d in run]),
        "house_number": ("text", [d.house_number for d in run]),
        "postcode": ("text", [d.postcode for d in run]),
        "city": ("text", [d.city for d in run]),
        "kind": ("text", [d.kind for d in run]),
    }
    changed = _upsert("tenancies_home", columns, "organisation_id, source_key", organisation_id)
    _count(result, "homes", len(changed))


def _regions(complex_ids: list[int]) -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, region FROM tenancies_complex WHERE id = ANY(%s)", [complex_ids])
        return dict(cursor.fetchall())


def _people(organisation_id: int, run: list[PersonDraft], result: Loaded) -> None:
    facts: _Columns = {
        "source_key": ("text", [d.key for d in run]),
        "kind": ("text", [d.kind for d in run]),
        "language": ("text", [d.language for d in run]),
        "died_on": ("date", [d.died_on for d in run]),
    }
    changed = _upsert("tenancies_person", facts, "organisation_id, source_key", organisation_id)
    ids = _ids("tenancies_person", (d.key for d in run))
    texts: _Columns = {
        "person_id": ("integer", [ids[d.key] for d in run]),
        "display_name": ("text", [display(d.surname, d.prefix, d.initials)[:160] for d in run]),
        "sort_name": ("text", [sort_key(d.surname, d.prefix, d.initials)[:160] for d in run]),
        "surname": ("text", [d.surname for d in run]),
        "prefix": ("text", [d.prefix for d in run]),
        "initials": ("text", [d.initials for d in run]),
        "salutation": ("text", [d.salutation for d in run]),
        "born_on": ("date", [d.born_on for d in run]),
        "email": ("text", [d.email for d in run]),
        "phone": ("text", [d.phone for d in run]),
    }
    names = _upsert("tenancies_persontext", texts, "person_id", organisation_id, "person_id")
    _count(result, "people", max(len(changed), len(names)))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tenancy_id FROM tenancies_party WHERE person_id = ANY(%s)",
            [[row[0] for row in names]],
        )
        result.touched |= {row[0] for row in cursor.fetchall()}


def _homes_of(run: list[TenancyDraft], result: Loaded) -> list[int | None]:
    """The home of each lease. One that is unknown is a problem, but the lease loads: its money must not wait for an
    address. Where a draft names no home that we know, the home that stands stays."""
    homes = _ids("tenancies_home", (d.home_key for d in run))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT source_key, home_id FROM tenancies_tenancy WHERE source_key = ANY(%s)",
            [[d.key for d in run]],
        )
        stands = dict(cursor.fetchall())
    result.problems += [
        Problem("home_unknown", text=repr(draft)[:400], params={"key": draft.home_key})
        for draft in run
        if draft.home_key and draft.home_key not in homes
    ]
    return [homes.get(draft.home_key) or stands.get(draft.key) for draft in run]


def _tenancies(organisation_id: int, run: list[TenancyDraft], result: Loaded) -> None:
    columns: _Columns = {
        "source_key": ("text", [d.key for d in run]),
        "contract_number": ("text", [d.contract_number for d in run]),
        "status": ("text", [d.status for d in run]),
        "kind": ("text", [d.kind for d in run]),
        "begin_on": ("date", [d.begin_on for d in run]),
        "end_on": ("date", [d.end_on for d in run]),
        "end_reason": ("text", [d.end_reason for d in run]),
        "home_id": ("integer", _homes_of(run, result)),
        "watch": ("text", [d.watch for d in run]),
    }
    changed = _upsert("tenancies_tenancy", columns, "organisation_id, source_key", organisation_id, "id")
    _count(result, "tenancies", len(changed))
    result.touched |= {row[0] for row in changed}


def _parties(organisation_id: int, run: list[PartyDraft], result: Loaded) -> None:
    tenancies = _ids("tenancies_tenancy", (d.tenancy_key for d in run))
    people = _ids("tenancies_person", (d.person_key for d in run))
    run = _known(run, tenancies, lambda d: d.tenancy_key, "tenancy_unknown", result)
    run = _known(run, people, lambda d: d.person_key, "person_unknown", result)
    columns: _Columns = {
        "tenancy_id": ("integer", [tenancies[d.tenancy_key] for d in run]),
        "person_id": ("integer", [people[d.person_key] for d in run]),
        "role": ("text", [d.role for d in run]),
        "begin_on": ("date", [d.begin_on for d in run]),
        "end_on": ("date", [d.end_on for d in run]),
    }
    key = "tenancy_id, person_id, role, begin_on"
    changed = _upsert("tenancies_party", columns, key, organisation_id, "tenancy_id")
    _count(result, "parties", len(changed))
    result.touched |= {row[0] for row in changed}


def _rent_parts(organisation_id: int, run: list[RentPartDraft], result: Loaded) -> None:
    tenancies = _ids("tenancies_tenancy", (d.tenancy_key for d in run))
    run = _known(run, tenancies, lambda d: d.tenancy_key, "tenancy_unknown", result)
    columns: _Columns = {
        "tenancy_id": ("integer", [tenancies[d.tenancy_key] for d in run]),
        "source_key": ("text", [d.key for d in run]),
        "kind": ("text", [d.kind for d in run]),
        "detail": ("text", [d.detail for d in run]),
        "begin_on": ("date", [d.begin_on for d in run]),
        "end_on": ("date", [d.end_on for d in run]),
        "amount_cents": ("bigint", [d.amount_cents for d in run]),
        "reason": ("text", [d.reason for d in run]),
    }
    changed = _upsert("tenancies_rentpart", columns, "organisation_id, source_key", organisation_id)
    _count(result, "rent_parts", len(changed))


def _payment_methods(organisation_id: int, run: list[PaymentMethodDraft], result: Loaded) -> None:
    tenancies = _ids("tenancies_tenancy", (d.tenancy_key for d in run))
    run = _known(run, tenancies, lambda d: d.tenancy_key, "tenancy_unknown", result)
    columns: _Columns = {
        "tenancy_id": ("integer", [tenancies[d.tenancy_key] for d in run]),
        "kind": ("text", [d.kind for d in run]),
        "debit_day": ("smallint", [d.debit_day for d in run]),
        "begin_on": ("date", [d.begin_on for d in run]),
        "end_on": ("date", [d.end_on for d in run]),
    }
    changed = _upsert("tenancies_paymentmethod", columns, "tenancy_id, begin_on", organisation_id)
    _count(result, "payment_methods", len(changed))


def _mandates(organisation_id: int, run: list[MandateDraft], result: Loaded) -> None:
    tenancies = _ids("tenancies_tenancy", (d.tenancy_key for d in run))
    run = _known(run, tenancies, lambda d: d.tenancy_key, "tenancy_unknown", result)
    columns: _Columns = {
        "tenancy_id": ("integer", [tenancies[d.tenancy_key] for d in run]),
        "iban": ("text", [d.iban for d in run]),
        "mandate": ("text", [d.reference for d in run]),
        "signed_on": ("date", [d.signed_on for d in run]),
        "learned_by": ("text", ["" for _ in run]),
        "third_party": ("boolean", [False for _ in run]),
    }
    key = "tenancy_id, iban, mandate"
    ours = ("learned_by", "third_party")
    changed = _upsert("tenancies_account", columns, key, organisation_id, "tenancy_id", keep=ours)
    _count(result, "accounts", len(changed))
    result.touched |= {row[0] for row in changed}


def _references(organisation_id: int, run: list[PaymentReferenceDraft], result: Loaded) -> None:
    tenancies = _ids("tenancies_tenancy", (d.tenancy_key for d in run))
    run = _known(run, tenancies, lambda d: d.tenancy_key, "tenancy_unknown", result)
    columns: _Columns = {
        "tenancy_id": ("integer", [tenancies[d.tenancy_key] for d in run]),
        "reference": ("text", [d.reference for d in run]),
    }
    key = "organisation_id, reference, tenancy_id"
    _count(result, "references", len(_upsert("tenancies_paymentreference", columns, key, organisation_id)))


_LOADERS: dict[type, Callable[[int, list[Any], Loaded], None]] = {
    ComplexDraft: _complexes,
    HomeDraft: _homes,
    PersonDraft: _people,
    TenancyDraft: _tenancies,
    PartyDraft: _parties,
    RentPartDraft: _rent_parts,
    PaymentMethodDraft: _payment_methods,
    MandateDraft: _mandates,
    PaymentReferenceDraft: _references,
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
