"""The last chance of a file, with the arrangement that it stands on; inside the wall."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tijdig.arrangements.queries import arrangements_of, running, watched
from tijdig.bailiff.chance import Chance, Plan, chance, plan_under
from tijdig.bailiff.track import Track


def plan_of(tenancy_id: int, on: date) -> Plan | None:
    """The arrangement of this tenant that runs; None where none does."""
    found = next(iter(running([tenancy_id])), None)
    return Plan(found, watched([found], on)[found.id].broken_on) if found else None


def chance_of(tenancy_id: int, track: Track, on: date) -> Chance | None:
    """How the last chance stands that runs; None where none does."""
    return chances_of({tenancy_id: track}, on).get(tenancy_id)


def chances_of(tracks: Mapping[int, Track], on: date) -> dict[int, Chance]:
    """By tenancy, how the last chance stands of those in which one runs; in as many reads for many as for one."""
    deeds = {tenancy: deed for tenancy, track in tracks.items() if (deed := track.last_chance) is not None}
    if not deeds:
        return {}
    made = arrangements_of(sorted(deeds))
    plans = {tenancy: plan_under(deed, made) for tenancy, deed in deeds.items()}
    stands = watched([one for one in plans.values() if one is not None and one.ended_on is None], on)
    return {
        tenancy: chance(deeds[tenancy], plan, stands.get(plan.id) if plan else None, on)
        for tenancy, plan in plans.items()
    }
