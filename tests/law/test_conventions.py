"""What the law leaves open has a name, a sentence, and a default with a reason."""

from __future__ import annotations

from dataclasses import fields

from tijdig.law.conventions import DEFAULT, Conventions, Rounding, rounded
from tijdig.law.quantity import document

# The published cases come out only so; why stands in the page on statutory interest.
NOT_THE_FRIENDLIEST = {"day_count", "rounding", "leap_anniversary"}


def test_every_choice_has_a_sentence_and_no_sentence_is_without_a_choice() -> None:
    file = document("conventions")
    assert set(file) == {one.name for one in fields(Conventions)}
    for kind, told in file.items():
        choices = type(getattr(DEFAULT, kind))
        assert set(told["options"]) == {one.value for one in choices}
        assert told["friendly"] in told["options"]


def test_the_default_is_what_costs_the_tenant_least_except_where_the_published_cases_say_otherwise() -> None:
    file = document("conventions")
    assert {kind for kind in file if getattr(DEFAULT, kind) != file[kind]["friendly"]} == NOT_THE_FRIENDLIEST


def test_half_a_cent_up_or_down() -> None:
    assert rounded(5, 2, Rounding.HALF_UP) == 3
    assert rounded(5, 2, Rounding.DOWN) == 2
    assert rounded(249, 100, Rounding.HALF_UP) == 2


def test_the_sentences_name_what_was_chosen() -> None:
    assert "365e" in DEFAULT.sentences("day_count")[0]
