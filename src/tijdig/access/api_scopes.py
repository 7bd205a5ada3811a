"""What a program at the API may do. A token opens what it was made for, and nothing else.

Those of the sector's standard carry its own names (VERA-Incasso 4.3, `components/securitySchemes/OAuth2`); `ReadWrite` is
also to read, and `All` is every resource.
"""

from __future__ import annotations

from enum import StrEnum


class ApiScope(StrEnum):
    """One thing a program may do."""

    READ_POSITIONS = "positions:read"
    POST_ENTRIES = "entries:write"
    PUT_TENANCIES = "tenancies:write"
    READ_ALL = "INC.All.Read"
    WRITE_ALL = "INC.All.ReadWrite"
    READ_ARRANGEMENTS = "INC.Betalingsregelingen.Read"
    WRITE_ARRANGEMENTS = "INC.Betalingsregelingen.ReadWrite"
    READ_FILES = "INC.ExterneIncassos.Read"
    WRITE_FILES = "INC.ExterneIncassos.ReadWrite"


API_SCOPE_LABEL: dict[ApiScope, str] = {
    ApiScope.READ_POSITIONS: "standen lezen, met de uitleg",
    ApiScope.POST_ENTRIES: "boekingen plaatsen",
    ApiScope.PUT_TENANCIES: "huurcontracten maken en wijzigen",
    ApiScope.READ_ALL: "VERA-Incasso: alles lezen",
    ApiScope.WRITE_ALL: "VERA-Incasso: alles lezen en schrijven",
    ApiScope.READ_ARRANGEMENTS: "VERA-Incasso: betalingsregelingen lezen",
    ApiScope.WRITE_ARRANGEMENTS: "VERA-Incasso: betalingsregelingen lezen en schrijven",
    ApiScope.READ_FILES: "VERA-Incasso: dossiers bij de deurwaarder lezen",
    ApiScope.WRITE_FILES: "VERA-Incasso: dossiers bij de deurwaarder lezen en schrijven",
}
OF_THE_STANDARD = tuple(one for one in ApiScope if one.startswith("INC."))
OWN_SCOPES = " ".join(one for one in ApiScope if one not in OF_THE_STANDARD)
