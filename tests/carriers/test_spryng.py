"""Text messages against a service that speaks Spryng's protocol strictly."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.carriers.http_service import DROP, SILENT, Answer, Asked, nobody, patience_s, service
from tests.carriers.raw_server import drips_http, raw_server, silent

from tijdig.carriers import channel
from tijdig.carriers.channel import Arrival, Carrier, Channel, Handed, Known, Message, Outcome, Report
from tijdig.carriers.spryng import Spryng, read_hint

KEY = "0123456789abcdef0123456789abcdef"
TOKEN = "eyJ0eXAi.heel.geheim"
ID = "9dbc5ffb-7524-4fae-9514-51decd94a44f"
MESSAGE = Message(
    key=KEY,
    channel=Channel.SMS,
    to="+31612345678",
    sender="DeBrug",
    sender_name="Woonstichting De Brug",
    body="Beste mevrouw Núñez, er staat € 700 open.",
)


class Service:
    """Spryng as its own clients use it: bearer token, six fields, numbers without a plus, filters in brackets."""

    def __init__(self, status: str = "delivered", obeys: bool = True) -> None:
        self.status, self.obeys = status, obeys
        self.taken: list[dict[str, Any]] = []

    def __call__(self, asked: Asked) -> Answer:
        if asked.headers.get("authorization") != f"Bearer {TOKEN}":
            return Answer(401, {"message": "Unauthenticated."})
        if asked.headers.get("accept") != "application/json":
            return Answer(406, {"message": "Accept"})
        match asked.method, asked.path:
            case "POST", "/v1/messages":
                return self.take(asked)
            case "GET", "/v1/messages":
                return self.listed(asked.query)
            case "GET", path if path.startswith("/v1/messages/"):
                return self.show(path.rpartition("/")[2], asked.query)
        return Answer(404, {"message": "Not found"})

    def take(self, asked: Asked) -> Answer:
        said = asked.json
        fields = {"body", "encoding", "originator", "recipients", "reference", "route"}
        if asked.headers.get("content-type") != "application/json" or set(said) != fields:
            return Answer(422, {"message": "The given data was invalid.", "errors": {"shape": ["wrong"]}})
        if not all(one.isdigit() for one in said["recipients"]) or len(said["recipients"]) != 1:
            return Answer(422, {"message": "Invalid", "errors": {"recipients.0": ["Not a number."]}})
        if said["encoding"] not in ("auto", "plain", "unicode") or len(said["originator"]) > 11:
            return Answer(422, {"message": "Invalid", "errors": {"originator": ["Too long."]}})
        number = {"number": said["recipients"][0], "status": self.status, "sent_at": None}
        message = said | {"id": ID, "recipients": [number], "updated_at": "2026-11-02T10:30:00+01:00"}
        self.taken.append(message)
        return Answer(200, {name: value for name, value in message.items() if name != "recipients"})

    def listed(self, query: dict[str, list[str]]) -> Answer:
        wanted = query.get("filters[reference]") if self.obeys else None
        found = [one for one in self.taken if wanted in (None, [one["reference"]])]
        return Answer(200, {"total": len(found), "per_page": 15, "current_page": 1, "data": found})

    def show(self, name: str, query: dict[str, list[str]]) -> Answer:
        for one in self.taken:
            if one["id"] == name:
                shown = one if query.get("with[]") == ["recipients"] else one | {"recipients": None}
                return Answer(200, shown)
        return Answer(404, {"message": "Message not found"})


def spryng(url: str, token: str = TOKEN, timeout_s: float = 10) -> Spryng:
    return Spryng(token, f"{url}/v1", timeout_s)


def hand_over(answers: Any, message: Message = MESSAGE) -> Handed:
    with service(answers) as here:
        return spryng(here.url, timeout_s=patience_s(answers)).hand_over(message)


def ask(answers: Any) -> channel.Asked:
    with service(answers) as here:
        return spryng(here.url, timeout_s=patience_s(answers)).ask(KEY, MESSAGE.to)


def test_a_message_is_taken_and_known_afterwards() -> None:
    with service(Service()) as here:
        carrier: Carrier = spryng(here.url)
        assert carrier.ask(KEY, MESSAGE.to) == channel.Asked(Known.NO)
        assert carrier.hand_over(MESSAGE) == Handed(Outcome.SENT, provider_id=ID)
        assert carrier.ask(KEY, MESSAGE.to) == channel.Asked(Known.YES, ID)
        assert carrier.ask(KEY[::-1], MESSAGE.to) == channel.Asked(Known.NO)
        assert carrier.arrival(ID) == Report(
            Arrival.DELIVERED,
            key=KEY,
            provider_id=ID,
            detail="Spryng: delivered",
            at=datetime(2026, 11, 2, 9, 30, tzinfo=UTC),
        )
    assert here.asked[1].json == {
        "body": "Beste mevrouw Núñez, er staat € 700 open.",
        "encoding": "auto",
        "originator": "DeBrug",
        "recipients": ["31612345678"],
        "reference": KEY,
        "route": "business",
    }


def test_a_filter_that_is_not_obeyed_proves_nothing() -> None:
    answers = Service(obeys=False)
    answers.taken = [{"id": "1", "reference": "iets anders"}]
    assert ask(answers) == channel.Asked(Known.CANNOT_SAY)
    answers.taken.append({"id": ID, "reference": KEY})
    assert ask(answers) == channel.Asked(Known.YES, ID)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(200, {"data": []}),
        Answer(200, {"data": [], "total": 3}),
        Answer(200, {"total": 0}),
        Answer(200, {"data": [], "total": False}),
        Answer(200, b"<html></html>"),
        Answer(404, {"data": [], "total": 0}),
        Answer(401, {"message": "Unauthenticated."}),
        Answer(500, {}),
        DROP,
        SILENT,
    ],
)
def test_an_answer_that_does_not_prove_that_it_is_not_there(answer: Answer) -> None:
    assert ask(answer) == channel.Asked(Known.CANNOT_SAY)


def test_a_number_that_is_none_is_refused() -> None:
    message = Message(**{name: getattr(MESSAGE, name) for name in MESSAGE.__slots__} | {"to": "geen"})
    handed = hand_over(Service(), message)
    assert handed.outcome == Outcome.REFUSED
    assert handed.detail.startswith("Spryng neemt dit nummer niet aan (422). Antwoord: ")


def test_a_sender_that_is_too_long_is_a_setting_and_waits() -> None:
    message = Message(
        **{name: getattr(MESSAGE, name) for name in MESSAGE.__slots__} | {"sender": "Woonstichting"}
    )
    handed = hand_over(Service(), message)
    assert handed.outcome == Outcome.LATER
    assert handed.detail.startswith("Spryng weigert het bericht (422). Antwoord: ")


def test_a_wrong_token_waits_and_is_not_printed() -> None:
    with service(Service()) as here:
        carrier = spryng(here.url, "ander.geheim")
        assert carrier.hand_over(MESSAGE) == Handed(
            Outcome.LATER, detail="Spryng weigert onze sleutel (401). Kijk de instelling na."
        )
        assert carrier.arrival(ID) is None
    assert "geheim" not in repr(carrier)


@pytest.mark.parametrize(
    ("answer", "outcome", "detail"),
    [
        (Answer(402, {}), Outcome.LATER, "Er is geen tegoed meer bij Spryng (402)."),
        (Answer(429, {}), Outcome.LATER, "Spryng kan het even niet bijhouden (429)."),
        (Answer(500, b"oeps"), Outcome.LATER, "Spryng neemt nu niets aan (500)."),
        (Answer(503, {}), Outcome.LATER, "Spryng neemt nu niets aan (503)."),
        (
            Answer(301, {}, {"Location": "http://127.0.0.1:1/"}),
            Outcome.LATER,
            "Spryng neemt nu niets aan (301).",
        ),
        (Answer(504, {}), Outcome.UNSURE, "Spryng zegt niet of het bericht er is (504)."),
        (Answer(502, b"bad"), Outcome.UNSURE, "Spryng zegt niet of het bericht er is (502)."),
        (Answer(200, {}), Outcome.UNSURE, "Spryng zegt niet of het bericht er is (200)."),
        (DROP, Outcome.UNSURE, "De dienst gaf geen antwoord; misschien heeft hij het bericht."),
        (SILENT, Outcome.UNSURE, "De dienst gaf geen antwoord; misschien heeft hij het bericht."),
    ],
)
def test_what_an_answer_means(answer: Answer, outcome: Outcome, detail: str) -> None:
    assert hand_over(answer) == Handed(outcome, detail=detail)


def test_nobody_listens() -> None:
    assert spryng(nobody()).hand_over(MESSAGE) == Handed(
        Outcome.LATER, detail="De dienst is niet bereikbaar."
    )


@pytest.mark.parametrize(
    ("word", "arrival", "detail"),
    [
        ("delivered", Arrival.DELIVERED, "Spryng: delivered"),
        ("failed", Arrival.BOUNCED, "Spryng: failed"),
        ("Sent", Arrival.UNDER_WAY, "Spryng: sent"),
        ("pending", Arrival.UNDER_WAY, "Spryng: pending"),
        ("nieuw\nwoord", Arrival.UNDER_WAY, "Spryng noemt de stand nieuw woord; die kennen we niet."),
    ],
)
def test_what_became_of_it(word: str, arrival: Arrival, detail: str) -> None:
    with service(Service(word)) as here:
        carrier = spryng(here.url)
        carrier.hand_over(MESSAGE)
        found = carrier.arrival(ID)
    assert found is not None
    assert (found.arrival, found.detail) == (arrival, detail)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"status": "scheduled"}, Arrival.UNDER_WAY),
        ({"recipients": ["31612345678"], "status": "delivered"}, Arrival.DELIVERED),
        ({"recipients": []}, None),
        ({}, None),
    ],
)
def test_a_message_without_its_recipients(document: dict[str, Any], expected: Arrival | None) -> None:
    with service(Answer(200, document)) as here:
        found = spryng(here.url).arrival(ID)
    assert (found and found.arrival) == expected
    assert found is None or found.at is None


def test_a_message_that_is_not_there_has_no_arrival() -> None:
    with service(Service()) as here:
        assert spryng(here.url).arrival("../messages") is None
    assert here.asked[0].path == "/v1/messages/..%2Fmessages"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (f"STATUS=10&REASONCODE=0&REFERENCE={KEY}", KEY),
        (f"?REFERENCE={KEY}&ID={ID}", KEY),
        (f"ID={ID}&STATUS=20", ID),
        (f'{{"id": "{ID}", "status": "delivered"}}', ID),
        (f'{{"reference": "{KEY}"}}', KEY),
        ("STATUS=10", None),
        ("", None),
        ("REFERENCE=", None),
        ("REFERENCE=../../x", None),
        ("REFERENCE=" + "a" * 65, None),
        ('{"reference": {"a": 1}}', None),
        ("[1, 2]", None),
        ("[" * 100_000, None),
        ("&".join(["a=1"] * 1000), None),
    ],
)
def test_a_callback_says_only_which_message_it_is_about(said: str, expected: str | None) -> None:
    assert read_hint(said) == expected


def test_a_service_that_drips_leaves_it_unsure() -> None:
    with raw_server(drips_http(b"", b"HTTP/1.1 100 Continue\r\n\r\n")) as port:
        carrier = Spryng(TOKEN, f"http://127.0.0.1:{port}/v1", deadline_s=0.3)
        assert carrier.hand_over(MESSAGE).outcome == Outcome.UNSURE
        assert carrier.ask(KEY, MESSAGE.to) == channel.Asked(Known.CANNOT_SAY)


def test_a_line_that_never_becomes_closed_waits() -> None:
    with raw_server(silent) as port:
        carrier = Spryng(TOKEN, f"https://127.0.0.1:{port}/v1", deadline_s=0.3)
        assert carrier.hand_over(MESSAGE).outcome == Outcome.LATER
