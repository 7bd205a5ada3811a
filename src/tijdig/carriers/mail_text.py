"""What somebody wrote in a mail, and what he put with it.

Decides which part of a mail is its text: the plain text parts in a row, as some programs put pictures between them; where
those say nothing, the parts in HTML, as text (`html_text`). Lines that a program broke to send them are made whole again
(RFC 3676). Anything that has a file name or says that it is attached is named with its size and not looked into, and so is
a mail within this mail. A mail that is locked (S/MIME, PGP) has no text that can be read: `sealed`.

Units: bytes, of what was attached as it would be saved. Of a part only the first 1,000,000 bytes are read as text; at most
30 attachments are named. Errors: none, whatever the mail. Left out: keeping an attachment.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message as Mail

from tijdig.carriers.html_text import html_text
from tijdig.carriers.mail_words import text_of, words

_MOST_BYTES = 1_000_000
_MOST_NAMED = 30
_SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"})
_AROUND = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
)


@dataclass(frozen=True, slots=True)
class Attached:
    """What was with the mail; its content is not kept."""

    name: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Body:
    text: str
    attached: tuple[Attached, ...]
    sealed: bool


def body_of(mail: Mail) -> Body:
    """The text of this mail, and the names of what came with it."""
    plain: list[str] = []
    html: list[str] = []
    attached: list[Attached] = []
    sealed = False
    for part in _leaves(mail):
        kind = part.get_content_type()
        sealed = sealed or kind in _SEALED
        if part.get_content_maintype() == "multipart":  # its parts cannot be told: as it came
            plain.append(_text(part))
        elif kind in ("text/plain", "text/html") and not _is_attached(part):
            (plain if kind == "text/plain" else html).append(_text(part))
        elif kind not in _AROUND and kind not in _SEALED and len(attached) < _MOST_NAMED:
            attached.append(Attached(_name(part), _size(part)))
    own = "\n\n".join(filter(str.strip, plain))
    if not own.strip():
        own = "\n\n".join(filter(str.strip, map(html_text, html)))
    return Body(own.strip("\n"), tuple(attached), sealed and not own.strip())


def _leaves(mail: Mail) -> Iterator[Mail]:
    """The parts that hold something, in order; a mail within the mail is one of them."""
    payload = mail.get_payload()
    if isinstance(payload, list) and mail.get_content_maintype() == "multipart":
        for part in payload:
            if isinstance(part, Mail):
                yield from _leaves(part)
    else:
        yield mail


def _is_attached(part: Mail) -> bool:
    return part.get_content_disposition() == "attachment" or bool(_given_name(part))


def _given_name(part: Mail) -> str:
    try:
        return words(part.get_filename("") or "", 120)
    except Exception:  # of a name that was coded badly
        return ""


def _name(part: Mail) -> str:
    return _given_name(part) or part.get_content_type()[:120]


def _size(part: Mail) -> int:
    payload = part.get_payload(decode=True)
    if isinstance(payload, bytes):
        return len(payload)
    inner = part.get_payload()
    try:
        return (
            sum(len(bytes(one)) for one in inner if isinstance(one, Mail)) if isinstance(inner, list) else 0
        )
    except Exception:  # of a mail within this mail that cannot be written out again
        return 0


def _text(part: Mail) -> str:
    payload = part.get_payload(decode=True)
    content = payload[:_MOST_BYTES] if isinstance(payload, bytes) else b""
    try:
        charset = part.get_content_charset("") or ""
        flowed = str(part.get_param("format", "")).lower() == "flowed"
        joined = str(part.get_param("delsp", "")).lower() == "yes"
    except Exception:  # of parameters that were coded badly
        charset, flowed, joined = "", False, False
    text = text_of(content, charset)
    return _whole_lines(text, joined) if flowed and part.get_content_type() == "text/plain" else text


def _whole_lines(text: str, joined: bool) -> str:
    """Lines that end in a space go on in the next one of the same depth of quotation (RFC 3676)."""
    found: list[str] = []
    goes_on, depth = False, 0
    for line in text.split("\n"):
        bare = line.lstrip(">")
        deep = len(line) - len(bare)
        bare = bare if bare.startswith(" >") else bare.removeprefix(" ")
        if goes_on and deep == depth and bare != "-- ":
            found[-1] += bare
        else:
            found.append(f"{'>' * deep}{' ' if deep else ''}{bare}" if bare or not deep else ">" * deep)
        depth, goes_on = deep, bare.endswith(" ") and bare != "-- "
        if goes_on and joined:
            found[-1] = found[-1][:-1]
    return "\n".join(found)
