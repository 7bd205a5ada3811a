"""By whom a corporation's messages go, as the installation has set it; those of a trial go to its mailbox."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from django.conf import settings

from tijdig.carriers.chosen import Carriers
from tijdig.carriers.settings import Now, SettingError, carrier_from, provider_from

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


def setting(name: str, organisation_id: int) -> str:
    """`TIJDIG_EMAIL_3` for corporation 3 where it is set, else `TIJDIG_EMAIL`."""
    known: dict[str, str] = settings.TIJDIG_CARRIERS
    return known.get(f"{name}_{organisation_id}", known.get(name, ""))


def has_links(organisation_id: int) -> bool:
    """Can this corporation give a link to pay by?"""
    return bool(setting("LINKS", organisation_id))
