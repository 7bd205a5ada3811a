"""What became of messages, written down as facts: they went, they arrived, they came back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from uuid import UUID

from tijdig.access.scope import organisation_scope
from tijdig.base.bsn import clean
from tijdig.carriers.channel import Arrival, Report
from tijdig.law.answer import NotKnown
from tijdig.law.letter_term import fourteen_days
from tijdig.ledger.actions_marks import mark_dirty
from tijdig.letters.letter import Kind
from tijdig.letters.models import Sending, SendingText
from tijdig.letters.states import WENT, State, may_go
from tijdig.policy.queries import conventions
from tijdig.steps.actions import Draft, note
from tijdig.steps.kinds import Kind as StepKind
from tijdig.steps.kinds import LetterFacts

_STATE = {Arrival.DELIVERED: State.DELIVERED, Arrival.BOUNCED: State.BOUNCED}
_STEP = {Arrival.DELIVERED: StepKind.LETTER_DELIVERED, Arrival.BOUNCED: StepKind.LETTER_BOUNCED}
_DETAIL = 400


def went(*, organisation_id: int, actor: str, rows: Sequence[Sending], on: date) -> None:
    """These messages went on that day: their state, and a step for each with its proof; in the caller's transaction."""
    Sending.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=State.SENT.value, sent_on=on, ended_at=datetime.now(UTC), why=""
    )
    for row in rows:
        row.state, row.sent_on = State.SENT.value, on
    _note(organisation_id, actor, StepKind.LETTER_SENT, rows, on)


def _note(organisation_id: int, actor: str, kind: StepKind, rows: Sequence[Sending], on: date) -> None:
    """A step for each of these messages, and a new evaluation; what went to the program's own mailbox reached nobody."""
    drafts = [
        Draft(row.letter.tenancy_id, subject(row), _facts(row, row.sent_on or on).plain())
        for row in rows
        if not row.trial
    ]
    note(organisation_id=organisation_id, actor=actor, kind=kind, on=on, steps=drafts)
    mark_dirty(organisation_id=organisation_id, tenancy_ids=[one.tenancy_id for one in drafts], on=on)


def subject(row: Sending) -> str:
    return f"sending:{row.pk}"


def _facts(row: Sending, on: date) -> LetterFacts:
    letter = row.letter
    fourteen = letter.kind == Kind.FOURTEEN_DAY
    return LetterFacts(
        letter_id=letter.pk,
        letter_kind=letter.kind,
        channel=row.channel,
        reference=letter.reference,
        digest=letter.digest,
        open_cents=letter.open_cents,
        entries=tuple(letter.entries),
        fee_cents=letter.facts.get("fee_cents", 0),
        vat_cents=letter.facts.get("vat_cents", 0),
        fee_from_on=_fee_from(on, letter.dated_on) if fourteen else "",
        dated_on=letter.dated_on.isoformat(),
        proof=_proof(row),
    )


def _fee_from(sent_on: date, dated_on: date) -> str:
    try:
        return fourteen_days(sent_on, conventions(dated_on)).fee_from_on.isoformat()
    except NotKnown:
        return ""


def _proof(row: Sending) -> str:
    if row.batch_id is not None:
        return f"batch {row.batch_id}, brief {row.place}"
    return f"{row.carrier} {row.provider_id}".strip()


def take_report(
    *, organisation_id: int, report: Report, actor: str, now: datetime, on: date, carrier: str = ""
) -> bool:
    """What a carrier tells of a message afterwards; False where the message is not ours or it was told before.

    A report by our key proves that the message went, whatever we thought of it. `carrier` is who tells it, where that is
    known: numbers of another carrier are not looked for.
    """
    if report.arrival is Arrival.UNDER_WAY:
        return False
    with organisation_scope(organisation_id):
        row = _named(report)
        after = _STATE[report.arrival]
        if row is None or not _may_become(row, after) or carrier not in ("", row.carrier):
            return False
        day = max(row.sent_on or on, on)
        if row.sent_on is None:  # it was not sure that it went, and now it is
            went(organisation_id=organisation_id, actor=actor, rows=[row], on=on)
        why = "bounced" if after is State.BOUNCED else ""
        Sending.objects.filter(pk=row.pk).update(state=after.value, ended_at=now, why=why)
        SendingText.objects.filter(sending=row).update(detail=clean(report.detail)[:_DETAIL])
        _note(organisation_id, actor, _STEP[report.arrival], [row], day)
        return True


def _may_become(row: Sending, after: State) -> bool:
    """What went may arrive or come back, once; of anything else it is believed when a carrier was ever given it."""
    state = State(row.state)
    return may_go(state, after) if state in WENT else row.tries > 0


def _named(report: Report) -> Sending | None:
    rows = Sending.objects.select_for_update(of=("self",)).select_related("letter")
    if report.key:
        try:
            return rows.filter(key=UUID(hex=report.key)).first()
        except ValueError:
            return None
    return rows.filter(provider_id=report.provider_id).first() if report.provider_id else None
