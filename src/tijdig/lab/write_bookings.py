"""What the ERP charged, as one flat table: `boekingen.csv`, VERA field names, `;`, decimal comma, ISO days.

One claim (VOR/PRO) per tenancy per month, due on the 1st; the yearly settlement of service costs (SKS);
costs of reminders (VOR/AAN). No receipts: money comes from the bank.
"""

from __future__ import annotations

from collections.abc import Iterator

from tijdig.base.days import MONTHS
from tijdig.lab.numbers import contract_number, payment_reference
from tijdig.lab.population import Corporation
from tijdig.lab.rents import RENT, SETTLEMENT
from tijdig.lab.wording import iso_day

HEADER = (
    "id;overeenkomst.id;soort.code;detailSoort.code;status.code;boekdatum;factuurdatum;vervaldatum;bedrag;"
    "betalingskenmerk;omschrijving\n"
)
_LETTERS = "HSK"


def rows(corporation: Corporation) -> Iterator[str]:
    charges, span = corporation.charges, corporation.window
    firsts = [span.month_first(m) for m in range(span.months)]
    stamps = [span.yyyymm(m) for m in range(span.months)]
    rent = [f"Huur {MONTHS[first.month - 1]} {first.year}" for first in firsts]
    settled = [f"Afrekening servicekosten {first.year - 1}" for first in firsts]
    contracts = [contract_number(i) for i in range(len(corporation.leases))]
    references = [payment_reference(contract) for contract in contracts]
    columns = (charges.tenancy, charges.day, charges.cents, charges.kind, charges.month)
    yield HEADER
    for tenancy, day, cents, kind, month in zip(*(c.tolist() for c in columns), strict=True):
        contract, on = contracts[tenancy], iso_day(day)
        if kind == RENT:
            pair, words = "VOR;PRO", rent[month]
        elif kind == SETTLEMENT:
            pair, words = "SKS;", settled[month]
        else:
            pair, words = "VOR;AAN", "Incassokosten aanmaning"
        whole, rest = divmod(abs(cents), 100)
        amount = f"{'-' if cents < 0 else ''}{whole},{rest:02d}"
        yield (
            f"{contract}-{stamps[month]}{_LETTERS[kind]};O{contract};{pair};HIS;"
            f"{on};{on};{on};{amount};{references[tenancy]};{words}\n"
        )
