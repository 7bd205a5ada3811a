"""Acts with legal effect: what must be done first, told as sentences, and written down once by a name."""

from __future__ import annotations

from uuid import UUID, uuid4

import numpy as np
import pytest
from tests.letters import offices

from tijdig.access.scope import organisation_scope
from tijdig.cases.actions_legal import NotDone, note_act, seen_now
from tijdig.cases.legal_steps import ACTS, faults, possible
from tijdig.policy.words import NAMED, Circumstance, Feature
from tijdig.steps.kinds import Kind
from tijdig.steps.queries import steps_of


def _row(**seen: int) -> np.ndarray:
    row = np.zeros(len(Feature), np.int64)
    ready = {
        "overdue_cents": 120_000,
        "decided": NAMED[Feature.DECIDED]["hand_over"],
        "fourteen_day_letter": 2,
        "early_signal": NAMED[Feature.EARLY_SIGNAL]["sent"],
        "contact_sought": 1,
        "days_since_offer": 30,
    }
    for name, value in {**ready, **seen}.items():
        row[Feature[name.upper()]] = value
    return row


def test_a_file_that_is_ready_may_be_handed_over() -> None:
    assert faults(Kind.HANDED_OVER, _row()) == ()


@pytest.mark.parametrize(
    ("seen", "word"),
    [
        ({"decided": 0}, "besluit iemand op naam"),
        ({"fourteen_day_letter": 1}, "veertiendagenbrief"),
        ({"early_signal": 1}, "vroegsignaal"),
        ({"circumstance": int(Circumstance.OBJECTION)}, "bezwaar"),
        ({"arrangement": 2}, "regeling"),
        ({"with_bailiff": 1}, "al bij de deurwaarder"),
        ({"overdue_cents": 0}, "niets open"),
    ],
)
def test_a_hand_over_names_what_is_missing(seen: dict[str, int], word: str) -> None:
    assert any(word in sentence for sentence in faults(Kind.HANDED_OVER, _row(**seen)))


def test_who_left_needs_no_signal_and_can_get_none() -> None:
    left = _row(departed=1, early_signal=0)
    assert faults(Kind.HANDED_OVER, left) == ()
    assert any("vertrokken" in one for one in faults(Kind.SIGNAL_SENT, left))
    assert set(possible(left)) == {Kind.HANDED_OVER}


@pytest.mark.parametrize(
    ("seen", "word"),
    [
        ({"early_signal": 0}, "brief"),
        ({"early_signal": 1, "days_since_offer": 13}, "14 dagen"),
        ({"early_signal": 1, "contact_sought": 0}, "persoonlijk contact"),
        ({"early_signal": 2}, "wil niet"),
        ({"early_signal": 3}, "al een vroegsignaal"),
    ],
)
def test_a_signal_follows_effort_offer_and_no_refusal(seen: dict[str, int], word: str) -> None:
    assert any(word in sentence for sentence in faults(Kind.SIGNAL_SENT, _row(**seen)))


def test_every_act_has_a_check_and_words() -> None:
    for kind in ACTS:
        assert ACTS[kind]
        faults(kind, _row())


def _note(organisation: int, tenancy: int, kind: Kind, asked_as: UUID) -> None:
    note_act(
        organisation_id=organisation,
        actor="user:1",
        name="An",
        tenancy_id=tenancy,
        kind=kind,
        remark="",
        asked_as=asked_as,
        on=offices.TODAY,
    )


def test_a_refusal_of_the_signal_is_written_once_and_seen_by_the_engine(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    form = uuid4()
    for _ in range(2):
        _note(organisation, tenancy, Kind.SIGNAL_OBJECTED, form)
    with organisation_scope(organisation):
        assert [one.kind for one in steps_of([tenancy], as_of=offices.TODAY)] == [Kind.SIGNAL_OBJECTED]
        row = seen_now(tenancy, offices.TODAY)
        assert row is not None
        assert row[Feature.EARLY_SIGNAL] == NAMED[Feature.EARLY_SIGNAL]["objected"]
    with pytest.raises(NotDone) as refused:
        _note(organisation, tenancy, Kind.HANDED_OVER, uuid4())
    assert len(refused.value.sentences) == 2  # no decision, no letter; the refusal of the signal counts
