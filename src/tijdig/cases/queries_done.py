"""What was done towards tenants, as columns in the order of a portfolio: letters and messages, the early signal, the
hand-over.

For many tenancies in one query over `steps`. A letter that came back and a signal that was refused count for
nothing. Nor does what was done before everything was paid: a collection that is taken back opens an instalment with its
old due day, and no letter of before asked for it. What is looked at lies in the last 400 days, but a hand-over, which
lasts until the file comes back.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta

import numpy as np

from tijdig.arrears.done import Done, nothing_done
from tijdig.arrears.imputation import NONE
from tijdig.cases.queries_columns import Whole, copied
from tijdig.cases.queries_settled import SETTLED, settled_named
from tijdig.steps.kinds import Kind

_SEEN_DAYS = 400
_MESSAGES = ("friendly_reminder",)
_REMINDERS = ("reminder", "early_signal", "fourteen_day")  # each is a written reminder too
_QUERY = f"""
SELECT s.tenancy_id,
       coalesce(max(day) FILTER (WHERE letter = ANY(%(messages)s)), %(none)s),
       coalesce(max(day) FILTER (WHERE letter = ANY(%(reminders)s)), %(none)s),
       coalesce(max(day) FILTER (WHERE letter = 'fourteen_day'), %(none)s),
       coalesce((max(day * 100000::bigint + ends) FILTER (WHERE letter = 'fourteen_day') %% 100000)::integer, %(none)s),
       coalesce(max(day) FILTER (WHERE letter = 'early_signal'), %(none)s),
       coalesce(max(day) FILTER (WHERE kind = %(objected)s), %(none)s),
       coalesce(max(day) FILTER (WHERE kind = %(signal)s), %(none)s),
       coalesce(max(day) FILTER (WHERE kind = %(answered)s), %(none)s),
       coalesce(max(day) FILTER (WHERE kind = %(over)s), %(none)s),
       coalesce(max(day) FILTER (WHERE kind = %(back)s), %(none)s)
  FROM (SELECT t.tenancy_id, t.kind, t.effective_on - date '1970-01-01' AS day,
               CASE WHEN t.kind = %(letter)s THEN t.facts ->> 'letter_kind' END AS letter,
               coalesce(nullif(t.facts ->> 'fee_from_on', '')::date - date '1970-01-01', 0) AS ends
          FROM steps_step t LEFT JOIN ({SETTLED}) settled ON settled.tenancy_id = t.tenancy_id
         WHERE (settled."on" IS NULL OR t.effective_on > settled."on" OR t.kind = ANY(%(lasting)s))
           AND t.effective_on <= %(as_of)s AND t.kind = ANY(%(kinds)s)
           AND (t.effective_on > %(since)s OR t.kind = ANY(%(lasting)s))
           AND (%(ids)s::integer[] IS NULL OR t.tenancy_id = ANY(%(ids)s::integer[]))
           AND NOT EXISTS (SELECT 1 FROM steps_step b WHERE b.subject = t.subject AND b.effective_on <= %(as_of)s
                              AND (t.kind = %(letter)s AND b.kind = %(bounced)s
                                   OR t.kind = %(signal)s AND b.kind = %(refused)s))) s
 GROUP BY s.tenancy_id
"""
_LASTING = (Kind.HANDED_OVER, Kind.HANDED_BACK)
_KINDS = (Kind.LETTER_SENT, Kind.SIGNAL_OBJECTED, Kind.SIGNAL_SENT, Kind.SIGNAL_ANSWERED, *_LASTING)


def done(as_of: date, tenancies: Whole, *, narrow: bool = True) -> Done:
    """The columns for these tenancies, sorted by id. `narrow=False` when they are all there are."""
    named = settled_named(as_of, tenancies.tolist() if narrow else None) | {
        "since": as_of - timedelta(days=_SEEN_DAYS),
        "none": NONE,
        "messages": list(_MESSAGES),
        "reminders": list(_REMINDERS),
        "kinds": [kind.value for kind in _KINDS],
        "lasting": [kind.value for kind in _LASTING],
        "letter": Kind.LETTER_SENT.value,
        "bounced": Kind.LETTER_BOUNCED.value,
        "objected": Kind.SIGNAL_OBJECTED.value,
        "signal": Kind.SIGNAL_SENT.value,
        "refused": Kind.SIGNAL_REFUSED.value,
        "answered": Kind.SIGNAL_ANSWERED.value,
        "over": Kind.HANDED_OVER.value,
        "back": Kind.HANDED_BACK.value,
    }
    found = copied(_QUERY, named, ("int4",) * 11)
    columns = {field.name: getattr(nothing_done(len(tenancies)), field.name) for field in fields(Done)}
    at = np.searchsorted(tenancies, found[0])
    here = np.flatnonzero(np.isin(found[0], tenancies))
    for name, column in zip(columns, found[1:], strict=True):
        columns[name][at[here]] = column[here]
    ends = columns["fourteen_day_ends"]
    ends[ends == 0] = NONE
    return Done(**columns)
