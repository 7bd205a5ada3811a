"""Batches for the print house: which letters, their PDFs part by part, and the day on which they were handed over.

A letter is in one batch at most. The parts of a batch are made one at a time, each in a transaction of its own, so that a
stop in the middle leaves whole parts, and whoever goes on makes only the others. Handing over is one act for the whole
batch: from then on its letters are sent, on that day.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

from django.db import connection
from django.db.models import QuerySet

from tijdig.access.scope import organisation_scope
from tijdig.carriers.channel import Channel
from tijdig.history.actions import record
from tijdig.letters.actions_arrived import went
from tijdig.letters.actions_move import move
from tijdig.letters.as_data import letter_from
from tijdig.letters.batch import PART_LETTERS, Part, ToPrint, part
from tijdig.letters.holds import after_hold, hold
from tijdig.letters.models import Batch, BatchPaper, BatchPart, LetterPaper, LetterText, Sending
from tijdig.letters.queries_seen import seen
from tijdig.letters.queries_texts import letterhead, version_of
from tijdig.letters.render import Rendered
from tijdig.letters.states import State
from tijdig.letters.texts import Text
from tijdig.letters.values import Fault, NotRight

ACTOR = "system:letters"
_AT_ONCE = 1000
_HANDED = Fault("handed_before", "Deze batch is al meegegeven.")
_UNDONE = Fault("batch_undone", "Deze batch is ingetrokken.")


_OVERTAKEN = """
SELECT s.id FROM letters_sending s JOIN letters_letter l ON l.id = s.letter_id
 WHERE s.channel = 'print' AND s.state = 'queued' AND s.batch_id IS NULL AND l.made_by LIKE 'system:%'
   AND (EXISTS (SELECT 1 FROM ledger_entry e
                 WHERE e.tenancy_id = l.tenancy_id AND e.recorded_at > l.made_at AND e.amount_cents < 0)
        OR EXISTS (SELECT 1 FROM arrangements_arrangement a
                    WHERE a.tenancy_id = l.tenancy_id AND a.made_at > l.made_at)
        OR EXISTS (SELECT 1 FROM objections_objection o
                    WHERE o.tenancy_id = l.tenancy_id AND o.recorded_at > l.made_at)
        OR EXISTS (SELECT 1 FROM tenancies_tenancyflag f
                    WHERE f.tenancy_id = l.tenancy_id AND f.recorded_at > l.made_at)
        OR EXISTS (SELECT 1 FROM rulings_ruling r
                    WHERE r.tenancy_id = l.tenancy_id AND r.recorded_at > l.made_at)
        OR EXISTS (SELECT 1 FROM steps_step h
                    WHERE h.tenancy_id = l.tenancy_id AND h.kind = 'handed_over' AND h.recorded_at > l.made_at))
"""


def take_back_overtaken(*, organisation_id: int, on: date) -> int:
    """What the program wrote, waits for paper and was overtaken since (`holds`), does not wait for the print house to be
    taken back; returns how many were looked at."""
    with organisation_scope(organisation_id):
        with connection.cursor() as cursor:
            cursor.execute(_OVERTAKEN)
            ids = [row[0] for row in cursor.fetchall()]
        if not ids:
            return 0
        rows = (
            Sending.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(pk__in=ids, state=State.QUEUED.value, batch=None)
            .select_related("letter")
        )
        _without_held(organisation_id, ACTOR, list(rows), on)
    return len(ids)


def make_batch(*, organisation_id: int, actor: str, on: date) -> int | None:
    """Put every letter that waits for paper in one batch; what should not go is held. None when nothing is left."""
    with organisation_scope(organisation_id):
        waiting = list(
            Sending.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(channel=Channel.PRINT.value, state=State.QUEUED.value, batch=None)
            .select_related("letter")
            .order_by("id")
        )
        going = _without_held(organisation_id, actor, waiting, on)
        if not going:
            return None
        batch = Batch.objects.create(
            organisation_id=organisation_id,
            made_by=actor,
            dated_on=on,
            letters=len(going),
            part_size=PART_LETTERS,
        )
        for place, row in enumerate(going, 1):
            row.batch, row.place, row.state = batch, place, State.PRINTING.value
        Sending.objects.bulk_update(going, ["batch", "place", "state"], batch_size=_AT_ONCE)
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="batch_made",
            subject=f"batch:{batch.pk}",
            effective_on=on,
            facts={"letters": len(going)},
        )
        return int(batch.pk)


def _without_held(organisation_id: int, actor: str, rows: Sequence[Sending], on: date) -> list[Sending]:
    """Those that may go; the others are held or taken back, each for its own reason."""
    known = seen([row.pk for row in rows], on)
    why = {row.pk: hold(known[row.pk], on, row.overruled) for row in rows}
    ends: dict[tuple[str, State], list[int]] = {}
    for row in rows:
        if code := why[row.pk]:
            ends.setdefault((code, after_hold(code, row.letter.made_by)), []).append(row.pk)
    for (code, after), ids in sorted(ends.items()):
        move(
            organisation_id=organisation_id,
            actor=actor,
            ids=ids,
            before={State.QUEUED},
            after=after,
            on=on,
            why=code,
        )
    return [row for row in rows if not why[row.pk]]


def make_part(*, organisation_id: int, batch_id: int) -> tuple[int, int] | None:
    """Make the first part that is missing; says how many letters are done and of how many, None when all are."""
    with organisation_scope(organisation_id):
        batch = Batch.objects.select_for_update().get(pk=batch_id)
        number = BatchPart.objects.filter(batch=batch).count() + 1
        first = (number - 1) * batch.part_size + 1
        if first > batch.letters:
            return None
        head = letterhead()
        held = _to_print(batch_id, first, batch.part_size)
        made = part(f"Batch {batch.pk}", batch.dated_on, head.name if head else "", held, number, first)
        _keep(organisation_id, batch, made)
        return first + len(held) - 1, batch.letters


def _keep(organisation_id: int, batch: Batch, made: Part) -> None:
    row = BatchPart.objects.create(
        organisation_id=organisation_id,
        batch=batch,
        number=made.number,
        first=made.first,
        letters=made.letters,
        pages=made.pages,
        digest=hashlib.sha256(made.pdf).hexdigest(),
    )
    BatchPaper.objects.create(part=row, organisation_id=organisation_id, pdf=made.pdf)


def _to_print(batch_id: int, first: int, size: int) -> list[ToPrint]:
    rows = (
        Sending.objects.filter(batch_id=batch_id, place__gte=first, place__lt=first + size)
        .select_related("letter")
        .order_by("place")
    )
    texts = _texts({row.letter.text_id for row in rows})
    values = dict(
        LetterPaper.objects.filter(letter_id__in=[row.letter_id for row in rows]).values_list(
            "letter_id", "value"
        )
    )
    return [
        ToPrint(
            letter_from(values[row.letter_id]),
            texts[row.letter.text_id],
            Rendered(b"", "", row.letter.digest, row.letter.pages),
        )
        for row in rows
    ]


def _texts(ids: set[int]) -> dict[int, Text]:
    return {row.pk: version_of(row).text for row in LetterText.objects.filter(pk__in=ids)}


def unfinished(*, organisation_id: int) -> list[int]:
    """Batches of which not every part is there."""
    with organisation_scope(organisation_id):
        open_batches = Batch.objects.filter(handed_on=None, letters__gt=0).order_by("pk")
        return [
            batch.pk
            for batch in open_batches
            if BatchPart.objects.filter(batch=batch).count() * batch.part_size < batch.letters
        ]


def hand_over_batch(
    *,
    organisation_id: int,
    actor: str,
    batch_id: int,
    on: date,
    receipt: str = "",
    without: Sequence[int] = (),
) -> None:
    """The batch went to the print house or the post that day: its letters were sent. Once.

    `without` are the places of letters that were taken out of the pile, because money came in meanwhile; these are held.
    """
    with organisation_scope(organisation_id):
        batch = Batch.objects.select_for_update().get(pk=batch_id)
        _refuse(batch, on)
        Batch.objects.filter(pk=batch_id).update(handed_on=on, handed_by=actor, receipt=receipt[:80])
        inside = Sending.objects.filter(batch=batch)
        _take_out(organisation_id, actor, inside.filter(place__in=without), on)
        rows = list(inside.select_related("letter").order_by("place"))
        went(organisation_id=organisation_id, actor=actor, rows=rows, on=on)
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="batch_handed_over",
            subject=f"batch:{batch_id}",
            effective_on=on,
            facts={"letters": len(rows), "receipt": receipt[:80], "without": list(without)},
        )


def _take_out(organisation_id: int, actor: str, rows: QuerySet[Sending], on: date) -> None:
    """Letters that were taken out of the pile are held, each for what overtook it."""
    known = seen(list(rows.values_list("pk", flat=True)), on)
    for pk, one in known.items():
        move(
            organisation_id=organisation_id,
            actor=actor,
            ids=[pk],
            before={State.PRINTING},
            after=State.HELD,
            on=on,
            why=hold(one, on) or "by_hand",
            batch=None,
            place=None,
        )


def _refuse(batch: Batch, on: date) -> None:
    if batch.handed_on is not None:
        raise NotRight((_HANDED,))
    if not batch.letters:
        raise NotRight((_UNDONE,))
    if on < batch.dated_on:
        raise NotRight((Fault("handed_too_early", "De batch is gemaakt na deze dag. Kies een latere."),))
    if BatchPart.objects.filter(batch=batch).count() * batch.part_size < batch.letters:
        raise NotRight(
            (Fault("batch_unfinished", "Nog niet alle delen zijn gemaakt. Wacht tot ze er zijn."),)
        )


def undo_batch(*, organisation_id: int, actor: str, batch_id: int, on: date) -> None:
    """The batch was not handed over and will not be: its letters wait again. Its parts stay as they were made."""
    with organisation_scope(organisation_id):
        batch = Batch.objects.select_for_update().get(pk=batch_id)
        if batch.handed_on is not None:
            raise NotRight((_HANDED,))
        if not batch.letters:
            raise NotRight((_UNDONE,))
        Sending.objects.filter(batch=batch).update(state=State.QUEUED.value, batch=None, place=None)
        Batch.objects.filter(pk=batch_id).update(letters=0)
        BatchPaper.objects.filter(part__batch=batch).delete()
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="batch_undone",
            subject=f"batch:{batch_id}",
            effective_on=on,
        )
