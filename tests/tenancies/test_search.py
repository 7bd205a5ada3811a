"""Search: by name with typing errors, by address, contract and account; never another organisation's."""

from __future__ import annotations

from datetime import date

import pytest

from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.tenancies.actions import load
from tijdig.tenancies.drafts import HomeDraft, MandateDraft, PartyDraft, PersonDraft, TenancyDraft
from tijdig.tenancies.queries import cards, search, tenancy_ids_by_contract

START = date(2020, 1, 1)
PEOPLE = (
    ("104.233", "Vermeulen", "", "J.", "Kerkstraat", "14", "NL91ABNA0417164300"),
    ("104.240", "Çelik", "", "A.", "Molenweg", "7-B", "NL02ABNA0123456789"),
    ("104.251", "Berg", "van den", "P.", "Stationsplein", "101", "NL44RABO0123456789"),
)


def _records() -> list[object]:
    records: list[object] = []
    for contract, surname, prefix, initials, street, number, iban in PEOPLE:
        records += [
            HomeDraft(f"E{contract}", street, number, "3511 AB", "Utrecht"),
            PersonDraft(f"P{contract}", "NAT", surname, prefix, initials),
            TenancyDraft(f"O{contract}", contract, "LOP", "HUU", START, None, f"E{contract}"),
            PartyDraft(f"O{contract}", f"P{contract}", "HUU", START),
            MandateDraft(f"O{contract}", iban),
        ]
    return records


@pytest.fixture
def three(organisation: int) -> int:
    load(organisation_id=organisation, records=_records(), actor="test", on=START)
    return organisation


def _found(query: str) -> list[str]:
    hits = [tenancy for tenancy, _ in search(query)]
    known = cards(hits)
    return [known[tenancy].contract_number for tenancy in hits]


@pytest.mark.parametrize(
    ("query", "contract"),
    [
        ("Vermeulen", "104.233"),
        ("vermulen", "104.233"),
        ("Vermeuelen", "104.233"),
        ("celik", "104.240"),
        ("van den Berg", "104.251"),
        ("p van den berg", "104.251"),
        ("Kerkstraat 14", "104.233"),
        ("kerkstaat", "104.233"),
        ("Molenweg 7-B", "104.240"),
        ("104.233", "104.233"),
        ("104233", "104.233"),
        ("10 42 51", "104.251"),
        ("NL91ABNA0417164300", "104.233"),
        ("NL91 ABNA 0417 1643 00", "104.233"),
        ("nl44rabo0123456789", "104.251"),
    ],
)
def test_the_best_hit_is_the_one_that_was_meant(three: int, query: str, contract: str) -> None:
    assert _found(query)[0] == contract


@pytest.mark.parametrize("query", ["xyzzy", "", "%", "999.999"])
def test_what_looks_like_nobody_finds_nobody(three: int, query: str) -> None:
    assert _found(query) == []


def test_another_organisations_tenancy_is_never_found(three: int) -> None:
    other = create_organisation(name="Andere", slug="andere")
    with organisation_scope(other):
        assert [_found(query) for query in ("Vermeulen", "104.233", "Kerkstraat 14")] == [[], [], []]
        load(organisation_id=other, records=_records()[:5], actor="test", on=START)
        mine = tenancy_ids_by_contract(["104.233"])["104.233"]
        assert [tenancy for tenancy, _ in search("Vermeulen")] == [mine]


def test_no_more_than_asked_for(three: int) -> None:
    assert len(search("Utrecht")) == 3
    assert len(search("Utrecht", 2)) == 2
