"""Who writes: the corporation as it stands above every letter, and how it shows itself in mail and on a telephone.

Decides whether a letterhead is whole. Errors: none, what is missing is a `Fault` with a Dutch sentence.
Example: a letterhead without an account gives `iban_invalid`.
Left out: who may change it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from stdnum import iban as account

from tijdig.letters.letter import Language, Sender
from tijdig.letters.signs import unprintable
from tijdig.letters.values import Fault

_MAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
_SMS_NAME = re.compile(r"^[A-Za-z0-9 ]{1,11}$", re.ASCII)
_LONGEST = 120  # signs on a line
_MAY_BE_EMPTY = (
    "opening_hours_en",
    "help_line_en",
    "bic",
    "sms_name",
    "mail_from",
    "address_lines",
    "vat",
    "trial",
)
LABELS = {
    "name": "Naam van de corporatie",
    "address_lines": "Adres",
    "contact_name": "Naam bij vragen, als niemand de brief zelf schrijft",
    "contact_number": "Telefoonnummer",
    "contact_email": "E-mailadres",
    "opening_hours": "Bereikbaar",
    "opening_hours_en": "Bereikbaar, in het Engels",
    "help_line": "Hulp die niets kost",
    "help_line_en": "Hulp die niets kost, in het Engels",
    "iban": "Rekening (IBAN)",
    "bic": "BIC, als de bank erom vraagt",
    "creditor_name": "Rekening op naam van",
    "sms_name": "Naam op de telefoon bij een sms",
    "mail_from": "Afzender van e-mail",
    "vat": "Btw op incassokosten: een incassobureau brengt die in rekening, en wij kunnen haar niet aftrekken",
    "trial": "Proef: e-mail en sms gaan naar het postvak van tijdig, niet naar buiten",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """`address_lines` has a line each; `help_line` is a name with its number; `sms_name` at most 11 letters and digits.

    `vat`: costs are collected by somebody outside who charges VAT, and the corporation cannot deduct it (article 2
    paragraph 3 Besluit vergoeding voor buitengerechtelijke incassokosten).

    While `trial` is on, mail and SMS go to the mailbox of the program and nobody gets them.
    """

    name: str
    address_lines: tuple[str, ...]
    contact_name: str
    contact_number: str
    contact_email: str
    opening_hours: str
    help_line: str
    iban: str
    creditor_name: str
    opening_hours_en: str = ""
    help_line_en: str = ""
    bic: str = ""
    sms_name: str = ""
    mail_from: str = ""
    vat: bool = False
    trial: bool = False

    def sender(self, writes: str = "", language: Language = Language.NL) -> Sender:
        """The sender of one letter; `writes` is the person who writes it, if somebody does.

        What was not put in the tenant's language stays in Dutch.
        """
        told = {name: getattr(self, name) for name in (field.name for field in fields(Sender))}
        told["contact_name"] = writes or self.contact_name
        if language is Language.EN:
            told["opening_hours"] = self.opening_hours_en or self.opening_hours
            told["help_line"] = self.help_line_en or self.help_line
        return Sender(**told)

    def plain(self) -> dict[str, Any]:
        return asdict(self) | {"address_lines": list(self.address_lines)}


def letterhead_from(plain: Mapping[str, Any]) -> Letterhead:
    """The letterhead that `plain` wrote down, or that a form sends."""
    known = {field.name: str(plain.get(field.name, "")).strip() for field in fields(Letterhead)}
    lines = tuple(line.strip() for line in plain.get("address_lines", ()) if line.strip())
    packed = account.compact(known["iban"]) if known["iban"] else ""
    ticked = {name: plain.get(name) in (True, "on") for name in ("vat", "trial")}
    return Letterhead(**known | {"address_lines": lines, "iban": packed} | ticked)  # type: ignore[arg-type]


def letterhead_faults(head: Letterhead) -> Iterator[Fault]:
    """What keeps this letterhead from standing above a letter."""
    for name in LABELS:
        if name not in _MAY_BE_EMPTY and not getattr(head, name):
            yield Fault(f"{name}_missing", f"{LABELS[name]} ontbreekt. Vul dit in.")
        if any(len(line) > _LONGEST for line in _lines(head, name)):
            yield Fault(f"{name}_long", f"{LABELS[name]}: te lang. Houd het bij {_LONGEST} tekens.")
        if sign := unprintable("".join(_lines(head, name))):
            wish = f"{LABELS[name]}: dit teken kan niet gedrukt worden: {sign}. Haal het weg."
            yield Fault(f"{name}_unprintable", wish)
    if len(head.address_lines) < 2:
        yield Fault(
            "address_lines_missing", "Het adres heeft een straat en een regel met postcode en plaats."
        )
    if head.iban and not account.is_valid(head.iban):
        yield Fault("iban_invalid", f"{head.iban} is geen geldige IBAN. Kijk het nummer na.")
    for name in ("contact_email", "mail_from"):
        if getattr(head, name) and not _MAIL.match(getattr(head, name)):
            yield Fault(f"{name}_invalid", f"{LABELS[name]}: dit is geen e-mailadres.")
    if head.sms_name and not _SMS_NAME.match(head.sms_name):
        yield Fault("sms_name_invalid", f"{LABELS['sms_name']}: ten hoogste 11 letters en cijfers.")


def _lines(head: Letterhead, name: str) -> tuple[str, ...]:
    value = getattr(head, name)
    return value if isinstance(value, tuple) else (str(value),)
