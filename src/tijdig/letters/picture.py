"""A letter as pictures, a page each, for whoever wants to see how it will look before it exists.

Decides nothing: the pictures come from the same sheet and template as the paper (`render`). They are drawings that stand
in a page itself, so that nothing personal lies in a folder or at an address, and the page loads nothing.

Errors: as `render`; `OddPictureError` where a drawing has more in it than shapes. Example: `pictures(letter)[0]` begins
with `<svg`. Left out: keeping them.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping
from typing import Any

from lxml import etree

from tijdig.letters.letter import Letter
from tijdig.letters.render import compiler, source_of
from tijdig.letters.sheet import sheet
from tijdig.letters.texts import Text, default

_SVG, _LINK = "http://www.w3.org/2000/svg", "{http://www.w3.org/1999/xlink}href"
_DRAWN = "data:image/svg+xml;base64,"
_SHAPES = frozenset({"svg", "g", "defs", "symbol", "use", "path", "rect", "line", "circle", "clipPath"})
_MARKS = frozenset(
    {
        "id", "x", "y", "d", "viewBox", "transform", "overflow", "fill", "fill-rule", "clip-path", "clip-rule", "width",
        "height", "opacity", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-linecap",
        "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "x1", "y1", "x2", "y2", "cx", "cy",
        "r", "preserveAspectRatio",
    }
)  # fmt: skip


class OddPictureError(ValueError):
    """Something in a drawing that may not stand in a page: a text, a style, a link, a picture from elsewhere."""


def pictures(letter: Letter, text: Text | None = None) -> list[str]:
    """The pages of the letter as drawings (SVG), numbered where there is more than one."""
    page = sheet(letter, text or default(letter.kind))
    made = _made(page | {"pages": None})
    return [shapes_only(one) for one in (made if len(made) == 1 else _made(page | {"pages": len(made)}))]


def _made(page: Mapping[str, Any]) -> list[bytes]:
    made = compiler().compile(source_of("letter", page), format="svg")
    found = made if isinstance(made, list) else [made]
    return [one for one in found if one is not None]


def shapes_only(drawing: bytes) -> str:
    """The drawing, looked through: shapes that point at each other, as wide as their place."""
    root = _tree(drawing)
    for one in list(root.iter(f"{{{_SVG}}}image")):
        _open_up(one)
    for one in root.iter():
        _look_at(one)
    for mark in ("width", "height"):
        root.attrib.pop(mark, "")
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _tree(drawing: bytes) -> etree._Element:
    return etree.fromstring(drawing, etree.XMLParser(resolve_entities=False, no_network=True))


def _open_up(image: etree._Element) -> None:
    """A drawing within the drawing (the code to pay with) is written out in its place."""
    told = str(image.get(_LINK, ""))
    if not told.startswith(_DRAWN) or (around := image.getparent()) is None:
        raise OddPictureError("a picture stands in a drawing")
    inner = _tree(b64decode(told.removeprefix(_DRAWN)))
    for mark in ("x", "y", "width", "height", "preserveAspectRatio"):
        if mark in image.attrib:
            inner.set(mark, image.attrib[mark])
    place = etree.Element(f"{{{_SVG}}}g", {"transform": image.get("transform", "translate(0)")})
    place.append(inner)
    around.replace(image, place)


def _look_at(one: etree._Element) -> None:
    name = etree.QName(one).localname if isinstance(one.tag, str) else "?"
    if name not in _SHAPES or (one.text or "").strip() or (one.tail or "").strip():
        raise OddPictureError(f"{name} stands in a drawing")
    for mark, value in one.attrib.items():
        here = str(value).startswith("#") if mark == _LINK else mark in _MARKS
        if not here or "url(" in str(value).replace("url(#", ""):
            raise OddPictureError(f"{mark!r} of {name} stands in a drawing")
