"""For `bench walls`: every table of which a row says whose it is, read without any filter from behind every wall.

Of nobody: nothing may be there. Of each corporation: its own rows. Of each partner within each corporation: where it
has no agreement nothing of that corporation, else only rows of tenancies of which a file is open with it; a file or
agreement itself as long as it is its own. Of each partner without a corporation: its own files and agreements. What a
table holds of a partner's own people is theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

from tijdig.cli.bench_walls_bare import past_the_walls
from tijdig.cli.bench_walls_fill import owned
from tijdig.cli.bench_walls_ground import Corporation, File, Ground, Partner
from tijdig.privacy.places import hops, root_of, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tijdig.cli.bench_walls_probes import Found

Strange = Callable[
    [str, set[str]], tuple[str, list[Any]]
]  # of a table with its columns, which rows may not be seen
_COLUMNS = """
SELECT table_name, column_name FROM information_schema.columns
 WHERE table_schema = 'public' AND table_name = ANY(%s) AND has_table_privilege(table_name::regclass, 'SELECT')
"""


def scan(found: Found, admin: str, database: str, ground: Ground, files: Sequence[File]) -> None:
    from tijdig.access.scope import acting, organisation_scope, partner_scope

    with past_the_walls(admin, database) as server:
        tables = owned(server)
    _look(found, "nobody", _nobody(), tables, lambda _table, columns: ("true", []))
    for one in ground.corporations:
        _look(found, f"corporation {one.id}", organisation_scope(one.id), tables, _of_others(one))
        for partner in ground.partners:
            who = f"partner {partner.id} at corporation {one.id}"
            with acting(partner.id, partner.people["partner"]):
                _look(found, who, organisation_scope(one.id), tables, _not_theirs(one, partner, files))
    for partner in ground.partners:
        with acting(partner.id, partner.people["partner"]):
            _look(found, f"partner {partner.id}", partner_scope(), tables, _not_own(ground, partner))


def _look(
    found: Found, who: str, scope: AbstractContextManager[None], tables: Sequence[str], strange: Strange
) -> None:
    from django.db import connection

    with scope, connection.cursor() as cursor:
        cursor.execute(_COLUMNS, [list(tables)])
        columns: dict[str, set[str]] = {}
        for table, column in cursor.fetchall():
            columns.setdefault(table, set()).add(column)
        for table, names in sorted(columns.items()):
            clause, params = strange(table, names)
            cursor.execute(f"SELECT count(*) FROM {table} WHERE coalesce({clause}, true)", params)
            (count,) = cursor.fetchone()
            found.scans += 1
            if count:
                found.leaks.append(f"{who} saw {count} rows of others in {table}")


@contextmanager
def _nobody() -> Iterator[None]:
    """A transaction in which nobody said for whom it is."""
    from django.db import transaction

    with transaction.atomic():
        yield


_OF_PEOPLE = {"email", "user_id"}  # a table of persons, or of what is theirs


def _of_others(one: Corporation) -> Strange:
    return lambda _table, columns: ("organisation_id <> %s", [one.id])


def _not_theirs(one: Corporation, partner: Partner, files: Sequence[File]) -> Strange:
    """Within a corporation. The rows of a partner's own people have no corporation."""
    open_ = [
        each.tenancy
        for each in files
        if (each.organisation, each.partner) == (one.id, partner.id) and each.open
    ]
    agreed = partner.id in one.partners

    def strange(table: str, columns: set[str]) -> tuple[str, list[Any]]:
        if "partner_id" in columns:
            clause, params = "partner_id <> %s", [partner.id]
            own = "organisation_id IS NULL" if _OF_PEOPLE & columns else "false"
            return f"({clause} OR NOT {own} AND organisation_id <> %s)", [*params, one.id]
        if not agreed:
            return "true", []
        if "tenancy_id" in columns:
            return "(organisation_id <> %s OR NOT tenancy_id = ANY(%s))", [one.id, open_]
        if table in hops():  # by way of another table, as far as that is seen
            root = f"(SELECT person_id FROM tenancies_party WHERE tenancy_id = ANY(ARRAY{open_}::integer[]))"
            ids = f"ARRAY{open_}::integer[]" if root_of(table) == "tenancy" else f"ARRAY{root}"
            return f"(organisation_id <> %s OR NOT {rows_of(table).replace('%(ids)s', ids)})", [one.id]
        return "organisation_id <> %s", [one.id]

    return strange


def _not_own(ground: Ground, partner: Partner) -> Strange:
    agreed = [one.id for one in ground.corporations if partner.id in one.partners]

    def strange(_table: str, columns: set[str]) -> tuple[str, list[Any]]:
        if "partner_id" in columns and _OF_PEOPLE & columns:
            return "partner_id <> %s", [partner.id]
        if "partner_id" in columns:
            return "(partner_id <> %s OR NOT organisation_id = ANY(%s))", [partner.id, agreed]
        return "NOT organisation_id = ANY(%s)", [agreed]

    return strange
