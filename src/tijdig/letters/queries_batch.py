"""Batches for the print house: their parts, their letters, and what should be taken out of the pile; in the scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from tijdig.letters.holds import WHY, hold
from tijdig.letters.letter import Kind
from tijdig.letters.models import Batch, BatchPart, Sending
from tijdig.letters.queries_box import BoxRow, box_rows
from tijdig.letters.queries_seen import seen


@dataclass(frozen=True, slots=True)
class PartRow:
    id: int
    number: int
    first: int
    letters: int
    pages: int
    digest: str
    there: bool  # its PDF was not removed


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch with its parts; `done` is how many of its letters are in a part."""

    id: int
    made_at: datetime
    made_by: str
    dated_on: date
    letters: int
    done: int
    handed_on: date | None
    handed_by: str
    receipt: str
    parts: tuple[PartRow, ...]

    @property
    def ready(self) -> bool:
        return bool(self.letters) and self.done >= self.letters


def batches(most: int = 20) -> list[BatchRow]:
    """The newest batches."""
    rows = list(Batch.objects.order_by("-pk")[:most])
    return [_batch(row) for row in rows]


def batch(batch_id: int) -> BatchRow | None:
    row = Batch.objects.filter(pk=batch_id).first()
    return _batch(row) if row else None


def _batch(row: Batch) -> BatchRow:
    parts = tuple(
        PartRow(
            one.pk,
            one.number,
            one.first,
            one.letters,
            one.pages,
            one.digest,
            hasattr(one, "batchpaper"),
        )
        for one in BatchPart.objects.filter(batch=row)
        .select_related("batchpaper")
        .defer("batchpaper__pdf")
        .order_by("number")
    )
    return BatchRow(
        row.pk,
        row.made_at,
        row.made_by,
        row.dated_on,
        row.letters,
        sum(one.letters for one in parts),
        row.handed_on,
        row.handed_by,
        row.receipt,
        parts,
    )


def inside(batch_id: int) -> int:
    """How many letters are in it now: those that were taken out of the pile no longer are."""
    return Sending.objects.filter(batch_id=batch_id).count()


def terms_in(batch_id: int) -> int:
    """How many of its letters start a legal term on the day that they go: the fourteen-day letters."""
    return Sending.objects.filter(batch_id=batch_id, letter__kind=Kind.FOURTEEN_DAY.value).count()


def sheets_of(batch_id: int) -> dict[int, int]:
    """By part how many sheets its letters take, printed on both sides; a part from which letters were taken is left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT p.number, sum((l.pages + 1) / 2)
                 FROM letters_batchpart p
                 JOIN letters_sending s ON s.batch_id = p.batch_id AND s.place BETWEEN p.first AND p.first + p.letters - 1
                 JOIN letters_letter l ON l.id = s.letter_id
                WHERE p.batch_id = %s GROUP BY p.number, p.letters HAVING count(*) = p.letters""",
            [batch_id],
        )
        return {number: int(sheets) for number, sheets in cursor.fetchall()}


def part_pdf(part_id: int) -> tuple[str, bytes] | None:
    """The name and the PDF of a part."""
    row = BatchPart.objects.select_related("batchpaper").filter(pk=part_id).first()
    if row is None or not hasattr(row, "batchpaper"):
        return None
    return f"batch-{row.batch_id}-deel-{row.number}.pdf", bytes(row.batchpaper.pdf)


def overtaken(batch_id: int, on: date) -> list[tuple[int, BoxRow, str]]:
    """Letters of a batch that should be taken out of the pile now: place, row, and why; not what somebody let go."""
    inside = Sending.objects.filter(batch_id=batch_id)
    places = dict(inside.values_list("pk", "place"))
    let_go = dict(inside.values_list("pk", "overruled"))
    why = {pk: code for pk, one in seen(list(places), on).items() if (code := hold(one, on, let_go[pk]))}
    rows = {row.id: row for row in box_rows(list(why))}
    return sorted(
        ((places[pk] or 0, rows[pk], WHY[code]) for pk, code in why.items()), key=lambda one: one[0]
    )


def box_of_batch(batch_id: int, *, after_place: int = 0, most: int = 50) -> list[BoxRow]:
    """The letters of a batch in the order of the pile, `most` at a time."""
    rows = Sending.objects.filter(batch_id=batch_id, place__gt=after_place).order_by("place")
    ids = list(rows.values_list("pk", flat=True)[:most])
    found = {row.id: row for row in box_rows(ids)}
    return [found[pk] for pk in ids]
