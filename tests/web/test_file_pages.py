"""What both sides do in a file on their pages: talk, arrange, ask, book, decide; and what is refused there."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import pytest
from django.test import Client
from django.utils import timezone
from tests.bailiff import partners
from tests.letters import offices

from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.bailiff.actions_file import end_file
from tijdig.bailiff.kinds import End, Side

if TYPE_CHECKING:
    from doors import Corporation

TODAY = offices.TODAY


class Desk(NamedTuple):
    """Both sides signed in, with the addresses of one file."""

    organisation: int
    tenancy: int
    file: int
    consultant: Client
    bailiff: Client
    ours: str
    theirs: str


@pytest.fixture
def desk(corporation: Corporation, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)
    monkeypatch.setattr(timezone, "now", lambda: offices.NOON)
    organisation = corporation.organisation
    who = partners.partner()
    partners.agreed(organisation, who)
    tenancy = partners.ready(organisation)
    made = partners.handed(organisation, tenancy, who[0])
    assert made is not None
    bailiff = Client()
    assert (
        bailiff.post("/aanmelden", {"username": f"{who[2]}@maas.example", "password": "x"}).status_code == 302
    )
    return Desk(
        organisation, tenancy, made, corporation.signed_in(Role.CONSULTANT), bailiff,
        f"/huurder/{tenancy}/deurwaarder", f"/dossiers/{organisation}/{made}",
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


def test_a_talk_of_the_bailiff_stands_at_the_consultant_with_the_bailiffs_name(desk: Desk) -> None:
    form = _page(desk.bailiff, f"{desk.theirs}/contact")
    chosen = re.findall(r'name="(\w+)" id="[^"]*" value="([^"]*)"[^>]*checked', form)
    given: dict[str, object] = dict(chosen) | {
        "formulier": _hidden(form, "formulier"), "uitkomst": "promise", "bedrag": "100,00",
        "toegezegd_op": f"{TODAY + timedelta(days=5):%Y-%m-%d}", "notitie": "Krijgt vrijdag loon.",
    }  # fmt: skip
    wrong = _said(desk.bailiff, f"{desk.theirs}/contact", given | {"bedrag": ""}, 400)
    assert "Er klopt iets niet" in wrong
    told = _said(desk.bailiff, f"{desk.theirs}/contact", given)
    assert "De corporatie ziet het ook" in told and "gesproken: zegt toe te betalen" in told
    assert "Krijgt vrijdag loon." in told  # of their own people
    page = _page(desk.consultant, f"/huurder/{desk.tenancy}")
    assert "Krijgt vrijdag loon." in page and "Piet Maas (Gerechtsdeurwaarders Maas)" in page


def test_an_arrangement_is_agreed_frozen_and_ended_by_the_bailiff(desk: Desk) -> None:
    address = f"{desk.theirs}/regeling"
    form = _page(desk.bailiff, address)
    assert "/huurder/" not in form.partition("<main")[2]
    entries = re.findall(r'name="post" id="[^"]*" value="(\d+)"', form)
    given: dict[str, object] = {
        "formulier": _hidden(form, "formulier"), "gezien": _hidden(form, 'gezien" form="write'), "post": entries,
        "bedrag": "200,00", "eerste": f"{TODAY + timedelta(days=5):%Y-%m-%d}", "ritme": "monthly",
        "reden": "Meer kan hij niet missen.",
    }  # fmt: skip
    look = desk.bailiff.post(f"{address}/kijk", given, headers={"HX-Request": "true"})
    assert "7 termijnen" in look.content.decode()
    told = _said(desk.bailiff, address, given)
    assert "Afgesproken" in told
    assert "Regeling" in _page(desk.consultant, f"/huurder/{desk.tenancy}/regeling")
    change = re.search(rf'action="({address}/\d+)"', told)
    assert change is not None
    frozen = _said(
        desk.bailiff,
        change[1],
        {"wat": "bevries", "tot": f"{TODAY + timedelta(days=30):%Y-%m-%d}", "reden": "Ziek."},
    )
    assert "Bevroren" in frozen
    assert desk.bailiff.post(f"{address}/999999", {"wat": "trek-in"}).status_code == 404
    ended = _said(desk.bailiff, change[1], {"wat": "eindig", "einde": "not_kept", "reden": "Er kwam niets."})
    assert "De regeling is beëindigd" in ended


def test_a_break_is_told_to_both_sides(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    form = _page(desk.bailiff, f"{desk.theirs}/regeling")
    given: dict[str, object] = {
        "formulier": _hidden(form, "formulier"), "gezien": _hidden(form, 'gezien" form="write'),
        "post": re.findall(r'name="post" id="[^"]*" value="(\d+)"', form), "bedrag": "200,00", "ritme": "monthly",
        "eerste": f"{TODAY + timedelta(days=5):%Y-%m-%d}", "reden": "Meer kan hij niet missen.",
    }  # fmt: skip
    assert "Afgesproken" in _said(desk.bailiff, f"{desk.theirs}/regeling", given)
    assert "is gebroken" not in _page(desk.consultant, "/vandaag")
    assert "Regeling gebroken" not in _page(desk.consultant, "/deurwaarders")
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY + timedelta(days=15))
    assert "De regeling is gebroken" in _page(desk.bailiff, "/dossiers")
    assert "1 regeling bij de deurwaarder is gebroken" in _page(desk.consultant, "/vandaag")
    told = (
        _page(desk.consultant, "/deurwaarders").partition("Regeling gebroken")[2].partition("</section>")[0]
    )
    assert desk.ours in told
    assert "gebroken op 11-11-2026; Gerechtsdeurwaarders Maas belt de huurder" in told


def test_a_question_waits_at_the_other_side_until_it_is_answered(desk: Desk) -> None:
    page = _page(desk.bailiff, desk.theirs)
    _said(
        desk.bailiff,
        desk.theirs,
        {"wat": "vraag", "vraag": "Is er een bewindvoerder?", "formulier": _hidden(page, "formulier")},
    )
    assert "Schrijf uw vraag op" in _said(
        desk.bailiff, desk.theirs, {"wat": "vraag", "vraag": " ", "formulier": "0" * 32}, 400
    )
    assert "Is er een bewindvoerder?" in _page(desk.consultant, "/deurwaarders")
    assert "1 vraag of besluit over een dossier" in _page(desk.consultant, "/vandaag")
    ours = _page(desk.consultant, desk.ours)
    told = _said(
        desk.consultant, desk.ours, {"wat": "antwoord", "nummer": _hidden(ours, "nummer"), "antwoord": "Nee."}
    )
    assert "Beantwoord op uw naam" in told
    assert "Is er een bewindvoerder?" not in _page(desk.consultant, "/deurwaarders")
    assert "Nee." in _page(desk.bailiff, desk.theirs)


def test_costs_are_booked_by_the_tariff_and_above_it_refused(desk: Desk) -> None:
    page = _page(desk.bailiff, desk.theirs)
    given: dict[str, object] = {
        "wat": "kosten", "handeling": "agreed:per dossier", "voor": "corporation", "dag": f"{TODAY:%Y-%m-%d}",
        "bedrag": "45,00", "formulier": _hidden(page, "formulier"),
    }  # fmt: skip
    assert "betaalt de huurder niet" in _said(desk.bailiff, desk.theirs, given | {"voor": "tenant"}, 400)
    assert "is geen bedrag" in _said(desk.bailiff, desk.theirs, given | {"bedrag": "veel"}, 400)
    assert "wie het betaalt" in _said(desk.bailiff, desk.theirs, given | {"handeling": "z"}, 400)
    assert "Geboekt op uw naam" in _said(desk.bailiff, desk.theirs, given)
    ours = _page(desk.consultant, desk.ours)
    assert "€ 45,00" in ours and "volgens het tarief" in ours
    gone = _said(desk.consultant, desk.ours, {"wat": "kosten-weg", "nummer": _hidden(ours, "nummer")})
    assert "ingetrokken door" in gone


def test_a_summons_is_proposed_by_the_bailiff_and_decided_by_the_corporation(desk: Desk) -> None:
    page = _page(desk.bailiff, desk.theirs)
    form: dict[str, object] = {"wat": "stap", "stap": "summons_proposed", "dag": f"{TODAY:%Y-%m-%d}"}
    bare = _said(desk.bailiff, desk.theirs, form | {"formulier": _hidden(page, "formulier")}, 400)
    assert "Schrijf op waarom" in bare
    _said(
        desk.bailiff, desk.theirs, form | {"formulier": _hidden(page, "formulier"), "reden": "Niets hielp."}
    )
    assert "dagvaarding voorgesteld" in _page(desk.consultant, "/deurwaarders")
    ours = _page(desk.consultant, desk.ours)
    assert "Dagvaarden kan vanaf" in ours  # too soon after the signal: the button is not there
    assert 'value="summons_agreed"' not in ours and 'value="summons_refused"' in ours
    sent: dict[str, object] = {"wat": "stap", "dag": f"{TODAY:%Y-%m-%d}", "reden": "Goed."}
    refused = _said(
        desk.consultant,
        desk.ours,
        sent | {"stap": "summons_agreed", "formulier": _hidden(ours, "formulier")},
        400,
    )
    assert "Dagvaarden kan vanaf" in refused
    forged = _said(
        desk.bailiff,
        desk.theirs,
        sent | {"stap": "summons_agreed", "formulier": _hidden(page, "formulier")[::-1]},
        400,
    )
    assert "Dit kan nu niet" in forged or "Probeer het nog eens" in forged
    told = _said(
        desk.consultant,
        desk.ours,
        sent | {"stap": "summons_refused", "formulier": _hidden(ours, "formulier")},
    )
    assert "besloten om niet te dagvaarden" in told


def test_of_a_file_that_went_back_nothing_is_there_and_nothing_is_saved(desk: Desk) -> None:
    end_file(
        organisation_id=desk.organisation,
        file_id=desk.file,
        side=Side.CORPORATION,
        end=End.TAKEN_BACK,
        **partners.BY,
    )
    for address in (desk.theirs, f"{desk.theirs}/contact", f"{desk.theirs}/regeling"):
        assert desk.bailiff.get(address).status_code == 404
        assert desk.bailiff.post(
            address, {"wat": "vraag", "vraag": "x", "formulier": "0" * 32}
        ).status_code in (400, 404)
    with organisation_scope(desk.organisation):
        pass
    assert "teruggenomen" in _page(desk.consultant, desk.ours)
