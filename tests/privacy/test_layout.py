"""Of every table and every column somebody decided whether a tenant sees it, and of every text when it goes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.apps.registry import Apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from tijdig.privacy.kept import kept
from tijdig.privacy.kinds import LABEL, SINCE, SPOTS, Kind
from tijdig.privacy.layout import Shown, layout
from tijdig.privacy.places import hops, owner_of, root_of, rows_of
from tijdig.privacy.rules import shipped
from tijdig.privacy.showing import WAYS
from tijdig.privacy.words import WORDS

NOT_ABOUT = ("not_about_people", "of_colleagues")  # reasons that no table with a tenancy or a person may have


def tables() -> dict[str, type[models.Model]]:
    return {one._meta.db_table: one for one in apps.get_models()}


def shown() -> Iterator[tuple[Shown, str]]:
    """Each table that a report shows, with the entry of the layout in which it stands."""
    for part in layout().sections:
        for one in part.tables:
            yield one, one.table
            for beside in one.beside:
                yield one, beside


def undecided(known: set[str]) -> set[str]:
    """Tables of which nobody said whether a tenant sees them."""
    return known - {table for _, table in shown()} - set(layout().exceptions)


def about_people(model: type[models.Model]) -> bool:
    """Does a row of it lead to a tenancy or a person, by a column of its own or by the rows that it points to?"""
    seen, asked = set(), [model]
    while asked:
        one = asked.pop()
        if one._meta.db_table in ("tenancies_tenancy", "tenancies_person"):
            return True
        if one in seen:
            continue
        seen.add(one)
        if {field.column for field in one._meta.concrete_fields} & {"tenancy_id", "person_id"}:
            return True
        asked += [
            field.related_model
            for field in one._meta.concrete_fields
            if field.is_relation and isinstance(field.related_model, type)
        ]
    return False


def test_of_every_table_somebody_decided_whether_a_tenant_sees_it() -> None:
    assert undecided(set(tables())) == set(), (
        "put it in privacy/report.yaml: shown, or an exception with a reason"
    )


def test_a_table_that_comes_later_is_undecided() -> None:
    assert undecided({*tables(), "visits_visit"}) == {"visits_visit"}


def test_no_table_is_both_shown_and_left_out_and_none_is_made_up() -> None:
    told = [table for _, table in shown()]
    assert len(told) == len(set(told))
    assert set(told) & set(layout().exceptions) == set()
    assert (set(told) | set(layout().exceptions)) - set(tables()) == set()
    assert set(layout().exceptions.values()) <= set(layout().why)


def test_a_table_that_leads_to_a_tenant_is_never_left_out_as_being_about_nobody() -> None:
    wrong = {
        table
        for table, reason in layout().exceptions.items()
        if reason in NOT_ABOUT and about_people(tables()[table])
    }
    assert wrong == set()
    assert about_people(tables()["contacts_withdrawaltext"]) and not about_people(tables()["help_helper"])


def test_of_every_column_somebody_decided_whether_a_tenant_sees_it() -> None:
    plan, open_columns, made_up = layout(), [], []
    for one, table in shown():
        columns = {field.column for field in tables()[table]._meta.concrete_fields}
        labelled = {column.name for column in (*one.columns, *sum(one.beside.values(), ()))}
        known = labelled | one.json | set(one.out) | set(plan.never) | plan.json_only
        open_columns += [f"{table}.{column}" for column in columns - known]
        if table == one.table:
            own = {
                field.column
                for other in (table, *one.beside)
                for field in tables()[other]._meta.concrete_fields
            }
            made_up += [
                f"{table}.{column}" for column in (labelled | one.json | set(one.out)) - own - {"what"}
            ]
            assert set(one.out.values()) <= set(plan.why), table
            assert set(one.head) <= labelled, table
    assert open_columns == [], "say what a tenant sees of it in privacy/report.yaml"
    assert made_up == []


def test_every_way_of_showing_is_known() -> None:
    ways = {
        column.how
        for one, _ in shown()
        for column in (*one.columns, *sum(one.beside.values(), ()))
        if column.how
    }
    assert {one for one in ways if not one.startswith("=")} <= set(WAYS) | set(WORDS)


def test_of_every_shown_table_and_every_one_that_goes_it_is_known_whose_its_rows_are(db: None) -> None:
    spots = {spot.table for kind in Kind for spot in SPOTS[kind] if not spot.day}
    needed = {table for one, table in shown() if not one.special and table != "cases_decision"} | spots
    assert (
        needed - set(hops()) - {"history_reading", "history_event", "history_eventtext", "cases_decision"}
        == set()
    )
    for table in hops():
        assert root_of(table) in ("tenancy", "person")
        joins, owner = owner_of(table)
        with connection.cursor() as cursor:  # it is SQL that the database understands
            cursor.execute(f"SELECT 1 FROM {table} WHERE {rows_of(table)}", {"ids": [1]})
            cursor.execute(f"SELECT {owner} FROM {table} x {joins} LIMIT 1")


_CLOSED = (
    models.DateField,
    models.DateTimeField,
    models.AutoField,
    models.BigIntegerField,
    models.ForeignKey,
)
_NEVER = {
    "organisation_id",
    "tenancy_id",
    "source_key",
    "asked_as",
}  # numbers of the program and of the source


def _says(model: type[models.Model]) -> set[str]:
    """Columns in which something may be said of somebody, in words or in a code: no days, amounts and row numbers."""
    open_ones = (one for one in model._meta.concrete_fields if not isinstance(one, _CLOSED))
    return {field.column for field in open_ones} - _NEVER


def _goes(table: str) -> set[str]:
    """The columns of a table that a kind erases; all of them where its rows go."""
    spots = [spot for kind in Kind for spot in SPOTS[kind] if spot.table == table]
    if any(not spot.emptied for spot in spots):
        return {field.column for field in tables()[table]._meta.concrete_fields}
    return {column for spot in spots for column in spot.columns}


def _stays(table: str) -> list[str]:
    """The columns that stay with a reason; twice where two reasons are given."""
    return [column for one in kept() for name in (table, "*") for column in one.columns.get(name, ())]


def _open(table: str, model: type[models.Model]) -> set[str]:
    return _says(model) - _goes(table) - set(_stays(table))


def test_of_every_column_that_says_something_of_a_tenant_somebody_decided_when_it_goes() -> None:
    stays = {f"{table}.{one}" for table in hops() for one in _open(table, tables()[table])}
    assert stays == set(), "give it a kind in privacy/kinds.py, or say in privacy/kept.yaml why it stays"


def test_a_code_that_comes_later_is_undecided() -> None:
    class Later(models.Model):
        tenancy = models.ForeignKey("tenancies.Tenancy", on_delete=models.PROTECT)
        illness = models.CharField(max_length=20)
        disabled = models.BooleanField()
        needs = ArrayField(models.CharField(max_length=20))
        noticed_on = models.DateField()
        actor = models.CharField(max_length=80)

        class Meta:
            app_label = "privacy"
            apps = Apps()

    assert _says(Later) - set(_stays("privacy_later")) == {"illness", "disabled", "needs"}


def test_what_stays_is_there_has_one_reason_and_does_not_go() -> None:
    known = tables()
    for one in kept():
        assert one.why.endswith(".")
        for table, columns in one.columns.items():
            if table == "*":
                continue
            assert columns <= {field.column for field in known[table]._meta.concrete_fields}, table
            assert not columns & _goes(table), table
            assert table not in hops() or len(_stays(table)) == len(set(_stays(table))), table


@pytest.mark.parametrize("word", ["Personal", "erased with the person", "to be erased"])
def test_what_a_table_says_is_to_be_erased_is_erased(word: str) -> None:
    goes = {spot.table for kind in Kind for spot in SPOTS[kind]} | {
        "history_eventtext",
        "history_readingtext",
    }
    told: dict[str, Any] = {
        table: model.__doc__ for table, model in tables().items() if word in (model.__doc__ or "")
    }
    assert len(told) > 3
    assert {table for table in told if table not in goes} == set()


def test_every_kind_has_words_a_beginning_and_a_shipped_term() -> None:
    assert set(LABEL) == set(SINCE) == set(SPOTS) == set(Kind)
    assert [one.kind for one in shipped()] == list(Kind)
    assert {spot.table for kind in Kind for spot in SPOTS[kind]} <= set(tables())


def test_money_is_of_no_kind() -> None:
    whole = {spot.table for kind in Kind for spot in SPOTS[kind] if not spot.emptied}
    for table in whole:
        columns = {field.column for field in tables()[table]._meta.concrete_fields}
        assert not any(column.endswith("cents") for column in columns), table
    assert "ledger_entry" not in whole
