"""What both sides do in a file: contacts, arrangements, questions, costs, and the deeds before the court; and its walls."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, transaction
from tests.bailiff import partners
from tests.bailiff.court import JUDGED, LOOKED, TOLD, Place, does, to_judgment
from tests.bailiff.partners import BY, TODAY
from tests.letters import offices

from tijdig.access.queries import names
from tijdig.access.scope import organisation_scope
from tijdig.arrangements.actions import end
from tijdig.arrangements.kinds import EndReason, Rhythm
from tijdig.arrangements.plan import Ask
from tijdig.arrangements.queries import arrangements_of
from tijdig.bailiff import actions_in_file as actions
from tijdig.bailiff.actions_file import end_file
from tijdig.bailiff.costs import Act, CostDraft, Payer
from tijdig.bailiff.kinds import End, May, Side, Start
from tijdig.bailiff.queries import open_files
from tijdig.bailiff.queries_in_file import (
    broken,
    costs_of,
    deeds_of,
    questions_of,
    waiting_questions,
)
from tijdig.bailiff.queries_owed import owed_in
from tijdig.bailiff.queries_partner import listed, opened, seen
from tijdig.bailiff.track import Deed, Stage, tell
from tijdig.base.not_done import NotDone
from tijdig.cases.actions import evaluate_dirty
from tijdig.cases.actions_arrange import arrange
from tijdig.cases.queries_arrange import ground
from tijdig.contacts.actions import NotLogged, log
from tijdig.contacts.kinds import Channel, Direction, Outcome, Reached, Who
from tijdig.contacts.queries import contacts_of
from tijdig.contacts.values import ContactDraft
from tijdig.ledger.kinds import Kind
from tijdig.tenancies.actions_flags import raise_flag
from tijdig.tenancies.flag_draft import FlagDraft
from tijdig.tenancies.flags import Flag, LearnedFrom


def _partner(who: tuple[int, int, str]) -> dict[str, Any]:
    return {"actor": f"user:{who[1]}", "name": "Piet Maas", "side": Side.PARTNER, "on": TODAY}


OURS: dict[str, Any] = BY | {"side": Side.CORPORATION}


def _talk(tenancy: int) -> ContactDraft:
    return ContactDraft(
        tenancy_id=tenancy, channel=Channel.PHONE, direction=Direction.OUT, reached=Reached.TALKED, who=Who.TENANT,
        outcome=Outcome.PROMISE, promise_cents=10_000, promise_on=TODAY + timedelta(days=7),
        at=datetime(2026, 11, 2, 9, 0, tzinfo=UTC), note="Belt morgen met zijn zus.",
    )  # fmt: skip


def test_a_contact_of_the_partner_is_one_of_the_corporation_by_the_name_of_who_had_it(place: Place) -> None:
    organisation, tenancy, number, who = place
    with partners.at_partner(organisation, who):
        log(
            organisation_id=organisation, actor=f"user:{who[1]}", draft=_talk(tenancy), asked_as=uuid4(),
            now=offices.NOON, on=TODAY,
        )  # fmt: skip
        found = seen(organisation, number, TODAY)
        assert found is not None
        assert found.contacts[0].reached == "gesproken"
        with organisation_scope(organisation):
            own = contacts_of([tenancy], as_of=TODAY)[-1]
            assert own.note == "Belt morgen met zijn zus."
    with organisation_scope(organisation):
        there = contacts_of([tenancy], as_of=TODAY)[-1]
        assert there.note
        assert there.promise is not None
        assert names()[who[1]] == "Piet Maas (Gerechtsdeurwaarders Maas)"


def test_the_partner_reads_no_note_of_the_corporation_and_writes_in_nobody_elses_name(place: Place) -> None:
    organisation, tenancy, _number, who = place
    log(
        organisation_id=organisation, actor="user:900001", draft=replace(_talk(tenancy), note="Alleen voor ons."),
        asked_as=uuid4(), now=offices.NOON, on=TODAY,
    )  # fmt: skip
    with partners.at_partner(organisation, who):
        with organisation_scope(organisation):
            assert [
                one.note
                for one in contacts_of([tenancy], as_of=TODAY)
                if one.actor == "user:900001" and one.note
            ] == []
        with pytest.raises(Exception, match="row-level security"), transaction.atomic():
            log(
                organisation_id=organisation, actor="user:900001", draft=_talk(tenancy), asked_as=uuid4(),
                now=offices.NOON, on=TODAY,
            )  # fmt: skip


def test_an_arrangement_of_the_partner_is_watched_by_the_same_engine(place: Place) -> None:
    organisation, tenancy, number, who = place
    with partners.at_partner(organisation, who):
        with organisation_scope(organisation):
            stands_on = ground(tenancy, TODAY)
            assert stands_on is not None
        made = arrange(
            organisation_id=organisation, actor=f"user:{who[1]}", tenancy_id=tenancy,
            ask=Ask(stands_on.overdue_cents, 20_000, TODAY + timedelta(days=5), Rhythm.MONTHLY, ()),
            entries=[one.entry for one in stands_on.items], reason="Meer kan hij niet missen.", asked_as=uuid4(),
            on=TODAY,
        )  # fmt: skip
        found = seen(organisation, number, TODAY)
        assert found is not None
        assert found.arrangement is not None
        assert found.arrangement.id == made
        assert found.watched is not None
    with organisation_scope(organisation):
        (there,) = arrangements_of([tenancy])
        assert there.made_by == f"user:{who[1]}"
    evaluate_dirty(organisation_id=organisation, on=TODAY)
    with partners.at_partner(organisation, who):
        (row,) = listed(TODAY)
        assert row.todo.sentence.startswith("Nog niet gesproken")


def test_questions_go_both_ways_and_are_answered_once_by_the_other_side(place: Place) -> None:
    organisation, _tenancy, number, who = place
    form = uuid4()
    for _ in range(2):
        asked = actions.ask_question(
            organisation_id=organisation,
            file_id=number,
            text="Is er een bewindvoerder?",
            asked_as=form,
            **OURS,
        )
    with pytest.raises(NotDone, match="eigen kant"):
        actions.answer(organisation_id=organisation, file_id=number, question_id=asked, text="Nee.", **OURS)
    with partners.at_partner(organisation, who):
        (row,) = listed(TODAY)
        assert row.todo.sentence == "De corporatie vroeg u iets."
        actions.answer(
            organisation_id=organisation,
            file_id=number,
            question_id=asked,
            text="Ja, mevrouw Smit.",
            **_partner(who),
        )
        with pytest.raises(NotDone, match="al op geantwoord"):
            actions.answer(
                organisation_id=organisation, file_id=number, question_id=asked, text="Nee.", **_partner(who)
            )
        actions.ask_question(
            organisation_id=organisation,
            file_id=number,
            text="Mag ik langs?",
            asked_as=uuid4(),
            **_partner(who),
        )
    with organisation_scope(organisation):
        first, second = questions_of(number)
        assert (first.text, first.waits) == ("Mag ik langs?", True)
        assert (second.answer, second.answered_by) == ("Ja, mevrouw Smit.", "Piet Maas")
        assert [one.id for one in waiting_questions(Side.PARTNER)] == [first.id]


def test_costs_are_booked_by_the_tariff_taken_back_and_seen_by_both(place: Place) -> None:
    organisation, tenancy, number, who = place
    fee = CostDraft(act=Act.COURT_FEE, payer=Payer.TENANT, on=TODAY, cents=39_700)
    with partners.at_partner(organisation, who):
        with pytest.raises(NotDone, match="tarief"):
            actions.book(
                organisation_id=organisation, file_id=number, draft=replace(fee, cents=99_900), asked_as=uuid4(),
                **_partner(who),
            )  # fmt: skip
        own = CostDraft(act=Act.AGREED, payer=Payer.CORPORATION, on=TODAY, cents=4_500, label="per dossier")
        first = actions.book(
            organisation_id=organisation, file_id=number, draft=own, asked_as=uuid4(), **_partner(who)
        )
        actions.withdraw_cost(organisation_id=organisation, file_id=number, cost_id=first, **_partner(who))
        with pytest.raises(NotDone, match="al ingetrokken"):
            actions.withdraw_cost(
                organisation_id=organisation, file_id=number, cost_id=first, **_partner(who)
            )
    with organisation_scope(organisation):
        (cost,) = costs_of(number)
        assert (cost.total_cents, cost.withdrawn_by) == (4_500, "Piet Maas")
        owed, sums = owed_in(number, tenancy, tell([]), TODAY)
        assert sums.own_cents == 0
        assert owed.overdue_cents > 0


def test_what_was_not_agreed_is_refused(organisation: int) -> None:
    who = partners.partner()
    partners.agreed(organisation, who, terms=replace(partners.TERMS, may=(May.CONTACT,)))
    tenancy = partners.ready(organisation)
    number = partners.handed(organisation, tenancy, who[0])
    assert number is not None
    own = CostDraft(act=Act.AGREED, payer=Payer.CORPORATION, on=TODAY, cents=4_500, label="per dossier")
    with partners.at_partner(organisation, who), pytest.raises(NotDone, match="niet afgesproken"):
        actions.book(
            organisation_id=organisation, file_id=number, draft=own, asked_as=uuid4(), **_partner(who)
        )
    with partners.at_partner(organisation, who), pytest.raises(NotDone, match="niet afgesproken"):
        _write(organisation, number, _partner(who), Deed.SUMMONS_PROPOSED, reason="Het kan niet anders.")


def _write(organisation: int, number: int, by: dict[str, Any], deed: Deed, **more: Any) -> int:
    return does(organisation, number, by, deed, **more)


def test_too_soon_after_the_signal_nobody_summons(place: Place) -> None:
    organisation, _tenancy, number, who = place
    with partners.at_partner(organisation, who):
        _write(organisation, number, _partner(who), Deed.SUMMONS_PROPOSED)
    with pytest.raises(NotDone, match="Dagvaarden kan vanaf"):
        _write(organisation, number, OURS, Deed.SUMMONS_AGREED)


def _set(organisation: int, tenancy: int, kind: Flag) -> None:
    draft = FlagDraft(tenancy_id=tenancy, kind=kind, begin_on=TODAY, learned_from=LearnedFrom.COURT_REGISTER)
    raise_flag(organisation_id=organisation, actor="user:1", draft=draft, asked_as=uuid4(), on=TODAY)


def test_what_happens_to_the_household_after_the_yes_stops_it_too(late: Place) -> None:
    organisation, tenancy, number, who = late
    with partners.at_partner(organisation, who):
        _write(organisation, number, _partner(who), Deed.SUMMONS_PROPOSED)
    _write(organisation, number, OURS, Deed.SUMMONS_AGREED)
    _set(organisation, tenancy, Flag.MORATORIUM)
    with partners.at_partner(organisation, who), pytest.raises(NotDone, match="staat alles stil"):
        _write(organisation, number, _partner(who), Deed.SUMMONED, at_on=TODAY + timedelta(days=20))
    with partners.at_partner(organisation, who):
        _write(organisation, number, _partner(who), Deed.STOPPED)


def test_a_judgment_is_put_right_and_its_costs_are_not_taken_back_apart(late: Place) -> None:
    organisation, _tenancy, number, who = late
    to_judgment(late)
    with partners.at_partner(organisation, who):
        with organisation_scope(organisation):
            awarded = next(one for one in costs_of(number) if one.act is Act.AWARDED_COSTS)
        with pytest.raises(NotDone, match="Verbeter het vonnis"):
            actions.withdraw_cost(
                organisation_id=organisation, file_id=number, cost_id=awarded.id, **_partner(who)
            )
        _write(
            organisation,
            number,
            _partner(who),
            Deed.JUDGMENT_CORRECTED,
            judgment=replace(JUDGED, costs_cents=6_000),
        )
    with organisation_scope(organisation):
        counts = [one.total_cents for one in costs_of(number) if one.counts]
        track = tell(deeds_of([number])[number])
    assert sorted(counts) == [1_000, 6_000]
    assert track.stage is Stage.SERVED
    with organisation_scope(organisation):
        now = next(one for one in costs_of(number) if one.act is Act.AWARDED_COSTS and one.counts)
    actions.received(organisation_id=organisation, file_id=number, cost_id=now.id, received_on=TODAY, **OURS)
    _write(organisation, number, OURS, Deed.JUDGMENT_CORRECTED, judgment=replace(JUDGED, costs_cents=5_000))
    with organisation_scope(organisation):
        now = next(one for one in costs_of(number) if one.act is Act.AWARDED_COSTS and one.counts)
    assert (now.cents, now.received_on) == (5_000, TODAY)  # what was paid stays paid


def test_costs_on_the_account_that_were_paid_are_owed_no_more(late: Place) -> None:
    organisation, tenancy, number, _who = late
    to_judgment(late)
    offices.charge(organisation, "100001", Kind.COURT_COSTS, 61_000, TODAY)
    with organisation_scope(organisation):
        track = tell(deeds_of([number])[number])
        owed, _ = owed_in(number, tenancy, track, TODAY)
        assert (owed.overdue_cents, owed.costs_cents) == (140_000, 61_000)
    offices.pay(organisation, 1, 201_000)
    with organisation_scope(organisation):
        owed, _ = owed_in(number, tenancy, track, TODAY)
        assert owed.to_be_rid_cents == 0


def test_a_break_is_told_to_the_corporation_from_its_day_on(place: Place) -> None:
    organisation, tenancy, number, _who = place
    with organisation_scope(organisation):
        stands_on = ground(tenancy, TODAY)
        assert stands_on is not None
        asked = Ask(stands_on.overdue_cents, 20_000, TODAY + timedelta(days=5), Rhythm.MONTHLY, ())
    arrange(
        organisation_id=organisation, actor="user:1", tenancy_id=tenancy, ask=asked, reason="Zo kan het.",
        entries=[one.entry for one in stands_on.items], asked_as=uuid4(), on=TODAY,
    )  # fmt: skip
    broken_on = TODAY + timedelta(days=9)  # three days of grace
    with organisation_scope(organisation):
        files = open_files()
        assert broken(files, broken_on - timedelta(days=1)) == []
        assert [(one.id, since) for one, since in broken(files, broken_on)] == [(number, broken_on)]
        assert broken([], broken_on) == []


def test_a_file_that_began_with_a_judgment_begins_with_writing_it_down(organisation: int) -> None:
    who = partners.partner()
    partners.agreed(organisation, who)
    number = partners.handed(organisation, partners.ready(organisation), who[0], start=Start.JUDGMENT)
    assert number is not None
    with partners.at_partner(organisation, who):
        _write(organisation, number, _partner(who), Deed.JUDGMENT, judgment=JUDGED)
        _write(organisation, number, _partner(who), Deed.SERVED)


def test_a_plan_of_the_corporation_is_not_the_partners_to_change(place: Place) -> None:
    organisation, tenancy, _number, who = place
    with organisation_scope(organisation):
        stands_on = ground(tenancy, TODAY)
        assert stands_on is not None
    made = arrange(
        organisation_id=organisation, actor="user:900001", tenancy_id=tenancy,
        ask=Ask(stands_on.overdue_cents, 20_000, TODAY + timedelta(days=5), Rhythm.MONTHLY, ()),
        entries=[one.entry for one in stands_on.items], reason="Zo kan het.", asked_as=uuid4(), on=TODAY,
    )  # fmt: skip
    assert made is not None
    with partners.at_partner(organisation, who), pytest.raises(ObjectDoesNotExist), transaction.atomic():
        end(
            organisation_id=organisation, actor=f"user:{who[1]}", arrangement_id=made, end_reason=EndReason.NOT_KEPT,
            reason="Er kwam niets.", on=TODAY,
        )  # fmt: skip


def costs(organisation: int, number: int) -> list[int]:
    with organisation_scope(organisation):
        return [one.id for one in costs_of(number)]


def test_the_database_asks_the_second_person_too(late: Place) -> None:
    organisation, tenancy, number, who = late
    to_judgment(late)
    _write(organisation, number, OURS, Deed.EVICTION_PROPOSED)
    _write(organisation, number, OURS, Deed.MUNICIPALITY_TOLD, **TOLD)
    _write(organisation, number, OURS, Deed.EVICTION_AGREED, **LOOKED)
    row = f"""INSERT INTO bailiff_legaldeed (organisation_id, file_id, tenancy_id, deed, "on", at, check_list, owed_cents,
                                             side, actor, name, asked_as)
              VALUES ({organisation}, {number}, {tenancy}, '%s', current_date, '', '[]', 0, '%s', '%s', 'x',
                      gen_random_uuid())"""

    def forced(deed: str, side: str, actor: str, match: str) -> None:
        with (
            pytest.raises(Exception, match=match),
            transaction.atomic(),
            organisation_scope(organisation),
            connection.cursor() as cursor,
        ):
            cursor.execute(row % (deed, side, actor))

    forced("announced", "partner", "user:9", "two different people")
    forced("eviction_agreed", "partner", "user:9", "decided_by_the_corporation")
    with partners.at_partner(organisation, who):
        forced("eviction_agreed", "corporation", f"user:{who[1]}", "row-level security")
        forced("summons_proposed", "partner", "user:1", "row-level security")


def test_a_file_that_went_back_takes_nothing_more_and_shows_nothing(place: Place) -> None:
    organisation, tenancy, number, who = place
    actions.ask_question(
        organisation_id=organisation, file_id=number, text="Hoe gaat het?", asked_as=uuid4(), **OURS
    )
    end_file(organisation_id=organisation, file_id=number, side=Side.CORPORATION, end=End.TAKEN_BACK, **BY)
    with partners.at_partner(organisation, who):
        with organisation_scope(organisation):
            assert opened(number, TODAY) is None
            assert questions_of(number) == []
            assert ground(tenancy, TODAY) is None
        with pytest.raises(NotDone, match="niet meer bij u"):
            actions.ask_question(
                organisation_id=organisation,
                file_id=number,
                text="Nog iets?",
                asked_as=uuid4(),
                **_partner(who),
            )
        with pytest.raises(NotLogged):
            log(
                organisation_id=organisation, actor=f"user:{who[1]}", draft=_talk(tenancy), asked_as=uuid4(),
                now=offices.NOON, on=TODAY,
            )  # fmt: skip
    with pytest.raises(NotDone, match="al gesloten"):
        _write(organisation, number, OURS, Deed.SUMMONS_PROPOSED)


def test_the_next_bailiff_sees_nothing_of_what_the_last_one_wrote(place: Place) -> None:
    organisation, tenancy, number, _who = place
    actions.ask_question(
        organisation_id=organisation, file_id=number, text="Hoe gaat het?", asked_as=uuid4(), **OURS
    )
    end_file(organisation_id=organisation, file_id=number, side=Side.CORPORATION, end=End.TAKEN_BACK, **BY)
    other = partners.partner()
    partners.agreed(organisation, other)
    again = partners.handed(organisation, tenancy, other[0])
    assert again is not None
    with (
        partners.at_partner(organisation, other),
        organisation_scope(organisation),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT count(*) FROM bailiff_question")
        assert cursor.fetchone()[0] == 0
