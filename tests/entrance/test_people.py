"""A link works once and for a while, nobody raises themselves, and one who keeps people is always left."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from tests.entrance.comers import AT, ON, PASSWORD, at_partner, colleague, with_second_step

from tijdig.access.actions import create_organisation
from tijdig.access.people import Person
from tijdig.access.scope import as_person
from tijdig.access.sign_in import Backend, person_of
from tijdig.entrance.actions_accept import accept
from tijdig.entrance.actions_people import (
    change_member,
    invite,
    renewal,
    set_house,
    switch_off,
    switch_on,
    withdraw,
    without_second_step,
)
from tijdig.entrance.queries import factor_of, house_of, stamp_of
from tijdig.entrance.queries_people import invitation_of, invitations, members
from tijdig.entrance.values import NotDone

WEEK = timedelta(days=7)
WORDS = "vier gewone woorden samen"


@pytest.fixture(params=["administrator", "partner_lead"])
def keeper(request: pytest.FixtureRequest, organisation: int) -> Person:
    if request.param == "administrator":
        return colleague(organisation, "administrator", "beheer")
    return at_partner(f"p-{organisation}", name="leiding")


def _role(keeper: Person) -> str:
    return "partner" if keeper.partner_id else "consultant"


def _invited(keeper: Person, email: str = "nieuw@proef.test", role: str = "") -> tuple[int, str]:
    return invite(person=keeper, email=email, role=role or _role(keeper), region="", at=AT, on=ON)


def _accepted(token: str, name: str = "Nieuw Mens", password: str = WORDS) -> Person:
    found = invitation_of(token, AT)
    assert found is not None
    return accept(invited=found, name=name, password=password, at=AT, on=ON)


def _another(keeper: Person, role: str = "", name: str = "ander") -> Person:
    if keeper.partner_id:
        return at_partner(f"q-{keeper.id}", role or "partner", keeper.partner_id, name)
    return colleague(keeper.organisation_id, role or "consultant", name)


def _stored(keeper: Person, query: str) -> list[tuple[object, ...]]:
    with as_person(keeper), connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def test_a_link_makes_an_account_with_the_role_that_was_given(keeper: Person) -> None:
    _, token = _invited(keeper)
    made = _accepted(token)
    assert (made.role, made.organisation_id, made.partner_id) == (
        _role(keeper),
        keeper.organisation_id,
        keeper.partner_id,
    )
    assert Backend().authenticate(None, "nieuw@proef.test", WORDS).pk == made.id  # type: ignore[union-attr]


def test_a_link_works_once(keeper: Person) -> None:
    _, token = _invited(keeper)
    found = invitation_of(token, AT)
    _accepted(token)
    assert invitation_of(token, AT) is None
    with pytest.raises(NotDone, match="al gebruikt"):
        accept(invited=found, name="Nog Een", password=WORDS, at=AT, on=ON)  # type: ignore[arg-type]


@pytest.mark.parametrize(("later", "works"), [(WEEK - timedelta(minutes=1), True), (WEEK, False)])
def test_a_link_works_for_seven_days(keeper: Person, later: timedelta, works: bool) -> None:
    _, token = _invited(keeper)
    assert (invitation_of(token, AT + later) is not None) is works


def test_a_link_that_is_withdrawn_or_followed_by_another_works_no_more(keeper: Person) -> None:
    pk, first = _invited(keeper)
    withdraw(person=keeper, invitation_id=pk, at=AT, on=ON)
    _, second = _invited(keeper)
    _, third = _invited(keeper)
    assert [invitation_of(one, AT) is not None for one in (first, second, third)] == [False, False, True]
    assert len(invitations(keeper, AT)) == 1


def test_the_link_itself_is_not_kept(keeper: Person) -> None:
    _, token = _invited(keeper)
    assert token not in str(_stored(keeper, "SELECT to_jsonb(i)::text FROM entrance_invitation i"))


@pytest.mark.parametrize("token", ["", "x", "geen-token"])
def test_another_link_is_nobodys(keeper: Person, token: str) -> None:
    _invited(keeper)
    assert invitation_of(token, AT) is None


@pytest.mark.parametrize("email", ["", "geen adres", "a@", "@b.nl", "a" * 250 + "@proef.test"])
def test_who_has_no_address_is_not_invited(keeper: Person, email: str) -> None:
    with pytest.raises(NotDone, match="geen e-mailadres"):
        _invited(keeper, email)


@pytest.mark.parametrize("role", ["", "directeur"])
def test_a_role_that_is_none_is_not_given(keeper: Person, role: str) -> None:
    with pytest.raises(NotDone):
        invite(person=keeper, email="x@proef.test", role=role, region="", at=AT, on=ON)


def test_a_role_of_another_kind_of_house_is_not_given(keeper: Person) -> None:
    for role in ("administrator", "consultant") if keeper.partner_id else ("partner", "partner_lead"):
        with pytest.raises(NotDone):
            _invited(keeper, role=role)
        with pytest.raises(NotDone):
            change_member(person=keeper, user_id=_another(keeper, name=role).id, role=role, region="", on=ON)


def test_an_address_with_an_account_elsewhere_is_told_to_who_accepts_only(keeper: Person) -> None:
    elsewhere = colleague(create_organisation(name="Andere", slug=f"a-{keeper.id}"), name="bekend")
    _, token = _invited(keeper, f"bekend.{elsewhere.organisation_id}@proef.test")
    with pytest.raises(NotDone, match="al een account"):
        _accepted(token)


@pytest.mark.parametrize(
    ("name", "password"), [("", WORDS), ("Nieuw", "kort"), ("Nieuw", "nieuw@proef.test")]
)
def test_without_a_name_or_a_good_password_there_is_no_account(
    keeper: Person, name: str, password: str
) -> None:
    _, token = _invited(keeper)
    with pytest.raises(NotDone):
        _accepted(token, name, password)
    assert invitation_of(token, AT) is not None


def test_another_role_ends_the_sessions_of_that_person(keeper: Person) -> None:
    other = _another(keeper)
    before = stamp_of(other)
    change_member(person=keeper, user_id=other.id, role=keeper.role, region="", on=ON)
    assert (person_of(other.id).role, stamp_of(other)) == (keeper.role, before + 1)  # type: ignore[union-attr]


def test_who_is_switched_off_is_nobody_until_switched_on(keeper: Person) -> None:
    other = _another(keeper)
    switch_off(person=keeper, user_id=other.id, at=AT, on=ON)
    assert person_of(other.id) is None
    switch_on(person=keeper, user_id=other.id, on=ON)
    assert person_of(other.id) is not None


def test_nobody_changes_themselves(keeper: Person) -> None:
    for act in (
        lambda: change_member(person=keeper, user_id=keeper.id, role=keeper.role, region="x", on=ON),
        lambda: switch_off(person=keeper, user_id=keeper.id, at=AT, on=ON),
        lambda: without_second_step(person=keeper, user_id=keeper.id, on=ON),
        lambda: renewal(person=keeper, user_id=keeper.id, at=AT, on=ON),
    ):
        with pytest.raises(NotDone, match="Uzelf"):
            act()


def test_who_keeps_people_no_longer_changes_nobody(keeper: Person) -> None:
    """Two who take it from each other: the second finds that it is not theirs any more, so one is left."""
    second = _another(keeper, keeper.role, "tweede")
    switch_off(person=keeper, user_id=second.id, at=AT, on=ON)
    with pytest.raises(NotDone, match="uw rol"):
        switch_off(person=second, user_id=keeper.id, at=AT, on=ON)
    with pytest.raises(NotDone, match="uw rol"):
        _invited(second)


def test_who_keeps_no_people_changes_nobody_whatever_calls_it(keeper: Person) -> None:
    other = _another(keeper)
    with pytest.raises(NotDone, match="uw rol"):
        change_member(person=other, user_id=keeper.id, role=other.role, region="", on=ON)


def test_people_of_another_house_do_not_exist(keeper: Person) -> None:
    strangers = (
        colleague(create_organisation(name="Andere", slug=f"a-{keeper.id}"), name="vreemd"),
        at_partner(f"v-{keeper.id}", name="vreemde"),
    )
    for stranger in strangers:
        with pytest.raises(NotDone, match="is er niet"):
            switch_off(person=keeper, user_id=stranger.id, at=AT, on=ON)
    assert [one.id for one in members(keeper)] == [keeper.id]


def test_a_link_renews_the_password_and_leaves_the_second_step(keeper: Person) -> None:
    other = _another(keeper)
    with_second_step(other)
    token = renewal(person=keeper, user_id=other.id, at=AT, on=ON)
    before = stamp_of(other)
    assert _accepted(token, "").id == other.id
    assert stamp_of(other) == before + 1
    assert factor_of(other) is not None
    email = str(_stored(keeper, f"SELECT email FROM access_user WHERE id = {other.id}")[0][0])
    assert Backend().authenticate(None, email, PASSWORD) is None
    assert Backend().authenticate(None, email, WORDS) is not None


def test_a_renewal_of_who_was_switched_off_since_works_no_more(keeper: Person) -> None:
    other = _another(keeper)
    token = renewal(person=keeper, user_id=other.id, at=AT, on=ON)
    switch_off(person=keeper, user_id=other.id, at=AT, on=ON)
    assert invitation_of(token, AT) is None


def test_who_lost_the_telephone_is_helped(keeper: Person) -> None:
    other = _another(keeper)
    with_second_step(other)
    without_second_step(person=keeper, user_id=other.id, on=ON)
    assert factor_of(other) is None


def test_a_second_step_is_asked_of_all_by_who_has_one(keeper: Person) -> None:
    other = _another(keeper)
    with pytest.raises(NotDone, match="eerst zelf"):
        set_house(person=keeper, required=True, idle_minutes=30, on=ON)
    with_second_step(keeper)
    kept, ended = stamp_of(keeper), stamp_of(other)
    set_house(person=keeper, required=True, idle_minutes=30, on=ON)
    assert (stamp_of(keeper), stamp_of(other)) == (kept, ended + 1)
    assert (house_of(other).second_factor_required, house_of(other).idle_minutes) == (True, 30)
    with pytest.raises(NotDone):
        set_house(person=keeper, required=True, idle_minutes=0, on=ON)


def test_every_act_is_in_history_with_who_did_it(keeper: Person) -> None:
    pk, _ = _invited(keeper)
    withdraw(person=keeper, invitation_id=pk, at=AT, on=ON)
    other = _another(keeper)
    change_member(person=keeper, user_id=other.id, role=keeper.role, region="", on=ON)
    renewal(person=keeper, user_id=other.id, at=AT, on=ON)
    switch_off(person=keeper, user_id=other.id, at=AT, on=ON)
    switch_on(person=keeper, user_id=other.id, on=ON)
    set_house(person=keeper, required=False, idle_minutes=60, on=ON)
    table = "entrance_partneract" if keeper.partner_id else "history_event"
    written = _stored(keeper, f"SELECT actor, verb FROM {table} ORDER BY id")
    assert written == [
        (f"user:{keeper.id}", verb)
        for verb in (
            "person_invited",
            "invitation_withdrawn",
            "person_changed",
            "password_link_made",
            "person_switched_off",
            "person_switched_on",
            "sign_in_rules_set",
        )
    ]
