"""The only writers of whose a conversation is: by itself where it is certain, else by a person; and that it was a
mistake.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime

from tijdig.access.scope import again, organisation_scope
from tijdig.base.not_done import NotDone
from tijdig.help.actions_traffic_effects import By, follow, hold, take_back, tell, undo
from tijdig.help.models import ConversationMatch, ConversationRelease
from tijdig.help.queries_traffic import conversations
from tijdig.help.queries_traffic_match import proof_of
from tijdig.help.traffic import Message
from tijdig.help.traffic_match import Proof
from tijdig.help.traffic_values import Conversation, Matched
from tijdig.tenancies.actions_lock import lock_tenancy


@again
def match(
    *,
    organisation_id: int,
    actor: str,
    name: str,
    conversation_id: int,
    tenancy_ids: Sequence[int],
    now: datetime,
    on: date,
) -> None:
    """Say by name which tenancies a conversation is about, and do what follows from its messages.

    Raises `NotDone` where somebody else said so before, or a tenancy is not there.
    """
    by = By(organisation_id=organisation_id, actor=actor, name=name.strip(), now=now, on=on)
    with organisation_scope(organisation_id):
        talk = hold(conversation_id)
        if talk.ended:
            raise NotDone(("Dit gesprek is beëindigd. U hoeft niets te doen.",))
        if talk.matches:
            first = talk.matches[0]
            raise NotDone((f"{first.name} koppelde dit gesprek al, op {first.on:%d-%m-%Y}.",))
        wanted = sorted(set(tenancy_ids))
        if not wanted or not by.name:
            raise NotDone(("Kies de huurder om wie het gaat.",))
        for pk in wanted:
            found = proof_of(talk.asked, pk, on) if lock_tenancy(pk) else None
            if found is None:
                raise NotDone(("Deze huurder is er niet.",))
            store_match(by, talk, pk, found, by_itself=False)
        (now_matched,) = conversations([conversation_id])
        tell(by, now_matched, "debt_help_matched", {"tenancies": list(now_matched.tenancy_ids)})


def store_match(by: By, talk: Conversation, tenancy_id: int, proof: Proof, *, by_itself: bool) -> None:
    """In the caller's transaction, which holds the conversation: all its messages count for this tenancy from now on."""
    row = ConversationMatch.objects.create(
        organisation_id=by.organisation_id,
        conversation_id=talk.id,
        tenancy_id=tenancy_id,
        proof={key: value.value for key, value in asdict(proof).items()},
        by_itself=by_itself,
        matched_on=by.on,
        actor=by.actor,
        name=by.name,
    )
    follow(by, talk, Matched(row.pk, tenancy_id, row.proof, by_itself, by.on, by.name), talk.messages)


@again
def release(
    *,
    organisation_id: int,
    actor: str,
    name: str,
    conversation_id: int,
    match_id: int,
    now: datetime,
    on: date,
) -> None:
    """Say by name that a match was a mistake, and take back what followed, also after an answer. Raises `NotDone`.

    What was answered about this tenancy does not stand any more: the question waits for an answer again.
    """
    by = By(organisation_id=organisation_id, actor=actor, name=name.strip(), now=now, on=on)
    with organisation_scope(organisation_id):
        talk = hold(conversation_id)
        found = next((one for one in talk.matches if one.id == match_id), None)
        if found is None or not by.name:
            raise NotDone(("Deze koppeling is er niet meer.",))
        lock_tenancy(found.tenancy_id)
        ConversationRelease.objects.create(
            organisation_id=organisation_id, match_id=match_id, on=on, actor=actor, name=by.name
        )
        for given in talk.answers:
            if given.kind is not Message.UNKNOWN:
                take_back(by, given)
        undo(by, talk, found)
        tell(by, talk, "debt_help_released", {"tenancy": found.tenancy_id})
