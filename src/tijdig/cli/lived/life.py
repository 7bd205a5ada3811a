"""A made-up year from its first day to its last, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from tijdig.access.queries import colleagues
from tijdig.access.scope import organisation_scope
from tijdig.cli.lived.books import Books
from tijdig.cli.lived.day import live
from tijdig.cli.lived.desk import Desk
from tijdig.cli.lived.ground import FIRST, corporation_of, history, lease_ids, settle, sleepers
from tijdig.cli.lived.watch import Watch
from tijdig.policy.document import default_policy

_BASIS_POINTS = 10_000
_OVERDUE = "SELECT coalesce(sum(overdue_cents), 0)::bigint FROM cases_standing WHERE NOT departed"


@dataclass(slots=True)
class Year:
    """One year under way. `arrears` are what sitting tenants owe past its due day, in hundredths of a percent of the year's
    rent, after the first day and after the last that was lived."""

    homes: int
    days: int
    seed: int
    desk: Desk
    watch: Watch
    arrears: tuple[int, int] = (0, 0)

    def live(self) -> Iterator[date]:
        """Each day as it is over."""
        held = self.desk.books.held_days(self.desk.first, self.desk.last)
        for number in range(self.days):
            self.desk.on = self.desk.first + timedelta(days=number)
            live(self.desk, self.watch, held.get(self.desk.on))
            now = self._arrears()
            self.arrears = (self.arrears[0] if number else now, now)
            yield self.desk.on

    def _arrears(self) -> int:
        with organisation_scope(self.desk.organisation), connection.cursor() as cursor:
            cursor.execute(_OVERDUE)
            overdue = int(cursor.fetchone()[0])
        return overdue * _BASIS_POINTS // self.desk.books.corporation.annual_rent_cents

    def plain(self) -> dict[str, Any]:
        """What `tijdig year --json` prints."""
        start, end = self.arrears
        figures = dict(sorted(self.desk.figures.items()))
        return {
            "homes": self.homes,
            "days": self.days,
            "seed": self.seed,
            "figures": figures | {"arrears_pct_start": start / 100, "arrears_pct_end": end / 100},
            "refused": dict(sorted(self.desk.refusals.items())),
            "took_ms": {part: ns // 1_000_000 for part, ns in sorted(self.desk.took_ns.items())},
            "breaches": self.watch.breaches,
            "invariants": self.watch.plain(),
        }


def begin(homes: int, days: int, seed: int, *, proof_days: int = 1, slug: str = "jaar") -> Year:
    """A corporation in the database that is in use, with all that came before the first day."""
    last = FIRST + timedelta(days=days - 1)
    corporation = corporation_of(homes, last, seed)
    organisation = settle(corporation, slug)
    ids = lease_ids(organisation, corporation)
    books = Books(corporation, FIRST, sleepers(corporation))
    history(organisation, books, ids)
    people = sorted(colleagues(organisation), key=lambda one: (one.role != "team_lead", one.id))
    desk = Desk(
        organisation=organisation,
        seed=seed,
        books=books,
        ids=ids,
        people=people,
        policy=default_policy(),
        first=FIRST,
        last=last,
        on=FIRST,
    )
    return Year(homes, days, seed, desk, Watch(organisation, FIRST, proof_days))
