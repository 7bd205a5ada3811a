"""Who keeps an arrangement is not dunned, by no letter that is written and none that waits; its plan is confirmed."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from tests.letters import offices

from tijdig.access.scope import organisation_scope
from tijdig.arrangements.plan import Ask
from tijdig.cases.actions_arrange import arrange
from tijdig.cases.queries_arrange import ground
from tijdig.letters import models
from tijdig.letters.actions import write
from tijdig.letters.holds import DUNS, hold
from tijdig.letters.letter import Kind
from tijdig.letters.queries_compose import choices, ground_of, to_ask
from tijdig.letters.queries_seen import seen
from tijdig.letters.values import NotRight
from tijdig.letters.wish import Wish

FIRST = date(2026, 11, 25)


def _agree(organisation: int, tenancy: int, each: int = 35_000, most: int = 9) -> None:
    with organisation_scope(organisation):
        stands_on = ground(tenancy, offices.TODAY)
    assert stands_on is not None
    items = stands_on.items[:most]
    made = arrange(
        organisation_id=organisation,
        actor="user:1",
        tenancy_id=tenancy,
        ask=Ask(sum(one.open_cents for one in items), each, FIRST),
        entries=[one.entry for one in items],
        reason="zo afgesproken",
        asked_as=uuid4(),
        on=offices.TODAY,
    )
    assert made


def _write(organisation: int, tenancy: int, kind: Kind, **given: object) -> models.Letter:
    wish = Wish(tenancy_id=tenancy, kind=kind, on=offices.TODAY, given=given)  # type: ignore[arg-type]
    pk = write(organisation_id=organisation, actor="user:1", by="Sanne Kuiper", wish=wish, now=offices.NOON)
    return models.Letter.objects.get(pk=pk)


def test_the_plan_that_was_agreed_is_confirmed_as_it_is(organisation: int) -> None:
    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation)
    _agree(organisation, tenancy, 60_000)
    with organisation_scope(organisation):
        stands_on = ground_of(tenancy, on=offices.TODAY, by="Sanne Kuiper")
        assert stands_on is not None
        assert to_ask(Kind.ARRANGEMENT_CONFIRMED, stands_on) == ()
    letter = _write(organisation, tenancy, Kind.ARRANGEMENT_CONFIRMED)
    said = models.LetterPaper.objects.get(letter=letter).text.replace("\u00a0", " ")
    assert all(one in said for one in ("25 november 2026", "25 december 2026", "25 januari 2027", "€ 200,00"))


def test_a_month_that_was_left_out_stays_out_of_the_confirmation(organisation: int) -> None:
    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation)
    _agree(organisation, tenancy, most=1)
    assert _write(organisation, tenancy, Kind.ARRANGEMENT_CONFIRMED).facts["open_cents"] == offices.RENT_CENTS


def test_no_letter_duns_who_keeps_an_arrangement(organisation: int) -> None:
    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation)
    _agree(organisation, tenancy)
    with organisation_scope(organisation):
        stands_on = ground_of(tenancy, on=offices.TODAY, by="Sanne Kuiper")
        assert stands_on is not None
        found = {one.kind: [fault.code for fault in one.faults] for one in choices(stands_on)}
    assert {kind for kind in Kind if found[kind] == ["arranged"]} == DUNS
    with pytest.raises(NotRight, match="die wordt nagekomen"):
        _write(organisation, tenancy, Kind.FRIENDLY_REMINDER)


def test_a_month_that_was_left_out_may_still_be_asked(organisation: int) -> None:
    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation)
    _agree(organisation, tenancy, most=1)
    _write(organisation, tenancy, Kind.FRIENDLY_REMINDER)


def test_a_reminder_that_waits_is_held_when_an_arrangement_is_made(organisation: int) -> None:
    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation)
    row = models.Sending.objects.get(letter=_write(organisation, tenancy, Kind.FRIENDLY_REMINDER))
    assert hold(seen([row.pk], offices.TODAY)[row.pk], offices.TODAY) == ""
    _agree(organisation, tenancy)
    assert hold(seen([row.pk], offices.TODAY)[row.pk], offices.TODAY) == "arranged"
    broken_on = FIRST + timedelta(days=4)
    assert hold(seen([row.pk], broken_on)[row.pk], broken_on) == ""
