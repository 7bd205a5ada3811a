"""Why somebody got a tenancy, and why something is refused and what to do. Dutch, at B1 level; `{}` is filled in."""

from __future__ import annotations

CHOSEN = {
    "kept": "{} behandelde deze huurder eerder.",
    "kept_away": "{} behandelde deze huurder eerder en is snel terug.",
    "only": "{} is de enige in regio {} die er is.",
    "region": "{} heeft van wie in regio {} werkt het minste werk voor zijn tijd.",
    "load": "{} heeft van alle collega's het minste werk voor zijn tijd; in regio {} is niemand.",
    "no_region": "{} heeft van alle collega's het minste werk voor zijn tijd; deze huurder heeft geen regio.",
    "away": "{} is afwezig, en {}",
}
REFUSED = {
    "tenancy_unknown": "Dit contract bestaat niet. Zoek de huurder opnieuw op.",
    "user_unknown": "Deze collega is geen consulent. Kies iemand uit de lijst.",
    "reason_missing": "Schrijf waarom. Een collega moet het later kunnen begrijpen.",
    "reason_long": "De reden is te lang. Schrijf ten hoogste {} tekens.",
    "same_owner": "Deze huurder is al bij {}. Kies iemand anders, of laat het zo.",
    "changed": "Een collega was u voor. U zag: {}. Nu is het: {}. Kijk of u dit nog wilt wijzigen.",
    "nobody_here": "Er is niemand die het werk kan overnemen. Kies een collega, of kijk wie er afwezig is.",
    "same_person": "Kies een andere collega dan degene die overdraagt.",
    "nothing_to_move": "{} heeft geen huurders. Er is niets over te dragen.",
    "until_before": "De laatste dag ligt vóór de eerste. Kies een latere dag, of laat de laatste dag leeg.",
    "stand_in_self": "Niemand kan zichzelf vervangen. Kies een collega, of laat het werk verdelen.",
    "stand_in_away": "{} is dan ook afwezig. Kies een andere vervanger.",
    "absence_known": "Deze afwezigheid staat er al. U hoeft niets te doen.",
    "absence_over": "Deze afwezigheid is al voorbij of ingetrokken. Kijk hoe het nu staat.",
    "back_wrong": "Kies een dag die niet na de laatste dag van de afwezigheid ligt.",
    "user_away": "Deze collega is er nog niet. Meld eerst dat de afwezigheid voorbij is.",
    "minutes_wrong": "Vul voor elke dag hele minuten in, van 0 tot en met {}.",
    "week_same": "Zo staat de werktijd er al. U hoeft niets te doen.",
}
NOBODY = "niemand"
