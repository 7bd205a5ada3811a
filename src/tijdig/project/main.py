"""The `tijdig` command, wired: doors do not know how the house is brought up, so it is told them here."""

from __future__ import annotations

import gc
import sys

from tijdig.cli.main import Wiring, app, wire
from tijdig.project import backup_places, server
from tijdig.project.boot import boot, start_worker


def main() -> None:
    """Entry point of the `tijdig` command."""
    # Files become many small values that all live until they are posted; looking through them for cycles again and
    # again costs a fifth of the time of an import.
    gc.set_threshold(200_000, 20, 50)
    # A file is read ahead on a thread of its own; whoever waited for the database must not wait for that one too.
    sys.setswitchinterval(0.0005)
    wire(
        Wiring(
            boot=boot,
            data_folder=server.data_folder,
            wipe=server.wipe,
            admin_dsn=lambda: server.embedded(server.data_folder()),
            start_worker=start_worker,
            kept=backup_places,
        )
    )
    app()
