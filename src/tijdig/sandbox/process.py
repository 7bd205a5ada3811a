"""Ask for a file to be read in a process with limits: `in_a_limited_process`, or value by value `told_by_a_process`.

Decides how long is waited, how much may come, and what an end means. The function is one of a module, takes the file as a
binary stream that can be searched, and gives values (`frames`). What it raises of this program's own errors is raised here;
`Stopped` where a limit was met or the process died; `ReaderFault` for a fault in the reader. What was given before counts
for nothing then: the caller's transaction is rolled back. One warm process per program, started with the first file; a
request after that costs a few milliseconds.
"""

from __future__ import annotations

import atexit
import os
import pickle  # only written here; what comes back is read by `frames`
import select
import signal
import socket
import struct
import subprocess  # starts this same Python, with fixed words
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from tijdig.sandbox.frames import END, FAULT, FULL, HEAD, MOST_BYTES, RAISED, VALUES, of_runs, unpacked
from tijdig.sandbox.limits import Limits, ReaderFault, Reason, Stopped, of_size
from tijdig.sandbox.server import LENGTH

_T = TypeVar("_T")
_KEPT = ("PATH", "LANG", "LC_ALL", "TZ", "HOME")  # of the environment: no settings, no secrets
_BY_SIGNAL = {signal.SIGXCPU: Reason.TIME, signal.SIGABRT: Reason.MEMORY}


def in_a_limited_process(
    function: Callable[..., Iterable[_T]], source: Path | bytes, *arguments: Any, limits: Limits | None = None
) -> _T:
    """The one value that `function` gives of a file. Raises what it raises, `Stopped`, `ReaderFault`."""
    found = list(islice(told_by_a_process(function, source, *arguments, limits=limits), 2))
    if len(found) != 1:
        raise Stopped(Reason.DIED)
    return found[0]


def told_by_a_process(
    function: Callable[..., Iterable[_T]], source: Path | bytes, *arguments: Any, limits: Limits | None = None
) -> Iterator[_T]:
    """Every value that `function` gives of a file, as it comes. Stopping early stops the process."""
    with _opened(source) as file:
        limits = limits or of_size(os.fstat(file.fileno()).st_size)
        request = (function.__module__, function.__qualname__, arguments, limits)
        pipe, status = _SERVER.ask(pickle.dumps(request, pickle.HIGHEST_PROTOCOL), file)
    try:
        yield from _values(pipe, status, limits)
    finally:
        os.close(pipe)
        status.close()


def _opened(source: Path | bytes) -> BinaryIO:
    if isinstance(source, Path):
        return source.open("rb")
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    file.write(source)
    file.flush()
    return file


def _values(pipe: int, status: socket.socket, limits: Limits) -> Iterator[Any]:
    left = limits.output_bytes
    while True:
        head = _exactly(pipe, HEAD.size, limits, status)
        mark, length = HEAD.unpack(head)
        left -= length
        if left < 0 or length > MOST_BYTES:
            raise Stopped(Reason.OUTPUT)
        body = _exactly(pipe, length, limits, status)
        if mark == FULL:
            raise Stopped(Reason.MEMORY)
        try:
            value = unpacked(body)
            if mark == VALUES:
                value = list(of_runs(value))
        except Exception:
            raise Stopped(Reason.DIED) from None
        if mark == END:
            return
        if mark == VALUES:
            yield from value
        elif mark == RAISED and isinstance(value, Exception):
            raise value
        elif mark == FAULT:
            raise ReaderFault(str(value))
        else:
            raise Stopped(Reason.DIED)


def _exactly(pipe: int, count: int, limits: Limits, status: socket.socket) -> bytes:
    waits = select.poll()
    waits.register(pipe, select.POLLIN)
    found = bytearray()
    while len(found) < count:
        if not waits.poll(limits.silence_seconds * 1000):
            raise Stopped(Reason.TIME)
        part = os.read(pipe, min(count - len(found), 1 << 20))
        if not part:
            raise Stopped(_why(status))
        found += part
    return bytes(found)


def _why(status: socket.socket) -> Reason:
    """How a process ended that did not come to its end."""
    status.settimeout(10)
    try:
        told = status.recv(4)
    except OSError:
        told = b""
    code = struct.unpack(">i", told)[0] if len(told) == 4 else 0
    return _BY_SIGNAL.get(signal.Signals(-code), Reason.DIED) if code < 0 else Reason.DIED


class _Server:
    """The warm process of this program; begun with the first file, begun again if it is gone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._of = 0  # the program that began it: a program that was split off begins its own

    def ask(self, request: bytes, file: BinaryIO) -> tuple[int, socket.socket]:
        """Where the values come, and where it is told how it ended."""
        pipe, out = os.pipe()
        status, theirs = socket.socketpair()
        try:
            with self._lock:
                for _ in range(2):
                    control = self._running()
                    try:
                        descriptors = [file.fileno(), out, theirs.fileno()]
                        socket.send_fds(control, [LENGTH.pack(len(request))], descriptors)
                        control.sendall(request)
                        return pipe, status
                    except OSError:  # it was killed: once more, with a new one
                        self._end()
        finally:
            os.close(out)
            theirs.close()
        os.close(pipe)
        status.close()
        raise Stopped(Reason.DIED)

    def _running(self) -> socket.socket:
        if self._control is not None and self._of == os.getpid() and self._alive():
            return self._control
        self._end()
        ours, theirs = socket.socketpair()
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join(one for one in sys.path if one)
        self._process = subprocess.Popen(  # fixed words
            [sys.executable, "-B", "-m", "tijdig.sandbox.server", str(theirs.fileno())],
            pass_fds=(theirs.fileno(),),
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        theirs.close()
        self._control, self._of = ours, os.getpid()
        return ours

    def _alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _end(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None and self._of == os.getpid():
            self._process.wait()
        self._process = None

    def end(self) -> None:
        """Hang up: the process ends by itself."""
        with self._lock:
            self._end()


_SERVER = _Server()
atexit.register(_SERVER.end)
