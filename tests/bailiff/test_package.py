"""What goes with a file: a document to keep, with a contents page, and no more than was agreed on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest
from tests.bailiff import partners
from tests.bailiff.partners import BY, TODAY
from tests.letters import offices

from tijdig.access.scope import organisation_scope
from tijdig.bailiff.actions_file import end_file
from tijdig.bailiff.agreement import Terms
from tijdig.bailiff.checklist import judged
from tijdig.bailiff.kinds import End, Shown, Side, Start
from tijdig.bailiff.package import Package, document, sections
from tijdig.bailiff.queries_facts import facts_of
from tijdig.bailiff.queries_in_file import package_of_file
from tijdig.bailiff.queries_package import package_of

EVERYTHING = replace(partners.TERMS, shows=tuple(Shown))
NOTHING = replace(partners.TERMS, shows=())


def _package(organisation: int, terms: Terms) -> Package:
    tenancy = partners.ready(organisation)
    with organisation_scope(organisation):
        facts = facts_of(tenancy, TODAY)
        assert facts is not None
        return package_of(
            organisation, tenancy, TODAY, partner="Maas", terms=terms, start=Start.ARREARS, by=("An de Boer", "Bea Bos"),
            checked=judged(facts),
        )  # fmt: skip


def test_it_says_what_is_claimed_open_sent_and_spoken(organisation: int) -> None:
    given = _package(organisation, EVERYTHING)
    titles = [one.title for one in sections(given)]
    assert titles == [
        "De vordering", "Wat open staat", "De rekening", "Brieven, met het bewijs van verzending", "Contact",
        "Wat het huishouden nodig heeft", "Wat bij de overdracht is nagekeken",
    ]  # fmt: skip
    told = json.dumps(document(given), ensure_ascii=False).replace("\u00a0", " ")
    for words in (
        "De Vries, M.", "Lindestraat 1", "06 12345678", "An de Boer en Bea Bos", "€ 1.400,00", "huur oktober 2026",
        "veertiendagenbrief", "huisbezoek, niet bereikt", "niets bijzonders", "Vroegsignaal",
    ):  # fmt: skip
        assert words in told, words
    assert sum(cents for _, cents in given.claim_parts) == given.claim_cents


def test_what_was_not_agreed_on_is_not_in_it(organisation: int) -> None:
    told = json.dumps(document(_package(organisation, NOTHING)), ensure_ascii=False)
    for words in ("06 12345678", "m1@voorbeeld.example", "veertiendagenbrief", "niet bereikt"):
        assert words not in told.replace("Veertiendagenbrief", ""), words


def test_it_is_made_once_kept_to_the_byte_and_seen_while_the_file_is_theirs(organisation: int) -> None:
    who = partners.partner()
    partners.agreed(organisation, who)
    tenancy = partners.ready(organisation)
    made = partners.handed(organisation, tenancy, who[0])
    assert made is not None
    with partners.at_partner(organisation, who), organisation_scope(organisation):
        found = package_of_file(made)
    assert found is not None
    pdf, digest = found
    assert pdf.startswith(b"%PDF-")
    assert b"<pdfaid:part>2<" in pdf and b"<pdfuaid:part>1<" in pdf and b"/Outlines" in pdf
    assert hashlib.sha256(pdf).hexdigest() == digest
    offices.pay(organisation, 1, 50_000)
    with organisation_scope(organisation):
        assert package_of_file(made) == found  # as it was handed over, whatever came after
    end_file(organisation_id=organisation, file_id=made, side=Side.CORPORATION, end=End.TAKEN_BACK, **BY)
    with partners.at_partner(organisation, who), organisation_scope(organisation):
        assert package_of_file(made) is None


@pytest.mark.parametrize("name", ["#panic()", "= kop", "$x$", "<a>", "\\u{41}", '"); #eval("1', "@x"])
def test_nothing_in_a_name_is_markup(organisation: int, name: str) -> None:
    from datetime import UTC, datetime

    from tijdig.letters.render import typeset

    given = replace(_package(organisation, EVERYTHING), names=(name,), address=name, claim_doubts=(name,))
    assert typeset("dossier", document(given), datetime(2026, 11, 2, tzinfo=UTC)).startswith(b"%PDF-")
