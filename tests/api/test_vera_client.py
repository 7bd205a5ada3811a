"""Two systems that know the standard and nothing of us: an office's and a corporation's, over the wire."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from tests.api import vera_ground
from tests.api.vera_client import Vera
from tests.bailiff import partners

from databases import of_its_own
from on_a_day import found, served

MOMENT = "2026-11-02T10:30+01:00"
Place = tuple[str, list[int], vera_ground.Door, vera_ground.Door]


@pytest.fixture(scope="module", autouse=True)
def place(admin: str) -> Iterator[Place]:
    """Three files at an office."""
    with of_its_own(admin) as dsn:
        from tijdig.access.scope import organisation_scope

        organisation, office = found(), partners.partner("maas")
        partners.agreed(organisation, office)
        files = []
        for number in (1, 2, 3):
            with organisation_scope(organisation):
                tenancy = partners.ready(organisation, number)
            made = partners.handed(organisation, tenancy, office[0])
            assert made is not None
            files.append(made)
        yield dsn, files, vera_ground.program_of(organisation), vera_ground.program_at(organisation, office)


def test_an_office_and_a_corporation_work_by_the_standard_alone(place: Place) -> None:
    dsn, files, ours, theirs = place
    with served(dsn, MOMENT) as program:
        where = f"{program.address}/vera/v4"
        office = Vera(where, str(theirs.number), theirs.secret)
        corporation = Vera(where, str(ours.number), ours.secret, "INC.All.Read")
        listed = list(office.every("externe-incassos", status="ACT"))
        assert [one["id"] for one in listed] == [str(one) for one in files]
        assert list(corporation.every("externe-incassos")) == listed
        _, whole, _ = office.call("GET", f"/externe-incassos/{files[0]}")
        contract, open_now = whole["overeenkomsten"][0], whole["saldo"]
        assert open_now == Decimal("1400")
        plan = {
            "overeenkomst": {"code": contract["code"]},
            "omschrijving": "Aan de deur afgesproken.",
            "termijnen": [
                {"vervaldatum": "2026-11-09", "bedrag": open_now / 2},
                {"vervaldatum": "2026-12-09", "bedrag": open_now / 2},
            ],
        }
        status, made, headers = office.call("POST", "/betalingsregelingen", plan)
        assert (status, made["status"]["code"]) == (201, "ACT"), made
        assert headers["Location"] == f"{where}/betalingsregelingen/{made['id']}"
        program.post(contract["code"], "payment", -70_000, "2026-11-02", "helft")
        _, told, _ = corporation.call("GET", f"/betalingsregelingen/{made['id']}")
        assert [(one["status"]["code"], one["saldo"]) for one in told["termijnen"]] == [
            ("VOL", 0),
            ("OPE", 700),
        ]
        assert told["termijnen"][0]["datum"] == "2026-11-02"
        assert told["saldo"] == office.call("GET", f"/externe-incassos/{files[0]}")[1]["saldo"] == 700
        status, refused, _ = corporation.call(
            "PATCH", f"/betalingsregelingen/{made['id']}", {"status": {"code": "ANN"}}
        )
        assert (status, refused["code"]) == (403, "geen_recht")
        ends = {
            "status": {"code": "EIN"},
            "extra-attributen": [
                {"naam": "tijdig.eindereden", "waarde": "GED"},
                {"naam": "tijdig.medewerker", "waarde": "Piet Maas"},
            ],
        }
        status, early, _ = office.call("PATCH", f"/externe-incassos/{files[2]}", ends)
        assert (status, early["code"]) == (409, "kan_niet")  # nothing was paid
        program.post("100003", "payment", -10_000, "2026-11-02", "deel")
        assert office.call("PATCH", f"/externe-incassos/{files[2]}", ends)[0] == 200
        assert office.call("GET", f"/externe-incassos/{files[2]}")[0] == 404
        assert [one["id"] for one in office.every("externe-incassos")] == [str(one) for one in files[:2]]
        _, ended, _ = corporation.call("GET", f"/externe-incassos/{files[2]}")
        assert ended["status"]["code"] == "EIN"
