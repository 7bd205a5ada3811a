"""What the room of help adds beside the boxes of an eviction: worries, causes, referrals, and signals with their answers.

The room of the bailiff does not know that of help, so its facts come together here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tijdig.bailiff.eviction_check import Box, Fact, Source
from tijdig.bailiff.queries_check import facts_beside
from tijdig.bailiff.values import File
from tijdig.contacts.kinds import CAUSE_LABEL
from tijdig.help.cause import SAYS_LABEL
from tijdig.help.queries import municipality_of, signals_of
from tijdig.help.queries_cause import causes_of
from tijdig.help.queries_referral import referrals_of
from tijdig.help.queries_worry import worries_of
from tijdig.tenancies.queries_reach import households

PAGES = {
    Source.TENANCY: "tenancy",
    Source.FLAGS: "flags",
    Source.HELP: "help",
    Source.SIGNAL: "signal",
    Source.ARRANGEMENT: "arrangement",
    Source.FILE: "bailiff-file",
}


def eviction_facts(file: File, on: date) -> tuple[Fact, ...]:
    """Everything that is known, by box; inside the wall of the corporation."""
    found = [*facts_beside(file, on), *_of_help(file.tenancy_id, on)]
    order = list(Box)
    return tuple(sorted(found, key=lambda one: order.index(one.box)))


def municipality_name(tenancy_id: int, on: date) -> str:
    """Where this household's signals go; empty where nobody wrote that down."""
    signals, home = signals_of(tenancy_id), households([tenancy_id], on).get(tenancy_id)
    if signals:
        return signals[0].municipality
    place = municipality_of(home.city) if home else None
    return place.name if place else ""


def _of_help(tenancy_id: int, on: date) -> Iterator[Fact]:
    for worry in worries_of(tenancy_id):
        told = f"Zorg gemeld op {worry.noticed_on:%d-%m-%Y}: {worry.label}."
        yield Fact(Box.HOUSEHOLD, told, Source.HELP)
    for cause in causes_of(tenancy_id, on):
        if cause.holds:
            told = f"Oorzaak: {CAUSE_LABEL[cause.cause]} ({SAYS_LABEL[cause.says]})."
            yield Fact(Box.HELP, told, Source.HELP)
    referrals = referrals_of(tenancy_id)
    for referral in referrals:
        told = f"Verwezen naar {referral.helper.name} op {referral.referred_on:%d-%m-%Y}: {referral.stands}."
        yield Fact(Box.HELP, told, Source.HELP)
    if not referrals:
        yield Fact(Box.HELP, "Er is nog nooit doorverwezen naar hulp.", Source.HELP)
    for signal in signals_of(tenancy_id):
        sent = signal.sent
        day = f"{sent.on:%d-%m-%Y}" if sent else f"besloten op {signal.decided_on:%d-%m-%Y}"
        told = f"Vroegsignaal aan gemeente {signal.municipality}, {day}: {signal.stands}."
        yield Fact(Box.HELP, told, Source.SIGNAL)
