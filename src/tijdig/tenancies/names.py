"""Dutch names on screen and in lists: sorted on the surname without its prefix.

`display("Vries", "de", "M.")` is `"De Vries, M."`; `sort_key` of it starts with `vries`. A prefix takes a capital
when nothing stands before it.
"""

from __future__ import annotations

import unicodedata


def display(surname: str, prefix: str = "", initials: str = "") -> str:
    """As a list shows it: `Van den Berg, J.`"""
    head = f"{prefix[:1].upper()}{prefix[1:]} {surname}" if prefix else surname
    return f"{head}, {initials}" if initials else head


def plain(text: str) -> str:
    """Lower case without accents, for sorting and searching."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in spread if not unicodedata.combining(char))


def sort_key(surname: str, prefix: str = "", initials: str = "") -> str:
    return plain(" ".join(part for part in (surname, initials.replace(".", " "), prefix) if part)).strip()
