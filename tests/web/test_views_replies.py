"""The page of answers: whose is it, who looked at it; and the door for answers by text message, which asks for proof."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from tests.contacts.answers import of, taken
from tests.help.neighbours import step
from tests.letters import offices

from doors import Corporation
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.contacts.actions_erase import erase_replies
from tijdig.contacts.models import Reply
from tijdig.contacts.queries_replies import Waiting, replies_of, unmatched, waiting
from tijdig.contacts.queries_replies import reply as read_reply
from tijdig.contacts.reply_kinds import How, State, Why
from tijdig.contacts.reply_match import Match, Sign
from tijdig.steps.kinds import Kind as StepKind
from tijdig.tenancies.queries import tenancy_ids_by_contract


@pytest.fixture
def tenants(corporation: Corporation) -> tuple[int, int]:
    """Two tenants, Verzonnen1 and Verzonnen2."""
    contracts = [corporation.lease(1), corporation.lease(2)]
    with organisation_scope(corporation.organisation):
        known = tenancy_ids_by_contract(contracts)
    return known[contracts[0]], known[contracts[1]]


def contract(corporation: Corporation, number: int) -> str:
    return f"C{corporation.organisation}-{number}"


def page(client: Client, address: str = "/antwoorden") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def words(html: str) -> str:
    """What a reader sees of it."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def do(client: Client, number: int, doe: str, *, htmx: bool = False, **fields: str) -> str:
    headers = {"HX-Request": "true"} if htmx else {}
    answer = client.post(
        f"/antwoorden/{number}", {"doe": doe, "next": "/antwoorden", **fields}, headers=headers, follow=True
    )
    assert answer.status_code in (200, 422)
    return answer.content.decode()


def state(corporation: Corporation, number: int) -> tuple[State, int | None]:
    with organisation_scope(corporation.organisation):
        found = read_reply(number)
    assert found is not None
    return found.state, found.tenancy_id


def test_nothing_waits_and_the_menu_says_no_number(corporation: Corporation) -> None:
    client = corporation.signed_in(Role.CUSTOMER_SERVICE)
    shown = page(client)
    assert "Van elk antwoord is bekend van wie het is." in shown and "Elk antwoord is afgehandeld." in shown
    assert re.search(r'<a href="/antwoorden" aria-current="page">Antwoorden</a>', shown)


def test_what_is_nobodys_is_assigned_with_one_key(corporation: Corporation, tenants: tuple[int, int]) -> None:
    one, two = tenants
    suggested = (Sign(How.ADDRESS, one), Sign(How.BARE, two, "100002"))
    number = taken(corporation.organisation, match=Match(None, Why.SEVERAL, suggested))
    client = corporation.signed_in(Role.CONSULTANT)
    shown = page(client)
    assert 'Antwoorden&nbsp;<span class="figures">1</span>' in shown
    read = words(shown)
    told = [
        "M. de Vries", "m1@voorbeeld.example", "Re: Uw huur", "Ik betaal vrijdag.", "Bijlagen, niet bewaard",
        "Dit kan van meer huurders zijn.", "e-mailadres van deze huurder",
        "noemt een getal dat een contract of brief kan zijn: 100002",
    ]  # fmt: skip
    assert [one for one in told if one not in read] == []
    assert re.search(r"bewijs\.png \(2[,.]?\d? kB\)", read)
    assert re.findall(r'name="contract" value="([^"]+)" data-choice="(\d)"', shown) == [
        (contract(corporation, 1), "1"), (contract(corporation, 2), "2"),
    ]  # fmt: skip
    row = do(client, number, "toewijzen", htmx=True, contract=contract(corporation, 2))
    assert row.lstrip().startswith(f'<li id="reply-{number}"')
    assert "Toegewezen" in words(row) and "Verzonnen2" in words(row) and "Proef Consultant" in words(row)
    assert (state(corporation, number), 'data-choice="1"' in row) == ((State.WAITS, two), True)
    assert "Nog niet afgehandeld (1)" in words(page(client))


def test_whoever_is_suggested_wrongly_is_passed_over_for_a_contract_number(
    corporation: Corporation, tenants: tuple[int, int]
) -> None:
    number = taken(corporation.organisation)
    client = corporation.signed_in(Role.CONSULTANT)
    assert "Geen voorstel." in page(client)
    assert "Dit contract bestaat niet" in do(client, number, "toewijzen", htmx=True, contract="bestaat niet")
    assert "Dit contract bestaat niet" in do(client, number, "toewijzen", contract="x" * 41)
    assert state(corporation, number) == (State.UNMATCHED, None)
    do(client, number, "toewijzen", contract=contract(corporation, 1))
    assert state(corporation, number) == (State.WAITS, tenants[0])


def test_what_is_of_no_tenant_is_set_aside_with_a_reason(corporation: Corporation) -> None:
    number = taken(corporation.organisation)
    client = corporation.signed_in(Role.CUSTOMER_SERVICE)
    assert "Schrijf waarom." in do(client, number, "opzij", reden="")
    do(client, number, "opzij", reden="Reclame <b>")
    assert state(corporation, number) == (State.ASIDE, None)
    shown = page(client, f"/antwoorden/{number}")
    assert "Reclame &lt;b&gt;" in shown and "hoort niet bij een huurder" in words(shown).lower()
    do(client, number, "terug", reden="Toch van een huurder")
    assert state(corporation, number) == (State.UNMATCHED, None)


def test_what_nobody_looked_at_is_work_until_it_was_dealt_with(
    corporation: Corporation, tenants: tuple[int, int]
) -> None:
    number = taken(corporation.organisation, match=of(tenants[0], How.REFERENCE, "B12"))
    client = corporation.signed_in(Role.CONSULTANT)
    shown = page(client)
    assert "noemt kenmerk B12" in shown and "Verzonnen1" in shown
    do(client, number, "afgehandeld")
    assert state(corporation, number) == (State.HANDLED, tenants[0])
    assert "Elk antwoord is afgehandeld." in page(client)
    assert "Afgehandeld" in words(page(client, f"/antwoorden/{number}"))
    do(client, number, "terug", reden="Verkeerde huurder")
    assert state(corporation, number) == (State.UNMATCHED, None)


def test_an_answer_stands_on_the_time_line_of_its_tenant(
    corporation: Corporation, tenants: tuple[int, int]
) -> None:
    number = taken(
        corporation.organisation, match=of(tenants[0]), received_at=timezone.now() - timedelta(hours=1)
    )
    taken(
        corporation.organisation, "twee", match=of(tenants[0]), automatic="bulk", received_at=timezone.now()
    )
    client = corporation.signed_in(Role.MANAGER)
    shown = page(client, f"/huurder/{tenants[0]}")
    assert f'href="/antwoorden/{number}"' in shown
    assert "E-mail gekregen" in shown and "Automatisch antwoord" in shown and "Ik betaal vrijdag." in shown
    assert f'href="/antwoorden/{number}"' not in page(client, f"/huurder/{tenants[1]}")
    # Whoever may only read sees the answer whole, and no button.
    whole = page(client, f"/antwoorden/{number}")
    assert "Ik betaal vrijdag." in whole and 'name="doe"' not in whole
    assert client.post(f"/antwoorden/{number}", {"doe": "afgehandeld"}).status_code == 403


def test_what_a_program_sent_can_be_said_to_be_a_persons(
    corporation: Corporation, tenants: tuple[int, int]
) -> None:
    number = taken(
        corporation.organisation, match=of(tenants[0]), automatic="auto_header", received_at=timezone.now()
    )
    client = corporation.signed_in(Role.CONSULTANT)
    shown = page(client)
    assert "1 bericht dat een programma stuurde" in shown and "zegt zelf dat het automatisch is" in shown
    assert "Elk antwoord is afgehandeld." in shown
    do(client, number, "mens")
    assert state(corporation, number) == (State.WAITS, tenants[0])


def test_what_a_stranger_writes_is_text_and_nothing_else(corporation: Corporation) -> None:
    evil = "<script>alert(1)</script>\n\"'{{ x }}"
    number = taken(
        corporation.organisation, text=evil, subject=evil, sender_name=evil, quoted=evil, sender="<a@b>"
    )
    client = corporation.signed_in(Role.CONSULTANT)
    for address in ("/antwoorden", f"/antwoorden/{number}"):
        shown = page(client, address)
        assert "<script>alert" not in shown and "&lt;script&gt;alert(1)" in shown


def test_a_long_answer_unfolds_and_an_erased_one_says_so(corporation: Corporation) -> None:
    number = taken(corporation.organisation, text="woord " * 400)
    client = corporation.signed_in(Role.CONSULTANT)
    assert "Lees verder" in page(client)
    erase_replies(
        organisation_id=corporation.organisation, actor="test", reply_ids=[number], on=corporation.today
    )
    shown = page(client)
    assert "Wat hier stond, is gewist." in shown and "woord woord" not in shown


@pytest.mark.parametrize("trouble", ["unreadable", "sealed", "large", "no_text", "not_kept"])
def test_what_could_not_be_read_says_so(corporation: Corporation, trouble: str) -> None:
    taken(corporation.organisation, trouble=trouble, text="", quoted="")
    assert 'class="trouble"' in page(corporation.signed_in(Role.CONSULTANT))


def test_an_answer_of_another_corporation_is_not_there(corporation: Corporation) -> None:
    from tijdig.access.actions import create_organisation

    other = create_organisation(name="Elders", slug="elders-pagina")
    number = taken(other)
    client = corporation.signed_in(Role.CONSULTANT)
    assert client.get(f"/antwoorden/{number}").status_code == 404
    assert client.post(f"/antwoorden/{number}", {"doe": "opzij", "reden": "x"}).status_code == 404
    assert "Antwoorden (0)" in words(page(client))


def test_after_a_form_one_is_back_on_a_page_of_ours(corporation: Corporation) -> None:
    number = taken(corporation.organisation)
    client = corporation.signed_in(Role.CONSULTANT)
    for asked, onward in (
        ("/antwoorden", "/antwoorden"),
        ("https://elders.example/", f"/antwoorden/{number}"),
        ("", f"/antwoorden/{number}"),
    ):
        answer = client.post(f"/antwoorden/{number}", {"doe": "iets anders", "next": asked})
        assert (answer.status_code, answer["Location"]) == (302, onward)


def test_the_page_is_in_english_too(corporation: Corporation) -> None:
    taken(corporation.organisation)
    client = corporation.signed_in(Role.CONSULTANT)
    client.post("/taal", {"language": "en", "next": "/antwoorden"})
    shown = words(page(client))
    assert "Whose is this? (1)" in shown and "Set aside" in shown


def test_the_page_asks_the_same_questions_whatever_its_length(
    corporation: Corporation, tenants: tuple[int, int]
) -> None:
    from tests.web.test_views_queries import _questions

    client, asked, made = corporation.signed_in(Role.TEAM_LEAD), {}, 0
    for size in (1, 3, 30):
        while made < size:
            made += 1
            taken(
                corporation.organisation,
                f"a{made}",
                match=Match(None, Why.SEVERAL, (Sign(How.ADDRESS, tenants[0]),)),
            )
            taken(corporation.organisation, f"b{made}", match=of(tenants[1]))
        asked[size] = _questions(client, "/antwoorden")
    assert asked == dict.fromkeys(asked, asked[1])
    assert asked[1] <= 18


SECRET = "0123456789abcdef01234567"
SAID = json.dumps({"id": "m1", "from": "0612345678", "body": "Ik betaal vrijdag"})


@pytest.fixture
def by_text(corporation: Corporation, monkeypatch: pytest.MonkeyPatch) -> int:
    """A corporation whose provider shares a secret with it; returns the tenancy with that number."""
    known = {f"SMS_REPLIES_{corporation.organisation}": SECRET}
    monkeypatch.setattr(settings, "TIJDIG_CARRIERS", settings.TIJDIG_CARRIERS | known)
    with organisation_scope(corporation.organisation):
        return offices.tenant(corporation.organisation, months=0)


def bring(
    corporation: Corporation, said: str = SAID, *, secret: str = SECRET, age: int = 0, basic: bool = False
) -> int:
    at = int(timezone.now().timestamp()) - age
    seal = hmac.new(secret.encode(), f"{at}.{said}".encode(), hashlib.sha256).hexdigest()
    password = base64.b64encode(f"tijdig:{secret}".encode()).decode()
    headers = {"Authorization": f"Basic {password}"} if basic else {"Tijdig-Signature": f"t={at},v1={seal}"}
    answer = Client(enforce_csrf_checks=True).post(
        f"/hint/sms-antwoord/{corporation.organisation}",
        said,
        content_type="application/json",
        headers=headers,
    )
    assert answer.content == b""
    return answer.status_code


def test_whoever_proves_who_he_is_brings_an_answer_once(corporation: Corporation, by_text: int) -> None:
    assert [bring(corporation), bring(corporation, basic=True)] == [204, 204]
    with organisation_scope(corporation.organisation):
        (found,) = replies_of(by_text, corporation.today)
        assert (found.text, found.how, found.channel, waiting()) == (
            "Ik betaal vrijdag",
            How.NUMBER,
            "sms",
            Waiting(0, 1),
        )


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"secret": "fedcba98765432100123456789"}, 403),
        ({"secret": "fedcba98765432100123456789", "basic": True}, 403),
        ({"age": 400}, 403),
        ({"said": "{}"}, 400),
        ({"said": "geen json"}, 400),
        ({"said": '"' + "x" * 20_001 + '"'}, 413),
    ],
)
def test_without_proof_or_without_words_nothing_comes_in(
    corporation: Corporation, by_text: int, more: dict[str, object], status: int
) -> None:
    assert bring(corporation, **more) == status  # type: ignore[arg-type]
    assert Reply.objects.count() == 0


def test_where_nobody_may_bring_answers_nobody_can(corporation: Corporation) -> None:
    assert bring(corporation) == 403
    assert (
        Client().post("/hint/sms-antwoord/999999", SAID, content_type="application/json").status_code == 403
    )


def test_a_form_is_read_too_and_a_stranger_goes_to_the_queue(corporation: Corporation, by_text: int) -> None:
    password = base64.b64encode(f":{SECRET}".encode()).decode()
    answer = Client().post(
        f"/hint/sms-antwoord/{corporation.organisation}",
        "id=m2&from=%2B31699999999&text=Wie+bent+u%3F",
        content_type="application/x-www-form-urlencoded",
        headers={"Authorization": f"Basic {password}"},
    )
    assert answer.status_code == 204
    with organisation_scope(corporation.organisation):
        assert [one.text for one in unmatched()] == ["Wie bent u?"]


def test_a_no_to_the_municipality_is_one_press_at_the_answer(
    corporation: Corporation, tenants: tuple[int, int]
) -> None:
    """Only where it was offered, and only until it was said."""
    asked = "Wil niet dat de gemeente bericht krijgt"
    first = taken(corporation.organisation, match=of(tenants[0], How.REFERENCE, "B12"))
    client = corporation.signed_in(Role.CONSULTANT)
    assert asked not in page(client, f"/antwoorden/{first}")
    step(
        corporation.organisation,
        tenants[0],
        StepKind.LETTER_SENT,
        timezone.localdate() - timedelta(days=9),
        letter="early_signal",
    )
    shown = page(client, f"/antwoorden/{first}")
    assert asked in shown
    form = re.search(r'vroegsignaal/nee">.*?name="formulier" value="([^"]+)"', shown, re.DOTALL)
    assert form
    client.post(f"/huurder/{tenants[0]}/vroegsignaal/nee", {"formulier": form[1]})
    assert asked not in page(client, f"/antwoorden/{first}")
