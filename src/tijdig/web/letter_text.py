"""The plain text of a letter cut into blocks, so that a page can show it as paragraphs, headings and tables.

Decides nothing about what it says: every word of the text stands in the blocks, in the same order.
Example: two lines and more with ` | ` in them become a table, with the line above them as its caption.
"""

from __future__ import annotations

from dataclasses import dataclass

_BETWEEN = " | "
_SUBJECT = 3  # after the sender, the tenant, and the day with the reference


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of text, or a table: `columns` and `rows`, and the `total` with fewer cells; `heading` stands above it."""

    lines: tuple[str, ...] = ()
    heading: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    total: tuple[str, ...] = ()

    @property
    def span(self) -> int:
        """How many columns stand before the last one."""
        return max(len(self.columns) - 1, 1)


def blocks(text: str) -> list[Block]:
    """The blocks of a letter's text; its subject is a heading."""
    parts = [tuple(part.split("\n")) for part in text.strip().split("\n\n")]
    return [
        Block(heading=lines[0]) if at == _SUBJECT and len(lines) == 1 else _block(lines)
        for at, lines in enumerate(parts)
    ]


def _block(lines: tuple[str, ...]) -> Block:
    cells = [tuple(line.split(_BETWEEN)) for line in lines[1:] if _BETWEEN in line]
    if len(cells) < 2 or len(cells) != len(lines) - 1:
        return Block(lines)
    columns, rows, last = cells[0], cells[1:-1], cells[-1]
    if len(last) == len(columns):
        return Block(heading=lines[0], columns=columns, rows=(*rows, last))
    return Block(heading=lines[0], columns=columns, rows=tuple(rows), total=last)
