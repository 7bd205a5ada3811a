"""Logging a contact: seconds for a call that nobody took, a promise with its day, what is wrong beside its field, undo."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from doors import RENT_CENTS, Corporation
from tijdig.access.queries import colleagues
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.base.days import AMSTERDAM
from tijdig.base.money import euro
from tijdig.contacts import models
from tijdig.contacts.contact import Contact
from tijdig.contacts.kinds import Cause, Channel, Direction, NextStep, Outcome, Reached, Who
from tijdig.contacts.queries import contacts_of
from tijdig.tenancies.actions import load
from tijdig.tenancies.drafts import PartyDraft, PersonDraft
from tijdig.web.contact_lines import Line, lines
from tijdig.web.templatetags.rows import environment

STATIC = Path(__file__).parents[2] / "src" / "tijdig" / "web" / "static" / "tijdig"
Typing = dict[str, str | list[str]]


def _tenancy(corporation: Corporation) -> int:
    with organisation_scope(corporation.organisation), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM tenancies_tenancy ORDER BY id LIMIT 1")
        return int(cursor.fetchone()[0])


def _address(corporation: Corporation) -> str:
    return f"/huurder/{_tenancy(corporation)}/contact"


def _page(client: Client, corporation: Corporation) -> str:
    answer = client.get(_address(corporation))
    assert answer.status_code == 200
    return answer.content.decode()


def _begins_with(page: str) -> Typing:
    """What the form would send if nobody touched it."""
    boxes = re.findall(r'<input type="radio" name="(\w+)" id="[^"]+" value="([^"]+)"[^>]* checked', page)
    fields = re.findall(r'<input [^>]*type="(?:date|time|hidden)"[^>]* name="(\w+)" value="([^"]*)"', page)
    return dict(boxes) | {name: value for name, value in fields if name != "csrfmiddlewaretoken"}


def _send(client: Client, corporation: Corporation, **more: str | list[str]) -> tuple[int, str]:
    """The form as the page shows it, with something else typed; the code, and the page that it leads to."""
    asked = _begins_with(_page(client, corporation)) | more
    answer = client.post(_address(corporation), asked)
    shown = client.get(answer.headers["Location"]) if answer.status_code == 302 else answer
    return answer.status_code, shown.content.decode().replace("\u00a0", " ")


def _kept(corporation: Corporation) -> list[Contact]:
    with organisation_scope(corporation.organisation):
        return contacts_of([_tenancy(corporation)], as_of=corporation.today, withdrawn=True)


def _lines(corporation: Corporation, actor: str = "", **more: datetime) -> list[Line]:
    given = {"on": corporation.today, "now": timezone.now(), "actor": actor} | more
    with organisation_scope(corporation.organisation):
        return lines(_tenancy(corporation), **given)  # type: ignore[arg-type]


def _actor(corporation: Corporation, role: Role) -> str:
    return next(f"user:{one.id}" for one in colleagues(corporation.organisation) if one.role == role)


@pytest.fixture
def behind(corporation: Corporation) -> Corporation:
    corporation.lease(1)
    return corporation


@pytest.fixture
def client(behind: Corporation) -> Client:
    return behind.signed_in(Role.CONSULTANT)


def test_the_page_has_what_a_caller_needs(client: Client, behind: Corporation) -> None:
    person = PersonDraft("R1", "NAT", "Verzonnen1", "van", "E.", phone="0612345678")
    load(organisation_id=behind.organisation, records=[person], actor="test", on=behind.today)
    page = _page(client, behind).replace("\u00a0", " ")
    assert "E. van Verzonnen1" in page
    assert 'href="tel:' in page
    assert f"<strong>{euro(2 * RENT_CENTS)}</strong> achterstand".replace("\u00a0", " ") in page
    assert "45 dagen" in page
    assert "2 maanden open" in page
    assert "nog geen contact vastgelegd" in page


def test_the_form_begins_as_a_call_by_us_now_to_the_tenant(client: Client, behind: Corporation) -> None:
    begin = _begins_with(_page(client, behind))
    assert (begin["hoe"], begin["begon"]) == ("phone", "out")
    assert (begin["bereikt"], begin["vervolg"]) == ("talked", "none")
    assert re.fullmatch(r"tenant:\d+", str(begin["wie"]))
    assert begin["wanneer_dag"] == f"{behind.today}"
    assert "uitkomst" not in begin
    assert 'name="bedrag" value=""' in _page(client, behind)


def test_a_call_that_nobody_took_is_two_choices(client: Client, behind: Corporation) -> None:
    code, page = _send(client, behind, bereikt="none", uitkomst="not_home")
    assert (code, "Gebeld, niet bereikt: niet thuis of geen gehoor." in page) == (302, True)
    (kept,) = _kept(behind)
    assert (kept.attempt, kept.talk, kept.actor) == (True, False, _actor(behind, Role.CONSULTANT))
    assert kept.person_id is not None


def test_a_talk_with_a_promise_is_kept_whole(client: Client, behind: Corporation) -> None:
    due, after = behind.today + timedelta(days=6), behind.today + timedelta(days=9)
    code, page = _send(
        client,
        behind,
        begon="in",
        wie="partner",
        uitkomst="promise",
        oorzaak=["illness", "work_lost"],
        bedrag="640",
        toegezegd_op=f"{due}",
        vervolg="call_again",
        vervolg_op=f"{after}",
        minuten="12",
        notitie="Eerste regel.\r\nTweede regel.",
    )
    assert (code, f"De huurder belde, gesproken: toezegging van € 640,00 op {due:%d-%m-%Y}." in page) == (
        302,
        True,
    )
    (kept,) = _kept(behind)
    assert (kept.channel, kept.direction, kept.reached) == (Channel.PHONE, Direction.IN, Reached.TALKED)
    assert (kept.who, kept.person_id, kept.outcome) == (Who.PARTNER, None, Outcome.PROMISE)
    assert kept.causes == (Cause.ILLNESS, Cause.WORK_LOST)
    assert kept.promise is not None
    assert (kept.promise.amount_cents, kept.promise.due_on) == (64_000, due)
    assert (kept.next_step, kept.next_on, kept.minutes) == (NextStep.CALL_AGAIN, after, 12)
    assert kept.note == "Eerste regel.\nTweede regel."


def test_the_example_of_the_message(client: Client, behind: Corporation) -> None:
    due = behind.today + timedelta(days=6)
    given = {"uitkomst": "promise", "bedrag": "640,00", "toegezegd_op": f"{due:%d-%m-%Y}"}
    _, page = _send(client, behind, **given)
    assert f"Gebeld, gesproken: toezegging van € 640,00 op {due:%d-%m-%Y}." in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"hoe": "sms", "bereikt": "message", "uitkomst": "other"}, "Sms of app gestuurd: anders."),
        ({"hoe": "email", "begon": "in", "bereikt": "message", "uitkomst": "disputes"}, "E-mail gekregen: "),
        ({"hoe": "visit", "bereikt": "message", "uitkomst": "not_home"}, "Bezocht, bericht achtergelaten: "),
        (
            {"begon": "in", "bereikt": "message", "uitkomst": "call_back"},
            "De huurder belde, bericht gekregen: ",
        ),
        ({"hoe": "desk", "begon": "in", "uitkomst": "help_wanted"}, "Aan de balie, gesproken: wil hulp."),
        ({"hoe": "video", "uitkomst": "no_agreement"}, "Videogesprek, gesproken: geen afspraak gemaakt."),
    ],
)
def test_every_way_is_said_in_its_own_words(
    typed: dict[str, str], said: str, client: Client, behind: Corporation
) -> None:
    code, page = _send(client, behind, **typed)
    assert (code, said in page) == (302, True)


def test_the_same_form_twice_is_one_contact_and_the_message_is_that_of_the_first(
    client: Client, behind: Corporation
) -> None:
    form = uuid4().hex
    _send(client, behind, formulier=form, bereikt="none", uitkomst="not_home")
    _, page = _send(client, behind, formulier=form, uitkomst="hostile")
    assert len(_kept(behind)) == 1
    assert "Gebeld, niet bereikt: niet thuis of geen gehoor." in page
    assert "boos of dreigend." not in page


def test_the_form_has_an_id_of_its_own_each_time_and_keeps_it_when_something_is_wrong(
    client: Client, behind: Corporation
) -> None:
    one, other = (_begins_with(_page(client, behind))["formulier"] for _ in range(2))
    assert one != other
    _, page = _send(client, behind, formulier=one)
    assert f'name="formulier" value="{one}"' in page


_TALK = {"uitkomst": "promise", "bedrag": "100"}


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({}, "uitkomst", "Kies wat de uitkomst is."),
        ({"uitkomst": "winst"}, "uitkomst", "Kies wat de uitkomst is."),
        ({"hoe": "duif", "uitkomst": "other"}, "hoe", "Kies hoe het contact was."),
        ({"wie": "tenant:999999", "uitkomst": "other"}, "wie", "Kies met wie het contact was."),
        ({"bereikt": "none", "uitkomst": "promise"}, "uitkomst", "past niet bij"),
        ({"hoe": "sms", "uitkomst": "other"}, "bereikt", "Met een brief, e-mail of sms is er geen gesprek."),
        ({"uitkomst": "other", "oorzaak": ["pech"]}, "oorzaak", "staat niet in de lijst"),
        ({"uitkomst": "promise"}, "bedrag", "ontbreekt het bedrag of de dag"),
        (_TALK, "toegezegd_op", "ontbreekt het bedrag of de dag"),
        (_TALK | {"bedrag": "veel"}, "bedrag", "is geen bedrag"),
        (_TALK | {"toegezegd_op": "2020-01-01"}, "toegezegd_op", "kan niet beloven te betalen vóór"),
        (_TALK | {"toegezegd_op": "2999-01-01"}, "toegezegd_op", "meer dan 60 dagen na het contact"),
        (_TALK | {"toegezegd_op": "morgen"}, "toegezegd_op", "is geen dag"),
        ({"uitkomst": "hostile", "bedrag": "100"}, "bedrag", "Een toezegging past niet bij"),
        (
            {"uitkomst": "other", "vervolg_op": "2999-01-01"},
            "vervolg",
            "U vult een dag in, maar geen vervolg.",
        ),
        (
            {"uitkomst": "other", "vervolg": "visit", "vervolg_op": "2020-01-01"},
            "vervolg_op",
            "al geweest",
        ),
        ({"uitkomst": "other", "vervolg": ""}, "vervolg", "Kies wat u gaat doen."),
        ({"uitkomst": "other", "minuten": "lang"}, "minuten", "hele minuten"),
        ({"uitkomst": "other", "minuten": "-1"}, "minuten", "hele minuten"),
        ({"uitkomst": "other", "wanneer_dag": "2020-01-01"}, "wanneer_dag", "dagen geleden"),
        ({"uitkomst": "other", "wanneer_dag": "2999-01-01"}, "wanneer_dag", "ligt in de toekomst"),
        ({"uitkomst": "other", "wanneer_tijd": "25:00"}, "wanneer_tijd", "is geen tijd"),
        ({"uitkomst": "other", "wanneer_tijd": ""}, "wanneer_tijd", "Vul ook de tijd in"),
        ({"uitkomst": "other", "notitie": "x" * 4001}, "notitie", "te lang"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_on_top_and_nothing_is_kept(
    typed: Typing, field: str, sentence: str, client: Client, behind: Corporation
) -> None:
    code, page = _send(client, behind, **typed)
    assert code == 400
    beside = re.search(rf'id="{field}-error" lang="nl"><strong>(.*?)</strong>', page)
    assert beside and sentence in beside[1], page
    assert page.count('-error" lang') == 1, "only what is wrong is said"
    assert f'<a href="#{field}" lang="nl">{beside[1]}</a>' in page
    assert 'role="alert" tabindex="-1" autofocus' in page
    assert page.count("autofocus") == 1
    assert _kept(behind) == []


def test_all_that_is_wrong_is_said_at_once_in_the_order_of_the_form(
    client: Client, behind: Corporation
) -> None:
    _, page = _send(client, behind, minuten="x", wanneer_tijd="x", vervolg="visit", vervolg_op="2020-01-01")
    top = page.split('id="errors"')[1].split("</ul>")[0]
    assert re.findall(r'href="#(\w+)"', top) == ["uitkomst", "vervolg_op", "wanneer_tijd", "minuten"]


def test_it_is_sent_without_the_place_on_the_page(client: Client, behind: Corporation) -> None:
    """After a link to a field the address ends in it; sent there again, the focus would not go to what is wrong."""
    assert f'<form method="post" action="{_address(behind)}"' in _page(client, behind)


def test_what_was_typed_stays(client: Client, behind: Corporation) -> None:
    _, page = _send(
        client, behind, oorzaak=["illness"], notitie="Belt <morgen>.", minuten="x", bedrag="12,5x"
    )
    assert re.search(r'id="oorzaak-illness" value="illness" checked', page)
    assert "Belt &lt;morgen&gt;." in page
    assert 'value="12,5x"' in page


def test_another_moment_may_be_chosen(client: Client, behind: Corporation) -> None:
    yesterday = behind.today - timedelta(days=1)
    code, _ = _send(
        client, behind, uitkomst="other", wanneer_dag=f"{yesterday:%d-%m-%Y}", wanneer_tijd="9.30"
    )
    assert code == 302
    (kept,) = _kept(behind)
    assert kept.at == datetime.combine(yesterday, time(9, 30), AMSTERDAM)


def test_no_moment_at_all_is_now(client: Client, behind: Corporation) -> None:
    before = timezone.now()
    _send(client, behind, uitkomst="other", wanneer_dag="", wanneer_tijd="")
    (kept,) = _kept(behind)
    assert before <= kept.at <= timezone.now()


def _last(weekday: int, on: date) -> date:
    """The last day before `on` that was this day of the week, Monday is 0."""
    return on - timedelta(days=(on.weekday() - weekday - 1) % 7 + 1)


def test_a_call_outside_the_hours_is_kept_with_a_warning(client: Client, behind: Corporation) -> None:
    sunday = {"uitkomst": "other", "wanneer_dag": f"{_last(6, behind.today)}", "wanneer_tijd": "12:00"}
    code, page = _send(client, behind, **sunday)
    assert (code, "buiten de contacturen" in page) == (302, True)
    _, page = _send(client, behind, **sunday | {"begon": "in"})
    assert "buiten de contacturen" not in page
    assert len(_kept(behind)) == 2


def test_two_tenants_can_be_told_apart_and_a_dead_one_is_not_suggested(
    client: Client, behind: Corporation
) -> None:
    begin = behind.today - timedelta(days=400)
    died = behind.today - timedelta(days=10)
    load(
        organisation_id=behind.organisation,
        records=[
            PersonDraft("R1", "NAT", "Verzonnen1", "van", "E.", died_on=died),
            PersonDraft("R2", "NAT", "Tweede", "", "B."),
            PartyDraft("O1", "R2", "MDH", begin),
        ],
        actor="test",
        on=behind.today,
    )
    page = _page(client, behind)
    assert f"overleden op {died:%d-%m-%Y}" in page
    with_whom = page.split('id="wie"')[1].split("</fieldset>")[0]
    assert re.findall(r">([^<>]+)</label>", with_whom)[:3] == ["E. van Verzonnen1", "B. Tweede", "partner"]
    assert str(_begins_with(page)["wie"]).startswith("co_tenant:")
    _send(client, behind, uitkomst="other")
    (kept,) = _kept(behind)
    assert (kept.who, kept.talk) == (Who.CO_TENANT, True)


def test_the_last_three_stand_on_the_page_without_what_was_taken_back(
    client: Client, behind: Corporation
) -> None:
    for note in ("eerste", "tweede", "derde", "vierde", "vijfde"):
        _send(client, behind, uitkomst="other", notitie=note, wanneer_dag="", wanneer_tijd="")
    _withdraw(client, behind, _kept(behind)[-1].id)
    page = _page(client, behind)
    assert [note for note in ("vierde", "derde", "tweede", "eerste", "vijfde") if note in page] == [
        "vierde",
        "derde",
        "tweede",
    ]


def _withdraw(client: Client, corporation: Corporation, number: int, reason: str = "") -> str:
    answer = client.post(f"{_address(corporation)}/{number}/intrekken", {"reden": reason}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_whoever_wrote_it_down_may_undo_it_and_it_stays_visible(client: Client, behind: Corporation) -> None:
    _send(client, behind, bereikt="none", uitkomst="not_home")
    (kept,) = _kept(behind)
    assert "Ingetrokken: Gebeld, niet bereikt" in _withdraw(client, behind, kept.id)
    assert "al ingetrokken" in _withdraw(client, behind, kept.id)
    (line,) = _lines(behind, _actor(behind, Role.CONSULTANT))
    assert line.gone is not None
    assert (line.gone.by, line.may_undo) == ("Proef Consultant", False)


def test_a_colleague_needs_a_reason(client: Client, behind: Corporation) -> None:
    _send(client, behind, bereikt="none", uitkomst="not_home")
    (kept,) = _kept(behind)
    colleague = behind.signed_in(Role.CUSTOMER_SERVICE)
    assert "Schrijf waarom u dit contact intrekt." in _withdraw(colleague, behind, kept.id)
    assert _kept(behind)[0].withdrawn is None
    assert "Ingetrokken:" in _withdraw(colleague, behind, kept.id, "Was een andere huurder.")


def test_a_contact_of_another_tenancy_or_corporation_is_not_found(
    client: Client, behind: Corporation, organisation: int
) -> None:
    behind.lease(2)
    _send(client, behind, uitkomst="other")
    (kept,) = _kept(behind)
    other = _tenancy(behind) + 1
    for address in (
        f"/huurder/{other}/contact/{kept.id}/intrekken",
        f"/huurder/{_tenancy(behind)}/contact/999999/intrekken",
        "/huurder/999999/contact",
        "/huurder/99999999999999999999/contact",
    ):
        assert client.post(address, {}).status_code == 404, address
    assert client.get("/huurder/999999/contact").status_code == 404


def _shown(corporation: Corporation, given: list[Line], *rights: str) -> str:
    who = SimpleNamespace(rights=set(rights))
    line = {"item": SimpleNamespace(group="contact"), "clock": "", "sign": "", "who": "", "sum": ""}
    lines = [SimpleNamespace(contact=one, **line) for one in given]
    day = SimpleNamespace(name="", iso="", written="", lines=lines)
    told = environment().get_template("time_line.html")
    shown = told.render(days=[day], tenancy_id=_tenancy(corporation), who=who, token="")
    return shown.replace("\u00a0", " ")


def test_the_newest_ten_stand_with_promise_and_undo(client: Client, behind: Corporation) -> None:
    due = behind.today + timedelta(days=6)
    for _ in range(10):
        _send(client, behind, bereikt="none", uitkomst="not_home")
    _send(client, behind, uitkomst="promise", bedrag="640", toegezegd_op=f"{due}", notitie="Belt <terug>.")
    found = _lines(behind, _actor(behind, Role.CONSULTANT))
    shown = _shown(behind, found, "log_contact")
    assert len(found) == 10
    assert f'Toezegging: € 640,00 op {due:%d-%m-%Y}, <span lang="nl">loopt</span>' in shown
    assert "Belt &lt;terug&gt;." in shown
    assert shown.count("Maak ongedaan") == 10
    assert "Maak ongedaan" not in _shown(behind, found)
    assert "Trek in" not in _shown(behind, found)


def test_after_the_hour_and_for_a_colleague_a_reason_is_asked(client: Client, behind: Corporation) -> None:
    _send(client, behind, uitkomst="other")
    later = {"now": timezone.now() + timedelta(minutes=61)}
    for found in (_lines(behind, _actor(behind, Role.CONSULTANT), **later), _lines(behind, "user:0")):
        shown = _shown(behind, found, "log_contact")
        assert "Maak ongedaan" not in shown
        assert "Waarom trekt u dit in?" in shown


def test_a_list_asks_the_same_questions_whatever_its_length(client: Client, behind: Corporation) -> None:
    asked: list[int] = []
    for _ in range(4):
        _send(client, behind, uitkomst="pays_now", bedrag="10", toegezegd_op=f"{behind.today}")
        seen: list[str] = []

        def listen(execute, sql, params, many, context, seen=seen):  # type: ignore[no-untyped-def]
            seen.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(listen):
            _lines(behind)
        asked.append(len(seen))
    assert asked == [asked[0]] * 4


def test_an_english_reader_gets_english_words(client: Client, behind: Corporation) -> None:
    client.post("/taal", {"language": "en", "next": "/zoeken"})
    page = _page(client, behind)
    assert "Record contact" in page
    assert ">Called</label>" in page
    assert "Hoe?" not in page


def test_models_hold_what_was_typed_only_once(client: Client, behind: Corporation) -> None:
    """The note stands apart, so that it can be erased."""
    _send(client, behind, uitkomst="other", notitie="Alleen hier.")
    with organisation_scope(behind.organisation):
        assert models.ContactText.objects.get().text == "Alleen hier."


def test_the_script_writes_no_style_and_evaluates_nothing() -> None:
    script = (STATIC / "contact.js").read_text(encoding="utf-8")
    assert re.findall(r"\beval\(|new Function|\.style\b|setAttribute\(.style|innerHTML", script) == []


def test_customer_service_sees_that_a_note_is_confidential_and_not_what(
    client: Client, behind: Corporation
) -> None:
    code, page = _send(
        client, behind, uitkomst="cannot_pay", notitie="Wil dat niemand dit weet.", vertrouwelijk="on"
    )
    assert (code, "Wil dat niemand dit weet." in page, "Vertrouwelijke notitie" in page) == (302, True, True)
    service = behind.signed_in(Role.CUSTOMER_SERVICE)
    tenancy = _tenancy(behind)
    for path in (f"/huurder/{tenancy}", f"/huurder/{tenancy}/contact", f"/huurder/{tenancy}/gesprek"):
        assert "Wil dat niemand dit weet." not in service.get(path).content.decode()
    assert "Vertrouwelijke notitie" in service.get(f"/huurder/{tenancy}").content.decode()
