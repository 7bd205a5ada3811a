"""The ERP's side as VERA 4.3: homes, clusters, people and leases as JSON, with nested parts as real systems
send them.

A price component begins and ends on a moment in UTC, as VERA says, so that 1 July arrives as 30 June
22:00Z. The starting rent and every increase stand apart. Amounts are JSON numbers with two decimals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from json import dumps

from tijdig.base.days import AMSTERDAM, day_of
from tijdig.lab.names import BODIES, CITIES
from tijdig.lab.people import LANGUAGES
from tijdig.lab.population import Corporation
from tijdig.lab.stock import address

_TITLES = ("Mevrouw", "De heer", "")
_REGION_CODES = ("NO", "OO", "MI", "WE", "ZU")


def envelope(entity: str, elements: Iterable[str]) -> Iterator[str]:
    """`{"eenheden":[...]}`, one element per line."""
    yield f'{{"{entity}":[\n'
    comma = ""
    for element in elements:
        yield f"{comma}{element}"
        comma = ",\n"
    yield "\n]}\n"


@cache
def text(value: str) -> str:
    return dumps(value, ensure_ascii=False)


@cache
def code(value: str, name: str) -> str:
    return f'{{"code":"{value}","naam":"{name}"}}'


@cache
def moment(day: int) -> str:
    """The beginning of an Amsterdam day, in UTC. Of 1 July: `2026-06-30T22:00:00Z`."""
    local = datetime.combine(day_of(day), datetime.min.time(), AMSTERDAM)
    return f"{local.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


@cache
def iso(day: int) -> str:
    return day_of(day).isoformat()


def decimal(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def home_key(home: int) -> str:
    return f"E{home + 1:06d}"


def complex_key(index: int) -> str:
    return f"C{index + 1:04d}"


def _region(region: int) -> str:
    return code(_REGION_CODES[region], CITIES[region][0])


def clusters(corporation: Corporation) -> Iterator[str]:
    """The regions, then the complexes with the region above them."""
    for i, (name, _) in enumerate(CITIES):
        kind = code("RAY", "Rayon")
        key = _REGION_CODES[i]
        yield f'{{"id":"R{key}","code":"{key}","soort":{kind},"naam":{text(f"Regio {name}")}}}'
    for i, group in enumerate(corporation.stock.complexes):
        above = f'{{"id":"R{_REGION_CODES[group.region]}"}}'
        yield (
            f'{{"id":"{complex_key(i)}","code":"{complex_key(i)}","soort":{code("FIN", "Financieel")},'
            f'"naam":{text(group.name)},"bovenliggendeCluster":{above},"rayon":{_region(group.region)}}}'
        )


def homes(corporation: Corporation) -> Iterator[str]:
    """Dwellings, then parking places."""
    stock = corporation.stock
    let = set(corporation.leases.home[corporation.leases.running].tolist())
    for home, index in enumerate(stock.home_complex.tolist()):
        street, number, letter = address(stock, home)
        parking = bool(stock.parking[home])
        kind = code("PAR", "Parkeren") if parking else code("WOO", "Woonruimte")
        status = code("VEH", "Verhuurd") if home in let else code("LEE", "Leegstand")
        label = "" if parking else f'"maatschappelijkLabel":{code("DAE", "DAEB")},'
        yield (
            f'{{"id":"{home_key(home)}","code":"{home_key(home)}","soort":{kind},"status":{status},{label}'
            f'"adres":{{"straatnaam":{text(street.name)},"huisnummer":"{number}",'
            f'"huisletter":"{letter}","postcode":"{street.postcode}","woonplaats":{{"naam":"{street.city}"}}}},'
            f'"rayon":{_region(stock.complexes[index].region)},"clusters":[{{"id":"{complex_key(index)}"}}]}}'
        )


def relations(corporation: Corporation) -> Iterator[str]:
    """The tenants of dwellings, then the debt-help bodies."""
    people = corporation.people
    for lease in range(len(corporation.leases)):
        if corporation.leases.parking[lease]:
            continue
        yield _person(corporation, lease, second=False)
        if people.two[lease]:
            yield _person(corporation, lease, second=True)
    for number, name in enumerate(BODIES):
        kind = code("REC", "Rechtspersoon")
        yield f'{{"id":"B{number + 1:02d}","code":"B{number + 1:02d}","soort":{kind},"naam":{text(name)}}}'


def _person(corporation: Corporation, lease: int, *, second: bool) -> str:
    people, who = corporation.people, int(second)
    key = people.key(lease, second)
    initials, prefix, surname = people.name_parts(lease, second)
    language = "" if second else f'"voorkeurstaal":{code(*LANGUAGES[int(people.language[lease])])},'
    number = f"+31600{(lease * 2 + who) * 7 % 1_000_000:06d}"  # 06-00 is not given out to anybody
    mail = f'{{"soort":{code("EMA", "E-mail")},"waarde":"bewoner{key[1:].lower()}@voorbeeld.example"}},'
    return (
        f'{{"id":"{key}","code":"{key}","soort":{code("NAT", "Natuurlijk persoon")},'
        f'"aanhef":"{_TITLES[int(people.title[who, lease])]}","voorletters":"{initials}",'
        f'"tussenvoegsels":{text(prefix)},"achternaam":{text(surname)},{language}'
        f'"geboortedatum":"{iso(int(people.born[who, lease]))}",'
        f'"contactgegevens":[{mail if lease % 4 else ""}'
        f'{{"soort":{code("MOB", "Mobiele telefoon")},"waarde":"{number}"}}]}}'
    )
