"""The only writers of the rules of keeping, of what is kept longer, and of a corporation's part of the register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import connection

from tijdig.access.scope import organisation_scope
from tijdig.history.actions import record
from tijdig.privacy.models import Hold, HoldEnd, HoldText, RegisterVersion, RetentionVersion
from tijdig.privacy.queries_holds import hold_of, others_of
from tijdig.privacy.queries_rules import rules_on, versions
from tijdig.privacy.register import Addition, plain
from tijdig.privacy.rules import chosen, shipped, written
from tijdig.tenancies.actions_lock import lock_tenancy

_LOCK = 7491
_LONGEST = 400


class NotKept(Exception):  # noqa: N818 - an answer to a person, not a fault in the code
    """What was asked is not done; `field` and the sentence say what to do."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def approve(
    *,
    organisation_id: int,
    actor: str,
    name: str,
    years: Mapping[str, str],
    from_on: date,
    reason: str,
    on: date,
) -> int:
    """Approve rules by name, from a day that has not begun; returns the number of the version.

    `years` are as typed, by kind; what is not typed stays as it was, and as shipped where nothing was. Raises `RuleError`
    and `NotKept`.
    """
    reason = _reason(reason, "Schrijf waarom, bijvoorbeeld wie het besloot en wanneer.")
    if from_on <= on:
        raise NotKept(
            "van", "Kies een dag na vandaag. Zo ziet iedereen eerst wat er in die nacht wordt gewist."
        )
    with organisation_scope(organisation_id):
        _lock(organisation_id)
        known = versions()
        rules = chosen(years, _whole(known[0].rules if known else ()))
        row = RetentionVersion.objects.create(
            organisation_id=organisation_id,
            number=len(known) + 1,
            from_on=from_on,
            rules=written(rules),
            reason=reason,
            actor=actor,
            name=name,
        )
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="retention_approved",
            subject=f"retention:{row.number}",
            effective_on=on,
            facts={
                "from_on": from_on.isoformat(),
                "years": {one.kind.value: one.years for one in rules},
                "name": name,
            },
            text=reason,
        )
        return int(row.number)


def stop(*, organisation_id: int, actor: str, name: str, reason: str, on: date) -> int | None:
    """From now on nothing is erased: a version without rules, from today. None where none holds or is to come."""
    reason = _reason(reason, "Schrijf waarom er niets meer gewist mag worden.")
    with organisation_scope(organisation_id):
        _lock(organisation_id)
        known = versions()
        now = rules_on(on)
        if (now is None or not now.rules) and all(one.from_on <= on for one in known):
            return None
        days = {on} | {one.from_on for one in known if one.from_on > on}
        for number, day in enumerate(sorted(days), len(known) + 1):
            RetentionVersion.objects.create(
                organisation_id=organisation_id, number=number, from_on=day, rules={}, reason=reason, actor=actor, name=name
            )  # fmt: skip
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="retention_stopped",
            subject=f"retention:{len(known) + 1}",
            effective_on=on,
            facts={"name": name},
            text=reason,
        )
        return len(known) + 1


def _whole(rules: tuple) -> tuple:  # type: ignore[type-arg]
    """These rules, with the shipped one for each kind of which they say nothing."""
    known = {one.kind: one for one in rules}
    return tuple(known.get(one.kind, one) for one in shipped())


def hold(
    *,
    organisation_id: int,
    actor: str,
    name: str,
    tenancy_id: int,
    until_on: date,
    reason: str,
    asked_as: UUID,
    on: date,
) -> int:
    """Keep everything of a tenancy up to and including a day, by name. The same form twice is one. Raises `NotKept`."""
    reason = _reason(reason, "Schrijf waarom dit langer bewaard moet blijven.")
    if until_on < on:
        raise NotKept("tot", "Kies een dag die nog komt.")
    with organisation_scope(organisation_id):
        if not lock_tenancy(tenancy_id):
            raise NotKept("tot", "Deze huurder bestaat niet.")
        known = Hold.objects.filter(asked_as=asked_as).values_list("pk", flat=True).first()
        if known is not None:
            return int(known)
        row = Hold.objects.create(
            organisation_id=organisation_id,
            tenancy_id=tenancy_id,
            until_on=until_on,
            actor=actor,
            name=name,
            asked_as=asked_as,
        )
        HoldText.objects.create(organisation_id=organisation_id, hold=row, text=reason)
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="retention_held",
            subject=f"tenancy:{tenancy_id}",
            effective_on=on,
            facts={"hold": row.pk, "until_on": until_on.isoformat(), "name": name},
            text=reason,
        )
        return int(row.pk)


def end_hold(*, organisation_id: int, actor: str, name: str, tenancy_id: int, on: date) -> bool:
    """It need not be kept longer; false where nothing was."""
    with organisation_scope(organisation_id):
        lock_tenancy(tenancy_id)
        known = hold_of(tenancy_id, on)
        if known is None:
            return False
        for one in others_of(known, on):
            HoldEnd.objects.create(
                organisation_id=organisation_id, hold_id=one, on=on, actor=actor, name=name
            )
        HoldEnd.objects.create(
            organisation_id=organisation_id, hold_id=known.id, on=on, actor=actor, name=name
        )
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="retention_released",
            subject=f"tenancy:{tenancy_id}",
            effective_on=on,
            facts={"hold": known.id, "name": name},
        )
        return True


def add_to_register(
    *, organisation_id: int, actor: str, name: str, addition: Addition, on: date
) -> int | None:
    """Keep what a corporation adds as a new version; the same again keeps nothing. Returns its number."""
    with organisation_scope(organisation_id):
        _lock(organisation_id)
        newest = RegisterVersion.objects.order_by("-number").first()
        if newest is not None and newest.body == plain(addition):
            return None
        number = newest.number + 1 if newest else 1
        RegisterVersion.objects.create(
            organisation_id=organisation_id, number=number, body=plain(addition), actor=actor, name=name
        )
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="register_kept",
            subject=f"register:{number}",
            effective_on=on,
            facts={"number": number},
        )
        return number


def _reason(text: str, missing: str) -> str:
    reason = " ".join(text.split())
    if not reason:
        raise NotKept("reden", missing)
    if len(reason) > _LONGEST:
        raise NotKept("reden", f"De reden is te lang. Schrijf ten hoogste {_LONGEST} tekens.")
    return reason


def _lock(organisation_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, organisation_id])
