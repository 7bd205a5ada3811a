"""Handing text messages to Spryng, by its REST API v1.

Chosen because a message can be asked for by our own reference, which is needed after a crash. MessageBird's list of
messages has no such filter, CM.com tells the status by callback only: by what could be read of either.

Decides what an answer means. The key is the `reference`; Spryng does not refuse a reference it has seen, so a message
whose fate is not known is asked for (`ask`) before it is handed over again. A message is "not there" only where the
answer shows that the filter was obeyed: nothing at all was found. 422 about the recipient will never arrive. 502 and 504
come from in between, after the message was given, and are `UNSURE`. Every other answer waits.

Read in public sources: the base address, the bearer token, the fields of `POST /messages`, numbers without "+" (Spryng's
own clients for PHP, Node and Java; NotifyNL; Nextcloud); the filter `reference` (PHP, Node), written `filters[reference]`
(Node, Java; PHP sends it bare); `total` and `data` of a list and `GET /messages/{id}` (PHP, Node); `recipients` with number,
status and sent_at, and pending, sent, delivered and failed as status (the client of a customer, Trunkrs); a callback
with status, reasoncode and reference, where NotifyNL gives its id of 36 characters as reference.
Not verified: the form of a 422, 402 for no credit, `with[]=recipients` at a GET, other words for a status, how soon a
message is in the list, and anything against the live service. A newer API (v2, api.spryng.nl) has `requestName` as the
only field of ours to ask by; it is not used here.

`deadline_s` bounds one request with its whole answer.
Errors: none for what a network or a service does. Left out: several recipients, sending at a later moment, prices.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, quote

from tijdig.carriers.channel import Arrival, Asked, Handed, Known, Message, Outcome, Report
from tijdig.carriers.smtp import one_line
from tijdig.carriers.webhook import DEADLINE_S, LostError, Reply, exchange

BASE_URL = "https://rest.spryngsms.com/v1"

_ARRIVALS = {"delivered": Arrival.DELIVERED} | dict.fromkeys(
    ("failed", "undelivered", "not_delivered", "rejected", "expired", "canceled"), Arrival.BOUNCED
)
_UNDER_WAY = frozenset({"pending", "sent", "scheduled", "buffered", "queued"})
_IN_BETWEEN = (502, 504)
_LONGEST_ID = 100
_WAITS = {
    401: "Spryng weigert onze sleutel (401). Kijk de instelling na.",
    402: "Er is geen tegoed meer bij Spryng (402).",
    403: "Spryng staat dit onze sleutel niet toe (403). Kijk de instelling na.",
    429: "Spryng kan het even niet bijhouden (429).",
}
_HINT = re.compile(r"[\w-]{1,64}", re.ASCII)


@dataclass(frozen=True)
class Spryng:
    """`token` is the API key; `route` the route of the account; `base_url` Spryng's own unless a test says otherwise."""

    token: str = field(repr=False)
    base_url: str = BASE_URL
    timeout_s: float = 10
    route: str = "business"
    deadline_s: float = DEADLINE_S
    name = "spryng"

    def hand_over(self, message: Message) -> Handed:
        said = {
            "body": message.body,
            "encoding": "auto",
            "originator": message.sender,
            "recipients": [message.to.removeprefix("+")],
            "reference": message.key,
            "route": self.route,
        }
        try:
            reply = self._call("POST", "messages", body=json.dumps(said).encode())
        except LostError as lost:
            return lost.handed
        return _judged(reply)

    def ask(self, key: str, to: str) -> Asked:
        try:
            reply = self._call("GET", "messages", {"filters[reference]": key})
        except LostError:
            return Asked(Known.CANNOT_SAY)
        found = reply.document.get("data")
        if reply.status != 200 or not isinstance(found, list):
            return Asked(Known.CANNOT_SAY)
        for one in found:
            if isinstance(one, dict) and one.get("reference") == key:
                return Asked(Known.YES, one_line(str(one.get("id", "")), _LONGEST_ID))
        nothing = not found and reply.text("total") == "0"
        return Asked(Known.NO if nothing else Known.CANNOT_SAY)

    def arrival(self, provider_id: str) -> Report | None:
        where = f"messages/{quote(provider_id, safe='')}"
        try:
            reply = self._call("GET", where, {"with[]": "recipients"})
        except LostError:
            return None
        word = _status(reply.document)
        if reply.status != 200 or not word:
            return None
        arrival = _ARRIVALS.get(word, Arrival.UNDER_WAY)
        clear = arrival is not Arrival.UNDER_WAY or word in _UNDER_WAY
        detail = f"Spryng: {word}" if clear else f"Spryng noemt de stand {word}; die kennen we niet."
        at = _moment(reply.text("updated_at"))
        return Report(arrival, key=reply.text("reference"), provider_id=provider_id, detail=detail, at=at)

    def _call(
        self, method: str, path: str, params: Mapping[str, str] | None = None, body: bytes = b""
    ) -> Reply:
        headers = {"Authorization": f"Bearer {self.token}"}
        headers |= {"Content-Type": "application/json"} if body else {}
        url = f"{self.base_url.rstrip('/')}/{path}"
        return exchange(
            method,
            url,
            headers=headers,
            timeout_s=self.timeout_s,
            deadline_s=self.deadline_s,
            params=params,
            body=body,
        )


def _judged(reply: Reply) -> Handed:
    provider_id = reply.text("id", _LONGEST_ID)
    if reply.taken and provider_id:
        return Handed(Outcome.SENT, provider_id=provider_id)
    if reply.taken or reply.status in _IN_BETWEEN:
        return Handed(Outcome.UNSURE, detail=f"Spryng zegt niet of het bericht er is ({reply.status}).")
    said = one_line(json.dumps(reply.document, ensure_ascii=False), 200) if reply.document else ""
    if reply.status == 422 and "recipient" in said.lower():
        return Handed(Outcome.REFUSED, detail=f"Spryng neemt dit nummer niet aan (422). Antwoord: {said}")
    if reply.status == 422:
        return Handed(Outcome.LATER, detail=f"Spryng weigert het bericht (422). Antwoord: {said}")
    detail = _WAITS.get(reply.status, f"Spryng neemt nu niets aan ({reply.status}).")
    return Handed(Outcome.LATER, detail=detail)


def _status(message: Mapping[str, Any]) -> str:
    """The word for where the message stands: that of its recipient, else its own."""
    recipients = message.get("recipients")
    first = recipients[0] if isinstance(recipients, list) and recipients else None
    said = first.get("status") if isinstance(first, dict) else message.get("status")
    return one_line(said, 40).lower() if isinstance(said, str) else ""


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def read_hint(said: str) -> str | None:
    """The reference that a callback is about, else Spryng's own id; None where it names neither.

    `said` is the query of a GET or the body of a POST (a form, or JSON). A callback is a hint that anybody can send: what
    it says of the message is not read. `read_hint("STATUS=10&REFERENCE=abc")` is `abc`.
    """
    try:
        document = json.loads(said)
    except (ValueError, RecursionError):
        document = dict(parse_qsl(said.removeprefix("?"), max_num_fields=50) if said.count("&") < 50 else [])
    fields = (
        {str(name).lower(): value for name, value in document.items()} if isinstance(document, dict) else {}
    )
    for name in ("reference", "id"):
        value = fields.get(name)
        if isinstance(value, str) and _HINT.fullmatch(value):
            return value
    return None
