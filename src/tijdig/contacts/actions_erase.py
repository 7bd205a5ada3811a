"""Remove what was written in an answer: its text, its sender, why somebody did what with it, and the same in history.

That it came, when, by which way and whose it was stays, and so does the chain: it holds salted digests of the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tijdig.access.scope import organisation_scope
from tijdig.contacts import models
from tijdig.history.actions import erase_text, record
from tijdig.history.queries import of_subject

_MOST_EVENTS = 10_000


def erase_replies(*, organisation_id: int, actor: str, reply_ids: Sequence[int], on: date) -> int:
    """Erase these answers; returns how many still had a text."""
    with organisation_scope(organisation_id):
        texts = models.ReplyText.objects.filter(reply_id__in=reply_ids)
        found = list(texts.values_list("reply_id", flat=True))
        erase_text(organisation_id=organisation_id, event_ids=_events(found))
        models.ReplyDeedText.objects.filter(deed__reply_id__in=found).delete()
        texts.delete()
        for one in found:
            record(
                organisation_id=organisation_id,
                actor=actor,
                verb="reply_erased",
                subject=f"reply:{one}",
                effective_on=on,
                facts={"reply": one},
            )
        return len(found)


def _events(reply_ids: Sequence[int]) -> list[int]:
    """What history tells of these answers, of whomever they were with."""
    subjects = {f"reply:{one}" for one in reply_ids}
    for rows in (
        models.Reply.objects.filter(pk__in=reply_ids),
        models.ReplyDeed.objects.filter(reply_id__in=reply_ids),
    ):
        subjects |= {f"tenancy:{one}" for one in rows.values_list("tenancy_id", flat=True) if one is not None}
    return [
        happened.id
        for subject in sorted(subjects)
        for happened in of_subject(subject, limit=_MOST_EVENTS)
        if happened.verb.startswith("reply_") and happened.facts.get("reply") in set(reply_ids)
    ]
