"""The files of a tenancy that ended, with what they leave the tenant to pay.

A partner reads of another file, its own too, only this: amounts with their act and day, of tenancies that are its own
now. The database says so, in `tijdig_earlier_files`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import connection

from tijdig.bailiff.costs import Act, Charged, Payer
from tijdig.bailiff.earlier import Earlier, OfTenancy, Posted, as_of, beside, beside_claim, of_tenancy
from tijdig.bailiff.queries_in_file import costs_by_file, deeds_of
from tijdig.bailiff.track import Judgment
from tijdig.bailiff.values import File
from tijdig.ledger.kinds import Kind
from tijdig.ledger.queries import charged

COURT = frozenset({Kind.COURT_COSTS, Kind.BAILIFF_COSTS})
LETTERS = frozenset({Kind.COLLECTION_COSTS, Kind.INTEREST})


def earlier_of(tenancy_ids: Iterable[int]) -> dict[int, list[Earlier]]:
    """By tenancy, the files that ended, the oldest first; of one without there is nothing."""
    wanted = sorted(set(tenancy_ids))
    found: dict[int, list[Earlier]] = {}
    if not wanted:
        return found
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT tenancy_id, file_id, ended_on, costs::text, judged::text
                 FROM tijdig_earlier_files(%s::integer[]) ORDER BY tenancy_id, nth""",
            [wanted],
        )
        for tenancy, file_id, ended_on, costs, judged in cursor.fetchall():
            told = tuple(_charged(one) for one in json.loads(costs))
            found.setdefault(tenancy, []).append(Earlier(file_id, ended_on, told, _judgment(judged)))
    return found


def before(file_id: int, found: list[Earlier]) -> list[Earlier]:
    """Those before a file: all, of one that is open."""
    at = next((at for at, one in enumerate(found) if one.file_id == file_id), len(found))
    return found[:at]


def of_files(files: Iterable[File], on: date | None = None) -> dict[int, OfTenancy]:
    """By file, what its costs and those before it come to; with a day, as of that day."""
    wanted = list(files)
    ids = [one.id for one in wanted]
    costs, deeds, known = costs_by_file(ids), deeds_of(ids), earlier_of(one.tenancy_id for one in wanted)
    found = {}
    for one in wanted:
        earlier = before(one.id, known.get(one.tenancy_id, []))
        judged = [each.judgment for each in deeds[one.id] if each.judgment and (on is None or each.on <= on)]
        booked = [each for each in costs[one.id] if on is None or each.on <= on]
        found[one.id] = of_tenancy(
            booked, judged[-1] if judged else None, earlier if on is None else as_of(earlier, on)
        )
    return found


def beside_of(files: Iterable[File], on: date) -> dict[int, int]:
    """By file, what the tenant owes as of a day beside the rent account, with what is left of files before it."""
    wanted = list(files)
    tenancies, found = {one.id: one.tenancy_id for one in wanted}, of_files(wanted, on)
    put = posted({tenancies[pk]: one.first_judged_on for pk, one in found.items()}, on)
    return {pk: beside(one, put[tenancies[pk]]) for pk, one in found.items()}


def beside_claim_of(file: File | None, tenancy_id: int, claimed_cents: int, on: date) -> int:
    """What is owed of costs beside a claim, in a file and those before it; without one, of all files that ended."""
    if file is not None:
        found = of_files([file], on)[file.id]
    else:
        found = of_tenancy((), None, earlier_of([tenancy_id]).get(tenancy_id, []))
    return beside_claim(found, posted({tenancy_id: found.first_judged_on}, on)[tenancy_id], claimed_cents)


def left_owed(tenancy_ids: Iterable[int], on: date) -> dict[int, int]:
    """What is still owed beside the rent account of files that ended, of tenancies of which something is."""
    found = {pk: of_tenancy((), None, earlier) for pk, earlier in earlier_of(tenancy_ids).items()}
    owing = {pk: one for pk, one in found.items() if one.owed_cents}
    put = posted({pk: one.first_judged_on for pk, one in owing.items()}, on)
    return {pk: cents for pk, one in owing.items() if (cents := beside(one, put[pk]))}


def posted(since: Mapping[int, date | None], on: date) -> dict[int, Posted]:
    """By tenancy, what the corporation put on the account of costs that a file counts; of what letters cost only since the
    day of the judgment, where there is one."""
    sums = {one: [0, 0] for one in since}
    for tenancy, kind, day, cents in charged(since, COURT | LETTERS, on):
        judged_on = since[tenancy]
        if kind in COURT:
            sums[tenancy][0] += cents
        elif judged_on is not None and day >= judged_on:
            sums[tenancy][1] += cents
    return {one: Posted(*cents) for one, cents in sums.items()}


def _charged(row: list[Any]) -> Charged:
    act, on, cents, vat_cents, received_on, agreed = row
    return Charged(
        act=Act(act),
        payer=Payer.TENANT,
        on=date.fromisoformat(on),
        cents=cents,
        vat_cents=vat_cents,
        received_on=date.fromisoformat(received_on) if received_on else None,
        agreed=agreed,
    )


def _judgment(text: str | None) -> Judgment | None:
    if text is None:
        return None
    on, principal, through_on, interest, collection, costs, dissolved, eviction = json.loads(text)
    return Judgment(
        on=date.fromisoformat(on),
        principal_cents=principal,
        through_on=date.fromisoformat(through_on),
        interest_cents=interest,
        collection_cents=collection,
        costs_cents=costs,
        dissolved=dissolved,
        eviction=eviction,
    )
