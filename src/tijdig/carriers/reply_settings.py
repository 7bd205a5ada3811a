"""Where answers of tenants come in, as a setting means it.

| Setting | Means |
|---|---|
| `imaps://name:password@host:993/Folder` | a folder at a mail server, its line closed from the first byte |
| `imap://name:password@host:143/Folder` | the same, its line closed by STARTTLS |
| `imap+plain://name:password@localhost:143/Folder` | over an open line: on this machine only |
| a secret of 24 or more printable signs | what whoever delivers answers by text message signs with |

Without a folder it is INBOX. After a `?` of a folder: `timeout_s`, and `address`, to which tenants answer: mail that goes
out then carries it with the key of the message in it (`antwoord+KEY@...`), so that an answer names its letter. Its server
must deliver what stands behind the plus (RFC 5233). In a name, password or folder `@`, `:`, `/`, `?`, `#` and `%` are
written as `%40` and so on.

Decides what such a line means. Errors: `SettingError`, a Dutch sentence that never holds any part of the setting.
Example: `folder_from("imaps://a:b@mail.example/Antwoorden").name` is `Antwoorden`. Left out: where a setting comes from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from tijdig.carriers.imap import Folder
from tijdig.carriers.setting_parts import HERE, SettingError, more_of, person_of, strange, timeout_of
from tijdig.carriers.smtp import Security, is_address

_LINES: dict[str, tuple[Security, int]] = {
    "imap": ("starttls", 143),
    "imaps": ("tls", 993),
    "imap+plain": ("none", 143),
}
_NAME = re.compile(r"(EMAIL_REPLIES|SMS_REPLIES)(?:_\d+)?", re.ASCII)
_SECRET = re.compile(r"[!-~]{24,200}")
_LONGEST_LOCAL = 31  # before the @: 64 signs in all (RFC 5321), a plus and 32 digits among them
_USUAL_S = 30
_WHAT = "de map met antwoorden"


def check_replies(settings: Mapping[str, str]) -> list[str]:
    """A sentence for each setting of answers that cannot be read. Names are without `TIJDIG_`; others are passed over."""
    found = []
    for name, setting in sorted(settings.items()):
        hit = _NAME.fullmatch(name)
        if hit is None or not setting:
            continue
        try:
            _ = folder_from(setting) if hit[1] == "EMAIL_REPLIES" else secret_from(setting)
        except SettingError as error:
            found.append(f"TIJDIG_{name}: {error}")
    return found


def folder_from(setting: str) -> Folder:
    """The folder that a setting means."""
    kind = setting.strip().partition(":")[0]
    if kind not in _LINES:
        raise SettingError(
            f"De instelling van {_WHAT} begint niet met {', '.join(f'{one}://' for one in _LINES)}."
        )
    security, usual_port = _LINES[kind]
    try:
        parts = urlsplit(setting.strip())
        host, port = parts.hostname or "", parts.port or usual_port
    except ValueError:
        raise SettingError(strange(f"De instelling van {_WHAT}")) from None
    if not host or parts.fragment:
        raise SettingError(strange(f"De instelling van {_WHAT}"))
    user, password = person_of(parts, _WHAT)
    if not user:
        raise SettingError(f"De instelling van {_WHAT} mist een naam en een wachtwoord.")
    if security == "none" and host not in HERE:
        raise SettingError("Een wachtwoord gaat niet over een open lijn: gebruik imap:// of imaps://.")
    more = more_of(parts.query, _WHAT, ("timeout_s", "address"))
    folder = unquote(parts.path.removeprefix("/")) or "INBOX"
    if not folder.isprintable():
        raise SettingError(f"De naam van {_WHAT} heeft een teken dat daar niet mag.")
    timeout_s = timeout_of(more, _USUAL_S)
    return Folder(host, port, user, password, security, folder, _address(more.get("address", "")), timeout_s)


def _address(address: str) -> str:
    local = address.rpartition("@")[0]
    if address and (not is_address(address) or "+" in local or len(local) > _LONGEST_LOCAL):
        raise SettingError(
            "address is een e-mailadres zonder plus, met ten hoogste 31 tekens voor de @, zoals antwoord@voorbeeld.nl."
        )
    return address


def secret_from(setting: str) -> str:
    """The secret of whoever delivers answers by text message."""
    if not _SECRET.fullmatch(setting.strip()):
        raise SettingError("Het geheim voor sms-antwoorden heeft ten minste 24 tekens, zonder spatie.")
    return setting.strip()
