"""A server on this machine that says what a test lets it say, byte by byte, and knows no protocol."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import repeat

Play = Callable[[socket.socket, threading.Event], None]


@contextmanager
def raw_server(play: Play) -> Iterator[int]:
    """Plays for each who connects, until the end of the block; gives the port."""
    over = threading.Event()
    threads: list[threading.Thread] = []

    def one(line: socket.socket) -> None:
        with line, suppress(OSError):
            line.settimeout(10)
            play(line, over)

    def accept() -> None:
        with suppress(OSError):
            while True:
                threads.append(threading.Thread(target=one, args=(listener.accept()[0],)))
                threads[-1].start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        accepting = threading.Thread(target=accept)
        accepting.start()
        try:
            yield listener.getsockname()[1]
        finally:
            over.set()
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
    for thread in (accepting, *threads):
        thread.join(10)


def drip(line: socket.socket, over: threading.Event, what: bytes) -> None:
    """Says this again and again, in less time than a read is waited for, until the line or the test ends."""
    for said in repeat(what):
        line.sendall(said)
        if over.wait(0.02):
            return


def drips_smtp(at: str, said: bytes = b"250-nog even\r\n") -> Play:
    """A mail server that answers well until this command (`greeting`, `ehlo`, `rcpt`, `.`), and then never ends."""

    def play(line: socket.socket, over: threading.Event) -> None:
        if at == "greeting":
            return drip(line, over, b"220-nog even\r\n")
        line.sendall(b"220 mx.test\r\n")
        data = False
        for command in line.makefile("rb"):
            word = command.strip().partition(b" ")[0].decode("ascii", "replace").lower()
            if word == at and (data or at != "."):
                return drip(line, over, said)
            if data:
                continue
            data = word == "data"
            line.sendall(b"354 Go ahead\r\n" if data else b"250 Ok\r\n")

    return play


def drips_http(head: bytes, said: bytes) -> Play:
    """A service that reads what is asked and answers this, and then the rest for ever."""

    def play(line: socket.socket, over: threading.Event) -> None:
        line.recv(65_536)
        line.sendall(head)
        drip(line, over, said)

    return play


def silent(line: socket.socket, over: threading.Event) -> None:
    over.wait(10)
