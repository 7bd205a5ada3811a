"""The only writers of files at partners: asked by name, gone past what is weak by two names, and ended by name.

The step that the engine reads (handed over, handed back) is written in the same transaction. Of two who write about a
tenancy at the same moment the second sees what the first did.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from tijdig.access.scope import again, organisation_scope
from tijdig.bailiff import values
from tijdig.bailiff.actions_package import keep_package
from tijdig.bailiff.checklist import Item, judged, stopping, weak
from tijdig.bailiff.kinds import BY_PARTNER, End, Side, Start
from tijdig.bailiff.models import (
    File,
    FileFigure,
    HandOver,
    HandOverText,
    HandOverWithdrawal,
    ProposalRefusal,
)
from tijdig.bailiff.queries import file, hand_over, in_force, waiting_of
from tijdig.bailiff.queries_facts import facts_of, overdue_on, went_before
from tijdig.bailiff.queries_figures import figures_now
from tijdig.bailiff.queries_program import proposal_of
from tijdig.bailiff.two_people import not_another
from tijdig.bailiff.values import NotDone
from tijdig.history.actions import record
from tijdig.ledger.actions_marks import mark_dirty
from tijdig.steps.actions import Draft, note
from tijdig.steps.kinds import Kind
from tijdig.tenancies.actions_lock import lock_tenancy

_LONGEST = 500


class By(NamedTuple):
    """Who writes, for which corporation, on which day."""

    organisation_id: int
    actor: str
    name: str
    on: date


@again
def ask(
    *,
    organisation_id: int,
    actor: str,
    name: str,
    tenancy_id: int,
    partner_id: int,
    start: Start,
    reason: str,
    asked_as: UUID,
    on: date,
) -> int | None:
    """Hand a file over to a partner, by name. Returns the id of the file, or None where a second person must agree first
    because something is weak. The same form twice is one.

    Raises `NotDone` with what stands in the way, or where something is weak and `reason` does not say why one goes on.
    """
    with organisation_scope(organisation_id):
        items, cents = _judged(tenancy_id, on)
        known = HandOver.objects.filter(asked_as=asked_as).values_list("pk", flat=True).first()
        if known:
            return File.objects.filter(hand_over_id=known).values_list("pk", flat=True).first()
        if wrong := stopping(items):
            raise NotDone(wrong)
        agreed = _agreed(partner_id, on)
        if not name.strip():
            raise NotDone(("Alleen iemand met een naam kan overdragen.",))
        past, words = weak(items), " ".join(reason.split())[:_LONGEST]
        _may_ask(tenancy_id, past, words)
        by = By(organisation_id, actor, name.strip(), on)
        row = _row(by, tenancy_id, agreed, start, items, past, asked_as)
        if words:
            HandOverText.objects.create(organisation_id=organisation_id, hand_over=row, reason=words)
        facts = {"hand_over": row.pk, "weak": row.weak}
        write_history(organisation_id, actor, "hand_over_asked", tenancy_id, on, facts, words)
        return None if past else _made(row, agreed, items, cents, actor, name, on)


@again
def take_in(
    *,
    organisation_id: int,
    actor: str,
    name: str,
    tenancy_id: int,
    partner_id: int,
    start: Start,
    asked_as: UUID,
    on: date,
) -> int:
    """Put a file with a partner that was handed over outside tijdig before; it is not handed over again. Returns its id.

    Raises `NotDone` where it is not with a bailiff, or with a partner already.
    """
    with organisation_scope(organisation_id):
        items, _cents = _judged(tenancy_id, on)
        known = File.objects.filter(hand_over__asked_as=asked_as).values_list("pk", flat=True).first()
        if known:
            return int(known)
        went_on = went_before(tenancy_id, on)
        if went_on is None or not name.strip():
            raise NotDone(("Dit dossier is niet bij een deurwaarder, of het staat al bij een.",))
        agreed = _agreed(partner_id, on)
        by = By(organisation_id, actor, name.strip(), on)
        row = _row(by, tenancy_id, agreed, start, items, (), asked_as)
        made = _file(row, agreed, items, went_on, overdue_on(tenancy_id, went_on))
        facts: dict[str, object] = {"file": made.pk, "partner": agreed.partner_id}
        write_history(organisation_id, actor, "file_taken_in", tenancy_id, on, facts)
        return int(made.pk)


@again
def agree(*, organisation_id: int, actor: str, name: str, hand_over_id: int, on: date) -> int:
    """The second person goes past the weak points too. Returns the id of the file.

    Raises `NotDone` for whoever asked it, where something stands in the way now, and where something else became weak.
    """
    with organisation_scope(organisation_id):
        asked = _asked(hand_over_id)
        items, cents = _judged(asked.tenancy_id, on)
        asked = _asked(hand_over_id)  # whoever was first has written by now
        own = "U vroeg dit zelf. Een ander moet meebeslissen."
        if same := not_another([(asked.actor, asked.name)], actor, name, own) or (
            "" if name.strip() else own
        ):
            raise NotDone((same,))
        if wrong := stopping(items):
            raise NotDone(wrong)
        if new := [one for one in weak(items) if one.point.value not in asked.weak]:
            raise NotDone(
                ("Er is een zwak punt bij gekomen. Vraag het opnieuw.", *(one.sentence for one in new))
            )
        agreed = next((one for one in in_force(on) if one.id == asked.agreement_id), None)
        if agreed is None:
            raise NotDone(("De afspraken met deze deurwaarder gelden niet meer. Vraag het opnieuw.",))
        row = HandOver.objects.get(pk=hand_over_id)
        return _made(row, agreed, items, cents, actor, name, on, second=True)


@again
def withdraw(*, organisation_id: int, actor: str, name: str, hand_over_id: int, on: date) -> None:
    """What was asked does not go on. Raises `NotDone` where it went already."""
    with organisation_scope(organisation_id):
        asked = _asked(hand_over_id)
        lock_tenancy(asked.tenancy_id)
        asked = _asked(hand_over_id)
        HandOverWithdrawal.objects.create(
            organisation_id=organisation_id, hand_over_id=hand_over_id, on=on, actor=actor, name=name.strip()
        )
        write_history(
            organisation_id, actor, "hand_over_withdrawn", asked.tenancy_id, on, {"hand_over": hand_over_id}
        )


@again
def end_file(
    *, organisation_id: int, actor: str, name: str, file_id: int, side: Side, end: End, on: date
) -> None:
    """A file ends, by name and with the sector's reason: closed by the partner, or taken back by the corporation.

    Raises `NotDone` where it ended already, and where a partner chooses what is the corporation's to decide.
    """
    with organisation_scope(organisation_id):
        known = file(file_id)
        if known is None or not lock_tenancy(known.tenancy_id) or (known := file(file_id)) is None:
            raise NotDone(("Dit dossier is er niet, of niet meer bij u.",))
        if known.ended_on is not None:
            raise NotDone((f"Dit dossier is al gesloten door {known.end_name}.",))
        if side is Side.PARTNER and end not in BY_PARTNER:
            raise NotDone(("Dit einde kiest de corporatie. Vraag haar, of geef het dossier terug.",))
        if not name.strip():
            raise NotDone(("Alleen iemand met een naam kan een dossier sluiten.",))
        steps = [Draft(known.tenancy_id, f"file:{file_id}", {"name": name.strip(), "end": end.value})]
        note(organisation_id=organisation_id, actor=actor, kind=Kind.HANDED_BACK, on=on, steps=steps)
        facts: dict[str, object] = {"file": file_id, "end": end.value, "side": side.value}
        write_history(organisation_id, actor, "file_ended", known.tenancy_id, on, facts)
        mark_dirty(organisation_id=organisation_id, tenancy_ids=[known.tenancy_id], on=on)
        _keep_figures(known, on)
        # Last: from here on it is not the partner's any more, and neither is anything of the tenancy.
        File.objects.filter(pk=file_id).update(
            ended_on=on, end=end.value, end_side=side.value, end_name=name.strip()
        )


def _keep_figures(known: values.File, on: date) -> None:
    """What the file counts for from now on: both sides see the same, while the partner sees the tenant no more."""
    found = figures_now([known], on)[known.id]
    FileFigure.objects.create(
        organisation_id=known.organisation_id,
        file_id=known.id,
        first_talk_on=found.first_talk_on,
        judged=found.judged,
        evicted=found.evicted,
        kept=found.kept,
        tenant_cents=found.tenant_cents,
        corporation_cents=found.corporation_cents,
        arrangements=[[day.isoformat(), paid] for day, paid in found.arrangements],
    )


def _may_ask(tenancy_id: int, past: tuple[Item, ...], words: str) -> None:
    if (waits := waiting_of(tenancy_id)) is not None:
        asked = f"{waits.name} vroeg dit al op {waits.on:%d-%m-%Y}; het wacht op een tweede collega."
        raise NotDone((asked,))
    if past and not words:
        why = "Er is een zwak punt. Schrijf op waarom u toch verder wilt; een tweede collega beslist mee."
        raise NotDone((why,))


def _agreed(partner_id: int, on: date) -> values.Agreement:
    found = next((one for one in in_force(on) if one.partner_id == partner_id), None)
    if found is None:
        raise NotDone(("Met deze deurwaarder zijn nu geen afspraken. Kies een ander.",))
    return found


def _judged(tenancy_id: int, on: date) -> tuple[tuple[Item, ...], int]:
    """Every point as it stands, with the tenancy held; and what is overdue."""
    found = facts_of(tenancy_id, on) if lock_tenancy(tenancy_id) else None
    if found is None:
        raise NotDone(("Deze huurder is er niet.",))
    return judged(found), found.overdue_cents


def _asked(hand_over_id: int) -> values.HandOver:
    found = hand_over(hand_over_id)
    if found is None:
        raise NotDone(("Dit wacht niet meer: het is overgedragen of teruggenomen.",))
    return found


def _made(
    row: HandOver,
    agreed: values.Agreement,
    items: tuple[Item, ...],
    cents: int,
    actor: str,
    name: str,
    on: date,
    *,
    second: bool = False,
) -> int:
    made = _file(row, agreed, items, on, cents, (actor, name.strip()) if second else ("", ""))
    facts = {"name": row.name, "partner": agreed.partner_id}
    steps = [Draft(row.tenancy_id, f"file:{made.pk}", facts | ({"second": name.strip()} if second else {}))]
    note(organisation_id=row.organisation_id, actor=actor, kind=Kind.HANDED_OVER, on=on, steps=steps)
    mark_dirty(organisation_id=row.organisation_id, tenancy_ids=[row.tenancy_id], on=on)
    return int(made.pk)


def _row(
    by: By,
    tenancy_id: int,
    agreed: values.Agreement,
    start: Start,
    items: tuple[Item, ...],
    past: tuple[Item, ...],
    asked_as: UUID,
) -> HandOver:
    """What was asked, with every point as it stands; `past` are those that two people must go past."""
    return HandOver.objects.create(
        organisation_id=by.organisation_id,
        tenancy_id=tenancy_id,
        agreement_id=agreed.id,
        start=start.value,
        points=[[one.point.value, one.state.value, one.sentence] for one in items],
        weak=[one.point.value for one in past],
        on=by.on,
        actor=by.actor,
        name=by.name,
        asked_as=asked_as,
    )


def _file(
    row: HandOver,
    agreed: values.Agreement,
    items: tuple[Item, ...],
    went_on: date,
    cents: int,
    second: tuple[str, str] = ("", ""),
) -> File:
    """The file, with everything that goes with it as of the day of the row."""
    proposed = proposal_of(row.tenancy_id)
    known_as = {"pk": proposed.id} if proposed and proposed.partner_id == agreed.partner_id else {}
    if proposed and not known_as:  # somebody decided otherwise
        ProposalRefusal.objects.create(
            organisation_id=row.organisation_id,
            proposal_id=proposed.id,
            on=row.on,
            actor=row.actor,
            name=row.name,
        )
    made = File.objects.create(
        **known_as,
        organisation_id=row.organisation_id,
        hand_over=row,
        tenancy_id=row.tenancy_id,
        partner_id=agreed.partner_id,
        agreement_id=row.agreement_id,
        start=row.start,
        handed_over_on=went_on,
        overdue_cents=cents,
        second_actor=second[0],
        second_name=second[1],
    )
    by = tuple(one for one in (row.name, second[1]) if one)
    keep_package(
        row.organisation_id, made.pk, row.tenancy_id, row.on, agreed=agreed, start=Start(row.start), by=by, items=items
    )  # fmt: skip
    return made


def write_history(
    organisation_id: int,
    actor: str,
    verb: str,
    tenancy_id: int,
    on: date,
    facts: dict[str, object],
    text: str = "",
) -> None:
    """The line of history of an act in a file, about its tenancy; with the words apart, so that they can be erased."""
    record(
        organisation_id=organisation_id,
        actor=actor,
        verb=verb,
        subject=f"tenancy:{tenancy_id}",
        effective_on=on,
        facts=facts,
        text=text,
    )
