"""A message to another system, signed so that it knows from whom it is, by Standard Webhooks 1.0.

Headers: `webhook-id` (the same at every try), `webhook-timestamp` (seconds since 1970) and `webhook-signature`: one or more
of `v1,` with HMAC-SHA256 in base64 over id, a dot, timestamp, a dot and the body. A secret is `whsec_` with base64. Any 2xx
is taken; 410 asks to stop.

An address is https, and its host is not in a network of our own: who may fill in an address could else ask what stands
behind the wall. Hosts that are named in the settings may be. The address is looked at when the line is opened, so a name
that points elsewhere later is refused too.

Units: seconds. Errors: `BadAddress` for an address that may not be; none for what a network does. Left out: Ed25519.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from tijdig.carriers.webhook import LostError, exchange

PREFIX = "whsec_"
_TIMEOUT_S, _DEADLINE_S = 10.0, 20.0
_LONGEST = 500
_HIDES_ANOTHER = tuple(  # addresses that stand for one of the older kind, or for a network of one's own
    map(
        ipaddress.IPv6Network,
        ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96", "fec0::/10"),
    )
)


class BadAddress(ValueError):  # noqa: N818 - an answer to a person
    """The address cannot be used; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a try. `status` None: there was no answer."""

    taken: bool
    status: int | None
    detail: str

    @property
    def gone(self) -> bool:
        return self.status == 410


def new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def signature(secret: str, message_id: str, at: int, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    seal = hmac.new(key, f"{message_id}.{at}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(seal).decode()


def checked(url: str, local: Collection[str]) -> str:
    """The address, where it can be one. `local` are hosts with port that may be in a network of our own."""
    if len(url) > _LONGEST or any(sign.isspace() or ord(sign) < 33 for sign in url):
        raise BadAddress("Dit adres klopt niet. Vul een adres in als https://systeem.example/tijdig.")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as odd:
        raise BadAddress(
            "Dit adres klopt niet. Vul een adres in als https://systeem.example/tijdig."
        ) from odd
    if not host or parts.username or parts.password or parts.fragment:
        raise BadAddress("Dit adres klopt niet: geen naam, wachtwoord of # erin.")
    if _is_local(host, port, local):
        return url
    if parts.scheme != "https":
        raise BadAddress("Gebruik een adres dat met https:// begint.")
    try:
        if not is_public(host):
            raise BadAddress("Dit adres staat in een eigen netwerk. Vraag uw beheerder om het toe te laten.")
    except ValueError as odd:
        if isinstance(odd, BadAddress):
            raise
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        raise BadAddress("Dit adres staat in een eigen netwerk. Vraag uw beheerder om het toe te laten.")
    return url


def _is_local(host: str, port: int | None, local: Collection[str]) -> bool:
    return f"{host}:{port}" in local if port else host in local


def is_public(address: str) -> bool:
    """Is this number an address of everybody's network? ValueError for what is no number."""
    known = ipaddress.ip_address(address)
    if isinstance(known, ipaddress.IPv6Address):
        if any(known in net for net in _HIDES_ANOTHER):
            return False
        if known.ipv4_mapped is not None:
            return is_public(str(known.ipv4_mapped))
    return known.is_global and not known.is_multicast


def tell(
    url: str, *, message_id: str, at: int, body: bytes, keys: Sequence[str], local: Collection[str]
) -> Told:
    """Tell it once. Never raises for what a network or another system does."""
    try:
        parts = urlsplit(checked(url, local))
    except BadAddress as bad:
        return Told(False, None, str(bad)[:200])
    headers = {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(at),
        "webhook-signature": " ".join(signature(key, message_id, at, body) for key in keys),
    }
    own = _is_local(parts.hostname or "", parts.port, local)
    try:
        reply = exchange(
            "POST",
            url,
            headers=headers,
            timeout_s=_TIMEOUT_S,
            deadline_s=_DEADLINE_S,
            body=body,
            may_reach=None if own else is_public,
        )
    except LostError:
        return Told(
            False, None, "Geen antwoord: niet bereikbaar, te traag, of een adres in een eigen netwerk."
        )
    return Told(reply.taken, reply.status, "" if reply.taken else f"Het systeem antwoordde {reply.status}.")
