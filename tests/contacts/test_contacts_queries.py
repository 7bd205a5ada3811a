"""Contacts up to a day and as known at a moment; the columns of many tenancies agree with the rules."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product

from django.db import connection
from tests.contacts.calls import NOON, PROMISE, TALK, TODAY, logged
from tests.letters import offices

from tijdig.base.days import day_number
from tijdig.contacts.actions import withdraw
from tijdig.contacts.contact import NO_DAY, ContactColumns
from tijdig.contacts.kinds import Channel, Direction, Outcome, Reached, Who
from tijdig.contacts.queries import contact, contact_columns, contacts_of, promises_of
from tijdig.contacts.talk import fits

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
MESSAGE = {"channel": Channel.EMAIL, "reached": Reached.MESSAGE, "outcome": Outcome.OTHER}


def _withdraw(organisation: int, number: int) -> None:
    withdraw(
        organisation_id=organisation,
        actor="user:1",
        contact_id=number,
        reason="verkeerd",
        now=NOON + DAY,
        on=TODAY,
    )


def _rows(columns: ContactColumns) -> list[tuple[int | None, ...]]:
    """The columns as rows, a day as its distance from today; None where there was none."""
    days = (columns.last_talk_day, columns.last_attempt_day, columns.last_in_day)
    told = [
        [None if int(one) == NO_DAY else int(one) - day_number(TODAY) for one in column] for column in days
    ]
    counts = (columns.phone_attempts, columns.visit_attempts, columns.messages)
    return list(zip(columns.tenancy.tolist(), *told, *(one.tolist() for one in counts), strict=True))


def test_contacts_are_read_up_to_a_day_newest_last(organisation: int) -> None:
    tenancies = [offices.tenant(organisation), offices.tenant(organisation, 2)]
    later = logged(organisation, tenancies[0], at=NOON + 3 * DAY)
    other = logged(organisation, tenancies[1], at=NOON - 3 * DAY)
    first = logged(organisation, tenancies[0], at=NOON - timedelta(hours=1))
    second = logged(organisation, tenancies[0], at=NOON)
    assert [one.id for one in contacts_of(tenancies, as_of=TODAY)] == [first, second, other]
    assert [one.id for one in contacts_of(tenancies[:1], as_of=TODAY + 3 * DAY)] == [first, second, later]
    assert contacts_of([], as_of=TODAY) == []


def test_what_was_not_known_yet_is_not_there(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    number = logged(organisation, tenancy, **PROMISE)
    assert contacts_of([tenancy], as_of=TODAY, known_at=LONG_AGO) == []
    assert promises_of([tenancy], as_of=TODAY, known_at=LONG_AGO) == {}
    assert _rows(contact_columns(TODAY, known_at=LONG_AGO)) == []
    found = contact(number)
    assert found is not None
    known_at = found.recorded_at
    assert [one.id for one in contacts_of([tenancy], as_of=TODAY, known_at=known_at)] == [number]
    assert list(promises_of([tenancy], as_of=TODAY, known_at=known_at)) == [tenancy]
    assert len(_rows(contact_columns(TODAY, known_at=known_at))) == 1


def test_before_it_was_known_that_it_was_taken_back_a_contact_counted(organisation: int) -> None:
    """A test is one transaction, in which the database's clock stands still, so the moment is written by hand."""
    tenancy = offices.tenant(organisation)
    number = logged(organisation, tenancy, **PROMISE)
    found = contact(number)
    assert found is not None
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO contacts_withdrawal (organisation_id, contact_id, at, actor, recorded_at)
               SELECT organisation_id, id, recorded_at, 'x', recorded_at + interval '1 hour' FROM contacts_contact"""
        )
    before = {"as_of": TODAY, "known_at": found.recorded_at + timedelta(minutes=59)}
    after = {"as_of": TODAY, "known_at": found.recorded_at + timedelta(minutes=60)}
    assert [one.withdrawn for one in contacts_of([tenancy], **before)] == [None]
    assert contacts_of([tenancy], **after) == contacts_of([tenancy], as_of=TODAY) == []
    assert [promises_of([tenancy], **when) for when in (before, after)] == [{tenancy: [found.promise]}, {}]
    assert [len(contact_columns(**when).tenancy) for when in (before, after)] == [1, 0]


def test_promises_come_by_tenancy_in_the_order_of_making(organisation: int) -> None:
    one, other = offices.tenant(organisation), offices.tenant(organisation, 2)
    second = logged(organisation, one, **PROMISE)
    first = logged(organisation, one, **PROMISE | {"at": NOON - 4 * DAY})
    third = logged(organisation, other, **PROMISE | {"at": NOON + DAY})
    gone = logged(organisation, other, **PROMISE)
    logged(organisation, other, **TALK)
    _withdraw(organisation, gone)
    made = promises_of(None, as_of=TODAY + DAY)
    assert {tenancy: [one.id for one in rows] for tenancy, rows in made.items()} == {
        one: [first, second],
        other: [third],
    }
    assert (made[one][0].made_on, made[one][0].amount_cents) == (TODAY - 4 * DAY, 10_000)
    assert list(promises_of([other], as_of=TODAY + DAY)) == [other]
    assert promises_of([other], as_of=TODAY) == {}


def test_attempts_count_from_the_last_talk_on(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    logged(organisation, tenancy, at=NOON - 9 * DAY)  # before the talk
    logged(organisation, tenancy, **TALK | {"at": NOON - 5 * DAY})
    logged(organisation, tenancy, at=NOON - 5 * DAY + timedelta(hours=1))  # later on the same day
    logged(organisation, tenancy, at=NOON - 3 * DAY, channel=Channel.VIDEO)
    logged(organisation, tenancy, at=NOON - 2 * DAY, channel=Channel.VISIT)
    logged(organisation, tenancy, at=NOON - DAY, **MESSAGE)
    logged(organisation, tenancy, at=NOON, **MESSAGE | {"direction": Direction.IN})
    assert _rows(contact_columns(TODAY)) == [(tenancy, -5, -2, 0, 2, 1, 1)]
    assert _rows(contact_columns(TODAY - 3 * DAY)) == [(tenancy, -5, -3, None, 2, 0, 0)]
    assert _rows(contact_columns(TODAY - 6 * DAY)) == [(tenancy, None, -9, None, 1, 0, 0)]


def test_a_talk_that_was_taken_back_was_none(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    logged(organisation, tenancy, at=NOON - 2 * DAY)
    talk = logged(organisation, tenancy, **TALK | {"at": NOON - DAY})
    assert _rows(contact_columns(TODAY)) == [(tenancy, -1, -2, None, 0, 0, 0)]
    _withdraw(organisation, talk)
    assert _rows(contact_columns(TODAY)) == [(tenancy, None, -2, None, 1, 0, 0)]


def test_columns_are_of_those_asked_for_in_order_and_of_the_last_400_days(organisation: int) -> None:
    tenancies = [offices.tenant(organisation, number) for number in (1, 2, 3)]
    for tenancy in tenancies[::-1]:
        logged(organisation, tenancy)
    assert contact_columns(TODAY).tenancy.tolist() == tenancies
    assert contact_columns(TODAY, [tenancies[2], tenancies[0]]).tenancy.tolist() == tenancies[::2]
    assert contact_columns(TODAY, []).tenancy.tolist() == []
    assert len(contact_columns(TODAY + 399 * DAY).tenancy) == 3
    none = contact_columns(TODAY + 400 * DAY)
    assert [len(getattr(none, name)) for name in ContactColumns.__slots__] == [0] * 7


def test_the_columns_know_a_talk_and_an_attempt_as_the_rules_do(organisation: int) -> None:
    """Every contact that may be written down, one a tenancy."""
    every = [
        (channel, direction, reached, who)
        for channel, direction, reached, who in product(Channel, Direction, Reached, Who)
        if reached is not Reached.TALKED or channel not in (Channel.SMS, Channel.EMAIL, Channel.LETTER)
    ]
    first = offices.tenant(organisation, 1)
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO tenancies_tenancy (organisation_id, source_key, contract_number, status, kind, begin_on,
                                              end_reason, watch)
               SELECT organisation_id, 'K' || n, 'K' || n, status, kind, begin_on, '', 'NOR'
                 FROM tenancies_tenancy, generate_series(1, %s) AS n WHERE id = %s RETURNING id""",
            [len(every), first],
        )
        tenancies = sorted(row[0] for row in cursor.fetchall())
    for tenancy, (channel, direction, reached, who) in zip(tenancies, every, strict=True):
        assert fits(reached, Outcome.OTHER, direction)
        said = {"channel": channel, "direction": direction, "reached": reached, "who": who}
        logged(organisation, tenancy, outcome=Outcome.OTHER, **said)
    expected = [
        (
            one.tenancy_id,
            0 if one.talk else None,
            0 if one.attempt else None,
            0 if one.direction is Direction.IN else None,
            int(one.attempt and one.channel is not Channel.VISIT),
            int(one.attempt and one.channel is Channel.VISIT),
        )
        for one in contacts_of(tenancies, as_of=TODAY)
    ]
    assert len(expected) == len(every)
    assert [row[:6] for row in _rows(contact_columns(TODAY, tenancies))] == expected


def test_a_contact_that_does_not_exist_is_none(organisation: int) -> None:
    assert contact(999_999) is None
    assert contacts_of([999_999], as_of=date(2026, 11, 2)) == []
