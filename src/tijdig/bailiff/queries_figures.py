"""What files count for: of those that are open from what stands there now, of those that ended as it was kept then."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date

from django.db import connection

from tijdig.arrangements.kinds import EndReason, Kept, State
from tijdig.arrangements.queries import arrangements_of, watched
from tijdig.arrangements.values import Arrangement
from tijdig.bailiff.costs import sums, tenant_cents
from tijdig.bailiff.figures import Figures
from tijdig.bailiff.kinds import Kpi
from tijdig.bailiff.queries_in_file import costs_by_file, deeds_of
from tijdig.bailiff.track import Deed
from tijdig.bailiff.values import File
from tijdig.contacts.contact import Contact
from tijdig.contacts.kinds import Reached
from tijdig.contacts.queries import contacts_of


def figures_now(files: Sequence[File], on: date) -> dict[int, Figures]:
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
    running = [one for one in made if one.ended_on is None and one.state is not State.REQUESTED]
    how = watched(running, on)
    deeds, booked = deeds_of(one.id for one in files), costs_by_file(one.id for one in files)
    found = {}
    for one in files:
        done = {each.deed for each in deeds[one.id]}
        judged_on = next((each.on for each in reversed(deeds[one.id]) if each.judgment is not None), None)
        costs = booked[one.id]
        found[one.id] = Figures(
            first_talk_on=talks.get(one.tenancy_id),
            judged=judged_on is not None,
            evicted=Deed.EVICTED in done,
            kept=any(
                each.tenancy_id == one.tenancy_id and how[each.id].kept is not Kept.BROKEN for each in running
            ),
            tenant_cents=tenant_cents(costs, judged_on),
            corporation_cents=sums(costs, judged_on).own_cents,
            arrangements=tuple(_ended(one, made, theirs)),
        )
    return found


def figures_kept(file_ids: Iterable[int]) -> dict[int, Figures]:
    """Of files that ended, as it was kept then."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT file_id, first_talk_on, judged, evicted, kept, tenant_cents, corporation_cents, arrangements::text
                 FROM bailiff_filefigure WHERE file_id = ANY(%s)""",
            [sorted(file_ids)],
        )
        return {
            pk: Figures(
                first_talk_on=talk,
                judged=judged,
                evicted=evicted,
                kept=kept,
                tenant_cents=tenant,
                corporation_cents=own,
                arrangements=tuple((date.fromisoformat(on), paid) for on, paid in json.loads(arrangements)),
            )
            for pk, talk, judged, evicted, kept, tenant, own, arrangements in cursor.fetchall()
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


def _ended(file: File, made: Sequence[Arrangement], theirs: frozenset[str]) -> Iterable[tuple[date, bool]]:
    """The arrangements that the partner made for this file and that are over, replaced ones apart: whether all that was
    agreed had come by then. One that ran and was withdrawn did not."""
    for one in made:
        if (
            one.tenancy_id != file.tenancy_id
            or one.made_by not in theirs
            or one.agreed_on < file.handed_over_on
        ):
            continue
        if one.ended_on is None or one.end_reason is EndReason.REPLACED:
            continue
        if any(change.verb == State.ACTIVE for change in one.changes):
            yield one.ended_on, watched([one], one.ended_on)[one.id].kept is Kept.DONE
