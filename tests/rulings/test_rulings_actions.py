"""A ruling is made once, with its history and a mark, and never changed; it is ended once, or replaced by a newer one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from tests.letters import offices
from tests.rulings.decided import (
    CODES,
    HAND_OVER,
    LATER,
    NOON,
    OTHER,
    PAUSE,
    SKIP,
    TODAY,
    UNTIL,
    draft,
    ruled,
    stopped,
)

from tijdig.access.actions import create_organisation
from tijdig.access.scope import broken_rule, organisation_scope
from tijdig.history.queries import Happening, of_subject
from tijdig.rulings.actions import NotRuled, lapse, rule
from tijdig.rulings.kinds import DEVIATIONS, Kind
from tijdig.rulings.queries import in_force, ruling, rulings_of
from tijdig.rulings.values import Ruling

DAY = timedelta(days=1)
_TABLES = ("ruling", "rulingtext", "ending", "endingtext")


def _rows(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def _counts() -> list[int]:
    return [int(_rows(f"SELECT count(*) FROM rulings_{table}")[0][0]) for table in _TABLES]  # type: ignore[call-overload]


def _events(tenancy: int) -> list[Happening]:
    return [one for one in of_subject(f"tenancy:{tenancy}") if one.verb.startswith("ruling_")]


def _clear_marks() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_dirty")


def _marks() -> list[tuple[object, ...]]:
    return _rows("SELECT tenancy_id, earliest_on, marks FROM ledger_dirty")


def _codes(refused: pytest.ExceptionInfo[NotRuled]) -> list[str]:
    return [one.code for one in refused.value.faults]


def _one(number: int) -> Ruling:
    found = ruling(number)
    assert found is not None
    return found


def test_a_ruling_comes_back_as_it_was_decided(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    number = ruled(organisation, tenancy, about="conference:12", reason="  Neemt niet op.  ")
    assert ruling(number) == Ruling(
        id=number,
        tenancy_id=tenancy,
        kind=Kind.OTHER,
        instead_of="call",
        do="visit",
        from_on=TODAY,
        until_on=UNTIL,
        actor="user:1",
        name="Samira de Boer",
        reason="Neemt niet op.",
        recorded_at=NOON,
        about="conference:12",
    )
    assert rulings_of(tenancy, TODAY) == in_force(TODAY) == [_one(number)]


def test_it_is_a_line_of_history_without_personal_text_in_its_facts(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    number = ruled(organisation, tenancy, about="conference:12")
    (event,) = _events(tenancy)
    assert (event.verb, event.actor, event.effective_on) == ("ruling_made", "user:1", TODAY)
    assert event.text == "Neemt de telefoon nooit op."
    assert event.facts == {
        "ruling": number,
        "kind": "other",
        "instead_of": "call",
        "do": "visit",
        "until_on": "2026-11-30",
        "about": "conference:12",
    }


def test_the_tenancy_is_marked_for_evaluation(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    _clear_marks()
    number = ruled(organisation, tenancy)
    assert _marks() == [(tenancy, TODAY, 1)]
    _clear_marks()
    stopped(organisation, number, on=TODAY + DAY)
    assert _marks() == [(tenancy, TODAY + DAY, 1)]


def test_the_same_form_twice_is_one_ruling(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    form = uuid4()
    first = ruled(organisation, tenancy, asked_as=form)
    stopped(organisation, first)
    _clear_marks()
    later = TODAY + timedelta(days=90)  # long after it could be decided for the first time
    assert ruled(organisation, tenancy, asked_as=form, on=later, **PAUSE) == first
    assert (_counts(), len(_events(tenancy)), _marks()) == ([1, 1, 1, 1], 2, [])
    assert ruled(organisation, tenancy) != first


def test_two_corporations_may_have_the_same_form(organisation: int) -> None:
    form = uuid4()
    first = ruled(organisation, offices.tenant(organisation), asked_as=form)
    other = create_organisation(name="Woonstichting Ander", slug="ander")
    with organisation_scope(other):
        assert ruled(other, offices.tenant(other, 2), asked_as=form) != first


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({"instead_of": "dance"}, ["instead_unknown"]),
        ({"until_on": TODAY - DAY, "reason": ""}, ["until_past", "reason_missing"]),
        ({"name": " "}, ["name_missing"]),
    ],
)
def test_a_refusal_keeps_nothing(organisation: int, changed: dict[str, object], codes: list[str]) -> None:
    tenancy = offices.tenant(organisation)
    ruled(organisation, tenancy)
    before = (_counts(), len(_events(tenancy)))
    _clear_marks()
    with pytest.raises(NotRuled) as refused:
        ruled(organisation, tenancy, **changed)  # type: ignore[arg-type]
    assert _codes(refused) == codes
    assert str(refused.value) == " ".join(one.sentence for one in refused.value.faults)
    assert ((_counts(), len(_events(tenancy))), _marks()) == (before, [])


def test_a_tenancy_that_is_not_there_is_refused(organisation: int) -> None:
    with pytest.raises(NotRuled) as refused:
        ruled(organisation, 999_999)
    assert _codes(refused) == ["tenancy_unknown"]


def test_another_corporation_sees_nothing_and_can_end_nothing(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    number = ruled(organisation, tenancy)
    other = create_organisation(name="Woonstichting Ander", slug="ander")
    with organisation_scope(other):
        assert _counts() == [0] * 4
        assert (in_force(TODAY), rulings_of(tenancy, TODAY), ruling(number)) == ([], [], None)
        for act in (lambda: stopped(other, number), lambda: ruled(other, tenancy)):
            with pytest.raises(NotRuled) as refused:
                act()
            assert _codes(refused) in (["ruling_unknown"], ["tenancy_unknown"])


@pytest.mark.parametrize(
    ("first", "second", "replaces"),
    [
        (OTHER, LATER, True),
        (SKIP, OTHER, True),
        (PAUSE, PAUSE, True),
        (HAND_OVER, {"kind": Kind.ARRANGE, "instead_of": "", "do": ""}, True),
        (OTHER, LATER | {"instead_of": "visit"}, False),
        (OTHER, PAUSE, False),
        (PAUSE, HAND_OVER, False),
        (HAND_OVER, PAUSE, False),
    ],
)
def test_a_new_one_of_the_same_place_ends_the_earlier_one(
    organisation: int, first: dict[str, object], second: dict[str, object], replaces: bool
) -> None:
    tenancy = offices.tenant(organisation)
    earlier = ruled(organisation, tenancy, **first)
    on = TODAY + 3 * DAY
    newer = ruled(organisation, tenancy, on=on, actor="user:2", **second)
    assert [one.id for one in in_force(on)] == ([newer] if replaces else [earlier, newer])
    was = _one(earlier)
    assert (was.ended_on, was.ended_by, was.ended_reason) == (
        (on, "user:2", "vervangen") if replaces else (None, "", "")
    )
    if replaces:
        assert [(one.verb, one.text) for one in _events(tenancy)][:2] == [
            ("ruling_made", "Neemt de telefoon nooit op."),
            ("ruling_ended", "vervangen"),
        ]
        assert [one.id for one in in_force(on - DAY)] == [earlier]


def test_one_of_another_tenancy_stays(organisation: int) -> None:
    first = ruled(organisation, offices.tenant(organisation))
    second = ruled(organisation, offices.tenant(organisation, 2))
    assert [one.id for one in in_force(TODAY)] == [first, second]


def test_one_that_is_over_is_not_ended_again(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    over = ruled(organisation, tenancy, until_on=TODAY)
    newer = ruled(organisation, tenancy, on=TODAY + DAY)
    assert _one(over).ended_on is None
    assert [one.id for one in in_force(TODAY + DAY)] == [newer]


def test_it_is_ended_once_with_a_reason(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    number = ruled(organisation, tenancy)
    stopped(organisation, number, actor="user:2", reason="  Belt nu zelf. ", on=TODAY + DAY, now=NOON + DAY)
    was = _one(number)
    assert (was.ended_on, was.ended_by, was.ended_reason) == (TODAY + DAY, "user:2", "Belt nu zelf.")
    assert ([one.id for one in in_force(TODAY)], in_force(TODAY + DAY)) == ([number], [])
    event = _events(tenancy)[0]
    assert (event.verb, event.actor, event.effective_on, event.text) == (
        "ruling_ended",
        "user:2",
        TODAY + DAY,
        "Belt nu zelf.",
    )
    assert event.facts == {"ruling": number, "kind": "other", "until_on": "2026-11-30"}
    with pytest.raises(NotRuled) as refused:
        stopped(organisation, number)
    assert _codes(refused) == ["ended_already"]
    assert "03-11-2026" in str(refused.value)


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"reason": " "}, "end_reason_missing"), ({"on": UNTIL + DAY}, "over_already")],
)
def test_what_cannot_be_ended_stays(organisation: int, changed: dict[str, object], code: str) -> None:
    number = ruled(organisation, offices.tenant(organisation))
    with pytest.raises(NotRuled) as refused:
        stopped(organisation, number, **changed)  # type: ignore[arg-type]
    assert (_codes(refused), _counts()) == ([code], [1, 1, 0, 0])


def test_one_that_is_not_there_cannot_be_ended(organisation: int) -> None:
    with pytest.raises(NotRuled) as refused:
        stopped(organisation, 999_999)
    assert _codes(refused) == ["ruling_unknown"]


def test_steps_are_those_of_the_caller(organisation: int) -> None:
    """A corporation has its own way of working: the codes come in."""
    given = {"organisation_id": organisation, "actor": "user:1", "name": "S", "now": NOON, "on": TODAY}
    own = replace(draft(), instead_of="koffie", do="thee")
    tenancy = offices.tenant(organisation)
    made = rule(**given, tenancy_id=tenancy, draft=own, codes={"koffie", "thee"}, asked_as=uuid4())  # type: ignore[arg-type]
    assert _one(made).do == "thee"
    with pytest.raises(NotRuled):
        rule(**given, tenancy_id=tenancy, draft=own, codes=CODES, asked_as=uuid4())  # type: ignore[arg-type]


def test_what_a_person_wrote_can_be_erased_and_the_facts_stay(organisation: int) -> None:
    number = ruled(organisation, offices.tenant(organisation))
    stopped(organisation, number)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM rulings_rulingtext; DELETE FROM rulings_endingtext")
    was = _one(number)
    assert (was.reason, was.ended_reason, was.ended_on, was.name) == ("", "", TODAY, "Samira de Boer")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE rulings_ruling SET until_on = until_on + 1",
        "DELETE FROM rulings_ruling",
        "UPDATE rulings_ending SET actor = 'x'",
        "DELETE FROM rulings_ending",
        "UPDATE rulings_rulingtext SET text = 'x'",
        "UPDATE rulings_endingtext SET text = 'x'",
    ],
)
def test_a_ruling_is_never_changed(organisation: int, statement: str) -> None:
    stopped(organisation, ruled(organisation, offices.tenant(organisation)))
    assert _counts() == [1] * 4
    with pytest.raises(DatabaseError, match=r"append-only|permission denied"), transaction.atomic():
        _rows(statement)


@pytest.mark.parametrize(
    ("table", "own"), [("ruling", "rulings_ruling_one_at_a_time"), ("ending", "rulings_ending_within")]
)
def test_the_owner_cannot_change_it_either(db: None, table: str, own: str) -> None:
    found = _rows(
        f"SELECT tgname::text FROM pg_trigger WHERE tgrelid = 'rulings_{table}'::regclass AND NOT tgisinternal"
    )
    assert {name for (name,) in found} == {
        own,
        f"rulings_{table}_append_only",
        f"rulings_{table}_no_truncate",
    }


_ALL = 'organisation_id, tenancy_id, kind, instead_of, "do", from_on, until_on, actor, name, asked_as, about'


def _copy(columns: str, values: str) -> str:
    """A statement that writes every ruling once more a year later, with another form and something changed."""
    plain = {one.strip(): one.strip() for one in _ALL.split(",")}
    plain |= {"from_on": "from_on + 365", "until_on": "until_on + 365", "asked_as": "gen_random_uuid()"}
    plain |= dict(zip(columns.split(), values.split(), strict=True))
    return f"INSERT INTO rulings_ruling ({_ALL}) SELECT {', '.join(plain.values())} FROM rulings_ruling RETURNING id"


def test_the_copy_itself_is_fine(organisation: int) -> None:
    """Else every refusal below would be of something else."""
    ruled(organisation, offices.tenant(organisation))
    assert len(_rows(_copy("", ""))) == 1


@pytest.mark.parametrize(
    ("columns", "values", "rule"),
    [
        ("asked_as", "asked_as", "once"),
        ('kind instead_of "do"', "'rest' '' ''", "kind"),
        ("instead_of", "''", "instead_of"),
        ('kind "do"', "'pause' ''", "instead_of"),
        ('kind "do"', "'help' ''", "instead_of"),
        ('"do"', "''", "do"),
        ('"do"', "instead_of", "do"),
        ("kind", "'skip'", "do"),
        ("until_on", "from_on+364", "days"),
        ("name", "''", "named"),
        ("actor", "''", "named"),
        ("about", "'conference'", "about"),
        ("about", "E'conference:1\\n'", "about"),
        ("from_on until_on", "from_on until_on", "one_at_a_time"),
        ("from_on until_on", "until_on until_on+5", "one_at_a_time"),
        ("from_on until_on", "from_on-5 from_on", "one_at_a_time"),
        ("tenancy_id", "tenancy_id+999999", "of_its_own"),
    ],
)
def test_the_database_refuses_what_cannot_be(organisation: int, columns: str, values: str, rule: str) -> None:
    ruled(organisation, offices.tenant(organisation))
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        _rows(_copy(columns, values))
    assert broken_rule(refused.value) == f"rulings_ruling_{rule}"


def test_a_tenancy_of_another_corporation_has_no_ruling_here(organisation: int) -> None:
    """A foreign key looks through the wall; the trigger does not."""
    tenancy = offices.tenant(organisation)
    other = create_organisation(name="Woonstichting Ander", slug="ander")
    with organisation_scope(other):
        ruled(other, offices.tenant(other, 2))
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            _rows(_copy("tenancy_id", f"{tenancy}"))
        assert broken_rule(refused.value) == "rulings_ruling_of_its_own"


@pytest.mark.parametrize("kind", [kind for kind in DEVIATIONS if kind is not Kind.PAUSE])
def test_the_database_keeps_one_deviation_a_step_also_of_another_kind(organisation: int, kind: Kind) -> None:
    ruled(organisation, offices.tenant(organisation))
    do = "'visit'" if kind is Kind.OTHER else "''"
    with pytest.raises(IntegrityError, match="another ruling holds"), transaction.atomic():
        _rows(_copy('kind "do" from_on until_on', f"'{kind}' {do} from_on until_on"))


def test_an_ended_one_leaves_its_place(organisation: int) -> None:
    number = ruled(organisation, offices.tenant(organisation))
    stopped(organisation, number, on=TODAY + DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        _rows(_copy("from_on until_on", "from_on until_on"))
    assert len(_rows(_copy("from_on until_on", "from_on+1 until_on"))) == 1


@pytest.mark.parametrize("day", ["from_on - 1", "until_on + 1"])
def test_the_database_keeps_an_ending_within_its_ruling(organisation: int, day: str) -> None:
    ruled(organisation, offices.tenant(organisation))
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        _rows(_ending(day))
    assert broken_rule(refused.value) == "rulings_ending_within"


def test_the_database_keeps_one_ending_a_ruling_and_says_by_whom(organisation: int) -> None:
    ruled(organisation, offices.tenant(organisation))
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        _rows(_ending("from_on", actor=""))
    assert broken_rule(refused.value) == "rulings_ending_by"
    _rows(_ending("from_on"))
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        _rows(_ending("until_on"))
    assert broken_rule(refused.value) == "rulings_ending_pkey"


def test_another_corporation_ends_nothing_past_the_wall(organisation: int) -> None:
    number = ruled(organisation, offices.tenant(organisation))
    other = create_organisation(name="Woonstichting Ander", slug="ander")
    with organisation_scope(other), pytest.raises(IntegrityError) as refused, transaction.atomic():
        _rows(
            f"""INSERT INTO rulings_ending (organisation_id, ruling_id, ended_on, actor)
                VALUES ({other}, {number}, '{TODAY}', 'x') RETURNING ruling_id"""
        )
    assert broken_rule(refused.value) == "rulings_ending_within"


def _ending(day: str, actor: str = "x") -> str:
    return f"""INSERT INTO rulings_ending (organisation_id, ruling_id, ended_on, actor)
               SELECT organisation_id, id, {day}, '{actor}' FROM rulings_ruling RETURNING ruling_id"""


def test_a_day_is_a_day_of_the_door(organisation: int) -> None:
    """Nothing here asks the clock: what is decided on a day in 2030 holds then."""
    on = date(2030, 1, 7)
    number = ruled(organisation, offices.tenant(organisation), on=on, until_on=on)
    assert [one.id for one in in_force(on)] == [number]


def test_what_was_decided_about_a_paid_debt_ends_and_protection_stays(organisation: int) -> None:
    tenancy, other = offices.tenant(organisation), offices.tenant(organisation, 2)
    decided, paused, later = (ruled(organisation, tenancy, **kind) for kind in (HAND_OVER, PAUSE, LATER))
    helped = ruled(organisation, other, kind=Kind.HELP, instead_of="", do="")
    elsewhere = ruled(organisation, offices.tenant(organisation, 3), **HAND_OVER)
    for _ in range(2):
        with organisation_scope(organisation):
            lapse(
                organisation_id=organisation,
                actor="system:evaluator",
                tenancy_ids=[tenancy, other],
                reason="Betaald.",
                on=TODAY + DAY,
            )
    assert [one.id for one in in_force(TODAY + DAY)] == [paused, later, helped, elsewhere]
    ended = _one(decided)
    assert (ended.ended_on, ended.ended_by, ended.ended_reason) == (
        TODAY + DAY,
        "system:evaluator",
        "Betaald.",
    )
    assert [one.verb for one in _events(tenancy)].count("ruling_ended") == 1
