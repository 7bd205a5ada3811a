"""`bench desk`: a team at work in the running program with 51,000 homes and twelve months of history on every case.

`figures` gives the server times of the pages of the day one after another, the draft of a way of working as it comes on the
screen, and twenty consultants who click for two minutes at once. Each click is a real request with what its page had in its
form. Afterwards the database says whether every talk that was saved stands there once.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from statistics import median, quantiles

import httpx

from tijdig.cli.bench_ground import EMAIL, PASSWORD
from tijdig.cli.bench_live import ADDRESS, ready, serving, sign_in

SECONDS = 120
_THINKS_S = (1.0, 3.0)
_DOUBLE, _SHARED = 0.1, 0.15  # of the forms: sent twice at once; of the cases: one that others have too


class Form(HTMLParser):
    """The form with a field that begins so: what it would send if nothing was touched."""

    def __init__(self, page: str, holds: str) -> None:
        super().__init__()
        self.action, self.fields, self._here, self._found = "", {}, {}, False
        self._address, self._holds = "", holds
        self.feed(page)

    fields: dict[str, str]
    _here: dict[str, str]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._here, self._address = {}, given.get("action", "")
        name = given.get("name", "")
        if tag == "input" and name:
            self._found |= name.startswith(self._holds)
            chosen = given.get("type") not in ("radio", "checkbox") or "checked" in given
            if chosen:
                self._here[name] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._found and not self.action:
            self.action, self.fields = self._address, dict(self._here)


class _Rows(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        row = dict(attrs).get("data-row")
        if tag == "tr" and row:
            self.ids.append(row)


@dataclass(slots=True)
class Team:
    """What the twenty found. `saved` are the forms of which the page said that they were kept."""

    times: list[float] = field(default_factory=list)
    saved: list[str] = field(default_factory=list)
    stale: int = 0
    errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def figures(homes: int, months: int, *, seconds: int = SECONDS, rounds: int = 100) -> dict[str, float]:
    """Milliseconds unless a name says otherwise."""
    organisation, name, behind = ready(homes, months, lived=True)
    from tijdig.cli.bench_history import consultants

    emails = consultants(organisation, PASSWORD)
    _assign(organisation)
    found: dict[str, float] = {"homes": homes, "cases_with_history": len(behind)}
    with serving(name):
        found |= _draft(sign_in(EMAIL))
        found |= _pages(sign_in(emails[0]), [row[1] for row in behind], rounds)
        team = _work(emails, seconds)
    return found | _told(team, organisation, seconds)


def _assign(organisation: int) -> None:
    from django.utils import timezone

    from tijdig.cases.actions_assign import assign_open

    assign_open(organisation_id=organisation, on=timezone.localdate(), actor="system:bench")


def _draft(client: httpx.Client) -> dict[str, float]:
    """A slider of the way of working, moved: from asking to the whole answer, where everybody would stand."""
    form = Form(client.get("/werkwijze/proef").text, "n:")
    moved = next(name for name, value in form.fields.items() if name.startswith("n:") and value.isdigit())
    times = []
    for number in range(12):
        asked = form.fields | {moved: str(int(form.fields[moved]) + number % 3)}
        begun = time.perf_counter()
        answer = client.post(
            "/werkwijze/proef", data=asked, headers={"HX-Request": "true", "Referer": ADDRESS}
        )
        answer.raise_for_status()
        times.append((time.perf_counter() - begun) * 1000)
    return {"draft_first_ms": round(times[0], 1), "draft_median_ms": round(median(times[1:]), 1)}


def _pages(client: httpx.Client, behind: list[int], rounds: int) -> dict[str, float]:
    asked: Mapping[str, Callable[[int], str]] = {
        "today": lambda number: "/vandaag",
        "worklist": lambda number: f"/werkvoorraad?page={1 + number % 20}",
        "dossier": lambda number: f"/huurder/{behind[number % len(behind)]}",
    }
    found = {}
    for page, address in asked.items():
        times = []
        for number in range(rounds + 10):
            begun = time.perf_counter()
            client.get(address(number)).raise_for_status()
            times.append((time.perf_counter() - begun) * 1000)
        found[f"{page}_median_ms"] = round(median(times[10:]), 1)
        found[f"{page}_p95_ms"] = round(quantiles(times[10:], n=20)[18], 1)
    return found


def _work(emails: list[str], seconds: int) -> Team:
    team = Team()
    clients = [sign_in(email) for email in emails]
    until = time.perf_counter() + seconds
    threads = [
        threading.Thread(target=_consultant, args=(number, client, team, until))
        for number, client in enumerate(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return team


def _consultant(number: int, client: httpx.Client, team: Team, until: float) -> None:
    draws = random.Random(number)
    try:
        while time.perf_counter() < until:
            rows = _Rows(_click(client, team, "/vandaag", draws)).ids
            if draws.random() < _SHARED or not rows:
                rows = _Rows(_click(client, team, "/werkvoorraad", draws)).ids[:3]
            tenancy = draws.choice(rows)
            _click(client, team, f"/huurder/{tenancy}", draws)
            _talk(client, team, tenancy, draws)
    except Exception as error:  # whatever it is, it is counted and told
        with team.lock:
            team.errors.append(f"{type(error).__name__}: {error}"[:200])


def _click(client: httpx.Client, team: Team, address: str, draws: random.Random) -> str:
    time.sleep(draws.uniform(*_THINKS_S))
    begun = time.perf_counter()
    answer = client.get(address)
    with team.lock:
        team.times.append((time.perf_counter() - begun) * 1000)
    answer.raise_for_status()
    return answer.text


def _talk(client: httpx.Client, team: Team, tenancy: str, draws: random.Random) -> None:
    """Nobody was home; now and then the button is pressed twice."""
    form = Form(_click(client, team, f"/huurder/{tenancy}/contact", draws), "formulier")
    sent = form.fields | {"hoe": "phone", "begon": "out", "bereikt": "none", "uitkomst": "not_home"}
    sent |= {"vervolg": "call_again", "notitie": "Ingesproken."}
    time.sleep(draws.uniform(*_THINKS_S))
    if draws.random() < _DOUBLE:
        second = threading.Thread(target=_send, args=(client, Team(), form.action, sent))
        second.start()
        _send(client, team, form.action, sent)
        second.join()
    else:
        _send(client, team, form.action, sent)


def _send(client: httpx.Client, team: Team, action: str, sent: dict[str, str]) -> None:
    begun = time.perf_counter()
    answer = client.post(action, data=sent, headers={"Referer": ADDRESS}, follow_redirects=False)
    took = (time.perf_counter() - begun) * 1000
    with team.lock:
        team.times.append(took)
        if answer.status_code == 302:
            team.saved.append(sent["formulier"])
        elif answer.status_code == 409:
            team.stale += 1
        else:
            team.errors.append(f"{answer.status_code} op {action}")


def _told(team: Team, organisation: int, seconds: int) -> dict[str, float]:
    from django.db import connection

    from tijdig.access.scope import organisation_scope

    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(DISTINCT asked_as) FROM contacts_contact WHERE asked_as = ANY(%s::uuid[])",
            [team.saved],
        )
        rows, forms = cursor.fetchone()
    hundredths = quantiles(team.times, n=100)
    for error in team.errors[:5]:
        print(error)
    return {
        "clicks": len(team.times),
        "clicks_per_s": round(len(team.times) / seconds, 1),
        "team_median_ms": round(median(team.times), 1),
        "team_p99_ms": round(hundredths[98], 1),
        "team_worst_ms": round(max(team.times), 1),
        "saved": len(set(team.saved)),
        "lost": len(set(team.saved)) - forms,
        "double": rows - forms,
        "stale_refused": team.stale,
        "errors": len(team.errors),
    }
