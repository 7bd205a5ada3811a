"""Why a contact is not written down or taken back, and what to do. Dutch, at B1 level; `{}` is filled in where said."""

from __future__ import annotations

REFUSED = {
    "tenancy_unknown": "Dit contract bestaat niet. Zoek de huurder opnieuw op.",
    "person_unknown": "Deze persoon hoort niet bij dit contract. Kies iemand uit de lijst.",
    "moment_future": "Het tijdstip ligt in de toekomst. Vul in wanneer het contact was.",
    "moment_old": "Het contact was meer dan {} dagen geleden. Kijk of de datum klopt. Ouder contact legt u hier niet vast.",
    "talk_in_writing": "Met een brief, e-mail of sms is er geen gesprek. Kies ‘bericht’, of kies een ander kanaal.",
    "outcome_unfit": "De uitkomst ‘{}’ past niet bij ‘{}’. Kies een andere uitkomst, of pas aan wie u bereikte.",
    "cause_unknown": "De oorzaak ‘{}’ staat niet in de lijst. Kies een oorzaak uit de lijst.",
    "promise_missing": "Van de toezegging ontbreekt het bedrag of de dag. Vul in hoeveel en wanneer de huurder betaalt.",
    "promise_unasked": "Een toezegging past niet bij de uitkomst ‘{}’. Kies ‘zegt toe te betalen’, of haal die weg.",
    "promise_amount": "Het bedrag van de toezegging moet hoger zijn dan € 0. Vul in hoeveel de huurder betaalt.",
    "promise_large": "Het bedrag van de toezegging is erg hoog. Kijk of het klopt.",
    "promise_before": "De huurder kan niet beloven te betalen vóór de dag van het contact. Kies die dag of een latere dag.",
    "promise_far": "De toezegging ligt meer dan {} dagen na het contact. Kies een eerdere dag, of maak een regeling.",
    "next_past": "De dag van het vervolg is al geweest. Kies vandaag of een latere dag.",
    "next_missing": "U vult een dag in, maar geen vervolg. Kies wat u gaat doen, of haal de dag weg.",
    "minutes_wrong": "Vul bij de duur hele minuten in, van 0 tot en met {}.",
    "note_long": "De notitie is te lang. Schrijf ten hoogste {} tekens.",
    "contact_unknown": "Dit contact bestaat niet. Open de huurder opnieuw.",
    "withdrawn_already": "Dit contact is al ingetrokken. U hoeft niets te doen.",
    "reason_missing": "Schrijf waarom u dit contact intrekt. Zonder reden kan dat alleen de schrijver, binnen {} minuten.",
    "reason_long": "De reden is te lang. Schrijf ten hoogste {} tekens.",
    "reply_unknown": "Dit antwoord bestaat niet. Open de lijst opnieuw.",
    "reply_moved": "Iemand anders deed intussen iets met dit antwoord. Kijk wat ermee gebeurde.",
    "reply_reason_missing": "Schrijf waarom. Zo weet een collega later hoe het zat.",
}
OUTSIDE_HOURS = (
    "Dit contact was buiten de contacturen ({} tot {} uur, niet op zondag of een feestdag). "
    "Klopt het tijdstip? Bel of bezoek de huurder dan voortaan binnen die uren."
)
