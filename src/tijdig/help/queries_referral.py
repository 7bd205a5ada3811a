"""Reads of the directory of helpers and of referrals, in the scope of one organisation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import connection

from tijdig.contacts.kinds import Cause
from tijdig.help import models
from tijdig.help.helper import Helper, HelperKind
from tijdig.help.referral import Answer, Consent, Referral, Result, Shared
from tijdig.tenancies.queries import any_of

_HELPERS = """
SELECT h.id, h.kind, h.name, h.municipality_id, coalesce(m.name, ''), h.phone, h.email, h.how, h.asks_consent, h.ended_on
  FROM help_helper h LEFT JOIN help_municipality m ON m.id = h.municipality_id
"""
_REFERRALS = """
SELECT r.id, r.tenancy_id, r.helper_id, r.causes, r.consent, r.shared, r.follow_up_on, r.pause_until, r.referred_on,
       r.actor, r.name, r.recorded_at, coalesce(x.text, '')
  FROM help_referral r LEFT JOIN help_referraltext x ON x.referral_id = r.id
"""
_ANSWERS = """
SELECT a.referral_id, a.id, a.result, a.answered_on, a.follow_up_on, a.pause_until, a.actor, a.name, a.recorded_at,
       coalesce(x.text, '')
  FROM help_referralanswer a LEFT JOIN help_referralanswertext x ON x.answer_id = a.id
 WHERE a.referral_id = ANY(%s) ORDER BY a.referral_id, a.id
"""
_RUNS = """
NOT EXISTS (SELECT 1 FROM help_referralanswer a WHERE a.referral_id = r.id AND a.result NOT IN ('waits', 'started'))
"""


def helpers(municipality_id: int | None = None) -> list[Helper]:
    """By kind and name; with a municipality those there and those of everywhere."""
    condition = (
        "WHERE %(place)s::bigint IS NULL OR h.municipality_id = %(place)s OR h.municipality_id IS NULL"
    )
    return _helpers(f"{condition} ORDER BY h.kind, h.name", {"place": municipality_id})


def helper(pk: int) -> Helper | None:
    """One; None where this organisation has none of that id."""
    return next(iter(_helpers("WHERE h.id = %(id)s", {"id": pk})), None)


def _helpers(condition: str, named: dict[str, Any]) -> list[Helper]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_HELPERS} {condition}", named)
        return [
            Helper(
                id=pk,
                kind=HelperKind(kind),
                name=name,
                municipality_id=place,
                municipality=town,
                phone=phone,
                email=email,
                how=how,
                asks_consent=asks,
                ended_on=ended_on,
            )
            for pk, kind, name, place, town, phone, email, how, asks, ended_on in cursor.fetchall()
        ]


def referrals_of(tenancy_id: int) -> list[Referral]:
    """Of one tenancy, the newest first."""
    if not any_of(models.Referral, tenancy_id):
        return []
    return _referrals("WHERE r.tenancy_id = %(tenancy)s ORDER BY r.id DESC", {"tenancy": tenancy_id})


def referral(pk: int) -> Referral | None:
    """One; None where this organisation has none of that id."""
    return next(iter(_referrals("WHERE r.id = %(id)s", {"id": pk})), None)


def referrals_that_run() -> list[Referral]:
    """That are not over, the oldest first."""
    return _referrals(f"WHERE {_RUNS} ORDER BY r.id", {})


def referrals_named(ids: Sequence[int]) -> list[Referral]:
    """These, in the order of their ids."""
    return _referrals("WHERE r.id = ANY(%(ids)s) ORDER BY r.id", {"ids": list(ids)}) if ids else []


def referrals_since(first: date) -> list[Referral]:
    """Made from a day on, the oldest first."""
    return _referrals("WHERE r.referred_on >= %(first)s ORDER BY r.id", {"first": first})


def _referrals(condition: str, named: dict[str, Any]) -> list[Referral]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_REFERRALS} {condition}", named)
        rows = cursor.fetchall()
    if not rows:
        return []
    known = {one.id: one for one in helpers()}
    found = [_referral(row, known[row[2]]) for row in rows]
    answers = _answers([one.id for one in found])
    return [replace(one, answers=tuple(answers[one.id])) for one in found]


def _referral(row: Sequence[Any], to: Helper) -> Referral:
    pk, tenancy, _, causes, consent, shared, follow_up_on, until, on, actor, name, at, words = row
    return Referral(
        id=pk,
        tenancy_id=tenancy,
        helper=to,
        causes=tuple(Cause(one) for one in causes),
        consent=Consent(consent),
        shared=tuple(Shared(one) for one in shared),
        follow_up_on=follow_up_on,
        pause_until=until,
        referred_on=on,
        actor=actor,
        name=name,
        recorded_at=at,
        words=words,
    )


def _answers(ids: Sequence[int]) -> dict[int, list[Answer]]:
    found: dict[int, list[Answer]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_ANSWERS, [list(ids)])
        for of, pk, result, on, follow_up_on, until, actor, name, at, words in cursor.fetchall():
            found[of].append(
                Answer(
                    id=pk,
                    result=Result(result),
                    answered_on=on,
                    follow_up_on=follow_up_on,
                    pause_until=until,
                    actor=actor,
                    name=name,
                    recorded_at=at,
                    words=words,
                )
            )
    return found
