"""Every sentence of the imports in Dutch: what is wrong and what to do. One place to look a code up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tijdig.imports import wording_bank, wording_mt940, wording_vera
from tijdig.sandbox.limits import SENTENCES as STOPPED

FILE = {
    "file_done": "Ingelezen.",
    "file_duplicate": (
        "Dit bestand is al ingelezen op {day} (als {name}). Er is niets opnieuw geboekt. U hoeft niets te doen."
    ),
    "file_empty": "Dit bestand is leeg. Haal het opnieuw op bij uw bank of uit uw systeem.",
    "file_unknown": (
        "tijdig herkent dit bestand niet. Wat wel kan: camt.053, MT940, pain.008, pain.002, VERA (JSON of CSV), "
        "en een tabel in CSV of Excel met kolomnamen op de eerste regel."
    ),
    "xml_unknown": (
        "Dit is een XML-bestand, maar geen bankafschrift, incassobestand of terugmelding die tijdig kent. "
        "Vraag uw bank om camt.053."
    ),
    "file_not_ours": (
        "Dit bestand is hier niet meer te openen: het is beschadigd, weg, of bewaard door een andere installatie van "
        "tijdig. Er is niets geboekt. Lever het bestand opnieuw aan."
    ),
    **{reason.value: said for reason, said in STOPPED.items()},
    "failed": (
        "Er ging iets mis in tijdig zelf ({error}). Er is niets geboekt. Probeer het opnieuw; gaat het weer mis, "
        "geef dit dan door aan de beheerder."
    ),
    "mapping_needed": (
        "tijdig weet niet welke kolom wat is: {missing} ontbreekt. Geef de kolommen een herkenbare naam "
        "(bijvoorbeeld contractnummer, datum, bedrag) en lees het bestand opnieuw in."
    ),
    "too_large": "Dit bestand is groter dan 4 GB. Splits het per maand en lees de delen in.",
    "tenancy_unknown": "Contract {contract} is niet bekend. Lees eerst de contracten in en lees dit bestand opnieuw.",
    "home_unknown": (
        "Eenheid {key} is niet bekend. Het contract is ingelezen zonder adres. Lees de eenheden in en daarna dit bestand "
        "opnieuw."
    ),
    "person_unknown": "Relatie {key} is niet bekend. Lees eerst de relaties in en lees dit bestand opnieuw.",
    "sign_wrong": "Een boeking van soort {kind} kan dit teken niet hebben ({cents} cent). Kijk het na in de bron.",
    "target_unknown": "Deze boeking verwijst naar {target}, maar die is niet bekend. Lees eerst die boeking in.",
    "target_elsewhere": "Deze boeking verwijst naar {target}, maar die hoort bij een ander contract.",
    "reference_reused": (
        "Kenmerk {reference} is al geboekt, met een ander bedrag of contract. Een boeking verandert niet: boek een "
        "correctie die ernaar terugwijst."
    ),
    "refusal_unknown": (
        "De bank weigert incasso {reference}, maar die staat niet in een van uw incassobestanden. Lees het "
        "incassobestand (pain.008) in en daarna dit bestand opnieuw."
    ),
    "reason_needed": "Schrijf kort op waarom.",
    "statement_not_held": "Dit afschrift wacht niet (meer) op een besluit.",
    "parts_differ": "De delen tellen niet op tot {sum}. Kijk de bedragen na.",
    "line_not_queued": "Deze regel is al toegewezen.",
    "file_went": (
        "Het bestand zelf is gewist, omdat de bewaartermijn voorbij is. Wat eruit geboekt is, staat er nog. Lees het zo "
        "nodig opnieuw in: wat al geboekt is, wordt niet dubbel geboekt."
    ),
    "quarantine_not_open": "Deze regel is al afgehandeld.",
    "text_not_found": (
        "Deze tekst staat niet precies zo in het bestand, dus tijdig kan hem daar niet vervangen. Herstel het bestand "
        "zelf en lees het opnieuw in: wat al geboekt is, wordt niet dubbel geboekt."
    ),
}
HOLDS = {
    "account_unknown": "Rekening {account} staat niet bij ons bekend. Is het uw rekening? Neem het afschrift dan aan.",
    "no_balance": "Begin- of eindsaldo ontbreekt, dus tijdig kan niet narekenen of alles er is.",
    "difference": "Begin- en eindsaldo en de boekingen kloppen niet: er is {difference} verschil.",
    "gap": "Dit afschrift sluit niet aan op het vorige: er zit {difference} tussen. Waarschijnlijk ontbreekt er een.",
}
NATURES = {
    "payment": "betaling",
    "collection": "automatische incasso",
    "batch": "incassobatch",
    "storno": "storno",
    "storno_batch": "storno's in één bedrag",
    "returned_transfer": "teruggekomen overboeking",
    "payout": "uitgaande betaling",
    "bank_costs": "bankkosten",
    "other": "overig",
}
STATES = {
    "posted": "geboekt",
    "queued": "wacht op toewijzing",
    "held": "afschrift wacht",
    "duplicate": "al bekend",
    "split": "gesplitst",
    "other": "geen huurder",
    "notice": "ter informatie",
}
FILE_STATES = {
    "received": "in de rij",
    "reading": "wordt gelezen",
    "done": "ingelezen",
    "refused": "geweigerd",
    "duplicate": "al ingelezen",
    "failed": "mislukt",
}
STATEMENT_STATES = {
    "ok": "sluit",
    "held": "wacht op uw besluit",
    "accepted": "aangenomen",
    "notice": "ter informatie",
    "duplicate": "al bekend",
}
QUARANTINE_STATES = {
    "open": "te herstellen",
    "notice": "ter informatie",
    "repaired": "hersteld",
    "set_aside": "terzijde gelegd",
}
RULES = {
    "end_to_end": "ons eigen incassokenmerk",
    "mandate": "machtiging",
    "rf": "RF-kenmerk",
    "payment_reference": "betalingskenmerk met kloppend controlecijfer",
    "contract_and_name": "contractnummer in de tekst, met de juiste naam",
    "contract_and_account": "contractnummer in de tekst, van de bekende rekening",
    "account": "rekening bekend bij precies één lopend contract",
    "contract_only": "contractnummer in de tekst, maar een andere naam en rekening",
    "account_shared": "rekening bekend bij dit contract, maar niet alleen hier",
    "amount_and_name": "zelfde naam en precies de maandhuur",
    "name": "zelfde achternaam",
    "person": "door een medewerker toegewezen",
}
QUEUE = {
    "ledger_refused": "Het huurdersgrootboek weigert deze boeking; zie de quarantaine van dit bestand.",
    "nobody_named": "Geen kenmerk, contractnummer of rekening die we kennen.",
    "several_named": "Er worden meer contracten genoemd. Splitsen of toewijzen kan alleen u.",
    "contract_without_name": "Er staat een contractnummer in, maar naam en rekening passen daar niet bij.",
    "account_shared": "Deze rekening betaalt voor meer contracten.",
    "departed": "Dit contract is beëindigd.",
    "third_party": "Deze rekening is van iemand die voor anderen betaalt.",
    "payer_elsewhere": "Deze rekening kennen we van een ander contract.",
    "more_than_owed": "Dit is meer dan er openstaat.",
    "batch_without_details": (
        "De bank boekte een batch in één bedrag en we kennen de posten niet. Lees het incassobestand in."
    ),
    "collection_unknown": "We vinden de incasso niet die hiermee wordt teruggedraaid.",
    "payout_to_tenant": "Geld naar een rekening van een huurder: is dit een terugbetaling?",
}
CONTROLS = {
    "tenancies_missing": "contracten die in deze volledige lading ontbraken",
    "tenancies_without_rent": "lopende contracten zonder huidige huur",
    "debtors_by_source": "contracten met een ander saldo volgens de bron dan volgens de boekingen",
    "open_by_source": "openstaande posten volgens de bron",
}
SENTENCES: dict[str, str] = {
    **wording_bank.SENTENCES,
    **wording_mt940.SENTENCES,
    **wording_vera.SENTENCES,
    **FILE,
}


class _Blank(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


def sentence(code: str, params: Mapping[str, Any]) -> str:
    """The sentence of a code; an unknown code is shown as it is, so that it is noticed."""
    return SENTENCES.get(code, code).format_map(_Blank(params))
