"""By whom a corporation's messages go and where answers come in, as the installation has set it.

Those of a trial go to its mailbox. Answers are of one corporation: a folder or a secret without a number in its name
(`TIJDIG_EMAIL_REPLIES`) counts only where there is one corporation, so that nobody reads the mail of another.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

from django.conf import settings

from tijdig.access.queries import organisation_ids
from tijdig.carriers.channel import Channel, Message
from tijdig.carriers.chosen import Carriers
from tijdig.carriers.imap import Folder
from tijdig.carriers.reply_settings import folder_from, secret_from
from tijdig.carriers.setting_parts import SettingError
from tijdig.carriers.settings import Now, carrier_from, provider_from

T = TypeVar("T")
log = logging.getLogger(__name__)


def _now() -> datetime:
    return datetime.now(UTC)


def carriers_of(organisation_id: int) -> Carriers:
    """The carriers of this corporation. A setting that cannot be read carries nothing, and the log says which one."""
    return Carriers(
        email=_read("EMAIL", organisation_id, carrier_from),
        sms=_read("SMS", organisation_id, carrier_from),
        links=_read("LINKS", organisation_id, provider_from),
    )


def _read(name: str, organisation_id: int, read: Callable[[str, Now], T]) -> T | None:
    text = setting(name, organisation_id)
    try:
        return read(text, _now) if text else None
    except SettingError as error:
        log.error("TIJDIG_%s: %s", name, error)
        return None


def reply_folder(organisation_id: int) -> Folder | None:
    """The folder in which this corporation's answers by e-mail come in; None where there is none that can be read."""
    return _read_own("EMAIL_REPLIES", organisation_id, folder_from)


def sms_secret(organisation_id: int) -> str:
    """What whoever delivers this corporation's answers by text message signs with; empty where nobody may."""
    return _read_own("SMS_REPLIES", organisation_id, secret_from) or ""


def _read_own(name: str, organisation_id: int, read: Callable[[str], T]) -> T | None:
    known: dict[str, str] = settings.TIJDIG_CARRIERS
    text = known.get(f"{name}_{organisation_id}", "")
    if not text and (text := known.get(name, "")) and organisation_ids() != [organisation_id]:
        log.error(
            "TIJDIG_%s: there are more corporations, so each has its own, as TIJDIG_%s_%s",
            name,
            name,
            organisation_id,
        )
        return None
    try:
        return read(text) if text else None
    except SettingError as error:
        log.error("TIJDIG_%s: %s", name, error)
        return None


def answered_here(organisation_id: int, message: Message) -> Message:
    """The message with an address for answers that names it, where the corporation has one; else as it was."""
    folder = reply_folder(organisation_id) if message.channel is Channel.EMAIL else None
    address = folder.reply_to(message.key) if folder else ""
    return replace(message, reply_to=address) if address else message


def setting(name: str, organisation_id: int) -> str:
    """`TIJDIG_EMAIL_3` for corporation 3 where it is set, else `TIJDIG_EMAIL`."""
    known: dict[str, str] = settings.TIJDIG_CARRIERS
    return known.get(f"{name}_{organisation_id}", known.get(name, ""))


def has_links(organisation_id: int) -> bool:
    """Can this corporation give a link to pay by?"""
    return bool(setting("LINKS", organisation_id))
