"""Who is away and who has how much time, as it is reported. Nothing is changed or deleted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from tijdig.access.scope import organisation_scope
from tijdig.caseload.actions import lock
from tijdig.caseload.models import Absence, AbsenceEnd, Workday
from tijdig.caseload.queries import absences, away_at, consultants, weeks
from tijdig.caseload.values import Fault, NotAssigned, absence_faults, fault, week_faults
from tijdig.history.actions import record


def report_absence(
    *,
    organisation_id: int,
    actor: str,
    user_id: int,
    from_on: date,
    until_on: date | None,
    stand_in: int | None,
    on: date,
) -> int:
    """Somebody is away from a day, up to and including another (None: nobody knows); returns the id of the report.

    With a stand-in, that person works what is his on those days. Without one the work is spread: by whoever asks for it
    (`cases.actions_assign.assign_open`). Raises `NotAssigned` for days that cannot be, a stand-in who is away on the
    first of them or on the day it is reported, and a report that is there already.
    """
    with organisation_scope(organisation_id):
        lock(organisation_id)
        if faults := list(_faults(user_id, from_on, until_on, stand_in, on)):
            raise NotAssigned(*faults)
        row = Absence.objects.create(
            organisation_id=organisation_id,
            user_id=user_id,
            from_on=from_on,
            until_on=until_on,
            stand_in_id=stand_in,
            actor=actor,
        )
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="absence_reported",
            subject=f"user:{user_id}",
            effective_on=from_on,
            facts={
                "absence": row.pk,
                "until": until_on and until_on.isoformat(),
                "stand_in": stand_in,
            },
        )
    return int(row.pk)


def _faults(
    user_id: int, from_on: date, until_on: date | None, stand_in: int | None, on: date
) -> Iterator[Fault]:
    people = {one.id: one.name for one in consultants(on)}
    if user_id not in people or (stand_in is not None and stand_in not in people):
        yield fault("user_unknown")
        return
    yield from absence_faults(user_id, from_on, until_on, stand_in)
    if stand_in not in (None, user_id) and stand_in in away_at(max(from_on, on)):
        yield fault("stand_in_away", people[stand_in or 0])
    same = (from_on, until_on, stand_in)
    if any((one.from_on, one.until_on, one.stand_in_id) == same for one in absences(from_on, [user_id])):
        yield fault("absence_known")


def end_absence(*, organisation_id: int, actor: str, absence_id: int, back_on: date, on: date) -> None:
    """Somebody is back sooner: `back_on` is the first day there. On or before the first day away, it is called off.

    Raises `NotAssigned` where it is over already, or for a day after the last one.
    """
    with organisation_scope(organisation_id):
        lock(organisation_id)
        row = Absence.objects.filter(pk=absence_id).first()
        if row is None or AbsenceEnd.objects.filter(pk=absence_id).exists():
            raise NotAssigned(fault("absence_over"))
        if row.until_on is not None and row.until_on < on:
            raise NotAssigned(fault("absence_over"))
        if row.until_on is not None and back_on > row.until_on:
            raise NotAssigned(fault("back_wrong"))
        AbsenceEnd.objects.create(absence=row, organisation_id=organisation_id, back_on=back_on, actor=actor)
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="absence_ended",
            subject=f"user:{row.user_id}",
            effective_on=back_on,
            facts={"absence": row.pk},
        )


def set_workday(
    *, organisation_id: int, actor: str, user_id: int, from_on: date, minutes: Sequence[int], on: date
) -> None:
    """From a day on somebody has these minutes for tenants on Monday to Sunday.

    Raises `NotAssigned` for a week that cannot be, or that is as it was.
    """
    week = tuple(minutes)
    with organisation_scope(organisation_id):
        lock(organisation_id)
        if user_id not in {one.id for one in consultants(on)}:
            raise NotAssigned(fault("user_unknown"))
        if faults := tuple(week_faults(week)):
            raise NotAssigned(*faults)
        if weeks([user_id], from_on)[user_id] == week:
            raise NotAssigned(fault("week_same"))
        Workday.objects.create(
            organisation_id=organisation_id,
            user_id=user_id,
            from_on=from_on,
            minutes=list(week),
            actor=actor,
        )
        record(
            organisation_id=organisation_id,
            actor=actor,
            verb="workday_set",
            subject=f"user:{user_id}",
            effective_on=from_on,
            facts={"minutes": list(week)},
        )
