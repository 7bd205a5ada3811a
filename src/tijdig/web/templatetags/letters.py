"""How letters and messages are written on a page: words for what may be done, who did it, and the text in blocks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django import template
from django.utils.translation import gettext

from tijdig.letters.deeds import Deed
from tijdig.letters.field_words import FIELD_WORDS
from tijdig.letters.queries_box import Tray
from tijdig.web.letter_text import Block, blocks
from tijdig.web.outbox_words import DEED, TRAY, TRIED
from tijdig.web.templatetags.tijdig import count, dutch_date, euro

register = template.Library()


@register.filter
def deed_word(deed: Deed) -> str:
    """What stands on its button."""
    return str(DEED[deed])


@register.filter
def tray_word(tray: Tray) -> str:
    """What a tray is called."""
    return str(TRAY[tray])


@register.filter
def tried_word(what: str) -> str:
    """How a try ended; a word that is not known stays as it is."""
    return str(TRIED.get(what, what))


@register.filter
def who_did(actor: str, names: Mapping[str, str]) -> str:
    """The name of who did it; the program itself is called tijdig."""
    if actor in names:
        return names[actor]
    return "tijdig" if actor.startswith("system:") else gettext("een collega")


@register.filter
def fact_word(name: str) -> str:
    """`fee_cents` becomes `de incassokosten zonder btw`."""
    return FIELD_WORDS.get(name, name)


@register.filter
def fact_value(value: int | date, name: str) -> str:
    """An amount as money, a day as a day, a number as a number: the name says which."""
    if isinstance(value, date):
        return dutch_date(value)
    return euro(value) if name.endswith("_cents") else count(value)


@register.filter
def letter_blocks(text: str) -> list[Block]:
    """The text of a letter in blocks."""
    return blocks(text)
