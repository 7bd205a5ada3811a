"""A corporation with consultants and tenants, for the tests of this room."""

from __future__ import annotations

from datetime import date

from django.db import connection

from tijdig.access.actions import create_user
from tijdig.access.roles import Role
from tijdig.caseload.assign import Wanted
from tijdig.tenancies.actions import load
from tijdig.tenancies.drafts import HomeDraft, TenancyDraft
from tijdig.tenancies.queries import tenancy_ids_by_contract

TODAY = date(2026, 11, 2)  # a Monday


def consultant(organisation: int, name: str, region: str = "", role: Role = Role.CONSULTANT) -> int:
    return create_user(
        organisation_id=organisation,
        email=f"{name.replace(' ', '.')}.{organisation}@proef.test",
        name=name,
        role=role,
        region=region,
        hashed="x",
    )


def leave(user: int) -> None:
    """Switched off: works here no more."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE access_user SET is_active = false WHERE id = %s", [user])


def tenants(organisation: int, *regions: str) -> list[int]:
    """A tenancy in each of these regions; returns their ids in that order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM tenancies_tenancy")
        first = cursor.fetchone()[0] + 1
    keys = [f"{organisation}-{first + at}" for at in range(len(regions))]
    begin = date(2024, 1, 1)
    records: list[HomeDraft | TenancyDraft] = []
    for key, region in zip(keys, regions, strict=True):
        records.append(HomeDraft(f"E{key}", "Lindestraat", "1", "3012XZ", "Rotterdam", "", region))
        records.append(TenancyDraft(key, key, "LOP", "HUU", begin, None, f"E{key}"))
    load(organisation_id=organisation, records=records, actor="test", on=TODAY)
    found = tenancy_ids_by_contract(keys)
    return [found[key] for key in keys]


def wanted(ids: list[int], region: str = "", minutes: int = 15) -> list[Wanted]:
    return [Wanted(one, region, minutes) for one in ids]
