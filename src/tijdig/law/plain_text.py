"""An answer as plain text, to paste into an e-mail or a file: the same steps, doubts, conventions and sources.

Example: the first lines for three rents are `Incassokosten`, an empty line, `De hoofdsom is € 2.100,00.`
"""

from __future__ import annotations

from tijdig.base.money import euro
from tijdig.law.answer import Answer

PROVISIONAL = "Voorlopig"


def remarks(answer: Answer) -> dict[str, tuple[str, ...]]:
    """What stands below the steps, by its word: what is not sure, what was agreed, where it comes from."""
    return {
        PROVISIONAL: tuple(one.sentence for one in answer.doubts),
        "Afspraak": answer.conventions,
        "Bron": tuple(one.sentence for one in answer.sources),
    }


def plain_text(title: str, answer: Answer, total_cents: int | None = None, *closing: str) -> str:
    """The whole answer; `total_cents` where it is an amount, `closing` for lines below it."""
    steps = [
        one.sentence if one.cents is None else f"{one.sentence} {euro(one.cents)}" for one in answer.steps
    ]
    groups = (
        (title,),
        tuple(steps) if total_cents is None else (*steps, f"Totaal: {euro(total_cents)}"),
        *(tuple(f"{word}: {one}" for one in sentences) for word, sentences in remarks(answer).items()),
        closing,
    )
    return "\n\n".join("\n".join(group) for group in groups if group)
