"""The only writers of files at partners: asked by name, gone past what is weak by two names, and ended by name.

The step that the engine reads (handed over, handed back) is written in the same transaction. Of two who write about a
tenancy at the same moment the second sees what the first did.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from tijdig.access.scope import again, organisation_scope
from tijdig.bailiff import values
from tijdig.bailiff.actions_made import LONGEST, Asked, By, begin, make, write_history
from tijdig.bailiff.checklist import Item, judged, stopping, weak
from tijdig.bailiff.ends import in_the_way
from tijdig.bailiff.kinds import BY_PARTNER, End, Side, Start
from tijdig.bailiff.models import File, FileEndText, FileFigure, HandOver, HandOverWithdrawal
from tijdig.bailiff.queries import file, hand_over, in_force
from tijdig.bailiff.queries_ends import known_at_end
from tijdig.bailiff.queries_facts import agreed_after, facts_of, went_before
from tijdig.bailiff.queries_figures import figures_at_end
from tijdig.bailiff.two_people import not_another
from tijdig.base.not_done import NotDone
from tijdig.ledger.actions_marks import mark_dirty
from tijdig.steps.actions import Draft, note
from tijdig.steps.kinds import Kind
from tijdig.tenancies.actions_lock import lock_tenancy

_NOT_THERE = "Dit dossier is niet bij een deurwaarder, of het staat al bij een."


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
        if known := _asked_as(asked_as):
            return _file_of(known)
        if wrong := stopping(items):
            raise NotDone(wrong)
        asked = Asked(tenancy_id, _agreed(partner_id, on), start, asked_as, items)
        return begin(By(organisation_id, actor, name.strip(), on), asked, reason, cents)


@again
def take_in(
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
    """Put a file with a partner that was handed over outside tijdig, before anything was agreed with that partner; it is not
    handed over again. Returns its id, or None where a second person must agree first.

    Raises `NotDone` where it is not with a bailiff, or with a partner already, or went when there was an agreement; and, as
    `ask`, with what stops and for what is weak without a reason. What a decision about going says is past: that somebody
    decided it, that it is with a bailiff, that an arrangement runs.
    """
    with organisation_scope(organisation_id):
        items, _cents = _judged(tenancy_id, on)
        if known := _asked_as(asked_as):
            return _file_of(known)
        agreed = _agreed(partner_id, on)
        went_on = _went(tenancy_id, partner_id, on)
        if wrong := stopping(items):
            raise NotDone(wrong)
        asked = Asked(tenancy_id, agreed, start, asked_as, items, went_on)
        return begin(By(organisation_id, actor, name.strip(), on), asked, reason, 0)


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
        if same := not_another([(asked.actor, asked.name)], actor, name, own) if name.strip() else own:
            raise NotDone((same,))
        agreed = next((one for one in in_force(on) if one.id == asked.agreement_id), None)
        if agreed is None:
            raise NotDone(("De afspraken met deze deurwaarder gelden niet meer. Vraag het opnieuw.",))
        if asked.went_on and asked.went_on != _went(asked.tenancy_id, agreed.partner_id, on):
            raise NotDone((_NOT_THERE,))
        if wrong := stopping(items):
            raise NotDone(wrong)
        if new := [one for one in weak(items) if one.point.value not in asked.weak]:
            raise NotDone(
                ("Er is een zwak punt bij gekomen. Vraag het opnieuw.", *(one.sentence for one in new))
            )
        row = HandOver.objects.get(pk=hand_over_id)
        by = By(organisation_id, actor, name.strip(), on)
        return make(row, agreed, items, cents, by, second=True)


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
    *,
    organisation_id: int,
    actor: str,
    name: str,
    file_id: int,
    side: Side,
    end: End,
    on: date,
    reason: str = "",
) -> None:
    """A file ends, by name and with the sector's reason: closed or given back by the partner, or taken back by the
    corporation.

    Raises `NotDone` where it ended already, where a partner chooses what is the corporation's to decide or gives one back
    without saying why, and where the account, the costs, the deeds or the circumstances of the tenant say otherwise.
    """
    words = " ".join(reason.split())[:LONGEST]
    with organisation_scope(organisation_id):
        known = file(file_id)
        if known is None or not lock_tenancy(known.tenancy_id) or (known := file(file_id)) is None:
            raise NotDone(("Dit dossier is er niet, of niet meer bij u.",))
        if known.ended_on is not None:
            raise NotDone((f"Dit dossier is al gesloten door {known.end_name}.",))
        returned = side is Side.PARTNER and end is End.TAKEN_BACK
        if side is Side.PARTNER and end not in BY_PARTNER and not returned:
            raise NotDone(("Dit einde kiest de corporatie. Vraag haar, of geef het dossier terug.",))
        if not name.strip():
            raise NotDone(("Alleen iemand met een naam kan een dossier sluiten.",))
        if returned and not words:
            raise NotDone(("Schrijf op waarom u het dossier teruggeeft. De corporatie leest het.",))
        stands = known_at_end(known, on)
        if wrong := in_the_way(end, stands):
            raise NotDone((wrong,))
        steps = [Draft(known.tenancy_id, f"file:{file_id}", {"name": name.strip(), "end": end.value})]
        note(organisation_id=organisation_id, actor=actor, kind=Kind.HANDED_BACK, on=on, steps=steps)
        facts: dict[str, object] = {"file": file_id, "end": end.value, "side": side.value}
        write_history(organisation_id, actor, "file_ended", known.tenancy_id, on, facts, words)
        if returned:
            FileEndText.objects.create(organisation_id=organisation_id, file_id=file_id, reason=words)
        mark_dirty(organisation_id=organisation_id, tenancy_ids=[known.tenancy_id], on=on)
        _keep_figures(known, on, settled=stands.settled)
        # Last: from here on it is not the partner's any more, and neither is anything of the tenancy.
        File.objects.filter(pk=file_id).update(
            ended_on=on, end=end.value, end_side=side.value, end_name=name.strip()
        )


def _keep_figures(known: values.File, on: date, *, settled: bool) -> None:
    """What the file counts for from now on: both sides see the same, while the partner sees the tenant no more."""
    found = figures_at_end(known, on, settled=settled)
    FileFigure.objects.create(
        organisation_id=known.organisation_id,
        file_id=known.id,
        first_talk_on=found.first_talk_on,
        judged=found.judged,
        evicted=found.evicted,
        settled=found.settled,
        kept=found.kept,
        tenant_cents=found.tenant_cents,
        corporation_cents=found.corporation_cents,
        arrangements=[[day.isoformat(), paid] for day, paid in found.arrangements],
    )


def _asked_as(asked_as: UUID) -> int | None:
    return HandOver.objects.filter(asked_as=asked_as).values_list("pk", flat=True).first()


def _file_of(hand_over_id: int) -> int | None:
    return File.objects.filter(hand_over_id=hand_over_id).values_list("pk", flat=True).first()


def _went(tenancy_id: int, partner_id: int, on: date) -> date:
    """The day on which it went outside tijdig, before anything was agreed with this partner."""
    went_on = went_before(tenancy_id, on)
    if went_on is None:
        raise NotDone((_NOT_THERE,))
    if partner_id not in agreed_after(went_on):
        late = "Dit dossier ging toen er met deze deurwaarder al afspraken waren. Haal het terug en draag het over."
        raise NotDone((late,))
    return went_on


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
