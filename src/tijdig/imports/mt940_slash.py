"""Field 86 in slash codes: ABN AMRO, ING, Rabobank, and any other bank that writes `/CODE/value`.

Source: the format descriptions of these banks, see `docs/rules/mt940.md`. The lines are joined without a
space: the banks cut in the middle of words and codes. A payer can type `/NAME/...` in the description, so
behind the description only the codes that the bank itself puts there count, each at its last place, and
never over a value given before it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tijdig.imports.mt940_details import Details, account, number, squeeze, told, whole_reference
from tijdig.imports.mt940_line import Line
from tijdig.imports.mt940_reasons import reason_of

_CODES = (
    "TRTP|RTYP|IBAN|BIC|NAME|REMI|EREF|MARF|CSID|ORDP|BENM|ADDR|ISDT|RTRN|CNTP|PREF|NRTX|PIND|PURP|"
    "ULTC|ULTD|ULTB|CDTRREFTP|CDTRREF|CD|ISSR|CREF|IREF|SVCL|ID|INID|SWOC|SWOD|SWCD|EXCH|CHGS"
)
_CODE = re.compile(rf"/({_CODES})(?=/)")
_LABEL = re.compile(r"\b(IBAN|BIC|NAAM|OMSCHRIJVING|KENMERK|MACHTIGING|INCASSANT)\s*:\s*")
_LABEL_AS_CODE = {
    "NAAM": "NAME",
    "OMSCHRIJVING": "REMI",
    "KENMERK": "EREF",
    "MACHTIGING": "MARF",
    "INCASSANT": "CSID",
}
_AFTER_ABN = frozenset(["EREF", "MARF", "CSID", "IBAN", "BIC", "RTRN", "NRTX"])
_AFTER_ABN_TRANSFER = frozenset({"EREF"})
_AFTER_LABEL = frozenset(["KENMERK", "IBAN", "BIC"])
_DOUBTFUL = ("RTRN", "MARF")
_AFTER_ING = frozenset(["PURP", "ULTC", "ULTD", "ULTB"])
_AFTER_RABOBANK = frozenset(["ISDT", "CDTRREFTP", "CD", "ISSR", "CDTRREF", "CSID", "PURP"])
_ISSUER = re.compile(r"^(?:Issuer: (?:CUR|ISO) Ref: |STRD/(?:CUR|ISO)/)(?P<reference>[^/]+)/?(?P<text>.*)$")
_RETURN_WORDS = re.compile(r"NIET UITGEVOERD|TERUGBOEKING|STORNO|RETOUR")
_TOTAL = re.compile(r"^TOTAAL\s+([\d.]+)\s+(?:POSTEN|VZ)\b")
_COSTS = frozenset({"NCHG", "NCOM", "NINT"})


def is_slash(lines: tuple[str, ...]) -> bool:
    return bool(lines) and _CODE.match(lines[0].lstrip()) is not None


def read_abn(line: Line, lines: tuple[str, ...], own: str) -> Details:
    """`/TRTP/../IBAN/../NAME/../REMI/../EREF/..`, or the same in Dutch labels (`IBAN: .. NAAM: ..`)."""
    if is_slash(lines):
        text = "".join(lines)
        values = slash_values(text, _AFTER_ABN if "INCASSO" in text[:60].upper() else _AFTER_ABN_TRANSFER)
    else:
        values = _labels(" ".join(lines))
    kind = values.get("TRTP", "") or values.get("RTYP", "")
    return _details(
        line, values, values.get("IBAN", ""), values.get("NAME", ""), kind, frozenset({"N245", "N246"})
    )


def read_ing(line: Line, lines: tuple[str, ...], own: str) -> Details:
    """`/RTRN/../EREF/..//CNTP/iban/bic/name/city//REMI/USTD//text/`; field 61 tells the scheme."""
    values = slash_values("".join(lines), _AFTER_ING)
    iban, _, rest = values.get("CNTP", "").partition("/")
    _bic, _, name = rest.partition("/")
    name = name.rpartition("/")[0] or name  # without the city; a name may hold a slash itself
    return _details(line, values, iban, name, "", frozenset({"NRTI"}))


def read_rabobank(line: Line, lines: tuple[str, ...], own: str) -> Details:
    """Counter account on line 2 of field 61, party under `/ORDP/` (paid us) or `/BENM/` (we paid)."""
    values = slash_values("".join(lines), _AFTER_RABOBANK)
    returns = frozenset({"N544", "N545"})
    counter = line.extra.partition(" ")[0]
    return _details(line, values, counter, values.get("NAME", ""), "", returns, costs=line.kind == "N093")


def read_slash(line: Line, lines: tuple[str, ...], own: str) -> Details:
    """Slash codes of a bank without a dialect of its own: the account wherever a bank may put it."""
    values = slash_values("".join(lines), _AFTER_ABN | _AFTER_RABOBANK | _AFTER_ING)
    if "CNTP" in values:
        return read_ing(line, lines, own)
    iban = values.get("IBAN", "") or line.extra.partition(" ")[0]
    kind = values.get("TRTP", "") or values.get("RTYP", "")
    return _details(line, values, iban, values.get("NAME", ""), kind, frozenset({"NRTI"}))


def slash_values(text: str, after: frozenset[str]) -> dict[str, str]:
    """Code to value. `"/MARF/M-1/RTRN/AM04/REMI/huur/ISDT/2026-11-02"` gives five pairs.

    `after` names the codes that may follow the description (`REMI`). A return code or a mandate behind the
    description comes under `RTRN?` or `MARF?`, because the payer could have typed it.
    """
    values = _values(text, list(_CODE.finditer(text)), "REMI", after, skip=1)
    order = list(values)
    for code in _DOUBTFUL:
        if code in values and "REMI" in values and order.index(code) > order.index("REMI"):
            values[f"{code}?"] = values.pop(code)
    values["REMI"] = values.get("REMI", "").removeprefix("/REMI/")
    return values


def _labels(text: str) -> dict[str, str]:
    """ABN AMRO's columns with Dutch labels; what stands before the first label is the kind of booking."""
    marks = list(_LABEL.finditer(text))
    found = _values(text, marks, "OMSCHRIJVING", _AFTER_LABEL, skip=0)
    values = {_LABEL_AS_CODE.get(label, label): value for label, value in found.items()}
    kind = text[: marks[0].start()] if marks else ""
    return {"REMI": squeeze(text) if not marks else ""} | values | {"TRTP": squeeze(kind)}


def _values(
    text: str, marks: list[re.Match[str]], free: str, after: frozenset[str], skip: int
) -> dict[str, str]:
    kept = _trusted(marks, free, after)
    ends = [*(mark.start() for mark in kept), len(text)][1:]
    values: dict[str, str] = {}
    for mark, end in zip(kept, ends, strict=True):
        values.setdefault(mark[1], text[mark.end() + skip : end].strip().removesuffix("/"))
    return values


def _trusted(marks: list[re.Match[str]], free: str, after: frozenset[str]) -> list[re.Match[str]]:
    """The marks that the bank wrote: all up to the free text, then each allowed one at its last place."""
    first = next((index for index, mark in enumerate(marks) if mark[1] == free), len(marks))
    head, tail = marks[: first + 1], marks[first + 1 :]
    known = {mark[1] for mark in head}
    last = {mark[1]: mark for mark in tail if mark[1] in after - known}
    return head + sorted(last.values(), key=lambda mark: mark.start())


def _details(
    line: Line,
    values: Mapping[str, str],
    counter: str,
    name: str,
    kind: str,
    returns: frozenset[str],
    costs: bool = False,
) -> Details:
    """The common meaning of the codes. What a payer may have typed counts only where money went out."""
    kind = kind.upper()
    reference, text = _remittance(values.get("REMI", ""))
    believed = line.amount_cents < 0 or "INCASSO" in kind
    reason = values.get("RTRN", "") or (values.get("RTRN?", "") if believed else "")
    mandate = told(values.get("MARF", "") or (values.get("MARF?", "") if believed else ""))
    returned = bool(reason) or line.kind in returns or line.code.startswith("013")
    total = _TOTAL.match(text)
    return Details(
        counter_account=account(counter),
        counter_name=squeeze(name),
        remittance=text,
        end_to_end_id=told(values.get("EREF", "")),
        mandate_id=mandate,
        structured_reference=reference or squeeze(values.get("CDTRREF", "")) or whole_reference(text),
        reason_code=reason_of(reason) or reason,
        batch_id=told(values.get("PREF", "")),
        batch_count=number(values.get("NRTX", "") or (total[1] if total else "")),
        scheme=_scheme(line, kind, mandate, values.get("PREF", "")),
        returned=returned or bool(_RETURN_WORDS.search(kind)),
        batch=bool(values.get("PREF")) and not counter,
        costs=costs or line.kind in _COSTS,
    )


def _scheme(line: Line, kind: str, mandate: str, batch: str) -> str:
    """Direct debit or transfer. Only our own direct debits come in as a batch, except acceptgiro's."""
    if "INCASSO" in kind or mandate or line.kind == "NDDT" or line.code[:3] in ("010", "013"):
        return "debit"
    if "OVERBOEKING" in kind or "ACCEPTGIRO" in kind or line.code.startswith("00"):
        return "transfer"
    return "debit" if batch and line.amount_cents > 0 else ""


def _remittance(text: str) -> tuple[str, str]:
    """The structured reference and the text of a `/REMI/` value: `STRD/CUR/..`, `USTD//..` or plain."""
    text = text.strip()
    if match := _ISSUER.match(text):
        return squeeze(match["reference"]), squeeze(match["text"])
    return "", squeeze(text.removeprefix("USTD//"))
