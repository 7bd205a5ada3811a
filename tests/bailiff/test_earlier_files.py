"""A second file of the same tenancy: what the first left to pay is owed there too, and nobody learns whose it was; costs of
a file that is closed are put right by the corporation, by name and with a reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from tests.bailiff import partners
from tests.bailiff.partners import BY, TODAY
from tests.letters import offices

from tijdig.access.scope import organisation_scope, seated
from tijdig.bailiff import actions_in_file as actions
from tijdig.bailiff.actions_track import DeedDraft, write
from tijdig.bailiff.costs import Act, CostDraft, Payer
from tijdig.bailiff.kinds import Side, Start
from tijdig.bailiff.proportion import Owed, eviction
from tijdig.bailiff.queries import file
from tijdig.bailiff.queries_earlier import beside_of, earlier_of, left_owed
from tijdig.bailiff.queries_in_file import costs_of, deeds_of
from tijdig.bailiff.queries_meter import beside_account, with_files
from tijdig.bailiff.queries_owed import owed_in
from tijdig.bailiff.queries_package import package_of
from tijdig.bailiff.queries_partner import listed
from tijdig.bailiff.track import Deed, tell
from tijdig.base.not_done import NotDone
from tijdig.cases.cost_meter import CostMeter
from tijdig.history.queries import of_subject
from tijdig.ledger.kinds import Kind

OURS: dict[str, Any] = BY | {"side": Side.CORPORATION}


@dataclass(frozen=True)
class Story:
    """A first file with a judgment that went back, and a second one at another bailiff."""

    organisation: int
    tenancy: int
    first: int
    second: int
    before: tuple[int, int, str]
    now: tuple[int, int, str]

    def owed(self, number: int = 0) -> Owed:
        pk = number or self.second
        with organisation_scope(self.organisation):
            return owed_in(pk, self.tenancy, tell(deeds_of([pk])[pk]), TODAY)[0]

    def beside(self) -> int:
        with organisation_scope(self.organisation):
            known = file(self.second)
            assert known is not None
            return beside_of([known], TODAY)[self.second]

    def costs(self, number: int) -> dict[Act, int]:
        with organisation_scope(self.organisation):
            return {one.act: one.id for one in costs_of(number) if one.counts}


def _file(organisation: int, tenancy: int, start: Start = Start.ARREARS) -> tuple[int, tuple[int, int, str]]:
    who = partners.partner()
    partners.agreed(organisation, who)
    made = partners.handed(organisation, tenancy, who[0], start=start)
    assert made is not None
    return made, who


@pytest.fixture
def story(organisation: int) -> Story:
    tenancy = partners.ready(organisation)
    first, before = _file(organisation, tenancy, Start.JUDGMENT)
    partners.judge(organisation, first)
    fee = CostDraft(act=Act.COURT_FEE, payer=Payer.TENANT, on=TODAY, cents=35_000)
    actions.book(organisation_id=organisation, file_id=first, draft=fee, asked_as=uuid4(), **OURS)
    partners.taken_back(organisation, first)
    second, now = _file(organisation, tenancy, Start.JUDGMENT)
    return Story(organisation, tenancy, first, second, before, now)


def test_awarded_costs_do_not_vanish_with_the_file(story: Story) -> None:
    owed = story.owed()
    assert (owed.overdue_cents, owed.costs_cents, owed.earlier_cents) == (140_000, 61_000, 61_000)
    assert owed.to_be_rid_cents == 201_000
    assert [(one.file_id, one.ended_on, one.cents) for one in owed.left] == [(story.first, TODAY, 61_000)]
    assert owed.judgment is not None and owed.judged_cents is not None
    offices.pay(story.organisation, 1, owed.overdue_cents)
    weighed = eviction(story.owed())
    assert weighed.stops == ()  # the costs of the judgment are still there
    assert weighed.against == (
        "De huur waarover het vonnis gaat, is betaald. Er staat nog €\u00a0610,00 open.",
    )


def test_the_next_bailiff_sees_the_same_amount_and_not_whose_it_was(story: Story) -> None:
    ours = story.owed()
    with partners.at_partner(story.organisation, story.now):
        theirs = story.owed()
        (row,) = listed(TODAY)
        with organisation_scope(story.organisation):
            (known,) = earlier_of([story.tenancy])[story.tenancy]
            assert (known.file_id, known.ended_on) == (None, None)
            assert file(story.first) is None
            assert costs_of(story.first) == []
    assert replace(theirs, left=()) == replace(ours, left=())
    assert [(one.file_id, one.cents) for one in theirs.left] == [(None, 61_000)]
    assert row.todo.sentence.startswith("Nog niet gesproken")
    offices.pay(story.organisation, 1, 140_000)
    with partners.at_partner(story.organisation, story.now):
        (row,) = listed(TODAY)
        assert "niets meer" not in row.todo.sentence  # costs of the earlier file are owed


def test_the_function_answers_only_for_tenancies_that_are_theirs_now(story: Story) -> None:
    with partners.at_partner(story.organisation, story.before), organisation_scope(story.organisation):
        assert earlier_of([story.tenancy]) == {}  # the file went back
    with partners.at_partner(story.organisation, story.now), organisation_scope(story.organisation):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('tijdig.partner', '', true)")
        assert earlier_of([story.tenancy]) == {}
    with seated("caretaker"), organisation_scope(story.organisation):
        assert earlier_of([story.tenancy]) == {}
    with organisation_scope(story.organisation + 1):
        assert earlier_of([story.tenancy]) == {}


def test_everything_that_tells_what_is_owed_counts_it(story: Story) -> None:
    assert story.beside() == 61_000
    with organisation_scope(story.organisation):
        assert (left_owed([story.tenancy], TODAY), beside_account(story.tenancy, TODAY)) == (
            {story.tenancy: 61_000},
            61_000,
        )
        made = package_of(
            story.organisation, story.tenancy, TODAY, partner="x", terms=partners.TERMS, start=Start.JUDGMENT, by=("An",),
            checked=(),
        )  # fmt: skip
        meter = with_files(CostMeter(TODAY, (), (), ()), story.tenancy, TODAY)
    # Of the interest in the claim (706) and what was awarded (1,000) the larger counts.
    assert ("Kosten uit een eerder dossier bij een deurwaarder", 60_294) in made.claim_parts
    assert made.claim_cents == sum(cents for _, cents in made.claim_parts) == 201_000
    assert meter is not None and meter.tenant_cents == 61_000


def test_what_was_put_on_the_account_is_not_counted_twice(story: Story) -> None:
    offices.charge(story.organisation, "100001", Kind.COURT_COSTS, 61_000, TODAY)
    owed = story.owed()
    assert (owed.overdue_cents, owed.costs_cents, story.beside()) == (140_000, 61_000, 0)
    offices.pay(story.organisation, 1, 201_000)
    assert (story.owed().to_be_rid_cents, story.beside()) == (0, 0)


def test_the_same_judgment_in_the_second_file_counts_once_and_what_was_paid_stays_paid(story: Story) -> None:
    partners.judge(story.organisation, story.second)
    assert (story.owed().costs_cents, story.owed().earlier_cents) == (61_000, 0)
    partners.taken_back(story.organisation, story.second)
    paid = story.costs(story.second)[Act.AWARDED_COSTS]
    actions.received(
        organisation_id=story.organisation, file_id=story.second, cost_id=paid, received_on=TODAY,
        reason="Betaald aan de balie.", **OURS,
    )  # fmt: skip
    third, _who = _file(story.organisation, story.tenancy, Start.JUDGMENT)
    assert story.owed(third).costs_cents == 1_000
    partners.judge(story.organisation, third)
    assert story.owed(third).costs_cents == 1_000


def test_acts_after_the_judgment_of_an_earlier_file_are_for_the_tenant(story: Story) -> None:
    service = CostDraft(
        act=Act.JUDGMENT_SERVED, payer=Payer.TENANT, on=TODAY, cents=12_234, reason="Tarief van 2024."
    )
    with partners.at_partner(story.organisation, story.now):
        booked = actions.book(
            organisation_id=story.organisation, actor=f"user:{story.now[1]}", name="Piet Maas", file_id=story.second,
            side=Side.PARTNER, draft=service, asked_as=uuid4(), on=TODAY,
        )  # fmt: skip
    assert story.owed().costs_cents == 61_000  # of this day no tariff is known
    actions.agree_cost(organisation_id=story.organisation, file_id=story.second, cost_id=booked, **OURS)
    assert story.owed().costs_cents == 73_234


def test_the_corporation_puts_costs_of_a_closed_file_right_by_name_with_a_reason(story: Story) -> None:
    costs = story.costs(story.first)
    given = {"organisation_id": story.organisation, "file_id": story.first}
    with pytest.raises(NotDone, match="Schrijf op waarom"):
        actions.received(**given, cost_id=costs[Act.AWARDED_COSTS], received_on=TODAY, **OURS)
    with pytest.raises(NotDone, match="Schrijf op waarom"):
        actions.withdraw_cost(**given, cost_id=costs[Act.AWARDED_INTEREST], **OURS)
    said = "Betaald aan de balie."
    actions.received(**given, cost_id=costs[Act.AWARDED_COSTS], received_on=TODAY, reason=said, **OURS)
    assert story.owed().costs_cents == 1_000
    actions.withdraw_cost(**given, cost_id=costs[Act.AWARDED_INTEREST], reason="In hoger beroep.", **OURS)
    assert (story.owed().costs_cents, story.owed().left) == (0, ())
    actions.received(**given, cost_id=costs[Act.AWARDED_COSTS], received_on=None, reason="Vergist.", **OURS)
    assert story.owed().costs_cents == 60_000
    with organisation_scope(story.organisation):
        told = {
            (one.verb, one.text, one.facts["file"], one.facts["name"])
            for one in of_subject(f"tenancy:{story.tenancy}")
            if one.verb in ("file_cost_received", "file_cost_withdrawn")
        }
    assert told == {
        ("file_cost_received", said, story.first, "An de Boer"),
        ("file_cost_received", "Vergist.", story.first, "An de Boer"),
        ("file_cost_withdrawn", "In hoger beroep.", story.first, "An de Boer"),
    }


@pytest.mark.parametrize("which", ["before", "now"])
def test_a_partner_changes_nothing_in_a_file_that_is_closed(story: Story, which: str) -> None:
    who = story.before if which == "before" else story.now
    cost = story.costs(story.first)[Act.AWARDED_COSTS]
    by: dict[str, Any] = {"actor": f"user:{who[1]}", "name": "Piet Maas", "side": Side.PARTNER, "on": TODAY}
    with partners.at_partner(story.organisation, who):
        for act, more in ((actions.received, {"received_on": TODAY}), (actions.withdraw_cost, {})):
            with pytest.raises(NotDone, match=r"niet meer bij u|al gesloten"):
                act(  # type: ignore[operator]
                    organisation_id=story.organisation, file_id=story.first, cost_id=cost, reason="Zo.", **more, **by
                )  # fmt: skip
        with organisation_scope(story.organisation), connection.cursor() as cursor:
            cursor.execute("UPDATE bailiff_cost SET received_on = current_date WHERE id = %s", [cost])
            assert cursor.rowcount == 0


def test_the_claim_of_the_court_is_that_of_the_day_of_the_summons(
    organisation: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a tenant pays after it takes nothing off what the court asks."""
    from tijdig.bailiff import queries_stops

    monkeypatch.setattr(queries_stops, "sent_on", lambda *_: None)
    tenancy = partners.ready(organisation)
    number, _who = _file(organisation, tenancy)
    for deed in (Deed.SUMMONS_PROPOSED, Deed.SUMMONS_AGREED, Deed.SUMMONED):
        draft = DeedDraft(deed=deed, on=TODAY, reason="Niets hielp.", at_on=TODAY + timedelta(days=20))
        write(organisation_id=organisation, file_id=number, draft=draft, asked_as=uuid4(), **OURS)

    def told(on: Any) -> list[int]:
        with organisation_scope(organisation):
            track = tell(deeds_of([number])[number])
            return [one.cents for one in owed_in(number, tenancy, track, on)[0].to_come]

    before = told(TODAY)
    offices.pay(organisation, 1, 130_000, TODAY + timedelta(days=3))
    assert told(TODAY + timedelta(days=5)) == before == [35_000, 43_400]
