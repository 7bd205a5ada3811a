"""What the fast way takes out of an element is what the plans take out of it, whatever the element looks like."""

from __future__ import annotations

import copy
import io
import random
from itertools import islice
from pathlib import Path

import pytest
from lxml import etree

from tijdig.imports import camt, xml_shapes
from tijdig.imports.camt_fields import DETAIL, ENTRY
from tijdig.imports.drafts import Movement
from tijdig.imports.xml_shapes import Shapes
from tijdig.imports.xml_stream import Element

GOLDEN = Path(__file__).parents[1] / "golden" / "camt"
FILES = sorted(path.name for path in GOLDEN.glob("v0*.xml"))
LEARN = 16
ENTRY_XML = (
    '<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>{status}</Sts><NtryDtls><TxDtls><RltdPties>'
    "<Dbtr><Nm>{name}</Nm></Dbtr></RltdPties><RmtInf><Ustrd>{text}</Ustrd><Ustrd>{more}</Ustrd></RmtInf></TxDtls>"
    "</NtryDtls></Ntry>"
)
PLAIN = {"amount": "1.00", "status": "BOOK", "name": "J. Bakker", "text": "huur", "more": "november"}


def slow(entry: Element, detail: Element | None) -> tuple[str, ...]:
    return ENTRY.take(entry) if detail is None else ENTRY.take(entry) + DETAIL.take(detail)


def split(xml: str) -> tuple[Element, Element | None]:
    entry = etree.fromstring(xml)
    return entry, next(entry.iter("{*}TxDtls"), None)


class Counted:
    """The slow way, counting how often it was needed."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, entry: Element, detail: Element | None) -> tuple[str, ...]:
        self.times += 1
        return slow(entry, detail)


def taught(xml: str) -> tuple[Shapes, Counted]:
    """A `Shapes` that has just learned the shape of this entry."""
    counted = Counted()
    shapes = Shapes(counted, "TxDtls")
    for _ in range(LEARN):
        shapes.take(*split(xml))
    counted.times = 0
    return shapes, counted


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Müller & Zn".replace("&", "&amp;")},
        {"text": "a &lt;b&gt; &quot;c&quot; &amp;amp; d"},
        {"text": "één   twee"},
        {"amount": "12345.67"},
        {"status": "PDNG"},
        {"more": "\U0001f3e0 \u241f \ue000"},
    ],
)
def test_take_same_shape_goes_the_fast_way_with_the_same_texts(change: dict[str, str]) -> None:
    shapes, counted = taught(ENTRY_XML.format(**PLAIN))
    entry, detail = split(ENTRY_XML.format(**PLAIN | change))
    assert shapes.take(entry, detail) == slow(entry, detail)
    assert counted.times == 0


@pytest.mark.parametrize(
    "change",
    [
        {"name": " J. Bakker"},
        {"name": "J. Bakker\n"},
        {"name": " "},
        {"name": ""},
        {"status": "<Cd>BOOK</Cd>"},
        {"text": "a&#13;b"},
        {"text": "een</Ustrd><Ustrd>twee"},
        {"more": "x<Other>y</Other>"},
    ],
)
def test_take_other_shape_goes_the_slow_way(change: dict[str, str]) -> None:
    shapes, counted = taught(ENTRY_XML.format(**PLAIN))
    entry, detail = split(ENTRY_XML.format(**PLAIN | change))
    assert shapes.take(entry, detail) == slow(entry, detail)
    assert counted.times == 1


def test_take_few_elements_learns_nothing() -> None:
    counted = Counted()
    shapes = Shapes(counted, "TxDtls")
    for _ in range(LEARN - 1):
        shapes.take(*split(ENTRY_XML.format(**PLAIN)))
    assert counted.times == LEARN - 1


def test_take_elements_that_never_look_alike_stays_right() -> None:
    shapes = Shapes(slow, "TxDtls")
    for number in range(40 * LEARN):
        entry, detail = split(ENTRY_XML.format(**PLAIN | {"status": f"<S{number}/>BOOK"}))
        assert shapes.take(entry, detail) == slow(entry, detail)


def test_take_entry_whose_detail_is_not_the_given_one_learns_nothing() -> None:
    counted = Counted()
    shapes = Shapes(counted, "TxDtls")
    for _ in range(3 * LEARN):
        entry, _ = split(ENTRY_XML.format(**PLAIN))
        assert shapes.take(entry, None) == ENTRY.take(entry)
    assert counted.times == 3 * LEARN


def test_take_entries_with_prefixes_go_the_fast_way() -> None:
    plain = ENTRY_XML.format(**PLAIN).replace("</", "\0").replace("<", "<d:").replace("\0", "</d:")
    whole = etree.fromstring(
        f'<d:Document xmlns:d="urn:x" xmlns:y="urn:y">{plain * (LEARN + 1)}</d:Document>'
    )
    counted = Counted()
    shapes = Shapes(counted, "TxDtls")
    for entry in whole:
        assert shapes.take(entry, entry.find(".//{*}TxDtls"))[-2:] == ("", "")
    assert counted.times == LEARN + 1  # the last of these is the marked example


def _many(data: bytes, seed: int) -> bytes:
    """The file with each of its entries fifty times, and something in some of the copies changed."""
    chance = random.Random(seed)
    root = etree.fromstring(data)
    for entry in list(root.iter("{*}Ntry")):
        for _ in range(50):
            twin = copy.deepcopy(entry)
            parts = list(twin.iter())
            for _ in range(chance.choice((0, 0, 0, 1, 2))):
                part = chance.choice(parts)
                part.text = chance.choice(
                    ["", " ", " 1.00", "x & y", "<", "CRDT", "\r", part.text, "NOTPROVIDED"]
                )
            entry.addnext(twin)
    return etree.tostring(root)


@pytest.mark.parametrize("name", FILES)
def test_read_gives_the_same_events_fast_and_slow(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = _many((GOLDEN / name).read_bytes(), seed=len(name))
    fast = list(camt.read(io.BytesIO(data)))
    monkeypatch.setattr(xml_shapes, "_LEARN_EVERY", 1_000_000)  # never learns, so always the slow way
    assert fast == list(camt.read(io.BytesIO(data)))
    assert len(fast) > 2


def test_read_entries_of_one_shape_as_movements() -> None:
    data = (GOLDEN / "v02-day.xml").read_bytes()
    once = [event for event in camt.read(io.BytesIO(data)) if isinstance(event, Movement)]
    start, stop = data.index(b"<Ntry>"), data.rindex(b"</Ntry>") + len(b"</Ntry>")
    again = data[:stop] + data[start:stop] * 49 + data[stop:]
    many = [event for event in camt.read(io.BytesIO(again)) if isinstance(event, Movement)]
    assert [m.amount_cents for m in many] == [m.amount_cents for m in once] * 50
    assert [m.remittance for m in islice(many, len(once))] == [m.remittance for m in once]
    assert [m.remittance for m in many[-len(once) :]] == [m.remittance for m in once]
