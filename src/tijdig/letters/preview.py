"""How a text will look and read: an invented letter with it, as the corporation would send it.

Decides nothing: the letter is that of `samples`, with the corporation's own letterhead where there is one, and the figures
are those of `readability` and `sms`. Whether a text reads at level B1 follows from what was found in it.

Errors: none for a `draft.readable` text. Example: a text as we ship it has a `level` that is `plain`.
Left out: the checks themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from stdnum import iban as account

from tijdig.carriers import sms
from tijdig.letters.filling import filled, short_message
from tijdig.letters.findings import Finding
from tijdig.letters.letter import Kind, Language, Letter
from tijdig.letters.letterhead import Letterhead
from tijdig.letters.picture import pictures
from tijdig.letters.readability import reading
from tijdig.letters.samples import LINK, variants
from tijdig.letters.sheet import plain, sheet
from tijdig.letters.texts import FLAGS, Text

_HARD = frozenset({"hard_to_read", "long_average"})


@dataclass(frozen=True, slots=True)
class Look:
    """How it is looked at: in which language, in large print or not, with VAT or not."""

    language: Language = Language.NL
    large_print: bool = False
    vat: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """The pages as drawings (SVG), and the letter as text."""

    pages: tuple[str, ...]
    plain: str


@dataclass(frozen=True, slots=True)
class Level:
    """How much there is to read and how easily; `plain` when nothing was found against level B1."""

    language: Language
    words: int
    words_a_sentence: int
    ease: int
    plain: bool


@dataclass(frozen=True, slots=True)
class Short:
    """The short message with its facts and a link, how many signs it has, and in how many parts a telephone gets it."""

    text: str
    signs: int
    parts: int


def has_vat(kind: Kind) -> bool:
    """Does the text of this kind read otherwise where VAT is added?"""
    return "vat" in FLAGS.get(kind, frozenset())


def letter_of_look(text: Text, look: Look, head: Letterhead | None) -> Letter:
    """The invented letter of this text, as it is looked at."""
    found = variants(text.kind, look.language)
    letter = replace(found[-1] if look.vat else found[0], version=text.version)
    letter = replace(letter, to=replace(letter.to, large_print=look.large_print))
    return letter if head is None else _from(letter, head)


def _from(letter: Letter, head: Letterhead) -> Letter:
    """With this letterhead; an account that does not exist cannot stand in a payment code."""
    payment = letter.payment
    if payment and head.creditor_name and account.is_valid(head.iban):
        payment = replace(payment, iban=head.iban, name=head.creditor_name)
    return replace(letter, sender=head.sender(language=letter.to.language), payment=payment)


def preview(text: Text, look: Look, head: Letterhead | None) -> Preview:
    """The letter as pictures and as text."""
    letter = letter_of_look(text, look, head)
    return Preview(tuple(pictures(letter, text)), plain(sheet(letter, text)))


def level(text: Text, language: Language, found: Iterable[Finding]) -> Level:
    """How the text reads in this language, `found` being what was found in it."""
    parts = filled(letter_of_look(text, Look(language), None), text)
    running = (parts.question, parts.cannot, *(one.text for one in parts.paragraphs), parts.help)
    measured = reading(running, language)
    hard = any(one.language is language and one.code in _HARD for one in found)
    return Level(
        language, measured.words, round(measured.words_a_sentence), round(measured.ease), plain=not hard
    )


def short(text: Text, language: Language) -> Short | None:
    """The short message, where the text has one."""
    if not text.parts[language].message:
        return None
    said = short_message(letter_of_look(text, Look(language), None), text, LINK)
    return Short(said, len(said), sms.parts(said))
