"""A person accepts a statement; the program matches the queue again once it knows more."""

from __future__ import annotations

from datetime import date

from django.db import connection

from tijdig.access.scope import organisation_scope
from tijdig.history.actions import record
from tijdig.imports.actions_bank import refresh_account
from tijdig.imports.actions_stored import settle_stored
from tijdig.imports.models import Line
from tijdig.imports.models import Statement as StatementRow
from tijdig.imports.refusal import NotPossible
from tijdig.ledger.actions_accounts import bank_account
from tijdig.ledger.models import BankAccount


def accept_statement(*, organisation_id: int, statement_id: int, actor: str, reason: str, on: date) -> int:
    """A named person accepts a statement that does not tie, with a reason; its lines are posted. Returns how many."""
    if not reason.strip():
        raise NotPossible("reason_needed")
    with organisation_scope(organisation_id):
        row = StatementRow.objects.select_for_update().filter(pk=statement_id, state="held").first()
        if row is None:
            raise NotPossible("statement_not_held")
        if row.bank_account_id is None:
            row.bank_account_id = bank_account(organisation_id=organisation_id, iban=row.account)
        row.state, row.accepted_by, row.accept_reason = "accepted", actor, reason.strip()
        row.save(update_fields=["state", "accepted_by", "accept_reason", "bank_account_id"])
        posted = _release(organisation_id, row, actor, on)
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="statement_accepted",
            subject=f"statement:{statement_id}",
            effective_on=on,
            facts={"hold": row.hold, "difference_cents": row.difference_cents, "posted": posted},
            text=reason.strip(),
        )
        return posted


def _release(organisation_id: int, row: StatementRow, actor: str, on: date) -> int:
    lines = (
        Line.objects.filter(statement=row, state="held")
        .select_related("linetext", "statement")
        .order_by("id")
    )
    held = list(lines)
    for line in held:
        line.statement = row
    posted = settle_stored(organisation_id, held, actor, on, row.file_id)
    if row.bank_account_id is not None:
        refresh_account(row.bank_account_id, on)
    return posted


def adopt_statements(*, organisation_id: int, account_id: int, actor: str, on: date) -> int:
    """An account turned out to be ours: its statements that wait for that are tied out by now. Returns lines posted."""
    posted = 0
    account = BankAccount.objects.get(pk=account_id)
    waiting = StatementRow.objects.filter(state="held", hold="account_unknown", account=account.iban)
    for row in waiting.order_by("closing_on", "id"):
        row.bank_account = account
        row.hold = "" if row.difference_cents == 0 else "difference"
        if row.difference_cents is None:
            row.hold = "no_balance"
        row.state = "held" if row.hold else "ok"
        row.save(update_fields=["bank_account", "hold", "state"])
        if row.state == "ok":
            posted += _release(organisation_id, row, actor, on)
    refresh_account(account_id, on)
    return posted


# What a file of this kind can end the wait of; any other file may tell who is who, so then all are tried again.
ENDS_WAIT = {
    "camt": ("collection_unknown",),
    "mt940": ("collection_unknown",),
    "pain008": ("collection_unknown", "batch_without_details"),
    "pain002": ("batch_without_details",),
}
MOST_AT_ONCE = 20_000


def rematch(*, organisation_id: int, actor: str, on: date, file_id: int, after: str = "") -> int:
    """Match the queue again with what is known by now, and release statements that wait no longer.

    `after` is the kind of file that was read: a bank statement tells nothing new about who is who.
    """
    posted = _end_waits(organisation_id, actor, on)
    queued = (
        Line.objects.select_for_update(
            of=("self",), skip_locked=True
        )  # one that a person has in hand is theirs
        .filter(state="queued")
        .select_related("linetext", "statement")
        .order_by("id")
    )
    if after in ENDS_WAIT:
        queued = queued.filter(queue_reason__in=ENDS_WAIT[after])
    return posted + settle_stored(organisation_id, list(queued[:MOST_AT_ONCE]), actor, on, file_id)


# A statement after a gap waits for the one before it; one that does not tie waits for itself told whole (repaired, or
# fetched again), with every line that it has.
_WAITS_ENDED = """
SELECT h.id, h.hold FROM imports_statement h WHERE h.state = 'held' AND (
    (h.hold = 'gap' AND EXISTS (
        SELECT 1 FROM imports_statement p WHERE p.bank_account_id = h.bank_account_id AND p.id > h.id
           AND p.state IN ('ok', 'accepted') AND p.closing_cents = h.opening_cents AND p.closing_on <= h.closing_on))
    OR (h.hold = 'difference' AND EXISTS (
        SELECT 1 FROM imports_statement w WHERE w.bank_account_id = h.bank_account_id AND w.id > h.id
           AND w.state = 'ok' AND w.opening_cents = h.opening_cents AND w.closing_cents = h.closing_cents
           AND w.closing_on = h.closing_on
           AND NOT EXISTS (SELECT 1 FROM imports_line l WHERE l.statement_id = h.id AND l.state = 'held'
                 AND NOT EXISTS (SELECT 1 FROM imports_line d WHERE d.statement_id = w.id
                                    AND d.fingerprint = l.fingerprint)))))
 ORDER BY h.closing_on, h.id
"""


def _end_waits(organisation_id: int, actor: str, on: date) -> int:
    """Release held statements whose wait is over; a released one may end the wait of the next. Returns lines posted."""
    posted = 0
    while found := _waits_ended():
        for statement_id, hold in found:
            posted += _end_wait(organisation_id, statement_id, hold, actor, on)
    return posted


def _waits_ended() -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_WAITS_ENDED)
        return list(cursor.fetchall())


def _end_wait(organisation_id: int, statement_id: int, hold: str, actor: str, on: date) -> int:
    row = StatementRow.objects.get(pk=statement_id)
    row.state, row.accept_reason = "ok", ""
    row.save(update_fields=["state", "accept_reason"])
    posted = _release(organisation_id, row, actor, on)
    record(
        organisation_id=organisation_id,
        actor=actor,
        verb="statement_gap_filled" if hold == "gap" else "statement_told_whole",
        subject=f"statement:{statement_id}",
        effective_on=on,
    )
    return posted
