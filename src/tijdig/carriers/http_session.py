"""A session of `requests` whose lines are shut at a deadline, and that follows nobody elsewhere.

The library has a time limit for each read only; a service that drips its headers keeps it for ever. Here every
connection is opened by the deadline, also one through a proxy for HTTP. A redirect is an answer like any other: to
follow one the library would first read it whole, however long it is.

Errors: those of `requests`. A line that was shut in the middle of the headers can look like a whole answer, so whoever
uses this asks `deadline.passed` before believing one. Left out: proxies of the kind SOCKS (a limit for each read only).
"""

from __future__ import annotations

import socket
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from tijdig.carriers.deadline import Deadline


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        return None


class _Adapter(HTTPAdapter):
    def __init__(self, pools: dict[str, Any]) -> None:
        self._pools = pools
        super().__init__()

    def init_poolmanager(self, *args: Any, **more: Any) -> None:
        super().init_poolmanager(*args, **more)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, proxy: str, **more: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **more)
        if proxy.lower().startswith("http"):
            manager.pool_classes_by_scheme = self._pools
        return manager


def session_within(deadline: Deadline) -> requests.Session:
    """A session for one conversation; close it afterwards."""

    def opened(connection: HTTPConnection) -> socket.socket:
        timeout_s = connection.timeout
        known_s = float(timeout_s) if isinstance(timeout_s, int | float) else None
        return deadline.connect(connection._dns_host, connection.port, known_s)

    class Open(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return opened(self)

    class Closed(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return opened(self)

    class OpenPool(HTTPConnectionPool):
        ConnectionCls = Open

    class ClosedPool(HTTPSConnectionPool):
        ConnectionCls = Closed

    session = _Session()
    adapter = _Adapter({"http": OpenPool, "https": ClosedPool})
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session
