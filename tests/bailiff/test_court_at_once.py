"""Two who decide about one eviction at the same moment: one is first, the other sees what that one did."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.bailiff import partners
from tests.bailiff.court import LEAD, LOOKED, OURS, TOLD, does, stands, to_judgment

from one_after_the_other import one_after_the_other
from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.bailiff import queries_stops
from tijdig.bailiff.track import Deed, Stage
from tijdig.base.not_done import NotDone

THIRD: dict[str, Any] = LEAD | {"actor": "user:3", "name": "Cas Kok", "role": "manager"}


@pytest.fixture
def proposed(fresh_database: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int, str]:
    """A file of which the eviction is proposed and the municipality knows: organisation, file, database."""
    monkeypatch.setattr(queries_stops, "sent_on", lambda *_: None)
    organisation = create_organisation(name="Woonstichting Proef", slug="proef")
    who = partners.partner()
    partners.agreed(organisation, who)
    with organisation_scope(organisation):
        tenancy = partners.ready(organisation)
    number = partners.handed(organisation, tenancy, who[0])
    assert number is not None
    to_judgment((organisation, tenancy, number, who))
    does(organisation, number, OURS, Deed.EVICTION_PROPOSED)
    does(organisation, number, OURS, Deed.MUNICIPALITY_TOLD, **TOLD)
    return organisation, number, fresh_database


def _says_yes(organisation: int, number: int, by: dict[str, Any]) -> Callable[[], str]:
    def act() -> str:
        try:
            does(organisation, number, by, Deed.EVICTION_AGREED, **LOOKED)
        except NotDone as refused:
            return refused.sentences[0]
        return "done"

    return act


def test_two_who_say_yes_at_once_are_a_first_and_a_second(proposed: tuple[int, int, str]) -> None:
    organisation, number, dsn = proposed
    ended = one_after_the_other(
        organisation, dsn, _says_yes(organisation, number, OURS), _says_yes(organisation, number, LEAD)
    )
    assert ended == ["done", "done"]
    track = stands(organisation, number)
    assert [one.actor for one in track.agreed] == ["user:1", "user:2"]
    assert track.stage is Stage.EVICTION_AGREED


def test_one_who_says_yes_twice_at_once_said_it_once(proposed: tuple[int, int, str]) -> None:
    organisation, number, dsn = proposed
    ended = one_after_the_other(organisation, dsn, _says_yes(organisation, number, OURS))
    assert ended == ["done", "U zei al ja. Een ander van de corporatie moet meebeslissen."]
    assert [one.actor for one in stands(organisation, number).agreed] == ["user:1"]


def test_two_consultants_at_once_are_not_enough(proposed: tuple[int, int, str]) -> None:
    organisation, number, dsn = proposed
    other = LEAD | {"role": "consultant"}
    ended = one_after_the_other(
        organisation, dsn, _says_yes(organisation, number, OURS), _says_yes(organisation, number, other)
    )
    assert ended == ["done", "Een van de twee is teamleider of manager. Laat een van hen meebeslissen."]
    assert len(stands(organisation, number).agreed) == 1


def test_of_two_who_would_be_the_second_one_is(proposed: tuple[int, int, str]) -> None:
    organisation, number, dsn = proposed
    assert _says_yes(organisation, number, OURS)() == "done"
    ended = one_after_the_other(
        organisation, dsn, _says_yes(organisation, number, LEAD), _says_yes(organisation, number, THIRD)
    )
    assert ended[0] == "done"
    assert "Dit kan nu niet: ontruiming besloten door twee mensen." in str(ended[1])
    assert [one.actor for one in stands(organisation, number).agreed] == ["user:1", "user:2"]
