"""Plays the months of a corporation: charges, direct debits, reversals, transfers, in whole columns.

Month by month, for all tenancies at once; each tenancy's story depends on its own draws alone, so that
giving one tenant another behaviour changes nobody else. What happens after the last day is played, then cut
off: nobody acts on knowledge of the end.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tijdig.lab.behaviour import DEBTORS, PLANS, Behaviour, Plan, View, starts
from tijdig.lab.draws import MILLION, Draws, Flags, Ints
from tijdig.lab.rents import COSTS, RENT, SETTLEMENT, Charges
from tijdig.lab.reversals import NO_REASON, days_later, ends_mandate, reason_of, reversal_chance
from tijdig.lab.scene import COLLECTION, REVERSAL, TRANSFER, Payments, Scene
from tijdig.lab.window import NO_END

_DRAWS_A_MONTH = 8
_COSTS_FOR = (*DEBTORS, Behaviour.TROUBLE, Behaviour.LEAVER)
_PART_HISTORY = 9


@dataclass
class _State:
    balance: Ints
    collect_until: Ints  # day number of the last day on which the mandate holds
    coming_back: Ints  # [tenancy, month + 1]: cents of reversals by the month in which they are booked
    costs_in: Ints  # month of the last collection costs
    rows: list[tuple[Ints, ...]]
    costs: list[tuple[Ints, ...]]


def play(scene: Scene, kinds: Ints) -> tuple[Charges, Payments]:
    """The whole history of `kinds`, up to and including the last day."""
    size, months = scene.rent.shape
    state = _State(
        balance=np.zeros(size, dtype=np.int64),
        collect_until=np.where(scene.debit_day > 0, NO_END, -1),
        coming_back=np.zeros((size, months + 1), dtype=np.int64),
        costs_in=np.full(size, -99, dtype=np.int64),
        rows=[],
        costs=[],
    )
    start = starts(kinds, scene.start_draw, months)
    length = np.where(kinds == Behaviour.LEAVER, 1 + scene.start_draw % 3, 2 + scene.start_draw % 4)
    for month in range(months):
        _month(scene, state, kinds, start, length, month)
    return _charges(scene, state), _payments(scene, state)


def _month(scene: Scene, state: _State, kinds: Ints, start: Ints, length: Ints, month: int) -> None:
    window, charge = scene.window, scene.rent[:, month]
    chance = Draws(scene.seed, _PART_HISTORY, month).below(MILLION, (_DRAWS_A_MONTH, len(kinds)))
    carried = scene.settlement[:, month - 1] if month else np.zeros_like(charge)
    left = np.searchsorted(window.firsts, scene.end, side="right").astype(np.int64) - 1 - month
    debits, asked = _collect(scene, state, month, carried)
    bounces = debits & (chance[0] < reversal_chance(kinds, month, start, length, left))
    _send_back(scene, state, kinds, np.flatnonzero(bounces), month, asked, chance[1], chance[2])
    owed = np.where(debits, state.balance - carried, state.balance + charge)
    paid = np.zeros_like(charge)
    for behaviour, plan in PLANS.items():
        who = np.flatnonzero(kinds == behaviour)
        if len(who):
            fresh = tuple(chance[3:, who])
            view = View(
                month=month,
                charge=charge[who],
                owed=owed[who],
                debit=debits[who],
                left=left[who],
                habit=scene.habit[who],
                start=start[who],
                length=length[who],
                chance=fresh,
            )
            paid[who] = _transfer(scene, state, who, month, plan(view))
    collected = np.where(debits, asked, 0)
    state.balance = state.balance + charge + scene.settlement[:, month] - collected - paid
    state.balance += state.coming_back[:, month]
    _collection_costs(scene, state, kinds, month, chance[7])


def _collect(scene: Scene, state: _State, month: int, carried: Ints) -> tuple[Flags, Ints]:
    """This month's direct debits: the rent and last month's settlement. A new tenant's first rent is
    transferred.
    """
    window, charge = scene.window, scene.rent[:, month]
    day = window.bank_days.roll(window.firsts[month] + np.maximum(scene.debit_day, 1) - 1)
    asked = charge + carried
    begins = scene.begin >= window.firsts[month]
    debits = (charge > 0) & ~begins & (asked > 0) & (day <= state.collect_until)
    who = np.flatnonzero(debits)
    state.rows.append(_rows(who, day[who], asked[who], COLLECTION, month))
    return debits, asked


def _send_back(
    scene: Scene,
    state: _State,
    kinds: Ints,
    who: Ints,
    month: int,
    asked: Ints,
    draw_reason: Ints,
    draw_delay: Ints,
) -> None:
    window = scene.window
    reason = reason_of(kinds[who], draw_reason[who])
    collected = window.bank_days.roll(window.firsts[month] + scene.debit_day[who] - 1)
    day = window.bank_days.roll(collected + days_later(reason, draw_delay[who]))
    ends = who[ends_mandate(reason)]
    state.collect_until[ends] = np.minimum(state.collect_until[ends], day[ends_mandate(reason)])
    booked = np.searchsorted(window.firsts, day, side="right").astype(np.int64) - 1
    np.add.at(state.coming_back, (who, np.minimum(booked, window.months)), asked[who])
    state.rows.append(_rows(who, day, -asked[who], REVERSAL, month, reason))


def _transfer(scene: Scene, state: _State, who: Ints, month: int, plan: Plan) -> Ints:
    """Books the transfers of a plan; returns what each tenant paid."""
    paid = np.zeros(len(who), dtype=np.int64)
    for cents, day in ((plan.first, plan.first_day), (plan.second, plan.second_day)):
        if cents is None or day is None:
            continue
        pays = np.flatnonzero(cents > 0)
        on = np.maximum(scene.window.firsts[month] + day - 1, scene.rent_day[who, month])[pays]
        state.rows.append(_rows(who[pays], scene.window.bank_days.roll(on), cents[pays], TRANSFER, month))
        paid[pays] += cents[pays]
    return paid


def _rows(
    who: Ints, day: Ints, cents: Ints, kind: int, month: int, reason: Ints | None = None
) -> tuple[Ints, ...]:
    fill = np.full(len(who), NO_REASON, dtype=np.int64) if reason is None else reason
    return who, day, cents, np.full(len(who), kind), np.full(len(who), month), fill


def _collection_costs(scene: Scene, state: _State, kinds: Ints, month: int, draw: Ints) -> None:
    """On the 20th, for some who owe two months or more: 15% of the debt, at least 40 euro, once in six
    months.
    """
    rent = scene.rent[:, month]
    far = (state.balance >= 2 * rent) & (rent > 0) & np.isin(kinds, _COSTS_FOR)
    who = np.flatnonzero(far & (draw < 200_000) & (state.costs_in <= month - 6))
    cents = np.maximum(state.balance[who] * 15 // 100, 40_00)
    state.costs_in[who] = month
    state.balance[who] += cents
    day = np.full(len(who), scene.window.firsts[month] + 19)
    state.costs.append((who, day, cents, np.full(len(who), COSTS), np.full(len(who), month)))


def _charges(scene: Scene, state: _State) -> Charges:
    """Rent, settlements and costs as rows, in the order of day and tenancy."""
    parts = list(state.costs)
    for matrix, kind in ((scene.rent, RENT), (scene.settlement, SETTLEMENT)):
        who, month = (index.astype(np.int64) for index in np.nonzero(matrix))
        fixed = scene.window.firsts[month] + 14
        day = scene.rent_day[who, month] if kind == RENT else fixed
        parts.append((who, day, matrix[who, month], np.full(len(who), kind), month))
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    keep = np.flatnonzero(columns[1] <= scene.window.last)
    keep = keep[np.lexsort((columns[3][keep], columns[0][keep], columns[1][keep]))]
    return Charges(*(column[keep] for column in columns))


def _payments(scene: Scene, state: _State) -> Payments:
    columns = [np.concatenate(column) for column in zip(*state.rows, strict=True)]
    keep = np.flatnonzero(columns[1] <= scene.window.last)
    keep = keep[np.lexsort((columns[3][keep], columns[0][keep], columns[1][keep]))]
    return Payments(*(column[keep] for column in columns))
