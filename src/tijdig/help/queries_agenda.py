"""What waits for somebody in the room of help, in the scope of one organisation: referrals of which we ask how it goes."""

from __future__ import annotations

from datetime import date

from django.db import connection

from tijdig.help.agenda import Due
from tijdig.help.queries_referral import referrals_named
from tijdig.help.queries_traffic import WAITS, due_of

_DUE = """
SELECT r.id FROM help_referral r
  LEFT JOIN LATERAL (SELECT b.result, b.follow_up_on FROM help_referralanswer b WHERE b.referral_id = r.id
                      ORDER BY b.id DESC LIMIT 1) a ON true
 WHERE (a.result IS NULL OR a.follow_up_on IS NOT NULL) AND coalesce(a.follow_up_on, r.follow_up_on) <= %s
"""


def agenda(on: date) -> list[Due]:
    """Everything that is due by a day, the oldest first; one question where nothing is."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ARRAY({_DUE}), {WAITS}", [on])
        referrals, open_ids, fetched = cursor.fetchone()
    asked = [
        Due(
            "referral",
            one.tenancy_id,
            one.ask_on,
            f"Vraag hoe het gaat met {one.helper.name}.",
            "help",
            (one.tenancy_id,),
        )
        for one in referrals_named(referrals)
        if one.ask_on is not None
    ]
    return sorted([*asked, *due_of(open_ids, fetched, on)], key=lambda one: one.due_on)
