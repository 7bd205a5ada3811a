"""What waits for somebody in the room of help, in the scope of one organisation: referrals of which we ask how it goes."""

from __future__ import annotations

from datetime import date

from django.db import connection

from tijdig.help.agenda import Due
from tijdig.help.queries_traffic import due as traffic_due

_ASK = """
SELECT r.tenancy_id, h.name, coalesce(a.follow_up_on, r.follow_up_on) AS ask_on
  FROM help_referral r JOIN help_helper h ON h.id = r.helper_id
  LEFT JOIN LATERAL (SELECT b.result, b.follow_up_on FROM help_referralanswer b WHERE b.referral_id = r.id
                      ORDER BY b.id DESC LIMIT 1) a ON true
 WHERE (a.result IS NULL OR a.follow_up_on IS NOT NULL) AND coalesce(a.follow_up_on, r.follow_up_on) <= %s
 ORDER BY ask_on, r.id
"""


def agenda(on: date) -> list[Due]:
    """Everything that is due by a day, the oldest first."""
    return sorted([*_referrals(on), *traffic_due(on)], key=lambda one: one.due_on)


def _referrals(on: date) -> list[Due]:
    with connection.cursor() as cursor:
        cursor.execute(_ASK, [on])
        return [
            Due("referral", tenancy, ask_on, f"Vraag hoe het gaat met {name}.", "help", (tenancy,))
            for tenancy, name, ask_on in cursor.fetchall()
        ]
