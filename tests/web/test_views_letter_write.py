"""Writing a letter at the page: what can be written, what is typed, how it looks, and what comes of it."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.test import Client
from tests.letters import offices

from doors import Corporation
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.ledger.actions_marks import add_waiting
from tijdig.letters.models import Letter, Sending
from tijdig.tenancies.models import Home
from tijdig.tenancies.queries import tenancy_ids_by_contract
from tijdig.web import views_letter_write


@pytest.fixture
def tenancy(corporation: Corporation) -> int:
    contract = corporation.lease(1)
    offices.letterhead(corporation.organisation)
    with organisation_scope(corporation.organisation):
        return tenancy_ids_by_contract([contract])[contract]


@pytest.fixture
def consultant(corporation: Corporation) -> Client:
    return corporation.signed_in(Role.CONSULTANT)


def test_every_kind_is_there_with_why_it_cannot_be_now(consultant: Client, tenancy: int) -> None:
    page = consultant.get(f"/huurder/{tenancy}/brief").content.decode()
    can, _, cannot = page.partition("Kan nu niet")
    assert "Vriendelijke herinnering" in can
    assert "Veertiendagenbrief" in can
    assert "Er is nog geen geldige veertiendagenbrief" in cannot
    assert "Afsluiting" in cannot  # something is open, so it is not settled
    assert "Er staat nog € 1.300,20 open" in cannot.replace("\u00a0", " ")


def test_without_a_letterhead_the_page_says_what_to_do(corporation: Corporation) -> None:
    contract = corporation.lease(1)
    pk = tenancy_ids_by_contract([contract])[contract]
    page = corporation.signed_in(Role.CONSULTANT).get(f"/huurder/{pk}/brief").content.decode()
    assert "Er is nog geen briefhoofd" in page


def test_the_form_shows_the_letter_at_once(consultant: Client, tenancy: int) -> None:
    page = consultant.get(f"/huurder/{tenancy}/brief/reminder").content.decode()
    assert '<svg class="sheet"' in page
    assert "€ 1.300,20" in page.replace("\u00a0", " ")


def test_what_is_typed_is_in_the_look_and_nothing_is_kept(consultant: Client, tenancy: int) -> None:
    typed = {"stuur": "1", "pay_before_on": "2099-06-03"}
    page = consultant.post(f"/huurder/{tenancy}/brief/reminder/voorbeeld", typed).content.decode()
    assert "3 juni 2099" in page.replace("\u00a0", " ")
    assert Letter.objects.count() == 0


def test_sending_the_form_makes_the_letter_and_shows_it(consultant: Client, tenancy: int) -> None:
    typed = {"stuur": "1", "formulier": "0" * 31 + "1"}
    for _ in range(2):  # a double click is one letter
        answer = consultant.post(f"/huurder/{tenancy}/brief/friendly_reminder", typed)
        assert answer.status_code == 302
    made = Letter.objects.get()
    assert answer.headers["Location"] == f"/brieven/{made.pk}"
    assert Sending.objects.get().channel == "print"  # no e-mail address is known
    assert "Proef Consultant" in consultant.get(f"/brieven/{made.pk}").content.decode()


def test_what_is_missing_stands_at_the_form_with_all_that_was_typed(consultant: Client, tenancy: int) -> None:
    typed = {"stuur": "1", "meet_on": "geen dag", "meet_place": "Havenkade 12"}
    answer = consultant.post(f"/huurder/{tenancy}/brief/invitation", typed)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "&#x27;geen dag&#x27; is geen dag" in page
    assert 'value="Havenkade 12"' in page
    assert Letter.objects.count() == 0


def test_each_field_has_its_own_error_and_a_link_to_it_on_top(consultant: Client, tenancy: int) -> None:
    typed = {"stuur": "1", "meet_on": "geen dag", "meet_time": "halfdrie"}
    page = consultant.post(f"/huurder/{tenancy}/brief/invitation", typed).content.decode()
    top, _, form = page.partition('id="write" novalidate')
    assert 'id="errors" role="alert" tabindex="-1" autofocus' in top
    for name, sentence in (
        ("meet_on", "is geen dag. Schrijf bijvoorbeeld 21-11-2026."),
        ("meet_time", "Vul een tijd in zoals 14:30."),
        ("meet_place", "Vul dit in op één regel, met ten hoogste 100 tekens."),
    ):
        assert sentence in form.split(f'id="{name}-error"')[1].split("</p>")[0]
        assert sentence in top.split(f'href="#{name}"')[1].split("</a>")[0]
    assert "Boven het formulier staat wat nog niet klopt." in form


def test_an_empty_form_says_what_to_do_and_has_no_errors(consultant: Client, tenancy: int) -> None:
    page = consultant.get(f"/huurder/{tenancy}/brief/invitation").content.decode()
    assert "Vul in het formulier in wat nog ontbreekt." in page
    assert ('id="errors"' in page, "aria-invalid" in page) == (False, False)


def test_a_second_letter_of_a_kind_today_is_refused_before_it_is_sent(
    consultant: Client, corporation: Corporation, tenancy: int
) -> None:
    address = f"/huurder/{tenancy}/brief/friendly_reminder"
    assert consultant.post(address, {"stuur": "1"}).status_code == 302
    made = Letter.objects.get()
    link = f'<a href="/brieven/{made.pk}">Bekijk die brief</a>'
    look = consultant.post(
        f"{address}/voorbeeld", {"stuur": "1"}, headers={"HX-Request": "true"}
    ).content.decode()
    refused = consultant.post(address, {"stuur": "1"})
    choose = consultant.get(f"/huurder/{tenancy}/brief").content.decode()
    for page in (consultant.get(address).content.decode(), look, refused.content.decode(), choose):
        assert "Deze brief is vandaag al aan deze huurder geschreven." in page
        assert link in page
    assert (refused.status_code, Letter.objects.count()) == (400, 1)
    assert '<svg class="sheet"' not in look
    taken_back = {"deed": "take_back"}
    consultant.post(f"/brieven/bericht/{Sending.objects.get().pk}", taken_back)
    assert '<svg class="sheet"' in consultant.get(address).content.decode()


def test_the_page_to_choose_shows_what_went_before(consultant: Client, tenancy: int) -> None:
    address = f"/huurder/{tenancy}/brief"
    assert "Wat al ging of klaarligt" not in consultant.get(address).content.decode()
    consultant.post(f"{address}/friendly_reminder", {"stuur": "1"})
    page = consultant.get(address).content.decode()
    before = page.split('id="before-title"')[1].split("</section>")[0]
    assert f'href="/brieven/{Letter.objects.get().pk}"' in before
    assert "op papier, klaar om te gaan" in before


def test_money_in_the_queue_is_said_once_with_the_way_to_it(
    consultant: Client, corporation: Corporation, tenancy: int
) -> None:
    with organisation_scope(corporation.organisation):
        add_waiting(
            organisation_id=corporation.organisation,
            source="bank",
            rows=[("r1", tenancy, 70_000)],
            on=corporation.today,
        )
    page = consultant.get(f"/huurder/{tenancy}/brief").content.decode().replace("\u00a0", " ")
    assert page.count("In de wachtrij staat € 700,00 die van deze huurder kan zijn.") == 1
    assert f'href="/wachtrij?huurder={tenancy}"' in page
    assert "Kan nu niet" in page
    assert 'id="open-friendly_reminder"' not in page
    form = consultant.get(f"/huurder/{tenancy}/brief/friendly_reminder").content.decode()
    assert f'href="/wachtrij?huurder={tenancy}"' in form


def test_what_is_in_the_way_of_every_kind_is_said_once(
    consultant: Client, corporation: Corporation, tenancy: int
) -> None:
    with organisation_scope(corporation.organisation):
        Home.objects.update(postcode="", city="")
    page = consultant.get(f"/huurder/{tenancy}/brief").content.decode()
    assert page.count("Het adres is niet compleet.") == 1
    assert page.count(f'<a href="/huurder/{tenancy}/voorkeuren">Hoe brieven komen</a>') == 1
    assert "Kan pas na wat hierboven staat." in page
    assert 'class="kinds"' not in page  # nothing can be written


@pytest.mark.parametrize(
    ("person", "way", "said"),
    [
        ({}, "print", "De brief is gemaakt. Hij ligt klaar voor de post."),
        ({"email": "m@voorbeeld.example"}, "email", "De brief is gemaakt. Het bericht "),
    ],
)
def test_what_happens_now_is_said_on_the_page_of_the_letter(
    person: dict[str, str], way: str, said: str, consultant: Client, corporation: Corporation
) -> None:
    offices.letterhead(corporation.organisation)
    tenancy = offices.tenant(corporation.organisation, **{"email": "", "phone": "", **person})
    typed = {"stuur": "1", "weg": way}
    answer = consultant.post(f"/huurder/{tenancy}/brief/friendly_reminder", typed, follow=True)
    assert said in answer.content.decode().split('class="notes"')[1].split("</div></div>")[0]


def test_the_hour_of_a_message_that_waits_is_said(
    consultant: Client, corporation: Corporation, monkeypatch: pytest.MonkeyPatch
) -> None:
    offices.letterhead(corporation.organisation)
    tenancy = offices.tenant(corporation.organisation)
    evening = datetime(2026, 11, 21, 20, 30, tzinfo=UTC)  # a Saturday
    monkeypatch.setattr(views_letter_write, "timezone", SimpleNamespace(now=lambda: evening))
    monkeypatch.setattr(views_letter_write, "today", evening.date)
    answer = consultant.post(f"/huurder/{tenancy}/brief/friendly_reminder", {"stuur": "1"}, follow=True)
    assert "Het bericht gaat maandag 23 november om 07.00 uur." in answer.content.decode()


def test_the_button_says_what_the_way_does(
    consultant: Client, corporation: Corporation, tenancy: int
) -> None:
    paper = consultant.get(f"/huurder/{tenancy}/brief/friendly_reminder").content.decode()
    assert ("Maak de brief" in paper, "Maak en verstuur" in paper) == (True, False)
    both = offices.tenant(corporation.organisation)
    page = consultant.get(f"/huurder/{both}/brief/friendly_reminder").content.decode()
    assert ('class="makes-paper"' in page, 'class="makes-message"' in page) == (True, True)


def test_an_early_signal_suggests_the_town(consultant: Client, tenancy: int) -> None:
    page = consultant.get(f"/huurder/{tenancy}/brief/early_signal").content.decode()
    assert 'name="municipality" value="Utrecht"' in page


@pytest.mark.parametrize(
    ("phone", "said"),
    [
        ("010 1234567", "(geen geldig mobiel nummer)"),
        ("", "(nog geen nummer bekend)"),
    ],
)
def test_preferences_say_why_there_is_no_message_by_telephone(
    phone: str, said: str, consultant: Client, corporation: Corporation
) -> None:
    tenancy = offices.tenant(corporation.organisation, phone=phone)
    page = consultant.get(f"/huurder/{tenancy}/voorkeuren").content.decode()
    assert said in page.split('id="weg-sms')[1].split("</p>")[0]


def test_a_doubtful_amount_asks_for_a_reason_and_keeps_it(
    consultant: Client, corporation: Corporation, tenancy: int
) -> None:
    with organisation_scope(corporation.organisation):
        from tijdig.ledger.actions import post
        from tijdig.ledger.entry import EntryDraft
        from tijdig.ledger.kinds import Kind

        paid = EntryDraft(
            f"C{corporation.organisation}-1", Kind.PAYMENT, -110_000, corporation.today, corporation.today, "t", "p"
        )  # fmt: skip
        assert post(
            organisation_id=corporation.organisation, drafts=[paid], actor="test", on=corporation.today
        ).problems == []  # fmt: skip
    address = f"/huurder/{tenancy}/brief/fourteen_day"
    page = consultant.get(address).content.decode()
    assert "Waarom neemt u dit toch over?" in page
    assert consultant.post(address, {"stuur": "1"}).status_code == 400
    assert consultant.post(address, {"stuur": "1", "reden": "Overlegd."}).status_code == 302
    row = Letter.objects.get()
    assert row.override_by == "Proef Consultant"
    assert "Overlegd." in consultant.get(f"/brieven/{row.pk}").content.decode()


@pytest.mark.parametrize("path", ["geen_soort", "reminder/voorbeeld/meer", ""])
def test_an_unknown_kind_is_not_there(consultant: Client, tenancy: int, path: str) -> None:
    assert consultant.get(f"/huurder/{tenancy}/brief/{path}").status_code == 404


def test_a_tenancy_of_another_corporation_is_not_there(consultant: Client) -> None:
    assert consultant.get("/huurder/999999/brief/reminder").status_code == 404
    assert consultant.get("/huurder/999999/brief").status_code == 404
    assert consultant.get("/huurder/999999/voorkeuren").status_code == 404


def test_preferences_are_kept_and_the_letter_follows_them(consultant: Client, tenancy: int) -> None:
    page = consultant.get(f"/huurder/{tenancy}/voorkeuren").content.decode()
    person = page.split('name="persoon" value="')[1].split('"')[0]
    typed = {
        "persoon": person,
        "taal": "ENG",
        "groot": "on",
        "weg": "print",
        "adres": "Postbus 1\r\n3000 AA Rotterdam",
    }
    assert consultant.post(f"/huurder/{tenancy}/voorkeuren", typed).status_code == 302
    page = consultant.get(f"/huurder/{tenancy}/brief/friendly_reminder").content.decode()
    assert "Postbus 1" in page
    assert "Kind regards" in page


@pytest.mark.parametrize("typed", [{}, {"persoon": "0"}, {"persoon": "x"}])
def test_preferences_of_nobody_are_not_kept(consultant: Client, tenancy: int, typed: dict[str, str]) -> None:
    assert consultant.post(f"/huurder/{tenancy}/voorkeuren", typed).status_code == 404
