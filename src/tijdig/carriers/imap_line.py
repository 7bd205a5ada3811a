"""Python's own IMAP client on a line that is shut at a deadline, and that reads only so much.

A server may announce a text of any length and the client waits for all of it in memory; and it may say lines without end.
So one text is bounded, and so is all that is said beside texts, with TLS and without.

Errors: those of `imaplib` and `OSError`; too much said is a line that broke. Left out: the conversation itself (`imap`).
"""

from __future__ import annotations

import base64
import imaplib
import socket
import ssl
from itertools import groupby

from tijdig.carriers.deadline import Deadline

_MOST_SAID = 5_000_000  # in lines, in one conversation


class Line(imaplib.IMAP4):
    """With `tls` the line is closed from the first byte. `most_bytes` is how long one text may be."""

    def __init__(
        self,
        host: str,
        port: int,
        deadline: Deadline,
        timeout_s: float,
        tls: ssl.SSLContext | None,
        most_bytes: int,
    ) -> None:
        self._deadline = deadline
        self._tls = tls
        self._most_bytes = most_bytes
        self._left = _MOST_SAID
        super().__init__(host, port, timeout_s)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        line = self._deadline.connect(self.host, self.port, timeout)
        return self._tls.wrap_socket(line, server_hostname=self.host) if self._tls else line

    def read(self, size: int) -> bytes:
        if size > self._most_bytes:
            raise self.abort("the server says too much")
        return super().read(size)

    def readline(self) -> bytes:
        line = super().readline()
        self._left -= len(line)
        if self._left < 0:
            raise self.abort("the server says too much")
        return line


def folder_name(name: str) -> str:
    """As RFC 3501 (5.1.3) writes it: `Huur & zorg` becomes `Huur &- zorg`, `é` becomes `&AOk-`."""
    found = ""
    for plain, signs in groupby(name, lambda one: " " <= one <= "~"):
        text = "".join(signs)
        if plain:
            found += text.replace("&", "&-").replace("\\", r"\\").replace('"', r"\"")
        else:
            packed = base64.b64encode(text.encode("utf-16-be")).decode().rstrip("=").replace("/", ",")
            found += f"&{packed}-"
    return found
