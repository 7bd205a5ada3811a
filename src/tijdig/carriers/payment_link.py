"""A link with which a tenant pays: what is asked of a payment provider, and what it says of the link afterwards.

Decides nothing. A provider makes one link for one amount; the same key asks for the same link. What it says of a link is
a promise: the money counts when the bank statement shows it. `PAID` means that all that was asked came in and is still
there; what was paid and taken back, or only in part, is `FAILED`, and `paid_cents` says how much is left of it.

Units: whole cents, days in Amsterdam. Errors: `LinkError`. Example: a link of € 700.00 that was charged back is
`LinkStatus(LinkState.FAILED, 0, None)`. Left out: paying back, links that are paid more than once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol


class LinkState(StrEnum):
    """Where a link stands."""

    OPEN = "open"
    PAID = "paid"
    EXPIRED = "expired"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Link:
    """`provider_id` is the provider's own name of the link, `url` the page where the tenant pays."""

    provider_id: str
    url: str


@dataclass(frozen=True, slots=True)
class LinkStatus:
    """`paid_cents` is what is there now; `paid_on` the day of the last payment, None where nothing is there."""

    state: LinkState
    paid_cents: int = 0
    paid_on: date | None = None


class LinkError(Exception):
    """There is no link, or no answer. `detail` says it in Dutch; `again` whether trying later may help."""

    def __init__(self, detail: str, again: bool) -> None:
        super().__init__(detail)
        self.detail = detail
        self.again = again


class Provider(Protocol):
    """Something that makes payment links. `live` tells whether real money moves."""

    name: str

    @property
    def live(self) -> bool: ...

    def create(
        self,
        *,
        amount_cents: int,
        description: str,
        key: str,
        expires_on: date,
        return_url: str,
        hint_url: str,
    ) -> Link:
        """A link that can be paid up to and including `expires_on`. `hint_url` is told that something changed, no more."""
        ...

    def status(self, provider_id: str) -> LinkStatus:
        """Where a link stands, fetched from the provider."""
        ...
