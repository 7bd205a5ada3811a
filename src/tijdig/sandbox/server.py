"""The process beside the program in which files are read: warm, and a child of its own for each file.

`python -m tijdig.sandbox.server FD` takes requests over a socket: which function, of which file, within which limits. It
loads the function's module once, then a child is split off for each request (a few milliseconds), which can do nothing
but read that one file and write into its pipe: no other open files, no writing to disk, bounded memory and processor time.
Whoever asked hangs up, and the child is killed; whoever asked is gone, and the server ends. Only this process may run
what a request names: requests come from the program itself.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import pickle  # requests come from the program that started this process
import resource
import select
import signal
import socket
import struct
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from tijdig.sandbox.frames import END, FAULT, FULL, RAISED, VALUES, packed, runs
from tijdig.sandbox.limits import Limits

LENGTH = struct.Struct(">I")
_BATCH = 256
_OPEN_FILES = 64


def serve(control: socket.socket) -> None:
    """Answer requests until whoever asks is gone."""
    woken, waker = os.pipe()
    os.set_blocking(waker, False)
    os.set_blocking(woken, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program, which then hangs up
    signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
    running: dict[int, int] = {}  # child -> its status socket
    poll = select.poll()
    poll.register(control, select.POLLIN)
    poll.register(woken, select.POLLIN)
    while True:
        for descriptor, event in poll.poll():
            if descriptor == woken:
                with contextlib.suppress(BlockingIOError):
                    os.read(woken, 4096)
                _bury(running, poll)
            elif descriptor == control.fileno():
                if not _take(control, running, poll):
                    for child in running:
                        os.kill(child, signal.SIGKILL)
                    return
            elif event & (select.POLLHUP | select.POLLERR):  # whoever asked hung up
                for child in [child for child, status in running.items() if status == descriptor]:
                    poll.unregister(descriptor)
                    os.kill(child, signal.SIGKILL)


def _bury(running: dict[int, int], poll: select.poll) -> None:
    """Tell of each child that ended how it ended: its exit code, or minus the signal that killed it."""
    while running:
        child, status = os.waitpid(-1, os.WNOHANG)
        if child == 0:
            return
        answer = running.pop(child)
        with contextlib.suppress(KeyError):
            poll.unregister(answer)
        with contextlib.suppress(OSError):
            os.write(answer, struct.pack(">i", os.waitstatus_to_exitcode(status)))
        os.close(answer)


def _take(control: socket.socket, running: dict[int, int], poll: select.poll) -> bool:
    """Take one request and split off a child for it; False where whoever asks is gone."""
    head, descriptors, _, _ = socket.recv_fds(control, LENGTH.size, 3)
    if not head:
        return False
    body = bytearray()
    (wanted,) = LENGTH.unpack(head)
    while len(body) < wanted:
        part = control.recv(min(65_536, wanted - len(body)))
        if not part:
            return False
        body += part
    source, out, status = descriptors
    try:
        module, name, arguments, limits = pickle.loads(bytes(body))  # see the import
        function = getattr(importlib.import_module(module), name)
    except Exception as error:
        with os.fdopen(out, "wb") as pipe:
            pipe.write(packed(FAULT, f"{type(error).__name__}: {error}"[:300]))
        os.close(source)
        os.close(status)
        return True
    child = os.fork()
    if child == 0:
        _child(function, arguments, limits, source, out)
    os.close(source)
    os.close(out)
    running[child] = status
    poll.register(status, 0)
    return True


def _child(
    function: Callable[..., Any], arguments: tuple[Any, ...], limits: Limits, source: int, out: int
) -> None:
    """In the child: nothing is left but the file, the pipe and the limits. Never returns."""
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(source, 3)
        os.dup2(out, 4)
        os.closerange(5, max(source, out, 1024) + 1)
        confine(limits)
        with open(3, "rb") as stream, open(4, "wb", buffering=0) as pipe:
            _read(function, arguments, stream, pipe)
    finally:
        os._exit(0)


def confine(limits: Limits) -> None:
    """Bound this process for good."""
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_AS, _in_use() + limits.memory_bytes),
    ):
        resource.setrlimit(what, (most, most))
    # first the signal that says so, a second later the one that nobody survives
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))


def _in_use() -> int:
    """The address space that this process has already, in bytes."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
        return int(pages) * resource.getpagesize()
    except OSError:  # a system without it: its programs map some gigabytes that they never use
        return 4 * 1024**3


def _read(function: Callable[..., Any], arguments: tuple[Any, ...], stream: Any, pipe: Any) -> None:
    try:
        stream.seek(0)
        _give(function(stream, *arguments), pipe)
        last = packed(END, None)
    except MemoryError:
        last = packed(FULL, None)
    except Exception as error:
        last = _told(error)
    _write(pipe, last)


def _give(values: Iterable[Any], pipe: Any) -> None:
    batch: list[Any] = []
    for value in values:
        batch.append(value)
        if len(batch) >= _BATCH:
            _write(pipe, packed(VALUES, runs(batch)))
            batch = []
    if batch:
        _write(pipe, packed(VALUES, runs(batch)))


def _told(error: Exception) -> bytes:
    """An answer of a reader goes through as it is; a fault as its kind and its message."""
    if type(error).__module__.startswith("tijdig."):
        with contextlib.suppress(Exception):
            return packed(RAISED, error)
    return packed(FAULT, f"{type(error).__name__}: {error}"[:300])


def _write(pipe: Any, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[pipe.write(rest) :]


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
