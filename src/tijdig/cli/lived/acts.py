"""What a consultant of a made-up year does with a row of the list: what its step asks, by the actions of the screens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from tijdig.access.queries import Colleague
from tijdig.access.scope import organisation_scope
from tijdig.bailiff.actions_outside import MOVES, note_move
from tijdig.base.not_done import NotDone
from tijdig.cases.actions_legal import note_act
from tijdig.cli.lived.desk import Case, Desk
from tijdig.cli.lived.plans import agree, finish
from tijdig.cli.lived.talk import seek
from tijdig.cli.lived.tenants import match
from tijdig.conferences.actions import put
from tijdig.conferences.values import ItemDraft, NotConferred
from tijdig.contacts.kinds import Channel, Who
from tijdig.help.actions import decide as decide_signal
from tijdig.help.actions_send import send as send_signals
from tijdig.help.queries import signal as signal_named
from tijdig.lab.scripted import Topic
from tijdig.lab.scripted_work import Known, asks_group, decides
from tijdig.letters.actions import write
from tijdig.letters.letter import Kind as LetterKind
from tijdig.letters.queries_compose import ground_of, to_ask
from tijdig.letters.values import NotRight
from tijdig.letters.wish import Wish
from tijdig.policy.words import Act
from tijdig.rulings.actions import NotRuled, rule
from tijdig.rulings.kinds import Kind
from tijdig.rulings.values import Draft
from tijdig.steps.kinds import Kind as StepKind

_CALL_DAYS = {
    "departed": 3,
    "follow_up": 4,
    "death": 10,
    "debt_procedure": 7,
    "bankruptcy": 7,
    "moratorium_over": 7,
    "which_procedure": 7,
    "procedure_review": 7,
}
_VISIT_DAYS = {"visit": 2, "visit_phone_fails": 2, "reach_otherwise": 4}
_THROUGH_OTHERS = {
    "call_administrator",
    "debt_procedure",
    "bankruptcy",
    "death",
    "moratorium_over",
    "which_procedure",
    "procedure_review",
}
_LETTER_DAYS = 6  # until then it is on its way
_SAYS_NO = 60  # of a thousand who are offered help by the municipality
_STAYS = frozenset({"address_incomplete", "name_missing"})  # what another day does not mend
_GIVES_UP_AFTER = 4  # times that something was refused, or that nobody was reached for a plan
REASONS = {
    Kind.HAND_OVER: "Geen afspraak mogelijk; de achterstand loopt op.",
    Kind.ARRANGE: "De huurder wil betalen en kan dat in delen.",
    Kind.HELP: "Er zijn meer schulden; eerst hulp van de gemeente.",
    Kind.PAUSE: "De huurder krijgt binnenkort geld; tot die dag wachten we.",
    Kind.GO_ON: "De huurder betaalt elke maand iets; dat gaat sneller dan een procedure.",
    Kind.LATER: "De huurder is deze dagen niet te bereiken.",
    Kind.SKIP: "Dit kan nu niet.",
}


def call(desk: Desk, case: Case, by: Colleague, now: datetime) -> bool:
    if case.rule == "recall_from_bailiff":
        return act(desk, case, by, now, StepKind.HANDED_BACK)
    if desk.rests(case.tenancy, "call", _CALL_DAYS.get(case.rule, 1)):
        return False
    who = Who.REPRESENTATIVE if case.rule in _THROUGH_OTHERS else Who.TENANT
    seek(desk, case, by, now, Channel.PHONE, who)
    return True


def visit(desk: Desk, case: Case, by: Colleague, now: datetime) -> bool:
    if desk.rests(case.tenancy, "visit", _VISIT_DAYS.get(case.rule, 2)):
        return False
    seek(desk, case, by, now, Channel.VISIT, Who.TENANT)
    return True


def plan(desk: Desk, case: Case, by: Colleague, now: datetime) -> bool:
    """The tenant asked for a plan and thinks, or somebody decided on one and the tenant does not know yet."""
    if case.rule == "finish_arrangement":
        finish(desk, case, by, now)
        return True
    if desk.rests(case.tenancy, "plan", 2):
        return False
    if seek(desk, case, by, now, Channel.PHONE, Who.TENANT):
        agree(desk, case, by, case.overdue_cents // 6, now)
        return True
    desk.decided[case.tenancy] += 1
    if desk.decided[case.tenancy] % _GIVES_UP_AFTER == 0:
        ruled(desk, case, by, now, Kind.HAND_OVER, 90)
    return True


def letter(desk: Desk, case: Case, by: Colleague, now: datetime) -> bool:
    """A letter that a person puts his name to; a doubt he takes upon himself."""
    kind = LetterKind(desk.steps[case.rule].letter)
    if desk.rests(case.tenancy, f"letter:{kind}", _LETTER_DAYS):
        return False
    with organisation_scope(desk.organisation):
        stands_on = ground_of(case.tenancy, on=desk.on, by=by.name)
        given = (
            {
                one.name: value
                for one in to_ask(kind, stands_on)
                if (value := one.suggest(stands_on.basis)) is not None
            }
            if stands_on
            else {}
        )
    for reason in ("", "Nagekeken; dit klopt."):
        wish = Wish(tenancy_id=case.tenancy, kind=kind, on=desk.on, given=given, reason=reason)
        try:
            write(organisation_id=desk.organisation, actor=f"user:{by.id}", wish=wish, now=now, by=by.name)
        except NotRight as refused:
            codes = {one.code for one in refused.faults}
            if not reason and codes == {"provisional"}:
                continue
            _refused(desk, case, by, now, str(kind), codes)
            return True
        desk.count("letters_written")
        desk.count(f"letter_{kind}")
        return True
    return True


def signal(desk: Desk, case: Case, by: Colleague, now: datetime) -> bool:
    if desk.tenant(case.tenancy).happens(_SAYS_NO, Topic.WRITES, desk.on.toordinal()):
        if act(desk, case, by, now, StepKind.SIGNAL_OBJECTED):
            desk.count("signals_refused")
        return True
    told: dict[str, Any] = {
        "organisation_id": desk.organisation,
        "actor": f"user:{by.id}",
        "name": by.name,
        "on": desk.on,
    }
    try:
        number = decide_signal(
            tenancy_id=case.tenancy, asked_as=desk.form(f"signal:{case.tenancy}:{desk.on}"), **told
        )
        with organisation_scope(desk.organisation):
            place = signal_named(number)
        if place and place.waits:
            send_signals(municipality_id=place.municipality_id, fill=None, **told)
            desk.count("signals")
    except NotDone as refused:
        _refused(desk, case, by, now, "signal", refused.sentences)
    return True


def hand_over(desk: Desk, case: Case, by: Colleague, now: datetime) -> bool:
    if act(desk, case, by, now, StepKind.HANDED_OVER):
        desk.count("hand_overs")
    return True


def act(desk: Desk, case: Case, by: Colleague, now: datetime, kind: StepKind) -> bool:
    write = note_move if kind in MOVES else note_act
    try:
        write(
            organisation_id=desk.organisation,
            actor=f"user:{by.id}",
            name=by.name,
            tenancy_id=case.tenancy,
            kind=kind,
            remark="",
            asked_as=desk.form(f"act:{kind}:{case.tenancy}"),
            on=desk.on,
        )
    except NotDone as refused:
        _refused(desk, case, by, now, str(kind), refused.sentences)
        return False
    return True


def decide(desk: Desk, case: Case, by: Colleague, now: datetime) -> bool:
    """By name; a hard one goes to the group, and waits for it until Wednesday."""
    if case.tenancy in desk.to_group:
        return False
    if asks_group(desk.tenant(case.tenancy), desk.on):
        return confer(desk, case, by, now)
    tried = desk.decided[case.tenancy] > 1
    known = Known(talked=case.talked, departed=case.departed, tried=tried)
    choice = decides(desk.tenant(case.tenancy), known, desk.on)
    desk.decided[case.tenancy] += 1
    ruled(desk, case, by, now, choice.kind, choice.days)
    return True


def ruled(desk: Desk, case: Case, by: Colleague, now: datetime, kind: Kind, days: int) -> None:
    """A decision or a deviation by name, until a day."""
    of_a_step = kind in (Kind.LATER, Kind.SKIP)
    draft = Draft(
        kind=kind,
        until_on=desk.on + timedelta(days=days),
        reason=REASONS[kind],
        instead_of=case.rule if of_a_step else "",
    )
    try:
        rule(
            organisation_id=desk.organisation,
            actor=f"user:{by.id}",
            name=by.name,
            tenancy_id=case.tenancy,
            draft=draft,
            codes=desk.steps.keys(),
            asked_as=desk.form(f"ruling:{case.tenancy}"),
            now=now,
            on=desk.on,
        )
        desk.count("deviations" if of_a_step or kind is Kind.PAUSE else "decisions")
        desk.count(f"ruled_{kind}")
    except NotRuled as refused:
        desk.refuse("rule", [one.code for one in refused.faults])


def confer(desk: Desk, case: Case, by: Colleague, now: datetime) -> bool:
    """On the agenda of the group; the group itself comes together on Wednesdays."""
    if desk.rests(case.tenancy, "agenda", 21):
        return False
    draft = ItemDraft(tenancy_id=case.tenancy, question="Hoe gaan we met dit huishouden verder?")
    try:
        put(
            organisation_id=desk.organisation,
            actor=f"user:{by.id}",
            name=by.name,
            draft=draft,
            asked_as=desk.form(f"agenda:{case.tenancy}"),
            on=desk.on,
        )
        desk.to_group.add(case.tenancy)
    except NotConferred as refused:
        desk.refuse("agenda", [one.code for one in refused.faults])
    return True


def match_payment(desk: Desk, case: Case, by: Colleague, now: datetime) -> bool:
    match(desk, [case.tenancy], f"user:{by.id}")
    return True


def _refused(desk: Desk, case: Case, by: Colleague, now: datetime, what: str, codes: Iterable[str]) -> None:
    """It cannot be done today. What is refused time after time is passed over, by name."""
    desk.refuse(what, codes)
    desk.refused[case.tenancy, case.rule] += 1
    if _STAYS & set(codes) or desk.refused[case.tenancy, case.rule] % _GIVES_UP_AFTER == 0:
        ruled(desk, case, by, now, Kind.SKIP, 30)


ACTS: Mapping[Act, Callable[[Desk, Case, Colleague, datetime], bool]] = {
    Act.CALL: call,
    Act.VISIT: visit,
    Act.ARRANGE: plan,
    Act.LETTER: letter,
    Act.FOURTEEN_DAY_LETTER: letter,
    Act.EARLY_SIGNAL: signal,
    Act.HAND_OVER: hand_over,
    Act.DECIDE: decide,
    Act.CONFER: confer,
    Act.MATCH_PAYMENT: match_payment,
}
