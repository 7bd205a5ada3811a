"""The screen of a partner, for `bench walls`: one payment posted at the API → told by its stream → the list fetched
anew.

Measured from outside, in the running program, as its page does it: the stream says that a file moved, and the page
asks for its list. Payments follow one another; they are of files at several corporations.
"""

from __future__ import annotations

import json
import queue
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from statistics import median, quantiles

import httpx

from tijdig.cli.bench_live import PORT, serving, sign_in
from tijdig.cli.bench_walls_bare import close_all, past_the_walls
from tijdig.cli.bench_walls_ground import email, files, known

_PARTNER = 1  # of the four
_PAYMENTS, _FIRST = 120, 5  # the first ones load the program
_CENTS, _PATIENCE_S = 1_00, 20

Moved = tuple[int, int]  # corporation and tenancy


def partner_screen(
    admin: str, database: str, payments: int = _PAYMENTS, port: int = PORT
) -> dict[str, object]:
    """Milliseconds, of so many payments after the first few. Of `partner_screen_missed` nothing was told in time."""
    ground = known(admin, database)
    partner = ground.partners[_PARTNER]
    tokens = {one.id: one.token for one in ground.corporations}
    with past_the_walls(admin, database) as server:
        contracts = dict(server.execute("SELECT id, contract_number FROM tenancies_tenancy").fetchall())
    theirs = [one for one in files(admin, database) if one.partner == partner.id and one.open]
    close_all()
    asked = [
        (one.organisation, one.tenancy, contracts[one.tenancy], tokens[one.organisation])
        for one in (theirs[number % len(theirs)] for number in range(payments + _FIRST))
    ]
    with serving(database, port):
        client = sign_in(email("partner", _PARTNER), f"http://127.0.0.1:{port}")
        heard: queue.Queue[Moved] = queue.Queue()
        opened, stop = threading.Event(), threading.Event()
        threading.Thread(target=_listen, args=(client, heard, opened, stop), daemon=True).start()
        opened.wait(_PATIENCE_S)
        told, whole = _post(client, asked, heard)
        stop.set()
    return {
        "partner_payments": payments,
        "partner_files": len(theirs),
        "partner_screen_missed": payments - len(whole),
        "partner_told_median_ms": round(median(told), 1),
        "partner_screen_median_ms": round(median(whole), 1),
        "partner_screen_p99_ms": round(quantiles(whole, n=100, method="inclusive")[98], 1),
    }


def _listen(
    client: httpx.Client, heard: queue.Queue[Moved], opened: threading.Event, stop: threading.Event
) -> None:
    # The program ends while this still listens: then there is nothing more to hear.
    with (
        suppress(httpx.RemoteProtocolError, httpx.ReadError),
        client.stream("GET", "/stroom", timeout=None) as answer,
    ):
        kind = ""
        for line in answer.iter_lines():
            opened.set()
            if stop.is_set():
                return
            if line.startswith("event: "):
                kind = line[7:]
            elif line.startswith("data: ") and kind == "moved":
                said = json.loads(line[6:])
                heard.put((int(said["organisation"]), int(said["id"])))


def _post(
    client: httpx.Client, asked: Sequence[tuple[int, int, str, str]], heard: queue.Queue[Moved]
) -> tuple[list[float], list[float]]:
    """Until it was told, and until the list was there; of those that were told."""
    from django.utils import timezone

    day, stamp = timezone.localdate().isoformat(), time.time_ns()
    told, whole = [], []
    with httpx.Client(base_url=client.base_url, timeout=30) as program:
        for number, (organisation, tenancy, contract, token) in enumerate(asked):
            key = f"{stamp}-{number}"
            entry = {
                "contract_number": contract,
                "kind": "payment",
                "amount_cents": -_CENTS,
                "effective_on": day,
            }
            begun = time.perf_counter()
            program.post(
                "/api/v1/entries",
                json={"entries": [entry | {"reference": key}]},
                headers={"Idempotency-Key": key, "Authorization": f"Bearer {token}"},
            ).raise_for_status()
            if not _until(heard, (organisation, tenancy)):
                continue
            moved = time.perf_counter()
            client.get("/dossiers", headers={"HX-Request": "true"}).raise_for_status()
            if number >= _FIRST:
                told.append((moved - begun) * 1000)
                whole.append((time.perf_counter() - begun) * 1000)
    return told, whole


def _until(heard: queue.Queue[Moved], one: Moved) -> bool:
    """Was it told within the time that somebody would wait?"""
    with suppress(queue.Empty):
        while heard.get(timeout=_PATIENCE_S) != one:
            pass
        return True
    return False
