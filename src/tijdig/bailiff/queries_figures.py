"""What files count for: of those that are open from what stands there now, of those that ended as it was kept then."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from django.db import connection

from tijdig.arrangements.kinds import EndReason, Kept
from tijdig.arrangements.queries import arrangements_of, outcomes, term_stands, watched
from tijdig.arrangements.values import Arrangement
from tijdig.bailiff.costs import sums, tenant_cents
from tijdig.bailiff.figures import Figures
from tijdig.bailiff.kinds import Kpi
from tijdig.bailiff.queries_earlier import beside_of
from tijdig.bailiff.queries_in_file import costs_by_file, deeds_of
from tijdig.bailiff.queries_owed import disputed_of, overdue_of
from tijdig.bailiff.track import Deed
from tijdig.bailiff.values import File
from tijdig.contacts.contact import Contact
from tijdig.contacts.kinds import Reached
from tijdig.contacts.queries import contacts_of


def figures_at_end(file: File, on: date, *, settled: bool) -> Figures:
    """What a file counts for from now on, as it ends; a plan that runs while nothing is owed any more is paid off."""
    return replace(figures_now([file], on, paid_off=settled)[file.id], settled=settled)


def figures_now(files: Sequence[File], on: date, *, paid_off: bool = False) -> dict[int, Figures]:
    """Of these files, from what stands there; inside the wall of their corporation."""
    if not files:
        return {}
    since = {one.tenancy_id: one.handed_over_on for one in files}
    theirs = _partner_people()
    talks: dict[int, date] = {}
    for contact in contacts_of(sorted(since), as_of=on):
        if _their_talk(contact, theirs) and contact.on >= since[contact.tenancy_id]:
            talks[contact.tenancy_id] = min(contact.on, talks.get(contact.tenancy_id, contact.on))
    made = arrangements_of(sorted(since))
    kept = _kept(made, on)
    came_of = outcomes([_paid_off(one, on) for one in made] if paid_off else made, on)
    plans: dict[int, list[Arrangement]] = defaultdict(list)
    for plan in made:
        plans[plan.tenancy_id].append(plan)
    overdue, disputed, beside = overdue_of(since, on), disputed_of(since, on), beside_of(files, on)
    deeds, booked = deeds_of(one.id for one in files), costs_by_file(one.id for one in files)
    found = {}
    for one in files:
        done = {each.deed for each in deeds[one.id]}
        judged_on = next((each.judgment.on for each in reversed(deeds[one.id]) if each.judgment), None)
        costs = booked[one.id]
        total = sums(costs, judged_on)
        found[one.id] = Figures(
            first_talk_on=talks.get(one.tenancy_id),
            judged=judged_on is not None,
            evicted=Deed.EVICTED in done,
            settled=overdue[one.tenancy_id] + disputed.get(one.tenancy_id, 0) + beside[one.id] <= 0,
            kept=one.tenancy_id in kept,
            tenant_cents=tenant_cents(costs, judged_on),
            corporation_cents=total.own_cents,
            arrangements=tuple(
                (came_of[each.id].on, came_of[each.id].kept)
                for each in plans[one.tenancy_id]
                if each.id in came_of and each.made_by in theirs and each.agreed_on >= one.handed_over_on
            ),
        )
    return found


def figures_kept(file_ids: Iterable[int]) -> dict[int, Figures]:
    """Of files that ended, as it was kept then."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT file_id, first_talk_on, judged, evicted, settled, kept, tenant_cents, corporation_cents,
                      arrangements::text
                 FROM bailiff_filefigure WHERE file_id = ANY(%s)""",
            [sorted(file_ids)],
        )
        return {
            pk: Figures(
                first_talk_on=talk,
                judged=judged,
                evicted=evicted,
                settled=settled,
                kept=kept,
                tenant_cents=tenant,
                corporation_cents=own,
                arrangements=tuple((date.fromisoformat(on), paid) for on, paid in json.loads(arrangements)),
            )
            for pk, talk, judged, evicted, settled, kept, tenant, own, arrangements in cursor.fetchall()
        }


def others(partner_id: int, first_on: date, last_on: date) -> dict[Kpi, int]:
    """Of the partner's files at other corporations that ended in these days, each figure that a group large enough has;
    nothing where it is not. Evictions are those of a hundred files."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM tijdig_partner_others(%s, %s, %s)", [partner_id, first_on, last_on])
        row = cursor.fetchone()
        names = [Kpi(one.name) for one in cursor.description]
    return {kpi: int(value) for kpi, value in zip(names, row or (), strict=False) if value is not None}


def _partner_people() -> frozenset[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'user:' || id FROM tijdig_partner_names()")
        return frozenset(row[0] for row in cursor.fetchall())


def _their_talk(contact: Contact, theirs: frozenset[str]) -> bool:
    return contact.actor in theirs and contact.reached is Reached.TALKED


def _paid_off(one: Arrangement, on: date) -> Arrangement:
    return replace(one, ended_on=on, end_reason=EndReason.PAID_OFF) if one.ended_on is None else one


def _kept(made: Sequence[Arrangement], on: date) -> set[int]:
    """The tenancies in an arrangement that is kept and of which the first term came: what is only agreed is not kept yet."""
    running = [one for one in made if one.runs]
    how, terms = watched(running, on), term_stands(running, on)
    return {
        one.tenancy_id
        for one in running
        if how[one.id].kept is not Kept.BROKEN and not terms[one.id][0].open_cents
    }
