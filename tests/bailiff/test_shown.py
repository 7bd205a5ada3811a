"""What the agreement does not show is not there for a partner, whatever is asked: of contacts, letters and needs, and of a
file that ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from django.db import connection, transaction
from tests.bailiff import partners
from tests.bailiff.partners import BY, TODAY
from tests.letters import offices

from tijdig.access.scope import organisation_scope
from tijdig.bailiff.actions_file import end_file
from tijdig.bailiff.kinds import End, Shown, Side
from tijdig.bailiff.queries_in_file import package_of_file
from tijdig.bailiff.queries_package import package_withheld
from tijdig.bailiff.queries_partner import opened, seen
from tijdig.bailiff.queries_stops import STANDS_STILL, STOPPING, UNHEARD, stops_on
from tijdig.contacts.actions import log
from tijdig.contacts.kinds import Cause, Channel, Direction, Outcome, Reached, Who
from tijdig.contacts.values import ContactDraft
from tijdig.help.actions_cause import note_causes
from tijdig.help.cause import CauseDraft
from tijdig.tenancies.flags import FLAG_LABEL, Flag

OURS = "user:900001"  # nobody of the partner


class Place(NamedTuple):
    organisation: int
    tenancy: int
    file: int
    who: tuple[int, int, str]


def _rows(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def _talk(tenancy: int) -> ContactDraft:
    return ContactDraft(
        tenancy_id=tenancy, channel=Channel.PHONE, direction=Direction.OUT, reached=Reached.TALKED, who=Who.TENANT,
        outcome=Outcome.OTHER, at=offices.NOON, causes=(Cause.ILLNESS,),
    )  # fmt: skip


def _log(place: Place, actor: str) -> int:
    return log(
        organisation_id=place.organisation, actor=actor, draft=_talk(place.tenancy), asked_as=uuid4(), now=offices.NOON,
        on=TODAY,
    )  # fmt: skip


def _cause(place: Place, actor: str) -> None:
    note_causes(
        organisation_id=place.organisation, actor=actor, name="An", asked_as=uuid4(), on=TODAY,
        draft=CauseDraft(
            tenancy_id=place.tenancy, causes=["illness"], says="told", noticed_by="consultant", noticed_on=TODAY,
        ),
    )  # fmt: skip


def _flag(place: Place, kind: Flag) -> None:
    with organisation_scope(place.organisation), connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO tenancies_tenancyflag (organisation_id, tenancy_id, kind, begin_on, learned_from, actor, asked_as)
               VALUES (%s, %s, %s, %s, 'court_register', 'user:1', gen_random_uuid())""",
            [place.organisation, place.tenancy, kind.value, TODAY - timedelta(days=1)],
        )


def _place(organisation: int, shows: Iterable[Shown]) -> Place:
    who = partners.partner()
    partners.agreed(organisation, who, terms=replace(partners.TERMS, shows=tuple(shows)))
    tenancy = partners.ready(organisation)
    made = partners.handed(organisation, tenancy, who[0])
    assert made is not None
    return Place(organisation, tenancy, made, who)


@pytest.mark.parametrize("shows", [(), (Shown.CONTACTS,), (Shown.LETTERS,), (Shown.NEEDS,), tuple(Shown)])
def test_the_tables_hold_no_more_than_is_agreed(organisation: int, shows: tuple[Shown, ...]) -> None:
    place = _place(organisation, shows)
    ours = _log(place, OURS)
    _cause(place, OURS)
    _flag(place, Flag.VULNERABLE)
    with organisation_scope(organisation):
        _rows("UPDATE tenancies_person SET died_on = '2026-01-01'")
    with partners.at_partner(organisation, place.who), organisation_scope(organisation):
        theirs = _log(place, f"user:{place.who[1]}")
        _cause(place, f"user:{place.who[1]}")
        contacts = dict(_rows("SELECT id, causes FROM contacts_contact"))
        steps = {kind for (kind,) in _rows("SELECT kind FROM steps_step")}
        causes = {actor for (actor,) in _rows("SELECT actor FROM help_rootcause")}
        flags, (died,) = (
            _rows("SELECT kind FROM tenancies_tenancyflag"),
            _rows("SELECT died_on FROM tenancies_person"),
        )
        hidden = _rows("SELECT id FROM contacts_contact WHERE 'illness' = ANY(causes)")
        for table in ("tenancies_person", "contacts_contact", "bailiff_file"):
            with pytest.raises(Exception, match="permission denied"), transaction.atomic():
                _rows(f"SELECT * FROM public.{table}")
        assert _rows("SELECT 1 FROM bailiff_handover") == []  # how it was decided is the corporation's
    needs, own = Shown.NEEDS in shows, f"user:{place.who[1]}"
    assert contacts[theirs] == ["illness"]
    assert (ours in contacts) is (Shown.CONTACTS in shows)
    assert contacts.get(ours, []) == (["illness"] if needs and Shown.CONTACTS in shows else [])
    assert {one for (one,) in hidden} == {theirs} | ({ours} if needs and Shown.CONTACTS in shows else set())
    assert ("letter_sent" in steps) is (Shown.LETTERS in shows)
    assert ("signal_sent" in steps) is needs
    assert "handed_over" in steps
    assert causes == ({OURS, own} if needs else {own})
    assert bool(flags) is bool(died[0]) is needs


@pytest.mark.parametrize("kind", list(Flag))
def test_that_it_stands_still_is_known_and_why_only_where_that_was_agreed(
    organisation: int, kind: Flag
) -> None:
    """The database and the program mean the same kinds."""
    place = _place(organisation, ())
    _flag(place, kind)
    with organisation_scope(organisation):
        whole = list(stops_on(place.tenancy, TODAY))
    with partners.at_partner(organisation, place.who), organisation_scope(organisation):
        told = list(stops_on(place.tenancy, TODAY))
        page = seen(organisation, place.file, TODAY)
    assert page is not None
    if kind in STOPPING:
        assert FLAG_LABEL[kind] in whole[0]
        assert len(told) == len(page.needs) == 1
        assert "staat alles stil" in told[0]
        assert "staat alles stil" in page.needs[0]
        assert FLAG_LABEL[kind] not in told[0]
    elif kind is Flag.ADMINISTRATION:  # nobody spoke with the administrator
        assert (whole, told, page.needs) == ([UNHEARD], [f"{STANDS_STILL}."], ())
    else:
        assert whole == told == []
        assert page.needs == ()


def test_a_death_of_the_source_stands_still_too(organisation: int) -> None:
    place = _place(organisation, ())
    with organisation_scope(organisation):
        _rows("UPDATE tenancies_person SET died_on = '2026-10-01'")
    with partners.at_partner(organisation, place.who), organisation_scope(organisation):
        (told,) = stops_on(place.tenancy, TODAY)
    assert "staat alles stil" in told


def test_whether_another_household_stands_still_is_not_told(organisation: int) -> None:
    place = _place(organisation, ())
    other = partners.ready(organisation, 2)
    _flag(place._replace(tenancy=other), Flag.WSNP)
    asked = (
        f"SELECT tijdig_stands_still({other}, '{TODAY}'), tijdig_signal_on({other}, '2026-09-01', '{TODAY}')"
    )
    with organisation_scope(organisation):
        ((still, signal_on),) = _rows(asked)
    assert still
    assert signal_on is not None
    with partners.at_partner(organisation, place.who), organisation_scope(organisation):
        assert _rows(asked) == [(False, None)]


def test_a_package_that_shows_more_than_is_agreed_now_is_given_no_more(organisation: int) -> None:
    place = _place(organisation, partners.TERMS.shows)

    def given() -> tuple[bool, bool]:
        with partners.at_partner(organisation, place.who), organisation_scope(organisation):
            known = opened(place.file, TODAY)
            assert known is not None
            return package_of_file(place.file) is not None, package_withheld(known.file, known.agreement)

    assert given() == (True, False)
    partners.agreed(organisation, place.who, terms=replace(partners.TERMS, shows=tuple(Shown)))
    assert given() == (True, False)
    partners.agreed(organisation, place.who, terms=replace(partners.TERMS, shows=(Shown.PHONE,)))
    assert given() == (False, True)
    with organisation_scope(organisation):
        assert package_of_file(place.file) is not None  # the corporation keeps what it sent


def test_of_a_file_that_ended_a_partner_keeps_what_its_figures_need(organisation: int) -> None:
    place = _place(organisation, ())
    asked = f'SELECT tenancy_id, overdue_cents, handed_over_on, ended_on, "end" FROM bailiff_file WHERE id = {place.file}'
    with partners.at_partner(organisation, place.who), organisation_scope(organisation):
        ((tenancy, cents, *_rest),) = _rows(asked)
        assert (tenancy, cents > 0) == (place.tenancy, True)
    end_file(
        organisation_id=organisation, file_id=place.file, side=Side.CORPORATION, end=End.TAKEN_BACK, **BY
    )
    with partners.at_partner(organisation, place.who), organisation_scope(organisation):
        assert _rows(asked) == [(0, 0, TODAY, TODAY, "TER")]
        assert (
            _rows(f"SELECT id FROM bailiff_file WHERE tenancy_id = {place.tenancy} OR overdue_cents > 0")
            == []
        )
        for column in ("tenancy_id", "overdue_cents"):
            with pytest.raises(Exception, match="permission denied"), transaction.atomic():
                _rows(f"SELECT {column} FROM public.bailiff_file")
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            _rows("UPDATE bailiff_file SET handed_over_on = '2020-01-01'")
    with organisation_scope(organisation):
        ((kept, *_),) = _rows(asked)
    assert kept == place.tenancy


def test_every_view_of_a_partner_has_every_column_of_its_table(db: None) -> None:
    """Who adds a column to such a table says here what a partner sees of it."""
    missing = _rows(
        """SELECT t.table_name, t.column_name FROM information_schema.columns v
             JOIN information_schema.columns t ON t.table_name = v.table_name AND t.table_schema = 'public'
            WHERE v.table_schema = 'tijdig_partner'
           EXCEPT SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'tijdig_partner'"""
    )
    views = {name for (name,) in _rows("SELECT viewname FROM pg_views WHERE schemaname = 'tijdig_partner'")}
    assert missing == []
    assert views == {"bailiff_file", "contacts_contact", "tenancies_person", "tenancies_persontext"}
