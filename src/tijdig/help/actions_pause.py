"""The only writer of pauses for help: of several that run the longest holds, and what ends one leaves the others.

A tenancy has one decision about its case at a time (`rulings`). Referrals and debt counsellors each have a day until which
they need rest, and a person may have decided on help by name; whoever of them is over, the longest of the others is decided
again, by the name of who ended it. A decision to hand over, to arrange or to go on is never made again here: whoever paused
the case replaced it, and when the pause is over a person decides anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from tijdig.base.not_done import NotDone
from tijdig.cases.queries_policy import policy_on
from tijdig.help.helper import Helper
from tijdig.help.queries_referral import referrals_of
from tijdig.help.queries_traffic import conversations_of
from tijdig.help.traffic import PAUSES
from tijdig.help.traffic_values import Conversation, Matched, Told
from tijdig.rulings.actions import NotRuled, end, rule
from tijdig.rulings.kinds import DECISIONS, Kind
from tijdig.rulings.queries import in_force, rulings_of
from tijdig.rulings.ruling import last_day
from tijdig.rulings.values import Draft
from tijdig.rulings.wording import REPLACED


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who pauses or ends a pause, and when."""

    organisation_id: int
    actor: str
    name: str
    now: datetime
    on: date


@dataclass(frozen=True, slots=True)
class Rest:
    """Somebody needs rest until a day: `about` is whose it is (`referral:12`), empty where a person decided it."""

    about: str
    until_on: date
    reason: str


def for_referral(number: int, helper: Helper, until: date) -> Rest:
    """What a referral needs."""
    return Rest(f"referral:{number}", until, f"Verwezen naar {helper.name} ({helper.kind_label}).")


def for_talk(talk: Conversation, match: Matched, asked: Told, on: date) -> Rest:
    """What a debt counsellor's message needs: as many days as the way of working gives from the day on which it came, or on
    which it was known whose it is."""
    until = max(asked.on, match.on) + timedelta(days=policy_on(on).help.request_pause_days)
    by = talk.counsellor or "een schuldhulpverlener"
    return Rest(
        f"conversation:{talk.id}",
        until,
        f"Schuldhulp: {asked.label} van {by}, binnen op {asked.on:%d-%m-%Y}.",
    )


def rest(by: By, tenancy_id: int, wanted: Rest, asked_as: UUID) -> None:
    """Decide by this name that help comes first until a day; a decision to help that lasts as long stays.

    Raises `NotDone` where the day may not be.
    """
    until_on = min(wanted.until_on, last_day(Kind.HELP, by.on))
    if any(one.kind is Kind.HELP and one.until_on >= until_on for one in in_force(by.on, [tenancy_id])):
        return
    try:
        rule(
            organisation_id=by.organisation_id,
            actor=by.actor,
            name=by.name,
            tenancy_id=tenancy_id,
            draft=Draft(kind=Kind.HELP, until_on=until_on, reason=wanted.reason, about=wanted.about),
            codes=(),
            asked_as=asked_as,
            now=by.now,
            on=by.on,
        )
    except NotRuled as refused:
        raise NotDone(tuple(one.sentence for one in refused.faults)) from refused


def over(by: By, tenancy_id: int, about: str, reason: str, asked_as: UUID) -> None:
    """End the pause of one source, and let the longest of what still runs hold instead."""
    for one in in_force(by.on, [tenancy_id]):
        if one.about == about:
            end(
                organisation_id=by.organisation_id,
                actor=by.actor,
                ruling_id=one.id,
                reason=reason,
                now=by.now,
                on=by.on,
            )
    others = [one for one in _running(tenancy_id, by.on) if one.about != about and one.until_on >= by.on]
    if others:
        rest(by, tenancy_id, max(others, key=lambda one: one.until_on), uuid5(asked_as, "others"))


def _running(tenancy_id: int, on: date) -> Iterator[Rest]:
    """Who needs rest besides: referrals and counsellors that are not over, and help that a person decided on.

    What a person decided last and a source replaced since.
    """
    for one in referrals_of(tenancy_id):
        if one.goes_on and one.resting_until is not None:
            yield for_referral(one.id, one.helper, one.resting_until)
    for talk in conversations_of(tenancy_id):
        asks = [each for each in talk.messages if each.kind in PAUSES]
        if asks and not talk.ended and not talk.agreed:
            (match,) = (one for one in talk.matches if one.tenancy_id == tenancy_id)
            yield for_talk(talk, match, asks[-1], on)
    own = [one for one in rulings_of(tenancy_id, on) if one.kind in DECISIONS and not _of_a_source(one.about)]
    last = max(own, key=lambda one: one.id, default=None)
    if last and last.kind is Kind.HELP and last.ended_reason == REPLACED:
        yield Rest("", last.until_on, last.reason)


def _of_a_source(about: str) -> bool:
    return about.startswith(("referral:", "conversation:"))
