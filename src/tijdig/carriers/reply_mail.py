"""An e-mail of a tenant as an answer: who wrote when, his own words, and what it says about which message it answers.

Decides what is read out of a mail, within bounds (`bounce_parse`, `mail_text`): at most 100 parts; 20,000 signs of his own
words and 20,000 of what he quoted, and whether more was cut off. What names a message: the Message-IDs of `In-Reply-To`
and `References`, and the key behind the plus of an address that it was sent to (`antwoord+KEY@`), in the order in which
they are believed.

`digest` names the mail for ever, wherever it lies: SHA-256 of its Message-ID, its sender and its text, so that another
mail that bears the same Message-ID is another; of a mail without Message-ID, of all its bytes.

`trouble` tells why a mail can only be read in part: `unreadable` (no parts that can be told), `sealed` (locked), `large`
(only its first part was fetched), `no_text` (nothing was written and nothing attached). It is an answer all the same.

Errors: none, whatever the bytes. Left out: whose answer it is (`letters.clues`), attachments themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import Message as Mail
from email.parser import BytesHeaderParser
from hashlib import sha256
from typing import BinaryIO

from tijdig.carriers.bounce_parse import parse_mail
from tijdig.carriers.mail_text import Attached, body_of
from tijdig.carriers.mail_words import addresses, header, headers, moment, words
from tijdig.carriers.reply_automatic import automatic
from tijdig.carriers.reply_quote import cut

MOST_SIGNS = 20_000
_MOST_PARTS, _MOST_BYTES = 100, 25_000_000
_MOST_IDS = 50
_HEAD_BYTES = 64_000
_SENT_TO = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Forwarded-To")
_ID = re.compile(r"<([^<>\s]{1,250})>")
_KEY = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])", re.IGNORECASE)
_PLUS = re.compile(r"\+([0-9a-f]{32})@", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailReply:
    """An answer by e-mail. `answers`, `thread` and `sent_to` (in an address) are keys of messages of ours, if they are."""

    digest: str
    sender: str
    sender_name: str
    sent_at: datetime | None
    subject: str
    text: str
    quoted: str
    shortened: bool
    attached: tuple[Attached, ...]
    automatic: str
    trouble: str
    answers: tuple[str, ...]
    thread: tuple[str, ...]
    sent_to: tuple[str, ...]


def read_reply(raw: bytes, *, whole: bool = True) -> MailReply:
    """The answer that this mail is. `whole` is false where only its first part is there."""
    mail = parse_mail(raw, most_bytes=_MOST_BYTES, most_parts=_MOST_PARTS)
    if mail is not None:
        try:
            return _read(mail, raw, whole)
        except Exception:  # the parser meets some of a stranger's headers only when they are asked for
            pass
    return _head(raw)


def reply_of(stream: BinaryIO, whole: bool) -> Iterator[MailReply]:
    """The same of a file, for a process with limits."""
    yield read_reply(stream.read(), whole=whole)


def _read(mail: Mail, raw: bytes, whole: bool) -> MailReply:
    body = body_of(mail)
    own, quoted = cut(body.text)
    sender_name, sender = next(iter(addresses(mail, "From")), ("", ""))
    trouble = "sealed" if body.sealed else "" if whole else "large"
    if not trouble and not body.text.strip() and not body.attached:
        trouble = "no_text"
    return MailReply(
        digest=_digest(mail, sender, body.text, raw),
        sender=sender,
        sender_name=sender_name,
        sent_at=moment(mail),
        subject=words(header(mail, "Subject"), 250),
        text=own.strip("\n")[:MOST_SIGNS],
        quoted=quoted.strip("\n")[:MOST_SIGNS],
        shortened=len(own.strip("\n")) > MOST_SIGNS or len(quoted.strip("\n")) > MOST_SIGNS,
        attached=body.attached,
        automatic=automatic(mail),
        trouble=trouble,
        answers=_keys(mail, "In-Reply-To"),
        thread=_keys(mail, "References"),
        sent_to=_plus(mail),
    )


def _digest(mail: Mail, sender: str, text: str, raw: bytes) -> str:
    name = header(mail, "Message-ID")
    return sha256("\0".join((name, sender, text)).encode() if name else raw).hexdigest()


def _keys(mail: Mail, name: str) -> tuple[str, ...]:
    """The keys of messages that this header names, the last one first: the nearest stands at the end."""
    ids = [hit for line in headers(mail, name) for hit in _ID.findall(line)][-_MOST_IDS:]
    found = (_KEY.fullmatch(one.partition("@")[0]) for one in reversed(ids))
    return tuple(dict.fromkeys(hit[0].lower() for hit in found if hit))


def _plus(mail: Mail) -> tuple[str, ...]:
    lines = [line[:2_000] for name in _SENT_TO for line in headers(mail, name)][:_MOST_IDS]
    return tuple(dict.fromkeys(hit.lower() for line in lines for hit in _PLUS.findall(line)))


def _head(raw: bytes) -> MailReply:
    """What can be said of a mail whose parts cannot be told: its first lines, each by itself."""
    try:
        mail: Mail = BytesHeaderParser().parsebytes(raw[:_HEAD_BYTES])
        sender_name, sender = next(iter(addresses(mail, "From")), ("", ""))
        sent_at, subject = moment(mail), words(header(mail, "Subject"), 250)
        answers, thread, sent_to = _keys(mail, "In-Reply-To"), _keys(mail, "References"), _plus(mail)
    except Exception:
        sender_name = sender = subject = ""
        sent_at, answers, thread, sent_to = None, (), (), ()
    return MailReply(
        digest=sha256(raw).hexdigest(),
        sender=sender,
        sender_name=sender_name,
        sent_at=sent_at,
        subject=subject,
        text="",
        quoted="",
        shortened=False,
        attached=(),
        automatic="",
        trouble="unreadable",
        answers=answers,
        thread=thread,
        sent_to=sent_to,
    )
