"""Which column of somebody's table is which field of ours: a value that is saved per source.

A mapping is suggested from the headers by Dutch synonyms; a person looks at it once, fills what is missing,
confirms the shape, and it is kept. Nothing is read with a mapping that is not whole. What it leaves out:
formulas, several tables on one sheet, fields put together from two columns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tijdig.imports.table_shape import TableShape
from tijdig.imports.vera_values import Signs
from tijdig.ledger.kinds import LABEL, Kind

# our field -> headers by which it goes, most telling first; compared without marks and capitals
SYNONYMS: dict[str, tuple[str, ...]] = {
    "contract_number": (
        "contractnummer",
        "contractnr",
        "contract",
        "overeenkomstnummer",
        "overeenkomst",
        "huurcontract",
        "huurovereenkomst",
        "huurdersnummer",
        "contractnumber",
    ),
    "amount": (
        "bedrag",
        "bedraginclbtw",
        "ontvangenbedrag",
        "bedrageur",
        "betaald",
        "totaalbedrag",
        "amount",
    ),
    "effective_on": (
        "valutadatum",
        "betaaldatum",
        "ontvangstdatum",
        "betaaldop",
        "factuurdatum",
        "datum",
        "ingangsdatum",
        "date",
    ),
    "booked_on": ("boekdatum", "boekingsdatum", "verwerkingsdatum", "boekdag"),
    "due_on": ("vervaldatum", "vervaldag", "uiterstebetaaldatum", "tebetalenvoor", "duedate"),
    "reference": (
        "boekingsnummer",
        "boekstuknummer",
        "boekingsnr",
        "factuurnummer",
        "referentie",
        "kenmerk",
        "id",
    ),
    "kind": ("soort", "boekingssoort", "soortvordering", "type", "component"),
    "description": ("omschrijving", "toelichting", "mededeling", "opmerking", "description"),
}
NEEDED = {
    "payments": ("contract_number", "amount", "effective_on"),
    "charges": ("contract_number", "amount", "due_on"),
}
KIND_WORDS: dict[str, Kind] = {
    **{label: kind for kind, label in LABEL.items()},
    "kale huur": Kind.RENT,
    "nettohuur": Kind.RENT,
    "netto huur": Kind.RENT,
    "prolongatie": Kind.RENT,
    "service": Kind.SERVICE_COSTS,
    "stookkosten": Kind.SERVICE_COSTS,
    "afrekening": Kind.SETTLEMENT,
    "aanmaankosten": Kind.COLLECTION_COSTS,
    "wettelijke rente": Kind.INTEREST,
    "overig": Kind.OTHER_CHARGE,
    "schade": Kind.OTHER_CHARGE,
    "factuur": Kind.OTHER_CHARGE,
}


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """How one source's tables are read. `entity` is "payments" or "charges".

    `shape` is `None` until it is known: then it is told from the file. `kind` is the kind of every row of a
    table of charges that has no such column. With `Signs.BY_KIND` a payment of 650.00 is written as 650.00.
    """

    entity: str
    columns: Mapping[str, str]  # our field -> their header
    source: str = "tabel"
    shape: TableShape | None = None
    kind: Kind | None = None
    signs: Signs = Signs.BY_KIND


def plain(header: str) -> str:
    return re.sub(r"[^a-z0-9]", "", header.lower())


def suggest_mapping(headers: Sequence[str], source: str = "tabel") -> ColumnMapping:
    """The mapping that the headers suggest: by their names alone, each header once, the most telling name
    first.

    `suggest_mapping(["Contractnr", "Bedrag", "Datum"])` maps three fields and says "payments"; a header for a
    due day makes it "charges". What no header names is left out: `missing_fields` tells.
    """
    by_name: dict[str, str] = {}
    for header in headers:
        by_name.setdefault(plain(header), header)
    columns: dict[str, str] = {}
    for field, names in SYNONYMS.items():
        found = next((by_name[name] for name in names if name in by_name), None)
        if found is not None and found not in columns.values():
            columns[field] = found
    return ColumnMapping("charges" if "due_on" in columns else "payments", columns, source)


def missing_fields(mapping: ColumnMapping, header: Sequence[str]) -> list[str]:
    """The needed fields without a column in this table, and mapped columns that are no longer there."""
    needed = list(NEEDED[mapping.entity])
    if mapping.entity == "charges" and mapping.kind is None:
        needed.append("kind")
    missing = [field for field in needed if field not in mapping.columns]
    return missing + [name for name in mapping.columns.values() if name not in header]


def kind_of_word(word: str) -> Kind | None:
    """The kind of a charge by its Dutch word; `None` for a word we do not know."""
    return KIND_WORDS.get(" ".join(word.lower().split()))
