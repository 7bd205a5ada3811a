"""What a person may ask of the corporation, in sentences for that person."""

from __future__ import annotations

RIGHTS = (
    "Klopt er iets niet? U kunt vragen om het te verbeteren. Wat wij eerder dachten te weten, blijft te zien; daarnaast "
    "staat wat klopt.",
    "U kunt vragen om gegevens te wissen. Wat wij voor de boekhouding of een procedure moeten bewaren, blijft.",
    "U kunt bezwaar maken tegen hoe wij uw gegevens gebruiken, of vragen om ermee te stoppen terwijl wij het uitzoeken.",
    "U mag uw gegevens meenemen. Het bestand gegevens.json is daarvoor bedoeld.",
    "Geen enkel besluit met gevolgen neemt het programma zelf. U kunt altijd een medewerker spreken.",
    "Gaf u ons toestemming om iets met een ander te delen? Die mag u altijd intrekken.",
    "Vindt u dat wij niet goed met uw gegevens omgaan? Laat het ons weten. U kunt ook klagen bij de Autoriteit "
    "Persoonsgegevens.",
)


def why_kept_back(papers: int) -> list[str]:
    """Why papers are not there."""
    if not papers:
        return []
    return [
        f"{papers} keer een brief of dossier als PDF, omdat er contactgegevens van een ander in kunnen staan. De tekst "
        "van de brieven staat er wel, zonder die gegevens."
    ]
