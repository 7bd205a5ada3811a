"""A ruling to make, for the tests of this room: on Monday 2 November 2026, a visit in place of a call until the 30th."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from tijdig.rulings.actions import end, rule
from tijdig.rulings.kinds import Kind
from tijdig.rulings.values import Draft

TODAY = date(2026, 11, 2)
NOON = datetime(2026, 11, 2, 11, 0, tzinfo=UTC)
UNTIL = date(2026, 11, 30)
CODES = ("message", "call", "visit", "prepare_handover")
LABELS = {"message": "Vriendelijk bericht", "call": "Bellen", "visit": "Huisbezoek"}

OTHER: dict[str, object] = {"kind": Kind.OTHER, "instead_of": "call", "do": "visit"}
LATER: dict[str, object] = {"kind": Kind.LATER, "instead_of": "call", "do": ""}
SKIP: dict[str, object] = {"kind": Kind.SKIP, "instead_of": "call", "do": ""}
PAUSE: dict[str, object] = {"kind": Kind.PAUSE, "instead_of": "", "do": ""}
HAND_OVER: dict[str, object] = {"kind": Kind.HAND_OVER, "instead_of": "", "do": ""}


def draft(**changed: object) -> Draft:
    plain: dict[str, object] = {**OTHER, "until_on": UNTIL, "reason": "Neemt de telefoon nooit op."}
    return Draft(**plain | changed)  # type: ignore[arg-type]


def ruled(
    organisation: int,
    tenancy: int,
    *,
    actor: str = "user:1",
    name: str = "Samira de Boer",
    asked_as: UUID | None = None,
    now: datetime = NOON,
    on: date = TODAY,
    **changed: object,
) -> int:
    return rule(
        organisation_id=organisation,
        actor=actor,
        name=name,
        tenancy_id=tenancy,
        draft=draft(**changed),
        codes=CODES,
        asked_as=asked_as or uuid4(),
        now=now,
        on=on,
    )


def stopped(
    organisation: int,
    number: int,
    *,
    actor: str = "user:1",
    reason: str = "Belt nu zelf.",
    now: datetime = NOON,
    on: date = TODAY,
) -> None:
    end(organisation_id=organisation, actor=actor, ruling_id=number, reason=reason, now=now, on=on)
