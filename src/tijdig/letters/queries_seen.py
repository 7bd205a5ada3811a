"""What is known of tenancies in the last moment before their messages go (`holds`), for many at once."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from tijdig.ledger.kinds import Role
from tijdig.letters.holds import Seen
from tijdig.letters.letter import Kind

# Money that came in since the letter was made (a reversal counts against it), and what is probably this tenancy's.
_QUERY = """
SELECT s.id, l.kind,
       coalesce((SELECT -sum(e.amount_cents) FROM ledger_entry e
                  WHERE e.tenancy_id = l.tenancy_id AND e.recorded_at > l.made_at AND e.role = ANY(%(money)s)), 0),
       coalesce((SELECT sum(w.amount_cents) FROM ledger_waiting w WHERE w.tenancy_id = l.tenancy_id), 0),
       (SELECT max(k.paid_on) FROM letters_link k WHERE k.tenancy_id = l.tenancy_id AND k.state = 'paid'),
       EXISTS (SELECT 1 FROM tenancies_party p JOIN tenancies_person n ON n.id = p.person_id
                WHERE p.tenancy_id = l.tenancy_id AND p.role IN ('HUU', 'MDH') AND n.died_on IS NOT NULL)
  FROM letters_sending s JOIN letters_letter l ON l.id = s.letter_id
 WHERE s.id = ANY(%(ids)s)
"""


def seen(sending_ids: Sequence[int]) -> dict[int, Seen]:
    """By sending, what would hold it back."""
    money = [int(role) for role in (Role.CREDIT, Role.UNDO)]
    with connection.cursor() as cursor:
        cursor.execute(_QUERY, {"ids": list(sending_ids), "money": money})
        return {
            row[0]: Seen(Kind(row[1]), int(row[2]), int(row[3]), link_paid_on=row[4], died=row[5])
            for row in cursor.fetchall()
        }
