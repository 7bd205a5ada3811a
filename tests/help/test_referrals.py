"""Referrals: consent and what is shared, the pause that goes with it and ends with it, and what waits for somebody."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from tests.help import neighbours
from tests.letters import offices

from tijdig.access.actions import create_organisation
from tijdig.access.scope import organisation_scope
from tijdig.base.not_done import NotDone
from tijdig.help.actions_helper import keep_helper
from tijdig.help.actions_referral import hear, refer
from tijdig.help.helper import HelperDraft, HelperKind
from tijdig.help.queries_agenda import agenda
from tijdig.help.queries_referral import helper, helpers, referral, referrals_of
from tijdig.help.referral import AnswerDraft, Consent, ReferralDraft, Result, Shared
from tijdig.history.queries import of_subject
from tijdig.rulings.actions import rule
from tijdig.rulings.kinds import Kind
from tijdig.rulings.queries import in_force
from tijdig.rulings.values import Draft

TODAY = offices.TODAY
IN_TWO_WEEKS = TODAY + timedelta(days=14)
PAUSE = TODAY + timedelta(days=42)


def kept(organisation: int, pk: int | None = None, **changed: Any) -> int:
    given: dict[str, Any] = {
        "kind": "debt_counselling", "name": "Kredietbank Proef", "municipality_id": None, "phone": "14 010", "email": "",
        "how": "", "asks_consent": True,
    }  # fmt: skip
    return keep_helper(
        organisation_id=organisation, actor="user:3", draft=HelperDraft(**(given | changed)), pk=pk, on=TODAY
    )


def referred(
    organisation: int, tenancy: int, to: int, *, asked_as: Any = None, on: date = TODAY, **changed: Any
) -> int:
    given: dict[str, Any] = {
        "causes": ["several_debts"], "consent": "spoken", "shared": ["name", "phone", "amount"],
        "follow_up_on": IN_TWO_WEEKS, "pause_until": PAUSE, "words": "Belt zelf vrijdag.",
    }  # fmt: skip
    return refer(
        organisation_id=organisation,
        actor="user:1",
        name="An de Boer",
        draft=ReferralDraft(tenancy_id=tenancy, helper_id=to, **(given | changed)),
        asked_as=asked_as or uuid4(),
        now=offices.NOON,
        on=on,
    )


def heard(
    organisation: int, number: int, result: str, *, on: date = TODAY, asked_as: Any = None, **changed: Any
) -> None:
    given: dict[str, Any] = {"answered_on": on, "follow_up_on": None, "pause_until": None, "words": ""}
    hear(
        organisation_id=organisation,
        actor="user:1",
        name="An de Boer",
        draft=AnswerDraft(referral_id=number, result=result, **(given | changed)),
        asked_as=asked_as or uuid4(),
        now=offices.NOON,
        on=on,
    )


def pauses(organisation: int, tenancy: int, on: date = TODAY) -> list[tuple[date, str]]:
    with organisation_scope(organisation):
        return [(one.until_on, one.about) for one in in_force(on, [tenancy]) if one.kind is Kind.HELP]


def test_a_referral_pauses_until_its_day_by_the_name_of_who_refers(organisation: int) -> None:
    tenancy, to = offices.tenant(organisation), kept(organisation)
    number = referred(organisation, tenancy, to)
    assert pauses(organisation, tenancy) == [(PAUSE, f"referral:{number}")]
    with organisation_scope(organisation):
        (one,) = referrals_of(tenancy)
        verbs = [event.verb for event in of_subject(f"tenancy:{tenancy}")]
    assert (one.name, one.consent, one.shared, one.ask_on, one.words) == (
        "An de Boer", Consent.SPOKEN, (Shared.NAME, Shared.PHONE, Shared.AMOUNT), IN_TWO_WEEKS, "Belt zelf vrijdag.",
    )  # fmt: skip
    assert {"referred", "ruling_made"} <= set(verbs)


@pytest.mark.parametrize("result", ["done", "refused", "not_shown", "no_place", "withdrawn"])
def test_what_ends_a_referral_ends_its_pause(organisation: int, result: str) -> None:
    tenancy, to = offices.tenant(organisation), kept(organisation)
    number = referred(organisation, tenancy, to)
    heard(organisation, number, result)
    assert pauses(organisation, tenancy) == []
    with organisation_scope(organisation):
        one = referral(number)
    assert one is not None
    assert (one.goes_on, one.ask_on, one.accepted) == (False, None, result == "done")


def test_another_decision_stays_when_a_referral_ends(organisation: int) -> None:
    tenancy, to = offices.tenant(organisation), kept(organisation)
    number = referred(organisation, tenancy, to, pause_until=None)
    rule(
        organisation_id=organisation,
        actor="user:1",
        name="An de Boer",
        tenancy_id=tenancy,
        draft=Draft(kind=Kind.HELP, until_on=PAUSE, reason="Samen besproken."),
        codes=(),
        asked_as=uuid4(),
        now=offices.NOON,
        on=TODAY,
    )
    heard(organisation, number, "refused")
    assert pauses(organisation, tenancy) == [(PAUSE, "")]


def test_a_longer_pause_that_runs_is_not_made_shorter(organisation: int) -> None:
    tenancy, to = offices.tenant(organisation), kept(organisation)
    first = referred(organisation, tenancy, to)
    referred(organisation, tenancy, to, pause_until=TODAY + timedelta(days=7))
    assert pauses(organisation, tenancy) == [(PAUSE, f"referral:{first}")]


def test_help_that_began_is_asked_about_again_and_may_pause_longer(organisation: int) -> None:
    tenancy, to = offices.tenant(organisation), kept(organisation)
    number = referred(organisation, tenancy, to)
    later, longer = TODAY + timedelta(days=60), TODAY + timedelta(days=90)
    heard(organisation, number, "started", follow_up_on=later, pause_until=longer)
    assert pauses(organisation, tenancy) == [(longer, f"referral:{number}")]
    with organisation_scope(organisation):
        one = referral(number)
        assert agenda(IN_TWO_WEEKS) == []
        (due,) = agenda(later)
    assert one is not None and one.accepted and one.ask_on == later
    assert (due.tenancy_id, due.due_on, due.route) == (tenancy, later, "help")
    assert "Kredietbank Proef" in due.sentence


def test_what_waits_stands_in_the_agenda_from_its_day_until_it_ends(organisation: int) -> None:
    tenancy, to = offices.tenant(organisation), kept(organisation)
    number = referred(organisation, tenancy, to)
    with organisation_scope(organisation):
        assert agenda(IN_TWO_WEEKS - timedelta(days=1)) == []
        assert [one.due_on for one in agenda(IN_TWO_WEEKS + timedelta(days=3))] == [IN_TWO_WEEKS]
    heard(organisation, number, "done")
    with organisation_scope(organisation):
        assert agenda(IN_TWO_WEEKS) == []


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"helper_id": 0}, "Kies naar wie u verwijst."),
        ({"consent": ""}, "Kies hoe de huurder het ermee eens is dat u iets deelt."),
        ({"consent": "not_asked"}, "werkt niet bij ons"),
        ({"consent": "own_step"}, "dan deelt u niets"),
        ({"shared": ["amount"]}, "Zonder naam en een manier om de huurder te bereiken"),
        ({"shared": ["bsn"]}, "Kies uit de lijst wat u deelt."),
        ({"causes": ["astrology"]}, "Kies de oorzaken uit de lijst."),
        ({"follow_up_on": None}, "Kies wanneer u vraagt hoe het gaat"),
        ({"follow_up_on": TODAY}, "Kies wanneer u vraagt hoe het gaat"),
        ({"follow_up_on": TODAY + timedelta(days=93)}, "Kies wanneer u vraagt hoe het gaat"),
        ({"pause_until": TODAY + timedelta(days=121)}, "Een pauze duurt ten hoogste 120 dagen"),
        ({"pause_until": TODAY - timedelta(days=1)}, "Een pauze duurt ten hoogste"),
        ({"words": "x" * 1001}, "ten hoogste 1000 tekens"),
    ],
)
def test_what_may_not_be_referred(organisation: int, changed: dict[str, Any], sentence: str) -> None:
    tenancy, to = offices.tenant(organisation), kept(organisation)
    helper_id = changed.pop("helper_id", to)
    with pytest.raises(NotDone) as refused:
        referred(organisation, tenancy, helper_id, **changed)
    assert sentence in " ".join(refused.value.sentences)
    with organisation_scope(organisation):
        assert referrals_of(tenancy) == []
    assert pauses(organisation, tenancy) == []


def test_who_goes_on_his_own_shares_nothing(organisation: int) -> None:
    tenancy, to = offices.tenant(organisation), kept(organisation)
    referred(organisation, tenancy, to, consent="own_step", shared=[])
    with organisation_scope(organisation):
        (one,) = referrals_of(tenancy)
    assert one.shared == ()


def test_a_helper_of_our_own_needs_no_consent(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    to = kept(organisation, name="Woonmaatschappelijk werk", asks_consent=False)
    referred(organisation, tenancy, to, consent="not_asked")
    with organisation_scope(organisation):
        assert [one.helper.name for one in referrals_of(tenancy)] == ["Woonmaatschappelijk werk"]


def test_nobody_is_referred_to_who_stopped_and_the_past_keeps_its_helper(organisation: int) -> None:
    tenancy, to = offices.tenant(organisation), kept(organisation)
    referred(organisation, tenancy, to)
    kept(organisation, to, ended_on=TODAY)
    with pytest.raises(NotDone, match="Kies naar wie u verwijst"):
        referred(organisation, tenancy, to)
    with organisation_scope(organisation):
        assert [one.helper.name for one in referrals_of(tenancy)] == ["Kredietbank Proef"]


def test_the_same_form_is_one_referral_and_one_answer(organisation: int) -> None:
    tenancy, to, form, answer = offices.tenant(organisation), kept(organisation), uuid4(), uuid4()
    number = referred(organisation, tenancy, to, asked_as=form)
    assert referred(organisation, tenancy, to, asked_as=form) == number
    for _ in range(2):
        heard(organisation, number, "waits", follow_up_on=IN_TWO_WEEKS, asked_as=answer)
    with organisation_scope(organisation):
        (one,) = referrals_of(tenancy)
    assert [said.result for said in one.answers] == [Result.WAITS]


def test_what_is_over_is_not_answered_again(organisation: int) -> None:
    tenancy, to = offices.tenant(organisation), kept(organisation)
    number = referred(organisation, tenancy, to)
    heard(organisation, number, "refused")
    with pytest.raises(NotDone, match="al klaar: wil geen hulp"):
        heard(organisation, number, "started", follow_up_on=IN_TWO_WEEKS)


@pytest.mark.parametrize(
    ("result", "changed", "sentence"),
    [
        ("", {}, "Kies wat ervan kwam."),
        ("started", {}, "Kies wanneer u vraagt hoe het gaat"),
        ("done", {"answered_on": None}, "Kies de dag waarop u het hoorde"),
        ("done", {"answered_on": TODAY + timedelta(days=1)}, "Kies de dag waarop u het hoorde"),
        (
            "waits",
            {"follow_up_on": IN_TWO_WEEKS, "pause_until": TODAY + timedelta(days=300)},
            "Een pauze duurt",
        ),
    ],
)
def test_an_answer_that_cannot_be(
    organisation: int, result: str, changed: dict[str, Any], sentence: str
) -> None:
    tenancy, to = offices.tenant(organisation), kept(organisation)
    number = referred(organisation, tenancy, to)
    with pytest.raises(NotDone) as refused:
        heard(organisation, number, result, **changed)
    assert sentence in " ".join(refused.value.sentences)
    assert pauses(organisation, tenancy) == [(PAUSE, f"referral:{number}")]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"kind": "wizard"}, "Kies wat voor hulp dit is."),
        ({"name": ""}, "Vul de naam in"),
        ({"phone": ""}, "Vul in hoe een huurder er komt"),
        ({"email": "@"}, "Dit e-mailadres klopt niet"),
        ({"municipality_id": 987654}, "Kies een gemeente uit de lijst."),
        ({"name": "kredietbank proef"}, "kredietbank proef staat er al."),
    ],
)
def test_a_helper_that_cannot_stand_in_the_directory(
    organisation: int, changed: dict[str, Any], sentence: str
) -> None:
    kept(organisation)
    with pytest.raises(NotDone) as refused:
        kept(organisation, **({"name": "Ander"} | changed))
    assert sentence in " ".join(refused.value.sentences)


def test_the_directory_is_of_one_municipality_and_of_all(organisation: int) -> None:
    place = neighbours.town(organisation)
    other = neighbours.town(organisation, "Delft", "GM0503")
    kept(organisation)
    kept(organisation, name="Wijkteam Noord", kind="neighbourhood_team", municipality_id=place)
    kept(organisation, name="Delft voor Elkaar", kind="neighbourhood_team", municipality_id=other)
    with organisation_scope(organisation):
        assert [one.name for one in helpers(place)] == ["Kredietbank Proef", "Wijkteam Noord"]
        assert [one.kind for one in helpers()] == [
            HelperKind.DEBT_COUNSELLING,
            *[HelperKind.NEIGHBOURHOOD_TEAM] * 2,
        ]


def test_another_corporation_sees_none_of_it(organisation: int) -> None:
    tenancy, to = offices.tenant(organisation), kept(organisation)
    number = referred(organisation, tenancy, to)
    other = create_organisation(name="Ander", slug=f"ander-{uuid4().hex[:8]}")
    with organisation_scope(other):
        assert (helper(to), referral(number), agenda(PAUSE)) == (None, None, [])
    with pytest.raises(NotDone):
        heard(other, number, "done")


@pytest.mark.parametrize("table", ["help_rootcause", "help_referral", "help_referralanswer"])
def test_what_was_written_is_never_changed(organisation: int, table: str) -> None:
    tenancy, to = offices.tenant(organisation), kept(organisation)
    number = referred(organisation, tenancy, to)
    heard(organisation, number, "waits", follow_up_on=IN_TWO_WEEKS)
    with (
        organisation_scope(organisation),
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE {table} SET actor = 'x'")


def _decided_help(organisation: int, tenancy: int, until: date) -> None:
    rule(
        organisation_id=organisation,
        actor="user:1",
        name="An de Boer",
        tenancy_id=tenancy,
        draft=Draft(kind=Kind.HELP, until_on=until, reason="Samen besproken."),
        codes=(),
        asked_as=uuid4(),
        now=offices.NOON,
        on=TODAY,
    )


def test_of_two_referrals_the_shorter_pause_holds_when_the_longer_is_over(organisation: int) -> None:
    tenancy, to = offices.tenant(organisation), kept(organisation)
    longer = referred(organisation, tenancy, to)
    shorter = referred(organisation, tenancy, to, pause_until=IN_TWO_WEEKS)
    heard(organisation, longer, "not_shown")
    assert pauses(organisation, tenancy) == [(IN_TWO_WEEKS, f"referral:{shorter}")]
    heard(organisation, shorter, "refused")
    assert pauses(organisation, tenancy) == []


def test_what_a_person_decided_holds_again_when_a_referral_that_replaced_it_is_over(
    organisation: int,
) -> None:
    tenancy, to = offices.tenant(organisation), kept(organisation)
    _decided_help(organisation, tenancy, IN_TWO_WEEKS)
    number = referred(organisation, tenancy, to)
    assert pauses(organisation, tenancy) == [(PAUSE, f"referral:{number}")]
    heard(organisation, number, "not_shown")
    assert pauses(organisation, tenancy) == [(IN_TWO_WEEKS, "")]


def test_a_hand_over_that_a_pause_replaced_is_decided_anew_by_a_person(organisation: int) -> None:
    tenancy, to = offices.tenant(organisation), kept(organisation)
    rule(
        organisation_id=organisation,
        actor="user:1",
        name="An de Boer",
        tenancy_id=tenancy,
        draft=Draft(kind=Kind.HAND_OVER, until_on=PAUSE, reason="Geen afspraak mogelijk."),
        codes=(),
        asked_as=uuid4(),
        now=offices.NOON,
        on=TODAY,
    )
    number = referred(organisation, tenancy, to)
    heard(organisation, number, "not_shown")
    with organisation_scope(organisation):
        assert in_force(TODAY, [tenancy]) == []


def test_all_pauses_of_a_referral_together_end_so_long_after_it(organisation: int) -> None:
    tenancy, to = offices.tenant(organisation), kept(organisation)
    number = referred(organisation, tenancy, to, on=TODAY - timedelta(days=20))
    with pytest.raises(NotDone, match="Een pauze duurt ten hoogste 120 dagen"):
        heard(
            organisation,
            number,
            "started",
            follow_up_on=IN_TWO_WEEKS,
            pause_until=TODAY + timedelta(days=101),
        )


def test_a_cause_is_never_told_without_consent_also_not_inside_the_house(organisation: int) -> None:
    tenancy = offices.tenant(organisation)
    to = kept(organisation, name="Financieel consulent", asks_consent=False)
    with pytest.raises(NotDone, match="deelt u alleen als de huurder dat goed vindt"):
        referred(organisation, tenancy, to, consent="not_asked", shared=["name", "phone", "causes"])
