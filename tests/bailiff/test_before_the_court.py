"""What holds a step before the court: a dispute about the rent, the signal that counts, a pause, money that may be there, a
judgment that was served, and the days after an announcement."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from tests.bailiff import partners
from tests.bailiff.court import JUDGED, LEAVES, OURS, Place, does, stands, theirs, to_announced, to_judgment
from tests.bailiff.partners import BY, TODAY
from tests.letters import offices

from objections.heard import answered, charges, heard
from tijdig.access.scope import organisation_scope
from tijdig.bailiff.actions_file import end_file
from tijdig.bailiff.checklist import Point, State, judged
from tijdig.bailiff.deed_draft import DeedDraft, draft_faults
from tijdig.bailiff.kinds import End, Side
from tijdig.bailiff.queries import file
from tijdig.bailiff.queries_facts import facts_of
from tijdig.bailiff.queries_figures import figures_now
from tijdig.bailiff.queries_in_file import costs_of
from tijdig.bailiff.queries_owed import disputed_of, owed_in
from tijdig.bailiff.queries_partner import seen
from tijdig.bailiff.queries_stops import sent_on, stops_on
from tijdig.bailiff.track import Deed, Stage
from tijdig.base.not_done import NotDone
from tijdig.objections.kinds import About, Outcome
from tijdig.rulings.actions import rule
from tijdig.rulings.kinds import Kind as Ruled
from tijdig.rulings.values import Draft as RulingDraft
from tijdig.steps.actions import Draft, note
from tijdig.steps.kinds import Kind

SINCE = date(2026, 9, 1)


def _disputed(organisation: int, tenancy: int, number: int = 0) -> int:
    """The tenant says of one rent that it is not owed."""
    with organisation_scope(organisation):
        entry = charges(tenancy)[number]
    return heard(organisation, tenancy, About.ENTRY, entries=(entry,))


def _stops(place: Place, on: date = TODAY) -> list[str]:
    organisation, tenancy, _number, who = place
    with organisation_scope(organisation):
        own = list(stops_on(tenancy, on))
    with partners.at_partner(organisation, who), organisation_scope(organisation):
        assert list(stops_on(tenancy, on)) == own  # the partner is told the same
    return own


def test_what_is_disputed_is_not_owed_and_holds_everything_until_it_is_answered(late: Place) -> None:
    organisation, tenancy, number, who = late
    objection = _disputed(organisation, tenancy)
    with organisation_scope(organisation):
        owed, _ = owed_in(number, tenancy, stands(organisation, number), TODAY)
        known = file(number)
        assert known is not None
        now = figures_now([known], TODAY)[number]
        assert disputed_of([tenancy, tenancy + 1], TODAY) == {tenancy: 70_000}
        assert disputed_of([tenancy], date(2026, 10, 1)) == {}  # not disputed yet
    assert (owed.overdue_cents, owed.disputed_cents, owed.to_be_rid_cents) == (70_000, 70_000, 70_000)
    assert "1,0 maandtermijn" in owed.norm.steps[-1].sentence
    assert not now.settled
    assert _stops(late) == ["Er is een bezwaar van de huurder dat nog niet is beantwoord."]
    with partners.at_partner(organisation, who):
        with pytest.raises(NotDone, match="bezwaar van de huurder"):
            does(organisation, number, theirs(who), Deed.SUMMONS_PROPOSED)
        found = seen(organisation, number, TODAY)
        assert found is not None
        assert [one.told for one in found.items] == ["huur september 2026", "huur oktober 2026 (betwist)"]
    answered(organisation, objection)
    assert _stops(late) == []


def test_who_was_right_owes_it_no_more_though_the_account_is_not_put_right_yet(late: Place) -> None:
    organisation, tenancy, number, _who = late
    answered(organisation, _disputed(organisation, tenancy), Outcome.UPHELD)
    assert _stops(late) == []
    offices.pay(organisation, 1, 70_000)
    with organisation_scope(organisation):
        owed, _ = owed_in(number, tenancy, stands(organisation, number), TODAY)
        assert (owed.to_be_rid_cents, owed.disputed_cents) == (0, 70_000)
    with pytest.raises(NotDone, match=r"Over €.700,00 is er een bezwaar"):
        end_file(organisation_id=organisation, file_id=number, side=Side.CORPORATION, end=End.PAID, **BY)


def test_no_hand_over_with_an_open_dispute_about_the_rent(organisation: int) -> None:
    tenancy = partners.ready(organisation)
    objection = _disputed(organisation, tenancy)

    def flags() -> State:
        with organisation_scope(organisation):
            found = facts_of(tenancy, TODAY)
            assert found is not None
            return next(one.state for one in judged(found) if one.point is Point.FLAGS)

    assert flags() is State.STOPS
    answered(organisation, objection)
    assert flags() is State.RIGHT


def _signal(organisation: int, tenancy: int, kind: Kind, on: date, subject: str) -> None:
    with organisation_scope(organisation):
        note(
            organisation_id=organisation, actor="test", kind=kind, on=on, steps=[Draft(tenancy, subject, {})]
        )


def _sent(place: Place, on: date = TODAY) -> date | None:
    organisation, tenancy, _number, who = place
    with organisation_scope(organisation):
        own = sent_on(tenancy, SINCE, on)
    with partners.at_partner(organisation, who), organisation_scope(organisation):
        assert sent_on(tenancy, SINCE, on) == own
    return own


def test_a_signal_that_was_refused_does_not_count(place: Place) -> None:
    organisation, tenancy, _number, _who = place
    before = _sent(place)
    assert before == TODAY - timedelta(days=10)
    _signal(organisation, tenancy, Kind.SIGNAL_SENT, TODAY - timedelta(days=2), "signal:second")
    assert _sent(place) == TODAY - timedelta(days=2)
    _signal(organisation, tenancy, Kind.SIGNAL_REFUSED, TODAY - timedelta(days=1), "signal:second")
    assert _sent(place) == before
    assert _sent(place, TODAY - timedelta(days=2)) == TODAY - timedelta(days=2)  # as it was known then


def test_a_signal_of_arrears_of_before_does_not_count(place: Place) -> None:
    organisation, tenancy, _number, _who = place
    with organisation_scope(organisation):
        assert sent_on(tenancy, TODAY - timedelta(days=9), TODAY) is None


def test_no_signal_is_asked_of_who_does_not_want_it_or_has_left(place: Place) -> None:
    organisation, tenancy, _number, _who = place
    _signal(organisation, tenancy, Kind.SIGNAL_OBJECTED, TODAY - timedelta(days=1), "objected")
    assert _sent(place) is None


def test_who_left_needs_no_signal_at_the_decision_and_at_the_summons(place: Place) -> None:
    organisation, tenancy, _number, _who = place
    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tenancies_tenancy SET end_on = %s WHERE id = %s", [TODAY - timedelta(days=1), tenancy]
        )
    assert _sent(place) is None


def test_money_that_may_be_there_holds_every_step_for_both_sides(late: Place) -> None:
    organisation, tenancy, number, who = late
    to_announced(late)
    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO ledger_waiting (organisation_id, tenancy_id, source, reference, amount_cents)
               VALUES (%s, %s, 'test', 'W-1', 70000)""",
            [organisation, tenancy],
        )
    (told,) = _stops(late)
    assert told.startswith("Er wacht een betaling die van deze huurder kan zijn.")
    with partners.at_partner(organisation, who), pytest.raises(NotDone, match="Er wacht een betaling"):
        does(organisation, number, theirs(who), Deed.ANNOUNCED, at_on=LEAVES + timedelta(days=7))
    with organisation_scope(organisation):  # what already happened is held against its own day
        assert list(stops_on(tenancy, TODAY, past=True)) == []


def test_a_pause_holds_every_step_until_it_is_over(late: Place) -> None:
    organisation, tenancy, number, _who = late
    until = TODAY + timedelta(days=5)
    rule(
        organisation_id=organisation, tenancy_id=tenancy, codes=(), asked_as=uuid4(), now=offices.NOON,
        draft=RulingDraft(kind=Ruled.PAUSE, until_on=until, reason="De wijkcoach is er morgen."), **BY,
    )  # fmt: skip
    assert _stops(late) == [
        "Er loopt een pauze. De corporatie beëindigt die eerst, of de einddag gaat voorbij."
    ]
    assert _stops(late, until + timedelta(days=1)) == []
    with pytest.raises(NotDone, match="Er loopt een pauze"):
        does(organisation, number, OURS, Deed.SUMMONS_PROPOSED)


def test_a_bank_that_is_not_complete_and_a_contract_on_hold_are_told(late: Place) -> None:
    organisation, tenancy, _number, _who = late
    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute(
            """WITH made AS (INSERT INTO ledger_bankaccount (organisation_id, iban, name, incomplete_since)
                             VALUES (%s, 'NL13TEST0123456789', '', %s) RETURNING id)
               INSERT INTO ledger_route (organisation_id, tenancy_id, bank_account_id) SELECT %s, %s, id FROM made""",
            [organisation, TODAY, organisation, tenancy],
        )
        cursor.execute("UPDATE tenancies_tenancy SET watch = 'ONH' WHERE id = %s", [tenancy])
    assert [one.split(".")[0] for one in _stops(late)] == [
        "De bankgegevens zijn niet compleet",
        "Het contract is aangehouden in het bronsysteem",
    ]


def test_a_correction_keeps_the_day_of_the_judgment_and_its_service(late: Place) -> None:
    organisation, _tenancy, number, who = late
    to_judgment(late)
    earlier = replace(
        JUDGED, on=TODAY - timedelta(days=3), costs_cents=50_000, through_on=TODAY - timedelta(days=4)
    )
    with partners.at_partner(organisation, who):
        with pytest.raises(NotDone, match="betekend op"):
            later = replace(JUDGED, on=TODAY + timedelta(days=1))
            does(organisation, number, theirs(who), Deed.JUDGMENT_CORRECTED, judgment=later)
        does(organisation, number, theirs(who), Deed.JUDGMENT_CORRECTED, judgment=earlier)
    track = stands(organisation, number)
    assert (track.stage, track.served_on, track.judgment) == (Stage.SERVED, TODAY, earlier)
    with organisation_scope(organisation):
        counts = {one.on for one in costs_of(number) if one.counts and one.from_judgment}
    assert counts == {earlier.on}


def test_another_judgment_is_served_before_anybody_is_evicted_by_it(late: Place) -> None:
    organisation, _tenancy, number, who = late
    to_judgment(late)
    with partners.at_partner(organisation, who):
        does(organisation, number, theirs(who), Deed.JUDGMENT, judgment=JUDGED)
        track = stands(organisation, number)
        assert (track.stage, track.served_on, track.first_eviction_on) == (Stage.JUDGED, None, None)
        with pytest.raises(NotDone, match="past daar niet"):
            does(organisation, number, theirs(who), Deed.EVICTION_PROPOSED)
        does(organisation, number, theirs(who), Deed.SERVED)
        does(organisation, number, theirs(who), Deed.EVICTION_PROPOSED)


@pytest.mark.parametrize(
    ("on", "day", "said"),
    [
        (date(2026, 11, 16), date(2026, 11, 19), "tot en met 19-11-2026"),  # the third day is still the tenant's
        (date(2026, 11, 16), date(2026, 11, 20), ""),
        (date(2026, 11, 19), date(2026, 11, 23), "tot en met 23-11-2026"),  # the third day is a Sunday: through Monday
        (date(2026, 11, 19), date(2026, 11, 24), ""),
        (date(2026, 11, 16), date(2026, 11, 22), "zondag of feestdag"),
        (date(2026, 12, 14), date(2026, 12, 25), "zondag of feestdag"),
    ],
)  # fmt: skip
def test_an_eviction_leaves_the_tenant_three_days_to_go_and_is_on_no_day_of_rest(
    late: Place, on: date, day: date, said: str
) -> None:
    to_announced(late)
    track = replace(stands(late[0], late[2]), served_on=None, announced=None)
    draft = DeedDraft(deed=Deed.ANNOUNCED, on=on, at_on=day, reason="Het kan niet anders.")
    found = " ".join(draft_faults(draft, track, None, None, on))
    assert said in found if said else found == ""


@pytest.mark.parametrize(
    ("day", "said"), [(date(2026, 11, 18), "ten minste 3 dagen ervoor"), (date(2026, 11, 19), "")]
)
def test_a_day_that_is_put_off_is_announced_three_days_ahead(late: Place, day: date, said: str) -> None:
    to_announced(late)
    track = replace(stands(late[0], late[2]), served_on=None)
    on = date(2026, 11, 16)
    draft = DeedDraft(deed=Deed.ANNOUNCED, on=on, at_on=day, reason="De verhuizers komen een dag later.")
    found = " ".join(draft_faults(draft, track, None, None, on))
    assert said in found if said else found == ""
