"""Text out of a stranger's mail: header lines and bodies, whatever character set they say or forget to say.

Decides how bytes become text. The character set that is named, where Python knows it and it is one of written language;
Latin-1 and ASCII are read as Windows-1252, as every browser does; without a name, or where the bytes do not fit, UTF-8 if
they are UTF-8, else Windows-1252. What no set has becomes �. Nothing of what steers (zero bytes, escapes) is left, and
lines end in a line feed.

Example: `=?iso-8859-1?q?Caf=E9?=` is `Café`. Errors: none, whatever the bytes. Left out: what the text means.
"""

from __future__ import annotations

import codecs
import re
from datetime import UTC, datetime
from email.header import decode_header
from email.message import Message as Mail
from email.utils import getaddresses, parsedate_to_datetime

from tijdig.carriers.smtp import one_line

_LATIN = frozenset({"iso8859-1", "ascii", "cp1252"})
_NO_LANGUAGE = frozenset(
    {"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "oem", "palmos"}
)
_LONGEST_HEADER = 10_000
_MOST_ADDRESSES = 50
_STEERING = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff]")


def text_of(content: bytes, charset: str = "") -> str:
    """These bytes as text."""
    return clean(_decoded(content, _known(charset)))


def _known(charset: str) -> str:
    try:
        name = codecs.lookup(charset.strip(" \"'")[:40]).name if charset else ""
    except (LookupError, ValueError):
        return ""
    return "" if name.replace("-", "_") in _NO_LANGUAGE else name


def _decoded(content: bytes, charset: str) -> str:
    if charset and charset not in _LATIN:
        try:
            return content.decode(charset)
        except Exception:  # also a set that turns bytes into bytes
            pass
    if charset not in _LATIN:
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return content.decode("cp1252", "replace")


def clean(text: str) -> str:
    """Without what steers; every end of a line is a line feed; no halves of characters."""
    whole = text.encode("utf-8", "replace").decode()
    lines = whole.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    return _STEERING.sub("", lines)


def headers(mail: Mail, name: str) -> list[str]:
    """The header lines with this name, each on one line, as they travel: encoded words are still encoded."""
    return [
        clean(_decoded(str(value)[:_LONGEST_HEADER].encode("utf-8", "surrogateescape"), "")).replace(
            "\n", " "
        )
        for key, value in mail.raw_items()
        if key.lower() == name.lower()
    ]


def header(mail: Mail, name: str) -> str:
    """The first header line with this name; empty where there is none."""
    return next(iter(headers(mail, name)), "").strip()


def words(line: str, most: int) -> str:
    """A header line with its encoded words read (RFC 2047), on one line."""
    try:
        parts = decode_header(line)
    except Exception:  # of base64 that is none
        return one_line(line, most)
    return one_line("".join(_word(part, charset) for part, charset in parts), most) or one_line(line, most)


def _word(part: str | bytes, charset: str | None) -> str:
    return clean(part) if isinstance(part, str) else text_of(part, charset or "")


def addresses(mail: Mail, *names: str) -> list[tuple[str, str]]:
    """The names and addresses in these header lines; an address in small letters."""
    lines = [one[:2_000] for name in names for one in headers(mail, name)][:_MOST_ADDRESSES]
    try:
        found = getaddresses(lines)
    except Exception:  # the reader stumbles over some of them
        return []
    return [(words(name, 120), one_line(address, 254).lower()) for name, address in found if "@" in address]


def moment(mail: Mail) -> datetime | None:
    """When it was sent, as it says itself; None where it says nothing that can be read."""
    try:
        said = parsedate_to_datetime(header(mail, "Date")[:200])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return said if said.tzinfo is not None else said.replace(tzinfo=UTC)
