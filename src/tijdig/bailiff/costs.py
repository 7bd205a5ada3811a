"""What a bailiff's act costs, held against the tariff of its day; and what of it a tenant owes.

Decides whether an amount can be booked, and how it stands to the tariff: right, below, above, or not to be told because the
tariff of that day is not known or not sure. A tenant never pays more than the tariff, and nothing of an act that needs a
judgment before there is one. What was done before a judgment is owed only as far as the court awards it. What a partner
books for the tenant while no tariff says whether it is right is owed only once somebody of the corporation agrees, by name.

Sources: Besluit tarieven ambtshandelingen gerechtsdeurwaarders (the tariff by the day of the act; half of it where the
tenant complies at once, article 4; VAT only where the principal declares that it cannot deduct it, article 10); Wet
griffierechten burgerlijke zaken; articles 237 and 240 Rv (costs of proceedings are what the court awards).

Units: whole cents without VAT, VAT apart. Errors: `Faults` as sentences. Example: a summons of 1 May 2024 at € 112,37 is
right; at € 120 for the tenant it is refused. A service of 2026, of which no tariff is known, at € 125 by the bailiff: may
come, until the corporation agrees. Left out: collection costs of before the hand-over (the claim statement).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tijdig.bailiff.agreement import Tariff
from tijdig.bailiff.kinds import Side
from tijdig.base.money import euro
from tijdig.law.answer import NotKnown
from tijdig.law.collection_costs import vat_rates
from tijdig.law.conventions import Rounding, rounded
from tijdig.law.court_costs import Charge, bailiff_act, court_fee


class Act(StrEnum):
    """What was done. The letters are those of the decree."""

    SUMMONS = "a"
    JUDGMENT_SERVED = "b"
    NOTICE = "c"
    SERVICE = "d"
    MOVABLES = "e"
    THIRD_PARTY = "i"
    WAGES = "j"
    EVICTION = "v"
    INFORMATION = "x"
    WITNESS = "witness"
    COURT_FEE = "court_fee"
    AGREED = "agreed"
    AWARDED_COSTS = "awarded_costs"
    AWARDED_INTEREST = "awarded_interest"
    AWARDED_COLLECTION = "awarded_collection"


ACT_LABEL = {
    Act.SUMMONS: "dagvaarding",
    Act.JUDGMENT_SERVED: "betekening van het vonnis",
    Act.NOTICE: "aanzegging",
    Act.SERVICE: "andere betekening",
    Act.MOVABLES: "beslag op spullen",
    Act.THIRD_PARTY: "beslag bij een ander",
    Act.WAGES: "beslag op loon of uitkering",
    Act.EVICTION: "ontruiming",
    Act.INFORMATION: "verzoek om informatie",
    Act.WITNESS: "getuige",
    Act.COURT_FEE: "griffierecht",
    Act.AGREED: "volgens de afspraken",
    Act.AWARDED_COSTS: "proceskosten volgens het vonnis",
    Act.AWARDED_INTEREST: "rente volgens het vonnis",
    Act.AWARDED_COLLECTION: "incassokosten volgens het vonnis",
}
BEFORE_JUDGMENT = frozenset({Act.SUMMONS, Act.INFORMATION, Act.COURT_FEE})
_FOR_A_JUDGMENT = frozenset({Act.SUMMONS, Act.COURT_FEE})  # asks for one: never owed but as it is awarded
AWARDED = frozenset({Act.AWARDED_COSTS, Act.AWARDED_INTEREST, Act.AWARDED_COLLECTION})
BOOKED = tuple(
    one for one in Act if one not in AWARDED
)  # what somebody writes down; the rest follows from a judgment


class Payer(StrEnum):
    TENANT = "tenant"
    CORPORATION = "corporation"


PAYER_LABEL = {Payer.TENANT: "de huurder", Payer.CORPORATION: "de corporatie"}


class Against(StrEnum):
    """How an amount stands to the tariff."""

    RIGHT = "right"
    BELOW = "below"
    ABOVE = "above"
    UNKNOWN = "unknown"


AGAINST_LABEL = {
    Against.RIGHT: "volgens het tarief",
    Against.BELOW: "onder het tarief",
    Against.ABOVE: "boven het tarief",
    Against.UNKNOWN: "niet te toetsen",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CostDraft:
    """What somebody books. `label` names the agreed tariff; `complied`: the tenant paid at once, so half the tariff."""

    act: Act
    payer: Payer
    on: date
    cents: int
    vat_cents: int = 0
    label: str = ""
    complied: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What it is held against: the agreement's tariffs, whether VAT was declared, the claim on the day of the act, and the
    day of the judgment, where one awarded something."""

    tariffs: tuple[Tariff, ...]
    vat_declared: bool
    claim_cents: int
    judged_on: date | None


@dataclass(frozen=True, slots=True)
class Compared:
    """`tariff_cents` None: not known. `sentence` says what it was held against, with the source."""

    against: Against
    tariff_cents: int | None
    sentence: str


def compared(draft: CostDraft, grounds: Grounds) -> Compared:
    """The amount against the tariff of the day of the act."""
    if draft.act is Act.AGREED:
        return _agreed(draft, grounds)
    if draft.act in AWARDED:
        return Compared(Against.RIGHT, draft.cents, "Zoals het vonnis zegt.")
    try:
        charge = _charge(draft, grounds)
    except NotKnown as unknown:
        return Compared(Against.UNKNOWN, None, str(unknown))
    cents = rounded(charge.total_cents, 2, Rounding.HALF_UP) if draft.complied else charge.total_cents
    told = f"{charge.sentence} {euro(cents)}{' (de helft, artikel 4)' if draft.complied else ''}."
    if charge.doubts:
        return Compared(Against.UNKNOWN, cents, f"{told} {' '.join(one.sentence for one in charge.doubts)}")
    return Compared(_against(draft.cents, cents), cents, told)


def faults(draft: CostDraft, grounds: Grounds, today: date) -> tuple[str, ...]:
    """Why it cannot be booked, each with what to do."""
    return tuple(_faults(draft, grounds, compared(draft, grounds), today))


@dataclass(frozen=True, slots=True, kw_only=True)
class Charged:
    """What an act cost and who pays it, without who wrote it down."""

    act: Act
    payer: Payer
    on: date
    cents: int
    vat_cents: int
    received_on: date | None
    withdrawn_by: str = ""
    agreed: bool = True  # or nobody had to

    @property
    def total_cents(self) -> int:
        return self.cents + self.vat_cents

    @property
    def from_judgment(self) -> bool:
        return self.act in AWARDED

    @property
    def counts(self) -> bool:
        return not self.withdrawn_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost(Charged):
    """One booking as it stands."""

    id: int
    label: str
    against: Against
    tariff_cents: int | None
    name: str
    reason: str
    side: Side = Side.PARTNER
    agreed_by: str = ""

    @property
    def act_label(self) -> str:
        return self.label if self.act is Act.AGREED else ACT_LABEL[self.act]


def of_before(one: Charged, judged_on: date | None) -> bool:
    """Was this done for the court, before it gave its judgment?"""
    return judged_on is not None and one.act in BEFORE_JUDGMENT and one.on <= judged_on


def asks_agreement(draft: CostDraft, against: Against, side: Side) -> bool:
    """Must somebody of the corporation agree before a tenant owes this? What it booked itself it agreed to."""
    untested = against in (Against.UNKNOWN, Against.ABOVE)
    return side is Side.PARTNER and draft.payer is Payer.TENANT and untested


def waits_for_court(one: Charged, judged_on: date | None) -> bool:
    """Is this owed only if a court still awards it?"""
    return one.act in (BEFORE_JUDGMENT if judged_on is None else _FOR_A_JUDGMENT) and not of_before(
        one, judged_on
    )


def waits_for_corporation(one: Charged, judged_on: date | None) -> bool:
    """Is this owed only once the corporation agrees? Of what a court decides about, and of what is paid, it need not."""
    if one.agreed or not one.counts or one.received_on is not None:
        return False
    return not of_before(one, judged_on) and not waits_for_court(one, judged_on)


def waits(one: Charged, judged_on: date | None) -> bool:
    """Is this not owed yet, and may it still come?"""
    return waits_for_court(one, judged_on) or waits_for_corporation(one, judged_on)


def tenant_cents(costs: Sequence[Charged], judged_on: date | None) -> int:
    """What the tenant got, paid or not."""
    given = [one for one in costs if one.counts and one.payer is Payer.TENANT]
    return sum(
        one.total_cents for one in given if not of_before(one, judged_on) and not waits(one, judged_on)
    )


@dataclass(frozen=True, slots=True)
class Sums:
    """`owed` by the tenant beside the rent account; `may_come`: if the court awards it, or the corporation agrees; `own`:
    the corporation's."""

    owed_cents: int
    may_come_cents: int
    own_cents: int


def sums(costs: Sequence[Charged], judged_on: date | None) -> Sums:
    """What the costs of a file come to.

    After a judgment what was done before it counts only as it was awarded: what it did not award stays with the corporation.
    """
    owed = may_come = own = before = awarded = 0
    for one in (each for each in costs if each.counts):
        awarded += one.total_cents if one.act is Act.AWARDED_COSTS else 0
        if one.payer is Payer.CORPORATION:
            own += one.total_cents
        elif of_before(one, judged_on):
            before += one.total_cents
        elif waits(one, judged_on):
            may_come += one.total_cents
        elif one.received_on is None:
            owed += one.total_cents
    own += max(0, before - awarded)
    return Sums(owed, may_come, own)


def _charge(draft: CostDraft, grounds: Grounds) -> Charge:
    if draft.act is Act.COURT_FEE:
        return court_fee(grounds.claim_cents, draft.on)
    return bailiff_act(draft.act.value, draft.on)


def _agreed(draft: CostDraft, grounds: Grounds) -> Compared:
    found = next((one for one in grounds.tariffs if one.label == draft.label), None)
    if found is None:
        return Compared(Against.UNKNOWN, None, "Dit staat niet in de afspraken.")
    told = f"Afgesproken: {found.label}, {euro(found.cents)} zonder btw."
    return Compared(_against(draft.cents, found.cents), found.cents, told)


def _against(cents: int, tariff_cents: int) -> Against:
    if cents == tariff_cents:
        return Against.RIGHT
    return Against.BELOW if cents < tariff_cents else Against.ABOVE


def _faults(draft: CostDraft, grounds: Grounds, test: Compared, today: date) -> Iterator[str]:
    if draft.act in AWARDED:
        yield "Dit volgt uit het vonnis. Leg het vonnis vast, dan staan de bedragen er."
    if draft.cents <= 0:
        yield "Vul een bedrag in dat hoger is dan nul."
    if draft.on > today:
        yield "Kies de dag waarop het gebeurde: vandaag of eerder."
    if draft.act is Act.AGREED and test.tariff_cents is None:
        yield "Kies een tarief uit de afspraken, of stel nieuwe afspraken voor."
    yield from _tenant_faults(draft, grounds, test)
    yield from _vat_faults(draft, grounds)
    if test.against in (Against.ABOVE, Against.UNKNOWN) and not draft.reason.strip():
        yield f"{test.sentence} Schrijf op waarom het toch dit bedrag is."


def _tenant_faults(draft: CostDraft, grounds: Grounds, test: Compared) -> Iterator[str]:
    if draft.payer is not Payer.TENANT:
        return
    if draft.act is Act.AGREED:
        yield "Wat u met de corporatie afsprak, betaalt de huurder niet. Kies de corporatie."
    elif draft.act not in BEFORE_JUDGMENT and (grounds.judged_on is None or draft.on < grounds.judged_on):
        yield "Er was op die dag geen vonnis dat iets toewees. De huurder kan dit dan niet schuldig zijn."
    if test.tariff_cents is not None and draft.cents > test.tariff_cents:
        yield f"{test.sentence} Meer dan het tarief betaalt de huurder niet; boek de rest voor de corporatie."


def _vat_faults(draft: CostDraft, grounds: Grounds) -> Iterator[str]:
    if draft.vat_cents < 0:
        yield "De btw kan niet lager zijn dan nul."
    elif draft.vat_cents and draft.act is Act.COURT_FEE:
        yield "Over griffierecht gaat geen btw."
    elif draft.vat_cents and draft.payer is Payer.TENANT and not grounds.vat_declared:
        yield "De corporatie heeft in de afspraken niet verklaard dat zij btw niet kan aftrekken. Boek zonder btw."
    elif draft.vat_cents > (most := _vat(draft)):
        yield f"De btw over {euro(draft.cents)} is ten hoogste {euro(most)}."


def _vat(draft: CostDraft) -> int:
    part = vat_rates().at(draft.on).value * draft.cents / 100
    return rounded(part.numerator, part.denominator, Rounding.HALF_UP)
