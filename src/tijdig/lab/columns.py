"""Ledger columns of an invented sector, straight in walking order: for measuring speed, not a way of working.

Each home is charged rent on the first of the month. Most pay it exactly, some days later; some pay in part,
too much, a month late, or not at all. With `mixed`, some payments name their month, some debits come back and
are mostly paid again, and some homes that skip a month are charged costs. The shares are round guesses of the
right order, fitted to no corporation. The same seed gives the same homes.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tijdig.arrears.portfolio import Portfolio
from tijdig.ledger.kinds import Role

HOMES_AT_ONCE = 20_000
FIRST_MONTH = np.datetime64("2024-01", "M")
SLOTS = 5  # rows a home can have in one month, in the order of their days
RENT, PAID, CAME_BACK, PAID_AGAIN, COSTS = range(SLOTS)
EXACT, PART, MORE, SKIP = range(4)
SHARES = (0.955, 0.012, 0.003, 0.03)

Cents = npt.NDArray[np.int64]


class Block(NamedTuple):
    """The rows of some homes; `size` per home."""

    size: npt.NDArray[np.int64]
    day: npt.NDArray[np.int32]
    amount: Cents
    role: npt.NDArray[np.int8]
    target: npt.NDArray[np.int32]


def _payments(rng: np.random.Generator, rent: Cents, shape: tuple[int, int]) -> Cents:
    """What each home pays in each month.

    Most who fall short make it up, two in three each month after. One in twenty never does and stays behind
    with what was first missed; one in twenty pays a little ahead from the first month and stays so.
    """
    fate = rng.choice(4, shape, p=SHARES)
    kind = rng.random(shape[0])
    makes_up = (rng.random(shape) < 0.66) & (kind >= 0.05)[:, None]
    fate[kind < 0.05, 0] = PART
    paid = np.empty(shape, np.int64)
    short = np.zeros(shape[0], np.int64)
    for month in range(shape[1]):
        owed = rent + np.where(makes_up[:, month], short, 0)
        part = rent * rng.integers(20, 95, shape[0]) // 100
        by_fate = np.stack((owed, part, owed + 2_500, np.zeros_like(owed)))
        paid[:, month] = np.maximum(by_fate[fate[:, month], np.arange(shape[0])], 0)
        short += rent - paid[:, month]
    paid[kind > 0.95, 0] += 10_000
    return paid


def _amounts(rng: np.random.Generator, rent: Cents, months: int, mixed: bool) -> Cents:
    """Cents per home, month and slot; 0 where there is no such row."""
    shape = (len(rent), months)
    cents = np.zeros((*shape, SLOTS), np.int64)
    paid = _payments(rng, rent, shape)
    cents[:, :, RENT] = rent[:, None]
    cents[:, :, PAID] = -paid
    if mixed:
        back = (rng.random(shape) < 0.005) & (paid > 0)
        cents[:, :, CAME_BACK] = np.where(back, paid, 0)
        cents[:, :, PAID_AGAIN] = np.where(back & (rng.random(shape) < 0.7), -paid, 0)
        cents[:, :, COSTS] = np.where((paid == 0) & (rng.random(shape) < 0.03), 4_840, 0)
    return cents


def _days(rng: np.random.Generator, homes: int, months: int) -> npt.NDArray[np.int32]:
    """Days that rise from slot to slot and stay within the month."""
    firsts = (FIRST_MONTH + np.arange(months)).astype("datetime64[D]").astype(np.int32)
    pays_after = rng.integers(0, 8, (homes, 1, 1)) + rng.integers(0, 3, (homes, months, 1))
    steps = np.array([0, 0, 4, 12, 17], np.int32)
    return np.asarray(firsts[None, :, None] + steps + pays_after * (steps >= 0), np.int32)


def _block(rng: np.random.Generator, homes: int, months: int, mixed: bool) -> Block:
    rent = rng.integers(42_000, 88_000, homes)
    cents = _amounts(rng, rent, months, mixed)
    days = _days(rng, homes, months)
    days[:, :, RENT] = days[:, :, RENT].min(axis=0)
    there = (cents != 0).reshape(homes, -1)
    place = np.cumsum(there, axis=1, dtype=np.int32).reshape(cents.shape) - 1
    target = np.full(cents.shape, -1, np.int32)
    target[:, :, CAME_BACK] = place[:, :, PAID]
    if mixed:
        names_month = rng.random((homes, months)) < 0.02
        target[:, :, PAID] = np.where(names_month, place[:, :, RENT], -1)
    roles = np.array([Role.PRINCIPAL, Role.CREDIT, Role.UNDO, Role.CREDIT, Role.COSTS], np.int8)
    pick = there.reshape(cents.shape)
    role = np.broadcast_to(roles, cents.shape)[pick]
    return Block(there.sum(axis=1), days[pick], cents[pick], role, target[pick])


def portfolio_of_homes(homes: int, months: int, *, mixed: bool, seed: int = 1) -> Portfolio:
    """The portfolio of `homes` invented tenancies (ids from 1) over `months` months from January 2024.

    Made in blocks of `HOMES_AT_ONCE`, into columns of the greatest size that is possible; memory that no row
    reaches is never touched, so the peak is the portfolio and one block.
    """
    most = homes * months * (SLOTS if mixed else 2)
    day, amount = np.empty(most, np.int32), np.empty(most, np.int64)
    role, target = np.empty(most, np.int8), np.empty(most, np.int32)
    start = np.zeros(homes + 1, np.int64)
    rows = 0
    for number, first in enumerate(range(0, homes, HOMES_AT_ONCE)):
        size = min(HOMES_AT_ONCE, homes - first)
        block = _block(np.random.default_rng([seed, number]), size, months, mixed)
        end = rows + len(block.day)
        day[rows:end], amount[rows:end] = block.day, block.amount
        role[rows:end], target[rows:end] = block.role, block.target
        start[first + 1 : first + 1 + size] = rows + np.cumsum(block.size)
        rows = end
    due = day[:rows].copy()
    tenancy = np.arange(1, homes + 1, dtype=np.int64)
    nothing = np.empty(0, np.int64)
    return Portfolio(tenancy, start, day[:rows], due, amount[:rows], role[:rows], target[:rows], nothing)
