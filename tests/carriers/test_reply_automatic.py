"""A person's mail is never taken for a program's on one weak sign; a program that says so is believed."""

from __future__ import annotations

from email import message_from_string

import pytest

from tijdig.carriers.reply_automatic import automatic

AWAY = "Subject: Automatisch antwoord: Uw huur"
HIDES = "X-Auto-Response-Suppress: All"


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ("Auto-Submitted: auto-replied (vacation)", "auto_submitted"),
        ("auto-submitted: AUTO-GENERATED; x=y", "auto_submitted"),
        ("Auto-Submitted: auto-notified", "auto_submitted"),
        ("Auto-Submitted: no", ""),
        ("Auto-Submitted:", ""),
        ("X-Autoreply: yes", "auto_header"),
        ("X-Autorespond: Re: x", "auto_header"),
        ("X-Auto-Reply-From: a@b.example", "auto_header"),
        ("X-Autoreply: no", ""),
        ("Precedence: auto_reply", "auto_header"),
        ("Precedence: bulk", "bulk"),
        ("Precedence: first-class", ""),
        ("List-Id: <nieuws.b.example>", "bulk"),
        ("Return-Path: <>", "no_return"),
        ("Return-Path: < >", "no_return"),
        ("Return-Path: <a@b.example>", ""),
        (AWAY, ""),
        (HIDES, ""),
        (f"{AWAY}\n{HIDES}", "out_of_office"),
        (f"Subject: =?utf-8?q?Afwezigheid:_tot_maandag?=\n{HIDES}", "out_of_office"),
        (f"Subject: Re: automatisch antwoord van uw kant\n{HIDES}", ""),
        (f"Subject: Afwezige buren\n{HIDES}", ""),
        ('Content-Type: multipart/report; boundary=x', "report"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_program_is_told_from_a_person(headers: str, why: str) -> None:
    assert automatic(message_from_string(f"From: a@b.example\n{headers}\n\nTekst\n")) == why
