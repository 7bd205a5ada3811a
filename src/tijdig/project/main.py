"""The `tijdig` command, wired: doors do not know how the house is brought up, so it is told them here."""

from __future__ import annotations

from tijdig.cli.main import Wiring, app, wire
from tijdig.project import server
from tijdig.project.boot import boot


def main() -> None:
    """Entry point of the `tijdig` command."""
    wire(
        Wiring(
            boot=boot,
            data_folder=server.data_folder,
            wipe=server.wipe,
            admin_dsn=lambda: server.embedded(server.data_folder()),
        )
    )
    app()
