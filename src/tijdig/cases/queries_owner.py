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

NEWEST = "(SELECT o.user_id FROM caseload_holder o WHERE o.tenancy_id = s.tenancy_id)"
# What nobody of today holds is of whoever works the region of its home.
_REGION = """(SELECT x.region FROM tenancies_tenancy y JOIN tenancies_home x ON x.id = y.home_id
               WHERE y.id = o.tenancy_id) = ANY(%(regions)s)"""
HELD = f"""SELECT o.tenancy_id FROM caseload_holder o WHERE o.user_id = ANY(%(theirs)s)
 UNION ALL
SELECT o.tenancy_id FROM caseload_holder o JOIN cases_alert n ON n.tenancy_id = o.tenancy_id AND n.cured_at IS NULL
 WHERE (o.user_id IS NULL OR o.user_id IN (SELECT u.id FROM access_user u WHERE u.id <> ALL(%(people)s)))
   AND {_REGION}"""
BESIDES = f"""SELECT o.tenancy_id FROM unnest(%(besides)s::integer[]) AS o(tenancy_id)
 WHERE NOT EXISTS (SELECT 1 FROM caseload_holder h WHERE h.tenancy_id = o.tenancy_id AND h.user_id = ANY(%(people)s))
   AND {_REGION}"""


@dataclass(frozen=True, slots=True)
class Owners:
    """The consultants of today and who of them is away. Who left owns nothing: the region's consultant shows again."""

    people: Mapping[int, Colleague]
    away: Mapping[int, Away]

    def worked_by(self, consultant: int) -> tuple[str, dict[str, Any]]:
        """The condition on a standing `s` with an open alert that this consultant works it, with its parameters.

        None for anybody else. The few are found first: the database would guess wrong how few they are.
        """
        if consultant not in self.people:
            return "", {}
        return f" AND s.tenancy_id = ANY(ARRAY({HELD}))", self.named(consultant)

    def named(self, consultant: int) -> dict[str, Any]:
        """Parameters: everybody of today, those whose work this consultant does, and their regions."""
        theirs = [one for one in self.people if in_place_of(one, self.away) == consultant]
        regions = sorted({self.people[one].region for one in theirs} - {""})
        return {"people": list(self.people), "theirs": theirs, "regions": regions}

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
