import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from stdnum import iban
from stdnum.nl import postcode

from tijdig.lab.numbers import reference_is_valid
from tijdig.lab.population import Corporation
from tijdig.lab.rents import annual_rent
from tijdig.lab.write_vera import moment


def load(folder: Path, entity: str) -> list[dict[str, Any]]:
    text = (folder / f"{entity}.json").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(text, parse_float=str)[entity]
    return found


@pytest.fixture(scope="module")
def leases(folder: Path) -> list[dict[str, Any]]:
    return load(folder, "overeenkomsten")


def test_moment_of_1_july_is_the_evening_before_in_utc() -> None:
    assert (moment(20_635), moment(20_454)) == ("2026-06-30T22:00:00Z", "2025-12-31T23:00:00Z")


def test_homes_have_a_complex_a_region_and_a_valid_postcode(folder: Path) -> None:
    clusters = {cluster["id"]: cluster for cluster in load(folder, "clusters")}
    homes = load(folder, "eenheden")
    assert len(homes) == 1_030
    for home in homes:
        above = clusters[home["clusters"][0]["id"]]["bovenliggendeCluster"]["id"]
        assert clusters[above]["naam"] == f"Regio {home['rayon']['naam']}"
        assert postcode.is_valid(home["adres"]["postcode"])


def test_leases_point_to_homes_and_people_that_exist(folder: Path, leases: list[dict[str, Any]]) -> None:
    homes = {home["id"] for home in load(folder, "eenheden")}
    people = {person["id"] for person in load(folder, "relaties")}
    keys = {lease["id"] for lease in leases}
    for lease in leases:
        assert lease["eenheden"][0]["id"] in homes
        assert {party["id"] for party in lease["relaties"]} <= people
        above = lease.get("bovenliggendeOvereenkomst")
        assert above is None or above["id"] in keys


def test_leases_current_components_make_the_rent(
    leases: list[dict[str, Any]], corporation: Corporation
) -> None:
    """Of running leases the components without an end add up to a twelfth of annual rent."""
    total = sum(
        int(part["bedrag"].replace(".", ""))
        for lease in leases
        if lease["einddatum"] is None
        for part in lease["prijscomponenten"]
        if "einddatum" not in part
    )
    assert total * 12 == annual_rent(corporation.leases, corporation.rents, corporation.window)


def test_leases_methods_and_accounts(leases: list[dict[str, Any]]) -> None:
    kinds = Counter[str]()
    for lease in leases:
        methods = lease["betaalwijzen"]
        kinds["+".join(method["soort"]["code"] for method in methods)] += 1
        assert iban.is_valid(methods[0]["betaalgegeven"]["iban"])
        if methods[0]["soort"]["code"] == "INC":
            assert methods[0]["incassomachtiging"]["kenmerkMachtiging"] == f"M-{lease['code']}-1"
            assert methods[0]["incassomoment"]["code"] in {"001", "003", "005", "025", "028"}
    assert set(kinds) == {"INC", "OVB", "INC+OVB"}


def test_leases_helped_tenants_have_a_budget_coach(leases: list[dict[str, Any]]) -> None:
    roles = Counter(p["rollen"][0]["soort"]["code"] for lease in leases for p in lease["relaties"])
    assert set(roles) == {"HUU", "MDH", "BUD"}
    assert roles["HUU"] == len(leases)


def test_no_citizen_number_is_ever_written(folder: Path) -> None:
    assert "bsn" not in (folder / "relaties.json").read_text(encoding="utf-8")


def test_bookings_agree_with_the_charges(folder: Path, corporation: Corporation) -> None:
    with (folder / "boekingen.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    total = sum(int(row["bedrag"].replace(",", "")) for row in rows)
    assert (len(rows), total) == (len(corporation.charges.day), int(corporation.charges.cents.sum()))
    assert len({row["id"] for row in rows}) == len(rows)
    assert all(reference_is_valid(row["betalingskenmerk"]) for row in rows)
    pairs = {(row["soort.code"], row["detailSoort.code"]) for row in rows}
    assert pairs == {("VOR", "PRO"), ("SKS", ""), ("VOR", "AAN")}
    assert all(
        row["vervaldatum"].endswith(("-01", "-16")) for row in rows if row["detailSoort.code"] == "PRO"
    )
