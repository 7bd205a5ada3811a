"""Where an answer stands after what people did with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contacts.calls import NOON

from tijdig.contacts.reply import WORK, Done, Standing, may, standing
from tijdig.contacts.reply_kinds import (
    AUTOMATIC_LABEL,
    DEED_LABEL,
    STATE_LABEL,
    TROUBLE_LABEL,
    WHY_LABEL,
    Deed,
    How,
    State,
    Why,
)
from tijdig.contacts.reply_match import Sign

SEVEN = Sign(How.MESSAGE, 7)


def deeds(*done: tuple[Deed, int | None]) -> tuple[Done, ...]:
    return tuple(Done(deed, to, NOON + timedelta(minutes=at), "user:1") for at, (deed, to) in enumerate(done))


A, R, S, H, P = Deed.ASSIGNED, Deed.RETURNED, Deed.SET_ASIDE, Deed.HANDLED, Deed.PERSONAL


@pytest.mark.parametrize(
    ("sign", "automatic", "done", "stands"),
    [
        (None, False, [], Standing(State.UNMATCHED, None, None)),
        (SEVEN, False, [], Standing(State.WAITS, 7, How.MESSAGE)),
        (SEVEN, True, [], Standing(State.AUTOMATIC, 7, How.MESSAGE)),
        (None, True, [], Standing(State.AUTOMATIC, None, None)),
        (None, False, [(A, 9)], Standing(State.WAITS, 9, How.PERSON)),
        (SEVEN, False, [(H, None)], Standing(State.HANDLED, 7, How.MESSAGE)),
        (SEVEN, False, [(R, None)], Standing(State.UNMATCHED, None, None)),
        (SEVEN, False, [(R, None), (A, 9), (H, None)], Standing(State.HANDLED, 9, How.PERSON)),
        (SEVEN, False, [(H, None), (A, 9)], Standing(State.WAITS, 9, How.PERSON)),  # whoever gets it looks anew
        (None, False, [(S, None)], Standing(State.ASIDE, None, None)),
        (None, False, [(S, None), (R, None)], Standing(State.UNMATCHED, None, None)),
        (None, False, [(S, None), (A, 9)], Standing(State.WAITS, 9, How.PERSON)),
        (SEVEN, True, [(P, None)], Standing(State.WAITS, 7, How.MESSAGE)),
        (None, True, [(P, None)], Standing(State.UNMATCHED, None, None)),
        (SEVEN, True, [(P, None), (R, None)], Standing(State.UNMATCHED, None, None)),
    ],
)  # fmt: skip
def test_the_last_deed_about_its_place_counts(
    sign: Sign | None, automatic: bool, done: list[tuple[Deed, int | None]], stands: Standing
) -> None:
    assert standing(sign, automatic, deeds(*done)) == stands


@given(st.booleans(), st.booleans(), st.lists(st.sampled_from(list(Deed)), max_size=7))
def test_whatever_may_be_done_leads_somewhere_and_what_waits_can_be_dealt_with(
    matched: bool, automatic: bool, wanted: list[Deed]
) -> None:
    done: tuple[Done, ...] = ()
    for deed in wanted:
        state = standing(SEVEN if matched else None, automatic, done).state
        if may(state, deed):
            done = (*done, *deeds((deed, 9 if deed is A else None)))
    stands = standing(SEVEN if matched else None, automatic, done)
    assert (stands.tenancy_id is None) == (stands.how is None)
    assert stands.state is not State.WAITS or (stands.tenancy_id is not None and may(State.WAITS, H))
    assert stands.state is not State.UNMATCHED or (may(State.UNMATCHED, A) and may(State.UNMATCHED, S))
    assert any(may(stands.state, deed) for deed in Deed)


def test_every_word_has_its_label() -> None:
    assert (set(DEED_LABEL), set(STATE_LABEL), set(WHY_LABEL)) == (set(Deed), set(State), set(Why))
    assert set(WORK) == {State.UNMATCHED, State.WAITS}
    assert set(AUTOMATIC_LABEL) == {
        "report", "auto_submitted", "auto_header", "bulk", "no_return", "out_of_office",
    }  # fmt: skip
    assert set(TROUBLE_LABEL) == {"unreadable", "sealed", "large", "no_text", "not_kept"}
