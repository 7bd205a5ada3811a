"""The roles, and what each may open. One table, read by the doors and shown in the tests."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    CONSULTANT = "consultant"
    TEAM_LEAD = "team_lead"
    MANAGER = "manager"
    CUSTOMER_SERVICE = "customer_service"
    CARETAKER = "caretaker"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """One thing a person may do. Named after the work, not after the page."""

    SEE_WORKLIST = "see_worklist"
    SEE_TENANCY = "see_tenancy"  # the file with its amounts
    SEARCH = "search"
    IMPORT = "import"
    ASSIGN = "assign"  # say whose payment an unmatched line is
    ACCEPT = "accept"  # accept a statement that does not tie
    SEE_NIGHT = "see_night"
    RUN_NIGHT = "run_night"
    EXPORT = "export"
    ADMINISTER = "administer"


_EVERY_DAY = {Right.SEE_WORKLIST, Right.SEE_TENANCY, Right.SEARCH, Right.EXPORT}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.CONSULTANT: frozenset(_EVERY_DAY | {Right.ASSIGN, Right.IMPORT, Right.SEE_NIGHT}),
    Role.TEAM_LEAD: frozenset(
        _EVERY_DAY | {Right.ASSIGN, Right.IMPORT, Right.ACCEPT, Right.SEE_NIGHT, Right.RUN_NIGHT}
    ),
    Role.MANAGER: frozenset(_EVERY_DAY | {Right.SEE_NIGHT}),
    Role.CUSTOMER_SERVICE: frozenset({Right.SEE_TENANCY, Right.SEARCH}),
    Role.CARETAKER: frozenset({Right.SEARCH}),
    Role.ADMINISTRATOR: frozenset(
        {Right.SEARCH, Right.IMPORT, Right.ACCEPT, Right.SEE_NIGHT, Right.RUN_NIGHT, Right.ADMINISTER}
    ),
}

LABEL: dict[Role, str] = {
    Role.CONSULTANT: "incassoconsulent",
    Role.TEAM_LEAD: "teamleider",
    Role.MANAGER: "manager",
    Role.CUSTOMER_SERVICE: "klantenservice",
    Role.CARETAKER: "huismeester",
    Role.ADMINISTRATOR: "beheerder",
}


def may(role: str, right: Right) -> bool:
    """May somebody with this role do this? An unknown role may nothing."""
    try:
        return right in RIGHTS[Role(role)]
    except ValueError:
        return False
