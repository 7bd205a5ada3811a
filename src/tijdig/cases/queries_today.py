"""What a person should see first today: what changed since the last look, what was promised for today, and which terms near.

Of the tenancies that are this person's; of all where no person is named. Each thing is one line with its sentence and
where it leads. Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import connection

from tijdig.base.arrays import literal
from tijdig.base.money import euro
from tijdig.cases.deadlines import Guarded, State
from tijdig.cases.ended import Places
from tijdig.cases.queries_deadlines import deadlines
from tijdig.cases.queries_policy import places
from tijdig.cases.queries_promises import waited_for
from tijdig.cases.wording import CAUSES, alert_sentence, ended_label
from tijdig.contacts.queries_replies import unanswered_by_tenancy
from tijdig.rulings.queries import ended_between, in_force
from tijdig.rulings.ruling import over_on, same_place
from tijdig.rulings.values import Ruling
from tijdig.tenancies.queries import cards

Whose = Callable[[Collection[int]], set[int]]
_MOST = 24
FIRST_MISSED, FIRST_NEWS = 6, 8  # are seen at once; the others are folded


@dataclass(frozen=True, slots=True)
class News:
    """One thing. `kind`: broken, returned, alert, cure, reply, promise, ended. `urgent` is what waits for this person."""

    kind: str
    tenancy_id: int
    title: str
    sentence: str
    at: datetime | None
    urgent: bool
    name: str = ""


@dataclass(frozen=True, slots=True)
class Today:
    """`counts` by kind of all there was since the last look, `news` the lines that are shown; terms beside their names."""

    counts: dict[str, int]
    news: list[News]
    near: list[tuple[Guarded, str]]
    near_in_all: int
    missed: list[tuple[Guarded, str]]
    missed_in_all: int
    mine: frozenset[int]  # of all that was looked at, those of the person

    @property
    def more_missed(self) -> int:
        """Beside the first few."""
        return self.missed_in_all - FIRST_MISSED

    @property
    def first_news(self) -> list[News]:
        return self.news[:FIRST_NEWS]

    @property
    def other_news(self) -> list[News]:
        """Folded behind the first."""
        return self.news[FIRST_NEWS:]

    @property
    def more_news(self) -> int:
        return sum(self.counts.values()) - FIRST_NEWS


def today_of(whose: Whose | None, since: datetime, on: date, also: Sequence[News] = ()) -> Today:
    """What there is for the tenancies of one person (`whose` says which of some these are); of everybody's where nobody is
    named. `also` is what a higher room has to tell."""
    few, promised = [*_replies(on), *_ended(on), *also], _promised(on)
    besides = [*(one.tenancy_id for one in few), *(one.tenancy_id for one in promised)]
    mine = None if whose is None else whose(besides)
    few = [one for one in few if mine is None or one.tenancy_id in mine]
    few += _to_come(promised, mine, on)
    alerts, counts = _alerts(since, mine)
    found = [*alerts, *few]
    for one in few:
        counts[one.kind] = counts.get(one.kind, 0) + 1
    terms = deadlines(on, None if mine is None else sorted(mine))
    near, missed = ([one for one in terms if one.state is state] for state in (State.NEAR, State.MISSED))
    shown = sorted(found, key=lambda one: (not one.urgent, _turn(one.kind)))[:_MOST]
    ids = {one.tenancy_id for one in shown} | {one.tenancy_id for one in [*near[:_MOST], *missed[:_MOST]]}
    known = cards(sorted(ids))
    names = {pk: card.name or card.contract_number for pk, card in known.items()}
    return Today(
        counts,
        [replace(one, name=names.get(one.tenancy_id, "")) for one in shown],
        [(one, names.get(one.tenancy_id, "")) for one in near[:_MOST]],
        len(near),
        [(one, names.get(one.tenancy_id, "")) for one in missed[:_MOST]],
        len(missed),
        frozenset(mine or ()),
    )


def _turn(kind: str) -> int:
    return ("broken", "returned", "reply", "promise", "ended", "alert", "cure").index(kind)


_SINCE = """
SELECT * FROM (
    SELECT k.kind, count(*) OVER of_kind, row_number() OVER (of_kind ORDER BY greatest(raised_at, cured_at) DESC, id DESC)
               AS place,
           tenancy_id, cause, since_on, overdue_cents, due_months, raised_at, cured_on, cured_at, ended_by
      FROM cases_alert CROSS JOIN LATERAL (
           SELECT CASE WHEN cured_on IS NOT NULL THEN 'cure'
                       WHEN cause IN ('arrangement', 'promise') THEN 'broken' ELSE 'alert' END AS kind) k
     WHERE greatest(raised_at, cured_at) > %s AND (%s::integer[] IS NULL OR tenancy_id = ANY(%s::integer[]))
    WINDOW of_kind AS (PARTITION BY k.kind)) of_each
 WHERE place <= %s ORDER BY kind, place
"""


def _alerts(since: datetime, mine: Collection[int] | None) -> tuple[list[News], dict[str, int]]:
    """The latest of each kind, and how many there were of each."""
    with connection.cursor() as cursor:
        named = None if mine is None else literal("integer", sorted(mine))
        cursor.execute(_SINCE, [since, named, named, _MOST])
        rows = cursor.fetchall()
    stands = places()
    return [_alert(stands, kind, *told) for kind, _, _, *told in rows], {
        kind: many for kind, many, *_ in rows
    }


def _alert(
    stands: Places,
    kind: str,
    tenancy: int,
    cause: str,
    since: date,
    cents: int,
    months: int,
    raised_at: datetime,
    cured_on: date | None,
    cured_at: datetime | None,
    ended_by: str,
) -> News:
    sentence = alert_sentence(cause, since, months, cured_on, ended_by, stands)
    if kind == "cure":
        return News(kind, tenancy, ended_label(ended_by, stands), sentence, cured_at, urgent=False)
    told = f"{sentence} {euro(cents)}."
    return News(kind, tenancy, CAUSES[cause], told, raised_at, urgent=kind == "broken")


def _replies(on: date) -> list[News]:
    return [
        News("reply", tenancy, "Antwoord", "De huurder schreef terug.", received_at, urgent=True)
        for tenancy, received_at in unanswered_by_tenancy(on)
    ]


@dataclass(frozen=True, slots=True)
class _Promised:
    contact_id: int
    tenancy_id: int
    cents: int
    due_on: date


def _promised(on: date) -> list[_Promised]:
    """What was promised for today or yesterday; the bank of today comes in later."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT p.contact_id, p.tenancy_id, p.amount_cents, p.due_on FROM contacts_promise p
                WHERE p.due_on BETWEEN %s AND %s
                  AND NOT EXISTS (SELECT 1 FROM contacts_withdrawal w WHERE w.contact_id = p.contact_id)
                ORDER BY p.due_on, p.tenancy_id""",
            [on - timedelta(days=1), on],
        )
        return [_Promised(*row) for row in cursor.fetchall()]


def _to_come(promised: list[_Promised], mine: Collection[int] | None, on: date) -> list[News]:
    """Of these what is still to come; the money is looked up of this person's alone."""
    theirs = [one for one in promised if mine is None or one.tenancy_id in mine]
    waited = waited_for(sorted({one.tenancy_id for one in theirs}), as_of=on) if theirs else set()
    return [
        News(
            "promise",
            one.tenancy_id,
            "Toezegging",
            f"{euro(one.cents)} beloofd voor {one.due_on:%d-%m-%Y}.",
            None,
            urgent=True,
        )
        for one in theirs
        if one.contact_id in waited
    ]


def _ended(on: date) -> list[News]:
    """What a person decided and what ended by itself, or was ended, since yesterday: the uniform way goes on again."""
    return [
        News(
            "ended",
            one.tenancy_id,
            "Afwijking voorbij",
            f"Gold tot en met {over_on(one) - timedelta(days=1):%d-%m-%Y}: {one.reason}",
            None,
            True,
        )
        for one in _gone(on)
    ]


def _gone(on: date) -> list[Ruling]:
    """Not what another one replaced, and not what was undone on its own day: that never held."""
    held = [one for one in ended_between(on, on) if one.from_on < over_on(one)]
    holding = in_force(on, sorted({one.tenancy_id for one in held})) if held else []
    return [
        one
        for one in held
        if not any(new.tenancy_id == one.tenancy_id and same_place(new, one) for new in holding)
    ]
