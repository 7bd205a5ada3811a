"""Loading an extract: twice changes nothing, what changed is changed, what points to nothing is a problem."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection

from tijdig.history.queries import of_subject
from tijdig.tenancies.actions import flag_missing, learn_account, load
from tijdig.tenancies.drafts import (
    ComplexDraft,
    HomeDraft,
    MandateDraft,
    PartyDraft,
    PaymentMethodDraft,
    PaymentReferenceDraft,
    PersonDraft,
    RentPartDraft,
    TenancyDraft,
)
from tijdig.tenancies.queries import lease, tenancy_ids_by_contract

TODAY = date(2026, 11, 21)
START = date(2020, 1, 1)
HOME = HomeDraft("E1", "Dorpsstraat", "14-A", "3511AB", "Utrecht", complex_key="C1")
PERSON = PersonDraft("P1", "NAT", "Vries", "de", "E.", phone="0612345678", email="e@voorbeeld.nl")
LEASE = TenancyDraft("O1", "104.233", "LOP", "HUU", START, None, "E1")
PARTY = PartyDraft("O1", "P1", "HUU", START)
RENT = RentPartDraft("R1", "O1", "NET", "", START, None, 60_000)
EXTRACT = [
    ComplexDraft("C1", "De Hof", "Noord"),
    HOME,
    PERSON,
    LEASE,
    PARTY,
    RENT,
    RentPartDraft("R2", "O1", "SER", "", START, None, 4_205),
    PaymentMethodDraft("O1", "INC", START, debit_day=25),
    MandateDraft("O1", "NL91ABNA0417164300", "M-1", START),
    PaymentReferenceDraft("O1", "5000056789012345"),
]


def _load(organisation: int, *records: Any):
    return load(organisation_id=organisation, records=records, actor="test", on=TODAY)


def _lease():
    return lease(tenancy_ids_by_contract(["104.233"])["104.233"], TODAY)


def _rows(query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def test_a_loaded_lease_is_told_whole(organisation: int) -> None:
    loaded = _load(organisation, *EXTRACT)
    told = _lease()
    assert loaded.problems == []
    assert (told.names, told.address, told.region) == (["De Vries, E."], "Dorpsstraat 14-A, Utrecht", "Noord")
    assert (told.rent_cents, told.payment_kind, told.debit_day) == (64_205, "INC", 25)
    assert (told.phone, told.email, told.departed) == ("0612345678", "e@voorbeeld.nl", False)


def test_loading_the_same_again_changes_nothing(organisation: int) -> None:
    first, again = _load(organisation, *EXTRACT), _load(organisation, *EXTRACT)
    assert sum(first.counts.values()) == len(EXTRACT)
    assert (set(again.counts.values()), again.touched, again.problems) == ({0}, set(), [])


def test_a_changed_lease_is_updated_in_place(organisation: int) -> None:
    _load(organisation, *EXTRACT)
    before = _lease()
    changed = _load(organisation, replace(LEASE, end_on=date(2026, 10, 31), status="BEE", end_reason="OPZ"))
    after = _lease()
    assert (changed.counts, changed.touched) == ({"tenancies": 1}, {before.id})
    assert (after.id, after.end_on, after.departed) == (before.id, date(2026, 10, 31), True)


def test_an_increase_of_the_rent_stands_beside_the_starting_rent(organisation: int) -> None:
    _load(organisation, *EXTRACT)
    july = date(2026, 7, 1)
    _load(
        organisation,
        replace(RENT, end_on=date(2026, 6, 30)),
        RentPartDraft("R3", "O1", "NET", "", july, None, 62_000, "JAA"),
    )
    told = _lease()
    assert told.rent_parts == [("NET", 62_000, july), ("SER", 4_205, START)]
    assert _rows("SELECT amount_cents FROM tenancies_rentpart WHERE kind = 'NET' ORDER BY begin_on") == [
        (60_000,),
        (62_000,),
    ]


def test_a_changed_name_is_found_by_the_new_name(organisation: int) -> None:
    _load(organisation, *EXTRACT)
    changed = _load(organisation, replace(PERSON, surname="Bakker", prefix=""))
    assert (changed.counts["people"], len(changed.touched)) == (1, 1)
    assert _lease().names == ["Bakker, E."]


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (replace(PARTY, tenancy_key="O9"), "tenancy_unknown"),
        (replace(PARTY, person_key="P9"), "person_unknown"),
        (replace(RENT, tenancy_key="O9"), "tenancy_unknown"),
        (PaymentMethodDraft("O9", "OVB", START), "tenancy_unknown"),
        (MandateDraft("O9", "NL91ABNA0417164300"), "tenancy_unknown"),
        (PaymentReferenceDraft("O9", "5000056789012345"), "tenancy_unknown"),
        (replace(LEASE, key="O2", contract_number="104.234", home_key="E9"), "home_unknown"),
    ],
)
def test_what_points_to_nothing_is_a_problem_and_the_rest_loads(
    organisation: int, draft: Any, code: str
) -> None:
    loaded = _load(organisation, *EXTRACT, draft)
    assert [problem.code for problem in loaded.problems] == [code]
    assert _lease().rent_cents == 64_205


def test_a_lease_with_an_unknown_home_loads_and_finds_it_later(organisation: int) -> None:
    _load(organisation, LEASE)
    assert _lease().address == ""
    assert _load(organisation, HOME, LEASE).problems == []
    assert _lease().address == "Dorpsstraat 14-A, Utrecht"


@pytest.mark.parametrize("home_key", ["", "E9"])
def test_a_lease_told_without_its_home_keeps_the_one_that_stands(organisation: int, home_key: str) -> None:
    _load(organisation, *EXTRACT)
    _load(organisation, replace(LEASE, home_key=home_key, watch="ONH"))
    assert (_lease().address, _lease().watch) == ("Dorpsstraat 14-A, Utrecht", "ONH")


def test_an_account_marked_as_a_third_partys_stays_marked(organisation: int) -> None:
    _load(organisation, *EXTRACT)
    _rows("UPDATE tenancies_account SET third_party = true RETURNING 1")
    _load(organisation, *EXTRACT)
    assert _rows("SELECT third_party FROM tenancies_account") == [(True,)]


def test_equal_keys_in_one_extract_load_the_last(organisation: int) -> None:
    loaded = _load(organisation, *EXTRACT, replace(RENT, amount_cents=61_000))
    assert loaded.problems == []
    assert _lease().rent_cents == 65_205


def test_two_tenants_stand_in_the_order_of_their_roles(organisation: int) -> None:
    _load(
        organisation,
        *EXTRACT,
        PersonDraft("P2", "NAT", "Smit", initials="K."),
        PartyDraft("O1", "P2", "MDH", START),
    )
    assert _lease().names == ["De Vries, E.", "Smit, K."]


def test_a_lease_that_is_missing_is_flagged_until_it_returns(organisation: int) -> None:
    _load(organisation, *EXTRACT, replace(LEASE, key="O2", contract_number="104.234"))
    flagged = "SELECT source_key, missing_since FROM tenancies_tenancy WHERE missing_since IS NOT NULL"
    assert flag_missing(organisation_id=organisation, keys_seen={"O1"}, on=TODAY) == 1
    assert flag_missing(organisation_id=organisation, keys_seen={"O1"}, on=date(2026, 11, 22)) == 0
    assert _rows(flagged) == [("O2", TODAY)]
    assert flag_missing(organisation_id=organisation, keys_seen={"O1", "O2"}, on=TODAY) == 1
    assert _rows(flagged) == []


def test_a_load_is_in_the_history_with_its_counts(organisation: int) -> None:
    _load(organisation, LEASE, replace(RENT, tenancy_key="O9"))
    (told,) = of_subject("tenancies")
    assert told.facts["tenancies"] == 1
    assert told.facts["refused"] == 2  # the rent, and the home that is not there


def test_a_learned_account_outlives_the_next_load(organisation: int) -> None:
    _load(organisation, *EXTRACT)
    tenancy = tenancy_ids_by_contract(["104.233"])["104.233"]
    learn_account(organisation_id=organisation, tenancy_id=tenancy, iban="NL02ABNA0123456789", actor="user:7")
    _load(organisation, *EXTRACT, MandateDraft("O1", "NL02ABNA0123456789"))
    assert _rows("SELECT iban, learned_by FROM tenancies_account ORDER BY iban") == [
        ("NL02ABNA0123456789", "user:7"),
        ("NL91ABNA0417164300", ""),
    ]


def test_personal_text_stands_apart_from_the_facts(organisation: int) -> None:
    _load(organisation, *EXTRACT)
    facts = _rows("SELECT to_jsonb(p)::text FROM tenancies_person p")[0][0]
    assert [word for word in ("Vries", "0612345678", "voorbeeld.nl") if word in facts] == []
