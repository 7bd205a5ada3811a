"""The tijdig command. Each command parses, calls one thing, and says what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import typer

if TYPE_CHECKING:
    from tijdig.backup.actions_restore import Target
    from tijdig.backup.signing import Signing

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Huurachterstand, op tijd gezien.")


class Backups(Protocol):
    """Where a backup comes from and goes to."""

    def source(self, name: str = "") -> str: ...
    def target(self, name: str = "") -> Target: ...
    def signing(self, data: Path) -> Signing | None: ...
    def server_major(self) -> int: ...
    def bundled_tools(self) -> Path | None: ...
    def known_migrations(self) -> set[str]: ...


@dataclass(frozen=True, slots=True)
class Wiring:
    """What the commands get from above: how to bring the program up, where its data is, and what works behind the pages."""

    boot: Callable[..., object]
    data_folder: Callable[[], Path]
    wipe: Callable[[], None]
    admin_dsn: Callable[[], str]
    start_worker: Callable[[], Callable[[], None]]  # answers how to stop it
    kept: Backups | None = None

    @property
    def backups(self) -> Backups:
        assert self.kept is not None
        return self.kept


_wiring: Wiring | None = None


def wire(wiring: Wiring) -> None:
    """Called once by `project`, which stands above the doors."""
    global _wiring
    _wiring = wiring


def wiring() -> Wiring:
    assert _wiring is not None, "run the `tijdig` command, not this module"
    return _wiring


def boot(database: str = "tijdig") -> None:
    """Bring the program up on this database of the server."""
    wiring().boot(database)


from tijdig.cli import (  # noqa: E402 - the commands register themselves
    backup,
    begin,
    bench,
    demo,
    history,
    importing,
    law,
    letters,
    look,
    policy,
    prove,
    retention,
    serving,
    year,
)

__all__ = [
    "app", "backup", "begin", "bench", "boot", "demo", "history", "importing", "law", "letters", "look", "policy", "prove",
    "retention", "serving", "wire", "wiring", "year",
]  # fmt: skip
