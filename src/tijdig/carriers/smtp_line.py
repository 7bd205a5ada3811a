"""Python's own SMTP client on a line that is shut at a deadline, and that reads only so much.

An answer of a mail server may have any number of lines, and the client keeps them all; one that never ends would fill
the memory before the deadline. So all that a server says in one conversation is bounded, with TLS and without.

Errors: those of `smtplib` and `OSError`; too much said is a line that broke. Left out: the conversation itself (`smtp`).
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from typing import IO

from tijdig.carriers.deadline import Deadline

_MOST_BYTES = 1_000_000


class _Read:
    """What a server says, line by line, until it is too much."""

    def __init__(self, said: IO[bytes]) -> None:
        self._said = said
        self._left = _MOST_BYTES

    def readline(self, size: int) -> bytes:
        line = self._said.readline(size)
        self._left -= len(line)
        if self._left < 0:
            raise OSError("the server says too much")
        return line

    def close(self) -> None:
        self._said.close()


class Line(smtplib.SMTP):
    """With `tls` the line is closed from the first byte. Says nothing yet but has read the greeting."""

    def __init__(
        self, host: str, port: int, deadline: Deadline, timeout_s: float, tls: ssl.SSLContext | None
    ) -> None:
        self._deadline = deadline
        self._tls = tls
        super().__init__(host, port, timeout=timeout_s)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        line = self._deadline.connect(host, port, timeout)
        return self._tls.wrap_socket(line, server_hostname=host) if self._tls else line

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file = _Read(self.sock.makefile("rb"))
        return super().getreply()
