"""The walls of the database as they stand after every migration."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

OUTSIDE_THE_WALLS = {  # of no corporation, or not to be read at all
    "access_failed_sign_in",  # without grants, behind functions that add to it and count
    "access_organisation_list",  # without grants, behind a function that gives ids only
    "access_partner_list",  # without grants, behind a function that gives the one whose code was asked
    "bailiff_figure_list",  # without grants, behind a function that gives numbers of many files only
    "bailiff_partner_person",  # without grants, behind a function that gives the names of one's own partners
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_migrations",
    "django_session",
    "tenancies_search",  # without grants, behind a function that filters: see the test below
}


def _rows(query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def test_every_table_of_a_corporation_has_forced_row_security(db: None) -> None:
    loose = _rows(
        """SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
              AND NOT (c.relrowsecurity AND c.relforcerowsecurity)"""
    )
    assert {name for (name,) in loose} == OUTSIDE_THE_WALLS


def test_every_wall_checks_what_is_read_and_what_is_written(db: None) -> None:
    """A policy that lets rows in holds them to the same corporation as it lets out."""
    half = _rows(
        """SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organisation_id'
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relrowsecurity
              AND NOT EXISTS (SELECT 1 FROM pg_policies p WHERE p.tablename = c.relname AND p.permissive = 'PERMISSIVE'
                                 AND p.cmd = 'ALL' AND p.qual LIKE '%tijdig.organisation%'
                                 AND p.with_check LIKE '%tijdig.organisation%')"""
    )
    assert half == []


def test_every_table_has_a_second_wall_for_who_works_for_a_partner(db: None) -> None:
    """What is not told in `bailiff` as theirs, does not exist for them; a new table says so in its own migration."""
    open_to_all = _rows(
        """SELECT c.relname FROM pg_class c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relrowsecurity
              AND c.relname <> 'access_partner'
              AND NOT EXISTS (SELECT 1 FROM pg_policies p WHERE p.tablename = c.relname AND p.permissive = 'RESTRICTIVE'
                                 AND p.cmd = 'ALL' AND p.roles = '{tijdig_partner}'
                                 AND p.with_check IS NOT NULL)"""
    )
    assert open_to_all == []


def test_the_role_of_the_program_cannot_pass_a_wall(db: None) -> None:
    role = _rows(
        """SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles
            WHERE rolname = current_user"""
    )
    assert role == [("tijdig_app", False, False, False, False)]


def test_the_role_of_the_program_owns_nothing(db: None) -> None:
    owned = _rows(
        """SELECT relname::text FROM pg_class WHERE relowner = 'tijdig_app'::regrole AND relpersistence <> 't'
           UNION ALL SELECT proname::text FROM pg_proc WHERE proowner = 'tijdig_app'::regrole
           UNION ALL SELECT nspname::text FROM pg_namespace
                      WHERE nspowner = 'tijdig_app'::regrole AND nspname NOT LIKE 'pg_%temp%'
           UNION ALL SELECT datname::text FROM pg_database WHERE datdba = 'tijdig_app'::regrole"""
    )
    assert owned == []


@pytest.mark.parametrize(
    "table",
    ["tenancies_search", "access_organisation_list", "access_partner_list", "access_failed_sign_in"],
)
def test_a_table_outside_the_walls_can_only_be_asked_through_its_function(db: None, table: str) -> None:
    ways = "SELECT, INSERT, UPDATE, DELETE, TRUNCATE"
    assert _rows(f"SELECT has_table_privilege('tijdig_app', '{table}', '{ways}')") == [(False,)]


def test_functions_that_act_as_the_owner_name_where_they_look(db: None) -> None:
    """Without a search path of its own, whoever calls such a function could put another table in its way."""
    loose = _rows(
        """SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace
              AND NOT EXISTS (SELECT 1 FROM unnest(proconfig) AS set WHERE set LIKE 'search_path=%')"""
    )
    assert loose == []
