"""The signing key of an installation, as a backup knows it: what is sealed opens with this one alone.

Decides whether a backup may come back where it is asked to, by the key that it was made with and the one that is there.
Second steps, secrets of providers and webhooks, and the files that came in are sealed with keys drawn from it.

A key that stands in the data folder goes into the backup, which is encrypted, and comes back with it. One that the
environment gives is not ours to carry: the backup then holds its fingerprint, and the same one must be given again. Errors:
`BackupError`, before anything is touched. Worked example: a backup with key A into a folder with key B is refused, unless B
may go aside. Left out: making one (`project.secret`).
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tijdig.backup.key import BackupError

FILE_NAME = "secret.key"


@dataclass(frozen=True, slots=True)
class Signing:
    """The key that holds here. `own`: it stands in the data folder; else the environment gives it."""

    key: str = field(repr=False)
    own: bool

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(b"tijdig signing key " + self.key.encode()).hexdigest()[:16]

    def told(self) -> dict[str, Any]:
        """What a backup says of it in the open part of its contents."""
        return {"own": self.own, "fingerprint": self.fingerprint}


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked for where the keys differ."""

    replace: bool = False  # the one that is here goes aside
    without: bool = False  # what is sealed need not open


def check_keys(told: Mapping[str, Any] | None, here: Signing | None, asked: Asked) -> bool:
    """Must the key of the backup be put here? Refuses where what comes back could not be opened."""
    if told is None or (here is not None and here.fingerprint == told["fingerprint"]):
        return False
    if told["own"] and here is None:
        return True
    if told["own"] and here is not None and here.own:
        if not asked.replace:
            raise BackupError(_OTHER_HERE)
        return True
    if not asked.without:
        raise BackupError(_NOT_GIVEN if not told["own"] else _OTHER_GIVEN)
    return False


_LOST = (
    "Weet u de sleutel niet meer, neem dan --without-signing-key: tweede stappen en geheimen van webhooks en aanmelding "
    "worden dan opnieuw ingesteld, en ingelezen bestanden gaan niet meer open."
)
_OTHER_HERE = (
    "In deze map staat een andere ondertekensleutel (secret.key) dan die van de reservekopie. Zet terug met een lege map "
    "in TIJDIG_DATA. Of neem --replace-signing-key: de sleutel van hier gaat opzij, en wat daarmee verzegeld is, gaat niet "
    "meer open."
)
_OTHER_GIVEN = (
    "TIJDIG_SECRET_KEY is een andere sleutel dan die van de reservekopie. Haal hem weg: de kopie brengt de hare mee. "
    f"{_LOST}"
)
_NOT_GIVEN = (
    "De ondertekensleutel van deze reservekopie kwam uit TIJDIG_SECRET_KEY en zit er niet in. Geef dezelfde sleutel in "
    f"TIJDIG_SECRET_KEY. {_LOST}"
)


def put_key(data: Path, key: str) -> None:
    """The key in the data folder, readable by its owner alone. One that was there stays beside it, under its fingerprint."""
    data.mkdir(parents=True, exist_ok=True)
    place = data / FILE_NAME
    if place.exists():
        before = Signing(place.read_text(encoding="ascii").strip(), own=True)
        place.rename(data / f"{FILE_NAME}.{before.fingerprint}")
    handle, name = tempfile.mkstemp(dir=data, prefix=".coming-")  # 0600
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(place)
