"""The only writer of deeds before the court. Each by name; what is decided about a tenant is looked at anew in that moment.

A decision to summon is one person's, to evict two different people's, both of the corporation; the database asks the
second once more. Of two who decide at the same moment the later one sees what the first did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid5

from tijdig.access.scope import again, organisation_scope
from tijdig.bailiff.actions_in_file import LONGEST, agreed_with, held
from tijdig.bailiff.checklist import Point, State, judged
from tijdig.bailiff.costs import AWARDED, Act, Against, Payer
from tijdig.bailiff.earlier import came_in_before
from tijdig.bailiff.kinds import May, Side, Start
from tijdig.bailiff.models import Cost, CostWithdrawal, LegalDeed, LegalDeedText
from tijdig.bailiff.models import Judgment as JudgmentRow
from tijdig.bailiff.proportion import Owed, Weighed, eviction, summons
from tijdig.bailiff.queries_earlier import earlier_of
from tijdig.bailiff.queries_facts import facts_of
from tijdig.bailiff.queries_in_file import deeds_of
from tijdig.bailiff.queries_owed import owed_in
from tijdig.bailiff.queries_stops import stops_on, too_soon_or_late
from tijdig.bailiff.track import DECISIONS, DEED_LABEL, SAYS_YES, Deed, Judgment, Stage, Track, possible, tell
from tijdig.bailiff.values import File, NotDone
from tijdig.history.actions import record
from tijdig.law.quantity import mapping, quantity

CHECKS = {
    "household": "Ik weet wie er wonen en wat zij nodig hebben.",
    "children": "Ik weet of er kinderen wonen, en er is voor hen gezorgd.",
    "help": "Hulp is aangeboden; wat daarvan kwam, staat in het dossier.",
    "alternatives": "Er is gekeken naar wat anders kan: een regeling, een laatste kans, een andere woning.",
}
BROKEN = "broken"
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
_WITH_DAY = frozenset({Deed.SUMMONED, Deed.HEARING, Deed.LAST_CHANCE, Deed.ANNOUNCED})
_WITH_REASON = DECISIONS | {
    Deed.SUMMONS_PROPOSED, Deed.EVICTION_PROPOSED, Deed.LAST_CHANCE, Deed.LAST_CHANCE_OVER, Deed.STOPPED,
}  # fmt: skip
_AHEAD = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedDraft:
    """What somebody writes down. `at_on` is the day that the deed names, `at` its place or hour, `check` what was seen."""

    deed: Deed
    on: date
    reason: str = ""
    at_on: date | None = None
    at: str = ""
    check: tuple[str, ...] = ()
    judgment: Judgment | None = None


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
) -> int:
    """Write a deed down, or decide about one. The same form twice is one deed. Raises `NotDone` with all that is wrong."""
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
            *_faults(draft, weighed, track, done[-1].on if done else None, on),
            *(stops_on(known.tenancy_id, seen_on) if draft.deed in _LOOKED_AT else ()),
            *(too_soon_or_late(known.tenancy_id, draft.on) if draft.deed is Deed.SUMMONED else ()),
        )
        if not wrong and draft.deed in SAYS_YES:
            wrong = tuple(in_the_way(known.tenancy_id, draft.deed, on))
        if wrong:
            raise NotDone(wrong)
        row = _row(organisation_id, actor, name.strip(), known, side, draft, owed.to_be_rid_cents, asked_as)
        if draft.judgment is not None:
            _judge(organisation_id, actor, name.strip(), known, side, row, draft.judgment, asked_as)
        facts: dict[str, object] = {
            "file": file_id,
            "deed": draft.deed.value,
            "owed_cents": owed.to_be_rid_cents,
        }
        facts |= {"check": list(draft.check)} if draft.check else {}
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
    return deed in _WITH_REASON or bool(weighed.against)


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
    if deed is Deed.SUMMONS_AGREED and not found.departed:
        yield from too_soon_or_late(tenancy_id, on)


def _order(track: Track, deed: Deed, side: Side, actor: str, start: Start) -> Iterator[str]:
    if deed in possible(track, side, actor, start):
        return
    if deed is Deed.EVICTION_AGREED and actor in {one.actor for one in track.agreed}:
        yield "U zei al ja. Een ander van de corporatie moet meebeslissen."
    elif deed is Deed.ANNOUNCED and track.stage is Stage.EVICTION_AGREED:
        yield "Eerst hoort de gemeente dat er een ontruiming komt."
    else:
        yield f"Dit kan nu niet: {track.label}. ‘{DEED_LABEL[deed].capitalize()}’ past daar niet op."


def _faults(
    draft: DeedDraft, weighed: Weighed, track: Track, last_on: date | None, today: date
) -> Iterator[str]:
    yield from weighed.stops
    if draft.on > today:
        yield "Kies de dag waarop het gebeurde: vandaag of eerder."
    if last_on is not None and draft.on < last_on:
        yield f"Dit was na wat er al staat. Kies {last_on:%d-%m-%Y} of later."
    if needs_reason(draft.deed, weighed) and not weighed.stops and not draft.reason.strip():
        yield " ".join((*weighed.against, "Schrijf op waarom. Dat blijft bij het dossier staan."))
    if len(draft.reason) > LONGEST:
        yield f"Houd de reden onder {LONGEST} tekens."
    if draft.deed is Deed.EVICTION_AGREED and set(draft.check) != set(CHECKS):
        yield "Kijk eerst naar het huishouden, de kinderen, de hulp en wat anders kan. Vink aan wat u hebt gezien."
    yield from _too_early(draft, track)
    yield from _day_faults(draft, today)
    yield from _judgment_faults(draft)


def _too_early(draft: DeedDraft, track: Track) -> Iterator[str]:
    """An eviction not before its day, and a last chance not over before its end unless the tenant broke it."""
    day = track.announced.at_on if track.announced else None
    if draft.deed is Deed.EVICTED and day is not None and draft.on < day:
        yield f"De ontruiming is aangezegd voor {day:%d-%m-%Y}, niet eerder."
    if draft.deed is Deed.LAST_CHANCE_OVER and BROKEN not in draft.check:
        until = next((one.at_on for one in reversed(track.days) if one.deed is Deed.LAST_CHANCE), None)
        if until is not None and draft.on <= until:
            yield f"De laatste kans loopt tot en met {until:%d-%m-%Y}. Kwam de huurder de afspraak niet na? Vink dat aan."


def _day_faults(draft: DeedDraft, today: date) -> Iterator[str]:
    if draft.deed not in _WITH_DAY:
        return
    if draft.at_on is None:
        yield "Vul de dag in die erbij hoort."
    elif not draft.on <= draft.at_on <= today + _AHEAD:
        yield "De dag die erbij hoort, ligt op of na de dag zelf en hoogstens drie jaar vooruit."
    elif draft.deed is Deed.ANNOUNCED:
        days = int(quantity("eviction_terms", mapping).at(draft.on).value["order_days"])
        if draft.at_on < draft.on + timedelta(days=days):
            yield f"Tussen de aanzegging en de ontruiming zitten ten minste {days} dagen (artikel 555 Rv)."


def _judgment_faults(draft: DeedDraft) -> Iterator[str]:
    if draft.deed is not Deed.JUDGMENT:
        return
    given = draft.judgment
    if given is None:
        yield "Vul in wat de rechter besliste."
        return
    if min(given.principal_cents, given.interest_cents, given.collection_cents, given.costs_cents) < 0:
        yield "Een bedrag in een vonnis kan niet lager zijn dan nul."
    if given.through_on > draft.on:
        yield "De huur in het vonnis loopt tot een dag vóór het vonnis."
    if given.eviction and not given.dissolved:
        yield "Een ontruiming zonder ontbinding kan niet. Kijk het vonnis na."


def _row(
    organisation_id: int,
    actor: str,
    name: str,
    known: File,
    side: Side,
    draft: DeedDraft,
    owed_cents: int,
    asked_as: UUID,
) -> LegalDeed:
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
        asked_as=asked_as,
    )
    if draft.reason.strip():
        LegalDeedText.objects.create(
            organisation_id=organisation_id, deed=row, reason=draft.reason.strip()[:LONGEST]
        )
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
        principal_cents=given.principal_cents,
        through_on=given.through_on,
        interest_cents=given.interest_cents,
        collection_cents=given.collection_cents,
        costs_cents=given.costs_cents,
        dissolved=given.dissolved,
        eviction=given.eviction,
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
            payer=Payer.TENANT.value, on=row.on, cents=cents, vat_cents=0, against=Against.RIGHT.value, tariff_cents=cents,
            side=side.value, actor=actor, name=name, asked_as=uuid5(asked_as, act.value),
            received_on=_came_in(before.get(act), cents) or came_in_before(earlier, act, row.on, cents),
        )
        for act, cents in awarded.items()
        if cents > 0
    )  # fmt: skip


def _came_in(before: Cost | None, cents: int) -> date | None:
    """The day on which the tenant paid this, where what was written down before was paid and was no less."""
    return before.received_on if before is not None and before.cents >= cents else None
