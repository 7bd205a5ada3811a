"""What one condition of a way of working saw, as a Dutch sentence: a fact, whether the condition held or not.

Decides nothing. Units as in `policy.words.Feature`; -1 is unknown and is called so. Example: `overdue_cents < 1000` that saw
60000 is "de achterstand is € 600,00; dat is niet minder dan € 10,00."
"""

from __future__ import annotations

from collections.abc import Callable

from tijdig.arrears.position import PHASE_LABEL, Phase
from tijdig.base.money import euro
from tijdig.policy.conditions import Condition
from tijdig.policy.words import Circumstance, Comparison, Feature, Hold


def count(one: str, more: str) -> Callable[[int], str]:
    return lambda value: f"{value} {one if value == 1 else more}"


def hundredths(value: int) -> str:
    return f"{value // 100},{value % 100:02d}"


_QUANTITY: dict[Feature, tuple[str, Callable[[int], str]]] = {
    Feature.OPEN_CENTS: ("het open bedrag is", euro),
    Feature.OVERDUE_CENTS: ("de achterstand is", euro),
    Feature.CREDIT_CENTS: ("het tegoed is", euro),
    Feature.DAYS_OVERDUE: ("de oudste achterstand is te laat:", count("dag", "dagen")),
    Feature.WHOLE_MONTHS: ("de oudste achterstand is te laat:", count("hele maand", "hele maanden")),
    Feature.DUE_MONTHS: ("er is achterstand over", count("maand", "maanden")),
    Feature.OVERDUE_ITEMS: ("er is vervallen:", count("post", "posten")),
    Feature.RENT_MONTHS: ("de achterstand is", lambda value: f"{hundredths(value)} maanden huur"),
    Feature.MONTHLY_RENT_CENTS: ("de maandhuur is", euro),
    Feature.DEBIT_DAY: ("de incassodag is", lambda value: f"de {value}e"),
    Feature.DAYS_SINCE_REVERSAL: ("sinds de laatste storno:", count("dag", "dagen")),
    Feature.ARRANGEMENT_ASKED_CENTS: ("voor de regeling had moeten komen", euro),
    Feature.ARRANGEMENT_CAME_CENTS: ("sinds de regeling kwam", euro),
    Feature.DAYS_SINCE_TALK: ("sinds het laatste gesprek:", count("dag", "dagen")),
    Feature.DAYS_IN_ARREARS: ("zonder onderbreking achter:", count("dag", "dagen")),
    Feature.DAYS_TO_DUE: ("tot de volgende vervaldag:", count("dag", "dagen")),
    Feature.REPEATS: ("in twaalf maanden eerder achter geweest:", count("keer", "keer")),
    Feature.DAYS_SINCE_MESSAGE: ("sinds het laatste bericht:", count("dag", "dagen")),
    Feature.DAYS_SINCE_REMINDER: ("sinds de laatste herinnering:", count("dag", "dagen")),
    Feature.DAYS_SINCE_ATTEMPT: ("sinds de laatste poging:", count("dag", "dagen")),
    Feature.DAYS_SINCE_FOURTEEN_DAY: ("sinds de laatste veertiendagenbrief:", count("dag", "dagen")),
    Feature.DAYS_SINCE_OFFER: ("sinds de brief over hulp van de gemeente:", count("dag", "dagen")),
    Feature.DAYS_SINCE_HAND_OVER: ("sinds de overdracht:", count("dag", "dagen")),
    Feature.MESSAGE_ATTEMPTS: ("geschreven zonder iemand te spreken:", count("keer", "keer")),
    Feature.PHONE_ATTEMPTS: ("gebeld zonder iemand te spreken:", count("keer", "keer")),
    Feature.VISIT_ATTEMPTS: ("aan de deur zonder iemand te spreken:", count("keer", "keer")),
    Feature.DAYS_SINCE_PAYMENT: ("sinds de laatste betaling:", count("dag", "dagen")),
    Feature.NEW_OVERDUE_CENTS: ("de nieuwe achterstand, van na het begin van de schuldregeling, is", euro),
    Feature.FROZEN_CENTS: ("de oude schuld, van vóór de schuldregeling, is", euro),
    Feature.DAYS_NEW_OVERDUE: ("de oudste nieuwe achterstand is te laat:", count("dag", "dagen")),
    Feature.DAYS_NEW_IN_ARREARS: ("nieuwe achterstand zonder onderbreking:", count("dag", "dagen")),
    Feature.TRAJECTORY_DAYS: ("sinds het begin van de schuldregeling:", count("dag", "dagen")),
}
_FACT: dict[Feature, tuple[str, str]] = {  # the sentence for yes, and for no
    Feature.DEPARTED: ("de huurder is vertrokken.", "de huurder is niet vertrokken."),
    Feature.DIRECT_DEBIT: ("er is automatische incasso.", "er is geen automatische incasso."),
    Feature.DEBIT_AHEAD: (
        "de incasso van deze maand loopt nog en er is niets ouders.",
        "er komt deze maand geen incasso meer, of er is iets ouders open.",
    ),
    Feature.RENT_KNOWN: ("de huurprijs is bekend.", "de huurprijs is onbekend."),
    Feature.TALKED_SINCE_DUE: (
        "er is sinds de vervaldag met de huurder gesproken.",
        "er is sinds de vervaldag nog niet met de huurder gesproken.",
    ),
}
_FACT |= {
    Feature.TALKED_IN_TRAJECTORY: (
        "er is sinds het begin van de schuldregeling met de schuldhulp of de huurder gesproken.",
        "er is sinds het begin van een schuldregeling nog niet met de schuldhulp of de huurder gesproken.",
    ),
    Feature.NEW_DEBIT_AHEAD: (
        "de incasso van de nieuwe huur loopt nog, en daarvan is niets ouders open.",
        "van de nieuwe huur komt deze maand geen incasso meer, of er is iets ouders van open.",
    ),
    Feature.TALKED_IN_ARREARS: (
        "er is sinds het begin van de achterstand met de huurder gesproken.",
        "er is sinds het begin van de achterstand nog niet met de huurder gesproken.",
    ),
    Feature.CONTACT_SOUGHT: (
        "er is sinds het begin van de achterstand persoonlijk contact gezocht.",
        "er is sinds het begin van de achterstand nog geen persoonlijk contact gezocht.",
    ),
    Feature.WRITTEN_SINCE_DUE: (
        "er ging sinds de vervaldag een bericht naar de huurder.",
        "er ging sinds de vervaldag nog geen bericht naar de huurder.",
    ),
    Feature.REMINDED_SINCE_DUE: (
        "er ging sinds de vervaldag een herinnering naar de huurder.",
        "er ging sinds de vervaldag nog geen herinnering naar de huurder.",
    ),
    Feature.PAUSED: ("een medewerker heeft de zaak gepauzeerd.", "de zaak is niet gepauzeerd."),
    Feature.WITH_BAILIFF: (
        "het dossier is bij de deurwaarder.",
        "het dossier is niet bij de deurwaarder.",
    ),
    Feature.REPLY_WAITS: (
        "een antwoord van de huurder wacht.",
        "er wacht geen antwoord van de huurder.",
    ),
}
_STATE: dict[Feature, tuple[str, ...]] = {  # the sentence for each named value, from 0
    Feature.ARRANGEMENT: (
        "er is geen regeling.",
        "een regeling is gevraagd en nog niet afgesproken.",
        "de regeling wordt nagekomen.",
        "een termijn van de regeling is te laat; de dagen speling lopen nog.",
        "de regeling is gebroken.",
    ),
    Feature.PROMISE: (
        "er loopt geen toezegging.",
        "de huurder heeft toegezegd te betalen; die dag is nog niet voorbij.",
        "een toezegging om te betalen is niet nagekomen.",
    ),
    Feature.PHASE: tuple(f"de stand is: {PHASE_LABEL[phase]}." for phase in Phase),
    Feature.DECIDED: (
        "niemand heeft op naam over deze zaak besloten.",
        "besloten is om over te dragen aan de deurwaarder.",
        "besloten is om eerst een regeling te maken.",
        "besloten is om eerst hulp te zoeken.",
        "besloten is om door te gaan met de eigen werkwijze.",
    ),
    Feature.FOURTEEN_DAY_LETTER: (
        "voor wat nu open staat is er geen veertiendagenbrief.",
        "de termijn van de veertiendagenbrief loopt nog.",
        "de termijn van de veertiendagenbrief is voorbij.",
    ),
    Feature.EARLY_SIGNAL: (
        "de hulp van de gemeente is nog niet aangeboden.",
        "de hulp van de gemeente is aangeboden.",
        "de huurder wil niet dat de gemeente bericht krijgt.",
        "het vroegsignaal is gedaan.",
        "de gemeente heeft op het vroegsignaal geantwoord.",
    ),
}
_FLAG: dict[Feature, dict[int, tuple[str, str]]] = {  # by feature: flags of two features are equal as numbers
    Feature.HOLD: {
        Hold.BANK_INCOMPLETE: ("de bankgegevens zijn niet compleet.", "de bankgegevens zijn compleet."),
        Hold.ON_HOLD: ("het contract is aangehouden.", "het contract is niet aangehouden."),
        Hold.UNMATCHED_PAYMENT: (
            "er wacht een betaling zonder koppeling.",
            "er wacht geen betaling zonder koppeling.",
        ),
    },
    Feature.CIRCUMSTANCE: {
        Circumstance.DEBT_PROCEDURE: ("er loopt een schuldregeling.", "er loopt geen schuldregeling."),
        Circumstance.WSNP: ("de Wsnp loopt.", "de Wsnp loopt niet."),
        Circumstance.AMICABLE: (
            "er loopt een minnelijke schuldregeling.",
            "er loopt geen minnelijke schuldregeling.",
        ),
        Circumstance.MORATORIUM: ("er geldt een moratorium.", "er geldt geen moratorium."),
        Circumstance.ADMINISTRATION: ("er is een bewindvoerder.", "er is geen bewindvoerder."),
        Circumstance.DEATH: ("een huurder is overleden.", "er is geen huurder overleden."),
        Circumstance.VULNERABLE: (
            "het huishouden is kwetsbaar.",
            "niets zegt dat het huishouden kwetsbaar is.",
        ),
        Circumstance.BANKRUPTCY: ("de huurder is failliet.", "de huurder is niet failliet."),
        Circumstance.OBJECTION: (
            "er is een bezwaar dat nog niet is beantwoord.",
            "er is geen bezwaar dat op antwoord wacht.",
        ),
    },
}
_ASKED: dict[Comparison, tuple[str, str]] = {  # how the value relates to what was asked: held, did not hold
    Comparison.LESS: ("dat is minder dan", "dat is niet minder dan"),
    Comparison.AT_MOST: ("dat is hoogstens", "dat is meer dan"),
    Comparison.EQUAL: ("dat is precies", "dat is niet"),
    Comparison.NOT_EQUAL: ("dat is niet", "dat is precies"),
    Comparison.AT_LEAST: ("dat is ten minste", "dat is minder dan"),
    Comparison.MORE: ("dat is meer dan", "dat is niet meer dan"),
}


def sentence(condition: Condition, seen: int, good: bool) -> str:
    """What the condition saw, and how that relates to what it asked: a fact, whether it held or not."""
    feature, value = condition.feature, condition.value
    if seen < 0 and feature not in _QUANTITY:
        return "of dit zo was, is niet vastgelegd."  # a decision from before the feature was there
    if feature in _FLAG:
        words = _FLAG[feature].items()
        return " ".join(both[0 if seen & flag else 1] for flag, both in words if flag & value)
    if feature in _STATE:
        return _STATE[feature][seen]
    if feature in _FACT:
        return _FACT[feature][0 if seen else 1]
    name, show = _QUANTITY[feature]
    if seen < 0:
        return f"{name} onbekend."
    return f"{name} {show(seen)}; {_ASKED[condition.comparison][0 if good else 1]} {show(value)}."


_LIMIT = {
    Comparison.LESS: "minder dan",
    Comparison.AT_MOST: "hoogstens",
    Comparison.EQUAL: "precies",
    Comparison.NOT_EQUAL: "niet",
    Comparison.AT_LEAST: "ten minste",
    Comparison.MORE: "meer dan",
}


def asked(condition: Condition) -> str:
    """What a condition asks, whoever it is asked about: `de achterstand is ten minste € 10,00`, without a full stop."""
    feature, comparison, value = condition.feature, condition.comparison, condition.value
    if feature in _FLAG:
        which = 0 if comparison is Comparison.HAS else 1
        return " en ".join(both[which].rstrip(".") for flag, both in _FLAG[feature].items() if flag & value)
    if feature in _FACT and comparison in (Comparison.EQUAL, Comparison.NOT_EQUAL):
        return _FACT[feature][0 if value ^ (comparison is Comparison.NOT_EQUAL) else 1].rstrip(".")
    if (feature, comparison, value) in _SPECIAL:
        return _SPECIAL[feature, comparison, value]
    if feature in _STATE:
        said = _STATE[feature][value].rstrip(".")
        return said if comparison is Comparison.EQUAL else f"{_STATES[comparison]}: {said}"
    if feature in _FACT:
        return f"{feature.name.lower()} {_LIMIT[comparison]} {value}"
    name, show = _QUANTITY[feature]
    return f"{name} {_LIMIT[comparison]} {show(value)}"


_SPECIAL = {
    (Feature.DECIDED, Comparison.AT_MOST, 1): "niemand heeft op naam besloten, of alleen om over te dragen",
    (Feature.EARLY_SIGNAL, Comparison.AT_LEAST, 2): "het vroegsignaal is gedaan, of de huurder wil dat niet",
}
_STATES = {
    Comparison.LESS: "nog niet zo ver als",
    Comparison.AT_MOST: "hoogstens zo ver als",
    Comparison.NOT_EQUAL: "anders dan",
    Comparison.AT_LEAST: "ten minste zo ver als",
    Comparison.MORE: "verder dan",
}
