"""Loading leases, and what hangs on them: who, for how much, and how it is paid."""

from __future__ import annotations

from django.db import connection

from tijdig.base.problems import Problem
from tijdig.tenancies.actions_upsert import Columns, ids_of, upsert
from tijdig.tenancies.drafts import (
    MandateDraft,
    PartyDraft,
    PaymentMethodDraft,
    PaymentReferenceDraft,
    RentPartDraft,
    TenancyDraft,
)
from tijdig.tenancies.loaded import Loaded, count, known


def _homes_of(run: list[TenancyDraft], result: Loaded) -> list[int | None]:
    """The home of each lease. One that is unknown is a problem, but the lease loads: its money must not wait for an
    address. Where a draft names no home that we know, the home that stands stays."""
    homes = ids_of("tenancies_home", (d.home_key for d in run))
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


def load_tenancies(organisation_id: int, run: list[TenancyDraft], result: Loaded) -> None:
    columns: Columns = {
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
    changed = upsert("tenancies_tenancy", columns, "organisation_id, source_key", organisation_id, "id")
    count(result, "tenancies", len(changed))
    result.touched |= {row[0] for row in changed}


def load_parties(organisation_id: int, run: list[PartyDraft], result: Loaded) -> None:
    tenancies = ids_of("tenancies_tenancy", (d.tenancy_key for d in run))
    people = ids_of("tenancies_person", (d.person_key for d in run))
    run = known(run, tenancies, lambda d: d.tenancy_key, "tenancy_unknown", result)
    run = known(run, people, lambda d: d.person_key, "person_unknown", result)
    columns: Columns = {
        "tenancy_id": ("integer", [tenancies[d.tenancy_key] for d in run]),
        "person_id": ("integer", [people[d.person_key] for d in run]),
        "role": ("text", [d.role for d in run]),
        "begin_on": ("date", [d.begin_on for d in run]),
        "end_on": ("date", [d.end_on for d in run]),
    }
    key = "tenancy_id, person_id, role, begin_on"
    changed = upsert("tenancies_party", columns, key, organisation_id, "tenancy_id")
    count(result, "parties", len(changed))
    result.touched |= {row[0] for row in changed}


def load_rent_parts(organisation_id: int, run: list[RentPartDraft], result: Loaded) -> None:
    tenancies = ids_of("tenancies_tenancy", (d.tenancy_key for d in run))
    run = known(run, tenancies, lambda d: d.tenancy_key, "tenancy_unknown", result)
    columns: Columns = {
        "tenancy_id": ("integer", [tenancies[d.tenancy_key] for d in run]),
        "source_key": ("text", [d.key for d in run]),
        "kind": ("text", [d.kind for d in run]),
        "detail": ("text", [d.detail for d in run]),
        "begin_on": ("date", [d.begin_on for d in run]),
        "end_on": ("date", [d.end_on for d in run]),
        "amount_cents": ("bigint", [d.amount_cents for d in run]),
        "reason": ("text", [d.reason for d in run]),
    }
    changed = upsert("tenancies_rentpart", columns, "organisation_id, source_key", organisation_id)
    count(result, "rent_parts", len(changed))


def load_payment_methods(organisation_id: int, run: list[PaymentMethodDraft], result: Loaded) -> None:
    tenancies = ids_of("tenancies_tenancy", (d.tenancy_key for d in run))
    run = known(run, tenancies, lambda d: d.tenancy_key, "tenancy_unknown", result)
    columns: Columns = {
        "tenancy_id": ("integer", [tenancies[d.tenancy_key] for d in run]),
        "kind": ("text", [d.kind for d in run]),
        "debit_day": ("smallint", [d.debit_day for d in run]),
        "begin_on": ("date", [d.begin_on for d in run]),
        "end_on": ("date", [d.end_on for d in run]),
    }
    changed = upsert("tenancies_paymentmethod", columns, "tenancy_id, begin_on", organisation_id)
    count(result, "payment_methods", len(changed))


def load_mandates(organisation_id: int, run: list[MandateDraft], result: Loaded) -> None:
    tenancies = ids_of("tenancies_tenancy", (d.tenancy_key for d in run))
    run = known(run, tenancies, lambda d: d.tenancy_key, "tenancy_unknown", result)
    erased = _accounts_erased(list(tenancies.values()))
    run = [d for d in run if tenancies[d.tenancy_key] not in erased]
    columns: Columns = {
        "tenancy_id": ("integer", [tenancies[d.tenancy_key] for d in run]),
        "iban": ("text", [d.iban for d in run]),
        "mandate": ("text", [d.reference for d in run]),
        "signed_on": ("date", [d.signed_on for d in run]),
        "learned_by": ("text", ["" for _ in run]),
        "third_party": ("boolean", [False for _ in run]),
    }
    key = "tenancy_id, iban, mandate"
    ours = ("learned_by", "third_party")
    changed = upsert("tenancies_account", columns, key, organisation_id, "tenancy_id", keep=ours)
    count(result, "accounts", len(changed))
    result.touched |= {row[0] for row in changed}


def _accounts_erased(tenancy_ids: list[int]) -> set[int]:
    """Of which of these accounts were erased: those of the source are not taken over again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM tenancies_tenancy WHERE id = ANY(%s) AND accounts_erased_on IS NOT NULL",
            [tenancy_ids],
        )
        return {row[0] for row in cursor.fetchall()}


def load_references(organisation_id: int, run: list[PaymentReferenceDraft], result: Loaded) -> None:
    tenancies = ids_of("tenancies_tenancy", (d.tenancy_key for d in run))
    run = known(run, tenancies, lambda d: d.tenancy_key, "tenancy_unknown", result)
    columns: Columns = {
        "tenancy_id": ("integer", [tenancies[d.tenancy_key] for d in run]),
        "reference": ("text", [d.reference for d in run]),
    }
    key = "organisation_id, reference, tenancy_id"
    count(result, "references", len(upsert("tenancies_paymentreference", columns, key, organisation_id)))
