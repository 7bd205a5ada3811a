"""By whom a corporation's messages go: its mailbox while it tries things out, else what the installation has set."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings

from tijdig.access.scope import organisation_scope
from tijdig.carriers.chosen import Carriers
from tijdig.carriers.settings import carrier_from, provider_from
from tijdig.letters.actions_mailbox import Mailbox
from tijdig.letters.queries_texts import letterhead


def _now() -> datetime:
    return datetime.now(UTC)


def carriers_of(organisation_id: int) -> Carriers:
    """The carriers of this corporation. A setting that cannot be read raises `ValueError` that says which."""
    with organisation_scope(organisation_id):
        head = letterhead()
    if head is not None and head.trial:
        box = Mailbox(organisation_id)
        return Carriers(email=box, sms=box)
    email, sms, links = (setting(name, organisation_id) for name in ("EMAIL", "SMS", "LINKS"))
    return Carriers(
        email=carrier_from(email, _now) if email else None,
        sms=carrier_from(sms, _now) if sms else None,
        links=provider_from(links, _now) if links else None,
    )


def setting(name: str, organisation_id: int) -> str:
    """`TIJDIG_EMAIL_3` for corporation 3 where it is set, else `TIJDIG_EMAIL`."""
    known: dict[str, str] = settings.TIJDIG_CARRIERS
    return known.get(f"{name}_{organisation_id}", known.get(name, ""))


def has_links(organisation_id: int) -> bool:
    """Can this corporation give a link to pay by?"""
    return bool(setting("LINKS", organisation_id))
