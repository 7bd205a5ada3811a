"""From a setting to a carrier, or to a sentence that says what is wrong without the secret in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.carriers.http_service import Answer, service
from tests.carriers.smtp_server import Orders, smtp_server
from tests.carriers.test_smtp import KEY, MESSAGE

from tijdig.carriers.channel import Outcome
from tijdig.carriers.mollie import Mollie
from tijdig.carriers.payment_link import LinkError
from tijdig.carriers.settings import SettingError, carrier_from, check, provider_from
from tijdig.carriers.smtp import Smtp
from tijdig.carriers.spryng import Spryng
from tijdig.carriers.webhook import Webhook


def now() -> datetime:
    return datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        (
            "smtp://tijdig:geheim@mx.debrug.example",
            Smtp("mx.debrug.example", 587, "tijdig", "geheim", "starttls", 30, "", now),
        ),
        (
            "smtps://a%40b.example:p%40s%2Fs%25%23@mx.debrug.example:4650/",
            Smtp("mx.debrug.example", 4650, "a@b.example", "p@s/s%#", "tls", 30, "", now),
        ),
        ("smtps://mx.debrug.example", Smtp("mx.debrug.example", 465, "", "", "tls", 30, "", now)),
        (
            " smtp+plain://mx.debrug.example?return_path=bounce+{key}@debrug.example&timeout_s=2.5\n",
            Smtp("mx.debrug.example", 25, "", "", "none", 2.5, "bounce+{key}@debrug.example", now),
        ),
        (
            "smtp+plain://tijdig:geheim@127.0.0.1:2525?return_path=bounce%2B%7Bkey%7D@debrug.example",
            Smtp("127.0.0.1", 2525, "tijdig", "geheim", "none", 30, "bounce+{key}@debrug.example", now),
        ),
        ("spryng:eyJ0.abc-_", Spryng("eyJ0.abc-_", "https://rest.spryngsms.com/v1", 10, "business")),
        (
            "spryng:abc?base_url=http://127.0.0.1:81/v1&timeout_s=1&route=17",
            Spryng("abc", "http://127.0.0.1:81/v1", 1, "17"),
        ),
        (
            "webhook:https://sms.debrug.example/in?huis=1#ge#heim",
            Webhook("https://sms.debrug.example/in?huis=1", "ge#heim", now, 10),
        ),
        ("webhook:http://localhost:81/#s", Webhook("http://localhost:81/", "s", now, 10)),
    ],
)
def test_a_setting_means_a_carrier(setting: str, expected: object) -> None:
    assert carrier_from(setting, now) == expected


def test_a_setting_means_a_payment_provider() -> None:
    provider = provider_from("mollie:live_abc", now)
    assert isinstance(provider, Mollie)
    assert (provider.name, provider.live) == ("mollie", True)
    assert provider_from("mollie:test_abc?methods=ideal,bancontact", now).live is False


STRANGE = (
    "De instelling van de mailserver is niet te lezen. Schrijf in naam en wachtwoord @ : / ? # en % als %40 %3A %2F "
    "%3F %23 %25."
)
MORE_MAIL = "Achter het vraagteken bij de mailserver mag alleen staan: timeout_s, return_path. Elk met = en een waarde."
FORMS = (
    "Deze instelling voor versturen begint niet met smtp://, smtps://, smtp+plain://, spryng: of webhook:."
)
NO_TOKEN = "De sleutel van Spryng ontbreekt, of er staat een spatie of vreemd teken in."
TIMEOUT = "timeout_s is een aantal seconden boven 0 en tot en met 120."


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ("", FORMS),
        ("GEHEIM", FORMS),
        ("ftp://u:GEHEIM@host", FORMS),
        ("SMTP://u:GEHEIM@host", FORMS),
        ("smtp://", STRANGE),
        ("smtp:u:GEHEIM@host", STRANGE),
        ("smtp://u:GEHEIM@", STRANGE),
        ("smtp://u:GEHEIM@host:poort", STRANGE),
        ("smtp://u:GEHEIM@host:99999", STRANGE),
        ("smtp://u:12#GEHEIM@host", STRANGE),
        ("smtp://u:12/GEHEIM@host", STRANGE),
        ("smtp://u:GEHEIM@[::1", STRANGE),
        ("smtp://u:12?GEHEIM@host", MORE_MAIL),
        ("smtp://u:GEHEIM@host?return_path=", MORE_MAIL),
        ("smtp://u:GEHEIM@host?wachtwoord=GEHEIM", MORE_MAIL),
        (
            "smtp://u:GEHEIM@host?return_path=geen%20adres",
            "return_path van de mailserver is geen e-mailadres, zoals bounce+{key}@voorbeeld.nl.",
        ),
        ("smtp://u:GEHEIM@host?timeout_s=nooit", TIMEOUT),
        ("smtp://u:GEHEIM@host?timeout_s=nan", TIMEOUT),
        ("smtp://u:GEHEIM@host?timeout_s=121", TIMEOUT),
        (
            "smtp://GEHEIM@host",
            "De instelling van de mailserver heeft een naam en een wachtwoord, of geen van beide.",
        ),
        (
            "smtp://:GEHEIM@host",
            "De instelling van de mailserver heeft een naam en een wachtwoord, of geen van beide.",
        ),
        (
            "smtp+plain://u:GEHEIM@host",
            "Een wachtwoord gaat niet over een open lijn: gebruik smtp:// of smtps://.",
        ),
        ("spryng:", NO_TOKEN),
        ("spryng:GE HEIM", NO_TOKEN),
        ("spryng:GEHEIM\r\nX: 1", NO_TOKEN),
        ("spryng:GEHEIM?base_url=http://elders.example", "base_url begint met https:// en noemt een server."),
        (
            "spryng:GEHEIM?GEHEIM=1",
            "Achter het vraagteken bij Spryng mag alleen staan: timeout_s, base_url, route. Elk met = en een waarde.",
        ),
        (
            "webhook:https://sms.debrug.example/GEHEIM",
            "De instelling webhook: mist het geheim. Schrijf webhook:https://adres#geheim.",
        ),
        (
            "webhook:http://sms.debrug.example#GEHEIM",
            "Het adres van de webhook begint met https:// en noemt een server.",
        ),
        ("webhook:https://#GEHEIM", "Het adres van de webhook begint met https:// en noemt een server."),
        ("webhook:https://[::1#GEHEIM", "Het adres van de webhook begint met https:// en noemt een server."),
        (
            "mollie:live_GEHEIM",
            "Mollie maakt betaallinks en verstuurt geen berichten: zet dit bij de betaallinks.",
        ),
    ],
)
def test_a_wrong_setting_says_what_is_wrong_without_the_secret(setting: str, sentence: str) -> None:
    with pytest.raises(SettingError) as error:
        carrier_from(setting, now)
    assert str(error.value) == sentence
    assert error.value.__cause__ is None


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ("", "Deze instelling voor betaallinks begint niet met mollie:."),
        ("spryng:GEHEIM", "Deze instelling voor betaallinks begint niet met mollie:."),
        ("mollie:GEHEIM", "De sleutel van Mollie moet met live_ of test_ beginnen."),
        ("mollie:", "De sleutel van Mollie ontbreekt, of er staat een spatie of vreemd teken in."),
        ("mollie:live_GEHEIM?base_url=ftp://x", "base_url begint met https:// en noemt een server."),
        ("mollie:live_GEHEIM?timeout_s=0", TIMEOUT),
    ],
)
def test_a_wrong_setting_of_links_says_what_is_wrong(setting: str, sentence: str) -> None:
    with pytest.raises(SettingError) as error:
        provider_from(setting, now)
    assert str(error.value) == sentence


def test_the_settings_that_cannot_be_read_are_told_without_the_secret() -> None:
    settings = {
        "SMS_12": "spryng:GE HEIM",
        "EMAIL": "smtps://u:p%40@mx.debrug.example",
        "EMAIL_3": "smtp://u:12#GEHEIM@host",
        "EMAIL_4": "smtp://mx.debrug.example?return_path=bounce@debrug.example.",
        "EMAIL_5": "",
        "EMAIL_BACK": "/var/mail/GEHEIM",
        "SMS": "mollie:live_GEHEIM",
        "LINKS": "mollie:GEHEIM",
        "LINKS_3": "mollie:test_abc",
    }
    assert check(settings) == [
        f"TIJDIG_EMAIL_3: {STRANGE}",
        "TIJDIG_EMAIL_4: return_path van de mailserver is geen e-mailadres, zoals bounce+{key}@voorbeeld.nl.",
        "TIJDIG_LINKS: De sleutel van Mollie moet met live_ of test_ beginnen.",
        "TIJDIG_SMS: Mollie maakt betaallinks en verstuurt geen berichten: zet dit bij de betaallinks.",
        f"TIJDIG_SMS_12: {NO_TOKEN}",
    ]
    assert check({"EMAIL_BACK": "/var/mail"}) == check({}) == []


STARTS = (
    "smtp://",
    "smtps://u:",
    "smtp+plain://",
    "spryng:",
    "webhook:https://",
    "mollie:live_",
    "mollie:",
    "",
)


@given(st.sampled_from(["EMAIL", "SMS_1", "LINKS"]), st.sampled_from(STARTS), st.text())
def test_any_setting_is_read_or_told(name: str, start: str, rest: str) -> None:
    found = check({name: start + rest})
    assert [one.startswith(f"TIJDIG_{name}: ") for one in found] in ([], [True])


@pytest.mark.parametrize(
    "setting", ["smtp://u:GEHEIM@host", "spryng:GEHEIM", "webhook:https://host.example#GEHEIM"]
)
def test_a_carrier_does_not_show_its_secret(setting: str) -> None:
    assert "GEHEIM" not in repr(carrier_from(setting, now))


def test_what_was_set_is_what_goes() -> None:
    with smtp_server(Orders()) as got:
        setting = f"smtp+plain://127.0.0.1:{got.port}?return_path=bounce+{{key}}@debrug.example&timeout_s=5"
        assert carrier_from(setting, now).hand_over(MESSAGE).outcome == Outcome.SENT
    assert got.sender == f"bounce+{KEY}@debrug.example"
    with service(Answer(401, {"status": 401, "detail": "No"})) as here:
        text = replace(MESSAGE, to="+31612345678", sender="DeBrug")
        assert (
            carrier_from(f"spryng:abc?base_url={here.url}/v1", now).hand_over(text).outcome == Outcome.LATER
        )
        provider = provider_from(f"mollie:test_abc?base_url={here.url}&methods=ideal,bancontact", now)
        with pytest.raises(LinkError):
            provider.create(
                amount_cents=100,
                description="Huur",
                key=KEY,
                expires_on=date(2026, 11, 30),
                return_url="",
                hint_url="",
            )
    assert [one.path for one in here.asked] == ["/v1/messages", "/v2/payment-links"]
    assert here.asked[1].json["allowedMethods"] == ["ideal", "bancontact"]
