"""While a request only reads, what is asked twice is read once.

Nothing is kept from one request to the next, and nothing while something is written: an answer is never older than the page.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_read: ContextVar[dict[Any, Any] | None] = ContextVar("tijdig_read", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """What is read from here on is remembered until the end of this."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def read_once(work: Callable[P, R]) -> Callable[P, R]:
    """Of a read that is asked with the same arguments: its first answer, for as long as one is only reading.

    What it answers is shared, so nobody changes it.
    """

    asked = signature(work)

    @wraps(work)
    def read(*args: P.args, **kwargs: P.kwargs) -> R:
        known = _read.get()
        if known is None:
            return work(*args, **kwargs)
        bound = asked.bind(*args, **kwargs)
        bound.apply_defaults()
        given = [_fixed(value) for value in bound.arguments.values()]
        if not all(isinstance(value, Hashable) for value in given):
            return work(*args, **kwargs)
        key = (work, *given)
        if key not in known:
            known[key] = work(*args, **kwargs)
        return known[key]  # type: ignore[no-any-return]

    return read


def _fixed(value: object) -> object:
    """A list of ids can be no key; a tuple of them can."""
    return tuple(value) if isinstance(value, list) else value
