"""The only writer of what debt counsellors send: a file is in whole or not at all, each line that is no use is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from tijdig.access.scope import again, organisation_scope
from tijdig.help.actions_traffic_effects import By, follow, hold, tell
from tijdig.help.actions_traffic_match import store_match
from tijdig.help.answer_sheet import NotThisFile
from tijdig.help.models import (
    Conversation,
    ConversationText,
    Message,
    TrafficFile,
    TrafficLine,
    TrafficLook,
)
from tijdig.help.queries_traffic import conversations, numbered
from tijdig.help.queries_traffic_match import Candidate, certain
from tijdig.help.traffic import ASKS
from tijdig.help.traffic_cells import base_name
from tijdig.help.traffic_days import after
from tijdig.help.traffic_layouts import terms
from tijdig.help.traffic_plan import Plan, planned
from tijdig.help.traffic_sheet import Incoming, TrafficSheet, people_of, sheet_of
from tijdig.help.traffic_values import Conversation as Standing
from tijdig.help.traffic_values import Matched
from tijdig.sandbox.limits import Stopped
from tijdig.sandbox.process import in_a_limited_process

_LOCK = 7468  # of two who bring the same file at once the second sees what the first read


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of a file, in lines; `matched` and `nobody` count conversations."""

    kind: str
    taken: int
    known: int
    rejected: int
    matched: int
    nobody: int


@again
def bring_in(
    *,
    organisation_id: int,
    actor: str,
    name: str,
    file_name: str,
    content: bytes,
    now: datetime,
    on: date,
) -> Brought:
    """Take the messages of a file, and do what follows from those of which we know whose they are.

    A file of which lines were no use may come again: what it gave before is known. Raises `NotThisFile` for a file of
    which every line was read before, or that cannot be read as a whole: then nothing is read.
    """
    by = By(organisation_id=organisation_id, actor=actor, name=name.strip(), now=now, on=on)
    with organisation_scope(organisation_id):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, organisation_id])
        digest = hashlib.sha256(content).hexdigest()
        _first(digest)
        sheet = _read(content, on)
        ids = numbered([one.conversation for one in sheet.messages])
        standing = {UUID(one.number): one for one in map(hold, sorted(ids.values()))}
        plan = planned(sheet.messages, sheet.unread, standing, on, _given(digest))
        file = _file(by, base_name(file_name, people_of(sheet.messages)), digest, sheet, plan)
        talks = [_take(by, one, ids.get(one.conversation), file) for one in plan.new]
        matched, nobody = _follow(by, talks)
    taken = sum(len(one.lines) for one in plan.new)
    return Brought(sheet.layout.kind, taken, plan.known, len(plan.unread), matched, nobody)


def _read(content: bytes, on: date) -> TrafficSheet:
    try:
        return in_a_limited_process(sheet_of, content, on)
    except Stopped as stopped:
        raise NotThisFile(stopped.sentence) from None


def looked(*, organisation_id: int, actor: str, name: str, on: date) -> None:
    """Write down that somebody looked at the portal and there was nothing; once a day."""
    with organisation_scope(organisation_id):
        TrafficLook.objects.bulk_create(
            [TrafficLook(organisation_id=organisation_id, on=on, actor=actor, name=name.strip())],
            ignore_conflicts=True,
        )


def _first(digest: str) -> None:
    """Raises `NotThisFile` for a file that was read whole."""
    before = TrafficFile.objects.filter(digest=digest, rejected=0).first()
    if before:
        raise NotThisFile(
            f"Dit bestand is al ingelezen op {before.read_on:%d-%m-%Y} door {before.name}, "
            f"als {before.file_name}. Er is niets veranderd."
        )


def _given(digest: str) -> set[tuple[UUID, str]]:
    """The messages that earlier readings of this file gave."""
    rows = Message.objects.filter(file__digest=digest).values_list("conversation__number", "digest")
    return {(number, said) for number, said in rows}


def _file(by: By, file_name: str, digest: str, sheet: TrafficSheet, plan: Plan) -> TrafficFile:
    row = TrafficFile.objects.create(
        organisation_id=by.organisation_id,
        file_name=file_name,
        digest=digest,
        kind=sheet.layout.kind,
        version=sheet.layout.version,
        lines=sheet.lines,
        taken=sum(len(one.lines) for one in plan.new),
        known=plan.known,
        rejected=len(plan.unread),
        read_on=by.on,
        actor=by.actor,
        name=by.name,
    )
    TrafficLine.objects.bulk_create(
        TrafficLine(
            organisation_id=by.organisation_id, file=row, number=one.number, text=one.text, reason=one.reason
        )
        for one in plan.unread
    )
    return row


def _take(by: By, one: Incoming, known: int | None, file: TrafficFile) -> tuple[int, int]:
    """Write a message down; returns the ids of its conversation and of itself."""
    talk_id = known
    if talk_id is None:
        codes = {
            key: one.facts.get(key, "") for key in ("reference", "helper_number", "our_number", "settlement")
        }
        talk_id = Conversation.objects.create(
            organisation_id=by.organisation_id,
            number=one.conversation,
            counsellor=one.counsellor,
            begun_on=by.on,
            **codes,
        ).pk
    row = Message.objects.create(
        organisation_id=by.organisation_id,
        conversation_id=talk_id,
        kind=one.kind.value,
        direction="in",
        received_on=by.on,
        due_on=after(by.on, terms().answer_working_days) if one.kind in ASKS else None,
        facts=dict(one.facts),
        digest=one.digest,
        file=file,
        actor=by.actor,
        name=by.name,
    )
    ConversationText.objects.create(organisation_id=by.organisation_id, message=row, **one.texts)
    return int(talk_id), int(row.pk)


def _follow(by: By, talks: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Match what is certain and do what follows, tenancy by tenancy; counts who was matched anew and who is nobody's."""
    new = dict(talks)
    todo: list[tuple[int, Standing, Matched | Candidate]] = []
    for talk in conversations(sorted(new)):
        todo += [(one.tenancy_id, talk, one) for one in talk.matches]
        found = None if talk.matches or talk.released or talk.ended else certain(talk.asked, by.on)
        todo += [(found.tenancy_id, talk, found)] if found else []
    for _, talk, one in sorted(todo, key=lambda each: (each[0], each[1].id)):
        if isinstance(one, Candidate):
            store_match(by, talk, one.tenancy_id, one.proof, by_itself=True)
        else:
            follow(by, talk, one, [each for each in talk.messages if each.id == new[talk.id]])
    done = conversations(sorted(new))
    for talk in done:
        message = next(one for one in talk.messages if one.id == new[talk.id])
        tell(by, talk, "debt_help_read", {"message": message.id})
    matched = sum(1 for _, _, one in todo if isinstance(one, Candidate))
    return matched, sum(1 for one in done if one.nobody)
