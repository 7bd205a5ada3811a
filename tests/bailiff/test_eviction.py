"""An eviction: what is looked at, by whom it is decided, what the municipality hears, when it may be; and a last chance."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from tests.bailiff import partners
from tests.bailiff.court import (
    CONDITIONS,
    FACTS,
    JUDGED,
    LEAD,
    LEAVES,
    LOOKED,
    OURS,
    TOLD,
    Place,
    a_plan,
    does,
    stands,
    theirs,
    to_announced,
    to_judgment,
)
from tests.bailiff.partners import TODAY
from tests.letters import offices

from tijdig.access.scope import organisation_scope
from tijdig.arrangements.actions import end
from tijdig.arrangements.kinds import EndReason
from tijdig.bailiff import actions_in_file as actions
from tijdig.bailiff.chance import How
from tijdig.bailiff.deed_draft import BROKEN
from tijdig.bailiff.eviction_check import Box, whole
from tijdig.bailiff.queries import file, open_files
from tijdig.bailiff.queries_chance import chance_of
from tijdig.bailiff.queries_check import facts_beside, facts_kept
from tijdig.bailiff.queries_in_file import broken, calendar, costs_of, tracks_of
from tijdig.bailiff.queries_owed import owed_in
from tijdig.bailiff.queries_partner import listed
from tijdig.bailiff.track import Deed, Stage
from tijdig.base.not_done import NotDone
from tijdig.contacts.actions import log
from tijdig.contacts.kinds import Channel, Direction, Outcome, Reached, Who
from tijdig.contacts.values import ContactDraft
from tijdig.tenancies.actions_flags import raise_flag
from tijdig.tenancies.flag_draft import FlagDraft
from tijdig.tenancies.flags import Flag, LearnedFrom


def test_an_eviction_takes_the_municipality_two_different_people_a_term_and_the_day_told(late: Place) -> None:
    organisation, tenancy, number, who = late
    to_judgment(late)
    with partners.at_partner(organisation, who):
        does(organisation, number, theirs(who), Deed.EVICTION_PROPOSED)
        for deed in (Deed.EVICTION_AGREED, Deed.MUNICIPALITY_TOLD):
            with pytest.raises(NotDone, match="past daar niet"):
                does(organisation, number, theirs(who), deed, **LOOKED, **TOLD)
    with pytest.raises(NotDone, match="Eerst hoort de gemeente van de corporatie"):
        does(organisation, number, OURS, Deed.EVICTION_AGREED, **LOOKED)
    with pytest.raises(NotDone, match="welke gemeente het was"):
        does(organisation, number, OURS, Deed.MUNICIPALITY_TOLD)
    does(organisation, number, OURS, Deed.MUNICIPALITY_TOLD, **TOLD)
    with pytest.raises(NotDone, match="Vink aan"):
        does(organisation, number, OURS, Deed.EVICTION_AGREED, check=("children",), facts=FACTS)
    with pytest.raises(NotDone, match="Lees eerst wat er bekend is"):
        does(organisation, number, OURS, Deed.EVICTION_AGREED, check=LOOKED["check"], facts=FACTS[1:])
    does(organisation, number, OURS, Deed.EVICTION_AGREED, **LOOKED)
    with pytest.raises(NotDone, match="Een ander van de corporatie"):
        does(organisation, number, OURS, Deed.EVICTION_AGREED, **LOOKED)
    does(organisation, number, LEAD, Deed.EVICTION_AGREED, **LOOKED)
    with partners.at_partner(organisation, who):
        with pytest.raises(NotDone, match="artikel 555"):
            does(organisation, number, theirs(who), Deed.ANNOUNCED, at_on=TODAY + timedelta(days=2))
        with pytest.raises(NotDone, match=f"Ontruimen kan vanaf {LEAVES:%d-%m-%Y}"):
            does(organisation, number, theirs(who), Deed.ANNOUNCED, at_on=LEAVES - timedelta(days=1))
        does(organisation, number, theirs(who), Deed.ANNOUNCED, at_on=LEAVES)
        with pytest.raises(NotDone, match="artikel 14 Gerechtsdeurwaarderswet"):
            does(organisation, number, theirs(who), Deed.EVICTED)
        does(organisation, number, theirs(who), Deed.EVICTION_DAY_TOLD, at="Maastricht, per telefoon")
        later = LEAVES + timedelta(days=7)
        does(organisation, number, theirs(who), Deed.ANNOUNCED, at_on=later)  # put off
        with pytest.raises(NotDone, match="artikel 14 Gerechtsdeurwaarderswet"):
            does(organisation, number, theirs(who), Deed.EVICTED)
        does(organisation, number, theirs(who), Deed.EVICTION_DAY_TOLD, at="Maastricht, per telefoon")
    track = stands(organisation, number)
    assert (track.stage, track.day_told is not None) == (Stage.ANNOUNCED, True)
    with organisation_scope(organisation):
        known = file(number)
        assert known is not None
        assert [(one.deed, one.at_on) for _, one in calendar(tracks_of([known]), TODAY)] == [
            (Deed.ANNOUNCED, later)
        ]
        owed, _ = owed_in(number, tenancy, track, TODAY)
        assert owed.costs_cents == 61_000
    offices.pay(organisation, 1, owed.overdue_cents)
    with organisation_scope(organisation):
        booked = [one.id for one in costs_of(number)]
    for one in booked:
        actions.received(
            organisation_id=organisation, file_id=number, cost_id=one, received_on=TODAY,
            **{name: OURS[name] for name in ("actor", "name", "side", "on")},
        )  # fmt: skip
    with partners.at_partner(organisation, who):
        for sentence in ("niets meer schuldig", "niet eerder", "Ontruimen kan vanaf"):
            with pytest.raises(NotDone, match=sentence):
                does(organisation, number, theirs(who), Deed.EVICTED)


def test_the_corporation_may_write_down_too_that_the_municipality_knows_the_day(late: Place) -> None:
    organisation, _tenancy, number, _who = late
    to_announced(late)
    does(organisation, number, OURS, Deed.EVICTION_DAY_TOLD, **TOLD)
    with pytest.raises(NotDone, match="past daar niet"):
        does(organisation, number, OURS, Deed.EVICTION_DAY_TOLD, **TOLD)


def test_of_the_two_one_leads_and_neither_has_the_name_of_the_other(late: Place) -> None:
    organisation, _tenancy, number, _who = late
    to_judgment(late)
    does(organisation, number, OURS, Deed.EVICTION_PROPOSED)
    does(organisation, number, OURS, Deed.MUNICIPALITY_TOLD, **TOLD)
    does(organisation, number, OURS, Deed.EVICTION_AGREED, **LOOKED)
    with pytest.raises(NotDone, match="Een van de twee is teamleider of manager"):
        does(organisation, number, LEAD | {"role": "consultant"}, Deed.EVICTION_AGREED, **LOOKED)
    with pytest.raises(NotDone, match="twee accounts van dezelfde naam"):
        does(organisation, number, LEAD | {"name": "AN  de BOÉR"}, Deed.EVICTION_AGREED, **LOOKED)
    does(organisation, number, LEAD | {"role": "manager"}, Deed.EVICTION_AGREED, **LOOKED)
    track = stands(organisation, number)
    assert [one.role for one in track.agreed] == ["consultant", "manager"]
    assert track.stage is Stage.EVICTION_AGREED


def test_what_stood_beside_the_boxes_is_kept_and_no_partner_reads_it(late: Place) -> None:
    organisation, _tenancy, number, who = late
    to_announced(late)
    first, second = stands(organisation, number).agreed
    with organisation_scope(organisation):
        kept = facts_kept(number)
        assert kept == {first.id: FACTS, second.id: FACTS}
    with partners.at_partner(organisation, who), organisation_scope(organisation):
        assert facts_kept(number) == {}
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM bailiff_legaldeedfacts")
            assert cursor.fetchone() == (0,)


def test_beside_every_box_stands_what_is_known(late: Place) -> None:
    organisation, tenancy, number, _who = late
    _flag(organisation, tenancy, Flag.VULNERABLE)
    offices.pay(organisation, 1, 5_000)
    a_plan(organisation, tenancy)
    with organisation_scope(organisation):
        known = file(number)
        assert known is not None
        facts = facts_beside(known, TODAY)
    assert whole(facts)
    said = {box: [one.sentence for one in facts if one.box is box] for box in Box}
    assert f"Kwetsbaar huishouden, sinds {TODAY:%d-%m-%Y}." in said[Box.HOUSEHOLD]
    assert "Er is met niemand gesproken." in said[Box.HOUSEHOLD]
    assert said[Box.CHILDREN][0] == f"Alleen volwassenen: gevraagd door An de Boer op {TODAY:%d-%m-%Y}."
    assert said[Box.CHILDREN][1].startswith("1 keer langsgegaan, 0 keer iemand gesproken")
    assert len(said[Box.CHILDREN]) == 2
    assert any("vroegsignaal, verstuurd op" in one for one in said[Box.HELP])
    assert any(
        one.endswith("over € 1.350,00: nagekomen.".replace(" 1", "\u00a01")) for one in said[Box.ALTERNATIVES]
    )
    assert any("kwam €\u00a050,00 binnen, in 1 keer" in one for one in said[Box.ALTERNATIVES])
    assert "Er is nog geen laatste kans afgesproken." in said[Box.ALTERNATIVES]
    assert said[Box.MUNICIPALITY] == ["De gemeente hoorde nog niet dat er een ontruiming kan komen."]


def _flag(organisation: int, tenancy: int, kind: Flag) -> None:
    draft = FlagDraft(tenancy_id=tenancy, kind=kind, begin_on=TODAY, learned_from=LearnedFrom.COURT_REGISTER)
    raise_flag(organisation_id=organisation, actor="user:1", draft=draft, asked_as=uuid4(), on=TODAY)


def test_administration_that_began_after_the_yes_stops_until_the_administrator_was_spoken_to(
    late: Place,
) -> None:
    organisation, tenancy, number, who = late
    to_judgment(late)
    does(organisation, number, OURS, Deed.EVICTION_PROPOSED)
    does(organisation, number, OURS, Deed.MUNICIPALITY_TOLD, **TOLD)
    does(organisation, number, OURS, Deed.EVICTION_AGREED, **LOOKED)
    does(organisation, number, LEAD, Deed.EVICTION_AGREED, **LOOKED)
    _flag(organisation, tenancy, Flag.ADMINISTRATION)
    with partners.at_partner(organisation, who), pytest.raises(NotDone, match="staat alles stil"):
        does(organisation, number, theirs(who), Deed.ANNOUNCED, at_on=LEAVES)
    talk = ContactDraft(
        tenancy_id=tenancy, channel=Channel.PHONE, direction=Direction.OUT, reached=Reached.TALKED,
        who=Who.REPRESENTATIVE, outcome=Outcome.NO_AGREEMENT, at=datetime(2026, 11, 2, 9, 0, tzinfo=UTC),
    )  # fmt: skip
    with partners.at_partner(organisation, who):
        log(
            organisation_id=organisation, actor=f"user:{who[1]}", draft=talk, asked_as=uuid4(), now=offices.NOON,
            on=TODAY,
        )  # fmt: skip
        does(organisation, number, theirs(who), Deed.ANNOUNCED, at_on=LEAVES)


def test_a_judgment_with_an_eviction_says_within_how_many_days(late: Place) -> None:
    organisation, _tenancy, number, who = late
    to_judgment(late)
    with partners.at_partner(organisation, who):
        with pytest.raises(NotDone, match="binnen hoeveel dagen"):
            does(
                organisation,
                number,
                theirs(who),
                Deed.JUDGMENT_CORRECTED,
                judgment=replace(JUDGED, vacate_days=None),
            )
        does(
            organisation,
            number,
            theirs(who),
            Deed.JUDGMENT_CORRECTED,
            judgment=replace(JUDGED, vacate_days=60),
        )
    assert stands(organisation, number).first_eviction_on == TODAY + timedelta(days=61)


def _chance(place: Place, plan: int | None, **more: object) -> int:
    organisation, _tenancy, number, who = place
    given = {"at_on": TODAY + timedelta(days=365), "arrangement_id": plan, "conditions": CONDITIONS} | more
    with partners.at_partner(organisation, who):
        return does(organisation, number, theirs(who), Deed.LAST_CHANCE, **given)


def test_a_last_chance_stands_on_an_arrangement_that_runs_with_its_conditions(late: Place) -> None:
    organisation, tenancy, number, _who = late
    to_judgment(late)
    with pytest.raises(NotDone, match="rust op een regeling die loopt"):
        _chance(late, None)
    plan = a_plan(organisation, tenancy)
    with pytest.raises(NotDone, match="intussen een andere"):
        _chance(late, plan + 1)
    with pytest.raises(NotDone, match="ten minste zo lang"):
        _chance(late, plan, at_on=TODAY + timedelta(days=30))
    with pytest.raises(NotDone, match="waar de huurder zich aan houdt"):
        _chance(late, plan, conditions=" ")
    _chance(late, plan)
    deed = stands(organisation, number).last_chance
    assert deed is not None
    assert (deed.arrangement_id, deed.conditions) == (plan, CONDITIONS)


def test_a_last_chance_is_not_over_before_its_day_unless_it_was_broken(late: Place) -> None:
    organisation, tenancy, number, who = late
    to_judgment(late)
    _chance(late, a_plan(organisation, tenancy))
    with partners.at_partner(organisation, who):
        with pytest.raises(NotDone, match="Vink dat aan"):
            does(organisation, number, theirs(who), Deed.LAST_CHANCE_OVER)
        does(organisation, number, theirs(who), Deed.LAST_CHANCE_OVER, check=(BROKEN,))


def test_a_last_chance_that_breaks_is_told_to_both_and_is_over_without_a_tick(late: Place) -> None:
    organisation, tenancy, number, who = late
    to_judgment(late)
    _chance(late, a_plan(organisation, tenancy))
    broken_on = TODAY + timedelta(days=9)  # three days of grace
    with organisation_scope(organisation):
        files = open_files()
        assert [(one.id, since) for one, since in broken(files, broken_on)] == [(number, broken_on)]
        assert [one.id for one, track in tracks_of(files) if track.last_chance] == [number]
        found = chance_of(tenancy, stands(organisation, number), broken_on)
        assert found is not None
        assert (found.how, found.broken_on) == (How.BROKEN, broken_on)
    with partners.at_partner(organisation, who):
        (row,) = listed(broken_on)
        assert row.todo.sentence == "De laatste kans is gebroken. Bel vandaag."
        does(organisation, number, theirs(who) | {"on": broken_on}, Deed.LAST_CHANCE_OVER)
    assert stands(organisation, number).stage is Stage.SERVED


def test_a_last_chance_that_was_paid_off_is_kept_after_its_last_day(late: Place) -> None:
    organisation, tenancy, number, who = late
    to_judgment(late)
    plan, until = a_plan(organisation, tenancy), TODAY + timedelta(days=365)
    _chance(late, plan)
    end(
        organisation_id=organisation, actor="user:1", arrangement_id=plan, end_reason=EndReason.PAID_OFF, reason="Klaar.",
        on=TODAY,
    )  # fmt: skip
    track = stands(organisation, number)
    with organisation_scope(organisation):
        runs, kept = chance_of(tenancy, track, until), chance_of(tenancy, track, until + timedelta(days=1))
        assert runs is not None and kept is not None
        assert (runs.how, kept.how) == (How.RUNS, How.KEPT)
    with partners.at_partner(organisation, who):
        (row,) = listed(until + timedelta(days=1))
        assert "sluit het dossier in goed overleg" in row.todo.sentence


def test_a_last_chance_never_stands_on_the_arrangement_of_another(late: Place) -> None:
    organisation, _tenancy, number, _who = late
    other = a_plan(organisation, offices.tenant(organisation, 2))
    with (
        pytest.raises(Exception, match="of_its_arrangement"),
        transaction.atomic(),
        organisation_scope(organisation),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            """INSERT INTO bailiff_legaldeed (organisation_id, file_id, tenancy_id, deed, "on", at, check_list, owed_cents,
                                              side, actor, name, asked_as, arrangement_id)
               SELECT organisation_id, id, tenancy_id, 'last_chance', handed_over_on, '', '[]', 0, 'corporation',
                      'user:1', 'x', gen_random_uuid(), %s FROM bailiff_file WHERE id = %s""",
            [other, number],
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
