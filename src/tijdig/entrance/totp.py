"""Codes of six digits that change every half minute, and recovery codes.

Source: RFC 6238 (TOTP) with the values that every authenticator knows: SHA-1, six digits, thirty seconds. One half
minute too early or too late still counts, for clocks that differ. A code counts once: a half minute that is not after
the last one is refused.

Example: at 1970-01-01 00:00:59 UTC the secret of the RFC gives `287082`, in half minute 1.
Left out: other lengths and digests (many authenticators ignore them and show another code).
"""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime

import pyotp

SECONDS, DRIFT = 30, 1
RECOVERY_CODES = 10
_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # none that look alike


def new_secret() -> str:
    return pyotp.random_base32()


def step_of(at: datetime) -> int:
    return int(at.timestamp()) // SECONDS


def step_that_fits(secret: str, typed: str, at: datetime, last_step: int) -> int | None:
    """The half minute of this code, where it is near this moment and after the last; else None."""
    code = "".join(typed.split())
    if not (code.isascii() and code.isdigit() and len(code) == 6):
        return None
    made = pyotp.TOTP(secret)
    here = step_of(at)
    near = range(here - DRIFT, here + DRIFT + 1)
    fits = [step for step in near if hmac.compare_digest(made.generate_otp(max(step, 0)), code)]
    return next((step for step in fits if step > last_step), None)


def address(secret: str, email: str) -> str:
    """What an authenticator reads from the picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name="tijdig")


def in_fours(secret: str) -> str:
    """The secret as somebody types it over."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def recovery_codes() -> list[str]:
    """Ten new ones, as `XXXX-XXXX-XXXX`: about 59 bits each."""
    return [
        "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
        for _ in range(RECOVERY_CODES)
    ]


def plain(typed: str) -> str:
    """A recovery code as it is compared: capitals, without strokes and spaces."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())
