"""What the engine decided and why, the alerts that it raised and ended, and what a person took on: for the time line.

The reasons are worked out anew from what the policy saw, by the policy of that version. Where that version is not at hand,
or what it looks at was not written down, the decision stands without its reasons: they are not guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from django.db import connection

from tijdig.arrears.evaluate import Decisions
from tijdig.arrears.explain import Explanation, explain, why
from tijdig.arrears.imputation import Positions, positions
from tijdig.arrears.next_step import next_steps
from tijdig.arrears.portfolio import build
from tijdig.arrears.position import UNKNOWN
from tijdig.base.days import amsterdam_day, day_number
from tijdig.cases.queries_claim import WHY_TAKEN_ON
from tijdig.cases.queries_facts import Decided, Facts
from tijdig.cases.queries_policy import places, table_of
from tijdig.cases.time_line import Behind, Kind, Target, TimeLineItem, moment_on
from tijdig.cases.values import RuleSeen
from tijdig.cases.wording import CAUSES, alert_sentence, ended_label, would_stop
from tijdig.law.answer import short_day
from tijdig.policy.document import Step
from tijdig.policy.table import Table
from tijdig.policy.words import Feature


@dataclass(frozen=True, slots=True)
class Reasons:
    """The rules that were considered, in their order, and what would have stopped the alert."""

    policy_version: str
    rules: tuple[RuleSeen, ...]
    would_stop: str
    instead_of: str = ""  # the step of the way of working, where a person changed it

    @property
    def passed_over(self) -> tuple[RuleSeen, ...]:
        """The rules that did not fit."""
        return self.rules[:-1]

    @property
    def applied(self) -> RuleSeen:
        """The one that did."""
        return self.rules[-1]


def decisions(facts: Facts) -> Iterator[TimeLineItem]:
    """Each time another step applied, with its reason as it was then."""
    for one in facts.decisions:
        way = facts.ways[one.policy_version]
        step = _step(one, way)
        yield TimeLineItem(
            kind=Kind.DECISION,
            on=one.on,
            at=moment_on(one.on, one.at),
            title=f"Besluit: {step.label if step else one.rule}",
            sentence=_why(one, step, way),
            actor=one.actor,
            target=Target(Behind.DECISION, one.id),
            about=one.policy_version,
            seq=one.id,
        )


def _step(one: Decided, way: Table | None) -> Step | None:
    return next((step for step in way.policy.steps if step.code == one.rule), None) if way else None


def _why(one: Decided, step: Step | None, way: Table | None) -> str:
    by = f"Uiterlijk {short_day(one.step_due_on)}." if one.alert else ""
    if step is None or way is None or not _is_whole(one, way):
        return f"Genomen met beleid {one.policy_version}. {by}".strip()
    return f"{why(step, _row(one), day_number(one.on))} {by}".strip()


def _is_whole(one: Decided, way: Table) -> bool:
    """Was all that this way of working looks at written down?"""
    return all(condition.feature < len(one.saw) for step in way.policy.steps for condition in step.conditions)


def _row(one: Decided) -> npt.NDArray[np.int64]:
    """What it saw; what could not be looked at yet in those days is unknown."""
    row = np.full(len(Feature), UNKNOWN, np.int64)
    row[: len(one.saw)] = one.saw
    return row


def reasons_of(one: Decided) -> Reasons | None:
    """Why it was decided, by a walk along all rules; None where that cannot be told any more."""
    way = table_of(one.policy_version)
    if way is None or _step(one, way) is None or not _is_whole(one, way):
        return None
    told = _explained(one, way)
    return _reasons(one, told) if one.ruling_id or told.considered[-1].code == one.rule else None


def _explained(one: Decided, way: Table) -> Explanation:
    """The same interpreter over what it saw; what a person changed is taken from what was stored."""
    seen, day = _row(one)[np.newaxis], day_number(one.on)
    found = next_steps(seen, way, day)
    told = found._replace(
        rule=np.array([way.codes.index(one.rule)], np.int16), ruling=np.array([one.ruling_id or 0], np.int64)
    )
    decided = Decisions(day, np.zeros(1, np.int64), _nowhere(), seen, *told, way.codes)
    return explain(decided, 0, way.policy)


@cache
def _nowhere() -> Positions:
    """An explanation reads what the policy saw, not where the account stood."""
    nothing = np.zeros(0, np.int64)
    return positions(build(*[nothing] * 7), 0)


def _reasons(one: Decided, told: Explanation) -> Reasons:
    rules = tuple(
        RuleSeen(rule.code, rule.label, rule.applies, " ".join(check.sentence for check in rule.checks))
        for rule in told.considered
    )
    stops = would_stop(one.saw[Feature.OVERDUE_CENTS]) if one.alert else ""
    return Reasons(one.policy_version, rules, stops, told.instead_of)


def alerts(facts: Facts) -> Iterator[TimeLineItem]:
    """Each alert as it was last renewed, and how it ended."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT id, cause, raised_on, raised_at, since_on, overdue_cents, due_months, entries->0,
                      cured_on, cured_at, ended_by
                 FROM cases_alert WHERE tenancy_id = %(id)s AND raised_on <= %(as_of)s
                  AND (%(known_at)s::timestamptz IS NULL OR raised_at <= %(known_at)s) ORDER BY id""",
            {"id": facts.tenancy_id, "as_of": facts.as_of, "known_at": facts.known_at},
        )
        rows = cursor.fetchall()
    for pk, cause, on, at, since, cents, months, entry, cured_on, cured_at, ended_by in rows:
        yield TimeLineItem(
            kind=Kind.ALERT,
            on=on,
            at=moment_on(on, at),
            title=f"Melding: {CAUSES[cause].lower()}",
            sentence=alert_sentence(cause, since, months, None),
            cents=cents,
            target=Target(Behind.ENTRY, int(entry)) if entry else None,
            seq=pk,
        )
        if cured_on is not None and facts.was(cured_on, cured_at):
            yield TimeLineItem(
                kind=Kind.ALERT_ENDED,
                on=cured_on,
                at=moment_on(cured_on, cured_at),
                title=f"Melding voorbij: {ended_label(ended_by, places()).lower()}",
                sentence=alert_sentence(cause, since, months, cured_on, ended_by, places()),
                seq=pk,
            )


def acceptances(facts: Facts) -> Iterator[TimeLineItem]:
    """What was not sure in a claim and somebody took on by name."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT a.id, a.as_of, a.made_at, a.made_by, a.name, {WHY_TAKEN_ON}, a.total_cents
                  FROM cases_acceptance a WHERE a.tenancy_id = %s""",
            [facts.tenancy_id],
        )
        rows = cursor.fetchall()
    for pk, as_of, at, actor, name, reason, cents in rows:
        if facts.was(on := amsterdam_day(at), at):
            yield TimeLineItem(
                kind=Kind.ACCEPTANCE,
                on=on,
                at=at,
                title="Vordering op eigen naam overgenomen",
                sentence=f"{name}: {reason}" if reason else name,
                actor=actor,
                cents=cents,
                target=Target(Behind.CLAIM, facts.tenancy_id, as_of),
                seq=pk,
            )
