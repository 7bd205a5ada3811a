"""The key of backups: 32 random bytes in a small text file of its own, which only its owner may read.

Decides what a key file looks like: one line, `tijdig-backup-1` and the bytes in base64. Errors: `BackupError` where the
file is there already, cannot be read, or is no key. Left out: a password instead of a key, and where the file is kept.
Without the key nobody reads a backup, so it does not belong beside one.
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from pathlib import Path

_MARK = "tijdig-backup-1"
KEY_BYTES = 32


class BackupError(Exception):
    """A Dutch sentence: what is wrong, and what to do."""


def make_key(place: Path) -> None:
    """Write a new key; never over a file that is there."""
    line = f"{_MARK} {base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}\n"
    try:
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise BackupError(
            f"{place} bestaat al. Een sleutel wordt nooit overschreven: kies een andere naam."
        ) from None
    except OSError as error:
        raise BackupError(f"{place} kan niet worden gemaakt: {error.strerror}.") from None
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def read_key(place: Path) -> bytes:
    """The key in this file."""
    try:
        mark, text = place.read_text(encoding="ascii").split()
        key = base64.b64decode(text, validate=True)
    except OSError as error:
        raise BackupError(
            f"De sleutel {place} kan niet worden gelezen: {error.strerror}. Maak er een met `tijdig backup-key`."
        ) from None
    except (ValueError, binascii.Error):
        mark, key = "", b""
    if mark != _MARK or len(key) != KEY_BYTES:
        raise BackupError(f"{place} is geen sleutel van `tijdig backup-key`.")
    return key
