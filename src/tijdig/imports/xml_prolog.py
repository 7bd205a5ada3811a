"""The first bytes of an XML file: is it XML, in which encoding, which message, and has it a document type?

A document type (`<!DOCTYPE`) is where entity bombs and readings of other files begin. ISO 20022 has none, so
a file with one is refused before any XML parser sees a byte of it. An encoding can hide one: a parser that
reads UTF-7 finds markup where a scan for letters found none. So the encoding is settled here, from the byte
order mark or the XML declaration, out of the few that banks use; the parser is told to use exactly that one.

The default namespace is taken off the root element. Readers go by local names; without it the texts that a
Problem shows are as the bank wrote them, and reading takes an eighth less time.

Left out: UTF-32, UTF-7 and EBCDIC, which no Dutch bank sends. They are refused with their name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import BinaryIO

from tijdig.base.problems import Problem

PROLOG_BYTES = 65_536  # comments before the first element may fill this; a longer prolog is not a bank file
MAX_TEXT = 4_000  # characters of the file itself that a Problem carries

_MARKS = ((b"\xff\xfe\x00\x00", "UTF-32"), (b"\x00\x00\xfe\xff", "UTF-32"), (b"\xef\xbb\xbf", "UTF-8"))
_WIDE = ("UTF-16LE", "UTF-16BE")
_MARKS_16 = ((b"\xff\xfe", "UTF-16LE"), (b"\xfe\xff", "UTF-16BE"))
_UNMARKED_16 = ((b"<\x00", "UTF-16LE"), (b"\x00<", "UTF-16BE"))
_ONE_BYTE = {
    "UTF-8": "UTF-8",
    "UTF8": "UTF-8",
    "US-ASCII": "UTF-8",
    "ASCII": "UTF-8",
    "ISO-8859-1": "ISO-8859-1",
    "LATIN1": "ISO-8859-1",
    "ISO-8859-15": "ISO-8859-15",
    "WINDOWS-1252": "WINDOWS-1252",
    "CP1252": "WINDOWS-1252",
}
_DECLARED = re.compile(rb"""<\?xml\s[^>]*?\bencoding\s*=\s*["']([^"'<>]{1,40})["']""")
_SKIP = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_ROOT = re.compile(r"<[^\W\d][^>]*>?")
_DEFAULT_NAMESPACE = re.compile(rb"""\sxmlns\s*=\s*(?:"[^"<]*"|'[^'<]*')""")
_MESSAGE = re.compile(r"\b(?:camt|pain)(?:\.\d+)+")


class XmlRefused(Exception):  # noqa: N818 - it names a decision about the file, not a fault in the code
    """The file cannot be read further. Readers turn it into its `problem`; it never leaves a reader."""

    def __init__(self, code: str, *, place: str = "", text: str = "", **params: str) -> None:
        super().__init__(code)
        self.problem = Problem(code, place=place, text=text[:MAX_TEXT], params=params, fatal=True)


@dataclass(frozen=True, slots=True)
class Prolog:
    """What was read so far, without byte order mark; the encoding to read the file in; its message."""

    head: bytes
    encoding: str
    message: str  # camt.053.001.02; empty when the root names none


def _read_up_to(stream: BinaryIO, size: int) -> bytes:
    parts: list[bytes] = []
    while size > 0 and (part := stream.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def settle_encoding(head: bytes) -> tuple[str, int]:
    """The encoding of a file by its first bytes, and how many of those are the byte order mark.

    The mark goes before the declaration. `XmlRefused("xml_encoding")` for an encoding we do not read, and for
    a declaration that cannot be true of the bytes it is written in (UTF-16 declared in single bytes).
    """
    for mark, encoding in (*_MARKS, *_MARKS_16):
        if head.startswith(mark):
            if encoding == "UTF-32":
                raise XmlRefused("xml_encoding", place="regel 1", encoding=encoding)
            return encoding, len(mark)
    for start, encoding in _UNMARKED_16:
        if head.startswith(start):
            return encoding, 0
    declared = _DECLARED.match(head)
    name = declared.group(1).decode("latin-1") if declared else "UTF-8"
    if name.upper() not in _ONE_BYTE:
        raise XmlRefused("xml_encoding", place="regel 1", text=head.decode("latin-1")[:200], encoding=name)
    return _ONE_BYTE[name.upper()], 0


def _find_root(text: str, encoding: str) -> re.Match[str]:
    at = 0
    while match := _SKIP.match(text, at):
        at = match.end()
    root = _ROOT.match(text, at)
    if root is None:
        declares = text.startswith("<!", at) and not text.startswith("<!--", at)
        code = "xml_doctype" if declares else "not_xml"
        shown = text if encoding in _WIDE else text.encode("latin-1").decode(encoding, errors="replace")
        raise XmlRefused(code, place=f"regel {text.count(chr(10), 0, at) + 1}", text=shown)
    return root


def decoded_head(head: bytes) -> str:
    """The first bytes of any file as text, good enough to recognise a message by. Never refuses."""
    head = head.lstrip(b" \t\r\n")
    try:
        encoding, mark = settle_encoding(head)
    except XmlRefused:
        encoding, mark = "latin-1", 0
    return head[mark:].decode(encoding, errors="replace").lstrip()


def open_prolog(stream: BinaryIO, *wanted: str) -> Prolog:
    """Read as far as the first element may be, or raise `XmlRefused`.

    Codes: `xml_empty`, `not_xml`, `xml_encoding`, `xml_doctype`, and `xml_other_message` for a file that
    names itself as a message which is not `wanted` (`"camt.053"`). White space before the XML declaration,
    which some export programs leave, is dropped.
    """
    head = _read_up_to(stream, PROLOG_BYTES)
    if not head.strip(b" \t\r\n\x00"):
        raise XmlRefused("xml_empty")
    head = head.lstrip(b" \t\r\n")
    encoding, mark = settle_encoding(head)
    head = head[mark:]
    wide = encoding in _WIDE
    # The others write markup in ASCII: with a character per byte a place in the text is one in the file.
    text = head.decode(encoding if wide else "latin-1", errors="replace")
    root = _find_root(text, encoding)
    if not wide:
        start, end = root.span()
        head = head[:start] + _DEFAULT_NAMESPACE.sub(b"", head[start:end], count=1) + head[end:]
    named = _MESSAGE.search(root.group())
    message = named.group() if named else ""
    if message and wanted and not message.startswith(wanted):
        raise XmlRefused(
            "xml_other_message", text=text[: root.end()], found=message, wanted=" of ".join(wanted)
        )
    return Prolog(head, encoding, message)
