"""While a request only reads, what is asked twice is read once, and never longer than that."""

from __future__ import annotations

import numpy as np
import pytest

from tijdig.access.reading import read_once, reading


class Counted:
    """A read that counts how often it is really done."""

    def __init__(self) -> None:
        self.times = 0

        @read_once
        def read(day: int, ids: object = None, *, known_at: object = None) -> int:
            self.times += 1
            return self.times

        self.read = read


def test_it_is_read_once_however_it_is_asked() -> None:
    one = Counted()
    with reading():
        answers = [one.read(1), one.read(1, None), one.read(day=1, known_at=None), one.read(1, known_at=None)]
        assert (answers, one.times) == ([1, 1, 1, 1], 1)
        assert one.read(2) == 2
        assert [one.read(1, [4, 5]), one.read(1, [4, 5]), one.read(1, [5, 4])] == [3, 3, 4]


def test_nothing_is_kept_from_one_reading_to_the_next_or_outside_of_it() -> None:
    one = Counted()
    with reading():
        one.read(1)
    with reading():
        one.read(1)
    one.read(1)
    one.read(1)
    assert one.times == 4


def test_what_cannot_be_a_key_is_read_each_time() -> None:
    one = Counted()
    with reading():
        one.read(1, np.array([1]))
        one.read(1, {"a": 1})
    assert one.times == 2


def test_what_fails_is_not_remembered() -> None:
    tries = []

    @read_once
    def fails() -> None:
        tries.append(1)
        raise LookupError

    with reading():
        for _ in range(2):
            with pytest.raises(LookupError):
                fails()
    assert len(tries) == 2
