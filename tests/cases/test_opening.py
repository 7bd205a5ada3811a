"""What is said first: something always, no word of money to who may not hear it, and the reason in one sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tijdig.cases.opening import Began, Ear, Short, Situation, Why, why
from tijdig.cases.wording_opening import Names, Opening, opening
from tijdig.tenancies.flags import PROCEDURES, Flag

NAMES = Names("Sanne Kuiper", "Woonstichting De Maat", "M. de Vries")
NOVEMBER = Situation(overdue_cents=64_000, rent_cents=64_000, months=(date(2026, 11, 1),))
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
CENTS = st.integers(0, 10_000_000)
SHORTS = st.none() | st.builds(Short, st.integers(1, 10_000_000), CENTS, st.none() | DAYS)
SITUATIONS = st.builds(
    Situation,
    overdue_cents=CENTS,
    rent_cents=CENTS,
    months=st.lists(DAYS.map(lambda day: day.replace(day=1)), max_size=6, unique=True).map(
        lambda days: tuple(sorted(days))
    ),
    since_on=st.none() | DAYS,
    departed=st.booleans(),
    flags=st.frozensets(st.sampled_from(Flag)),
    arrangement=SHORTS,
    promise=SHORTS,
    returned_on=st.none() | DAYS,
    repeats=st.integers(0, 12),
    talked_on=st.none() | DAYS,
    begun_on=st.none() | DAYS,
    frozen_cents=CENTS,
)
OF_MONEY = re.compile(r"€|\d|huur|betaal|open|schuld|regeling|incasso|termijn|achter", re.IGNORECASE)


def _said(known: Situation, ear: Ear = Ear.TENANT, began: Began = Began.WE_CALL) -> str:
    return " ".join(opening(known, ear, began, NAMES).lines).replace("\u00a0", " ")


@given(SITUATIONS, st.sampled_from(Ear), st.sampled_from(Began))
def test_something_is_always_said_and_it_is_short(known: Situation, ear: Ear, began: Began) -> None:
    found = opening(known, ear, began, NAMES)
    assert found.check
    assert 1 <= len(found.lines) <= 5
    assert all(line.strip() == line and line for line in found.lines)
    assert max(len(line) for line in found.lines) < 280
    assert "None" not in " ".join(found.lines)


@given(SITUATIONS, st.sampled_from((Ear.ELSE, Ear.MACHINE)), st.sampled_from(Began))
def test_somebody_else_hears_nothing_of_money(known: Situation, ear: Ear, began: Began) -> None:
    assert not OF_MONEY.search(" ".join(opening(known, ear, began, NAMES).lines))


@given(SITUATIONS, st.sampled_from(Ear), st.sampled_from(Began))
def test_who_is_spoken_to_comes_before_every_amount(known: Situation, ear: Ear, began: Began) -> None:
    found = opening(known, ear, began, NAMES)
    assert not OF_MONEY.search(found.lines[0])


@given(SITUATIONS, st.sampled_from(Began))
def test_a_tenant_of_whom_nothing_may_be_asked_hears_no_amount(known: Situation, began: Began) -> None:
    for flag in (Flag.DEATH, *PROCEDURES, Flag.BANKRUPTCY):
        assert "€" not in _said(replace(known, flags=known.flags | {flag}), Ear.TENANT, began)


@given(SITUATIONS, st.sampled_from(Began))
def test_who_can_be_asked_hears_the_amount_and_a_question(known: Situation, began: Began) -> None:
    stops = {Flag.DEATH, *PROCEDURES, Flag.BANKRUPTCY}
    asked = replace(known, overdue_cents=known.overdue_cents + 1, flags=known.flags - stops)
    found = opening(asked, Ear.TENANT, began, NAMES)
    assert "€" in " ".join(found.lines[1:])
    assert any(line.endswith("?") for line in found.lines[1:])


def test_rent_that_did_not_come() -> None:
    assert opening(NOVEMBER, Ear.TENANT, Began.WE_CALL, NAMES) == Opening(
        "Nog geen bedrag: vraag eerst naar adres en geboortedatum.",
        (
            "Goedendag, u spreekt met Sanne Kuiper van Woonstichting De Maat. Spreek ik met M. de Vries?",
            "Van de huur van november 2026 staat nog €\u00a0640,00 open.",
            "Hoe komt dat?",
            "Lukt het niet in één keer? Dan maken wij nu samen een regeling.",
        ),
    )


@pytest.mark.parametrize(
    ("known", "reason", "words"),
    [
        (
            replace(NOVEMBER, arrangement=Short(75_000, 70_000)),
            Why.ARRANGEMENT_BROKEN,
            "Volgens de regeling had er nu € 750,00 moeten zijn, termijnen en huur samen. Er kwam € 700,00.",
        ),
        (
            replace(NOVEMBER, promise=Short(64_000, 0, date(2026, 11, 20))),
            Why.PROMISE_BROKEN,
            "Er zou op 20-11-2026 € 640,00 betaald worden. Er kwam nog niets.",
        ),
        (replace(NOVEMBER, departed=True), Why.DEPARTED, "Van uw vorige woning staat nog € 640,00 open."),
        (
            replace(NOVEMBER, returned_on=date(2026, 11, 14)),
            Why.DEBIT_RETURNED,
            "De incasso kwam op 14-11-2026 terug. Van de huur van november 2026 staat nog € 640,00 open.",
        ),
        (replace(NOVEMBER, repeats=3), Why.OFTEN_LATE, "De huur kwam dit jaar vaker te laat. Van de huur"),
        (
            replace(NOVEMBER, talked_on=date(2026, 11, 9)),
            Why.TALKED_BEFORE,
            "Op 09-11-2026 hebben wij elkaar gesproken. Van de huur",
        ),
        (Situation(overdue_cents=0), Why.NOTHING_OPEN, "Er staat niets open dat al betaald had moeten zijn."),
        (
            replace(NOVEMBER, flags=frozenset({Flag.DEATH}), arrangement=Short(1, 0)),
            Why.DEATH,
            "Gecondoleerd met uw verlies.",
        ),
        (
            replace(NOVEMBER, flags=frozenset({Flag.BANKRUPTCY})),
            Why.BANKRUPTCY,
            "loopt via de curator.",
        ),
    ],
)
def test_each_reason_has_its_fact(known: Situation, reason: Why, words: str) -> None:
    assert why(known) is reason
    assert words in _said(known)


@pytest.mark.parametrize(
    ("months", "words"),
    [
        ((date(2026, 10, 1), date(2026, 11, 1)), "van oktober en november 2026 staat"),
        ((date(2025, 12, 1), date(2026, 1, 1)), "van december 2025 en januari 2026 staat"),
        (
            (date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)),
            "van september, oktober en november 2026 staat",
        ),
        (tuple(date(2026, month, 1) for month in (7, 8, 9, 10)), "van 4 maanden, vanaf juli 2026 staat"),
    ],
)
def test_the_months_are_named(months: tuple[date, ...], words: str) -> None:
    assert words in _said(replace(NOVEMBER, months=months))


def test_what_is_not_all_rent_is_told_apart() -> None:
    assert "Er staat nog € 700,00 open. Daarvan is € 640,00 huur van november 2026." in _said(
        replace(NOVEMBER, overdue_cents=70_000)
    )
    assert "Er staat nog € 700,00 open, sinds 01-11-2026." in _said(
        Situation(overdue_cents=70_000, since_on=date(2026, 11, 1))
    )


def test_a_vulnerable_household_need_not_decide_today() -> None:
    said = _said(replace(NOVEMBER, flags=frozenset({Flag.VULNERABLE})))
    assert "Hoe gaat het met u?" in said
    assert "U hoeft vandaag niets te beslissen." in said


def test_with_an_administrator_agreements_are_made_there() -> None:
    known = replace(NOVEMBER, flags=frozenset({Flag.ADMINISTRATION}))
    assert "bel ik uw bewindvoerder" in _said(known)
    said = _said(known, Ear.REPRESENTATIVE)
    assert "Het gaat over de huur van M. de Vries. Van de huur van november 2026 staat" in said
    assert "Wat kan er betaald worden" in said


def test_who_comes_to_us_is_asked_who_he_is() -> None:
    assert _said(NOVEMBER, Ear.TENANT, Began.THEY_CAME).startswith(
        "U spreekt met Sanne Kuiper. Fijn dat u contact zoekt. Mag ik uw naam, uw adres en uw geboortedatum?"
    )
    assert "alleen met M. de Vries zelf praten" in _said(NOVEMBER, Ear.ELSE, Began.THEY_CAME)


def test_at_the_door_one_says_who_one_is() -> None:
    assert "ik ben Sanne Kuiper van Woonstichting De Maat. Bent u M. de Vries?" in _said(
        NOVEMBER, Ear.TENANT, Began.WE_VISIT
    )
    assert "aan de deur" in _said(NOVEMBER, Ear.MACHINE, Began.WE_VISIT)


@pytest.mark.parametrize("kind", PROCEDURES)
def test_in_a_debt_procedure_only_the_new_rent_is_asked_of_the_tenant(kind: Flag) -> None:
    known = replace(NOVEMBER, flags=frozenset({kind}), begun_on=date(2026, 10, 5), frozen_cents=180_000)
    assert "€" not in _said(known)
    said = _said(replace(known, new_cents=64_000))
    assert "Van de huur sinds 05-10-2026 staat nu € 640,00 open. Hoe komt dat?" in said
    assert "Wat er van vroeger openstaat, loopt via de schuldhulp." in said and "1.800" not in said


def test_who_runs_the_procedure_hears_both_accounts() -> None:
    known = replace(
        NOVEMBER,
        flags=frozenset({Flag.WSNP}),
        begun_on=date(2026, 10, 5),
        frozen_cents=180_000,
        new_cents=64_000,
    )
    said = _said(known, Ear.REPRESENTATIVE)
    assert (
        "Van vóór 05-10-2026 staat € 1.800,00 open; dat staat stil. Van de huur sinds 05-10-2026 staat nu € 640,00 open."
    ) in said
    assert _said(replace(known, new_cents=0), Ear.REPRESENTATIVE).count("€") == 1
