"""With whom something of a person was shared, told from what the report holds.

Decides what counts as shared: what a helper, a municipality, debt help, a bailiff, or whoever carries letters got. Units:
days as text. Errors: none. Worked example: a referral with consent gives one sentence with the day, the helper and what was
told. Left out: who hosts the program, which the register of processing names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tijdig.privacy.report import Section

_NONE = "Wij deelden niets van u met een ander."


def shared_with(sections: Sequence[Section]) -> tuple[str, ...]:
    """One sentence for each time, and one for each way in which letters went."""
    rows = {block.table: block.rows for one in sections for block in one.blocks if block.table}
    return tuple(_told(rows)) or (_NONE,)


def _told(rows: dict[str, tuple[dict[str, Any], ...]]) -> Iterator[str]:
    for one in rows["help_referral"]:
        if one["shared"]:
            yield f"Op {_day(one['referred_on'])} met {one['helper_id']}: {one['shared_words']}."
    for one in rows["help_signalmark"]:
        if one["kind"] == "sent":
            told = "een vroegsignaal, met uw naam, adres, contactgegevens en het bedrag"
            yield f"Op {_day(one['on'])} met de gemeente: {told}."
    for one in rows["help_message"]:
        if one["direction"] == "out":
            yield f"Op {_day(one['answered_on'])} met de schuldhulpverlening: {one['kind_words']}."
    for one in rows["bailiff_file"]:
        until = f" tot {_day(one['ended_on'])}" if one["ended_on"] else ", nog steeds"
        who = f"met deurwaarder {one['partner_id']}"
        yield f"Vanaf {_day(one['handed_over_on'])}{until} {who}: het dossier, en wat erin gebeurt."
    yield from _carried(rows["letters_sending"])
    if rows["letters_link"]:
        yield "Met de betaaldienst: het bedrag en een kenmerk, voor een betaallink."


def _carried(sendings: Iterable[dict[str, Any]]) -> Iterator[str]:
    ways = {
        "print": "Met de drukker en de post: uw naam, adres en de brief.",
        "email": "Met wie onze e-mail bezorgt: uw e-mailadres en het bericht.",
        "sms": "Met wie onze sms-berichten bezorgt: uw telefoonnummer en het bericht.",
    }
    went = {one["channel"] for one in sendings if one["sent_on"] and not one["trial"]}
    yield from (sentence for channel, sentence in ways.items() if channel in went)


def _day(iso: str | None) -> str:
    return "-".join(reversed(iso.split("-"))) if iso else "een dag die niet bekend is"
