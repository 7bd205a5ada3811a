"""What became of earlier alerts, by kind of case, with a talk and without: the counts behind `expected`."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from django.db import connection

from tijdig.cases.ended import settled_codes
from tijdig.cases.expected import KINDS, LOOK_DAYS, SETTLE_DAYS, Count, Whole, changes, counted, kinds
from tijdig.cases.models import Chance
from tijdig.cases.queries_policy import places
from tijdig.contacts.talk import HOUSEHOLD, SPOKEN
from tijdig.policy.words import Feature

_HISTORY_DAYS = 400
_HISTORY = """
SELECT d.saw,
       EXISTS (SELECT 1 FROM contacts_contact c WHERE c.tenancy_id = a.tenancy_id AND c.reached = 'talked'
                  AND c.channel = ANY(%(spoken)s) AND c.who = ANY(%(household)s)
                  AND c.effective_on BETWEEN a.raised_on AND a.raised_on + %(look)s
                  AND NOT EXISTS (SELECT 1 FROM contacts_withdrawal w WHERE w.contact_id = c.id)),
       a.cured_on IS NOT NULL AND a.cured_on <= a.raised_on + %(settle)s AND a.ended_by = ANY(%(settled)s)
  FROM cases_alert a
  JOIN LATERAL (SELECT saw FROM cases_decision x WHERE x.tenancy_id = a.tenancy_id AND x.as_of <= a.raised_on
                 ORDER BY x.id DESC LIMIT 1) d ON true
 WHERE a.raised_on BETWEEN %(first)s AND %(last)s
   AND (a.cured_on IS NULL OR a.cured_on > a.raised_on + %(look)s)
"""


def history(on: date) -> list[Count]:
    """The counts of the alerts of a year and a month, as far as their outcome is known on the day."""
    with connection.cursor() as cursor:
        cursor.execute(
            _HISTORY,
            {
                "first": on - timedelta(days=_HISTORY_DAYS),
                "last": on - timedelta(days=LOOK_DAYS + SETTLE_DAYS),
                "look": LOOK_DAYS,
                "settle": LOOK_DAYS + SETTLE_DAYS,
                "settled": settled_codes(places()),
                "spoken": [word.value for word in SPOKEN],
                "household": [word.value for word in HOUSEHOLD],
            },
        )
        rows = cursor.fetchall()
    if not rows:
        return []
    saw = np.full((len(rows), len(Feature)), -1, np.int64)
    for place, row in enumerate(rows):
        saw[place, : len(row[0])] = row[0]
    return counted(
        (kind, talked, settled) for kind, (_, talked, settled) in zip(kinds(saw).tolist(), rows, strict=True)
    )


def worth_of(features: Whole) -> Whole:
    """What a contact is expected to change for each row of features, in per mille, by the counts of the last night."""
    known = [
        Count(row.kind, row.talked, row.cases, row.settled) for row in Chance.objects.filter(kind__lt=KINDS)
    ]
    if not known:
        return np.zeros(len(features), np.int64)
    return changes(known)[kinds(features)]
