"""A person's own day: what they wrote down counts, what a colleague did or what was taken back does not."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from tests.letters import offices

from tijdig.access.scope import organisation_scope
from tijdig.cases.queries_day_report import DayReport, day_report
from tijdig.contacts.actions import log, withdraw
from tijdig.contacts.kinds import Channel, Direction, Outcome, Reached, Who
from tijdig.contacts.values import ContactDraft

TODAY = offices.TODAY
AT = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)


def _call(
    organisation: int, tenancy: int, actor: str, reached: Reached, outcome: Outcome, **more: object
) -> int:
    draft = ContactDraft(
        tenancy_id=tenancy,
        channel=Channel.PHONE,
        direction=Direction.OUT,
        reached=reached,
        who=Who.TENANT,
        outcome=outcome,
        at=AT,
        **more,  # type: ignore[arg-type]
    )
    return log(
        organisation_id=organisation, actor=actor, draft=draft, asked_as=uuid4(), now=offices.NOON, on=TODAY
    )


def test_a_day_counts_what_this_person_did(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    promise = {"promise_cents": 70_000, "promise_on": TODAY.replace(day=9)}
    _call(organisation, tenancy, "user:1", Reached.TALKED, Outcome.PROMISE, **promise)
    _call(organisation, tenancy, "user:2", Reached.TALKED, Outcome.OTHER)
    gone = _call(organisation, tenancy, "user:1", Reached.NONE, Outcome.NOT_HOME)
    with organisation_scope(organisation):
        assert day_report("user:1", [tenancy], TODAY) == DayReport(1, 1, 1, 0, 0, 0)
    withdraw(
        organisation_id=organisation, actor="user:1", contact_id=gone, reason="", now=offices.NOON, on=TODAY
    )
    with organisation_scope(organisation):
        found = day_report("user:1", [tenancy], TODAY)
        assert (found.not_reached, found.anything) == (0, True)
        assert not day_report("user:3", [], TODAY).anything
