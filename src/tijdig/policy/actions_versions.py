"""The only writers of ways of working: keep a version, and say from which day it holds.

A version is never changed and a start is never taken away: another text is another version, and a mistake in a start is put
right by a later one. So every decision can be redone under the version that took it.
"""

from __future__ import annotations

from datetime import date

from django.db import connection

from tijdig.access.scope import organisation_scope
from tijdig.history.actions import record
from tijdig.policy.document import default_policy, default_text, digest, read_policy
from tijdig.policy.judge import judge
from tijdig.policy.models import Start, Version
from tijdig.policy.wording import REFUSED, problem_sentence

SHIPPED = "system:tijdig"
_LOCK = 7471
_LONGEST_REASON = 400


class NotKept(Exception):  # noqa: N818 - an answer to a person, not a fault in the code
    """What was asked cannot be kept or started; `sentences` say what to do, one for each thing that is wrong."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def keep_version(*, organisation_id: int, actor: str, text: str, on: date) -> int:
    """Keep a document as a version; the same text twice is one version. Returns its id.

    A corporation that never chose begins with the shipped way of working first: else the start of a version of its own,
    however far ahead, would be the first there is, and hold today.
    Raises `NotKept` for a document that cannot be read, that `judge` refuses, or that has the name of another text.
    """
    policy, problems = read_policy(text)
    if policy is None:
        raise NotKept(*(problem_sentence(one) for one in problems))
    if refused := [one for one in judge(policy) if one.refuses]:
        raise NotKept(*(one.sentence for one in refused))
    with organisation_scope(organisation_id):
        adopt_shipped(organisation_id=organisation_id, on=on)
        _lock(organisation_id)
        known = Version.objects.filter(version=policy.version).first()
        if known is not None and known.text != text:
            raise NotKept(REFUSED["version_taken"].format(version=policy.version))
        if known is not None:
            return int(known.pk)
        return _insert(organisation_id, actor, text, policy.name, policy.version, on)


def start_version(
    *, organisation_id: int, actor: str, version_id: int, from_on: date, reason: str, on: date
) -> int:
    """Let a version hold from a day that has not begun. Returns the id of the start.

    Raises `NotKept` without a reason, for a day that has begun (what was decided that day keeps its version) and for a
    version that is not there.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise NotKept(REFUSED["reason_missing"])
    if len(reason) > _LONGEST_REASON:
        raise NotKept(REFUSED["reason_long"])
    if from_on <= on:
        raise NotKept(REFUSED["day_begun"])
    with organisation_scope(organisation_id):
        version = Version.objects.filter(pk=version_id).first()
        if version is None:
            raise NotKept(REFUSED["version_unknown"])
        return _start(organisation_id, actor, version, from_on, reason, on)


def adopt_shipped(*, organisation_id: int, on: date) -> bool:
    """Begin with the way of working that comes with the program, where none was ever chosen; in the caller's transaction.

    From then on it is this corporation's own: a newer program does not change it.
    """
    if Start.objects.exists():
        return False
    _lock(organisation_id)
    if Start.objects.exists():
        return False
    policy, text = default_policy(), default_text()
    known = Version.objects.filter(version=policy.version).first()
    if known is None:
        pk = _insert(organisation_id, SHIPPED, text, policy.name, policy.version, on)
        known = Version.objects.get(pk=pk)
    _start(organisation_id, SHIPPED, known, policy.valid_from, "De werkwijze die met tijdig meekomt.", on)
    return True


def _lock(organisation_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, organisation_id])


def _insert(organisation_id: int, actor: str, text: str, name: str, version: str, on: date) -> int:
    row = Version.objects.create(
        organisation_id=organisation_id,
        name=name,
        version=version,
        text=text,
        digest=digest(text),
        made_by=actor,
    )
    record(
        organisation_id=organisation_id,
        actor=actor,
        verb="policy_kept",
        subject=f"policy:{row.pk}",
        effective_on=on,
        facts={"version": version, "digest": row.digest},
    )
    return int(row.pk)


def _start(organisation_id: int, actor: str, version: Version, from_on: date, reason: str, on: date) -> int:
    row = Start.objects.create(
        organisation_id=organisation_id, version=version, from_on=from_on, made_by=actor, reason=reason
    )
    record(
        organisation_id=organisation_id,
        actor=actor,
        verb="policy_started",
        subject=f"policy:{version.pk}",
        effective_on=on,
        facts={"version": version.version, "from_on": from_on.isoformat()},
        text=reason,
    )
    return int(row.pk)


__all__ = ["SHIPPED", "NotKept", "adopt_shipped", "keep_version", "start_version"]
