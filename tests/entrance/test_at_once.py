"""Two at the same moment: one code signs in once, one link makes one account, one who keeps people is left."""

from __future__ import annotations

from datetime import timedelta

from tests.entrance.comers import AT, HALF_A_MINUTE, ON, code, colleague, with_second_step

from one_after_the_other import one_after_the_other
from tijdig.access.actions import create_organisation
from tijdig.access.sessions import How
from tijdig.entrance.actions_accept import accept
from tijdig.entrance.actions_factor import use_second_factor
from tijdig.entrance.actions_people import invite, switch_off
from tijdig.entrance.queries_people import invitation_of, members
from tijdig.entrance.values import NotDone

LATER = AT + HALF_A_MINUTE


def _refused(act: object) -> str:
    try:
        act()  # type: ignore[operator]
    except NotDone:
        return "refused"
    return "done"


def test_one_code_signs_in_once(fresh_database: str) -> None:
    organisation = create_organisation(name="Woonstichting Proef", slug="proef")
    person = colleague(organisation)
    secret, codes = with_second_step(person)
    for typed, how in ((code(secret, LATER), How.CODE), (codes[0], How.RECOVERY)):
        ended = one_after_the_other(
            organisation,
            fresh_database,
            lambda typed=typed: use_second_factor(person=person, typed=typed, at=LATER, on=ON),  # type: ignore[misc]
        )
        assert ended == [how, None]


def test_one_link_makes_one_account(fresh_database: str) -> None:
    organisation = create_organisation(name="Woonstichting Proef", slug="proef")
    keeper = colleague(organisation, "administrator", "beheer")
    _, token = invite(person=keeper, email="n@proef.test", role="manager", region="", at=AT, on=ON)
    invited = invitation_of(token, AT + timedelta(days=1))
    assert invited is not None

    def act() -> str:
        return _refused(
            lambda: accept(invited=invited, name="Nieuw", password="vier woorden samen", at=AT, on=ON)
        )

    assert one_after_the_other(organisation, fresh_database, act) == ["done", "refused"]
    assert len(members(keeper)) == 2


def test_two_who_switch_each_other_off_leave_one(fresh_database: str) -> None:
    organisation = create_organisation(name="Woonstichting Proef", slug="proef")
    one = colleague(organisation, "administrator", "een")
    two = colleague(organisation, "administrator", "twee")
    ended = one_after_the_other(
        organisation,
        fresh_database,
        lambda: _refused(lambda: switch_off(person=one, user_id=two.id, at=AT, on=ON)),
        lambda: _refused(lambda: switch_off(person=two, user_id=one.id, at=AT, on=ON)),
    )
    assert ended == ["done", "refused"]
    assert [member.is_active for member in members(one)] == [True, False]
