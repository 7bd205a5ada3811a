"""Why a ruling is not made or ended, and what to do. Dutch, at B1 level; `{}` is filled in where said."""

from __future__ import annotations

REFUSED = {
    "tenancy_unknown": "Dit contract bestaat niet. Zoek de huurder opnieuw op.",
    "name_missing": "Een besluit staat altijd op naam. Meld u opnieuw aan.",
    "instead_missing": "Kies om welke stap het gaat.",
    "instead_unasked": "Bij ‘{}’ hoort geen stap. Haal de stap weg.",
    "instead_unknown": "De stap ‘{}’ staat niet in de werkwijze. Kies een stap uit de lijst.",
    "do_missing": "Kies welke stap er in de plaats komt.",
    "do_unasked": "Bij ‘{}’ komt er geen andere stap in de plaats. Haal die stap weg, of kies ‘een andere stap’.",
    "do_unknown": "De stap ‘{}’ staat niet in de werkwijze. Kies een stap uit de lijst.",
    "do_same": "Dit is dezelfde stap. Kies een andere stap.",
    "until_past": "De laatste dag is al geweest. Kies vandaag of een latere dag.",
    "until_far": "Dit mag ten hoogste {} dagen duren. Kies een dag tot en met {}. Daarna beslist u opnieuw.",
    "reason_missing": "Schrijf waarom u dit besluit. De reden blijft bij de huurder staan.",
    "reason_long": "De reden is te lang. Schrijf ten hoogste {} tekens.",
    "ruling_unknown": "Dit besluit bestaat niet. Open de huurder opnieuw.",
    "ended_already": "Dit is op {} al beëindigd. U hoeft niets te doen.",
    "over_already": "Dit gold tot en met {} en is vanzelf voorbij. U hoeft niets te doen.",
    "end_reason_missing": "Schrijf waarom u dit beëindigt.",
}
REPLACED = "vervangen"  # the reason of a ruling that ends because another one takes its place
