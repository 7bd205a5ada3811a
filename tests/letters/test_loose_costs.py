"""Costs in the account: a letter asks what a letter made due, and no payment goes first to what is not due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.letters import offices

from tijdig.access.scope import organisation_scope
from tijdig.ledger.actions import post
from tijdig.ledger.entry import EntryDraft
from tijdig.ledger.kinds import Kind as EntryKind
from tijdig.letters import models
from tijdig.letters.actions import write
from tijdig.letters.actions_arrived import went
from tijdig.letters.holds import hold
from tijdig.letters.letter import Kind
from tijdig.letters.queries_compose import choices, ground_of
from tijdig.letters.queries_seen import seen
from tijdig.letters.values import NotRight
from tijdig.letters.wish import Wish

SENT = date(2026, 10, 5)
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


def test_who_paid_all_with_the_costs_gets_the_letter_that_it_is_settled(organisation: int) -> None:
    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation, months=1)
    _fourteen_day(organisation, tenancy)
    offices.pay(organisation, 1, 70_000 + 10_500)
    given = {"paid_cents": 80_500, "paid_on": offices.TODAY}
    assert _write(organisation, tenancy, Kind.SETTLED, **given).open_cents == 0


def test_costs_that_were_given_up_are_asked_by_no_letter(organisation: int) -> None:
    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation, months=1)
    _fourteen_day(organisation, tenancy)
    _costs(organisation, 1, 10_500, FEE_FROM)
    reference = f"100001 {EntryKind.COLLECTION_COSTS} {FEE_FROM} "
    off = EntryDraft(
        "100001",
        EntryKind.WRITE_OFF,
        -10_500,
        offices.TODAY,
        offices.TODAY,
        "test",
        "kwijt",
        target_reference=reference,
    )
    with organisation_scope(organisation):
        assert post(organisation_id=organisation, drafts=[off], actor="test", on=offices.TODAY).problems == []
    given = {"handover_on": offices.TODAY + timedelta(days=15), "bailiff_name": "Van Dam"}
    letter = _write(organisation, tenancy, Kind.HANDOVER_ANNOUNCED, **given)
    assert letter.open_cents == 70_000
    assert "incassokosten" not in models.LetterPaper.objects.get(letter=letter).text


def test_a_hand_over_tells_all_collection_costs_that_are_due(organisation: int) -> None:
    """€ 40 of the € 105 stands in the account."""
    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation, months=1)
    _fourteen_day(organisation, tenancy)
    _costs(organisation, 1, 4_000, FEE_FROM)
    given = {"handover_on": offices.TODAY + timedelta(days=15), "bailiff_name": "Van Dam"}
    letter = _write(organisation, tenancy, Kind.HANDOVER_ANNOUNCED, **given)
    assert (letter.open_cents, letter.facts["costs_cents"]) == (80_500, 10_500)


def test_an_arrangement_waits_until_the_costs_are_booked_or_given_up(organisation: int) -> None:
    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation, months=1)
    _fourteen_day(organisation, tenancy)
    given = {"instalment_cents": 35_000, "first_on": offices.TODAY + timedelta(days=10)}
    with pytest.raises(NotRight) as refused:
        _write(organisation, tenancy, Kind.ARRANGEMENT_CONFIRMED, **given)
    assert [fault.code for fault in refused.value.faults] == ["costs_due"]


def test_costs_that_were_booked_today_are_asked_today(organisation: int) -> None:
    """Written the very day on which they are due and booked."""
    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation, months=1)
    _fourteen_day(organisation, tenancy)
    _costs(organisation, 1, 10_500, offices.TODAY)
    given = {"handover_on": offices.TODAY + timedelta(days=15), "bailiff_name": "Van Dam"}
    letter = _write(organisation, tenancy, Kind.HANDOVER_ANNOUNCED, **given)
    assert (letter.open_cents, letter.facts["costs_cents"]) == (80_500, 10_500)
    offices.pay(organisation, 1, 70_000)
    with pytest.raises(NotRight) as refused:
        _write(organisation, tenancy, Kind.SETTLED, paid_cents=70_000, paid_on=offices.TODAY)
    assert [fault.code for fault in refused.value.faults] == ["still_open"]


def test_a_friendly_reminder_waits_while_a_term_runs(organisation: int) -> None:
    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation, months=1)
    sent_on = offices.TODAY - timedelta(days=5)
    letter = _write(organisation, tenancy, Kind.FOURTEEN_DAY, sent_on)
    with organisation_scope(organisation):
        rows = list(models.Sending.objects.filter(letter=letter).select_related("letter"))
        went(organisation_id=organisation, actor="test", rows=rows, on=sent_on)
        stands_on = ground_of(tenancy, on=offices.TODAY, by="Sanne Kuiper")
        assert stands_on is not None
        faults = {one.kind: one.faults for one in choices(stands_on)}[Kind.FRIENDLY_REMINDER]
    assert [fault.code for fault in faults] == ["term_running"]


def test_costs_are_asked_over_money_of_the_lease_alone(organisation: int) -> None:
    """Damage of € 500 stands beside a rent of € 700."""
    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation, months=1)
    offices.charge(organisation, "100001", EntryKind.OTHER_CHARGE, 50_000, date(2026, 9, 20))
    letter = _write(organisation, tenancy, Kind.FOURTEEN_DAY)
    assert (letter.facts["principal_cents"], letter.facts["fee_cents"]) == (70_000, 10_500)


def test_a_reminder_sets_no_day_within_a_running_term(organisation: int) -> None:
    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation, months=1)
    letter = _write(organisation, tenancy, Kind.FOURTEEN_DAY, offices.TODAY - timedelta(days=5))
    with organisation_scope(organisation):
        rows = list(models.Sending.objects.filter(letter=letter).select_related("letter"))
        went(organisation_id=organisation, actor="test", rows=rows, on=offices.TODAY - timedelta(days=5))
    with pytest.raises(NotRight) as refused:
        _write(organisation, tenancy, Kind.REMINDER, pay_before_on=offices.TODAY + timedelta(days=7))
    assert [fault.code for fault in refused.value.faults] == ["term_running"]
    _write(organisation, tenancy, Kind.REMINDER, pay_before_on=offices.TODAY + timedelta(days=14))


def test_a_letter_that_it_is_settled_waits_when_something_is_open_again(organisation: int) -> None:
    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation, months=1)
    offices.pay(organisation, 1, 70_000, date(2026, 10, 30))
    letter = _write(organisation, tenancy, Kind.SETTLED, paid_cents=70_000, paid_on=date(2026, 10, 30))
    row = models.Sending.objects.get(letter=letter)
    assert hold(seen([row.pk], offices.TODAY)[row.pk], offices.TODAY) == ""
    reference = f"100001 {EntryKind.PAYMENT} 2026-10-30 "
    back = EntryDraft(
        "100001",
        EntryKind.REVERSAL,
        70_000,
        offices.TODAY,
        offices.TODAY,
        "test",
        "storno",
        target_reference=reference,
    )
    with organisation_scope(organisation):
        assert (
            post(organisation_id=organisation, drafts=[back], actor="test", on=offices.TODAY).problems == []
        )
    assert hold(seen([row.pk], offices.TODAY)[row.pk], offices.TODAY) == "open_again"


def test_a_corporation_that_cannot_deduct_the_vat_of_its_collector_says_so_in_the_letter(
    organisation: int,
) -> None:
    offices.letterhead(organisation, vat=True)
    tenancy = offices.tenant(organisation, months=1)
    letter = _write(organisation, tenancy, Kind.FOURTEEN_DAY)
    assert (letter.facts["fee_cents"], letter.facts["vat_cents"]) == (10_500, 2_205)
    paper = models.LetterPaper.objects.get(letter=letter)
    assert "met btw" in paper.text
