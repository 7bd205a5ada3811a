"""What the settings of carriers and of folders have in common: who signs in, what stands after the `?`, for how long.

Decides how those parts are read. Errors: `SettingError`, a Dutch sentence that never holds any part of the setting, because
any part may be the secret. Example: `more_of("timeout_s=5", "Spryng", ("timeout_s",))` is `{"timeout_s": "5"}`.
Left out: what a setting means (`settings`, `reply_settings`).
"""

from __future__ import annotations

from urllib.parse import SplitResult, unquote

HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_LONGEST_S = 120


class SettingError(ValueError):
    """This setting means nothing; the sentence says why (Dutch)."""


def person_of(parts: SplitResult, what: str) -> tuple[str, str]:
    """Name and password; both empty where nobody signs in."""
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password):
        raise SettingError(f"De instelling van {what} heeft een naam en een wachtwoord, of geen van beide.")
    return user, password


def more_of(query: str, whose: str, known: tuple[str, ...]) -> dict[str, str]:
    """What stands after the `?`. A plus is a plus here: it stands in return paths."""
    pairs = [one.partition("=") for one in query.split("&") if one]
    if any(name not in known or not value for name, _, value in pairs):
        names = ", ".join(known)
        raise SettingError(
            f"Achter het vraagteken bij {whose} mag alleen staan: {names}. Elk met = en een waarde."
        )
    return {name: unquote(value) for name, _, value in pairs}


def timeout_of(more: dict[str, str], usual_s: float) -> float:
    """How many seconds one read may take."""
    try:
        seconds = float(more.get("timeout_s", usual_s))
    except ValueError:
        seconds = 0
    if not 0 < seconds <= _LONGEST_S:
        raise SettingError(f"timeout_s is een aantal seconden boven 0 en tot en met {_LONGEST_S}.")
    return seconds


def strange(what: str) -> str:
    """The sentence about an address that cannot be read."""
    return (
        f"{what} is niet te lezen. Schrijf in naam en wachtwoord @ : / ? # en % als %40 %3A %2F %3F %23 %25."
    )
