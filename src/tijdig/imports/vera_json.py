"""VERA as JSON: an array, an object such as `{"overeenkomsten": [...]}`, or one object per line.

Roles, price components, payment methods and clearings may stand inside an overeenkomst, relatie or boeking;
they give the same values as they would in files of their own. Amounts are read from the text of the number.
Days are ISO days, or moments in UTC that are brought to Amsterdam; another order is read only with a `shape`
that says so. Obsolete fields are read only when the new one is absent (`betaalwijze`). Unknown fields are
passed over. Errors: per element a `Problem` with `overeenkomsten[16]` (counted from 0) or `regel 17`; text
that is no JSON is fatal, except in a file of lines, where the other lines still count.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import Any, BinaryIO

from tijdig.base.bsn import clean
from tijdig.base.problems import Problem
from tijdig.imports.json_stream import DECODER, JsonError, JsonText
from tijdig.imports.table_shape import JSON_SHAPE, TableShape
from tijdig.imports.vera_fields import ENTITIES, entity_named, entity_of_columns
from tijdig.imports.vera_nested import Element, flatten, paths
from tijdig.imports.vera_privacy import Dropped, scrub
from tijdig.imports.vera_read import Reading, values
from tijdig.imports.vera_row import Row
from tijdig.imports.vera_values import Signs, VeraValue

_OWN_FIELDS = frozenset({"id", "code", "soort", "idExtern"})
_ALSO_CALLED = {"huurovereenkomsten": "overeenkomsten", "huurboekingen": "boekingen"}

_FIRST_ARRAY = re.compile(r'(\s*\{[^\[]*?)"(\w+)"\s*:\s*\[')
_OWN_NAME = re.compile(r'"(id|code|soort|idExtern)"\s*:')

Found = tuple[str, str, Any]  # entity or "", place, element


def recognises(head: bytes, name: str) -> str | None:
    """The entity of a VERA JSON file, by its envelope or the fields of its first object; `None` for anything
    else.

    Where the first object is larger than the head, the envelope or the file name is left to go by.
    """
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
        return None
    try:
        for entity, _, element in _found(JsonText(BytesIO(head))):
            return entity or (entity_of_columns(paths(element), name) if isinstance(element, dict) else None)
    except JsonError:
        return _envelope_name(head) or entity_named(name)
    return None


def _envelope_name(head: bytes) -> str:
    """The first array of an object whose first element is larger than the head."""
    found = _FIRST_ARRAY.match(head.decode("utf-8-sig", errors="ignore"))
    return "" if found is None or _OWN_NAME.search(found[1]) else _entity(found[2])


def read(
    stream: BinaryIO,
    entity: str | None = None,
    *,
    shape: TableShape = JSON_SHAPE,
    signs: Signs | None = None,
    dropped: Dropped | None = None,
) -> Iterator[VeraValue]:
    """Every value of one file; `entity` says what an array or lines hold, an envelope says it itself."""
    return values(_rows(stream, entity, shape, dropped or Dropped()), Reading(signs))


def _rows(
    stream: BinaryIO, entity: str | None, shape: TableShape, dropped: Dropped
) -> Iterator[Row | Problem]:
    text = JsonText(stream)
    try:
        for named, place, element in _found(text):
            if isinstance(element, JsonError):
                yield Problem("json_line_broken", place)
                continue
            if not isinstance(element, dict):
                yield Problem("json_no_object", place, clean(str(element))[:200])
                continue
            entity = named or entity or entity_of_columns(paths(element))
            if entity is None:
                yield Problem("entity_unknown", place, fatal=True)
                return
            dropped.look(element)
            label = place if place.startswith("regel") else f"{entity}{place}"
            yield from _element_rows(Element(entity, label, element), shape)
    except JsonError as error:
        yield Problem("json_broken", f"teken {error.offset}", fatal=True)


def _element_rows(element: Element, shape: TableShape) -> Iterator[Row]:
    for part in element.parts():
        raw = partial(_as_text, part.value)
        yield Row(part.entity, part.place, flatten(part), shape, raw, part.nested)


def _as_text(value: dict[str, Any]) -> str:
    return json.dumps(scrub(value), ensure_ascii=False)


def _found(text: JsonText) -> Iterator[Found]:
    """Every element with the entity its envelope names (else "") and its place."""
    start = text.peek()
    if start == "[":
        for number, element in enumerate(text.elements()):
            yield "", f"[{number}]", element
    elif _is_lines(text):
        yield from _lines(text)
    else:
        yield from _envelope(text)
    if text.peek():
        raise text.broken()


def _is_lines(text: JsonText) -> bool:
    """One object per line: the first line is a whole object and no envelope."""
    line = text.first_line()
    try:
        value = None if line is None else DECODER.decode(line)
    except (json.JSONDecodeError, RecursionError):
        return False
    return isinstance(value, dict) and (not _envelope_entities(value) or bool(_OWN_FIELDS & value.keys()))


def _envelope_entities(value: dict[str, Any]) -> list[str]:
    return [name for name, part in value.items() if _entity(name) and isinstance(part, list)]


def _entity(name: str) -> str:
    known = _ALSO_CALLED.get(name.lower(), name.lower())
    return known if known in ENTITIES else ""


def _lines(text: JsonText) -> Iterator[Found]:
    for number, line in text.lines():
        try:
            yield "", f"regel {number}", DECODER.decode(line)
        except (json.JSONDecodeError, RecursionError):
            yield "", f"regel {number}", JsonError(0)


def _envelope(text: JsonText) -> Iterator[Found]:
    """The arrays of an envelope; an object that is no envelope is one element itself."""
    own: dict[str, Any] = {}
    opened = False
    for name in text.members():
        entity = _entity(name)
        if entity and not (_OWN_FIELDS & own.keys()) and text.peek() == "[":
            opened = True
            for number, element in enumerate(text.elements()):
                yield entity, f"[{number}]", element
        else:
            own[name] = text.value()
    if own and not opened:
        yield "", "[0]", own
