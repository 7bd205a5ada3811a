"""A cell of a CSV file that a spreadsheet takes for text and never for a formula.

Decides it for text that a person typed or a file brought: what begins with a sign that a spreadsheet runs (`=`, `+`, `-`,
`@`, a tab or a line end) gets an apostrophe before it. Units and errors: none. Worked example: `=1+1` becomes `'=1+1`, and
`Jansen` stays. Left out: numbers, which a program writes itself.
"""

from __future__ import annotations

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(text: str) -> str:
    """The same text, which runs nothing."""
    return f"'{text}" if text.startswith(RUNS) else text
