"""The probes of `bench walls`: every row of somebody else that is asked for, and every one that is shown.

Two ways. Every address that can be read and that names a row by its number is asked for rows of another corporation:
by every role of a corporation, by people of a partner without an agreement there, by a partner of whose files one was
returned, and by a partner for files of the other one; with the foreign number in each place, also behind a number of
one's own. An answer other than "sign in", "not yours", "not there" or "not in this way" is a leak, unless it is to
the letter that to a number which nobody has: then nothing of the row is in it. `told_nothing` counts those. A page
that breaks over a row and not over such a number leaks, because it had read it. And every table with a wall is read
whole, without any filter, from behind every wall that there is: what is not of whoever stands there is a leak.

A probe for a row that is not there proves nothing: see `bench_walls_fill`. `shown_to_own` says at how many of the
addresses that were asked a row is shown to somebody of its own corporation.

Every form that such an address has is sent too, as it stands on the page of whose the rows are, and programs tell the API of
rows of others: nothing of that corporation may be another afterwards (`bench_walls_writes`).

Left out: what takes a signature instead of a number.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from psycopg import sql

from tijdig.cli.bench_walls_bare import past_the_walls
from tijdig.cli.bench_walls_fill import fill
from tijdig.cli.bench_walls_ground import Corporation, File, Ground
from tijdig.cli.bench_walls_writes import changed, forms_of, stands, tell

HIDES = frozenset({302, 401, 403, 404, 405})
_NOBODYS = 2_000_000_000  # a number that no row has, and those after it
# What is another on every page, also of the same rows: what forms are known by.
_CHANGES = re.compile(
    r'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"'
)
NUMBER = re.compile(r"<int:\w+>")
TABLES = {  # by an address up to and with its number, the table of which it is a row
    "account/sleutels/<int:pk>": "entrance_passkey",
    "antwoorden/<int:pk>": "contacts_reply",
    "beheer/programmas/<int:pk>": "access_apiclient",
    "beheer/webhooks/<int:pk>": "hooks_subscription",
    "brieven/<int:pk>": "letters_letter",
    "brieven/batch/<int:pk>": "letters_batch",
    "brieven/batch/deel/<int:pk>": "letters_batchpart",
    "brieven/bericht/<int:pk>": "letters_sending",
    "brieven/teksten/<str:kind>/versie/<int:pk>": "letters_lettertext",
    "deurwaarders/afspraken/<int:pk>": "bailiff_agreement",
    "dossiers/<int:organisation>": "access_organisation",
    "dossiers/<int:organisation>/<int:pk>": "bailiff_file",
    "dossiers/<int:organisation>/<int:pk>/regeling/<int:number>": "arrangements_arrangement",
    "dossiers/<int:organisation>/afspraken/<int:pk>": "bailiff_agreement",
    "gemeenten/<int:pk>": "help_municipality",
    "hint/betaling/<int:organisation>": "access_organisation",
    "hint/sms/<int:organisation>": "access_organisation",
    "hint/sms-antwoord/<int:organisation>": "access_organisation",
    "huurder/<int:pk>": "tenancies_tenancy",
    "huurder/<int:pk>/afwijken/<int:number>": "rulings_ruling",
    "huurder/<int:pk>/besluit/<int:number>": "cases_decision",
    "huurder/<int:pk>/bezwaar/<int:number>": "objections_objection",
    "huurder/<int:pk>/bijzonderheden/<int:number>": "tenancies_tenancyflag",
    "huurder/<int:pk>/contact/<int:number>": "contacts_contact",
    "huurder/<int:pk>/hulp/<int:number>": "help_referral",
    "huurder/<int:pk>/regeling/<int:number>": "arrangements_arrangement",
    "inlezen/<int:pk>": "imports_sourcefile",
    "inlezen/afschrift/<int:pk>": "imports_statement",
    "inlezen/herstel/<int:pk>": "imports_quarantine",
    "inlezen/toewijzen/<int:pk>": "imports_line",
    "medewerkers/<int:pk>": "access_user",
    "mensen/<int:pk>": "access_user",
    "mensen/uitnodiging/<int:pk>": "entrance_invitation",
    "overleg/<int:pk>": "conferences_conference",
    "overleg/<int:pk>/besluit/<int:number>": "conferences_agendaitem",
    "schuldhulp/<int:pk>": "help_conversation",
    "schuldhulp/uitvoer/<int:pk>": "help_trafficexport",
    "team/<int:pk>": "access_user",
    "vroegsignalen/bestand/<int:pk>": "help_batch",
    "vroegsignalen/melden/<int:pk>": "help_municipality",
    "wegwijzer/<int:pk>": "help_helper",
    "werkvoorraad/regel/<int:pk>": "tenancies_tenancy",
    "werkwijze/<int:pk>": "policy_version",
    "zorgen/<int:pk>": "help_worry",
}
_OF_THE_STANDARD = {"externe-incassos": "bailiff_file", "betalingsregelingen": "arrangements_arrangement"}
_WORDS = {
    "<str:kind>": "friendly_reminder",
    "<str:deadline>": "x",
    "<uuid:key>": "00000000-0000-0000-0000-000000000001",
}
Rows = Mapping[str, int]  # by table, the id of one row


@dataclass(slots=True)
class Found:
    """What came of it. `leaks` are told in words."""

    probes: int = 0
    scans: int = 0
    told_nothing: int = 0
    own_addresses: set[str] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)
    leaks: list[str] = field(default_factory=list)
    forms: dict[str, list[Mapping[str, str]]] = field(default_factory=dict)


def numbered() -> list[str]:
    """Every address of the program that names a row by a number."""
    from django.urls import get_resolver

    return sorted({route for route in _walk(get_resolver()) if NUMBER.search(route)})


def tables_of(route: str) -> list[str]:
    """The table of each number in an address, in their order. KeyError for an address that nobody put in `TABLES`."""
    return [TABLES[route[: hit.end()]] for hit in NUMBER.finditer(route)]


def _walk(resolver: Any, prefix: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        address = prefix + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from _walk(one, address)
        else:
            yield address


def address(route: str, rows: Sequence[int]) -> str:
    """The address with these numbers in their places."""
    numbers = iter(rows)
    filled = NUMBER.sub(lambda _: str(next(numbers)), route)
    for word, value in _WORDS.items():
        filled = filled.replace(word, value)
    return f"/{filled}"


@contextmanager
def _without_a_word() -> Iterator[None]:
    """A made-up row may break the page of its own corporation; that is told in figures and not in a log."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def browser(user_id: int) -> Any:
    """Somebody who is signed in, in this process."""
    from django.conf import settings
    from django.test import Client
    from django.utils import timezone

    from tijdig.access.actions_sessions import begin_session
    from tijdig.access.sessions import How
    from tijdig.access.sign_in import person_of

    person = person_of(user_id)
    assert person is not None
    client = Client(raise_request_exception=False, SERVER_NAME=settings.ALLOWED_HOSTS[0])
    session = client.session
    session["user"] = user_id
    session["session"] = begin_session(person=person, how=How.PASSWORD, agent="", at=timezone.now())
    session.save()
    return client


def run(admin: str, database: str, ground: Ground, files: Sequence[File], most: int) -> Found:
    """All probes, in the database that the program uses; the addresses of at most so many of the corporations."""
    found = Found()
    fill(admin, database, ground)
    rows = {one.id: _first_rows(admin, database, one.id) for one in ground.corporations}
    with _without_a_word():
        for number, one in enumerate(ground.corporations[:most]):
            other = ground.corporations[(number + 1) % len(ground.corporations)]
            own = rows[other.id] | {"tenancies_tenancy": _last_tenancy(admin, database, other.id)}
            _by_own(found, ground, one, rows[one.id], files)
            before = stands(admin, database, one.id)
            _by_colleagues(found, other, own, rows[one.id])
            _by_partners(found, ground, one, rows, files)
            _by_program(found, other, admin, database, one.id)
            found.leaks += changed(before, stands(admin, database, one.id), one.id)
    from tijdig.cli.bench_walls_tables import scan

    scan(found, admin, database, ground, files)
    return found


def text_of(answer: Any) -> str:
    """What an answer says, without what is another every time."""
    return _CHANGES.sub("", answer.getvalue().decode(errors="replace"))


def _ask(found: Found, client: Any, who: str, route: str, rows: Sequence[int], own: int = 0) -> None:
    """Read, and sent what its forms send. The first `own` of these numbers are one's own; the others somebody else's."""

    def posted(form: Mapping[str, str]) -> Callable[[str], Any]:
        return lambda where: client.post(where, form)

    _hidden(found, client, client.get, who, route, rows, own)
    for form in found.forms.get(route, ({},)):
        _hidden(found, client, posted(form), f"who sent a form, {who},", route, rows, own)


def _hidden(
    found: Found, client: Any, ask: Callable[[str], Any], who: str, route: str, rows: Sequence[int], own: int
) -> None:
    where = address(route, rows)
    client.cookies.pop("messages", None)  # what was said of an earlier form stands on the next page
    answer = ask(where)
    if answer.status_code == 405:
        return
    found.probes += 1
    found.addresses.add(route)
    if answer.status_code in HIDES:
        return
    nobodys = [row if at < own else _NOBODYS + at for at, row in enumerate(rows)]
    client.cookies.pop("messages", None)
    other = ask(address(route, nobodys))
    said = text_of(other)
    for at, row in enumerate(rows):
        said = said.replace(str(_NOBODYS + at), str(row))
    if (other.status_code, said) == (answer.status_code, text_of(answer)):
        found.told_nothing += 1
    else:
        found.leaks.append(f"{who} got {answer.status_code} at {where}")


def _by_colleagues(found: Found, asker: Corporation, own: Rows, theirs: Rows) -> None:
    """Every role of another corporation, at every address; with two numbers also the foreign one behind one's own."""
    for role, user in asker.people.items():
        client = browser(user)
        for route in numbered():
            tables = tables_of(route)
            _ask(found, client, f"{role} of another corporation", route, [theirs[one] for one in tables])
            if len(tables) > 1:
                mixed = [*(own[one] for one in tables[:-1]), theirs[tables[-1]]]
                _ask(found, client, f"{role} of another corporation", route, mixed, len(tables) - 1)


def _by_partners(
    found: Found, ground: Ground, one: Corporation, rows: Mapping[int, Rows], files: Sequence[File]
) -> None:
    """Who has no agreement there, who gave a file back, and who asks for a file of the other one."""
    here = [each for each in files if each.organisation == one.id]
    for partner in ground.partners:
        mine = [each for each in here if each.partner == partner.id]
        if not mine:
            elsewhere = next(each.organisation for each in files if each.partner == partner.id)
            for organisation in (one.id, elsewhere):
                _by_partner(
                    found,
                    partner.people,
                    "partner without an agreement",
                    numbered(),
                    rows[one.id],
                    organisation,
                )
            continue
        # All but its own agreements, and the corporation itself, which is no secret.
        of_files = [
            one
            for one in numbered()
            if not {"bailiff_agreement", "access_organisation"} & {tables_of(one)[-1]}
        ]
        returned = next(each for each in mine if not each.open)
        strange = dict(rows[one.id]) | {"bailiff_file": returned.id, "tenancies_tenancy": returned.tenancy}
        _by_partner(found, partner.people, "partner of a returned file", of_files, strange, one.id)
        others = next(each for each in here if each.partner != partner.id and each.open)
        strange = dict(rows[one.id]) | {"bailiff_file": others.id, "tenancies_tenancy": others.tenancy}
        _by_partner(found, partner.people, "partner of another file", of_files, strange, one.id)


def _by_partner(
    found: Found, people: Mapping[str, int], why: str, routes: Sequence[str], rows: Rows, organisation: int
) -> None:
    """The corporation in an address is no secret: what is asked is whether something of its rows is shown."""
    strange = dict(rows) | {"access_organisation": organisation}
    for role, user in people.items():
        client = browser(user)
        for route in routes:
            tables = tables_of(route)
            own = int(tables[0] == "access_organisation" and len(tables) > 1)
            _ask(found, client, f"{why} ({role})", route, [strange[one] for one in tables], own)


def _by_program(found: Found, asker: Corporation, admin: str, database: str, organisation: int) -> None:
    """A program with a token of another corporation, at what it may read: that names no number but a contract."""
    from django.conf import settings
    from django.test import Client

    with past_the_walls(admin, database) as server:
        contracts = server.execute(
            "SELECT contract_number FROM tenancies_tenancy WHERE organisation_id = %s ORDER BY id LIMIT 5",
            [organisation],
        ).fetchall()
    client = Client(headers={"Authorization": f"Bearer {asker.token}"}, SERVER_NAME=settings.ALLOWED_HOSTS[0])
    for (contract,) in contracts:
        where = f"/api/v1/tenancies/{contract}/position"
        found.probes += 1
        if client.get(where).status_code not in HIDES:
            found.leaks.append(f"a program of another corporation was answered at {where}")
    client = Client(
        headers={"X-API-KEY": asker.token},
        SERVER_NAME=settings.ALLOWED_HOSTS[0],
        raise_request_exception=False,
    )
    for route, table in _OF_THE_STANDARD.items():
        with past_the_walls(admin, database) as server:
            strange = server.execute(
                sql.SQL("SELECT id FROM {} WHERE organisation_id = %s ORDER BY id LIMIT 5").format(
                    sql.Identifier(table)
                ),
                [organisation],
            ).fetchall()
        listed = client.get(f"/vera/v4/{route}")  # a made-up row of its own may break it
        for where, status in tell(client, route, [pk for (pk,) in strange]):
            found.probes += 1
            if status < 300:  # a made-up row of its own with this number may break it
                found.leaks.append(f"a program of another corporation was answered {status} at {where}")
        told = {int(one["id"]) for one in listed.json()} if listed.status_code == 200 else set()
        for (pk,) in strange:
            found.probes += 2
            if client.get(f"/vera/v4/{route}/{pk}").status_code == 200 or pk in told:
                found.leaks.append(f"a program of another corporation was told of {route} {pk}")


def _by_own(found: Found, ground: Ground, one: Corporation, rows: Rows, files: Sequence[File]) -> None:
    """Where a row is shown to somebody whose it is, so that the same question of others could have gone wrong."""
    open_ = next(each for each in files if each.organisation == one.id and each.open)
    with_them = dict(rows) | {"bailiff_file": open_.id, "tenancies_tenancy": open_.tenancy}
    askers = [(user, rows) for user in one.people.values()]
    askers += [(user, with_them) for user in ground.partner(open_.partner).people.values()]
    for user, own in askers:
        client = browser(user)
        for route in set(numbered()) - found.own_addresses:
            where = address(route, [own[table] for table in tables_of(route)])
            if client.get(where).status_code not in HIDES:
                found.own_addresses.add(route)
                for to, form in forms_of(client, where):
                    found.forms.setdefault(to, []).append(form)


def _last_tenancy(admin: str, database: str, organisation: int) -> int:
    """One to which nothing belongs that was made up: that is all put at the first."""
    with past_the_walls(admin, database) as server:
        row = server.execute(
            "SELECT max(id) FROM tenancies_tenancy WHERE organisation_id = %s", [organisation]
        ).fetchone()
    assert row is not None
    return int(row[0])


def _first_rows(admin: str, database: str, organisation: int) -> dict[str, int]:
    """Of every table that an address names, one row of this corporation. Every one has one after `fill`."""
    found = {"access_organisation": organisation}
    with past_the_walls(admin, database) as server:
        for table in sorted(set(TABLES.values()) - set(found)):
            row = server.execute(
                sql.SQL("SELECT id FROM {} WHERE organisation_id = %s ORDER BY id LIMIT 1").format(
                    sql.Identifier(table)
                ),
                [organisation],
            ).fetchone()
            assert row is not None, f"no row of corporation {organisation} in {table}"
            found[table] = int(row[0])
    return found
