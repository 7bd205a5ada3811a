"""One small dialect per bank, and how each is recognised.

Source: `docs/rules/mt940.md`. A dialect is recognised once per statement, by what stands before and in
fields 20 and 25 (the bank's BIC, its header, the bank code in the IBAN). The last one knows no bank and
goes by shape alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from tijdig.imports.mt940_bng import read_bng
from tijdig.imports.mt940_details import Details
from tijdig.imports.mt940_free import read_asn, read_knab, read_other
from tijdig.imports.mt940_line import Line
from tijdig.imports.mt940_slash import is_slash, read_abn, read_ing, read_rabobank

Reader: TypeAlias = Callable[[Line, tuple[str, ...], str], Details]


@dataclass(frozen=True, slots=True)
class Dialect:
    """`read(line, lines of field 86, own account)`. `wraps_line`: field 61 may be cut anywhere."""

    name: str
    marks: re.Pattern[str]
    read: Reader
    wraps_line: bool = False


def _by_codes(read: Reader) -> Reader:
    """This reader where slash codes stand; by shape where the bank wrote something else."""
    return lambda line, lines, own: (read if is_slash(lines) else read_other)(line, lines, own)


def _marks(bics: str, codes: str, header: str = "") -> re.Pattern[str]:
    parts = [bics, rf"^:25:(?:\w+/)?[A-Z]{{2}}\d{{2}}(?:{codes})", *([header] if header else [])]
    return re.compile("|".join(parts), re.MULTILINE)


OTHER = Dialect("generic", re.compile(""), read_other)
DIALECTS: tuple[Dialect, ...] = (
    Dialect("abn", _marks("ABNANL2A", "ABNA", "^:20:ABN AMRO"), read_abn),
    Dialect("ing", _marks("INGBNL2A", "INGB"), _by_codes(read_ing), wraps_line=True),
    Dialect("rabobank", _marks("RABONL2U", "RABO", "^:940:"), _by_codes(read_rabobank)),
    Dialect("bng", _marks("BNGHNL2", "BNGH"), read_bng),
    Dialect("asn", _marks("ASNBNL21|SNSBNL2A|RBRBNL21", "ASNB|SNSB|RBRB"), read_asn),
    Dialect("triodos", _marks("TRIONL2U", "TRIO", "^:25:TRIODOSBANK/"), read_other),
    Dialect("knab", _marks("KNABNL2H", "KNAB", r"^:25:\d{9,10}$"), read_knab),
    OTHER,
)


def dialect_of(marks: str) -> Dialect:
    """The dialect of a statement. `marks`: the lines before field 20, then `:20:..` and `:25:..`."""
    return next(dialect for dialect in DIALECTS if dialect.marks.search(marks))
