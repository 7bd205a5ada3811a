"""A contact to write down, for the tests of this room: a call on Monday 2 November 2026 at noon, that nobody took."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from tijdig.contacts.actions import log
from tijdig.contacts.kinds import Channel, Direction, Outcome, Reached, Who
from tijdig.contacts.values import ContactDraft

TODAY = date(2026, 11, 2)
NOON = datetime(2026, 11, 2, 11, 0, tzinfo=UTC)
NOW = NOON + timedelta(minutes=5)

TALK: dict[str, object] = {"reached": Reached.TALKED, "outcome": Outcome.NO_AGREEMENT}
PROMISE: dict[str, object] = {
    "reached": Reached.TALKED,
    "outcome": Outcome.PROMISE,
    "promise_cents": 10_000,
    "promise_on": date(2026, 11, 10),
}


def draft(tenancy: int = 1, **changed: object) -> ContactDraft:
    plain: dict[str, object] = {
        "tenancy_id": tenancy,
        "channel": Channel.PHONE,
        "direction": Direction.OUT,
        "reached": Reached.NONE,
        "who": Who.TENANT,
        "outcome": Outcome.NOT_HOME,
        "at": NOON,
    }
    return ContactDraft(**plain | changed)  # type: ignore[arg-type]


def logged(
    organisation: int,
    tenancy: int,
    *,
    actor: str = "user:1",
    asked_as: UUID | None = None,
    **changed: object,
) -> int:
    """Write one down, some days later than that Monday where `at` says so."""
    made = draft(tenancy, **changed)
    return log(
        organisation_id=organisation,
        actor=actor,
        draft=made,
        asked_as=asked_as or uuid4(),
        now=max(NOW, made.at),
        on=max(TODAY, made.on),
    )
