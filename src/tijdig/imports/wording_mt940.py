"""Dutch sentences (B1) for the problems of MT940 files: what is wrong and what to do."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "mt940_empty": "Dit bestand is leeg. Download het afschrift opnieuw bij de bank en lees het daarna in.",
    "mt940_not_mt940": (
        "Dit is geen MT940-bestand. Kies bij de bank voor MT940 of, liever, camt.053 en download het opnieuw."
    ),
    "mt940_too_long": (
        "Een regel of veld in dit bestand is veel te lang voor MT940. "
        "Download het afschrift opnieuw bij de bank."
    ),
    "mt940_no_closing": (
        "Het eindsaldo ontbreekt. Het bestand is waarschijnlijk afgebroken. "
        "Download het afschrift opnieuw bij de bank."
    ),
    "mt940_no_opening": (
        "Het beginsaldo ontbreekt, dus wij weten niet of dit afschrift compleet is. "
        "Download het afschrift opnieuw bij de bank."
    ),
    "mt940_no_account": (
        "Het rekeningnummer ontbreekt, dus wij weten niet van welke rekening dit afschrift is. "
        "Download het afschrift opnieuw bij de bank."
    ),
    "mt940_order": (
        "Deze regel staat op een plaats waar hij niet hoort: {waarde}. "
        "Iemand heeft het bestand misschien bewerkt. Download het afschrift opnieuw bij de bank."
    ),
    "mt940_intraday": (
        "Dit is een tussentijds overzicht (MT942) en geen afschrift. Kies bij de bank voor MT940 of camt.053."
    ),
    "mt940_currency": (
        "Rekening {rekening} is niet in euro ({waarde}). Wij lezen alleen euro's. "
        "Verwerk dit afschrift met de hand."
    ),
    "mt940_balance_unreadable": (
        "Het saldo {waarde} is niet te lezen. Download het afschrift opnieuw bij de bank. "
        "Gaat het weer mis? Stuur de regel naar de bank."
    ),
    "mt940_line_unreadable": (
        "Deze boeking is niet te lezen: {waarde}. Zoek de boeking op bij de bank en boek hem met de hand."
    ),
    "mt940_amount_unreadable": (
        "Het bedrag is niet te lezen: {waarde}. Een bedrag heeft een komma en geen punt. "
        "Zoek het bedrag op bij de bank en boek het met de hand."
    ),
    "mt940_amount_decimals": (
        "Het bedrag heeft meer dan twee cijfers achter de komma: {waarde}. "
        "Zoek het bedrag op bij de bank en boek het met de hand."
    ),
    "mt940_day_unreadable": (
        "De datum bestaat niet: {waarde}. Zoek de datum op bij de bank en boek het bedrag met de hand."
    ),
    "mt940_tag_in_text": (
        "Achter een omschrijving staat nog een boeking op dezelfde regel. Die boeking is niet ingelezen. "
        "Zoek de boeking op bij de bank en boek hem met de hand, of download het afschrift opnieuw."
    ),
}
