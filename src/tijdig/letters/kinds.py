"""A letter of any kind, made from the account and what a person typed; it refuses to exist when its facts are not right.

Decides what each kind asks the tenant to pay: what is overdue in total, the first instalment of a plan, the instalment that
was missed, or nothing. The fourteen-day letter is made here too, from the account alone, and is held to all of
`fourteen_day`; with VAT or an override, `fourteen_day_facts` gives its facts.

Units: whole cents. Errors: `NotRight` with every fault, each a code and a Dutch sentence that says what to do; `TextError`
for a text of another kind. Example: a reminder of 2 November 2026 with 9 November as `pay_before_on` asks what is overdue.

Left out: who may send a letter, and whether it is time for one (policy).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from tijdig.law.answer import NotKnown
from tijdig.law.collection_costs import VatGround, collection_costs
from tijdig.law.conventions import DEFAULT, Conventions
from tijdig.letters.asked import Asked, AskedType, ask_for
from tijdig.letters.basis import Basis
from tijdig.letters.basis_checks import alive_faults, basis_faults
from tijdig.letters.fourteen_day import check, fourteen_day_letter
from tijdig.letters.given_checks import cents_of, day_of, given_faults
from tijdig.letters.kind_checks import kind_faults
from tijdig.letters.letter import Fact, Kind, Letter, Override, Payment, Row
from tijdig.letters.plan import agreed_rows, plan_rows
from tijdig.letters.qr import QrError, payload
from tijdig.letters.sheet import labels
from tijdig.letters.texts import FIELDS, FLAGS, Text, TextError, default
from tijdig.letters.values import Facts, Fault, NotRight

__all__ = [
    "Asked", "AskedType", "Basis", "ask_for", "fourteen_day_facts", "letter_faults", "letter_of", "plan_rows",
]  # fmt: skip


def letter_of(
    kind: Kind,
    basis: Basis,
    given: Mapping[str, Fact],
    text: Text | None = None,
    plan: tuple[Row, ...] = (),
) -> Letter:
    """The letter, if nothing is wrong with it; else `NotRight`. Without a plan, an arrangement's is made from `given`."""
    if faults := letter_faults(kind, basis, given, text, plan):
        raise NotRight(faults)
    if kind is Kind.FOURTEEN_DAY:
        return fourteen_day_letter(fourteen_day_facts(basis), text)
    return _letter(kind, basis, given, text or default(kind), plan)


def letter_faults(
    kind: Kind,
    basis: Basis,
    given: Mapping[str, Fact],
    text: Text | None = None,
    plan: tuple[Row, ...] = (),
) -> tuple[Fault, ...]:
    """Everything that is wrong, in the order in which a person mends it; empty when the letter may be made."""
    if text is not None and text.kind is not kind:
        raise TextError(f"De tekst is er een van {text.kind}, de brief is {kind}.")
    if kind is Kind.FOURTEEN_DAY:
        return tuple(alive_faults(basis)) + check(fourteen_day_facts(basis), text)
    faults = list(basis_faults(kind, basis))
    asked = () if plan and kind is Kind.ARRANGEMENT_CONFIRMED else ask_for(kind)
    faults += list(given_faults(asked, given)) or list(kind_faults(kind, basis, given, plan))
    return tuple(faults) or _not_payable(_letter(kind, basis, given, text or default(kind), plan))


def fourteen_day_facts(
    basis: Basis,
    vat: VatGround | None = None,
    conventions: Conventions = DEFAULT,
    override: Override | None = None,
) -> Facts:
    """What a fourteen-day letter stands on, with the costs of the law over what is overdue.

    Where the law gives no costs they are nil here, and `fourteen_day.check` says why there can be no letter. A tenant who
    died is a fault of `letter_faults` alone; ask it first.
    """
    facts = Facts(
        on=basis.on,
        facts_on=basis.facts_on,
        instalments=basis.overdue,
        principal_cents=basis.open_cents,
        fee_cents=0,
        sender=basis.sender,
        to=basis.to,
        reference=basis.reference,
        payment_reference=basis.payment_reference,
        vat=vat,
        paid_since_cents=basis.paid_since_cents,
        override=override,
        conventions=conventions,
    )
    try:
        costs = collection_costs([row.open_cents for row in basis.overdue], basis.on, vat, conventions)
    except (NotKnown, ValueError):
        return facts
    return replace(facts, fee_cents=costs.fee_cents, vat_cents=costs.vat_cents)


def with_costs(basis: Basis, costs: Sequence[tuple[date, int]], booked_cents: int = 0) -> Basis:
    """The basis with collection costs that letters made due beside the account: since which day, and how much.

    `booked_cents` are such costs among the rows already. The row of those beside it names the last day on which paying
    would have kept them away.
    """
    name = labels(basis.to.language)["costs_row"]
    rows = tuple(Row(due_on - timedelta(days=1), cents, name) for due_on, cents in costs)
    cents = sum(row.open_cents for row in rows)
    return replace(
        basis,
        overdue=(*basis.overdue, *rows),
        open_cents=basis.open_cents + cents,
        costs_cents=cents + booked_cents,
    )


def _letter(kind: Kind, basis: Basis, given: Mapping[str, Fact], text: Text, plan: tuple[Row, ...]) -> Letter:
    rows = _rows(kind, basis, given, plan)
    return Letter(
        kind=kind,
        version=text.version,
        on=basis.on,
        sender=basis.sender,
        to=basis.to,
        reference=basis.reference,
        facts=_facts(kind, basis, given, rows),
        rows=rows,
        payment=_payment(kind, basis, rows),
    )


def _rows(kind: Kind, basis: Basis, given: Mapping[str, Fact], plan: tuple[Row, ...]) -> tuple[Row, ...]:
    """The table: what is overdue, the plan, or the one instalment that was missed."""
    if kind is Kind.ARRANGEMENT_CONFIRMED:
        return agreed_rows(basis, given, plan)
    if kind is Kind.INSTALMENT_MISSED:
        return (Row(day_of(given, "due_on"), cents_of(given, "instalment_cents")),)
    return () if kind is Kind.SETTLED else basis.overdue


def _facts(kind: Kind, basis: Basis, given: Mapping[str, Fact], rows: tuple[Row, ...]) -> dict[str, Fact]:
    """All that the texts of this kind may name; typed words without the spaces around them."""
    facts: dict[str, Fact] = {"open_cents": basis.open_cents}
    for one in ask_for(kind):
        if one.name in given:
            typed = given[one.name]
            facts[one.name] = typed.strip() if isinstance(typed, str) else typed
    if kind is Kind.ARRANGEMENT_CONFIRMED:
        facts |= {"instalment_count": len(rows), "first_on": rows[0].due_on, "last_on": rows[-1].due_on}
    if kind is Kind.HANDOVER_ANNOUNCED:
        facts |= {"costs_cents": basis.costs_cents, "costs": basis.costs_cents > 0}
    known = FIELDS[kind] | FLAGS.get(kind, frozenset())
    return {name: fact for name, fact in facts.items() if name in known}


def _payment(kind: Kind, basis: Basis, rows: tuple[Row, ...]) -> Payment | None:
    """What is asked now; nothing where all is paid, and of a plan only the first instalment."""
    if kind is Kind.SETTLED:
        return None
    asked = rows[:1] if kind is Kind.ARRANGEMENT_CONFIRMED else rows
    owed_cents = sum(row.open_cents for row in asked)
    return Payment(owed_cents, basis.payment_reference, basis.sender.iban, basis.sender.creditor_name)


def _not_payable(letter: Letter) -> tuple[Fault, ...]:
    """A payment that no bank's app can read: a name or reference that is too long, or an amount that is too high."""
    try:
        if letter.payment:
            payload(letter.payment, letter.sender.bic)
    except QrError as error:
        return (Fault("not_payable", f"{error} Verbeter de gegevens van de betaling."),)
    return ()
