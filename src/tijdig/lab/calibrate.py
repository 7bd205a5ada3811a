"""Which tenancy behaves how: the shares dealt out, and as many long-term debtors as the target asks for."""

from __future__ import annotations

import numpy as np

from tijdig.lab.behaviour import DEBIT_SHARES, LEAVER_PERMILLE, TRANSFER_SHARES, Behaviour
from tijdig.lab.draws import Draws, Flags, Ints
from tijdig.lab.history import play
from tijdig.lab.leases import Leases
from tijdig.lab.names import BODIES
from tijdig.lab.scene import Scene
from tijdig.lab.truth import positions

TARGET_PER_100_000 = 1_530  # of annual rent, owed past its due day by sitting tenants
_CANDIDATE_PERMILLE = 160
_FEWEST_DEBTORS_PERMILLE = 11
_DEBIT_PERMILLE = 650
_DEBIT_DAYS = (1, 3, 5, 25, 28)
_DEBIT_DAY_WEIGHTS = (720, 160, 60, 40, 20)


def _dealt(shares: dict[Behaviour, int], size: int, draws: Draws) -> Ints:
    kinds = np.array([Behaviour.PUNCTUAL, *shares], dtype=np.int64)
    weights = [1000 - sum(shares.values()), *shares.values()]
    return kinds[draws.deal(weights, size)]


def deal_behaviours(leases: Leases, draws: Draws) -> tuple[Ints, Ints, Ints]:
    """Debit day (0: by transfer), behaviour and debt-help body per tenancy; parking follows the dwelling."""
    dwelling = np.flatnonzero(~leases.parking)
    by_debit = draws.deal((1000 - _DEBIT_PERMILLE, _DEBIT_PERMILLE), len(dwelling)) == 1
    days = np.array(_DEBIT_DAYS, dtype=np.int64)[draws.pick(_DEBIT_DAY_WEIGHTS, len(dwelling))]
    debit_day = np.zeros(len(leases), dtype=np.int64)
    debit_day[dwelling] = np.where(by_debit, days, 0)
    debit_day[leases.parking] = debit_day[leases.parking_of[leases.parking]]
    kinds = np.full(len(leases), Behaviour.PUNCTUAL, dtype=np.int64)
    for who, shares in ((dwelling[by_debit], DEBIT_SHARES), (dwelling[~by_debit], TRANSFER_SHARES)):
        kinds[who] = _dealt(shares, len(who), draws)
    left = np.flatnonzero(~leases.running)
    leavers = draws.deal((1000 - LEAVER_PERMILLE, LEAVER_PERMILLE), len(left)) == 1
    kinds[left[leavers]] = Behaviour.LEAVER
    helped = np.flatnonzero(kinds == Behaviour.HELPED)
    body = np.zeros(len(leases), dtype=np.int64)
    bodies = max(1, min(len(BODIES), len(helped) // 4))
    body[helped] = np.arange(len(helped), dtype=np.int64) % bodies
    return debit_day, kinds, body


def calibrate(scene: Scene, leases: Leases, kinds: Ints, yearly: int, draws: Draws) -> Ints:
    """Turns punctual sitting tenants into debtors, in a drawn order, until the target is reached."""
    able = np.flatnonzero((kinds == Behaviour.PUNCTUAL) & leases.running & ~leases.parking)
    able = able[draws.order(len(able))][: len(kinds) * _CANDIDATE_PERMILLE // 1000]
    debtor = np.where(draws.below(5, len(able)) == 0, Behaviour.REFUSER, Behaviour.STRUCTURAL)
    turned = kinds.copy()
    turned[able] = debtor
    before, after = (_overdue(scene, leases, choice) for choice in (kinds, turned))
    sitting: Flags = leases.running
    grows = int(before[sitting].sum()) + np.cumsum(after[able] - before[able])
    enough = int(np.searchsorted(np.maximum.accumulate(grows), yearly * TARGET_PER_100_000 // 100_000))
    count = max(enough, len(kinds) * _FEWEST_DEBTORS_PERMILLE // 1000)
    chosen = kinds.copy()
    chosen[able[:count]] = debtor[:count]
    return chosen


def _overdue(scene: Scene, leases: Leases, kinds: Ints) -> Ints:
    charges, payments = play(scene, kinds)
    return positions(leases, charges, payments, scene.window.last)[1]
