"""The page of help: a cause with one form, a referral by name, how it goes, and what a day asks."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from doors import Corporation
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.contacts.kinds import Cause
from tijdig.help.queries_cause import causes_of
from tijdig.help.queries_referral import helpers, referrals_of
from tijdig.tenancies.queries import tenancy_ids_by_contract


@pytest.fixture
def tenancy(corporation: Corporation) -> int:
    corporation.lease(1)
    corporation.evaluate()
    with organisation_scope(corporation.organisation):
        return next(iter(tenancy_ids_by_contract().values()))


def _text(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode().replace("\u00a0", " ")


def _helper(corporation: Corporation, lead: Client | None = None) -> int:
    given = {"naam": "Kredietbank Proef", "soort": "debt_counselling", "telefoon": "14 010"}
    answer = (lead or corporation.signed_in(Role.TEAM_LEAD)).post("/wegwijzer/nieuw", given)
    assert answer["Location"] == "/wegwijzer"
    with organisation_scope(corporation.organisation):
        return max(one.id for one in helpers())


def _refer(client: Client, tenancy: int, to: int, **more: object) -> str:
    today = timezone.localdate()
    given = {
        "formulier": str(uuid4()), "helper": str(to), "toestemming": "spoken", "delen": ["name", "phone"],
        "oorzaak": ["several_debts"], "opvolgen": str(today + timedelta(days=14)), "pauze": "ja",
        "tot": str(today + timedelta(days=42)), "woorden": "Belt zelf vrijdag.",
    } | more  # fmt: skip
    return client.post(f"/huurder/{tenancy}/hulp/verwijzen", given, follow=True).content.decode()


def test_a_cause_is_noted_and_its_guide_opens_in_the_talk(corporation: Corporation, tenancy: int) -> None:
    consultant = corporation.signed_in(Role.CONSULTANT)
    assert "Nog niet bekend. Vraag ernaar" in _text(consultant, f"/huurder/{tenancy}/hulp")
    given = {"formulier": str(uuid4()), "oorzaak": ["work_lost"], "zeker": "told", "wie": "tenant", "dag": ""}
    page = consultant.post(f"/huurder/{tenancy}/hulp", given, follow=True).content.decode()
    assert "Vastgelegd." in page and "verteld door de huurder" in page
    assert "Wanneer stopte uw werk" in page
    assert "Wanneer stopte uw werk" in _text(consultant, f"/huurder/{tenancy}/gesprek")
    assert "Oorzaak: werk verloren" in _text(consultant, f"/huurder/{tenancy}")


def test_a_cause_that_is_over_no_longer_holds(corporation: Corporation, tenancy: int) -> None:
    service = corporation.signed_in(Role.CUSTOMER_SERVICE)
    for says in ("told", "over"):
        service.post(
            f"/huurder/{tenancy}/hulp",
            {"formulier": str(uuid4()), "oorzaak": ["illness"], "zeker": says},
        )
    with organisation_scope(corporation.organisation):
        (one,) = causes_of(tenancy, timezone.localdate())
    assert (one.cause, one.holds, one.last.noticed_by.value) == (Cause.ILLNESS, False, "customer_service")


def test_a_form_without_a_cause_says_so_and_keeps_what_was_typed(
    corporation: Corporation, tenancy: int
) -> None:
    given = {"formulier": str(uuid4()), "zeker": "sure", "woorden": "Zag de brief."}
    answer = corporation.signed_in(Role.CONSULTANT).post(f"/huurder/{tenancy}/hulp", given)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Kies wat er achter de achterstand zit." in page and "Zag de brief." in page


def test_a_caretaker_gives_a_cause_with_a_worry_and_sees_no_page_of_help(
    corporation: Corporation, tenancy: int
) -> None:
    caretaker = corporation.signed_in(Role.CARETAKER)
    given = {"wat": ["told"], "gesproken": "ja", "oorzaak": ["work_lost"], "formulier": str(uuid4())}
    caretaker.post(f"/huurder/{tenancy}/zorg", given)
    with organisation_scope(corporation.organisation):
        (one,) = causes_of(tenancy, timezone.localdate())
    assert (one.cause, one.says.value, one.first.noticed_by.value) == (Cause.WORK_LOST, "told", "caretaker")
    assert caretaker.get(f"/huurder/{tenancy}/hulp").status_code == 403
    assert caretaker.post(f"/huurder/{tenancy}/hulp", given).status_code == 403


def test_a_worry_and_its_cause_are_both_written_or_neither(corporation: Corporation, tenancy: int) -> None:
    given = {"wat": ["told"], "oorzaak": ["astrology"], "formulier": str(uuid4())}
    caretaker = corporation.signed_in(Role.CARETAKER)
    assert caretaker.post(f"/huurder/{tenancy}/zorg", given).status_code == 400
    assert "U gaf nog niets door." in _text(caretaker, "/zorgen")


def test_a_referral_pauses_asks_and_ends(corporation: Corporation, tenancy: int) -> None:
    consultant, to = corporation.signed_in(Role.CONSULTANT), _helper(corporation)
    form = _text(consultant, f"/huurder/{tenancy}/hulp/verwijzen")
    assert "Kredietbank Proef" in form
    page = _refer(consultant, tenancy, to)
    assert "Verwezen. Op de gekozen dag" in page and "verwezen, nog niets gehoord" in page
    assert "ja, gezegd in een gesprek" in page and "Belt zelf vrijdag." in page
    corporation.evaluate()
    dossier = _text(consultant, f"/huurder/{tenancy}")
    assert "Verwezen naar Kredietbank Proef" in dossier and "Besluit: eerst hulp" in dossier
    with organisation_scope(corporation.organisation):
        (one,) = referrals_of(tenancy)
    given = {"formulier": str(uuid4()), "resultaat": "done", "dag": str(timezone.localdate())}
    page = consultant.post(f"/huurder/{tenancy}/hulp/{one.id}", given, follow=True).content.decode()
    assert "De pauze van deze verwijzing is voorbij." in page and "hulp is klaar" in page
    corporation.evaluate()
    assert "Besluit: eerst hulp, geldt" not in _text(consultant, f"/huurder/{tenancy}").split("Tijdlijn")[0]


def test_a_follow_up_of_today_stands_on_the_page_of_the_day(corporation: Corporation, tenancy: int) -> None:
    lead = corporation.signed_in(Role.TEAM_LEAD)
    to = _helper(corporation, lead)
    _refer(lead, tenancy, to, opvolgen=str(timezone.localdate() + timedelta(days=1)))
    assert "Vraag hoe het gaat" not in _text(lead, "/vandaag")
    with organisation_scope(corporation.organisation):
        (one,) = referrals_of(tenancy)
    later = one.follow_up_on
    with patch("tijdig.web.views_today.today", return_value=later):
        assert "Vraag hoe het gaat met Kredietbank Proef." in _text(lead, "/vandaag")


def test_without_consent_nothing_goes_and_what_was_typed_stays(
    corporation: Corporation, tenancy: int
) -> None:
    consultant, to = corporation.signed_in(Role.CONSULTANT), _helper(corporation)
    page = _refer(consultant, tenancy, to, toestemming="own_step")
    assert "Gaat de huurder er zelf heen, dan deelt u niets." in page and "Belt zelf vrijdag." in page
    with organisation_scope(corporation.organisation):
        assert referrals_of(tenancy) == []


def test_a_pause_without_a_day_is_asked_for(corporation: Corporation, tenancy: int) -> None:
    page = _refer(corporation.signed_in(Role.CONSULTANT), tenancy, _helper(corporation), tot="")
    assert "Vul in tot welke dag de incasso rust" in page


def test_an_answer_to_a_referral_of_another_tenant_is_not_found(
    corporation: Corporation, tenancy: int
) -> None:
    consultant = corporation.signed_in(Role.CONSULTANT)
    _refer(consultant, tenancy, _helper(corporation))
    corporation.lease(2)
    with organisation_scope(corporation.organisation):
        other = max(tenancy_ids_by_contract().values())
        (one,) = referrals_of(tenancy)
    given = {"formulier": str(uuid4()), "resultaat": "done", "dag": str(timezone.localdate())}
    assert consultant.post(f"/huurder/{other}/hulp/{one.id}", given).status_code == 404


def test_the_directory_is_kept_by_the_team_lead(corporation: Corporation) -> None:
    lead = corporation.signed_in(Role.TEAM_LEAD)
    number = _helper(corporation, lead)
    assert "Kredietbank Proef" in _text(lead, f"/wegwijzer/{number}")
    given = {
        "naam": "Kredietbank Nieuw",
        "soort": "debt_counselling",
        "telefoon": "14 010",
        "gestopt": "2026-01-01",
    }
    lead.post(f"/wegwijzer/{number}", given)
    assert "Kredietbank Nieuw" in _text(corporation.signed_in(Role.CONSULTANT), "/wegwijzer")
    answer = lead.post("/wegwijzer/nieuw", {"naam": "", "soort": ""})
    assert answer.status_code == 400
    assert "Kies wat voor hulp dit is." in answer.content.decode()
