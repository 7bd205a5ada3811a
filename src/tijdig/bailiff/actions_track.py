"""The only writer of deeds before the court. Each by name; what is decided about a tenant is looked at anew in that moment.

A decision to summon is one person's, to evict two different people's, both of the corporation; the database asks the
second once more. Of two who decide at the same moment the later one sees what the first did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from uuid import UUID, uuid5

from tijdig.access.roles import LEADS
from tijdig.access.scope import again, organisation_scope
from tijdig.bailiff.actions_in_file import LONGEST, agreed_with, held
from tijdig.bailiff.checklist import Point, State, judged
from tijdig.bailiff.costs import AWARDED, Act, Against, Payer
from tijdig.bailiff.deed_draft import WITH_REASON, DeedDraft, draft_faults
from tijdig.bailiff.earlier import came_in_before
from tijdig.bailiff.kinds import May, Side, Start
from tijdig.bailiff.models import Cost, CostWithdrawal, LegalDeed, LegalDeedFacts, LegalDeedText
from tijdig.bailiff.models import Judgment as JudgmentRow
from tijdig.bailiff.proportion import Owed, Weighed, eviction, summons
from tijdig.bailiff.queries_chance import chance_of, plan_of
from tijdig.bailiff.queries_earlier import earlier_of
from tijdig.bailiff.queries_facts import facts_of
from tijdig.bailiff.queries_in_file import deeds_of
from tijdig.bailiff.queries_owed import owed_in
from tijdig.bailiff.queries_stops import stops_on, too_soon_or_late
from tijdig.bailiff.track import DECISIONS, DEED_LABEL, SAYS_YES, Deed, Judgment, Stage, Track, possible, tell
from tijdig.bailiff.two_people import not_another
from tijdig.bailiff.values import File
from tijdig.base.not_done import NotDone
from tijdig.history.actions import record

_LOOKED_AT: dict[Deed, Callable[[Owed], Weighed]] = {
    Deed.SUMMONS_PROPOSED: summons,
    Deed.SUMMONS_AGREED: summons,
    Deed.SUMMONED: summons,
    Deed.EVICTION_PROPOSED: eviction,
    Deed.EVICTION_AGREED: eviction,
    Deed.ANNOUNCED: eviction,
    Deed.EVICTED: eviction,
}
TOWARDS = frozenset(_LOOKED_AT)  # towards the household: what stops the work with it stops these
_FACTS = frozenset({Deed.SUMMONED, Deed.EVICTED})
_ENDS = frozenset({Deed.STOPPED, Deed.SUMMONS_REFUSED, Deed.EVICTION_REFUSED})  # also after the agreement
_STOPPING = (Point.SIGNAL, Point.FLAGS)  # of the check list of a hand-over: these stop a decision here too
_OWN_YES = "U zei al ja. Een ander van de corporatie moet meebeslissen."


@again
def write(
    *,
    organisation_id: int,
    actor: str,
    name: str,
    file_id: int,
    side: Side,
    draft: DeedDraft,
    asked_as: UUID,
    on: date,
    role: str = "",
) -> int:
    """Write a deed down, or decide about one, in somebody's role. The same form twice is one deed. Raises `NotDone` with all
    that is wrong."""
    with organisation_scope(organisation_id):
        known = held(file_id)
        if same := LegalDeed.objects.filter(asked_as=asked_as).values_list("pk", flat=True).first():
            return int(same)
        if side is Side.PARTNER or draft.deed not in _ENDS:
            agreed_with(known.partner_id, side, May.PROCEEDINGS, on)
        if not name.strip():
            raise NotDone(("Alleen iemand met een naam kan dit doen.",))
        done = deeds_of([file_id])[file_id]
        track = tell(done)
        # What happened is held against its own day.
        seen_on = min(draft.on, on) if draft.deed in _FACTS else on
        owed, _costs = owed_in(file_id, known.tenancy_id, track, seen_on)
        weighed = weigh(draft.deed, owed)
        wrong = (
            *_order(track, draft.deed, side, actor, known.start),
            *(second_pair(track, actor, name, role) if draft.deed is Deed.EVICTION_AGREED else ()),
            *_faults(draft, weighed, done[-1].on if done else None, on),
            *draft_faults(
                draft, track, plan_of(known.tenancy_id, on), chance_of(known.tenancy_id, track, on), on
            ),
            *(stops_on(known.tenancy_id, seen_on, past=seen_on < on) if draft.deed in _LOOKED_AT else ()),
            *(too_soon_or_late(known.tenancy_id, draft.on) if draft.deed is Deed.SUMMONED else ()),
        )
        if not wrong and draft.deed in SAYS_YES:
            wrong = tuple(in_the_way(known.tenancy_id, draft.deed, on))
        if wrong:
            raise NotDone(wrong)
        by = (actor, name.strip(), role if draft.deed in DECISIONS else "")
        row = _row(organisation_id, by, known, side, draft, owed.to_be_rid_cents, asked_as)
        if draft.judgment is not None:
            _judge(organisation_id, actor, name.strip(), known, side, row, draft.judgment, asked_as)
        facts: dict[str, object] = {
            "file": file_id,
            "deed": draft.deed.value,
            "owed_cents": owed.to_be_rid_cents,
        }
        facts |= {"check": list(draft.check)} if draft.check else {}
        facts |= {"arrangement": row.arrangement_id} if row.arrangement_id else {}
        record(
            organisation_id=organisation_id, actor=actor, verb="legal_deed", subject=f"tenancy:{known.tenancy_id}",
            effective_on=draft.on, facts=facts, text=draft.reason.strip(),
        )  # fmt: skip
        return int(row.pk)


def weigh(deed: Deed, owed: Owed) -> Weighed:
    """Whether a deed is in proportion to what is owed now; what is not towards the tenant always is."""
    rule = _LOOKED_AT.get(deed)
    return rule(owed) if rule else Weighed((), ())


def needs_reason(deed: Deed, weighed: Weighed) -> bool:
    """Must whoever writes this say why?"""
    return deed in WITH_REASON or bool(weighed.against)


def in_the_way(tenancy_id: int, deed: Deed, on: date) -> Iterator[str]:
    """What the corporation must see to before it says yes to a summons or an eviction, besides `stops_on`; for its own
    people alone."""
    found = facts_of(tenancy_id, on)
    if found is None:
        yield "Deze huurder is er niet."
        return
    for item in judged(found):
        if item.point in _STOPPING and item.state is State.STOPS:
            yield item.sentence
    if deed is Deed.SUMMONS_AGREED:
        yield from too_soon_or_late(tenancy_id, on)


def second_pair(track: Track, actor: str, name: str, role: str) -> Iterator[str]:
    """Why this person cannot be one of the two who decide about this eviction now."""
    if same := not_another([(one.actor, one.name) for one in track.agreed], actor, name, _OWN_YES):
        yield same
    elif track.agreed and not {role, *(one.role for one in track.agreed)} & set(LEADS):
        yield "Een van de twee is teamleider of manager. Laat een van hen meebeslissen."


def _order(track: Track, deed: Deed, side: Side, actor: str, start: Start) -> Iterator[str]:
    if deed in possible(track, side, actor, start):
        return
    if deed is Deed.EVICTION_AGREED and actor in {one.actor for one in track.agreed}:
        return  # `second_pair` says so
    waits = (
        side is Side.CORPORATION and deed is Deed.EVICTION_AGREED and track.stage is Stage.EVICTION_PROPOSED
    )
    if waits or (deed is Deed.ANNOUNCED and track.stage is Stage.EVICTION_AGREED):
        yield "Eerst hoort de gemeente van de corporatie dat er een ontruiming kan komen. Leg vast wanneer dat was."
    elif deed is Deed.EVICTED and track.stage is Stage.ANNOUNCED:
        yield (
            "Eerst hoort de gemeente van de deurwaarder op welke dag de ontruiming is "
            "(artikel 14 Gerechtsdeurwaarderswet). Leg vast wanneer dat was."
        )
    else:
        yield f"Dit kan nu niet: {track.label}. ‘{DEED_LABEL[deed].capitalize()}’ past daar niet op."


def _faults(draft: DeedDraft, weighed: Weighed, last_on: date | None, today: date) -> Iterator[str]:
    yield from weighed.stops
    if draft.on > today:
        yield "Kies de dag waarop het gebeurde: vandaag of eerder."
    if last_on is not None and draft.on < last_on:
        yield f"Dit was na wat er al staat. Kies {last_on:%d-%m-%Y} of later."
    if needs_reason(draft.deed, weighed) and not weighed.stops and not draft.reason.strip():
        yield " ".join((*weighed.against, "Schrijf op waarom. Dat blijft bij het dossier staan."))


def _row(
    organisation_id: int,
    by: tuple[str, str, str],
    known: File,
    side: Side,
    draft: DeedDraft,
    owed_cents: int,
    asked_as: UUID,
) -> LegalDeed:
    """The row, with its words and the facts that were beside it apart: those are personal."""
    actor, name, role = by
    conditions = draft.conditions.strip() if draft.deed is Deed.LAST_CHANCE else ""
    row = LegalDeed.objects.create(
        organisation_id=organisation_id,
        file_id=known.id,
        tenancy_id=known.tenancy_id,
        deed=draft.deed.value,
        on=draft.on,
        at_on=draft.at_on,
        at=" ".join(draft.at.split())[:80],
        check_list=sorted(draft.check),
        owed_cents=owed_cents,
        side=side.value,
        actor=actor,
        name=name,
        role=role,
        arrangement_id=draft.arrangement_id if draft.deed is Deed.LAST_CHANCE else None,
        asked_as=asked_as,
    )
    if draft.reason.strip() or conditions:
        LegalDeedText.objects.create(
            organisation_id=organisation_id,
            deed=row,
            reason=draft.reason.strip()[:LONGEST],
            conditions=conditions,
        )
    if draft.facts and draft.deed is Deed.EVICTION_AGREED:
        kept = [one.plain() for one in draft.facts]
        LegalDeedFacts.objects.create(organisation_id=organisation_id, deed=row, facts=kept)
    return row


def _judge(
    organisation_id: int,
    actor: str,
    name: str,
    known: File,
    side: Side,
    row: LegalDeed,
    given: Judgment,
    asked_as: UUID,
) -> None:
    """The amounts as the court gave them, and what of them the tenant owes beside the rent account; what was written down
    of it before counts no more."""
    before = {
        Act(one.act): one
        for one in Cost.objects.filter(
            file_id=known.id, act__in=[one.value for one in AWARDED], costwithdrawal=None
        )
    }
    CostWithdrawal.objects.bulk_create(
        CostWithdrawal(organisation_id=organisation_id, cost=one, on=row.on, actor=actor, name=name)
        for one in before.values()
    )
    JudgmentRow.objects.create(
        organisation_id=organisation_id,
        deed=row,
        given_on=given.on,
        principal_cents=given.principal_cents,
        through_on=given.through_on,
        interest_cents=given.interest_cents,
        collection_cents=given.collection_cents,
        costs_cents=given.costs_cents,
        dissolved=given.dissolved,
        eviction=given.eviction,
        vacate_days=given.vacate_days,
    )
    earlier = earlier_of([known.tenancy_id]).get(known.tenancy_id, [])
    awarded = {
        Act.AWARDED_INTEREST: given.interest_cents,
        Act.AWARDED_COLLECTION: given.collection_cents,
        Act.AWARDED_COSTS: given.costs_cents,
    }
    Cost.objects.bulk_create(
        Cost(
            organisation_id=organisation_id, file_id=known.id, tenancy_id=known.tenancy_id, act=act.value,
            payer=Payer.TENANT.value, on=given.on, cents=cents, vat_cents=0, against=Against.RIGHT.value, tariff_cents=cents,
            side=side.value, actor=actor, name=name, asked_as=uuid5(asked_as, act.value),
            received_on=_came_in(before.get(act), cents) or came_in_before(earlier, act, given.on, cents),
        )
        for act, cents in awarded.items()
        if cents > 0
    )  # fmt: skip


def _came_in(before: Cost | None, cents: int) -> date | None:
    """The day on which the tenant paid this, where what was written down before was paid and was no less."""
    return before.received_on if before is not None and before.cents >= cents else None
