"""A second step: set up, used once, guessed at, renewed, taken away; for a colleague and for a partner's people."""

from __future__ import annotations

import pytest
from django.db import connection
from tests.entrance.comers import (
    AT,
    HALF_A_MINUTE,
    ON,
    PASSWORD,
    at_partner,
    code,
    colleague,
    with_second_step,
)

from tijdig.access.people import Person
from tijdig.access.scope import as_person
from tijdig.access.sessions import How
from tijdig.access.sign_in import Backend
from tijdig.entrance.actions_factor import (
    change_password,
    remove_second_factor,
    renew_recovery_codes,
    sealed_secret,
    set_second_factor,
    use_second_factor,
)
from tijdig.entrance.queries import factor_of, stamp_of
from tijdig.entrance.values import NotDone

LATER = AT + HALF_A_MINUTE


@pytest.fixture(params=["colleague", "partner"])
def person(request: pytest.FixtureRequest, organisation: int) -> Person:
    return colleague(organisation) if request.param == "colleague" else at_partner(f"p-{organisation}")


def _use(person: Person, typed: str, at: object = LATER) -> How | None:
    return use_second_factor(person=person, typed=typed, at=at, on=ON)  # type: ignore[arg-type]


def _seen(person: Person, query: str) -> list[tuple[object, ...]]:
    with as_person(person), connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def _verbs(person: Person) -> list[object]:
    table = "entrance_partneract" if person.partner_id else "history_event"
    return [verb for (verb,) in _seen(person, f"SELECT verb FROM {table} ORDER BY id")]


def test_a_code_is_right_once(person: Person) -> None:
    secret, _ = with_second_step(person)
    assert _use(person, code(secret, LATER)) is How.CODE
    assert _use(person, code(secret, LATER)) is None


def test_the_code_that_set_it_up_does_not_sign_in(person: Person) -> None:
    secret, _ = with_second_step(person)
    assert _use(person, code(secret, AT), AT) is None


def test_a_recovery_code_is_right_once_however_it_is_typed(person: Person) -> None:
    _, codes = with_second_step(person)
    assert _use(person, codes[3].lower().replace("-", " ")) is How.RECOVERY
    assert _use(person, codes[3]) is None
    assert factor_of(person).codes_left == 9  # type: ignore[union-attr]
    assert _verbs(person) == ["second_factor_set", "recovery_code_used"]


def test_neither_the_secret_nor_a_recovery_code_stands_in_the_database(person: Person) -> None:
    secret, codes = with_second_step(person)
    kept = str(_seen(person, "SELECT to_jsonb(f)::text FROM entrance_secondfactor f")) + str(
        _seen(person, "SELECT to_jsonb(c)::text FROM entrance_recoverycode c")
    )
    assert [one for one in (secret, *codes, *(c.replace("-", "") for c in codes)) if one in kept] == []


def test_five_wrong_codes_shut_out_the_right_one_and_the_password(person: Person) -> None:
    secret, codes = with_second_step(person)
    assert [_use(person, "000000") for _ in range(5)] == [None] * 5
    assert _use(person, code(secret, LATER)) is None
    assert _use(person, codes[0]) is None
    email = _seen(person, f"SELECT email FROM access_user WHERE id = {person.id}")[0][0]
    assert Backend().authenticate(None, str(email), PASSWORD) is None


def test_the_right_password_does_not_forget_wrong_codes(person: Person) -> None:
    """Or whoever has the password could guess for ever: four codes, the password, four codes."""
    secret, _ = with_second_step(person)
    email = str(_seen(person, f"SELECT email FROM access_user WHERE id = {person.id}")[0][0])
    for _ in range(4):
        assert _use(person, "000000") is None
    assert Backend().authenticate(None, email, PASSWORD) is not None
    assert _use(person, "000000") is None
    assert _use(person, code(secret, LATER)) is None


def test_a_wrong_code_sets_nothing_up(person: Person) -> None:
    with pytest.raises(NotDone):
        set_second_factor(person=person, sealed=sealed_secret(), code="000000", at=AT, on=ON, keep=None)
    assert factor_of(person) is None


@pytest.mark.parametrize("sealed", ["", "niet verzegeld"])
def test_what_was_not_sealed_here_sets_nothing_up(person: Person, sealed: str) -> None:
    with pytest.raises(NotDone):
        set_second_factor(person=person, sealed=sealed, code="000000", at=AT, on=ON, keep=None)


def test_a_second_one_is_refused(person: Person) -> None:
    with_second_step(person)
    with pytest.raises(NotDone, match="al een tweede stap"):
        with_second_step(person)


def test_new_recovery_codes_make_the_old_ones_worthless(person: Person) -> None:
    _, old = with_second_step(person)
    new = renew_recovery_codes(person=person, password=PASSWORD, on=ON)
    assert _use(person, old[0]) is None
    assert _use(person, new[0]) is How.RECOVERY


def test_it_is_taken_away_with_the_password_only(person: Person) -> None:
    with_second_step(person)
    before = stamp_of(person)
    with pytest.raises(NotDone):
        remove_second_factor(person=person, password="fout", on=ON, keep=None)
    assert factor_of(person) is not None
    remove_second_factor(person=person, password=PASSWORD, on=ON, keep=None)
    assert factor_of(person) is None
    assert stamp_of(person) > before
    assert _verbs(person)[-1] == "second_factor_removed"


def test_who_guesses_the_password_at_an_open_screen_is_shut_out(person: Person) -> None:
    with_second_step(person)
    for _ in range(5):
        with pytest.raises(NotDone):
            remove_second_factor(person=person, password="fout", on=ON, keep=None)
    with pytest.raises(NotDone):
        remove_second_factor(person=person, password=PASSWORD, on=ON, keep=None)


@pytest.mark.parametrize("wanted", ["kort", "x" * 11, "y" * 201])
def test_a_password_that_is_too_short_or_too_long_is_refused(person: Person, wanted: str) -> None:
    with pytest.raises(NotDone):
        change_password(person=person, password=PASSWORD, wanted=wanted, on=ON, keep=None)


def test_another_password_ends_every_session(person: Person) -> None:
    before = stamp_of(person)
    change_password(person=person, password=PASSWORD, wanted="vier gewone woorden samen", on=ON, keep=None)
    assert stamp_of(person) == before + 1
    email = str(_seen(person, f"SELECT email FROM access_user WHERE id = {person.id}")[0][0])
    assert Backend().authenticate(None, email, PASSWORD) is None
    assert Backend().authenticate(None, email, "vier gewone woorden samen") is not None


def test_another_corporation_sees_nothing_of_it(organisation: int) -> None:
    from tijdig.access.actions import create_organisation

    with_second_step(colleague(organisation))
    stranger = colleague(create_organisation(name="Andere", slug=f"a-{organisation}"), name="bert")
    for table in ("secondfactor", "recoverycode"):
        assert _seen(stranger, f"SELECT 1 FROM entrance_{table}") == []
