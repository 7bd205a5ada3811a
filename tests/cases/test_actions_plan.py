"""Cases open and close by themselves, and each has one planned step, which ends once: as taken or as withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from tests.cases.one_lease import Ledger
from tests.contacts import calls
from tests.policy.mutated import mutated_text, step

from tijdig.access.scope import organisation_scope
from tijdig.cases.planned import CaseSeen, Planned, State
from tijdig.cases.queries_planned import cases_of, due_automatic, planned_of
from tijdig.contacts.actions import withdraw
from tijdig.history.queries import of_subject
from tijdig.ledger.kinds import Kind as EntryKind
from tijdig.policy.actions_versions import keep_version, start_version
from tijdig.policy.words import Act, Stage
from tijdig.rulings.actions import rule
from tijdig.rulings.kinds import Kind
from tijdig.rulings.queries import ruling
from tijdig.rulings.values import Draft
from tijdig.steps.actions import Draft as StepDraft
from tijdig.steps.actions import note
from tijdig.steps.kinds import Kind as StepKind
from tijdig.tenancies.queries import tenancy_ids_by_contract

SEP, OCT, NOV, DEC = (date(2026, month, 1) for month in (9, 10, 11, 12))
_WRITTEN = (
    "SELECT to_jsonb(p)::text FROM cases_plannedstep p ORDER BY id",
    "SELECT to_jsonb(c)::text FROM cases_case c ORDER BY id",
    "SELECT count(*) FROM cases_decision",
    "SELECT count(*) FROM history_event WHERE starts_with(verb, 'case')",
)


def _day(day: int) -> date:
    return date(2026, 11, day)


@dataclass(frozen=True)
class Household:
    """One lease, what is done towards it, and what is planned."""

    ledger: Ledger
    tenancy: int

    @property
    def organisation(self) -> int:
        return self.ledger.organisation

    def planned(self, on: date = date(2027, 12, 31)) -> list[Planned]:
        """Oldest first."""
        with organisation_scope(self.organisation):
            return planned_of(self.tenancy, as_of=on)[::-1]

    def cases(self) -> list[CaseSeen]:
        with organisation_scope(self.organisation):
            return cases_of(self.tenancy)[::-1]

    def stands(self) -> list[tuple[str, str]]:
        return [(one.rule, one.state.value) for one in self.planned()]

    def verbs(self) -> list[str]:
        with organisation_scope(self.organisation):
            events = of_subject(f"tenancy:{self.tenancy}")
        return [one.verb for one in events if one.verb.startswith("case")][::-1]

    def sent(self, letter: str, on: date, *, ends: str = "", number: int = 1) -> None:
        facts = {"letter_id": number, "letter_kind": letter, "fee_from_on": ends}
        self.noted(StepKind.LETTER_SENT, on, f"letter:{number}", facts)

    def noted(self, kind: StepKind, on: date, subject: str, facts: dict[str, object] | None = None) -> None:
        draft = StepDraft(self.tenancy, subject, facts or {})
        with organisation_scope(self.organisation):
            note(organisation_id=self.organisation, actor="user:7", kind=kind, on=on, steps=[draft])

    def called(self, on: date, **more: object) -> int:
        at = datetime(on.year, on.month, on.day, 11, 0, tzinfo=UTC)
        return calls.logged(self.organisation, self.tenancy, at=at, **more)

    def ruled(self, kind: Kind, on: date, until: date, **more: str) -> int:
        return rule(
            organisation_id=self.organisation,
            actor="user:1",
            name="Samira de Boer",
            tenancy_id=self.tenancy,
            draft=Draft(kind=kind, until_on=until, reason="Past beter.", **more),
            codes=("call", "visit", "message", "decide"),
            asked_as=uuid4(),
            now=datetime.now(UTC) + timedelta(seconds=1),
            on=on,
        )


@pytest.fixture
def household(organisation: int) -> Household:
    ledger = Ledger(organisation)
    ledger.lease()
    with organisation_scope(organisation):
        tenancy = tenancy_ids_by_contract(["1"])["1"]
    return Household(ledger, tenancy)


@pytest.fixture
def behind(household: Household) -> Household:
    """Who did not pay the rent of 1 November."""
    household.ledger.rent(NOV)
    return household


# -- cases ---------------------------------------------------------------------------------------------------


def test_a_case_opens_moves_and_closes_with_the_steps(behind: Household) -> None:
    behind.ledger.night(NOV)
    assert behind.cases() == []
    behind.ledger.night(_day(2))
    (case,) = behind.cases()
    assert (case.opened_on, case.stage, case.stage_since_on, case.policy_version) == (
        _day(2), Stage.NOTICE, _day(2), "v5",
    )  # fmt: skip
    behind.ledger.night(_day(6))
    (case,) = behind.cases()
    assert (case.opened_on, case.stage, case.stage_since_on, case.closed_on) == (
        _day(2), Stage.CONTACT, _day(6), None,
    )  # fmt: skip
    behind.ledger.night(_day(15))  # a visit in place of a call: the same stage
    assert behind.cases()[0].stage_since_on == _day(6)
    behind.ledger.paid(_day(16))
    behind.ledger.evaluate(_day(16))
    (case,) = behind.cases()
    assert (case.closed_on, case.closed_by) == (_day(16), "nothing_open")
    assert behind.verbs() == ["case_opened", "case_stage", "case_closed"]


def test_who_falls_behind_again_gets_a_case_of_its_own(behind: Household) -> None:
    behind.ledger.night(_day(2))
    behind.ledger.paid(_day(3))
    behind.ledger.evaluate(_day(3))
    behind.ledger.rent(DEC)
    behind.ledger.night(date(2026, 12, 3))
    assert [(one.opened_on, one.closed_on) for one in behind.cases()] == [
        (_day(2), _day(3)),
        (date(2026, 12, 3), None),
    ]


def test_what_was_decided_about_the_debt_ends_when_it_is_paid(behind: Household) -> None:
    behind.ledger.night(_day(2))
    number = behind.ruled(Kind.HAND_OVER, _day(2), _day(28))
    behind.ledger.evaluate(_day(2))
    behind.ledger.paid(_day(16))
    behind.ledger.evaluate(_day(16))
    with organisation_scope(behind.organisation):
        known = ruling(number)
    assert known is not None
    assert (known.ended_on, known.ended_by) == (_day(16), "system:evaluator")


def test_too_little_closes_a_case_too(behind: Household) -> None:
    behind.ledger.night(_day(2))
    behind.ledger.paid(_day(3), cents=59_500)
    behind.ledger.evaluate(_day(3))
    assert [(one.closed_on, one.closed_by) for one in behind.cases()] == [(_day(3), "small_amount")]


def _bank(household: Household, incomplete_since: str | None) -> None:
    household.ledger.rows(
        """INSERT INTO ledger_bankaccount (organisation_id, iban, name)
           SELECT organisation_id, 'NL91ABNA0417164300', '' FROM tenancies_tenancy
            WHERE NOT EXISTS (SELECT 1 FROM ledger_bankaccount) RETURNING id"""
    )
    household.ledger.rows(
        """INSERT INTO ledger_route (organisation_id, tenancy_id, bank_account_id)
           SELECT t.organisation_id, t.id, b.id FROM tenancies_tenancy t, ledger_bankaccount b
            WHERE NOT EXISTS (SELECT 1 FROM ledger_route) RETURNING 1"""
    )
    household.ledger.rows("UPDATE ledger_bankaccount SET incomplete_since = %s RETURNING 1", incomplete_since)


def test_what_holds_a_case_for_a_while_neither_opens_nor_closes_it(behind: Household) -> None:
    _bank(behind, "2026-11-01")
    behind.ledger.night(_day(2))
    assert (behind.cases(), behind.planned()) == ([], [])
    _bank(behind, None)
    behind.ledger.night(_day(3))
    _bank(behind, "2026-11-04")
    behind.ledger.night(_day(4))
    (case,) = behind.cases()
    assert (case.opened_on, case.stage, case.closed_on) == (_day(3), Stage.NOTICE, None)
    assert behind.stands() == [("message", "withdrawn")]
    _bank(behind, None)
    behind.ledger.night(_day(5))
    assert behind.stands() == [("message", "withdrawn"), ("message", "planned")]
    assert len(behind.cases()) == 1


# -- planned steps -------------------------------------------------------------------------------------------


def test_a_step_is_planned_with_what_it_is_about_and_when_it_is_due(behind: Household) -> None:
    behind.ledger.night(_day(2))
    (one,) = behind.planned()
    assert (one.rule, one.act, one.letter, one.automatic) == (
        "message",
        Act.MESSAGE,
        "friendly_reminder",
        True,
    )
    assert (one.about_on, one.planned_on, one.due_on, one.policy_version) == (NOV, _day(2), _day(4), "v5")
    assert (one.state, one.ended_on, one.subject, one.case_id) == (
        State.PLANNED,
        None,
        "",
        behind.cases()[0].id,
    )


def test_a_planned_step_gives_way_to_the_next(behind: Household) -> None:
    behind.ledger.night(_day(2))
    behind.ledger.night(_day(6))
    first, second = behind.planned()
    assert (first.state, first.ended_on, first.ended_by, first.subject) == (
        State.WITHDRAWN, _day(6), "call", "",
    )  # fmt: skip
    assert (second.rule, second.state, second.due_on, second.automatic) == (
        "call",
        State.PLANNED,
        _day(8),
        False,
    )


def test_what_is_paid_withdraws_what_was_planned(behind: Household) -> None:
    behind.ledger.night(_day(6))
    behind.ledger.paid(_day(7))
    behind.ledger.evaluate(_day(7))
    (one,) = behind.planned()
    assert (one.state, one.ended_by, one.ended_on) == (State.WITHDRAWN, "nothing_open", _day(7))


def test_a_call_that_was_made_is_taken_and_names_the_contact(behind: Household) -> None:
    behind.ledger.night(_day(6))
    contact = behind.called(_day(6), **calls.TALK)
    behind.ledger.evaluate(_day(6))
    (one,) = behind.planned()  # a week of waiting asks nothing of anybody
    assert (one.rule, one.state, one.subject, one.ended_by) == (
        "call",
        State.TAKEN,
        f"contact:{contact}",
        "user:1",
    )


def test_attempts_keep_the_call_planned_until_another_step_comes(behind: Household) -> None:
    behind.ledger.night(_day(6))
    first = behind.called(_day(6))
    behind.called(_day(7))
    behind.ledger.evaluate(_day(7))
    assert behind.stands() == [("call", "planned")]
    behind.called(_day(8))
    behind.ledger.evaluate(_day(8))
    call, visit = behind.planned()
    assert (call.state, call.subject) == (State.TAKEN, f"contact:{first}")
    assert (visit.rule, visit.act) == ("visit_phone_fails", Act.VISIT)


def test_a_contact_that_was_taken_back_was_not_made(behind: Household) -> None:
    behind.ledger.night(_day(6))
    contact = behind.called(_day(6), **calls.TALK)
    withdraw(
        organisation_id=behind.organisation,
        actor="user:1",
        contact_id=contact,
        reason="Verkeerde huurder.",
        now=datetime(2026, 11, 6, 11, 10, tzinfo=UTC),
        on=_day(6),
    )
    behind.ledger.paid(_day(7))
    behind.ledger.evaluate(_day(7))
    assert behind.stands() == [("call", "withdrawn")]


def test_a_payment_after_the_call_leaves_it_taken(behind: Household) -> None:
    """Called and not reached, and then paid: the call was made."""
    behind.ledger.night(_day(6))
    behind.called(_day(6))
    behind.ledger.paid(_day(7))
    behind.ledger.evaluate(_day(7))
    assert behind.stands() == [("call", "taken")]


def test_a_letter_that_went_takes_its_step_and_is_not_planned_twice_for_one_due_day(
    behind: Household,
) -> None:
    behind.ledger.night(_day(2))
    behind.sent("friendly_reminder", _day(3), number=12)
    behind.ledger.night(_day(3))
    (one,) = behind.planned()
    assert (one.state, one.subject, one.ended_by) == (State.TAKEN, "letter:12", "user:7")
    behind.noted(StepKind.LETTER_BOUNCED, _day(4), "letter:12")
    behind.ledger.night(_day(4))  # it counts for nothing, and yet it is not sent again for November
    assert behind.ledger.rows("SELECT rule FROM cases_standing") == [("message",)]
    assert behind.stands() == [("message", "taken")]
    behind.ledger.paid(_day(5))
    behind.ledger.rent(DEC)
    behind.ledger.night(_day(5))
    behind.ledger.night(date(2026, 12, 2))
    assert behind.stands() == [("message", "taken"), ("message", "planned")]
    assert behind.planned()[-1].about_on == DEC


def test_another_letter_is_not_the_one_that_was_asked(behind: Household) -> None:
    behind.ledger.night(_day(2))
    behind.sent("invitation", _day(3))
    behind.ledger.night(_day(6))
    assert behind.stands() == [("message", "withdrawn"), ("call", "planned")]


@pytest.fixture
def late(household: Household) -> Household:
    """Behind since September, the letter over and the help offered: somebody decides."""
    household.ledger.rent(SEP)
    household.called(_day(2))
    household.sent("early_signal", date(2026, 10, 1), number=1)
    household.sent("fourteen_day", date(2026, 10, 2), ends="2026-10-20", number=2)
    return household


def test_the_signal_is_taken_by_doing_it(late: Household) -> None:
    late.ledger.night(_day(2))
    assert late.stands() == [("early_signal", "planned")]
    late.noted(StepKind.SIGNAL_SENT, _day(3), f"signal:{late.tenancy}")
    late.ledger.night(_day(3))
    assert late.stands() == [("early_signal", "taken"), ("decide", "planned")]
    assert late.planned()[0].subject == f"signal:{late.tenancy}"


def test_a_refusal_takes_the_signal_as_well(late: Household) -> None:
    late.ledger.night(_day(2))
    late.noted(StepKind.SIGNAL_OBJECTED, _day(3), f"signal:{late.tenancy}")
    late.ledger.night(_day(3))
    assert late.stands()[0] == ("early_signal", "taken")


def test_a_decision_by_name_takes_the_step_that_asked_for_it_and_the_hand_over_follows(
    late: Household,
) -> None:
    late.noted(StepKind.SIGNAL_SENT, _day(2), "signal:1")
    late.ledger.night(_day(2))
    number = late.ruled(Kind.HAND_OVER, _day(2), date(2027, 2, 1))
    late.ledger.evaluate(_day(2))
    decide, hand_over = late.planned()
    assert (decide.rule, decide.state, decide.subject) == ("decide", State.TAKEN, f"ruling:{number}")
    assert (hand_over.rule, hand_over.state, hand_over.due_on) == ("hand_over", State.PLANNED, _day(5))
    late.noted(StepKind.HANDED_OVER, _day(4), "handover:1")
    late.ledger.night(_day(4))
    assert late.stands() == [("decide", "taken"), ("hand_over", "taken")]
    assert [one.stage for one in late.cases()] == [Stage.BAILIFF]


def test_a_step_that_a_person_put_off_is_due_later(behind: Household) -> None:
    behind.ledger.night(_day(6))
    (before,) = behind.planned()
    behind.ruled(Kind.LATER, _day(6), _day(12), instead_of="call")
    behind.ledger.evaluate(_day(6))
    (after,) = behind.planned()
    assert (before.id, before.due_on, after.id, after.due_on) == (before.id, _day(8), before.id, _day(13))


def test_a_step_in_place_of_another_is_the_one_that_is_planned(behind: Household) -> None:
    behind.ledger.night(_day(6))
    behind.ruled(Kind.OTHER, _day(6), _day(12), instead_of="call", do="visit")
    behind.ledger.evaluate(_day(6))
    assert behind.stands() == [("call", "withdrawn"), ("visit", "planned")]


# -- again and again -----------------------------------------------------------------------------------------


def test_a_night_that_runs_again_changes_nothing(late: Household) -> None:
    late.ledger.lease("2")
    late.ledger.rent(NOV, contract="2")
    late.ledger.night(_day(2))
    before = [late.ledger.rows(query) for query in _WRITTEN]
    for _ in range(2):
        late.ledger.night(_day(2))
    assert [late.ledger.rows(query) for query in _WRITTEN] == before
    late.ledger.night(_day(3))  # another day, the same steps
    assert [late.ledger.rows(query) for query in _WRITTEN] == before


def test_a_night_that_looks_back_plans_nothing(behind: Household) -> None:
    behind.ledger.night(_day(6))
    before = [behind.ledger.rows(query) for query in _WRITTEN]
    behind.ledger.night(_day(2))
    assert [behind.ledger.rows(query) for query in _WRITTEN] == before


def test_a_new_version_of_the_way_of_working_plans_what_it_asks_now(behind: Household) -> None:
    """The step keeps its code and asks for something else: what is planned is what holds."""
    behind.ledger.night(_day(6))
    text = mutated_text(step("call", do="visit"), lambda document: document.update(version="2027-1"))
    kept = keep_version(organisation_id=behind.organisation, actor="user:1", text=text, on=_day(6))
    start_version(
        organisation_id=behind.organisation,
        actor="user:1",
        version_id=kept,
        from_on=_day(7),
        reason="x",
        on=_day(6),
    )
    behind.ledger.night(_day(7))
    (one,) = behind.planned()
    assert (one.rule, one.act, one.policy_version, one.due_on) == ("call", Act.VISIT, "v2027-1", _day(9))


def test_the_steps_of_the_program_that_are_due_come_the_longest_due_first(household: Household) -> None:
    household.ledger.lease("2")
    household.ledger.rent(NOV, contract="2")
    household.ledger.night(_day(2))
    household.ledger.post(EntryKind.RENT, 60_000, _day(2))
    household.ledger.night(_day(3))
    household.ledger.lease("3")
    household.ledger.rent(date(2026, 10, 28), contract="3")
    household.ledger.night(_day(3))
    with organisation_scope(household.organisation):
        found = {day: [one.due_on for one in due_automatic(_day(day), 9)] for day in (3, 4, 5)}
        assert len(due_automatic(_day(5), 1)) == 1
    assert found == {3: [], 4: [_day(4)], 5: [_day(4), _day(5)]}  # a call is for a person


# -- what the database holds ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        (
            """INSERT INTO cases_case (organisation_id, tenancy_id, opened_on, stage, stage_since_on, policy_version,
                                       closed_by)
               SELECT organisation_id, tenancy_id, opened_on, stage, stage_since_on, policy_version, '' FROM cases_case""",
            "cases_case_one_open",
        ),
        ("UPDATE cases_case SET closed_on = '2026-11-09'", "cases_case_closed_whole"),
        ("UPDATE cases_plannedstep SET state = 'perhaps'", "cases_planned_state"),
        (
            """INSERT INTO cases_plannedstep (organisation_id, case_id, tenancy_id, rule, act, letter, automatic,
                      policy_version, about_on, planned_on, due_on, state, ended_by, subject, note)
               SELECT organisation_id, case_id, tenancy_id, 'visit', act, letter, automatic, policy_version, about_on,
                      planned_on, due_on, 'planned', '', '', '' FROM cases_plannedstep""",
            "cases_planned_one",
        ),
    ],
)
def test_the_database_refuses_what_cannot_be(behind: Household, statement: str, rule: str) -> None:
    behind.ledger.night(_day(6))
    refused = pytest.raises(DatabaseError, match=rule)
    with (
        organisation_scope(behind.organisation),
        refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize("table", ["cases_case", "cases_plannedstep"])
def test_a_case_and_a_step_are_never_deleted(behind: Household, table: str) -> None:
    behind.ledger.night(_day(6))
    refused = pytest.raises(DatabaseError, match="permission denied")
    with (
        organisation_scope(behind.organisation),
        refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {table}")
