"""A folder of e-mail at a mail server, read over IMAP (RFC 3501): what nobody saw yet, and the mark that it was seen.

Decides what is asked and in which order. Only mail without the mark "seen" is listed; looking at one sets no mark; nothing
is moved or deleted, and the folder is never closed in the way that throws away what others marked as deleted. Whoever has
dealt with a mail says `seen`. A mail has a place: the number that the server gave the folder (UIDVALIDITY) and its own
number in it (UID); a new UIDVALIDITY makes all numbers new (RFC 3501, 2.3.1.1), so a mail is known by its content too.

Of a mail of more than 25,000,000 bytes only the first 1,000,000 are fetched: its text stands there.

`timeout_s` is for one read, `deadline_s` for the whole conversation, however slowly the other side speaks. A password never
goes over an open line, except to this machine (`reply_settings`).

Errors: `FolderError`, a Dutch sentence without any part of the setting's secrets. Left out: signing in by OAuth (Microsoft
365 asks for it), IDLE, several folders in one conversation, names of folders beyond what the server lists.
"""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime

from tijdig.carriers.deadline import Deadline
from tijdig.carriers.imap_line import Line, folder_name
from tijdig.carriers.smtp import Security, one_line

MOST_BYTES, PART_BYTES = 25_000_000, 1_000_000
_SIZE = re.compile(rb"RFC822\.SIZE (\d{1,12})")
_MOMENT = re.compile(rb'INTERNALDATE "([^"]{20,40})"')


class FolderError(Exception):
    """The folder cannot be read now; the sentence says why (Dutch)."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A mail as it lies in the folder. `whole` is false where only its first part was fetched; `at` is when it came in."""

    uid: int
    raw: bytes
    size_bytes: int
    whole: bool
    at: datetime | None


@dataclass(frozen=True)
class Folder:
    """Where replies come in. `address` is what replies are sent to, for `reply_to`; empty: mail goes out as it did."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    security: Security
    name: str = "INBOX"
    address: str = ""
    timeout_s: float = 30
    deadline_s: float = 300

    def reply_to(self, key: str) -> str:
        """The address that an answer to the message with this key goes to; empty where none was set."""
        local, at, domain = self.address.rpartition("@")
        return f"{local}+{key}@{domain}" if at else ""

    @property
    def place(self) -> str:
        """Names the folder for who keeps what was read of it: no password in it."""
        return one_line(f"{self.user}@{self.host}/{self.name}", 200)


class Opened:
    """A conversation about one folder. `validity` is 0 where the server does not number its folders."""

    def __init__(self, line: imaplib.IMAP4, validity: int) -> None:
        self._line = line
        self.validity = validity

    def unseen(self) -> list[int]:
        """The numbers of what nobody saw, the oldest first."""
        found = self._ask("SEARCH", "UNSEEN", "UNDELETED")
        words = b" ".join(one for one in found if isinstance(one, bytes)).split()
        return sorted({int(word) for word in words if word.isdigit()})

    def fetch(self, uid: int) -> Fetched | None:
        """The mail with this number, without marking it; None where it went away meanwhile."""
        size, at, _ = self._look(uid, "RFC822.SIZE INTERNALDATE")
        if size is None:
            return None
        most = MOST_BYTES if size <= MOST_BYTES else PART_BYTES
        _, _, raw = self._look(uid, f"BODY.PEEK[]<0.{most}>")
        return Fetched(uid, raw, size, size <= MOST_BYTES, at) if raw is not None else None

    def _look(self, uid: int, what: str) -> tuple[int | None, datetime | None, bytes | None]:
        found = self._ask("FETCH", str(uid), f"(UID {what})")
        texts = [one for one in found if isinstance(one, tuple) and b"BODY[]" in one[0]]
        said = b" ".join(one[0] if isinstance(one, tuple) else one for one in found if one)
        size, moment = _SIZE.search(said), _MOMENT.search(said)
        raw = bytes(texts[-1][1]) if texts else None
        return int(size[1]) if size else None, _moment(moment[1]) if moment else None, raw

    def seen(self, uid: int) -> None:
        """This mail was dealt with. Twice is once."""
        self._ask("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")

    def _ask(self, *words: str) -> list[bytes | tuple[bytes, bytes]]:
        with _told():
            kind, found = self._line.uid(*words)
            if kind != "OK":
                raise FolderError(f"De mailserver weigert {words[0]}. {_said(found)}")
            return list(found)


@contextmanager
def open_folder(folder: Folder) -> Iterator[Opened]:
    """A conversation with the server of this folder, for the length of the block."""
    with Deadline(folder.deadline_s) as deadline:
        with _told():
            line = _greet(folder, deadline)
        try:
            with _told():
                _sign_in(line, folder)
                opened = _select(line, folder)
            yield opened
            with suppress(Exception):  # what was read stays read
                line.logout()
        finally:
            with suppress(Exception):
                line.shutdown()


@contextmanager
def _told() -> Iterator[None]:
    """What goes wrong on the line, as a sentence."""
    try:
        yield
    except imaplib.IMAP4.readonly:
        raise FolderError("De map is alleen te lezen; tijdig kan er niets als gelezen merken.") from None
    except (imaplib.IMAP4.error, OSError) as error:
        why = "geen antwoord op tijd" if isinstance(error, TimeoutError) else one_line(str(error), 200)
        raise FolderError(
            f"De mailserver is niet bereikbaar of brak af: {why or type(error).__name__}"
        ) from None


def _greet(folder: Folder, deadline: Deadline) -> imaplib.IMAP4:
    context = ssl.create_default_context()
    tls = context if folder.security == "tls" else None
    line = Line(folder.host, folder.port, deadline, folder.timeout_s, tls, MOST_BYTES)
    if folder.security == "starttls":
        if "STARTTLS" not in line.capabilities:
            with suppress(Exception):
                line.shutdown()
            raise FolderError("De mailserver biedt geen versleuteling (STARTTLS). Kijk de instelling na.")
        line.starttls(context)
    return line


def _sign_in(line: imaplib.IMAP4, folder: Folder) -> None:
    """By AUTHENTICATE where the server knows it, for names and passwords beyond ASCII; else by LOGIN."""
    try:
        if "AUTH=PLAIN" in line.capabilities:
            line.authenticate("PLAIN", lambda _: f"\0{folder.user}\0{folder.password}".encode())
        else:
            line.login(folder.user, folder.password)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        detail = one_line(str(error), 200).replace(folder.password, "…")
        raise FolderError(
            f"De mailserver weigert onze aanmelding. Kijk naam en wachtwoord na. {detail}"
        ) from None
    except UnicodeError:  # its text holds a character of the password
        raise FolderError("De naam of het wachtwoord heeft een teken dat de mailserver niet kent.") from None


def _select(line: imaplib.IMAP4, folder: Folder) -> Opened:
    kind, found = line.select(f'"{folder_name(folder.name)}"')
    if kind != "OK":
        raise FolderError(f"De map {one_line(folder.name, 80)} is er niet. {_said(found)}")
    _, numbers = line.response("UIDVALIDITY")
    said = numbers[-1] if numbers else None
    return Opened(line, int(said) if isinstance(said, bytes) and said.isdigit() else 0)


def _said(found: object) -> str:
    last = found[-1] if isinstance(found, list) and found else b""
    return one_line(f"Antwoord: {last.decode('utf-8', 'replace') if isinstance(last, bytes) else ''}", 200)


def _moment(said: bytes) -> datetime | None:
    try:
        return datetime.strptime(said.decode().strip(), "%d-%b-%Y %H:%M:%S %z")
    except ValueError:
        return None
