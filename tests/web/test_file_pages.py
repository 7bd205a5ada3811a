"""What both sides do in a file on their pages: talk, arrange, ask, book, decide; and what is refused there."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests.bailiff import partners
from tests.help import counsellors
from tests.letters import offices

from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.bailiff.actions_file import end_file
from tijdig.bailiff.kinds import End, Side, Start
from tijdig.bailiff.queries import files_of

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


class Second(NamedTuple):
    """A first file with € 610 to pay that went back, and the second at another bailiff."""

    first: int
    bailiff: Client
    theirs: str


@pytest.fixture
def second(desk: Desk) -> Second:
    partners.taken_back(desk.organisation, desk.file)
    with organisation_scope(desk.organisation):
        (known,) = files_of(desk.tenancy)
    first = partners.left_costs(desk.organisation, desk.tenancy, known.partner_id)
    who = partners.partner()
    partners.agreed(desk.organisation, who)
    made = partners.handed(desk.organisation, desk.tenancy, who[0])
    bailiff = Client()
    bailiff.post("/aanmelden", {"username": f"{who[2]}@maas.example", "password": "x"})
    return Second(first, bailiff, f"/dossiers/{desk.organisation}/{made}")


def test_costs_of_an_earlier_file_are_in_sight_at_both_sides_and_named_at_one(
    desk: Desk, second: Second
) -> None:
    earlier = f"{desk.ours}?dossier={second.first}"
    ours, theirs = _page(desk.consultant, desk.ours), _page(second.bailiff, second.theirs)
    plan = _page(second.bailiff, f"{second.theirs}/regeling")
    for page in (ours, theirs, plan):
        assert "achterstand € 1.400,00, kosten € 610,00" in page
        assert "Waarvan uit een eerder dossier" in page
        assert "Dagvaarding" not in page.partition("Komt er voor de huurder nog bij")[0].partition("<main")[2]
        assert "Betekening van het vonnis, aanzegging, ontruiming: Het tarief" in page
    assert f'href="{earlier}"' in ours and "Gerechtsdeurwaarders Maas, gesloten op 02-11-2026" in ours
    for page in (theirs, plan):
        assert "Zeg het de corporatie" in page
        assert f"dossier={second.first}" not in page and "gesloten op" not in page
    meter = _page(desk.consultant, f"/huurder/{desk.tenancy}").partition('id="costs"')[2]
    assert "kosten van rechter en deurwaarder, niet in de rekening" in meter and "€ 610,00" in meter
    claim = _page(desk.consultant, f"/huurder/{desk.tenancy}/vordering")
    assert "In het dossier bij de deurwaarder staat € 610,00 aan kosten" in claim


def test_costs_of_a_closed_file_are_put_right_on_its_page_with_a_reason(desk: Desk, second: Second) -> None:
    earlier = f"{desk.ours}?dossier={second.first}"
    page = _page(desk.consultant, earlier)
    assert "Naar het laatste dossier" in page and "Boek kosten" not in page
    numbers = re.findall(r'name="nummer" value="(\d+)"', page.partition('id="costs"')[2])
    assert len(numbers) == 2
    given: dict[str, object] = {"wat": "kosten-binnen", "nummer": numbers[0], "dag": f"{TODAY:%Y-%m-%d}"}
    assert "Schrijf op waarom u dit verandert" in _said(desk.consultant, earlier, given, 400)
    told = _said(desk.consultant, earlier, given | {"reden": "Betaald aan de balie."})
    assert "Vastgelegd dat de huurder dit betaalde" in told and "Naar het laatste dossier" in told
    assert "Proef Consultant: Betaald aan de balie." in told
    gone = _said(
        desk.consultant, earlier, {"wat": "kosten-weg", "nummer": numbers[1], "reden": "Klopte niet."}
    )
    assert "ingetrokken door" in gone
    assert "uit een eerder dossier" not in _page(desk.consultant, desk.ours)


@pytest.mark.parametrize("asked", ["999999", "x", "", "-1", "9" * 30])
def test_a_file_that_is_not_of_this_tenant_is_not_there(desk: Desk, asked: str) -> None:
    _page(desk.consultant, f"{desk.ours}?dossier={asked}", 404)


def test_what_goes_to_debt_help_says_what_it_leaves_out(desk: Desk, second: Second) -> None:
    talk = counsellors.conversation_of(desk.organisation, TODAY)
    with organisation_scope(desk.organisation), connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO help_conversationmatch (organisation_id, conversation_id, tenancy_id, proof, by_itself,
                      matched_on, actor, name) VALUES (%s, %s, %s, '{}', false, '2026-11-02', 'user:1', 'An')""",
            [desk.organisation, talk, desk.tenancy],
        )
    page = _page(desk.consultant, f"/schuldhulp/{talk}")
    assert "€ 610,00 kosten van rechter en deurwaarder die niet in de rekening staan." in page


def test_costs_without_a_tariff_wait_for_one_press_of_the_corporation(
    desk: Desk, corporation: Corporation
) -> None:
    with organisation_scope(desk.organisation):
        (there,) = files_of(desk.tenancy)
    tenancy = partners.ready(desk.organisation, 2)
    file = partners.handed(desk.organisation, tenancy, there.partner_id, start=Start.JUDGMENT)
    assert file is not None
    partners.judge(desk.organisation, file)
    theirs = f"/dossiers/{desk.organisation}/{file}"
    form = _page(desk.bailiff, theirs)
    given: dict[str, object] = {
        "wat": "kosten", "formulier": _hidden(form, "formulier"), "handeling": "b", "voor": "tenant",
        "bedrag": "125,00", "reden": "Staat op het exploot.",
    }  # fmt: skip
    waits = "wacht op akkoord van de corporatie"
    told = _said(desk.bailiff, theirs, given)
    assert waits in told and "kosten-akkoord" not in told and "kosten-weg" in told
    overview = _page(desk.consultant, "/deurwaarders").partition('id="agree"')[2].partition("</section>")[0]
    assert "betekening van het vonnis" in overview and "€ 125,00" in overview
    assert "Staat op het exploot." in overview
    (link,) = re.findall(r'href="([^"#]*)', overview)
    assert "1 vraag of besluit over een dossier" in _page(desk.consultant, "/vandaag")
    page = _page(desk.consultant, link)
    assert waits in page
    press = re.search(r'name="nummer" value="(\d+)"><button[^>]*value="kosten-akkoord"', page)
    assert press is not None
    agree: dict[str, object] = {"wat": "kosten-akkoord", "nummer": press[1]}
    assert corporation.signed_in(Role.CUSTOMER_SERVICE).post(link, agree).status_code == 403
    assert corporation.signed_in(Role.MANAGER).post(link, agree).status_code == 403
    assert "Iemand van de corporatie gaat akkoord" in _said(desk.bailiff, theirs, agree, 400)
    told = _said(desk.consultant, link, agree)
    assert "De huurder is dit nu schuldig" in told and waits not in told
    assert "akkoord van" in _page(desk.bailiff, theirs)
    assert 'id="agree"' not in _page(desk.consultant, "/deurwaarders")
