"""What a mail server tells afterwards of a message: it came back, it is under way, or it arrived.

Decides which mail is such a report and about which message. A report is a `multipart/report` with a part
`message/delivery-status` (RFC 3464, also its international form of RFC 6533). An answer of a person or of a holiday
message, a receipt that it was read and any other mail is none, so None. One form without that part is read too: a
text of a mail daemon, with a status 5.x.x in it and after that our own header of the returned message.

The key comes from the first of: the envelope id that we gave, the address that the report went to (`bounce+key@`), the
header `X-Tijdig-Key` of the returned message, its Message-ID. Without one it is not about a message of ours, so None.
A report about several recipients says the worst of them. "Relayed" counts as delivered: the recipient's server has it
and tells no more. The moment is that of the last try, or the report's own date. Whoever knows a key can make a report.

Example: `Action: failed`, `Status: 5.1.1` gives `BOUNCED`, "Het adres bestaat niet (5.1.1). Antwoord: 550 5.1.1 ...".
Errors: none, whatever the bytes; how much of a mail is looked at stands in `bounce_parse`.
Left out: reports within another mail, and complaints (RFC 5965).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from email.message import Message as Mail
from email.parser import HeaderParser
from email.utils import parseaddr, parsedate_to_datetime
from itertools import chain, islice
from typing import BinaryIO

from tijdig.carriers.bounce_parse import parse_mail
from tijdig.carriers.channel import Arrival, Report
from tijdig.carriers.smtp import one_line

_STATUS_PARTS = ("message/delivery-status", "message/global-delivery-status")
_RETURNED = ("message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers")
_ACTIONS = {
    "failed": Arrival.BOUNCED,
    "delayed": Arrival.UNDER_WAY,
    "delivered": Arrival.DELIVERED,
    "relayed": Arrival.DELIVERED,
    "expanded": Arrival.DELIVERED,
}
_WORST = (Arrival.BOUNCED, Arrival.UNDER_WAY, Arrival.DELIVERED)
_REASONS = {
    "1": "Het adres bestaat niet",
    "2": "De postbus neemt niets aan",
    "2.2": "De postbus is vol",
    "3.4": "Het bericht is te groot",
    "4": "De mailserver van de ontvanger is niet bereikbaar",
    "7": "De mailserver van de ontvanger weigert onze mail",
}
_SAYS = {
    "delayed": "Nog niet bezorgd, de mailserver probeert het opnieuw",
    "delivered": "Bezorgd",
    "relayed": "De mailserver van de ontvanger nam het aan en meldt verder niets",
    "expanded": "De mailserver van de ontvanger nam het aan voor meer adressen",
}
_KEY = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])", re.IGNORECASE)
_OWN_HEADER = re.compile(r"(?im)^>?[ \t]*X-Tijdig-Key:[ \t]*([0-9a-f]{32})[ \t\r]*$")
_CODE = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_FAILED = re.compile(r"(?m)^.*(?:\b5\d\d[ -]#?|\(#)5\.\d{1,3}\.\d{1,3}\b.*$")
_DAEMONS = ("mailer-daemon", "postmaster")
_MOST = 250
_MOST_BLOCKS = 50
_LONGEST_FROM = 2_000


def read_report(raw: bytes) -> Report | None:
    """The report that this mail is, or None; also None for a mail that we stumble over."""
    mail = parse_mail(raw)
    try:
        return _report(mail) if mail is not None else None
    except Exception:  # the parser meets some of a stranger's headers only when they are asked for
        return None


def report_of(stream: BinaryIO) -> Iterator[Report | None]:
    """The same of a file, for a process with limits."""
    yield read_report(stream.read())


def _report(mail: Mail) -> Report | None:
    parts = _children(mail) if mail.get_content_type() == "multipart/report" else []
    status = (part for part in parts if part.get_content_type() in _STATUS_PARTS)
    blocks = list(islice(chain.from_iterable(map(_blocks, status)), _MOST_BLOCKS))
    if not blocks:
        return _plain(mail)
    told = [(arrival, block) for block in blocks if (arrival := _arrival(block)) is not None]
    key = _key(mail, parts, blocks)
    if not told or not key:
        return None
    arrival, block = min(told, key=lambda one: _WORST.index(one[0]))
    at = _moment(block, "Last-Attempt-Date") or _moment(mail, "Date")
    return Report(arrival, key=key, detail=_detail(arrival, block), at=at)


def _children(mail: Mail) -> list[Mail]:
    parts = mail.get_payload()
    return [one for one in parts if isinstance(one, Mail)] if isinstance(parts, list) else []


def _blocks(part: Mail) -> Iterator[Mail]:
    """The groups of fields in a status part: first of the message, then of each recipient."""
    for one in _children(part):
        yield one
        rest = one.get_payload()
        if isinstance(
            rest, str
        ):  # the international form is parsed as a mail: what follows stands in its body
            for text in re.split(r"\r?\n(?:[ \t]*\r?\n)+", rest):
                if text.strip():
                    yield HeaderParser().parsestr(text.strip())


def _field(block: Mail, name: str) -> str:
    return one_line(str(block.get(name, "")), 2_000)


def _arrival(block: Mail) -> Arrival | None:
    return _ACTIONS.get(_action(block))


def _action(block: Mail) -> str:
    return _field(block, "Action").partition(" ")[0].lower()


def _key(mail: Mail, parts: list[Mail], blocks: list[Mail]) -> str:
    given = [_field(block, "Original-Envelope-Id") for block in blocks]
    sent_to = [str(one) for name in ("To", "Delivered-To", "X-Original-To") for one in mail.get_all(name, [])]
    returned = [
        _field(one, name)
        for one in chain.from_iterable(map(_returned, parts))
        for name in ("X-Tijdig-Key", "Message-ID")
    ]
    found = (_KEY.search(text) for text in [*given, *sent_to, *returned])
    return next((hit[0].lower() for hit in found if hit), "")


def _returned(part: Mail) -> list[Mail]:
    """The headers of the message that came back."""
    if part.get_content_type() not in _RETURNED:
        return []
    payload = part.get_payload(decode=True)
    text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return _children(part) or [HeaderParser().parsestr(text.lstrip())]


def _detail(arrival: Arrival, block: Mail) -> str:
    said = _field(block, "Diagnostic-Code").partition(";")
    answer = (said[2] if said[1] else said[0]).strip()
    status = _CODE.search(_field(block, "Status"))
    code = status[1] if status else ""
    if code.endswith(".0.0") and (better := _CODE.search(answer)):
        code = better[1]
    start = _reason(code) if arrival is Arrival.BOUNCED else _SAYS[_action(block)]
    return _sentence(start, code, answer)


def _reason(code: str) -> str:
    _, _, about = code.partition(".")
    return _REASONS.get(about) or _REASONS.get(about.partition(".")[0]) or "Niet bezorgd"


def _sentence(start: str, code: str, answer: str) -> str:
    said = f" Antwoord: {answer}" if answer else ""
    return one_line(f"{start}{f' ({code})' if code else ''}.{said}", _MOST)


def _moment(block: Mail, name: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(_field(block, name))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo is not None else None


def _plain(mail: Mail) -> Report | None:
    """A report as text: only of a mail daemon, with a status of failure before our own header."""
    local = parseaddr(str(mail.get("From", ""))[:_LONGEST_FROM])[1].partition("@")[0].lower()
    if local not in _DAEMONS or mail.get_content_type() != "text/plain":
        return None
    payload = mail.get_payload(decode=True)
    text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    ours = _OWN_HEADER.search(text)
    failed = _FAILED.search(text, 0, ours.start()) if ours else None
    if not ours or not failed:
        return None
    code = _CODE.search(failed[0])
    detail = _sentence(_reason(code[1] if code else ""), code[1] if code else "", failed[0].strip())
    return Report(Arrival.BOUNCED, key=ours[1].lower(), detail=detail, at=_moment(mail, "Date"))
