"""Field 86 as free text or subfields: BNG, ASN with SNS and RegioBank, Knab, Triodos, and whatever is left.

Source: the shapes listed in `docs/rules/mt940.md`. In free text a payer can write anything, so words make a
booking a return only where money went out, and only words that a bank itself puts there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tijdig.imports.mt940_details import (
    Details,
    account,
    join_words,
    squeeze,
    whole_reference,
)
from tijdig.imports.mt940_line import Line
from tijdig.imports.mt940_reasons import reason_of
from tijdig.imports.mt940_slash import is_slash, read_slash

ACCOUNT = re.compile(r"^(?:[A-Z]{2}\d{2}[A-Z0-9]{10,30}|P\d{7,10}|\d{9,10})(?= |$)")
BIC = re.compile(r"^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$")
RETURN = re.compile(
    r"REDEN TERUGBOEKING|OORSPR\. VEREV\.|NIET AKKOORD MET AFSCHRIJVING|"
    r"(?:TERUGBOEKING|STORNO|GESTORNEERDE) (?:SEPA |EUROPESE )?INCASSO|"
    r"INCASSO (?:NIET UITGEVOERD|TERUGGEBOEKT)"
)
_REASON = re.compile(r"REDEN TERUGBOEKING ?: ?(.+)$", re.IGNORECASE)
_MANDATE = re.compile(r"KENMERK MACHTIGING ?: ?(\S+)", re.IGNORECASE)
_HAS_SUBFIELDS = re.compile(r"^(?:\d{3})?[>?]\d{2}")
COSTS = frozenset({"NCHG", "NCOM", "NINT", "NKTN", "NKST", "NPRV", "NRNT"})


def read_asn(line: Line, lines: tuple[str, ...], own: str) -> Details:
    """The account stands behind the kind in field 61, the name on its next line and again in field 86."""
    match = ACCOUNT.match(line.reference)
    counter = match[0] if match else ""
    texts = list(lines)
    if texts and counter and account(texts[0]).startswith(counter):
        texts = texts[1:]
    text = join_words(texts)
    details = _words(line, text)
    kind = line.kind.removeprefix("N")
    return Details(
        counter_account=counter,
        counter_name=line.extra,
        remittance=text,
        mandate_id=details.mandate_id,
        structured_reference=whole_reference(text),
        reason_code=details.reason_code,
        scheme="debit" if kind == "STO" else details.scheme,
        returned=details.returned or kind == "STO",
        batch=kind == "INC" and not counter,
        costs=line.kind in COSTS,
    )


def read_knab(line: Line, lines: tuple[str, ...], own: str) -> Details:
    """Description first, then a line `REK: iban/NAAM: name`."""
    at = next((index for index, text in enumerate(lines) if text.startswith("REK:")), -1)
    if at < 0:
        return read_other(line, lines, own)
    counter, _, name = "".join(lines[at:]).removeprefix("REK:").partition("/NAAM:")
    text = join_words(lines[:at])
    words = _words(line, text)
    return Details(
        counter_account=account(counter),
        counter_name=squeeze(name),
        remittance=text,
        mandate_id=words.mandate_id,
        structured_reference=whole_reference(text),
        reason_code=words.reason_code,
        scheme=words.scheme,
        returned=words.returned or line.kind == "NRTI",
        costs=words.costs,
    )


def read_triodos(line: Line, lines: tuple[str, ...], own: str) -> Details:
    """Subfields of 27 characters: `>20` BIC, `>21` account, then name and description; `>31` is ours.

    Where `>32` names the party it is taken from there; otherwise the name cannot be told from the text and
    stays empty.
    """
    found: dict[str, str] = {}
    for key, value in _subfields("".join(lines)):
        found[key] = found.get(key, "") + value
    text = [found[key] for key in sorted(found) if "20" <= key <= "29" or "60" <= key <= "63"]
    counter = found.get("31", "")
    if len(text) > 1 and BIC.match(text[0].strip()) and ACCOUNT.match(text[1].strip()):
        counter, text = text[1], text[2:]
    remittance = squeeze("".join(text))
    words = _words(line, remittance)
    return Details(
        counter_account="" if account(counter) == own else account(counter),
        counter_name=squeeze(found.get("32", "") + found.get("33", "")),
        remittance=remittance,
        mandate_id=words.mandate_id,
        structured_reference=whole_reference(remittance),
        reason_code=words.reason_code,
        scheme=words.scheme,
        returned=words.returned or line.kind == "NRTI",
        costs=words.costs,
    )


def _subfields(text: str) -> Iterator[tuple[str, str]]:
    """Number and text of each subfield; numbers rise, so one that does not was typed by somebody."""
    sign = ">" if ">" in text[:4] else "?"
    parts = re.split(rf"{re.escape(sign)}(\d{{2}})", text, flags=re.ASCII)
    last = ""
    for key, value in zip(parts[1::2], parts[2::2], strict=True):
        if key > last:
            last = key
            yield key, value
        else:
            yield last, f"{sign}{key}{value}"


def read_other(line: Line, lines: tuple[str, ...], own: str) -> Details:
    """A bank we do not know, by the shape of the field: slash codes, subfields, `REK:`, or plain text."""
    if is_slash(lines):
        return read_slash(line, lines, own)
    if lines and _HAS_SUBFIELDS.match(lines[0]):
        return read_triodos(line, lines, own)
    if any(text.startswith("REK:") for text in lines):
        return read_knab(line, lines, own)
    counter = ACCOUNT.match(line.extra)
    return replace(_words(line, join_words(lines)), counter_account=counter[0] if counter else "")


def _words(line: Line, text: str) -> Details:
    """What plain words tell, where money went out or the bank itself says direct debit."""
    upper = text.upper()
    returned = line.amount_cents < 0 and RETURN.search(upper) is not None
    reason = _REASON.search(text) if returned else None
    collected = line.kind in ("NDDT", "NINC")
    mandate = _MANDATE.search(text) if collected or line.amount_cents < 0 else None
    spoken = reason[1] if reason else upper if returned and "NIET AKKOORD MET AFSCHRIJVING" in upper else ""
    return Details(
        remittance=text,
        mandate_id=mandate[1] if mandate else "",
        structured_reference=whole_reference(text),
        reason_code=reason_of(spoken) or spoken[:35].strip(),
        scheme="debit" if returned or collected else "",
        returned=returned or line.kind == "NRTI",
        costs=line.kind in COSTS,
    )
