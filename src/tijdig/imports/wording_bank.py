"""What went wrong in an XML bank file, in Dutch, for the person who has to do something about it.

One sentence per problem code of `camt`, `pain008` and `pain002`: what is wrong, and then what to do. `{name}`
is filled from the problem's `params`.
"""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # the whole file
    "xml_empty": "Het bestand is leeg. Download het opnieuw bij de bank en lees het nog een keer in.",
    "not_xml": (
        "Dit is geen XML-bestand. Kies bij de bank het formaat camt.053 (XML) en lees dat bestand in."
    ),
    "xml_encoding": (
        "Het bestand gebruikt een tekenset die wij niet lezen ({encoding}). "
        "Vraag de bank om het bestand in UTF-8."
    ),
    "xml_doctype": (
        "Het bestand bevat een documenttype (DOCTYPE). Dat hoort niet in een bankbestand en kan gevaarlijk "
        "zijn. Er is niets ingelezen. Haal het bestand zelf opnieuw op bij de bank en meld dit aan beheer."
    ),
    "xml_charset": (
        "In regel {line} staan tekens die niet kloppen met de tekenset van het bestand. "
        "Er is niets geboekt. Open of bewaar het bestand niet in een ander programma, maar download het "
        "opnieuw bij de bank."
    ),
    "xml_truncated": (
        "Het bestand houdt op voor het einde: het is niet volledig binnengekomen. "
        "Er is niets geboekt. Download het opnieuw bij de bank."
    ),
    "xml_broken": (
        "Het bestand is beschadigd bij regel {line}. Er is niets geboekt. Download het opnieuw bij de bank."
    ),
    "xml_other_message": (
        "Dit is een ander soort bestand ({found}). Hier hoort {wanted}. Kies het juiste bestand."
    ),
    "camt_no_statement": (
        "In het bestand staat geen enkel afschrift. Controleer bij de bank of de goede rekening en dag "
        "zijn gekozen, en download het opnieuw."
    ),
    # one entry or transaction
    "entry_outside_statement": (
        "Deze boeking staat buiten een afschrift, dus wij weten niet bij welke rekening zij hoort. "
        "Zij is niet geboekt. Vraag de bank om een goed bestand."
    ),
    "amount_missing": "Er staat geen bedrag. Zoek de boeking op bij de bank en voer haar met de hand in.",
    "amount_unreadable": (
        "Het bedrag „{amount}” is niet te lezen. Zoek de boeking op bij de bank en voer haar met de hand in."
    ),
    "amount_decimals": (
        "Het bedrag {amount} heeft meer dan twee cijfers achter de punt. Wij ronden niet af. "
        "Zoek het juiste bedrag op bij de bank en voer de boeking met de hand in."
    ),
    "amount_negative": (
        "Er staat een min voor het bedrag ({amount}). Daardoor is niet zeker of het geld erbij of eraf "
        "ging. "
        "Zoek de boeking op bij de bank en voer haar met de hand in."
    ),
    "direction_missing": (
        "Er staat niet bij of het geld erbij of eraf ging (gevonden: „{direction}”). "
        "Zoek de boeking op bij de bank en voer haar met de hand in."
    ),
    "status_missing": (
        "Er staat niet bij of deze boeking definitief is. Zij is niet geboekt. "
        "Controleer bij de bank of het geld echt is bijgeschreven of afgeschreven."
    ),
    "date_missing": (
        "Er staat geen datum bij. Zoek de datum op bij de bank en voer de boeking met de hand in."
    ),
    "date_unreadable": (
        "De datum „{date}” bestaat niet of is niet te lezen. Zoek de datum op bij de bank en voer "
        "de boeking met de hand in."
    ),
    "currency": (
        "Dit bedrag is in een andere munt ({currency}). Wij boeken alleen euro's. "
        "Reken met de bank af wat dit in euro's is en voer het met de hand in."
    ),
    "balance_currency": (
        "Dit saldo is in {currency}, maar de rekening is in {account_currency}. Wij gebruiken het saldo "
        "niet, dus wij kunnen niet controleren of het afschrift volledig is. Controleer dat bij de bank."
    ),
    "details_differ": (
        "De losse betalingen zijn samen {total}, maar de boeking is {entry}. De boeking is als één bedrag "
        "bewaard. Zoek bij de bank de juiste bedragen op en verdeel haar met de hand."
    ),
    "details_without_amount": (
        "Bij deze boeking horen {count} betalingen, maar niet overal staat een bedrag. De boeking is als één "
        "bedrag bewaard. Vraag de bank om de losse bedragen en verdeel haar met de hand."
    ),
    # collection files and answers to them
    "end_to_end_missing": (
        "Deze incasso heeft geen eigen kenmerk (EndToEndId), dus wij kunnen haar niet terugvinden. "
        "Zoek haar op in het incassobestand en verwerk haar met de hand."
    ),
    "control_sum": (
        "Deze incassobatch telt {count} incasso's, samen {sum}. De batch zegt zelf: {told_count} incasso's, "
        "{told_sum}. Controleer of dit het bestand is dat naar de bank is gestuurd."
    ),
    "refusal_status_missing": (
        "De bank noemt deze incasso, maar zegt niet of zij is geweigerd. "
        "Vraag de bank wat de status is; tot die tijd verandert er niets."
    ),
}
