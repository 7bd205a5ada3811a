"""The way of working on a page: to read, to try, to keep and to let begin; and the pages of the day and of oversight."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from doors import Corporation
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.policy.document import default_policy
from tijdig.policy.queries import versions
from tijdig.policy.writing import sliders, text_of, with_numbers


@pytest.fixture
def behind(corporation: Corporation) -> Corporation:
    corporation.lease(1)
    return corporation


@pytest.fixture
def lead(behind: Corporation) -> Client:
    return behind.signed_in(Role.TEAM_LEAD)


def test_the_page_shows_every_step_in_words(lead: Client) -> None:
    page = lead.get("/werkwijze").content.decode()
    for step in default_policy().steps:
        assert f'id="step-{step.code}"' in page
    assert "uiterlijk 21 dagen" in page
    assert "{overdue}" not in page


def test_a_slider_tells_at_once_who_would_stand_where(lead: Client) -> None:
    key = next(one.key for one in sliders(default_policy()) if one.step.code == "visit")
    answer = lead.post("/werkwijze/proef", {f"n:{key}": "99"}, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "ten minste 99 dagen" in page
    assert "<html" not in page


def test_a_draft_that_may_not_be_says_why_and_is_not_kept(lead: Client, behind: Corporation) -> None:
    text = text_of(default_policy()).replace("early_signal >= objected", "early_signal >= none")
    page = lead.post("/werkwijze/proef", {"tekst": text, "uit-tekst": "1"}).content.decode()
    assert "zonder vroegsignaal" in page
    lead.post("/werkwijze/bewaar", {"tekst": text, "versie": "fout"})
    with organisation_scope(behind.organisation):
        assert "fout" not in [one.version for one in versions()]


def test_text_that_is_no_policy_comes_back_with_its_faults(lead: Client) -> None:
    answer = lead.post("/werkwijze/proef", {"tekst": "name: x\nsteps: [1]", "uit-tekst": "1"})
    assert answer.status_code == 400
    assert "geen stap" in answer.content.decode()


def test_a_version_is_kept_compared_and_begins_tomorrow_at_the_earliest(
    lead: Client, behind: Corporation
) -> None:
    text = text_of(with_numbers(default_policy(), {"call:0": 6}))
    lead.post("/werkwijze/bewaar", {"tekst": text, "versie": "2027-1"})
    with organisation_scope(behind.organisation):
        kept = next(one for one in versions() if one.version == "2027-1")
    assert "ten minste 6 dagen" in lead.get(f"/werkwijze/{kept.id}/verschil").content.decode()
    today = timezone.localdate()
    for day, starts in ((today, 0), (today + timedelta(days=1), 1)):
        lead.post(f"/werkwijze/{kept.id}/ingaan", {"van": day.isoformat(), "reden": "Besluit van het team."})
        with organisation_scope(behind.organisation):
            kept = next(one for one in versions() if one.version == "2027-1")
            assert len(kept.starts) == starts


def test_vandaag_and_toezicht_open(behind: Corporation, lead: Client) -> None:
    page = behind.signed_in(Role.CONSULTANT).get("/vandaag").content.decode()
    assert "Werk van vandaag" in page or "Ligt klaar" in page  # on a day without work
    assert "Niemand gemist" in lead.get("/toezicht").content.decode()
