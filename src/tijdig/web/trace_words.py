"""What somebody did, in the words of the page that shows who looked and who did what.

Decides the words of every verb of history; one that has none is shown by its own name, so that nothing is left out. Units
and errors: none. Worked example: `letter_written` is "Brief geschreven". Left out: what was written, which stands on the
time line.
"""

from __future__ import annotations

from tijdig.cases.together import WRITTEN
from tijdig.steps.kinds import LABEL as STEPS

_OTHER = {
    "absence_ended": "Afwezigheid beëindigd",
    "absence_reported": "Afwezigheid gemeld",
    "act_remarked": "Opmerking bij een stap",
    "agreement_approved": "Akkoord met afspraken met een deurwaarder",
    "agreement_ended": "Afspraken met een deurwaarder beëindigd",
    "agreement_proposed": "Afspraken met een deurwaarder voorgesteld",
    "bank_account_registered": "Bankrekening toegevoegd",
    "batch_handed_over": "Printbatch meegegeven",
    "batch_made": "Printbatch gemaakt",
    "batch_undone": "Printbatch ingetrokken",
    "case_closed": "Zaak gesloten",
    "case_opened": "Zaak geopend",
    "case_stage": "Fase van de zaak veranderd",
    "caseload_handed_over": "Huurders overgedragen aan een collega",
    "causes_noticed": "Oorzaak van de achterstand genoteerd",
    "claim_taken_on": "Vordering op naam genomen",
    "conference_asked": "Op de agenda van de groep gezet",
    "conference_asked_no_more": "Van de agenda van de groep gehaald",
    "conference_attended": "Aanwezigheid bij het overleg genoteerd",
    "conference_begun": "Overleg begonnen",
    "conference_closed": "Overleg gesloten",
    "conventions_adopted": "Keuze gemaakt waar de wet ruimte laat",
    "debt_help_answered": "Schuldhulp beantwoord",
    "debt_help_file_taken": "Bestand voor schuldhulp meegenomen",
    "debt_help_matched": "Bericht van schuldhulp bij de huurder gezet",
    "debt_help_read": "Bericht van schuldhulp gelezen",
    "debt_help_released": "Bericht van schuldhulp losgemaakt",
    "debt_help_retracted": "Antwoord aan schuldhulp ingetrokken",
    "entries_posted": "Boekingen toegevoegd",
    "file_ended": "Dossier bij de deurwaarder gesloten",
    "file_read": "Bestand gelezen",
    "file_received": "Bestand ontvangen",
    "file_rerun": "Bestand opnieuw gelezen",
    "file_taken_in": "Bestaand dossier bij de deurwaarder gezet",
    "hand_over_asked": "Overdracht aan de deurwaarder gevraagd",
    "hand_over_withdrawn": "Overdracht aan de deurwaarder ingetrokken",
    "helper_kept": "Hulpverlener bewaard",
    "letter_text_changed": "Tekst van een brief veranderd",
    "letterhead_changed": "Afzender van brieven veranderd",
    "line_assigned": "Betaling toegewezen",
    "line_repaired": "Regel hersteld",
    "line_set_aside": "Regel apart gezet",
    "message_cancelled": "Bericht ingetrokken",
    "message_dealt_with": "Bericht afgehandeld",
    "message_held": "Bericht aangehouden",
    "message_queued": "Bericht klaargezet",
    "message_refused": "Bericht geweigerd",
    "message_said_sent": "Bericht als verstuurd genoteerd",
    "message_sent": "Bericht verstuurd",
    "message_unsure": "Onzeker of het bericht ging",
    "municipality_kept": "Gemeente bewaard",
    "night_run": "Nachtronde gedraaid",
    "policy_kept": "Werkwijze bewaard",
    "policy_started": "Werkwijze laten ingaan",
    "preferences_set": "Voorkeuren voor brieven vastgelegd",
    "referral_heard": "Gehoord hoe het met de hulp gaat",
    "referred": "Verwezen naar hulp",
    "reply_assigned": "Antwoord bij de huurder gezet",
    "reply_erased": "Antwoord gewist",
    "reply_handled": "Antwoord afgehandeld",
    "reply_personal": "Antwoord als privé genoteerd",
    "reply_received": "Antwoord ontvangen",
    "reply_returned": "Antwoord teruggelegd",
    "reply_set_aside": "Antwoord apart gezet",
    "resumed": "Regeling loopt weer",
    "signal_decided": "Besluit over een vroegsignaal",
    "signal_file_taken": "Bestand met vroegsignalen meegenomen",
    "signal_received": "Vroegsignaal aangekomen",
    "signal_result": "Uitkomst van een vroegsignaal",
    "signal_withdrawn": "Vroegsignaal ingetrokken",
    "statement_accepted": "Afschrift geaccepteerd",
    "statement_gap_filled": "Ontbrekend afschrift gevonden",
    "statement_told_whole": "Afschrift als compleet gemeld",
    "step_postponed": "Stap uitgesteld",
    "step_taken": "Stap gezet",
    "step_taken_back": "Stap teruggedraaid",
    "tenancies_loaded": "Contracten ingelezen",
    "tenancy_assigned": "Behandelaar gekozen",
    "tenancy_picked_up": "Opgepakt",
    "tenancy_put_down": "Neergelegd",
    "workday_set": "Werktijd vastgelegd",
    "worklist_exported": "Werkvoorraad meegenomen",
    "worry_noticed": "Zorg gemeld",
    "worry_taken_up": "Zorg opgepakt",
}
DID = {kind.value: label[:1].upper() + label[1:] for kind, label in STEPS.items()} | _OTHER | WRITTEN


def did(verb: str) -> str:
    """In words, or by its own name."""
    return DID.get(verb, verb)
