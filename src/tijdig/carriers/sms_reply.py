"""An answer by text message, as whoever has our number delivers it: is it from him, and what does it say?

Decides both. It is from him when it was signed as we sign what we hand over (`webhook`): `Tijdig-Signature: t=seconds,v1=`
HMAC-SHA256 in hexadecimal, with the shared secret, over the seconds, a dot and the body, at most five minutes ago. Who
cannot sign sends the secret as password (`Authorization: Basic`, any name), over HTTPS. Neither is a hint: what
comes in so is believed, so that without one of them nothing is read.

What it says: JSON, or the fields of a form, with `id` (his own name of it, so that the same one twice is one), `from`,
`body`, and where he knows them `about` (his name, or our key, of the message that it answers) and `at` (ISO 8601 with zone).
`originator` and `sender` are read as `from`, `text` and `message` as `body`, `received_at` as `at`.

Example: `{"id": "m1", "from": "+31612345678", "body": "Ik betaal morgen"}`.
Errors: none; what cannot be read is None. Left out: parts of a long message (the provider joins them), pictures.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl

from tijdig.carriers.smtp import one_line

MOST_BYTES = 20_000
LONGEST_TEXT = 5_000
_LONGEST_ID, _LONGEST_FROM = 100, 60
_MOST_FIELDS = 50
_OLD_S = 300
_SIGNED = re.compile(r"t=(\d{1,12}),v1=([0-9a-f]{64})", re.ASCII)
_NAMES = {
    "from": ("from", "originator", "sender"),
    "body": ("body", "text", "message"),
    "at": ("at", "received_at"),
    "about": ("about",),
    "id": ("id",),
}


@dataclass(frozen=True, slots=True)
class SmsReply:
    """`id` is the provider's name of it; `about` that of the message that it answers, where he knows; `at` when it came."""

    id: str
    sender: str
    text: str
    about: str
    at: datetime | None


def is_from(secret: str, content: bytes, *, signature: str, authorization: str, now: datetime) -> bool:
    """Did whoever shares this secret send this?"""
    kind, _, said = authorization.partition(" ")
    if kind.lower() == "basic":
        return hmac.compare_digest(_password(said), secret.encode())
    hit = _SIGNED.fullmatch(signature)
    if hit is None or abs(now.timestamp() - int(hit[1])) > _OLD_S:
        return False
    seal = hmac.new(secret.encode(), f"{hit[1]}.".encode() + content, hashlib.sha256).hexdigest()
    return hmac.compare_digest(seal, hit[2])


def _password(said: str) -> bytes:
    try:
        return base64.b64decode(said, validate=True).partition(b":")[2]
    except (binascii.Error, ValueError):
        return b""


def read_sms_reply(content: bytes, *, as_json: bool) -> SmsReply | None:
    """What came in, or None where it lacks what must be known: its own name, who sent it, and something said."""
    fields = _fields(content.decode("utf-8", "replace"), as_json)
    told = {name: _first(fields, known) for name, known in _NAMES.items()}
    name, sender = one_line(told["id"], _LONGEST_ID), one_line(told["from"], _LONGEST_FROM)
    if not name or len(told["id"]) > _LONGEST_ID or not sender or not told["body"].strip():
        return None
    text = told["body"].replace("\0", "").strip()[:LONGEST_TEXT]
    return SmsReply(name, sender, text, one_line(told["about"], _LONGEST_ID), _moment(told["at"]))


def _fields(text: str, as_json: bool) -> Mapping[str, object]:
    try:
        found = json.loads(text) if as_json else dict(parse_qsl(text, max_num_fields=_MOST_FIELDS))
    except (ValueError, RecursionError):
        return {}
    return {str(name).lower(): value for name, value in found.items()} if isinstance(found, dict) else {}


def _first(fields: Mapping[str, object], known: tuple[str, ...]) -> str:
    """The first of these fields that says something; a number as its digits, whole characters only."""
    said = (fields.get(name) for name in known)
    texts = (str(one) for one in said if isinstance(one, str | int) and not isinstance(one, bool))
    return next((one.encode("utf-8", "replace").decode() for one in texts if one.strip()), "")


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
