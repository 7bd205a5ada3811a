"""What a contact is called in one line: by which way, by whom, and whether anybody was reached.

Decides the words alone. A letter or message that went or came is named by its way: that nobody was spoken to goes without
saying. Units: none. Errors: none. Worked example: a call of ours that nobody took is `Gebeld, niet bereikt`; an e-mail of
the tenant is `E-mail gekregen`.

Left out: with whom and what came of it, which are labels of their own (`kinds`); other languages, which are for the door.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tijdig.contacts.contact import Contact
from tijdig.contacts.kinds import Channel, Direction, Reached
from tijdig.contacts.talk import SPOKEN

BY_US: Mapping[Channel, str] = {
    Channel.PHONE: "Gebeld",
    Channel.SMS: "Sms of app gestuurd",
    Channel.EMAIL: "E-mail gestuurd",
    Channel.LETTER: "Brief gestuurd",
    Channel.VISIT: "Bezocht",
    Channel.DESK: "Aan de balie",
    Channel.VIDEO: "Videogesprek",
}
BY_TENANT: Mapping[Channel, str] = {
    Channel.PHONE: "De huurder belde",
    Channel.SMS: "Sms of app gekregen",
    Channel.EMAIL: "E-mail gekregen",
    Channel.LETTER: "Brief gekregen",
    Channel.VISIT: "Bezocht op verzoek van de huurder",
    Channel.DESK: "Aan de balie",
    Channel.VIDEO: "De huurder belde met beeld",
}
GOT: Mapping[Reached, str] = {
    Reached.TALKED: "gesproken",
    Reached.MESSAGE: "bericht achtergelaten",
    Reached.NONE: "niet bereikt",
}
MESSAGE_CAME = "bericht gekregen"


class Said(NamedTuple):
    """The two parts of the line, each a phrase of its own; `got` is empty where the way says it all."""

    how: str
    got: str

    @property
    def text(self) -> str:
        return ", ".join(part for part in self if part)


def said(contact: Contact) -> Said:
    """How it was, in Dutch."""
    came_in, message = contact.direction is Direction.IN, contact.reached is Reached.MESSAGE
    how = (BY_TENANT if came_in else BY_US)[contact.channel]
    if message and contact.channel not in SPOKEN:
        return Said(how, "")
    return Said(how, MESSAGE_CAME if came_in and message else GOT[contact.reached])
