"""Reads of who looked and who did what, of a subject or by somebody, the newest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from tijdig.history.reading import LABEL, WHY_LABEL, What, Why

_BOTH = """
SELECT at, actor, subject, what, '' AS verb, why, coalesce(x.text, '') FROM (
    SELECT at, actor, subject, what, why, id FROM history_reading
     WHERE {reading} AND "on" <= %(until)s ORDER BY id DESC LIMIT %(most)s) looked
  LEFT JOIN history_readingtext x ON x.reading_id = looked.id
UNION ALL
SELECT recorded_at, actor, subject, '', verb, '', '' FROM (
    SELECT recorded_at, actor, subject, verb, id FROM history_event
     WHERE {event} AND recorded_at < (%(until)s::date + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam'
     ORDER BY id DESC LIMIT %(most)s) did
ORDER BY 1 DESC, 3, 4, 5 LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Trace:
    """One look, or one act: then `verb` says which and `what` is None."""

    at: datetime
    actor: str
    subject: str
    what: What | None
    verb: str
    why: str = ""  # with words, where they were given and not erased

    @property
    def looked(self) -> str:
        """What was looked at, in words; nothing for an act."""
        return LABEL[self.what] if self.what else ""


def of_subjects(subjects: Sequence[str], *, until: date, most: int) -> list[Trace]:
    """Who looked at these and who did something with them, up to a day."""
    same = "subject = ANY(%(subjects)s)"
    return list(_traces(same, same, subjects=list(subjects), until=until, most=most))


def by_actor(actor: str, *, until: date, most: int) -> list[Trace]:
    """What somebody looked at and did, up to a day."""
    # The index is of people alone; the condition is repeated so that it is found.
    return list(
        _traces(
            "actor = %(actor)s", "actor = %(actor)s AND actor >= 'user:'", actor=actor, until=until, most=most
        )
    )


def _traces(reading: str, event: str, **given: Any) -> Iterator[Trace]:
    with connection.cursor() as cursor:
        cursor.execute(_BOTH.format(reading=reading, event=event), given)
        for at, actor, subject, what, verb, why, words in cursor.fetchall():
            said = ": ".join(one for one in (WHY_LABEL[Why(why)] if why else "", words) if one)
            yield Trace(at, actor, subject, What(what) if what else None, verb, said)
