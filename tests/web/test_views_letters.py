"""The outbox and a letter, as people see them and act on them, with script and without."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from tests.letters import offices

from doors import Corporation
from tijdig.access.actions import create_organisation
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.letters import models
from tijdig.letters.actions import write
from tijdig.letters.actions_mailbox import Mailbox
from tijdig.letters.actions_sending import send_next
from tijdig.letters.letter import Kind
from tijdig.letters.wish import Wish
from tijdig.web import views_letters

HX = {"HX-Request": "true"}
NAME = "De Vries, M."


@pytest.fixture
def office(corporation: Corporation) -> Corporation:
    offices.letterhead(corporation.organisation, trial=True)
    return corporation


def written(
    office: Corporation, number: int = 1, kind: Kind = Kind.FRIENDLY_REMINDER, **more: Any
) -> models.Sending:
    """A letter to a tenant of its own, and the message that waits."""
    person = {name: more.pop(name) for name in ("email", "phone", "months") if name in more}
    wish = Wish(
        tenancy_id=offices.tenant(office.organisation, number, **person), kind=kind, on=offices.TODAY, **more
    )
    letter = write(
        organisation_id=office.organisation, actor="user:1", by="Sanne Kuiper", wish=wish, now=offices.NOON
    )
    return models.Sending.objects.get(letter_id=letter)


def standing(sending: models.Sending, state: str, why: str = "", detail: str = "") -> None:
    models.Sending.objects.filter(pk=sending.pk).update(
        state=state,
        why=why,
        ended_at=offices.LATER,
        sent_on=offices.TODAY if state in ("sent", "delivered", "bounced") else None,
    )
    models.SendingText.objects.filter(sending=sending).update(detail=detail)


def text_of(answer: Any) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def buttons(answer: Any, sending: models.Sending) -> list[str]:
    """What can be pressed in the row of this message."""
    row = answer.content.decode().split(f'<li id="sending-{sending.pk}"')[1].split("</li>")[0]
    return re.findall(r'name="deed" value="(\w+)"', row)


def deed(client: Client, sending: models.Sending, what: str, **more: str) -> Any:
    headers = more.pop("headers", HX)
    return client.post(
        f"/brieven/bericht/{sending.pk}", {"deed": what, "bak": "wacht", **more}, headers=headers
    )


TRAYS = {
    "queued": "klaar", "handing": "klaar", "printing": "klaar", "sent": "verstuurd", "delivered": "verstuurd",
    "bounced": "wacht", "refused": "wacht", "unsure": "wacht", "held": "wacht", "cancelled": "ingetrokken",
}  # fmt: skip


@pytest.mark.parametrize(
    ("state", "why", "expected"),
    [
        ("queued", "", ["hold_back", "take_back"]),
        ("handing", "", []),
        ("sent", "", ["came_back"]),
        ("delivered", "", ["came_back"]),
        ("cancelled", "", []),
        ("held", "by_hand", ["release", "take_back"]),
        ("held", "paid_since", ["take_back", "release"]),
        ("held", "died", ["take_back", "release"]),
        ("held", "no_carrier", ["print", "sms", "release", "take_back"]),
        ("held", "carrier_down", ["print", "sms", "release", "take_back"]),
        ("refused", "address_refused", ["print", "sms", "take_back"]),
        ("bounced", "bounced", ["print", "sms", "deal_with"]),
        ("unsure", "stopped", ["say_sent", "go_again", "take_back"]),
    ],
)
def test_each_state_has_its_tray_its_words_and_its_buttons(
    state: str, why: str, expected: list[str], office: Corporation
) -> None:
    sending = written(office)
    standing(sending, state, why, "550 mailbox unavailable")
    answer = office.signed_in(Role.CONSULTANT).get("/brieven", {"bak": TRAYS[state]})
    assert buttons(answer, sending) == expected
    from tijdig.letters.holds import WHY

    said = text_of(answer)
    assert (WHY.get(why, "") in said, NAME in said) == (True, True)
    assert ("550 mailbox unavailable" in said) is (state not in ("sent", "delivered", "cancelled"))


def test_what_nobody_is_sure_of_can_be_looked_up_by_its_key(office: Corporation) -> None:
    sending = written(office)
    standing(sending, "unsure", "stopped")
    page = office.signed_in(Role.CONSULTANT).get("/brieven").content.decode()
    assert sending.key.hex in page
    assert 'name="sent_on" value="2026-11-02"' in page


def test_a_letter_in_a_batch_leads_to_its_batch(office: Corporation) -> None:
    sending = written(office, email="", phone="")
    client = office.signed_in(Role.CONSULTANT)
    client.post("/brieven/batch")
    sending.refresh_from_db()
    answer = client.get("/brieven?bak=klaar")
    assert buttons(answer, sending) == []
    assert (
        f'href="/brieven/batch/{sending.batch_id}">batch {sending.batch_id}, brief 1'
        in answer.content.decode()
    )


def test_a_changed_address_opens_the_same_way_again(office: Corporation) -> None:
    sending = written(office)
    standing(sending, "refused", "address_refused")
    models.SendingText.objects.update(address="oud@voorbeeld.example")
    answer = office.signed_in(Role.CONSULTANT).get("/brieven")
    assert buttons(answer, sending) == ["email", "print", "sms", "take_back"]


def test_the_outbox_opens_on_what_waits_and_else_on_what_is_ready(office: Corporation) -> None:
    sending, client = written(office), office.signed_in(Role.CONSULTANT)
    current = [_current(client)]
    standing(sending, "held", "by_hand")
    current.append(_current(client))
    assert current == ["Klaar om te gaan 1", "Wacht op iemand 1"]


def _current(client: Client) -> str:
    page = client.get("/brieven").content.decode()
    tab = page.split('<nav class="chips"')[1].split('aria-current="page"')[1].split("</a>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", tab.partition(">")[2]).split())


def test_the_tabs_count_what_is_in_them(office: Corporation) -> None:
    for number, state in enumerate(("queued", "queued", "held", "unsure", "sent", "cancelled"), 1):
        standing(written(office, number), state, "by_hand" if state == "held" else "")
    said = text_of(office.signed_in(Role.MANAGER).get("/brieven"))
    assert "Wacht op iemand 2 Klaar om te gaan 2 Verstuurd 1 Ingetrokken 1" in said


def test_what_came_back_waits_until_it_went_another_way(office: Corporation) -> None:
    sending, client = written(office), office.signed_in(Role.CONSULTANT)
    standing(sending, "bounced", "bounced", "550 5.1.1")
    assert "Wacht op iemand 1" in text_of(client.get("/brieven"))
    answer = deed(client, sending, "print")
    assert (answer.status_code, "De brief gaat nu op papier" in text_of(answer)) == (200, True)
    assert "Wacht op iemand 0 Klaar om te gaan 1 Verstuurd 1" in text_of(answer)
    assert buttons(answer, sending) == []
    assert buttons(client.get("/brieven?bak=verstuurd"), sending) == []


@pytest.mark.parametrize(
    ("state", "why", "what", "after"),
    [
        ("held", "by_hand", "release", "queued"),
        ("held", "by_hand", "take_back", "cancelled"),
        ("queued", "", "hold_back", "held"),
        ("queued", "", "take_back", "cancelled"),
        ("unsure", "stopped", "go_again", "queued"),
        ("unsure", "stopped", "take_back", "cancelled"),
        ("refused", "address_refused", "take_back", "cancelled"),
        ("refused", "address_refused", "print", "cancelled"),
    ],
)
def test_a_button_does_what_it_says_and_the_row_and_counts_come_back(
    state: str, why: str, what: str, after: str, office: Corporation
) -> None:
    sending = written(office)
    standing(sending, state, why)
    answer = deed(office.signed_in(Role.CONSULTANT), sending, what)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.startswith(f'<li id="sending-{sending.pk}"')
    assert 'id="outbox-top" class="outbox-top" hx-swap-oob="true"' in page
    assert "data-after" in page
    sending.refresh_from_db()
    assert sending.state == after


def test_another_way_makes_a_message_of_its_own(office: Corporation) -> None:
    sending = written(office)
    standing(sending, "refused", "address_refused")
    deed(office.signed_in(Role.CONSULTANT), sending, "sms")
    assert list(models.Sending.objects.order_by("id").values_list("channel", "state")) == [
        ("email", "cancelled"),
        ("sms", "queued"),
    ]


def test_without_script_the_tab_comes_back_and_says_what_was_done(office: Corporation) -> None:
    sending, client = written(office), office.signed_in(Role.CONSULTANT)
    answer = deed(client, sending, "hold_back", next="/brieven?bak=klaar", headers={})
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        f"/brieven?bak=klaar#sending-{sending.pk}",
    )
    said = text_of(client.get("/brieven?bak=klaar"))
    assert f"Vriendelijke herinnering {sending.letter.reference}, {NAME}: Tegengehouden." in said


def test_without_script_what_cannot_be_is_said_on_the_next_page(office: Corporation) -> None:
    sending, client = written(office), office.signed_in(Role.CONSULTANT)
    deed(client, sending, "take_back", headers={})
    answer = deed(client, sending, "take_back", headers={})
    assert answer.headers["Location"] == f"/brieven#sending-{sending.pk}"
    assert "Dit bericht staat er intussen anders voor." in text_of(client.get("/brieven"))


def test_a_form_sends_nobody_elsewhere(office: Corporation) -> None:
    sending, client = written(office), office.signed_in(Role.CONSULTANT)
    answer = deed(client, sending, "hold_back", next="https://elders.test/", headers={})
    assert answer.headers["Location"] == f"/brieven#sending-{sending.pk}"


def test_what_a_colleague_did_meanwhile_is_said_at_the_row(office: Corporation) -> None:
    sending, client = written(office), office.signed_in(Role.CONSULTANT)
    standing(sending, "sent")
    answer = deed(client, sending, "take_back")
    assert answer.status_code == 422
    row = text_of(answer)
    assert ("Dit bericht staat er intussen anders voor." in row, "verstuurd" in row) == (True, True)
    sending.refresh_from_db()
    assert sending.state == "sent"


@pytest.mark.parametrize("day", ["", "gisteren", "2026-10-31", "2999-01-01"])
def test_a_day_on_which_it_cannot_have_gone_is_refused(day: str, office: Corporation) -> None:
    sending = written(office)
    standing(sending, "unsure", "stopped")
    answer = deed(office.signed_in(Role.CONSULTANT), sending, "say_sent", sent_on=day)
    assert (answer.status_code, "Vul de dag in waarop het ging" in text_of(answer)) == (422, True)
    sending.refresh_from_db()
    assert sending.state == "unsure"


def test_somebody_saw_that_it_went(office: Corporation) -> None:
    sending = written(office)
    standing(sending, "unsure", "stopped")
    answer = deed(office.signed_in(Role.CONSULTANT), sending, "say_sent", sent_on="2026-11-02")
    assert answer.status_code == 200
    sending.refresh_from_db()
    assert (sending.state, sending.sent_on) == ("sent", offices.TODAY)


@pytest.mark.parametrize("what", ["", "sent", "x' OR 1=1", "release"])
def test_a_deed_that_is_none_changes_nothing(what: str, office: Corporation) -> None:
    sending = written(office)
    assert deed(office.signed_in(Role.CONSULTANT), sending, what).status_code == 422
    sending.refresh_from_db()
    assert sending.state == "queued"


def test_who_may_not_write_sees_no_buttons_and_is_refused(office: Corporation) -> None:
    sending, client = written(office), office.signed_in(Role.MANAGER)
    assert buttons(client.get("/brieven?bak=klaar"), sending) == []
    assert deed(client, sending, "take_back").status_code == 403
    assert client.post(f"/brieven/{sending.letter_id}/stuur", {"deed": "sms"}).status_code == 403


def test_letters_of_another_corporation_are_not_there(office: Corporation) -> None:
    sending = written(office, email="")
    office.signed_in(Role.CONSULTANT).post("/brieven/batch")
    sending.refresh_from_db()
    other = Corporation(create_organisation(name="Andere", slug=f"andere-{uuid4().hex[:8]}"), office.today)
    client = other.signed_in(Role.TEAM_LEAD)
    gets = [f"/brieven/{sending.letter_id}", f"/brieven/{sending.letter_id}/pdf",
            f"/brieven/batch/{sending.batch_id}", f"/brieven?batch={sending.batch_id}"]  # fmt: skip
    posts = [f"/brieven/bericht/{sending.pk}", f"/brieven/{sending.letter_id}/stuur",
             f"/brieven/batch/{sending.batch_id}/intrekken", f"/brieven/batch/{sending.batch_id}/meegeven"]  # fmt: skip
    form = {"deed": "print", "on": f"{office.today}"}
    assert {one: client.get(one).status_code for one in gets} == dict.fromkeys(gets, 404)
    assert {one: client.post(one, form).status_code for one in posts} == dict.fromkeys(posts, 404)
    with organisation_scope(office.organisation):
        assert models.Sending.objects.get().state == "printing"


ODD = ["bak=x", "bak=", "voor=x", "voor=-1", "voor=99999999999999999999", "bak=klaar&voor=1", "bak=%27;--"]


@pytest.mark.parametrize("query", ODD)
def test_odd_addresses_show_the_page(query: str, office: Corporation) -> None:
    written(office)
    client = office.signed_in(Role.CONSULTANT)
    assert [
        client.get(f"/{page}?{query}").status_code for page in ("brieven", "brieven/stand", "postvak")
    ] == [200] * 3


@pytest.mark.parametrize("number", ["0", "999999", "99999999999999999999"])
def test_what_is_not_there_is_not_found(number: str, office: Corporation) -> None:
    client = office.signed_in(Role.TEAM_LEAD)
    gets = [f"/brieven/{number}", f"/brieven/{number}/pdf", f"/brieven/batch/{number}",
            f"/brieven/batch/deel/{number}"]  # fmt: skip
    posts = [f"/brieven/bericht/{number}", f"/brieven/{number}/stuur", f"/brieven/batch/{number}/intrekken",
             f"/brieven/batch/{number}/meegeven"]  # fmt: skip
    form = {"deed": "print", "on": f"{office.today}"}
    assert {one: client.get(one).status_code for one in gets} == dict.fromkeys(gets, 404)
    assert {one: client.post(one, form).status_code for one in posts} == dict.fromkeys(posts, 404)


def _many(office: Corporation, number: int) -> None:
    """So many messages of one letter, which the lists do not tell from messages of many."""
    first = written(office)
    rows = [
        models.Sending(
            organisation_id=office.organisation, letter_id=first.letter_id, channel="email", key=uuid4(),
            state="cancelled", go_at=offices.NOON, asked_by="user:1",
        )
        for _ in range(number)
    ]  # fmt: skip
    models.Sending.objects.bulk_create(rows)


def test_a_long_list_goes_on_where_it_was(office: Corporation) -> None:
    _many(office, 120)
    client, address, seen = office.signed_in(Role.CONSULTANT), "/brieven?bak=ingetrokken", list[str]()
    while address:
        page = client.get(address, headers=HX if seen else {}).content.decode()
        seen += re.findall(r'<li id="sending-(\d+)"', page)
        onward = re.search(r'<li class="more"><a href="([^"]+)"', page)
        address = f"/brieven{html.unescape(onward[1])}" if onward else ""
    expected = models.Sending.objects.filter(state="cancelled").order_by("-id").values_list("pk", flat=True)
    assert seen == [str(pk) for pk in expected]


def test_the_outbox_asks_the_same_questions_whatever_its_length(office: Corporation) -> None:
    client, asked = office.signed_in(Role.CONSULTANT), {}
    for number in (1, 2, 6):
        while models.Sending.objects.count() < number:
            standing(written(office, models.Sending.objects.count() + 1), "refused", "address_refused")
        statements: list[str] = []

        def listen(
            execute: Any, sql: str, params: Any, many: bool, context: Any, to: Any = statements
        ) -> Any:
            if not sql.startswith(("SAVEPOINT", "RELEASE", "SELECT set_config")):
                to.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(listen):
            assert client.get("/brieven?bak=wacht").status_code == 200
        asked[number] = len(statements)
    assert asked == dict.fromkeys(asked, asked[1])
    assert asked[1] <= 14


def test_the_top_is_sent_again_only_when_something_changed(office: Corporation) -> None:
    sending, client = written(office), office.signed_in(Role.CONSULTANT)
    page = client.get("/brieven?bak=klaar").content.decode()
    address = html.unescape(re.search(r'hx-get="(/brieven/stand[^"]+)"', page)[1])  # type: ignore[index]
    assert client.get(address, headers=HX).status_code == 204
    standing(sending, "sent")
    answer = client.get(address, headers=HX)
    assert (answer.status_code, "Klaar om te gaan 0" in text_of(answer)) == (200, True)
    assert "Deze lijst is veranderd: ververs" in text_of(answer)
    assert "hx-trigger" not in answer.content.decode()


def test_a_quiet_outbox_does_not_ask_again(office: Corporation) -> None:
    written(office, email="")
    assert "/brieven/stand" not in office.signed_in(Role.CONSULTANT).get("/brieven").content.decode()


@pytest.mark.parametrize(
    ("bak", "words"),
    [
        ("wacht", "Geen brief wacht op iemand."),
        ("klaar", "Er staat niets klaar om te gaan."),
        ("verstuurd", "Er is nog niets verstuurd."),
        ("ingetrokken", "Er is niets ingetrokken."),
    ],
)
def test_an_empty_tray_says_so(bak: str, words: str, office: Corporation) -> None:
    assert words in text_of(office.signed_in(Role.CONSULTANT).get("/brieven", {"bak": bak}))


def test_a_letter_is_read_as_text_with_its_proof(office: Corporation) -> None:
    sending = written(office)
    letter = models.Letter.objects.get()
    answer = office.signed_in(Role.CUSTOMER_SERVICE).get(f"/brieven/{letter.pk}")
    said, page = text_of(answer), answer.content.decode()
    assert ("Beste mevrouw De Vries," in said, letter.digest in said, "Sanne Kuiper" in said) == (True,) * 3
    assert '<th scope="col" class="money">Nog open</th>' in page
    assert "Totaal € 1.400,00" in said
    assert "opnieuw maken geeft dezelfde bytes" in said
    assert buttons(answer, sending) == []
    assert "Ook een andere weg" not in said


def test_the_paper_is_the_exact_one(office: Corporation) -> None:
    written(office)
    letter = models.Letter.objects.get()
    answer = office.signed_in(Role.CUSTOMER_SERVICE).get(f"/brieven/{letter.pk}/pdf")
    assert bytes(answer.content) == bytes(models.LetterPaper.objects.get().pdf)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'inline; filename="{letter.reference}.pdf"'


def test_a_letter_made_again_is_compared(office: Corporation) -> None:
    written(office)
    letter = models.Letter.objects.get()
    said = text_of(office.signed_in(Role.CONSULTANT).get(f"/brieven/{letter.pk}?opnieuw=1"))
    assert "tot op de byte dezelfde brief" in said


def test_a_letter_of_an_erased_person_says_what_is_left(office: Corporation) -> None:
    written(office)
    letter = models.Letter.objects.get()
    models.LetterPaper.objects.all().delete()
    client = office.signed_in(Role.CONSULTANT)
    said = text_of(client.get(f"/brieven/{letter.pk}?opnieuw=1"))
    assert ("De tekst van deze brief is gewist" in said, letter.digest in said) == (True, True)
    assert client.get(f"/brieven/{letter.pk}/pdf").status_code == 404


def test_a_fourteen_day_letter_says_its_term_once_it_went(office: Corporation) -> None:
    """Sent on Monday 2 November 2026: counts as delivered on Wednesday 4, the last day is 18, costs from 19 November."""
    sending = written(office, kind=Kind.FOURTEEN_DAY)
    client, address = office.signed_in(Role.CONSULTANT), f"/brieven/{models.Letter.objects.get().pk}"
    assert "De termijn begint pas als de brief is verstuurd." in text_of(client.get(address))
    standing(sending, "sent")
    answer = client.get(address)
    said = text_of(answer)
    assert f"{address}/stuur" not in answer.content.decode()  # it went the only way that it may take
    assert "Zonder kosten tot en met 18-11-2026" in said
    assert "verschuldigd vanaf donderdag 19 november 2026" in said


def test_who_took_it_upon_himself_is_named(office: Corporation) -> None:
    offices.tenant(office.organisation, months=1)
    offices.pay(office.organisation, 1, 50_000, offices.TODAY - timedelta(days=20))
    wish = Wish(
        tenancy_id=models.Tenancy.objects.get().pk,
        kind=Kind.FOURTEEN_DAY,
        on=offices.TODAY,
        reason="Overlegd.",
    )
    pk = write(
        organisation_id=office.organisation, actor="user:1", by="Ruud Jansen", wish=wish, now=offices.NOON
    )
    said = text_of(office.signed_in(Role.CONSULTANT).get(f"/brieven/{pk}"))
    assert "Ruud Jansen: “Overlegd.”" in said


def test_a_letter_goes_another_way_from_its_page(office: Corporation) -> None:
    sending, client = written(office), office.signed_in(Role.CONSULTANT)
    address = f"/brieven/{sending.letter_id}"
    page = client.get(address).content.decode()
    assert re.findall(r'name="deed" value="(\w+)"', page.split("/stuur")[1].split("</form>")[0]) == [
        "print",
        "sms",
    ]
    answer = client.post(f"{address}/stuur", {"deed": "print"})
    assert (answer.status_code, answer.headers["Location"]) == (302, address)
    said = text_of(client.get(address))
    assert "De brief gaat nu op papier" in said
    assert list(models.Sending.objects.order_by("id").values_list("channel", "state")) == [
        ("email", "cancelled"),
        ("print", "queued"),
    ]


def test_a_way_that_is_closed_is_said(office: Corporation) -> None:
    sending, client = written(office, phone=""), office.signed_in(Role.CONSULTANT)
    client.post(f"/brieven/{sending.letter_id}/stuur", {"deed": "sms"})
    assert "Deze brief kan niet per sms." in text_of(client.get(f"/brieven/{sending.letter_id}"))
    assert models.Sending.objects.count() == 1


def test_the_tries_and_their_ends_are_told(office: Corporation) -> None:
    sending = written(office)
    send_next(
        organisation_id=office.organisation,
        carriers=_mailbox(office.organisation),
        now=offices.NOON,
    )
    said = text_of(office.signed_in(Role.CONSULTANT).get(f"/brieven/{sending.letter_id}"))
    assert ("poging 1 aangeboden" in said, "poging 1 aangenomen" in said, "Bewijs: postvak" in said) == (
        True,
    ) * 3


def _mailbox(organisation: int) -> Any:
    from tijdig.carriers.chosen import Carriers

    box = Mailbox(organisation)
    return Carriers(email=box, sms=box)


def test_the_mailbox_shows_what_would_have_gone(office: Corporation) -> None:
    from tijdig.carriers.channel import Channel

    written(office)
    written(office, 2, channel=Channel.SMS)
    for _ in range(2):
        send_next(
            organisation_id=office.organisation, carriers=_mailbox(office.organisation), now=offices.NOON
        )
    client = office.signed_in(Role.MANAGER)
    page = client.get("/postvak").content.decode()
    assert re.findall(r'<li class="mail mail-(\w+)"', page) == ["sms", "email"]
    letter = models.Letter.objects.order_by("id").first()
    assert letter is not None
    assert f'<a href="/brieven/{letter.pk}/pdf">{letter.reference}.pdf</a>' in page
    assert "Bekijk het postvak" in text_of(client.get("/brieven"))


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (offices.NOON, "hij komt hier binnen een paar tellen."),
        (datetime(2026, 11, 22, 11, tzinfo=UTC), "hij komt hier maandag 23 november om 07.00 uur."),
    ],
)
def test_an_empty_mailbox_says_when_a_message_comes(
    now: datetime, words: str, office: Corporation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views_letters, "timezone", SimpleNamespace(now=lambda: now))
    assert words in text_of(office.signed_in(Role.MANAGER).get("/postvak"))


def test_messages_that_wait_for_their_hour_are_told_in_the_mailbox(
    office: Corporation, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening = datetime(2026, 11, 2, 20, 30, tzinfo=UTC)
    monkeypatch.setattr(views_letters, "timezone", SimpleNamespace(now=lambda: evening))
    for number, hour in ((1, 6), (2, 8), (3, -1)):
        sending = written(office, number)
        go_at = datetime(2026, 11, 3, hour, tzinfo=UTC) if hour > 0 else offices.NOON
        models.Sending.objects.filter(pk=sending.pk).update(go_at=go_at)
    said = text_of(office.signed_in(Role.MANAGER).get("/postvak"))
    assert "Er wachten 2 berichten; het eerste gaat dinsdag 3 november om 07.00 uur." in said
    assert "hij komt hier" not in said


def test_who_held_a_message_back_is_named(office: Corporation) -> None:
    client = office.signed_in(Role.CONSULTANT)
    by_hand, by_nobody = written(office), written(office, 2)
    deed(client, by_hand, "hold_back", bak="klaar")
    standing(by_nobody, "held", "by_hand")
    said = text_of(client.get("/brieven", {"bak": "wacht"}))
    assert (said.count("Proef Consultant hield dit tegen."), said.count("Iemand hield dit tegen.")) == (1, 1)
    assert "Proef Consultant hield dit tegen." in text_of(client.get(f"/brieven/{by_hand.letter_id}"))


def test_a_letter_that_did_not_go_yet_says_how_it_goes(office: Corporation) -> None:
    sending = written(office)
    client = office.signed_in(Role.CONSULTANT)
    assert "Hoe de brief gaat" in text_of(client.get(f"/brieven/{sending.letter_id}"))
    standing(sending, "sent")
    assert "Hoe de brief ging" in text_of(client.get(f"/brieven/{sending.letter_id}"))


def test_the_tab_of_what_goes_is_called_mail_in_english(office: Corporation) -> None:
    client = office.signed_in(Role.CONSULTANT)
    client.post("/taal", {"language": "en"})
    tabs = client.get("/brieven").content.decode().split('class="tabs"')[1].split("</nav>")[0]
    assert re.findall(r">(\w[\w ]*)</a>", tabs)[0] == "Mail"


def test_the_mailbox_is_closed_when_letters_really_go(office: Corporation) -> None:
    offices.letterhead(office.organisation, trial=False)
    client = office.signed_in(Role.MANAGER)
    answer = client.get("/postvak")
    assert (answer.status_code, "Het postvak staat uit" in text_of(answer)) == (404, True)
    assert "postvak" not in text_of(client.get("/brieven"))


def test_the_page_of_a_tenant_lists_the_letters(office: Corporation) -> None:
    sending = written(office)
    client = office.signed_in(Role.CUSTOMER_SERVICE)
    address = f"/huurder/{sending.letter.tenancy_id}?tijdlijn=brieven"
    page = client.get(address).content.decode().split('id="time-line"')[1].split("</section>")[0]
    assert f'href="/brieven/{sending.letter_id}"' in page
    assert "per e-mail, klaar om te gaan" in page
    before = client.get(f"{address}&as_of=2026-11-01").content.decode()
    assert "Er ging nog geen brief naar deze huurder." in before
