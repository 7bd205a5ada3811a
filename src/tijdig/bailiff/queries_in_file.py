"""What was written down in a file by both sides: questions, costs, and deeds before the court."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection

from tijdig.arrangements.queries import broken_since
from tijdig.bailiff.costs import Act, Against, Cost, Payer
from tijdig.bailiff.kinds import Side
from tijdig.bailiff.track import STAGE_LABEL, TO_DECIDE, Deed, Done, Judgment, Track, tell
from tijdig.bailiff.values import File, Question

_QUESTIONS = """
SELECT q.id, q.file_id, q.tenancy_id, q.side, q."on", q.name, coalesce(x.text, ''), a."on", coalesce(a.name, ''),
       coalesce(y.text, '')
  FROM bailiff_question q LEFT JOIN bailiff_questiontext x ON x.question_id = q.id
  LEFT JOIN bailiff_answer a ON a.question_id = q.id LEFT JOIN bailiff_answertext y ON y.answer_id = a.question_id
"""
_COSTS = """
SELECT c.id, c.act, c.payer, c."on", c.cents, c.vat_cents, c.label, c.against, c.tariff_cents, c.name,
       coalesce(x.reason, ''), coalesce(w.name, ''), c.received_on, c.side, c.asks_agreement, coalesce(g.name, ''),
       c.file_id
  FROM bailiff_cost c LEFT JOIN bailiff_costtext x ON x.cost_id = c.id
  LEFT JOIN bailiff_costwithdrawal w ON w.cost_id = c.id LEFT JOIN bailiff_costagreement g ON g.cost_id = c.id
"""
_DEEDS = """
SELECT d.id, d.deed, d."on", d.side, d.actor, d.name, coalesce(x.reason, ''), d.at_on, d.at, d.check_list::text[],
       coalesce(j.given_on, d."on"), j.principal_cents, j.through_on, j.interest_cents, j.collection_cents, j.costs_cents,
       j.dissolved, j.eviction, j.vacate_days, d.role, d.arrangement_id, coalesce(x.conditions, ''), d.file_id
  FROM (SELECT id, deed, "on", side, actor, name, at_on, at, file_id, role, arrangement_id,
               ARRAY(SELECT jsonb_array_elements_text(check_list)) AS check_list FROM bailiff_legaldeed) d
  LEFT JOIN bailiff_legaldeedtext x ON x.deed_id = d.id LEFT JOIN bailiff_judgment j ON j.deed_id = d.id
"""


def questions_of(file_id: int) -> list[Question]:
    """What waits first, then the newest first."""
    return _questions("WHERE q.file_id = %s ORDER BY a.question_id IS NOT NULL, q.id DESC", [file_id])


def question(pk: int) -> Question | None:
    return next(iter(_questions("WHERE q.id = %s", [pk])), None)


def waiting_questions(side: Side) -> list[Question]:
    """Asked by a side and not answered yet, of files that are open, the oldest first."""
    return _questions(
        """JOIN bailiff_file f ON f.id = q.file_id AND f.ended_on IS NULL
           WHERE q.side = %s AND a.question_id IS NULL ORDER BY q.id""",
        [side.value],
    )


def costs_of(file_id: int) -> list[Cost]:
    """In the order of their days, also what was taken back."""
    return costs_by_file([file_id])[file_id]


def costs_by_file(file_ids: Iterable[int]) -> dict[int, list[Cost]]:
    """The same of many files at once."""
    wanted = sorted(set(file_ids))
    found: dict[int, list[Cost]] = {one: [] for one in wanted}
    with connection.cursor() as cursor:
        cursor.execute(f'{_COSTS} WHERE c.file_id = ANY(%s) ORDER BY c."on", c.id', [wanted])
        for *row, file_id in cursor.fetchall():
            found[file_id].append(_cost(row))
    return found


def package_of_file(file_id: int) -> tuple[bytes, str] | None:
    """What went with a file, to the byte, and its digest; None where it was erased or is not theirs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pdf, digest FROM bailiff_filepackage WHERE file_id = %s", [file_id])
        found = cursor.fetchone()
        return None if found is None else (bytes(found[0]), str(found[1]))


def package_size(file_id: int) -> int | None:
    """How many bytes what went with a file has; None where it was erased or is not theirs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT octet_length(pdf) FROM bailiff_filepackage WHERE file_id = %s", [file_id])
        found = cursor.fetchone()
        return None if found is None else int(found[0])


def deeds_of(file_ids: Iterable[int]) -> dict[int, list[Done]]:
    """By file, in the order in which they were written down."""
    wanted = sorted(set(file_ids))
    found: dict[int, list[Done]] = {one: [] for one in wanted}
    if not wanted:
        return found
    with connection.cursor() as cursor:
        cursor.execute(f"{_DEEDS} WHERE d.file_id = ANY(%s) ORDER BY d.id", [wanted])
        for *row, file_id in cursor.fetchall():
            found[file_id].append(_done(row))
    return found


def tracks_of(files: Iterable[File]) -> list[tuple[File, Track]]:
    """How far each of these files is before the court, in the order of the files' numbers."""
    by_id = {one.id: one for one in files}
    return [(by_id[one], tell(done)) for one, done in deeds_of(by_id).items()]


def calendar(tracks: Iterable[tuple[File, Track]], on: date) -> list[tuple[File, Done]]:
    """The days before the court that are still to come, of these files, the first day first."""
    days = [
        (file, day)
        for file, track in tracks
        for day in track.days
        if day.at_on is not None and day.at_on >= on
    ]
    return sorted(days, key=lambda one: (one[1].at_on or on, one[0].id))


def to_decide(tracks: Iterable[tuple[File, Track]]) -> list[tuple[File, str]]:
    """Which of these files wait for a decision of the corporation, and about what."""
    return [(file, STAGE_LABEL[track.stage]) for file, track in tracks if track.stage in TO_DECIDE]


def waiting_for_us(files: Sequence[File]) -> int:
    """How many questions and decisions of these open files wait for the corporation."""
    return len(waiting_questions(Side.PARTNER)) + len(to_decide(tracks_of(files))) if files else 0


def broken(files: Iterable[File], on: date) -> list[tuple[File, date]]:
    """Of these open files those whose arrangement is broken, with the day of the break, the first day first."""
    by_tenancy = {one.tenancy_id: one for one in files}
    if not by_tenancy:
        return []
    found = [(by_tenancy[one], since) for one, since in broken_since(sorted(by_tenancy), on).items()]
    return sorted(found, key=lambda one: (one[1], one[0].id))


def _questions(more: str, params: Sequence[Any]) -> list[Question]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_QUESTIONS} {more}", list(params))
        return [
            Question(
                id=pk,
                file_id=file_id,
                tenancy_id=tenancy,
                side=Side(side),
                on=on,
                name=name,
                text=text,
                answered_on=answered_on,
                answered_by=answerer,
                answer=answer,
            )
            for pk, file_id, tenancy, side, on, name, text, answered_on, answerer, answer in cursor.fetchall()
        ]


def _cost(row: Sequence[Any]) -> Cost:
    pk, act, payer, on, cents, vat, label, against, tariff, name, reason, withdrawn, *stands = row
    received, side, asks, agreed_by = stands
    return Cost(
        id=pk,
        act=Act(act),
        payer=Payer(payer),
        on=on,
        cents=cents,
        vat_cents=vat,
        label=label,
        against=Against(against),
        tariff_cents=tariff,
        name=name,
        reason=reason,
        withdrawn_by=withdrawn,
        received_on=received,
        side=Side(side),
        agreed=not asks or bool(agreed_by),
        agreed_by=agreed_by,
    )


def _done(row: Sequence[Any]) -> Done:
    pk, deed, on, side, actor, name, reason, at_on, at, check, *judged, role, arrangement, conditions = row
    return Done(
        id=pk,
        deed=Deed(deed),
        on=on,
        side=Side(side),
        actor=actor,
        name=name,
        reason=reason,
        at_on=at_on,
        at=at,
        check=tuple(check),
        judgment=_judgment(judged),
        role=role,
        arrangement_id=arrangement,
        conditions=conditions,
    )


def _judgment(row: Sequence[Any]) -> Judgment | None:
    on, principal, through_on, interest, collection, costs, dissolved, eviction, vacate_days = row
    if principal is None:
        return None
    return Judgment(
        on=on,
        principal_cents=principal,
        through_on=through_on,
        interest_cents=interest,
        collection_cents=collection,
        costs_cents=costs,
        dissolved=dissolved,
        eviction=eviction,
        vacate_days=vacate_days,
    )
