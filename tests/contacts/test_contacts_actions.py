"""A contact is written down once, with its history and a mark, and never changed; it can be taken back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from tests.contacts.calls import NOW, PROMISE, TALK, TODAY, draft, logged
from tests.letters import offices

from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.contacts.actions import NotLogged, log, withdraw
from tijdig.contacts.contact import Contact, Withdrawn
from tijdig.contacts.kinds import Cause, NextStep, Outcome
from tijdig.contacts.promise import Promise
from tijdig.contacts.queries import contact, contact_columns, contacts_of, promises_of
from tijdig.history.queries import Happening, of_subject

_TABLES = ("contact", "contacttext", "promise", "withdrawal", "withdrawaltext")


def _rows(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def _counts() -> list[int]:
    return [int(_rows(f"SELECT count(*) FROM contacts_{table}")[0][0]) for table in _TABLES]  # type: ignore[call-overload]


def _events(tenancy: int) -> list[Happening]:
    return [one for one in of_subject(f"tenancy:{tenancy}") if one.verb.startswith("contact_")]


def _clear_marks() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_dirty")


def _marks() -> list[tuple[object, ...]]:
    return _rows("SELECT tenancy_id, earliest_on, marks FROM ledger_dirty")


def _one(number: int) -> Contact:
    found = contact(number)
    assert found is not None
    return found


def _withdraw(
    organisation: int, number: int, *, actor: str = "user:1", reason: str = "", minutes: int = 0
) -> datetime:
    """Take it back so many minutes after it was recorded."""
    now = _one(number).recorded_at + timedelta(minutes=minutes)
    withdraw(organisation_id=organisation, actor=actor, contact_id=number, reason=reason, now=now, on=TODAY)
    return now


def _refused(organisation: int, number: int, **how: object) -> list[str]:
    with pytest.raises(NotLogged) as refused:
        _withdraw(organisation, number, **how)  # type: ignore[arg-type]
    return [one.code for one in refused.value.faults]


def test_a_contact_comes_back_as_it_was_written_down(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    ((person,),) = _rows("SELECT id FROM tenancies_person")
    more = {
        "person_id": person,
        "causes": ("illness", "work_lost", "illness"),
        "note": "  Belde zelf terug.  ",
        "next_step": NextStep.WAIT_PAYMENT,
        "next_on": date(2026, 11, 11),
        "minutes": 12,
    }
    number = logged(organisation, tenancy, **PROMISE | more)
    (found,) = contacts_of([tenancy], as_of=TODAY)
    asked = draft(tenancy, **PROMISE | more)
    assert found == contact(number)
    same = ("tenancy_id", "person_id", "channel", "direction", "reached", "who", "outcome", "on", "at")
    assert [getattr(found, name) for name in same] == [getattr(asked, name) for name in same]
    assert (found.causes, found.minutes) == ((Cause.ILLNESS, Cause.WORK_LOST), 12)
    assert (found.next_step, found.next_on) == (NextStep.WAIT_PAYMENT, date(2026, 11, 11))
    assert (found.actor, found.note, found.withdrawn) == ("user:1", "Belde zelf terug.", None)
    assert found.promise == Promise(number, TODAY, 10_000, date(2026, 11, 10))
    assert (found.talk, found.attempt) == (True, False)


def test_a_contact_is_a_line_of_history_without_personal_text_in_its_facts(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    number = logged(organisation, tenancy, **PROMISE | {"note": "Moeder is ziek", "causes": ("illness",)})
    (event,) = _events(tenancy)
    assert (event.verb, event.actor, event.effective_on) == ("contact_logged", "user:1", TODAY)
    assert event.text == "Moeder is ziek"
    assert event.facts == {
        "contact": number,
        "person": None,
        "channel": "phone",
        "direction": "out",
        "reached": "talked",
        "who": "tenant",
        "at": "2026-11-02T11:00:00+00:00",
        "minutes": None,
        "next_step": "none",
        "next_on": None,
        "promise_cents": 10_000,
        "promise_on": "2026-11-10",
    }


def test_the_tenancy_is_marked_for_evaluation(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    _clear_marks()
    number = logged(organisation, tenancy, at=NOW - timedelta(days=20))
    assert _marks() == [(tenancy, TODAY, 1)]
    _clear_marks()
    _withdraw(organisation, number)
    assert _marks() == [(tenancy, TODAY, 1)]


def test_the_same_form_twice_is_one_contact(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    form = uuid4()
    first = logged(organisation, tenancy, asked_as=form, **PROMISE)
    _clear_marks()
    late = log(
        organisation_id=organisation,
        actor="user:2",
        draft=draft(tenancy, note="anders"),
        asked_as=form,
        now=NOW + timedelta(days=90),  # long after it could be written down for the first time
        on=TODAY + timedelta(days=90),
    )
    assert late == first
    assert (_counts(), len(_events(tenancy)), _marks()) == ([1, 0, 1, 0, 0], 1, [])
    assert logged(organisation, tenancy) != first


def test_two_corporations_may_have_the_same_form(organisation: int) -> None:
    form = uuid4()
    first = logged(organisation, offices.tenant(organisation), asked_as=form)
    other = create_organisation(name="Woonstichting Ander", slug="ander")
    with organisation_scope(other):
        assert logged(other, offices.tenant(other, 2), asked_as=form) != first


def test_the_database_keeps_a_form_to_one_contact(organisation: int) -> None:
    logged(organisation, offices.tenant(organisation))
    with pytest.raises(DatabaseError, match="contacts_contact_once"), transaction.atomic():
        _rows(_copy("asked_as", "asked_as"))


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"outcome": Outcome.HELP_WANTED}, "outcome_unfit"),
        ({"tenancy_id": 999_999}, "tenancy_unknown"),
        ({"person_id": 999_999}, "person_unknown"),
        ({"causes": ("weather",)}, "cause_unknown"),
    ],
)
def test_a_refusal_keeps_nothing(organisation: int, changed: dict[str, object], code: str) -> None:
    tenancy = offices.tenant(organisation)
    _clear_marks()
    with pytest.raises(NotLogged) as refused:
        logged(organisation, tenancy, **{"note": "tekst", **changed})
    assert [one.code for one in refused.value.faults] == [code]
    assert str(refused.value) == refused.value.faults[0].sentence
    assert (_counts(), _events(tenancy), _marks()) == ([0] * 5, [], [])


def test_somebody_of_another_tenancy_is_refused(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    offices.tenant(organisation, 2)
    ((other,),) = _rows("SELECT person_id FROM tenancies_party ORDER BY tenancy_id DESC LIMIT 1")
    with pytest.raises(NotLogged) as refused:
        logged(organisation, tenancy, person_id=other)
    assert [one.code for one in refused.value.faults] == ["person_unknown"]


def test_another_corporation_sees_nothing_and_can_take_nothing_back(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    number = logged(organisation, tenancy, **PROMISE | {"note": "tekst"})
    other = create_organisation(name="Woonstichting Ander", slug="ander")
    with organisation_scope(other):
        assert _counts() == [0] * 5
        assert (contacts_of([tenancy], as_of=TODAY), promises_of(None, as_of=TODAY)) == ([], {})
        assert (contact(number), len(contact_columns(TODAY).tenancy)) == (None, 0)
        with pytest.raises(NotLogged) as refused:
            withdraw(organisation_id=other, actor="user:1", contact_id=number, reason="x", now=NOW, on=TODAY)
        assert [one.code for one in refused.value.faults] == ["contact_unknown"]
        with pytest.raises(NotLogged) as refused:
            logged(other, tenancy)
        assert [one.code for one in refused.value.faults] == ["tenancy_unknown"]


def test_whoever_wrote_it_down_undoes_it_within_the_hour_without_a_reason(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    number = logged(organisation, tenancy, **PROMISE)
    now = _withdraw(organisation, number, minutes=60)
    assert contacts_of([tenancy], as_of=TODAY) == []
    assert promises_of([tenancy], as_of=TODAY) == {}
    (shown,) = contacts_of([tenancy], as_of=TODAY, withdrawn=True)
    assert (shown.id, shown.withdrawn) == (number, Withdrawn(now, "user:1", ""))
    event = _events(tenancy)[0]
    assert (event.verb, event.effective_on, event.text) == ("contact_withdrawn", TODAY, "")
    assert event.facts == {"contact": number, "of": "2026-11-02", "undo": True}


@pytest.mark.parametrize(
    ("actor", "minutes", "reason", "codes"),
    [
        ("user:1", 61, "", ["reason_missing"]),
        ("user:1", 61, "  ", ["reason_missing"]),
        ("user:2", 1, "", ["reason_missing"]),
        ("user:1", 1, "x" * 401, ["reason_long"]),
    ],
)
def test_otherwise_a_reason_is_needed(
    organisation: int, actor: str, minutes: int, reason: str, codes: list[str]
) -> None:
    number = logged(organisation, offices.tenant(organisation))
    assert _refused(organisation, number, actor=actor, minutes=minutes, reason=reason) == codes
    assert _counts() == [1, 0, 0, 0, 0]


def test_with_a_reason_it_is_taken_back_later_by_anybody(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    number = logged(organisation, tenancy)
    now = _withdraw(organisation, number, actor="user:2", reason=" Verkeerde huurder. ", minutes=5_000)
    assert _one(number).withdrawn == Withdrawn(now, "user:2", "Verkeerde huurder.")
    event = _events(tenancy)[0]
    assert (event.actor, event.text) == ("user:2", "Verkeerde huurder.")
    assert event.facts["undo"] is False
    assert _refused(organisation, number, reason="nog eens") == ["withdrawn_already"]


def test_what_a_person_wrote_can_be_erased_and_the_facts_stay(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    number = logged(organisation, tenancy, note="tekst")
    _withdraw(organisation, number, reason="reden")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM contacts_contacttext; DELETE FROM contacts_withdrawaltext")
    (shown,) = contacts_of([tenancy], as_of=TODAY, withdrawn=True)
    assert shown.withdrawn is not None
    assert (shown.note, shown.withdrawn.reason) == ("", "")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contacts_contact SET actor = 'x'",
        "DELETE FROM contacts_contact",
        "UPDATE contacts_promise SET amount_cents = 1",
        "DELETE FROM contacts_promise",
        "UPDATE contacts_withdrawal SET actor = 'x'",
        "DELETE FROM contacts_withdrawal",
        "UPDATE contacts_contacttext SET text = 'x'",
        "UPDATE contacts_withdrawaltext SET text = 'x'",
    ],
)
def test_a_contact_is_never_changed(organisation: int, statement: str) -> None:
    number = logged(organisation, offices.tenant(organisation), **PROMISE | {"note": "tekst"})
    _withdraw(organisation, number, reason="reden")
    assert _counts() == [1] * 5
    with pytest.raises(DatabaseError, match=r"append-only|permission denied"), transaction.atomic():
        _rows(statement)


@pytest.mark.parametrize("table", ["contact", "promise", "withdrawal"])
def test_the_owner_cannot_change_it_either(db: None, table: str) -> None:
    found = _rows(
        f"SELECT tgname::text FROM pg_trigger WHERE tgrelid = 'contacts_{table}'::regclass AND NOT tgisinternal ORDER BY 1"
    )
    assert found == [(f"contacts_{table}_append_only",), (f"contacts_{table}_no_truncate",)]


_ALL = """organisation_id, tenancy_id, channel, direction, reached, who, outcome, causes, effective_on, at, minutes,
          next_step, next_on, actor, asked_as"""


def _copy(column: str, value: str) -> str:
    """A statement that writes every contact once more, with another form and one thing changed."""
    values = _ALL if column == "asked_as" else _ALL.replace("asked_as", "gen_random_uuid()")
    return f"INSERT INTO contacts_contact ({_ALL}) SELECT {values.replace(column, value)} FROM contacts_contact RETURNING id"


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("channel", "'fax'", "channel"),
        ("direction", "'up'", "direction"),
        ("reached", "'seen'", "reached"),
        ("who", "'cat'", "who"),
        ("outcome", "'won'", "outcome"),
        ("next_step", "'rest'", "next_step"),
        ("causes", "'{illness,weather}'", "causes"),
        ("channel", "'sms'", "talk_is_spoken"),
        ("minutes", "1441", "minutes"),
        ("next_on", "effective_on", "next"),
        ("next_step, next_on", "'visit', effective_on - 1", "next"),
    ],
)
def test_the_database_refuses_what_cannot_be(organisation: int, column: str, value: str, rule: str) -> None:
    logged(organisation, offices.tenant(organisation), **TALK)
    refused = pytest.raises(DatabaseError, match=f'"contacts_contact_{rule}"')
    with refused, transaction.atomic():
        _rows(_copy(column, value))


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ("c.tenancy_id, c.effective_on, 0, c.effective_on", "above_zero"),
        ("c.tenancy_id, c.effective_on, 1, c.effective_on - 1", "after_contact"),
        ("c.tenancy_id, c.effective_on - 1, 1, c.effective_on", "of_its_contact"),
        ("o.id, c.effective_on, 1, c.effective_on", "of_its_contact"),
    ],
)
def test_the_database_refuses_a_promise_that_is_not_of_its_contact(
    organisation: int, values: str, rule: str
) -> None:
    tenancy = offices.tenant(organisation)
    offices.tenant(organisation, 2)
    logged(organisation, tenancy)
    refused = pytest.raises(DatabaseError, match=f"contacts_promise_{rule}")
    with refused, transaction.atomic():
        _rows(
            f"""INSERT INTO contacts_promise (organisation_id, contact_id, tenancy_id, made_on, amount_cents, due_on)
                SELECT c.organisation_id, c.id, {values} FROM contacts_contact c
                  JOIN tenancies_tenancy o ON o.id <> c.tenancy_id RETURNING contact_id"""
        )
