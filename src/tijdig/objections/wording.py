"""Why an objection or its answer is not written down, and what waits for it. Dutch, at B1 level; `{}` is filled in."""

from __future__ import annotations

from tijdig.objections.objection import Pause

REFUSED = {
    "tenancy_unknown": "Dit contract bestaat niet. Zoek de huurder opnieuw op.",
    "received_future": "De dag van ontvangst ligt in de toekomst. Vul in wanneer het bezwaar kwam.",
    "received_old": "De dag van ontvangst is meer dan {} dagen geleden. Kijk of de datum klopt.",
    "entries_missing": "Vink aan over welke maanden of posten het gaat. Gaat het over alles? Kies ‘{}’.",
    "entries_unasked": "Er zijn posten aangevinkt, maar het bezwaar gaat over ‘{}’. Haal de vinkjes weg, of kies ‘{}’.",
    "entries_unknown": "Een van deze posten hoort niet bij dit contract, of is geen vordering. Open de bladzijde opnieuw.",
    "words_long": "De tekst is te lang. Schrijf ten hoogste {} tekens.",
    "objection_unknown": "Dit bezwaar bestaat niet. Open de huurder opnieuw.",
    "answered_already": "Dit bezwaar is al beantwoord. Kijk wat er is geantwoord.",
    "answered_future": "De dag van het antwoord ligt in de toekomst. Kies vandaag, of de dag waarop u het de huurder zei.",
    "answered_early": "De dag van het antwoord ligt vóór de dag van ontvangst. Kijk of de datum klopt.",
    "answer_missing": "Schrijf wat u de huurder antwoordt en waarom. De huurder mag dit lezen.",
    "name_missing": "Vul in wie het antwoord geeft. De huurder moet weten met wie hij kan praten.",
    "name_long": "De naam is te lang. Schrijf ten hoogste {} tekens.",
}
WAITS = {
    Pause.ENTRIES: "Tot het antwoord vragen wij deze posten niet. Voor de rest gaan de gewone stappen door.",
    Pause.STEPS: "Tot het antwoord gaat er niets vanzelf uit, en nemen wij geen stap met gevolgen in het recht.",
    Pause.NOTHING: "De gewone stappen gaan door. Een medewerker geeft antwoord.",
}
WAITS_AFTER = (
    "De huurder had gelijk: wij vragen deze posten niet, tot de rekening is verbeterd. "
    "Boek een correctie of afboeking die naar de post verwijst; daarna telt weer wat er dan nog open is."
)
