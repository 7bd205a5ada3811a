"""Reads of the files of debt-help traffic: what was read, what waits to go out, and what went, in one organisation's
scope.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Exists, OuterRef

from tijdig.help import models
from tijdig.help.traffic import MESSAGE_LABEL, SHEET_LABEL, Message, Sheet, sheet_of


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file that was read, with how many of its lines were taken, were known, and could not be used."""

    id: int
    file_name: str
    kind: str
    version: str
    lines: int
    taken: int
    known: int
    rejected: int
    read_on: date
    name: str

    @property
    def label(self) -> str:
        return MESSAGE_LABEL[Message(self.kind)]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line that could not be used."""

    file_name: str
    read_on: date
    number: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Made:
    """A file of answers that was made. `kept`: its bytes are still there."""

    id: int
    sheet: str
    version: str
    messages: int
    made_on: date
    name: str
    kept: bool

    @property
    def label(self) -> str:
        return SHEET_LABEL[Sheet(self.sheet)]


def files(most: int) -> list[FileRead]:
    """The newest first."""
    rows = models.TrafficFile.objects.order_by("-pk")[:most]
    return [
        FileRead(
            row.pk,
            row.file_name,
            row.kind,
            row.version,
            row.lines,
            row.taken,
            row.known,
            row.rejected,
            row.read_on,
            row.name,
        )
        for row in rows
    ]


def rejected(most: int, after: int = 0) -> list[Rejected]:
    """The newest file first, by line, but the first `after`; of a file that was read again only the last reading."""
    later = models.TrafficFile.objects.filter(digest=OuterRef("file__digest"), pk__gt=OuterRef("file_id"))
    lines = models.TrafficLine.objects.filter(~Exists(later)).order_by("-file_id", "number")
    rows = lines.select_related("file")[after : after + most]
    return [Rejected(row.file.file_name, row.file.read_on, row.number, row.text, row.reason) for row in rows]


FETCHED = 'greatest((SELECT max(read_on) FROM help_trafficfile), (SELECT max("on") FROM help_trafficlook))'


def fetched_on() -> date | None:
    """The last day on which somebody brought a file in or found that there was none; None where nobody ever did."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {FETCHED}")
        found: date | None = cursor.fetchone()[0]
        return found


def to_go() -> dict[Sheet, list[tuple[int, int]]]:
    """By file, the answers that no file carried yet: message and conversation, the oldest first.

    Not what was taken back.
    """
    found: dict[Sheet, list[tuple[int, int]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT m.id, m.conversation_id, m.kind, q.kind FROM help_message m JOIN help_message q ON q.id = m.answers_id
                WHERE NOT EXISTS (SELECT 1 FROM help_trafficexportitem i WHERE i.message_id = m.id)
                  AND NOT EXISTS (SELECT 1 FROM help_messageretraction b WHERE b.message_id = m.id)
                ORDER BY m.id"""
        )
        for pk, talk, answer, asked in cursor.fetchall():
            found.setdefault(sheet_of(Message(answer), Message(asked)), []).append((pk, talk))
    return found


def made(most: int) -> list[Made]:
    """The newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT e.id, e.sheet, e.version, e.messages, e.made_on, e.name, f.export_id IS NOT NULL
                 FROM help_trafficexport e LEFT JOIN help_trafficexportfile f ON f.export_id = e.id
                ORDER BY e.id DESC LIMIT %s""",
            [most],
        )
        return [Made(*row) for row in cursor.fetchall()]


def made_file(export_id: int) -> tuple[str, bytes] | None:
    """Which file it is and its bytes; None where there is none, or no longer."""
    found = (
        models.TrafficExportFile.objects.filter(pk=export_id).values_list("export__sheet", "content").first()
    )
    return None if found is None else (found[0], bytes(found[1]))
