"""Reading ahead changes nothing but when the reading is done."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator

import pytest

from tijdig.imports.ahead import ahead


@pytest.mark.parametrize("count", [0, 1, 255, 256, 257, 20_000])
def test_the_values_and_their_order_stay(count: int) -> None:
    assert list(ahead(iter(range(count)))) == list(range(count))


def test_an_error_arrives_after_what_was_read_before_it() -> None:
    def broken() -> Iterator[int]:
        yield from range(300)
        raise ValueError("hier")

    seen: list[int] = []
    with pytest.raises(ValueError, match="hier"):
        for value in ahead(broken()):
            seen.append(value)
    assert seen == list(range(300))


def test_stopping_early_stops_the_reader() -> None:
    before = threading.active_count()
    values = ahead(itertools.count())
    assert [next(values) for _ in range(3)] == [0, 1, 2]
    values.close()
    assert threading.active_count() == before
