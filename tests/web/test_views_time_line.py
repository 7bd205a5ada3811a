"""The time line on the page of a tenancy: narrowed by its address, cut to the newest, with what may be done about a line."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from doors import Corporation
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.base.days import AMSTERDAM
from tijdig.contacts.actions import log
from tijdig.contacts.kinds import Channel, Direction, Outcome, Reached, Who
from tijdig.contacts.values import ContactDraft
from tijdig.steps.actions import Draft as StepDraft
from tijdig.steps.actions import note
from tijdig.steps.kinds import Kind as StepKind
from tijdig.steps.kinds import LetterFacts
from tijdig.web.time_line import AT_ONCE

WORDS = ["alles", "geld", "contact", "brieven", "regelingen", "besluiten"]


@pytest.fixture
def tenancy(corporation: Corporation) -> int:
    corporation.lease(1)
    corporation.evaluate()
    with organisation_scope(corporation.organisation), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM tenancies_tenancy")
        return int(cursor.fetchone()[0])


@pytest.fixture
def client(corporation: Corporation, tenancy: int) -> Client:
    return corporation.signed_in(Role.CONSULTANT)


def _call(corporation: Corporation, tenancy: int, age: int = 1, **more: object) -> int:
    on = corporation.today - timedelta(days=age)
    at = datetime.combine(on, time(10, 5), AMSTERDAM)
    given = {
        "tenancy_id": tenancy,
        "channel": Channel.PHONE,
        "direction": Direction.OUT,
        "reached": Reached.NONE,
        "who": Who.TENANT,
        "outcome": Outcome.NOT_HOME,
        "at": at,
    } | more
    return log(
        organisation_id=corporation.organisation,
        actor="user:1",
        draft=ContactDraft(**given),  # type: ignore[arg-type]
        asked_as=uuid4(),
        now=at + timedelta(minutes=5),
        on=on,
    )


def _sent(
    corporation: Corporation, tenancy: int, number: int = 1, kind: str = "reminder", age: int = 3
) -> None:
    facts = LetterFacts(letter_id=number, letter_kind=kind, channel="email", reference="", digest="")
    steps = [StepDraft(tenancy, f"sending:{number}", facts.plain())]
    on = corporation.today - timedelta(days=age)
    with organisation_scope(corporation.organisation):
        note(
            organisation_id=corporation.organisation,
            actor="system:mail",
            kind=StepKind.LETTER_SENT,
            on=on,
            steps=steps,
        )


def _line(page: str) -> str:
    """The section, without what is new in every answer."""
    found = page.split('<section id="time-line"')[1].split("</section>")[0]
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", found).replace("\u00a0", " ")


def _get(client: Client, tenancy: int, **asked: object) -> str:
    return client.get(f"/huurder/{tenancy}", asked).content.decode()


def test_each_filter_has_its_word_in_the_address_and_how_many(
    client: Client, corporation: Corporation, tenancy: int
) -> None:
    _call(corporation, tenancy)
    _sent(corporation, tenancy)
    shown = _line(_get(client, tenancy))
    links = re.findall(r'id="tl-(\w+)" href="([^"]+)"[^>]*>([^<]+) <span class="figures">(\d+)<', shown)
    assert [word for word, *_ in links] == WORDS
    assert [address for _, address, *_ in links] == [
        f"/huurder/{tenancy}#time-line",
        *(f"/huurder/{tenancy}?tijdlijn={word}#time-line" for word in WORDS[1:]),
    ]
    counts = {word: int(count) for word, _, _, count in links}
    assert counts == {"alles": 6, "geld": 2, "contact": 1, "brieven": 1, "regelingen": 0, "besluiten": 2}


def test_a_filter_shows_its_own_and_nothing_else(
    client: Client, corporation: Corporation, tenancy: int
) -> None:
    _call(corporation, tenancy)
    _sent(corporation, tenancy)
    contact = _line(_get(client, tenancy, tijdlijn="contact"))
    assert ("Gebeld, niet bereikt" in contact, "Huur " in contact, "Herinnering" in contact) == (
        True,
        False,
        False,
    )
    assert 'aria-current="true">contact' in contact
    letters = _line(_get(client, tenancy, tijdlijn="brieven"))
    assert '<a href="/brieven/1">Herinnering verstuurd</a>' in letters
    decided = _line(_get(client, tenancy, tijdlijn="besluiten"))
    assert ("Besluit: " in decided, "Melding: " in decided, "regels bekeken" in decided) == (
        True,
        True,
        False,
    )
    assert _line(_get(client, tenancy, tijdlijn="onzin")) == _line(_get(client, tenancy))


def test_the_reasons_of_a_decision_come_when_they_are_asked(client: Client, tenancy: int) -> None:
    line = _line(_get(client, tenancy, tijdlijn="besluiten"))
    address = re.findall(rf'hx-get="(/huurder/{tenancy}/besluit/\d+)"', line)[0]
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert ("regels bekeken, beleid" in part, "Dit paste:" in part, "<html" in part) == (True, True, False)
    page = client.get(address).content.decode()
    assert ("<h1>Waarom dit besluit</h1>" in page, "Dit paste:" in page) == (True, True)
    assert client.get(f"/huurder/{tenancy}/besluit/999999").status_code == 404


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("contact", "Er is nog geen contact vastgelegd met deze huurder."),
        ("brieven", "Er ging nog geen brief naar deze huurder."),
        ("regelingen", "Er is nog geen regeling met deze huurder."),
    ],
)
def test_an_empty_part_says_so(client: Client, tenancy: int, word: str, said: str) -> None:
    assert said in _line(_get(client, tenancy, tijdlijn=word))


def test_the_part_alone_is_what_the_page_swaps_in(client: Client, tenancy: int) -> None:
    part = client.get(
        f"/huurder/{tenancy}",
        {"tijdlijn": "geld"},
        headers={"HX-Request": "true", "HX-Target": "time-line"},
    ).content.decode()
    assert part.startswith('<section id="time-line"')
    assert "<html" not in part
    assert _line(part) == _line(_get(client, tenancy, tijdlijn="geld"))


def test_the_newest_sixty_and_a_link_to_the_rest(
    client: Client, corporation: Corporation, tenancy: int
) -> None:
    for age in range(AT_ONCE + 3):
        _sent(corporation, tenancy, number=age + 1, age=age)
    shown = _line(_get(client, tenancy, tijdlijn="brieven"))
    assert shown.count('<li class="tl ') == AT_ONCE
    assert "Toon oudere regels (3)" in shown
    (address,) = re.findall(r'id="tl-more" href="([^"#]+)', shown)
    assert address == f"/huurder/{tenancy}?tijdlijn=brieven&amp;regels={2 * AT_ONCE}"
    whole = _line(client.get(address.replace("&amp;", "&")).content.decode())
    assert (whole.count('<li class="tl '), "tl-more" in whole) == (AT_ONCE + 3, False)


@pytest.mark.parametrize("typed", ["", "0", "-1", "x", str(AT_ONCE - 1), "²", "99999999999999999999"])
def test_an_odd_number_of_lines_is_a_page_of_them(
    client: Client, corporation: Corporation, tenancy: int, typed: str
) -> None:
    for age in range(AT_ONCE + 3):
        _sent(corporation, tenancy, number=age + 1, age=age)
    shown = _line(_get(client, tenancy, tijdlijn="brieven", regels=typed))
    assert shown.count('<li class="tl ') == AT_ONCE


def test_an_older_look_keeps_its_day_in_the_links_and_hides_what_came_later(
    client: Client, corporation: Corporation, tenancy: int
) -> None:
    _call(corporation, tenancy, age=2)
    day = corporation.today - timedelta(days=20)
    shown = _line(_get(client, tenancy, as_of=f"{day}", known_at=f"{corporation.today}"))
    assert f"?as_of={day}&amp;known_at={corporation.today}&amp;tijdlijn=contact#time-line" in shown
    assert "Gebeld" not in shown
    known = _line(_get(client, tenancy, known_at=f"{corporation.today - timedelta(days=1)}"))
    assert "Gebeld" not in known  # written down today


def test_the_filter_stays_when_another_day_is_asked(client: Client, tenancy: int) -> None:
    page = _get(client, tenancy, tijdlijn="contact")
    assert '<input type="hidden" name="tijdlijn" value="contact">' in page
    assert 'name="tijdlijn"' not in _get(client, tenancy)


def test_a_contact_is_undone_from_its_line_by_who_may(
    client: Client, corporation: Corporation, tenancy: int
) -> None:
    _call(corporation, tenancy)
    number = re.findall(r'id="contact-(\d+)"', _get(client, tenancy))[0]
    action = f'action="/huurder/{tenancy}/contact/{number}/intrekken"'
    assert action in _line(_get(client, tenancy))
    done = client.post(f"/huurder/{tenancy}/contact/{number}/intrekken", {"reden": "Verkeerd."}, follow=True)
    line = _line(done.content.decode())
    assert ('class="undone"' in line, action in line, "Ingetrokken door" in line) == (True, False, True)


def test_who_may_not_log_sees_no_way_to_withdraw(corporation: Corporation, tenancy: int) -> None:
    _call(corporation, tenancy)
    line = _line(_get(corporation.signed_in(Role.MANAGER), tenancy))
    assert ("Gebeld, niet bereikt" in line, "intrekken" in line) == (True, False)


def test_the_chart_and_its_table_tell_the_same(
    client: Client, corporation: Corporation, tenancy: int
) -> None:
    _call(corporation, tenancy, age=2)
    _call(corporation, tenancy, age=2)
    page = _get(client, tenancy)
    assert page.count('<use href="#sign-attempt" x=') == 1
    assert "niet bereikt 2×" in page
    assert 'niet bereikt <span class="soft figures">2</span>' in page
    assert "Niet bereikt: 2." in page.split("<desc")[1].split("</desc>")[0]


def test_the_newest_bookings_stand_on_the_page_and_every_other_has_its_address(
    client: Client, corporation: Corporation, tenancy: int
) -> None:
    for age in range(100, 112):
        corporation.charge(f"C{corporation.organisation}-1", age)
    page = _get(client, tenancy, tijdlijn="geld")
    here = set(re.findall(r'<tr id="entry-(\d+)"', page))
    assert (len(here), "Toon ook de 4 oudere boekingen" in page) == (10, True)
    address = f"/huurder/{tenancy}?tijdlijn=geld&amp;rekening=alles"
    links = re.findall(r'href="([^"]*)#entry-(\d+)"', page)
    assert {place for place, number in links if number in here} == {""}
    assert {place for place, number in links if number not in here} == {address}
    assert len({number for _, number in links}) == 14
    whole = _get(client, tenancy, tijdlijn="geld", rekening="alles")
    assert (whole.count('<tr id="entry-'), "oudere boekingen" in whole) == (14, False)
    assert {place for place, _ in re.findall(r'href="([^"]*)#entry-(\d+)"', whole)} == {""}


def test_the_cost_meter_names_the_source_of_every_amount(
    client: Client, corporation: Corporation, tenancy: int
) -> None:
    _call(corporation, tenancy, minutes=6)
    page = _get(client, tenancy).replace("\u00a0", " ")
    card = page.split('id="costs"')[1].split("</section>")[0]
    rows = card.split('<div class="cost">')[1:]
    assert len(rows) == 3
    assert all(re.search(r'class="(under|soft)">[^<]{10,}<', row) for row in rows)
    assert "eigen afspraak vanaf 01-01-2026: € 60,00 per uur" in rows[0]
    assert "voorlopig" in rows[2]
    known = _get(client, tenancy, known_at=f"{corporation.today}")
    assert 'id="costs"' not in known


def test_the_line_asks_the_same_questions_whatever_its_length(
    client: Client, corporation: Corporation, tenancy: int
) -> None:
    asked: list[int] = []
    for size in (1, 3, 20):
        for number in range(size):
            made = 100 * size + number
            _call(
                corporation,
                tenancy,
                age=number + 1,
                reached=Reached.TALKED,
                outcome=Outcome.PROMISE,
                promise_cents=1_000,
                promise_on=corporation.today,
            )
            _sent(corporation, tenancy, number=made, age=number)
        seen: list[str] = []

        def listen(execute, sql, params, many, context, seen=seen):  # type: ignore[no-untyped-def]
            seen.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(listen):
            _get(client, tenancy)
        asked.append(len(seen))
    assert asked == [asked[0]] * 3


def test_an_english_reader_gets_english_filters(client: Client, tenancy: int) -> None:
    client.post("/taal", {"language": "en", "next": "/zoeken"})
    shown = _line(_get(client, tenancy))
    assert ("Time line" in shown, ">decisions <" in shown, "tijdlijn=besluiten" in shown) == (True,) * 3
    assert timezone.localdate().isoformat() not in shown.split("</nav>")[0]
