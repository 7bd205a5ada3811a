"""The fourteen-day letter, which refuses to exist when its facts are not right.

Decides whether the letter may be made. Its purpose is that the costs hold in court, so each thing that has cost a
landlord the whole fee is a fault here. Source: article 6:96 paragraphs 5 to 7 BW; article 2 Besluit vergoeding voor
buitengerechtelijke incassokosten; HR 25 November 2016, ECLI:NL:HR:2016:2704 (term); HR 13 June 2014,
ECLI:NL:HR:2014:1405 (costs after the term); ECLI:NL:RBROT:2020:5202 (two totals or accounts) and 2020:9162 (fee too high).

Units: whole cents. Errors: `NotRight` with every fault; each has a code and a Dutch sentence that says what to do.

The letter prints no last day. The term runs from the day after delivery, which nobody knows when the letter is made: a
day in print would be a second term, and an unclear term costs the whole fee. Nor does it print debt and costs as one
sum: that would be a second total. `term` computes the safe last day for the corporation's own use.

Example: three rents of € 700, due 1 August to 1 October 2026, letter of 2 November 2026: costs € 315.00, no faults.

Left out: proof that the letter arrived; a clause in the lease on costs; letters for small instalments in the last six
months; whether the tenant acts in business.
"""

from __future__ import annotations

from tijdig.law.letter_term import Term, fourteen_days
from tijdig.letters.fourteen_day_checks import CHECKS
from tijdig.letters.fourteen_day_words import word_faults
from tijdig.letters.letter import Kind, Letter, Payment
from tijdig.letters.texts import Text, default
from tijdig.letters.values import Facts, Fault, NotRight


def fourteen_day_letter(facts: Facts, text: Text | None = None) -> Letter:
    """The letter, if nothing is wrong with it; else `NotRight`."""
    if faults := check(facts, text):
        raise NotRight(faults)
    return _letter(facts, text or default(Kind.FOURTEEN_DAY))


def term(facts: Facts) -> Term:
    """The term as a court may count it, for the corporation's own calendar: costs are due from `fee_from_on`."""
    return fourteen_days(facts.on, facts.conventions)


def check(facts: Facts, text: Text | None = None) -> tuple[Fault, ...]:
    """Everything that is wrong, in the order in which a person mends it; empty when the letter may be made."""
    used = text or default(Kind.FOURTEEN_DAY)
    faults = [fault for one in CHECKS for fault in one(facts)]
    return tuple(faults) or tuple(word_faults(_letter(facts, used), used))


def _letter(facts: Facts, text: Text) -> Letter:
    owed = facts.principal_cents
    iban = facts.iban or facts.sender.iban
    return Letter(
        kind=Kind.FOURTEEN_DAY,
        version=text.version,
        on=facts.on,
        sender=facts.sender,
        to=facts.to,
        reference=facts.reference,
        facts={
            "principal_cents": owed,
            "fee_cents": facts.fee_cents,
            "vat_cents": facts.vat_cents,
            "costs_cents": facts.fee_cents + facts.vat_cents,
            "vat": facts.vat_cents > 0,
        },
        rows=facts.instalments,
        payment=Payment(owed, facts.payment_reference, iban, facts.sender.creditor_name),
        override=facts.override,
    )
