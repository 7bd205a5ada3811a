"""The ground of `bench walls`: ten corporations in one database, and four partners that work for five of them each.

Homes and ledger are those of `bench_ground`, other draws for every corporation. The agreements are proposed and
approved by the program's own actions; the files are rows with their package, of whoever owes most: the list of what must
go before a hand-over is not gone through, which no action of the program lets anybody do. Of every partner and corporation
one file was returned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from tijdig.cli.bench_ground import entries, settle_down, tenancies
from tijdig.cli.bench_walls_bare import past_the_walls
from tijdig.lab.columns import portfolio_of_homes

CORPORATIONS, PARTNERS = 10, 4
_FILES = 10  # of one partner at one corporation, where there are homes enough
_ACTOR, _NAME = "system:bench", "Meet Meter"
_ROLES = ("consultant", "team_lead", "manager", "customer_service", "caretaker", "administrator")
_PARTNER_ROLES = ("partner", "partner_lead")


_FILE = """
WITH asked AS (
    INSERT INTO bailiff_handover
           (organisation_id, tenancy_id, agreement_id, start, points, weak, "on", actor, name, asked_as)
    VALUES (%(organisation)s, %(tenancy)s, %(agreement)s, %(start)s, '[]', '[]', %(on)s, %(actor)s, %(name)s, %(asked_as)s)
    RETURNING id)
INSERT INTO bailiff_file (organisation_id, hand_over_id, tenancy_id, partner_id, agreement_id, start, handed_over_on,
                          overdue_cents, second_actor, second_name, "end", end_side, end_name)
SELECT %(organisation)s, asked.id, %(tenancy)s, %(partner)s, %(agreement)s, %(start)s, %(on)s, %(cents)s, '', '', '', '', ''
  FROM asked RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Corporation:
    """One of the ten: its people by role, and the partners that it agreed with."""

    id: int
    people: dict[str, int]
    partners: tuple[int, ...]
    token: str


@dataclass(frozen=True, slots=True)
class Partner:
    id: int
    people: dict[str, int]


class _Office(NamedTuple):
    """A partner while the ground is made: who leads it, and the code by which it is named."""

    id: int
    lead: int
    code: str


@dataclass(frozen=True, slots=True)
class Ground:
    corporations: tuple[Corporation, ...]
    partners: tuple[Partner, ...]

    def partner(self, pk: int) -> Partner:
        return next(one for one in self.partners if one.id == pk)


def email(role: str, number: int) -> str:
    return f"{role}{number}@tijdig.test"


def is_made() -> bool:
    """Is the whole ground there? What is made last says so."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT to_regclass('bench_walls_made') IS NOT NULL")
        return bool(cursor.fetchone()[0])


def make(homes: int, months: int, password: str, on: date, corporations: int = CORPORATIONS) -> None:
    """All of it, in the database that the program uses; it must be empty."""
    from django.contrib.auth.hashers import make_password
    from django.db import connections

    from tijdig.access.scope import organisation_scope

    hashed = make_password(password)
    each = max(homes // corporations, 1)
    apart = (each // 100 + 1) * 100
    rows, made = 0, []
    for number in range(corporations):
        organisation = _corporation(number, hashed)
        portfolio = portfolio_of_homes(each, months, mixed=True, seed=number + 1)
        with organisation_scope(organisation):
            tenancies(organisation, each, number * apart)
            entries(organisation, portfolio, number * apart, rows)
        rows += portfolio.rows
        made.append(organisation)
    settle_down()
    night_of_all(made, on)
    partners = [_partner(number, hashed) for number in range(PARTNERS)]
    for number, organisation in enumerate(made):
        _files(organisation, partners[number % 2 :: 2], each, on)
    night_of_all(made, on)
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CREATE TABLE bench_walls_made ()")


def known(admin: str, database: str) -> Ground:
    """Who is in it, read past the walls."""
    with past_the_walls(admin, database) as server:
        people = server.execute(
            "SELECT organisation_id, partner_id, role, id FROM access_user ORDER BY id"
        ).fetchall()
        organisations = [pk for (pk,) in server.execute("SELECT id FROM access_organisation ORDER BY id")]
        agreed = server.execute(
            "SELECT DISTINCT organisation_id, partner_id FROM bailiff_agreement ORDER BY 1, 2"
        ).fetchall()
        partners = [pk for (pk,) in server.execute("SELECT id FROM access_partner ORDER BY id")]
    return Ground(
        tuple(
            Corporation(
                pk,
                {role: who for of, _, role, who in people if of == pk},
                tuple(partner for of, partner in agreed if of == pk),
                f"bench-token-{number}",
            )
            for number, pk in enumerate(organisations)
        ),
        tuple(Partner(pk, {role: who for _, of, role, who in people if of == pk}) for pk in partners),
    )


def _corporation(number: int, hashed: str) -> int:
    from tijdig.access.actions import create_api_client, create_organisation, create_user
    from tijdig.access.api_scopes import ApiScope

    organisation = create_organisation(name=f"Meetcorporatie {number}", slug=f"bench-{number}")
    for role in _ROLES:
        create_user(
            organisation_id=organisation, email=email(role, number), name=_NAME, role=role, hashed=hashed
        )
    create_api_client(
        organisation_id=organisation, name="bench", token=f"bench-token-{number}", scopes=tuple(ApiScope)
    )
    return organisation


def _partner(number: int, hashed: str) -> _Office:
    from tijdig.access.actions import create_partner, create_partner_user

    code = f"meting-{number}"
    pk = create_partner(name=f"Deurwaarders Meting {number}", code=code)
    lead = 0
    for role in _PARTNER_ROLES:
        lead = create_partner_user(
            partner_id=pk, email=email(role, number), name=f"Piet {role}", role=role, hashed=hashed
        )
    return _Office(pk, lead, code)


def night_of_all(organisations: Sequence[int], on: date) -> None:
    """Where everybody stands on a day; also of a ground that was made before that day."""
    from tijdig.cases.actions_night import run_night

    for organisation in organisations:
        run_night(organisation_id=organisation, on=on, actor=_ACTOR)


def _files(organisation: int, partners: Sequence[_Office], homes: int, on: date) -> None:
    """Agreements with these, files at each, and of each one that was returned."""
    from tijdig.access.scope import organisation_scope
    from tijdig.bailiff.actions_file import end_file
    from tijdig.bailiff.kinds import End, Side
    from tijdig.steps.actions import Draft, note
    from tijdig.steps.kinds import Kind

    count = min(_FILES, max(homes // 4, 1)) + 1
    chosen = _behind(organisation, count * len(partners))
    with organisation_scope(organisation):
        steps = [Draft(tenancy, f"bench:{tenancy}", {}) for tenancy in chosen]
        note(organisation_id=organisation, actor=_ACTOR, kind=Kind.HANDED_OVER, on=on, steps=steps)
    for turn, partner in enumerate(partners):
        _agree(organisation, partner, on)
        taken = [_taken(organisation, partner, tenancy, on) for tenancy in chosen[turn :: len(partners)]]
        end_file(
            organisation_id=organisation, actor=_ACTOR, name=_NAME, file_id=taken[-1],
            side=Side.CORPORATION, end=End.TAKEN_BACK, on=on,
        )  # fmt: skip


def _taken(organisation: int, partner: _Office, tenancy: int, on: date) -> int:
    """A file, as it stands after a hand-over."""
    from django.db import connection

    from tijdig.access.scope import organisation_scope
    from tijdig.bailiff.actions_package import keep_package
    from tijdig.bailiff.kinds import Start
    from tijdig.bailiff.queries import in_force
    from tijdig.bailiff.queries_facts import overdue_on

    with organisation_scope(organisation), connection.cursor() as cursor:
        agreed = next(one for one in in_force(on) if one.partner_id == partner.id)
        given: dict[str, Any] = {
            "organisation": organisation, "tenancy": tenancy, "partner": partner.id, "agreement": agreed.id, "on": on,
            "start": Start.ARREARS.value, "actor": _ACTOR, "name": _NAME, "cents": overdue_on(tenancy, on),
            "asked_as": uuid5(NAMESPACE_URL, f"bench:{tenancy}"),
        }  # fmt: skip
        cursor.execute(_FILE, given)
        file_id = int(cursor.fetchone()[0])
        keep_package(
            organisation, file_id, tenancy, on, agreed=agreed, start=Start.ARREARS, by=(_NAME,), items=()
        )
    return file_id


def _behind(organisation: int, count: int) -> list[int]:
    """Who owes most; where few do, others too."""
    from django.db import connection

    from tijdig.access.scope import organisation_scope

    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute(
            """SELECT t.id FROM tenancies_tenancy t LEFT JOIN cases_standing s ON s.tenancy_id = t.id
                ORDER BY coalesce(s.overdue_cents, 0) DESC, t.id LIMIT %s""",
            [count],
        )
        return [row[0] for row in cursor.fetchall()]


def _agree(organisation: int, partner: _Office, on: date) -> None:
    """An agreement that both sides approved."""
    from tijdig.access.scope import acting
    from tijdig.bailiff.actions_agreement import approve, propose
    from tijdig.bailiff.agreement import Target, Tariff, Terms
    from tijdig.bailiff.kinds import Direction, Kpi, May, Shown, Side

    terms = Terms(
        vision="Wie achterloopt wil eruit: zo snel als het kan, tegen zo laag mogelijke kosten.",
        targets=(Target(Kpi.AMICABLE, Direction.AT_LEAST, 93, 12),),
        tariffs=(Tariff("per dossier", 4_500),),
        from_minute=8 * 60,
        until_minute=19 * 60,
        may=tuple(May),
        shows=tuple(Shown),
    )
    pk = propose(
        organisation_id=organisation, actor=_ACTOR, name=_NAME, partner_code=partner.code, terms=terms, begin_on=on,
        asked_as=uuid5(NAMESPACE_URL, f"bench:agreement:{organisation}:{partner.id}"), on=on,
    )  # fmt: skip
    approve(
        organisation_id=organisation, actor=_ACTOR, name=_NAME, agreement_id=pk, side=Side.CORPORATION, on=on
    )
    with acting(partner.id, partner.lead):
        approve(
            organisation_id=organisation, actor=f"user:{partner.lead}", name=_NAME, agreement_id=pk,
            side=Side.PARTNER, on=on,
        )  # fmt: skip


class File(NamedTuple):
    id: int
    organisation: int
    partner: int
    tenancy: int
    open: bool


def files(admin: str, database: str) -> list[File]:
    """Every file, read past the walls."""
    with past_the_walls(admin, database) as server:
        rows = server.execute(
            "SELECT id, organisation_id, partner_id, tenancy_id, ended_on IS NULL FROM bailiff_file ORDER BY id"
        )
        return [File(*row) for row in rows]
