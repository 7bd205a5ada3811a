"""Reads of the agenda, conferences and what they decided, in the scope of one organisation.

`as_of` hides what was not true yet: a case that was put on the agenda later, and a decision or a withdrawal of a later day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from tijdig.conferences import models
from tijdig.conferences.agenda import Item, Outcome, Withdrawn, in_order, standing
from tijdig.conferences.kinds import Decision
from tijdig.conferences.meeting import Closed, Conference
from tijdig.tenancies.queries import any_of

_MANY = 50


def agenda(as_of: date) -> list[Item]:
    """What was on the agenda at the end of a day, in order."""
    last = models.Outcome.objects.filter(item=OuterRef("pk"), decided_on__lte=as_of).order_by("-id")
    rows = models.AgendaItem.objects.filter(
        ~Exists(models.Withdrawal.objects.filter(item=OuterRef("pk"), on__lte=as_of)), put_on__lte=as_of
    ).annotate(last=Subquery(last.values("decision")[:1]))
    return in_order(_items(rows.filter(Q(last=None) | Q(last=Decision.LATER.value)), as_of))


def item_of(tenancy_id: int) -> Item | None:
    """The case of this tenancy that is on the agenda now; None where there is none."""
    if not any_of(models.AgendaItem, tenancy_id):
        return None
    return next(iter(_items(models.AgendaItem.objects.filter(place__tenancy_id=tenancy_id))), None)


def item(item_id: int) -> Item | None:
    """One case, on the agenda or not; None where this organisation has none of that id."""
    return next(iter(_items(models.AgendaItem.objects.filter(pk=item_id))), None)


def conference(pk: int) -> Conference | None:
    """One conference, over or not; None where this organisation has none of that id."""
    return next(iter(_conferences(models.Conference.objects.filter(pk=pk))), None)


def conferences(most: int = _MANY) -> list[Conference]:
    """The latest conferences, newest first."""
    return _conferences(models.Conference.objects.order_by("-held_on", "-id")[:most])


def cases_of(held: Conference, on: date) -> list[Item]:
    """The cases of a conference in the order of the agenda: those it decided, and while it is open the agenda itself."""
    rows = models.AgendaItem.objects.filter(
        Exists(models.Outcome.objects.filter(item=OuterRef("pk"), conference_id=held.id))
    )
    decided = _items(rows)
    known = {one.id for one in decided}
    waiting = agenda(on) if held.closed is None else []
    return in_order([*decided, *(one for one in waiting if one.id not in known)], held.id)


def counts_of(conference_ids: Sequence[int]) -> dict[int, int]:
    """How many cases each of these decided; who decided none is left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT conference_id, count(DISTINCT item_id) FROM conferences_outcome
                WHERE conference_id = ANY(%s) GROUP BY conference_id""",
            [list(conference_ids)],
        )
        return dict(cursor.fetchall())


def outcomes_of(tenancy_id: int, as_of: date) -> list[Outcome]:
    """What the group decided of a tenancy up to a day, the newest first; without what was replaced in its conference."""
    if not any_of(models.AgendaItem, tenancy_id):
        return []
    rows = models.Outcome.objects.filter(item__tenancy_id=tenancy_id, decided_on__lte=as_of)
    return list(reversed(standing(_outcomes(rows))))


def _items(rows: QuerySet[models.AgendaItem], as_of: date | None = None) -> list[Item]:
    found = list(rows.select_related("itemtext", "withdrawal__withdrawaltext"))
    decided = models.Outcome.objects.filter(item_id__in=[row.pk for row in found])
    if as_of is not None:
        decided = decided.filter(decided_on__lte=as_of)
    by_item: dict[int, list[Outcome]] = defaultdict(list)
    for one in _outcomes(decided) if found else ():
        by_item[one.item_id].append(one)
    return [_item(row, tuple(by_item[row.pk]), as_of) for row in found]


def _item(row: models.AgendaItem, outcomes: tuple[Outcome, ...], as_of: date | None) -> Item:
    return Item(
        id=row.pk,
        tenancy_id=row.tenancy_id,
        question=row.itemtext.text if hasattr(row, "itemtext") else "",
        put_on=row.put_on,
        actor=row.actor,
        name=row.name,
        wanted_by_on=row.wanted_by_on,
        recorded_at=row.recorded_at,
        outcomes=outcomes,
        withdrawn=_withdrawn(row, as_of),
    )


def _withdrawn(row: models.AgendaItem, as_of: date | None) -> Withdrawn | None:
    if not hasattr(row, "withdrawal") or (as_of is not None and row.withdrawal.on > as_of):
        return None
    gone = row.withdrawal
    return Withdrawn(
        gone.on, gone.actor, gone.name, gone.withdrawaltext.text if hasattr(gone, "withdrawaltext") else ""
    )


def _outcomes(rows: QuerySet[models.Outcome]) -> list[Outcome]:
    """In the order they came in."""
    found = rows.select_related("outcometext", "item", "conference").order_by("id")
    return [_outcome(row) for row in found]


def _outcome(row: models.Outcome) -> Outcome:
    return Outcome(
        id=row.pk,
        item_id=row.item_id,
        tenancy_id=row.item.tenancy_id,
        conference_id=row.conference_id,
        held_on=row.conference.held_on,
        decision=Decision(row.decision),
        until_on=row.until_on,
        do=row.do,
        instead_of=row.instead_of,
        who_id=row.who_id,
        who_name=row.who_name,
        do_by_on=row.do_by_on,
        reason=row.outcometext.text if hasattr(row, "outcometext") else "",
        decided_on=row.decided_on,
        decided_by=tuple(row.decided_by),
        actor=row.actor,
        name=row.name,
        recorded_at=row.recorded_at,
        previous_id=row.previous_id,
    )


def _conferences(rows: QuerySet[models.Conference]) -> list[Conference]:
    found = list(rows.select_related("closing"))
    there = {
        one.conference_id: one
        for one in models.Presence.objects.filter(conference_id__in=[row.pk for row in found]).order_by("id")
    }
    names = _names({user for one in there.values() for user in one.present})
    return [_conference(row, there[row.pk], names) for row in found]


def _conference(row: models.Conference, there: models.Presence, names: dict[int, str]) -> Conference:
    over: Any = getattr(row, "closing", None)
    present = tuple(user for user in there.present if user in names)
    return Conference(
        id=row.pk,
        held_on=row.held_on,
        chair=there.chair,
        present=present,
        names=tuple(sorted(names[user] for user in present)),
        guests=tuple(there.guests),
        actor=row.actor,
        name=row.name,
        recorded_at=row.recorded_at,
        closed=Closed(over.on, over.actor, over.name, over.recorded_at) if over else None,
    )


def _names(ids: set[int]) -> dict[int, str]:
    """Also of who left."""
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name FROM access_user WHERE id = ANY(%s)", [sorted(ids)])
        return dict(cursor.fetchall())
