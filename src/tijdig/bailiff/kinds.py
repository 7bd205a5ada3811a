"""The closed lists of working with a partner. Start and end reasons are those of the sector (VERA, lists
EXTERNEINCASSOSTARTREDEN and EXTERNEINCASSOEINDEREDEN of 22 May 2026), by their codes.

Decides nothing but which ends are amicable. Left out: stages of proceedings.
"""

from __future__ import annotations

from enum import StrEnum


class Side(StrEnum):
    CORPORATION = "corporation"
    PARTNER = "partner"


SIDE_LABEL = {Side.CORPORATION: "de corporatie", Side.PARTNER: "de deurwaarder"}


class Start(StrEnum):
    """Why a file begins."""

    ARREARS = "ACH"
    DEPARTED = "RVE"
    AFTER_EVICTION = "RON"
    ARRANGEMENT_BROKEN = "RNN"
    NOT_TRACEABLE = "ONV"
    SERVICE_COSTS = "EAR"
    DAMAGE = "SCH"
    PENALTY = "BOE"
    JUDGMENT = "VON"
    OTHER = "OLA"
    HOUSING_BENEFIT = "WHT"
    SOCIAL_BENEFIT = "WUI"


START_LABEL = {
    Start.ARREARS: "achterstand van een zittende huurder",
    Start.DEPARTED: "restschuld van een vertrokken huurder",
    Start.AFTER_EVICTION: "restschuld na een ontruiming",
    Start.ARRANGEMENT_BROKEN: "regeling niet nagekomen",
    Start.NOT_TRACEABLE: "huurder onvindbaar",
    Start.SERVICE_COSTS: "afrekening servicekosten",
    Start.DAMAGE: "schade",
    Start.PENALTY: "boete",
    Start.JUDGMENT: "een vonnis uitvoeren",
    Start.OTHER: "overlast of andere reden",
    Start.HOUSING_BENEFIT: "wacht op huurtoeslag",
    Start.SOCIAL_BENEFIT: "wacht op een uitkering",
}


class End(StrEnum):
    """Why a file ends."""

    PAID = "AFB"
    PARTLY = "GED"
    UNCOLLECTABLE = "ONI"
    SETTLED_DEBTS = "SAN"
    WSNP = "WSO"
    WSNP_CLEAN = "WSS"
    BANKRUPT = "FAI"
    DIED = "OVL"
    PRESCRIBED = "VRJ"
    FORGIVEN = "KWI"
    TAKEN_BACK = "TER"
    PASSED_ON = "OVD"
    WRONGLY = "ONT"
    EVICTED = "OTR"
    JUDGMENT = "BVO"


END_LABEL = {
    End.PAID: "alles betaald",
    End.PARTLY: "gedeeltelijk betaald",
    End.UNCOLLECTABLE: "oninbaar",
    End.SETTLED_DEBTS: "schuldsanering",
    End.WSNP: "Wsnp",
    End.WSNP_CLEAN: "Wsnp met schone lei",
    End.BANKRUPT: "faillissement",
    End.DIED: "overleden",
    End.PRESCRIBED: "verjaard",
    End.FORGIVEN: "kwijtgescholden",
    End.TAKEN_BACK: "teruggenomen",
    End.PASSED_ON: "doorgegeven aan een ander",
    End.WRONGLY: "ten onrechte overgedragen",
    End.EVICTED: "ontruimd",
    End.JUDGMENT: "vonnis",
}
# The claim is the corporation's to let go, and what it gave wrongly is its own to say: so no failure leaves the figures.
BY_PARTNER = frozenset(End) - {End.TAKEN_BACK, End.FORGIVEN, End.WRONGLY}
BY_CORPORATION = (
    End.TAKEN_BACK,
    End.PAID,
    End.WRONGLY,
    End.FORGIVEN,
)  # what it chooses from; the first is the usual


class Lives(StrEnum):
    """Who lives in a home, as far as somebody asked. That nobody could say is an answer too."""

    ADULTS = "adults"
    CHILDREN = "children"
    NOT_SAID = "not_said"


LIVES_LABEL = {
    Lives.ADULTS: "alleen volwassenen",
    Lives.CHILDREN: "ook kinderen",
    Lives.NOT_SAID: "nagevraagd, niet te achterhalen",
}


class Kpi(StrEnum):
    """What an agreement is held against. The definition stands beside every figure."""

    AMICABLE = "amicable_pct"
    CONTACT = "contact_days"
    HANDLING = "handling_days"
    KEPT = "kept_pct"
    TENANT_COST = "tenant_cost_cents"
    CORPORATION_COST = "corporation_cost_cents"
    EVICTIONS = "evictions"


class Direction(StrEnum):
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


DIRECTION_LABEL = {Direction.AT_LEAST: "ten minste", Direction.AT_MOST: "ten hoogste"}
KPI_LABEL = {
    Kpi.AMICABLE: "minnelijk opgelost",
    Kpi.CONTACT: "dagen tot het eerste persoonlijke contact",
    Kpi.HANDLING: "dagen in behandeling",
    Kpi.KEPT: "regelingen nagekomen",
    Kpi.TENANT_COST: "kosten per dossier voor de huurder",
    Kpi.CORPORATION_COST: "kosten per dossier voor de corporatie",
    Kpi.EVICTIONS: "ontruimingen",
}
KPI_UNIT = {
    Kpi.AMICABLE: "procent",
    Kpi.CONTACT: "dagen",
    Kpi.HANDLING: "dagen",
    Kpi.KEPT: "procent",
    Kpi.TENANT_COST: "euro",
    Kpi.CORPORATION_COST: "euro",
    Kpi.EVICTIONS: "aantal",
}
KPI_DEFINITION = {
    Kpi.AMICABLE: "Van alle dossiers die in de periode zijn gesloten of langer dan een jaar lopen: het deel waarvan alles "
    "is betaald, of dat in een regeling staat die wordt nagekomen en waarvan de eerste termijn binnen is, zonder vonnis "
    "of ontruiming. Of alles is betaald, zeggen de huurrekening en de kosten. Wat ten onrechte is overgedragen, telt niet "
    "mee. Wat de corporatie terughaalt, telt alleen mee als alles is betaald of er een vonnis was: anders is het werk "
    "afgebroken en is het niemands resultaat. Doorgegeven aan een ander telt mee als niet opgelost, anders verdwijnt wat "
    "moeilijk is.",
    Kpi.CONTACT: "Van de dossiers die in de periode zijn overgedragen: de mediaan van het aantal dagen tot het eerste "
    "gesprek van de deurwaarder met de huurder. Wie niet is gesproken, telt mee met de dagen tot nu, of tot het einde.",
    Kpi.HANDLING: "Van de dossiers die in de periode zijn gesloten: de mediaan van het aantal dagen tussen overdracht en "
    "einde.",
    Kpi.KEPT: "Van de regelingen die de deurwaarder maakte en waarvan de afloop in de periode bekend werd: het deel dat is "
    "nagekomen. Nagekomen telt op de dag van de laatste termijn of de dag daarna waarop alles was betaald, of eerder als "
    "het dossier sluit en er niets meer open staat. Gebroken telt op de dag waarop ook na de dagen uitstel te weinig was "
    "gekomen, ook als dat later is hersteld. Een regeling die is vervangen of beëindigd, telt zoals zij toen stond, als de "
    "eerste termijn binnen was. Een regeling die loopt en wordt nagekomen, telt nog niet mee.",
    Kpi.TENANT_COST: "Van de dossiers die in de periode zijn gesloten: wat de huurder gemiddeld aan kosten kreeg.",
    Kpi.CORPORATION_COST: "Van de dossiers die in de periode zijn gesloten: wat de corporatie gemiddeld betaalde.",
    Kpi.EVICTIONS: "Het aantal dossiers dat in de periode met een ontruiming eindigde.",
}


class May(StrEnum):
    """What the partner's people may do in a file."""

    CONTACT = "contact"
    ARRANGE = "arrange"
    CAUSE = "cause"
    COSTS = "costs"
    PROCEEDINGS = "proceedings"


MAY_LABEL = {
    May.CONTACT: "contacten vastleggen",
    May.ARRANGE: "regelingen maken",
    May.CAUSE: "oorzaken melden, zodat hulp kan beginnen",
    May.COSTS: "kosten en ambtshandelingen boeken",
    May.PROCEEDINGS: "stappen bij de rechter voorstellen",
}


class Shown(StrEnum):
    """What the partner sees of a file besides who it is, where, and the account."""

    PHONE = "phone"
    EMAIL = "email"
    BORN = "born"
    CONTACTS = "contacts"
    LETTERS = "letters"
    NEEDS = "needs"


SHOWN_LABEL = {
    Shown.PHONE: "telefoonnummer",
    Shown.EMAIL: "e-mailadres",
    Shown.BORN: "geboortedatum",
    Shown.CONTACTS: "wanneer en hoe er contact was, zonder notities",
    Shown.LETTERS: "welke brieven gingen, met het bewijs van verzending",
    Shown.NEEDS: "wat het huishouden nodig heeft: bewind, kwetsbaar, schuldhulp",
}
