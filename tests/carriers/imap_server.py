"""A mail server on this machine that speaks IMAP4rev1 (RFC 3501) about one folder, as far as a reader of it asks."""

from __future__ import annotations

import base64
import re
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

USER, PASSWORD = "tijdig", 'ge"heim\\é'
_LITERAL = re.compile(rb"\{(\d+)\}$")
_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|(\([^)]*\)|[^\s"]+)')


@dataclass
class Stored:
    """A mail in the folder."""

    uid: int
    raw: bytes
    flags: set[str] = field(default_factory=set)


@dataclass
class Mails:
    """The folder, and what was asked of it. At the command `drop` the line breaks; `refuse` is refused."""

    validity: int = 77
    folder: str = "INBOX"
    mails: list[Stored] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    drop: str = ""
    refuse: str = ""
    tls: ssl.SSLContext | None = None  # offered by STARTTLS
    closed: ssl.SSLContext | None = None  # from the first byte
    plain: bool = True  # AUTH=PLAIN is offered
    only_read: bool = False
    chatty: bool = False  # tells of other sessions in between
    port: int = 0

    def put(self, raw: bytes, *flags: str) -> int:
        uid = max((one.uid for one in self.mails), default=100) + 1
        self.mails.append(Stored(uid, raw, set(flags)))
        return uid

    def flags(self, uid: int) -> set[str]:
        return next(one.flags for one in self.mails if one.uid == uid)


class _Session(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        self.mails = self.server.mails
        self.line = self.request
        if self.mails.closed:
            try:
                self.line = self.mails.closed.wrap_socket(self.request, server_side=True)
            except ssl.SSLError:
                return
        self.reader = self.line.makefile("rb")
        self.say("* OK IMAP4rev1 proef")
        while self.command():
            pass

    def say(self, text: str) -> None:
        self.line.sendall(text.encode("latin-1") + b"\r\n")

    def command(self) -> bool:
        read = self.reader.readline()
        if not read:
            return False
        tag, _, rest = read.decode("latin-1").strip().partition(" ")
        words = [hit[1].replace('\\"', '"').replace("\\\\", "\\") if hit[0].startswith('"') else hit[2]
                 for hit in _WORD.finditer(rest)]  # fmt: skip
        name = words[0].upper() if words else ""
        name = f"UID {words.pop(1).upper()}" if name == "UID" else name
        self.mails.asked.append(name)
        if name == self.mails.drop:
            return False
        if name == self.mails.refuse:
            self.say(f"{tag} NO dat gaat nu niet")
            return True
        method = getattr(self, f"do_{name.replace(' ', '_').lower()}", None)
        if method is None:
            self.say(f"{tag} BAD onbekend")
            return True
        return bool(method(tag, words[1:]))

    def ok(self, tag: str, more: str = "klaar") -> bool:
        self.say(f"{tag} OK {more}")
        return True

    def capabilities(self) -> str:
        open_line = self.mails.tls is not None and not isinstance(self.line, ssl.SSLSocket)
        return "IMAP4rev1" + (" STARTTLS" if open_line else "") + (" AUTH=PLAIN" if self.mails.plain else "")

    def do_capability(self, tag: str, words: list[str]) -> bool:
        self.say(f"* CAPABILITY {self.capabilities()}")
        return self.ok(tag)

    def do_starttls(self, tag: str, words: list[str]) -> bool:
        assert self.mails.tls is not None
        self.ok(tag)
        try:
            self.line = self.mails.tls.wrap_socket(self.request, server_side=True)
        except ssl.SSLError:
            return False
        self.reader = self.line.makefile("rb")
        return True

    def do_authenticate(self, tag: str, words: list[str]) -> bool:
        self.say("+ ")
        said = base64.b64decode(self.reader.readline()).decode()
        return self.signed_in(tag, said == f"\0{USER}\0{PASSWORD}")

    def do_login(self, tag: str, words: list[str]) -> bool:
        return self.signed_in(tag, words == [USER, "ascii"])

    def signed_in(self, tag: str, right: bool) -> bool:
        if not right:
            self.say(f"{tag} NO [AUTHENTICATIONFAILED] wie bent u")
            return True
        return self.ok(tag)

    def do_select(self, tag: str, words: list[str]) -> bool:
        if words[0] != self.mails.folder:
            self.say(f"{tag} NO [NONEXISTENT] geen map {words[0]}")
            return True
        self.say(f"* {len(self.mails.mails)} EXISTS")
        self.say(r"* FLAGS (\Seen \Deleted)")
        if self.mails.validity:
            self.say(f"* OK [UIDVALIDITY {self.mails.validity}] UIDs valid")
        return self.ok(tag, "[READ-ONLY] open" if self.mails.only_read else "[READ-WRITE] open")

    def do_uid_search(self, tag: str, words: list[str]) -> bool:
        assert words == ["UNSEEN", "UNDELETED"]
        found = [one.uid for one in self.mails.mails if not one.flags & {r"\Seen", r"\Deleted"}]
        self.say("* SEARCH " + " ".join(map(str, reversed(found))))
        return self.ok(tag)

    def do_uid_fetch(self, tag: str, words: list[str]) -> bool:
        what = " ".join(words[1:])
        for number, one in enumerate(self.mails.mails, 1):
            if self.mails.chatty:
                self.say(rf"* {number} FETCH (FLAGS (\Answered) UID {one.uid})")
            if str(one.uid) != words[0]:
                continue
            if hit := re.search(r"BODY\.PEEK\[\]<0\.(\d+)>", what):
                part = one.raw[: int(hit[1])]
                self.say(f"* {number} FETCH (UID {one.uid} BODY[]<0> {{{len(part)}}}")
                self.line.sendall(part)
                self.say(")")
            else:
                size = getattr(one, "claimed", len(one.raw))
                moment = '" 2-Nov-2026 12:01:00 +0100"'
                self.say(f"* {number} FETCH (RFC822.SIZE {size} INTERNALDATE {moment} UID {one.uid})")
        return self.ok(tag)

    def do_uid_store(self, tag: str, words: list[str]) -> bool:
        assert words[1:] == ["+FLAGS.SILENT", r"(\Seen)"]
        for one in self.mails.mails:
            if str(one.uid) == words[0]:
                one.flags.add(r"\Seen")
        return self.ok(tag)

    def do_logout(self, tag: str, words: list[str]) -> bool:
        self.say("* BYE tot ziens")
        self.ok(tag)
        return False


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address, daemon_threads = True, True
    mails: Mails

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is no news."""


@contextmanager
def imap_server(mails: Mails) -> Iterator[Mails]:
    """A server of this folder for the length of the block; `port` tells where."""
    with _Server(("127.0.0.1", 0), _Session) as server:
        server.mails = mails
        mails.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield mails
        finally:
            server.shutdown()
            thread.join(10)
