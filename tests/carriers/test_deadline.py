"""A line is shut at the deadline, also while somebody waits on it."""

from __future__ import annotations

import socket

import pytest
from tests.carriers.raw_server import raw_server, silent

from tijdig.carriers.deadline import Deadline


def test_who_waits_on_a_line_is_woken_at_the_end() -> None:
    with raw_server(silent) as port, Deadline(0.2) as deadline:
        with deadline.connect("127.0.0.1", port, None) as line:
            line.settimeout(10)
            assert line.recv(1) == b""
        assert deadline.passed


def test_after_the_end_no_line_is_opened() -> None:
    with raw_server(silent) as port, Deadline(0) as deadline, pytest.raises(TimeoutError):
        deadline.connect("127.0.0.1", port, 5)


def test_a_line_within_its_time_stays_open() -> None:
    with raw_server(lambda line, _: line.sendall(b"ja")) as port, Deadline(60) as deadline:
        with deadline.connect("localhost", port, 5) as line:
            assert (line.recv(2), line.gettimeout()) == (b"ja", 5)
        assert not deadline.passed


def test_nobody_listens() -> None:
    with socket.socket() as spare, Deadline(60) as deadline:
        spare.bind(("127.0.0.1", 0))
        with pytest.raises(ConnectionRefusedError):
            deadline.connect("127.0.0.1", spare.getsockname()[1], 5)
