"""`bench help`: may the municipality be told, of everybody who is behind, with what shows each of the four duties; and the
answer to a balance request."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date
from statistics import median

from tijdig.cli.bench_live import ready

ACTOR = "system:bench"
_TOWN = "Meetstad"
_ROUNDS = 7
_BALANCES = 300


def figures(homes: int, months: int) -> dict[str, float]:
    """`eligibility_ms` is the median over all cases, with twelve months of history on each; `balance_ms` over 300."""
    organisation, _, behind = ready(homes, months, lived=True)
    from django.utils import timezone

    from tijdig.access.scope import organisation_scope
    from tijdig.help.queries_evidence import eligible

    _town(organisation)
    times = []
    for _ in range(_ROUNDS):
        with organisation_scope(organisation):
            begun = time.perf_counter()
            found = eligible(timezone.localdate())
            times.append((time.perf_counter() - begun) * 1000)
    answers, charges = balances(organisation, spread([pk for _, pk, _ in behind]), timezone.localdate())
    return {
        "homes": homes,
        "cases_with_history": len(behind),
        "cases": len(found),
        "proofs": sum(1 for one in found for duty in one.duties if duty.proof),
        "may": sum(1 for one in found if one.may),
        "eligibility_first_ms": round(times[0], 1),
        "eligibility_ms": round(median(times), 1),
        "balances": len(answers),
        "balance_charges": charges,
        "balance_ms": round(median(answers), 1),
        "balance_slowest_ms": round(max(answers), 1),
    }


def spread(ids: Sequence[int]) -> list[int]:
    """At most so many of them, from the first to the last."""
    return list(ids[:: max(1, len(ids) // _BALANCES)][:_BALANCES])


def balances(organisation: int, tenancy_ids: Sequence[int], on: date) -> tuple[list[float], int]:
    """How long the answer to a balance request takes of each tenancy, in ms, and how many open charges they name."""
    from tijdig.access.scope import organisation_scope
    from tijdig.help.queries_traffic_balance import balance

    times, charges = [], 0
    for pk in tenancy_ids:
        with organisation_scope(organisation):
            begun = time.perf_counter()
            found = balance(pk, on)
            times.append((time.perf_counter() - begun) * 1000)
        charges += len(found.charges) if found else 0
    return times, charges


def _town(organisation: int) -> None:
    """The municipality of the made-up town, where it is not there yet."""
    from django.utils import timezone

    from tijdig.access.scope import organisation_scope
    from tijdig.help.actions import keep_municipality
    from tijdig.help.queries import municipality_of
    from tijdig.help.standard import standard

    with organisation_scope(organisation):
        if municipality_of(_TOWN):
            return
    draft = standard(_TOWN, "GM9999", [_TOWN])
    keep_municipality(
        organisation_id=organisation, actor=ACTOR, draft=draft, pk=None, on=timezone.localdate()
    )
