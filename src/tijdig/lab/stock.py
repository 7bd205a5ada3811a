"""Regions, complexes, streets and homes. Cities exist; streets, complexes and house numbers are invented."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tijdig.lab.draws import Draws, Flags, Ints
from tijdig.lab.names import CITIES, COMPLEX_WORDS, STREET_ENDS, STREET_STEMS

_FIRST_LETTERS = "ABCDEGHJKLMNPRTVWXZ"  # without S: SA, SD and SS are not given out
_SECOND_LETTERS = "ABCDEGHJKLMNPRSTVWXZ"
_REGION_WEIGHTS = (18, 22, 24, 20, 16)
PARKING_PERMILLE = 30


@dataclass(frozen=True, slots=True)
class Street:
    name: str
    postcode: str
    city: str


@dataclass(frozen=True, slots=True)
class Complex:
    name: str
    region: int
    streets: tuple[Street, ...]
    lettered: bool  # four homes share a number: 12A, 12B, 12C, 12D


@dataclass(frozen=True)
class Stock:
    """Homes first, then parking places; `home_complex[i]` and `home_place[i]` (its rank in the complex)."""

    complexes: tuple[Complex, ...]
    home_complex: Ints
    home_place: Ints
    complex_size: Ints
    parking: Flags
    parking_home: Ints  # of a parking place the home it goes with, else -1


def _sizes(homes: int, draws: Draws) -> list[int]:
    """Complexes of 20 to 200 homes that add up exactly; a corporation of under 20 homes is one complex."""
    sizes = []
    while homes > 0:
        size = int(draws.between(20, 200, 1)[0])
        if homes - size < 20:
            size = homes if homes <= 200 else homes // 2
        sizes.append(size)
        homes -= size
    return sizes


def _street(city: int, region: int, number: int, order: Ints) -> Street:
    """Street `number` of a city: each of 256 names once, then again with `2e` before it."""
    rounds, rank = divmod(number, len(order))
    stem, end = divmod(int(order[rank]), len(STREET_ENDS))
    name, base = CITIES[region][1][city]
    block, pair = divmod(number, len(_FIRST_LETTERS) * len(_SECOND_LETTERS))
    first, second = divmod(pair, len(_SECOND_LETTERS))
    ordinal = f"{rounds + 1}e " if rounds else ""
    postcode = f"{base + block}{_FIRST_LETTERS[first]}{_SECOND_LETTERS[second]}"
    return Street(f"{ordinal}{STREET_STEMS[stem]}{STREET_ENDS[end]}", postcode, name)


def _complexes(count: int, draws: Draws) -> tuple[Complex, ...]:
    regions = draws.deal(_REGION_WEIGHTS, count)
    cities, streets = draws.below(2, count), draws.between(1, 3, count)
    lettered = draws.below(3, count) == 0
    order = draws.order(len(STREET_STEMS) * len(STREET_ENDS))
    used: dict[tuple[int, int], int] = {}
    made = []
    for i in range(count):
        region, city = int(regions[i]), int(cities[i])
        start = used.get((region, city), 0)
        own = tuple(_street(city, region, start + k, order) for k in range(int(streets[i])))
        used[region, city] = start + len(own)
        name = f"{own[0].name.removesuffix('straat')} {COMPLEX_WORDS[i % len(COMPLEX_WORDS)]}"
        made.append(Complex(name, region, own, bool(lettered[i])))
    return tuple(made)


def make_stock(homes: int, draws: Draws) -> Stock:
    """`homes` homes in complexes, and for 3% of them a parking place."""
    sizes = np.array(_sizes(homes, draws), dtype=np.int64)
    home_complex = np.repeat(np.arange(len(sizes), dtype=np.int64), sizes)
    starts = np.cumsum(sizes) - sizes
    place = np.arange(homes, dtype=np.int64) - starts[home_complex]
    with_parking = np.sort(draws.order(homes)[: homes * PARKING_PERMILLE // 1000])
    count = len(with_parking)
    none = np.full(homes, -1, dtype=np.int64)
    return Stock(
        complexes=_complexes(len(sizes), draws),
        home_complex=np.concatenate([home_complex, home_complex[with_parking]]),
        home_place=np.concatenate([place, 300 + np.arange(count, dtype=np.int64) % 600]),
        complex_size=sizes,
        parking=np.concatenate([np.zeros(homes, dtype=np.bool_), np.ones(count, dtype=np.bool_)]),
        parking_home=np.concatenate([none, with_parking]),
    )


def address(stock: Stock, home: int) -> tuple[Street, int, str]:
    """Street, house number and house letter of a home or parking place."""
    index, place = int(stock.home_complex[home]), int(stock.home_place[home])
    group = stock.complexes[index]
    if stock.parking[home]:
        return group.streets[0], place + 1, ""
    part = place * len(group.streets) // int(stock.complex_size[index])
    if group.lettered:
        return group.streets[part], 1 + place // 4, "ABCD"[place % 4]
    return group.streets[part], 1 + place, ""
