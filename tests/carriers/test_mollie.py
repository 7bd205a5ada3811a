"""Payment links against a service that speaks Mollie's protocol strictly."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.carriers.http_service import DROP, SILENT, Answer, Asked, nobody, patience_s, service
from tests.carriers.raw_server import drips_http, raw_server

from tijdig.carriers.mollie import Mollie
from tijdig.carriers.payment_link import Link, LinkError, LinkState, LinkStatus, Provider

KEY = "0123456789abcdef0123456789abcdef"
SECRET = "test_dHar4XY7LxsDOtmnkVtjNVWXLSlXsM"
NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
ID = "pl_4Y0eZitmBnQ6IDoMqZQKh"
WISH: dict[str, Any] = {
    "amount_cents": 123_405,
    "description": "Huur oktober 2026",
    "key": KEY,
    "expires_on": date(2026, 11, 30),
    "return_url": "https://debrug.example/betaald",
    "hint_url": "https://debrug.example/hint/abc",
}


class Service:
    """Mollie as its documentation says: one link per key, payments below a link, errors as documents."""

    def __init__(self, payments: list[dict[str, Any]] | None = None, **changes: Any) -> None:
        self.payments = payments or []
        self.made: dict[str, dict[str, Any]] = {}
        self.link = {
            "resource": "payment-link",
            "id": ID,
            "mode": "test",
            "amount": {"currency": "EUR", "value": "1234.05"},
            "archived": False,
            "reusable": False,
            "paidAt": None,
            "expiresAt": "2026-11-30T22:59:59+00:00",
            "_links": {
                "paymentLink": {
                    "href": "https://paymentlink.mollie.example/payment/4Y0e",
                    "type": "text/html",
                }
            },
        } | changes

    def __call__(self, asked: Asked) -> Answer:
        if asked.headers.get("authorization") != f"Bearer {SECRET}":
            return wrong(401, "Missing authentication, or failed to authenticate")
        if (asked.method, asked.path) == ("POST", "/v2/payment-links"):
            return self.create(asked)
        if (asked.method, asked.path) == ("GET", f"/v2/payment-links/{ID}"):
            return Answer(200, self.link)
        if (asked.method, asked.path) == ("GET", f"/v2/payment-links/{ID}/payments"):
            return self.page(asked)
        return wrong(404, "No payment link exists with this id")

    def create(self, asked: Asked) -> Answer:
        key = asked.headers.get("idempotency-key", "")
        if not key:
            return wrong(400, "this test wants an idempotency key")
        if key in self.made:
            return Answer(201, self.made[key], {"Idempotent-Replayed": "true"})
        wish = asked.json
        known = {
            "amount",
            "description",
            "expiresAt",
            "redirectUrl",
            "webhookUrl",
            "reusable",
            "allowedMethods",
        }
        if set(wish) - known or not re.fullmatch(r"\d+\.\d\d", wish["amount"]["value"]):
            return wrong(422, "The request is not as documented")
        if datetime.fromisoformat(wish["expiresAt"]).tzinfo is None:
            return wrong(422, "The expiry date has no zone")
        self.made[key] = self.link | wish
        return Answer(201, self.made[key])

    def page(self, asked: Asked) -> Answer:
        """Two payments a page, so that a client that reads the first page alone is found out."""
        start = int(asked.query.get("from", ["0"])[0])
        more = f"https://api/v2/payment-links/{ID}/payments?from={start + 2}"
        more = more.replace("https://api", f"http://{asked.headers['host']}")
        following = {"href": more, "type": "application/hal+json"} if start + 2 < len(self.payments) else None
        part = self.payments[start : start + 2]
        return Answer(
            200, {"count": len(part), "_embedded": {"payments": part}, "_links": {"next": following}}
        )


def wrong(status: int, detail: str) -> Answer:
    return Answer(status, {"status": status, "title": "Wrong", "detail": detail, "_links": {}})


def mollie(url: str, key: str = SECRET, timeout_s: float = 10) -> Mollie:
    return Mollie(key, lambda: NOW, endpoint=url, timeout_s=timeout_s)


def payment(value: str = "1234.05", status: str = "paid", **more: Any) -> dict[str, Any]:
    amount = {"currency": "EUR", "value": value}
    return {"id": "tr_1", "status": status, "amount": amount, "paidAt": "2026-11-02T23:30:00+00:00"} | more


def status_of(*payments: dict[str, Any], **changes: Any) -> LinkStatus:
    with service(Service(list(payments), **changes)) as here:
        return mollie(here.url).status(ID)


def test_a_link_is_made_as_it_was_asked() -> None:
    with service(Service()) as here:
        provider: Provider = mollie(here.url)
        made = provider.create(**WISH)
    assert made == Link(ID, "https://paymentlink.mollie.example/payment/4Y0e")
    (asked,) = here.asked
    assert asked.headers["idempotency-key"] == KEY
    assert asked.json == {
        "amount": {"currency": "EUR", "value": "1234.05"},
        "description": "Huur oktober 2026",
        "expiresAt": "2026-11-30T23:59:59+01:00",
        "redirectUrl": "https://debrug.example/betaald",
        "webhookUrl": "https://debrug.example/hint/abc",
        "reusable": False,
        "allowedMethods": ["ideal"],
    }


def test_the_name_of_this_machine_is_not_told() -> None:
    with service(Service()) as here:
        mollie(here.url).create(**WISH)
    assert here.asked[0].headers["x-mollie-client-info"] == ""


@pytest.mark.parametrize(
    ("cents", "value"),
    [(1, "0.01"), (10, "0.10"), (100, "1.00"), (123_456, "1234.56"), (99_999_999_999, "999999999.99")],
)
def test_an_amount_is_exact(cents: int, value: str) -> None:
    with service(Service()) as here:
        mollie(here.url).create(**WISH | {"amount_cents": cents})
    assert here.asked[0].json["amount"] == {"currency": "EUR", "value": value}


def test_the_last_day_of_summer_time_ends_in_winter_time() -> None:
    with service(Service()) as here:
        mollie(here.url).create(**WISH | {"expires_on": date(2026, 10, 24)})
        mollie(here.url).create(**WISH | {"expires_on": date(2026, 10, 25), "key": KEY[::-1]})
    ends = [asked.json["expiresAt"] for asked in here.asked]
    assert ends == ["2026-10-24T23:59:59+02:00", "2026-10-25T23:59:59+01:00"]


def test_addresses_that_are_not_known_are_left_out() -> None:
    with service(Service()) as here:
        mollie(here.url).create(**WISH | {"return_url": "", "hint_url": ""})
    assert {"redirectUrl", "webhookUrl"} & set(here.asked[0].json) == set()


def test_the_same_key_gives_the_same_link() -> None:
    answers = Service()
    with service(answers) as here:
        assert mollie(here.url).create(**WISH) == mollie(here.url).create(**WISH)
    assert len(answers.made) == 1


def test_a_link_that_nobody_used_is_open() -> None:
    assert status_of() == LinkStatus(LinkState.OPEN)
    assert status_of(
        payment(status="open"), payment(status="failed"), payment(status="canceled")
    ) == LinkStatus(LinkState.OPEN)


def test_a_paid_link_has_its_day_in_amsterdam() -> None:
    """Half past eleven at night in UTC is the next day here."""
    assert status_of(payment(status="expired"), payment(status="failed"), payment()) == LinkStatus(
        LinkState.PAID, 123_405, date(2026, 11, 3)
    )


@pytest.mark.parametrize(
    ("paid", "expected"),
    [
        (payment(amountChargedBack={"currency": "EUR", "value": "1234.05"}), LinkStatus(LinkState.FAILED)),
        (payment(amountRefunded={"currency": "EUR", "value": "1234.05"}), LinkStatus(LinkState.FAILED)),
        (
            payment(amountRefunded={"currency": "EUR", "value": "0.05"}),
            LinkStatus(LinkState.FAILED, 123_400, date(2026, 11, 3)),
        ),
        (payment("1234.04"), LinkStatus(LinkState.FAILED, 123_404, date(2026, 11, 3))),
        (
            payment(amountRefunded={"currency": "EUR", "value": "0.00"}, amountChargedBack=None),
            LinkStatus(LinkState.PAID, 123_405, date(2026, 11, 3)),
        ),
    ],
)
def test_what_was_taken_back_or_paid_in_part_does_not_count_as_paid(
    paid: dict[str, Any], expected: LinkStatus
) -> None:
    """Mollie's own mark that the link was paid stays."""
    assert status_of(paid, paidAt="2026-11-02T23:30:00+00:00") == expected


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"expiresAt": "2026-11-02T09:30:00+00:00"}, LinkState.EXPIRED),
        ({"expiresAt": "2026-11-02T09:30:01+00:00"}, LinkState.OPEN),
        ({"expiresAt": None}, LinkState.OPEN),
        ({"archived": True}, LinkState.EXPIRED),
    ],
)
def test_a_link_that_is_over(changes: dict[str, Any], state: LinkState) -> None:
    assert status_of(**changes) == LinkStatus(state)


def test_a_link_that_was_paid_and_is_over_is_paid() -> None:
    assert status_of(payment(), archived=True).state == LinkState.PAID


def problem(answers: Answer | Service, key: str = SECRET, provider_id: str = ID) -> tuple[str, bool]:
    with service(answers) as here, pytest.raises(LinkError) as error:
        mollie(here.url, key, patience_s(answers)).status(provider_id)
    assert key not in str(error.value)
    return error.value.detail, error.value.again


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (wrong(403, "No"), ("Mollie weigert onze sleutel (403). Kijk de instelling na.", True)),
        (wrong(429, "Slow"), ("Mollie kan nu niet antwoorden (429).", True)),
        (wrong(503, "Down"), ("Mollie kan nu niet antwoorden (503).", True)),
        (wrong(422, "Bad\nid"), ("Mollie maakt of vindt deze betaallink niet (422): Bad id", False)),
        (Answer(502, b"<html>Bad gateway</html>"), ("Mollie gaf een antwoord dat niet te lezen is.", True)),
        (Answer(200, b"[]"), ("Mollie gaf een antwoord dat niet te lezen is.", True)),
        (Answer(200, {"id": ID}), ("Mollie gaf een antwoord dat niet te lezen is.", True)),
        (DROP, ("Mollie is nu niet bereikbaar.", True)),
        (SILENT, ("Mollie is nu niet bereikbaar.", True)),
    ],
)
def test_what_goes_wrong_says_whether_trying_again_helps(answer: Answer, expected: tuple[str, bool]) -> None:
    assert problem(answer) == expected


def test_a_wrong_key_is_a_setting() -> None:
    assert problem(Service(), key="live_fout") == (
        "Mollie weigert onze sleutel (401). Kijk de instelling na.",
        True,
    )


def test_a_link_that_is_not_there() -> None:
    assert problem(Service(), provider_id="pl_weg") == (
        "Mollie maakt of vindt deze betaallink niet (404): No payment link exists with this id",
        False,
    )
    assert problem(Service(), provider_id="tr_1") == ("Dit is geen betaallink van Mollie.", False)


def test_another_currency_is_not_read() -> None:
    with pytest.raises(LinkError, match="niet te lezen"):
        status_of(amount={"currency": "USD", "value": "1234.05"})


def test_nobody_listens() -> None:
    with pytest.raises(LinkError) as error:
        mollie(nobody()).create(**WISH)
    assert error.value.again


@pytest.mark.parametrize("cents", [0, -1])
def test_a_link_over_nothing_is_not_asked(cents: int) -> None:
    with service(Service()) as here, pytest.raises(LinkError):
        mollie(here.url).create(**WISH | {"amount_cents": cents})
    assert here.asked == []


def test_the_key_says_whether_real_money_moves() -> None:
    assert [Mollie(key, lambda: NOW).live for key in ("live_abc", "test_abc")] == [True, False]


def test_a_key_that_is_none_is_refused_without_printing_it() -> None:
    with pytest.raises(LinkError) as error:
        Mollie("geheim123", lambda: NOW)
    assert "geheim" not in str(error.value)
    assert error.value.__suppress_context__


@pytest.mark.parametrize(
    ("head", "said"),
    [(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), (b"HTTP/1.1 200 OK\r\n\r\n", b" ")],
    ids=["continue", "body"],
)
def test_a_service_that_drips_may_be_asked_again(head: bytes, said: bytes) -> None:
    with raw_server(drips_http(head, said)) as port:
        provider = Mollie(SECRET, lambda: NOW, endpoint=f"http://127.0.0.1:{port}", deadline_s=0.3)
        with pytest.raises(LinkError) as error:
            provider.create(**WISH)
    assert error.value.again
