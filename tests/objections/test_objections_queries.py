"""Which tenancies wait, which entries are left out, and what a person still has to answer: as of a day, as known then."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.letters import offices
from tests.objections.heard import TODAY, answered, charges, heard

from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.ledger.actions import post
from tijdig.ledger.entry import EntryDraft
from tijdig.ledger.kinds import Kind
from tijdig.objections.kinds import About, Outcome
from tijdig.objections.objection import Pause
from tijdig.objections.queries import (
    disputed_entries,
    objection,
    objections_of,
    open_objections,
    pausing,
)

_DAY = timedelta(days=1)


def _waiting(
    as_of: date = TODAY, ids: list[int] | None = None, known_at: datetime | None = None
) -> list[int]:
    found = pausing(as_of, ids, known_at)
    assert found.dtype == np.int64
    return found.tolist()


def _correct(
    organisation: int, tenancy: int, entry: int, kind: Kind = Kind.CORRECTION, on: date = TODAY
) -> None:
    """An entry that takes something off that charge."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT source, reference FROM ledger_entry WHERE id = %s", [entry])
        source, reference = cursor.fetchone()
        cursor.execute("SELECT contract_number FROM tenancies_tenancy WHERE id = %s", [tenancy])
        (contract,) = cursor.fetchone()
    draft = EntryDraft(
        contract, kind, -5_000, on, on, "test", f"off {entry} {kind} {on}",
        target_reference=f"{source}/{reference}",
    )  # fmt: skip
    assert post(organisation_id=organisation, drafts=[draft], actor="test", on=on).problems == []


@pytest.mark.parametrize("about", list(About))
def test_who_waits_for_an_answer(organisation: int, about: About) -> None:
    tenancy = offices.tenant(organisation)
    offices.tenant(organisation, 2)
    entry = charges(tenancy)[0]
    number = heard(organisation, tenancy, about, entries=(entry,) if about is About.ENTRY else ())
    found = objection(number)
    assert found is not None
    assert _waiting() == ([tenancy] if found.pause is Pause.STEPS else [])
    assert disputed_entries(TODAY, None) == ({tenancy: (entry,)} if found.pause is Pause.ENTRIES else {})
    answered(organisation, number, Outcome.REJECTED)
    assert (_waiting(), disputed_entries(TODAY, None)) == ([], {})


def test_only_those_that_were_named_are_asked_after(organisation: int) -> None:
    one, two, three = (offices.tenant(organisation, number) for number in (1, 2, 3))
    for tenancy in (three, one):
        heard(organisation, tenancy)
        heard(organisation, tenancy, About.COSTS)
        heard(organisation, tenancy, About.ENTRY, entries=tuple(charges(tenancy)))
    left_out = {one: tuple(charges(one)), three: tuple(charges(three))}
    assert (_waiting(), disputed_entries(TODAY, None)) == ([one, three], left_out)
    assert _waiting(TODAY, [two, three]) == [three]
    assert disputed_entries(TODAY, [two, three]) == {three: left_out[three]}
    assert (_waiting(TODAY, []), disputed_entries(TODAY, [])) == ([], {})


def test_entries_of_several_objections_are_left_out_once_each(organisation: int) -> None:
    tenancy = offices.tenant(organisation, months=3)
    first, _, third = charges(tenancy)
    heard(organisation, tenancy, About.ENTRY, entries=(third, first))
    heard(organisation, tenancy, About.ENTRY, entries=(first,))
    assert disputed_entries(TODAY, [tenancy]) == {tenancy: (first, third)}


def test_as_of_hides_what_was_not_true_yet(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    number = heard(organisation, tenancy, received_on=TODAY - 10 * _DAY)
    heard(organisation, tenancy, About.ENTRY, entries=(charges(tenancy)[0],), received_on=TODAY - 4 * _DAY)
    answered(organisation, number, answered_on=TODAY - 2 * _DAY)
    assert [_waiting(TODAY - away * _DAY) for away in (11, 10, 3, 2, 0)] == [[], [tenancy], [tenancy], [], []]
    assert [len(disputed_entries(TODAY - away * _DAY, None)) for away in (5, 4, 0)] == [0, 1, 1]
    assert [len(objections_of(tenancy, TODAY - away * _DAY)) for away in (11, 10, 4)] == [0, 1, 2]
    assert [len(open_objections(TODAY - away * _DAY)) for away in (11, 10, 4, 2)] == [0, 1, 2, 1]
    (then,) = objections_of(tenancy, TODAY - 10 * _DAY)
    assert (then.answer, then.pause) == (None, Pause.STEPS)


def test_known_at_hides_what_was_not_known_yet(fresh_database: str) -> None:
    organisation = create_organisation(name="Woonstichting Proef", slug="proef")
    with organisation_scope(organisation):
        tenancy = offices.tenant(organisation)
        entry = charges(tenancy)[0]
        number = heard(organisation, tenancy, received_on=TODAY - 5 * _DAY)
        item = heard(organisation, tenancy, About.ENTRY, entries=(entry,))
        begun = [one.recorded_at for one in objections_of(tenancy, TODAY)]
        answered(organisation, number)
        answered(organisation, item, Outcome.UPHELD)
        _correct(organisation, tenancy, entry)
        before, between = min(begun) - _DAY, max(begun)
        assert objections_of(tenancy, TODAY, before) == []
        assert [one.answer for one in objections_of(tenancy, TODAY, between)] == [None, None]
        assert [one.answer is None for one in objections_of(tenancy, TODAY)] == [False, False]
        assert (_waiting(TODAY, None, before), disputed_entries(TODAY, None, before)) == ([], {})
        assert _waiting(TODAY, [tenancy], between) == [tenancy]
        assert disputed_entries(TODAY, [tenancy], between) == {tenancy: (entry,)}
        assert (_waiting(), disputed_entries(TODAY, None)) == ([], {})
        last = objection(item)
        assert last is not None
        assert last.answer is not None
        known_at = last.answer.recorded_at
        assert disputed_entries(TODAY, None, known_at) == {tenancy: (entry,)}, "not put right by then"


def test_items_about_which_the_tenant_was_right_stay_out_until_the_ledger_is_put_right(
    organisation: int,
) -> None:
    tenancy = offices.tenant(organisation, months=3)
    first, second, third = charges(tenancy)
    _correct(
        organisation, tenancy, second, on=TODAY - 3 * _DAY
    )  # of before the objection: not the answer to it
    number = heard(organisation, tenancy, About.ENTRY, entries=(first, second), received_on=TODAY - _DAY)
    answered(organisation, number, Outcome.UPHELD)
    assert disputed_entries(TODAY, None) == {tenancy: (first, second)}
    _correct(organisation, tenancy, third)
    assert disputed_entries(TODAY, None) == {tenancy: (first, second)}
    _correct(organisation, tenancy, first)
    assert disputed_entries(TODAY, None) == {tenancy: (second,)}
    _correct(organisation, tenancy, second, Kind.WRITE_OFF)
    assert disputed_entries(TODAY, None) == {}
    assert disputed_entries(TODAY - _DAY, None) == {tenancy: (first, second)}, "it was not put right then"


def test_a_correction_while_it_is_unanswered_ends_nothing_by_itself(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    entry = charges(tenancy)[0]
    number = heard(organisation, tenancy, About.ENTRY, entries=(entry,))
    _correct(organisation, tenancy, entry)
    assert disputed_entries(TODAY, None) == {tenancy: (entry,)}
    answered(organisation, number, Outcome.UPHELD)
    assert disputed_entries(TODAY, None) == {}


@pytest.mark.parametrize("outcome", [Outcome.PARTLY, Outcome.REJECTED, Outcome.WITHDRAWN])
def test_any_other_answer_ends_it(organisation: int, outcome: Outcome) -> None:
    tenancy = offices.tenant(organisation)
    number = heard(organisation, tenancy, About.ENTRY, entries=tuple(charges(tenancy)))
    answered(organisation, number, outcome)
    assert disputed_entries(TODAY, None) == {}


def test_what_a_person_still_has_to_answer_has_the_nearest_term_first(organisation: int) -> None:
    one, two = offices.tenant(organisation), offices.tenant(organisation, 2)
    late = heard(organisation, two, received_on=TODAY - 30 * _DAY)
    fresh = heard(organisation, one)
    middle = heard(organisation, two, About.TREATMENT, received_on=TODAY - 7 * _DAY)
    answered(organisation, heard(organisation, one, received_on=TODAY - 40 * _DAY))
    found = open_objections(TODAY)
    assert [one.id for one in found] == [late, middle, fresh]
    assert [one.answer_by_on < TODAY for one in found] == [True, False, False]


def test_the_list_asks_one_question_whatever_its_length(organisation: int) -> None:
    asked = []
    for number in (1, 2, 3):
        tenancy = offices.tenant(organisation, number)
        heard(organisation, tenancy, words="tekst")
        seen: list[str] = []

        def listen(execute, sql, params, many, context, seen=seen):  # type: ignore[no-untyped-def]
            seen.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(listen):
            assert len(open_objections(TODAY)) == number
            pausing(TODAY, None)
            disputed_entries(TODAY, None)
        asked.append(len(seen))
    assert asked == [3, 3, 3]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(list(About)),
            st.sets(st.integers(0, 2), min_size=1),
            st.integers(0, 9),
            st.sampled_from([None, *Outcome]),
            st.integers(0, 9),
        ),
        max_size=6,
    )
)
def test_the_columns_say_on_each_day_what_the_objections_say(
    organisation: int, made: list[tuple[About, set[int], int, Outcome | None, int]]
) -> None:
    """The queries over many tenancies and the objections of one tenancy follow the same rule."""
    with transaction.atomic():
        tenancy = offices.tenant(organisation, months=3)
        owed = charges(tenancy)
        for about, which, ago, outcome, later in made:
            received_on = TODAY - ago * _DAY
            entries = tuple(owed[one] for one in which) if about is About.ENTRY else ()
            number = heard(organisation, tenancy, about, entries=entries, received_on=received_on)
            if outcome is not None:
                answered(organisation, number, outcome, answered_on=min(TODAY, received_on + later * _DAY))
        for away in range(11):
            day = TODAY - away * _DAY
            known = objections_of(tenancy, day)
            left_out = {entry for one in known if one.pause is Pause.ENTRIES for entry in one.entries}
            assert disputed_entries(day, None).get(tenancy, ()) == tuple(sorted(left_out))
            assert (_waiting(day) == [tenancy]) == any(one.pause is Pause.STEPS for one in known)
        transaction.set_rollback(True)
