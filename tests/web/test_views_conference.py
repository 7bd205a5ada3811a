"""To the group and back: a question on the agenda, a conference that goes from case to case, its decisions."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from tests.conferences import groups

from doors import RENT_CENTS, Corporation
from tijdig.access.queries import colleagues
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.base.money import euro
from tijdig.conferences.actions_meeting import close
from tijdig.conferences.agenda import Item, Outcome
from tijdig.conferences.kinds import Decision
from tijdig.conferences.meeting import Conference
from tijdig.conferences.queries import agenda, conference, conferences, item_of, outcomes_of
from tijdig.rulings.kinds import Kind
from tijdig.rulings.queries import in_force

Typing = dict[str, str | list[str]]
DAY = timedelta(days=1)


def _tenancies(corporation: Corporation) -> list[int]:
    with organisation_scope(corporation.organisation), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM tenancies_tenancy ORDER BY id")
        return [int(row[0]) for row in cursor.fetchall()]


def _text(answer: object) -> str:
    return answer.content.decode().replace("\u00a0", " ")  # type: ignore[attr-defined, no-any-return]


def _begins_with(page: str, form: str) -> Typing:
    """What this form of the page would send if nobody touched it."""
    inside = page.split(f'action="{form}"')[1].split("</form>")[0]
    fields = dict(
        re.findall(r'<input [^>]*type="(?:date|text|hidden)"[^>]* name="(\w+)" value="([^"]*)"', inside)
    )
    fields |= dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', inside))
    fields |= dict(re.findall(r'<textarea [^>]*name="(\w+)"[^>]*>\n([^<]*)</textarea>', inside))
    fields |= dict(re.findall(r'<input type="radio" name="(\w+)" [^>]*value="([^"]+)"[^>]* checked', inside))
    for name, options in re.findall(r'<select [^>]*name="(\w+)"[^>]*>(.*?)</select>', inside, re.S):
        for chosen in re.findall(r'value="([^"]*)"[^>]* selected', options):
            fields[name] = chosen
    ticked = re.findall(r'<input type="checkbox" name="(\w+)" [^>]*value="([^"]+)"[^>]* checked', inside)
    boxes: dict[str, list[str]] = {}
    for name, value in ticked:
        boxes.setdefault(name, []).append(value)
    return {**fields, **boxes}


@pytest.fixture
def behind(corporation: Corporation) -> Corporation:
    """Three tenants in arrears."""
    for number in (1, 2, 3):
        corporation.lease(number)
    corporation.evaluate()
    return corporation


@pytest.fixture
def client(behind: Corporation) -> Client:
    return behind.signed_in(Role.CONSULTANT)


def _ask(client: Client, tenancy: int, **more: str) -> tuple[int, str]:
    address = f"/huurder/{tenancy}/overleg"
    asked = _begins_with(_text(client.get(address)), address) | {"vraag": "Overdragen?"} | more
    answer = client.post(address, asked)
    shown = client.get(answer.headers["Location"]) if answer.status_code == 302 else answer
    return answer.status_code, _text(shown)


def _begin(client: Client, corporation: Corporation, **more: str | list[str]) -> int:
    """Begin a conference as the page has it, with every tenant on the agenda; its id."""
    for tenancy in _tenancies(corporation):
        with organisation_scope(corporation.organisation):
            known = item_of(tenancy)
        if known is None:
            _ask(client, tenancy)
    asked = _begins_with(_text(client.get("/overleg")), "/overleg") | more
    answer = client.post("/overleg", asked)
    assert answer.status_code == 302, _text(answer)
    return int(answer.headers["Location"].rpartition("/")[2])


def _items(corporation: Corporation) -> list[Item]:
    with organisation_scope(corporation.organisation):
        return agenda(corporation.today)


def _held(corporation: Corporation, number: int) -> Conference:
    with organisation_scope(corporation.organisation):
        found = conference(number)
    assert found is not None
    return found


def _made(corporation: Corporation, tenancy: int) -> list[Outcome]:
    with organisation_scope(corporation.organisation):
        return outcomes_of(tenancy, corporation.today)


def _decide(client: Client, held: int, item: int, status: int = 302, **more: str) -> str:
    """The form of the case as the page shows it, with something else chosen; where it leads to."""
    page, form = _text(client.get(f"/overleg/{held}?punt={item}")), f"/overleg/{held}/besluit/{item}"
    asked = _begins_with(page, form) | {"besluit": "arrange", "toelichting": "Wil betalen."} | more
    answer = client.post(form, asked)
    assert answer.status_code == status, _text(answer)
    return answer.headers["Location"] if status == 302 else _text(answer)


# ── on the agenda ─────────────────────────────────────────────────────────────────────────────────────


def test_the_page_of_a_tenant_leads_to_the_group_and_says_that_it_waits(
    client: Client, behind: Corporation
) -> None:
    tenancy = _tenancies(behind)[0]
    assert f'href="/huurder/{tenancy}/overleg"' in _text(client.get(f"/huurder/{tenancy}"))
    code, page = _ask(client, tenancy)
    assert (code, "Deze huurder staat op de agenda van het groepsoverleg." in page) == (302, True)
    assert "op de agenda van het groepsoverleg, van Proef Consultant." in page
    (item,) = _items(behind)
    assert (item.question, item.name, item.wanted_by_on) == ("Overdragen?", "Proef Consultant", None)
    assert item.actor == next(f"user:{one.id}" for one in colleagues(behind.organisation))


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(
    client: Client, behind: Corporation
) -> None:
    tenancy = _tenancies(behind)[0]
    code, page = _ask(client, tenancy, vraag=" ", voor=f"{behind.today - DAY}")
    assert code == 400
    assert 'href="#vraag"' in page and "Schrijf wat u aan de groep vraagt" in page
    assert 'href="#voor"' in page and f'value="{behind.today - DAY}"' in page
    code, page = _ask(client, tenancy, voor="32-13-2026")
    assert (code, "is geen dag" in page) == (400, True)
    assert _items(behind) == []


def test_who_is_on_the_agenda_is_not_put_there_again_but_can_be_taken_off(
    client: Client, behind: Corporation
) -> None:
    tenancy = _tenancies(behind)[0]
    _ask(client, tenancy)
    page = _text(client.get(f"/huurder/{tenancy}/overleg"))
    assert "Staat op de agenda" in page and 'name="vraag"' not in page
    answer = client.post(f"/huurder/{tenancy}/overleg", {"vraag": "Nog eens?", "formulier": ""})
    assert (answer.status_code, "staat al op de agenda" in _text(answer)) == (400, True)
    refused = client.post(f"/huurder/{tenancy}/overleg/weg", {"reden": ""}, follow=True)
    assert "Schrijf waarom dit van de agenda gaat." in _text(refused)
    gone = client.post(f"/huurder/{tenancy}/overleg/weg", {"reden": "Betaald."}, follow=True)
    assert "staat niet meer op de agenda" in _text(gone)
    assert _items(behind) == []
    assert client.post(f"/huurder/{tenancy}/overleg/weg", {"reden": "Betaald."}).status_code == 404


def test_a_tenant_that_is_not_there_has_no_page(client: Client) -> None:
    for answer in (client.get("/huurder/0/overleg"), client.post("/huurder/0/overleg", {"vraag": "x"})):
        assert answer.status_code == 404


def test_the_agenda_has_what_one_prepares_with(client: Client, behind: Corporation) -> None:
    first, second, _ = _tenancies(behind)
    _ask(client, first, vraag="Eerst hulp?\nZij is ziek.")
    _ask(client, second, voor=f"{behind.today}")
    page = _text(client.get("/overleg"))
    assert "Eerst hulp?<br>Zij is ziek." in page
    assert euro(2 * RENT_CENTS).replace("\u00a0", " ") in page
    assert "45 dagen · 2 maanden" in page
    assert "Huisbezoek" in page or "Groepsoverleg" in page
    assert f"{behind.today:%d-%m-%Y} · antwoord" in page
    assert "Proef Consultant" in page
    rows = re.findall(r'data-row="item-(\d+)"', page)
    assert [int(one) for one in rows] == [one.id for one in _items(behind)]


def test_an_empty_agenda_says_how_somebody_comes_on_it(client: Client) -> None:
    page = _text(client.get("/overleg"))
    assert "U zet een huurder erop bij de huurder zelf" in page
    assert "Er is nog geen overleg gesloten." in page


# ── the conference ────────────────────────────────────────────────────────────────────────────────────


def test_a_conference_begins_with_who_begins_it(client: Client, behind: Corporation) -> None:
    groups.create_user(
        organisation_id=behind.organisation, email="ada@proef.test", name="Ada", role=Role.TEAM_LEAD
    )
    me, ada = (
        next(one.id for one in colleagues(behind.organisation) if one.name == name)
        for name in ("Proef Consultant", "Ada")
    )
    begin = _begins_with(_text(client.get("/overleg")), "/overleg")
    assert (begin["dag"], begin["voorzitter"], begin["aanwezig"]) == (
        f"{behind.today}",
        "Proef Consultant",
        [str(me)],
    )
    number = _begin(
        client, behind, aanwezig=[str(me), str(ada)], gasten="mr. Jansen, deurwaarder\r\n\r\n De Vries "
    )
    held = _held(behind, number)
    assert (held.chair, held.names, held.guests) == (
        "Proef Consultant",
        ("Ada", "Proef Consultant"),
        ("mr. Jansen, deurwaarder", "De Vries"),
    )
    assert f'href="/overleg/{number}"' in _text(client.get("/overleg"))


def test_a_conference_that_cannot_begin_says_why(client: Client, behind: Corporation) -> None:
    begin = _begins_with(_text(client.get("/overleg")), "/overleg")
    for changed, place in (
        ({"dag": f"{behind.today + DAY}"}, "dag"),
        ({"dag": "gisteren"}, "dag"),
        ({"voorzitter": ""}, "voorzitter"),
        ({"aanwezig": []}, "aanwezig"),
        ({"aanwezig": ["999999", "x"]}, "aanwezig"),
        ({"gasten": "x" * 121}, "gasten"),
    ):
        answer = client.post("/overleg", begin | changed)
        assert (answer.status_code, f'href="#{place}"' in _text(answer)) == (400, True), changed
    with organisation_scope(behind.organisation):
        assert conferences() == []


def test_who_is_there_is_said_anew(client: Client, behind: Corporation) -> None:
    number = _begin(client, behind)
    form = f"/overleg/{number}/aanwezig"
    asked = _begins_with(_text(client.get(f"/overleg/{number}")), form)
    page = _text(client.post(form, asked | {"gasten": "De Vries"}, follow=True))
    assert "Bewaard wie erbij is." in page and "Aanwezig: Proef Consultant, De Vries" in page
    refused = client.post(form, asked | {"voorzitter": "", "gasten": "Jansen"})
    assert refused.status_code == 400
    assert 'href="#voorzitter"' in _text(refused) and "Jansen" in _text(refused)
    assert _held(behind, number).guests == ("De Vries",)


def test_one_case_is_on_one_screen_with_all_that_is_needed(client: Client, behind: Corporation) -> None:
    number = _begin(client, behind)
    item = _items(behind)[0]
    page = _text(client.get(f"/overleg/{number}"))
    for part in (
        "Vraag aan de groep",
        "Overdragen?",
        euro(2 * RENT_CENTS).replace("\u00a0", " "),
        "45 dagen",
        "2 maanden open",
        'class="chart"',
        "nog geen contact vastgelegd",
        "nog geen regeling geweest",
        "nog geen brief",
        f'href="/huurder/{item.tenancy_id}"',
        f'action="/overleg/{number}/besluit/{item.id}"',
        "nog 3",
    ):
        assert part in page, part
    assert page.count("data-choice=") == len(Decision)
    begin = _begins_with(page, f"/overleg/{number}/besluit/{item.id}")
    assert (begin["tot"], begin["voor"]) == (f"{behind.today + 28 * DAY}", f"{behind.today + 7 * DAY}")
    assert begin["wie"] == str(next(one.id for one in colleagues(behind.organisation)))
    assert begin["in_plaats_van"] != "" and "besluit" not in begin


def test_it_goes_from_case_to_case_until_all_have_their_decision(client: Client, behind: Corporation) -> None:
    number = _begin(client, behind)
    first, second, third = (one.id for one in _items(behind))
    assert _decide(client, number, second) == f"/overleg/{number}?punt={third}"
    assert _decide(client, number, third, besluit="pause") == f"/overleg/{number}?punt={first}"
    assert _decide(client, number, first, besluit="help") == f"/overleg/{number}"
    page = _text(client.get(f"/overleg/{number}"))
    assert "Elk punt heeft een besluit" in page
    assert "Besloten: Eerst hulp, geldt tot en met" in page
    assert page.count("nog geen besluit") == 0


def test_a_decision_comes_back_into_the_case(client: Client, behind: Corporation) -> None:
    number = _begin(client, behind)
    item = _items(behind)[0]
    _decide(client, number, item.id, besluit="help", toelichting="Naar het sociaal team.")
    (made,) = _made(behind, item.tenancy_id)
    assert (made.decision, made.reason, made.decided_by) == (
        Decision.HELP,
        "Naar het sociaal team.",
        ("Proef Consultant",),
    )
    assert (made.who_name, made.do_by_on) == ("Proef Consultant", behind.today + 7 * DAY)
    with organisation_scope(behind.organisation):
        (ruling,) = in_force(behind.today, [item.tenancy_id])
    assert (ruling.kind, ruling.about, ruling.reason) == (
        Kind.HELP,
        f"conference:{number}",
        "Naar het sociaal team.",
    )
    page = _text(client.get(f"/huurder/{item.tenancy_id}"))
    assert "eerst hulp" in page and "op de agenda van het groepsoverleg" not in page
    again = _text(client.get(f"/overleg/{number}?punt={item.id}"))
    begin = _begins_with(again, f"/overleg/{number}/besluit/{item.id}")
    assert (begin["besluit"], begin["toelichting"], begin["gezien"]) == (
        "help",
        "Naar het sociaal team.",
        str(made.id),
    )


def test_what_a_decision_does_not_ask_is_not_kept(client: Client, behind: Corporation) -> None:
    number = _begin(client, behind)
    item = _items(behind)[0]
    _decide(client, number, item.id, besluit="pause", stap="call", voor="32-13-2026")
    (made,) = _made(behind, item.tenancy_id)
    assert (made.who_id, made.do_by_on, made.do, made.instead_of) == (None, None, "", "")


def test_another_step_and_back_on_the_agenda(client: Client, behind: Corporation) -> None:
    number = _begin(client, behind)
    first, second, _ = _items(behind)
    page = _text(client.get(f"/overleg/{number}?punt={first.id}"))
    now = str(_begins_with(page, f"/overleg/{number}/besluit/{first.id}")["in_plaats_van"])
    steps = re.findall(r'<option value="(\w+)"', page.split('name="stap"')[1].split("</select>")[0])
    other = next(one for one in steps if one != now)
    assert "Dit is al de volgende stap" in _decide(
        client, number, first.id, 400, besluit="other_step", stap=now
    )
    _decide(client, number, first.id, besluit="other_step", stap=other)
    _decide(client, number, second.id, besluit="later", voor="")
    (made,) = _made(behind, first.tenancy_id)
    assert (made.do, made.instead_of) == (other, now)
    assert [one.id for one in _items(behind)][-1] == second.id
    assert "terug op de agenda" in _text(client.get("/overleg"))


def test_what_is_wrong_with_a_decision_stands_beside_its_field(client: Client, behind: Corporation) -> None:
    number = _begin(client, behind)
    item = _items(behind)[0].id
    for changed, place in (
        ({"besluit": ""}, "besluit"),
        ({"toelichting": ""}, "toelichting"),
        ({"tot": ""}, "tot"),
        ({"tot": "ooit"}, "tot"),
        ({"tot": f"{behind.today + 400 * DAY}"}, "tot"),
        ({"wie": ""}, "wie"),
        ({"wie": "999999"}, "wie"),
        ({"voor": ""}, "voor"),
        ({"voor": f"{behind.today + 60 * DAY}"}, "voor"),
        ({"besluit": "other_step", "stap": ""}, "stap"),
    ):
        page = _decide(client, number, item, 400, **changed)
        assert f'href="#{place}"' in page, changed
        assert 'value="arrange" data-choice="2" data-given="who" checked' in page or "besluit" in changed
    assert [one for tenancy in _tenancies(behind) for one in _made(behind, tenancy)] == []


def test_who_saves_from_an_old_screen_sees_both_and_decides_again(
    client: Client, behind: Corporation
) -> None:
    number, lead = _begin(client, behind), behind.signed_in(Role.TEAM_LEAD)
    item = _items(behind)[0]
    form = f"/overleg/{number}/besluit/{item.id}"
    mine = _begins_with(_text(client.get(f"/overleg/{number}?punt={item.id}")), form) | {
        "besluit": "pause",
        "toelichting": "Ziek.",
    }
    _decide(lead, number, item.id, besluit="hand_over", toelichting="Genoeg gewacht.")
    answer = client.post(form, mine)
    page = _text(answer)
    assert answer.status_code == 409
    for part in (
        "Intussen besloot iemand anders",
        "van Proef Team_Lead om",
        "Overdragen aan de deurwaarder",
        "Genoeg gewacht.",
        "Pauzeren, geldt tot en met",
        "Ziek.",
    ):
        assert part in page, part
    (made,) = _made(behind, item.tenancy_id)
    assert made.decision is Decision.HAND_OVER
    again = _begins_with(page, form)
    assert (again["besluit"], again["gezien"]) == ("pause", str(made.id))
    assert client.post(form, again).status_code == 302
    assert [one.decision for one in _made(behind, item.tenancy_id)] == [Decision.PAUSE]


def test_the_same_form_twice_is_one_decision(client: Client, behind: Corporation) -> None:
    number = _begin(client, behind)
    item = _items(behind)[0]
    form = f"/overleg/{number}/besluit/{item.id}"
    asked = _begins_with(_text(client.get(f"/overleg/{number}?punt={item.id}")), form) | {
        "besluit": "help",
        "toelichting": "Ziek.",
    }
    assert [client.post(form, asked).status_code for _ in range(2)] == [302, 302]
    assert len(_made(behind, item.tenancy_id)) == 1


def test_a_case_that_left_the_agenda_is_not_decided(client: Client, behind: Corporation) -> None:
    number = _begin(client, behind)
    item = _items(behind)[0]
    form = f"/overleg/{number}/besluit/{item.id}"
    asked = _begins_with(_text(client.get(f"/overleg/{number}?punt={item.id}")), form)
    client.post(f"/huurder/{item.tenancy_id}/overleg/weg", {"reden": "Betaald."})
    page = _text(client.post(form, asked | {"besluit": "help", "toelichting": "x"}, follow=True))
    assert "Er is niets veranderd" in page
    assert f"punt={item.id}" not in page


@pytest.mark.parametrize("asked", ["", "?punt=0", "?punt=x", "?punt=99999999999999999999"])
def test_without_a_case_that_is_there_it_opens_the_first(
    client: Client, behind: Corporation, asked: str
) -> None:
    number = _begin(client, behind)
    page = _text(client.get(f"/overleg/{number}{asked}"))
    assert f"/besluit/{_items(behind)[0].id}" in page


def test_earlier_decisions_and_what_holds_are_on_the_screen(client: Client, behind: Corporation) -> None:
    first = _begin(client, behind)
    item = _items(behind)[0]
    _decide(client, first, item.id, besluit="later", toelichting="Eerst de gemeente vragen.")
    client.post(f"/overleg/{first}/sluit")
    second = _begin(client, behind)
    page = _text(client.get(f"/overleg/{second}?punt={item.id}"))
    assert "Eerder besloten" in page and "Eerst de gemeente vragen." in page
    assert "Wat nu geldt" in page
    _decide(client, second, item.id, besluit="hand_over")
    with organisation_scope(behind.organisation):
        assert {one.kind for one in in_force(behind.today, [item.tenancy_id])} == {Kind.LATER, Kind.HAND_OVER}


# ── closing and the report ────────────────────────────────────────────────────────────────────────────


def test_the_report_has_every_decision_and_what_stays(client: Client, behind: Corporation) -> None:
    number = _begin(client, behind, gasten="mr. Jansen, deurwaarder")
    first, second, third = _items(behind)
    _decide(client, number, first.id, besluit="hand_over", toelichting="Genoeg gewacht.")
    _decide(client, number, second.id, besluit="go_on", toelichting="Betaalt weer.")
    page = _text(client.get(f"/overleg/{number}/verslag"))
    assert "Voorlopig: het overleg is nog niet gesloten." in page
    answer = client.post(f"/overleg/{number}/sluit", follow=True)
    page = _text(answer)
    assert answer.redirect_chain[-1][0] == f"/overleg/{number}/verslag"
    for part in (
        "Het overleg is gesloten.",
        "Voorzitter: Proef Consultant",
        "Proef Consultant, mr. Jansen, deurwaarder",
        "Overdragen aan de deurwaarder, geldt tot en met",
        "Genoeg gewacht.",
        "Proef Consultant doet dit, uiterlijk",
        "Doorgaan zoals het gaat",
        "Gesloten op",
        "data-print",
    ):
        assert part in page, part
    assert "Nog op de agenda" not in page
    assert [one.id for one in _items(behind)] == [third.id]
    listed = _text(client.get("/overleg"))
    assert "2 besluiten, voorzitter Proef Consultant" in listed and f"/overleg/{number}/verslag" in listed


def test_a_conference_that_is_over_is_its_report_and_takes_nothing_more(
    client: Client, behind: Corporation
) -> None:
    number = _begin(client, behind)
    item = _items(behind)[0]
    form = f"/overleg/{number}/besluit/{item.id}"
    asked = _begins_with(_text(client.get(f"/overleg/{number}")), form) | {
        "besluit": "help",
        "toelichting": "x",
    }
    close(
        organisation_id=behind.organisation, actor="user:1", name="Ada", conference_id=number, on=behind.today
    )
    assert client.get(f"/overleg/{number}").headers["Location"] == f"/overleg/{number}/verslag"
    for address, typed in (
        (form, asked),
        (f"/overleg/{number}/aanwezig", {}),
        (f"/overleg/{number}/sluit", {}),
    ):
        page = client.post(address, typed, follow=True)
        assert page.redirect_chain[-1][0] == f"/overleg/{number}/verslag"
    assert _made(behind, item.tenancy_id) == []
    assert "In dit overleg is niets besloten." in _text(client.get(f"/overleg/{number}/verslag"))


def test_a_manager_reads_and_decides_nothing(client: Client, behind: Corporation) -> None:
    number = _begin(client, behind)
    _decide(client, number, _items(behind)[0].id, besluit="help")
    manager = behind.signed_in(Role.MANAGER)
    pages = [
        _text(manager.get(address))
        for address in (
            "/overleg",
            f"/overleg/{number}",
            f"/overleg/{number}/verslag",
            f"/huurder/{_tenancies(behind)[1]}/overleg",
        )
    ]
    assert ["<form" in page.split("<main")[1].split("</main>")[0] for page in pages] == [False] * 4
    assert "Eerst hulp" in pages[2]


def test_what_somebody_wrote_is_text_and_not_a_page(client: Client, behind: Corporation) -> None:
    tenancy = _tenancies(behind)[0]
    _ask(client, tenancy, vraag="<script>x</script>")
    number = _begin(client, behind)
    _decide(client, number, _items(behind)[0].id, toelichting="<b>dik</b>")
    for address in (
        "/overleg",
        f"/overleg/{number}?punt={_items(behind)[0].id}",
        f"/overleg/{number}/verslag",
    ):
        page = _text(client.get(address))
        assert "<script>x" not in page and "<b>dik" not in page


def test_another_corporation_has_no_such_conference(client: Client, behind: Corporation) -> None:
    number = _begin(client, behind)
    from doors import corporation as other_corporation
    from tijdig.access.actions import create_organisation

    other = other_corporation(create_organisation(name="Woonstichting Ander", slug="ander"))
    stranger = other.signed_in(Role.TEAM_LEAD)
    assert [stranger.get(f"/overleg/{number}{page}").status_code for page in ("", "/verslag")] == [404, 404]
    assert [
        stranger.post(f"/overleg/{number}/{page}").status_code for page in ("aanwezig", "sluit", "besluit/1")
    ] == [404] * 3


def test_the_pages_ask_as_many_questions_whatever_is_on_the_agenda(
    client: Client, behind: Corporation
) -> None:
    from django.test.utils import CaptureQueriesContext

    def questions(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked.captured_queries)

    number = _begin(client, behind)
    item = _items(behind)[0].id
    addresses = ["/overleg", f"/overleg/{number}?punt={item}", f"/overleg/{number}/verslag"]
    few = [questions(one) for one in addresses]
    for more in range(4, 12):
        behind.lease(more)
    behind.evaluate()
    for tenancy in _tenancies(behind)[3:]:
        _ask(client, tenancy)
    assert [questions(one) for one in addresses] == few
    assert max(few) <= 66
