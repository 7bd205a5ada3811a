"""An answer is taken once, stands with one tenancy or with nobody, and is never changed; what was written can be erased."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import pytest
from django.db import DatabaseError, connection, transaction
from tests.contacts.answers import of, received, taken
from tests.contacts.calls import NOON, NOW, TALK, TODAY, logged
from tests.letters import offices

from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.contacts import models
from tijdig.contacts.actions_erase import erase_replies
from tijdig.contacts.actions_replies import NotDone, assign, give_back, handle, say_personal, set_aside
from tijdig.contacts.actions_take import take
from tijdig.contacts.contact import NO_DAY
from tijdig.contacts.kinds import Channel
from tijdig.contacts.queries import contact_columns
from tijdig.contacts.queries_replies import (
    Waiting,
    automatic_since,
    known_uids,
    replies_of,
    reply,
    unanswered,
    unmatched,
    waiting,
)
from tijdig.contacts.reply import Reply
from tijdig.contacts.reply_kinds import Deed, How, State, Why
from tijdig.contacts.reply_match import Match, Sign
from tijdig.history.actions import seal
from tijdig.history.models import Event, EventText
from tijdig.history.queries import of_subject
from tijdig.history.queries_proof import verify

_TABLES = ("reply", "replytext", "replydeed", "replydeedtext", "replywork")


def _rows(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall()) if cursor.description else []


def _one(number: int) -> Reply:
    found = reply(number)
    assert found is not None
    return found


def _marks() -> list[int]:
    found = [int(str(row[0])) for row in _rows("SELECT tenancy_id FROM ledger_dirty ORDER BY 1")]
    _rows("DELETE FROM ledger_dirty")
    return found


def _who(organisation: int, number: int) -> dict[str, object]:
    return {"organisation_id": organisation, "actor": "user:1", "reply_id": number, "now": NOW, "on": TODAY}


def _in_days(*tenancies: int, as_of: date = TODAY, **more: object) -> list[int]:
    told = contact_columns(as_of, None, **more)  # type: ignore[arg-type]
    days = dict(zip(told.tenancy.tolist(), told.last_in_day.tolist(), strict=True))
    return [days.get(one, 0) for one in tenancies]


_DAY = (TODAY - date(1970, 1, 1)).days


def test_an_answer_is_kept_whole_and_stands_with_its_tenancy(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    _marks()
    number = taken(organisation, match=of(tenancy, How.REFERENCE, "B12"), trouble="large", shortened=True)
    found, draft = _one(number), received()
    assert (found.tenancy_id, found.state, found.how, found.counts) == (
        tenancy,
        State.WAITS,
        How.REFERENCE,
        True,
    )
    assert found.arrived == Sign(How.REFERENCE, tenancy, "B12")
    assert (found.sender, found.sender_name, found.subject, found.text, found.quoted) == (
        draft.sender, draft.sender_name, draft.subject, draft.text, draft.quoted,
    )  # fmt: skip
    assert (found.attached, found.shortened, found.trouble, found.automatic) == (
        draft.attached,
        True,
        "large",
        "",
    )
    assert (found.received_at, found.on, found.channel) == (NOON, TODAY, Channel.EMAIL)
    assert _marks() == [tenancy]
    (event,) = [one for one in of_subject(f"tenancy:{tenancy}") if one.verb == "reply_received"]
    assert event.facts == {"reply": number, "channel": "email", "how": "reference", "said": "B12", "why": "",
                           "automatic": "", "trouble": "large"}  # fmt: skip
    assert event.text == "m1@voorbeeld.example\nRe: Uw huur\nIk betaal vrijdag."


def test_the_day_is_that_of_amsterdam(organisation: int) -> None:
    late = datetime.fromisoformat("2026-11-02T23:30:00+00:00")
    assert _one(taken(organisation, received_at=late)).on == date(2026, 11, 3)


def test_the_same_message_is_taken_once_by_what_it_says_and_by_its_place(organisation: int) -> None:
    place = {"folder": "INBOX", "validity": 7, "uid": 3}
    first = taken(organisation, "een", **place)
    assert taken(organisation, "een") == first
    assert (
        taken(organisation, "een", folder="INBOX", validity=8, uid=1) == first
    )  # the folder was numbered anew
    assert taken(organisation, "twee", **place) == first
    other = taken(organisation, "twee", folder="INBOX", validity=8, uid=3)
    assert other != first
    assert (models.Reply.objects.count(), models.ReplyText.objects.count()) == (2, 2)
    assert Event.objects.filter(verb="reply_received").count() == 2
    assert known_uids("INBOX", 7, [2, 3, 4]) == {3}
    assert known_uids("INBOX", 8, [1, 3]) == {3}
    assert known_uids("Elders", 7, [3]) == set()


def test_two_processes_that_take_the_same_message_keep_one(
    organisation: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tijdig.contacts import actions_take

    first = taken(organisation)
    looks = iter([None, first])
    monkeypatch.setattr(
        actions_take, "_known", lambda _: next(looks)
    )  # it was not there yet when the other looked
    found = take(organisation_id=organisation, actor="system:replies", received=received(), on=TODAY)
    assert (found.id, found.new, models.Reply.objects.count()) == (first, False, 1)


def test_another_corporation_takes_the_same_message_too(organisation: int) -> None:
    first = taken(organisation)
    other = create_organisation(name="Elders", slug="elders-antwoord")
    assert taken(other) != first
    with organisation_scope(other):
        assert reply(first) is None
        with pytest.raises(NotDone, match="bestaat niet"):
            handle(**_who(other, first))  # type: ignore[arg-type]
    with organisation_scope(organisation):
        assert waiting() == Waiting(1, 0)


def test_what_is_nobodys_waits_with_two_suggestions_until_somebody_assigns_it(organisation: int) -> None:
    one, two = offices.tenant(organisation), offices.tenant(organisation, 2)
    suggested = (Sign(How.ADDRESS, one), Sign(How.BARE, two, "100002"))
    number = taken(organisation, match=Match(None, Why.SEVERAL, suggested))
    _marks()
    (found,) = unmatched()
    assert (found.id, found.why, found.suggestions, found.counts) == (number, Why.SEVERAL, suggested, False)
    assert (waiting(), unanswered(TODAY)) == (Waiting(1, 0), [])
    assign(tenancy_id=two, **_who(organisation, number))  # type: ignore[arg-type]
    assign(tenancy_id=two, **_who(organisation, number))  # type: ignore[arg-type]  # the same key twice
    found = _one(number)
    assert (found.tenancy_id, found.state, found.how) == (two, State.WAITS, How.PERSON)
    assert [(done.deed, done.tenancy_id, done.actor, done.at) for done in found.deeds] == [
        (Deed.ASSIGNED, two, "user:1", NOW)
    ]
    assert (waiting(), unmatched(), [one.id for one in unanswered(TODAY)]) == (Waiting(0, 1), [], [number])
    assert ([row.id for row in replies_of(two, TODAY)], replies_of(one, TODAY), _marks()) == (
        [number],
        [],
        [two],
    )
    (event,) = [row for row in of_subject(f"tenancy:{two}") if row.verb == "reply_assigned"]
    assert (event.actor, event.facts) == ("user:1", {"reply": number, "from": None, "to": two})


def test_what_was_dealt_with_waits_for_nobody(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    number = taken(organisation, match=of(tenancy))
    _marks()
    handle(**_who(organisation, number))  # type: ignore[arg-type]
    handle(**_who(organisation, number))  # type: ignore[arg-type]
    found = _one(number)
    assert (found.state, found.counts, len(found.deeds)) == (State.HANDLED, True, 1)
    assert (waiting().all, unanswered(TODAY), _marks()) == (
        0,
        [],
        [tenancy],
    )  # what comes next is decided anew
    assert [one.id for one in replies_of(tenancy, TODAY)] == [number]


def test_what_was_matched_wrongly_goes_back_and_to_another(organisation: int) -> None:
    one, two = offices.tenant(organisation), offices.tenant(organisation, 2)
    number = taken(organisation, match=of(one))
    handle(**_who(organisation, number))  # type: ignore[arg-type]
    _marks()
    with pytest.raises(NotDone, match="Schrijf waarom"):
        give_back(reason=" ", **_who(organisation, number))  # type: ignore[arg-type]
    give_back(reason="Andere De Vries", **_who(organisation, number))  # type: ignore[arg-type]
    assert (_one(number).state, waiting(), _marks()) == (State.UNMATCHED, Waiting(1, 0), [one])
    assign(tenancy_id=two, **_who(organisation, number))  # type: ignore[arg-type]
    found = _one(number)
    assert [(done.deed, done.reason) for done in found.deeds] == [
        (Deed.HANDLED, ""), (Deed.RETURNED, "Andere De Vries"), (Deed.ASSIGNED, ""),
    ]  # fmt: skip
    assert (found.tenancy_id, _marks(), replies_of(one, TODAY)) == (two, [two], [])


def test_what_is_of_no_tenant_is_set_aside_with_a_reason(organisation: int) -> None:
    number = taken(organisation)
    with pytest.raises(NotDone, match="Schrijf waarom"):
        set_aside(reason="", **_who(organisation, number))  # type: ignore[arg-type]
    with pytest.raises(NotDone, match="te lang"):
        set_aside(reason="x" * 401, **_who(organisation, number))  # type: ignore[arg-type]
    set_aside(reason="Reclame", **_who(organisation, number))  # type: ignore[arg-type]
    assert (_one(number).state, waiting().all) == (State.ASIDE, 0)
    with pytest.raises(NotDone, match="intussen"):
        handle(**_who(organisation, number))  # type: ignore[arg-type]
    give_back(reason="Toch niet", **_who(organisation, number))  # type: ignore[arg-type]
    assert waiting() == Waiting(1, 0)


def test_what_a_program_sent_waits_for_nobody_until_somebody_says_a_person_wrote_it(
    organisation: int,
) -> None:
    tenancy = offices.tenant(organisation)
    number = taken(organisation, match=of(tenancy), automatic="auto_submitted")
    found = _one(number)
    assert (found.state, found.tenancy_id, found.counts, waiting().all) == (
        State.AUTOMATIC,
        tenancy,
        False,
        0,
    )
    assert [one.id for one in replies_of(tenancy, TODAY)] == [number]
    assert [one.id for one in automatic_since(TODAY, 10)] == [number]
    assert automatic_since(TODAY + timedelta(days=1), 10) == []
    with pytest.raises(NotDone):
        handle(**_who(organisation, number))  # type: ignore[arg-type]
    say_personal(**_who(organisation, number))  # type: ignore[arg-type]
    assert (_one(number).state, waiting(), automatic_since(TODAY, 10)) == (State.WAITS, Waiting(0, 1), [])


def test_two_people_at_once_are_not_both_right(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    number = taken(organisation)
    models.ReplyDeed.objects.create(
        organisation_id=organisation,
        reply_id=number,
        number=1,
        deed="personal",
        effective_on=TODAY,
        at=NOW,
        actor="user:2",
    )  # a deed that whoever reads `known` below does not see
    before = _one(number)
    from tijdig.contacts import actions_replies

    def old(_: int) -> Reply:
        import dataclasses

        return dataclasses.replace(before, deeds=())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actions_replies, "read_reply", old)
        with pytest.raises(NotDone, match="intussen"):
            assign(tenancy_id=tenancy, **_who(organisation, number))  # type: ignore[arg-type]


def test_a_tenancy_of_another_corporation_is_not_assigned(organisation: int) -> None:
    number = taken(organisation)
    other = create_organisation(name="Elders", slug="elders-huurder")
    with organisation_scope(other):
        foreign = offices.tenant(other, 9)
    with pytest.raises(NotDone, match="Dit contract bestaat niet"):
        assign(tenancy_id=foreign, **_who(organisation, number))  # type: ignore[arg-type]


def test_as_of_and_known_at_hide_what_was_not_there_yet(organisation: int) -> None:
    one, two = offices.tenant(organisation), offices.tenant(organisation, 2)
    number = taken(organisation, match=of(one))
    give_back(reason="fout", **_who(organisation, number))  # type: ignore[arg-type]
    assign(tenancy_id=two, **_who(organisation, number))  # type: ignore[arg-type]
    came = _one(number).recorded_at
    moments = [row.recorded_at for row in models.ReplyDeed.objects.order_by("number")]
    assert replies_of(two, TODAY - timedelta(days=1)) == []

    def known(at: datetime) -> list[int]:
        """With whom it stood as far as was known then."""
        return [tenancy for tenancy in (one, two) if replies_of(tenancy, TODAY, at)]

    assert [known(at) for at in (came - timedelta(microseconds=1), came, *moments)] == [[], [one], [], [two]]
    assert [_in_days(one, two, known_at=at) for at in (came, *moments)] == [[_DAY, 0], [0, 0], [0, _DAY]]
    assert (unanswered(TODAY - timedelta(days=1)), len(unanswered(TODAY))) == ([], 1)


def test_an_answer_is_contact_that_the_tenants_side_sought_and_no_talk(organisation: int) -> None:
    one, two = offices.tenant(organisation), offices.tenant(organisation, 2)
    taken(organisation, "een", match=of(one))
    assert _in_days(one, two) == [_DAY, 0]
    told = contact_columns(TODAY, [one])
    assert (told.last_talk_day.tolist(), told.last_attempt_day.tolist()) == ([NO_DAY], [NO_DAY])
    assert (told.phone_attempts.tolist(), told.visit_attempts.tolist(), told.messages.tolist()) == (
        [0],
        [0],
        [0],
    )
    assert contact_columns(TODAY, [two]).tenancy.tolist() == []
    assert _in_days(one, as_of=TODAY - timedelta(days=1)) == [0]
    assert _in_days(one, known_at=NOON - timedelta(days=900)) == [0]
    logged(organisation, one, **TALK)
    assert np.array_equal(contact_columns(TODAY, [one]).last_talk_day, [_DAY])


def test_it_counts_for_whom_it_stands_with(organisation: int) -> None:
    one, two = offices.tenant(organisation), offices.tenant(organisation, 2)
    number = taken(organisation, "een", match=of(one))
    program = taken(organisation, "twee", match=of(two), automatic="bulk")
    assert _in_days(one, two) == [_DAY, 0]
    give_back(reason="fout", **_who(organisation, number))  # type: ignore[arg-type]
    assert (_in_days(one, two), contact_columns(TODAY, [one]).tenancy.tolist()) == ([0, 0], [])
    assign(tenancy_id=two, **_who(organisation, number))  # type: ignore[arg-type]
    assert _in_days(one, two) == [0, _DAY]
    assert contact_columns(TODAY, [two]).last_in_day.tolist() == [_DAY]
    give_back(reason="fout", **_who(organisation, number))  # type: ignore[arg-type]
    say_personal(**_who(organisation, program))  # type: ignore[arg-type]
    assert _in_days(one, two) == [0, _DAY]
    handle(**_who(organisation, program))  # type: ignore[arg-type]
    assert _in_days(one, two) == [0, _DAY]


def test_what_was_written_can_be_erased_and_the_chain_holds(organisation: int) -> None:
    one, two = offices.tenant(organisation), offices.tenant(organisation, 2)
    number, other = (
        taken(organisation, match=of(one)),
        taken(organisation, "twee", match=of(one), text="Blijft"),
    )
    give_back(reason="Is van Jan", **_who(organisation, number))  # type: ignore[arg-type]
    assign(tenancy_id=two, **_who(organisation, number))  # type: ignore[arg-type]
    seal(organisation_id=organisation)
    erased = {"organisation_id": organisation, "actor": "user:1", "reply_ids": [number, 999_999], "on": TODAY}
    assert [erase_replies(**erased), erase_replies(**erased)] == [1, 0]  # type: ignore[arg-type]
    found = _one(number)
    assert (found.text, found.sender, found.quoted, found.attached, found.subject) == ("", "", "", (), "")
    assert (found.tenancy_id, [done.reason for done in found.deeds]) == (two, ["", ""])
    assert [
        text for (text,) in EventText.objects.filter(event__verb__startswith="reply_").values_list("text")
    ] == ["m1@voorbeeld.example\nRe: Uw huur\nBlijft"]
    assert (verify(organisation), _one(other).text) == (None, "Blijft")


@pytest.mark.parametrize("table", _TABLES[:2] + _TABLES[2:4])
def test_an_answer_is_never_changed(organisation: int, table: str) -> None:
    number = taken(organisation)
    set_aside(reason="Reclame", **_who(organisation, number))  # type: ignore[arg-type]
    column = {"reply": "said", "replydeed": "actor"}.get(table, "text")
    statements = [f"UPDATE contacts_{table} SET {column} = 'x'"]
    statements += [f"DELETE FROM contacts_{table}"] if column != "text" else []
    for statement in statements:
        with pytest.raises(DatabaseError, match=r"append-only|permission denied"), transaction.atomic():
            _rows(statement)


@pytest.mark.parametrize("table", ["reply", "replydeed"])
def test_the_owner_cannot_change_an_answer_either(db: None, table: str) -> None:
    found = _rows(
        f"SELECT tgname::text FROM pg_trigger WHERE tgrelid = 'contacts_{table}'::regclass AND NOT tgisinternal ORDER BY 1"
    )
    assert found == [(f"contacts_{table}_append_only",), (f"contacts_{table}_no_truncate",)]


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"channel": Channel.PHONE}, "channel"),
        ({"match": Match(None, None)}, "matched"),
        ({"match": Match(Sign(How.MESSAGE, 0), Why.NOBODY)}, "matched"),
    ],
)
def test_the_database_refuses_what_cannot_be(
    organisation: int, changed: dict[str, object], rule: str
) -> None:
    if "match" in changed and changed["match"].sign:  # type: ignore[attr-defined]
        changed = {"match": Match(Sign(How.MESSAGE, offices.tenant(organisation)), Why.NOBODY)}
    with pytest.raises(DatabaseError, match=f'"contacts_reply_{rule}"'), transaction.atomic():
        taken(organisation, **changed)


def test_the_database_holds_a_deed_to_its_answer_and_its_tenancy(organisation: int) -> None:
    number = taken(organisation)
    columns = "organisation_id, reply_id, number, deed, tenancy_id, effective_on, at, actor"
    for values, rule in (
        (f"{organisation}, {number}, 1, 'assigned', NULL, now(), now(), 'x'", "replydeed_tenancy"),
        (f"{organisation}, {number}, 1, 'burned', NULL, now(), now(), 'x'", "replydeed_deed"),
    ):
        with pytest.raises(DatabaseError, match=rule), transaction.atomic():
            _rows(f"INSERT INTO contacts_replydeed ({columns}) VALUES ({values})")
