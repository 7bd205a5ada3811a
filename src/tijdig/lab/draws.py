"""Repeatable draws in whole numbers, the same on every machine and with every version of numpy.

Only the raw 64-bit words of PCG64 are used, which numpy promises to keep stable; what is made of them here
is whole-number arithmetic, without a float. A stream is named by the seed and a path of numbers, so that
one more draw in one place never shifts the draws of another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]

MILLION = 1_000_000


class Draws:
    """One stream of draws: `Draws(seed, 3, 17)` is stream 17 of part 3."""

    def __init__(self, seed: int, *path: int) -> None:
        if seed < 0:
            raise ValueError("a seed is zero or more")
        self._bits = np.random.PCG64(np.random.SeedSequence([seed, *path]))

    def below(self, bound: int | Ints, size: int | tuple[int, int]) -> Ints:
        """Whole numbers from 0 up to, not including, `bound` (at most 2**31)."""
        count = size if isinstance(size, int) else size[0] * size[1]
        words = (self._bits.random_raw(count) >> np.uint64(33)).astype(np.int64).reshape(size)
        return (words * bound) >> 31

    def between(self, low: int, high: int, size: int) -> Ints:
        """Whole numbers from `low` up to and including `high`."""
        return low + self.below(high - low + 1, size)

    def order(self, size: int) -> Ints:
        """The numbers 0 .. size-1 shuffled."""
        return np.argsort(self._bits.random_raw(size), kind="stable").astype(np.int64)

    def deal(self, weights: Sequence[int], size: int) -> Ints:
        """A shuffled pack in which number i occurs in proportion to `weights[i]`, exact but for rounding.

        Dealing instead of drawing keeps the shares right in a small corporation too.
        """
        edges = np.cumsum(np.array(weights, dtype=np.int64)) * size // sum(weights)
        ranks = np.searchsorted(edges, np.arange(size, dtype=np.int64), side="right").astype(np.int64)
        dealt = np.empty(size, dtype=np.int64)
        dealt[self.order(size)] = ranks
        return dealt

    def pick(self, weights: Sequence[int], size: int) -> Ints:
        """Independent draws of 0 .. len(weights)-1 in proportion to the weights."""
        edges = np.cumsum(np.array(weights, dtype=np.int64))
        return np.searchsorted(edges, self.below(sum(weights), size), side="right").astype(np.int64)
