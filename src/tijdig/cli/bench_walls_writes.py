"""The writes among the probes of `bench walls`: every form is filled in on its own page and sent for rows of somebody else.

The forms are those that the pages show to whose the rows are, with every button that has a name; an address without a form
is sent nothing. Everybody who may not then sends them with the numbers of another corporation or of another partner's file,
and programs tell the API of them. Afterwards nothing of that corporation may have changed: the rows of each of its tables
are told by their number and by what is in them. An answer that is neither a refusal nor to the letter that to a number which
nobody has, is a leak too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import html
from psycopg import sql

from tijdig.cli.bench_walls_bare import past_the_walls
from tijdig.cli.bench_walls_fill import owned

_WORDS = frozenset({"text", "search", "tel", "url", "email", "password"})
_MOST_BUTTONS = 4


def forms_of(client: Any, where: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The route and the fields of every form on a page, once for each button."""
    from django.urls import Resolver404, resolve

    answer = client.get(where)
    if answer.status_code != 200 or "text/html" not in answer.headers.get("Content-Type", ""):
        return
    page: Any = html.fromstring(answer.getvalue())
    for form in page.xpath("//form[translate(@method, 'POST', 'post') = 'post']"):
        target = urlsplit(urljoin(where, form.get("action") or where)).path
        try:
            route = resolve(target).route
        except Resolver404:
            continue
        fields = _filled(form)
        buttons = form.xpath(".//button[@name]")[:_MOST_BUTTONS] or [None]
        for button in buttons:
            given = {} if button is None else {button.get("name"): button.get("value", "")}
            yield route, fields | given


def _filled(form: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for field in form.xpath(".//input[@name] | .//textarea[@name] | .//select[@name]"):
        kind = field.get("type", "text") if field.tag == "input" else field.tag
        if kind == "select":
            options = [one.get("value", one.text or "") for one in field.xpath(".//option")]
            found[field.get("name")] = next((one for one in options if one), "")
        elif kind in ("radio", "checkbox"):
            found.setdefault(field.get("name"), field.get("value", "on"))
        else:
            found[field.get("name")] = field.get("value") or (
                "x" if kind in _WORDS or kind == "textarea" else "1"
            )
    return found


def stands(admin: str, database: str, organisation: int) -> dict[str, tuple[int, int]]:
    """Of every table how many rows are of this corporation, and a number that changes with what is in them."""
    with past_the_walls(admin, database) as server:
        found = {}
        for table in owned(server):
            row = server.execute(
                sql.SQL(
                    "SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) FROM {} t WHERE organisation_id = %s"
                ).format(sql.Identifier(table)),
                [organisation],
            ).fetchone()
            assert row is not None
            found[table] = (int(row[0]), int(row[1]))
        return found


def changed(
    before: Mapping[str, tuple[int, int]], after: Mapping[str, tuple[int, int]], organisation: int
) -> list[str]:
    """What is another now, in words."""
    return [
        f"rows of corporation {organisation} in {table} were changed by others"
        for table in sorted(before)
        if before[table] != after[table]
    ]


def tell(client: Any, path: str, numbers: Sequence[int]) -> Iterator[tuple[str, int]]:
    """What a program tells the API of these, that are not its own; gives where, and the answer."""
    for pk in numbers:
        body = {"id": str(pk), "status": {"code": "BEE"}, "overeenkomst": {"id": str(pk)}}
        for way, where in (
            (client.post, f"/vera/v4/{path}"), (client.put, f"/vera/v4/{path}/{pk}"),
            (client.patch, f"/vera/v4/{path}/{pk}"),
        ):  # fmt: skip
            yield where, way(where, body, content_type="application/json").status_code
