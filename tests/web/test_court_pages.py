"""The way before the court on the pages of both sides: what stands beside the boxes, who may decide, and a last chance."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import pytest
from django.test import Client
from django.utils import timezone
from tests.bailiff import partners
from tests.bailiff.court import (
    CONDITIONS,
    LEAD,
    LEAVES,
    LOOKED,
    OURS,
    TOLD,
    a_plan,
    does,
    stands,
    theirs,
    to_judgment,
)
from tests.letters import offices

from tijdig.access.roles import Role
from tijdig.bailiff import queries_stops
from tijdig.bailiff.track import Deed, Stage

if TYPE_CHECKING:
    from doors import Corporation

TODAY = offices.TODAY


class Desk(NamedTuple):
    organisation: int
    tenancy: int
    file: int
    who: tuple[int, int, str]
    bailiff: Client
    ours: str
    theirs: str


@pytest.fixture
def desk(corporation: Corporation, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A judgment that was served, with both sides at their desks."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)
    monkeypatch.setattr(timezone, "now", lambda: offices.NOON)
    monkeypatch.setattr(queries_stops, "sent_on", lambda *_: None)
    organisation = corporation.organisation
    who = partners.partner()
    partners.agreed(organisation, who)
    tenancy = partners.ready(organisation)
    made = partners.handed(organisation, tenancy, who[0])
    assert made is not None
    to_judgment((organisation, tenancy, made, who))
    bailiff = Client()
    given = {"username": f"{who[2]}@maas.example", "password": "x"}
    assert bailiff.post("/aanmelden", given).status_code == 302
    return Desk(
        organisation, tenancy, made, who, bailiff, f"/huurder/{tenancy}/deurwaarder", f"/dossiers/{organisation}/{made}"
    )  # fmt: skip


def _page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return html.unescape(answer.content.decode()).replace("\u00a0", " ")


def _said(client: Client, address: str, given: dict[str, object], status: int = 302) -> str:
    answer = client.post(address, given)
    assert answer.status_code == status, answer.content.decode()[:3000]
    if status == 302:
        return _page(client, answer["Location"])
    return html.unescape(answer.content.decode()).replace("\u00a0", " ")


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def _yes(page: str) -> dict[str, object]:
    """The form of a yes to an eviction as this page shows it, with every box ticked."""
    return {
        "wat": "stap", "stap": "eviction_agreed", "dag": f"{TODAY:%Y-%m-%d}", "reden": "Niets anders hielp.",
        "formulier": _hidden(page, "formulier"), "feiten": _hidden(page, "feiten"),
        "gezien": re.findall(r'name="gezien" value="(\w+)" required', page),
    }  # fmt: skip


def _proposed(desk: Desk) -> None:
    does(desk.organisation, desk.file, OURS, Deed.EVICTION_PROPOSED)


def test_the_municipality_is_told_first_and_then_two_decide_on_what_they_read(
    desk: Desk, corporation: Corporation
) -> None:
    _proposed(desk)
    consultant, manager = corporation.signed_in(Role.CONSULTANT), corporation.signed_in(Role.MANAGER)
    page = _page(consultant, desk.ours)
    assert "De corporatie licht de gemeente in" in page and 'value="eviction_agreed"' not in page
    told: dict[str, object] = {
        "wat": "stap", "stap": "municipality_told", "dag": f"{TODAY:%Y-%m-%d}", "waar": "Maastricht",
        "hoe": "per e-mail", "formulier": _hidden(page, "formulier"),
    }  # fmt: skip
    assert "welke gemeente het was" in _said(consultant, desk.ours, told | {"hoe": "met een duif"}, 400)
    page = _said(consultant, desk.ours, told)
    assert "Maastricht, per e-mail" in page
    assert f"Ingelicht op {TODAY:%d-%m-%Y} door Proef Consultant: Maastricht, per e-mail." in page
    assert "Er is nog nooit doorverwezen naar hulp." in page and "naar de hulp" in page
    assert f'href="/huurder/{desk.tenancy}/hulp"' in page
    given = _yes(page)
    offices.pay(desk.organisation, 1, 5_000)
    changed = _said(consultant, desk.ours, given, 400)
    assert "Er veranderde iets sinds u keek" in changed and "kwam € 50,00 binnen" in changed
    page = _said(consultant, desk.ours, _yes(changed))
    assert "een tweede collega beslist mee" in page and "Wat toen bekend was" in page
    page = _page(manager, desk.ours)
    assert page.count('name="stap"') == 2  # a yes or a no, and nothing else
    page = _said(manager, desk.ours, _yes(page))
    assert "ontruiming besloten door twee mensen" in page and page.count("Wat toen bekend was") == 2
    theirs_now = _page(desk.bailiff, desk.theirs)
    assert "ontruiming besloten door twee mensen" in theirs_now
    assert "Wat toen bekend was" not in theirs_now and "doorverwezen" not in theirs_now


def test_a_manager_decides_about_evictions_and_does_nothing_else(
    desk: Desk, corporation: Corporation
) -> None:
    manager = corporation.signed_in(Role.MANAGER)
    assert 'name="stap"' not in _page(manager, desk.ours)
    for given in (
        {"wat": "vraag", "vraag": "Hoe gaat het?", "stap": "eviction_agreed"},
        {"wat": "stap", "stap": "eviction_proposed", "reden": "Toch."},
        {"wat": "kosten"},
    ):
        assert manager.post(desk.ours, given).status_code == 403


def test_two_consultants_are_told_that_one_of_the_two_leads(desk: Desk, corporation: Corporation) -> None:
    _proposed(desk)
    does(desk.organisation, desk.file, OURS, Deed.MUNICIPALITY_TOLD, **TOLD)
    consultant = corporation.signed_in(Role.CONSULTANT)
    page = _page(consultant, desk.ours)
    does_it = _yes(page)
    does(desk.organisation, desk.file, OURS, Deed.EVICTION_AGREED, **LOOKED)
    assert "Een van de twee is teamleider of manager" in _page(consultant, desk.ours)
    assert "Een van de twee is teamleider of manager" in _said(consultant, desk.ours, does_it, 400)


def test_the_bailiff_tells_the_municipality_the_day(desk: Desk, corporation: Corporation) -> None:
    _proposed(desk)
    does(desk.organisation, desk.file, OURS, Deed.MUNICIPALITY_TOLD, **TOLD)
    does(desk.organisation, desk.file, OURS, Deed.EVICTION_AGREED, **LOOKED)
    does(desk.organisation, desk.file, LEAD, Deed.EVICTION_AGREED, **LOOKED)
    page = _page(desk.bailiff, desk.theirs)
    form: dict[str, object] = {
        "wat": "stap", "stap": "announced", "reden": "Nu.", "dag": f"{TODAY:%Y-%m-%d}",
        "formulier": _hidden(page, "formulier"), "erbij": f"{LEAVES - timedelta(days=1):%Y-%m-%d}",
    }  # fmt: skip
    assert f"Ontruimen kan vanaf {LEAVES:%d-%m-%Y}" in _said(desk.bailiff, desk.theirs, form, 400)
    page = _said(desk.bailiff, desk.theirs, form | {"erbij": f"{LEAVES:%Y-%m-%d}"})
    assert 'value="evicted"' not in page and 'value="Maastricht" required' in page
    assert "Laat de gemeente weten op welke dag" in _page(desk.bailiff, "/dossiers")
    told = form | {
        "stap": "eviction_day_told", "waar": "Maastricht", "hoe": "per telefoon",
        "formulier": _hidden(page, "formulier"),
    }  # fmt: skip
    page = _said(desk.bailiff, desk.theirs, told)
    assert "gemeente ingelicht over de dag van de ontruiming" in page and 'value="evicted"' in page


def test_a_last_chance_is_made_on_an_arrangement_and_read_on_paper_by_both(
    desk: Desk, corporation: Corporation
) -> None:
    consultant = corporation.signed_in(Role.CONSULTANT)
    page = _page(consultant, desk.ours)
    assert "rust op een regeling die loopt" in page and 'value="last_chance"' not in page
    assert consultant.get(f"{desk.ours}/laatste-kans").status_code == 404
    way = f"/huurder/{desk.tenancy}/regeling?voor=laatste-kans"
    assert way in page
    form = _page(consultant, way)
    made = consultant.post(
        f"/huurder/{desk.tenancy}/regeling",
        {
            "formulier": _hidden(form, "formulier"), "gezien": _hidden(form, 'gezien" form="write'),
            "post": re.findall(r'name="post" id="[^"]*" value="(\d+)"', form), "bedrag": "200,00", "ritme": "monthly",
            "eerste": f"{TODAY + timedelta(days=5):%Y-%m-%d}", "reden": "Meer kan hij niet missen.",
            "voor": _hidden(form, "voor"), "bekend": _hidden(form, "bekend"),
        },
    )  # fmt: skip
    assert made["Location"] == f"{desk.ours}?stap=last_chance#court"
    page = _page(consultant, f"{desk.ours}?stap=last_chance")
    assert re.search(r"<details open><summary[^>]*>Spreek een laatste kans af", page)
    words = re.search(r'name="voorwaarden"[^>]*>([^<]*)<', page)
    assert words is not None and "Dit is geen nieuwe huurovereenkomst." in words[1]
    page = _said(
        consultant,
        desk.ours,
        {
            "wat": "stap", "stap": "last_chance", "dag": f"{TODAY:%Y-%m-%d}", "reden": "Hij wil blijven.",
            "erbij": f"{TODAY + timedelta(days=365):%Y-%m-%d}", "regeling": _hidden(page, "regeling"),
            "voorwaarden": words[1], "formulier": _hidden(page, "formulier"),
        },
    )  # fmt: skip
    assert "laatste kans loopt" in page
    for client, address in ((consultant, desk.ours), (desk.bailiff, desk.theirs)):
        paper = _page(client, f"{address}/laatste-kans")
        assert "Afspraak over een laatste kans" in paper and "€ 200,00" in paper
        assert "Gerechtsdeurwaarders Maas als deurwaarder" in paper
        assert "Dit is geen nieuwe huurovereenkomst." in paper and "Uw gemeente helpt u gratis" in paper


def test_a_broken_last_chance_is_said_on_every_list(
    desk: Desk, corporation: Corporation, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = a_plan(desk.organisation, desk.tenancy)
    more = {"at_on": TODAY + timedelta(days=365), "arrangement_id": plan, "conditions": CONDITIONS}
    with partners.at_partner(desk.organisation, desk.who):
        does(desk.organisation, desk.file, theirs(desk.who), Deed.LAST_CHANCE, **more)
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY + timedelta(days=15))
    assert "De laatste kans is gebroken. Bel vandaag." in _page(desk.bailiff, "/dossiers")
    consultant = corporation.signed_in(Role.CONSULTANT)
    assert "laatste kans gebroken" in _page(consultant, "/deurwaarders")
    page = _page(consultant, desk.ours)
    assert "De laatste kans is gebroken op 11-11-2026. Bel de huurder." in page
    over: dict[str, object] = {
        "wat": "stap", "stap": "last_chance_over", "dag": f"{TODAY + timedelta(days=15):%Y-%m-%d}",
        "reden": "Er kwam niets.", "formulier": _hidden(page, "formulier"),
    }  # fmt: skip
    assert "Leg vast op mijn naam" in _said(consultant, desk.ours, over)
    assert stands(desk.organisation, desk.file).stage is Stage.SERVED
