"""What the room of help adds to the time line: worries, causes, referrals and how they went, signals that did not go.

The room lies above the cases, so its lines come in here. What was not true by the day of the page, or not known at its
moment, is not there.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from tijdig.cases.queries_facts import Facts
from tijdig.cases.time_line import Behind, Kind, Target, TimeLineItem, moment_on
from tijdig.contacts.kinds import CAUSE_LABEL
from tijdig.help.cause import ENDS, NOTICED_BY_LABEL, SAYS_LABEL
from tijdig.help.kinds import Mark
from tijdig.help.queries import signals_of
from tijdig.help.queries_cause import sightings
from tijdig.help.queries_referral import referrals_of
from tijdig.help.queries_traffic import conversations_of
from tijdig.help.queries_worry import worries_of
from tijdig.help.referral import RESULT_LABEL, Referral
from tijdig.help.traffic_values import Told


def help_items(facts: Facts) -> Iterator[TimeLineItem]:
    """All of them, in no order."""
    yield from _worries(facts)
    yield from _causes(facts)
    for one in referrals_of(facts.tenancy_id):
        yield from _referral(facts, one)
    yield from _withdrawn(facts)
    yield from _counsellors(facts)


def _worries(facts: Facts) -> Iterator[TimeLineItem]:
    for one in worries_of(facts.tenancy_id):
        if facts.was(one.noticed_on, one.recorded_at):
            taken = f"Opgepakt door {one.taken_by}." if one.taken_on and one.taken_on <= facts.as_of else ""
            talked = "Sprak iemand die er woont." if one.talked else ""
            yield TimeLineItem(
                kind=Kind.WORRY,
                on=one.noticed_on,
                at=moment_on(one.noticed_on, one.recorded_at),
                title=f"Zorg: {one.label}",
                sentence=" ".join(part for part in (one.words, talked, taken) if part),
                actor=one.actor,
                target=Target(Behind.WORRY, one.id),
                seq=one.id,
            )


def _causes(facts: Facts) -> Iterator[TimeLineItem]:
    """Those that were written down at once stand in one line; what was ticked at a contact stands with the contact."""
    known = [
        one for one in sightings(facts.tenancy_id, facts.as_of) if facts.was(one.noticed_on, one.recorded_at)
    ]
    for _, together in groupby(known, key=lambda one: (one.noticed_on, one.actor, one.says, one.words)):
        found = list(together)
        one = found[0]
        causes = ", ".join(CAUSE_LABEL[each.cause] for each in found)
        yield TimeLineItem(
            kind=Kind.CAUSE,
            on=one.noticed_on,
            at=moment_on(one.noticed_on, one.recorded_at),
            title=f"Oorzaak {SAYS_LABEL[one.says]}: {causes}" if one.says in ENDS else f"Oorzaak: {causes}",
            sentence=" ".join(
                part
                for part in (
                    "" if one.says in ENDS else f"{SAYS_LABEL[one.says].capitalize()}.",
                    f"Opgemerkt door {NOTICED_BY_LABEL[one.noticed_by]}.",
                    one.words,
                )
                if part
            ),
            actor=one.actor,
            target=Target(Behind.HELP, one.id),
            seq=one.id,
        )


def _referral(facts: Facts, one: Referral) -> Iterator[TimeLineItem]:
    if facts.was(one.referred_on, one.recorded_at):
        yield TimeLineItem(
            kind=Kind.REFERRAL,
            on=one.referred_on,
            at=moment_on(one.referred_on, one.recorded_at),
            title=f"Verwezen naar {one.helper.name}",
            sentence=f"{one.helper.kind_label.capitalize()}. Gedeeld: {one.shared_label or 'niets'}.",
            actor=one.actor,
            target=Target(Behind.HELP, one.id),
            seq=one.id,
        )
    for said in one.answers:
        if facts.was(said.answered_on, said.recorded_at):
            yield TimeLineItem(
                kind=Kind.REFERRAL,
                on=said.answered_on,
                at=moment_on(said.answered_on, said.recorded_at),
                title=f"{one.helper.name}: {RESULT_LABEL[said.result]}",
                sentence=said.words,
                actor=said.actor,
                target=Target(Behind.HELP, one.id),
                seq=said.id,
            )


def _withdrawn(facts: Facts) -> Iterator[TimeLineItem]:
    """A signal that was decided and did not go, with the reason."""
    for one in signals_of(facts.tenancy_id):
        for mark in one.marks:
            if mark.kind is Mark.WITHDRAWN and facts.was(mark.on, mark.recorded_at):
                yield TimeLineItem(
                    kind=Kind.ACT,
                    on=mark.on,
                    at=moment_on(mark.on, mark.recorded_at),
                    title="Vroegsignaal niet gedaan",
                    sentence=mark.reason,
                    target=Target(Behind.SIGNAL, one.id),
                    seq=one.id,
                )


def _counsellors(facts: Facts) -> Iterator[TimeLineItem]:
    """What a debt counsellor wrote, and what we answered."""
    for talk in conversations_of(facts.tenancy_id):
        for one in talk.messages:
            if facts.was(one.on, one.recorded_at):
                yield TimeLineItem(
                    kind=Kind.COUNSELLOR,
                    on=one.on,
                    at=moment_on(one.on, one.recorded_at),
                    title=f"{talk.counsellor or 'Schuldhulpverlener'}: {one.label}",
                    sentence="; ".join([*one.said, *_taken_back(one)]),
                    actor=one.actor,
                    target=Target(Behind.HELP, talk.id),
                    seq=one.id,
                )


def _taken_back(one: Told) -> list[str]:
    return [f"teruggenomen op {one.back_on:%d-%m-%Y} door {one.back_by}"] if one.back_on else []
