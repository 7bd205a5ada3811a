"""Handing e-mail to a mail server, one conversation a message, so that the moment at which it broke is known.

Decides what an answer means for the letter. Only a refusal of the recipient is the letter's own fault: 550, 551 and 553
at RCPT, and a status 5.1.x. A status 5.7.x (not allowed), 5.1.7 and 5.1.8 (the sender) and every other 5xx is about our
account, our setting or our server, and waits: `LATER`. Until the closing dot is given to the network nothing was taken,
so a broken connection is `LATER`; from then on it is `UNSURE` until the server answers. A mail server cannot be asked
afterwards (`ask`); it sends a report to the envelope's sender instead, see `bounce`.

Sources: RFC 5321, 3463 (status codes), 3461 (asking for a report: ENVID is the key, ORCPT the address), 3834
(`Auto-Submitted`). `{key}` in `return_path` becomes the key, as in `bounce+{key}@example.nl`; without a return path the
sender's own address gets the reports. Headers hold no line ends, whatever a name holds. The body is plain text.

Example: `450 4.2.0 greylisted` at RCPT is `LATER`, `550 5.1.1 no such user` is `REFUSED`.
A whole conversation takes at most `deadline_s` (monotonic); what is known then is told as for a line that broke.
Errors: none for what a network, a server or an address does.
Left out: addresses with characters beyond ASCII before the @ (they are refused), signing (DKIM: the server's),
several messages in one conversation.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Literal

from tijdig.carriers.channel import Asked, Attachment, Handed, Known, Message, Outcome, Report
from tijdig.carriers.deadline import Deadline
from tijdig.carriers.smtp_line import Line

Security = Literal["starttls", "tls", "none"]

_NO_RECIPIENT = frozenset({550, 551, 553})
_TAKEN = frozenset({250, 251, 252})
_STATUS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
_ABOUT_SENDER = frozenset({"5.1.7", "5.1.8"})  # many servers tell at RCPT what they found at MAIL
_QUEUED = re.compile(r"(?:queued as|id=)\s*<?([\w.@-]{1,90})", re.IGNORECASE)
_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\\\"@]+@[^\s<>()\[\],;:\\\"@]+")
_MOST = 300


class _BrokenError(Exception):
    """The conversation ended without the message being taken; `handed` says what that means."""

    def __init__(self, handed: Handed) -> None:
        super().__init__(handed.detail)
        self.handed = handed


@dataclass(frozen=True)
class Smtp:
    """A mail server. `security` is how the line is closed: `starttls`, `tls` from the first byte, or `none`."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    security: Security
    timeout_s: float
    return_path: str
    now: Callable[[], datetime]  # for the Date of a message
    deadline_s: float = 60  # for the whole of a conversation; `timeout_s` is for one read
    name = "smtp"

    def hand_over(self, message: Message) -> Handed:
        if not is_address(message.to):
            return Handed(
                Outcome.REFUSED, detail="Dit is geen e-mailadres. Kijk het adres van de huurder na."
            )
        wrong = self._not_an_address(message)
        if wrong:
            return _later(wrong)
        try:
            content = compose(message, self.now())
        except Exception as error:
            return _later(f"Van dit bericht is geen e-mail te maken ({type(error).__name__}).")
        deadline = Deadline(self.deadline_s)
        try:
            with deadline:
                return self._converse(deadline, message, content)
        except _BrokenError as broken:
            return broken.handed
        except Exception as error:  # nothing was taken: `_deliver` lets nothing out after the dot
            return _later(f"{self._place()}: {'het duurde te lang' if deadline.passed else _why(error)}")

    def _not_an_address(self, message: Message) -> str:
        """What is wrong with the addresses of our own side; empty where nothing is."""
        if self.return_path and not is_address(self._back(message)):
            return (
                "Het adres voor mail die terugkomt (return_path) is geen e-mailadres. Kijk de instelling na."
            )
        for one in (message.sender, message.reply_to or message.sender):
            if not is_address(one):
                return f"De afzender of het antwoordadres is geen e-mailadres: {one_line(one)}"
        return ""

    def _back(self, message: Message) -> str:
        return self.return_path.replace("{key}", message.key) or message.sender

    def _converse(self, deadline: Deadline, message: Message, content: bytes) -> Handed:
        server = self._greet(deadline)
        try:
            self._announce(server, message, len(content))
            return _deliver(server, content)
        finally:
            with suppress(Exception):  # what is known of the message stays known
                server.close()

    def ask(self, key: str, to: str) -> Asked:
        return Asked(Known.CANNOT_SAY)

    def arrival(self, provider_id: str) -> Report | None:
        return None

    def _place(self) -> str:
        return f"De mailserver {self.host}:{self.port} is niet bereikbaar of brak af"

    def _greet(self, deadline: Deadline) -> smtplib.SMTP:
        """A line to the server, closed and signed in as set. Never signs in over an open line that should be closed."""
        context = ssl.create_default_context()
        tls = context if self.security == "tls" else None
        server = Line(self.host, self.port, deadline, self.timeout_s, tls)
        try:
            server.ehlo_or_helo_if_needed()
            if self.security == "starttls":
                self._close_the_line(server, context)
            if self.user:
                self._sign_in(server)
        except BaseException:
            server.close()
            raise
        return server

    def _close_the_line(self, server: smtplib.SMTP, context: ssl.SSLContext) -> None:
        if not server.has_extn("starttls"):
            raise _BrokenError(
                _later(
                    "De mailserver biedt geen versleuteling (STARTTLS). Kijk de instelling van de mail na."
                )
            )
        server.starttls(context=context)
        server.ehlo_or_helo_if_needed()

    def _sign_in(self, server: smtplib.SMTP) -> None:
        try:
            server.login(self.user, self.password)
        except smtplib.SMTPResponseException as error:
            detail = f"De mailserver weigert onze aanmelding. Kijk naam en wachtwoord na. {_why(error)}"
            raise _BrokenError(_later(detail)) from None
        except smtplib.SMTPNotSupportedError:
            detail = "De mailserver kent geen aanmelding op deze poort. Kijk de instelling van de mail na."
            raise _BrokenError(_later(detail)) from None
        except UnicodeError:  # its text holds a character of the password
            detail = "De naam of het wachtwoord heeft een teken dat de mailserver niet kent. Kijk de instelling na."
            raise _BrokenError(_later(detail)) from None

    def _announce(self, server: smtplib.SMTP, message: Message, size: int) -> None:
        """MAIL and RCPT, with the request for a report where the server knows it."""
        reports = server.has_extn("dsn")
        options = [f"SIZE={size}"] if server.has_extn("size") else []
        if reports:
            options += ["RET=HDRS", f"ENVID={message.key}"]
        code, text = server.mail(_wire(self._back(message)), options)
        if code not in _TAKEN:
            raise _BrokenError(_judged(code, text, "de afzender"))
        to = _wire(message.to)
        asked = ["NOTIFY=SUCCESS,FAILURE", f"ORCPT=rfc822;{_xtext(to)}"] if reports else []
        code, text = server.rcpt(to, asked)
        if code not in _TAKEN:
            raise _BrokenError(_judged(code, text, "de ontvanger", at_recipient=True))


def _deliver(server: smtplib.SMTP, content: bytes) -> Handed:
    """DATA, the message, and the dot that hands it over. From the dot on nothing is raised."""
    code, text = server.docmd("DATA")
    if code != 354:
        raise _BrokenError(_judged(code, text, "het bericht"))
    server.send(_stuffed(content))
    try:
        server.send(b".\r\n")
        code, text = server.getreply()
    except Exception:  # whatever it was, the server may have it
        return Handed(
            Outcome.UNSURE, detail="De mailserver brak af voordat hij zei of hij het bericht heeft."
        )
    if code in _TAKEN:
        with suppress(Exception):
            server.quit()
        queued = _QUEUED.search(_text(text))
        return Handed(Outcome.SENT, provider_id=queued[1] if queued else "")
    if code // 100 not in (4, 5):
        return Handed(
            Outcome.UNSURE, detail=f"De mailserver gaf een onleesbaar antwoord. {_said(code, text)}"
        )
    return _judged(code, text, "het bericht")


def _judged(code: int, text: bytes, what: str, *, at_recipient: bool = False) -> Handed:
    """What a refusal means for the letter: the status says more than the code."""
    said = _said(code, text)
    status = _STATUS.search(_text(text))
    about = status[0] if status else ""
    ours = what == "de afzender" or about.startswith("5.7.") or about in _ABOUT_SENDER
    gone = about.startswith("5.1.") or (at_recipient and code in _NO_RECIPIENT)
    if code // 100 == 5 and gone and not ours:
        return Handed(
            Outcome.REFUSED, detail=f"De mailserver kent dit adres niet of neemt er niets voor aan. {said}"
        )
    if code // 100 == 5:
        return _later(f"De mailserver weigert {what}. Kijk de instelling van de mail na. {said}")
    return _later(f"De mailserver neemt {what} nu niet aan. {said}")


def compose(message: Message, at: datetime) -> bytes:
    """The message as it travels, lines ending in CRLF. Raises `ValueError` for a sender that is no address."""
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = _party(message.sender_name, message.sender)
    mail["To"] = _party("", message.to)
    if message.reply_to:
        mail["Reply-To"] = _party("", message.reply_to)
    mail["Subject"] = one_line(message.subject)
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{message.key}@{_wire(message.sender).rpartition('@')[2]}>"
    mail["X-Tijdig-Key"] = message.key
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.body, charset="utf-8", cte="quoted-printable")
    for one in message.attachments:
        _attach(mail, one)
    mail["Content-Language"] = one_line(message.language)  # last: what comes before moves into the first part
    return mail.as_bytes()


def _attach(mail: EmailMessage, one: Attachment) -> None:
    kind = one.content_type if _TYPE.fullmatch(one.content_type) else "application/octet-stream"
    main, _, sub = kind.partition("/")
    if main in ("text", "message", "multipart"):  # as bytes, so that nothing in it is changed
        main, sub = "application", "octet-stream"
    mail.add_attachment(one.content, maintype=main, subtype=sub, filename=one_line(one.name))


def _party(name: str, address: str) -> Address:
    if not is_address(address):
        raise ValueError(address)
    return Address(display_name=one_line(name), addr_spec=_wire(address))


def is_address(address: str) -> bool:
    """Can mail travel to this address, as Python's own reader of headers has it? `jan@voorbeeld.nl.` is none."""
    if not _ADDRESS.fullmatch(address) or "=?" in address:  # that would be read as an encoded word
        return False
    try:
        wire = _wire(address)
        return wire.isascii() and wire.isprintable() and Address(addr_spec=wire).addr_spec == wire
    except Exception:  # the reader raises many kinds for what is no address
        return False


def _wire(address: str) -> str:
    """The address with its domain in ASCII: `a@müller.example` becomes `a@xn--mller-kva.example`."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.encode('idna').decode()}"


def one_line(text: str, most: int = _MOST) -> str:
    """The text on one line, without characters that steer, at most so long."""
    line = " ".join("".join(one if one.isprintable() else " " for one in text).split())
    return line if len(line) <= most else line[: most - 1] + "…"


def _stuffed(content: bytes) -> bytes:
    """With a dot before every dot that begins a line, and a line end at the end (RFC 5321, 4.5.2)."""
    return re.sub(rb"(?m)^\.", b"..", content.removesuffix(b"\r\n")) + b"\r\n"


def _xtext(address: str) -> str:
    """As RFC 3461 writes an address: `+` and `=` and what is not printable as `+2B`."""
    return "".join(one if "!" <= one <= "~" and one not in "+=" else f"+{ord(one):02X}" for one in address)


def _text(said: bytes) -> str:
    return said.decode("utf-8", "replace")


def _said(code: int, text: bytes) -> str:
    return one_line(f"Antwoord: {code} {_text(text)}", 200)


def _why(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _said(error.smtp_code, error.smtp_error if isinstance(error.smtp_error, bytes) else b"")
    if isinstance(error, TimeoutError):
        return "geen antwoord op tijd"
    return one_line(str(error), 200) or type(error).__name__


def _later(detail: str) -> Handed:
    return Handed(Outcome.LATER, detail=detail)
