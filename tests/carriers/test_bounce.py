"""Reports of mail servers, invented in the shapes that Postfix, Exchange Online and Gmail give them, and what is none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tijdig.carriers.bounce import read_report
from tijdig.carriers.channel import Arrival, Report

KEY = "0123456789abcdef0123456789abcdef"
OTHER = "f" * 32


def mail(text: str) -> bytes:
    return text.lstrip("\n").replace("\n", "\r\n").encode()


def report(
    *,
    fields: str,
    message_fields: str = "Reporting-MTA: dns; mx1.debrug.example",
    to: str = "incasso@debrug.example",
    returned: str = "",
    kind: str = "delivery-status",
    date: str = "Mon, 2 Nov 2026 10:31:05 +0100 (CET)",
) -> bytes:
    """A report in the form of Postfix; a test says what differs."""
    back = f"--B\nContent-Type: text/rfc822-headers\n\n{returned}\n\n" if returned else ""
    return mail(
        f"""
Return-Path: <>
Date: {date}
From: MAILER-DAEMON@mx1.debrug.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {to}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type={kind};
\tboundary="B"

This is a MIME-encapsulated message.

--B
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx1.debrug.example.

--B
Content-Description: Delivery report
Content-Type: message/{kind}

{message_fields}
X-Postfix-Queue-ID: 4F1A2B3C
Arrival-Date: Mon,  2 Nov 2026 10:31:01 +0100 (CET)

Final-Recipient: rfc822; f.elamrani@huurder.example
Original-Recipient: rfc822;f.elamrani@huurder.example
{fields}

{back}--B--
"""
    )


FAILED = """Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.huurder.example
Diagnostic-Code: smtp; 550 5.1.1 <f.elamrani@huurder.example>: Recipient address
    rejected: User unknown in virtual mailbox table"""
ENVELOPE = f"Reporting-MTA: dns; mx1.debrug.example\nOriginal-Envelope-Id: {KEY}"


def test_a_mail_that_came_back_as_postfix_tells_it() -> None:
    assert read_report(report(fields=FAILED, message_fields=ENVELOPE)) == Report(
        Arrival.BOUNCED,
        key=KEY,
        detail=(
            "Het adres bestaat niet (5.1.1). Antwoord: 550 5.1.1 <f.elamrani@huurder.example>: Recipient address "
            "rejected: User unknown in virtual mailbox table"
        ),
        at=datetime(2026, 11, 2, 10, 31, 5, tzinfo=timezone(timedelta(hours=1))),
    )


EXCHANGE = """
From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@debrug.example>
To: <bounce+{key}@debrug.example>
Date: Mon, 2 Nov 2026 09:31:07 +0000
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="7c9e6679"
X-MS-Exchange-Message-Is-Ndr:
Subject: Undeliverable: Uw huur van oktober
Auto-Submitted: auto-replied
MIME-Version: 1.0

--7c9e6679
Content-Type: multipart/alternative; differences=Content-Type;
\tboundary="inner"

--inner
Content-Type: text/plain; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

Your message to f.elamrani@huurder.example couldn't be delivered.

--inner
Content-Type: text/html; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

<html><body>Your message couldn't be delivered.</body></html>

--inner--

--7c9e6679
Content-Type: message/delivery-status

Reporting-MTA: dns;AM0PR01MB0001.eurprd01.prod.exchange.example
Received-From-MTA: dns;DB3PR01CA0001.outlook.office365.example
Arrival-Date: Mon, 2 Nov 2026 09:31:05 +0000

Original-Recipient: rfc822;f.elamrani@huurder.example
Final-Recipient: rfc822;f.elamrani@huurder.example
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup
Last-Attempt-Date: Mon, 2 Nov 2026 09:31:06 +0000

--7c9e6679
Content-Type: message/rfc822

From: Woonstichting De Brug <incasso@debrug.example>
To: f.elamrani@huurder.example
Message-ID: <{other}@debrug.example>
Subject: Uw huur van oktober
Content-Type: text/plain

Beste mevrouw
--7c9e6679--
"""


def test_a_mail_that_came_back_as_exchange_online_tells_it() -> None:
    """Without our envelope id: the address that the report went to comes before what is in the returned mail."""
    assert read_report(mail(EXCHANGE.format(key=KEY, other=OTHER))) == Report(
        Arrival.BOUNCED,
        key=KEY,
        detail=(
            "Het adres bestaat niet (5.1.10). Antwoord: 550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not "
            "found by SMTP address lookup"
        ),
        at=datetime(2026, 11, 2, 9, 31, 6, tzinfo=UTC),
    )


GMAIL = f"""
Delivered-To: incasso@debrug.example
Return-Path: <>
Content-Type: multipart/report; boundary="0000000000004f1a2b"; report-type=delivery-status
To: incasso@debrug.example
From: Mail Delivery Subsystem <mailer-daemon@googlemail.example>
Subject: Delivery Status Notification (Delay)
Message-ID: <6720a1b2.050a0220.1a2b3.4c5d.GMR@mx.google.example>
Date: Tue, 03 Nov 2026 01:31:06 -0800 (PST)
Auto-Submitted: auto-replied

--0000000000004f1a2b
Content-Type: multipart/related; boundary="0000000000004f1a2c"

--0000000000004f1a2c
Content-Type: text/plain; charset="UTF-8"

** Delivery incomplete **

--0000000000004f1a2c--
--0000000000004f1a2b
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.example
Arrival-Date: Mon, 02 Nov 2026 01:31:05 -0800 (PST)
X-Original-Message-ID: <{KEY}@debrug.example>

Final-Recipient: rfc822; f.elamrani@huurder.example
Action: delayed
Status: 4.4.1
Diagnostic-Code: smtp; The recipient server did not accept our requests to connect.
 [mx.huurder.example. 192.0.2.7: timed out]
Last-Attempt-Date: Tue, 03 Nov 2026 01:31:06 -0800 (PST)
Will-Retry-Until: Thu, 05 Nov 2026 01:31:05 -0800 (PST)

--0000000000004f1a2b
Content-Type: message/rfc822

Received: by 2002:a05:1234:5678 with SMTP id abcdef1234567890abcdef1234567890ab
From: =?utf-8?q?Woonstichting_=C3=93=C3=B3k?= <incasso@debrug.example>
Message-ID: <{KEY}@debrug.example>
X-Tijdig-Key: {KEY}
Subject: Uw huur van oktober

Beste mevrouw
--0000000000004f1a2b--
"""


def test_a_mail_that_is_under_way_as_gmail_tells_it() -> None:
    assert read_report(mail(GMAIL)) == Report(
        Arrival.UNDER_WAY,
        key=KEY,
        detail=(
            "Nog niet bezorgd, de mailserver probeert het opnieuw (4.4.1). Antwoord: The recipient server did not "
            "accept our requests to connect. [mx.huurder.example. 192.0.2.7: timed out]"
        ),
        at=datetime(2026, 11, 3, 1, 31, 6, tzinfo=timezone(timedelta(hours=-8))),
    )


@pytest.mark.parametrize(
    ("action", "detail"),
    [
        ("delivered", "Bezorgd (2.0.0)."),
        ("Delivered (to mailbox)", "Bezorgd (2.0.0)."),
        ("relayed", "De mailserver van de ontvanger nam het aan en meldt verder niets (2.0.0)."),
        ("expanded", "De mailserver van de ontvanger nam het aan voor meer adressen (2.0.0)."),
    ],
)
def test_a_mail_that_arrived(action: str, detail: str) -> None:
    found = read_report(report(fields=f"Action: {action}\nStatus: 2.0.0", message_fields=ENVELOPE))
    assert found is not None
    assert (found.arrival, found.key, found.detail) == (Arrival.DELIVERED, KEY, detail)


@pytest.mark.parametrize(
    ("status", "answer", "start"),
    [
        ("5.2.2", "552 5.2.2 Over quota", "De postbus is vol (5.2.2)."),
        ("5.2.1", "550 5.2.1 Disabled", "De postbus neemt niets aan (5.2.1)."),
        ("5.3.4", "552 5.3.4 Too big", "Het bericht is te groot (5.3.4)."),
        ("4.4.7", "550 4.4.7 Expired", "De mailserver van de ontvanger is niet bereikbaar (4.4.7)."),
        ("5.7.26", "550 5.7.26 Not signed", "De mailserver van de ontvanger weigert onze mail (5.7.26)."),
        ("5.0.0", "550 5.1.1 Unknown", "Het adres bestaat niet (5.1.1)."),
        ("5.0.0", "550 No", "Niet bezorgd (5.0.0)."),
        ("", "", "Niet bezorgd."),
    ],
)
def test_the_reason_in_dutch_by_the_status(status: str, answer: str, start: str) -> None:
    fields = f"Action: failed\nStatus: {status}\nDiagnostic-Code: smtp; {answer}"
    found = read_report(report(fields=fields, message_fields=ENVELOPE))
    assert found is not None
    assert found.detail == (f"{start} Antwoord: {answer}" if answer else start)


def test_what_the_server_says_is_one_line_and_not_too_long() -> None:
    answer = "550 5.1.1 " + "\n ".join(["heel", "veel", "woorden"] * 50)
    found = read_report(
        report(fields=f"Action: failed\nDiagnostic-Code: smtp; {answer}", message_fields=ENVELOPE)
    )
    assert found is not None
    assert len(found.detail) == 250 and "\n" not in found.detail and found.detail.endswith("…")


@pytest.mark.parametrize("name", ["To", "Delivered-To", "X-Original-To"])
def test_the_key_from_the_address_that_the_report_went_to(name: str) -> None:
    raw = report(fields=FAILED, returned=f"X-Tijdig-Key: {OTHER}")
    head = f"{name}: bounce+{KEY.upper()}@debrug.example\r\n".encode()
    found = read_report(head + raw)
    assert found is not None and found.key == KEY


@pytest.mark.parametrize(
    "returned",
    [
        f"From: a@debrug.example\nX-Tijdig-Key: {KEY}\nMessage-ID: <{OTHER}@debrug.example>",
        f"From: a@debrug.example\nMessage-Id: <{KEY}@debrug.example>",
    ],
)
def test_the_key_from_the_headers_that_came_back(returned: str) -> None:
    found = read_report(report(fields=FAILED, returned=returned))
    assert found is not None and found.key == KEY


def test_the_envelope_id_comes_before_all_else() -> None:
    raw = report(
        fields=FAILED,
        message_fields=ENVELOPE,
        to=f"bounce+{OTHER}@debrug.example",
        returned=f"X-Tijdig-Key: {OTHER}",
    )
    found = read_report(raw)
    assert found is not None and found.key == KEY


def test_a_report_about_another_mail_is_none() -> None:
    assert read_report(report(fields=FAILED, returned="Message-ID: <abc.123@debrug.example>")) is None
    assert read_report(report(fields=FAILED, returned=f"Message-ID: <{KEY}0@debrug.example>")) is None


def test_the_worst_of_several_recipients_counts() -> None:
    fields = f"Action: delivered\nStatus: 2.0.0\n\nFinal-Recipient: rfc822; b@huurder.example\n{FAILED}"
    found = read_report(report(fields=fields, message_fields=ENVELOPE))
    assert found is not None and found.arrival == Arrival.BOUNCED


def test_the_international_form() -> None:
    found = read_report(report(fields=FAILED, message_fields=ENVELOPE, kind="global-delivery-status"))
    assert found is not None and (found.arrival, found.key) == (Arrival.BOUNCED, KEY)


def test_a_moment_without_a_zone_is_not_guessed() -> None:
    found = read_report(report(fields=FAILED, message_fields=ENVELOPE, date="Mon, 2 Nov 2026 10:31:05 -0000"))
    assert found is not None and found.at is None


OUT_OF_OFFICE = f"""
From: F. El Amrani <f.elamrani@huurder.example>
To: bounce+{KEY}@debrug.example
Subject: Automatisch antwoord: Uw huur van oktober
Auto-Submitted: auto-replied
In-Reply-To: <{KEY}@debrug.example>
Content-Type: text/plain; charset=utf-8

Ik ben er niet tot 16 november. Bel 550 5.1.1 niet.
"""
READ_RECEIPT = f"""
From: f.elamrani@huurder.example
To: bounce+{KEY}@debrug.example
Content-Type: multipart/report; report-type=disposition-notification; boundary="B"

--B
Content-Type: text/plain

Gelezen.
--B
Content-Type: message/disposition-notification

Original-Message-ID: <{KEY}@debrug.example>
Disposition: manual-action/MDN-sent-manually; displayed
--B--
"""


@pytest.mark.parametrize(
    "text",
    [
        OUT_OF_OFFICE,
        READ_RECEIPT,
        f"From: a@b.example\nTo: bounce+{KEY}@debrug.example\n\nIk heb al betaald.\n",
    ],
    ids=["out-of-office", "read-receipt", "person"],
)
def test_a_mail_that_is_no_report(text: str) -> None:
    assert read_report(mail(text)) is None


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe",
        b"Content-Type: multipart/report; report-type=delivery-status\r\n\r\nno boundary",
        b"Content-Type: multipart/report; boundary=B\r\n\r\n--B\r\nContent-Type: message/delivery-status\r\n\r\n--B--",
        b"Content-Type: multipart/report; boundary=\xe9\r\nTo: \xff@\xfe\r\n\r\n--\xe9\r\n\r\n",
        report(fields="Action: gone\nStatus: 5.1.1", message_fields=ENVELOPE),
        report(fields="", message_fields=ENVELOPE),
        report(fields="Action: failed\nStatus: \xe9\xe9", message_fields="Original-Envelope-Id: =?x?q?y?="),
    ],
)
def test_bytes_that_make_no_report(raw: bytes) -> None:
    assert read_report(raw) is None


def test_a_report_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    raw = report(fields=FAILED, message_fields=ENVELOPE, date="geen datum")
    found = read_report(raw[: raw.index(b"Remote-MTA")])
    assert found == Report(Arrival.BOUNCED, key=KEY, detail="Het adres bestaat niet (5.1.1).")


def test_any_beginning_of_a_report_is_read_without_an_error() -> None:
    raw = mail(EXCHANGE.format(key=KEY, other=OTHER))
    found = {read_report(raw[:end]) is not None for end in range(0, len(raw), 7)}
    assert found == {False, True}


NEST = b"Content-Type: message/rfc822\r\n\r\n"


@pytest.mark.parametrize(
    "raw",
    [
        NEST * 1_000 + report(fields=FAILED, message_fields=ENVELOPE),
        report(fields=FAILED, message_fields=ENVELOPE).replace(b'boundary="B"', b"boundary*=idna''%ff"),
        report(fields=FAILED, message_fields=ENVELOPE).replace(
            b'boundary="B"', b'x="' + b";" * 600_000 + b'";boundary="B"'
        ),
        b"From: mailer-daemon@x.example\r\nDate: " + b"(" * 50_000 + b"\r\n\r\n" + b"\n" * 900_000,
        b"From: " + b"(" * 50_000 + b"\r\n\r\n#5.1.1",
        b"",
    ],
    ids=["nested", "charset", "long", "lines", "comments", "nothing"],
)
def test_hostile_mail_is_no_report_and_takes_no_time(raw: bytes) -> None:
    assert read_report(raw) is None


def test_a_report_of_which_the_returned_mail_is_very_large_is_read() -> None:
    raw = report(fields=FAILED, message_fields=ENVELOPE, returned="X-A: 1\n\n" + "regel\n" * 500_000)
    found = read_report(raw)
    assert found is not None and (found.arrival, found.key) == (Arrival.BOUNCED, KEY)


def test_a_report_with_too_many_mails_within_mails_is_none() -> None:
    few, many = (
        report(fields=FAILED, message_fields=ENVELOPE, returned="x").replace(
            b"Content-Type: text/rfc822-headers\r\n\r\n", NEST * depth
        )
        for depth in (5, 60)
    )
    assert (read_report(few) is None, read_report(many) is None) == (False, True)


PIECES = (
    *(
        NEST,
        b"\r\n",
        b"\n\n",
        b"\r",
        b"--B\r\n",
        b"--B--",
        b"\x00",
        b"\xff\xfe",
        b"(" * 200,
        b'"',
        b";",
        b":",
    ),
    *(b"boundary*=idna''%ff", b"boundary*0*=x''%", b"Content-Type: multipart/mixed; boundary=B\r\n\r\n"),
    *(b"Content-Transfer-Encoding: base64\r\n", b"Content-Type: text/plain; charset*=idna''%ff\r\n"),
    *(b"=?idna?b?/w==?=", b"Date: Mon, 99 Nov 99999999999 99:99:99 +999999\r\n", b"Action: failed\r\n"),
    *(b"; charset=\xff", b"; charset=idna", b"Content-Transfer-Encoding: uuencode\r\n", b"begin 666 x\n"),
)
STRANGE = (
    b"boundary*=idna''%ff",
    b"boundary*0*=x''%;boundary*2=B",
    b"charset*=idna''%ff",
    b"charset=idna",
    b'boundary="',
)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A good report with pieces put in, over and out."""
    start = draw(
        st.sampled_from([report(fields=FAILED, message_fields=ENVELOPE), mail(GMAIL), mail(EXCHANGE), NEST])
    )
    there = draw(st.sampled_from([b'boundary="B"', b"charset=us-ascii", b"\r\n\r\n", b"failed", b"smtp;"]))
    raw = bytearray(start.replace(there, draw(st.sampled_from(STRANGE if b"=" in there else PIECES))))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(raw)))
        gone = draw(st.integers(0, 40))
        raw[at : at + gone] = draw(st.one_of(st.sampled_from(PIECES), st.binary(max_size=20)))
    return bytes(raw)


@settings(max_examples=500, deadline=None)
@given(st.one_of(mutated(), st.binary()))
def test_no_bytes_make_it_raise(raw: bytes) -> None:
    found = read_report(raw)
    assert found is None or isinstance(found, Report)


PLAIN = f"""
Return-Path: <>
From: MAILER-DAEMON@mail.huurder.example
To: incasso@debrug.example
Subject: failure notice
Date: Mon, 2 Nov 2026 10:31:05 +0100

Hi. This is the mail program at mail.huurder.example.
I'm afraid I wasn't able to deliver your message to the following addresses.

<f.elamrani@huurder.example>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <incasso@debrug.example>
Subject: Uw huur van oktober
X-Tijdig-Key: {KEY}

Beste mevrouw
"""


def test_a_report_as_text_of_a_mail_daemon() -> None:
    assert read_report(mail(PLAIN)) == Report(
        Arrival.BOUNCED,
        key=KEY,
        detail="Het adres bestaat niet (5.1.1). Antwoord: Sorry, no mailbox here by that name. (#5.1.1)",
        at=datetime(2026, 11, 2, 10, 31, 5, tzinfo=timezone(timedelta(hours=1))),
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("MAILER-DAEMON@", "f.elamrani@"),
        ("(#5.1.1)", "(#4.2.2)"),
        (f"X-Tijdig-Key: {KEY}", ""),
        ("(#5.1.1)", ""),
        ("Subject: failure notice", "Content-Type: text/html"),
    ],
)
def test_a_text_that_is_not_surely_a_report_is_none(old: str, new: str) -> None:
    assert read_report(mail(PLAIN.replace(old, new))) is None
