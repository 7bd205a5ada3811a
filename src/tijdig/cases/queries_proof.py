"""What is stored and what the facts say about every tenancy of a corporation on a day, for `proof`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import connection

from tijdig.arrears.evaluate import decide
from tijdig.arrears.imputation import positions
from tijdig.base.days import day_number
from tijdig.caseload.queries import assigned, consultants
from tijdig.cases.proof import Proof, Stands, prove
from tijdig.cases.queries_engine import all_ids, load, traits
from tijdig.cases.queries_policy import table_of, table_on
from tijdig.policy.words import Bucket


def proof(on: date) -> Proof:
    """Every tenancy once, as of the end of a day."""
    return prove(on, _stands(on))


def _stands(on: date) -> Iterator[Stands]:
    table = table_on(on)
    loaded = load(on, all_ids(), narrow=False)
    stand = positions(loaded.portfolio, day_number(on), since=loaded.carried_since)
    decisions = decide(stand, traits(on, loaded.portfolio, table, narrow=False), table)
    stored, alerts, owned = _stored(on), _alerts(on), _owned(on)
    buckets = [step.bucket for step in table.policy.steps]
    for place, tenancy in enumerate(loaded.portfolio.tenancy.tolist()):
        again = buckets[int(decisions.rule[place])]
        yield Stands(tenancy, stored.get(tenancy), again, tenancy in alerts, tenancy in owned)


def _stored(on: date) -> dict[int, Bucket]:
    """The place of the step that was decided last, by the version that decided it."""
    places: dict[tuple[str, str], Bucket] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT ON (tenancy_id) tenancy_id, policy_version, rule FROM cases_decision
                WHERE as_of <= %s ORDER BY tenancy_id, id DESC""",
            [on],
        )
        rows = cursor.fetchall()
    for version in {row[1] for row in rows}:
        table = table_of(version)
        for step in table.policy.steps if table else ():
            places[version, step.code] = step.bucket
    return {tenancy: places[version, rule] for tenancy, version, rule in rows if (version, rule) in places}


def _alerts(on: date) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT tenancy_id FROM cases_alert
                WHERE raised_on <= %s AND (cured_on IS NULL OR cured_on > %s)""",
            [on, on],
        )
        return {row[0] for row in cursor.fetchall()}


def _owned(on: date) -> set[int]:
    """Who is in the list of a consultant of today (`queries_owner`): by assignment, or by the region of the home. Who left
    has no list; a consultant who is away has one that a stand-in works, or nobody else."""
    people = consultants(on)
    held_by = {one.id for one in people}
    regions = {one.region for one in people if one.region}
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT t.id FROM tenancies_tenancy t JOIN tenancies_home h ON h.id = t.home_id
                WHERE h.region = ANY(%s)""",
            [sorted(regions)],
        )
        of_region = {row[0] for row in cursor.fetchall()}
    return of_region | {tenancy for tenancy, user in assigned(on).items() if user in held_by}
