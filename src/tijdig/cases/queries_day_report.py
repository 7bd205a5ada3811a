"""A person's own day in figures: talks, who was sought and not reached, what was agreed, and who of theirs paid up.

Counts what this person wrote down with this day as its day; what was taken back counts for nothing. Settled are alerts of
the tenancies in `mine` that ended that day because nothing is overdue any more, whoever brought that about.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from tijdig.base.arrays import literal
from tijdig.cases.ended import settled_codes
from tijdig.cases.queries_policy import places


@dataclass(frozen=True, slots=True)
class DayReport:
    talks: int
    not_reached: int
    promises: int
    arrangements: int
    decisions: int
    settled: int

    @property
    def anything(self) -> bool:
        return any(
            (self.talks, self.not_reached, self.promises, self.arrangements, self.decisions, self.settled)
        )


def day_report(actor: str, mine: Collection[int], on: date) -> DayReport:
    """The figures of one person on one day."""
    settled = settled_codes(places())
    named: dict[str, Any] = {
        "actor": actor,
        "on": on,
        "mine": literal("integer", sorted(mine)),
        "settled": settled,
    }
    with connection.cursor() as cursor:
        cursor.execute(
            """WITH own AS (SELECT c.* FROM contacts_contact c WHERE c.actor = %(actor)s AND c.effective_on = %(on)s
                               AND NOT EXISTS (SELECT 1 FROM contacts_withdrawal w WHERE w.contact_id = c.id))
               SELECT (SELECT count(*) FROM own WHERE reached = 'talked'),
                      (SELECT count(*) FROM own WHERE direction = 'out' AND reached <> 'talked'
                          AND channel IN ('phone', 'video', 'visit')),
                      (SELECT count(*) FROM own JOIN contacts_promise p ON p.contact_id = own.id),
                      (SELECT count(*) FROM arrangements_arrangement WHERE made_by = %(actor)s AND agreed_on = %(on)s),
                      (SELECT count(*) FROM rulings_ruling WHERE actor = %(actor)s AND from_on = %(on)s),
                      (SELECT count(*) FROM cases_alert WHERE cured_on = %(on)s AND ended_by = ANY(%(settled)s)
                          AND tenancy_id = ANY(%(mine)s::integer[]))""",
            named,
        )
        return DayReport(*(int(one) for one in cursor.fetchone()))
