"""Is a way of working whole, lawful and kind? What would never happen, whom it would forget, and what it may not do alone.

Decides: a step that no tenancy can get is refused; so is a step with legal effect without a person, a hand-over that is not
decided by name, without a letter whose term has passed, without the early signal or while the work is stopped, a term
shorter than the law's, a pause that hides a broken arrangement or the new arrears of a debt procedure, a reminder to who
keeps an arrangement, work that belongs to no case, a pause for help without end, and a state in which nobody does anything
any more. Each is worked out exactly over all that can happen (`regions`) and comes with an example.

Sources: article 6:96 paragraph 6 BW (the letter), article 2 Besluit gemeentelijke schuldhulpverlening (the signal),
article 305 Fw (rent of after the Wsnp began), article 22 AVG (a person decides). Errors: none. Left out: whether a policy
is wise; `promised` looks at the terms it promises.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date

from tijdig.law.letter_term import fewest_days
from tijdig.policy.document import Policy, Step
from tijdig.policy.example_words import in_words
from tijdig.policy.findings import Finding
from tijdig.policy.promised import promised
from tijdig.policy.regions import MOST, Box, Reach, reach
from tijdig.policy.words import (
    LEGAL,
    NAMED,
    WRITTEN,
    Act,
    Bucket,
    Circumstance,
    Comparison,
    Feature,
    Hold,
    Stage,
    Who,
)

_LEGAL_LETTERS = frozenset({"fourteen_day", "early_signal", "handover_announced"})
_ALONE = frozenset({Act.NONE, Act.MESSAGE, Act.LETTER})
_LONG_DAYS = 60
_PAUSED: Box = {
    (Feature.PAUSED, 0): (1, 1),
    (Feature.HOLD, int(Hold.ON_HOLD)): (0, 0),
}  # by a person, not by the source
_BROKEN: Box = {(Feature.ARRANGEMENT, 0): (NAMED[Feature.ARRANGEMENT]["broken"],) * 2}
_KEPT: Box = {(Feature.ARRANGEMENT, 0): (NAMED[Feature.ARRANGEMENT]["kept"],) * 2}
_STAYS: Box = {  # sixty days in which nothing happens: nothing that ends by itself still runs
    (Feature.HOLD, int(Hold.BANK_INCOMPLETE)): (0, 0),
    (Feature.DEBIT_AHEAD, 0): (0, 0),
    (Feature.DAYS_OVERDUE, 0): (_LONG_DAYS, MOST),
    (Feature.DAYS_IN_ARREARS, 0): (_LONG_DAYS, MOST),
}
_NEW_ARREARS: Box = {  # beside a debt that stands still, and nothing else that rests: nobody paused, agreed or decided
    (Feature.CIRCUMSTANCE, int(Circumstance.DEBT_PROCEDURE)): (1, 1),
    (Feature.CIRCUMSTANCE, int(Circumstance.OBJECTION)): (0, 0),
    (Feature.HOLD, int(Hold.ON_HOLD)): (0, 0),
    (Feature.PAUSED, 0): (0, 0),
    (Feature.DECIDED, 0): (0, 0),
    (Feature.NEW_OVERDUE_CENTS, 0): (100_000, MOST),
    (Feature.DAYS_NEW_OVERDUE, 0): (_LONG_DAYS, MOST),
    (Feature.DAYS_NEW_IN_ARREARS, 0): (_LONG_DAYS, MOST),
    (Feature.NEW_DEBIT_AHEAD, 0): (0, 0),
}
_STOPPING = (Circumstance.DEATH, Circumstance.DEBT_PROCEDURE, Circumstance.BANKRUPTCY, Circumstance.OBJECTION)
_STOPPED: tuple[Box, ...] = (  # what `cases.legal_steps` refuses as well
    *({(Feature.CIRCUMSTANCE, int(flag)): (1, 1)} for flag in _STOPPING),
    {(Feature.PAUSED, 0): (1, 1)},
    *({(Feature.HOLD, int(hold)): (1, 1)} for hold in Hold),
)
_SINCE = tuple(feature for feature in Feature if feature.name.startswith("DAYS_SINCE_"))


def judge(policy: Policy) -> tuple[Finding, ...]:
    """Everything that is wrong with a policy that could be read, in the order of its steps."""
    seen = reach(policy)
    found: list[Finding] = []
    for place, step in enumerate(policy.steps):
        if seen.example(place) is None:
            found.append(_unreachable(policy, place))
            continue
        found += [*_alone(step), *_bucket(seen, place), *_promises_kept(seen, place), *_lawful(seen, place)]
    return (*found, *_help(policy), *promised(policy))


def _unreachable(policy: Policy, place: int) -> Finding:
    step = policy.steps[place]
    conditions = " en ".join(in_words({}, step)) or "altijd"
    return Finding(
        "never_fires",
        step.code,
        f"Deze stap komt nooit aan de beurt: alles waarvoor hij geldt ({conditions}) valt al onder een stap erboven, "
        "of kan niet.",
    )


def _help(policy: Policy) -> Iterator[Finding]:
    """Pauses for help that end, and that one request does not make longer than the longest."""
    terms = asdict(policy.help)
    for name in [name for name, days in terms.items() if days <= 0]:
        yield Finding("help_without_days", "", f"`help: {name}` is {terms[name]}. Kies ten minste één dag.")
    longest = policy.help.longest_pause_days
    for name in ("pause_days", "request_pause_days"):
        if terms[name] > longest:
            yield Finding(
                "help_pause_too_long",
                "",
                f"`help: {name}` is {terms[name]} dagen, en de langste pauze (`longest_pause_days`) is {longest}. "
                "Maak die langer of deze korter.",
            )


def _alone(step: Step) -> Iterator[Finding]:
    """What a program may not do alone, and what it cannot do at all."""
    legal = step.do in LEGAL or step.letter in _LEGAL_LETTERS
    if legal and step.who is Who.AUTOMATIC:
        yield Finding(
            "legal_without_person",
            step.code,
            "Deze stap heeft rechtsgevolg voor de huurder. Een medewerker beslist hem op naam: zet `who: person`.",
        )
    elif step.do not in _ALONE and step.who is Who.AUTOMATIC:
        yield Finding(
            "cannot_be_automatic", step.code, "Dit kan alleen een medewerker doen: zet `who: person`."
        )


def _bucket(seen: Reach, place: int) -> Iterator[Finding]:
    """Does a step put a tenancy where it says: in a list, or where something ends the waiting?"""
    step, floor = seen.policy.steps[place], seen.policy.floor_cents
    works = step.who is Who.PERSON and step.do is not Act.NONE
    alone = step.who is Who.AUTOMATIC and step.do not in _ALONE  # told already
    if not alone and (step.bucket is Bucket.LIST) != (works and step.alert):
        yield Finding(
            "list_and_person",
            step.code,
            "Wat een medewerker moet doen, staat in een lijst (`bucket: list`, `alert: true`), en alleen dat staat daar.",
        )
    quiet = step.bucket in (Bucket.NOTHING, Bucket.BELOW)
    if (step.stage is Stage.NONE and step.do is not Act.NONE) or (quiet and step.stage is not Stage.NONE):
        yield Finding(
            "stage_and_bucket",
            step.code,
            "Wat gedaan wordt, staat in een zaak: geef de stap een `stage`. Waar niets te vragen is, is geen zaak: "
            "`stage: none`.",
        )
    wrong: dict[Bucket, tuple[str, tuple[Box, ...]]] = {
        Bucket.NOTHING: (
            "wie meer schuldig is dan de ondergrens",
            ({(Feature.OVERDUE_CENTS, 0): (floor + 1, MOST)},),
        ),
        Bucket.BELOW: (
            "wie meer dan een ton schuldig is: er is geen bovengrens",
            ({(Feature.OVERDUE_CENTS, 0): (10_000_000, MOST)},),
        ),
        Bucket.ARRANGEMENT: (
            "wie geen regeling heeft die loopt",
            (
                {(Feature.ARRANGEMENT, 0): (0, NAMED[Feature.ARRANGEMENT]["requested"])},
                _BROKEN,
            ),
        ),
        Bucket.BAILIFF: ("wie niet bij de deurwaarder is", ({(Feature.WITH_BAILIFF, 0): (0, 0)},)),
        Bucket.PAUSED: ("wie door niets is gepauzeerd", (_NOT_PAUSED,)),
    }
    if step.bucket in wrong:
        whom, limits = wrong[step.bucket]
        for limit in limits:
            yield from _shown(seen, place, "wrong_bucket", f"`bucket: {step.bucket}` treft ook {whom}", limit)
    if step.bucket is Bucket.TERM:
        yield from _endless(seen, place)


_NOT_PAUSED: Box = {
    (Feature.PAUSED, 0): (0, 0),
    (Feature.HOLD, int(Hold.ON_HOLD)): (0, 0),
    (Feature.CIRCUMSTANCE, int(Circumstance.OBJECTION)): (0, 0),
    (Feature.CIRCUMSTANCE, int(Circumstance.DEBT_PROCEDURE)): (
        0,
        0,
    ),  # its old debt stands still by law or by agreement
    (Feature.DECIDED, 0): (0, NAMED[Feature.DECIDED]["arrange"]),
}


def _endless(seen: Reach, place: int) -> Iterator[Finding]:
    """Who waits for a term must not wait for ever: after sixty days in which nothing happens, nobody is here."""
    step = seen.policy.steps[place]
    for promise in (0, NAMED[Feature.PROMISE]["broken"]):
        for arrangement in (0, NAMED[Feature.ARRANGEMENT]["broken"]):
            long_ago = {(feature, 0): (_LONG_DAYS, MOST) for feature in _since_in(seen.policy)}
            limit: Box = {
                **_STAYS,
                **long_ago,
                (Feature.PROMISE, 0): (promise, promise),
                (Feature.ARRANGEMENT, 0): (arrangement, arrangement),
            }
            if (example := seen.example(place, limit)) is not None:
                yield Finding(
                    "waits_for_ever",
                    step.code,
                    f"Hier doet na zestig dagen nog niemand iets. Bijvoorbeeld: {', '.join(in_words(example))}.",
                )
                return


def _since_in(policy: Policy) -> list[Feature]:
    used = {condition.feature for step in policy.steps for condition in step.conditions}
    return [feature for feature in _SINCE if feature in used]


def _promises_kept(seen: Reach, place: int) -> Iterator[Finding]:
    """What was agreed is seen, and who keeps it is left in peace."""
    step = seen.policy.steps[place]
    if step.bucket is Bucket.PAUSED:
        yield from _shown(
            seen, place, "pause_hides_broken", "Een pauze verbergt een gebroken regeling", _PAUSED, _BROKEN
        )
        yield from _shown(
            seen,
            place,
            "new_arrears_hidden",
            "Wie tijdens een schuldregeling de nieuwe huur zestig dagen niet betaalt, ziet hier niemand (artikel 305 Fw)",
            _NEW_ARREARS,
        )
    if step.do in WRITTEN or step.do is Act.CALL:
        yield from _shown(
            seen,
            place,
            "kept_is_reminded",
            "Wie een regeling nakomt, krijgt hier toch een herinnering",
            _KEPT,
        )


def _lawful(seen: Reach, place: int) -> Iterator[Finding]:
    step = seen.policy.steps[place]
    if step.do is Act.HAND_OVER:
        yield from _hand_over(seen, place)
    if step.do is Act.EARLY_SIGNAL:
        yield from _shown(
            seen,
            place,
            "signal_without_effort",
            "Vroegsignaal zonder dat persoonlijk contact is gezocht (artikel 2 Besluit gemeentelijke schuldhulpverlening)",
            {(Feature.CONTACT_SOUGHT, 0): (0, 0)},
        )
        yield from _shown(
            seen,
            place,
            "signal_without_offer",
            "Vroegsignaal zonder brief die de hulp aanbiedt, of tegen de wil van de huurder",
            {(Feature.EARLY_SIGNAL, 0): (0, 0)},
            {(Feature.EARLY_SIGNAL, 0): (NAMED[Feature.EARLY_SIGNAL]["objected"],) * 2},
            any_of=True,
        )
    yield from _short_terms(step, seen.policy.valid_from)


def _hand_over(seen: Reach, place: int) -> Iterator[Finding]:
    decided, letter, signal = (
        NAMED[feature] for feature in (Feature.DECIDED, Feature.FOURTEEN_DAY_LETTER, Feature.EARLY_SIGNAL)
    )
    yield from _shown(
        seen,
        place,
        "hand_over_without_decision",
        "Overdracht zonder besluit op naam: vraag `decided = hand_over`",
        {(Feature.DECIDED, 0): (0, decided["hand_over"] - 1)},
        {(Feature.DECIDED, 0): (decided["hand_over"] + 1, max(decided.values()))},
        any_of=True,
    )
    yield from _shown(
        seen,
        place,
        "hand_over_without_letter",
        "Overdracht zonder veertiendagenbrief waarvan de termijn voorbij is (artikel 6:96 lid 6 BW)",
        {(Feature.FOURTEEN_DAY_LETTER, 0): (0, letter["passed"] - 1)},
    )
    yield from _shown(
        seen,
        place,
        "hand_over_without_signal",
        "Overdracht van wie er nog woont zonder vroegsignaal (artikel 2 Besluit gemeentelijke schuldhulpverlening)",
        {(Feature.EARLY_SIGNAL, 0): (0, signal["objected"] - 1), (Feature.DEPARTED, 0): (0, 0)},
    )
    yield from _shown(
        seen,
        place,
        "hand_over_while_stopped",
        "Overdracht terwijl het werk stilligt: zet een stap ervoor die dit opvangt",
        *_STOPPED,
        any_of=True,
    )


def _short_terms(step: Step, on: date) -> Iterator[Finding]:
    """A step that follows the fourteen-day letter by days must leave the days that the law gives."""
    needed = fewest_days(on)
    for condition in step.conditions:
        asks = condition.feature is Feature.DAYS_SINCE_FOURTEEN_DAY
        least = {Comparison.AT_LEAST: condition.value, Comparison.MORE: condition.value + 1}.get(
            condition.comparison, condition.value if condition.comparison is Comparison.EQUAL else None
        )
        if asks and step.do is not Act.NONE and least is not None and least < needed:
            yield Finding(
                "term_too_short",
                step.code,
                f"{least} dagen na de veertiendagenbrief is te vroeg: met de bezorging en de termijn erbij zijn het "
                f"er {needed} "
                "(artikel 6:96 lid 6 BW).",
            )


def _shown(
    seen: Reach, place: int, code: str, what: str, *limits: Box, any_of: bool = False
) -> Iterator[Finding]:
    """A finding where the step can get a tenancy within all of these limits, or within any of them."""
    for together in [(one,) for one in limits] if any_of else [limits]:
        example = seen.example(place, *together)
        if example is not None:
            told = ", ".join(in_words(example))
            yield Finding(code, seen.policy.steps[place].code, f"{what}. Bijvoorbeeld: {told}.")
            return
