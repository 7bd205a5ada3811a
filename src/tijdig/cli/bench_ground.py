"""The ground the benches stand on: a database of its own with many homes and their ledger, made once and kept.

The rows are those of `lab.columns`, put in by set-based SQL as the app role inside the wall; what is measured after
that is the program itself.
"""

from __future__ import annotations

import numpy as np

from tijdig.arrears.portfolio import Portfolio
from tijdig.cli.main import boot, wiring

BANK = "NL02TEST0000000001"
TOKEN = "bench-token"
PASSWORD = "bench-password"
EMAIL = "bench@tijdig.test"


def ground(name: str, portfolio: Portfolio) -> int:
    """Bring up database `name` with these tenancies; returns the organisation. Made before: used again."""
    boot(name)
    from tijdig.access.actions import create_api_client, create_organisation, create_user
    from tijdig.access.queries import organisation_ids
    from tijdig.access.scope import organisation_scope

    found = organisation_ids()
    if found and _filled(found[0]):
        return found[0]
    if found:
        organisation = found[0]
    else:
        organisation = create_organisation(name="Meetcorporatie", slug="bench")
        create_user(
            organisation_id=organisation, email=EMAIL, name="Meet Meter", role="team_lead", password=PASSWORD
        )
        create_api_client(organisation_id=organisation, name="bench", token=TOKEN)
    with organisation_scope(organisation):
        tenancies(organisation, len(portfolio))
        entries(organisation, portfolio)
    settle_down()
    return organisation


def fresh_copy(name: str) -> None:
    """Go on in a copy of database `name`, so that what is measured never stands on what was measured before.

    On a server of your own (`DATABASE_URL`) there is one database: it is used as it is.
    """
    import os

    import psycopg
    from django.db import connections

    if os.environ.get("DATABASE_URL"):
        return
    for alias in connections:
        connections[alias].close()
        close_pool = getattr(connections[alias], "close_pool", None)
        if close_pool:
            close_pool()
    with psycopg.connect(wiring().admin_dsn(), autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}_run" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}_run" TEMPLATE "{name}"')
    boot(f"{name}_run")


def _filled(organisation: int) -> bool:
    """Was the ledger put in, all of it? It is one transaction."""
    from django.db import connection

    from tijdig.access.scope import organisation_scope

    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM ledger_entry)")
        return bool(cursor.fetchone()[0])


def _run(statement: str, *params: int | str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def tenancies(organisation: int, homes: int, after: int = 0) -> None:
    """Homes, one tenant each, a rent, an account and a reference: so many ids after `after`, a multiple of 100."""
    series = f"FROM generate_series({after + 1}, {after} + %s) AS n"
    _run(
        """INSERT INTO tenancies_complex (id, organisation_id, source_key, name, region)
            SELECT n, %s, 'C' || n, 'Complex ' || n, (ARRAY['Noord','Oost','Zuid','West','Midden'])[1 + n %% 5]
            FROM generate_series(%s, %s) AS n""",
        organisation,
        after // 100 + 1,
        (after + homes) // 100 + 1,
    )
    _run(
        f"""INSERT INTO tenancies_home (id, organisation_id, source_key, complex_id, region, street, house_number,
                postcode, city, kind)
            SELECT n, %s, 'H' || n, 1 + n / 100, (ARRAY['Noord','Oost','Zuid','West','Midden'])[1 + (1 + n / 100) %% 5],
                   'Meetstraat ' || n / 100, n::text, '1234AB', 'Meetstad', 'WOO' {series}""",
        organisation,
        homes,
    )
    _run(
        f"""INSERT INTO tenancies_tenancy (id, organisation_id, source_key, contract_number, status, kind, begin_on,
                end_reason, home_id, watch)
            SELECT n, %s, 'O' || n, (100000 + n)::text, 'LOP', 'HUU', '2020-01-01', '', n, 'NOR' {series}""",
        organisation,
        homes,
    )
    _people(organisation, homes, series)


def _people(organisation: int, homes: int, series: str) -> None:
    _run(
        f"""INSERT INTO tenancies_person (id, organisation_id, source_key, kind, language)
            SELECT n, %s, 'P' || n, 'NAT', 'nl' {series}""",
        organisation,
        homes,
    )
    _run(
        f"""INSERT INTO tenancies_persontext (person_id, organisation_id, display_name, sort_name, surname, prefix,
                initials, salutation, email, phone)
            SELECT n, %s, 'Meter' || n || ', A.', 'meter' || n, 'Meter' || n, '', 'A.', '', '', '' {series}""",
        organisation,
        homes,
    )
    for table, columns in (
        ("party", "tenancy_id, person_id, role, begin_on) SELECT %s, n, n, 'HUU', '2020-01-01'"),
        (
            "rentpart",
            "tenancy_id, source_key, kind, detail, begin_on, amount_cents, reason) "
            "SELECT %s, n, 'R' || n, 'NET', '', '2020-01-01', 60000, ''",
        ),
        ("paymentmethod", "tenancy_id, kind, begin_on) SELECT %s, n, 'OVB', '2020-01-01'"),
        (
            "account",
            "tenancy_id, iban, mandate, learned_by, third_party) "
            "SELECT %s, n, 'NL00TEST' || lpad(n::text, 10, '0'), '', '', false",
        ),
    ):
        _run(f"INSERT INTO tenancies_{table} (organisation_id, {columns} {series}", organisation, homes)
    _run(f"SELECT tijdig_search_refresh(array_agg(n)) {series}", homes)


def entries(organisation: int, portfolio: Portfolio, after: int = 0, rows_after: int = 0) -> None:
    """The rows of the portfolio, in blocks, through a temporary table (COPY is refused behind a wall).

    Its tenancies count on from `after`, and its rows from `rows_after`.
    """
    from django.db import connection

    house = np.repeat(portfolio.tenancy, np.diff(portfolio.start)) + after
    base = np.repeat(portfolio.start[:-1], np.diff(portfolio.start)) + rows_after
    target = np.where(portfolio.target >= 0, base + portfolio.target + 1, 0)
    with connection.cursor() as cursor:
        cursor.execute(
            """CREATE TEMP TABLE coming (id bigint, tenancy integer, day integer, due integer, cents bigint,
                                         role smallint, target bigint) ON COMMIT DROP"""
        )
        with cursor.copy("COPY coming FROM STDIN") as copy:
            for first in range(0, portfolio.rows, 200_000):
                cut = slice(first, first + 200_000)
                columns = (
                    np.arange(first + 1, first + 1 + len(house[cut])) + rows_after,
                    house[cut],
                    portfolio.day[cut],
                    portfolio.due[cut],
                    portfolio.amount[cut],
                    portfolio.role[cut],
                    target[cut],
                )
                lines = zip(*(column.tolist() for column in columns), strict=True)
                copy.write("".join("\t".join(map(str, line)) + "\n" for line in lines))
        cursor.execute(
            """INSERT INTO ledger_entry (id, organisation_id, tenancy_id, kind, role, amount_cents, effective_on,
                    due_on, booked_on, source, reference, target_id)
               SELECT id, %s, tenancy, (ARRAY[4, 5, 1, 20, 22])[role + 1], role, cents, date '1970-01-01' + day,
                      date '1970-01-01' + due, date '1970-01-01' + day, 'bench', id::text, nullif(target, 0)
                 FROM coming ORDER BY coming.id""",
            [organisation],
        )


def settle_down() -> None:
    """Sequences past the ids that were given, statistics and visibility: as after a while of ordinary use."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        for table in (
            "tenancies_complex",
            "tenancies_home",
            "tenancies_tenancy",
            "tenancies_person",
            "ledger_entry",
        ):
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), 1000000000)")
        cursor.execute("VACUUM ANALYZE")
