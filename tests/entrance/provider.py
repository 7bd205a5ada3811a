"""An OpenID provider on this machine that checks what it is asked, and lies when it is told to.

Written apart from the program, by the same standard: it checks client, secret, return address and PKCE, gives each code
once, and signs with a key that it publishes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT_ID, SECRET = "tijdig-proef", "een geheim: met/tekens"
KEY, OTHER_KEY = RSAKey.generate_key(2048, {"kid": "een"}), RSAKey.generate_key(2048, {"kid": "een"})


@dataclass
class Told:
    """Who signs in, and in what the token differs from what it should be."""

    subject: str = "onderwerp-1"
    email: str = ""
    verified: bool = True
    name: str = "Anna van de Aanbieder"
    claims: dict[str, Any] = field(default_factory=dict)
    other_key: bool = False
    algorithm: str = "RS256"
    named: str = ""  # how it calls itself, where not as it is called
    down: bool = False


class Provider:
    def __init__(self, port: int, told: Told) -> None:
        self.issuer, self.told = f"http://127.0.0.1:{port}", told
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.told.named or self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }

    def signs_in(self, query: dict[str, str]) -> str:
        """Somebody signs in here; where they are sent back to."""
        wanted = ("code", CLIENT_ID, "S256")
        got = (query["response_type"], query["client_id"], query["code_challenge_method"])
        assert got == wanted and "openid" in query["scope"].split()
        code = secrets.token_urlsafe(8)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str], authorization: str) -> dict[str, Any] | None:
        kept = self.codes.pop(form.get("code", ""), None)
        name, _, secret = base64.b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if (
            kept is None
            or (unquote(name), unquote(secret)) != (CLIENT_ID, SECRET)
            or form["redirect_uri"] != kept["redirect_uri"]
            or challenge != kept["code_challenge"]
        ):
            return None
        return {"access_token": "x", "token_type": "Bearer", "id_token": self.signed(kept["nonce"])}

    def signed(self, nonce: str) -> str:
        told, now = self.told, int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "sub": told.subject,
            "exp": now + 300,
            "iat": now,
            "nonce": nonce,
            "email": told.email,
            "email_verified": told.verified,
            "name": told.name,
        } | told.claims
        key = OTHER_KEY if told.other_key else KEY
        claims = {name: value for name, value in claims.items() if value is not None}
        return str(jwt.encode({"alg": told.algorithm, "kid": "een"}, claims, key))


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        place = urlsplit(self.path)
        self.provider.asked.append(place.path)
        if place.path == "/authorize":
            self.send_response(302)
            query = {name: values[0] for name, values in parse_qs(place.query).items()}
            self.send_header("Location", self.provider.signs_in(query))
            self.end_headers()
        elif place.path == "/keys":
            self._answer({"keys": [KEY.as_dict(private=False), {"kty": "oct", "k": "AAAA"}]})
        elif place.path == "/.well-known/openid-configuration":
            self._answer(self.provider.configuration())
        else:
            self._answer({}, 404)

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        form = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
        answer = self.provider.token(form, self.headers["Authorization"] or "")
        self._answer(answer or {"error": "invalid_grant"}, 200 if answer else 400)

    def _answer(self, body: dict[str, Any], status: int = 200) -> None:
        content = json.dumps(body).encode()
        self.send_response(503 if self.provider.told.down else status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def provider(told: Told) -> Iterator[Provider]:
    """For the length of the block."""
    handler = type("Handler", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    made = Provider(server.server_port, told)
    handler.provider = made  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
