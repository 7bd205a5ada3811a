"""The agenda and conferences in the database: one case of a tenancy at a time, decided with names, and then fixed."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from tests.conferences import groups
from tests.conferences.groups import AGAIN, DO_BY, HELP, TODAY, UNTIL, VISIT
from tests.letters import offices

from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.conferences.agenda import Item, Outcome
from tijdig.conferences.kinds import Decision
from tijdig.conferences.queries import agenda, conference, item, item_of, outcomes_of
from tijdig.conferences.values import NotConferred, Outdated
from tijdig.history.queries import Happening, of_subject

DAY = timedelta(days=1)
_FACTS = ("agendaitem", "withdrawal", "conference", "presence", "closing", "outcome")
_TEXTS = ("itemtext", "withdrawaltext", "outcometext")


def _rows(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def _count(table: str) -> int:
    return int(_rows(f"SELECT count(*) FROM conferences_{table}")[0][0])  # type: ignore[call-overload]


def _events(subject: str) -> list[Happening]:
    return [one for one in of_subject(subject) if one.verb.startswith("conference_")]


def _item(number: int) -> Item:
    found = item(number)
    assert found is not None
    return found


def _last(number: int) -> Outcome:
    found = _item(number).last
    assert found is not None
    return found


def _codes(refused: pytest.ExceptionInfo[NotConferred]) -> list[str]:
    return [one.code for one in refused.value.faults]


@pytest.fixture
def tenancy(organisation: int) -> int:
    return offices.tenant(organisation)


# ── the agenda ────────────────────────────────────────────────────────────────────────────────────────


def test_a_case_comes_back_as_it_was_put(organisation: int, tenancy: int) -> None:
    number = groups.asked(
        organisation, tenancy, question="  Overdragen?\nZij belt niet terug. ", wanted_by_on=UNTIL
    )
    found = item_of(tenancy)
    assert found == item(number) == agenda(TODAY)[0]
    assert found is not None
    assert (found.question, found.wanted_by_on) == ("Overdragen?\nZij belt niet terug.", UNTIL)
    assert (found.put_on, found.actor, found.name, found.outcomes, found.withdrawn) == (
        TODAY,
        "user:1",
        "Ada",
        (),
        None,
    )
    (event,) = _events(f"tenancy:{tenancy}")
    assert (event.verb, event.actor, event.effective_on) == ("conference_asked", "user:1", TODAY)
    assert event.text == "Overdragen?\nZij belt niet terug."
    assert event.facts == {"item": number, "wanted_by_on": "2026-11-30"}


def test_one_case_of_a_tenancy_at_a_time(organisation: int, tenancy: int) -> None:
    groups.asked(organisation, tenancy)
    with pytest.raises(NotConferred) as refused:
        groups.asked(organisation, tenancy, question="En nu?")
    assert _codes(refused) == ["on_agenda"]
    assert (_count("agendaitem"), _count("itemtext"), len(_events(f"tenancy:{tenancy}"))) == (1, 1, 1)
    groups.asked(organisation, offices.tenant(organisation, 2))
    assert len(agenda(TODAY)) == 2


def test_the_same_form_twice_is_one_case(organisation: int, tenancy: int) -> None:
    form = uuid4()
    first = groups.asked(organisation, tenancy, asked_as=form)
    assert groups.asked(organisation, tenancy, asked_as=form, question="") == first
    groups.taken_off(organisation, first)
    assert groups.asked(organisation, tenancy, asked_as=form) == first
    assert item_of(tenancy) is None


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"question": " "}, "question_missing"),
        ({"wanted_by_on": TODAY - DAY}, "wanted_past"),
    ],
)
def test_a_case_that_may_not_be_keeps_nothing(
    organisation: int, tenancy: int, changed: dict[str, object], code: str
) -> None:
    with pytest.raises(NotConferred) as refused:
        groups.asked(organisation, tenancy, **changed)  # type: ignore[arg-type]
    assert _codes(refused) == [code]
    assert str(refused.value) == refused.value.faults[0].sentence
    assert [_count(table) for table in (*_FACTS, *_TEXTS, "place")] == [0] * 10


def test_a_tenancy_that_is_not_there_has_no_case(organisation: int) -> None:
    with pytest.raises(NotConferred) as refused:
        groups.asked(organisation, 999_999)
    assert _codes(refused) == ["tenancy_unknown"]


def test_a_case_goes_off_the_agenda_with_a_reason_and_once(organisation: int, tenancy: int) -> None:
    number = groups.asked(organisation, tenancy)
    with pytest.raises(NotConferred) as refused:
        groups.taken_off(organisation, number, reason=" ")
    assert _codes(refused) == ["reason_missing"]
    groups.taken_off(organisation, number, reason=" Zij heeft betaald. ", on=TODAY + DAY)
    assert item_of(tenancy) is None
    gone = _item(number).withdrawn
    assert gone is not None
    assert (gone.on, gone.actor, gone.name, gone.reason) == (
        TODAY + DAY,
        "user:2",
        "Bo",
        "Zij heeft betaald.",
    )
    event = _events(f"tenancy:{tenancy}")[0]
    assert (event.verb, event.text, event.facts) == (
        "conference_asked_no_more",
        "Zij heeft betaald.",
        {"item": number},
    )
    with pytest.raises(NotConferred) as refused:
        groups.taken_off(organisation, number)
    assert _codes(refused) == ["off_agenda"]
    with pytest.raises(NotConferred) as refused:
        groups.taken_off(organisation, 999_999)
    assert _codes(refused) == ["item_unknown"]
    assert groups.asked(organisation, tenancy) != number


# ── a conference ──────────────────────────────────────────────────────────────────────────────────────


def test_a_conference_has_who_is_there_and_the_newest_counts(organisation: int) -> None:
    ada, bo, cas = groups.people(organisation)
    number = groups.begun(organisation, held_on=TODAY - DAY, guests=(" mr. Jansen ", ""))
    held = conference(number)
    assert held is not None
    assert (held.held_on, held.chair, held.present, held.names) == (
        TODAY - DAY,
        "Ada",
        (ada, bo),
        ("Ada", "Bo"),
    )
    assert (held.guests, held.closed, held.everybody) == (("mr. Jansen",), None, ("Ada", "Bo", "mr. Jansen"))
    groups.attended(organisation, number, present=(cas, bo, cas), chair="Bo", guests=())
    held = conference(number)
    assert held is not None
    assert (held.chair, held.everybody) == ("Bo", ("Bo", "Cas"))
    assert [one.verb for one in _events(f"conference:{number}")] == [
        "conference_attended",
        "conference_begun",
    ]


def test_the_same_form_twice_begins_one_conference(organisation: int) -> None:
    form = uuid4()
    first = groups.begun(organisation, asked_as=form)
    assert groups.begun(organisation, asked_as=form, present=()) == first
    assert groups.begun(organisation) != first
    assert (_count("conference"), _count("presence")) == (2, 2)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"held_on": TODAY + DAY}, "held_future"),
        ({"chair": ""}, "chair_missing"),
        ({"present": ()}, "nobody_present"),
        ({"present": (999_999,)}, "colleague_unknown"),
    ],
)
def test_a_conference_that_cannot_be_is_not_begun(
    organisation: int, changed: dict[str, object], code: str
) -> None:
    with pytest.raises(NotConferred) as refused:
        groups.begun(organisation, **changed)  # type: ignore[arg-type]
    assert _codes(refused) == [code]
    assert (_count("conference"), _count("presence")) == (0, 0)


def test_a_colleague_of_another_corporation_is_not_there(organisation: int) -> None:
    other = create_organisation(name="Woonstichting Ander", slug="ander")
    strangers = tuple(groups.people(other))
    with organisation_scope(organisation), pytest.raises(NotConferred) as refused:
        groups.begun(organisation, present=strangers)
    assert _codes(refused) == ["colleague_unknown"]


# ── a decision ────────────────────────────────────────────────────────────────────────────────────────


def test_a_decision_comes_back_as_it_was_written_down(organisation: int, tenancy: int) -> None:
    number, where = groups.asked(organisation, tenancy), groups.begun(organisation)
    cas = groups.people(organisation)[2]
    made = groups.decided(organisation, number, where, who_id=cas, reason=" Zij wil betalen. ")
    (found,) = outcomes_of(tenancy, TODAY)
    assert (found.id, found.item_id, found.tenancy_id, found.conference_id) == (made, number, tenancy, where)
    assert (found.decision, found.until_on, found.do, found.instead_of) == (Decision.ARRANGE, UNTIL, "", "")
    assert (found.who_id, found.who_name, found.do_by_on) == (cas, "Cas", DO_BY)
    assert (found.reason, found.decided_on, found.held_on) == ("Zij wil betalen.", TODAY, TODAY)
    assert (found.decided_by, found.actor, found.name) == (
        ("Ada", "Bo", "mr. Jansen, deurwaarder"),
        "user:2",
        "Bo",
    )
    assert (item_of(tenancy), agenda(TODAY), _count("place")) == (None, [], 0)
    event = _events(f"tenancy:{tenancy}")[0]
    assert (event.verb, event.actor, event.text) == ("conference_decided", "user:2", "Zij wil betalen.")
    assert event.facts == {
        "outcome": made,
        "item": number,
        "conference": where,
        "decision": "arrange",
        "until_on": "2026-11-30",
        "instead_of": "",
        "do": "",
        "who": cas,
        "do_by_on": "2026-11-09",
        "replaces": None,
    }


def test_who_came_in_later_decides_from_then_on(organisation: int, tenancy: int) -> None:
    other = offices.tenant(organisation, 2)
    where = groups.begun(organisation)
    first = groups.decided(organisation, groups.asked(organisation, tenancy), where)
    groups.attended(organisation, where, present=tuple(groups.people(organisation)), guests=())
    second = groups.decided(organisation, groups.asked(organisation, other), where)
    by = {one.id: one.decided_by for number in (tenancy, other) for one in outcomes_of(number, TODAY)}
    assert by == {first: ("Ada", "Bo", "mr. Jansen, deurwaarder"), second: ("Ada", "Bo", "Cas")}


def test_another_step_names_both_steps_and_no_other_decision_does(organisation: int, tenancy: int) -> None:
    number, where = groups.asked(organisation, tenancy), groups.begun(organisation)
    groups.decided(organisation, number, where, **VISIT)
    assert (_last(number).instead_of, _last(number).do) == ("call", "visit")
    groups.decided(organisation, number, where, **AGAIN)
    assert (_last(number).instead_of, _last(number).do) == ("call", "")
    groups.decided(organisation, number, where, **HELP)
    assert (_last(number).instead_of, _last(number).do) == ("", "")


def test_a_newer_decision_replaces_it_while_the_conference_is_open(organisation: int, tenancy: int) -> None:
    number, where = groups.asked(organisation, tenancy), groups.begun(organisation)
    first = groups.decided(organisation, number, where)
    second = groups.decided(organisation, number, where, **HELP)
    assert [one.id for one in outcomes_of(tenancy, TODAY)] == [second]
    assert [one.id for one in _item(number).outcomes] == [first, second]
    assert _last(number).previous_id == first
    groups.closed(organisation, where)
    with pytest.raises(NotConferred) as refused:
        groups.decided(organisation, number, where)
    assert _codes(refused) == ["closed"]
    assert [one.id for one in outcomes_of(tenancy, TODAY)] == [second]


def test_back_on_the_agenda_it_is_there_for_the_next_conference(organisation: int, tenancy: int) -> None:
    number, where = groups.asked(organisation, tenancy), groups.begun(organisation)
    groups.decided(organisation, number, where, **AGAIN)
    found = item_of(tenancy)
    assert found is not None
    assert (found.id, found.due_on, found.on_agenda) == (number, UNTIL, True)
    with pytest.raises(NotConferred) as refused:
        groups.asked(organisation, tenancy)
    assert _codes(refused) == ["on_agenda"]
    groups.closed(organisation, where)
    after = groups.begun(organisation, held_on=TODAY)
    groups.decided(organisation, number, after)
    assert item_of(tenancy) is None
    assert [one.decision for one in outcomes_of(tenancy, TODAY)] == [Decision.ARRANGE, Decision.LATER]


def test_a_decision_that_turns_into_back_on_the_agenda_takes_its_place_again(
    organisation: int, tenancy: int
) -> None:
    number, where = groups.asked(organisation, tenancy), groups.begun(organisation)
    groups.decided(organisation, number, where)
    groups.decided(organisation, number, where, **AGAIN)
    assert [one.id for one in agenda(TODAY)] == [number]
    groups.decided(organisation, number, where, **HELP)
    groups.asked(organisation, tenancy)
    with pytest.raises(NotConferred) as refused:
        groups.decided(organisation, number, where, **AGAIN)
    assert _codes(refused) == ["on_agenda"]
    assert _last(number).decision is Decision.HELP


def test_what_one_conference_decided_another_does_not_decide_again(organisation: int, tenancy: int) -> None:
    number, where, elsewhere = (
        groups.asked(organisation, tenancy),
        groups.begun(organisation),
        groups.begun(organisation),
    )
    groups.decided(organisation, number, where)
    with pytest.raises(NotConferred) as refused:
        groups.decided(organisation, number, elsewhere)
    assert _codes(refused) == ["off_agenda"]


def test_what_another_conference_decided_since_is_not_replaced(organisation: int, tenancy: int) -> None:
    number, where, elsewhere = (
        groups.asked(organisation, tenancy),
        groups.begun(organisation),
        groups.begun(organisation),
    )
    groups.decided(organisation, number, where, **AGAIN)
    groups.decided(organisation, number, elsewhere)
    with pytest.raises(NotConferred) as refused:
        groups.decided(organisation, number, where, **HELP)
    assert _codes(refused) == ["off_agenda"]


def test_who_looks_at_an_old_screen_is_told_what_stands(organisation: int, tenancy: int) -> None:
    number, where = groups.asked(organisation, tenancy), groups.begun(organisation)
    first = groups.decided(organisation, number, where)
    with pytest.raises(Outdated) as refused:
        groups.decided(organisation, number, where, seen=None, **HELP)
    assert (_codes(refused), refused.value.now.id) == (["outdated"], first)
    second = groups.decided(organisation, number, where, **HELP)
    with pytest.raises(Outdated) as refused:
        groups.decided(organisation, number, where, seen=first)
    assert refused.value.now.id == second
    assert _count("outcome") == 2


def test_the_same_form_twice_is_one_decision(organisation: int, tenancy: int) -> None:
    number, where, form = groups.asked(organisation, tenancy), groups.begun(organisation), uuid4()
    first = groups.decided(organisation, number, where, asked_as=form)
    groups.decided(organisation, number, where, **HELP)
    assert groups.decided(organisation, number, where, asked_as=form, seen=None) == first
    assert _last(number).decision is Decision.HELP


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"reason": ""}, "explanation_missing"),
        ({"until_on": None}, "until_missing"),
        ({"who_id": 999_999}, "colleague_unknown"),
        (VISIT | {"do": "dance"}, "step_unknown"),
    ],
)
def test_a_decision_that_may_not_be_keeps_nothing(
    organisation: int, tenancy: int, changed: dict[str, object], code: str
) -> None:
    number, where = groups.asked(organisation, tenancy), groups.begun(organisation)
    with pytest.raises(NotConferred) as refused:
        groups.decided(organisation, number, where, **changed)
    assert _codes(refused) == [code]
    assert (_count("outcome"), _count("outcometext"), item_of(tenancy) is None) == (0, 0, False)


def test_what_is_not_there_is_not_decided(organisation: int, tenancy: int) -> None:
    number, where = groups.asked(organisation, tenancy), groups.begun(organisation)
    for case, conferred, code in (
        (999_999, where, "item_unknown"),
        (number, 999_999, "conference_unknown"),
        (number, 2**40, "conference_unknown"),
    ):
        with pytest.raises(NotConferred) as refused:
            groups.decided(organisation, case, conferred)
        assert _codes(refused) == [code]


def test_what_was_taken_off_is_not_decided(organisation: int, tenancy: int) -> None:
    number, where = groups.asked(organisation, tenancy), groups.begun(organisation)
    groups.taken_off(organisation, number)
    with pytest.raises(NotConferred) as refused:
        groups.decided(organisation, number, where)
    assert _codes(refused) == ["off_agenda"]


def test_what_was_decided_is_not_taken_off_and_what_went_back_is(organisation: int, tenancy: int) -> None:
    number, where = groups.asked(organisation, tenancy), groups.begun(organisation)
    groups.decided(organisation, number, where)
    with pytest.raises(NotConferred) as refused:
        groups.taken_off(organisation, number)
    assert _codes(refused) == ["off_agenda"]
    groups.decided(organisation, number, where, **AGAIN)
    groups.taken_off(organisation, number)
    assert item_of(tenancy) is None


def test_a_conference_is_closed_once_and_what_it_did_not_come_to_stays(
    organisation: int, tenancy: int
) -> None:
    number, where = groups.asked(organisation, tenancy), groups.begun(organisation)
    groups.decided(organisation, groups.asked(organisation, offices.tenant(organisation, 2)), where)
    groups.closed(organisation, where, on=TODAY + DAY)
    held = conference(where)
    assert held is not None and held.closed is not None
    assert (held.closed.on, held.closed.actor, held.closed.name) == (TODAY + DAY, "user:1", "Ada")
    assert [one.id for one in agenda(TODAY + DAY)] == [number]
    event = _events(f"conference:{where}")[0]
    assert (event.verb, event.facts) == ("conference_closed", {"decided": 1})
    for again in (groups.closed, groups.attended):
        with pytest.raises(NotConferred) as refused:
            again(organisation, where)
        assert _codes(refused) == ["closed"]


# ── walls ─────────────────────────────────────────────────────────────────────────────────────────────


def _everything(organisation: int, tenancy: int) -> tuple[int, int]:
    where = groups.begun(organisation)
    groups.taken_off(organisation, groups.asked(organisation, tenancy))
    number = groups.asked(organisation, tenancy)
    groups.decided(organisation, number, where, **AGAIN)
    groups.closed(organisation, where)
    return number, where


def test_another_corporation_sees_nothing_and_changes_nothing(organisation: int, tenancy: int) -> None:
    number, where = groups.asked(organisation, tenancy), groups.begun(organisation)
    other = create_organisation(name="Woonstichting Ander", slug="ander")
    groups.people(other)
    with organisation_scope(other):
        assert [_count(table) for table in (*_FACTS, *_TEXTS, "place")] == [0] * 10
        assert (item_of(tenancy), item(number), conference(where), agenda(TODAY)) == (None, None, None, [])
        own = groups.begun(other)
        for act in (
            lambda: groups.asked(other, tenancy),
            lambda: groups.taken_off(other, number),
            lambda: groups.decided(other, number, own),
            lambda: groups.closed(other, where),
        ):
            with pytest.raises(NotConferred) as refused:
                act()
            assert _codes(refused)[0].endswith("_unknown")


@pytest.mark.parametrize("table", [*_FACTS, *_TEXTS])
def test_nothing_is_ever_changed(organisation: int, tenancy: int, table: str) -> None:
    _everything(organisation, tenancy)
    assert _count(table) >= 1
    with pytest.raises(DatabaseError, match=r"append-only|permission denied"), transaction.atomic():
        _rows(f"UPDATE conferences_{table} SET organisation_id = organisation_id RETURNING 1")
    if table in _FACTS:
        with pytest.raises(DatabaseError, match=r"append-only|permission denied"), transaction.atomic():
            _rows(f"DELETE FROM conferences_{table} RETURNING 1")


@pytest.mark.parametrize("table", _FACTS)
def test_the_owner_cannot_change_it_either(db: None, table: str) -> None:
    found = _rows(
        f"""SELECT tgname::text FROM pg_trigger
             WHERE tgrelid = 'conferences_{table}'::regclass AND NOT tgisinternal AND tgname NOT LIKE '%not_over'
             ORDER BY 1"""
    )
    assert found == [(f"conferences_{table}_append_only",), (f"conferences_{table}_no_truncate",)]


def test_what_a_person_wrote_can_be_erased_and_the_facts_stay(organisation: int, tenancy: int) -> None:
    number, _ = _everything(organisation, tenancy)
    with connection.cursor() as cursor:
        for table in _TEXTS:
            cursor.execute(f"DELETE FROM conferences_{table}")
    assert (_item(number).question, _last(number).reason) == ("", "")
    assert _last(number).decision is Decision.LATER


_OUTCOME = """organisation_id, item_id, conference_id, previous_id, decision, until_on, instead_of, "do", who_id, who_name,
              do_by_on, decided_on, decided_by, actor, name, asked_as"""


def _copy(changed: dict[str, str]) -> str:
    """A statement that writes the last decision once more, after itself, with one thing changed."""
    values = {name.strip(): name.strip() for name in _OUTCOME.split(",")}
    values |= {"previous_id": "id", "asked_as": "gen_random_uuid()"} | changed
    return f"""INSERT INTO conferences_outcome ({_OUTCOME}) SELECT {", ".join(values.values())}
                 FROM conferences_outcome ORDER BY id DESC LIMIT 1 RETURNING id"""


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"decision": "'wait'"}, "outcome_decision"),
        ({"instead_of": "'call'"}, "outcome_instead_of"),
        ({"decision": "'later'"}, "outcome_instead_of"),
        ({'"do"': "'visit'"}, "outcome_do"),
        ({"decision": "'other_step'", "instead_of": "'call'"}, "outcome_do"),
        ({"decision": "'other_step'", "instead_of": "'call'", '"do"': "'call'"}, "outcome_do"),
        ({"who_id": "NULL", "who_name": "''"}, "outcome_done_by"),
        ({"who_name": "''"}, "outcome_who"),
        ({"do_by_on": "NULL"}, "outcome_done_by"),
        ({"until_on": "decided_on - 1"}, "outcome_days"),
        ({"do_by_on": "decided_on - 1"}, "outcome_days"),
        ({"do_by_on": "until_on + 1"}, "outcome_days"),
        ({"decided_by": "'{}'"}, "outcome_decided_by"),
        ({"previous_id": "NULL"}, "outcome_follows"),
        ({"asked_as": "asked_as"}, "outcome_once"),
        ({"item_id": "item_id - 1"}, "outcome_previous_of_item"),
    ],
)
def test_the_database_refuses_a_decision_that_cannot_be(
    organisation: int, tenancy: int, changed: dict[str, str], rule: str
) -> None:
    groups.asked(organisation, offices.tenant(organisation, 2))
    number, where = groups.asked(organisation, tenancy), groups.begun(organisation)
    groups.decided(organisation, number, where)
    refused = pytest.raises(DatabaseError, match=f'"conferences_{rule}"')
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_copy(changed))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_adds_nothing_to_a_conference_that_is_over(organisation: int, tenancy: int) -> None:
    _everything(organisation, tenancy)
    presence = """INSERT INTO conferences_presence (organisation_id, conference_id, chair, present, guests, actor)
                  SELECT organisation_id, conference_id, chair, present, guests, actor FROM conferences_presence
                  RETURNING id"""
    for statement in (_copy({}), presence):
        with pytest.raises(DatabaseError, match="is over"), transaction.atomic():
            _rows(statement)


@pytest.mark.parametrize(
    ("tenant", "case", "rule"),
    [
        ("tenancy_id", "id", "place_pkey"),
        ("tenancy_id + 1", "id", "place_of_its_item"),
    ],
)
def test_the_database_keeps_one_place_for_each_tenancy(
    organisation: int, tenancy: int, tenant: str, case: str, rule: str
) -> None:
    offices.tenant(organisation, 2)
    number = groups.asked(organisation, tenancy)
    if rule != "place_pkey":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM conferences_place")
    with pytest.raises(DatabaseError, match=f"conferences_{rule}"), transaction.atomic():
        _rows(
            f"""INSERT INTO conferences_place (organisation_id, tenancy_id, item_id)
                SELECT organisation_id, {tenant}, {case} FROM conferences_agendaitem WHERE id = {number} RETURNING 1"""
        )


def test_the_database_asks_for_an_answer_not_before_the_question(organisation: int, tenancy: int) -> None:
    groups.asked(organisation, tenancy, wanted_by_on=date(2026, 11, 5))
    with pytest.raises(DatabaseError, match="conferences_item_wanted"), transaction.atomic():
        _rows(
            """INSERT INTO conferences_agendaitem (organisation_id, tenancy_id, put_on, wanted_by_on, actor, name, asked_as)
               SELECT organisation_id, tenancy_id, put_on, put_on - 1, actor, name, gen_random_uuid()
                 FROM conferences_agendaitem RETURNING id"""
        )
