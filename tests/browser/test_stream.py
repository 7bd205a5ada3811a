"""The live stream without a browser: it resumes after the last id that was seen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING

from running import Running

if TYPE_CHECKING:
    import httpx


OVERDUE = f"{date.today() - timedelta(days=20)}"  # noqa: DTZ011 - the program under test reads the same clock


@contextmanager
def listening(client: httpx.Client, last: str = "") -> Iterator[Iterator[dict[str, str]]]:
    """The events of the stream, each as its fields; the remarks between them are left out."""
    headers = {"Last-Event-ID": last} if last else {}
    with client.stream("GET", "/stroom", headers=headers, timeout=30) as answer:
        assert answer.headers["content-type"] == "text/event-stream"
        lines = answer.iter_lines()
        assert next(lines) == ": tijdig"
        yield _events(lines)


def _events(lines: Iterator[str]) -> Iterator[dict[str, str]]:
    fields: dict[str, str] = {}
    for line in lines:
        if line:
            name, _, value = line.partition(": ")
            fields[name] = value
        elif "event" in fields:
            yield fields
            fields = {}
        else:
            fields = {}


def test_the_stream_resumes_after_the_last_event_that_was_seen(program: Running) -> None:
    for number in range(3):
        program.tenancy(f"STROOM-{number}", f"Stromer{number}")
    client = program.session("consulent")
    with listening(client) as events:
        program.post("STROOM-0", "rent", 70000, OVERDUE, "stroom-0")
        first = next(one for one in events if one["event"] == "alert")
    program.post("STROOM-1", "rent", 70000, OVERDUE, "stroom-1")
    program.post("STROOM-2", "rent", 70000, OVERDUE, "stroom-2")
    with listening(client, first["id"]) as events:
        missed = [next(events), next(events)]
    with listening(client, first["id"]) as events:
        again = [next(events), next(events)]
    assert [one["event"] for one in missed] == ["alert", "alert"]
    assert [int(one["id"]) > int(first["id"]) for one in missed] == [True, True]
    assert len({one["data"] for one in (first, *missed)}) == 3
    assert again == missed


def test_the_stream_carries_ids_and_nothing_else(program: Running) -> None:
    program.tenancy("STROOM-9", "Stromer9")
    with listening(program.session("consulent")) as events:
        program.post("STROOM-9", "rent", 70000, OVERDUE, "stroom-9")
        found = next(one for one in events if one["event"] == "alert")
    assert sorted(found) == ["data", "event", "id"]
    assert found["data"].removeprefix('{"id": ').removesuffix("}").isdigit()


def test_the_stream_ends_with_the_session(program: Running) -> None:
    """What opened it is over, so it says nothing more: without that a page that was signed out would go on hearing."""
    client = program.session("consulent")
    with listening(client) as events:
        page = client.get("/account").text
        token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        client.post("/afmelden", data={"csrfmiddlewaretoken": token})
        for _ in (
            events
        ):  # until it ends by itself; a stream that goes on is cut by the reader's own limit and fails
            pass
    assert client.get("/account").url.path == "/aanmelden"
