"""From a setting to a folder or a secret, or to a sentence that says what is wrong without any part of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tijdig.carriers.imap import Folder
from tijdig.carriers.reply_settings import check_replies, folder_from, secret_from
from tijdig.carriers.setting_parts import SettingError


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        (
            "imaps://tijdig:geheim@mail.debrug.example",
            Folder("mail.debrug.example", 993, "tijdig", "geheim", "tls", "INBOX", "", 30),
        ),
        (
            " imap://a%40b.example:p%40s%2Fs@mail.debrug.example:1430/Huur%20%26%20zorg/Nieuw?address=antwoord@debrug.example\n",
            Folder("mail.debrug.example", 1430, "a@b.example", "p@s/s", "starttls", "Huur & zorg/Nieuw",
                   "antwoord@debrug.example", 30),
        ),
        (
            "imap+plain://a:b@localhost/INBOX?timeout_s=2.5",
            Folder("localhost", 143, "a", "b", "none", "INBOX", "", 2.5),
        ),
    ],
)  # fmt: skip
def test_a_setting_means_a_folder(setting: str, expected: Folder) -> None:
    assert folder_from(setting) == expected


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ("pop3://heimelijk:b@host", "begint niet met imap://, imaps://, imap+plain://"),
        ("heimelijk", "begint niet met"),
        ("imaps://heimelijk@host", "een naam en een wachtwoord, of geen van beide"),
        ("imaps://host/heimelijk", "mist een naam en een wachtwoord"),
        ("imaps://a:heimelijk@", "is niet te lezen"),
        ("imaps://a:heimelijk@host:poort", "is niet te lezen"),
        ("imaps://a:heimelijk#x@host", "is niet te lezen"),
        ("imap+plain://a:heimelijk@host", "niet over een open lijn"),
        ("imaps://a:heimelijk@host?adres=x", "mag alleen staan: timeout_s, address"),
        ("imaps://a:heimelijk@host?timeout_s=0", "timeout_s is een aantal seconden"),
        ("imaps://a:heimelijk@host?address=heimelijk", "address is een e-mailadres zonder plus"),
        ("imaps://a:heimelijk@host?address=a+b@heimelijk.example", "zonder plus"),
        (f"imaps://a:heimelijk@host?address={'a' * 32}@heimelijk.example", "ten hoogste 31 tekens"),
        ("imaps://a:heimelijk@host/a%00b", "teken dat daar niet mag"),
    ],
)
def test_a_setting_that_means_nothing_says_why_and_not_what_it_was(setting: str, sentence: str) -> None:
    with pytest.raises(SettingError) as refused:
        folder_from(setting)
    assert sentence in str(refused.value)
    assert "heimelijk" not in str(refused.value)


@given(st.text(max_size=40))
def test_any_setting_is_a_folder_or_a_sentence(text: str) -> None:
    for setting in (text, f"imaps://{text}", f"imaps://a:b@host/{text}"):
        try:
            folder_from(setting)
        except SettingError:
            continue


def test_a_secret_is_long_enough() -> None:
    assert secret_from(" 0123456789abcdef01234567 ") == "0123456789abcdef01234567"
    for setting in ("0123456789abcdef0123456", "0123456789abcdef 0123456789", ""):
        with pytest.raises(SettingError, match="ten minste 24 tekens"):
            secret_from(setting)


def test_settings_are_checked_when_the_program_is() -> None:
    wrong = {
        "EMAIL_REPLIES_3": "imaps://host",
        "EMAIL_REPLIES": "",
        "SMS_REPLIES": "heimelijk",
        "EMAIL": "niets",
        "EMAIL_BACK": "map",
    }
    found = check_replies(wrong)
    assert [one.split(":")[0] for one in found] == ["TIJDIG_EMAIL_REPLIES_3", "TIJDIG_SMS_REPLIES"]
    assert "heimelijk" not in " ".join(found)
