"""Of each kind at most one is open, also when two people say so at the same moment."""

from __future__ import annotations

from uuid import uuid4

from tests.letters import offices
from tests.tenancies.flagged import TODAY, ended, flagged

from one_after_the_other import one_after_the_other
from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.tenancies.flag_draft import NotFlagged
from tijdig.tenancies.queries_flags import flags_of


def _place() -> tuple[int, int]:
    organisation = create_organisation(name="Woonstichting Proef", slug="proef")
    with organisation_scope(organisation):
        return organisation, offices.tenant(organisation)


def test_two_who_set_the_same_set_one(fresh_database: str) -> None:
    organisation, tenancy = _place()

    def act() -> str:
        try:
            flagged(organisation, tenancy)
        except NotFlagged as refused:
            return refused.faults[0].code
        return "set"

    assert one_after_the_other(organisation, fresh_database, act) == ["set", "flag_set"]
    with organisation_scope(organisation):
        ended(organisation, flags_of(tenancy, TODAY)[0].id or 0)
    assert one_after_the_other(organisation, fresh_database, act) == ["set", "flag_set"]


def test_the_same_form_from_two_screens_is_one(fresh_database: str) -> None:
    organisation, tenancy = _place()
    form = uuid4()
    made = one_after_the_other(
        organisation, fresh_database, lambda: flagged(organisation, tenancy, asked_as=form, note="tekst")
    )
    with organisation_scope(organisation):
        assert made == [one.id for one in flags_of(tenancy, TODAY)] * 2


def test_two_who_end_it_end_it_once(fresh_database: str) -> None:
    organisation, tenancy = _place()
    number = flagged(organisation, tenancy)

    def act() -> str:
        try:
            ended(organisation, number)
        except NotFlagged as refused:
            return refused.faults[0].code
        return "ended"

    assert one_after_the_other(organisation, fresh_database, act) == ["ended", "flag_ended"]
