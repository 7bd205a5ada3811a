"""What to take out of an element, written down as paths, and taken in one walk over its children.

A `Plan` fills the fields of a `NamedTuple` of texts from where they stand, by local names:

    Plan(Entry, {"status": "Sts | Sts/Cd", "currency": "Amt@Ccy", "remittance": "RmtInf/Ustrd+"})

`|` separates places of which the first one that has text counts, in the order of the file (versions put the
same thing in different places). `@` takes an attribute. `+` joins all texts with a space. Whatever no path
leads to is not walked: postal addresses, agents, charges. A field that is not in the file is the empty text.

Why not XPath: a dozen searches per transaction through the whole subtree cost several times this one walk,
and reading bank files is the hot loop of the imports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, TypeAlias, TypeVar

from tijdig.imports.xml_stream import Element, local_tag

T = TypeVar("T", bound=tuple[str, ...])
_MOST_TAGS = 1_024  # a hostile file may invent tags for ever


# What to do with one child: where its text goes (-1: nowhere), whether texts are joined, which attributes go
# where, what to look for inside. A bare tuple, because unpacking one is what the hot loop does most.
_Step: TypeAlias = "tuple[int, bool, tuple[tuple[str, int], ...], _Steps | None]"


class _Steps(dict[str, "_Step | None"]):
    """Tag to step; a tag with a namespace is looked up by its local name once and remembered."""

    def __missing__(self, tag: str) -> _Step | None:
        step = self.get(local_tag(tag))
        if len(self) < _MOST_TAGS:
            self[tag] = step
        return step

    def add(self, place: str, slot: int) -> None:
        first, slash, rest = place.partition("/")
        name, at, attribute = first.rstrip("+").partition("@")
        text_to, joined, attributes, inner = self.get(name) or (-1, False, (), None)
        if slash:
            inner = _Steps() if inner is None else inner
            inner.add(rest, slot)
        elif at:
            attributes = (*attributes, (attribute, slot))
        else:
            text_to, joined = slot, first.endswith("+")
        self[name] = (text_to, joined, attributes, inner)


class Plan(Generic[T]):
    """How to read one kind of element into one kind of record."""

    __slots__ = ("_empty", "_make", "_steps")

    def __init__(self, record: type[T], places: Mapping[str, str]) -> None:
        fields: Sequence[str] = record._fields  # type: ignore[attr-defined]
        if set(fields) != set(places):
            raise ValueError(f"{record.__name__}: fields and places differ: {set(fields) ^ set(places)}")
        self._make: Callable[[Iterable[str]], T] = record._make  # type: ignore[attr-defined]
        self._empty = [""] * len(fields)
        self._steps = _Steps()
        for slot, field in enumerate(fields):
            for place in places[field].split("|"):
                self._steps.add(place.strip(), slot)

    def take(self, element: Iterable[Element]) -> T:
        """The texts of one element, or of a choice from its children, without the white space around them."""
        values = self._empty.copy()
        _walk(element, self._steps, values)
        return self._make(values)


def _walk(element: Iterable[Element], steps: _Steps, values: list[str]) -> None:
    for child in element:
        step = steps[child.tag]
        if step is None:
            continue
        slot, joined, attributes, inner = step
        if slot >= 0 and (text := child.text) and (text := text.strip()):
            if not values[slot]:
                values[slot] = text
            elif joined:
                values[slot] += " " + text
        if attributes:
            for attribute, at in attributes:
                values[at] = values[at] or child.get(attribute) or ""
        if inner is not None:
            _walk(child, inner, values)


def one_line(text: str) -> str:
    """Runs of white space, line ends included, as one space."""
    return " ".join(text.split())
