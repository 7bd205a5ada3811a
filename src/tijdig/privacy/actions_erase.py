"""The only eraser: carries out the rules of keeping. The person goes, the money stays.

What ends with a tenancy goes one tenancy a transaction, what has a day of its own in parts of `_AT_ONCE` rows. What is due
and what holds it back is asked anew inside each, so that a run that was stopped goes on where it was and a second one finds
nothing. What went is counted, never copied. Entries, amounts and days are not touched; words of history go with their salt,
and the chain still verifies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection

from tijdig.access.scope import again, organisation_scope
from tijdig.history.actions import erase_reasons, erase_text, record, record_many
from tijdig.imports.actions_sweep import sweep
from tijdig.privacy.kinds import SINCE, SPOTS, Kind, Since, Spot
from tijdig.privacy.models import Erasure, Run
from tijdig.privacy.places import root_of, rows_of
from tijdig.privacy.queries_due import (
    ALL_DUE,
    beside,
    due_on,
    ended,
    event_ids,
    in_conversation,
    over,
    until,
    why_not,
    with_owner,
)
from tijdig.privacy.queries_report import model_of, subjects
from tijdig.privacy.queries_rules import rules_on
from tijdig.privacy.rules import Rule, Version
from tijdig.tenancies.actions import refresh_search
from tijdig.tenancies.actions_lock import lock_tenancy

_AT_ONCE = 2_000


@dataclass(slots=True)
class Erased:
    """What a run erased: rows by kind, and how many tenancies. `whole` is false where it was stopped."""

    version: int
    rows: Counter[Kind] = field(default_factory=Counter)
    of: set[int] = field(default_factory=set)
    whole: bool = True

    @property
    def tenancies(self) -> int:
        return len(self.of)


def run_retention(
    *, organisation_id: int, actor: str, on: date, go_on: Callable[[], bool] = lambda: True
) -> Erased | None:
    """Erase what is due on a day; None where nobody approved rules, and then nothing is erased."""
    with organisation_scope(organisation_id):
        version = rules_on(on)
        if version is None or not version.rules:
            return None
        due = due_on(on, version.rules)
    done = Erased(version.number)
    ending = [each for each in due if SINCE[each.rule.kind] is Since.TENANCY_END]
    for tenancy in sorted({one for each in ending for one in each.tenancies}):
        if not go_on():
            done.whole = False
            return done
        went = _one_tenancy(organisation_id, actor, version, tenancy, on)
        done.rows.update(went)
        done.of |= {tenancy} if went else set()
    for each in due:
        if (
            each not in ending
            and each.rows
            and not _by_day(organisation_id, actor, version, each.rule, on, done, go_on)
        ):
            done.whole = False
            return done
    sweep(organisation_id=organisation_id, now=datetime.now(UTC))
    _finished(organisation_id, actor, version, done, on)
    return done


def _by_day(
    organisation_id: int,
    actor: str,
    version: Version,
    rule: Rule,
    on: date,
    done: Erased,
    go_on: Callable[[], bool],
) -> bool:
    """Part after part of what has a day of its own; false where it was stopped."""
    for spot in SPOTS[rule.kind]:
        held: set[int] = set()
        while True:
            if not go_on():
                return False
            went = _part(organisation_id, actor, version, rule, spot, on, held)
            if went is None:
                break
            done.rows[rule.kind] += went.total()
            done.of |= {one for one in went if one is not None}
    return True


def done_today(*, organisation_id: int, on: date) -> bool:
    """Is there nothing to do any more on this day: no rules, or a run that came to its end?"""
    with organisation_scope(organisation_id):
        version = rules_on(on)
        return (
            version is None or not version.rules or Run.objects.filter(on=on, version_id=version.id).exists()
        )


@again
def _one_tenancy(
    organisation_id: int, actor: str, version: Version, tenancy_id: int, on: date
) -> Counter[Kind]:
    """All that is due of one tenancy, or nothing of it."""
    with organisation_scope(organisation_id):
        near = beside(tenancy_id)
        if not all(lock_tenancy(one) for one in sorted(near)):
            return Counter()
        held = why_not(near, on)
        if tenancy_id in held:
            return Counter()
        went: Counter[Kind] = Counter()
        _said("SET CONSTRAINTS ALL DEFERRED", {})  # what points at each other goes together
        for rule in version.rules:
            if rows := _of_rule(organisation_id, rule, tenancy_id, near, held, on):
                went[rule.kind] = rows
        if went:
            _told(organisation_id, actor, version, tenancy_id, went, on)
            refresh_search(near)
        return went


def _of_rule(
    organisation_id: int, rule: Rule, tenancy_id: int, near: Sequence[int], held: dict[int, str], on: date
) -> int:
    if SINCE[rule.kind] is not Since.TENANCY_END or not ended(rule.years, on, [tenancy_id]):
        return 0
    if rule.kind is Kind.PEOPLE:
        return _people(tenancy_id, [one for one in ended(rule.years, on, near) if one not in held], on)
    may = [tenancy_id]
    if rule.kind is Kind.DEBT_HELP:
        past = ended(rule.years, on, in_conversation(tenancy_id))
        kept = why_not(past, on)
        may = [one for one in past if one not in kept]
    rows = sum(_rows(spot, tenancy_id, may) for spot in SPOTS[rule.kind])
    if rule.kind in (Kind.NOTES, Kind.MESSAGES):
        rows += erase_text(organisation_id=organisation_id, event_ids=event_ids(rule.kind, tenancy_id))
    if rule.kind is Kind.NOTES:
        rows += erase_reasons(organisation_id=organisation_id, subjects=subjects([tenancy_id]))
    if rows and rule.kind is Kind.ACCOUNTS:
        marked = "UPDATE tenancies_tenancy SET accounts_erased_on = %(on)s WHERE id = %(id)s"
        _said(marked, {"on": on, "id": tenancy_id})
    return rows


def _people(tenancy_id: int, may: list[int], on: date) -> int:
    """The names of this tenancy's people of whom every tenancy may go; their numbers stay, without language or wishes."""
    given = {"id": tenancy_id, "may": may, "on": on}
    theirs = f"person_id IN (SELECT person_id FROM tenancies_party WHERE tenancy_id = %(id)s) AND person_id IN ({ALL_DUE})"
    rows = _said(f"DELETE FROM tenancies_persontext WHERE {theirs}", given)
    if rows:
        _said(
            f"""UPDATE tenancies_person
                   SET erased_on = %(on)s, language = '', letter_language = '', large_print = false, channel = '',
                       died_on = NULL
                 WHERE erased_on IS NULL AND id IN (SELECT person_id FROM tenancies_party WHERE {theirs})""",
            given,
        )
    return rows


def _rows(spot: Spot, tenancy_id: int, may: list[int]) -> int:
    """Erase or empty the rows of one spot that belong to a tenancy; returns how many. `may`: see `Spot.only`."""
    assert root_of(spot.table) == "tenancy"
    key = model_of(spot.table)._meta.pk.column
    chosen = f"""SELECT x.{key} FROM {spot.table} x WHERE {spot.only or "true"}
                    AND x.{key} IN (SELECT {key} FROM {spot.table} WHERE {rows_of(spot.table)})"""
    return _said(f"{_gone(spot)} WHERE {key} IN ({chosen})", {"ids": [tenancy_id], "may": may})


def _gone(spot: Spot) -> str:
    """The beginning of the statement by which rows go, or are emptied."""
    if not spot.emptied:
        return f"DELETE FROM {spot.table}"
    empty = ", ".join(one if "=" in one else f"{one} = ''" for one in spot.emptied)
    return f"UPDATE {spot.table} SET {empty}"


@again
def _part(
    organisation_id: int, actor: str, version: Version, rule: Rule, spot: Spot, on: date, held: set[int]
) -> Counter[int | None] | None:
    """Some of the rows whose own day is over, by the tenancy that they belong to; None where there are no more.

    `held` are tenancies that are passed over, and grows by what holds one back now.
    """
    with organisation_scope(organisation_id), connection.cursor() as cursor:
        key = model_of(spot.table)._meta.pk.column
        joins, owner = with_owner(spot)
        cursor.execute(
            f"""SELECT x.{key}, {owner} FROM {spot.table} x {joins}
                 WHERE {over(spot)} AND ({owner} IS NULL OR {owner} <> ALL(%(held)s)) LIMIT %(most)s""",
            {"until": until(rule, on), "held": sorted(held), "most": _AT_ONCE},
        )
        found = dict(cursor.fetchall())
        if not found:
            return None
        held |= set(why_not((one for one in found.values() if one is not None), on))
        keys = [one for one, tenancy in found.items() if tenancy not in held]
        cursor.execute(f"{_gone(spot)} WHERE {key} = ANY(%s) RETURNING {key}", [keys])
        went = Counter(found[one] for (one,) in cursor.fetchall())
        _told_many(organisation_id, actor, version, rule, went, on)
        return went


def _told_many(
    organisation_id: int, actor: str, version: Version, rule: Rule, went: Counter[int | None], on: date
) -> None:
    kind = rule.kind.value
    Erasure.objects.bulk_create(
        (
            Erasure(
                organisation_id=organisation_id,
                version_id=version.id,
                tenancy_id=tenancy,
                rule=kind,
                on=on,
                rows=rows,
                actor=actor,
            )
            for tenancy, rows in went.items()
        ),
        batch_size=1000,
    )
    record_many(
        organisation_id=organisation_id,
        actor=actor,
        verb="retention_erased",
        effective_on=on,
        happened=[
            (f"tenancy:{tenancy}", {"version": version.number, "rows": {kind: rows}})
            for tenancy, rows in went.items()
            if tenancy is not None
        ],
    )


def _said(statement: str, given: dict[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return int(cursor.rowcount)


def _told(
    organisation_id: int, actor: str, version: Version, tenancy_id: int, went: Counter[Kind], on: date
) -> None:
    Erasure.objects.bulk_create(
        Erasure(
            organisation_id=organisation_id,
            version_id=version.id,
            tenancy_id=tenancy_id,
            rule=kind.value,
            on=on,
            rows=rows,
            actor=actor,
        )
        for kind, rows in went.items()
    )
    record(
        organisation_id=organisation_id,
        actor=actor,
        verb="retention_erased",
        subject=f"tenancy:{tenancy_id}",
        effective_on=on,
        facts={"version": version.number, "rows": {kind.value: rows for kind, rows in went.items()}},
    )


def _finished(organisation_id: int, actor: str, version: Version, done: Erased, on: date) -> None:
    with organisation_scope(organisation_id):
        Run.objects.create(
            organisation_id=organisation_id,
            version_id=version.id,
            on=on,
            tenancies=done.tenancies,
            rows=done.rows.total(),
            actor=actor,
        )
        if done.rows:
            record(
                organisation_id=organisation_id,
                actor=actor,
                verb="retention_run",
                subject=f"retention:{version.number}",
                effective_on=on,
                facts={
                    "tenancies": done.tenancies,
                    "rows": {kind.value: rows for kind, rows in done.rows.items()},
                },
            )
