"""The signs in an answer that point to a tenancy, looked up; in the corporation's scope. What they are worth: `reply_match`.

Keys are those of messages that we sent. A number that is called what it is, is a sign; one that is not, only where it comes
from a tenant of the very contract that it names. The quoted text is looked at where the answer itself names nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db import connection

from tijdig.carriers.reply_mail import MailReply
from tijdig.carriers.sms_reply import SmsReply
from tijdig.contacts.reply_kinds import How
from tijdig.contacts.reply_match import Sign
from tijdig.letters.clues import Named, named_in
from tijdig.tenancies.queries import search
from tijdig.tenancies.queries_senders import Sender, senders_by_email, senders_by_number, tenancies_named

_MOST_NAMES = 2
_ALIKE = 0.6  # of 1: how much a name must look like that of a tenant


def signs_of_mail(reply: MailReply) -> list[Sign]:
    """The signs in an answer by e-mail."""
    senders = senders_by_email(reply.sender) if reply.sender else []
    found = [
        *_by_key(How.MESSAGE, reply.answers or ()),
        *_by_key(How.TOKEN, reply.sent_to),
        *_by_number(named_in(reply.subject, reply.text), senders),
        *_by_sender(How.ADDRESS, senders),
    ]
    if not any(sign.how is How.MESSAGE for sign in found):
        found += _by_key(How.MESSAGE, reply.thread)
    if not any(sign.how in (How.REFERENCE, How.BARE) for sign in found):
        found += _by_number(named_in(reply.quoted), senders)
    return found or list(_by_name(reply.sender_name))


def signs_of_sms(reply: SmsReply, carrier: str) -> list[Sign]:
    """The signs in an answer by text message; `carrier` is who carries our messages, by whose names it may call one."""
    found = list(_by_key(How.SMS, [reply.about]))
    if not found and reply.about:
        found = [Sign(How.SMS, one) for one in _of_provider(carrier, reply.about)]
    return [*found, *_by_sender(How.NUMBER, senders_by_number(reply.sender))]


def _by_key(how: How, keys: Sequence[str]) -> Iterator[Sign]:
    """The tenancies of the messages with these keys; a text that is no key is of none."""
    found = [key for key in map(_uuid, keys) if key is not None]
    if not found:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT l.tenancy_id FROM letters_sending s JOIN letters_letter l ON l.id = s.letter_id
                WHERE s.key = ANY(%s) ORDER BY 1""",
            [found],
        )
        yield from (Sign(how, tenancy) for (tenancy,) in cursor.fetchall())


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(hex=text)
    except ValueError:
        return None


def _of_provider(carrier: str, provider_id: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT l.tenancy_id FROM letters_sending s JOIN letters_letter l ON l.id = s.letter_id
                WHERE s.provider_id = %s AND s.carrier = %s AND s.channel = 'sms' ORDER BY 1""",
            [provider_id, carrier],
        )
        return [tenancy for (tenancy,) in cursor.fetchall()]


def _by_number(named: Named, senders: Sequence[Sender]) -> list[Sign]:
    if not named.anything:
        return []
    own = {one.tenancy_id for one in senders if one.tenant}
    leases = tenancies_named([*named.numbers, *named.bare])
    found = [Sign(How.REFERENCE, tenancy, letter) for letter, tenancy in _of_letters(named.letters)]
    found += [Sign(How.REFERENCE, tenancy, one) for one in named.numbers for tenancy in leases.get(one, ())]
    bare = [(one, tenancy) for one in named.bare for tenancy in leases.get(one, ())]
    return found + [
        Sign(How.REFERENCE if tenancy in own else How.BARE, tenancy, one) for one, tenancy in bare
    ]


def _of_letters(references: Sequence[str]) -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reference, tenancy_id FROM letters_letter WHERE reference = ANY(%s) ORDER BY id",
            [list(references)],
        )
        return list(cursor.fetchall())


def _by_sender(how: How, senders: Sequence[Sender]) -> Iterator[Sign]:
    for one in senders:
        yield Sign(how if one.tenant else How.REPRESENTATIVE, one.tenancy_id)


def _by_name(name: str) -> Iterator[Sign]:
    """Tenants whose name looks like the sender's: where nothing else is known of him."""
    for tenancy, alike in search(name, most=_MOST_NAMES) if len(name) >= 4 else ():
        if alike >= _ALIKE:
            yield Sign(How.NAME, tenancy)
