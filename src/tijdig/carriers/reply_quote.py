"""Where somebody's own words end and the message that he answers begins.

Decides one place in the text: before it are his words, behind it what his mail program put there. Nothing is lost, for the
two together are the text. A quotation begins at the first of:

1. a line that says so: `-----Oorspronkelijk bericht-----`, `Begin doorgestuurd bericht:`, `Original Message`;
2. a line, or two or three that were broken, in which a program says who wrote when: `Op 2 nov 2026 om 12:01 schreef Naam
   <a@b>:`, and the same in English, German, French, Spanish, Polish and Turkish. It holds an address or a time, or the next
   line is marked with `>`, so that `Op 3 november schreef u mij:` of a tenant himself is none;
3. the heads of a mail above each other: `Van:` and, within six lines, two of `Verzonden:`, `Aan:`, `Onderwerp:` or so;
4. a line marked with `>`.

A line of dashes above it belongs to the quotation. Who writes between or below marked lines answers them one by one: then
the whole text is his. So it is where nothing would be left before the quotation, as in a mail that only passes on another.

Example: `Ik betaal vrijdag.` above `> Beste mevrouw` is `Ik betaal vrijdag.`. Units: none. Errors: none, whatever the text.
Left out: signatures, which stay; programs that mark nothing at all.
"""

from __future__ import annotations

import re

_LONGEST = 600  # signs of a line that are looked at
_WROTE = re.compile(
    r"^(?:(?:Op|On|Am|Le|El|Em|Il|W dniu|Dnia)\b.{0,300}?\b(?:schreef|geschreven|wrote|schrieb|a écrit|escribió|escreveu"
    r"|ha scritto|napisał(?:\(a\)|a)?)\b.{0,200}|.{3,200} (?:şunu yazdı|schreef op .{4,80}|wrote on .{4,80}))\s*:$",
    re.IGNORECASE,
)
_STARTS = re.compile(r"^(?:Op|On|Am|Le|El|Em|Il|W dniu|Dnia)\b", re.IGNORECASE)
_PROOF = re.compile(r"@|\d{1,2}[:.]\d{2}(?!\d)")
_SAYS_SO = re.compile(
    r"^(?:[-_*]{2,}\s*)?(?:Oorspronkelijk(?:e)? (?:bericht|e-mail)|Doorgestuurd bericht|Original (?:Message|Email)"
    r"|Forwarded message|Ursprüngliche Nachricht|Weitergeleitete Nachricht|Message d'origine)\s*:?\s*[-_*]{2,}$"
    r"|^(?:Begin doorgestuurd bericht|Begin forwarded message)\s*:$",
    re.IGNORECASE,
)
_FROM = re.compile(r"^\*?(?:Van|From|Von|De|Od|Kimden)\s?:\*?\s*\S", re.IGNORECASE)
_HEADS = re.compile(
    r"^\*?(?:Verzonden|Datum|Aan|Onderwerp|CC|Sent|Date|To|Subject|Gesendet|An|Betreff|Envoyé|À|Objet|Konu|Wysłano|Do|Temat)"
    r"(?: op)?\s?:\*?",
    re.IGNORECASE,
)
_RULE = re.compile(r"^[-_=*\s]{4,}$")


def cut(text: str) -> tuple[str, str]:
    """His own words, and the rest; the two together are the text."""
    lines = text.split("\n")
    at = next((number for number in range(len(lines)) if _begins(lines, number)), None)
    if at is None or _goes_on(lines, at):
        return text, ""
    while at > 0 and (_RULE.match(lines[at - 1]) or not lines[at - 1].strip()):
        at -= 1
    own = "\n".join(lines[:at])
    if not own.strip():
        return text, ""
    return f"{own}\n", "\n".join(lines[at:])


def _begins(lines: list[str], at: int) -> bool:
    line = lines[at][:_LONGEST].strip()
    if not line:
        return False
    if lines[at].startswith(">") or _SAYS_SO.match(line):
        return True
    if _FROM.match(line):
        below = [one[:80].strip() for one in lines[at + 1 : at + 7]]
        return sum(1 for one in below if _HEADS.match(one)) >= 2
    return bool(_wrote(lines, at))


def _wrote(lines: list[str], at: int) -> int:
    """Over how many lines a program says here who wrote; 0 where it does not."""
    said = ""
    for count, line in enumerate(lines[at : at + 3], 1):
        said = f"{said} {line[:_LONGEST].strip()}".strip()
        if said.endswith(":") and _WROTE.match(said):
            marked = _next_is_marked(lines, at + count)
            return count if marked or _PROOF.search(said) else 0
        if not _STARTS.match(said) or not line.strip():
            return 0
    return 0


def _next_is_marked(lines: list[str], at: int) -> bool:
    below = (line for line in lines[at : at + 3] if line.strip())
    return next(below, "").startswith(">")


def _goes_on(lines: list[str], at: int) -> bool:
    """Is there something of his own between or below the marked lines?"""
    marked = [number for number in range(at, len(lines)) if lines[number].startswith(">")]
    if not marked or marked[0] > at + 4:
        return False
    below = lines[marked[0] :]
    return any(line.strip() and not line.startswith(">") for line in below)
