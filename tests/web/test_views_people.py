"""The page for people: inviting by a link, accepting it, changing; for an administrator and for who leads a partner."""

from __future__ import annotations

import re
from email import message_from_bytes, policy

import pytest
from django.test import Client, override_settings
from django.utils import timezone
from tests.carriers import smtp_server
from tests.caseload import people
from tests.entrance.comers import with_second_step
from tests.letters import offices

from doors import PASSWORD, Corporation
from tijdig.access.roles import Role
from tijdig.access.sign_in import person_of

WORDS = "vier gewone woorden samen"


def _link(page: str) -> str:
    found = re.search(r'value="http://testserver(/uitnodiging/[\w-]+)"', page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("keeper", "role", "start"),
    [(Role.ADMINISTRATOR, "team_lead", "/werkvoorraad"), (Role.PARTNER_LEAD, "partner", "/dossiers")],
)
def test_an_invitation_is_made_passed_on_and_accepted(
    corporation: Corporation, keeper: Role, role: str, start: str
) -> None:
    client = corporation.signed_in(keeper)
    page = client.post("/mensen/uitnodigen", {"email": "nieuw@proef.test", "rol": role}).content.decode()
    assert "Geef deze link door aan nieuw@proef.test" in page
    guest = Client()
    assert guest.get(_link(page)).status_code == 200
    form = {"naam": "Nieuw Mens", "nieuw": WORDS, "nogmaals": WORDS}
    assert guest.post(_link(page), form | {"nogmaals": "anders"}).status_code == 400
    answer = guest.post(_link(page), form)
    assert (answer.status_code, answer["Location"]) == (302, start)
    assert guest.get(start).status_code == 200
    assert Client().get(_link(page)).status_code == 404
    assert "Nieuw Mens" in client.get("/mensen").content.decode()


def test_an_invitation_goes_by_mail_where_mail_goes_out(corporation: Corporation) -> None:
    client = corporation.signed_in(Role.ADMINISTRATOR)
    offices.letterhead(corporation.organisation, trial=False)
    with smtp_server.smtp_server(smtp_server.Orders()) as got:
        setting = f"smtp+plain://127.0.0.1:{got.port}"
        with override_settings(TIJDIG_CARRIERS={"EMAIL": setting}):
            form = {"email": "nieuw@proef.test", "rol": "manager"}
            page = client.post("/mensen/uitnodigen", form).content.decode()
    assert "De link is verstuurd naar nieuw@proef.test" in page
    message = message_from_bytes(got.content, policy=policy.default)
    assert got.recipients == ["nieuw@proef.test"]
    assert _link(page) in message.get_content()


def test_a_mail_that_did_not_go_leaves_the_link_to_pass_on(corporation: Corporation) -> None:
    client = corporation.signed_in(Role.ADMINISTRATOR)
    offices.letterhead(corporation.organisation, trial=False)
    with override_settings(TIJDIG_CARRIERS={"EMAIL": "smtp+plain://127.0.0.1:1"}):
        page = client.post("/mensen/uitnodigen", {"email": "n@proef.test", "rol": "manager"}).content.decode()
    assert "is niet verstuurd" in page
    assert Client().get(_link(page)).status_code == 200


def test_a_colleague_is_changed_switched_off_and_signed_out(corporation: Corporation) -> None:
    client, other = corporation.signed_in(Role.ADMINISTRATOR), corporation.signed_in(Role.CONSULTANT)
    pk = other.session["user"]
    assert client.post(f"/mensen/{pk}", {"wat": "wijzig", "rol": "directeur"}).status_code == 400
    assert client.post(f"/mensen/{pk}", {"wat": "iets"}).status_code == 400
    assert client.post(f"/mensen/{pk}", {"wat": "wijzig", "rol": "team_lead"}).status_code == 302
    assert other.get("/vandaag").status_code == 302
    assert client.post(f"/mensen/{pk}", {"wat": "uit"}).status_code == 302
    name = f"consultant.{corporation.organisation}@proef.test"
    assert Client().post("/aanmelden", {"username": name, "password": PASSWORD}).status_code == 400
    assert client.post(f"/mensen/{pk}", {"wat": "aan"}).status_code == 302
    for what in ("wachtwoord", "tweede-stap"):  # not for whoever sits down at an open screen
        assert client.post(f"/mensen/{pk}", {"wat": what}).status_code == 400
    given = {"wat": "wachtwoord", "uw-wachtwoord": PASSWORD}
    page = client.post(f"/mensen/{pk}", given).content.decode()
    guest = Client()
    assert guest.post(_link(page), {"nieuw": WORDS, "nogmaals": WORDS}).status_code == 302
    assert guest.get("/vandaag").status_code == 200


def test_one_sees_oneself_and_cannot_change_oneself(corporation: Corporation) -> None:
    client = corporation.signed_in(Role.ADMINISTRATOR)
    pk = client.session["user"]
    assert "Dit bent u" in client.get(f"/mensen/{pk}").content.decode()
    assert client.post(f"/mensen/{pk}", {"wat": "wijzig", "rol": "manager"}).status_code == 400


def test_an_administrator_does_not_see_the_people_of_a_partner(corporation: Corporation) -> None:
    client = corporation.signed_in(Role.ADMINISTRATOR)
    lead, mine = corporation.person(Role.PARTNER_LEAD), people.consultant(corporation.organisation, "Anna A")
    assert [client.get(f"/mensen/{pk}").status_code for pk in (lead, mine)] == [404, 200]


def test_a_second_step_is_asked_of_everybody(corporation: Corporation) -> None:
    other = corporation.signed_in(Role.CONSULTANT)
    keeper = person_of(corporation.person(Role.ADMINISTRATOR))
    assert keeper is not None
    _, codes = with_second_step(keeper, timezone.now())
    client = Client()
    name = f"administrator.{corporation.organisation}@proef.test"
    client.post("/aanmelden", {"username": name, "password": PASSWORD})
    assert client.post("/aanmelden/code", {"code": codes[0]}).status_code == 302
    assert client.post("/mensen/aanmelden", {"tweede_stap": "ja", "rust": "60"}).status_code == 302
    assert other.get("/vandaag").status_code == 302
    name = f"consultant.{corporation.organisation}@proef.test"
    again = other.post("/aanmelden", {"username": name, "password": PASSWORD})
    assert again["Location"] == "/aanmelden/instellen"
