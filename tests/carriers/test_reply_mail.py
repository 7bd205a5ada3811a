"""What is read out of an e-mail of a tenant, also when it is odd, broken or meant to do harm."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.hangs import no_square

from tijdig.carriers.mail_words import text_of, words
from tijdig.carriers.reply_mail import MOST_SIGNS, MailReply, read_reply

GOLDEN = Path(__file__).parents[1] / "golden" / "replies"
MAILS = sorted(GOLDEN.glob("*.eml"))


def told(reply: MailReply) -> dict[str, object]:
    """What was read, without what is empty."""
    found = {
        name: getattr(reply, name) for name in reply.__slots__ if name != "digest" and getattr(reply, name)
    }
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in found.items()}
    if reply.sent_at:
        plain["sent_at"] = reply.sent_at.isoformat()
    if reply.attached:
        plain["attached"] = [[one.name, one.size_bytes] for one in reply.attached]
    return plain


@pytest.mark.parametrize("mail", MAILS, ids=lambda path: path.stem)
def test_a_mail_says_what_it_says(mail: Path) -> None:
    found = told(read_reply(mail.read_bytes()))
    if mail.stem == "binary":
        found = {"text_signs": len(str(found["text"]))}
    assert found == json.loads(Path(f"{mail}.json").read_text(encoding="utf-8"))


def test_every_mail_has_a_name_of_its_own_that_does_not_depend_on_the_way_it_came() -> None:
    raws = [mail.read_bytes() for mail in MAILS]
    digests = [read_reply(raw).digest for raw in raws]
    assert len(set(digests)) == len(raws)
    raw = (GOLDEN / "gmail.eml").read_bytes()
    again = b"Received: from elders\r\n" + raw.replace(b"Delivered-To: antwoord@", b"Delivered-To: huur@")
    assert read_reply(again).digest == read_reply(raw).digest
    # Somebody's program gives two mails the same Message-ID: they are two.
    other = raw.replace(b"Goedemiddag", b"Goedenavond")
    assert read_reply(other).digest != read_reply(raw).digest


def test_long_texts_are_cut_off_and_that_is_told() -> None:
    head = b"From: a@b.example\r\nMessage-ID: <1@b>\r\n\r\n"
    long, short = read_reply(head + b"a" * (MOST_SIGNS + 1)), read_reply(head + b"a" * MOST_SIGNS)
    assert (len(long.text), long.shortened, short.shortened) == (MOST_SIGNS, True, False)
    quoted = read_reply(head + b"Ja\r\n" + b"> aaaaaaaa\r\n" * 3_000)
    assert (quoted.text, len(quoted.quoted), quoted.shortened) == ("Ja", MOST_SIGNS, True)


def test_of_a_mail_that_is_not_there_whole_that_is_told() -> None:
    raw = (GOLDEN / "photos.eml").read_bytes()[:1_500]
    reply = read_reply(raw, whole=False)
    assert (reply.text, reply.trouble) == ("Hier is het bewijs:", "large")


def test_nested_mails_end() -> None:
    deep = b"From: a@b.example\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 5_000
    assert read_reply(deep).trouble == "unreadable"
    parts = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (at, at) for at in range(5_000)
    )
    assert read_reply(b"From: a@b.example\r\n" + parts).sender == "a@b.example"


@pytest.mark.parametrize(
    "unit",
    [b"=?utf-8?q?", b"<a", b"(", b"References: <a@b>\r\n", b"To: a+0123456789abcdef0123456789abcdef@b,\r\n ", b",\r\n ",
     b"From: \"", b"\r\n--x", b"Date: Mon, ", b"=", b"&#", b"<!--"],
    ids=repr,
)  # fmt: skip
@pytest.mark.parametrize(
    "where", [b"Subject: ", b"From: ", b"References: ", b"Content-Type: text/html\r\n\r\n"]
)
def test_a_mail_that_means_harm_is_read_in_time(unit: bytes, where: bytes) -> None:
    raw = where + unit * (1_000_000 // len(unit))
    with no_square():
        read_reply(raw)


@settings(max_examples=300)
@given(st.binary(max_size=400), st.sampled_from(MAILS), st.integers(0, 2_000), st.integers(0, 60))
def test_no_bytes_make_it_stumble_and_nothing_steers(junk: bytes, mail: Path, at: int, over: int) -> None:
    raw = mail.read_bytes()
    reply = read_reply(raw[:at] + junk + raw[at + over :])
    assert len(reply.digest) == 64
    texts = [reply.sender, reply.sender_name, reply.subject, reply.text, reply.quoted]
    assert not any(sign in text for text in texts for sign in "\x00\x1b\x7f\r")
    "".join(texts).encode()  # no halves of characters


@pytest.mark.parametrize(
    "charset", ["idna", "punycode", "undefined", "zip", "hex", "rot13", "unicode_escape", "x" * 99, "\0"]
)
def test_a_character_set_of_no_language_is_not_used(charset: str) -> None:
    assert text_of(b"Caf\xe9 \\u0041 xn--a", charset) == "Café \\u0041 xn--a"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("=?iso-8859-1?q?Caf=E9?=", "Café"),
        ("=?utf-8?b?w6k=?= =?utf-8?b?w6k=?=", "éé"),
        ("=?x-niets?q?a=E9?=", "aé"),
        ("=?utf-8?b?!!!?=", "=?utf-8?b?!!!?="),
        ("a\tb\x00c", "a bc"),
    ],
)
def test_a_header_is_read(line: str, text: str) -> None:
    assert words(line, 100) == text
