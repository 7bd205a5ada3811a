"""One case on one screen, with all that a group needs to decide it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from tijdig.arrangements.kinds import END_LABEL, KEPT_LABEL, STATE_LABEL
from tijdig.arrangements.queries import arrangements_of, watched
from tijdig.arrangements.values import Arrangement
from tijdig.arrangements.watch import Watched
from tijdig.cases.queries import tenancy_file
from tijdig.conferences.agenda import Item
from tijdig.conferences.queries import outcomes_of
from tijdig.letters.queries import letters_of
from tijdig.tenancies.queries_flags import flags_of
from tijdig.web.chart import chart
from tijdig.web.conference_lines import line
from tijdig.web.contact_lines import lines
from tijdig.web.objection_lines import open_lines
from tijdig.web.ruling_lines import holding
from tijdig.web.views_flags import words_of

_MOST = 4  # of each kind: the rest is on the page of the tenant


def case(item: Item, *, here: int, labels: Mapping[str, str], on: date, now: datetime) -> dict[str, Any]:
    """The context of the case in the conference `here`: the file, what was said, agreed, sent and decided before.

    `labels` are the names of the steps.
    """
    pk = item.tenancy_id
    file = tenancy_file(pk, as_of=on)
    assert file is not None, "a case is of a tenancy of this corporation"
    return {
        "item": item,
        "file": file,
        "chart_svg": chart(file.chart),
        "flags": words_of(flags_of(pk, on), on),
        "objections": open_lines(pk, on=on),
        "rulings": holding(pk, on=on),
        "contacts": lines(pk, on=on, now=now, actor="", most=_MOST, withdrawn=False),
        "letters": letters_of(pk, on)[:_MOST],
        "arrangements": _arrangements(pk, on),
        "earlier": [
            line(one, labels)
            for one in outcomes_of(pk, on)
            if (one.item_id, one.conference_id) != (item.id, here)
        ],
        "overdue_items": [one for one in file.open_items if one.overdue],
    }


def _arrangements(pk: int, on: date) -> list[tuple[Arrangement, str]]:
    """The latest, each with where it stands in Dutch."""
    made = arrangements_of([pk])[:_MOST]
    stands = watched([one for one in made if one.runs], on)
    return [(one, ", ".join(_stands(one, stands))) for one in made]


def _stands(one: Arrangement, stands: dict[int, Watched]) -> list[str]:
    words = [STATE_LABEL[one.state]]
    if one.end_reason:
        words.append(END_LABEL[one.end_reason])
    if one.id in stands:
        words.append(KEPT_LABEL[stands[one.id].kept])
    return words
