"""One time line of all rooms: what is on it, and what was not true or not known yet is not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import numpy as np
import pytest
from django.db import connection
from tests.cases.one_lease import RENT, Ledger

from tijdig.access.actions import create_organisation, go_live
from tijdig.access.scope import organisation_scope
from tijdig.arrangements.actions import agree, end, freeze
from tijdig.arrangements.kinds import EndReason
from tijdig.arrangements.plan import Ask
from tijdig.arrangements.values import Draft
from tijdig.cases.actions import evaluate
from tijdig.cases.queries import tenancy_file
from tijdig.cases.queries_cost_meter import cost_meter
from tijdig.cases.queries_decisions import Reasons, reasons_of
from tijdig.cases.queries_facts import Facts
from tijdig.cases.queries_policy import stored_name
from tijdig.cases.queries_time_line import time_line
from tijdig.cases.time_line import Behind, Group, Kind, Target, TimeLineItem, of_group
from tijdig.contacts.actions import log, withdraw
from tijdig.contacts.kinds import Channel, Direction, Outcome, Reached, Who
from tijdig.contacts.values import ContactDraft
from tijdig.history.actions import record
from tijdig.ledger.kinds import Kind as EntryKind
from tijdig.policy.document import default_policy
from tijdig.rulings.actions import rule
from tijdig.rulings.kinds import Kind as RulingKind
from tijdig.rulings.values import Draft as RulingDraft
from tijdig.steps.actions import Draft as StepDraft
from tijdig.steps.actions import note
from tijdig.steps.kinds import Kind as StepKind
from tijdig.steps.kinds import LetterFacts
from tijdig.tenancies.queries import tenancy_ids_by_contract

SEP, OCT, NOV = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)
TODAY = date(2026, 11, 12)


class Told(Ledger):
    """A lease with what was done about it, each in few words."""

    @property
    def tenancy(self) -> int:
        with organisation_scope(self.organisation):
            return tenancy_ids_by_contract(["1"])["1"]

    def facts(self, on: date = TODAY, known_at: datetime | None = None) -> Facts:
        file = tenancy_file(self.tenancy, as_of=on, known_at=known_at)
        assert file is not None
        return Facts(file)

    def line(self, on: date = TODAY, known_at: datetime | None = None) -> list[TimeLineItem]:
        with organisation_scope(self.organisation):
            return time_line(self.facts(on, known_at))

    def call(self, on: date, reached: Reached = Reached.NONE, **more: object) -> int:
        at = datetime(on.year, on.month, on.day, 13, 5, tzinfo=UTC)
        given = {
            "tenancy_id": self.tenancy,
            "channel": Channel.PHONE,
            "direction": Direction.OUT,
            "reached": reached,
            "who": Who.TENANT,
            "outcome": Outcome.NOT_HOME,
            "at": at,
        } | more
        return log(
            organisation_id=self.organisation,
            actor="user:1",
            draft=ContactDraft(**given),  # type: ignore[arg-type]
            asked_as=uuid4(),
            now=at + timedelta(minutes=5),
            on=on,
        )

    def promise(self, on: date, due_on: date, cents: int = 10_000) -> int:
        return self.call(
            on, Reached.TALKED, outcome=Outcome.PROMISE, promise_cents=cents, promise_on=due_on, minutes=6
        )

    def letter(self, kind: StepKind, on: date, **more: object) -> None:
        plain = {
            "letter_id": 7,
            "letter_kind": "reminder",
            "channel": "print",
            "reference": "B7",
            "digest": "",
        }
        facts = LetterFacts(**plain | more)  # type: ignore[arg-type]
        with organisation_scope(self.organisation):
            steps = [StepDraft(self.tenancy, f"sending:{facts.letter_id}", facts.plain())]
            note(organisation_id=self.organisation, actor="user:1", kind=kind, on=on, steps=steps)

    def arrange(self, on: date, each: int = 30_000) -> int:
        with organisation_scope(self.organisation), connection.cursor() as cursor:
            cursor.execute("SELECT array_agg(id) FROM ledger_entry WHERE role = 2")
            entries = tuple(cursor.fetchone()[0])
        return agree(
            organisation_id=self.organisation,
            actor="user:1",
            draft=Draft(
                tenancy_id=self.tenancy, ask=Ask(RENT, each, on + timedelta(days=5)), entries=entries
            ),
            terms=default_policy().arrangements,
            policy_version="v2",
            asked_as=uuid4(),
            on=on,
        )

    def decide(self, on: date) -> None:
        with organisation_scope(self.organisation):
            ids = np.array([self.tenancy], np.int64)
            evaluate(organisation_id=self.organisation, ids=ids, on=on, by="due", actor="system:night")


@pytest.fixture
def told(fresh_database: str) -> Told:
    """Committed, because moments differ only between transactions."""
    made = Told(create_organisation(name="Proef", slug="proef"))
    made.lease()
    go_live(organisation_id=made.organisation, at=datetime.now(UTC))
    return made


def _said(items: list[TimeLineItem], *groups: Group) -> list[tuple[str, str]]:
    return [(f"{one.on:%d-%m}", one.title) for one in items if not groups or one.group in groups]


def _step(line: list[TimeLineItem]) -> str:
    """What the policy of the day calls the step: not what is tested here."""
    return next(one for one in line if one.kind is Kind.DECISION).title.removeprefix("Besluit: ")


def test_every_room_is_on_the_line_in_one_order(told: Told) -> None:
    told.rent(SEP, OCT)
    told.decide(date(2026, 10, 12))
    told.call(date(2026, 10, 13))
    told.promise(date(2026, 10, 14), date(2026, 10, 20), RENT)
    told.letter(StepKind.LETTER_SENT, date(2026, 10, 15), open_cents=2 * RENT)
    told.letter(StepKind.LETTER_BOUNCED, date(2026, 10, 19))
    told.paid(date(2026, 10, 18))
    told.arrange(date(2026, 10, 21))
    with organisation_scope(told.organisation):
        record(
            organisation_id=told.organisation,
            actor="user:1",
            verb="preferences_set",
            subject=f"tenancy:{told.tenancy}",
            effective_on=date(2026, 10, 22),
            facts={"language": "ENG", "large_print": True, "channel": "email"},
        )
    line = told.line(date(2026, 10, 25))
    assert _said(line) == [
        ("22-10", "Voorkeuren voor brieven gewijzigd"),
        ("21-10", "Regeling afgesproken"),
        ("19-10", "Brief kwam terug"),
        ("18-10", "Toezegging nagekomen"),
        ("18-10", "Betaling"),
        ("15-10", "Brief verstuurd"),
        ("14-10", "Gebeld, gesproken"),
        ("13-10", "Gebeld, niet bereikt"),
        ("12-10", "Melding: vervaldag voorbij"),
        ("12-10", f"Besluit: {_step(line)}"),
        ("01-10", "Huur oktober 2026"),
        ("01-09", "Huur september 2026"),
    ]
    by_title = {one.title: one for one in line}
    assert by_title["Betaling"].sentence == "voor huur september 2026"
    assert by_title["Brief verstuurd"].target == Target(Behind.LETTER, 7)
    assert by_title["Gebeld, gesproken"].sentence == "huurder: toezegging van €\u00a0600,00 op 20-10-2026"
    assert by_title["Voorkeuren voor brieven gewijzigd"].sentence == "Engels, grote letters, per e-mail"
    assert by_title["Regeling afgesproken"].sentence == (
        "2 delen, elke maand €\u00a0300,00, van 26-10-2026 tot en met 26-11-2026"
    )
    assert by_title["Melding: vervaldag voorbij"].cents == 2 * RENT


def test_a_day_shows_only_what_was_true_by_then(told: Told) -> None:
    told.rent(SEP)
    told.promise(date(2026, 9, 10), date(2026, 9, 15))
    pk = told.arrange(date(2026, 9, 21))
    freeze(
        organisation_id=told.organisation,
        actor="user:1",
        arrangement_id=pk,
        until=date(2026, 10, 20),
        reason="Wacht op de uitkering.",
        on=date(2026, 9, 23),
    )
    assert _said(told.line(date(2026, 9, 9))) == [("01-09", "Huur september 2026")]
    assert _said(told.line(date(2026, 9, 18)), Group.CONTACT) == [("10-09", "Gebeld, gesproken")]
    broken = _said(told.line(date(2026, 9, 19)), Group.CONTACT)
    assert broken[0] == ("19-09", "Toezegging niet nagekomen")  # three days of grace
    assert _said(told.line(date(2026, 9, 22)), Group.ARRANGEMENTS) == [("21-09", "Regeling afgesproken")]
    frozen = of_group(told.line(date(2026, 9, 23)), Group.ARRANGEMENTS)[0]
    assert (frozen.title, frozen.sentence) == (
        "Regeling bevroren",
        "tot en met 20-10-2026: Wacht op de uitkering.",
    )


def test_a_broken_arrangement_tells_the_day_and_what_came_and_nothing_after_its_end(told: Told) -> None:
    told.rent(SEP)
    pk = told.arrange(date(2026, 9, 10), each=20_000)  # the first part on the 15th
    told.paid(date(2026, 9, 15), cents=15_000)
    (broken, agreed) = of_group(told.line(date(2026, 9, 30)), Group.ARRANGEMENTS)
    assert (broken.on, broken.title, broken.cents) == (date(2026, 9, 19), "Regeling gebroken", 5_000)
    assert agreed.kind is Kind.ARRANGEMENT
    end(
        organisation_id=told.organisation,
        actor="user:1",
        arrangement_id=pk,
        end_reason=EndReason.NOT_KEPT,
        reason="Kwam niet meer.",
        on=date(2026, 9, 20),
    )
    told.paid(date(2026, 9, 25), cents=60_000)
    assert _said(told.line(date(2026, 9, 30)), Group.ARRANGEMENTS) == [
        ("20-09", "Regeling beëindigd"),
        ("19-09", "Regeling gebroken"),
        ("10-09", "Regeling afgesproken"),
    ]


def test_every_moment_shows_what_was_known_then(told: Told) -> None:
    seen: list[tuple[datetime, list[TimeLineItem]]] = []

    def look() -> None:
        seen.append((datetime.now(UTC), told.line()))

    told.rent(SEP, OCT)
    look()
    told.promise(date(2026, 10, 2), date(2026, 10, 5), RENT)
    look()
    told.decide(date(2026, 10, 12))
    look()
    told.letter(StepKind.LETTER_SENT, date(2026, 10, 13))
    look()
    told.paid(date(2026, 10, 4))  # learned late: the promise was kept after all
    look()
    told.arrange(date(2026, 10, 14), each=20_000)
    look()
    told.paid(date(2026, 10, 30), cents=20_000)  # learned late: not broken by then
    look()
    told.decide(date(2026, 11, 2))
    look()
    number = told.call(date(2026, 11, 3))
    look()
    withdraw(
        organisation_id=told.organisation,
        actor="user:1",
        contact_id=number,
        reason="Verkeerde huurder.",
        now=datetime.now(UTC),
        on=TODAY,
    )
    look()
    assert [told.line(known_at=moment) for moment, _ in seen] == [line for _, line in seen]
    assert len({str(line) for _, line in seen}) == len(seen)


def test_a_contact_that_was_taken_back_is_shown_and_is_no_talk(told: Told) -> None:
    number = told.promise(date(2026, 11, 3), date(2026, 11, 5))
    withdraw(
        organisation_id=told.organisation,
        actor="user:1",
        contact_id=number,
        reason="Verkeerde huurder.",
        now=datetime.now(UTC),
        on=TODAY,
    )
    assert [(one.kind, one.title) for one in told.line()] == [(Kind.WITHDRAWN, "Gebeld, gesproken")]


def test_attempts_talks_and_visits_are_told_apart(told: Told) -> None:
    told.call(date(2026, 11, 3))
    told.call(date(2026, 11, 4), channel=Channel.VISIT)
    told.call(date(2026, 11, 5), Reached.TALKED, channel=Channel.VISIT, outcome=Outcome.HELP_WANTED)
    told.call(date(2026, 11, 6), Reached.MESSAGE, channel=Channel.EMAIL, outcome=Outcome.OTHER)
    told.call(date(2026, 11, 7), Reached.TALKED, direction=Direction.IN, outcome=Outcome.OTHER)
    assert [one.kind for one in reversed(told.line())] == [
        Kind.ATTEMPT,
        Kind.VISIT_ATTEMPT,
        Kind.VISIT,
        Kind.MESSAGE,
        Kind.TALK,
    ]


def _reasons(facts: Facts, item: TimeLineItem) -> Reasons:
    """Of the decision of this line."""
    number = item.target.id if item.target else 0
    found = reasons_of(next(one for one in facts.decisions if one.id == number))
    assert found is not None
    return found


def test_a_decision_gives_the_rules_that_were_considered_as_the_page_of_that_day_does(told: Told) -> None:
    told.rent(OCT)
    on = date(2026, 10, 12)
    told.decide(on)
    told.paid(date(2026, 10, 20))
    with organisation_scope(told.organisation):
        facts, then = told.facts(), told.facts(on).file
        item = next(one for one in time_line(facts) if one.kind is Kind.DECISION)
        found = _reasons(facts, item)
    assert (item.on, item.title, item.actor) == (on, f"Besluit: {then.step_label}", "system:night")
    assert item.sentence.startswith(then.why)
    assert list(found.rules) == then.rules
    assert (found.policy_version, found.would_stop) == (stored_name(default_policy()), then.would_stop)


def test_a_decision_that_a_person_changed_says_what_it_would_have_been(told: Told) -> None:
    told.rent(OCT)
    on = date(2026, 10, 12)
    told.decide(on)
    own = told.rows("SELECT rule FROM cases_decision")[0][0]
    other = next(step.code for step in default_policy().steps if step.alert and step.code != own)
    rule(
        organisation_id=told.organisation,
        actor="user:1",
        name="Sanne Kuiper",
        tenancy_id=told.tenancy,
        draft=RulingDraft(
            kind=RulingKind.OTHER,
            instead_of=own,
            do=other,
            until_on=date(2026, 11, 10),
            reason="Neemt nooit op.",
        ),
        codes=[step.code for step in default_policy().steps],
        asked_as=uuid4(),
        now=datetime(2026, 10, 12, 9, tzinfo=UTC),
        on=on,
    )
    told.decide(on)
    with organisation_scope(told.organisation):
        facts = told.facts()
        line = of_group(time_line(facts), Group.DECISIONS)
        newest = next(one for one in line if one.kind is Kind.DECISION)
        found = _reasons(facts, newest)
    labels = {step.code: step.label for step in default_policy().steps}
    assert newest.title == f"Besluit: {labels[other]}"
    assert (found.instead_of, found.rules[-1].code) == (labels[own], own)
    (ruled,) = (one for one in line if one.kind is Kind.RULING)
    assert (ruled.title, ruled.sentence.endswith("tot en met 10-11-2026. Neemt nooit op.")) == (
        "Besluit van een medewerker",
        True,
    )


def test_a_decision_by_a_policy_that_is_not_at_hand_stands_without_reasons(told: Told) -> None:
    told.rent(OCT)
    told.decide(date(2026, 10, 12))
    with organisation_scope(told.organisation), connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO cases_decision (organisation_id, tenancy_id, as_of, policy_version, rule, step_due_on, alert,
                                           actor, saw)
               SELECT organisation_id, tenancy_id, as_of, 'v0', 'old_step', step_due_on, alert, actor, '{1,2}'
                 FROM cases_decision"""
        )
        facts = told.facts()
        old = next(one for one in time_line(facts) if one.about == "v0")
        assert [reasons_of(one) for one in facts.decisions if one.policy_version == "v0"] == [None]
    assert (old.title, old.sentence) == (
        "Besluit: old_step",
        "Genomen met beleid v0. Uiterlijk 14-10-2026.",
    )


def test_an_alert_that_ended_is_two_lines(told: Told) -> None:
    told.rent(OCT)
    told.decide(date(2026, 10, 12))
    told.paid(date(2026, 10, 20))
    told.decide(date(2026, 10, 20))
    alerts = [one for one in told.line() if one.kind in (Kind.ALERT, Kind.ALERT_ENDED)]
    assert _said(alerts) == [
        ("20-10", "Melding voorbij: voldaan"),
        ("12-10", "Melding: vervaldag voorbij"),
    ]
    assert _said(told.line(date(2026, 10, 19)), Group.DECISIONS)[0] == ("12-10", "Melding: vervaldag voorbij")
    with organisation_scope(told.organisation), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM ledger_entry WHERE kind = %s", [EntryKind.RENT.value])
        assert alerts[1].target == Target(Behind.ENTRY, cursor.fetchone()[0])


def test_the_cost_meter_tells_what_was_charged_done_and_comes_next(told: Told) -> None:
    told.rent(OCT)
    told.promise(date(2026, 10, 14), date(2026, 10, 20))  # six minutes
    told.call(date(2026, 10, 15))  # minutes not logged
    told.letter(StepKind.LETTER_SENT, date(2026, 10, 16))
    with organisation_scope(told.organisation):
        meter = cost_meter(told.facts())
    assert meter is not None
    assert (meter.since_on, meter.tenant, meter.corporation_cents, meter.untimed) == (OCT, (), 600 + 130, 1)
    assert [one.cents for one in meter.ahead[:1]] == [9_000]  # 15 % of € 600
    assert all(one.sources for one in (*meter.corporation, *meter.ahead))
    assert meter.ahead[1].provisional  # the bailiff's tariff of 2026 is not known


def test_a_letter_whose_term_runs_names_its_day(told: Told) -> None:
    told.rent(OCT)
    with organisation_scope(told.organisation), connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(id) FROM ledger_entry")
        entries = tuple(cursor.fetchone()[0])
    sent_on = date(2026, 11, 2)
    told.letter(
        StepKind.LETTER_SENT,
        sent_on,
        letter_kind="fourteen_day",
        entries=entries,
        fee_cents=9_000,
        fee_from_on="2026-11-20",
        dated_on=f"{sent_on}",
    )
    with organisation_scope(told.organisation):
        running, over = cost_meter(told.facts()), cost_meter(told.facts(date(2026, 11, 25)))
    assert running is not None
    assert over is not None
    assert "als de veertiendagenbrief van 02-11-2026 niet wordt betaald" in running.ahead[0].label
    assert [(one.cents, one.label[:25]) for one in over.tenant] == [(9_000, "incassokosten van de brie")]
    assert [one.label for one in over.ahead] == ["deurwaarder en rechter, als het zover komt"]


def test_there_is_no_meter_without_arrears_or_of_what_was_known_before(told: Told) -> None:
    told.rent(OCT)
    with organisation_scope(told.organisation):
        assert cost_meter(told.facts(OCT)) is None
        assert cost_meter(told.facts(known_at=datetime.now(UTC))) is None
