"""The carriers and the payment provider that a corporation has; None where there is none."""

from __future__ import annotations

from dataclasses import dataclass

from tijdig.carriers.channel import Carrier, Channel
from tijdig.carriers.payment_link import Provider


@dataclass(frozen=True, slots=True)
class Carriers:
    email: Carrier | None = None
    sms: Carrier | None = None
    links: Provider | None = None

    def of(self, channel: Channel) -> Carrier | None:
        """The carrier of a channel; paper has none, a person hands it over."""
        return {Channel.EMAIL: self.email, Channel.SMS: self.sms}.get(channel)
