"""The twelve months that the demo has lived: contacts, arrangements, letters and decisions with some of its tenants.

The bank files of those months are read month by month, and the days of a month are lived after its files: what the engine
sees of a day is what was true on that day. The consultants are those of `tijdig year`, by the same actions; they work the
tenants who fell behind longest, on the days on which there was something to do. The others are as a corporation has them on
its first day with the program: nothing was written down.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np
from django.db import connection

from tijdig.access.queries import colleagues
from tijdig.access.scope import organisation_scope
from tijdig.base.days import day_number, day_of
from tijdig.cases.actions import evaluate, lock
from tijdig.cases.actions_assign import assign_open
from tijdig.cli.demo import DAYS
from tijdig.cli.lived import outbox
from tijdig.cli.lived.books import Books
from tijdig.cli.lived.day import office
from tijdig.cli.lived.desk import Desk
from tijdig.cli.lived.foresight import foresight
from tijdig.cli.lived.ground import lease_ids
from tijdig.cli.lived.list import is_workday, work
from tijdig.cli.lived.tenants import agreed
from tijdig.lab.behaviour import DEBTORS, Behaviour
from tijdig.lab.population import Corporation
from tijdig.ledger.actions import post
from tijdig.policy.actions_versions import adopt_shipped
from tijdig.policy.document import default_policy

ACTOR = "system:demo"
_EVERY_DAYS = 6  # so often they are worked; what breaks in between has its alert on its own day
_RENT_MAY_BREAK = 5  # of the month: the rent of the 1st and the days of grace
_HOMES_EACH, _LEAST = 110, 8  # one lived tenancy on so many homes, and so many at least


def chosen(corporation: Corporation) -> frozenset[int]:
    """Whose year is lived: half of them who owe for long, half of them who came through."""
    own = corporation.leases.running & ~corporation.leases.parking
    many = max(_LEAST, len(corporation.stock.home_complex) // _HOMES_EACH)
    owing = np.flatnonzero(own & np.isin(corporation.kinds, [int(one) for one in DEBTORS]))
    through = np.flatnonzero(own & (corporation.kinds == int(Behaviour.TROUBLE)))
    return frozenset([*owing[: many // 2].tolist(), *through[: many - many // 2].tolist()])


def begin(organisation: int, corporation: Corporation, today: date) -> Desk:
    """The desk on the first day of the year, with the sums of all before it. Days that were lived before are passed over."""
    first = max(today - timedelta(days=DAYS), _lived_until(organisation) + timedelta(days=1))
    some = chosen(corporation)
    books = Books(corporation, first, only=some, ahead=foresight(corporation, some))
    for number in range(int(corporation.window.firsts[0]), day_number(first)):
        books.of(day_of(number))
        books.close()
    people = sorted(colleagues(organisation), key=lambda one: (one.role != "team_lead", one.id))
    return Desk(
        organisation=organisation,
        seed=corporation.seed,
        books=books,
        ids=lease_ids(organisation, corporation),
        people=people,
        policy=default_policy(),
        first=first,
        last=today - timedelta(days=1),
        on=first,
    )


def _lived_until(organisation: int) -> date:
    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(as_of), date '1970-01-01') FROM cases_decision")
        found: date = cursor.fetchone()[0]
        return found


def live(desk: Desk, until: date) -> Iterator[date]:
    """Every day up to and including this one, as it is over."""
    while desk.on <= min(until, desk.last):
        _day(desk)
        yield desk.on
        desk.on += timedelta(days=1)


def _day(desk: Desk) -> None:
    coming = desk.books.of(desk.on)
    behind = _behind(desk, [one.lease for one in coming])
    drafts = [one.draft for one in agreed(desk, coming)]
    if drafts:
        with organisation_scope(desk.organisation):
            posted = post(organisation_id=desk.organisation, drafts=drafts, actor=ACTOR, on=desk.on)
            assert not posted.problems, posted.problems[:3]
    works = is_workday(desk) and desk.on >= desk.worked_on + timedelta(days=_EVERY_DAYS)
    if behind and (works or desk.on in desk.breaks or desk.on.day == _RENT_MAY_BREAK):
        _evaluate(desk, behind)
    if behind and works:
        before, desk.worked_on = desk.figures.copy(), desk.on
        _work(desk)
        if desk.figures != before:
            _evaluate(desk, behind)
    desk.books.close()


def _behind(desk: Desk, moved: Sequence[int]) -> list[int]:
    """Whom the day may bring something: who owes something that is due, and to whom something happened."""
    some = desk.books.only or frozenset()
    return [desk.ids[one] for one in sorted(some) if desk.books.sums[one].overdue_cents or one in moved]


def _work(desk: Desk) -> None:
    assign_open(organisation_id=desk.organisation, on=desk.on, actor=ACTOR)
    outbox.automatic(desk, desk.moment(8))
    office(desk)
    work(desk)
    outbox.send(desk, desk.moment(19, 30))
    for _ in ("print", "hand over"):  # the next day that is lived may be a week away
        outbox.paper(desk, f"user:{desk.people[0].id}")


def _evaluate(desk: Desk, ids: list[int]) -> None:
    """These alone: the files marked everybody, and whom nobody works is looked at tonight."""
    with organisation_scope(desk.organisation):
        lock(desk.organisation, shared=True)
        adopt_shipped(organisation_id=desk.organisation, on=desk.on)
        evaluate(
            organisation_id=desk.organisation, ids=np.array(sorted(ids), np.int64), on=desk.on, by="fact"
        )
