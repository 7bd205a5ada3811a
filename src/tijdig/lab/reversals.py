"""Direct debits that come back: for which reason, how many days later, and whether the mandate is gone.

A return for want of money comes within five bank days, a refund (MD06) within eight weeks, a refund for
want of a mandate (MD01) may come months later. After MD01, MS02 or AC04 nothing more is collected.
"""

from __future__ import annotations

import numpy as np

from tijdig.lab.behaviour import Behaviour
from tijdig.lab.draws import Flags, Ints

REASONS = ("AM04", "MS03", "MD06", "MD01", "AC04", "MS02")
_AM04, _MS03, _MD06, _MD01, _AC04, _MS02 = range(6)
NO_REASON = -1
_SHARES = np.cumsum(np.array([480_000, 220_000, 220_000, 40_000, 40_000], dtype=np.int64))
_WITHOUT_MONEY = (Behaviour.TROUBLE, Behaviour.STRUCTURAL, Behaviour.LEAVER)


def reason_of(kinds: Ints, draw: Ints) -> Ints:
    """Index in `REASONS`. Who has no money gets AM04 or MS03; a refuser's bank says MS02."""
    usual = np.searchsorted(_SHARES, draw, side="right").astype(np.int64)
    poor = np.where(draw % 10 < 7, _AM04, _MS03)
    reason = np.where(np.isin(kinds, _WITHOUT_MONEY), poor, usual)
    return np.where(kinds == Behaviour.REFUSER, _MS02, reason)


def days_later(reason: Ints, draw: Ints) -> Ints:
    """Calendar days between the debit and its return, before rolling to a bank day."""
    steps = [reason == _MD06, reason == _MD01]
    return np.select(steps, [8 + draw % 46, 30 + draw % 90], 2 + draw % 3)


def ends_mandate(reason: Ints) -> Flags:
    return np.isin(reason, (_MD01, _AC04, _MS02))


def reversal_chance(kinds: Ints, month: int, start: Ints, length: Ints, left: Ints) -> Ints:
    """Chance in millionths that this month's direct debit comes back."""
    hard = (month >= start) & (month < start + length)
    steps = [
        kinds == Behaviour.REVERSED,
        (kinds == Behaviour.TROUBLE) & hard,
        (kinds == Behaviour.STRUCTURAL) & (month >= start),
        (kinds == Behaviour.REFUSER) & (month >= start),
        (kinds == Behaviour.LEAVER) & (left < length),
    ]
    chances = [
        np.int64(110_000),
        np.int64(700_000),
        np.int64(400_000),
        np.int64(1_000_000),
        np.int64(1_000_000),
    ]
    return np.select(steps, chances, np.int64(1_500))
