"""`bench letters`: how many fourteen-day letters become a PDF on one core, and what a batch for the print house holds.

Every letter has its own tenant, amounts and reference, passes the checks first, and is a whole accessible PDF with its QR
code. Seconds are of the processor, so that a busy moment of the machine counts less; the first letters, which fill what
the compiler keeps, are made before the clock starts.
"""

from __future__ import annotations

import resource
import statistics
import time
from dataclasses import replace
from datetime import date

from tijdig.imports.references import make
from tijdig.law.collection_costs import collection_costs
from tijdig.letters.batch import PART_LETTERS, ToPrint, part
from tijdig.letters.fourteen_day import fourteen_day_letter
from tijdig.letters.letter import Kind, Letter, Person, Row, Sender
from tijdig.letters.render import Rendered, render
from tijdig.letters.texts import default
from tijdig.letters.values import Facts

_ON = date(2026, 11, 2)
_WARM = 20
_FAMILIES = ("de Vries", "Jansen & Zn", "van den Bércken", "El Amrani", "Bakker-Smit")  # invented
_SENDER = Sender(
    name="Woonstichting De Brug",
    address_lines=("Havenkade 12", "3011 AA Rotterdam"),
    contact_name="Sanne de Boer",
    contact_number="010 123 45 67",
    contact_email="sanne.deboer@debrug.example",
    opening_hours="Maandag tot en met vrijdag, 8.30 tot 17.00 uur",
    help_line="de gemeente: 14 010 (gratis)",
    iban="NL13TEST0123456789",
    creditor_name="Woonstichting De Brug",
)


def run(letters: int = 500, batch: int = 5_000) -> dict[str, object]:
    """The figures: letters a second, their pages and bytes, and how a batch for the print house grows in memory."""
    for place in range(_WARM):
        render(_letter(place))
    began = time.process_time()
    made = [render(_letter(place)) for place in range(_WARM, _WARM + letters)]
    seconds = time.process_time() - began
    return {
        "letters": letters,
        "letters_per_s": round(letters / seconds, 1),
        "pages": sum(one.pages for one in made),
        "bytes_each": round(statistics.mean(len(one.pdf) for one in made)),
        **_batch(batch),
    }


def _batch(letters: int) -> dict[str, object]:
    """The parts of a batch, each let go when it was made, as the program does; memory after the first and at the end."""
    began, first_mb, size = time.process_time(), 0, 0
    for first in range(0, letters, PART_LETTERS):
        held = [_to_print(place) for place in range(first, min(first + PART_LETTERS, letters))]
        one = part("Meting", _ON, _SENDER.name, held, first // PART_LETTERS + 1, first + 1)
        size += len(one.pdf)
        first_mb = first_mb or _peak_mb()
    seconds = time.process_time() - began
    return {
        "batch_letters": letters,
        "batch_letters_per_s": round(letters / seconds, 1),
        "batch_bytes": size,
        "first_part_peak_mb": first_mb,
        "peak_mb": _peak_mb(),
    }


def _peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _to_print(place: int) -> ToPrint:
    """A letter that was made before: of its paper a batch needs the digest and the pages."""
    return ToPrint(_letter(place), default(Kind.FOURTEEN_DAY), Rendered(b"", "", f"{place:064x}", 1))


def _letter(place: int) -> Letter:
    """A letter with one to three months of a rent of its own."""
    rent_cents = 60_000 + 37 * place
    rows = tuple(Row(date(2026, month, 1), rent_cents) for month in (8, 9, 10)[: 1 + place % 3])
    return fourteen_day_letter(_facts(place, rows, rent_cents * len(rows)))


def _facts(place: int, rows: tuple[Row, ...], owed_cents: int) -> Facts:
    family = f"{_FAMILIES[place % len(_FAMILIES)]} {place}"
    street = (f"Lindestraat {1 + place}", "3012 XZ Rotterdam")
    given = Facts(
        on=_ON,
        facts_on=_ON,
        instalments=rows,
        principal_cents=owed_cents,
        fee_cents=0,
        sender=_SENDER,
        to=Person(f"Mevrouw {family}", f"Beste mevrouw {family}", street),
        reference=f"HC-{100_000 + place}",
        payment_reference=make(str(place + 1)),
    )
    costs = collection_costs([row.open_cents for row in rows], _ON)
    return replace(given, fee_cents=costs.fee_cents)
