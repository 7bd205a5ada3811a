"""A mail server on this machine that does as it is told, and remembers what it was given."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class Orders:
    """What the server answers; `drop` names the moment at which it breaks off, or falls silent (`sleep`)."""

    mail: str = ""
    rcpt: str = ""
    data: str = "250 2.0.0 Ok: queued as 4F1A2B3C"
    drop: str = ""
    sleep: str = ""
    reports: bool = False
    tls: ssl.SSLContext | None = None
    signed_in: bool = False


@dataclass
class Got:
    """What came in."""

    port: int
    commands: list[str] = field(default_factory=list)
    sender: str = ""
    recipients: list[str] = field(default_factory=list)
    content: bytes = b""
    closed_line: bool = False
    user: str = ""


class _Server(SMTP):
    """Knows the words of RFC 3461, which the library does not."""

    async def smtp_MAIL(self, arg: str | None) -> None:
        self.event_handler.got.commands.append(f"MAIL {arg}")
        await super().smtp_MAIL(self._without_reports(arg))

    async def smtp_RCPT(self, arg: str | None) -> None:
        self.event_handler.got.commands.append(f"RCPT {arg}")
        await super().smtp_RCPT(self._without_reports(arg))

    async def smtp_DATA(self, arg: str | None) -> None:
        if self.event_handler.orders.drop == "data":
            await self.push("354 Go ahead")
            assert self.transport is not None
            self.transport.abort()
        else:
            await super().smtp_DATA(arg)  # type: ignore[arg-type]

    def _without_reports(self, arg: str | None) -> str | None:
        if arg is None or not self.event_handler.orders.reports:
            return arg
        known = ("RET=", "ENVID=", "NOTIFY=", "ORCPT=")
        return " ".join(word for word in arg.split() if not word.startswith(known))


@dataclass
class _Handler:
    orders: Orders
    got: Got

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [*responses[:-1], *(["250-DSN"] if self.orders.reports else []), responses[-1]]

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.orders.mail:
            return self.orders.mail
        envelope.mail_from = self.got.sender = address
        self.got.closed_line = session.ssl is not None
        return "250 2.1.0 Ok"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await self._break(server, "rcpt")
        if self.orders.rcpt:
            return self.orders.rcpt
        envelope.rcpt_tos.append(address)
        self.got.recipients.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.original_content, bytes)
        self.got.content = envelope.original_content
        await self._break(server, "dot")
        return self.orders.data

    async def _break(self, server: SMTP, moment: str) -> None:
        if self.orders.drop == moment:
            assert server.transport is not None
            server.transport.abort()
        if self.orders.sleep == moment:
            await asyncio.sleep(5)  # the test ends long before; the server is stopped with it


class _Controller(Controller):
    def __init__(self, handler: _Handler) -> None:
        super().__init__(handler, hostname="127.0.0.1", port=0)

    def factory(self) -> SMTP:
        orders = self.handler.orders
        return _Server(
            self.handler,
            hostname="mx.test",
            tls_context=orders.tls,
            auth_callback=None,
            authenticator=self._sign_in,
            auth_required=orders.signed_in,
            auth_require_tls=orders.tls is not None,
        )

    def _sign_in(self, server: SMTP, session: Session, envelope: Envelope, way: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.handler.got.user = data.login.decode()
        return AuthResult(success=data.password == b"goed", handled=False)

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        self.handler.got.port = self.port
        super()._trigger_server()


@contextmanager
def smtp_server(orders: Orders) -> Iterator[Got]:
    """A server for the length of the block; gives what came in."""
    got = Got(0)
    controller = _Controller(_Handler(orders, got))
    controller.start()
    try:
        yield got
    finally:
        controller.stop()
