"""`tijdig serve`: the pages, the API and the worker, on this machine."""

from __future__ import annotations

import os
import signal
import socket
import sys
from typing import Annotated, Any

import typer
import uvicorn
from uvicorn.supervisors import Multiprocess

from tijdig.cli.main import app, boot, wiring

_MOST = 4  # processes for pages that nobody asked for by name
_LINES = 44  # to the database, for all processes for pages together; of each one is for news
_MOST_LINES = 12  # of those, for the pages of one process
_ANSWERS_WITHIN_S = 60  # a process for pages that says nothing for so long is ended and begun anew


def run(host: str = "127.0.0.1", port: int = 8000, processes: int = 1) -> None:
    """Serve until stopped. Open streams are given two seconds to end.

    One process does everything. With more, these serve the pages and the API, and this one does the work behind them: who
    waits for a page does not wait for a bank file.
    """
    # The server passes a SIGTERM on when it has stopped; without this the process would die of it before it could
    # stop its embedded database.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    asked: dict[str, Any] = {
        "app": "tijdig.project.asgi:application",
        "host": host,
        "port": port,
        "log_level": "warning",
        "lifespan": "on",
        "proxy_headers": False,  # what a proxy says counts where a setting names it
        "timeout_graceful_shutdown": 2,
        "workers": processes,
        "timeout_worker_healthcheck": _ANSWERS_WITHIN_S,
    }
    if processes == 1:
        uvicorn.run(**asked)
    else:
        _several(uvicorn.Config(**asked))


def _several(config: uvicorn.Config) -> None:
    lines = min(_LINES // config.workers - 1, _MOST_LINES)
    os.environ |= {
        "TIJDIG_WORKER": "0",
        "TIJDIG_PARENT": str(os.getpid()),
        "TIJDIG_POOL_MOST": str(lines),
    }
    address = config.bind_socket()
    # What comes in takes this over. Without it the end of a small page waits 40 ms for the reader to confirm its beginning.
    address.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    stop_worker = wiring().start_worker()
    try:
        Multiprocess(config, [address]).run()
    finally:
        address.close()
        stop_worker()


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Adres waarop de pagina's staan.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Poort.")] = 8000,
    processes: Annotated[
        int,
        typer.Option(min=0, max=11, help="Processen voor de pagina's; 0 is een per kern, ten hoogste vier."),
    ] = 0,
    database: Annotated[str, typer.Option(hidden=True)] = "tijdig",
) -> None:
    """Start de webpagina's, de API en de werker."""
    boot(database)
    typer.echo(f"tijdig staat op http://{host}:{port}  (stoppen met Ctrl+C)")
    run(host, port, processes or min(os.cpu_count() or 1, _MOST))
