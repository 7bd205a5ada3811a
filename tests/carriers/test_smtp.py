"""Handing e-mail to a server that takes it, refuses it, or breaks off at every moment."""

from __future__ import annotations

import email
import email.policy
import shutil
import smtplib
import socket
import ssl
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.carriers.raw_server import drips_smtp, raw_server, silent
from tests.carriers.smtp_server import Got, Orders, smtp_server

from tijdig.carriers.channel import Asked, Attachment, Channel, Handed, Known, Message, Outcome
from tijdig.carriers.smtp import Smtp, compose, is_address

KEY = "0123456789abcdef0123456789abcdef"
NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
PDF = bytes(range(256)) * 40 + b"\r\n.\r\n.."
MESSAGE = Message(
    key=KEY,
    channel=Channel.EMAIL,
    to="f.elamrani@huurder.example",
    sender="incasso@debrug.example",
    sender_name="Woonstichting De Brug",
    subject="Uw huur van oktober",
    body="Beste mevrouw El Amrani,\n\nEr staat € 700,00 open.\n.\n.. en verder\n",
    reply_to="sanne.deboer@debrug.example",
    attachments=(Attachment("brief.pdf", "application/pdf", PDF),),
)

open_line = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


def hand_over(got: Got, message: Message = MESSAGE, **changes: Any) -> Handed:
    return replace(carrier(got.port), **changes).hand_over(message)


def carrier(port: int) -> Smtp:
    return Smtp("127.0.0.1", port, "", "", "none", 5, "bounce+{key}@debrug.example", lambda: NOW)


def read(got: Got) -> EmailMessage:
    mail = email.message_from_bytes(got.content, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def test_a_message_that_is_taken_has_its_number_and_headers() -> None:
    with smtp_server(Orders()) as got:
        assert hand_over(got) == Handed(Outcome.SENT, provider_id="4F1A2B3C")
    assert got.sender == f"bounce+{KEY}@debrug.example"
    assert got.recipients == ["f.elamrani@huurder.example"]
    mail = read(got)
    expected = {
        "From": "Woonstichting De Brug <incasso@debrug.example>",
        "To": "f.elamrani@huurder.example",
        "Reply-To": "sanne.deboer@debrug.example",
        "Subject": "Uw huur van oktober",
        "Date": "Mon, 02 Nov 2026 09:30:00 +0000",
        "Message-ID": f"<{KEY}@debrug.example>",
        "X-Tijdig-Key": KEY,
        "Auto-Submitted": "auto-generated",
        "Content-Language": "nl",
    }
    assert {name: str(mail[name]) for name in expected} == expected


def test_the_body_arrives_as_it_was_also_with_dots_at_the_start_of_a_line() -> None:
    with smtp_server(Orders()) as got:
        hand_over(got)
    body = read(got).get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == MESSAGE.body


def test_an_attachment_arrives_byte_for_byte() -> None:
    with smtp_server(Orders()) as got:
        hand_over(got)
    (one,) = read(got).iter_attachments()
    assert (one.get_content(), one.get_content_type(), one.get_filename()) == (
        PDF,
        "application/pdf",
        "brief.pdf",
    )


def test_names_beyond_ascii_arrive_as_they_were() -> None:
    message = replace(
        MESSAGE,
        sender_name="Stichting Óók, “Wonen”",
        subject="Núñez – uw huur: € 12 " + "ë" * 90,
        attachments=(Attachment("brief voor Zoë.pdf", "application/pdf", b"%PDF-"),),
        to="a@müller.example",
    )
    with smtp_server(Orders()) as got:
        assert hand_over(got, message).outcome == Outcome.SENT
    mail = read(got)
    assert mail["From"].addresses[0].display_name == message.sender_name
    assert mail["Subject"] == message.subject
    assert next(iter(mail.iter_attachments())).get_filename() == "brief voor Zoë.pdf"
    assert got.recipients == ["a@xn--mller-kva.example"]
    assert got.content.isascii() and max(map(len, got.content.split(b"\r\n"))) < 998


def test_a_name_cannot_add_a_header() -> None:
    message = replace(
        MESSAGE,
        sender_name="De Brug\r\nBcc: iemand@elders.example",
        subject="Huur\nX-Kwaad: ja\r\n\r\nNog meer",
        attachments=(Attachment("a\r\nX-Kwaad: ja.pdf", "application/pdf\r\nX-Kwaad: ja", b"%PDF-"),),
    )
    with smtp_server(Orders()) as got:
        assert hand_over(got, message).outcome == Outcome.SENT
    mail = read(got)
    assert (mail["Bcc"], mail["X-Kwaad"]) == (None, None)
    assert mail["Subject"] == "Huur X-Kwaad: ja Nog meer"
    (one,) = mail.iter_attachments()
    assert (one["X-Kwaad"], one.get_content_type()) == (None, "application/octet-stream")


@pytest.mark.parametrize(
    "to",
    [
        "",
        "geen adres",
        "a@b@c.example",
        "a@b.example, d@e.example",
        "a@b.example\r\nRCPT TO:<d@e.example>",
        "a@b.example>",
        "zoë@b.example",
        "a@",
        "jan@voorbeeld.nl.",
        ".jan@x.nl",
        "jan.@x.nl",
        "jan..p@x.nl",
        "jan@x..nl",
        "jan\x00p@x.nl",
        "=?utf-8?q?jan?=@x.nl",
        "jan@" + "x" * 64 + ".nl",
    ],
)
def test_an_address_that_is_none_is_refused_before_the_server_is_asked(to: str) -> None:
    handed = carrier(1).hand_over(replace(MESSAGE, to=to))
    assert handed == Handed(
        Outcome.REFUSED, detail="Dit is geen e-mailadres. Kijk het adres van de huurder na."
    )


def test_a_sender_that_is_no_address_waits() -> None:
    handed = carrier(1).hand_over(replace(MESSAGE, reply_to="geen adres"))
    assert handed.outcome == Outcome.LATER
    assert handed.detail == "De afzender of het antwoordadres is geen e-mailadres: geen adres"


@pytest.mark.parametrize("sender", ["jan@voorbeeld.nl.", ".jan@x.nl", "jan..p@x.nl", ""])
def test_a_strange_sender_waits_and_is_named(sender: str) -> None:
    handed = carrier(1).hand_over(replace(MESSAGE, sender=sender))
    assert handed == Handed(
        Outcome.LATER, detail=f"De afzender of het antwoordadres is geen e-mailadres: {sender}"
    )


def test_a_strange_return_path_waits() -> None:
    handed = replace(carrier(1), return_path="bounce+{key}@debrug.example.").hand_over(MESSAGE)
    assert handed == Handed(
        Outcome.LATER,
        detail="Het adres voor mail die terugkomt (return_path) is geen e-mailadres. Kijk de instelling na.",
    )


PART = st.text("ab.-+'=?_!#$%&*/^`{|}~\\\"(),:;<>[]@ \r\n\x00é\u200b\ud800", min_size=1, max_size=8)


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(), st.builds("{}@{}.nl".format, PART, PART)))
def test_no_address_makes_it_raise_or_arrives_as_another(to: str) -> None:
    handed = carrier(1).hand_over(replace(MESSAGE, to=to))
    if is_address(to):
        assert handed.detail.startswith("De mailserver 127.0.0.1:1 is niet bereikbaar")
        mail = email.message_from_bytes(compose(replace(MESSAGE, to=to), NOW), policy=email.policy.default)
        (one,) = mail["To"].addresses
        assert one.addr_spec == to.rpartition("@")[0] + "@" + to.rpartition("@")[2].encode("idna").decode()
        assert len(mail.keys()) == 11
    else:
        assert handed.outcome == Outcome.REFUSED


def test_a_message_that_cannot_be_written_waits() -> None:
    handed = carrier(1).hand_over(replace(MESSAGE, body="half een teken: \ud800"))
    assert handed == Handed(
        Outcome.LATER, detail="Van dit bericht is geen e-mail te maken (UnicodeEncodeError)."
    )


def test_without_a_return_path_the_sender_gets_the_reports() -> None:
    with smtp_server(Orders()) as got:
        hand_over(got, return_path="")
    assert got.sender == "incasso@debrug.example"


def test_a_report_is_asked_for_where_the_server_knows_it() -> None:
    with smtp_server(Orders(reports=True)) as got:
        assert hand_over(got, replace(MESSAGE, to="f+huur@huurder.example")).outcome == Outcome.SENT
    mail, rcpt = got.commands
    assert mail.startswith(f"MAIL FROM:<bounce+{KEY}@debrug.example> SIZE=")
    assert mail.endswith(f" RET=HDRS ENVID={KEY}")
    assert rcpt == (
        "RCPT TO:<f+huur@huurder.example> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;f+2Bhuur@huurder.example"
    )


def test_no_report_is_asked_for_where_the_server_does_not_know_it() -> None:
    with smtp_server(Orders()) as got:
        hand_over(got)
    assert got.commands[1] == "RCPT TO:<f.elamrani@huurder.example>"


@pytest.mark.parametrize(
    "answer",
    [
        "550 5.1.1 <f.elamrani@huurder.example>: User unknown",
        "550 No such user here",
        "551 User not local",
        "553 Mailbox name not allowed",
        "554 5.1.10 Recipient not found",
        "550 5.2.1 Mailbox disabled",
    ],
)
def test_a_recipient_that_the_server_does_not_know_is_refused(answer: str) -> None:
    with smtp_server(Orders(rcpt=answer)) as got:
        handed = hand_over(got)
    assert handed == Handed(
        Outcome.REFUSED,
        detail=f"De mailserver kent dit adres niet of neemt er niets voor aan. Antwoord: {answer}",
    )
    assert got.content == b""


@pytest.mark.parametrize(
    "answer",
    [
        "450 4.2.0 Greylisted, try again in 60 seconds",
        "451 Local error",
        "452 4.2.2 Mailbox full",
        "421 Too busy",
        "550 5.7.1 Relaying denied",
        "554 5.7.1 Relay access denied",
        "530 5.7.0 Authentication required",
        "550 5.1.8 Sender address rejected: Domain not found",
        "552 Too much mail",
    ],
)
def test_a_recipient_that_is_not_taken_now_waits(answer: str) -> None:
    with smtp_server(Orders(rcpt=answer)) as got:
        handed = hand_over(got)
    assert handed.outcome == Outcome.LATER
    assert handed.detail.endswith(f"Antwoord: {answer}")


@pytest.mark.parametrize(
    ("orders", "start"),
    [
        (Orders(mail="550 5.1.8 Bad sender"), "De mailserver weigert de afzender."),
        (Orders(mail="451 4.3.0 Try later"), "De mailserver neemt de afzender nu niet aan."),
        (Orders(data="554 5.7.1 Looks like spam"), "De mailserver weigert het bericht."),
        (Orders(data="452 4.3.1 Disk full"), "De mailserver neemt het bericht nu niet aan."),
    ],
)
def test_a_refusal_that_is_not_about_the_recipient_waits(orders: Orders, start: str) -> None:
    with smtp_server(orders) as got:
        handed = hand_over(got)
    assert (handed.outcome, handed.detail[: len(start)]) == (Outcome.LATER, start)


def test_a_recipient_that_is_unknown_only_at_the_end_is_refused() -> None:
    with smtp_server(Orders(data="550 5.1.1 User unknown")) as got:
        assert hand_over(got).outcome == Outcome.REFUSED


def test_nobody_listens() -> None:
    with socket.socket() as spare:
        spare.bind(("127.0.0.1", 0))
        handed = carrier(spare.getsockname()[1]).hand_over(MESSAGE)
    assert handed.outcome == Outcome.LATER
    assert "niet bereikbaar of brak af" in handed.detail


def test_a_server_that_breaks_off_before_the_message_waits() -> None:
    with smtp_server(Orders(drop="rcpt")) as got:
        handed = hand_over(got)
    assert (handed.outcome, got.content) == (Outcome.LATER, b"")


def test_a_server_that_breaks_off_within_the_message_waits() -> None:
    """The dot was never sent, so the server cannot have taken it."""
    large = replace(MESSAGE, attachments=(Attachment("brief.pdf", "application/pdf", bytes(4_000_000)),))
    with smtp_server(Orders(drop="data")) as got:
        assert hand_over(got, large).outcome == Outcome.LATER


def test_a_server_that_falls_silent_before_the_message_waits() -> None:
    with smtp_server(Orders(sleep="rcpt")) as got:
        handed = hand_over(got, timeout_s=0.2)
    assert (handed.outcome, got.content) == (Outcome.LATER, b"")


@pytest.mark.parametrize("orders", [Orders(drop="dot"), Orders(sleep="dot")], ids=["breaks-off", "silent"])
def test_a_server_that_is_gone_after_the_dot_leaves_it_unsure(orders: Orders) -> None:
    """It has the whole message; whether it kept it, nobody knows."""
    with smtp_server(orders) as got:
        handed = hand_over(got, timeout_s=0.2 if orders.sleep else 5)
    assert handed == Handed(
        Outcome.UNSURE, detail="De mailserver brak af voordat hij zei of hij het bericht heeft."
    )
    assert got.content.endswith(b"\r\n")


@pytest.mark.parametrize("at", ["greeting", "ehlo", "rcpt"])
def test_a_server_that_drips_before_the_message_waits(at: str) -> None:
    """Each read has its answer in time; only the whole takes too long."""
    with raw_server(drips_smtp(at)) as port:
        handed = replace(carrier(port), deadline_s=0.3).hand_over(MESSAGE)
    assert handed == Handed(
        Outcome.LATER,
        detail=f"De mailserver 127.0.0.1:{port} is niet bereikbaar of brak af: het duurde te lang",
    )


def test_a_server_that_drips_after_the_dot_leaves_it_unsure() -> None:
    with raw_server(drips_smtp(".")) as port:
        handed = replace(carrier(port), deadline_s=0.3).hand_over(MESSAGE)
    assert handed == Handed(
        Outcome.UNSURE, detail="De mailserver brak af voordat hij zei of hij het bericht heeft."
    )


def test_a_line_that_never_becomes_closed_waits() -> None:
    with raw_server(silent) as port:
        handed = replace(carrier(port), security="tls", deadline_s=0.3).hand_over(MESSAGE)
    assert (handed.outcome, handed.detail.endswith(": het duurde te lang")) == (Outcome.LATER, True)


def test_a_server_that_says_too_much_is_stopped() -> None:
    with raw_server(drips_smtp("ehlo", b"250-" + b"x" * 60 + b"\r\n" + b"250-\r\n" * 200_000)) as port:
        handed = carrier(port).hand_over(MESSAGE)
    assert (handed.outcome, handed.detail.endswith("the server says too much")) == (Outcome.LATER, True)


@pytest.mark.parametrize(("answers", "outcome"), [(3, Outcome.LATER), (5, Outcome.UNSURE)])
def test_what_nobody_foresaw_waits_before_the_dot_and_is_unsure_after_it(
    answers: int, outcome: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library itself stumbles: at the answer to RCPT, and at the answer to the dot (after EHLO, MAIL, RCPT, DATA)."""
    reply, left = smtplib.SMTP.getreply, [answers]

    def stumbles(self: smtplib.SMTP) -> tuple[int, bytes]:
        left[0] -= 1
        if left[0] < 0:
            raise RuntimeError("nobody foresaw this")
        return reply(self)

    monkeypatch.setattr(smtplib.SMTP, "getreply", stumbles)
    with smtp_server(Orders()) as got:
        assert hand_over(got).outcome == outcome


def test_a_stumble_after_the_answer_leaves_it_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumbles(self: smtplib.SMTP) -> None:
        raise RuntimeError("nobody foresaw this")

    monkeypatch.setattr(smtplib.SMTP, "quit", stumbles)
    monkeypatch.setattr(smtplib.SMTP, "close", stumbles)
    with smtp_server(Orders()) as got:
        assert hand_over(got) == Handed(Outcome.SENT, provider_id="4F1A2B3C")


@open_line
def test_a_password_beyond_ascii_waits_and_shows_no_letter_of_it() -> None:
    with smtp_server(Orders(signed_in=True)) as got:
        handed = hand_over(got, user="tijdig", password="gehém")
    assert handed == Handed(
        Outcome.LATER,
        detail="De naam of het wachtwoord heeft een teken dat de mailserver niet kent. Kijk de instelling na.",
    )


def test_a_mail_server_cannot_be_asked() -> None:
    assert carrier(1).ask(KEY, MESSAGE.to) == Asked(Known.CANNOT_SAY)
    assert carrier(1).arrival("4F1A2B3C") is None


@open_line
def test_signing_in_with_the_wrong_password_waits_and_does_not_print_it() -> None:
    with smtp_server(Orders(signed_in=True)) as got:
        handed = hand_over(got, user="tijdig", password="heel geheim")
    assert handed.outcome == Outcome.LATER
    assert handed.detail.startswith("De mailserver weigert onze aanmelding. Kijk naam en wachtwoord na. ")
    assert "535" in handed.detail
    assert "geheim" not in handed.detail + repr(replace(carrier(1), password="heel geheim"))


@open_line
def test_signing_in_over_an_open_line_when_set_so() -> None:
    with smtp_server(Orders(signed_in=True)) as got:
        assert hand_over(got, user="tijdig", password="goed").outcome == Outcome.SENT
    assert got.user == "tijdig"


def test_a_server_without_encryption_gets_no_password_and_no_message() -> None:
    with smtp_server(Orders()) as got:
        handed = hand_over(got, user="tijdig", password="goed", security="starttls")
    assert handed.outcome == Outcome.LATER
    assert handed.detail.startswith("De mailserver biedt geen versleuteling")
    assert (got.user, got.commands) == ("", [])


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate of this machine, made for this run."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed, so there is no certificate to close a line with")
    pem = tmp_path_factory.mktemp("tls") / "own.pem"
    key = pem.with_name("key.pem")
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    names = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(pem)]
    subprocess.run([*command.split(), *names], check=True, capture_output=True, timeout=20)
    pem.write_bytes(pem.read_bytes() + key.read_bytes())
    return pem


def tls_of(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_a_closed_line_with_a_password(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with smtp_server(Orders(tls=tls_of(certificate), signed_in=True)) as got:
        handed = hand_over(got, user="tijdig", password="goed", security="starttls")
    assert handed == Handed(Outcome.SENT, provider_id="4F1A2B3C")
    assert (got.closed_line, got.user) == (True, "tijdig")


def test_a_certificate_that_nobody_vouches_for_waits(certificate: Path) -> None:
    with smtp_server(Orders(tls=tls_of(certificate))) as got:
        handed = hand_over(got, security="starttls")
    assert (handed.outcome, got.commands) == (Outcome.LATER, [])
