"""`bench live` and `bench pages`: the running program, seen from outside, with many homes loaded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from statistics import median, quantiles

import httpx

from tijdig.cli.bench_ground import EMAIL, PASSWORD, TOKEN, ground
from tijdig.lab.columns import portfolio_of_homes

PORT = 8765
ADDRESS = f"http://127.0.0.1:{PORT}"


@contextmanager
def serving(database: str, port: int = PORT) -> Iterator[None]:
    """The real program in a process of its own, up until the block ends."""
    command = [sys.executable, "-c", "from tijdig.project.main import main; main()", "serve"]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--database", database],
        env=dict(os.environ),
        stdout=subprocess.DEVNULL,
    )
    try:
        for _ in range(120):
            try:
                httpx.get(f"http://127.0.0.1:{port}/aanmelden", timeout=2)
                break
            except httpx.HTTPError:
                time.sleep(0.5)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def sign_in(email: str = EMAIL, address: str = ADDRESS) -> httpx.Client:
    client = httpx.Client(base_url=address, timeout=30, follow_redirects=True)
    client.get("/aanmelden")
    answer = client.post(
        "/aanmelden",
        data={"username": email, "password": PASSWORD, "csrfmiddlewaretoken": client.cookies["csrftoken"]},
        headers={"Referer": address},
    )
    answer.raise_for_status()
    return client


def ready(homes: int, months: int, *, lived: bool = False) -> tuple[int, str, list[tuple[str, int, int]]]:
    """The database with an evaluated portfolio, and tenancies behind: contract, id, overdue cents.

    `lived`: a database of its own, in which there are twelve months of history on every one of them.
    """
    portfolio = portfolio_of_homes(homes, months, mixed=True)
    name = f"tijdig_bench_{homes}_{months}" + ("_lived" if lived else "")
    organisation = ground(name, portfolio)
    from django.db import connection
    from django.utils import timezone

    from tijdig.access.scope import organisation_scope
    from tijdig.cases.actions_night import run_night

    run_night(organisation_id=organisation, on=timezone.localdate(), actor="system:bench")
    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute(
            """SELECT t.contract_number, t.id, s.overdue_cents FROM cases_standing s
                 JOIN tenancies_tenancy t ON t.id = s.tenancy_id WHERE s.alert ORDER BY t.id LIMIT %s""",
            [None if lived else 1000],
        )
        behind = cursor.fetchall()
    if lived:
        from tijdig.cli.bench_history import lived as live_it

        live_it(organisation, [row[1] for row in behind], f"{timezone.localdate()}")
    return organisation, name, behind


def live(homes: int, months: int, posts: int = 300, per_second: int = 20) -> dict[str, float]:
    """One payment posted by API → its cure on an open stream, at a steady pace."""
    _, name, behind = ready(homes, months)
    arrived: dict[int, float] = {}
    sent: dict[int, float] = {}
    with serving(name):
        client = sign_in()
        stop = threading.Event()
        listener = threading.Thread(target=_listen, args=(client, arrived, stop), daemon=True)
        listener.start()
        time.sleep(2)
        _post(behind[:5], {}, 5)  # the first ones load the program
        time.sleep(2)
        _post(behind[5 : 5 + posts], sent, per_second)
        time.sleep(3)
        stop.set()
    waits = sorted(arrived[one] - sent[one] for one in sent if one in arrived)
    hundredths = quantiles(waits, n=100)
    return {
        "homes": homes,
        "posts": len(sent),
        "arrived": len(waits),
        "median_ms": round(median(waits) * 1000, 1),
        "p99_ms": round(hundredths[98] * 1000, 1),
        "worst_ms": round(waits[-1] * 1000, 1),
    }


def _listen(client: httpx.Client, arrived: dict[int, float], stop: threading.Event) -> None:
    # The program ends while this still listens: then there is nothing more to hear.
    with suppress(httpx.RemoteProtocolError), client.stream("GET", "/stroom", timeout=None) as answer:
        kind = ""
        for line in answer.iter_lines():
            if stop.is_set():
                return
            if line.startswith("event: "):
                kind = line[7:]
            elif line.startswith("data: ") and kind in ("alert", "cure"):
                arrived.setdefault(int(json.loads(line[6:])["id"]), time.perf_counter())


def _post(behind: list[tuple[str, int, int]], sent: dict[int, float], per_second: int) -> None:
    from django.utils import timezone

    day = timezone.localdate().isoformat()
    stamp = time.time_ns()
    with httpx.Client(base_url=ADDRESS, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=30) as client:
        begin = time.perf_counter()
        for number, (contract, tenancy, cents) in enumerate(behind):
            wait = begin + number / per_second - time.perf_counter()
            if wait > 0:
                time.sleep(wait)
            entry = {
                "contract_number": contract,
                "kind": "payment",
                "amount_cents": -cents,
                "effective_on": day,
                "reference": f"{stamp}-{tenancy}",
            }
            sent[tenancy] = time.perf_counter()
            client.post(
                "/api/v1/entries",
                json={"entries": [entry]},
                headers={"Idempotency-Key": f"{stamp}-{tenancy}"},
            ).raise_for_status()


def pages(homes: int, months: int, rounds: int = 150) -> dict[str, float]:
    """Server times of the worklist and the tenancy page, one after another, as a person would ask them."""
    _, name, behind = ready(homes, months)
    figures: dict[str, float] = {"homes": homes}
    with serving(name):
        client = sign_in()
        addresses = {
            "worklist": [f"/werkvoorraad?page={1 + number % 20}" for number in range(rounds)],
            "tenancy": [f"/huurder/{behind[number % len(behind)][1]}" for number in range(rounds)],
            "search": [f"/zoeken?q=metr{number * 7}" for number in range(rounds)],
        }
        for page, asked in addresses.items():
            for address in asked[:10]:
                client.get(address).raise_for_status()
            times = []
            for address in asked:
                start = time.perf_counter()
                client.get(address).raise_for_status()
                times.append(time.perf_counter() - start)
            figures[f"{page}_median_ms"] = round(median(times) * 1000, 1)
            figures[f"{page}_p95_ms"] = round(quantiles(times, n=20)[18] * 1000, 1)
    return figures
