"""BNG's field 86: free text in two columns of 33, also where a program has joined its lines.

Source: the shape in `docs/rules/mt940.md`. Labels tell the references; place tells account, BIC, name and
city. BNG is moving to slash codes (MT940S); those are read as such.
"""

from __future__ import annotations

import re

from tijdig.imports.mt940_details import Details, account, number, squeeze, told
from tijdig.imports.mt940_free import ACCOUNT, BIC, COSTS, RETURN
from tijdig.imports.mt940_line import Line
from tijdig.imports.mt940_reasons import reason_of
from tijdig.imports.mt940_slash import is_slash, read_slash

_COLUMN = 33
_GAP = re.compile(r" {2,}(?=\S)")
_ID = re.compile(
    r"^(?P<label>REFO|BET KENMERK|REMI|EB BATCH|BATCH INCASSO) ?: ?(?P<value>\S+) ?(?P<rest>.*)$"
)
_COUNT = re.compile(r"(?:POSTEN: ?(\d+)|VOOR COMPRIMEREN: ?([\d.]+) POSTEN)")
_TOTAL = re.compile(r"TOTAAL INCASSO|BATCH INCASSO|EB BATCH|ACCEPTGIRO.*RUNNR")


def read_bng(line: Line, lines: tuple[str, ...], own: str) -> Details:
    """Columns of 33: account, BIC, name, city, labelled references, mandate, description.

    Field 61 tells the kind: 091 direct debit, 092 direct debit taken back.
    """
    if is_slash(lines):
        return read_slash(line, lines, own)
    cells = _cells(lines)
    returned = line.amount_cents < 0 and (line.code == "092" or any(RETURN.search(cell) for cell in cells))
    labels = {match["label"]: match["value"] for match in map(_ID.match, cells) if match}
    at = next((index for index, cell in enumerate(cells) if ACCOUNT.match(cell)), -1)
    name, rest = _party(cells, at, known=bool(labels))
    total = _TOTAL.search(" ".join(cells)) if at < 0 else None
    count = _COUNT.search(" ".join(cells))
    return Details(
        counter_account="" if at < 0 else account(_account_of(cells[at])),
        counter_name=name,
        remittance=squeeze(" ".join(rest)),
        end_to_end_id=told(labels.get("REFO", "")),
        mandate_id=_mandate(rest) if returned and labels.get("REFO") else "",
        structured_reference=labels.get("REMI", "") or labels.get("BET KENMERK", ""),
        reason_code=next(filter(None, map(reason_of, rest[:-1])), "") if returned else "",
        batch_id=labels.get("EB BATCH", "") or labels.get("BATCH INCASSO", ""),
        batch_count=number(count[1] or count[2]) if count else 0,
        scheme="debit" if line.code in ("091", "092") else "",
        returned=returned,
        batch=total is not None,
        costs=line.kind in COSTS,
    )


def _cells(lines: tuple[str, ...]) -> list[str]:
    """The cells of intact lines of two columns; of one long line, as some programs save it, by `columns`."""
    if len(lines) == 1 or any(len(line) > 2 * _COLUMN for line in lines):
        return columns(" ".join(lines))
    halves = (half.strip() for line in lines for half in (line[:_COLUMN], line[_COLUMN:]))
    return [half for half in halves if half]


def columns(text: str) -> list[str]:
    """The cells of a text in columns of 33, also where its lines were joined by one space.

    Every cell behind a gap ends a left column that began 33 positions earlier; what stands before that is the
    right column of the line above.
    """
    text = text.strip()
    cells, begin = [], 0
    for gap in _GAP.finditer(text):
        left = gap.end() - _COLUMN
        if begin < left < gap.start() and text[left - 1] == " " and text[left] != " ":
            cells.append(text[begin:left])
            begin = left
        cells.append(text[begin : gap.end()])
        begin = gap.end()
    return [cell.strip() for cell in [*cells, text[begin:]] if cell.strip()]


def _party(cells: list[str], at: int, known: bool) -> tuple[str, list[str]]:
    """The name behind the account, and every cell that is text.

    One cell left is the name where a labelled reference says the rest (`known`), else the description.
    """
    plain = [_ID.sub(r"\g<rest>", cell) for cell in cells[at + 1 :]]
    texts = [cell for cell in plain if cell and not BIC.match(cell)]
    if at >= 0 and (inline := cells[at][len(_account_of(cells[at])) :].strip()):
        texts.insert(0, inline)  # joined lines that left no gap to cut at
    if at < 0 or not texts or (len(texts) == 1 and not known):
        return "", texts
    return squeeze(texts[0]), texts[1:]


def _account_of(cell: str) -> str:
    match = ACCOUNT.match(cell)
    return match[0] if match else ""


def _mandate(rest: list[str]) -> str:
    """Of a SEPA direct debit taken back: behind the name stand reason, mandate, description."""
    return rest[1] if len(rest) > 2 else ""
