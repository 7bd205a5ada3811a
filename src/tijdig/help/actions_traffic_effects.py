"""What a message of a debt counsellor does to the tenancy it is about: pauses the work, begins a settlement, ends it.

Called inside the transaction of whoever reads a file or makes a match, who names himself. Nothing of it is done twice:
each act is asked as the match and the message that it follows from. What a settlement forgives is booked elsewhere, by a
person.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from django.db import connection

from tijdig.base.not_done import NotDone
from tijdig.cases.actions_flags import end_flag, raise_flag
from tijdig.help.actions_pause import By as By
from tijdig.help.actions_pause import for_talk, over, rest
from tijdig.help.models import MessageRetraction
from tijdig.help.queries_traffic import conversation, conversations_of
from tijdig.help.traffic import PAUSES, Message
from tijdig.help.traffic_values import Conversation, Matched, Told
from tijdig.history.actions import record
from tijdig.tenancies.flag_draft import EndDraft, FlagDraft, NotFlagged
from tijdig.tenancies.flags import Flag, LearnedFrom, SetFlag
from tijdig.tenancies.queries_flags import flags_of

_OUT_LOCK = 7470  # of two who make the same file at once the second finds nothing left
_LOCK = 7469  # one writer of a conversation at a time: of two who answer the second sees the first


def hold(conversation_id: int) -> Conversation:
    """A conversation as it stands, with nobody else writing in it until the end of this transaction. Raises `NotDone`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, conversation_id])
    found = conversation(conversation_id)
    if found is None:
        raise NotDone(("Dit gesprek is er niet.",))
    return found


def hold_files(organisation_id: int) -> None:
    """Nobody else makes a file of answers, or takes one back, until the end of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_OUT_LOCK, organisation_id])


def follow(by: By, talk: Conversation, match: Matched, news: Sequence[Told]) -> None:
    """Do what follows from these messages, as the conversation now stands, for a tenancy whose it is."""
    if talk.ended:
        if talk.ended in news:
            _end(by, talk, match, talk.ended)
    elif talk.agreed:
        if talk.agreed in news:
            _begin(by, talk, match, talk.agreed)
    elif asks := [one for one in news if one.kind in PAUSES]:
        _pause(by, talk, match, asks[-1])


def undo(by: By, talk: Conversation, match: Matched) -> None:
    """Take back what followed for a tenancy whose conversation it was not."""
    for flag in _own(talk, match, by.on):
        _lower(by, flag, flag.begin_on)
    _end_pause(by, talk, match, "Het bericht van de schuldhulp ging over iemand anders.", "released")


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


def take_back(by: By, answer: Told) -> None:
    """An answer does not stand any more. What a file carried stays carried; the counsellor hears it from a person.

    Nobody makes a file at the same moment: it carried the answer before, or never does.
    """
    hold_files(by.organisation_id)
    MessageRetraction.objects.create(
        organisation_id=by.organisation_id, message_id=answer.id, on=by.on, actor=by.actor, name=by.name
    )


def _about(talk: Conversation) -> str:
    return f"conversation:{talk.id}"


def _pause(by: By, talk: Conversation, match: Matched, asked: Told) -> None:
    """Help comes first until so many days from now; a help ruling that lasts longer stays."""
    wanted = for_talk(talk, match, asked, by.on)
    if wanted.until_on < by.on:  # it came so long ago that its time is over
        return
    rest(by, match.tenancy_id, wanted, uuid5(NAMESPACE_URL, f"match:{match.id}:message:{asked.id}"))


def _begin(by: By, talk: Conversation, match: Matched, agreed: Told) -> None:
    """The amicable settlement is about what was open on the day of the balance; it stays as it is where somebody set it."""
    draft = FlagDraft(
        tenancy_id=match.tenancy_id,
        kind=Flag.AMICABLE,
        begin_on=talk.split_on(agreed),
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
    """The settlement and the pause for it are over: the ordinary steps again. One of another counsellor stays."""
    end_on = ended.day("ended_on")
    assert end_on is not None  # an end without its day is not read
    for flag in _own(talk, match, by.on):
        _lower(by, flag, max(end_on, flag.begin_on))
    _end_pause(by, talk, match, f"Schuldhulp: {ended.label} op {end_on:%d-%m-%Y}.", f"message:{ended.id}")


def _end_pause(by: By, talk: Conversation, match: Matched, reason: str, after: str) -> None:
    form = uuid5(NAMESPACE_URL, f"match:{match.id}:over:{after}")
    over(by, match.tenancy_id, _about(talk), reason, form)


def _own(talk: Conversation, match: Matched, on: date) -> list[SetFlag]:
    """The amicable settlements that run and that this conversation's agreement began; none while another one is agreed.

    A flag that somebody set by hand is ended by hand.
    """
    others = (one for one in conversations_of(match.tenancy_id) if one.id != talk.id)
    if any(one.agreed for one in others):
        return []
    agreed = (one for one in talk.messages if one.kind is Message.AGREEMENT)
    begun = {day for one in agreed for day in talk.splits(one)}
    return [
        one
        for one in flags_of(match.tenancy_id, on)
        if one.kind is Flag.AMICABLE
        and one.id
        and one.end is None
        and one.begin_on in begun
        and one.learned_from is LearnedFrom.REPRESENTATIVE
    ]


def _lower(by: By, flag: SetFlag, end_on: date) -> None:
    assert flag.id is not None
    draft = EndDraft(flag_id=flag.id, end_on=end_on, learned_from=LearnedFrom.REPRESENTATIVE)
    end_flag(
        organisation_id=by.organisation_id,
        actor=by.actor,
        name=by.name,
        draft=draft,
        now=by.now,
        on=by.on,
    )
