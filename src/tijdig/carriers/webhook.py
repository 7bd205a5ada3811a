"""Handing messages to any service that speaks a small protocol of ours, and how a message is given to a service at all.

The protocol, JSON both ways. `POST url` with key, to, sender, body and language, the header `Idempotency-Key` (the key) and
the header `Tijdig-Signature: t=1793611800,v1=...`: HMAC-SHA256 in hexadecimal, with a shared secret, over the seconds since
1970, a dot, and the body. 2xx with `id` is taken, and so is 409 with `id` (it was taken before); 400 or 422 with `detail`
will never arrive; anything else waits. `GET url/key` answers 200 with `id`, or 404 with a document (any JSON object: a
404 of something in between knows nothing of messages). `GET url/id` answers `state` (delivered, bounced or under_way)
and `detail`. A GET is signed over the seconds, a dot, and the key or id.

Decides what is known when a line breaks: as long as nothing of the body was given to the network the service has no
message (`LATER`); from then on it may have (`UNSURE`). An answer "taken" without an id is `UNSURE` too.

`timeout_s` is for one read, `deadline_s` for one request with its whole answer, however slowly it drips.
Errors: none for what a network or a service does. Left out: attachments, several messages in one request.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import requests

from tijdig.carriers.channel import Arrival, Asked, Handed, Known, Message, Outcome, Report
from tijdig.carriers.deadline import Deadline
from tijdig.carriers.http_session import session_within
from tijdig.carriers.smtp import one_line

DEADLINE_S = 60.0  # for one request and its whole answer
_CHUNK, _MOST_CHUNKS = 16_384, 16
_LONGEST_ID = 100
_NEVER = (400, 422)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a service answered; `document` is empty where the answer is no JSON object."""

    status: int
    document: Mapping[str, Any] = field(default_factory=dict)
    is_document: bool = False

    @property
    def taken(self) -> bool:
        return 200 <= self.status < 300

    def text(self, name: str, most: int = 200) -> str:
        """A field as one line of text; a number as its digits, empty where there is none."""
        said = self.document.get(name)
        return one_line(str(said), most) if isinstance(said, str | int) and not isinstance(said, bool) else ""


class LostError(Exception):
    """There was no answer. `sent` tells whether the service may have got the message."""

    def __init__(self, sent: bool) -> None:
        super().__init__("no answer")
        self.sent = sent

    @property
    def handed(self) -> Handed:
        if self.sent:
            return Handed(
                Outcome.UNSURE, detail="De dienst gaf geen antwoord; misschien heeft hij het bericht."
            )
        return Handed(Outcome.LATER, detail="De dienst is niet bereikbaar.")


class _Body(io.BytesIO):
    """A body that knows whether anybody began to send it."""

    begun = False

    def read(self, size: int | None = -1, /) -> bytes:
        self.begun = True
        return super().read(size)


def exchange(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    timeout_s: float,
    deadline_s: float = DEADLINE_S,
    params: Mapping[str, str] | None = None,
    body: bytes = b"",
    may_reach: Callable[[str], bool] | None = None,
) -> Reply:
    """One request and its answer, without following it elsewhere. Raises `LostError`, also after `deadline_s`."""
    sent = _Body(body)
    try:
        with (
            Deadline(deadline_s, may_reach) as deadline,
            _direct(session_within(deadline), may_reach is not None) as session,
            session.request(
                method,
                url,
                params=params,
                data=sent if body else None,
                headers={"Accept": "application/json", **headers},
                timeout=timeout_s,
                allow_redirects=False,
                stream=True,
                auth=_as_it_is,
            ) as response,
        ):
            raw = b"".join(islice(response.iter_content(_CHUNK), _MOST_CHUNKS))
            late = deadline.passed
    except Exception:  # whatever it was, nobody knows more than whether the body was begun
        raise LostError(sent.begun) from None
    if late:
        raise LostError(sent.begun)
    return _reply(response.status_code, raw)


def _direct(session: requests.Session, only: bool) -> requests.Session:
    """Without a proxy of the surroundings, which would look names up by itself."""
    session.trust_env = not only
    return session


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Keeps the library from putting another name and password in the header."""
    return request


def _reply(status: int, raw: bytes) -> Reply:
    try:
        document = json.loads(raw)
    except (ValueError, RecursionError):
        return Reply(status)
    return Reply(status, document, True) if isinstance(document, dict) else Reply(status)


@dataclass(frozen=True)
class Webhook:
    """A service at `url`, with the secret that it shares with us."""

    url: str
    secret: str = field(repr=False)
    now: Callable[[], datetime]
    timeout_s: float = 10
    deadline_s: float = DEADLINE_S
    name = "webhook"

    def hand_over(self, message: Message) -> Handed:
        said = {name: getattr(message, name) for name in ("key", "to", "sender", "body", "language")}
        body = json.dumps(said, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": message.key} | self._signed(body)
        try:
            reply = self._exchange("POST", self.url, headers, body)
        except LostError as lost:
            return lost.handed
        return _judged(reply)

    def ask(self, key: str, to: str) -> Asked:
        try:
            reply = self._get(key)
        except LostError:
            return Asked(Known.CANNOT_SAY)
        if reply.status == 200 and (provider_id := reply.text("id", _LONGEST_ID)):
            return Asked(Known.YES, provider_id)
        known = Known.NO if reply.status == 404 and reply.is_document else Known.CANNOT_SAY
        return Asked(known)

    def arrival(self, provider_id: str) -> Report | None:
        try:
            reply = self._get(provider_id)
            arrival = Arrival(reply.text("state"))
        except (LostError, ValueError):
            return None
        if reply.status != 200:
            return None
        return Report(arrival, provider_id=provider_id, detail=reply.text("detail"))

    def _get(self, what: str) -> Reply:
        parts = urlsplit(self.url)
        url = urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{quote(what, safe='')}"))
        return self._exchange("GET", url, self._signed(what.encode()))

    def _exchange(self, method: str, url: str, headers: Mapping[str, str], body: bytes = b"") -> Reply:
        return exchange(
            method, url, headers=headers, timeout_s=self.timeout_s, deadline_s=self.deadline_s, body=body
        )

    def _signed(self, content: bytes) -> dict[str, str]:
        at = int(self.now().timestamp())
        seal = hmac.new(self.secret.encode(), f"{at}.".encode() + content, hashlib.sha256).hexdigest()
        return {"Tijdig-Signature": f"t={at},v1={seal}"}


def _judged(reply: Reply) -> Handed:
    provider_id, detail = reply.text("id", _LONGEST_ID), reply.text("detail")
    if (reply.taken or reply.status == 409) and provider_id:
        return Handed(Outcome.SENT, provider_id=provider_id)
    if reply.taken:
        return Handed(
            Outcome.UNSURE, detail=f"De dienst antwoordt {reply.status} zonder nummer van het bericht."
        )
    if reply.status in _NEVER and detail:
        return Handed(Outcome.REFUSED, detail=f"De dienst weigert dit bericht ({reply.status}): {detail}")
    said = f": {detail}" if detail else "."
    return Handed(Outcome.LATER, detail=f"De dienst neemt nu niets aan ({reply.status}){said}")
