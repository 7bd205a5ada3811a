"""What is said about the conventions: what each does to the tenant's amount, and why an adoption is refused."""

from __future__ import annotations

from tijdig.base.problems import Problem

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
    "version_taken": "Versie {version} bestaat al met een andere tekst. Geef uw werkwijze een nieuw versienummer.",
    "version_unknown": "Deze versie is er niet.",
    "day_missing": "Vul een dag in, bijvoorbeeld 01-01-2027.",
}

_PROBLEMS = {
    "policy_unreadable": "Dit is geen leesbare YAML: {text}",
    "policy_too_long": "Het document is te lang: ten hoogste 200.000 tekens.",
    "policy_without_steps": "Het document heeft geen stappen. Zet ze onder `steps:`.",
    "policy_without_name_or_version": "Geef de werkwijze een naam en een versie van letters, cijfers, punt of "
    "streepje: `{text}`.",
    "policy_without_date": "`valid_from` is geen dag. Schrijf bijvoorbeeld 2027-01-01, niet `{text}`.",
    "policy_code_twice": "De code `{text}` staat er twee keer. Geef elke stap een eigen code.",
    "policy_step_ends_early": "Stap `{text}` heeft geen voorwaarden; alles daarna komt nooit aan de beurt. Alleen de "
    "laatste mag zonder.",
    "policy_without_last_step": "De laatste stap, `{text}`, heeft voorwaarden. Eindig met een stap zonder, zodat er "
    "altijd een antwoord is.",
    "policy_step_unreadable": "Dit is geen stap: {text}",
    "policy_field_missing": "Het veld `{text}` ontbreekt.",
    "policy_field_unknown": "Het veld `{text}` bestaat niet.",
    "policy_value_wrong": "Deze waarde kan niet: `{text}`.",
    "policy_placeholder_unknown": "De zin vraagt om `{text}`, en dat bestaat niet.",
    "policy_condition_unreadable": "Deze voorwaarde is niet te lezen: `{text}`. Schrijf bijvoorbeeld `days_overdue >= 8`.",
    "policy_feature_unknown": "Naar `{text}` kan een voorwaarde niet kijken. De lijst staat in docs/rules/policy.md.",
    "policy_trait_forbidden": "`{text}` zegt wie iemand is. Een werkwijze kijkt alleen naar wat er gebeurde.",
}


def problem_sentence(problem: Problem) -> str:
    """What is wrong with a document, and where, as a sentence that says what to do."""
    sentence = _PROBLEMS[problem.code].format(text=problem.text)
    return f"{problem.place[:1].upper()}{problem.place[1:]}: {sentence}" if problem.place else sentence
