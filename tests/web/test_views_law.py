"""The calculators and where the law stands: right to the cent, without signing in, and clear about what is not sure."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.test import Client

from doors import Corporation
from tijdig.access.roles import Role
from tijdig.law.quantity import quantities
from tijdig.law.standing import attention
from tijdig.web import views_law, views_night

PAGES = ("/rekenhulp", "/rekenhulp/incassokosten", "/rekenhulp/rente", "/rekenhulp/termijn", "/recht")
COSTS, INTEREST, TERM = PAGES[1:4]
ALL_VAT = {"btw_dienst": "1", "btw_aftrek": "1", "btw_brief": "1"}


def page(address: str, status: int = 200, **asked: str) -> str:
    """The words of a page as a visitor sees them, who has not signed in."""
    answer = Client().get(address, asked)
    assert answer.status_code == status
    return unescape(answer.content.decode()).replace("\u00a0", " ")


def big(text: str) -> str:
    found = re.search(r'class="big">(.*?)</p>', text, re.S)
    return re.sub(r"<[^>]+>", " ", found[1]) if found else ""


@pytest.mark.parametrize("address", PAGES)
def test_a_visitor_needs_no_account_and_touches_no_session(address: str) -> None:
    answer = Client().get(address)
    assert answer.status_code == 200
    assert 'class="big"' not in answer.content.decode()
    assert "sessionid" not in answer.cookies


@pytest.mark.parametrize("address", PAGES)
def test_the_page_is_there_in_english(address: str, organisation: int) -> None:
    client = Client()
    client.post("/taal", {"language": "en", "next": address})
    assert '<html lang="en">' in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("asked", "total"),
    [
        ({"bedrag": "612,34"}, "€ 91,85"),
        ({"bedrag": "2100"}, "€ 315,00"),
        ({"bedrag": "€ 2.100,00"} | ALL_VAT, "€ 381,15"),
        ({"bedrag": "700\r\n700\r\n\r\n700"} | ALL_VAT, "€ 381,15"),
        ({"bedrag": "2100", "betaald": "700"}, "€ 210,00"),
        ({"bedrag": "2100", "betaald": "2100"}, "€ 0,00"),
        ({"bedrag": "2100", "op": "2020-01-01"}, "€ 315,00"),
        ({"bedrag": "100,10", "afronding": "down_per_part", "op": "2020-01-01"}, "€ 40,00"),
    ],
)
def test_the_costs_are_right_to_the_cent(asked: dict[str, str], total: str) -> None:
    assert big(page(COSTS, **asked)) == total


def test_the_costs_come_with_their_steps_and_sources() -> None:
    text = page(COSTS, bedrag="2100", **ALL_VAT)
    for words in ("15 procent over € 2.100,00.", "Btw van 21 procent over € 315,00.", "Stb. 2012, 141"):
        assert words in text
    assert "Voorlopig" not in text


def test_a_missing_condition_for_vat_is_told() -> None:
    text = page(COSTS, bedrag="2100", btw_dienst="1", btw_aftrek="1")
    assert big(text) == "€ 315,00"
    assert "Geen btw: De veertiendagenbrief noemt de btw niet." in text


def test_the_answer_can_be_copied_as_text_with_its_own_address() -> None:
    text = page(COSTS, bedrag="2100", **ALL_VAT).split('id="law-text"')[1].split("</textarea>")[0]
    assert "Totaal: € 381,15" in text
    assert "Bron: artikel 6:96 BW" in text
    assert f"http://testserver{COSTS}?bedrag=2100&btw_dienst=1" in text


def test_a_small_instalment_makes_the_costs_provisional() -> None:
    text = page(COSTS, bedrag="100\n700", op="2026-11-21")
    assert "Voorlopig" in text
    assert "De precieze wettekst is niet ingezien." in text


def test_the_interest_is_right_to_the_cent_with_every_part() -> None:
    text = page(INTEREST, bedrag="700", van="2023-02-02", tot="2026-02-02")
    assert big(text) == "€ 133,87"
    assert text.count('data-label="Van"') == 7
    assert "Voorlopig" not in text


def test_interest_past_the_last_known_rate_is_provisional() -> None:
    text = page(INTEREST, bedrag="700", van="2026-02-02", tot="2027-02-02")
    assert "Voorlopig" in text
    assert "De wettelijke rente is bekend tot en met 31-12-2026" in text


def test_payments_in_between_lower_the_interest() -> None:
    asked = {"bedrag": "700", "van": "2025-02-02", "tot": "2026-02-02"}
    with_payment = page(INTEREST, **asked, betalingen="03-02-2025 700,00")
    assert (big(page(INTEREST, **asked)), big(with_payment)) == ("€ 40,77", "€ 0,12")


def test_a_convention_that_is_chosen_is_told_and_stays_chosen() -> None:
    text = page(INTEREST, bedrag="700", van="2023-02-02", tot="2026-02-02", dagtelling="actual_actual")
    assert big(text) == "€ 133,72"
    assert 'value="actual_actual" checked' in text
    assert (
        '<li lang="nl">Rente per dag is een 365e van de jaarrente, in een schrikkeljaar een 366e.</li>'
        in text
    )


def test_the_term_says_from_which_day_there_are_costs() -> None:
    text = page(TERM, verzonden="2026-03-06")
    assert big(text).split() == ["Er", "zijn", "pas", "kosten", "vanaf", "woensdag", "25-03-2026"]
    assert "Voor de bezorging telt niet mee: zondag 8 maart 2026, maandag 9 maart 2026." in text
    assert text.count(">telt niet mee<") == 2
    assert "dag 13 van 14" in text


def test_the_day_of_receipt_counts_where_it_is_known() -> None:
    assert "24-03-2026" in big(page(TERM, verzonden="2026-03-06", ontvangen="2026-03-09"))


@pytest.mark.parametrize(
    ("address", "asked", "field", "sentence"),
    [
        (COSTS, {"bedrag": ""}, "bedrag", "Vul een bedrag in, bijvoorbeeld 612,34."),
        (COSTS, {"bedrag": "700\nveel"}, "bedrag", "'veel' is geen bedrag."),
        (COSTS, {"bedrag": "1.234"}, "bedrag", "'1.234' kan twee bedragen zijn. Schrijf 1234 of 1.23."),
        (COSTS, {"bedrag": "-5"}, "bedrag", "moet hoger zijn dan nul."),
        (COSTS, {"bedrag": "999999999999"}, "bedrag", "is te hoog om te kloppen."),
        (COSTS, {"bedrag": "700", "op": "31-02-2026"}, "op", "'31-02-2026' is geen dag."),
        (COSTS, {"bedrag": "700", "op": "2012-06-30"}, "op", "Kies 01-07-2012 of later."),
        (COSTS, {"bedrag": "700", "betaald": "niets"}, "betaald", "'niets' is geen bedrag."),
        (INTEREST, {"bedrag": "700", "van": ""}, "van", "Vul een dag in"),
        (INTEREST, {"bedrag": "1\n2", "van": "2025-01-01"}, "bedrag", "Vul hier één bedrag in."),
        (INTEREST, {"bedrag": "700", "van": "1998-12-31"}, "van", "Kies 01-01-1999 of later."),
        (INTEREST, {"bedrag": "700", "van": "2026-02-02", "tot": "2026-01-01"}, "tot", "ligt vóór de begindatum."),
        (INTEREST, {"bedrag": "700", "van": "2000-02-02", "tot": "2900-01-01"}, "tot", "ten hoogste 100 jaar."),
        (
            INTEREST,
            {"bedrag": "700", "van": "2025-02-02", "tot": "2026-01-01", "betalingen": "01-03-2025 900"},
            "betalingen",
            "Er is meer van de hoofdsom af gegaan dan er was.",
        ),
        (INTEREST, {"bedrag": "700", "van": "2025-02-02", "betalingen": "900"}, "betalingen", "begint niet met een dag."),
        (TERM, {"verzonden": ""}, "verzonden", "Vul een dag in"),
        (TERM, {"verzonden": "2010-01-04"}, "verzonden", "Kies 01-07-2012 of later."),
        (TERM, {"verzonden": "2026-03-06", "ontvangen": "2026-03-05"}, "ontvangen", "niet bezorgd zijn vóór"),
    ],
)  # fmt: skip
def test_wrong_input_is_told_beside_its_field_and_nothing_is_lost(
    address: str, asked: dict[str, str], field: str, sentence: str
) -> None:
    text = page(address, 400, **asked)
    beside = text.split(f'id="{field}-error"')[1].split("</p>")[0]
    assert sentence in beside
    assert f'href="#{field}"' in text.split("</ul>")[0]
    assert 'aria-invalid="true"' in text
    assert 'class="big"' not in text
    for typed in asked.values():
        assert typed in text


def test_where_the_law_stands_shows_every_quantity_with_its_value_and_source() -> None:
    text = page("/recht")
    for one in quantities():
        section = text.split(f'id="{one.key}"')[1].split("</section>")[0]
        assert one.name in section
        assert f"Nagekeken op {one.checked_on:%d-%m-%Y}; opnieuw vóór {one.review_on:%d-%m-%Y}." in section
        assert section.count("<tr>") == len(one.entries) + 1


def test_a_number_through_time_has_a_chart() -> None:
    text = page("/recht")
    charts = set(re.findall(r'<title id="(\w+)-chart">', text))
    assert {"statutory_interest", "vat", "court_fee", "bailiff_acts"} <= charts
    assert {"contact_hours", "public_holidays"}.isdisjoint(charts)


def test_what_people_need_stands_on_top_and_what_is_not_sure_below(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views_law, "today", lambda: date(2027, 1, 1))
    text = page("/recht")
    order = re.findall(r'<section class="card" id="(\w+)"', text)
    assert order[:2] == ["statutory_interest", "collection_cost_scale"]
    calm = text.index("U hoeft niets te doen")
    assert text.index('id="vat"') < text.index('id="public_holidays"') < calm < text.index('id="court_fee"')
    assert "De wettelijke rente is bekend tot en met 31-12-2026: zoek het nieuwe percentage op." in text


def test_the_administrator_sees_that_the_law_is_fresh_and_where_it_stands(
    corporation: Corporation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views_night, "attention", lambda day: attention(date(2026, 11, 21)))
    text = corporation.signed_in(Role.ADMINISTRATOR).get("/beheer").content.decode()
    assert "Alle getallen uit de wet zijn op tijd nagekeken." in text
    assert 'href="/recht"' in text


def test_the_administrator_sees_what_is_stale(
    corporation: Corporation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views_night, "attention", lambda day: attention(date(2027, 1, 1)))
    text = corporation.signed_in(Role.ADMINISTRATOR).get("/beheer").content.decode()
    assert "De wettelijke rente is bekend tot en met 31-12-2026: zoek het nieuwe percentage op." in text
    assert "Alle getallen uit de wet zijn op tijd nagekeken." not in text
