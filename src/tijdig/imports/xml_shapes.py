"""Elements that look alike, picked apart at once: the fast way to what a `Plan` takes out of an element.

The entries of one file come in a handful of shapes: the same elements in the same order, only the texts differ. Of a
shape one regular expression is made, which takes all wanted texts out of the serialised element in one go. That costs
a seventh of visiting each child. An element that fits no known shape is read by the plans themselves.

How a shape is learned: of an example every text is replaced by a mark, and the plans read the marked example. Where a
mark comes out is where that text belongs, so no rule of a plan is written down twice. A serialised element is canonical
(no comments, no CDATA, double quotes), so what fits the expression is an element of exactly that shape.

Left out: texts with white space around them or with character references, and text beside elements. They fit no
shape and go the slow way. A reader keeps its own `Shapes`; the number of shapes is bounded, and so is the cost of
learning: a file of a few entries learns nothing, and one in which no two entries look alike learns two dozen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import TypeAlias

from lxml import etree

from tijdig.imports.xml_stream import Element

Texts: TypeAlias = "tuple[str, ...]"
Take: TypeAlias = "Callable[[Element, Element | None], Texts]"
_Shape: TypeAlias = "tuple[Callable[[str], re.Match[str] | None], Callable[[Texts], Texts]]"

_LEARN_EVERY = 16  # elements that fit no shape: common shapes are met first, and a small file learns nothing
_MOST_SHAPES = 24
# For private use: no name of an element has them, and no rule of a plan minds them.
_FIRST_MARK, _LAST_MARK = 0xE000, 0xF8FF
_MARK = re.compile("[\ue000-\uf8ff]")
_PIECE = re.compile("[\ue000-\uf8ff]|(?<=>)\\s+(?=<)|[^\ue000-\uf8ff\\s]+|\\s")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
_BLANK, _SKIPPED, _SKIPPED_VALUE = r"\s*+", "[^<]*+", '[^"]*+'
_WANTED, _WANTED_VALUE = r"([^<\s](?:[^<]*[^<\s])?)", '([^"]+)'


class Shapes:
    """What `take(element, inner)` gives, faster for elements that look alike.

    `inner` is the one element named `inner_name` inside the element, or `None` where there may be none. The texts
    come in the order in which `take` gives them.
    """

    __slots__ = ("_inner_name", "_known", "_learned", "_missed", "_take")

    def __init__(self, take: Take, inner_name: str) -> None:
        self._take, self._inner_name = take, inner_name
        self._known: dict[int, list[_Shape]] = {}  # by the number of tags; what fitted last comes first
        self._missed = self._learned = 0

    def take(self, element: Element, inner: Element | None) -> Texts:
        text = etree.tostring(element, encoding="unicode", with_tail=False)
        known = self._known.get(text.count("<"), [])
        for shape in known:
            if (found := shape[0](text)) is not None:
                if shape is not known[0]:
                    known.remove(shape)
                    known.insert(0, shape)
                if "&" not in text:
                    return shape[1](found.groups())
                if "&#" not in text:
                    return shape[1](tuple(map(_unescaped, found.groups())))
                break
        texts = self._take(element, inner)
        self._missed += 1
        if self._missed % _LEARN_EVERY == 0 and self._learned < _MOST_SHAPES:
            self._learn(text, 0 if inner is None else 1, texts)
        return texts

    def _learn(self, text: str, inner_count: int, texts: Texts) -> None:
        copy = _marked(text)
        if copy is None:
            return
        inner = list(copy.iter(f"{{*}}{self._inner_name}"))
        if len(inner) != inner_count:  # what stands inside is not what was given: a shape cannot tell
            return
        fields = self._take(copy, inner[0] if inner else None)
        shape = _shape(etree.tostring(copy, encoding="unicode", with_tail=False), fields)
        found = shape[0](text)
        if found is not None and shape[1](found.groups()) == texts:
            self._known.setdefault(text.count("<"), []).append(shape)
            self._learned += 1


def _unescaped(text: str) -> str:
    if "&" not in text:
        return text
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    return text.replace("&amp;", "&")


def _marked(text: str) -> Element | None:
    """The element with a mark for every text and value; `None` for text beside elements or more texts than marks."""
    try:
        copy = etree.fromstring(
            text, _PARSER
        )  # not a copy of the tree: that loses the declarations of prefixes
    except etree.XMLSyntaxError:  # beyond the parser's limits when it stands alone
        return None
    mark = _FIRST_MARK
    for part in copy.iter():
        if part.tail and part.tail.strip():
            return None
        for name, value in part.attrib.items():
            if value:
                part.set(name, chr(mark))
                mark += 1
        if part.text and part.text.strip():
            part.text = chr(mark)
            mark += 1
        if mark > _LAST_MARK:
            return None
    return copy


def _shape(marked: str, fields: Texts) -> _Shape:
    """The expression that fits this marked text, and how its groups become the fields."""
    used = set(_MARK.findall(" ".join(fields)))
    group = {mark: at for at, mark in enumerate(mark for mark in _MARK.findall(marked) if mark in used)}

    def piece(found: re.Match[str]) -> str:
        one = found[0]
        if _MARK.match(one):
            if marked[found.start() - 1] == '"':
                return _WANTED_VALUE if one in used else _SKIPPED_VALUE
            return _WANTED if one in used else _SKIPPED
        return _BLANK if one.isspace() and marked[found.start() - 1] == ">" else re.escape(one)

    return re.compile(_PIECE.sub(piece, marked)).fullmatch, _picker(fields, group)


def _picker(fields: Sequence[str], group: dict[str, int]) -> Callable[[Texts], Texts]:
    pick = itemgetter(*(group.get(field[:1], len(group)) for field in fields))
    joined = [
        (slot, [group[mark] for mark in field.split()]) for slot, field in enumerate(fields) if len(field) > 1
    ]

    def plain(groups: Texts) -> Texts:
        return pick((*groups, ""))  # type: ignore[no-any-return]

    def with_joined(groups: Texts) -> Texts:
        values = list(plain(groups))
        for slot, marks in joined:
            values[slot] = " ".join([groups[mark] for mark in marks])
        return tuple(values)

    return with_joined if joined else plain
