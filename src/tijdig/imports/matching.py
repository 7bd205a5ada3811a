"""Whose money is it? The first sure rule wins; everything else only suggests; nothing is posted on a guess.

The order, and how sure each rule is (docs/rules/matching.md explains it to a person):

1. own end-to-end id of a collection of ours (100)   5. contract number in the text, with name or account (95)
2. mandate (99)                                       6. account known for exactly one running tenancy (90)
3. RF reference (99)                                  7. amount and name: a suggestion only
4. 16-digit payment reference with a right check digit (98)

Never automatic, whatever the rule: more than what is owed, a departed tenant, an account linked to two tenancies or
known as a third party's, two tenancies named in one text, a payer whose account is somebody else's. An account of one
household for its home and its parking space is no third party: there a reference that names one of the two is enough.
Collections of our own (1 and 2) are exempt: we asked for them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeAlias

from tijdig.imports.drafts import Movement, Nature
from tijdig.imports.references import ReferenceKind, contract_candidates, find_references
from tijdig.tenancies.names import plain

SURENESS = {
    "end_to_end": 100,
    "mandate": 99,
    "rf": 99,
    "payment_reference": 98,
    "contract_and_name": 95,
    "contract_and_account": 95,
    "account": 90,
    "person": 100,
}
Suggestions: TypeAlias = "tuple[tuple[int, str, int], ...]"  # tenancy, why, how sure
_NOBODY: frozenset[int] = frozenset()
_SUGGESTS = {"contract_only": 70, "account_shared": 60, "amount_and_name": 50, "name": 40}


@dataclass(frozen=True, slots=True)
class Directory:
    """All that matching may know of the tenancies of one organisation."""

    contracts: Mapping[str, int]  # normalised: letters and digits only
    references: Mapping[str, frozenset[int]]
    accounts: Mapping[str, frozenset[int]]
    third_parties: frozenset[str]
    mandates: Mapping[str, frozenset[int]]
    surnames: Mapping[int, frozenset[str]]  # plain words of the tenants' surnames
    by_surname: Mapping[str, frozenset[int]]
    ended_on: Mapping[int, date]  # last day of a lease that ended
    people: Mapping[int, frozenset[int]]  # tenants of a tenancy, to see that two leases are one household's
    rents: Mapping[int, int] = field(default_factory=dict)  # current rent per month, for suggestions


class Match(NamedTuple):
    """What was found: a tenancy with the rule and how sure, or a reason to ask a person, with suggestions."""

    tenancy_id: int | None
    rule: str = ""
    sureness: int = 0
    queue_reason: str = ""
    suggestions: Suggestions = ()


def owner_of_collection(directory: Directory, mandate: str, account: str) -> int | None:
    """The tenancy of a collection of ours: that of its mandate, else the only one paid from its account."""
    owners = directory.mandates.get(mandate) or directory.accounts.get(account) or frozenset()
    return next(iter(owners)) if len(owners) == 1 else None


def departed(directory: Directory, tenancy: int, day: date) -> bool:
    """Had this lease ended on that day? History paid while it ran is not a departed tenant's."""
    end = directory.ended_on.get(tenancy)
    return end is not None and end < day


def normal(text: str) -> str:
    return "".join(char for char in text if char.isalnum()).upper()


class Named(NamedTuple):
    """Whom a movement names, before anybody looks at what is owed: one tenancy, or why not with those it did name."""

    tenancy_id: int | None
    rule: str = ""
    others: Suggestions = ()


def name(movement: Movement, directory: Directory, own: Mapping[str, int]) -> Named:
    """The first rule that names exactly one tenancy. `own` names the tenancy of each end-to-end id of ours."""
    collected = own.get(movement.end_to_end_id) if movement.end_to_end_id else None
    mandate = directory.mandates.get(movement.mandate_id, _NOBODY) if movement.mandate_id else _NOBODY
    if collected is not None and len(mandate) == 1 and collected not in mandate:
        both = sorted({collected, *mandate})
        return Named(None, "several_named", tuple((tenancy, "mandate", 60) for tenancy in both))
    if collected is not None:
        return Named(collected, "end_to_end")
    if len(mandate) == 1:
        return Named(next(iter(mandate)), "mandate")
    found = _references(movement, directory)
    if len({tenancy for tenancy, _ in found}) > 1:
        return Named(None, "several_named", tuple((tenancy, rule, 60) for tenancy, rule in found))
    if found:
        return Named(*found[0])
    return _by_contract_or_account(movement, directory)


def match(movement: Movement, named: Named, directory: Directory, owed_cents: Callable[[], int]) -> Match:
    """The tenancy of one incoming movement that names it. `owed_cents()` is what that tenancy owes on the value day."""
    tenancy, rule, others = named
    if tenancy is None:
        suggestions = others or _by_name(movement, directory)
        return Match(None, queue_reason=rule or "nobody_named", suggestions=suggestions)
    reason = _refusal(movement, directory, tenancy, rule, owed_cents)
    if reason:
        return Match(None, queue_reason=reason, suggestions=((tenancy, rule, SURENESS[rule] - 10),))
    return Match(tenancy, rule, SURENESS[rule])


def _references(movement: Movement, directory: Directory) -> list[tuple[int, str]]:
    found: dict[int, str] = {}
    for reference in find_references(f"{movement.structured_reference} | {movement.remittance}"):
        tenancies = directory.references.get(reference.value, frozenset())
        if len(tenancies) == 1:
            rule = "rf" if reference.kind is ReferenceKind.RF else "payment_reference"
            found.setdefault(next(iter(tenancies)), rule)
    return list(found.items())


def _by_contract_or_account(movement: Movement, directory: Directory) -> Named:
    contracts = directory.contracts
    named = {contracts[one] for one in contract_candidates(movement.remittance) if one in contracts}
    paying = directory.accounts.get(movement.counter_account, _NOBODY)
    if len(named) > 1:
        return Named(
            None, "several_named", tuple((tenancy, "contract_only", 60) for tenancy in sorted(named))
        )
    if named:
        (tenancy,) = named
        if tenancy in paying:
            return Named(tenancy, "contract_and_account")
        if _name_fits(movement, directory, tenancy):
            return Named(tenancy, "contract_and_name")
        only = (tenancy, "contract_only", _SUGGESTS["contract_only"])
        return Named(None, "contract_without_name", (only,))
    if not paying:
        return Named(None)
    if len(paying) > 1:
        return Named(None, "account_shared", tuple((t, "account_shared", 60) for t in sorted(paying)))
    (tenancy,) = paying
    if departed(directory, tenancy, movement.value_on):
        return Named(None, "departed", ((tenancy, "account_shared", 60),))
    return Named(tenancy, "account")


def _name_fits(movement: Movement, directory: Directory, tenancy: int) -> bool:
    words = set(_words(f"{movement.counter_name} {movement.remittance}"))
    return bool(words & directory.surnames.get(tenancy, frozenset()))


def _words(text: str) -> list[str]:
    spaced = "".join(char if char.isalnum() else " " for char in plain(text))
    return [word for word in spaced.split() if len(word) > 2]


def asked_for(movement: Movement, rule: str) -> bool:
    """Is this a collection of our own, found as such? Then nothing stands in its way."""
    return movement.nature is Nature.COLLECTION and rule in ("end_to_end", "mandate")


def _refusal(
    movement: Movement, directory: Directory, tenancy: int, rule: str, owed_cents: Callable[[], int]
) -> str:
    """Why a sure name is still not enough, or "" when it is."""
    if asked_for(movement, rule):
        return ""
    if departed(directory, tenancy, movement.value_on):
        return "departed"
    if movement.counter_account in directory.third_parties:
        return "third_party"
    paying = directory.accounts.get(movement.counter_account, _NOBODY)
    if len(paying) > 1 and not (tenancy in paying and _one_household(directory, paying)):
        return "account_shared"
    if paying and tenancy not in paying:
        return "payer_elsewhere"
    if movement.amount_cents > owed_cents():
        return "more_than_owed"
    return ""


def _one_household(directory: Directory, tenancies: frozenset[int]) -> bool:
    """Do all these leases (a home and its parking space) have a tenant in common?"""
    sets = [directory.people.get(tenancy, frozenset()) for tenancy in tenancies]
    return bool(frozenset.intersection(*sets))


def _by_name(movement: Movement, directory: Directory) -> Suggestions:
    """Suggestions by name, better where the amount is that tenancy's rent. At most five."""
    tenancies: dict[int, int] = {}
    for word in _words(f"{movement.counter_name} {movement.remittance}"):
        for tenancy in directory.by_surname.get(word, frozenset()):
            fits = directory.rents.get(tenancy) == movement.amount_cents
            score = _SUGGESTS["amount_and_name" if fits else "name"]
            tenancies[tenancy] = max(score, tenancies.get(tenancy, 0))
    best = sorted(tenancies.items(), key=lambda pair: (-pair[1], pair[0]))[:5]
    return tuple((t, "amount_and_name" if score >= 50 else "name", score) for t, score in best)
