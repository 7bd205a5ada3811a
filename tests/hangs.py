"""A guard against work that takes the square of its size: its limit is minutes away from what is right.

How fast something is belongs to ``tijdig bench``, in ratios; a busy machine may not fail a test. What is
tried under this guard is large enough that the wrong way would take many minutes, and takes a second or
two in the right one.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_square(seconds: float = 60.0) -> Iterator[None]:
    """Fail when what is done here took minutes instead of moments."""
    begun = time.perf_counter()
    yield
    took = time.perf_counter() - begun
    assert took < seconds, f"{took:.0f} seconds: this takes the square of its size"
