"""What is known beside the boxes of an eviction, without what the room of help knows; inside the wall of a corporation."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db import connection

from tijdig.arrangements.kinds import END_LABEL, KEPT_LABEL, STATE_LABEL
from tijdig.arrangements.queries import arrangements_of, watched
from tijdig.bailiff.eviction_check import Box, Fact, Source
from tijdig.bailiff.queries_around import household_of
from tijdig.bailiff.queries_came import came_since
from tijdig.bailiff.queries_in_file import deeds_of
from tijdig.bailiff.track import Deed, Done, tell
from tijdig.bailiff.values import File
from tijdig.base.money import euro
from tijdig.contacts.contact import Contact
from tijdig.contacts.kinds import CHANNEL_LABEL, OUTCOME_LABEL, Channel, Reached
from tijdig.contacts.queries import contacts_of
from tijdig.letters.kind_words import KIND_NAMES
from tijdig.letters.letter import Kind as LetterKind
from tijdig.steps.kinds import Kind, LetterFacts
from tijdig.steps.queries import steps_of
from tijdig.tenancies.flags import FLAG_LABEL
from tijdig.tenancies.queries import lease
from tijdig.tenancies.queries_flags import flags_of

_OFFERS_HELP = (LetterKind.EARLY_SIGNAL, LetterKind.INVITATION, LetterKind.HANDOVER_ANNOUNCED)


def facts_beside(file: File, on: date) -> tuple[Fact, ...]:
    """By box, in its order; those of help are only the letters."""
    talks = contacts_of([file.tenancy_id], as_of=on)
    done = deeds_of([file.id])[file.id]
    return (
        *_household(file.tenancy_id, talks, on),
        *_children(file.tenancy_id, talks),
        *_letters(file.tenancy_id, on),
        *_alternatives(file, done, on),
        *_municipality(done),
    )


def facts_kept(file_id: int) -> dict[int, tuple[Fact, ...]]:
    """By deed of a file, what stood beside the boxes when it was decided; nothing where it was erased."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT x.deed_id, x.facts::text FROM bailiff_legaldeedfacts x JOIN bailiff_legaldeed d ON d.id = x.deed_id
                WHERE d.file_id = %s""",
            [file_id],
        )
        return {deed: tuple(Fact.of(one) for one in json.loads(facts)) for deed, facts in cursor.fetchall()}


def _household(tenancy_id: int, talks: Sequence[Contact], on: date) -> Iterator[Fact]:
    who = lease(tenancy_id, on)
    if who is not None:
        names = " en ".join(one for one in who.names if one) or "de naam is niet bekend"
        since = f"Huurt sinds {who.begin_on:%d-%m-%Y}: {names}."
        yield Fact(Box.HOUSEHOLD, since, Source.TENANCY)
    flags = [one for one in flags_of(tenancy_id, on) if one.holds(on)]
    for flag in flags:
        told = f"{FLAG_LABEL[flag.kind].capitalize()}, sinds {flag.begin_on:%d-%m-%Y}."
        yield Fact(Box.HOUSEHOLD, told, Source.FLAGS)
    if not flags:
        yield Fact(Box.HOUSEHOLD, "Er is geen bijzonderheid vastgelegd.", Source.FLAGS)
    spoken = [one for one in talks if one.reached is Reached.TALKED]
    if spoken:
        last = spoken[-1]
        told = f"{CHANNEL_LABEL[last.channel]}, {OUTCOME_LABEL[last.outcome]}"
        yield Fact(Box.HOUSEHOLD, f"Laatst gesproken op {last.on:%d-%m-%Y}: {told}.", Source.TENANCY)
    else:
        yield Fact(Box.HOUSEHOLD, "Er is met niemand gesproken.", Source.TENANCY)


def _children(tenancy_id: int, talks: Sequence[Contact]) -> Iterator[Fact]:
    """No source tells whether children live there: who asked or went there knows."""
    if (known := household_of(tenancy_id)) is not None:
        asked = f"{known.label.capitalize()}: gevraagd door {known.name} op {known.on:%d-%m-%Y}."
        yield Fact(Box.CHILDREN, asked, Source.TENANCY)
    visits = [one for one in talks if one.channel is Channel.VISIT]
    if visits:
        inside = sum(one.reached is Reached.TALKED for one in visits)
        times = f"{len(visits)} keer langsgegaan, {inside} keer iemand gesproken, het laatst op {visits[-1].on:%d-%m-%Y}."
        yield Fact(Box.CHILDREN, times, Source.TENANCY)
    else:
        yield Fact(Box.CHILDREN, "Er is niet langsgegaan.", Source.TENANCY)
    if known is None:
        unknown = "Nog niet gevraagd of er kinderen wonen. Lees de gesprekken, en vraag het de bewoner of de gemeente."
        yield Fact(Box.CHILDREN, unknown, Source.TENANCY)


def _letters(tenancy_id: int, on: date) -> Iterator[Fact]:
    sent = steps_of([tenancy_id], kinds=(Kind.LETTER_SENT,), as_of=on)
    kinds = [(one.effective_on, LetterKind(LetterFacts.of(one.facts).letter_kind)) for one in sent]
    offers = [(day, kind) for day, kind in kinds if kind in _OFFERS_HELP]
    for day, kind in offers:
        told = f"Brief waarin hulp staat: {KIND_NAMES[kind]}, verstuurd op {day:%d-%m-%Y}."
        yield Fact(Box.HELP, told, Source.TENANCY)
    if not offers:
        yield Fact(Box.HELP, "Er ging geen brief waarin hulp staat.", Source.TENANCY)


def _alternatives(file: File, done: Sequence[Done], on: date) -> Iterator[Fact]:
    made = [one for one in arrangements_of([file.tenancy_id]) if one.agreed_on <= on]
    open_now = watched([one for one in made if one.ended_on is None], on)
    for one in made:
        how = (
            KEPT_LABEL[open_now[one.id].kept]
            if one.id in open_now
            else END_LABEL[one.end_reason]
            if one.end_reason
            else STATE_LABEL[one.state]
        )
        told = f"Regeling van {one.agreed_on:%d-%m-%Y} over {euro(one.debt_cents)}: {how}."
        yield Fact(Box.ALTERNATIVES, told, Source.ARRANGEMENT)
    if not made:
        yield Fact(Box.ALTERNATIVES, "Er is nog geen regeling geweest.", Source.ARRANGEMENT)
    yield from _chances(done)
    yield _paid(file, on)


def _chances(done: Sequence[Done]) -> Iterator[Fact]:
    given = [one for one in done if one.deed is Deed.LAST_CHANCE]
    for one in given:
        over = next((each for each in done if each.deed is Deed.LAST_CHANCE_OVER and each.id > one.id), None)
        ended = f", voorbij op {over.on:%d-%m-%Y}" if over else ""
        yield Fact(Box.ALTERNATIVES, f"Laatste kans afgesproken op {one.on:%d-%m-%Y}{ended}.", Source.FILE)
    if not given:
        yield Fact(Box.ALTERNATIVES, "Er is nog geen laatste kans afgesproken.", Source.FILE)


def _paid(file: File, on: date) -> Fact:
    """What came in since the file was handed over, less what went back."""
    came = came_since(file, on)
    start = f"Sinds de overdracht op {file.handed_over_on:%d-%m-%Y}"
    if not came.days:
        return Fact(Box.ALTERNATIVES, f"{start} is niets betaald.", Source.TENANCY)
    told = f"{start} kwam {euro(came.cents)} binnen, in {len(came.days)} keer, het laatst op {came.days[-1]:%d-%m-%Y}."
    return Fact(Box.ALTERNATIVES, told, Source.TENANCY)


def _municipality(done: Iterable[Done]) -> Iterator[Fact]:
    told = tell(list(done)).told
    if told is None:
        yield Fact(
            Box.MUNICIPALITY, "De gemeente hoorde nog niet dat er een ontruiming kan komen.", Source.FILE
        )
        return
    sentence = f"Ingelicht op {told.on:%d-%m-%Y} door {told.name}: {told.at}."
    yield Fact(Box.MUNICIPALITY, sentence, Source.FILE)
    if told.reason:
        yield Fact(Box.MUNICIPALITY, f"Wat daarbij is opgeschreven: {told.reason}", Source.FILE)
