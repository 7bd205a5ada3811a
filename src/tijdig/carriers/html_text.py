"""The text of a body in HTML, as somebody would read it aloud: never shown as HTML, never fetched from anywhere.

Decides what is kept: the words, a line for each block, a dash before each item of a list, and `> ` before each line that is
quoted, so that `reply_quote` finds it. What is not to be read (comments, style, script, head) is left out; of a picture its
description is kept; a link is its words alone, not the address that it hides. What is no tag is text.

Python's own reader of HTML takes time by the square for comments and tags that never end, and anybody can send those; so it
is not used. Only the first 400,000 characters are looked at, and a tag is at most some thousands of them.

Errors: none, whatever the HTML. Example: `<p>Ik betaal<br>morgen</p>` is two lines. Left out: layout, tables as tables,
styles that hide text.
"""

from __future__ import annotations

import re
from html import unescape

_MOST = 400_000
_UNREAD = frozenset({"script", "style", "head", "title", "template", "noscript", "object", "svg", "math"})
_BLOCKS = frozenset(
    {"p", "div", "tr", "table", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "section", "article",
     "header", "footer", "blockquote", "address", "dl", "dt", "dd", "form", "fieldset", "center"}
)  # fmt: skip
_APART = frozenset({"p", "blockquote", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "pre"})
_MOST_QUOTES = 20
_SPACE = re.compile(r"[ \t\r\n\f]+")
# No `<` outside quotes: a tag that never ends is given up at the next one.
_TAG = re.compile(
    r"""<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})(?![^\s/>])((?:[^<>"']|"[^"]{0,3000}"|'[^']{0,3000}'){0,1000})>"""
)
_DECLARED = re.compile(r"<(?:[!?/][^<>]{0,3000}|[a-zA-Z][^<>\s]{0,100}(?:\s[^<>]{0,3000})?)>")
_SAID = re.compile(r"""\salt\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)


class _Lines:
    """The text as it grows."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self._line: list[str] = []
        self._quotes = 0

    def say(self, text: str) -> None:
        self._line.append(text)

    def end(self, *, always: bool = False, apart: bool = False) -> None:
        """A line is over. `always` also an empty one; `apart` leaves one open after it, as a paragraph does."""
        text = _SPACE.sub(" ", "".join(self._line)).strip()
        self._line.clear()
        mark = "> " * min(self._quotes, _MOST_QUOTES)
        if text or always:
            self.done.append(f"{mark}{text}".rstrip())
        if apart and self.done and self.done[-1].strip("> "):
            self.done.append(mark.rstrip())

    def tag(self, name: str, closes: bool, attributes: str) -> None:
        if name == "br":
            self.end(always=True)
        elif name == "hr":
            self.end()
            self.say("________________")
            self.end()
        elif name == "img" and (said := _SAID.search(attributes)):
            self.say(f"[{_plain(said[1] or said[2] or '')}] ")
        elif name in ("td", "th") and closes:
            self.say(" ")
        elif name in _BLOCKS:
            self.end(apart=name in _APART)
            self._quotes = max(self._quotes + (name == "blockquote") * (-1 if closes else 1), 0)
            if name == "li" and not closes:
                self.say("- ")


class _Ends:
    """Where things end, asked often and looked for once."""

    def __init__(self, text: str) -> None:
        self._text = text.lower()
        self._never: set[str] = set()

    def after(self, what: str, at: int) -> int | None:
        """The place behind the next `what`; None where there is none."""
        if what in self._never:
            return None
        found = self._text.find(what, at)
        if found < 0:
            self._never.add(what)
            return None
        return found + len(what)


def html_text(html: str) -> str:
    """The words of this HTML."""
    html = html[:_MOST]
    lines, ends, at = _Lines(), _Ends(html), 0
    while at < len(html):
        opens = html.find("<", at)
        if opens < 0:
            opens = len(html)
        lines.say(_plain(html[at:opens]))
        at = _step(html, opens, lines, ends) if opens < len(html) else opens
    lines.end()
    text = "\n".join(lines.done).replace("\N{NO-BREAK SPACE}", " ")
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


def _step(html: str, at: int, lines: _Lines, ends: _Ends) -> int:
    """What stands at this `<`; returns where to go on."""
    if html.startswith("<!--", at) and (behind := ends.after("-->", at + 2)) is not None:
        return behind
    if hit := _TAG.match(html, at):
        name, closes = hit[2].lower(), bool(hit[1])
        if name in _UNREAD and not closes and not hit[3].endswith("/"):
            closing = ends.after(f"</{name}", hit.end())
            behind = ends.after(">", closing) if closing is not None else hit.end()
            return behind if behind is not None else len(html)
        lines.tag(name, closes, hit[3])
        return hit.end()
    if other := _DECLARED.match(html, at):
        return other.end()
    lines.say("<")
    return at + 1


def _plain(text: str) -> str:
    if "&" not in text:
        return text
    try:
        return unescape(text)
    except ValueError:  # of a number that is no character
        return text
