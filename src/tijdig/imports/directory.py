"""Building the directory that matching reads, from plain rows. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tijdig.imports.matching import Directory, normal
from tijdig.tenancies.names import plain


@dataclass(frozen=True, slots=True)
class DirectoryRows:
    """What the database gives, row by row."""

    tenancies: list[tuple[int, str, date | None]]  # id, contract number, end
    references: list[tuple[str, int]]
    accounts: list[tuple[str, str, int, bool]]  # iban, mandate, tenancy, third party
    names: list[tuple[int, str, int]]  # tenancy, surname, person


def _gather(pairs: Iterable[tuple[str, int]]) -> dict[str, frozenset[int]]:
    sets: dict[str, set[int]] = defaultdict(set)
    for key, tenancy in pairs:
        sets[key].add(tenancy)
    return {key: frozenset(value) for key, value in sets.items()}


def build(rows: DirectoryRows) -> Directory:
    """Gather the rows by what matching looks up."""
    accounts = _gather((iban, tenancy) for iban, _, tenancy, _ in rows.accounts if iban)
    mandates = _gather((mandate, tenancy) for _, mandate, tenancy, _ in rows.accounts if mandate)
    surnames: dict[int, set[str]] = defaultdict(set)
    by_surname: dict[str, set[int]] = defaultdict(set)
    people: dict[int, set[int]] = defaultdict(set)
    for tenancy, surname, person in rows.names:
        people[tenancy].add(person)
        for word in plain(surname).replace("-", " ").split():
            if len(word) > 2:
                surnames[tenancy].add(word)
                by_surname[word].add(tenancy)
    return Directory(
        contracts={normal(contract): tenancy for tenancy, contract, _ in rows.tenancies},
        references=_gather(rows.references),
        accounts=accounts,
        third_parties=frozenset(iban for iban, _, _, third in rows.accounts if third),
        mandates=mandates,
        surnames={tenancy: frozenset(words) for tenancy, words in surnames.items()},
        by_surname={word: frozenset(ids) for word, ids in by_surname.items()},
        ended_on={tenancy: end for tenancy, _, end in rows.tenancies if end is not None},
        people={tenancy: frozenset(ids) for tenancy, ids in people.items()},
    )
