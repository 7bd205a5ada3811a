"""Two who do the same thing at the same moment: one objection, one answer."""

from __future__ import annotations

from uuid import uuid4

from tests.letters import offices
from tests.objections.heard import TODAY, answered, heard

from one_after_the_other import one_after_the_other
from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.objections.kinds import Outcome
from tijdig.objections.queries import objection, objections_of
from tijdig.objections.values import NotHeard


def _place() -> tuple[int, int]:
    organisation = create_organisation(name="Woonstichting Proef", slug="proef")
    with organisation_scope(organisation):
        return organisation, offices.tenant(organisation)


def test_the_same_form_from_two_screens_is_one_objection(fresh_database: str) -> None:
    organisation, tenancy = _place()
    form = uuid4()
    made = one_after_the_other(
        organisation, fresh_database, lambda: heard(organisation, tenancy, asked_as=form, words="tekst")
    )
    with organisation_scope(organisation):
        assert made == [one.id for one in objections_of(tenancy, TODAY)] * 2


def test_two_who_answer_answer_it_once(fresh_database: str) -> None:
    organisation, tenancy = _place()
    number = heard(organisation, tenancy)
    outcomes = [Outcome.UPHELD, Outcome.REJECTED]

    def act() -> str:
        try:
            answered(organisation, number, outcomes.pop(0))
        except NotHeard as refused:
            return refused.faults[0].code
        return "answered"

    assert one_after_the_other(organisation, fresh_database, act) == ["answered", "answered_already"]
    with organisation_scope(organisation):
        found = objection(number)
    assert found is not None
    assert found.answer is not None
    assert found.answer.outcome is Outcome.UPHELD
