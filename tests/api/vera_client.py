"""A client of the standard as somebody else would write it: knows the standard's words and nothing of this program."""

from __future__ import annotations

import base64
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from decimal import Decimal
from typing import Any


class Vera:
    """Asks for a token with its credentials, and again when it is over."""

    def __init__(self, address: str, client_id: str, client_secret: str, scope: str = "") -> None:
        self._address, self._scope = address.rstrip("/"), scope
        self._basic = base64.b64encode(f"{client_id}:{client_secret}".encode()).decode()
        self._token = ""

    def _new_token(self) -> str:
        form = {"grant_type": "client_credentials"} | ({"scope": self._scope} if self._scope else {})
        asked = urllib.request.Request(
            f"{self._address}/oauth/token",
            urllib.parse.urlencode(form).encode(),
            {"Authorization": f"Basic {self._basic}"},
        )
        with urllib.request.urlopen(asked, timeout=30) as answer:
            told: str = json.load(answer)["access_token"]
            return told

    def call(self, method: str, path: str, message: Any = None, **headers: str) -> tuple[int, Any, Any]:
        """Status, what was told, headers."""
        self._token = self._token or self._new_token()
        body = None if message is None else json.dumps(message, default=float).encode()
        asked = urllib.request.Request(
            f"{self._address}{path}",
            body,
            {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"} | headers,
            method=method,
        )
        try:
            with urllib.request.urlopen(asked, timeout=30) as answer:
                return answer.status, json.loads(answer.read(), parse_float=Decimal), answer.headers
        except urllib.error.HTTPError as refused:
            return refused.code, json.loads(refused.read()), refused.headers

    def every(self, resource: str, a_page: int = 2, **asked: str) -> Iterator[dict[str, Any]]:
        """All of a list, page after page."""
        cursor = None
        while True:
            query = asked | ({"cursor": cursor} if cursor else {})
            status, told, headers = self.call(
                "GET",
                f"/{resource}?{urllib.parse.urlencode(query)}",
                **{"X-Parameters-AantalPerPagina": str(a_page)},
            )
            assert status == 200, told
            yield from told
            cursor = headers.get("X-Parameters-Cursor")
            if not cursor:
                return
