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
    PARTNER = "partner"  # works the files of a bailiff's office
    PARTNER_LEAD = "partner_lead"  # and answers for its agreements and its people


class Right(StrEnum):
    """One thing a person may do. Named after the work, not after the page."""

    SEE_WORKLIST = "see_worklist"
    SEE_TENANCY = "see_tenancy"  # the file with its amounts
    SEARCH = "search"
    IMPORT = "import"
    ASSIGN = "assign"  # say whose payment an unmatched line is
    ASSIGN_CASE = "assign_case"  # say who works a tenancy
    LEAD_TEAM = "lead_team"  # who is away, who has how much time, and a whole caseload to somebody else
    ACCEPT = "accept"  # accept a statement that does not tie
    SEE_NIGHT = "see_night"
    RUN_NIGHT = "run_night"
    EXPORT = "export"  # take a list, or a whole file, out of the house
    WRITE_LETTER = "write_letter"  # and take upon oneself by name what is not sure
    LOG_CONTACT = "log_contact"  # write down a call, message, visit or talk, and take it back
    ARRANGE = "arrange"  # agree with a tenant on paying in parts
    CONFER = "confer"  # put a tenancy on the agenda of the group, and write down what the group decides
    RULE = "rule"  # decide about one tenancy apart from the way of working, by name
    EVICT = "evict"  # decide about an eviction, as one of two; nothing else of a file
    SET_FLAG = "set_flag"  # say what stops or changes the work: a death, a debt procedure
    END_FLAG = "end_flag"  # say that it is over
    LOG_OBJECTION = "log_objection"  # write down that a tenant does not agree
    ANSWER_OBJECTION = "answer_objection"  # answer that, by name
    PRINT_LETTERS = "print_letters"  # make batches for the print house and hand them over
    SET_TEXTS = "set_texts"  # the sentences of letters, and who writes them
    NOTICE = "notice"  # pass on a worry about a household
    KEEP_HELP = "keep_help"  # the municipalities, and the helpers there
    ADOPT = "adopt"  # what the law leaves open, for the whole corporation
    SET_POLICY = "set_policy"  # the way of working: try, keep, let begin
    SEE_READINGS = "see_readings"  # who looked at a tenancy, and who did what
    GIVE_ACCESS = "give_access"  # make the report of what is known of a tenant, for that tenant
    HOLD_DATA = "hold_data"  # keep the data of a tenant longer than the rules say, by name
    SET_RETENTION = "set_retention"  # approve by name how long data is kept, and stop the erasing
    ADMINISTER = "administer"
    KEEP_PEOPLE = (
        "keep_people"  # who has an account here: invite, change, switch off; and what is asked at the door
    )
    SEE_AGREEMENTS = "see_agreements"  # with partners, and the files that are with them
    KEEP_AGREEMENTS = "keep_agreements"  # propose, approve and end them for the corporation
    SEE_FILES = "see_files"  # of a partner: its own files, while they are its own
    WORK_FILES = "work_files"
    LEAD_PARTNER = "lead_partner"  # approve agreements for the partner, and keep its people


_EVERY_DAY = {Right.SEE_WORKLIST, Right.SEE_TENANCY, Right.SEARCH, Right.EXPORT}
_WITH_TENANTS = {
    Right.WRITE_LETTER,
    Right.PRINT_LETTERS,
    Right.ARRANGE,
    Right.LOG_CONTACT,
    Right.RULE,
    Right.EVICT,
    Right.CONFER,
}
_ON_THE_PHONE = {Right.LOG_CONTACT, Right.SET_FLAG, Right.LOG_OBJECTION, Right.NOTICE}
_FOR_TENANTS_DATA = {Right.GIVE_ACCESS, Right.HOLD_DATA}
PARTNER_ROLES = (Role.PARTNER, Role.PARTNER_LEAD)
LEADS = (Role.TEAM_LEAD, Role.MANAGER)  # of a corporation: who answers for what weighs most
_HAVING_HEARD = _ON_THE_PHONE | {Right.END_FLAG, Right.ANSWER_OBJECTION}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.CONSULTANT: frozenset(
        _EVERY_DAY
        | _WITH_TENANTS
        | _HAVING_HEARD
        | _FOR_TENANTS_DATA
        | {Right.ASSIGN, Right.ASSIGN_CASE, Right.IMPORT, Right.SEE_NIGHT, Right.SEE_AGREEMENTS},
    ),
    Role.TEAM_LEAD: frozenset(
        _EVERY_DAY
        | _WITH_TENANTS
        | _HAVING_HEARD
        | _FOR_TENANTS_DATA
        | {Right.ASSIGN, Right.ASSIGN_CASE, Right.IMPORT, Right.ACCEPT, Right.SEE_NIGHT, Right.RUN_NIGHT}
        | {Right.LEAD_TEAM, Right.SET_TEXTS, Right.ADOPT, Right.SET_POLICY, Right.KEEP_HELP}
        | {Right.SEE_AGREEMENTS, Right.KEEP_AGREEMENTS, Right.SEE_READINGS}
    ),
    Role.MANAGER: frozenset(
        _EVERY_DAY
        | _FOR_TENANTS_DATA
        | {Right.SEE_NIGHT, Right.LEAD_TEAM, Right.SET_TEXTS, Right.ADOPT, Right.SET_RETENTION, Right.EVICT}
        | {Right.SEE_AGREEMENTS, Right.KEEP_AGREEMENTS, Right.SEE_READINGS}
    ),
    Role.CUSTOMER_SERVICE: frozenset({Right.SEE_TENANCY, Right.SEARCH} | _ON_THE_PHONE),
    Role.CARETAKER: frozenset({Right.SEARCH, Right.NOTICE}),
    Role.ADMINISTRATOR: frozenset(
        {Right.SEARCH, Right.IMPORT, Right.ACCEPT, Right.SEE_NIGHT, Right.RUN_NIGHT, Right.ADMINISTER}
        | {Right.SET_TEXTS, Right.KEEP_HELP, Right.SEE_READINGS, Right.KEEP_PEOPLE, Right.SET_RETENTION}
    ),
    Role.PARTNER: frozenset({Right.SEE_FILES, Right.WORK_FILES}),
    Role.PARTNER_LEAD: frozenset({Right.SEE_FILES, Right.WORK_FILES, Right.LEAD_PARTNER, Right.KEEP_PEOPLE}),
}

LABEL: dict[Role, str] = {
    Role.CONSULTANT: "incassoconsulent",
    Role.TEAM_LEAD: "teamleider",
    Role.MANAGER: "manager",
    Role.CUSTOMER_SERVICE: "klantenservice",
    Role.CARETAKER: "huismeester",
    Role.ADMINISTRATOR: "beheerder",
    Role.PARTNER: "medewerker van de deurwaarder",
    Role.PARTNER_LEAD: "leidinggevende bij de deurwaarder",
}


def roles_beside(role: str) -> tuple[Role, ...]:
    """The roles that somebody with this role may give: those of their own house, of a corporation or of a partner."""
    at_partner = role in PARTNER_ROLES
    return tuple(one for one in Role if (one in PARTNER_ROLES) is at_partner)


def may(role: str, right: Right) -> bool:
    """May somebody with this role do this? An unknown role may nothing."""
    try:
        return right in RIGHTS[Role(role)]
    except ValueError:
        return False
