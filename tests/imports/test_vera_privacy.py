"""What may not come in does not come in, in any form, and no message carries it either."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from tijdig.base.bsn import MASK, clean
from tijdig.imports import vera_csv, vera_json
from tijdig.imports.vera_privacy import HIDDEN, Dropped, is_private, names_a_bsn, scrub_row

GOLDEN = Path(__file__).parents[1] / "golden" / "vera"
SECRETS = ("111222333", "123456782", "XTESTLAND", "XGEHUWD", "XMBO4")


@pytest.mark.parametrize("name", ["relaties.json", "overeenkomsten.json"])
def test_no_private_value_survives_json(name: str) -> None:
    raw = (GOLDEN / name).read_bytes()
    seen = repr(list(vera_json.read(BytesIO(raw))))
    assert [secret for secret in SECRETS if secret.encode() in raw]  # they are in the file
    assert [secret for secret in SECRETS if secret in seen] == []


def test_no_private_value_survives_csv() -> None:
    raw = (GOLDEN / "relaties.csv").read_bytes()
    values = list(vera_csv.read(BytesIO(raw), "relaties"))
    seen = repr(values)
    assert all(secret.encode() in raw for secret in SECRETS)
    assert [secret for secret in SECRETS if secret in seen] == []
    assert sum("row_width" in repr(value) or "field_missing" in repr(value) for value in values) == 2


def test_no_private_value_survives_free_text() -> None:
    values = vera_csv.read((GOLDEN / "boekingen.csv").open("rb"), "boekingen", signs=vera_csv.Signs.BY_KIND)
    described = [
        value.description
        for value in values
        if getattr(value, "reference", "") == "B06" and hasattr(value, "kind")
    ]
    assert described == [f"Aanmaankosten bsn {MASK}"]


@pytest.mark.parametrize(
    ("name", "private"),
    [
        ("bsn", True),
        ("BSN-partner", True),
        ("persoon.bsn", True),
        ("burgerservicenummer", True),
        ("nationaliteit.code", True),
        ("burgerlijke_staat", True),
        ("opleidingen", True),
        ("burgemeester", False),
        ("overeenkomst.id", False),
    ],
)
def test_is_private_in_any_spelling(name: str, private: bool) -> None:
    assert is_private(name) is private


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("bsn 111222333 ok", f"bsn {MASK} ok"),
        ("bsn 1112.22.333", f"bsn {MASK}"),
        ("factuur 111222334", "factuur 111222334"),
        ("kenmerk 1112223330", "kenmerk 1112223330"),
        ("000000000", "000000000"),
    ],
)
def test_mask_text_by_eleven_test(text: str, masked: str) -> None:
    assert clean(text) == masked


def test_scrub_row_hides_what_may_have_shifted() -> None:
    header = ["id", "bsn", "naam"]
    assert scrub_row(header, ["1", "111222333", "Test"], ";") == f"1;{HIDDEN};Test"
    assert scrub_row(header, ["1", "Test", "0", "XLAND"], ";") == f"1;{HIDDEN}"


def test_dropped_numbers_are_counted() -> None:
    dropped = Dropped()
    list(vera_json.read((GOLDEN / "relaties.json").open("rb"), "relaties", dropped=dropped))
    as_csv = Dropped()
    list(vera_csv.read((GOLDEN / "relaties.csv").open("rb"), "relaties", dropped=as_csv))
    assert dropped.count > 0
    assert as_csv.count > 0
    assert names_a_bsn("persoon.BSN")
    assert not names_a_bsn("nationaliteit")
