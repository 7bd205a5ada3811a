"""What stops a hand-over stops it by every way in: the pages, the actions, the second yes, and a program's proposal."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.bailiff import partners
from tests.bailiff.partners import BY, SECOND, TODAY
from tests.one_after_the_other import one_after_the_other

from objections.heard import heard
from tijdig.access.actions import create_organisation
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.bailiff import actions_outside
from tijdig.bailiff.actions_file import agree, take_in
from tijdig.bailiff.actions_outside import BY_THE_PAGE, note_move
from tijdig.bailiff.actions_program import propose_hand_over
from tijdig.bailiff.kinds import Start
from tijdig.bailiff.queries import files_of, waiting
from tijdig.bailiff.queries_program import proposal_of
from tijdig.base.not_done import NotDone
from tijdig.cases.actions_flags import raise_flag
from tijdig.cases.legal_steps import faults
from tijdig.steps.kinds import Kind
from tijdig.steps.queries import steps_of
from tijdig.tenancies.flag_draft import FlagDraft
from tijdig.tenancies.flags import Flag, LearnedFrom

if TYPE_CHECKING:
    from doors import Corporation

Office = tuple[int, int, str]
STOPS: dict[str, str] = {  # what happened, and a word of the sentence that says so
    Flag.WSNP: "De Wsnp loopt",
    Flag.AMICABLE: "minnelijke schuldregeling",
    Flag.MORATORIUM: "moratorium",
    Flag.DEBT_PROCEDURE: "Er loopt een schuldregeling",
    Flag.BANKRUPTCY: "failliet",
    Flag.DEATH: "overleden",
    Flag.ADMINISTRATION: "Er is een bewindvoerder",
    "dispute": "bezwaar van de huurder",
    "no signal": "vroegsignaal",
}


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


def _office(organisation: int) -> Office:
    who = partners.partner()
    with organisation_scope(
        organisation
    ):  # a test is one transaction, and a partner is made in no corporation
        return who


def _happens(organisation: int, tenancy: int, stop: str) -> None:
    if stop == "dispute":
        heard(organisation, tenancy)
    elif stop != "no signal":
        draft = FlagDraft(
            tenancy_id=tenancy, kind=Flag(stop), begin_on=TODAY, learned_from=LearnedFrom.TENANT
        )
        raise_flag(organisation_id=organisation, actor="user:1", draft=draft, asked_as=uuid4(), on=TODAY)


def _refused(act: Callable[[], object]) -> str:
    with pytest.raises(NotDone) as refused:
        act()
    return str(refused.value)


def _posted(corporation: Corporation, address: str, given: dict[str, Any]) -> str:
    answer = corporation.signed_in(Role.TEAM_LEAD).post(address, given | {"formulier": str(uuid4())})
    assert answer.status_code == 400
    return answer.content.decode()


def _asked(corporation: Corporation, tenancy: int, who: Office) -> str:
    return _refused(lambda: partners.handed(corporation.organisation, tenancy, who[0], reason="Toch."))


def _asked_on_the_page(corporation: Corporation, tenancy: int, who: Office) -> str:
    given = {"wat": "draag", "deurwaarder": who[0], "reden": "ACH", "waarom": "Toch."}
    return _posted(corporation, f"/huurder/{tenancy}/overdracht", given)


def _second_yes(corporation: Corporation, tenancy: int, who: Office) -> str:
    with organisation_scope(corporation.organisation):
        (asked,) = waiting()
    return _refused(lambda: agree(organisation_id=corporation.organisation, hand_over_id=asked.id, **SECOND))


def _taken_in(corporation: Corporation, tenancy: int, who: Office) -> str:
    given: dict[str, Any] = {"start": Start.ARREARS, "reason": "Toch.", "asked_as": uuid4()} | BY
    return _refused(
        lambda: take_in(
            organisation_id=corporation.organisation, tenancy_id=tenancy, partner_id=who[0], **given
        )
    )


def _taken_in_on_the_page(corporation: Corporation, tenancy: int, who: Office) -> str:
    given = {"wat": "neem", "deurwaarder": who[0], "reden": "ACH", "waarom": "Toch."}
    return _posted(corporation, f"/huurder/{tenancy}/overdracht", given)


def _move(organisation: int, tenancy: int) -> None:
    note_move(
        organisation_id=organisation, tenancy_id=tenancy, kind=Kind.HANDED_OVER, remark="", asked_as=uuid4(), **BY
    )  # fmt: skip


def _outside(corporation: Corporation, tenancy: int, who: Office) -> str:
    return _refused(lambda: _move(corporation.organisation, tenancy))


def _outside_on_the_page(corporation: Corporation, tenancy: int, who: Office) -> str:
    return _posted(corporation, f"/huurder/{tenancy}/stap", {"wat": Kind.HANDED_OVER.value})


def _proposed(corporation: Corporation, tenancy: int, who: Office) -> str:
    propose_hand_over(
        organisation_id=corporation.organisation, actor="client:1", name="Dossiersysteem", tenancy_id=tenancy,
        partner_id=who[0], start=Start.ARREARS, asked_as=uuid4(), on=TODAY,
    )  # fmt: skip
    said = _asked(corporation, tenancy, who)
    with organisation_scope(corporation.organisation):
        assert proposal_of(tenancy) is not None  # it waits on
    return said


WAYS = {
    "asked": _asked,
    "asked on the page": _asked_on_the_page,
    "second yes": _second_yes,
    "taken in": _taken_in,
    "taken in on the page": _taken_in_on_the_page,
    "outside": _outside,
    "outside on the page": _outside_on_the_page,
    "proposed": _proposed,
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("stop", STOPS)
def test_no_way_in_goes_past_what_stops(corporation: Corporation, stop: str, way: str) -> None:
    organisation = corporation.organisation
    who = _office(organisation)
    # what was never done cannot come between two yeses: then the first is refused
    between = way == "second yes" and stop != "no signal"
    tenancy = partners.ready(organisation, visited=not between, signalled=stop != "no signal")
    there = way.startswith("taken in")
    if there:
        partners.went_outside(organisation, tenancy)
    if not way.startswith("outside"):
        partners.agreed(organisation, who)
    if between:
        partners.handed(organisation, tenancy, who[0], reason="De woning staat leeg.")
    _happens(organisation, tenancy, stop)
    refuse = _asked if way == "second yes" and not between else WAYS[way]
    assert STOPS[stop] in refuse(corporation, tenancy, who)
    with organisation_scope(organisation):
        assert files_of(tenancy) == []
        assert len(steps_of([tenancy], kinds=(Kind.HANDED_OVER,), as_of=TODAY)) == int(there)


def test_with_an_agreement_a_file_goes_by_its_page_alone(corporation: Corporation) -> None:
    organisation = corporation.organisation
    who = _office(organisation)
    tenancy = partners.ready(organisation)
    lead = corporation.signed_in(Role.TEAM_LEAD)
    assert 'value="handed_over"' in lead.get(f"/huurder/{tenancy}/stap").content.decode()
    partners.agreed(organisation, who)
    page = lead.get(f"/huurder/{tenancy}/stap").content.decode()
    assert BY_THE_PAGE in page and 'value="handed_over"' not in page
    form = {"wat": "handed_over", "formulier": str(uuid4())}
    assert BY_THE_PAGE in lead.post(f"/huurder/{tenancy}/stap", form).content.decode()
    assert _outside(corporation, tenancy, who) == BY_THE_PAGE
    with organisation_scope(organisation):
        assert steps_of([tenancy], kinds=(Kind.HANDED_OVER,), as_of=TODAY) == []


def test_without_an_agreement_it_is_written_down_that_it_went_and_came_back(corporation: Corporation) -> None:
    organisation = corporation.organisation
    tenancy = partners.ready(organisation)
    lead = corporation.signed_in(Role.TEAM_LEAD)
    for wat in ("handed_over", "handed_back"):
        form = {"wat": wat, "formulier": str(uuid4()), "opmerking": "Naar kantoor Maas."}
        assert lead.post(f"/huurder/{tenancy}/stap", form).status_code == 302
        assert lead.post(f"/huurder/{tenancy}/stap", form).status_code == 302  # the same form twice is one
    with organisation_scope(organisation):
        moves = steps_of([tenancy], kinds=(Kind.HANDED_OVER, Kind.HANDED_BACK), as_of=TODAY)
        assert [one.kind for one in moves] == [Kind.HANDED_OVER, Kind.HANDED_BACK]


def test_what_is_with_a_partner_does_not_come_back_past_the_file(corporation: Corporation) -> None:
    organisation = corporation.organisation
    who = _office(organisation)
    tenancy = partners.ready(organisation)
    partners.agreed(organisation, who)
    partners.handed(organisation, tenancy, who[0])
    with pytest.raises(NotDone, match="Haal het terug op de pagina Overdragen"):
        note_move(
            organisation_id=organisation, tenancy_id=tenancy, kind=Kind.HANDED_BACK, remark="", asked_as=uuid4(), **BY
        )  # fmt: skip


def test_of_two_forms_at_the_same_moment_one_hand_over_is_written(
    fresh_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    organisation = create_organisation(name="Woonstichting Proef", slug="proef")
    with organisation_scope(organisation):
        tenancy = partners.ready(organisation)
    only_once = "Het dossier is al bij de deurwaarder."
    monkeypatch.setattr(  # all that comes before a hand-over is done
        actions_outside,
        "faults",
        lambda kind, row: tuple(one for one in faults(kind, row) if one == only_once),
    )

    def hand_over() -> str:
        try:
            _move(organisation, tenancy)
        except NotDone as refused:
            return str(refused)
        return "written"

    assert one_after_the_other(organisation, fresh_database, hand_over) == ["written", only_once]
    with organisation_scope(organisation):
        assert len(steps_of([tenancy], kinds=(Kind.HANDED_OVER,), as_of=TODAY)) == 1
