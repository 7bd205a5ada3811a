"""What a person should see first today: what changed since the last look, what was promised for today, and which terms near.

Of the tenancies that are this person's; of all where no person is named. Each thing is one line with its sentence and
where it leads. Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from tijdig.base.money import euro
from tijdig.cases.deadlines import Guarded, State
from tijdig.cases.queries_deadlines import deadlines
from tijdig.cases.wording import CAUSES, alert_sentence, ended_label
from tijdig.contacts.queries_replies import unanswered_by_tenancy
from tijdig.rulings.queries import ended_between
from tijdig.tenancies.queries import cards

Whose = Callable[[Collection[int]], set[int]]
_MOST = 24
FIRST_MISSED, FIRST_NEWS = 6, 8  # are seen at once; the others are folded


@dataclass(frozen=True, slots=True)
class News:
    """One thing. `kind`: broken, alert, cure, reply, promise, ended. `urgent` is something that waits for this person."""

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
    missed: list[tuple[Guarded, str]]
    missed_in_all: int
    mine: frozenset[int]  # of all that was looked at, those of the person

    @property
    def more_missed(self) -> int:
        """Beside the first few."""
        return self.missed_in_all - FIRST_MISSED

    @property
    def more_news(self) -> int:
        return sum(self.counts.values()) - FIRST_NEWS


def today_of(whose: Whose | None, since: datetime, on: date) -> Today:
    """What there is for the tenancies of one person (`whose` says which of some these are); of everybody's where nobody is
    named."""
    few = [*_replies(on), *_promises(on), *_ended(on)]
    mine = None if whose is None else whose([one.tenancy_id for one in few])
    few = [one for one in few if mine is None or one.tenancy_id in mine]
    alerts, counts = _alerts(since, mine)
    found = [*alerts, *few]
    for one in few:
        counts[one.kind] = counts.get(one.kind, 0) + 1
    terms = deadlines(on, None if mine is None else sorted(mine))
    shown = sorted(found, key=lambda one: (not one.urgent, _turn(one.kind)))[:_MOST]
    ids = {one.tenancy_id for one in shown} | {one.tenancy_id for one in terms[:_MOST]}
    known = cards(sorted(ids))
    names = {pk: card.name or card.contract_number for pk, card in known.items()}
    named = [
        News(
            one.kind,
            one.tenancy_id,
            one.title,
            one.sentence,
            one.at,
            one.urgent,
            names.get(one.tenancy_id, ""),
        )
        for one in shown
    ]
    told = [(one, names.get(one.tenancy_id, "")) for one in terms[:_MOST]]
    return Today(
        counts,
        named,
        [one for one in told if one[0].state is State.NEAR],
        [one for one in told if one[0].state is State.MISSED],
        sum(1 for one in terms if one.state is State.MISSED),
        frozenset(mine or ()),
    )


def _turn(kind: str) -> int:
    return ("broken", "reply", "promise", "ended", "alert", "cure").index(kind)


_SINCE = """
SELECT * FROM (
    SELECT k.kind, count(*) OVER of_kind, row_number() OVER (of_kind ORDER BY greatest(raised_at, cured_at) DESC, id DESC)
               AS place,
           tenancy_id, cause, since_on, overdue_cents, due_months, raised_at, cured_on, cured_at, ended_by
      FROM cases_alert CROSS JOIN LATERAL (
           SELECT CASE WHEN cured_on IS NOT NULL THEN 'cure'
                       WHEN cause IN ('arrangement', 'promise') THEN 'broken' ELSE 'alert' END AS kind) k
     WHERE greatest(raised_at, cured_at) > %s AND (%s::integer[] IS NULL OR tenancy_id = ANY(%s))
    WINDOW of_kind AS (PARTITION BY k.kind)) of_each
 WHERE place <= %s ORDER BY kind, place
"""


def _alerts(since: datetime, mine: Collection[int] | None) -> tuple[list[News], dict[str, int]]:
    """The latest of each kind, and how many there were of each."""
    with connection.cursor() as cursor:
        cursor.execute(_SINCE, [since, *[None if mine is None else sorted(mine)] * 2, _MOST])
        rows = cursor.fetchall()
    return [_alert(kind, *told) for kind, _, _, *told in rows], {kind: many for kind, many, *_ in rows}


def _alert(
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
    sentence = alert_sentence(cause, since, months, cured_on, ended_by)
    if kind == "cure":
        return News(kind, tenancy, ended_label(ended_by), sentence, cured_at, urgent=False)
    told = f"{sentence} {euro(cents)}."
    return News(kind, tenancy, CAUSES[cause], told, raised_at, urgent=kind == "broken")


def _replies(on: date) -> list[News]:
    return [
        News("reply", tenancy, "Antwoord", "De huurder schreef terug.", received_at, urgent=True)
        for tenancy, received_at in unanswered_by_tenancy(on)
    ]


def _promises(on: date) -> list[News]:
    """What was promised for today or yesterday; the bank of today comes in later."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT p.tenancy_id, p.amount_cents, p.due_on FROM contacts_promise p
                WHERE p.due_on BETWEEN %s AND %s
                  AND NOT EXISTS (SELECT 1 FROM contacts_withdrawal w WHERE w.contact_id = p.contact_id)
                ORDER BY p.due_on, p.tenancy_id""",
            [on - timedelta(days=1), on],
        )
        return [
            News(
                "promise",
                tenancy,
                "Toezegging",
                f"{euro(cents)} beloofd voor {due:%d-%m-%Y}.",
                None,
                urgent=True,
            )
            for tenancy, cents, due in cursor.fetchall()
        ]


def _ended(on: date) -> list[News]:
    """What a person decided and what ended by itself, or was ended, since yesterday: the uniform way goes on again."""
    return [
        News(
            "ended",
            one.tenancy_id,
            "Afwijking voorbij",
            f"Gold tot en met {one.until_on:%d-%m-%Y}: {one.reason}",
            None,
            True,
        )
        for one in ended_between(on, on)
    ]
