"""Words, sentences and syllables, and scores that were computed by hand."""

from __future__ import annotations

import pytest

from tijdig.letters.letter import Language
from tijdig.letters.notation import money
from tijdig.letters.readability import Reading, reading, sentences, syllables, words

NL, EN = Language.NL, Language.EN


@pytest.mark.parametrize(
    ("text", "counted", "ease"),
    [
        # 206.84 - 77 x 6/6 - 0.93 x 6
        ("De kat zit op de mat.", Reading(NL, 1, 6, 6), 124.26),
        # we kij-ken sa-men naar een op-los-sing, bel ons: 206.84 - 77 x 12/8 - 0.93 x 4
        ("We kijken samen naar een oplossing. Bel ons.", Reading(NL, 2, 8, 12), 87.62),
        # 206.84 - 77 x 12/5 - 0.93 x 5: be-ta-lings-re-ge-ling, af-spre-ken
        ("Wilt u een betalingsregeling afspreken?", Reading(NL, 1, 5, 12), 17.39),
        # 206.835 - 84.6 x 6/6 - 1.015 x 6
        ("The cat sat on the mat.", Reading(EN, 1, 6, 6), 116.145),
        # let-ter, de-part-ment: 206.835 - 84.6 x 9/6 - 1.015 x 6
        ("Send the letter to our department.", Reading(EN, 1, 6, 9), 73.845),
    ],
)
def test_the_score_is_that_of_the_formula(text: str, counted: Reading, ease: float) -> None:
    measured = reading([text], counted.language)
    assert measured == counted
    assert measured.ease == pytest.approx(ease, abs=1e-9)


def test_officialese_scores_far_below_plain_words() -> None:
    official = (
        "Ondanks eerdere aanmaning hebben wij tot op heden geen betaling van u mogen ontvangen. "
        "Wij verzoeken u derhalve het verschuldigde bedrag per omgaande te voldoen."
    )
    plain = "We hebben uw huur nog niet ontvangen. Wilt u deze week betalen?"
    assert round(reading([official], NL).ease) == 47
    assert round(reading([plain], NL).ease) == 86


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Lukt dat niet? Bel ons.", ["Lukt dat niet?", "Bel ons."]),
        ("Bel Sanne: 010\u00a0123.  Nu!", ["Bel Sanne:", "010\u00a0123.", "Nu!"]),
        ("Om 10:30 uur.\nTot 8.30 uur", ["Om 10:30 uur.", "Tot 8.30 uur"]),
        ("Ja. - . ?", ["Ja."]),
        ("  ", []),
    ],
)
def test_sentences_end_at_their_marks(text: str, said: list[str]) -> None:
    assert sentences(text) == said


def test_an_amount_or_day_in_one_piece_is_one_word() -> None:
    assert words(f"Betaal {money(210_000, NL)} op 3\u00a0november\u00a02026 - nu") == [
        "Betaal",
        "€\u00a02.100,00",
        "op",
        "3\u00a0november\u00a02026",
        "nu",
    ]


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("betalen", 3),
        ("Oplossing,", 3),
        ("e-mail", 2),
        ("€\u00a02.100,00", 1),
        ("3\u00a0november", 3),
        ("over", 1),
    ],
)
def test_syllables_are_where_a_word_may_break(word: str, count: int) -> None:
    assert syllables(word, NL) == count


def test_no_sentence_goes_on_into_the_next_text() -> None:
    assert reading(["Lukt dat niet", "Bel ons"], NL).sentences == 2


def test_without_words_there_is_nothing_to_measure() -> None:
    with pytest.raises(ValueError, match="Zonder woorden"):
        reading(["", " - "], NL)
