"""`bench walls`: ten corporations in one database and partners that work over several: what the walls cost, and whether
they hold.

`page_ratio` and `night_ratio` are the time behind the walls divided by that of the same program which answers with the
same rows and no walls: in two databases that hold only what whoever asks may see (`bench_walls_bare`).
`page_shared_ratio` and `night_shared_ratio` are the same for the database of all ten behind its walls: beside the walls
they hold what it costs to live among nine others, of tables and indexes that are ten times as large. All three are asked
in turn, request by request, by one process over lines that stay open. `pages_differ` says how many of the measured pages
did not read the same in all three: then the work was not the same either. The ratio of the pages is that of the sums of
their medians; each page has its own too. The night is that of one of the ten, after a day's payments and as a first one
(`night_cold_ratio`).

`probes` and `leaks`: see `bench_walls_probes` and `bench_walls_tables`. What leaked is printed.

`partner_screen_p99_ms` is measured in the running program: from posting a payment at the API until the partner's stream
said `moved` and the list was fetched anew, one after another. `packages_per_second` is what `bench_walls_package` says.

Everything is done in copies of the ground, which are thrown away.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from statistics import median
from typing import Any

from tijdig.cli.bench_ground import PASSWORD
from tijdig.cli.bench_walls_bare import Databases, Sight, alone, close_all, drop, past_the_walls
from tijdig.cli.bench_walls_ground import (
    CORPORATIONS,
    File,
    Ground,
    files,
    is_made,
    known,
    make,
    night_of_all,
)
from tijdig.cli.bench_walls_package import packages
from tijdig.cli.bench_walls_probes import browser, text_of
from tijdig.cli.bench_walls_probes import run as probe

_ROUNDS = 30
_NIGHTS = 9
_PAYMENTS = 500  # a day
_SIDES = ("shared", "walled", "bare")
Places = Mapping[str, str]  # by side, the database
_OF_CASES = ("night", "outbox", "alert", "standing", "checkpoint", "checkpointitem", "decision")


def figures(homes: int, months: int) -> dict[str, object]:
    """All of it, on a database of its own."""
    from tijdig.cli.bench_ground import fresh_copy
    from tijdig.cli.bench_walls_screen import partner_screen
    from tijdig.cli.main import boot, wiring

    if os.environ.get("DATABASE_URL"):
        raise SystemExit(
            "This makes databases of its own. Leave DATABASE_URL away; your own data stays out of it."
        )
    from django.utils import timezone

    name = f"tijdig_walls_{homes}_{months}"
    boot(name)
    admin = wiring().admin_dsn()
    if not is_made():
        close_all()
        drop(admin, name)
        boot(name)
        make(homes, months, PASSWORD, timezone.localdate())
    fresh_copy(name)
    night_of_all([one.id for one in known(admin, name).corporations], timezone.localdate())
    run = f"{name}_run"
    screen = partner_screen(admin, run)
    fresh_copy(name)
    try:
        return {"homes": homes} | measure(admin, run, timezone.localdate()) | screen
    finally:
        close_all()
        drop(admin, run)


def measure(
    admin: str,
    database: str,
    on: date,
    *,
    rounds: int = _ROUNDS,
    nights: int = _NIGHTS,
    most: int = CORPORATIONS,
) -> dict[str, object]:
    """The ratios, and then the probes, in the database that the program uses; it is not fit for anything afterwards."""
    ground, known_files = known(admin, database), files(admin, database)
    close_all()
    seen = _sights(ground)
    places = {
        who: {"shared": database, "walled": f"{database}_{who}_walled", "bare": f"{database}_{who}_bare"}
        for who in seen
    }
    lines = Databases()
    try:
        for who, sights in seen.items():
            alone(admin, database, places[who]["walled"], places[who]["bare"], sights)
        found = _pages(lines, ground, known_files, places, rounds)
        found |= _nights(admin, lines, ground, places["corporation"], on, nights)
    finally:
        lines.close()
        for where in places.values():
            drop(admin, where["walled"])
            drop(admin, where["bare"])
    found |= packages(known_files, on)
    close_all()
    probed = probe(admin, database, ground, known_files, most)
    for leak in probed.leaks[:20]:
        print(leak, file=sys.stderr)
    return found | {
        "corporations": len(ground.corporations),
        "partners": len(ground.partners),
        "files": sum(1 for one in known_files if one.open),
        "probes": probed.probes + probed.scans,
        "probes_of_addresses": probed.probes,
        "probes_of_tables": probed.scans,
        "addresses": len(probed.addresses),
        "shown_to_own": len(probed.own_addresses & probed.addresses),
        "told_nothing": probed.told_nothing,
        "leaks": len(probed.leaks),
    }


def _sights(ground: Ground) -> dict[str, list[Sight]]:
    """Who is measured: the first corporation; the first partner, without a corporation and within each; and that partner
    within the first corporation alone, because the page of a file takes it that there is no other corporation."""
    ids, one = [each.id for each in ground.corporations], ground.partners[0]
    within = [Sight(each, one.id, one.people["partner"]) for each in (None, *ids)]
    return {"corporation": [Sight(ids[0])], "partner": within, "file": within[1:2]}


def _pages(
    lines: Databases,
    ground: Ground,
    known_files: Sequence[File],
    places: Mapping[str, Places],
    rounds: int,
) -> dict[str, object]:
    """Each page in the three databases of whoever asks, in turn."""
    corporation, partner = ground.corporations[0], ground.partners[0]
    theirs = [
        one
        for one in known_files
        if one.partner == partner.id and one.open and one.organisation == corporation.id
    ]
    tenants = [one.tenancy for one in theirs]
    asked: dict[str, tuple[str, int, Callable[[int], str]]] = {
        "worklist": ("corporation", corporation.people["consultant"], lambda turn: f"/werkvoorraad?page={1 + turn % 3}"),
        "today": ("corporation", corporation.people["consultant"], lambda turn: "/vandaag"),
        "dossier": (
            "corporation", corporation.people["consultant"], lambda turn: f"/huurder/{tenants[turn % len(tenants)]}",
        ),
        "partner_list": ("partner", partner.people["partner"], lambda turn: "/dossiers"),
        "partner_file": (
            "file", partner.people["partner"],
            lambda turn: f"/dossiers/{corporation.id}/{theirs[turn % len(theirs)].id}",
        ),
    }  # fmt: skip
    found: dict[str, object] = {}
    whole = dict.fromkeys(_SIDES, 0.0)
    differ = 0
    for page, (who, user, address) in asked.items():
        times, otherwise = _by_turns(lines, places[who], user, address, rounds)
        middle = {side: median(times[side]) for side in _SIDES}
        whole = {side: whole[side] + middle[side] for side in _SIDES}
        differ += otherwise
        found |= _told(page, middle)
    ratios = {name: value for name, value in _told("page", whole).items() if name.endswith("_ratio")}
    return ratios | {"pages_differ": differ} | found


def _told(what: str, middle: Mapping[str, float]) -> dict[str, object]:
    """The three medians in milliseconds, and two of them beside the one without walls."""
    return {
        f"{what}_ratio": round(middle["walled"] / middle["bare"], 2),
        f"{what}_shared_ratio": round(middle["shared"] / middle["bare"], 2),
        f"{what}_ms": round(middle["shared"], 1),
        f"{what}_walled_ms": round(middle["walled"], 1),
        f"{what}_bare_ms": round(middle["bare"], 1),
    }


def _turns(number: int) -> list[str]:
    """The three sides, another one first each time."""
    first = number % len(_SIDES)
    return [*_SIDES[first:], *_SIDES[:first]]


def _by_turns(
    lines: Databases, places: Places, user: int, address: Callable[[int], str], rounds: int
) -> tuple[dict[str, list[float]], int]:
    """Milliseconds by side, without the first of each; and how many pages read otherwise."""
    clients: dict[str, Any] = {}
    times: dict[str, list[float]] = {side: [] for side in places}
    differ = 0
    for side, name in places.items():
        with lines.within(name):
            clients[side] = browser(user)
    for turn in range(-3, rounds):
        read: dict[str, str] = {}
        for side in _turns(turn):
            with lines.within(places[side]):
                begun = time.perf_counter()
                answer = clients[side].get(address(abs(turn)))
                took = (time.perf_counter() - begun) * 1000
            if answer.status_code != 200:
                raise RuntimeError(f"{answer.status_code} at {address(abs(turn))} ({side})")
            read[side] = text_of(answer)
            if turn >= 0:
                times[side].append(took)
        differ += len(set(read.values())) > 1
    return times, differ


def _nights(
    admin: str, lines: Databases, ground: Ground, places: Places, on: date, nights: int
) -> dict[str, object]:
    """The same nights in all three: after a day's payments, and as a first one of which nothing is known."""
    organisation = ground.corporations[0].id
    contracts = _contracts(admin, places["bare"])
    ordinary: dict[str, list[float]] = {side: [] for side in _SIDES}
    cold: dict[str, list[float]] = {side: [] for side in _SIDES}
    for number in range(nights):
        day = on + timedelta(days=number + 1)
        for side in _turns(number):
            with lines.within(places[side]):
                _pay(organisation, contracts, day, number)
                ordinary[side].append(_night(organisation, day))
    for number in range(max(nights // 2, 1)):
        for side in _turns(number):
            _forget(admin, places[side], organisation)
            with lines.within(places[side]):
                cold[side].append(_night(organisation, on + timedelta(days=nights + number + 1)))
    return _told("night", {side: median(ordinary[side]) for side in _SIDES}) | _told(
        "night_cold", {side: median(cold[side]) for side in _SIDES}
    )


def _contracts(admin: str, database: str) -> list[str]:
    with past_the_walls(admin, database) as server:
        return [one for (one,) in server.execute("SELECT contract_number FROM tenancies_tenancy ORDER BY id")]


def _pay(organisation: int, contracts: Sequence[str], day: date, number: int) -> None:
    """A day's payments of some of them, the same in every database."""
    from tijdig.access.scope import organisation_scope
    from tijdig.ledger.actions import post
    from tijdig.ledger.entry import EntryDraft
    from tijdig.ledger.kinds import Kind

    step = max(len(contracts) // _PAYMENTS, 1)
    drafts = [
        EntryDraft(one, Kind.PAYMENT, -10_000, day, day, "bench", f"walls-{number}-{one}")
        for one in contracts[number % step :: step]
    ]
    with organisation_scope(organisation):
        post(organisation_id=organisation, drafts=drafts, actor="system:bench", on=day)


def _night(organisation: int, day: date) -> float:
    """Milliseconds."""
    from tijdig.cases.actions_night import run_night

    begun = time.perf_counter()
    run_night(organisation_id=organisation, on=day, actor="system:bench")
    return (time.perf_counter() - begun) * 1000


def _forget(admin: str, database: str, organisation: int) -> None:
    """What the last night knew of this corporation, gone; past the triggers that keep it."""
    with past_the_walls(admin, database) as server:
        server.execute("SET LOCAL session_replication_role = replica")
        for table in _OF_CASES:
            server.execute(f"DELETE FROM cases_{table} WHERE organisation_id = %s", [organisation])
        server.commit()
        server.autocommit = True
        for table in _OF_CASES:
            server.execute(f"VACUUM ANALYZE cases_{table}")
