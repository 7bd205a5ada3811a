"""Messages for a service that speaks our own protocol, and checks every word of it."""

from __future__ import annotations

import hashlib
import hmac
import socket
import threading
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.carriers.http_service import DROP, SILENT, Answer, Asked, nobody, patience_s, service
from tests.carriers.raw_server import drips_http, raw_server, silent

from tijdig.carriers import channel
from tijdig.carriers.channel import Arrival, Carrier, Channel, Handed, Known, Message, Outcome, Report
from tijdig.carriers.webhook import LostError, Reply, Webhook, exchange

KEY = "0123456789abcdef0123456789abcdef"
SECRET = "heel-geheim-é"
NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
MESSAGE = Message(
    key=KEY,
    channel=Channel.SMS,
    to="+31612345678",
    sender="DeBrug",
    sender_name="Woonstichting De Brug",
    body="Beste mevrouw Núñez, er staat € 700 open.",
    language="nl",
)
UNSURE = Handed(Outcome.UNSURE, detail="De dienst gaf geen antwoord; misschien heeft hij het bericht.")


class Service:
    """The protocol as it is written down: what is not signed and not whole gets no answer to work with."""

    def __init__(self) -> None:
        self.taken: dict[str, str] = {}

    def __call__(self, asked: Asked) -> Answer:
        content = asked.body or asked.path.rpartition("/")[2].encode()
        seal = hmac.new(SECRET.encode(), b"1793611800." + content, hashlib.sha256).hexdigest()
        if asked.headers.get("tijdig-signature") != f"t=1793611800,v1={seal}":
            return Answer(401, {"detail": "signature"})
        if asked.method == "GET":
            return self.look(asked.path)
        said = asked.json
        if set(said) != {"key", "to", "sender", "body", "language"} or asked.path != "/sms":
            return Answer(400, {"detail": "shape"})
        if asked.headers.get("idempotency-key") != said["key"]:
            return Answer(400, {"detail": "idempotency"})
        if asked.headers.get("content-type") != "application/json":
            return Answer(415, {"detail": "type"})
        if said["key"] in self.taken:
            return Answer(409, {"id": self.taken[said["key"]]})
        self.taken[said["key"]] = "m-1"
        return Answer(202, {"id": "m-1"})

    def look(self, path: str) -> Answer:
        name = path.removeprefix("/sms/")
        if name in self.taken:
            return Answer(200, {"id": self.taken[name]})
        if name in self.taken.values():
            return Answer(200, {"state": "delivered", "detail": "op het toestel"})
        return Answer(404, {"detail": "unknown"})


def webhook(url: str, secret: str = SECRET, timeout_s: float = 10) -> Webhook:
    return Webhook(f"{url}/sms", secret, lambda: NOW, timeout_s)


def hand_over(answers: Any) -> Handed:
    with service(answers) as here:
        return webhook(here.url, timeout_s=patience_s(answers)).hand_over(MESSAGE)


def test_a_message_is_taken_once_and_known_afterwards() -> None:
    with service(Service()) as here:
        carrier: Carrier = webhook(here.url)
        assert carrier.ask(KEY, MESSAGE.to) == channel.Asked(Known.NO)
        assert carrier.hand_over(MESSAGE) == Handed(Outcome.SENT, provider_id="m-1")
        assert carrier.hand_over(MESSAGE) == Handed(Outcome.SENT, provider_id="m-1")
        assert carrier.ask(KEY, MESSAGE.to) == channel.Asked(Known.YES, "m-1")
        assert carrier.arrival("m-1") == Report(Arrival.DELIVERED, provider_id="m-1", detail="op het toestel")
        assert carrier.arrival("m-2") is None
    assert here.asked[1].json == {
        "key": KEY,
        "to": "+31612345678",
        "sender": "DeBrug",
        "body": "Beste mevrouw Núñez, er staat € 700 open.",
        "language": "nl",
    }


def test_a_wrong_secret_waits_and_is_not_printed() -> None:
    with service(Service()) as here:
        carrier = webhook(here.url, "anders")
        assert carrier.hand_over(MESSAGE) == Handed(
            Outcome.LATER, detail="De dienst neemt nu niets aan (401): signature"
        )
        assert carrier.ask(KEY, MESSAGE.to) == channel.Asked(Known.CANNOT_SAY)
    assert "anders" not in repr(carrier)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer(200, {"id": 17}), Handed(Outcome.SENT, provider_id="17")),
        (
            Answer(200, {}),
            Handed(Outcome.UNSURE, detail="De dienst antwoordt 200 zonder nummer van het bericht."),
        ),
        (
            Answer(200, b"<html>Log in</html>"),
            Handed(Outcome.UNSURE, detail="De dienst antwoordt 200 zonder nummer van het bericht."),
        ),
        (
            Answer(422, {"detail": "Dit nummer\nbestaat niet"}),
            Handed(Outcome.REFUSED, detail="De dienst weigert dit bericht (422): Dit nummer bestaat niet"),
        ),
        (
            Answer(400, {"detail": "Geen nummer"}),
            Handed(Outcome.REFUSED, detail="De dienst weigert dit bericht (400): Geen nummer"),
        ),
        (Answer(400, b"Bad request"), Handed(Outcome.LATER, detail="De dienst neemt nu niets aan (400).")),
        (Answer(409, {}), Handed(Outcome.LATER, detail="De dienst neemt nu niets aan (409).")),
        (Answer(404, {}), Handed(Outcome.LATER, detail="De dienst neemt nu niets aan (404).")),
        (
            Answer(503, {"detail": "Even niet"}),
            Handed(Outcome.LATER, detail="De dienst neemt nu niets aan (503): Even niet"),
        ),
        (DROP, UNSURE),
        (SILENT, UNSURE),
    ],
)
def test_what_an_answer_means(answer: Answer, expected: Handed) -> None:
    assert hand_over(answer) == expected


def test_it_is_not_sent_elsewhere() -> None:
    with service(Service()) as other:
        moved = Answer(307, {}, {"Location": f"{other.url}/sms"})
        assert hand_over(moved).outcome == Outcome.LATER
    assert other.asked == []


def test_nobody_listens() -> None:
    assert webhook(nobody()).hand_over(MESSAGE) == Handed(
        Outcome.LATER, detail="De dienst is niet bereikbaar."
    )


def test_a_name_that_is_none_waits() -> None:
    assert webhook("http://").hand_over(MESSAGE).outcome == Outcome.LATER


def test_a_line_that_is_no_secure_one_waits() -> None:
    """The service talks plain HTTP where the line should be closed: nothing of the message went."""
    with service(Service()) as here:
        carrier = webhook(here.url.replace("http:", "https:"), timeout_s=0.2)
        assert carrier.hand_over(MESSAGE).outcome == Outcome.LATER
    assert here.asked == []


def test_an_answer_that_breaks_off_leaves_it_unsure() -> None:
    """The line ends in the middle of a document that was promised to be longer."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        answer = b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"id": "m'

        def speak() -> None:
            line, _ = listening.accept()
            with line:
                line.recv(65_536)
                line.sendall(answer)

        thread = threading.Thread(target=speak)
        thread.start()
        handed = webhook(url).hand_over(MESSAGE)
        thread.join()
    assert handed == UNSURE


@pytest.mark.parametrize(
    ("answer", "known"),
    [
        (Answer(404, {}), Known.NO),
        (Answer(404, b"<html>Not found</html>"), Known.CANNOT_SAY),
        (Answer(404, b"[]"), Known.CANNOT_SAY),
        (Answer(200, {}), Known.CANNOT_SAY),
        (Answer(500, {}), Known.CANNOT_SAY),
        (Answer(302, {}, {"Location": "/elders"}), Known.CANNOT_SAY),
        (DROP, Known.CANNOT_SAY),
        (SILENT, Known.CANNOT_SAY),
    ],
)
def test_only_the_service_itself_can_say_that_a_message_is_not_there(answer: Answer, known: Known) -> None:
    with service(answer) as here:
        carrier = webhook(here.url, timeout_s=patience_s(answer))
        assert carrier.ask(KEY, MESSAGE.to) == channel.Asked(known)


@pytest.mark.parametrize(
    ("answer", "arrival"),
    [
        (Answer(200, {"state": "bounced"}), Arrival.BOUNCED),
        (Answer(200, {"state": "under_way"}), Arrival.UNDER_WAY),
        (Answer(200, {"state": "lost"}), None),
        (Answer(200, {}), None),
        (Answer(500, {"state": "bounced"}), None),
        (DROP, None),
    ],
)
def test_what_became_of_it(answer: Answer, arrival: Arrival | None) -> None:
    with service(answer) as here:
        found = webhook(here.url).arrival("m-1")
    assert (found and found.arrival) == arrival


def test_an_id_stays_one_step_of_the_address() -> None:
    with service(Answer(404, {})) as here:
        carrier = replace(webhook(here.url), url=f"{here.url}/sms/?huis=1")
        assert carrier.arrival("../a b?x=1") is None
    (asked,) = here.asked
    assert (asked.path, asked.query) == ("/sms/..%2Fa%20b%3Fx%3D1", {"huis": ["1"]})


def test_a_long_answer_is_not_read_to_its_end() -> None:
    with service(Answer(200, b'{"id": "m-1", "x": "' + b"x" * 1_000_000 + b'"}')) as here:
        assert exchange("GET", here.url, headers={}, timeout_s=10) == Reply(200)


def test_a_deep_answer_is_no_document() -> None:
    with service(Answer(200, b"[" * 200_000)) as here:
        assert exchange("GET", here.url, headers={}, timeout_s=10) == Reply(200)


@pytest.mark.parametrize("url", ["geen adres", "ftp://127.0.0.1/", "http://[::1/"])
def test_an_address_that_is_none_is_not_sent_to(url: str) -> None:
    with pytest.raises(LostError) as lost:
        exchange("POST", url, headers={}, timeout_s=0.2, body=b"{}")
    assert lost.value.sent is False


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"HTTP/1.1 422 No\r\nContent-Length: 90000\r\n\r\n", b" "),
        (b"HTTP/1.1 422 No\r\n\r\n{}", b" "),
        (b"HTTP/1.1 302 Found\r\nLocation: /elders\r\n\r\n", b" "),
    ],
    ids=["headers", "continue", "body", "open-body", "redirect"],
)
def test_a_service_that_drips_leaves_it_unsure(head: bytes, said: bytes) -> None:
    with raw_server(drips_http(head, said)) as port:
        carrier = replace(webhook(f"http://127.0.0.1:{port}"), deadline_s=0.3)
        assert carrier.hand_over(MESSAGE) == UNSURE
        assert carrier.ask(KEY, MESSAGE.to) == channel.Asked(Known.CANNOT_SAY)
        assert carrier.arrival("m-1") is None


def test_a_line_that_never_becomes_closed_waits() -> None:
    with raw_server(silent) as port:
        carrier = replace(webhook(f"https://127.0.0.1:{port}"), deadline_s=0.3)
        assert carrier.hand_over(MESSAGE) == Handed(Outcome.LATER, detail="De dienst is niet bereikbaar.")
