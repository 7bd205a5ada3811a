"""When everything of a tenancy was last paid: what was said, sent or decided before that day was about another debt.

A collection that is taken back opens an instalment with its old due day; no talk and no letter of before was about that.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

from tijdig.base.arrays import literal
from tijdig.cases.ended import settled_codes
from tijdig.cases.queries_policy import places

# By tenancy, the last day on which its case closed because nothing was overdue any more.
SETTLED = """
SELECT c.tenancy_id, max(c.closed_on) AS "on" FROM cases_case c
 WHERE c.closed_on <= %(as_of)s AND c.closed_by = ANY(%(settled)s)
   AND (%(ids)s::integer[] IS NULL OR c.tenancy_id = ANY(%(ids)s::integer[]))
 GROUP BY c.tenancy_id
"""


def settled_named(as_of: date, ids: Sequence[int] | None) -> dict[str, Any]:
    """The parameters of `SETTLED`; of every tenancy where none are named."""
    return {
        "as_of": as_of,
        "ids": None if ids is None else literal("integer", ids),
        "settled": settled_codes(places()),
    }


def settled_on(as_of: date, ids: Sequence[int] | None) -> dict[int, date]:
    """That day by tenancy; who was never settled is left out."""
    with connection.cursor() as cursor:
        cursor.execute(SETTLED, settled_named(as_of, ids))
        return dict(cursor.fetchall())
