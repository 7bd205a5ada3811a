"""What a program at the API may do. A token opens what it was made for, and nothing else."""

from __future__ import annotations

from enum import StrEnum


class ApiScope(StrEnum):
    """One thing a program may do."""

    READ_POSITIONS = "positions:read"
    POST_ENTRIES = "entries:write"
    PUT_TENANCIES = "tenancies:write"


API_SCOPE_LABEL: dict[ApiScope, str] = {
    ApiScope.READ_POSITIONS: "standen lezen, met de uitleg",
    ApiScope.POST_ENTRIES: "boekingen plaatsen",
    ApiScope.PUT_TENANCIES: "huurcontracten maken en wijzigen",
}
EVERY_SCOPE = " ".join(ApiScope)
