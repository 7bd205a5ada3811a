"""The only writer of the counts behind the order of work: renewed every night, in its transaction."""

from __future__ import annotations

from datetime import date

from tijdig.cases.models import Chance
from tijdig.cases.queries_chances import history


def renew_chances(*, organisation_id: int, on: date) -> int:
    """Count the history anew; returns how many cases it has."""
    counts = history(on)
    Chance.objects.all().delete()
    Chance.objects.bulk_create(
        Chance(
            organisation_id=organisation_id,
            kind=one.kind,
            talked=one.talked,
            cases=one.cases,
            settled=one.settled,
        )
        for one in counts
    )
    return sum(one.cases for one in counts)
