"""The only writers of arrangements. Each is one transaction with a line of history, and asks for a new evaluation."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from django.db import connection

from tijdig.access.scope import organisation_scope
from tijdig.arrangements.advice import warnings
from tijdig.arrangements.kinds import STATE_LABEL, EndReason, State
from tijdig.arrangements.models import Arrangement, Change, ChangeText, Instalment
from tijdig.arrangements.plan import Fault, ask_faults, plan
from tijdig.arrangements.queries import before
from tijdig.arrangements.values import Draft, NotAgreed
from tijdig.history.actions import record
from tijdig.ledger.actions_marks import mark_dirty
from tijdig.policy.terms import ArrangementTerms
from tijdig.tenancies.actions_lock import lock_tenancy

_LONGEST_REASON = 400
_OVER = (State.ENDED.value, State.CANCELLED.value)
_REASON = Fault("reason_missing", "Schrijf waarom u dit zo afspreekt. De reden blijft bij de regeling staan.")
_LONG = Fault("reason_long", "De reden is te lang. Schrijf ten hoogste 400 tekens.")
_RUNS = Fault("runs", "Er loopt al een regeling. Beëindig die eerst, of vervang hem door deze.")
_UNTIL = Fault("until_wrong", "Kies een dag vanaf morgen, hoogstens een half jaar vooruit.")
_DAYS_FROZEN = 183


def agree(
    *,
    organisation_id: int,
    actor: str,
    draft: Draft,
    terms: ArrangementTerms,
    policy_version: str,
    asked_as: UUID,
    on: date,
    replace: bool = False,
) -> int:
    """Agree on a plan for these open entries; returns its id, also when the same form comes twice.

    Raises `NotAgreed` where it cannot be a plan, where one runs already (unless this one replaces it), and where policy
    would have it otherwise and no reason is given.
    """
    with organisation_scope(organisation_id):
        lock_tenancy(draft.tenancy_id)
        same = Arrangement.objects.filter(asked_as=asked_as).first()
        if same is not None:
            return int(same.pk)
        if faults := tuple(ask_faults(draft.ask, on)):
            raise NotAgreed(faults)
        runs = Arrangement.objects.filter(tenancy_id=draft.tenancy_id).exclude(state__in=_OVER).first()
        if runs is not None and not replace:
            raise NotAgreed((_RUNS,))
        rows = plan(draft.ask)
        warned = tuple(warnings(rows, terms, before(draft), on))
        _check_reason(draft.reason, needed=bool(warned))
        if runs is not None:
            _change(runs, actor, State.ENDED, on, EndReason.REPLACED)
        made = Arrangement.objects.create(
            organisation_id=organisation_id,
            tenancy_id=draft.tenancy_id,
            agreed_on=on,
            debt_cents=draft.ask.debt_cents,
            entries=list(draft.entries),
            last_entry=_last_entry(draft.tenancy_id, on),
            rhythm=draft.ask.rhythm.value,
            grace_days=terms.grace_days,
            policy_version=policy_version,
            warned=[one.code for one in warned],
            state=State.REQUESTED.value if draft.requested else State.ACTIVE.value,
            asked_as=asked_as,
            made_by=actor,
        )
        Instalment.objects.bulk_create(
            Instalment(
                organisation_id=organisation_id,
                arrangement=made,
                number=one.number,
                due_on=one.due_on,
                cents=one.cents,
            )
            for one in rows
        )
        _note(made, actor, State(made.state), on, reason=draft.reason)
        return int(made.pk)


def _check_reason(reason: str, *, needed: bool) -> None:
    if needed and not reason.strip():
        raise NotAgreed((_REASON,))
    if len(reason) > _LONGEST_REASON:
        raise NotAgreed((_LONG,))


def _last_entry(tenancy_id: int, on: date) -> int:
    """Of what is in the debt: money that stands in the ledger for a later day has still to come."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(max(id), 0) FROM ledger_entry WHERE tenancy_id = %s AND effective_on <= %s",
            [tenancy_id, on],
        )
        return int(cursor.fetchone()[0])


def activate(*, organisation_id: int, actor: str, arrangement_id: int, on: date) -> None:
    """The tenant said yes."""
    with organisation_scope(organisation_id):
        _change(_one(arrangement_id, {State.REQUESTED}), actor, State.ACTIVE, on)


def freeze(
    *, organisation_id: int, actor: str, arrangement_id: int, until: date, reason: str, on: date
) -> None:
    """Ask no term until a day, that day included. The current rent goes on. A reason is needed."""
    if not 0 < (until - on).days <= _DAYS_FROZEN:
        raise NotAgreed((_UNTIL,))
    _check_reason(reason, needed=True)
    with organisation_scope(organisation_id):
        row = _one(arrangement_id, {State.ACTIVE, State.FROZEN})
        _change(row, actor, State.FROZEN, on, until=until, reason=reason)


def resume(*, organisation_id: int, actor: str, arrangement_id: int, on: date) -> None:
    """Ask terms again, before the day that was said; the first that fell in between is asked the day after."""
    with organisation_scope(organisation_id):
        _change(_one(arrangement_id, {State.FROZEN}), actor, State.ACTIVE, on, verb="resumed")


def end(
    *,
    organisation_id: int,
    actor: str,
    arrangement_id: int,
    end_reason: EndReason,
    reason: str = "",
    on: date,
) -> None:
    """It is over: paid off, or by a person's decision with a reason."""
    _check_reason(reason, needed=end_reason is not EndReason.PAID_OFF)
    with organisation_scope(organisation_id):
        row = _one(arrangement_id, {State.ACTIVE, State.FROZEN})
        _change(row, actor, State.ENDED, on, end_reason, reason=reason)


def cancel(*, organisation_id: int, actor: str, arrangement_id: int, reason: str, on: date) -> None:
    """It never counted: asked for and not agreed, or made by mistake."""
    _check_reason(reason, needed=True)
    with organisation_scope(organisation_id):
        row = _one(arrangement_id, {State.REQUESTED, State.ACTIVE, State.FROZEN})
        _change(row, actor, State.CANCELLED, on, reason=reason)


def _one(arrangement_id: int, states: Collection[State]) -> Arrangement:
    """The arrangement, locked, where it stands in one of these states; else `NotAgreed` that says where it stands."""
    row = Arrangement.objects.select_for_update().get(pk=arrangement_id)
    if State(row.state) not in states:
        stands = STATE_LABEL[State(row.state)]
        raise NotAgreed((Fault("moved_on", f"De regeling is intussen {stands}. Kijk hoe het nu staat."),))
    return row


def _change(
    row: Arrangement,
    actor: str,
    state: State,
    on: date,
    end_reason: EndReason | None = None,
    *,
    until: date | None = None,
    reason: str = "",
    verb: str = "",
) -> None:
    row.state = state.value
    if state.value in _OVER:
        row.ended_on, row.end_reason = on, end_reason.value if end_reason else ""
    row.save(update_fields=["state", "ended_on", "end_reason"])
    _note(row, actor, state, on, end_reason=end_reason, until=until, reason=reason, verb=verb)


def _note(
    row: Arrangement,
    actor: str,
    state: State,
    on: date,
    *,
    end_reason: EndReason | None = None,
    until: date | None = None,
    reason: str = "",
    verb: str = "",
) -> None:
    """The change, its line of history, and the mark that asks for a new evaluation."""
    change = Change.objects.create(
        organisation_id=row.organisation_id,
        arrangement=row,
        verb=verb or state.value,
        on=on,
        until=until,
        end_reason=end_reason.value if end_reason else "",
        actor=actor,
    )
    if said := reason.strip():
        ChangeText.objects.create(change=change, organisation_id=row.organisation_id, text=said)
    record(
        organisation_id=row.organisation_id,
        actor=actor,
        verb=f"arrangement_{change.verb}",
        subject=f"tenancy:{row.tenancy_id}",
        effective_on=on,
        facts=dict(_facts(row, change)),
        text=said,
    )
    mark_dirty(organisation_id=row.organisation_id, tenancy_ids=[row.tenancy_id], on=on)


def _facts(row: Arrangement, change: Change) -> Iterator[tuple[str, object]]:
    yield "arrangement", row.pk
    yield "debt_cents", row.debt_cents
    if change.until:
        yield "until", change.until.isoformat()
    if change.end_reason:
        yield "end_reason", change.end_reason
    if row.warned and change.verb in (State.ACTIVE, State.REQUESTED):
        yield "warned", list(row.warned)
