"""`tijdig serve`: the pages, the API and the worker, on this machine."""

from __future__ import annotations

import signal
import sys
from typing import Annotated

import typer
import uvicorn

from tijdig.cli.main import app, boot


def run(host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve until stopped. Open streams are given two seconds to end."""
    # The server passes a SIGTERM on when it has stopped; without this the process would die of it before it could
    # stop its embedded database.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    uvicorn.run(
        "tijdig.project.asgi:application",
        host=host,
        port=port,
        log_level="warning",
        lifespan="on",
        timeout_graceful_shutdown=2,
    )


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Adres waarop de pagina's staan.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Poort.")] = 8000,
    database: Annotated[str, typer.Option(hidden=True)] = "tijdig",
) -> None:
    """Start de webpagina's, de API en de werker."""
    boot(database)
    typer.echo(f"tijdig staat op http://{host}:{port}  (stoppen met Ctrl+C)")
    run(host, port)
