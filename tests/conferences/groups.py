"""A group that confers, for the tests of this room: three colleagues, and a conference on Monday 2 November 2026."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from tijdig.access.actions import create_user
from tijdig.access.queries import colleagues
from tijdig.access.roles import Role
from tijdig.conferences.actions import put, withdraw
from tijdig.conferences.actions_decide import decide
from tijdig.conferences.actions_meeting import attend, begin, close
from tijdig.conferences.kinds import Decision
from tijdig.conferences.queries import item
from tijdig.conferences.values import ItemDraft, OutcomeDraft, Presence

TODAY = date(2026, 11, 2)
UNTIL, DO_BY = date(2026, 11, 30), date(2026, 11, 9)
STEPS = ("call", "visit", "prepare_handover")
HELP: dict[str, object] = {"decision": Decision.HELP}
VISIT: dict[str, object] = {"decision": Decision.OTHER_STEP, "do": "visit"}
AGAIN: dict[str, object] = {"decision": Decision.LATER, "do_by_on": None}


def people(organisation: int) -> list[int]:
    """The ids of three colleagues: Ada, Bo and Cas."""
    if not colleagues(organisation):
        for name in ("Ada", "Bo", "Cas"):
            create_user(
                organisation_id=organisation,
                email=f"{name}.{organisation}@proef.test",
                name=name,
                role=Role.CONSULTANT,
            )
    return [one.id for one in colleagues(organisation)]


def asked(
    organisation: int,
    tenancy: int,
    *,
    question: str = "Overdragen?",
    wanted_by_on: date | None = None,
    asked_as: UUID | None = None,
    on: date = TODAY,
) -> int:
    """Put a case on the agenda."""
    return put(
        organisation_id=organisation,
        actor="user:1",
        name="Ada",
        draft=ItemDraft(tenancy_id=tenancy, question=question, wanted_by_on=wanted_by_on),
        asked_as=asked_as or uuid4(),
        on=on,
    )


def taken_off(organisation: int, number: int, *, reason: str = "Betaald.", on: date = TODAY) -> None:
    withdraw(organisation_id=organisation, actor="user:2", name="Bo", item_id=number, reason=reason, on=on)


def here(organisation: int, **changed: object) -> Presence:
    plain: dict[str, object] = {
        "chair": "Ada",
        "present": tuple(people(organisation)[:2]),
        "guests": ("mr. Jansen, deurwaarder",),
    }
    return Presence(**plain | changed)  # type: ignore[arg-type]


def begun(
    organisation: int,
    *,
    held_on: date = TODAY,
    asked_as: UUID | None = None,
    on: date = TODAY,
    **there: object,
) -> int:
    return begin(
        organisation_id=organisation,
        actor="user:1",
        name="Ada",
        held_on=held_on,
        there=here(organisation, **there),
        asked_as=asked_as or uuid4(),
        on=on,
    )


def attended(organisation: int, number: int, **there: object) -> None:
    attend(
        organisation_id=organisation,
        actor="user:1",
        conference_id=number,
        there=here(organisation, **there),
        on=TODAY,
    )


def closed(organisation: int, number: int, on: date = TODAY) -> None:
    close(organisation_id=organisation, actor="user:1", name="Ada", conference_id=number, on=on)


def outcome(organisation: int, item_id: int, conference_id: int, **changed: object) -> OutcomeDraft:
    """A decision that Ada does by the 9th, until the end of the month; of what stands now unless `seen` says otherwise."""
    known = item(item_id)
    last = known.last if known else None
    plain: dict[str, object] = {
        "item_id": item_id,
        "conference_id": conference_id,
        "seen": last.id if last else None,
        "decision": Decision.ARRANGE,
        "reason": "De huurder wil betalen.",
        "until_on": UNTIL,
        "instead_of": "call",
        "who_id": people(organisation)[0],
        "do_by_on": DO_BY,
    }
    return OutcomeDraft(**plain | changed)  # type: ignore[arg-type]


def decided(
    organisation: int,
    item_id: int,
    conference_id: int,
    *,
    asked_as: UUID | None = None,
    on: date = TODAY,
    **changed: object,
) -> int:
    number, _ = decide(
        organisation_id=organisation,
        actor="user:2",
        name="Bo",
        draft=outcome(organisation, item_id, conference_id, **changed),
        codes=STEPS,
        asked_as=asked_as or uuid4(),
        on=on,
    )
    return number
