"""Handing over: what stops, what two people may go past, and how a file ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from tests.bailiff import partners
from tests.bailiff.partners import BY, SECOND, TODAY, agreed, at_partner, handed, ready
from tests.letters import offices

from tijdig.access.scope import organisation_scope, partner_scope
from tijdig.bailiff.actions_agreement import end_agreement
from tijdig.bailiff.actions_file import agree, end_file, take_in, withdraw
from tijdig.bailiff.actions_household import note_household
from tijdig.bailiff.actions_outside import note_move
from tijdig.bailiff.checklist import Point, judged, weak
from tijdig.bailiff.kinds import End, Lives, Shown, Side, Start
from tijdig.bailiff.queries import file, files_of, open_files, waiting, waiting_of
from tijdig.bailiff.queries_around import ended_there, reason_of
from tijdig.bailiff.queries_facts import facts_of
from tijdig.bailiff.queries_package import needs_of
from tijdig.base.not_done import NotDone
from tijdig.cases.actions_flags import raise_flag
from tijdig.cases.actions_legal import seen_now
from tijdig.history.queries import of_subject
from tijdig.hooks.kinds import Kind as Told
from tijdig.hooks.models import Event
from tijdig.policy.words import Feature
from tijdig.steps.kinds import Kind as StepKind
from tijdig.steps.queries import steps_of
from tijdig.tenancies.flag_draft import FlagDraft
from tijdig.tenancies.flags import Flag, LearnedFrom


def test_a_file_of_which_everything_is_right_goes_at_once_and_once(organisation: int) -> None:
    who = partners.partner()
    agreed(organisation, who)
    tenancy, form = ready(organisation), uuid4()
    pk = handed(organisation, tenancy, who[0], asked_as=form)
    assert pk is not None
    assert handed(organisation, tenancy, who[0], asked_as=form) == pk
    with pytest.raises(NotDone, match="al bij de deurwaarder"):
        handed(organisation, tenancy, who[0])
    with organisation_scope(organisation):
        (found,) = open_files()
        assert (found.tenancy_id, found.overdue_cents, found.second_name) == (tenancy, 140_000, "")
        row = seen_now(tenancy, TODAY)
        assert row is not None and row[Feature.WITH_BAILIFF] == 1
        assert {"hand_over_asked", "handed_over"} <= {one.verb for one in of_subject(f"tenancy:{tenancy}")}


def test_what_is_weak_needs_a_reason_and_a_second_person(organisation: int) -> None:
    who = partners.partner()
    agreed(organisation, who)
    tenancy = ready(organisation, visited=False)
    with pytest.raises(NotDone, match="Schrijf op waarom"):
        handed(organisation, tenancy, who[0], reason="  ")
    assert handed(organisation, tenancy, who[0], reason="De woning staat leeg.") is None
    with organisation_scope(organisation):
        (asked,) = waiting()
        assert (asked.weak, asked.reason, open_files()) == (("contact",), "De woning staat leeg.", [])
    with pytest.raises(NotDone, match="wacht op een tweede collega"):
        handed(organisation, tenancy, who[0], reason="Nog eens.")
    with pytest.raises(NotDone, match="twee accounts van dezelfde naam"):
        agree(organisation_id=organisation, hand_over_id=asked.id, **(SECOND | {"name": "an de Boer"}))
    with pytest.raises(NotDone, match="U vroeg dit zelf"):
        agree(organisation_id=organisation, hand_over_id=asked.id, **BY)
    agree(organisation_id=organisation, hand_over_id=asked.id, **SECOND)
    with organisation_scope(organisation):
        (found,) = files_of(tenancy)
        assert (found.second_name, waiting_of(tenancy)) == ("Bea Bos", None)
    with pytest.raises(NotDone, match="wacht niet meer"):
        agree(organisation_id=organisation, hand_over_id=asked.id, **SECOND)


def test_the_second_person_may_say_no(organisation: int) -> None:
    who = partners.partner()
    agreed(organisation, who)
    tenancy = ready(organisation, visited=False)
    handed(organisation, tenancy, who[0], reason="Leeg.")
    with organisation_scope(organisation):
        (asked,) = waiting()
    withdraw(organisation_id=organisation, hand_over_id=asked.id, **SECOND)
    with organisation_scope(organisation):
        assert waiting() == []
    assert handed(organisation, tenancy, who[0], reason="Toch.") is None


@pytest.mark.parametrize("flag", [Flag.WSNP, Flag.AMICABLE, Flag.MORATORIUM, Flag.DEATH, Flag.ADMINISTRATION])
def test_no_name_and_no_reason_goes_past_what_stops(organisation: int, flag: Flag) -> None:
    """Also when it came after the first person asked."""
    who = partners.partner()
    agreed(organisation, who)
    tenancy = ready(organisation, visited=False)
    handed(organisation, tenancy, who[0], reason="Leeg.")
    with organisation_scope(organisation):
        (asked,) = waiting()
    draft = FlagDraft(tenancy_id=tenancy, kind=flag, begin_on=TODAY, learned_from=LearnedFrom.TENANT)
    raise_flag(organisation_id=organisation, actor="user:1", draft=draft, asked_as=uuid4(), on=TODAY)
    with pytest.raises(NotDone):
        agree(organisation_id=organisation, hand_over_id=asked.id, **SECOND)
    withdraw(organisation_id=organisation, hand_over_id=asked.id, **SECOND)
    with pytest.raises(NotDone):
        handed(organisation, tenancy, who[0], reason="Leeg.")


def test_without_an_agreement_that_holds_nothing_goes(organisation: int) -> None:
    tenancy = ready(organisation)
    who = partners.partner()
    with organisation_scope(organisation):
        pass
    partners.proposed(organisation, who[2])  # nobody approved it
    with pytest.raises(NotDone, match="geen afspraken"):
        handed(organisation, tenancy, who[0])
    pk = agreed(organisation, who, begin_on=TODAY + timedelta(days=1))
    with pytest.raises(NotDone, match="geen afspraken"):
        handed(organisation, tenancy, who[0])
    end_agreement(organisation_id=organisation, agreement_id=pk, side=Side.CORPORATION, end_on=TODAY, **BY)


def test_a_partner_closes_and_the_corporation_takes_back(organisation: int) -> None:
    who = partners.partner()
    agreed(organisation, who, begin_on=TODAY)
    first, second = ready(organisation, 1), ready(organisation, 2)
    files = [handed(organisation, one, who[0]) for one in (first, second)]
    assert None not in files
    actor = f"user:{who[1]}"
    with at_partner(organisation, who), pytest.raises(NotDone, match="kiest de corporatie"):
        end_file(
            organisation_id=organisation, actor=actor, name="Piet", file_id=files[0] or 0, side=Side.PARTNER,
            end=End.FORGIVEN, on=TODAY,
        )  # fmt: skip
    offices.pay(organisation, 1, 140_000)
    with at_partner(organisation, who):
        end_file(
            organisation_id=organisation, actor=actor, name="Piet", file_id=files[0] or 0, side=Side.PARTNER,
            end=End.PAID, on=TODAY,
        )  # fmt: skip
        with pytest.raises(NotDone):
            end_file(
                organisation_id=organisation, actor=actor, name="Piet", file_id=files[0] or 0, side=Side.PARTNER,
                end=End.PAID, on=TODAY,
            )  # fmt: skip
        with partner_scope():
            assert [one.tenancy_id for one in open_files()] == [second]
    end_file(
        organisation_id=organisation, file_id=files[1] or 0, side=Side.CORPORATION, end=End.TAKEN_BACK, **BY
    )
    with organisation_scope(organisation):
        assert open_files() == []
        ended = file(files[0] or 0)
        assert ended is not None and (ended.end, ended.end_name) == (End.PAID, "Piet")
        row = seen_now(second, TODAY)
        assert row is not None and row[Feature.WITH_BAILIFF] == 0
    with pytest.raises(NotDone, match="al gesloten door An de Boer"):
        end_file(
            organisation_id=organisation, file_id=files[1] or 0, side=Side.CORPORATION, end=End.PAID, **BY
        )


def _taken(organisation: int, tenancy: int, who: tuple[int, int, str], **more: Any) -> int | None:
    given: dict[str, Any] = {"start": Start.ARREARS, "reason": "", "asked_as": uuid4()} | BY | more
    return take_in(organisation_id=organisation, tenancy_id=tenancy, partner_id=who[0], **given)


def test_a_file_that_went_before_there_was_an_agreement_is_put_with_the_partner_once(
    organisation: int,
) -> None:
    tenancy = ready(organisation)
    partners.went_outside(organisation, tenancy)
    who = partners.partner()
    with organisation_scope(organisation):
        pass
    agreed(organisation, who)
    form = uuid4()
    pk = _taken(organisation, tenancy, who, asked_as=form)
    assert pk is not None
    assert _taken(organisation, tenancy, who, asked_as=form) == pk
    with pytest.raises(NotDone, match="al bij een"):
        _taken(organisation, tenancy, who)
    with organisation_scope(organisation):
        (found,) = open_files()
        assert (found.handed_over_on, found.second_name) == (date(2026, 10, 26), "")
        verbs = [one.verb for one in of_subject(f"tenancy:{tenancy}")]
        assert (verbs.count("file_taken_in"), verbs.count("handed_over")) == (1, 1)
    end_file(organisation_id=organisation, file_id=pk, side=Side.CORPORATION, end=End.TAKEN_BACK, **BY)
    with pytest.raises(NotDone, match="niet bij een deurwaarder"):
        _taken(organisation, tenancy, who)


def test_a_file_that_went_before_and_is_weak_asks_a_second_person_too(organisation: int) -> None:
    tenancy = ready(organisation, visited=False)
    partners.went_outside(organisation, tenancy)
    who = partners.partner()
    with organisation_scope(organisation):
        pass
    agreed(organisation, who)
    with pytest.raises(NotDone, match="Schrijf op waarom"):
        _taken(organisation, tenancy, who)
    assert _taken(organisation, tenancy, who, reason="De woning staat leeg.") is None
    with organisation_scope(organisation):
        (asked,) = waiting()
        assert (asked.weak, asked.went_on) == (("contact",), date(2026, 10, 26))
        assert Point.DECISION not in {one.point for one in asked.items}
    with pytest.raises(NotDone, match="U vroeg dit zelf"):
        agree(organisation_id=organisation, hand_over_id=asked.id, **BY)
    agree(organisation_id=organisation, hand_over_id=asked.id, **SECOND)
    with organisation_scope(organisation):
        (found,) = open_files()
        assert (found.handed_over_on, found.second_name) == (date(2026, 10, 26), "Bea Bos")
        steps = steps_of([tenancy], kinds=(StepKind.HANDED_OVER,), as_of=TODAY)
        assert len(steps) == 1  # it went once


def test_what_came_back_before_the_second_yes_is_not_taken_in(organisation: int) -> None:
    tenancy = ready(organisation, visited=False)
    partners.went_outside(organisation, tenancy)
    who = partners.partner()
    with organisation_scope(organisation):
        pass
    agreed(organisation, who)
    _taken(organisation, tenancy, who, reason="Leeg.")
    note_move(
        organisation_id=organisation, tenancy_id=tenancy, kind=StepKind.HANDED_BACK, remark="", asked_as=uuid4(), **BY
    )  # fmt: skip
    with organisation_scope(organisation):
        (asked,) = waiting()
    with pytest.raises(NotDone, match="niet bij een deurwaarder"):
        agree(organisation_id=organisation, hand_over_id=asked.id, **SECOND)


def test_what_went_after_the_first_agreement_is_not_taken_in(organisation: int) -> None:
    """Otherwise somebody writes down that it went outside, and goes past the list."""
    tenancy, who = ready(organisation), partners.partner()
    with organisation_scope(organisation):
        pass
    agreed(organisation, who)
    partners.went_outside(organisation, tenancy, TODAY)
    with pytest.raises(NotDone, match="toen er met deze deurwaarder al afspraken waren"):
        _taken(organisation, tenancy, who)


def test_a_partner_gives_back_with_words_and_the_corporation_reads_them(organisation: int) -> None:
    tenancy, who = ready(organisation), partners.partner()
    with organisation_scope(organisation):
        pass
    agreed(organisation, who)
    pk = handed(organisation, tenancy, who[0])
    assert pk is not None
    given: dict[str, Any] = {
        "organisation_id": organisation,
        "actor": f"user:{who[1]}",
        "name": "Piet Maas",
        "file_id": pk,
        "side": Side.PARTNER,
        "end": End.TAKEN_BACK,
        "on": TODAY,
    }
    with at_partner(organisation, who):
        with pytest.raises(NotDone, match="Schrijf op waarom u het dossier teruggeeft"):
            end_file(**given, reason=" \n")
        end_file(**given, reason="Zij woont er\n niet meer.")
        with organisation_scope(organisation):
            assert reason_of(pk) == ""  # it is not theirs any more
    with organisation_scope(organisation):
        found = file(pk)
        assert found is not None and (found.end, found.end_name) == (End.TAKEN_BACK, "Piet Maas")
        assert reason_of(pk) == "Zij woont er niet meer."
        (told,) = ended_there(TODAY)
        assert told.sentence == (
            "Teruggegeven op 02-11-2026 door Piet Maas (Gerechtsdeurwaarders Maas): Zij woont er niet meer."
        )
        assert ended_there(TODAY + timedelta(days=7)) == []
        (row,) = [one for one in of_subject(f"tenancy:{tenancy}") if one.verb == "file_ended"]
        assert (row.text, row.actor) == ("Zij woont er niet meer.", f"user:{who[1]}")
        assert Event.objects.filter(kind=Told.FILE_ENDED.value, file_id=pk, partner_id=who[0]).count() == 1
    handed(organisation, tenancy, who[0])
    with organisation_scope(organisation):
        assert ended_there(TODAY) == []  # it is with a partner again


def test_who_lives_there_is_asked_and_the_answer_stands_apart(organisation: int) -> None:
    who = partners.partner()
    agreed(organisation, who, terms=replace(partners.TERMS, shows=(Shown.NEEDS,)))
    tenancy = ready(organisation, asked=False)
    given: dict[str, Any] = {"organisation_id": organisation, "tenancy_id": tenancy} | BY
    with organisation_scope(organisation):
        facts = facts_of(tenancy, TODAY)
        assert facts is not None
        assert [one.sentence for one in weak(judged(facts))] == [
            "Niemand schreef op wie er woont, en of er kinderen zijn. Vraag het na."
        ]
    for _ in range(2):
        note_household(lives=Lives.CHILDREN, **given)
    with organisation_scope(organisation):
        facts = facts_of(tenancy, TODAY)
        assert facts is not None
        assert weak(judged(facts)) == ()
        assert not any(
            "kinderen" in one.sentence for one in judged(facts)
        )  # the list is kept for ever, this is not
        noted = [one for one in of_subject(f"tenancy:{tenancy}") if one.verb == "household_noted"]
        assert [one.facts for one in noted] == [{}]
    handed(organisation, tenancy, who[0])
    with at_partner(organisation, who), organisation_scope(organisation):
        assert needs_of(tenancy, TODAY) == ("Er wonen kinderen",)
        (pk,) = [one.id for one in open_files()]
    end_file(organisation_id=organisation, file_id=pk, side=Side.CORPORATION, end=End.TAKEN_BACK, **BY)
    agreed(organisation, who)  # from now on what a household needs is not shown
    handed(organisation, tenancy, who[0])
    with at_partner(organisation, who), organisation_scope(organisation):
        assert needs_of(tenancy, TODAY) == ()
    with pytest.raises(NotDone, match="is er niet"):
        note_household(lives=Lives.ADULTS, **(given | {"tenancy_id": 999_999}))


def test_the_attempts_are_told_one_by_one(organisation: int) -> None:
    tenancy = ready(organisation)
    with organisation_scope(organisation):
        facts = facts_of(tenancy, TODAY)
    assert facts is not None
    assert [(one.at.isoformat(), one.channel, one.reached, one.outcome) for one in facts.attempts] == [
        ("2026-10-20T10:00:00+00:00", "huisbezoek", "niet bereikt", "niet thuis of geen gehoor"),
        ("2026-10-20T10:00:00+00:00", "telefoon", "niet bereikt", "niet thuis of geen gehoor"),
    ]


def test_a_tenancy_of_elsewhere_is_not_there(organisation: int) -> None:
    who = partners.partner()
    agreed(organisation, who)
    with pytest.raises(NotDone, match="is er niet"):
        handed(organisation, 999_999, who[0])
    assert date(2026, 11, 2) == offices.TODAY
