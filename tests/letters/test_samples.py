"""The invented letters: whole, on one page, and in large print on no more than two."""

from __future__ import annotations

import pytest

from tijdig.letters.letter import Kind, Language
from tijdig.letters.render import render
from tijdig.letters.samples import sample, variants
from tijdig.letters.texts import FIELDS, FLAGS, default

EVERY = [(kind, language) for kind in Kind for language in Language]


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_a_sample_has_every_fact_and_fits_one_page(kind: Kind, language: Language) -> None:
    one = sample(kind, language)
    assert (one.kind, one.to.language, one.version) == (kind, language, default(kind).version)
    assert set(one.facts) == FIELDS[kind] | FLAGS.get(kind, frozenset())
    assert render(one).pages == 1


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_a_sample_in_large_print_fits_two_pages(kind: Kind, language: Language) -> None:
    assert render(sample(kind, language, large_print=True)).pages <= 2


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_there_is_a_variant_for_each_way_to_read(kind: Kind, language: Language) -> None:
    ways = variants(kind, language)
    assert ways[0] == sample(kind, language)
    flag = {Kind.FOURTEEN_DAY: "vat", Kind.HANDOVER_ANNOUNCED: "costs"}.get(kind, "")
    assert [one.facts.get(flag) for one in ways] == ([False, True] if flag else [None])
    assert {render(one).pages for one in ways} == {1}
