"""What may be done with a message follows from where it stands and why."""

from __future__ import annotations

import pytest

from tijdig.carriers.channel import Channel
from tijdig.letters.deeds import Deed, deeds
from tijdig.letters.states import State, may_go

OPEN = (Channel.PRINT, Channel.SMS)
BY = (Deed.BY_PRINT, Deed.BY_SMS)


@pytest.mark.parametrize(
    ("state", "why", "followed", "expected"),
    [
        (State.HELD, "by_hand", False, (Deed.RELEASE, Deed.TAKE_BACK)),
        (State.HELD, "link_paid", False, (Deed.RELEASE, Deed.TAKE_BACK)),
        (State.HELD, "paid_since", False, (Deed.TAKE_BACK, Deed.RELEASE)),
        (State.HELD, "died", False, (Deed.TAKE_BACK, Deed.RELEASE)),
        (State.HELD, "no_carrier", False, (*BY, Deed.RELEASE, Deed.TAKE_BACK)),
        (State.REFUSED, "address_refused", False, (*BY, Deed.TAKE_BACK)),
        (State.BOUNCED, "bounced", False, (*BY, Deed.DEAL_WITH)),
        (State.BOUNCED, "bounced", True, ()),
        (State.UNSURE, "stopped", False, (Deed.SAY_SENT, Deed.GO_AGAIN, Deed.TAKE_BACK)),
        (State.QUEUED, "", False, (Deed.HOLD_BACK, Deed.TAKE_BACK)),
        (State.HANDING, "", False, ()),
        (State.PRINTING, "", False, ()),
        (State.SENT, "", False, (Deed.CAME_BACK,)),
        (State.DELIVERED, "", False, (Deed.CAME_BACK,)),
        (State.CANCELLED, "", False, ()),
    ],
)
def test_what_may_be_done(state: State, why: str, followed: bool, expected: tuple[Deed, ...]) -> None:
    assert deeds(state, why, followed=followed, open_ways=OPEN) == expected


AFTER = {
    Deed.RELEASE: State.QUEUED,
    Deed.GO_AGAIN: State.QUEUED,
    Deed.SAY_SENT: State.SENT,
    Deed.HOLD_BACK: State.HELD,
    Deed.TAKE_BACK: State.CANCELLED,
}


@pytest.mark.parametrize("state", State)
def test_a_deed_is_offered_only_where_the_states_allow_it(state: State) -> None:
    offered = [deed for deed in deeds(state, "", followed=False) if deed in AFTER]
    assert [deed for deed in offered if not may_go(state, AFTER[deed])] == []
