"""Moving many tenancies at once, by the decision of a person: a whole caseload, or back to who was away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from tijdig.access.queries import names
from tijdig.access.scope import organisation_scope
from tijdig.caseload.actions import give, lock, tell_many
from tijdig.caseload.assign import Choice, Consultant, Wanted, choose
from tijdig.caseload.habits import habits
from tijdig.caseload.kinds import Why
from tijdig.caseload.queries import assigned, consultants, lent, load, regions_of
from tijdig.caseload.values import Fault, NotAssigned, fault, reason_faults
from tijdig.caseload.wording import CHOSEN
from tijdig.history.actions import record


def hand_over(
    *,
    organisation_id: int,
    actor: str,
    from_user: int,
    to_user: int | None,
    reason: str,
    at_work: Mapping[int, int],
    on: date,
) -> int:
    """Give everything that is somebody's to a colleague, or spread it by the rule (None); returns how many.

    `at_work` is the minutes of every tenancy that asks for work; the others count for little when it is spread. All or
    nothing. Raises `NotAssigned` without a reason, for the same person, and where there is nobody or nothing.
    """
    reason = " ".join(reason.split())
    with organisation_scope(organisation_id):
        lock(organisation_id)
        team = load(on, at_work)
        theirs = [tenancy for tenancy, user in assigned(on).items() if user == from_user]
        if faults := list(_faults(from_user, to_user, reason, team, theirs)):
            raise NotAssigned(*faults)
        if to_user is None:
            chosen = _spread(theirs, [one for one in team if one.id != from_user], reason, at_work, on)
        else:
            chosen = [Choice(one, to_user, Why.MOVED, reason) for one in theirs]
        if not chosen:
            raise NotAssigned(fault("nobody_here"))
        give(organisation_id, actor, on, chosen)
        tell_many(organisation_id, actor, on, chosen, dict.fromkeys(theirs, from_user))
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="caseload_handed_over",
            subject=f"user:{from_user}",
            effective_on=on,
            facts={"to": to_user, "tenancies": len(chosen)},
            text=reason,
        )
    return len(chosen)


def _faults(
    from_user: int, to_user: int | None, reason: str, team: Sequence[Consultant], theirs: Sequence[int]
) -> Iterator[Fault]:
    if to_user == from_user:
        yield fault("same_person")
    elif to_user is not None and to_user not in {one.id for one in team}:
        yield fault("user_unknown")
    elif not theirs:
        yield fault("nothing_to_move", names().get(from_user, ""))
    yield from reason_faults(reason)


def _spread(
    theirs: Sequence[int],
    others: Sequence[Consultant],
    reason: str,
    at_work: Mapping[int, int],
    on: date,
) -> list[Choice]:
    quiet, regions = habits(on).quiet_minutes, regions_of(theirs)
    wanted = [Wanted(one, regions.get(one, ""), at_work.get(one, quiet)) for one in theirs]
    found = choose(wanted, others, on, habits(on).keep_days)
    return [replace(one, why=Why.MOVED, sentence=f"{reason} ({one.sentence})") for one in found]


def take_back(*, organisation_id: int, actor: str, user_id: int, on: date) -> int:
    """Give somebody back what colleagues took over because of an absence and still have; returns how many.

    Raises `NotAssigned` where that person is not there.
    """
    with organisation_scope(organisation_id):
        lock(organisation_id)
        here = {one.id: one.name for one in consultants(on) if one.away is None}
        if user_id not in here:
            raise NotAssigned(fault("user_away"))
        ids = lent(user_id, on)
        whose = assigned(on, ids)
        sentence = CHOSEN["kept"].format(here[user_id])
        chosen = [Choice(one, user_id, Why.CONTINUITY, sentence) for one in ids]
        give(organisation_id, actor, on, chosen)
        tell_many(organisation_id, actor, on, chosen, whose)
    return len(chosen)
