"""An answer by text message: believed only when whoever delivers it proves who he is, and read only when it says enough."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tijdig.carriers.sms_reply import SmsReply, is_from, read_sms_reply
from tijdig.carriers.webhook import Webhook

SECRET = "0123456789abcdef01234567"
NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
BODY = b'{"id": "m1", "from": "+31612345678", "body": "Ja"}'


def sign(content: bytes = BODY, secret: str = SECRET, at: datetime = NOW) -> str:
    seconds = int(at.timestamp())
    seal = hmac.new(secret.encode(), f"{seconds}.".encode() + content, hashlib.sha256).hexdigest()
    return f"t={seconds},v1={seal}"


def proven(signature: str = "", authorization: str = "", content: bytes = BODY) -> bool:
    return is_from(SECRET, content, signature=signature, authorization=authorization, now=NOW)


def test_what_we_sign_ourselves_is_proof() -> None:
    header = Webhook("https://x.example", SECRET, lambda: NOW)._signed(BODY)["Tijdig-Signature"]
    assert header == sign()
    assert proven(header)


@pytest.mark.parametrize(
    "signature",
    [
        "",
        sign(secret="iets anders"),
        sign(b"{}"),
        sign(at=NOW - timedelta(seconds=301)),
        sign(at=NOW + timedelta(seconds=301)),
        sign().upper(),
        sign().replace("v1", "v2"),
        "t=١٢٣,v1=" + "0" * 64,
        "t=1,v1=é",
    ],
)
def test_what_was_not_signed_now_over_this_with_the_secret_is_none(signature: str) -> None:
    assert not proven(signature)


def test_a_signature_holds_for_five_minutes() -> None:
    assert proven(sign(at=NOW - timedelta(seconds=300)))


@pytest.mark.parametrize(
    ("said", "right"),
    [
        (f"tijdig:{SECRET}", True),
        (f":{SECRET}", True),
        (f"{SECRET}:", False),
        (f"tijdig:{SECRET}x", False),
        ("tijdig:", False),
        (SECRET, False),
    ],
)
def test_a_password_is_proof_too(said: str, right: bool) -> None:
    packed = base64.b64encode(said.encode()).decode()
    assert proven(authorization=f"Basic {packed}") is right
    assert not proven(authorization=f"Bearer {packed}")
    assert not proven(authorization="Basic !!!é")


@pytest.mark.parametrize(
    "fields",
    [
        {"id": "m1", "from": "+31612345678", "body": "Ja"},
        {"ID": "m1", "ORIGINATOR": 31612345678, "MESSAGE": " Ja \n"},
        {"id": "m1", "sender": "+31612345678", "text": "Ja", "at": "geen moment", "about": None},
    ],
)
def test_it_is_read_under_the_names_that_providers_use(fields: dict[str, object]) -> None:
    found = read_sms_reply(json.dumps(fields).encode(), as_json=True)
    assert found is not None
    assert (found.id, found.sender.lstrip("+"), found.text, found.about) == ("m1", "31612345678", "Ja", "")


def test_a_form_says_the_same() -> None:
    said = b"id=m1&from=%2B31612345678&body=Ja+hoor%20%E2%82%AC&about=gw-7&at=2026-11-02T10:00:00%2B01:00"
    moment = datetime.fromisoformat("2026-11-02T10:00:00+01:00")
    assert read_sms_reply(said, as_json=False) == SmsReply("m1", "+31612345678", "Ja hoor €", "gw-7", moment)


@pytest.mark.parametrize(
    "fields",
    [
        {"from": "+31612345678", "body": "Ja"},
        {"id": "m1", "body": "Ja"},
        {"id": "m1", "from": "+31612345678", "body": "  "},
        {"id": "x" * 101, "from": "+31612345678", "body": "Ja"},
        {"id": True, "from": "+31612345678", "body": "Ja"},
        {"id": {"a": 1}, "from": ["+31612345678"], "body": "Ja"},
    ],
)
def test_without_its_name_its_sender_or_its_words_it_is_none(fields: dict[str, object]) -> None:
    assert read_sms_reply(json.dumps(fields).encode(), as_json=True) is None


@given(st.binary(max_size=120), st.booleans())
def test_no_bytes_make_it_stumble(content: bytes, as_json: bool) -> None:
    read_sms_reply(content, as_json=as_json)


def test_a_document_as_deep_as_it_likes_is_none() -> None:
    assert read_sms_reply(b"[" * 20_000, as_json=True) is None
    assert read_sms_reply(b"a=1&" * 60, as_json=False) is None
