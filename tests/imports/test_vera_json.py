"""VERA as JSON: the same values as the flat files, from any of its three forms, in pieces."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from tijdig.base.problems import Problem
from tijdig.imports import json_stream, vera_csv, vera_json
from tijdig.imports.vera_values import Signs, VeraValue
from tijdig.ledger.entry import EntryDraft
from tijdig.tenancies.drafts import ComplexDraft, PaymentMethodDraft, RentPartDraft, TenancyDraft

GOLDEN = Path(__file__).parents[1] / "golden" / "vera"


def facts(values: Iterable[VeraValue]) -> Counter[str]:
    """The values without their places, in any order; people and problems apart."""
    drafts = [value for value in values if not isinstance(value, Problem)]
    return Counter(repr(replace(v, place="") if hasattr(v, "place") else v) for v in drafts)


def from_csv(*entities: str, signs: Signs | None = None) -> Counter[str]:
    found: Counter[str] = Counter()
    for entity in entities:
        with (GOLDEN / f"{entity}.csv").open("rb") as stream:
            found += facts(vera_csv.read(stream, entity, signs=signs))
    return found


def from_json(name: str, entity: str | None = None, signs: Signs | None = None) -> list[VeraValue]:
    with (GOLDEN / name).open("rb") as stream:
        return list(vera_json.read(stream, entity, signs=signs))


def test_read_nested_tenancies_equal_the_flat_files() -> None:
    nested = facts(
        value for value in from_json("overeenkomsten.json") if type(value).__name__ != "PersonDraft"
    )
    assert nested == from_csv("overeenkomsten", "relatierollen", "prijscomponenten", "betaalwijzen")


def test_read_entries_equal_the_flat_file() -> None:
    values = from_json("boekingen.ndjson", signs=Signs.BY_KIND)
    clearings = facts(value for value in values if type(value).__name__ == "Clearing")
    assert facts(values) - clearings == from_csv("boekingen", signs=Signs.BY_KIND)
    assert sum(clearings.values()) == 1


def test_read_homes_equal_the_flat_file() -> None:
    values = from_json("eenheden.json")
    assert ComplexDraft("CL1", "Proefplein e.o.") in values
    assert facts(value for value in values if not isinstance(value, ComplexDraft)) == from_csv("eenheden")


def test_read_contacts_equal_the_flat_file() -> None:
    nested = facts(v for v in from_json("relaties.json", "relaties") if type(v).__name__ == "ContactDraft")
    assert nested == from_csv("contactgegevens")


def entries(count: int) -> list[dict[str, str]]:
    """Invented entries of every kind, some with faults; seeded, so the same each time."""
    chance = random.Random(20261121)
    kinds = [
        "VOR/PRO",
        "VOR/PRO",
        "VOR/AAN",
        "ONT/BAN",
        "ONT/BAN",
        "ONT/",
        "ONT/STO",
        "MEM/AFB",
        "UIT/TER",
        "VOR/",
        "ABC/",
    ]
    rows = []
    for number in range(count):
        soort, _, detail = chance.choice(kinds).partition("/")
        day = f"2026-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
        rows.append(
            {
                "id": f"B{chance.randint(1, count * 4)}",
                "overeenkomst": chance.choice(["OV1", "OV2", " OV3 ", ""]) if number % 7 == 0 else "OV1",
                "soort": soort,
                "detailSoort": detail,
                "status": chance.choice(["FIA", "FIA", "HIS", "VRL", "", "QQQ"]),
                "boekdatum": chance.choice([day, day, day, "", "onbekend"]),
                "factuurdatum": chance.choice([day, ""]),
                "vervaldatum": chance.choice([day, day, day, ""]),
                "bedrag": chance.choice(["650.3", "0", "12", "99.999", "1000.00", "-4.5"]),
                "saldo": chance.choice(["", "0", "12.00", "veel"]),
                "omschrijving": chance.choice(["Huur", " spatie ", "bsn 111222333", ""]),
                "betalingskenmerk": chance.choice(["", "1000000000000001"]),
            }
        )
    return rows


@pytest.mark.parametrize("signs", [Signs.BY_KIND, Signs.SIGNED])
def test_short_way_for_plain_entries_gives_the_same_values(signs: Signs) -> None:
    rows = entries(3000)
    flat = "\n".join([";".join(rows[0]), *(";".join(row.values()) for row in rows)]).encode()
    lines = "\n".join(json.dumps(row) for row in rows).encode()
    by_csv = list(
        vera_csv.read(BytesIO(flat), "boekingen", signs=signs, shape=vera_csv.TableShape(decimal="."))
    )
    by_json = list(vera_json.read(BytesIO(lines), "boekingen", signs=signs))
    assert [bare(value) for value in by_csv] == [bare(value) for value in by_json]
    assert sum(isinstance(value, EntryDraft) for value in by_csv) > 500


def bare(value: VeraValue) -> VeraValue:
    """A value without what differs between the two forms: place and text."""
    if isinstance(value, Problem):
        return replace(value, place="", text="")
    return replace(value, place="") if isinstance(value, EntryDraft) else value


def test_read_is_the_same_in_small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = {
        name: from_json(name, name.partition(".")[0]) for name in ("overeenkomsten.json", "relaties.json")
    }
    monkeypatch.setattr(json_stream, "CHUNK", 7)
    assert {name: from_json(name, name.partition(".")[0]) for name in whole} == whole


def test_read_obsolete_payment_method_only_when_the_new_one_is_absent() -> None:
    old = {"soort": {"code": "OVB"}, "begindatum": "2020-01-01"}
    lease = {
        "id": "1",
        "code": "1",
        "soort": "HUU",
        "status": "LOP",
        "begindatum": "2020-01-01",
        "betaalwijze": old,
    }
    both = {**lease, "id": "2", "betaalwijzen": [{**old, "soort": {"code": "ONL"}}]}
    values = vera_json.read(BytesIO(json.dumps([lease, both]).encode()), "overeenkomsten")
    assert [(v.tenancy_key, v.kind) for v in values if isinstance(v, PaymentMethodDraft)] == [
        ("1", "OVB"),
        ("2", "ONL"),
    ]


def test_read_payment_method_of_several_tenancies_comes_once_for_each() -> None:
    method = '"soort":{"code":"INC"},"begindatum":"2020-01-01","incassomoment":{"code":"005"}'
    text = f'[{{{method},"overeenkomsten":[{{"id":"A"}},{{"id":"B"}}]}}]'
    values = vera_json.read(BytesIO(text.encode()), "betaalwijzen")
    assert [(v.tenancy_key, v.debit_day) for v in values if isinstance(v, PaymentMethodDraft)] == [
        ("A", 5),
        ("B", 5),
    ]


def test_read_numbers_never_become_fractions() -> None:
    lease = '"overeenkomst":{"id":"A"},"soort":{"code":"NET"},"detailSoort":{"code":"KAL"}'
    amounts = enumerate(["0.29", "650.3000000000001", "1e3"])
    rows = [f'{{"id":{key},{lease},"begindatum":"2026-01-01","bedrag":{amount}}}' for key, amount in amounts]
    text = f"[{','.join(rows)}]"
    values = list(vera_json.read(BytesIO(text.encode()), "prijscomponenten"))
    assert [value.amount_cents for value in values if isinstance(value, RentPartDraft)] == [29]
    assert [(v.code, v.place) for v in values if isinstance(v, Problem)] == [
        ("amount_decimals", "prijscomponenten[1]"),
        ("amount_unreadable", "prijscomponenten[2]"),
    ]


def test_read_vat_without_the_inclusive_amount_is_told() -> None:
    part = {
        "overeenkomst": "A",
        "soort": "PAR",
        "detailSoort": "PGA",
        "begindatum": "2026-01-01",
        "bedrag": 100,
    }
    rows = [
        {**part, "id": "1", "btw": {"code": "ALG"}},
        {**part, "id": "2", "btw": {"code": "ALG"}, "bedragInclusiefBtw": 121},
    ]
    first, second, told = vera_json.read(BytesIO(json.dumps(rows).encode()), "prijscomponenten")
    assert isinstance(first, RentPartDraft) and isinstance(second, RentPartDraft)
    assert (first.amount_cents, second.amount_cents) == (10000, 12100)
    assert told == Problem("vat_excluded", "prijscomponenten[0]", params={"count": "1"})


def test_read_cut_off_array_keeps_what_was_whole() -> None:
    first, broken = from_json("broken/overeenkomsten-cut-off.json", "overeenkomsten")
    assert isinstance(first, TenancyDraft) and first.key == "OV1"
    assert isinstance(broken, Problem) and (broken.code, broken.fatal) == ("json_broken", True)


def test_read_bad_line_is_passed_over() -> None:
    assert from_json("broken/clusters-one-bad-line.ndjson", "clusters") == [
        ComplexDraft("CL1", "Een"),
        Problem("json_line_broken", "regel 2"),
        ComplexDraft("CL3", "Drie"),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"[1, 2", "json_broken"),
        (b"[" * 100_000, "json_broken"),
        (b'[{"kleur": "rood"}]', "entity_unknown"),
        (b'[{"id": "1", "naam": "\xff"}]', "json_broken"),
        (b'{"clusters": []} {"clusters": []}', "json_broken"),
    ],
)
def test_read_what_is_no_extract_is_fatal(content: bytes, code: str) -> None:
    values = list(vera_json.read(BytesIO(content)))
    assert isinstance(values[-1], Problem) and (values[-1].code, values[-1].fatal) == (code, True)


@pytest.mark.parametrize(
    ("head", "name", "entity"),
    [
        (b'{"aantal": 1, "Boekingen": [{"id": 1', "x.json", "boekingen"),
        (b'[{"id": "CL1", "naam": "Een"}, {"id"', "Clusters 2026.json", "clusters"),
        (b'[{"id": "CL1", "naam": "Een"}]', "x.json", None),
        (b'{"id": "CL1", "naam": "Een"}\n{"id": "CL2"', "clusters.ndjson", "clusters"),
        (b'[{"id": "OV1", "code": "1', "overeenkomsten.json", "overeenkomsten"),
        (b'{"kleur": "rood"}', "x.json", None),
        (b"id;naam\n", "clusters.json", None),
    ],
)
def test_recognises_by_envelope_fields_or_name(head: bytes, name: str, entity: str | None) -> None:
    assert vera_json.recognises(head, name) == entity


def test_recognises_each_golden_file() -> None:
    names = ["overeenkomsten.json", "relaties.json", "eenheden.json", "boekingen.ndjson"]
    found = [vera_json.recognises((GOLDEN / name).read_bytes(), "uitvoer.json") for name in names]
    assert found == ["overeenkomsten", "relaties", "eenheden", "boekingen"]
