"""What people decided and said stands on the time line, each with its words, its day and what is behind it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import numpy as np
import pytest
from django.db import connection
from tests.conferences import groups
from tests.contacts.answers import of, taken
from tests.letters import offices
from tests.objections import heard
from tests.rulings import decided
from tests.tenancies import flagged

from tijdig.access.scope import organisation_scope
from tijdig.caseload.actions import assign
from tijdig.cases.actions import evaluate
from tijdig.cases.actions_answer import answer_for
from tijdig.cases.actions_legal import note_act
from tijdig.cases.deadlines import Deadline
from tijdig.cases.queries import tenancy_file
from tijdig.cases.queries_facts import Facts
from tijdig.cases.queries_time_line import time_line
from tijdig.cases.time_line import Behind, Group, Kind, Target, TimeLineItem, of_group
from tijdig.cases.wording_time_line import first_words
from tijdig.objections.kinds import About, Outcome
from tijdig.steps.actions import Draft as StepDraft
from tijdig.steps.actions import note
from tijdig.steps.kinds import Kind as StepKind

TODAY = offices.TODAY  # 2 November 2026, a Monday
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def tenancy(organisation: int) -> int:
    return offices.tenant(organisation)


def _line(
    organisation: int, tenancy: int, on: date = TODAY, known_at: datetime | None = None
) -> list[TimeLineItem]:
    with organisation_scope(organisation):
        file = tenancy_file(tenancy, as_of=on, known_at=known_at)
        assert file is not None
        return [one for one in time_line(Facts(file)) if one.kind is not Kind.ENTRY]


def _told(items: list[TimeLineItem]) -> list[tuple[date, str, str]]:
    return [(one.on, one.title, one.sentence) for one in items]


def test_a_ruling_and_its_end_are_two_lines(organisation: int, tenancy: int) -> None:
    number = decided.ruled(organisation, tenancy, instead_of="", do="", kind=decided.Kind.PAUSE)
    decided.stopped(organisation, number, on=TODAY + 3 * DAY)
    pause = "Pauze: geen stappen, tot en met 30-11-2026."
    assert _told(_line(organisation, tenancy)) == [
        (TODAY, "Besluit van een medewerker", f"{pause} Neemt de telefoon nooit op."),
    ]
    over, made = _line(organisation, tenancy, TODAY + 3 * DAY)
    assert _told([over]) == [
        (TODAY + 3 * DAY, "Besluit van een medewerker beëindigd", f"{pause} Belt nu zelf.")
    ]
    assert made.target == over.target == Target(Behind.RULING, number)
    assert _line(organisation, tenancy, TODAY - DAY) == []


def test_a_decision_of_the_group_is_one_line(organisation: int, tenancy: int) -> None:
    case = groups.asked(organisation, tenancy)
    meeting = groups.begun(organisation)
    groups.decided(organisation, case, meeting)
    decided.ruled(organisation, tenancy, **decided.HAND_OVER, about=f"conference:{meeting}")
    (line,) = _line(organisation, tenancy)
    assert (line.kind, line.title, line.target) == (
        Kind.OUTCOME,
        "Besluit van het overleg",
        Target(Behind.CONFERENCE, meeting),
    )
    assert line.sentence == (
        "Eerst een regeling, geldt tot en met 30-11-2026. Ada doet dit, uiterlijk 09-11-2026. De huurder wil betalen"
    )


def test_an_objection_and_its_answer_are_contact(organisation: int, tenancy: int) -> None:
    number = heard.heard(organisation, tenancy, About.COSTS)
    heard.answered(organisation, number, Outcome.UPHELD, answered_on=TODAY + DAY, on=TODAY + DAY)
    answered, objected = _line(organisation, tenancy, TODAY + DAY)
    assert answered.sentence == "over incassokosten: de huurder heeft gelijk"
    assert objected.sentence.startswith("over incassokosten; antwoord uiterlijk ")
    assert {answered.group, objected.group} == {Group.CONTACT}
    assert len(_line(organisation, tenancy)) == 1


def test_an_answer_that_came_in_is_told_by_its_first_words(organisation: int, tenancy: int) -> None:
    taken(organisation, match=of(tenancy))
    taken(organisation, "twee", match=of(tenancy), automatic="away", text="Ik ben er niet.")
    taken(organisation, "van een ander")
    assert sorted(_told(_line(organisation, tenancy))) == [
        (TODAY, "Automatisch antwoord", "Ik ben er niet."),
        (TODAY, "E-mail gekregen", "Ik betaal vrijdag."),
    ]


def test_a_circumstance_and_its_end_are_two_lines(organisation: int, tenancy: int) -> None:
    number = flagged.flagged(organisation, tenancy, note="Bewindvoerder is Van Dam.")
    flagged.ended(organisation, number, TODAY + DAY, on=TODAY + DAY)
    assert _told(_line(organisation, tenancy, TODAY + DAY)) == [
        (TODAY + DAY, "Bijzonderheid voorbij: bewindvoering", "gehoord van de gemeente"),
        (
            TODAY,
            "Bijzonderheid: bewindvoering",
            "gehoord van de huurder of iemand van het huishouden: Bewindvoerder is Van Dam.",
        ),
    ]


def test_who_works_it_is_told_by_name_with_the_reason(organisation: int, tenancy: int) -> None:
    user = groups.people(organisation)[0]
    assign(
        organisation_id=organisation,
        actor="user:1",
        tenancy_id=tenancy,
        user_id=user,
        reason="Spreekt Pools.",
        seen=None,
        on=TODAY,
    )
    assert _told(_line(organisation, tenancy)) == [(TODAY, "Behandelaar: Ada", "met de hand: Spreekt Pools.")]


def test_a_signal_and_a_hand_over_are_acts(organisation: int, tenancy: int) -> None:
    with organisation_scope(organisation):
        for kind in (StepKind.SIGNAL_SENT, StepKind.HANDED_OVER):
            steps = [StepDraft(tenancy, f"{kind}:1", {})]
            note(organisation_id=organisation, actor="user:1", kind=kind, on=TODAY, steps=steps)
    assert {(one.kind, one.title) for one in _line(organisation, tenancy)} == {
        (Kind.ACT, "Vroegsignaal gedaan bij de gemeente"),
        (Kind.ACT, "Overgedragen aan de deurwaarder"),
    }


def test_nothing_of_it_was_known_long_ago(organisation: int, tenancy: int) -> None:
    decided.ruled(organisation, tenancy)
    groups.decided(organisation, groups.asked(organisation, tenancy), groups.begun(organisation))
    heard.heard(organisation, tenancy)
    taken(organisation, match=of(tenancy))
    flagged.flagged(organisation, tenancy)
    assert len(of_group(_line(organisation, tenancy), None)) == 5
    assert _line(organisation, tenancy, known_at=LONG_AGO) == []


@pytest.mark.parametrize(
    ("text", "said"), [("", ""), ("Ik  betaal\nvrijdag.", "Ik betaal vrijdag."), ("woord " * 60, "…")]
)
def test_the_first_words_are_one_line_cut_at_a_word(text: str, said: str) -> None:
    found = first_words(text)
    assert len(found) <= 142
    assert found.endswith(said)
    assert "\n" not in found


def test_what_was_said_at_an_act_and_about_a_missed_term_stands_there_and_can_be_erased(
    organisation: int, tenancy: int
) -> None:
    """Of two months in arrears, no talk was had: the term of the talk was missed on a later day."""
    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(id) FROM tenancies_tenancy")
        evaluate(
            organisation_id=organisation, ids=np.array(cursor.fetchone()[0], np.int64), on=TODAY, by="due"
        )
        evaluate(
            organisation_id=organisation, ids=np.array([tenancy], np.int64), on=TODAY + 30 * DAY, by="due"
        )
    answer_for(
        organisation_id=organisation,
        actor="user:7",
        name="Sanne Kuiper",
        tenancy_id=tenancy,
        deadline=Deadline.TALK,
        reason="Lag in het ziekenhuis, ik bel morgen.",
        on=TODAY + 30 * DAY,
    )
    note_act(
        organisation_id=organisation,
        actor="user:7",
        name="Sanne Kuiper",
        tenancy_id=tenancy,
        kind=StepKind.SIGNAL_OBJECTED,
        remark="Zij  regelt het met haar zus.",
        asked_as=uuid4(),
        on=TODAY + 30 * DAY,
    )
    told = {one.kind: one for one in _line(organisation, tenancy, TODAY + 30 * DAY)}
    answered, act = told[Kind.ANSWERED], told[Kind.ACT]
    assert answered.sentence.endswith("Lag in het ziekenhuis, ik bel morgen.")
    assert (answered.actor, act.sentence) == ("user:7", "Zij regelt het met haar zus.")
    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM steps_step WHERE facts::text LIKE '%%zus%%'")
        assert cursor.fetchone() == (0,)
        cursor.execute("DELETE FROM history_eventtext")
    erased = {one.kind: one for one in _line(organisation, tenancy, TODAY + 30 * DAY)}
    assert (erased[Kind.ACT].sentence, "ziekenhuis" in erased[Kind.ANSWERED].sentence) == ("", False)
