"""The checks of a fourteen-day letter on its amounts, days and address; each gives the faults that it finds.

Decides per check; which law each stands on is told in `fourteen_day`. Units: whole cents. Errors: none, a fault is a
value. Example: a rent due on the day of the letter gives `not_in_default`. Left out: the words (`fourteen_day_words`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tijdig.base.money import euro
from tijdig.law.answer import Doubt, NotKnown, short_day
from tijdig.law.collection_costs import Costs, Instalment, collection_costs
from tijdig.law.letter_term import fourteen_days
from tijdig.letters.checks import account_faults, address_faults, amounts_faults
from tijdig.letters.values import Facts, Fault


def _default_begun(facts: Facts) -> Iterator[Fault]:
    for row in facts.instalments:
        if row.due_on >= facts.on:
            yield Fault(
                "not_in_default",
                f"De huur van {short_day(row.due_on)} is nog niet te laat op {short_day(facts.on)}. Haal die termijn "
                "uit de brief, of stuur de brief later.",
            )


def _something_open(facts: Facts) -> Iterator[Fault]:
    if not facts.instalments:
        yield Fault("nothing_open", "Er staat geen termijn in de brief. Kies wat er nog openstaat.")
    for row in facts.instalments:
        if row.open_cents <= 0:
            yield Fault(
                "nothing_open",
                f"Van de termijn van {short_day(row.due_on)} staat niets open. Haal die uit de brief.",
            )


def _sum(facts: Facts) -> Iterator[Fault]:
    total = sum(row.open_cents for row in facts.instalments)
    if facts.instalments and total != facts.principal_cents:
        yield Fault(
            "sum_differs",
            f"De termijnen zijn samen {euro(total)}, de hoofdsom is {euro(facts.principal_cents)}. Neem de stand "
            "opnieuw over.",
        )


def _paid_since(facts: Facts) -> Iterator[Fault]:
    yield from amounts_faults(facts.on, facts.facts_on, facts.paid_since_cents)


def _costs(facts: Facts) -> Costs | None:
    """The costs by law; None where another check has already said why they cannot be computed."""
    if not facts.instalments or any(row.open_cents <= 0 for row in facts.instalments):
        return None
    principals = [Instalment(row.open_cents, row.label) for row in facts.instalments]
    return collection_costs(principals, facts.on, facts.vat, facts.conventions)


def _fee(facts: Facts) -> Iterator[Fault]:
    try:
        costs = _costs(facts)
        term = fourteen_days(facts.on, facts.conventions)
    except NotKnown as unknown:
        yield Fault("law_unknown", f"{unknown.sentence} Maak geen brief voor deze dag.")
        return
    if costs is None:
        return
    if costs.fee_cents != facts.fee_cents:
        yield Fault(
            "fee_differs",
            f"De incassokosten zijn volgens de wet {euro(costs.fee_cents)}, niet {euro(facts.fee_cents)}. Neem het "
            "bedrag van de wet over.",
        )
    yield from _vat(facts, costs)
    yield from _sure(facts, (*costs.doubts, *term.doubts))


def _vat(facts: Facts, costs: Costs) -> Iterator[Fault]:
    if facts.vat_cents and (facts.vat is None or facts.vat.missing):
        why = " ".join(facts.vat.missing) if facts.vat else "Er is geen grond voor btw genoemd."
        yield Fault("vat_without_ground", f"Er mag geen btw bij de kosten. {why} Haal de btw uit de brief.")
    elif facts.vat_cents != costs.vat_cents:
        yield Fault(
            "vat_differs",
            f"De btw over de kosten is {euro(costs.vat_cents)}, niet {euro(facts.vat_cents)}. Neem dat bedrag over.",
        )


def _sure(facts: Facts, doubts: Sequence[Doubt]) -> Iterator[Fault]:
    taken = facts.override is not None and facts.override.by.strip() and facts.override.reason.strip()
    if doubts and not taken:
        why = " ".join(dict.fromkeys(doubt.sentence for doubt in doubts))
        yield Fault(
            "provisional",
            f"Het bedrag of de termijn is niet zeker. {why} Zoek het na, of neem het over met uw naam en een reden.",
        )


def _address(facts: Facts) -> Iterator[Fault]:
    yield from address_faults(facts.to)


def _account(facts: Facts) -> Iterator[Fault]:
    yield from account_faults(facts.sender, facts.iban)


CHECKS: tuple[Callable[[Facts], Iterator[Fault]], ...] = (
    _something_open,
    _default_begun,
    _sum,
    _paid_since,
    _fee,
    _address,
    _account,
)
