"""Help in a made-up year: who wants it is referred, and on the day of the follow-up somebody asks how it goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from tijdig.access.queries import Colleague
from tijdig.access.scope import organisation_scope
from tijdig.base.not_done import NotDone
from tijdig.cases.queries_policy import policy_on
from tijdig.cli.lived.desk import Case, Desk
from tijdig.contacts.kinds import Cause
from tijdig.help.actions_answers import answer
from tijdig.help.actions_referral import hear, refer
from tijdig.help.guides import fitting
from tijdig.help.kinds import Result as Answered
from tijdig.help.queries import municipality_of, sent_since
from tijdig.help.queries_referral import helpers, referrals_of, referrals_that_run
from tijdig.help.referral import AnswerDraft, Consent, Referral, ReferralDraft, Result, Shared
from tijdig.lab.scripted import Topic
from tijdig.tenancies.queries_reach import households

_SHARES = (Shared.NAME.value, Shared.PHONE.value)
_FIRST = (
    (Result.STARTED, 650),
    (Result.WAITS, 200),
    (Result.REFUSED, 90),
    (Result.NOT_SHOWN, 60),
)  # of a thousand
_LATER = ((Result.DONE, 700), (Result.STARTED, 200), (Result.NOT_SHOWN, 100))
_SAID = (
    (Answered.NO_CONTACT, 380),
    (Answered.NO_HELP_WANTED, 200),
    (Answered.OWN_SOLUTION, 120),
    (Answered.HELP_STARTED, 180),
    (Answered.ALREADY_HELPED, 70),
)
_MOST_ANSWERS, _ANSWERS_AFTER, _MOST_SIGNALS = 4, 28, 1000
Word = TypeVar("Word", bound=StrEnum)


def refers(desk: Desk, case: Case, by: Colleague, now: datetime, cause: Cause) -> None:
    """To who fits the cause best and helps where the tenant lives, once at a time."""
    with organisation_scope(desk.organisation):
        if any(one.goes_on for one in referrals_of(case.tenancy)):
            return
        home = households([case.tenancy], desk.on).get(case.tenancy)
        place = municipality_of(home.city) if home else None
        known = fitting(helpers(place.id if place else None), [cause])
        terms = policy_on(desk.on).help
    if not known:
        return
    draft = ReferralDraft(
        tenancy_id=case.tenancy,
        helper_id=known[0].id,
        causes=[cause.value],
        consent=(Consent.SPOKEN if known[0].asks_consent else Consent.NOT_ASKED).value,
        shared=_SHARES,
        follow_up_on=desk.on + timedelta(days=terms.follow_up_days),
        pause_until=desk.on + timedelta(days=terms.pause_days),
        words="",
    )
    try:
        refer(
            organisation_id=desk.organisation,
            actor=f"user:{by.id}",
            name=by.name,
            draft=draft,
            asked_as=desk.form(f"referral:{case.tenancy}"),
            now=now,
            on=desk.on,
        )
        desk.count("referrals")
    except NotDone as refused:
        desk.refuse("refer", refused.sentences)


def ask_how(desk: Desk, by: Colleague, now: datetime) -> None:
    """Of every referral of which the day has come."""
    with organisation_scope(desk.organisation):
        waiting = [one for one in referrals_that_run() if one.ask_on and one.ask_on <= desk.on]
        terms = policy_on(desk.on).help
    for one in waiting:
        result = _result(desk, one)
        goes_on = result in (Result.WAITS, Result.STARTED)
        draft = AnswerDraft(
            referral_id=one.id,
            result=result.value,
            answered_on=desk.on,
            follow_up_on=desk.on + timedelta(days=terms.follow_up_days * 2) if goes_on else None,
            pause_until=None,
            words="",
        )
        try:
            hear(
                organisation_id=desk.organisation,
                actor=f"user:{by.id}",
                name=by.name,
                draft=draft,
                asked_as=desk.form(f"heard:{one.id}:{desk.on}"),
                now=now,
                on=desk.on,
            )
            desk.count(f"referral_{result}")
        except NotDone as refused:
            desk.refuse("hear", refused.sentences)


def municipality_answers(desk: Desk, by: Colleague) -> None:
    """Four weeks after a signal the municipality says what came of it."""
    day = desk.on - timedelta(days=_ANSWERS_AFTER)
    with organisation_scope(desk.organisation):
        waiting = [
            one
            for one in sent_since(day, _MOST_SIGNALS)
            if one.sent and one.sent.on == day and not one.answers
        ]
    for one in waiting:
        drawn = desk.tenant(one.tenancy_id).below(1000, Topic.HELP, desk.on.toordinal())
        answer(
            organisation_id=desk.organisation,
            actor=f"user:{by.id}",
            signal_id=one.id,
            result=_drawn(_SAID, drawn, Answered.OTHER),
            answered_on=desk.on,
            attempts=2,
            on=desk.on,
        )
        desk.count("signals_answered")


def _result(desk: Desk, one: Referral) -> Result:
    """The first time help mostly began; later it is mostly done, and in the end always."""
    if len(one.answers) >= _MOST_ANSWERS:
        return Result.DONE
    drawn = desk.tenant(one.tenancy_id).below(1000, Topic.HELP, desk.on.toordinal())
    if one.answers:
        return _drawn(_LATER, drawn, Result.DONE)
    return _drawn(_FIRST, drawn, Result.WAITS)


def _drawn(shares: Sequence[tuple[Word, int]], drawn: int, otherwise: Word) -> Word:
    """Which of the shares of a thousand a draw falls in."""
    for word, share in shares:
        if drawn < share:
            return word
        drawn -= share
    return otherwise
