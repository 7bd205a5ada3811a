"""How a value is shown to the tenant whom it is about, without what is somebody else's.

Decides per way of showing what of a value is given, and why the rest is not. Units: whole cents, days, aware moments.
Errors: `KeyError` for a way that is in no list. Worked example: an account that is not the tenant's own is shown by its last
four signs; a note of a talk with the co-tenant is not shown at all. Left out: names of colleagues, which stand as they
stand on our pages, and whether a person wrote about somebody else in words that name nobody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tijdig.base.days import AMSTERDAM
from tijdig.base.money import euro
from tijdig.help.sheet import FIELD_LABEL
from tijdig.privacy.words import WORDS, said

GONE = "[weggelaten]"
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_NOT_SHOWN = {
    "account": "Rekeningnummers die niet zeker van u zijn, staan er met hun laatste vier tekens.",
    "talk": "Wat een ander in uw huishouden tegen ons zei.",
    "wrote": "Wat een ander ons schreef, en met welk adres.",
    "address": "Een e-mailadres, telefoonnummer of postadres dat van een ander kan zijn.",
    "conversation": "Berichten van de schuldhulpverlening waarin niet u bij naam staat.",
    "period": "Wat was voordat u er huurde, of nadat u vertrok en een ander er bleef wonen.",
    "client": "Wat de schuldhulpverlening schreef over iemand anders dan u.",
    "named": "De naam van een ander in een bericht van de schuldhulpverlening.",
    "told": "Wie uit uw omgeving ons iets vertelde, en in welke woorden.",
    "municipality": "Wat de gemeente over een ander in uw huishouden kreeg.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Whom the report is about, and what is known to be somebody else's."""

    person_id: int
    surname: str
    contact: frozenset[str]  # own e-mail address and telephone number, as `plain` writes them
    accounts: frozenset[str]  # own account numbers, and those of the corporation
    others: tuple[str, ...]  # addresses and numbers of others in the household, as they are written
    alone: bool
    hidden: frozenset[int] = frozenset()  # conversations with debt help that may be about another
    names: Mapping[str, str] = field(default_factory=dict)  # by actor, what is called who did something
    tables: Mapping[str, Mapping[Any, str]] = field(
        default_factory=dict
    )  # by `table.column`, its words by id


@dataclass(slots=True)
class Left:
    """What was left out, and how often: filled while a report is made."""

    times: dict[str, int] = field(default_factory=dict)

    def one(self, why: str) -> str:
        self.times[why] = self.times.get(why, 0) + 1
        return GONE

    @property
    def sentences(self) -> list[tuple[str, int]]:
        return [(_NOT_SHOWN[why], times) for why, times in self.times.items()]


Row = Mapping[str, Any]
Way = Callable[[Any, Row, About, Left], str]


def plain(value: str) -> str:
    """An e-mail address, number or account without signs that people leave out: for comparing."""
    return re.sub(r"[\s().\-]", "", value).casefold()


def day(value: date) -> str:
    return f"{value:%d-%m-%Y}"


def by_type(name: str, value: Any) -> str:
    """A value as a sentence shows it; nothing where there is none."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, int) and (name == "cents" or name.endswith("_cents")):
        return euro(value)
    if isinstance(value, datetime):
        return f"{value.astimezone(AMSTERDAM):%d-%m-%Y %H:%M}"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, list):
        return ", ".join(by_type(name, one) for one in value)
    return str(value)


def text(value: str, about: About, left: Left) -> str:
    """Words that somebody wrote, without the addresses, numbers and accounts of others."""
    for other in about.others:
        if other in value:
            value = value.replace(other, left.one("address"))
    return _IBAN.sub(lambda hit: account(hit.group(), about, left), value)


def account(value: str, about: About, left: Left) -> str:
    if plain(value) in about.accounts:
        return value
    left.one("account")
    return f"•••• {plain(value)[-4:].upper()}"


def _contact(value: Any, row: Row, about: About, left: Left) -> str:
    own = plain(value) in about.contact or (about.alone and value not in about.others)
    return str(value) if own else left.one("address")


def _written(value: Any, row: Row, about: About, left: Left) -> str:
    if row.get("sender") and any(plain(row["sender"]) == plain(other) for other in about.others):
        return left.one("wrote")
    return text(str(value), about, left)


def _sender(value: Any, row: Row, about: About, left: Left) -> str:
    return str(value) if plain(row.get("sender") or "") in about.contact else left.one("wrote")


def _is_named(words: str, about: About) -> bool:
    """Does this name the person? A name is taken as words: "Bos" is not in "Van den Bosch"."""
    return bool(about.surname) and bool(
        re.search(rf"(?<!\w){re.escape(about.surname.casefold())}(?!\w)", words.casefold())
    )


def _of_client(value: Any, row: Row, about: About, left: Left) -> str:
    named = _is_named(str(row.get("client") or ""), about) or (about.alone and not row.get("client"))
    return text(str(value), about, left) if named else left.one("client")


def _said(value: Any, row: Row, about: About, left: Left) -> str:
    other = row.get("person_id") not in (None, about.person_id)
    return left.one("talk") if other else text(str(value), about, left)


def _fields(value: Any, row: Row, about: About, left: Left) -> str:
    if not (about.alone or _is_named(str(value.get("surname") or value.get("name") or ""), about)):
        return left.one("municipality")
    words = {one.value: label for one, label in FIELD_LABEL.items()}
    amounts = {"amount": lambda cents: euro(int(cents))}
    return "; ".join(
        f"{words.get(key, key)}: {amounts.get(key, str)(one)}" for key, one in value.items() if one
    )


def _told(value: Any, row: Row, about: About, left: Left) -> str:
    return left.one("told") if row.get("noticed_by") == "relative" else text(str(value), about, left)


def _noticer(value: Any, row: Row, about: About, left: Left) -> str:
    return left.one("told") if value == "relative" else said("noticed_by", value)


WAYS: Mapping[str, Way] = {
    "text": lambda value, row, about, left: text(str(value), about, left),
    "iban": lambda value, row, about, left: account(str(value), about, left),
    "own_contact": _contact,
    "sender": _sender,
    "with_sender": _written,
    "sender_name": _sender,
    "own_name": lambda value, row, about, left: (
        str(value) if _is_named(str(value), about) else left.one("client")
    ),
    "with_own_name": _of_client,
    "of_another": lambda value, row, about, left: left.one("named"),
    "said_with": _said,
    "told_by": _told,
    "noticer": _noticer,
    "signal_fields": _fields,
    "points": lambda value, row, about, left: " ".join(str(one[-1]) for one in value),
    "pairs": lambda value, row, about, left: " ".join(str(one[-1]) for one in value),
    "actor": lambda value, row, about, left: actor(str(value), about),
}


def actor(who: str, about: About) -> str:
    """What is called who did it: a colleague by name, the program, or a program of somebody else."""
    if who in about.names:
        return about.names[who]
    return {"user": "een medewerker", "client": "een gekoppeld systeem"}.get(
        who.partition(":")[0], "het programma"
    )


def show(name: str, how: str, value: Any, row: Row, about: About, left: Left) -> str:
    """A value of a column, in the way that `report.yaml` says; nothing where there is none."""
    if value is None or value == "" or value == [] or value == {}:
        return ""
    if not how:
        return by_type(name, value)
    if how.startswith("="):
        return about.tables[how[1:]].get(value, "onbekend")
    if how in WORDS:
        codes = value if isinstance(value, list) else [value]
        return ", ".join(said(how, one) for one in codes)
    return WAYS[how](value, row, about, left)
