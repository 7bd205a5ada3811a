"""A circumstance is set once and ended once, never changed; of each kind at most one is open, whoever writes."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import numpy as np
import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.letters import offices
from tests.tenancies.flagged import TODAY, ended, flagged

from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.base.days import day_number
from tijdig.history.queries import Happening, of_subject
from tijdig.tenancies.actions import load
from tijdig.tenancies.drafts import PartyDraft, PersonDraft
from tijdig.tenancies.flag_draft import NotFlagged
from tijdig.tenancies.flags import FLAG_BIT, PROCEDURES, Flag, FlagBit, LearnedFrom
from tijdig.tenancies.queries_flags import NO_DAY, flag_columns, flags_and_begun, flags_of

_TABLES = ("tenancyflag", "tenancyflagtext", "tenancyflagend", "tenancyflagendtext")
_DAY = timedelta(days=1)


def _rows(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def _counts() -> list[object]:
    return [_rows(f"SELECT count(*) FROM tenancies_{table}")[0][0] for table in _TABLES]


def _events(tenancy: int) -> list[Happening]:
    return [one for one in of_subject(f"tenancy:{tenancy}") if one.verb.startswith("flag_")]


def _bits(as_of: date = TODAY, ids: list[int] | None = None, **more: object) -> dict[int, FlagBit]:
    tenancy, bits = flag_columns(as_of, ids, **more)  # type: ignore[arg-type]
    assert tenancy.dtype == bits.dtype == np.int64
    assert sorted(set(tenancy.tolist())) == tenancy.tolist()
    return {one: FlagBit(bit) for one, bit in zip(tenancy.tolist(), bits.tolist(), strict=True)}


def _refused(call: object, *args: object, **more: object) -> list[str]:
    with pytest.raises(NotFlagged) as refused:
        call(*args, **more)  # type: ignore[operator]
    return [one.code for one in refused.value.faults]


def test_it_comes_back_as_it_was_set_and_ended(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    begin = TODAY - 10 * _DAY
    number = flagged(organisation, tenancy, Flag.DEBT_PROCEDURE, begin, note="  Brief van de gemeente. ")
    (found,) = flags_of(tenancy, TODAY)
    assert (found.id, found.tenancy_id, found.kind, found.begin_on) == (
        number,
        tenancy,
        Flag.DEBT_PROCEDURE,
        begin,
    )
    assert (found.learned_from, found.note, found.actor, found.end) == (
        LearnedFrom.TENANT,
        "Brief van de gemeente.",
        "user:1",
        None,
    )
    assert ended(organisation, number, TODAY - 2 * _DAY, note="Slotverklaring.") == tenancy
    (found,) = flags_of(tenancy, TODAY)
    assert found.end is not None
    assert (found.end.end_on, found.end.learned_from, found.end.note, found.end.actor) == (
        TODAY - 2 * _DAY,
        LearnedFrom.MUNICIPALITY,
        "Slotverklaring.",
        "user:2",
    )
    assert found.recorded_at is not None
    assert found.recorded_at <= found.end.recorded_at


def test_each_is_a_line_of_history_without_personal_text_in_its_facts(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    number = flagged(organisation, tenancy, note="tekst")
    ended(organisation, number, note="klaar")
    over, begun = _events(tenancy)
    assert (begun.verb, begun.actor, begun.effective_on, begun.text) == (
        "flag_set",
        "user:1",
        TODAY,
        "tekst",
    )
    assert begun.facts == {"flag": number, "learned_from": "tenant"}
    assert (over.verb, over.actor, over.effective_on, over.text) == (
        "flag_ended",
        "user:2",
        TODAY,
        "klaar",
    )
    assert over.facts == {"flag": number, "learned_from": "municipality"}


def test_of_each_kind_one_is_open_and_after_its_end_another_may_follow(organisation: int) -> None:
    tenancy, other = offices.tenant(organisation), offices.tenant(organisation, 2)
    first = flagged(organisation, tenancy)
    assert _refused(flagged, organisation, tenancy) == ["flag_set"]
    flagged(organisation, tenancy, Flag.VULNERABLE)
    flagged(organisation, other)
    ended(organisation, first)
    second = flagged(organisation, tenancy)
    assert _refused(flagged, organisation, tenancy) == ["flag_set"]
    ended(organisation, second)
    third = flagged(organisation, tenancy)
    assert _refused(flagged, organisation, tenancy) == ["flag_set"]
    assert len({first, second, third}) == 3


def test_a_kind_of_debt_procedure_is_one_too_and_the_latest_says_since_when(organisation: int) -> None:
    tenancy, other, third = (offices.tenant(organisation, number) for number in (1, 2, 3))
    flagged(organisation, tenancy, Flag.DEBT_PROCEDURE, TODAY - 9 * _DAY)
    second = flagged(organisation, tenancy, Flag.WSNP, TODAY - 4 * _DAY)
    flagged(organisation, other, Flag.ADMINISTRATION)
    flagged(organisation, third, Flag.MORATORIUM, TODAY - _DAY)

    def columns(on: date = TODAY) -> list[list[int]]:
        with organisation_scope(organisation):
            return [column.tolist() for column in flags_and_begun(on, None)]

    day = day_number(TODAY)
    assert columns() == [[tenancy, other, third], [1 + 64, 2, 1 + 256], [day - 4, NO_DAY, day - 1]]
    assert columns(TODAY - 5 * _DAY) == [[tenancy], [1], [day - 9]]
    ended(organisation, second)
    assert columns()[1:] == [[1, 2, 1 + 256], [day - 9, NO_DAY, day - 1]]


def test_the_sentence_names_what_is_set(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    flagged(organisation, tenancy, Flag.BANKRUPTCY)
    with pytest.raises(NotFlagged, match="‘faillissement’ staat al vast"):
        flagged(organisation, tenancy, Flag.BANKRUPTCY)


def test_the_same_form_twice_is_one(organisation: int) -> None:
    tenancy, form = offices.tenant(organisation), uuid4()
    first = flagged(organisation, tenancy, asked_as=form)
    assert flagged(organisation, tenancy, Flag.DEATH, asked_as=form, actor="user:2") == first
    assert (_counts(), len(_events(tenancy))) == ([1, 0, 0, 0], 1)
    ended(organisation, first)
    assert flagged(organisation, tenancy, asked_as=form) == first


def test_it_ends_once(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    number = flagged(organisation, tenancy, begin_on=TODAY - 5 * _DAY)
    assert _refused(ended, organisation, number, TODAY + _DAY) == ["flag_end_future"]
    assert _refused(ended, organisation, number, TODAY - 6 * _DAY) == ["flag_end_early"]
    ended(organisation, number)
    assert _refused(ended, organisation, number) == ["flag_ended"]
    assert _counts() == [1, 0, 1, 0]


def test_a_refusal_keeps_nothing(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    assert _refused(flagged, organisation, tenancy, begin_on=TODAY + _DAY, note="tekst") == ["flag_future"]
    assert _refused(flagged, organisation, 999_999) == ["flag_tenancy_unknown"]
    assert _refused(ended, organisation, 999_999) == ["flag_unknown"]
    assert (_counts(), _events(tenancy)) == ([0] * 4, [])


def test_another_corporation_sees_nothing_and_ends_nothing(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    number = flagged(organisation, tenancy, note="tekst")
    other = create_organisation(name="Woonstichting Ander", slug="ander")
    with organisation_scope(other):
        assert (_counts(), flags_of(tenancy, TODAY), _bits()) == ([0] * 4, [], {})
        assert _refused(ended, other, number) == ["flag_unknown"]
        assert _refused(flagged, other, tenancy) == ["flag_tenancy_unknown"]


def test_as_of_hides_what_was_not_true_yet_and_known_at_what_was_not_known_yet(fresh_database: str) -> None:
    organisation = create_organisation(name="Woonstichting Proef", slug="proef")
    with organisation_scope(organisation):
        tenancy = offices.tenant(organisation)
        number = flagged(organisation, tenancy, begin_on=TODAY - 10 * _DAY)
        (begun,) = flags_of(tenancy, TODAY)
        ended(organisation, number, TODAY - 3 * _DAY)
        (over,) = flags_of(tenancy, TODAY)
        assert begun.recorded_at is not None
        assert over.end is not None
        before, between = begun.recorded_at - _DAY, begun.recorded_at
        assert flags_of(tenancy, TODAY - 11 * _DAY) == []
        assert [one.end for one in flags_of(tenancy, TODAY - 4 * _DAY)] == [None]
        assert [one.end is None for one in flags_of(tenancy, TODAY - 3 * _DAY)] == [False]
        assert flags_of(tenancy, TODAY, before) == []
        assert [one.end for one in flags_of(tenancy, TODAY, between)] == [None]
        held = {tenancy: FlagBit.ADMINISTRATION}
        assert [_bits(TODAY - away * _DAY) for away in (11, 10, 4, 3, 0)] == [{}, held, held, {}, {}]
        assert _bits(TODAY, None, known_at=before) == {}
        assert _bits(TODAY, None, known_at=between) == held


def test_the_columns_have_every_bit_of_the_tenancies_that_were_named(organisation: int) -> None:
    one, two, three = (offices.tenant(organisation, number) for number in (1, 2, 3))
    for kind in Flag:
        flagged(organisation, one, kind)
    flagged(organisation, three, Flag.VULNERABLE)
    every = FlagBit(sum(FLAG_BIT[kind].value for kind in Flag))
    assert _bits() == {one: every, three: FlagBit.VULNERABLE}
    assert _bits(TODAY, [two, three]) == {three: FlagBit.VULNERABLE}
    assert _bits(TODAY, [two]) == {}
    assert _bits(TODAY, []) == {}


_DIED = TODAY - 3 * _DAY


def _tenant_who_died(organisation: int, **party: object) -> int:
    tenancy = offices.tenant(organisation)
    details = {"tenancy_key": "100001", "person_key": "R9", "role": "MDH", "begin_on": date(2024, 1, 1)}
    load(
        organisation_id=organisation,
        records=[
            PersonDraft("R9", "NAT", "Vries", "de", "K.", died_on=_DIED),
            PartyDraft(**details | party),  # type: ignore[arg-type]
        ],
        actor="test",
        on=TODAY,
    )
    return tenancy


def test_a_tenant_who_died_by_the_source_sets_the_bit_without_anybody(organisation: int) -> None:
    tenancy = _tenant_who_died(organisation)
    death = {tenancy: FlagBit.DEATH}
    assert [_bits(day) for day in (_DIED - _DAY, _DIED, TODAY)] == [{}, death, death]
    assert _bits(TODAY, [tenancy]) == death
    (found,) = flags_of(tenancy, TODAY)
    assert (found.id, found.kind, found.begin_on, found.learned_from, found.actor) == (
        None,
        Flag.DEATH,
        _DIED,
        LearnedFrom.SOURCE_SYSTEM,
        "",
    )
    assert flags_of(tenancy, _DIED - _DAY) == []
    number = flagged(organisation, tenancy, Flag.DEATH)
    assert _bits() == death
    assert [one.id for one in flags_of(tenancy, TODAY)] == [None, number]
    ended(organisation, number)
    assert _bits() == death, "the source still says so"


@pytest.mark.parametrize(
    "party",
    [
        {"role": "BWV"},
        {"begin_on": TODAY + _DAY},
        {"end_on": TODAY - _DAY},
    ],
)
def test_who_is_no_tenant_on_the_day_sets_nothing(organisation: int, party: dict[str, object]) -> None:
    tenancy = _tenant_who_died(organisation, **party)
    assert (_bits(), flags_of(tenancy, TODAY)) == ({}, [])


def test_a_tenant_who_rented_to_the_end_of_the_lease_counts_after_it(organisation: int) -> None:
    tenancy = _tenant_who_died(organisation, end_on=TODAY - _DAY)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE tenancies_tenancy SET end_on = %s WHERE id = %s", [TODAY - _DAY, tenancy])
    assert _bits() == {tenancy: FlagBit.DEATH}


def test_a_death_that_the_source_reports_later_touches_the_tenancy(organisation: int) -> None:
    """So that whoever loads it asks for a new evaluation: a death changes no name."""
    tenancy = offices.tenant(organisation)
    person = PersonDraft(
        "R100001", "NAT", "Vries", "de", "M.", "Mevrouw", died_on=_DIED,
        email="m1@voorbeeld.example", phone="06 12345678",
    )  # fmt: skip
    for touched in ({tenancy}, set()):
        loaded = load(organisation_id=organisation, records=[person], actor="test", on=TODAY)
        assert loaded.touched == touched


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(list(Flag)), st.integers(0, 9), st.integers(0, 9)), max_size=8))
def test_the_columns_say_on_each_day_what_the_list_says(
    organisation: int, made: list[tuple[Flag, int, int]]
) -> None:
    """One query over many tenancies and the list of one tenancy are the same rule."""
    with transaction.atomic():
        tenancy = offices.tenant(organisation)
        for kind, begin, length in made:
            begin_on = TODAY - 12 * _DAY + begin * _DAY
            try:
                number = flagged(organisation, tenancy, kind, begin_on)
            except NotFlagged:
                continue
            if length < 7 and begin_on + length * _DAY <= TODAY:
                ended(organisation, number, begin_on + length * _DAY)
        for away in range(-1, 14):
            day = TODAY - away * _DAY
            held = [one for one in flags_of(tenancy, day) if one.holds(day)]
            bits = FlagBit(0)
            for one in held:
                bits |= FLAG_BIT[one.kind]
                if one.kind in PROCEDURES:
                    bits |= FlagBit.DEBT_PROCEDURE
            assert _bits(day).get(tenancy, FlagBit(0)) == bits
        transaction.set_rollback(True)


def test_what_a_person_wrote_can_be_erased_and_the_facts_stay(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    ended(organisation, flagged(organisation, tenancy, note="tekst"), note="reden")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM tenancies_tenancyflagtext; DELETE FROM tenancies_tenancyflagendtext")
    (found,) = flags_of(tenancy, TODAY)
    assert found.end is not None
    assert (found.note, found.end.note) == ("", "")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE tenancies_tenancyflag SET actor = 'x'",
        "DELETE FROM tenancies_tenancyflag",
        "UPDATE tenancies_tenancyflagend SET end_on = end_on + 1",
        "DELETE FROM tenancies_tenancyflagend",
        "UPDATE tenancies_tenancyflagtext SET text = 'x'",
        "UPDATE tenancies_tenancyflagendtext SET text = 'x'",
    ],
)
def test_it_is_never_changed(organisation: int, statement: str) -> None:
    number = flagged(organisation, offices.tenant(organisation), note="tekst")
    ended(organisation, number, note="reden")
    assert _counts() == [1] * 4
    with pytest.raises(DatabaseError, match=r"append-only|permission denied"), transaction.atomic():
        _rows(statement)


@pytest.mark.parametrize("table", ["tenancyflag", "tenancyflagend"])
def test_the_owner_cannot_change_it_either(db: None, table: str) -> None:
    found = _rows(
        f"""SELECT tgname::text FROM pg_trigger WHERE tgrelid = 'tenancies_{table}'::regclass AND NOT tgisinternal
             ORDER BY 1"""
    )
    assert found == [(f"tenancies_{table}_append_only",), (f"tenancies_{table}_no_truncate",)]


_ALL = "organisation_id, tenancy_id, kind, begin_on, learned_from, follows_id, actor, asked_as"


def _copy(column: str, value: str) -> str:
    """A statement that writes the newest flag once more, with another form and one thing changed."""
    values = _ALL.replace("asked_as", "gen_random_uuid()").replace(column, value)
    return f"""INSERT INTO tenancies_tenancyflag ({_ALL}) SELECT {values} FROM tenancies_tenancyflag
                WHERE id = (SELECT max(id) FROM tenancies_tenancyflag) RETURNING id"""


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("begin_on", "begin_on - 1", "tenancies_flag_first"),
        ("kind", "'illness'", "tenancies_flag_kind"),
        ("learned_from", "'neighbour'", "tenancies_flag_learned_from"),
    ],
)
def test_the_database_refuses_what_cannot_be(organisation: int, column: str, value: str, rule: str) -> None:
    flagged(organisation, offices.tenant(organisation))
    with pytest.raises(DatabaseError, match=f'"{rule}"'), transaction.atomic():
        _rows(_copy(column, value))


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("follows_id", "NULL", "tenancies_flag_first"),
        ("begin_on", "begin_on", "tenancies_flag_followed_once"),
        ("kind", "'death'", "tenancies_flag_followed_once"),
        (
            "kind, begin_on, learned_from, follows_id",
            "'death', begin_on, learned_from, id",
            "follows_its_kind",
        ),
    ],
)
def test_the_database_keeps_the_chain_of_each_kind(
    organisation: int, column: str, value: str, rule: str
) -> None:
    """A second flag follows the end of the first; none can follow it too, nor stand beside it."""
    tenancy = offices.tenant(organisation)
    ended(organisation, flagged(organisation, tenancy))
    flagged(organisation, tenancy)
    with pytest.raises(DatabaseError, match=rule), transaction.atomic():
        _rows(_copy(column, value))


def test_the_database_lets_a_flag_follow_an_end_of_its_own_kind_only(organisation: int) -> None:
    number = flagged(organisation, offices.tenant(organisation))
    ended(organisation, number)
    wrong = _copy("kind, begin_on, learned_from, follows_id", f"'death', begin_on, learned_from, {number}")
    with pytest.raises(DatabaseError, match="tenancies_flag_follows_its_kind"), transaction.atomic():
        _rows(wrong)
    _rows(wrong.replace("'death'", "kind"))


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ("f.tenancy_id, f.kind, f.begin_on, f.begin_on - 1", "tenancies_flag_end_after_begin"),
        ("f.tenancy_id, 'death', f.begin_on, f.begin_on", "tenancies_flag_end_of_its_flag"),
        ("f.tenancy_id, f.kind, f.begin_on - 9, f.begin_on - 1", "tenancies_flag_end_of_its_flag"),
        ("o.id, f.kind, f.begin_on, f.begin_on", "tenancies_flag_end_of_its_flag"),
    ],
)
def test_the_database_refuses_an_end_that_is_not_of_its_flag(
    organisation: int, values: str, rule: str
) -> None:
    flagged(organisation, offices.tenant(organisation))
    offices.tenant(organisation, 2)
    with pytest.raises(DatabaseError, match=rule), transaction.atomic():
        _rows(
            f"""INSERT INTO tenancies_tenancyflagend
                    (organisation_id, flag_id, tenancy_id, kind, begin_on, end_on, learned_from, actor)
                SELECT f.organisation_id, f.id, {values}, 'tenant', 'user:1' FROM tenancies_tenancyflag f
                  JOIN tenancies_tenancy o ON o.id <> f.tenancy_id RETURNING flag_id"""
        )
