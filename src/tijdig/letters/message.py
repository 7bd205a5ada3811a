"""A letter as a message for a screen: the short text for a telephone, or a mail with the letter in it and beside it.

Decides what a message carries. A mail has the short text first where there is one, then the whole letter as text, so that
nobody must open a file to read it; the same letter is attached as the paper that was made. A telephone gets only the
short text.

Errors: `TextError` where a telephone is asked to show a letter without a short text. Example: an SMS about a reminder is
one or two sentences and the link, if there is one. Left out: what the carrier does with it.
"""

from __future__ import annotations

import re

from tijdig.carriers.channel import Attachment, Channel, Message
from tijdig.letters.filling import filled, short_message
from tijdig.letters.letter import Letter
from tijdig.letters.letterhead import Letterhead
from tijdig.letters.texts import Text


def _short_name(name: str) -> str:
    """The name of a corporation as a telephone can show it: letters and digits, at most eleven."""
    return re.sub(r"[^A-Za-z0-9 ]", "", name)[:11].strip() or "Verhuurder"


def message_of(
    letter: Letter,
    text: Text,
    head: Letterhead,
    *,
    channel: Channel,
    key: str,
    to: str,
    plain: str,
    pdf: bytes,
    link: str = "",
) -> Message:
    """The message that goes. `plain` is the letter as text, `pdf` its paper."""
    if channel is Channel.SMS:
        return Message(
            key=key,
            channel=channel,
            to=to,
            sender=head.sms_name or _short_name(head.name),
            sender_name=head.name,
            body=short_message(letter, text, link),
            language=letter.to.language.value,
        )
    parts = filled(letter, text)
    short = short_message(letter, text, link) if link and parts.message else ""
    return Message(
        key=key,
        channel=channel,
        to=to,
        sender=head.mail_from or head.contact_email,
        sender_name=head.name,
        reply_to=letter.sender.contact_email,
        subject=parts.subject,
        body=f"{short}\n\n{plain}" if short else plain,
        language=letter.to.language.value,
        attachments=(Attachment(f"{letter.reference}.pdf", "application/pdf", pdf),),
    )
