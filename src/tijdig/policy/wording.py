"""What is said about the conventions: what each does to the tenant's amount, and why an adoption is refused."""

from __future__ import annotations

EFFECT = {
    "day_count": "Met een 366e per dag is de rente in een jaar met 29 februari iets lager; in andere jaren is zij gelijk.",
    "rounding": "Naar beneden afronden scheelt de huurder ten hoogste een cent per onderdeel van de rente of de kosten.",
    "leap_anniversary": "Speelt alleen bij rente die op 29 februari begon: met 1 maart is zij soms enkele centen lager.",
    "first_interest_day": "Rente vanaf de vervaldag is één dag meer; dat mag alleen als de huur ervóór binnen moest zijn.",
    "weekend": "Loopt een termijn door, dan heeft de huurder een of meer dagen langer om zonder kosten te betalen.",
}
REFUSED = {
    "reason_missing": "Schrijf waarom u dit kiest. Die reden blijft bij de keuze staan.",
    "reason_long": "De reden is te lang. Schrijf ten hoogste 400 tekens.",
    "nothing_changed": "Dit geldt op die dag al. Kies iets anders, of een andere dag.",
    "day_begun": "Kies morgen of een latere dag. Wat al verstuurd is, houdt zijn kosten en termijn.",
    "day_missing": "Vul een dag in, bijvoorbeeld 01-01-2027.",
}
