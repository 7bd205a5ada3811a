"""What is looked at before somebody says yes to an eviction: five boxes, each with the facts that are known beside it.

Decides which boxes there are and when a list of facts is whole: something stands beside every box, be it that nothing is
known. The facts are kept with the decision, so that anybody sees later what it stood on. Two lists are the same when they
say the same: `digest` tells whether something changed between the page and the button. Units: none. Errors: none. Example:
no referral was ever made: "Er is nog nooit doorverwezen naar hulp." stands beside the box of help.

Left out: gathering them (`queries_check`, and the room of help), and whether an eviction is in proportion (`proportion`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Box(StrEnum):
    HOUSEHOLD = "household"
    CHILDREN = "children"
    HELP = "help"
    ALTERNATIVES = "alternatives"
    MUNICIPALITY = "municipality"


CHECKS = {
    Box.HOUSEHOLD: "Ik weet wie er wonen en wat zij nodig hebben.",
    Box.CHILDREN: "Ik weet of er kinderen wonen, en er is voor hen gezorgd.",
    Box.HELP: "Hulp is aangeboden; wat daarvan kwam, staat in het dossier.",
    Box.ALTERNATIVES: "Er is gekeken naar wat anders kan: een regeling, een laatste kans, een andere woning.",
    Box.MUNICIPALITY: "De gemeente weet dat er een ontruiming kan komen, en ik las wat zij zei.",
}
BOX_LABEL = {
    Box.HOUSEHOLD: "huishouden",
    Box.CHILDREN: "kinderen",
    Box.HELP: "hulp",
    Box.ALTERNATIVES: "wat anders kan",
    Box.MUNICIPALITY: "gemeente",
}


class Source(StrEnum):
    """Where a fact comes from; a door knows its page."""

    TENANCY = "tenancy"
    FLAGS = "flags"
    HELP = "help"
    SIGNAL = "signal"
    ARRANGEMENT = "arrangement"
    FILE = "file"


SOURCE_LABEL = {
    Source.TENANCY: "naar de huurder",
    Source.FLAGS: "naar de bijzonderheden",
    Source.HELP: "naar de hulp",
    Source.SIGNAL: "naar het vroegsignaal",
    Source.ARRANGEMENT: "naar de regeling",
    Source.FILE: "naar het dossier",
}


@dataclass(frozen=True, slots=True)
class Fact:
    box: Box
    sentence: str
    source: Source

    def plain(self) -> list[str]:
        return [self.box.value, self.source.value, self.sentence]

    @classmethod
    def of(cls, kept: Sequence[str]) -> Fact:
        """As `plain` gave it."""
        return cls(Box(kept[0]), kept[2], Source(kept[1]))

    @property
    def label(self) -> str:
        return BOX_LABEL[self.box]


def whole(facts: Iterable[Fact]) -> bool:
    """Does something stand beside every box?"""
    return {one.box for one in facts} == set(Box)


def digest(facts: Iterable[Fact]) -> str:
    """One word for what they say together."""
    told = json.dumps([one.plain() for one in facts], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:32]
