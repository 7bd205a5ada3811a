"""A secret that must be read again is kept sealed; a secret that is only compared is kept as a digest.

Each use has a key of its own, drawn from the signing key of the installation and the name of the use (HKDF with
SHA-256), so that what leaks of one opens no other. Sealed by Fernet: AES-128-CBC with an HMAC.

Errors: `SealBroken` where what was kept cannot be opened, because the signing key was changed or the row was.
Left out: changing the signing key while keeping what was sealed. Who lost it sets the second step up again.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class SealBroken(Exception):  # noqa: N818 - a state that a person is told about
    """What was kept cannot be opened."""


def _key(secret_key: str, use: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=f"tijdig.entrance.{use}".encode()).derive(secret_key.encode())


def seal(secret_key: str, use: str, text: str) -> str:
    return Fernet(base64.urlsafe_b64encode(_key(secret_key, use))).encrypt(text.encode()).decode("ascii")


def opened(secret_key: str, use: str, sealed: str) -> str:
    """What was sealed for that use; `SealBroken` where it cannot be opened."""
    try:
        return (
            Fernet(base64.urlsafe_b64encode(_key(secret_key, use))).decrypt(sealed.encode()).decode("utf-8")
        )
    except (InvalidToken, UnicodeError):
        raise SealBroken from None


def keyed_digest(secret_key: str, use: str, text: str) -> str:
    """A digest that nobody can guess at without the key of the installation."""
    return hmac.new(_key(secret_key, use), text.encode(), hashlib.sha256).hexdigest()
