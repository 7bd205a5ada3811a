"""What a partner's people did about their own people stands in a chain: what is changed or taken away is found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from tests.entrance import comers

from tijdig.access.scope import owner_scope
from tijdig.entrance.actions import wrote
from tijdig.entrance.actions_seal import seal_acts
from tijdig.entrance.queries_acts import Acts, partner_ids, prove_acts
from tijdig.history.broken import Break, Of
from tijdig.history.chain import Kept


@pytest.fixture
def partner(fresh_database: str) -> int:
    """Two nights: three acts and two."""
    person = comers.at_partner("proef")
    assert person.partner_id is not None
    for numbers in ((1, 2, 3), (4, 5)):
        with owner_scope(None, person.partner_id):
            for number in numbers:
                wrote(person=person, verb="invited", subject=f"user:{number}", on=comers.ON, number=number)
        assert seal_acts(partner_id=person.partner_id) == len(numbers)
    return person.partner_id


@pytest.fixture
def change(fresh_database: str, admin: str) -> Iterator[psycopg.Connection]:
    dsn = make_conninfo(admin, dbname=str(conninfo_to_dict(fresh_database)["dbname"]))
    with psycopg.connect(dsn, autocommit=True) as superuser:
        superuser.execute("SET session_replication_role = replica")
        yield superuser


def _prove(partner: int, kept: dict[str, Kept] | None = None, later: timedelta = timedelta()) -> Acts:
    return prove_acts(partner, now=datetime.now(UTC) + later, kept=kept)


def test_a_whole_chain_is_told_with_its_counts(partner: int) -> None:
    assert partner_ids() == [partner]
    found = _prove(partner)
    assert (found.code, found.links, found.sealed, found.unsealed, found.broken) == ("proef", 2, 5, 0, ())
    assert seal_acts(partner_id=partner) == 0


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE entrance_partneract SET actor = 'user:0' WHERE subject = 'user:4'", Break.CHANGED),
        ("UPDATE entrance_partneract SET facts = '{}' WHERE subject = 'user:4'", Break.CHANGED),
        ("DELETE FROM entrance_partneract WHERE subject = 'user:4'", Break.REMOVED),
        ("UPDATE entrance_partnerseal SET sealed_at = now() WHERE number = 2", Break.CHANGED),
        ("UPDATE entrance_partnerseal SET total = 4 WHERE number = 2", Break.CHANGED),
        ("DELETE FROM entrance_partnerseal WHERE number = 1", Break.LINK),
    ],
)
def test_the_first_link_that_does_not_hold_is_named(
    partner: int, change: psycopg.Connection, statement: str, kind: Break
) -> None:
    change.execute(statement)
    (only,) = _prove(partner).broken
    assert (only.of, only.kind, only.link) == (Of.ACTS, kind, 1 if "number = 1" in statement else 2)


def test_a_removed_end_is_found_by_what_was_kept_outside(partner: int, change: psycopg.Connection) -> None:
    kept = Kept(2, _prove(partner).last_link)
    change.execute("DELETE FROM entrance_partnerseal WHERE number = 2")
    assert _prove(partner, later=timedelta(hours=26)).broken[0].kind is Break.UNSEALED
    change.execute("DELETE FROM entrance_partneract WHERE subject IN ('user:4', 'user:5')")
    assert _prove(partner, later=timedelta(hours=26)).holds
    (only,) = _prove(partner, {"proef": kept}).broken
    assert (only.kind, only.link) == (Break.KEPT, 2)
