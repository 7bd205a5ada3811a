"""Costs in the account: a letter asks what a letter made due, and no payment goes first to what is not due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.letters import offices

from tijdig.access.scope import organisation_scope
from tijdig.ledger.kinds import Kind as EntryKind
from tijdig.letters import models
from tijdig.letters.actions import write
from tijdig.letters.actions_arrived import went
from tijdig.letters.letter import Kind
from tijdig.letters.queries_compose import choices, ground_of
from tijdig.letters.queries_seen import seen
from tijdig.letters.values import NotRight
from tijdig.letters.wish import Wish

AUGUST, SENT = date(2026, 10, 20), date(2026, 10, 5)
FEE_FROM = date(2026, 10, 22)


def _write(
    organisation: int, tenancy: int, kind: Kind, on: date = offices.TODAY, **given: object
) -> models.Letter:
    wish = Wish(tenancy_id=tenancy, kind=kind, on=on, given=given, reason="zo besloten")  # type: ignore[arg-type]
    pk = write(organisation_id=organisation, actor="user:1", by="Sanne Kuiper", wish=wish, now=offices.NOON)
    return models.Letter.objects.get(pk=pk)


def _costs(organisation: int, number: int, cents: int, on: date) -> None:
    offices.charge(organisation, f"{100_000 + number}", EntryKind.COLLECTION_COSTS, cents, on)


def _fourteen_day(organisation: int, tenancy: int) -> models.Letter:
    """A letter over the rent of October, sent on paper so that its costs are due today."""
    letter = _write(organisation, tenancy, Kind.FOURTEEN_DAY, SENT)
    with organisation_scope(organisation):
        rows = list(models.Sending.objects.filter(letter=letter).select_related("letter"))
        went(organisation_id=organisation, actor="test", rows=rows, on=SENT)
    return letter


def test_a_letter_asks_no_costs_that_no_letter_made_due(organisation: int) -> None:
    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation, months=1)
    _costs(organisation, 1, 4_000, date(2026, 10, 10))
    offices.pay(organisation, 1, 50_000, date(2026, 10, 20))
    letter = _write(organisation, tenancy, Kind.FRIENDLY_REMINDER)
    assert (letter.open_cents, letter.stood_cents) == (20_000, 20_000)
    row = models.Sending.objects.get(letter=letter)
    assert seen([row.pk], offices.TODAY)[row.pk].paid_since_cents == 0
    offices.pay(organisation, 1, 3_000, more="deel")
    assert seen([row.pk], offices.TODAY)[row.pk].paid_since_cents == 3_000


@pytest.mark.parametrize(
    ("kind", "given", "also"),
    [
        (Kind.FRIENDLY_REMINDER, {}, ["costs_loose"]),
        (Kind.SETTLED, {"paid_cents": offices.RENT_CENTS, "paid_on": date(2026, 10, 20)}, ["costs_loose"]),
    ],
)
def test_where_only_such_costs_are_open_a_letter_says_what_to_do(
    organisation: int, kind: Kind, given: dict[str, object], also: list[str]
) -> None:
    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation, months=1)
    _costs(organisation, 1, 4_000, date(2026, 10, 10))
    offices.pay(organisation, 1, offices.RENT_CENTS, date(2026, 10, 20))
    with pytest.raises(NotRight) as refused:
        _write(organisation, tenancy, kind, **given)
    assert [fault.code for fault in refused.value.faults] == also
    assert "€ 40,00" in str(refused.value).replace("\u00a0", " ")


def test_before_a_hand_over_the_costs_of_the_letter_are_asked_and_told(organisation: int) -> None:
    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation, months=1)
    _fourteen_day(organisation, tenancy)
    given = {"handover_on": offices.TODAY + timedelta(days=15), "bailiff_name": "Van Dam"}
    letter = _write(organisation, tenancy, Kind.HANDOVER_ANNOUNCED, **given)
    assert letter.open_cents == 70_000 + 10_500
    assert letter.stood_cents == 70_000
    paper = models.LetterPaper.objects.get(letter=letter)
    assert "€ 105,00" in paper.text.replace("\u00a0", " ")
    with organisation_scope(organisation):
        stands_on = ground_of(tenancy, on=offices.TODAY, by="Sanne Kuiper")
        assert stands_on is not None
        assert {one.kind: one.faults for one in choices(stands_on)}[Kind.HANDOVER_ANNOUNCED] == ()


def test_costs_that_the_ledger_charged_for_a_letter_are_asked_once(organisation: int) -> None:
    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation, months=1)
    _fourteen_day(organisation, tenancy)
    _costs(organisation, 1, 10_500, FEE_FROM)
    given = {"handover_on": offices.TODAY + timedelta(days=15), "bailiff_name": "Van Dam"}
    assert _write(organisation, tenancy, Kind.HANDOVER_ANNOUNCED, **given).open_cents == 70_000 + 10_500


def test_a_corporation_that_cannot_deduct_the_vat_of_its_collector_says_so_in_the_letter(
    organisation: int,
) -> None:
    offices.letterhead(organisation, vat=True)
    tenancy = offices.tenant(organisation, months=1)
    letter = _write(organisation, tenancy, Kind.FOURTEEN_DAY)
    assert (letter.facts["fee_cents"], letter.facts["vat_cents"]) == (10_500, 2_205)
    paper = models.LetterPaper.objects.get(letter=letter)
    assert "met btw" in paper.text
