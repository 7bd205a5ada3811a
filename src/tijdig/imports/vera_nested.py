"""What stands inside a VERA JSON object: nested entities as if they stood alone, and flat fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tijdig.imports.vera_fields import canonical
from tijdig.imports.vera_privacy import is_private

# entity -> field that holds a list -> what the list holds
_CHILDREN: dict[str, dict[str, str]] = {
    "overeenkomsten": {
        "relaties": "relaties",
        "prijscomponenten": "prijscomponenten",
        "betaalwijzen": "betaalwijzen",
    },
    "relaties": {"contactgegevens": "contactgegevens", "rollen": "relatierollen"},
    "boekingen": {"afletteringen": "afletteringen"},
}
_PARENT_KEY = {"overeenkomsten": "overeenkomst.id", "relaties": "relatie.id", "boekingen": "boeking.id"}


@dataclass(frozen=True, slots=True)
class Element:
    """One object: `above` are the keys of what it stands in."""

    entity: str
    place: str
    value: dict[str, Any]
    above: dict[str, str] = field(default_factory=dict)
    nested: bool = False

    def parts(self) -> Iterator[Element]:
        """This element (once per tenancy where it names several), then everything inside it."""
        yield from self._selves()
        if self.entity == "overeenkomsten" and not _is_tenancy(self.value):
            return  # what hangs on a payer's agreement or a sale is no part of a lease
        above = {**self.above, _PARENT_KEY.get(self.entity, ""): str(self.value.get("id") or "")}
        for name, entity in _CHILDREN.get(self.entity, {}).items():
            for number, child in enumerate(self._list(name)):
                if isinstance(child, dict):
                    place = f"{self.place}.{name}[{number}]"
                    yield from Element(entity, place, child, above, nested=True).parts()

    def _list(self, name: str) -> list[Any]:
        found = self.value.get(name)
        if found is None and name == "betaalwijzen":  # obsolete: one payment method
            found = [self.value.get("betaalwijze")]
        return found if isinstance(found, list) else []

    def _selves(self) -> Iterator[Element]:
        tenancies = self.value.get("overeenkomsten")
        if self.entity != "betaalwijzen" or not isinstance(tenancies, list) or not tenancies:
            yield self
            return
        for tenancy in tenancies:
            key = str(tenancy.get("id") or "") if isinstance(tenancy, dict) else ""
            yield Element(
                self.entity, self.place, self.value, {**self.above, "overeenkomst.id": key}, self.nested
            )


def _is_tenancy(value: dict[str, Any]) -> bool:
    kind = value.get("soort")
    return (kind.get("code") if isinstance(kind, dict) else kind) in ("HUU", None)


def flatten(element: Element) -> dict[str, str]:
    """The filled fields under canonical names; keys from above where the element has none of its own.

    Of a list of keys (`eenheden`, `clusters`) the first counts; `eenheid.aantal` says when there were more.
    A reversal that was cleared against exactly one entry points back to that entry.
    """
    fields: dict[str, str] = {}
    _flatten(element.value, "", fields)
    for name, key in element.above.items():
        if name and key:
            fields.setdefault(name, key)
    if element.entity == "boekingen" and fields.get("detailSoort.code") == "STO":
        _point_back(element.value, fields)
    return fields


def _flatten(value: dict[str, Any], path: str, fields: dict[str, str]) -> None:
    for name, item in value.items():
        here = f"{path}{name}"
        if item is None or is_private(name):
            continue
        if isinstance(item, dict):
            _flatten(item, f"{here}.", fields)
        elif isinstance(item, list):
            _first_key(item, here, fields)
        elif known := canonical(here):
            text = str(item).strip()
            if text:
                fields.setdefault(known, text)


def _first_key(items: list[Any], here: str, fields: dict[str, str]) -> None:
    known = canonical(here)
    keys = [str(item["id"]) for item in items if isinstance(item, dict) and item.get("id")]
    if not known.endswith(".id") or not keys:
        return
    fields.setdefault(known, keys[0])
    if len(keys) > 1 and known == "eenheid.id":
        fields["eenheid.aantal"] = str(len(keys))


def _point_back(value: dict[str, Any], fields: dict[str, str]) -> None:
    cleared = value.get("afletteringen")
    counters: set[str] = set()
    for item in cleared if isinstance(cleared, list) else []:
        inner: dict[str, str] = {}
        if isinstance(item, dict):
            _flatten(item, "", inner)
        counters |= {inner[name] for name in ("boeking.id", "tegenboeking.id") if name in inner}
    counters.discard(fields.get("id", ""))
    if len(counters) == 1:
        fields.setdefault("tegenboeking.id", counters.pop())


def paths(value: dict[str, Any]) -> Iterator[str]:
    """The names of an object's fields, empty ones too, with dots; for recognising what it is."""
    for name, item in value.items():
        yield name
        if isinstance(item, dict):
            yield from (f"{name}.{inner}" for inner in paths(item))
