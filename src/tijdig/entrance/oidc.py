"""OpenID Connect, as whoever signs in uses it: the code flow with PKCE, state and nonce, and a token that is verified.

Source: OpenID Connect Core 1.0, sections 3.1.2 and 3.1.3.7; OpenID Connect Discovery 1.0, section 4; RFC 7636 (PKCE,
S256). Decides whether a token may be believed: signed by a key that the issuer publishes, with a digest of today (no
`none`, no shared secret), of this issuer, for us, not over, and with the nonce that we gave to this very browser.

Errors: `ProviderDown` where nobody answers or what comes back cannot be read, `NotTrusted` where it can and is not
right. Both say in Dutch what to do. Units: seconds. `LEEWAY` allows for clocks that differ.
Left out: reading more about somebody than the token holds (userinfo), signing out at the provider, keeping keys between
sign-ins (a sign-in asks three things of the provider, which takes a moment and is always as it is now).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import requests
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from tijdig.carriers.deadline import Deadline
from tijdig.carriers.http_session import session_within

LEEWAY = timedelta(minutes=2)
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
_MOST_BYTES, _READ_S, _WHOLE_S = 1_000_000, 5, 10
_HERE = ("127.0.0.1", "localhost", "::1")


class ProviderDown(Exception):  # noqa: N818 - a state that a person is told about
    """The provider cannot be reached or read."""


class NotTrusted(Exception):  # noqa: N818 - an answer to a person
    """What came back is not right; nobody is signed in by it."""


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where a provider does what, as it says itself."""

    issuer: str
    authorize: str
    token: str
    keys: str
    posts_secret: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What was given along with somebody who goes to the provider, and must come back."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Told:
    """Who somebody is, by a token that was verified. `email` is empty where the provider says none."""

    issuer: str
    subject: str
    email: str
    is_verified: bool
    name: str


def good_address(address: str, *, open_line: bool) -> bool:
    """An address over a closed line; over an open one only to this machine, and where the installation allows it."""
    parts = urlsplit(address)
    if not parts.hostname or parts.username or parts.query or parts.fragment:
        return False
    return parts.scheme == "https" or (open_line and parts.scheme == "http" and parts.hostname in _HERE)


def discover(issuer: str, *, open_line: bool = False) -> Endpoints:
    """What the issuer says of itself. It must name itself exactly so, or another could speak for it."""
    if not good_address(issuer, open_line=open_line):
        raise ProviderDown("Het adres van de aanbieder begint niet met https.")
    told = _asked("GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if told.get("issuer") != issuer:
        raise NotTrusted("De aanbieder noemt zichzelf anders dan hier is ingesteld.")
    places = [str(told.get(name, "")) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    for place in places:
        if not good_address(place.partition("?")[0], open_line=open_line):
            raise NotTrusted("De aanbieder noemt een adres dat niet met https begint.")
    ways = told.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    authorize, token, keys = places
    return Endpoints(issuer, authorize, token, keys, "client_secret_basic" not in ways)


def new_asked() -> Asked:
    return Asked(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48))


def address(where: Endpoints, client_id: str, back: str, asked: Asked) -> str:
    """Where somebody goes to sign in."""
    digest = hashlib.sha256(asked.verifier.encode("ascii")).digest()
    query = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": back,
        "scope": "openid email profile",
        "state": asked.state,
        "nonce": asked.nonce,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii"),
        "code_challenge_method": "S256",
    }
    return f"{where.authorize}{'&' if '?' in where.authorize else '?'}{urlencode(query)}"


def same(given: str, kept: str) -> bool:
    """Is what came back what was given along?"""
    return bool(kept) and hmac.compare_digest(given.encode(), kept.encode())


def token_for(where: Endpoints, client_id: str, secret: str, code: str, back: str, verifier: str) -> str:
    """The token that the code stands for."""
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
    headers = {}
    if where.posts_secret:
        form |= {"client_id": client_id, "client_secret": secret}
    else:
        both = f"{quote(client_id, safe='')}:{quote(secret, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(both.encode()).decode('ascii')}"
    token = _asked("POST", where.token, data=form, headers=headers).get("id_token")
    if not isinstance(token, str):
        raise NotTrusted("De aanbieder gaf geen bewijs van wie u bent.")
    return token


def keys_of(where: Endpoints) -> KeySet:
    """The keys that the issuer signs with now."""
    told = _asked("GET", where.keys).get("keys")
    known = [
        one
        for one in told or []
        if isinstance(one, dict) and one.get("kty") in ("RSA", "EC") and one.get("use", "sig") == "sig"
    ]
    try:
        return KeySet.import_key_set({"keys": known})
    except (JoseError, ValueError, TypeError, KeyError):
        raise ProviderDown("De sleutels van de aanbieder zijn niet te lezen.") from None


def verified(token: str, keys: KeySet, *, issuer: str, client_id: str, nonce: str, at: datetime) -> Told:
    """Who this token says it is, where every check holds; `NotTrusted` otherwise."""
    try:
        read = jwt.decode(token, keys, algorithms=ALGORITHMS)
        claims: dict[str, Any] = read.claims
    except (JoseError, ValueError, TypeError, KeyError):
        raise NotTrusted("Het bewijs van de aanbieder is niet door hem ondertekend.") from None
    _for_us(claims, issuer, client_id)
    _of_now(claims, at)
    if not same(str(claims.get("nonce", "")), nonce):
        raise NotTrusted("Dit bewijs hoort bij een andere aanmelding.")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not subject or len(subject) > 255:
        raise NotTrusted("De aanbieder zegt niet wie u bent.")
    email, name = str(claims.get("email") or "").strip().lower(), str(claims.get("name") or "")
    if "\0" in subject + email + name:  # the database keeps none
        raise NotTrusted("De aanbieder zegt niet leesbaar wie u bent.")
    return Told(issuer, subject, email, claims.get("email_verified") is True, name)


def _for_us(claims: dict[str, Any], issuer: str, client_id: str) -> None:
    meant = claims.get("aud")
    several = meant if isinstance(meant, list) else [meant]
    by = claims.get("azp")
    if claims.get("iss") != issuer or client_id not in several:
        raise NotTrusted("Dit bewijs is van een ander of voor een ander.")
    if (len(several) > 1 or by is not None) and by != client_id:
        raise NotTrusted("Dit bewijs is voor een ander.")


def _of_now(claims: dict[str, Any], at: datetime) -> None:
    moments = [claims.get("exp"), claims.get("iat")]
    if any(isinstance(one, bool) or not isinstance(one, int | float) for one in moments):
        raise NotTrusted("Dit bewijs zegt niet wanneer het geldt.")
    until, since = (float(one) for one in moments if one is not None)
    now, leeway = at.timestamp(), LEEWAY.total_seconds()
    if until + leeway <= now or since - leeway > now:
        raise NotTrusted("Dit bewijs geldt niet meer. Meld u opnieuw aan.")


def _asked(method: str, place: str, **more: Any) -> dict[str, Any]:
    """What the provider answers, read to an end in time and in size; follows nobody elsewhere."""
    try:
        with (
            Deadline(_WHOLE_S) as deadline,
            session_within(deadline) as session,
            session.request(
                method, place, timeout=_READ_S, stream=True, allow_redirects=False, **more
            ) as answer,
        ):
            content = answer.raw.read(_MOST_BYTES + 1, decode_content=True)
            status, late = answer.status_code, deadline.passed
    except (requests.RequestException, OSError, ValueError) as error:
        raise ProviderDown(f"De aanbieder is niet te bereiken ({type(error).__name__}).") from None
    except Exception as error:  # what the library below lets through when a line is cut
        raise ProviderDown(f"De aanbieder brak af ({type(error).__name__}).") from None
    if late or len(content) > _MOST_BYTES or status >= 500:
        raise ProviderDown(f"De aanbieder geeft geen bruikbaar antwoord ({status}).")
    if status != 200:
        raise NotTrusted(
            f"De aanbieder weigert ({status}). Begin opnieuw; lukt het niet, vraag het uw beheerder."
        )
    try:
        told = json.loads(content)
    except ValueError:
        raise ProviderDown("Het antwoord van de aanbieder is niet te lezen.") from None
    if not isinstance(told, dict):
        raise ProviderDown("Het antwoord van de aanbieder is niet te lezen.")
    return told
