"""An objection is written down once and answered once, with history and a mark, and never changed."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from tests.letters import offices
from tests.objections.heard import TODAY, answered, charges, heard

from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.history.queries import Happening, of_subject
from tijdig.ledger.kinds import Kind
from tijdig.objections.kinds import About, Outcome, Way
from tijdig.objections.objection import Objection
from tijdig.objections.queries import disputed_entries, objection, objections_of, open_objections, pausing
from tijdig.objections.values import NotHeard

_TABLES = ("objection", "objectiontext", "answer", "answertext")
_DAY = timedelta(days=1)


def _rows(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def _counts() -> list[object]:
    return [_rows(f"SELECT count(*) FROM objections_{table}")[0][0] for table in _TABLES]


def _events(tenancy: int) -> list[Happening]:
    return [one for one in of_subject(f"tenancy:{tenancy}") if one.verb.startswith("objection_")]


def _marks() -> list[tuple[object, ...]]:
    """The marks there are; after it there are none."""
    return _rows("DELETE FROM ledger_dirty RETURNING tenancy_id, earliest_on")


def _one(number: int) -> Objection:
    found = objection(number)
    assert found is not None
    return found


def _refused(call: object, *args: object, **more: object) -> list[str]:
    with pytest.raises(NotHeard) as refused:
        call(*args, **more)  # type: ignore[operator]
    assert str(refused.value) == " ".join(one.sentence for one in refused.value.faults)
    return [one.code for one in refused.value.faults]


def test_it_comes_back_as_it_was_written_down_and_answered(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    first, second = charges(tenancy)
    number = heard(
        organisation,
        tenancy,
        About.ENTRY,
        entries=(second, first, second),
        received_on=TODAY - 3 * _DAY,
        way=Way.LETTER,
        wants_person=True,
        words="  Ik heb betaald. ",
    )
    (found,) = objections_of(tenancy, TODAY)
    assert found == _one(number)
    assert (found.tenancy_id, found.about, found.entries) == (tenancy, About.ENTRY, (first, second))
    assert (found.received_on, found.answer_by_on) == (date(2026, 10, 30), date(2026, 11, 13))
    assert (found.way, found.wants_person, found.actor) == (Way.LETTER, True, "user:1")
    assert (found.text, found.answer) == ("Ik heb betaald.", None)
    answered(
        organisation, number, Outcome.PARTLY, answered_on=TODAY - _DAY, words=" Deels. ", name=" S. Smit "
    )
    given = _one(number).answer
    assert given is not None
    assert (given.outcome, given.answered_on, given.actor) == (Outcome.PARTLY, TODAY - _DAY, "user:2")
    assert (given.name, given.text) == ("S. Smit", "Deels.")


def test_each_is_a_line_of_history_without_personal_text_in_its_facts(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    entry = charges(tenancy)[0]
    number = heard(
        organisation, tenancy, About.ENTRY, entries=(entry,), words="Moeder is ziek", received_on=TODAY - _DAY
    )
    answered(organisation, number, words="Wij wachten.")
    over, begun = _events(tenancy)
    assert (begun.verb, begun.actor, begun.effective_on, begun.text) == (
        "objection_received",
        "user:1",
        TODAY - _DAY,
        "Moeder is ziek",
    )
    assert begun.facts == {
        "objection": number,
        "about": "entry",
        "entries": [entry],
        "way": "phone",
        "wants_person": False,
        "answer_by_on": "2026-11-16",
    }
    assert (over.verb, over.actor, over.effective_on, over.text) == (
        "objection_answered",
        "user:2",
        TODAY,
        "Wij wachten.",
    )
    assert over.facts == {
        "objection": number,
        "about": "entry",
        "outcome": "rejected",
        "answer_by_on": "2026-11-16",
    }


def test_both_ask_for_a_new_evaluation(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    _marks()
    number = heard(organisation, tenancy, received_on=TODAY - 5 * _DAY)
    assert _marks() == [(tenancy, TODAY)]
    answered(organisation, number)
    assert _marks() == [(tenancy, TODAY)]


def test_the_same_form_twice_is_one(organisation: int) -> None:
    tenancy, form = offices.tenant(organisation), uuid4()
    first = heard(organisation, tenancy, asked_as=form)
    _marks()
    assert heard(organisation, tenancy, About.COSTS, asked_as=form, words="anders") == first
    assert (_counts(), len(_events(tenancy)), _marks()) == ([1, 0, 0, 0], 1, [])
    assert heard(organisation, tenancy) != first


def test_a_tenant_may_object_as_often_as_he_likes(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    numbers = [heard(organisation, tenancy, about) for about in (About.COSTS, About.COSTS, About.LETTER)]
    assert [one.id for one in objections_of(tenancy, TODAY)] == numbers[::-1]


def test_an_objection_is_answered_once(organisation: int) -> None:
    number = heard(organisation, offices.tenant(organisation))
    answered(organisation, number, Outcome.WITHDRAWN, words="")
    assert _refused(answered, organisation, number, Outcome.UPHELD) == ["answered_already"]
    assert (_counts(), _one(number).answer.outcome) == ([1, 0, 1, 0], Outcome.WITHDRAWN)  # type: ignore[union-attr]


def test_a_refusal_keeps_nothing(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    other = charges(offices.tenant(organisation, 2))[0]
    offices.charge(organisation, "100001", Kind.PAYMENT, -10_000, TODAY)
    ((payment,),) = _rows(f"SELECT id FROM ledger_entry WHERE tenancy_id = {tenancy} AND role = 3")
    _marks()
    mine = charges(tenancy)[0]
    for wrong in (other, payment, 999_999):
        given = {"entries": (mine, wrong), "words": "tekst"}
        assert _refused(heard, organisation, tenancy, About.ENTRY, **given) == ["entries_unknown"]
    assert _refused(heard, organisation, 999_999) == ["tenancy_unknown"]
    assert _refused(heard, organisation, tenancy, About.ENTRY) == ["entries_missing"]
    assert _refused(answered, organisation, 999_999) == ["objection_unknown"]
    assert (_counts(), _events(tenancy), _marks()) == ([0] * 4, [], [])
    number = heard(organisation, tenancy)
    assert _refused(answered, organisation, number, words="") == ["answer_missing"]
    assert _refused(answered, organisation, number, answered_on=TODAY - _DAY) == ["answered_early"]
    assert _counts() == [1, 0, 0, 0]


def test_another_corporation_sees_nothing_and_answers_nothing(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    entry = charges(tenancy)[0]
    number = heard(organisation, tenancy, words="tekst")
    heard(organisation, tenancy, About.ENTRY, entries=(entry,))
    other = create_organisation(name="Woonstichting Ander", slug="ander")
    with organisation_scope(other):
        assert (_counts(), objections_of(tenancy, TODAY), open_objections(TODAY)) == ([0] * 4, [], [])
        assert (objection(number), len(pausing(TODAY, None)), disputed_entries(TODAY, None)) == (None, 0, {})
        assert _refused(answered, other, number) == ["objection_unknown"]
        assert _refused(heard, other, tenancy) == ["tenancy_unknown"]
        mine = offices.tenant(other, 3)
        assert _refused(heard, other, mine, About.ENTRY, entries=(entry,)) == ["entries_unknown"]


def test_what_a_person_wrote_can_be_erased_and_the_facts_stay(organisation: int) -> None:
    number = heard(organisation, offices.tenant(organisation), words="tekst")
    answered(organisation, number)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM objections_objectiontext; DELETE FROM objections_answertext")
    found = _one(number)
    assert found.answer is not None
    assert (found.text, found.answer.text, found.answer.name) == ("", "", "Sanne Smit")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE objections_objection SET actor = 'x'",
        "DELETE FROM objections_objection",
        "UPDATE objections_answer SET outcome = 'upheld'",
        "DELETE FROM objections_answer",
        "UPDATE objections_objectiontext SET text = 'x'",
        "UPDATE objections_answertext SET text = 'x'",
    ],
)
def test_it_is_never_changed(organisation: int, statement: str) -> None:
    number = heard(organisation, offices.tenant(organisation), words="tekst")
    answered(organisation, number)
    assert _counts() == [1] * 4
    with pytest.raises(DatabaseError, match=r"append-only|permission denied"), transaction.atomic():
        _rows(statement)


@pytest.mark.parametrize(("table", "more"), [("objection", ["objections_objection_charges"]), ("answer", [])])
def test_the_owner_cannot_change_it_either(db: None, table: str, more: list[str]) -> None:
    found = _rows(
        f"""SELECT tgname::text FROM pg_trigger WHERE tgrelid = 'objections_{table}'::regclass AND NOT tgisinternal
             ORDER BY 1"""
    )
    name = f"objections_{table}"
    assert [one for (one,) in found] == [f"{name}_append_only", *more, f"{name}_no_truncate"]


_ALL = "organisation_id, tenancy_id, about, entries, received_on, way, answer_by_on, wants_person, actor, asked_as"


def _copy(column: str, value: str) -> str:
    """A statement that writes every objection once more, with another form and one thing changed."""
    values = _ALL if column == "asked_as" else _ALL.replace("asked_as", "gen_random_uuid()")
    return f"""INSERT INTO objections_objection ({_ALL}) SELECT {values.replace(column, value)}
                 FROM objections_objection RETURNING id"""


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("asked_as", "asked_as", "objection_once"),
        ("about", "'weather'", "objection_about"),
        ("about", "'entry'", "objection_entries"),
        ("way", "'fax'", "objection_way"),
        ("answer_by_on", "received_on - 1", "objection_term"),
    ],
)
def test_the_database_refuses_what_cannot_be(organisation: int, column: str, value: str, rule: str) -> None:
    heard(organisation, offices.tenant(organisation))
    with pytest.raises(DatabaseError, match=f'"objections_{rule}"'), transaction.atomic():
        _rows(_copy(column, value))


@pytest.mark.parametrize("wrong", ["0", "(SELECT max(id) FROM ledger_entry)"])
def test_the_database_refuses_entries_that_are_no_charges_of_the_tenancy(
    organisation: int, wrong: str
) -> None:
    heard(organisation, offices.tenant(organisation))
    offices.tenant(organisation, 2)
    statement = _copy("about, entries", f"'entry', ARRAY[{wrong}]::bigint[]")
    with pytest.raises(DatabaseError, match="no charge of its tenancy"), transaction.atomic():
        _rows(statement)


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ("o.received_on, 'won', o.received_on, 'S'", "answer_outcome"),
        ("o.received_on, 'upheld', o.received_on - 1, 'S'", "answer_after_receipt"),
        ("o.received_on, 'upheld', o.received_on, ''", "answer_named"),
        ("o.received_on - 9, 'upheld', o.received_on - 8, 'S'", "answer_of_its_objection"),
    ],
)
def test_the_database_refuses_an_answer_that_cannot_be(organisation: int, values: str, rule: str) -> None:
    heard(organisation, offices.tenant(organisation))
    with pytest.raises(DatabaseError, match=f"objections_{rule}"), transaction.atomic():
        _rows(
            f"""INSERT INTO objections_answer
                    (organisation_id, objection_id, actor, received_on, outcome, answered_on, name)
                SELECT o.organisation_id, o.id, 'user:1', {values} FROM objections_objection o
                RETURNING objection_id"""
        )
