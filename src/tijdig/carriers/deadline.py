"""One end for a whole conversation over the network, however slowly the other side speaks.

A time limit for each read does not bound a conversation: a server that gives one byte now and then never reaches it.
Decides that at the end every line that was opened through `connect` is shut, which wakes whoever waits on it: a read
finds the end of the line, a write fails. A second handle on the same line is kept for that, because closing a line
with TLS takes the first one over. The end is measured on the monotonic clock, so no change of the hour moves it.

Example: `with Deadline(60) as deadline: line = deadline.connect("mx.example", 25, 30)`.
Units: seconds. Errors: `OSError` where nobody can be reached. Left out: the time that the system takes to find the
address of a name (it has limits of its own), and work that is not on a line.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Lock, Timer
from types import TracebackType


class Deadline:
    """`passed` tells whether the end came. `may_reach` says of an address, as a number, whether a line may go there."""

    def __init__(self, seconds: float, may_reach: Callable[[str], bool] | None = None) -> None:
        self._may_reach = may_reach
        self._ends_at_s = time.monotonic() + seconds
        self._cut = False
        self._lock = Lock()
        self._handles: list[socket.socket] = []
        self._timer = Timer(seconds, self._shut)
        self._timer.daemon = True

    def __enter__(self) -> Deadline:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            for handle in self._handles:
                with suppress(OSError):
                    handle.close()
            self._handles.clear()

    @property
    def passed(self) -> bool:
        return self._cut or self._left_s() <= 0

    def connect(self, host: str, port: int, timeout_s: float | None) -> socket.socket:
        """A line to the first address of this host that answers. `timeout_s` holds for an address, the end for all."""
        failed: OSError = OSError("no address")
        for _, _, _, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            left_s = self._left_s()
            if left_s <= 0:
                raise TimeoutError("too late")
            if self._may_reach is not None and not self._may_reach(str(address[0])):
                failed = PermissionError("not an address that may be reached")
                continue
            try:
                line = socket.create_connection(
                    (str(address[0]), int(address[1])),
                    left_s if timeout_s is None else min(timeout_s, left_s),
                )
            except OSError as error:
                failed = error
                continue
            self._watch(line)
            return line
        raise failed

    def _watch(self, line: socket.socket) -> None:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with self._lock:
            self._handles.append(line.dup())
            late = self._cut
        if late:
            self._shut()

    def _shut(self) -> None:
        with self._lock:
            self._cut = True
            for handle in self._handles:
                with suppress(OSError):
                    handle.shutdown(socket.SHUT_RDWR)

    def _left_s(self) -> float:
        return self._ends_at_s - time.monotonic()
