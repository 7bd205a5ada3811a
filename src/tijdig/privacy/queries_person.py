"""The whole report of one person: what stands in the tables, with what is worked out for the occasion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from tijdig.base.money import euro
from tijdig.cases.queries import tenancy_file
from tijdig.cases.queries_decisions import decisions
from tijdig.cases.queries_facts import TOLD, Facts
from tijdig.history.reading import LABEL, WHY_LABEL, What, Why
from tijdig.privacy import queries_report as read
from tijdig.privacy.layout import Part, layout
from tijdig.privacy.queries_register import addition
from tijdig.privacy.queries_rules import rules_on
from tijdig.privacy.queries_whom import Stay, about, hidden_conversations, stays_of, tenants_of
from tijdig.privacy.register import processings
from tijdig.privacy.report import Block, Entry, Lines, Report, Section
from tijdig.privacy.rights import RIGHTS, why_kept_back
from tijdig.privacy.rules import sentence
from tijdig.privacy.shared import shared_with
from tijdig.privacy.showing import About, Left, actor, day, text

_HERE_ALONE = (
    *TOLD,
    "letter_written",
    "claim_taken_on",
)  # other words stand with what they are about, or are left out there


def report_of(
    person_id: int, *, corporation: str, made_by: str, verbs: Mapping[str, str], on: date
) -> Report:
    """The report as of today, over all tenancies of this person."""
    stays, left = stays_of(person_id), Left()
    tenancies = [one.tenancy_id for one in stays]
    who = about(person_id, tenancies)
    who = replace(who, hidden=hidden_conversations(who, tenancies))
    found = [_with_special(part, who, stays, left, verbs, on) for part in layout().sections]
    papers, kept_back = read.papers(stays, who)
    name = next((one.name for one in tenants_of(tenancies[0]) if one.id == person_id), "")
    contracts = [
        str(row["contract_number"])
        for block in found[1].blocks
        for row in block.rows
        if "contract_number" in row
    ]
    return Report(
        corporation=corporation,
        person_id=person_id,
        name=name or "naam gewist",
        on=on,
        made_by=made_by,
        contracts=tuple(contracts),
        sections=(
            found[0],
            _standing(stays, on),
            *found[1:-1],
            Section("Met wie wij gegevens van u deelden", "", (Block(sentences=shared_with(found)),)),
            found[-1],
            _purposes(on),
            _not_here(left, kept_back),
            Section("Wat u kunt doen", "", (Block(sentences=(*RIGHTS, *_contact())),)),
        ),
        papers=tuple(papers),
    )  # fmt: skip


def _with_special(
    part: Part, who: About, stays: Sequence[Stay], left: Left, verbs: Mapping[str, str], on: date
) -> Section:
    blocks = []
    plain = {one.table: one for one in read.section(part, who, stays, left).blocks}
    for shown in part.tables:
        match shown.special:
            case "decisions":
                blocks += [_decisions(one, who, on) for one in stays]
            case "readings":
                blocks.append(_readings(stays))
            case "events":
                blocks.append(_events(stays, who, left, verbs))
            case _:
                blocks.append(plain[shown.table])
    return Section(part.title, part.about, tuple(blocks))


def _standing(stays: Sequence[Stay], on: date) -> Section:
    """Where each tenancy stands today; of one in which others stayed, that is theirs."""
    blocks = []
    for one in stays:
        file = tenancy_file(one.tenancy_id, as_of=on)
        assert file is not None
        if one.end_on is not None and one.end_on < on:
            gone = (
                f"U huurt hier niet meer sinds {day(one.end_on)}. De stand van nu is van wie er bleef wonen."
            )
            blocks.append(Block(title=f"Contract {file.contract_number}", sentences=(gone,)))
            continue
        since = (
            f" Het oudste daarvan had op {day(file.since_on)} betaald moeten zijn." if file.since_on else ""
        )
        blocks.append(
            Block(
                title=f"Contract {file.contract_number}",
                sentences=(
                    f"Uw achterstand is {euro(file.overdue_cents)}.{since}",
                    f"Uw saldo is {euro(file.balance_cents)}: wat u moest betalen, min wat wij ontvingen.",
                    f"Volgens onze werkwijze is nu aan de beurt: {file.step_label}. {file.why}",
                ),
            )
        )
    return Section("Hoe u er vandaag voor staat", "", tuple(blocks))


def _decisions(stay: Stay, who: About, on: date) -> Block:
    file = tenancy_file(stay.tenancy_id, as_of=on)
    assert file is not None
    found = [one for one in decisions(Facts(file)) if stay.covers(one.on, one.on)]
    return Block(
        title="Stappen van de werkwijze, met de reden",
        entries=tuple(Entry(f"{day(one.on)}, {one.title.partition(': ')[2]}", (), one.sentence) for one in found),
        table="cases_decision",
        rows=tuple(
            {
                "as_of": one.on.isoformat(),
                "decided": one.title,
                "why": one.sentence,
                "actor": actor(one.actor, who),
                "policy": one.about,
            }
            for one in found
        ),
    )  # fmt: skip


def _readings(stays: Sequence[Stay]) -> Block:
    found = [
        (on, LABEL[What(what)], WHY_LABEL[Why(why)] if why else "", times)
        for on, what, why, times in read.readings(stays)
    ]
    lines = Lines(
        ("Dag", "Wat", "Waarom", "Hoe vaak"),
        (),
        tuple((day(on), what, why, str(times)) for on, what, why, times in found),
    )
    return Block(
        title="Wanneer iemand keek",
        lines=lines if found else None,
        table="history_reading",
        rows=tuple(
            {"on": on.isoformat(), "what": what, "why": why, "times": times} for on, what, why, times in found
        ),
    )


def _events(stays: Sequence[Stay], who: About, left: Left, verbs: Mapping[str, str]) -> Block:
    found = []
    for on, at, verb, by, words in read.events(stays, who):
        told = "worry_" in verb
        said = text(words, who, left) if words and verb in _HERE_ALONE else ""
        found.append(
            (on, at, verbs.get(verb, verb), "een medewerker" if told else actor(by, who), said, verb)
        )
    return Block(
        title="Wat er is gedaan",
        lines=Lines(
            ("Dag", "Wat", "Door", "Toelichting"),
            (),
            tuple((day(on), what, by, said) for on, _, what, by, said, _ in found),
        )
        if found
        else None,
        table="history_event",
        rows=tuple(
            {
                "effective_on": on.isoformat(),
                "recorded_at": at.isoformat(),
                "verb": verb,
                "what": what,
                "by": by,
                "text": said,
            }
            for on, at, what, by, said, verb in found
        ),
    )  # fmt: skip


def _purposes(on: date) -> Section:
    """What the data is used for, on which ground, where it comes from and how long it stays."""
    entries = tuple(
        Entry(
            one.name,
            (
                ("Waarvoor", one.purpose),
                ("Grond", one.ground),
                ("Waar het vandaan komt", one.sources),
                ("Wie het krijgt", one.recipients),
            ),
        )
        for one in processings()
        if one.of_tenants
    )
    version = rules_on(on)
    none = ("Over hoe lang wij dit bewaren, is in tijdig nog niets vastgesteld. Vraag het ons.",)
    return Section(
        "Waarvoor wij gegevens gebruiken, en hoe lang",
        "",
        (
            Block(entries=entries),
            Block(
                title="Hoe lang wij bewaren",
                sentences=tuple(map(sentence, version.rules)) if version else none,
            ),
        ),
    )


def _not_here(left: Left, kept_back: int) -> Section:
    """What is left out, and why: of others, of the program, and of nobody."""
    told = [f"{sentence} Dat gebeurde {times} keer." for sentence, times in left.sentences]
    told += why_kept_back(kept_back)
    return Section(
        "Wat er niet in staat, en waarom",
        "U heeft recht op wat van u is, maar niet op wat van een ander is. Daarom staat dit er niet bij.",
        (
            Block(
                sentences=(
                    *told,
                    layout().why["tells_who_told"],
                    "Wie van onze medewerkers in uw gegevens keek. De dagen staan er wel.",
                    "Contactgegevens van wie met u huurt of huurde.",
                    "Nummers waarmee het programma werkt, en wat het elke dag opnieuw uitrekent.",
                    "Bestanden die over veel mensen tegelijk gaan, zoals een afschrift van de bank. Uw regels staan er wel.",
                )
            ),
        ),
    )


def _contact() -> tuple[str, ...]:
    added = addition()
    return (f"U bereikt ons hiervoor via: {added.contact}",) if added and added.contact else ()
