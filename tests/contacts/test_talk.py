"""What is a talk, what is an attempt, which outcome fits; and every word has its Dutch."""

from __future__ import annotations

from itertools import product

import pytest

from tijdig.contacts import kinds
from tijdig.contacts.kinds import Channel, Direction, Outcome, Reached, Who
from tijdig.contacts.talk import fits, is_attempt, is_talk

OUT, IN = Direction.OUT, Direction.IN
TALKED, MESSAGE, NONE = Reached.TALKED, Reached.MESSAGE, Reached.NONE


@pytest.mark.parametrize(
    ("channel", "direction", "reached", "who", "talk", "attempt"),
    [
        (Channel.PHONE, OUT, TALKED, Who.TENANT, True, False),
        (Channel.PHONE, IN, TALKED, Who.TENANT, True, False),
        (Channel.VISIT, OUT, TALKED, Who.PARTNER, True, False),
        (Channel.DESK, IN, TALKED, Who.CO_TENANT, True, False),
        (Channel.VIDEO, OUT, TALKED, Who.REPRESENTATIVE, True, False),
        (Channel.VISIT, OUT, TALKED, Who.OTHER, False, True),  # a neighbour opened
        (Channel.PHONE, IN, TALKED, Who.RELATIVE, False, False),
        (Channel.PHONE, OUT, MESSAGE, Who.TENANT, False, True),  # on the answering machine
        (Channel.VISIT, OUT, MESSAGE, Who.TENANT, False, True),  # a card through the door
        (Channel.VIDEO, OUT, NONE, Who.TENANT, False, True),
        (Channel.PHONE, OUT, NONE, Who.TENANT, False, True),
        (Channel.PHONE, IN, NONE, Who.TENANT, False, False),  # a call that we missed
        (Channel.DESK, OUT, NONE, Who.TENANT, False, False),  # did not come to the desk
        (Channel.EMAIL, OUT, MESSAGE, Who.TENANT, False, False),
        (Channel.EMAIL, IN, MESSAGE, Who.TENANT, False, False),
        (
            Channel.SMS,
            OUT,
            TALKED,
            Who.TENANT,
            False,
            False,
        ),  # can not be written down, and is no talk either
        (Channel.LETTER, OUT, MESSAGE, Who.TENANT, False, False),
    ],
)
def test_a_talk_is_with_the_household_and_an_attempt_is_a_talk_that_we_sought(
    channel: Channel, direction: Direction, reached: Reached, who: Who, talk: bool, attempt: bool
) -> None:
    assert is_talk(channel, direction, reached, who) == talk
    assert is_attempt(channel, direction, reached, who) == attempt


def test_nothing_is_a_talk_and_an_attempt_at_once() -> None:
    every = list(product(Channel, Direction, Reached, Who))
    assert len(every) == 7 * 2 * 3 * 6
    assert [one for one in every if is_talk(*one) and is_attempt(*one)] == []


MATRIX = """
outcome             talked  message/out  message/in  none/out  none/in
pays_now            yes     no           yes         no        no
promise             yes     no           yes         no        no
arrangement_wanted  yes     no           yes         no        no
cannot_pay          yes     no           yes         no        no
disputes            yes     no           yes         no        no
help_wanted         yes     no           yes         no        no
help_refused        yes     no           yes         no        no
already_paid        yes     no           yes         no        no
wrong_number        no      no           no          yes       no
not_home            no      yes          no          yes       no
call_back           yes     yes          yes         yes       yes
hostile             yes     no           yes         no        no
no_agreement        yes     no           no          no        no
other               yes     yes          yes         yes       yes
"""
ROWS = {row.split()[0]: [word == "yes" for word in row.split()[1:]] for row in MATRIX.split("\n")[2:-1]}


@pytest.mark.parametrize("outcome", list(Outcome))
def test_which_outcome_fits(outcome: Outcome) -> None:
    cells = ((TALKED, OUT), (MESSAGE, OUT), (MESSAGE, IN), (NONE, OUT), (NONE, IN))
    assert [fits(reached, outcome, direction) for reached, direction in cells] == ROWS[outcome]
    assert fits(TALKED, outcome, IN) == fits(TALKED, outcome)


def test_every_word_has_its_dutch() -> None:
    lists = [one for one in vars(kinds).values() if isinstance(one, type) and issubclass(one, kinds.StrEnum)]
    named = {one.__name__: one for one in lists if one is not kinds.StrEnum}
    labels = {name: getattr(kinds, name) for name in vars(kinds) if name.endswith("_LABEL")}
    assert len(named) == len(labels) == 7
    for name, words in named.items():
        label = labels["NEXT_STEP_LABEL" if name == "NextStep" else f"{name.upper()}_LABEL"]
        assert list(label) == list(words)
        assert len(set(label.values())) == len(words)
