"""The page of the letterhead: what each thing is for, what is wrong beside its field, and the letter beside it."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client

from doors import Corporation
from tijdig.access.roles import Role
from tijdig.access.scope import organisation_scope
from tijdig.letters.letterhead import LABELS, Letterhead
from tijdig.letters.queries_texts import letterhead

AT = "/brieven/afzender"
TYPED = {
    "name": "Woonstichting De Brug",
    "address_lines": "Havenkade 12\r\n\r\n 3011 AA Rotterdam ",
    "contact_name": "team Huur",
    "contact_number": "010 123 45 67",
    "contact_email": "huur@debrug.example",
    "opening_hours": "Maandag tot en met vrijdag",
    "help_line": "de gemeente: 14 010 (gratis)",
    "iban": "nl42 test 1234 5678 90",
    "bic": "",
    "creditor_name": "Woonstichting De Brug",
    "sms_name": "De Brug",
    "mail_from": "",
    "trial": "on",
}


def words(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return unescape(answer.content.decode()).replace("\u00a0", " ")


def stored(corporation: Corporation) -> Letterhead | None:
    with organisation_scope(corporation.organisation):
        return letterhead()


@pytest.fixture
def administrator(corporation: Corporation) -> Client:
    return corporation.signed_in(Role.ADMINISTRATOR)


def test_before_there_is_one_the_page_says_what_that_means(administrator: Client) -> None:
    text = words(administrator.get(AT))
    assert "Er is nog geen afzender. Zonder afzender kan er geen brief weg." in text
    assert "(nog leeg)" in text
    assert all(f'name="{name}"' in text and f'id="{name}-hint"' in text for name in LABELS)


def test_what_is_saved_is_shown_again_with_who_did_it(
    administrator: Client, corporation: Corporation
) -> None:
    text = words(administrator.post(AT, TYPED, follow=True))
    assert "Elke brief vanaf nu heeft deze afzender." in text
    assert "door Proef Administrator." in text
    head = stored(corporation)
    assert head is not None
    assert head.address_lines == ("Havenkade 12", "3011 AA Rotterdam")
    assert (head.iban, head.trial) == ("NL42TEST1234567890", True)
    assert 'value="NL42 TEST 1234 5678 90"' in text
    assert "Havenkade 12\n3011 AA Rotterdam</textarea>" in text
    assert 'name="trial" aria-describedby="trial-hint" checked' in text


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Naam van de corporatie ontbreekt. Vul dit in."),
        ("address_lines", "Havenkade 12", "Het adres heeft een straat en een regel met postcode en plaats."),
        ("iban", "NL42TEST1234567891", "NL42TEST1234567891 is geen geldige IBAN. Kijk het nummer na."),
        ("contact_email", "huur", "E-mailadres: dit is geen e-mailadres."),
        ("mail_from", "huur@", "Afzender van e-mail: dit is geen e-mailadres."),
        ("sms_name", "Woonstichting", "Naam op de telefoon bij een sms: ten hoogste 11 letters en cijfers."),
        ("help_line", "x" * 121, "Hulp die niets kost: te lang. Houd het bij 120 tekens."),
        ("contact_name", "team 😊", "dit teken kan niet gedrukt worden: 😊. Haal het weg."),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    administrator: Client, corporation: Corporation, field: str, typed: str, sentence: str
) -> None:
    text = words(administrator.post(AT, TYPED | {field: typed}), 400)
    assert sentence in text.split(f'id="{field}-error"')[1].split("</p>")[0]
    assert f'href="#{field}"' in text.split("</ul>")[0]
    for name, value in (TYPED | {field: typed}).items():
        if name not in ("trial", "address_lines", "iban"):
            assert f'name="{name}" value="{value}"' in text
    assert stored(corporation) is None


def test_the_letter_beside_it_has_what_is_typed(administrator: Client) -> None:
    text = words(
        administrator.post(f"{AT}/voorbeeld", TYPED | {"name": "Woonstichting Proef", "sms_name": ""})
    )
    for said in (
        "Woonstichting Proef\nHavenkade 12",
        "Bel dan team Huur: 010 123 45 67",
        "NL42 TEST 1234 5678 90",
    ):
        assert said in text
    assert "Woonstichting Proef <huur@debrug.example>" in text
    assert "<dd>Woonstichti</dd>" in text
    assert "<input" not in text and text.count('<svg class="paper-page"') == 1


def test_the_letter_is_there_while_the_form_is_not_right(administrator: Client) -> None:
    text = words(administrator.post(f"{AT}/voorbeeld", {"iban": "NL00", "address_lines": ""}))
    assert "(nog leeg)" in text and '<svg class="paper-page"' in text


def test_the_administrator_finds_texts_and_letterhead(administrator: Client) -> None:
    text = words(administrator.get("/beheer"))
    assert 'href="/brieven/teksten"' in text and 'href="/brieven/afzender"' in text
