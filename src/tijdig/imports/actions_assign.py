"""A person says whose a queued payment is, or that it is nobody's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tijdig.access.scope import organisation_scope
from tijdig.base.money import AmountError, cents_from_comma, euro
from tijdig.history.actions import record
from tijdig.imports.actions_lines import REVERSAL_MONTHS, taken_back, update
from tijdig.imports.actions_queue import rematch
from tijdig.imports.actions_stored import recount, store_parts, works_of
from tijdig.imports.drafts import Nature
from tijdig.imports.models import Line
from tijdig.imports.outcome import SOURCE, Work, draft_of
from tijdig.imports.queries import collections_of
from tijdig.imports.refusal import NotPossible
from tijdig.imports.settle_lines import of_tenancy
from tijdig.ledger.actions import post
from tijdig.ledger.actions_accounts import set_routes
from tijdig.ledger.actions_marks import clear_waiting
from tijdig.ledger.kinds import Kind
from tijdig.tenancies.actions import learn_account
from tijdig.tenancies.queries import tenancy_ids_by_contract


@dataclass(frozen=True, slots=True)
class Assignment:
    """Whose money a queued line is: one tenancy, or several with the cents of each, which must add up."""

    line_id: int
    parts: tuple[tuple[int, int], ...]  # tenancy id, cents as seen from our account


def assign_line(
    *, organisation_id: int, line_id: int, contract_number: str, learn: bool, actor: str, on: date
) -> int:
    """A person says whose money a queued line is. It is posted; its account is learned where asked.

    `contract_number` is one number, or a list that splits the sum: `104.233=450,00; 104.240=210,00`. Returns the
    (first) tenancy.
    """
    with organisation_scope(organisation_id):
        line = Line.objects.filter(pk=line_id, state="queued").first()
        if line is None:
            raise NotPossible("line_not_queued")
        parts = _parts_of(contract_number, line.amount_cents)
        assign(
            organisation_id=organisation_id,
            assignments=[Assignment(line_id, parts)],
            actor=actor,
            on=on,
            learn=learn,
        )
        if learn:
            rematch(organisation_id=organisation_id, actor=actor, on=on, file_id=line.file_id)
        return parts[0][0]


def _parts_of(text: str, cents: int) -> tuple[tuple[int, int], ...]:
    """What a person typed, as tenancies with cents that add up to the line."""
    parts = []
    for piece in (piece.strip() for piece in text.split(";")):
        contract, equals, amount = (word.strip() for word in piece.partition("="))
        tenancy = tenancy_ids_by_contract([contract]).get(contract)
        if tenancy is None:
            raise NotPossible("tenancy_unknown", contract=contract or "…")
        try:
            share = cents_from_comma(amount) if equals else cents
        except AmountError:
            raise NotPossible("amount_unreadable", waarde=amount, amount=amount, text=amount) from None
        parts.append((tenancy, share if cents > 0 or not equals else -share))
    if sum(share for _, share in parts) != cents:
        raise NotPossible("parts_differ", sum=euro(cents))
    return tuple(parts)


def assign(
    *, organisation_id: int, assignments: Sequence[Assignment], actor: str, on: date, learn: bool = False
) -> int:
    """Post queued lines as a person said, inside the caller's transaction; returns how many lines."""
    by_line = {one.line_id: one for one in assignments}
    lines = list(
        Line.objects.select_for_update(of=("self",))
        .filter(pk__in=list(by_line), state="queued")
        .select_related("linetext", "statement")
        .order_by("id")
    )
    if len(lines) < len(by_line):
        raise NotPossible("line_not_queued")
    works = works_of(lines)
    reversed_by = _collections(works, by_line)
    done: list[Work] = []
    for line, work in zip(lines, works, strict=True):
        done += _as_said(line, work, by_line[line.pk].parts, reversed_by.get(line.pk, ""))
    drafts = [work.draft for work in done if work.draft is not None]
    ids = {str(work.tenancy_id): work.tenancy_id for work in done if work.tenancy_id is not None}
    posted = post(
        organisation_id=organisation_id, drafts=drafts, actor=actor, on=on, subject="queue", tenancies=ids
    )
    if posted.problems:
        raise NotPossible(posted.problems[0].code, **dict(posted.problems[0].params))
    update([work for work in done if work.line_id])
    store_parts(organisation_id, done, {line.pk: line for line in lines})
    told = [work.reference for work in done if work.line_id]
    clear_waiting(organisation_id=organisation_id, source=SOURCE, references=told, on=on)
    _routes(organisation_id, lines, by_line)
    for line in lines:
        _after_assign(organisation_id, line, by_line[line.pk].parts, learn, actor, on)
    for file in sorted({line.file_id for line in lines}):
        recount(file)
    return len(lines)


def _collections(works: Sequence[Work], by_line: Mapping[int, Assignment]) -> dict[int, str]:
    """Of reversals that a person gave to one tenancy: the collection that each takes back, where there is one."""
    asked = {
        work.line_id: by_line[work.line_id].parts[0][0]
        for work in works
        if work.movement.nature is Nature.STORNO and len(by_line[work.line_id].parts) == 1
    }
    if not asked:
        return {}
    since = min(work.movement.booked_on for work in works) - timedelta(days=REVERSAL_MONTHS * 31)
    by_tenancy = collections_of(asked.values(), since)
    taken = taken_back([item[0] for items in by_tenancy.values() for item in items])
    found: dict[int, str] = {}
    for work in works:
        if work.line_id in asked:
            one = of_tenancy(work.movement, asked[work.line_id], by_tenancy, taken)
            if one is not None:
                found[work.line_id] = one.reference
                taken.add(one.reference)
    return found


def _as_said(line: Line, work: Work, parts: tuple[tuple[int, int], ...], takes_back: str) -> list[Work]:
    """`takes_back` is the reference of the collection that this line reverses, where it does."""
    kind = _kind_by_hand(line)
    if len(parts) == 1:
        work.state, work.rule, work.sureness, work.tenancy_id = "posted", "person", 100, parts[0][0]
        work.draft = draft_of(work, str(parts[0][0]), kind, takes_back)
        return [work]
    work.state, work.rule = "split", "person"
    done = [work]
    for number, (tenancy, cents) in enumerate(parts, 1):
        place = f"{work.movement.place}, deel {number}"
        movement = replace(
            work.movement, amount_cents=cents, tx_no=10**9 * work.movement.tx_no + number, place=place
        )
        part = Work(movement, work.fingerprint, statement_id=work.statement_id, parent=work, state="posted")
        part.rule, part.sureness, part.tenancy_id = "person", 100, tenancy
        part.draft = draft_of(part, str(tenancy), kind)
        done.append(part)
    return done


def _kind_by_hand(line: Line) -> Kind:
    if line.amount_cents > 0:
        return Kind.DIRECT_DEBIT if line.nature == Nature.COLLECTION.value else Kind.PAYMENT
    storno = line.nature in (Nature.STORNO.value, Nature.STORNO_BATCH.value)
    return Kind.REVERSAL if storno else Kind.REFUND


def _routes(organisation_id: int, lines: Sequence[Line], by_line: Mapping[int, Assignment]) -> None:
    """Into which of our accounts these tenancies pay, told once per account."""
    by_account: dict[int, set[int]] = {}
    for line in lines:
        account = line.statement.bank_account_id
        if account is not None:
            by_account.setdefault(account, set()).update(tenancy for tenancy, _ in by_line[line.pk].parts)
    for account, tenancies in by_account.items():
        set_routes(organisation_id=organisation_id, bank_account_id=account, tenancy_ids=sorted(tenancies))


def _after_assign(
    organisation_id: int, line: Line, parts: tuple[tuple[int, int], ...], learn: bool, actor: str, on: date
) -> None:
    tenancies = [tenancy for tenancy, _ in parts]
    text = getattr(line, "linetext", None)
    if learn and text and text.counter_account:
        for tenancy in tenancies:
            learn_account(
                organisation_id=organisation_id,
                tenancy_id=tenancy,
                iban=text.counter_account,
                actor=actor,
                third_party=len(tenancies) > 1,
            )
    record(
        organisation_id=organisation_id,
        actor=actor,
        verb="line_assigned",
        subject=f"line:{line.pk}",
        effective_on=on,
        facts={"parts": [list(part) for part in parts], "learned": learn},
    )


def set_aside_line(*, organisation_id: int, line_id: int, actor: str, reason: str, on: date) -> None:
    """A person says that a queued line is not a tenant's. It stays, with the reason."""
    if not reason.strip():
        raise NotPossible("reason_needed")
    with organisation_scope(organisation_id):
        line = Line.objects.select_for_update().filter(pk=line_id, state="queued").first()
        if line is None:
            raise NotPossible("line_not_queued")
        (work,) = works_of([line])
        line.state, line.rule = "other", "person"
        line.save(update_fields=["state", "rule"])
        clear_waiting(organisation_id=organisation_id, source=SOURCE, references=[work.reference], on=on)
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="line_set_aside",
            subject=f"line:{line_id}",
            effective_on=on,
            text=reason.strip(),
        )
        recount(line.file_id)
