"""What the fields of a text stand for, in Dutch: for whoever writes a text, and for what is said of one."""

from __future__ import annotations

from collections.abc import Mapping

FIELD_WORDS: Mapping[str, str] = {
    "bailiff_name": "de deurwaarder",
    "contact_name": "wie de huurder kan bellen",
    "contact_number": "het nummer van die persoon",
    "costs_cents": "de incassokosten, met btw als die erbij komt",
    "due_on": "de dag waarop dit deel betaald moest zijn",
    "fee_cents": "de incassokosten zonder btw",
    "first_on": "de dag van het eerste deel",
    "handover_on": "de dag waarop het naar de deurwaarder gaat",
    "help_line": "waar hulp is die niets kost",
    "instalment_cents": "het bedrag van dit deel",
    "instalment_count": "hoeveel delen de afspraak heeft",
    "last_on": "de dag van het laatste deel",
    "link": "de link om te betalen",
    "meet_on": "de dag van het gesprek",
    "meet_place": "waar het gesprek is",
    "meet_time": "hoe laat het gesprek is",
    "municipality": "de gemeente",
    "object_before_on": "vóór welke dag de huurder nee kan zeggen",
    "open_cents": "het bedrag dat open is",
    "paid_cents": "het bedrag dat binnenkwam",
    "paid_on": "de dag waarop dat binnenkwam",
    "pay_before_on": "de laatste dag om te betalen",
    "principal_cents": "het bedrag van de schuld",
    "sender_name": "de naam van de corporatie",
    "vat_cents": "de btw over de incassokosten",
}
