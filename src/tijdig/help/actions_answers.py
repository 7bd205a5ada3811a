"""The only writer of what municipalities answer: a file is read once and whole, each line that is no use is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from tijdig.access.scope import organisation_scope
from tijdig.base.not_done import NotDone
from tijdig.help.answer_sheet import NotThisFile, Said, Unread, read_lines, read_mapping
from tijdig.help.kinds import Result
from tijdig.help.models import AnswerFile, RejectedLine, SignalAnswer
from tijdig.help.queries import municipality, signals_named
from tijdig.help.values import Signal
from tijdig.history.actions import record_many
from tijdig.ledger.actions_marks import mark_dirty
from tijdig.steps.actions import Draft, note
from tijdig.steps.kinds import Kind

_FILE_LOCK = 7467  # of two who bring the same file at once the second sees what the first read


@dataclass(frozen=True, slots=True)
class FileRead:
    """What came of a file."""

    taken: int
    known: int
    rejected: int


def read_answers(
    *,
    organisation_id: int,
    actor: str,
    municipality_id: int,
    file_name: str,
    content: bytes,
    rows: Sequence[Sequence[object]],
    on: date,
) -> FileRead:
    """Take the answers of a file (`rows` as read from `content`, headings first).

    A file of which lines were no use may be read again, under another municipality or with more words that are known:
    what was taken stays taken. Raises `NotThisFile` for a file that was read whole before, that lacks a column, or of a
    municipality that is not there: then nothing is read.
    """
    with organisation_scope(organisation_id):
        place = municipality(municipality_id)
        if place is None:
            raise NotThisFile("Deze gemeente is er niet.")
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_FILE_LOCK, organisation_id])
        digest = hashlib.sha256(content).hexdigest()
        before = AnswerFile.objects.filter(digest=digest, rejected=0).first()
        if before:
            raise NotThisFile(
                f"Dit bestand is al ingelezen op {before.read_on:%d-%m-%Y} als {before.file_name}. Er is niets veranderd."
            )
        said, unread = read_lines(rows, read_mapping(place.answers)[0], on)
        ours = signals_named([one.signal_id for one in said])
        good, wrong = _ours(said, ours, municipality_id, on)
        unread = sorted([*unread, *wrong], key=lambda one: one.number)
        new = [one for one in good if not _told(ours[one.signal_id], one.result, one.answered_on)]
        file = AnswerFile.objects.create(
            organisation_id=organisation_id,
            municipality_id=municipality_id,
            file_name=file_name[:200],
            digest=digest,
            lines=len(said) + len(unread) - len(wrong),
            taken=len(new),
            known=len(good) - len(new),
            rejected=len(unread),
            read_on=on,
            actor=actor,
        )
        RejectedLine.objects.bulk_create(
            RejectedLine(
                organisation_id=organisation_id,
                file=file,
                number=one.number,
                text=one.text,
                reason=one.reason[:300],
            )
            for one in unread
        )
        _take(organisation_id, actor, new, ours, file, on)
        return FileRead(len(new), len(good) - len(new), len(unread))


def answer(
    *,
    organisation_id: int,
    actor: str,
    signal_id: int,
    result: Result,
    answered_on: date,
    attempts: int | None,
    on: date,
) -> None:
    """One answer that a person heard. Raises `NotDone` for a signal that did not go, or a day that cannot be."""
    with organisation_scope(organisation_id):
        ours = signals_named([signal_id])
        known = ours.get(signal_id)
        said = Said(1, signal_id, result, answered_on, attempts)
        wrong = _fault(said, known, known.municipality_id if known else 0, on)
        if known is None or wrong:
            raise NotDone((wrong or "Dit signaal is er niet.",))
        if not _told(known, result, answered_on):
            _take(organisation_id, actor, [said], ours, None, on)


def _ours(
    said: Sequence[Said], ours: dict[int, Signal], municipality_id: int, on: date
) -> tuple[list[Said], list[Unread]]:
    """Those that can be used, each once, and the others with why."""
    good: dict[tuple[int, Result, date], Said] = {}
    wrong = []
    for one in said:
        fault = _fault(one, ours.get(one.signal_id), municipality_id, on)
        if fault:
            wrong.append(Unread(one.number, f"VS-{one.signal_id};{one.result};{one.answered_on}", fault))
        else:
            good.setdefault((one.signal_id, one.result, one.answered_on), one)
    return list(good.values()), wrong


def _fault(one: Said, known: Signal | None, municipality_id: int, on: date) -> str:
    if known is None:
        return f"VS-{one.signal_id} is geen signaal van ons."
    if known.municipality_id != municipality_id:
        return f"VS-{one.signal_id} ging niet naar deze gemeente, maar naar {known.municipality}."
    if known.sent is None or known.refused:
        return f"VS-{one.signal_id} is niet gemeld ({known.stands})."
    if not known.sent.on <= one.answered_on <= on:
        return f"{one.answered_on:%d-%m-%Y} ligt voor de dag van het signaal ({known.sent.on:%d-%m-%Y}) of na vandaag."
    return ""


def _told(known: Signal, result: Result, on: date) -> bool:
    return any(one.result is result and one.answered_on == on for one in known.answers)


def _take(
    organisation_id: int,
    actor: str,
    new: Sequence[Said],
    ours: dict[int, Signal],
    file: AnswerFile | None,
    on: date,
) -> None:
    SignalAnswer.objects.bulk_create(
        SignalAnswer(
            organisation_id=organisation_id,
            signal_id=one.signal_id,
            result=one.result.value,
            answered_on=one.answered_on,
            attempts=one.attempts,
            file=file,
            actor=actor,
        )
        for one in new
    )
    for day in sorted({one.answered_on for one in new}):
        steps = [
            Draft(ours[one.signal_id].tenancy_id, f"signal:{one.signal_id}", {"result": one.result.value})
            for one in new
            if one.answered_on == day
        ]
        note(organisation_id=organisation_id, actor=actor, kind=Kind.SIGNAL_ANSWERED, on=day, steps=steps)
    record_many(
        organisation_id=organisation_id,
        actor=actor,
        verb="signal_result",
        effective_on=on,
        happened=[
            (
                f"tenancy:{ours[one.signal_id].tenancy_id}",
                {
                    "signal": one.signal_id,
                    "result": one.result.value,
                    "answered_on": one.answered_on.isoformat(),
                },
            )
            for one in new
        ],
    )
    tenancies = sorted({ours[one.signal_id].tenancy_id for one in new})
    mark_dirty(organisation_id=organisation_id, tenancy_ids=tenancies, on=on)
