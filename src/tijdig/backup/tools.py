"""PostgreSQL's own programs: where they are, which version, and how bytes go through them.

Decides which `pg_dump` and `pg_restore` are used: of the version of the server where they are there, else the nearest
newer. They come with the built-in database, or are on the path. Errors: `BackupError` that says what to install, or what
the program said. Left out: what is asked of them.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tijdig.backup.envelope import PIECE
from tijdig.backup.key import BackupError

_NEEDED = ("pg_dump", "pg_restore", "psql")
_SAID = 2_000  # signs of what a program said


@dataclass(frozen=True, slots=True)
class Tools:
    """The programs, of one version."""

    dump: Path
    restore: Path
    psql: Path
    major: int


@dataclass(frozen=True, slots=True)
class Place:
    """How to reach a database: arguments without a secret, and the environment that holds it."""

    arguments: tuple[str, ...]
    secret: str

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | ({"PGPASSWORD": self.secret} if self.secret else {})


def find_tools(server_major: int, bundled: Path | None) -> Tools:
    """For a server of this version. `bundled` is the folder of the programs that come with the built-in database."""
    found = [one for one in (_in(bundled), _in(None)) if one is not None and one.major >= server_major]
    if not found:
        raise BackupError(
            f"pg_dump, pg_restore en psql van PostgreSQL {server_major} zijn er niet. Installeer het pakket "
            f"postgresql-client-{server_major} en zorg dat zij op het pad staan."
        )
    return min(found, key=lambda one: one.major)


def _in(folder: Path | None) -> Tools | None:
    where = [shutil.which(name, path=str(folder) if folder else None) for name in _NEEDED]
    if not all(where):
        return None
    majors = {_major(str(one)) for one in where}
    if len(majors) != 1 or not (major := majors.pop()):
        return None
    return Tools(Path(str(where[0])), Path(str(where[1])), Path(str(where[2])), major)


def _major(program: str) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"\)\s+(\d+)", said)
    return int(found.group(1)) if found else 0


def output_of(arguments: Sequence[str], environment: dict[str, str]) -> Iterator[bytes]:
    """What a program writes, piece by piece; an error when it ended badly."""
    with tempfile.TemporaryFile() as said:
        program = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=said, env=environment)
        assert program.stdout is not None
        try:
            while data := program.stdout.read(PIECE):
                yield data
            if program.wait():
                raise BackupError(f"{Path(arguments[0]).name} lukte niet: {_last(said)}")
        finally:
            program.stdout.close()
            if program.poll() is None:
                program.kill()
                program.wait()


def put_into(
    arguments: Sequence[str], blocks: Iterable[bytes], environment: dict[str, str] | None = None
) -> list[str]:
    """Give bytes to a program and answer its lines. It may have enough before they end."""
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as told:
        program = subprocess.Popen(
            arguments, stdin=subprocess.PIPE, stdout=told, stderr=said, env=environment
        )
        assert program.stdin is not None
        try:
            takes = True
            for block in blocks:
                if takes:
                    takes = _given(program, block)
            if takes:
                takes = _given(program, b"", close=True)
            if program.wait():
                raise BackupError(f"{Path(arguments[0]).name} lukte niet: {_last(said)}")
        finally:
            if program.poll() is None:
                program.kill()
                program.wait()
        told.seek(0)
        return told.read().decode(errors="replace").splitlines()


def put_through(
    first: Sequence[str], second: Sequence[str], blocks: Iterable[bytes], environment: dict[str, str]
) -> None:
    """Give bytes to a program and what it writes to another. The second sees an end only when the first ended well."""
    end, begin = os.pipe()
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as said_second:
        nowhere = subprocess.DEVNULL
        last = subprocess.Popen(second, stdin=end, stdout=nowhere, stderr=said_second, env=environment)
        os.close(end)
        program = subprocess.Popen(first, stdin=subprocess.PIPE, stdout=begin, stderr=said, env=environment)
        try:
            takes = True
            for block in blocks:
                takes = takes and _given(program, block)
            if takes:
                _given(program, b"", close=True)
            first_ended = program.wait()
        except BaseException:
            program.kill()
            first_ended = 1
            raise
        finally:
            if first_ended:  # before it could take the closed line for the end
                last.kill()
                last.wait()
            os.close(begin)
        if last.wait():
            raise BackupError(f"{Path(second[0]).name} lukte niet: {_last(said_second)} {_last(said)}")
        if first_ended:
            raise BackupError(f"{Path(first[0]).name} lukte niet: {_last(said)}")


def _given(program: subprocess.Popen[bytes], block: bytes, close: bool = False) -> bool:
    assert program.stdin is not None
    try:
        program.stdin.write(block)
        if close:
            program.stdin.close()
    except BrokenPipeError:
        return False
    return True


def _last(said: object) -> str:
    """The last that a program said, where it said anything."""
    said.seek(0)  # type: ignore[attr-defined]
    text: str = said.read().decode(errors="replace")  # type: ignore[attr-defined]
    return text.strip()[-_SAID:] or "het zei niet waarom."
