"""Where the law stands on a day, and what somebody must look up; an answer as plain text."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tijdig.law.collection_costs import collection_costs
from tijdig.law.letter_term import fourteen_days
from tijdig.law.plain_text import plain_text
from tijdig.law.quantity import quantities
from tijdig.law.standing import Group, attention, standings

NOW = date(2026, 11, 21)


@pytest.mark.parametrize("day", [date(1990, 1, 1), date(2012, 7, 1), NOW, date(2040, 1, 1)])
def test_every_quantity_stands_somewhere_once_and_what_is_not_sure_is_last(day: date) -> None:
    found = standings(day)
    assert {one.quantity.key for one in found} == {one.key for one in quantities()}
    assert [one.group for one in found] == sorted(one.group for one in found)
    assert {one.rank for one in found if one.group is Group.OTHER} <= {2}
    assert {one.rank for one in found if one.group is Group.UNSURE} <= {0, 1}
    assert all(len(one.lines) == len(one.quantity.entries) for one in found)
    assert all(sum(line.holds for line in one.lines) == (one.now is not None) for one in found)


def test_what_people_come_for_stands_first() -> None:
    found = [one.quantity.key for one in standings(NOW)]
    assert found[:4] == ["statutory_interest", "collection_cost_scale", "vat", "fourteen_day_term"]
    assert found.index("bailiff_acts") > found.index("court_fee")


def test_the_value_of_now_with_its_day_and_its_numbers() -> None:
    by_key = {one.quantity.key: one for one in standings(NOW)}
    interest, acts = by_key["statutory_interest"], by_key["bailiff_acts"]
    assert interest.now is not None and interest.now.words == "4 procent per jaar"
    assert (interest.now.entry.from_on, len(interest.numbers), interest.rank) == (date(2026, 1, 1), 16, 2)
    assert (len(acts.numbers), acts.numbers[0], acts.ends_on) == (
        7,
        (date(2020, 1, 1), Fraction(8338, 100)),
        date(2026, 1, 1),
    )
    assert acts.rank == 1
    assert acts.provisional == ("De waarde van nu is niet bekend. Niet gevonden.",)


def test_parts_are_told_by_name() -> None:
    court_fee = next(one for one in standings(NOW) if one.quantity.key == "court_fee")
    assert court_fee.now is not None
    parts = dict(court_fee.now.parts)
    assert parts["rechtspersoon"][0].replace("\u00a0", " ") == "tot en met: € 500,00; griffierecht: € 139,00"


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2027, 1, 1), "De wettelijke rente is bekend tot en met 31-12-2026: zoek het nieuwe percentage op."),
        (
            date(2027, 1, 1),
            "Het griffierecht bij de kantonrechter is bekend tot en met 31-12-2026: zoek wat daarna geldt op.",
        ),
        (date(2027, 6, 1), "De wettelijke rente: voor het laatst nagekeken op 21-11-2026. Kijk of het nog klopt."),
    ],
)  # fmt: skip
def test_what_is_stale_says_what_to_do(day: date, sentence: str) -> None:
    assert attention(NOW) == ()
    assert sentence in attention(day)


def test_plain_text_has_the_steps_the_total_and_the_sources() -> None:
    costs = collection_costs([70000, 70000, 70000], NOW)
    lines = (
        plain_text("Incassokosten", costs, costs.total_cents, "Einde.").replace("\u00a0", " ").splitlines()
    )
    assert lines[:5] == [
        "Incassokosten", "", "De hoofdsom is € 2.100,00.", "15 procent over € 2.100,00. € 315,00", "Totaal: € 315,00",
    ]  # fmt: skip
    assert lines[-1] == "Einde."
    assert any(line.startswith("Bron: artikel 6:96 BW") for line in lines)


def test_plain_text_of_a_term_has_no_total_and_says_what_is_provisional() -> None:
    text = plain_text("Termijn", fourteen_days(date(2030, 1, 7)))
    assert "Totaal" not in text
    assert "Voorlopig: De lijst van feestdagen is bekend tot en met 31-12-2028" in text
