"""Reads of municipalities and signals, in the scope of one organisation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef

from tijdig.help import models
from tijdig.help.duties import Proof, Source
from tijdig.help.kinds import DUTY_LABEL, STOP_SENTENCE, Duty, Mark, Result, Stop
from tijdig.help.values import Answered, Marked, Municipality, Signal
from tijdig.tenancies.queries import any_of

_SIGNALS = """
SELECT g.id, g.tenancy_id, g.municipality_id, m.name, g.decided_on, g.since_on, g.amount_cents, g.actor, g.name,
       g.recorded_at
  FROM help_signal g JOIN help_municipality m ON m.id = g.municipality_id
"""


def municipalities() -> list[Municipality]:
    """By name."""
    return [_municipality(row) for row in models.Municipality.objects.order_by("name")]


def municipality(pk: int) -> Municipality | None:
    """One of them; None where this organisation has none of that id."""
    return next((_municipality(row) for row in models.Municipality.objects.filter(pk=pk)), None)


def municipality_of(city: str) -> Municipality | None:
    """Where signals from a town go; None where nobody wrote that down."""
    wanted = city.strip().casefold()
    return next((one for one in municipalities() if wanted in {town.casefold() for town in one.towns}), None)


def _municipality(row: models.Municipality) -> Municipality:
    return Municipality(
        row.pk,
        row.name,
        row.code,
        tuple(row.towns),
        row.platform,
        row.agreed_on,
        row.help_line,
        row.sheet,
        row.answers,
    )


def signals_of(tenancy_id: int) -> list[Signal]:
    """The signals about a tenancy, the newest first."""
    if not any_of(models.Signal, tenancy_id):
        return []
    return _signals("WHERE g.tenancy_id = %(tenancy)s ORDER BY g.id DESC", {"tenancy": tenancy_id})


def signal(pk: int) -> Signal | None:
    """One signal; None where this organisation has none of that id."""
    return next(iter(_signals("WHERE g.id = %(id)s", {"id": pk})), None)


def waiting(municipality_id: int | None = None) -> list[Signal]:
    """Decided and not gone yet, the oldest first; of one municipality where it is named."""
    return _signals(
        """WHERE NOT EXISTS (SELECT 1 FROM help_signalmark k WHERE k.signal_id = g.id AND k.kind IN ('sent', 'withdrawn'))
             AND (%(place)s::bigint IS NULL OR g.municipality_id = %(place)s) ORDER BY g.id""",
        {"place": municipality_id},
    )


def sent_since(first: date, most: int) -> list[Signal]:
    """Those that went from a day on, the newest first."""
    return _signals(
        """WHERE EXISTS (SELECT 1 FROM help_signalmark k WHERE k.signal_id = g.id AND k.kind = 'sent' AND k.on >= %(first)s)
           ORDER BY g.id DESC LIMIT %(most)s""",
        {"first": first, "most": most},
    )


def signals_named(ids: Sequence[int]) -> dict[int, Signal]:
    """By id; one that is not ours is not there."""
    return {one.id: one for one in _signals("WHERE g.id = ANY(%(ids)s)", {"ids": list(ids)})}


def _signals(condition: str, named: dict[str, Any]) -> list[Signal]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_SIGNALS} {condition}", named)
        found = [
            Signal(
                id=pk,
                tenancy_id=tenancy,
                municipality_id=place,
                municipality=name,
                decided_on=decided_on,
                since_on=since_on,
                amount_cents=cents,
                actor=actor,
                name=by,
                recorded_at=at,
            )
            for pk, tenancy, place, name, decided_on, since_on, cents, actor, by, at in cursor.fetchall()
        ]
        ids = [one.id for one in found]
        cursor.execute(
            """SELECT m.signal_id, m.kind, m."on", m.name, coalesce(x.words, m.reason), m.amount_cents, m.recorded_at
                 FROM help_signalmark m LEFT JOIN help_signalmarktext x ON x.mark_id = m.id
                WHERE m.signal_id = ANY(%s) ORDER BY m.id""",
            [ids],
        )
        marks: dict[int, list[Marked]] = defaultdict(list)
        for pk, kind, on, name, reason, cents, at in cursor.fetchall():
            marks[pk].append(Marked(Mark(kind), on, name, why(reason), cents, at))
        cursor.execute(
            """SELECT signal_id, result, answered_on, attempts FROM help_signalanswer
                WHERE signal_id = ANY(%s) ORDER BY answered_on, id""",
            [ids],
        )
        answers: dict[int, list[Answered]] = defaultdict(list)
        for pk, result, on, attempts in cursor.fetchall():
            answers[pk].append(Answered(Result(result), on, attempts))
    return [replace(one, marks=tuple(marks[one.id]), answers=tuple(answers[one.id])) for one in found]


def why(reason: str) -> str:
    """The sentence of a reason that was stored as a code; a reason that a person wrote stays as it is."""
    if reason in set(Stop):
        return STOP_SENTENCE[Stop(reason)]
    if reason in set(Duty):
        return f"Niet meer aangetoond: {DUTY_LABEL[Duty(reason)]}."
    return reason


def evidence_of(signal_id: int) -> dict[Duty, Proof]:
    """What showed the four duties when it was decided, for the court."""
    row = models.Signal.objects.filter(pk=signal_id).values_list("evidence", flat=True).first() or {}
    return {
        Duty(duty): Proof(Source(one["source"]), one["id"], date.fromisoformat(one["on"]), one["what"])
        for duty, one in row.items()
    }


def data_of(signal_id: int) -> dict[str, str] | None:
    """What left about the person; None where it did not leave yet or was erased."""
    found = models.SignalData.objects.filter(pk=signal_id).values_list("fields", flat=True).first()
    return None if found is None else dict(found)


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that went to a municipality."""

    id: int
    municipality: str
    way: str
    signals: int
    sent_on: date
    name: str
    kept: bool  # its bytes are still there


def batches(most: int) -> list[SentFile]:
    """The newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT b.id, m.name, b.way, b.signals, b.sent_on, b.name, f.batch_id IS NOT NULL
                 FROM help_batch b JOIN help_municipality m ON m.id = b.municipality_id
                 LEFT JOIN help_batchfile f ON f.batch_id = b.id ORDER BY b.id DESC LIMIT %s""",
            [most],
        )
        return [SentFile(*row) for row in cursor.fetchall()]


def batch_file(batch_id: int) -> bytes | None:
    """The file byte for byte; None where there is none, or no longer."""
    found = models.BatchFile.objects.filter(pk=batch_id).values_list("content", flat=True).first()
    return None if found is None else bytes(found)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line of a file of answers that could not be used."""

    file_name: str
    read_on: date
    number: int
    text: str
    reason: str


def rejected(most: int) -> list[Rejected]:
    """The newest first; of a file that was read again only the last reading."""
    later = models.AnswerFile.objects.filter(digest=OuterRef("file__digest"), pk__gt=OuterRef("file_id"))
    lines = models.RejectedLine.objects.filter(~Exists(later)).order_by("-file_id", "number")
    rows = lines.select_related("file")[:most]
    return [Rejected(row.file.file_name, row.file.read_on, row.number, row.text, row.reason) for row in rows]
