"""The only writers of letters. A letter is made once, with its exact paper, and never changed; it goes by a `Sending`."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection

from tijdig.access.scope import organisation_scope
from tijdig.carriers.channel import Channel
from tijdig.history.actions import record
from tijdig.letters.actions_queue import new_link, queue
from tijdig.letters.actions_texts import in_use
from tijdig.letters.as_data import plain_letter
from tijdig.letters.layout import made_with
from tijdig.letters.letter import Letter
from tijdig.letters.models import Letter as LetterRow
from tijdig.letters.models import LetterPaper
from tijdig.letters.queries import written_on
from tijdig.letters.queries_compose import TWICE, Composed, compose
from tijdig.letters.render import render
from tijdig.letters.values import NotRight
from tijdig.letters.ways import Reach
from tijdig.letters.wish import Wish


def write(
    *,
    organisation_id: int,
    actor: str,
    wish: Wish,
    now: datetime,
    by: str = "",
    asked_as: UUID | None = None,
) -> int:
    """Make the letter and queue it; returns its id. `by` is the person who writes; `asked_as` names the form that asked.

    The same form twice gives the same letter. Raises `NotRight` with every reason why there can be no letter.
    """
    with organisation_scope(organisation_id):
        _wait_for_others(organisation_id, wish)
        return _made_before(asked_as) or _write(organisation_id, actor, by, wish, now, asked_as)


def _wait_for_others(organisation_id: int, wish: Wish) -> None:
    """Whoever writes to the same tenant at the same moment comes after us, or before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [organisation_id, f"letter:{wish.tenancy_id}"]
        )


def _made_before(asked_as: UUID | None) -> int | None:
    if asked_as is None:
        return None
    return LetterRow.objects.filter(asked_as=asked_as).values_list("pk", flat=True).first()


def _write(
    organisation_id: int, actor: str, by: str, wish: Wish, now: datetime, asked_as: UUID | None
) -> int:
    _refuse_twice(wish)
    text_id, text = in_use(organisation_id, wish.kind)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('letters_letter', 'id'))")
        pk = int(cursor.fetchone()[0])
    composed = compose(wish, by=by, text=text, reference=f"B{pk}")
    _store(organisation_id, actor, pk, text_id, composed, wish, asked_as)
    payment = composed.letter.payment
    queue(
        organisation_id=organisation_id,
        actor=actor,
        letter_id=pk,
        channel=composed.channel,
        address=address(composed.ground.reach, composed.channel),
        now=now,
        link=new_link(organisation_id, wish.tenancy_id, payment.amount_cents, now)
        if wish.link and payment
        else None,
    )
    record(
        organisation_id=organisation_id,
        actor=actor,
        verb="letter_written",
        subject=f"tenancy:{wish.tenancy_id}",
        effective_on=wish.on,
        facts={"letter": pk, "kind": str(wish.kind), "channel": str(composed.channel)},
        text=wish.reason.strip(),
    )
    return pk


def _refuse_twice(wish: Wish) -> None:
    """One letter of a kind a tenancy a day."""
    if wish.kind in written_on(wish.tenancy_id, wish.on):
        raise NotRight((TWICE,))


def _store(
    organisation_id: int,
    actor: str,
    pk: int,
    text_id: int,
    composed: Composed,
    wish: Wish,
    asked_as: UUID | None,
) -> None:
    letter = composed.letter
    paper = render(letter, composed.text)
    LetterRow.objects.create(
        pk=pk,
        organisation_id=organisation_id,
        tenancy_id=wish.tenancy_id,
        text_id=text_id,
        kind=letter.kind.value,
        dated_on=letter.on,
        reference=letter.reference,
        language=letter.to.language.value,
        large_print=letter.to.large_print,
        open_cents=sum(row.open_cents for row in letter.rows),
        entries=list(composed.entries),
        stood_cents=composed.stood_cents,
        facts=_facts(letter),
        digest=paper.digest,
        made_with=made_with(),
        pages=paper.pages,
        made_by=actor,
        override_by=letter.override.by if letter.override else "",
        asked_as=asked_as,
    )
    LetterPaper.objects.create(
        letter_id=pk,
        organisation_id=organisation_id,
        pdf=paper.pdf,
        text=paper.text,
        value=plain_letter(letter),
    )


def _facts(letter: Letter) -> dict[str, object]:
    """The amounts and days of the letter; no words, for those may be personal."""
    plain = plain_letter(letter)["facts"]
    return {name: value for name, value in plain.items() if name.endswith(("_cents", "_on", "_count"))}


def address(reach: Reach, channel: Channel) -> str:
    """Where a message goes; on paper the letter itself says it."""
    return {Channel.EMAIL: reach.email, Channel.SMS: reach.mobile, Channel.PRINT: ""}[channel]
