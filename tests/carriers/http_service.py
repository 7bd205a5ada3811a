"""A service on this machine that speaks HTTP: each test says what it answers, and it remembers what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Asked:
    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Answer:
    """`drop` closes the line without an answer, `silent` never answers."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    drop: bool = False
    silent: bool = False


DROP, SILENT = Answer(drop=True), Answer(silent=True)
Answers = Callable[[Asked], Answer]


def patience_s(answers: Answers | Answer) -> float:
    """How long a test waits for these answers: short where none will come, long on a busy machine."""
    return 0.2 if answers is SILENT else 10


@dataclass
class Service:
    url: str
    asked: list[Asked] = field(default_factory=list)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _handle(self) -> None:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        one = Asked(self.command, parts.path, parse_qs(parts.query), headers, body)
        self.server.service.asked.append(one)  # type: ignore[attr-defined]
        answer: Answer = self.server.answers(one)  # type: ignore[attr-defined]
        self.close_connection = True
        if answer.silent:
            self.server.over.wait(5)  # type: ignore[attr-defined]
        if answer.silent or answer.drop:
            return
        raw = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
        self.send_response(answer.status)
        for name, value in {"Content-Type": "application/json", **answer.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(raw)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(raw)

    def do_GET(self) -> None:
        self._handle()

    def do_POST(self) -> None:
        self._handle()

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def service(answers: Answers | Answer) -> Iterator[Service]:
    """A service for the length of the block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    here = Service(f"http://127.0.0.1:{server.server_address[1]}")
    server.service, server.over = here, threading.Event()  # type: ignore[attr-defined]
    server.answers = (lambda _: answers) if isinstance(answers, Answer) else answers  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield here
    finally:
        server.over.set()  # type: ignore[attr-defined]
        server.shutdown()
        thread.join()
        server.server_close()


def nobody() -> str:
    """An address at which nobody listens."""
    with service(Answer()) as gone:
        return gone.url
