"""The only writers of texts and letterheads. A change is a new version; what was sent keeps its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection

from tijdig.access.scope import organisation_scope
from tijdig.history.actions import record
from tijdig.letters.as_data import plain_body
from tijdig.letters.draft import draft_findings
from tijdig.letters.findings import Severity
from tijdig.letters.letter import Kind
from tijdig.letters.letterhead import Letterhead as Head
from tijdig.letters.letterhead import letterhead_faults
from tijdig.letters.models import Letterhead, LetterText
from tijdig.letters.queries_texts import Version, letterhead, standing, versions
from tijdig.letters.texts import Text, checked
from tijdig.letters.texts import default as shipped
from tijdig.letters.values import Fault, NotRight

_REASON = 200
_SINCE = Fault(
    "changed_since",
    "Iemand anders heeft deze tekst intussen veranderd. Kijk wat er anders is, en sla dan pas op.",
)


def in_use(organisation_id: int, kind: Kind) -> tuple[int, Text]:
    """The text that a letter of this kind has now, with the id under which it is kept; in the caller's transaction.

    The text that tijdig ships is stored the first time that it is used, so that a later release cannot change what an old
    letter said.
    """
    newest = next(iter(versions(kind)), None)
    if newest and (newest.own or newest.body == plain_body(shipped(kind))):
        return newest.id, newest.text
    _lock(organisation_id, kind)
    newest = next(iter(versions(kind)), None)
    body = plain_body(shipped(kind))
    if newest is None or (not newest.own and newest.body != body):
        newest = _store(organisation_id, kind, newest, body, own=False, by="system:release", reason="")
    return newest.id, newest.text


def save_text(
    *,
    organisation_id: int,
    actor: str,
    kind: Kind,
    body: Mapping[str, Any],
    reason: str,
    on: date,
    opened: int | None = None,
) -> int:
    """A new version of a corporation's own text; returns its number. The text that counts already makes none.

    `opened` is the number of the version that the writer began from: a text that somebody else saved since is not written
    over. Raises `TextError` where it cannot be read, `NotRight` with what a text of this kind must have.
    """
    with organisation_scope(organisation_id):
        _lock(organisation_id, kind)
        known = versions(kind)
        now = standing(kind, next(iter(known), None))
        if opened is not None and _body(kind, known, opened) != plain_body(now.text):
            raise NotRight((_SINCE,))
        text = checked({**body, "kind": str(kind), "version": now.number + 1})
        plain = plain_body(text)
        if plain == plain_body(now.text):
            return now.number
        if faults := (*_reason_faults(reason), *_musts(text)):
            raise NotRight(faults)
        own = plain != plain_body(shipped(kind))
        newest = next(iter(known), None)
        made = _store(organisation_id, kind, newest, plain, own=own, by=actor, reason=reason.strip())
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="letter_text_changed",
            subject=f"letter_text:{kind}",
            effective_on=on,
            facts={"version": made.number, "own": own},
        )
        return made.number


def _body(kind: Kind, known: list[Version], opened: int) -> Mapping[str, Any]:
    """What the version with this number says; where it is not the corporation's own, what tijdig ships."""
    found = next((one for one in known if one.number == opened), None)
    return found.body if found and found.own else plain_body(shipped(kind))


def _reason_faults(reason: str) -> tuple[Fault, ...]:
    if not reason.strip():
        return (Fault("reason_missing", "Schrijf in een paar woorden waarom u dit verandert."),)
    if len(reason.strip()) > _REASON:
        return (Fault("reason_long", f"De reden is te lang. Houd het bij {_REASON} tekens."),)
    return ()


def _musts(text: Text) -> tuple[Fault, ...]:
    found = (one for one in draft_findings(text) if one.severity is Severity.MUST)
    return tuple(Fault(one.code, one.sentence) for one in found)


def save_letterhead(*, organisation_id: int, actor: str, head: Head, on: date) -> None:
    """A new letterhead, from the next letter on; the same again makes none. Raises `NotRight` with what is missing."""
    if faults := tuple(letterhead_faults(head)):
        raise NotRight(faults)
    with organisation_scope(organisation_id):
        if letterhead() == head:
            return
        Letterhead.objects.create(organisation_id=organisation_id, made_by=actor, body=head.plain())
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="letterhead_changed",
            subject="letterhead",
            effective_on=on,
        )


def _lock(organisation_id: int, kind: Kind) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [organisation_id, f"letter_text:{kind}"]
        )


def _store(
    organisation_id: int,
    kind: Kind,
    before: Version | None,
    body: Mapping[str, Any],
    *,
    own: bool,
    by: str,
    reason: str,
) -> Version:
    number = before.number + 1 if before else 1
    row = LetterText.objects.create(
        organisation_id=organisation_id,
        kind=kind.value,
        version=number,
        own=own,
        body=dict(body),
        made_by=by,
        reason=reason,
    )
    row.refresh_from_db(fields=["made_at"])
    return Version(row.pk, kind, number, own, row.made_at, by, reason, row.body)
