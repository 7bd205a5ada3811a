"""Which carrier or payment provider a setting means.

Decides it from one line of text, so that a setting is checked when the program starts and not when a letter goes:

| Setting | Means |
|---|---|
| `smtp://name:password@host:587` | a mail server, its line closed by STARTTLS |
| `smtps://name:password@host:465` | a mail server, its line closed from the first byte |
| `smtp+plain://host:25` | a mail server over an open line; with a password on this machine only |
| `spryng:TOKEN` | text messages by Spryng |
| `webhook:https://host/path#SECRET` | a service that speaks our own protocol |
| `mollie:KEY` | payment links by Mollie |

All but the webhook take more after a `?`: `timeout_s`; `return_path` (mail, `{key}` in it becomes the key); `route`
(Spryng); `methods`, with commas (Mollie); `base_url`, for a test (Spryng, Mollie). In a name or password `@`, `:`, `/`,
`?`, `#` and `%` are written as `%40` and so on.

Errors: `SettingError`, a Dutch sentence that never holds any part of the setting, because any part may be the secret.
Example: `carrier_from("spryng:abc", now).name` is `spryng`. Left out: where a setting comes from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

from tijdig.carriers.channel import Carrier
from tijdig.carriers.mollie import Mollie
from tijdig.carriers.payment_link import LinkError, Provider
from tijdig.carriers.setting_parts import HERE, SettingError, more_of, person_of, strange, timeout_of
from tijdig.carriers.smtp import Security, Smtp, is_address
from tijdig.carriers.spryng import BASE_URL, Spryng
from tijdig.carriers.webhook import Webhook

Now = Callable[[], datetime]

_MAIL: dict[str, tuple[Security, int]] = {
    "smtp": ("starttls", 587),
    "smtps": ("tls", 465),
    "smtp+plain": ("none", 25),
}
_TOKEN = re.compile(r"[!-~]+")
_NAME = re.compile(r"(EMAIL|SMS|LINKS)(?:_\d+)?", re.ASCII)
_MAIL_TIMEOUT_S = 30
_TIMEOUT_S = 10
_FORMS = "smtp://, smtps://, smtp+plain://, spryng: of webhook:"


def check(settings: Mapping[str, str]) -> list[str]:
    """A sentence for each setting that cannot be read, none of them with any part of its value.

    The names are without `TIJDIG_`: `EMAIL`, `SMS` and `LINKS`, each also with the number of a corporation behind it
    (`EMAIL_3`). Others are passed over (`EMAIL_BACK` is a folder), and so is a setting that is empty: it is not set.
    """
    found = []
    for name, setting in sorted(settings.items()):
        hit = _NAME.fullmatch(name)
        if hit is None or not setting:
            continue
        try:
            _ = provider_from(setting, _no_moment) if hit[1] == "LINKS" else carrier_from(setting, _no_moment)
        except SettingError as error:
            found.append(f"TIJDIG_{name}: {error}")
    return found


def _no_moment() -> datetime:
    return datetime.min.replace(tzinfo=UTC)  # nothing is sent with what was read, so nothing bears it


def carrier_from(setting: str, now: Now) -> Carrier:
    """The carrier that a setting means; `now` gives the moment that mails and signatures bear."""
    kind, _, rest = setting.strip().partition(":")
    if kind in _MAIL:
        return _mail(kind, setting.strip(), now)
    if kind == "spryng":
        return _spryng(rest)
    if kind == "webhook":
        return _webhook(rest, now)
    if kind == "mollie":
        raise SettingError(
            "Mollie maakt betaallinks en verstuurt geen berichten: zet dit bij de betaallinks."
        )
    raise SettingError(f"Deze instelling voor versturen begint niet met {_FORMS}.")


def provider_from(setting: str, now: Now) -> Provider:
    """The payment provider that a setting means; `now` tells whether a link is over."""
    kind, _, rest = setting.strip().partition(":")
    if kind != "mollie":
        raise SettingError("Deze instelling voor betaallinks begint niet met mollie:.")
    key, more = _token(rest, "Mollie", ("timeout_s", "base_url", "methods"))
    methods = tuple(filter(None, more.get("methods", "ideal").split(",")))
    try:
        return Mollie(
            key, now, endpoint=_base_url(more), methods=methods, timeout_s=timeout_of(more, _TIMEOUT_S)
        )
    except LinkError as error:
        raise SettingError(error.detail) from None


def _mail(kind: str, setting: str, now: Now) -> Smtp:
    security, usual_port = _MAIL[kind]
    try:
        parts = urlsplit(setting)
        host, port = parts.hostname or "", parts.port or usual_port
    except ValueError:
        raise SettingError(strange("De instelling van de mailserver")) from None
    if not host or parts.fragment or parts.path not in ("", "/"):
        raise SettingError(strange("De instelling van de mailserver"))
    user, password = person_of(parts, "de mailserver")
    if security == "none" and user and host not in HERE:
        raise SettingError("Een wachtwoord gaat niet over een open lijn: gebruik smtp:// of smtps://.")
    more = more_of(parts.query, "de mailserver", ("timeout_s", "return_path"))
    back = more.get("return_path", "")
    if back and not is_address(back.replace("{key}", "0" * 32)):
        raise SettingError(
            "return_path van de mailserver is geen e-mailadres, zoals bounce+{key}@voorbeeld.nl."
        )
    return Smtp(host, port, user, password, security, timeout_of(more, _MAIL_TIMEOUT_S), back, now)


def _spryng(rest: str) -> Spryng:
    token, more = _token(rest, "Spryng", ("timeout_s", "base_url", "route"))
    return Spryng(
        token, _base_url(more) or BASE_URL, timeout_of(more, _TIMEOUT_S), more.get("route") or "business"
    )


def _webhook(rest: str, now: Now) -> Webhook:
    url, _, secret = rest.partition("#")
    if not secret:
        raise SettingError("De instelling webhook: mist het geheim. Schrijf webhook:https://adres#geheim.")
    if not _is_safe(url):
        raise SettingError("Het adres van de webhook begint met https:// en noemt een server.")
    return Webhook(url, secret, now, _TIMEOUT_S)


def _token(rest: str, whose: str, known: tuple[str, ...]) -> tuple[str, dict[str, str]]:
    token, _, query = rest.partition("?")
    if not _TOKEN.fullmatch(token):
        raise SettingError(f"De sleutel van {whose} ontbreekt, of er staat een spatie of vreemd teken in.")
    return token, more_of(query, whose, known)


def _base_url(more: dict[str, str]) -> str:
    url = more.get("base_url", "")
    if url and not _is_safe(url):
        raise SettingError("base_url begint met https:// en noemt een server.")
    return url


def _is_safe(url: str) -> bool:
    """Over a closed line, or to this machine."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and host in HERE))
