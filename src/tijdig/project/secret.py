"""The signing key of this installation: made once, kept in the data folder, readable by the program only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def secret_key(data: Path) -> str:
    """`TIJDIG_SECRET_KEY`, or the key in `data/secret.key`, which is made when it is not there."""
    given = os.environ.get("TIJDIG_SECRET_KEY")
    if given:
        return given
    place = data / "secret.key"
    if not place.exists():
        data.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
    return place.read_text(encoding="ascii").strip()
