"""The Dutch sentences (B1) for problems of the VERA and table readers: what is wrong, and what to do.

One sentence per problem code, filled with the problem's `params`; the room adds place and text itself.
"""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # the whole file
    "encoding_unreadable": "Wij kunnen de tekens van dit bestand niet lezen. Bewaar het als CSV UTF-8.",
    "encoding_mixed": (
        "In {count} regels staan tekens die geen UTF-8 zijn. Wij lazen die als Windows-1252. "
        "Controleer namen met accenten."
    ),
    "table_empty": "Dit bestand heeft geen kopregel. Lever het opnieuw aan, met veldnamen bovenaan.",
    "table_broken": (
        "Vanaf hier is het bestand niet te lezen: een aanhalingsteken wordt niet gesloten. "
        "Herstel dit in de bron en lever het hele bestand opnieuw aan."
    ),
    "excel_too_large": (
        "Dit Excelbestand pakt uit tot veel meer dan een gewone tabel; tijdig heeft het niet geopend. Kopieer alleen de "
        "gevulde rijen naar een nieuw blad, of bewaar het als CSV, en lees het opnieuw in."
    ),
    "excel_unreadable": "Dit Excelbestand is niet te openen. Bewaar het opnieuw, zonder wachtwoord.",
    "columns_missing": (
        "In dit bestand met {entity} ontbreken kolommen: {fields}. Voeg ze toe aan de uitvoer van de bron."
    ),
    "column_swapped": (
        'In kolom "{column}" hoort {expected} te staan, maar de eerste waarde is "{value}". '
        "Er is niets ingelezen. Controleer of de kolommen verwisseld zijn."
    ),
    "shape_unconfirmed": (
        "Uit dit bestand blijkt niet zeker hoe het geschreven is ({doubts}). "
        "Kies eenmalig hoe deze bron bedragen en datums schrijft; daarna lezen wij het in."
    ),
    "mapping_incomplete": (
        "Voor bron {source} zijn nog niet alle kolommen gekozen: {fields}. Vul de kolomindeling aan."
    ),
    "json_broken": (
        "Vanaf hier is het bestand geen geldige JSON. Er is hierna niets meer ingelezen. "
        "Maak de uitvoer opnieuw en lever het hele bestand aan."
    ),
    "json_line_broken": "Deze regel is geen geldige JSON en is overgeslagen. Lever deze regel opnieuw aan.",
    "json_no_object": "Hier hoort een gegeven met velden te staan. Controleer de uitvoer van de bron.",
    "entity_unknown": (
        "Het is niet duidelijk wat voor gegevens dit zijn. Kies zelf de soort, of geef het bestand "
        "de naam ervan, zoals boekingen.json."
    ),
    "signs_unclear": (
        "Ontvangsten staan met plus ({positive}) en met min ({negative}) in dit bestand. "
        "Kies eenmalig hoe deze bron een ontvangst schrijft."
    ),
    "signs_assumed": (
        "De betekenis van plus en min is afgeleid uit {positive} ontvangsten met plus en {negative} met min. "
        "Controleer het totaal en leg de keuze vast voor deze bron."
    ),
    # one row
    "row_width": "Deze regel heeft {cells} velden, de kop heeft er {columns}. Herstel de regel in de bron.",
    "field_missing": "Het veld {field} is leeg. Vul het in de bron in; tot dan telt deze regel niet mee.",
    "date_unreadable": 'In het veld {field} staat "{value}". Dat is geen datum. Herstel dit in de bron.',
    "amount_unreadable": 'In het veld {field} staat "{value}". Dat is geen bedrag. Herstel dit in de bron.',
    "amount_decimals": (
        'In het veld {field} staat "{value}", met delen van een cent. Rond het in de bron af op centen.'
    ),
    "amount_zero": "Het bedrag is nul. Deze regel is overgeslagen; haal hem weg of vul het bedrag in.",
    "duplicate_key": (
        "Nummer {key} komt twee keer voor in {entity}. De eerste regel telt. Kijk welke van de twee klopt."
    ),
    "end_before_begin": "Einddatum {end} ligt voor begindatum {begin}. Herstel de overeenkomst in de bron.",
    "iban_invalid": "{value} is geen geldig IBAN. Vraag de huurder om het juiste rekeningnummer.",
    "person_differs": (
        "Relatie {key} staat er vaker, met andere gegevens. De eerste telt. Herstel dit in de bron."
    ),
    "booking_kind_unknown": (
        "Boekingssoort {kind} kennen wij niet, dus niet duidelijk is of de schuld stijgt of daalt. "
        "Vraag de beheerder om deze soort toe te voegen."
    ),
    "booking_no_debt": "Soort {kind} is geen schuld van een huurder. Haal deze boeking uit de uitvoer.",
    "sign_conflict": "Bij soort {kind} past geen minteken. Controleer deze boeking in de bron.",
    "payment_sign": ("Deze betaling gaat de verkeerde kant op. Boek haar als storno of terugbetaling."),
    "kind_unknown": 'Wij kennen soort "{value}" niet. Kies een soort bij de kolommen of herstel de regel.',
    "payer_agreement": (
        "Overeenkomst {key} is een betaalovereenkomst, geen huurovereenkomst. "
        "Leg de betaler vast als rol bij de huurovereenkomst."
    ),
    # counted, once per file
    "unknown_code": (
        "Code {code} staat niet in de lijst {list} ({count} keer). Wij bewaren de code zoals zij is. "
        "Controleer de lijst of de bron."
    ),
    "ended_code": (
        "Code {code} uit lijst {list} is vervallen ({count} keer gebruikt). Kies een nieuwe code."
    ),
    "not_a_tenancy": "{count} overeenkomsten van soort {kind} zijn geen huur. Ze zijn niet ingelezen.",
    "more_homes": "{count} overeenkomsten hebben meer eenheden. Wij tonen de eerste; controleer dat.",
    "role_without_tenancy": "{count} rollen {kind} horen bij geen overeenkomst. Ze zijn niet ingelezen.",
    "postcode_unusual": 'Postcode "{value}" ({count} keer) klopt niet. Herstel eerst het adres in de bron.',
    "vat_excluded": (
        "Bij {count} prijscomponenten ontbreekt het bedrag met btw. Lever bedragInclusiefBtw aan."
    ),
    "provisional_ignored": (
        "{count} voorlopige boekingen zijn overgeslagen. Lever ze opnieuw aan als ze definitief zijn."
    ),
    "zero_ignored": "{count} boekingen van nul euro zijn overgeslagen. U hoeft niets te doen.",
    "reversal_without_target": (
        "Bij {count} storno's staat niet welke betaling is teruggedraaid. Lever het veld tegenboeking aan; "
        "nu telt een storno als nieuwe vordering."
    ),
    "arrangement_booking": (
        "{count} boekingen zijn termijnen of totalen van een betalingsregeling. Controleer dat de bron de "
        "oorspronkelijke vordering heeft tegengeboekt, anders telt zij dubbel."
    ),
    "booking_detail_missing": (
        "{count} vorderingen hebben geen detailsoort. Wij weten niet of het huur is. Lever detailSoort aan."
    ),
}
