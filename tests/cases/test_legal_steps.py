"""Acts with legal effect: what must be done first, told as sentences, and written down once by a name."""

from __future__ import annotations

from uuid import UUID, uuid4

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.letters import offices

from tijdig.access.scope import organisation_scope
from tijdig.base.not_done import NotDone
from tijdig.cases.actions_legal import note_act, seen_now
from tijdig.cases.legal_steps import ACTS, faults, possible
from tijdig.policy.document import Step, default_policy
from tijdig.policy.regions import boxes_of
from tijdig.policy.words import NAMED, Act, Circumstance, Feature, Hold
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
        ({"circumstance": int(Circumstance.DEATH)}, "overleden"),
        ({"circumstance": int(Circumstance.DEBT_PROCEDURE)}, "schuldregeling"),
        ({"circumstance": int(Circumstance.DEBT_PROCEDURE | Circumstance.WSNP)}, "De Wsnp loopt"),
        (
            {"circumstance": int(Circumstance.DEBT_PROCEDURE | Circumstance.AMICABLE)},
            "minnelijke schuldregeling",
        ),
        ({"circumstance": int(Circumstance.DEBT_PROCEDURE | Circumstance.MORATORIUM)}, "moratorium"),
        ({"circumstance": int(Circumstance.BANKRUPTCY)}, "failliet"),
        ({"paused": 1}, "pauze"),
        ({"hold": int(Hold.BANK_INCOMPLETE)}, "bankgegevens zijn niet compleet"),
        ({"hold": int(Hold.ON_HOLD)}, "aangehouden"),
        ({"hold": int(Hold.UNMATCHED_PAYMENT)}, "betaling"),
        ({"arrangement": 2}, "regeling"),
        ({"with_bailiff": 1}, "al bij de deurwaarder"),
        ({"overdue_cents": 0}, "niets open"),
    ],
)
def test_a_hand_over_names_what_is_missing(seen: dict[str, int], word: str) -> None:
    (sentence,) = faults(Kind.HANDED_OVER, _row(**seen))
    assert word in sentence


def test_all_that_stops_a_hand_over_is_told_at_once() -> None:
    stopped = _row(
        circumstance=int(Circumstance.DEATH | Circumstance.OBJECTION | Circumstance.VULNERABLE),
        paused=1,
        hold=int(Hold.BANK_INCOMPLETE | Hold.UNMATCHED_PAYMENT),
    )
    assert len(faults(Kind.HANDED_OVER, stopped)) == 5  # a vulnerable household is decided about, not stopped


@given(
    seen=st.fixed_dictionaries(
        {
            "circumstance": st.integers(0, sum(Circumstance)),
            "hold": st.integers(0, sum(Hold)),
            "paused": st.integers(0, 1),
            "departed": st.integers(0, 1),
        }
    )
)
def test_a_hand_over_that_the_way_of_working_would_not_ask_is_refused(seen: dict[str, int]) -> None:
    """The shipped steps ahead of the hand-over and what a person may write down say the same."""
    row, policy = (
        _row(**seen, open_cents=120_000, talked_in_arrears=1, days_in_arrears=60, days_overdue=60),
        default_policy(),
    )
    asked = next(step for step in policy.steps if _fits(row, step))
    assert (asked.do is Act.HAND_OVER) == (faults(Kind.HANDED_OVER, row) == ())


def _fits(row: np.ndarray, step: Step) -> bool:
    return any(
        all(
            low <= (int(bool(row[feature] & flag)) if flag else row[feature]) <= high
            for (feature, flag), (low, high) in box.items()
        )
        for box in boxes_of(step.conditions)
    )


def test_who_left_needs_no_signal_and_can_get_none() -> None:
    left = _row(departed=1, early_signal=0)
    assert faults(Kind.HANDED_OVER, left) == ()
    assert set(possible(left)) == {Kind.HANDED_OVER}


def test_a_wish_is_written_down_once_and_also_after_the_signal() -> None:
    assert faults(Kind.SIGNAL_OBJECTED, _row(early_signal=3)) == ()
    assert "staat er al" in faults(Kind.SIGNAL_OBJECTED, _row(early_signal=2))[0]


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
    with pytest.raises(NotDone, match="Kies wat er gedaan is"):  # a hand-over is written down elsewhere
        _note(organisation, tenancy, Kind.HANDED_OVER, uuid4())
    with organisation_scope(organisation):
        assert (
            len(faults(Kind.HANDED_OVER, row)) == 2
        )  # no decision, no letter; the refusal of the signal counts
