"""`tijdig serve`: the pages, the API and the worker, on this machine."""

from __future__ import annotations

import os
import signal
import sys
from typing import Annotated

import typer
import uvicorn

from tijdig.cli.main import app, boot

_MOST = 4  # processes for pages that nobody asked for by name
_ANSWERS_WITHIN_S = 60  # a process for pages that says nothing for so long is ended and begun anew


def run(host: str = "127.0.0.1", port: int = 8000, processes: int = 1) -> None:
    """Serve until stopped. Open streams are given two seconds to end.

    One process does everything. With more, these serve the pages and the API, and this one does the work behind them: who
    waits for a page does not wait for a bank file.
    """
    # The server passes a SIGTERM on when it has stopped; without this the process would die of it before it could
    # stop its embedded database.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    if processes == 1:
        _serve(host, port, 1)
        return
    from tijdig.jobs.worker import Worker

    os.environ |= {"TIJDIG_WORKER": "0", "TIJDIG_PARENT": str(os.getpid())}
    worker = Worker()
    worker.start()
    try:
        _serve(host, port, processes)
    finally:
        worker.stop()


def _serve(host: str, port: int, processes: int) -> None:
    uvicorn.run(
        "tijdig.project.asgi:application",
        host=host,
        port=port,
        log_level="warning",
        lifespan="on",
        timeout_graceful_shutdown=2,
        workers=processes,
        timeout_worker_healthcheck=_ANSWERS_WITHIN_S,
    )


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Adres waarop de pagina's staan.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Poort.")] = 8000,
    processes: Annotated[
        int,
        typer.Option(min=0, max=64, help="Processen voor de pagina's; 0 is een per kern, ten hoogste vier."),
    ] = 0,
    database: Annotated[str, typer.Option(hidden=True)] = "tijdig",
) -> None:
    """Start de webpagina's, de API en de werker."""
    boot(database)
    typer.echo(f"tijdig staat op http://{host}:{port}  (stoppen met Ctrl+C)")
    run(host, port, processes or min(os.cpu_count() or 1, _MOST))
