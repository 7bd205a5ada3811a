"""What a message of a debt counsellor does to the tenancy it is about: pauses the work, begins a settlement, ends it.

Called inside the transaction of whoever reads a file or makes a match, who names himself. Nothing of it is done twice:
each act is asked as the match and the message that it follows from. What a settlement forgives is booked elsewhere, by a
person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.db import connection

from tijdig.cases.actions_flags import lower_flag, raise_flag
from tijdig.cases.queries_policy import policy_on, steps_on
from tijdig.help.queries_traffic import conversation
from tijdig.help.traffic import PAUSES, Message
from tijdig.help.traffic_values import Conversation, Matched, Told
from tijdig.help.values import NotDone
from tijdig.history.actions import record
from tijdig.rulings.actions import end, rule
from tijdig.rulings.kinds import Kind
from tijdig.rulings.queries import in_force
from tijdig.rulings.ruling import last_day
from tijdig.rulings.values import Draft
from tijdig.tenancies.flag_draft import EndDraft, FlagDraft, NotFlagged
from tijdig.tenancies.flags import Flag, LearnedFrom, SetFlag
from tijdig.tenancies.queries_flags import flags_of

_LOCK = 7469  # one writer of a conversation at a time: of two who answer the second sees the first


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who does it, and when."""

    organisation_id: int
    actor: str
    name: str
    now: datetime
    on: date


def hold(conversation_id: int) -> Conversation:
    """A conversation as it stands, with nobody else writing in it until the end of this transaction. Raises `NotDone`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, conversation_id])
    found = conversation(conversation_id)
    if found is None:
        raise NotDone(("Dit gesprek is er niet.",))
    return found


def follow(by: By, talk: Conversation, match: Matched, news: Sequence[Told]) -> None:
    """Do what follows from these messages, as the conversation now stands, for a tenancy whose it is."""
    if talk.ended:
        if talk.ended in news:
            _end(by, talk, match, talk.ended)
    elif talk.agreed:
        if talk.agreed in news:
            _begin(by, match, talk.agreed)
    elif asks := [one for one in news if one.kind in PAUSES]:
        _pause(by, talk, match, asks[-1])


def undo(by: By, talk: Conversation, match: Matched) -> None:
    """Take back what followed for a tenancy whose conversation it was not."""
    _end_pause(by, talk, match, "Het bericht van de schuldhulp ging over iemand anders.")
    begun_on = talk.agreed.day("agreed_on") if talk.agreed else None
    for flag in _flags(match.tenancy_id, by.on):
        if flag.begin_on == begun_on:
            _lower(by, flag, flag.begin_on)


def tell(by: By, talk: Conversation, verb: str, facts: dict[str, object], *, text: str = "") -> None:
    """A line of history at each tenancy whose conversation it is; at the conversation where it is nobody's yet."""
    subjects = [f"tenancy:{pk}" for pk in talk.tenancy_ids] or [f"conversation:{talk.id}"]
    for subject in subjects:
        record(
            organisation_id=by.organisation_id,
            actor=by.actor,
            verb=verb,
            subject=subject,
            effective_on=by.on,
            facts={"conversation": talk.id} | facts,
            text=text,
        )


def _about(talk: Conversation) -> str:
    return f"conversation:{talk.id}"


def _pause(by: By, talk: Conversation, match: Matched, asked: Told) -> None:
    """Help comes first until so many days from now; a help ruling that lasts longer stays."""
    days = policy_on(by.on).help.request_pause_days
    until_on = min(by.on + timedelta(days=days), last_day(Kind.HELP, by.on))
    held = in_force(by.on, [match.tenancy_id])
    if any(one.kind is Kind.HELP and one.until_on >= until_on for one in held):
        return
    reason = f"Schuldhulp: {asked.label} van {talk.counsellor or 'een schuldhulpverlener'}, binnen op {asked.on:%d-%m-%Y}."
    rule(
        organisation_id=by.organisation_id,
        actor=by.actor,
        name=by.name,
        tenancy_id=match.tenancy_id,
        draft=Draft(kind=Kind.HELP, until_on=until_on, reason=reason, about=_about(talk)),
        codes=steps_on(by.on),
        asked_as=uuid5(NAMESPACE_URL, f"match:{match.id}:message:{asked.id}"),
        now=by.now,
        on=by.on,
    )


def _begin(by: By, match: Matched, agreed: Told) -> None:
    """The amicable settlement runs from the day of agreement; it stays as it is where somebody set it already."""
    begin_on = agreed.day("agreed_on")
    assert begin_on is not None  # an agreement without its day is not read
    draft = FlagDraft(
        tenancy_id=match.tenancy_id,
        kind=Flag.AMICABLE,
        begin_on=begin_on,
        learned_from=LearnedFrom.REPRESENTATIVE,
    )
    asked_as = uuid5(NAMESPACE_URL, f"match:{match.id}:message:{agreed.id}")
    try:
        raise_flag(
            organisation_id=by.organisation_id, actor=by.actor, draft=draft, asked_as=asked_as, on=by.on
        )
    except NotFlagged as refused:
        if any(one.code != "flag_set" for one in refused.faults):
            raise


def _end(by: By, talk: Conversation, match: Matched, ended: Told) -> None:
    """The settlement and the pause for it are over: the ordinary steps again."""
    end_on = ended.day("ended_on")
    assert end_on is not None  # an end without its day is not read
    if any(one.kind is Message.AGREEMENT for one in talk.messages):
        for flag in _flags(match.tenancy_id, by.on):
            _lower(by, flag, max(end_on, flag.begin_on))
    _end_pause(by, talk, match, f"Schuldhulp: {ended.label} op {end_on:%d-%m-%Y}.")


def _end_pause(by: By, talk: Conversation, match: Matched, reason: str) -> None:
    for one in in_force(by.on, [match.tenancy_id]):
        if one.about == _about(talk):
            end(
                organisation_id=by.organisation_id,
                actor=by.actor,
                ruling_id=one.id,
                reason=reason,
                now=by.now,
                on=by.on,
            )


def _flags(tenancy_id: int, on: date) -> list[SetFlag]:
    """The amicable settlements that run."""
    return [
        one for one in flags_of(tenancy_id, on) if one.kind is Flag.AMICABLE and one.id and one.end is None
    ]


def _lower(by: By, flag: SetFlag, end_on: date) -> None:
    assert flag.id is not None
    draft = EndDraft(flag_id=flag.id, end_on=end_on, learned_from=LearnedFrom.REPRESENTATIVE)
    lower_flag(organisation_id=by.organisation_id, actor=by.actor, draft=draft, on=by.on)
