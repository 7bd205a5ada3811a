"""A letter is made from the account, kept with its exact paper, and queued."""

from __future__ import annotations

import hashlib
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from tests.letters import offices
from tests.objections import heard

from tijdig.carriers.channel import Channel
from tijdig.letters import as_data, models
from tijdig.letters.actions import write
from tijdig.letters.holds import hold
from tijdig.letters.letter import Kind
from tijdig.letters.queries_seen import seen
from tijdig.letters.render import render
from tijdig.letters.values import NotRight
from tijdig.letters.wish import Wish
from tijdig.objections.kinds import About


def _wish(tenancy: int, kind: Kind = Kind.FRIENDLY_REMINDER, **more: object) -> Wish:
    return Wish(tenancy_id=tenancy, kind=kind, on=offices.TODAY, **more)  # type: ignore[arg-type]


def _write(organisation: int, wish: Wish, **more: object) -> int:
    return write(
        organisation_id=organisation,
        actor="user:1",
        by="Sanne Kuiper",
        wish=wish,
        now=offices.NOON,
        **more,  # type: ignore[arg-type]
    )


def _codes(refused: pytest.ExceptionInfo[NotRight]) -> list[str]:
    return [fault.code for fault in refused.value.faults]


def test_a_letter_says_what_the_account_says(organisation: int) -> None:
    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation)
    pk = _write(organisation, _wish(tenancy))
    row = models.Letter.objects.get(pk=pk)
    assert (row.open_cents, row.kind, row.made_by, row.pages) == (140_000, "friendly_reminder", "user:1", 1)
    assert len(row.entries) == 2
    paper = models.LetterPaper.objects.get(letter=row)
    assert "€ 1.400,00" in paper.text.replace("\u00a0", " ")
    assert "Sanne Kuiper" in paper.text
    assert "Beste mevrouw De Vries" in paper.text
    assert hashlib.sha256(bytes(paper.pdf)).hexdigest() == row.digest


def test_an_old_letter_made_again_has_the_same_bytes(organisation: int) -> None:
    offices.letterhead(organisation)
    pk = _write(organisation, _wish(offices.tenant(organisation)))
    row = models.Letter.objects.select_related("text").get(pk=pk)
    from tijdig.letters.queries_texts import version_of

    paper = models.LetterPaper.objects.get(letter=row)
    again = render(as_data.letter_from(paper.value), version_of(row.text).text)
    assert (again.pdf, again.digest, again.text) == (bytes(paper.pdf), row.digest, paper.text)


def test_the_fourteen_day_letter_leaves_out_what_is_no_principal(organisation: int) -> None:
    """Two rents of € 700 and costs of € 40 that were charged: the fee is 15 % of 1,400 = € 210, not of 1,440."""
    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation)
    offices.charge(organisation, "100001", offices.EntryKind.COLLECTION_COSTS, 4_000, date(2026, 10, 20))
    pk = _write(organisation, _wish(tenancy, Kind.FOURTEEN_DAY, reason="De kosten zijn kwijtgescholden."))
    row = models.Letter.objects.get(pk=pk)
    assert row.facts["fee_cents"] == 21_000
    assert (row.facts["principal_cents"], row.open_cents, len(row.entries)) == (140_000, 140_000, 2)
    assert models.Sending.objects.get(letter=row).channel == "print"


def test_an_amount_that_is_not_sure_needs_a_name_and_a_reason(organisation: int) -> None:
    """An instalment of € 200 is small (article 2a): the costs are not sure."""
    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation, months=1)
    offices.pay(organisation, 1, 50_000, date(2026, 10, 5))
    with pytest.raises(NotRight) as refused:
        _write(organisation, _wish(tenancy, Kind.FOURTEEN_DAY))
    assert _codes(refused) == ["provisional"]
    pk = _write(organisation, _wish(tenancy, Kind.FOURTEEN_DAY, reason="Overlegd met de jurist."))
    row = models.Letter.objects.get(pk=pk)
    paper = models.LetterPaper.objects.get(letter=row)
    assert row.override_by == "Sanne Kuiper"
    assert paper.value["override"] == {"by": "Sanne Kuiper", "reason": "Overlegd met de jurist."}


def test_the_same_form_twice_is_one_letter(organisation: int) -> None:
    offices.letterhead(organisation)
    tenancy, form = offices.tenant(organisation), uuid4()
    first = _write(organisation, _wish(tenancy), asked_as=form)
    assert _write(organisation, _wish(tenancy), asked_as=form) == first
    assert models.Sending.objects.count() == 1


def test_a_second_letter_of_a_kind_on_a_day_is_refused(organisation: int) -> None:
    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation)
    _write(organisation, _wish(tenancy))
    with pytest.raises(NotRight) as refused:
        _write(organisation, _wish(tenancy))
    assert _codes(refused) == ["already_written"]


def test_without_a_letterhead_there_is_no_letter(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    with pytest.raises(NotRight) as refused:
        _write(organisation, _wish(tenancy))
    assert _codes(refused) == ["letterhead_missing"]
    assert models.Letter.objects.count() == 0


@pytest.mark.parametrize(
    ("person", "asked", "way"),
    [
        ({}, None, "email"),
        ({"email": ""}, None, "print"),
        ({}, Channel.SMS, "sms"),
        ({}, Channel.PRINT, "print"),
    ],
)
def test_the_way_is_the_one_asked_or_the_first_that_is_open(
    organisation: int, person: dict[str, str], asked: Channel | None, way: str
) -> None:
    offices.letterhead(organisation)
    _write(organisation, _wish(offices.tenant(organisation, **person), channel=asked))
    assert models.Sending.objects.get().channel == way


def test_a_way_without_an_address_is_refused(organisation: int) -> None:
    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation, phone="")
    with pytest.raises(NotRight) as refused:
        _write(organisation, _wish(tenancy, channel=Channel.SMS))
    assert _codes(refused) == ["way_closed"]


def test_a_tenant_without_an_address_gets_no_letter(organisation: int) -> None:
    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation)
    from tijdig.tenancies.models import Home

    Home.objects.update(postcode="", city="")
    with pytest.raises(NotRight) as refused:
        _write(organisation, _wish(tenancy))
    assert _codes(refused) == ["address_incomplete"]


def test_money_in_the_queue_comes_first(organisation: int) -> None:
    """What is probably this tenant's but nobody's yet: a letter would ask what may have been paid."""
    from tijdig.ledger.actions_marks import add_waiting

    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation)
    row = ("r1", tenancy, 70_000)
    add_waiting(organisation_id=organisation, source="test", rows=[row], on=offices.TODAY)
    with pytest.raises(NotRight) as refused:
        _write(organisation, _wish(tenancy))
    assert _codes(refused) == ["money_waiting"]


def test_an_english_letter_has_english_lines_of_the_letterhead_where_there_are(organisation: int) -> None:
    offices.letterhead(organisation, help_line_en="the municipality: 14 010 (free)")
    _write(organisation, _wish(offices.tenant(organisation, language="ENG")))
    paper = models.LetterPaper.objects.get().text
    assert "the municipality: 14 010 (free)" in paper.replace("\u00a0", " ")
    assert "Maandag tot en met vrijdag" in paper


def test_a_sign_that_cannot_be_printed_is_named(organisation: int) -> None:
    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation, surname="Vries 😀")
    with pytest.raises(NotRight) as refused:
        _write(organisation, _wish(tenancy))
    assert _codes(refused) == ["sign_unprintable"]
    assert "😀" in str(refused.value)


def _sent(organisation: int, on: date, *, months: int = 2) -> int:
    """A fourteen-day letter that went on paper on that day; returns the tenancy."""
    from tijdig.letters.actions_print import hand_over_batch, make_batch, make_part

    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation, months=months)
    _write(organisation, _wish(tenancy, Kind.FOURTEEN_DAY))
    batch = make_batch(organisation_id=organisation, actor="user:1", on=offices.TODAY)
    assert batch is not None
    make_part(organisation_id=organisation, batch_id=batch)
    hand_over_batch(organisation_id=organisation, actor="user:1", batch_id=batch, on=on)
    return tenancy


def test_a_second_fourteen_day_letter_over_the_same_months_needs_a_reason(organisation: int) -> None:
    from dataclasses import replace

    tenancy = _sent(organisation, offices.TODAY)
    later = replace(_wish(tenancy, Kind.FOURTEEN_DAY), on=date(2026, 12, 7))
    with pytest.raises(NotRight) as refused:
        _write(organisation, later)
    assert "provisional" in _codes(refused)
    assert "Over een deel van deze maanden ging al een veertiendagenbrief." in str(refused.value)


def test_all_is_not_settled_while_costs_are_due(organisation: int) -> None:
    """Paid on 26 November, after the term: € 210 of costs is due, so the closing letter would be untrue."""
    from dataclasses import replace

    tenancy = _sent(organisation, offices.TODAY)
    offices.pay(organisation, 1, 140_000, date(2026, 11, 26))
    given = {"paid_cents": 140_000, "paid_on": date(2026, 11, 26)}
    wish = replace(_wish(tenancy, Kind.SETTLED, given=given), on=date(2026, 11, 27))
    with pytest.raises(NotRight) as refused:
        _write(organisation, wish)
    assert _codes(refused) == ["costs_due"]


def test_the_closing_letter_names_a_payment_that_is_there(organisation: int) -> None:
    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation)
    offices.pay(organisation, 1, 140_000)
    wrong = {"paid_cents": 999_900, "paid_on": offices.TODAY}
    with pytest.raises(NotRight) as refused:
        _write(organisation, _wish(tenancy, Kind.SETTLED, given=wrong))
    assert _codes(refused) == ["payment_unknown"]
    _write(
        organisation, _wish(tenancy, Kind.SETTLED, given={"paid_cents": 140_000, "paid_on": offices.TODAY})
    )


def test_costs_that_stand_open_make_the_fourteen_day_letter_unsure(organisation: int) -> None:
    """A payment of what the letter asks would go to the old costs first, and the rent would stay open."""
    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation)
    offices.charge(organisation, "100001", offices.EntryKind.COURT_COSTS, 50_000, date(2026, 10, 20))
    with pytest.raises(NotRight) as refused:
        _write(organisation, _wish(tenancy, Kind.FOURTEEN_DAY))
    assert _codes(refused) == ["provisional"]


def _entries(tenancy: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM ledger_entry WHERE tenancy_id = %s ORDER BY due_on", [tenancy])
        return [row[0] for row in cursor.fetchall()]


def test_a_disputed_month_is_not_asked_and_the_rest_is(organisation: int) -> None:
    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation)
    september, october = _entries(tenancy)
    heard.heard(organisation, tenancy, About.ENTRY, entries=(september,))
    row = models.Letter.objects.get(pk=_write(organisation, _wish(tenancy)))
    assert (row.open_cents, list(row.entries)) == (offices.RENT_CENTS, [october])


def test_money_goes_to_what_is_not_disputed_first(organisation: int) -> None:
    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation)
    heard.heard(organisation, tenancy, About.ENTRY, entries=(_entries(tenancy)[0],))
    offices.pay(organisation, 1, offices.RENT_CENTS)
    with pytest.raises(NotRight) as refused:
        _write(organisation, _wish(tenancy))
    assert "nothing_open" in _codes(refused)


def test_a_letter_over_what_is_disputed_since_is_held(organisation: int) -> None:
    offices.letterhead(organisation)
    tenancy = offices.tenant(organisation)
    _write(organisation, _wish(tenancy))
    sending = models.Sending.objects.get()
    assert hold(seen([sending.pk], offices.TODAY)[sending.pk], offices.TODAY) == ""
    heard.heard(organisation, tenancy, About.ENTRY, entries=(_entries(tenancy)[1],))
    assert hold(seen([sending.pk], offices.TODAY)[sending.pk], offices.TODAY) != ""
