"""The only writer of what other programs sent. A refused message is kept with its text and reason."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction

from tijdig.access.people import Client
from tijdig.access.scope import organisation_scope, partner_scope
from tijdig.base.bsn import without_bsn
from tijdig.vera.incoming import asked_as
from tijdig.vera.models import Message, MessageText
from tijdig.vera.values import Refused

LONGEST_TEXT = 65_536


@dataclass(frozen=True, slots=True)
class Sent:
    """A message as it came. `reference` is the sender's own number of it; empty where it has none."""

    client: Client
    method: str
    path: str
    reference: str
    body: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.body).hexdigest()

    @property
    def name(self) -> UUID:
        """Of what it asks: the same message gives the same, and one without a reference is always another."""
        if not self.reference:
            return uuid4()
        return asked_as(self.client, self.method, self.path, self.reference)


@contextmanager
def _own(client: Client) -> Iterator[dict[str, int | None]]:
    """The wall of whose program it is, and whose row it will be. Inside `access.behind`."""
    if client.partner_id is None:
        with organisation_scope(client.organisation_id):
            yield {"organisation_id": client.organisation_id, "partner_id": None}
    else:
        with partner_scope():
            yield {"organisation_id": None, "partner_id": client.partner_id}


def done_before(sent: Sent) -> int | None:
    """What this very message did when it came before: the id of its resource; None where it is new.

    `Refused` where its reference was of another message.
    """
    if not sent.reference:
        return None
    with _own(sent.client):
        row = Message.objects.filter(
            client_id=sent.client.id,
            method=sent.method,
            path=sent.path,
            reference=sent.reference,
            status__lt=400,
        ).first()
    if row is None:
        return None
    if row.digest != sent.digest:
        sentence = "Dit referentienummer was van een ander bericht. Geef elk bericht een eigen nummer."
        raise Refused(409, "referentienummer", sentence)
    return row.resource or 0


def keep_done(sent: Sent, status: int, resource: int | None) -> None:
    """It was done. Of the same message at the same moment one row stays."""
    with _own(sent.client) as owned:
        try:
            with transaction.atomic():
                Message.objects.create(**_row(sent), **owned, status=status, resource=resource)
        except IntegrityError:
            if not sent.reference:
                raise


def keep_refused(sent: Sent, status: int, code: str, sentence: str) -> None:
    """It was refused, and why."""
    with _own(sent.client) as owned:
        row = Message.objects.create(
            **_row(sent), **owned, status=status, code=code[:60], sentence=sentence[:800]
        )
        text, _ = without_bsn(sent.body[:LONGEST_TEXT].decode("utf-8", errors="replace").replace("\0", "�"))
        MessageText.objects.create(**owned, message=row, text=text)


def _row(sent: Sent) -> dict[str, object]:
    return {
        "client_id": sent.client.id,
        "method": sent.method,
        "path": sent.path[:120],
        "reference": sent.reference,
        "digest": sent.digest,
    }


def prune_texts(days: int) -> int:
    """Erase the text of what was refused longer ago. In the scope of whose it is; gives how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            """DELETE FROM vera_messagetext x USING vera_message m
                WHERE m.id = x.message_id AND m.at < now() - make_interval(days => %s)""",
            [days],
        )
        return int(cursor.rowcount)
