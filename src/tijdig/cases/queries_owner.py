"""Whose a row of the worklist is: whoever it was assigned to, or stands in; else the consultant of its region."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tijdig.access.queries import Colleague
from tijdig.access.roles import Role
from tijdig.caseload.absence import Away, in_place_of
from tijdig.caseload.queries import away_at

# By the index of the newest assignment, once a row; a home is looked at only where nobody was assigned.
NEWEST = """(SELECT a.user_id FROM caseload_assignment a WHERE a.tenancy_id = s.tenancy_id
              ORDER BY a.id DESC LIMIT 1)"""
_WORKED_BY = """ AND coalesce(
    (SELECT CASE WHEN a.user_id = ANY(%s) THEN a.user_id = ANY(%s) END FROM caseload_assignment a
      WHERE a.tenancy_id = s.tenancy_id ORDER BY a.id DESC LIMIT 1),
    (SELECT x.region = ANY(%s) FROM tenancies_tenancy y JOIN tenancies_home x ON x.id = y.home_id
      WHERE y.id = s.tenancy_id))
"""


@dataclass(frozen=True, slots=True)
class Owners:
    """The consultants of today and who of them is away. Who left owns nothing: the region's consultant shows again."""

    people: Mapping[int, Colleague]
    away: Mapping[int, Away]

    def worked_by(self, consultant: int) -> tuple[str, list[Any]]:
        """The condition on a standing `s` that this consultant works it, with its parameters; none for anybody else."""
        if consultant not in self.people:
            return "", []
        theirs = [one for one in self.people if in_place_of(one, self.away) == consultant]
        regions = sorted({self.people[one].region for one in theirs} - {""})
        return _WORKED_BY, [list(self.people), theirs, regions]

    def initials(self, assigned_to: int | None, region: str) -> str:
        """Of whoever works it; nothing where that is nobody."""
        owner = assigned_to if assigned_to in self.people else self._of_region(region)
        return self.people[in_place_of(owner, self.away)].initials if owner else ""

    def _of_region(self, region: str) -> int | None:
        return next((one.id for one in self.people.values() if region and one.region == region), None)


def owners_on(people: Sequence[Colleague], today: date) -> Owners:
    """In the order of names, as `people` comes."""
    consultants = {one.id: one for one in people if one.role == Role.CONSULTANT}
    return Owners(consultants, away_at(today))
