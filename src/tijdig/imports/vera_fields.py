"""The names of VERA: entities, fields, which field holds a code of which list, and what a row must have.

A row, from JSON or from a flat table, is brought to one form first: a flat mapping of canonical names to
text, with codes under `soort.code` and keys under `overeenkomst.id`. Everything after that is the same for
both. Source: Aedes-datastandaarden/vera-openapi 4.3 (BFG, BOG, BRG, VHE); nothing there is marked required,
so the minimum is the import profile of `docs/rules/vera.md`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_NO_MARKS = re.compile(r"[^a-z0-9.]")

# entity -> must have; `a|b` is either. A row without them is refused; a table without the column is refused
# whole.
MINIMUM: dict[str, tuple[str, ...]] = {
    "overeenkomsten": ("id", "code", "status.code", "begindatum", "einddatum", "soort.code"),
    "relaties": ("id", "soort.code", "achternaam|geslachtsnaam|naam"),
    "relatierollen": ("overeenkomst.id|overeenkomst.code", "relatie.id", "soort.code", "begindatum"),
    "contactgegevens": ("relatie.id", "soort.code", "waarde|abonneenummer"),
    "eenheden": ("id", "straatnaam", "huisnummer", "postcode", "woonplaats"),
    "clusters": ("id", "naam"),
    "prijscomponenten": (
        "overeenkomst.id|overeenkomst.code",
        "soort.code",
        "detailSoort.code",
        "begindatum",
        "bedrag|bedragInclusiefBtw",
    ),
    "betaalwijzen": ("overeenkomst.id|overeenkomst.code", "soort.code", "begindatum"),
    "machtigingen": (
        "kenmerkMachtiging|machtigingsnummer",
        "iban",
        "afgiftedatum",
        "overeenkomst.id|overeenkomst.code",
    ),
    "boekingen": (
        "id",
        "overeenkomst.id|overeenkomst.code|debiteur.id",
        "soort.code",
        "boekdatum",
        "vervaldatum",
        "bedrag",
    ),
    "debiteuren": ("id", "saldo"),
    "afletteringen": ("boeking.id", "tegenboeking.id", "datum", "bedrag"),
}
ENTITIES = tuple(MINIMUM)

# Must be there as a column, may be empty: an open end, and the due day of money that came in.
MAY_BE_EMPTY = frozenset({("overeenkomsten", "einddatum"), ("boekingen", "vervaldatum")})

CODE_LISTS: dict[str, dict[str, str]] = {
    "overeenkomsten": {
        "status.code": "OVEREENKOMSTSTATUS",
        "soort.code": "OVEREENKOMSTSOORT",
        "bewakingsstatus.code": "BEWAKINGSSTATUS",
        "eindeReden.code": "EINDEREDEN",
        "eindeDetailReden.code": "EINDEDETAILREDEN",
    },
    "relaties": {"soort.code": "RELATIESOORT", "voorkeurstaal.code": "TAAL"},
    "relatierollen": {"soort.code": "RELATIEROLSOORT"},
    "contactgegevens": {
        "soort.code": "CONTACTGEGEVENSOORT",
        "status.code": "CONTACTGEGEVENSTATUS",
        "voorkeur.code": "CONTACTGEGEVENVOORKEUR",
    },
    "eenheden": {"soort.code": "EENHEIDSOORT", "maatschappelijkLabel.code": "MAATSCHAPPELIJKLABEL"},
    "clusters": {"soort.code": "CLUSTERSOORT"},
    "prijscomponenten": {
        "soort.code": "PRIJSCOMPONENTSOORT",
        "detailSoort.code": "PRIJSCOMPONENTDETAILSOORT",
        "wijzigingsreden.code": "PRIJSCOMPONENTWIJZIGINGSREDEN",
        "btw.code": "BTW",
    },
    "betaalwijzen": {"soort.code": "BETAALWIJZESOORT"},  # incassomoment: see `vera_map.debit_day`
    "machtigingen": {"soort.code": "MACHTIGINGSOORT"},
    "boekingen": {
        "soort.code": "BOEKINGSOORT",
        "detailSoort.code": "BOEKINGDETAILSOORT",
        "status.code": "BOEKINGSTATUS",
    },
    "debiteuren": {"soort.code": "DEBITEURSOORT", "status.code": "DEBITEURSTATUS"},
    "afletteringen": {},
}

# What a column must hold, for the early check on swapped columns.
AMOUNTS = frozenset({"bedrag", "bedragInclusiefBtw", "saldo"})
DAYS = frozenset(
    {
        "begindatum",
        "einddatum",
        "boekdatum",
        "factuurdatum",
        "vervaldatum",
        "valutadatum",
        "datum",
        "afgiftedatum",
        "geboortedatum",
        "overlijdensdatum",
    }
)

_KEYS = ("overeenkomst", "relatie", "debiteur", "boeking", "tegenboeking", "eenheid", "cluster")
_CODED = frozenset(name for fields in CODE_LISTS.values() for name in fields) | {"incassomoment.code"}
_PLAIN = frozenset(
    {part for names in MINIMUM.values() for name in names for part in name.split("|")}
    | AMOUNTS
    | DAYS
    | {"tussenvoegsels", "voorletters", "initialen", "aanhef", "landnummer", "netnummer", "huisletter"}
    | {"huisnummerToevoeging", "rekeninghouder", "omschrijving", "betalingskenmerk", "rayon"}
    | {"incassoOpdracht.plandatum", "incassoOpdracht.id", "overeenkomst.code"}
    | {f"{key}.id" for key in _KEYS}
)
# Other spellings of the same field, in VERA itself or in flat exports of it.
_OTHER_NAMES = {
    "huurovereenkomst": "overeenkomst.id",
    "huurboeking": "boeking.id",
    "huurboeking.id": "boeking.id",
    "tegenhuurboeking": "tegenboeking.id",
    "tegenhuurboeking.id": "tegenboeking.id",
    "oorspronkelijkeboeking": "tegenboeking.id",
    "oorspronkelijkeboeking.id": "tegenboeking.id",
    "straat": "straatnaam",
    "adres.straat": "straatnaam",
    "plaats": "woonplaats",
    "woonplaats.naam": "woonplaats",
    "adres.woonplaats.naam": "woonplaats",
    "adres.woonplaats": "woonplaats",
    "rayon.naam": "rayon",
    "betaalgegeven.iban": "iban",
    "betaalgegeven.rekeninghouder": "rekeninghouder",
    "incassomachtiging.kenmerkmachtiging": "kenmerkMachtiging",
    "incassomachtiging.machtigingsnummer": "machtigingsnummer",
    "incassomachtiging.afgiftedatum": "afgiftedatum",
    "tussenvoegsel": "tussenvoegsels",
    "clusters": "cluster.id",
    "eenheden": "eenheid.id",
}


def _spellings() -> dict[str, str]:
    table = {name.lower(): name for name in _PLAIN | _CODED}
    table |= {name.removesuffix(".code").lower(): name for name in _CODED}
    table |= {key: f"{key}.id" for key in _KEYS}
    table |= {f"{key}id": f"{key}.id" for key in _KEYS}
    table |= {
        f"adres.{name.lower()}": name for name in ("straatnaam", "huisnummer", "huisletter", "postcode")
    }
    return table | {"adres.huisnummertoevoeging": "huisnummerToevoeging"} | _OTHER_NAMES


_SPELLINGS = _spellings()


@lru_cache(maxsize=4096)
def canonical(name: str) -> str:
    """Our one name of a field, or "" for a field that is not read.

    `canonical("Status")`, `canonical("status.code")` and `canonical(" STATUS.CODE ")` are all
    `"status.code"`.
    """
    return _SPELLINGS.get(_NO_MARKS.sub("", name.lower()), "")


def missing_columns(entity: str, names: Iterable[str]) -> list[str]:
    """The minimum fields of the entity for which no column (canonical name) is there."""
    present = set(names)
    return [need for need in MINIMUM[entity] if present.isdisjoint(need.split("|"))]


def plain_name(need: str) -> str:
    """As a person reads it: `"overeenkomst.id|debiteur.id"` is `"overeenkomst of debiteur"`."""
    parts = [part.removesuffix(".id").removesuffix(".code") for part in need.split("|")]
    return " of ".join(dict.fromkeys(parts))


def entity_of_columns(headers: Iterable[str], file_name: str = "") -> str | None:
    """Which entity a table or record is, by its field names; the file name only decides between equals.

    The entity whose whole minimum is there, the largest minimum first. A file named after an entity that has
    at least half of that minimum is recognised too, so that its missing columns can be named.
    """
    names = {canonical(header) for header in headers} - {""}
    named = entity_named(file_name)
    whole = [entity for entity in ENTITIES if not missing_columns(entity, names)]
    if named != "clusters" and "clusters" in whole:
        whole.remove("clusters")  # anything has a key and a name: only the file name can tell
    if named in whole:
        return named
    if named and len(missing_columns(named, names)) * 2 <= len(MINIMUM[named]):
        return named
    if "betaalwijzen" in whole and "machtigingen" in whole:
        whole.remove("machtigingen")  # a payment method with its mandate; it gives both
    return max(whole, key=lambda entity: len(MINIMUM[entity]), default=None)


def entity_named(file_name: str) -> str | None:
    """The entity in a file name: `"2026-11 VERA_Boekingen.csv"` is `boekingen`."""
    words = re.split(r"[^a-z]+", file_name.lower())
    return next((entity for entity in ENTITIES if entity in words), None)
