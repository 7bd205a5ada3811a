"""When the fourteen-day letter refuses to exist: each fault by itself, and none together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from letters.letter_facts import FACTS, ON, ROWS, SENDER, TENANT, tenant
from tijdig.law.collection_costs import ALL_VAT_CONDITIONS, VatGround
from tijdig.letters.fourteen_day import check, fourteen_day_letter, term
from tijdig.letters.letter import Kind, Language, Override, Row
from tijdig.letters.render import render
from tijdig.letters.texts import Paragraph, Text, default
from tijdig.letters.values import NotRight

OTHER_IBAN = "NL02ABNA0123456789"
SMALL = {"instalments": (Row(ROWS[0].due_on, 10_000),), "principal_cents": 10_000, "fee_cents": 4_000}
WITH_VAT = {"vat": ALL_VAT_CONDITIONS, "vat_cents": 6_615}

WRONG: list[tuple[str, dict[str, Any]]] = [
    ("not_in_default", {"instalments": (*ROWS[:2], Row(ON, 70_000))}),
    ("not_in_default", {"instalments": (*ROWS[:2], Row(date(2026, 12, 1), 70_000))}),
    ("nothing_open", {"instalments": ()}),
    ("nothing_open", {"instalments": (*ROWS, Row(date(2026, 7, 1), 0))}),
    ("sum_differs", {"principal_cents": 210_001}),
    ("fee_differs", {"fee_cents": 31_501}),
    ("fee_differs", {"fee_cents": 31_499}),
    ("vat_without_ground", {"vat_cents": 6_615}),
    ("vat_without_ground", {"vat_cents": 6_615, "vat": VatGround(False, True, True)}),
    ("vat_without_ground", {"vat_cents": 6_615, "vat": VatGround(True, False, True)}),
    ("vat_without_ground", {"vat_cents": 6_615, "vat": VatGround(True, True, False)}),
    ("vat_differs", {"vat_cents": 6_614, "vat": ALL_VAT_CONDITIONS}),
    ("vat_differs", {"vat": ALL_VAT_CONDITIONS}),
    ("paid_since", {"paid_since_cents": 1}),
    ("facts_later", {"facts_on": date(2026, 11, 3)}),
    ("address_incomplete", {"to": replace(TENANT, address_lines=("Lindestraat 14 b",))}),
    ("address_incomplete", {"to": replace(TENANT, address_lines=("Lindestraat 14 b", "Rotterdam"))}),
    ("address_incomplete", {"to": replace(TENANT, address_lines=())}),
    ("name_missing", {"to": replace(TENANT, name=" ")}),
    ("two_accounts", {"iban": OTHER_IBAN}),
    ("iban_invalid", {"sender": replace(SENDER, iban="NL14TEST0123456789")}),
    ("provisional", SMALL),
    ("provisional", {**SMALL, "override": Override("", "haast")}),
    ("provisional", {**SMALL, "override": Override("S. de Boer", " ")}),
    (
        "law_unknown",
        {
            "on": date(2012, 6, 1),
            "facts_on": date(2012, 6, 1),
            "instalments": (Row(date(2012, 5, 1), 210_000),),
        },
    ),
]


@pytest.mark.parametrize(("code", "wrong"), WRONG)
def test_each_fault_alone_refuses_the_letter(code: str, wrong: dict[str, Any]) -> None:
    facts = replace(FACTS, **wrong)
    faults = check(facts)
    assert [fault.code for fault in faults] == [code]
    assert len(faults[0].sentence.split(". ")) > 1, "it says what is wrong and what to do"
    with pytest.raises(NotRight) as refused:
        fourteen_day_letter(facts)
    assert refused.value.faults == faults


def test_faults_are_told_together() -> None:
    facts = replace(FACTS, fee_cents=1, paid_since_cents=1, iban=OTHER_IBAN)
    assert [fault.code for fault in check(facts)] == ["paid_since", "fee_differs", "two_accounts"]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("with_vat", [False, True])
def test_right_facts_make_a_letter(language: Language, with_vat: bool) -> None:
    facts = replace(FACTS, to=tenant(language), **(WITH_VAT if with_vat else {}))
    assert check(facts) == ()
    said = render(fourteen_day_letter(facts)).text
    costs = ("€ 381,15", "€ 381.15") if with_vat else ("€ 315,00", "€ 315.00")
    assert costs[language is Language.EN] in said
    assert "binnen 14 dagen vanaf de dag nadat deze brief bij u is bezorgd" in said


def test_the_letter_names_no_last_day_and_no_second_total() -> None:
    made = fourteen_day_letter(FACTS)
    last = term(FACTS)
    assert (last.last_day_on, last.fee_from_on) == (date(2026, 11, 18), date(2026, 11, 19))
    said = render(made).text
    assert "18 november" not in said and "2.415,00" not in said
    assert made.payment is not None and made.payment.amount_cents == 210_000


def test_who_took_an_unsure_amount_upon_himself_stands_in_the_letter() -> None:
    taken = Override("S. de Boer", "Nagezocht in het besluit; zie notitie 12.")
    assert fourteen_day_letter(replace(FACTS, **SMALL, override=taken)).override == taken


def _changed(language: Language, **parts: object) -> Text:
    text = default(Kind.FOURTEEN_DAY)
    return replace(text, parts={**text.parts, language: replace(text.parts[language], **parts)})  # type: ignore[arg-type]


NL = default(Kind.FOURTEEN_DAY).parts[Language.NL]
MORE = NL.paragraphs[0]


@pytest.mark.parametrize(
    ("codes", "parts"),
    [
        (
            ["term_wording"] * 2,
            {"question": "Betaal {principal_cents} binnen 14 dagen na de datum van deze brief."},
        ),
        (["term_wording"], {"question": "Betaal {principal_cents} zo snel als het kan."}),
        (["debt_missing"], {"question": NL.question.replace("{principal_cents}", "alles")}),
        (["consequence_missing"], {"paragraphs": NL.paragraphs[:1]}),
        (
            ["two_totals"],
            {"help": NL.help, "paragraphs": (*NL.paragraphs, Paragraph("Of betaal € 2.415,00."))},
        ),
        (["two_accounts"], {"help": f"Betaal op {OTHER_IBAN}."}),
        (["vat_wording"], {"paragraphs": (*NL.paragraphs, Paragraph("Dat is met btw."))}),
    ],
)
def test_a_changed_text_is_held_to_the_law_too(codes: list[str], parts: dict[str, object]) -> None:
    assert [fault.code for fault in check(FACTS, _changed(Language.NL, **parts))] == codes


SECOND_TERMS = {
    Language.NL: (
        "Betaal binnen 14 dagen na deze brief.",
        "De termijn van 14 dagen begint vandaag.",
        "Betaal uiterlijk op maandag 16 november.",
        "Doe dit vóór 16-11-2026.",
        "U heeft tien dagen.",
        "U heeft 10 dagen de tijd.",
        "Betaal nog deze week.",
        "Betaal binnen twee weken.",
        "Betaal binnen een week.",
        "Betaal binnen 1 week.",
        "Betaal binnen een maand.",
        "Betaal binnen 48 uur.",
        "Betaal binnen elf dagen.",
        "Betaal binnen twintig dagen.",
        "Betaal uiterlijk vrijdag.",
        "Betaal binnen 14 dagen vanaf deze brief.",
        "De 14 dagen gaan in op de dag van deze brief.",
    ),
    Language.EN: (
        "Pay within 14 days after you receive this letter.",
        "Pay within 14 days of receipt.",
        "Pay no later than 16 November.",
        "The 14 days start today.",
        "You have ten days to pay.",
        "Pay before November 16.",
        "Pay within two weeks.",
        "Pay within a week.",
        "Pay within eleven days.",
        "Pay by Friday.",
        "Pay within a fortnight.",
    ),
}
NO_TERMS = {
    Language.NL: (
        "Heeft u vandaag al betaald? Dank u wel.",
        "Het gaat om de huur van 1 oktober.",
        "De termijn begint op de dag nadat deze brief bij u is bezorgd.",
        "U kunt ook betalen binnen 15 dagen nadat deze brief bij u is bezorgd.",
        "Bel binnen die 14 dagen.",
    ),
    Language.EN: (
        "Did you pay today? Thank you.",
        "You have 14 days from the day after you received this letter.",
        "Call within those 14 days.",
    ),
}


@pytest.mark.parametrize(
    ("language", "sentence"), [(language, one) for language, told in NO_TERMS.items() for one in told]
)
def test_what_is_no_second_term_may_be_said(language: Language, sentence: str) -> None:
    parts = default(Kind.FOURTEEN_DAY).parts[language]
    text = _changed(language, paragraphs=(*parts.paragraphs, Paragraph(sentence)))
    assert check(replace(FACTS, to=tenant(language)), text) == ()


def test_a_number_to_call_is_no_day() -> None:
    sender = replace(
        FACTS.sender, contact_number="06-12-34-20-78", help_line="de gemeente, 9.00-21.00 uur, binnen een dag"
    )
    assert check(replace(FACTS, sender=sender)) == ()


@pytest.mark.parametrize(
    ("language", "sentence"), [(language, one) for language, told in SECOND_TERMS.items() for one in told]
)
def test_a_second_term_in_any_words_is_refused(language: Language, sentence: str) -> None:
    parts = default(Kind.FOURTEEN_DAY).parts[language]
    text = _changed(language, paragraphs=(*parts.paragraphs, Paragraph(sentence)))
    faults = check(replace(FACTS, to=tenant(language)), text)
    assert {fault.code for fault in faults} == {"term_wording"}


def test_the_english_letter_says_the_term_in_english_too() -> None:
    text = _changed(Language.EN, question="Could you please pay {principal_cents}?")
    (fault,) = check(replace(FACTS, to=tenant(Language.EN)), text)
    assert "Engelse tekst" in fault.sentence


def test_vat_that_is_charged_must_be_named() -> None:
    silent = tuple(Paragraph(one.text) for one in NL.paragraphs if one.when != "vat")
    faults = check(replace(FACTS, **WITH_VAT), _changed(Language.NL, paragraphs=silent))
    assert [fault.code for fault in faults] == ["vat_wording"]


@pytest.mark.parametrize(
    ("language", "wrong"),
    [
        ("nl", "Betaal anders uiterlijk op 16 november 2026."),
        ("nl", "Betaal anders binnen 10 dagen na de datum van deze brief."),
        ("nl", "Betaal anders binnen twee weken."),
        ("nl", "U heeft 14 kalenderdagen."),
        ("nl", "Er komt 50 euro administratiekosten bij."),
        ("en", "Pay within 14 days of the date of this letter."),
        ("en", "Pay within 7 days from today."),
    ],
)
def test_a_second_term_or_amount_in_an_own_text_is_refused(language: str, wrong: str) -> None:
    from tijdig.letters.as_data import plain_body
    from tijdig.letters.fourteen_day_words import word_faults
    from tijdig.letters.letter import Kind, Language
    from tijdig.letters.samples import sample
    from tijdig.letters.texts import checked, default

    shipped = default(Kind.FOURTEEN_DAY)
    body = plain_body(shipped)
    body[language]["help"] = f"{body[language]['help']} {wrong}"
    text = checked({**body, "kind": "fourteen_day", "version": shipped.version})
    letter = sample(Kind.FOURTEEN_DAY, Language(language))
    assert list(word_faults(letter, shipped)) == []
    assert {fault.code for fault in word_faults(letter, text)} & {"term_wording", "two_totals"}
