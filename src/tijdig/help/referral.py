"""A referral to a helper: with whose consent, what was shared, when we ask how it goes, and what came of it.

Decides what may be shared: nothing about a household leaves without that person's consent, except with a helper of our own
(`Helper.asks_consent` is off), who is never told a cause without it; whoever goes there on his own needs nobody's, and then
nothing is shared. With consent a name and a way to reach the person go, and of the rest only what was ticked. There is
always a day on which we ask how it goes, and a pause of the collection always has a last day, so long after the referral as
the way of working says at most. What ends a referral ends its pause.

Source of consent: articles 6 and 9 GDPR (a cause may be about health). Units: days. Errors: Dutch sentences. Worked example:
referred on 2 March with a pause through 12 April, follow-up on the 16th; on the 16th "help began", next follow-up 1 May.

Left out: how many days a pause and a follow-up are by default (policy), and who decides (`actions_referral`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from tijdig.contacts.kinds import CAUSE_LABEL, Cause
from tijdig.help.helper import Helper

LONGEST = 1000
FOLLOW_UP_MOST = timedelta(days=92)
_BACK = timedelta(days=31)


class Consent(StrEnum):
    """How the person agreed that we share something."""

    SPOKEN = "spoken"
    WRITTEN = "written"
    OWN_STEP = "own_step"
    NOT_ASKED = "not_asked"


CONSENT_LABEL = {
    Consent.SPOKEN: "ja, gezegd in een gesprek",
    Consent.WRITTEN: "ja, op papier of per e-mail",
    Consent.OWN_STEP: "niet nodig: de huurder gaat er zelf heen, wij delen niets",
    Consent.NOT_ASKED: "niet nodig: deze helper werkt bij ons",
}
AGREED = (Consent.SPOKEN, Consent.WRITTEN)


class Shared(StrEnum):
    """What was told to the helper."""

    NAME = "name"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    AMOUNT = "amount"
    CAUSES = "causes"
    ARRANGEMENT = "arrangement"


SHARED_LABEL = {
    Shared.NAME: "naam",
    Shared.ADDRESS: "adres",
    Shared.PHONE: "telefoonnummer",
    Shared.EMAIL: "e-mailadres",
    Shared.AMOUNT: "hoe hoog de achterstand is",
    Shared.CAUSES: "waardoor de achterstand kwam",
    Shared.ARRANGEMENT: "wat er is afgesproken over betalen",
}
_REACHES = frozenset({Shared.ADDRESS, Shared.PHONE, Shared.EMAIL})


class Result(StrEnum):
    """What the helper or the tenant says came of it."""

    WAITS = "waits"
    STARTED = "started"
    DONE = "done"
    REFUSED = "refused"
    NOT_SHOWN = "not_shown"
    NO_PLACE = "no_place"
    WITHDRAWN = "withdrawn"


RESULT_LABEL = {
    Result.WAITS: "wacht nog op de helper",
    Result.STARTED: "hulp is begonnen",
    Result.DONE: "hulp is klaar",
    Result.REFUSED: "wil geen hulp",
    Result.NOT_SHOWN: "is niet gekomen",
    Result.NO_PLACE: "deze helper kan niet helpen",
    Result.WITHDRAWN: "trok de toestemming in",
}
GOES_ON = (Result.WAITS, Result.STARTED)
ACCEPTED = (Result.STARTED, Result.DONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralDraft:
    """A referral to write down. Words as they came; `pause_until` None: the collection does not stop."""

    tenancy_id: int
    helper_id: int
    causes: Sequence[str]
    consent: str
    shared: Sequence[str]
    follow_up_on: date | None
    pause_until: date | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerDraft:
    """How it goes. `follow_up_on` and `pause_until` where it goes on."""

    referral_id: int
    result: str
    answered_on: date | None
    follow_up_on: date | None
    pause_until: date | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One time that we heard how it goes."""

    id: int
    result: Result
    answered_on: date
    follow_up_on: date | None
    pause_until: date | None
    actor: str
    name: str
    recorded_at: datetime
    words: str = ""

    @property
    def label(self) -> str:
        return RESULT_LABEL[self.result]


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """One referral with what came of it, the oldest answer first."""

    id: int
    tenancy_id: int
    helper: Helper
    causes: tuple[Cause, ...]
    consent: Consent
    shared: tuple[Shared, ...]
    follow_up_on: date
    pause_until: date | None
    referred_on: date
    actor: str
    name: str
    recorded_at: datetime
    words: str = ""
    answers: tuple[Answer, ...] = ()

    @property
    def goes_on(self) -> bool:
        return not self.answers or self.answers[-1].result in GOES_ON

    @property
    def ask_on(self) -> date | None:
        """The day on which we ask how it goes; None where it is over."""
        if not self.goes_on:
            return None
        return (self.answers[-1].follow_up_on if self.answers else None) or self.follow_up_on

    @property
    def resting_until(self) -> date | None:
        """Until when the collection rests for it, as it was chosen last."""
        longer = (one.pause_until for one in reversed(self.answers) if one.pause_until)
        return next(longer, self.pause_until)

    @property
    def accepted(self) -> bool:
        """Did help ever begin?"""
        return any(one.result in ACCEPTED for one in self.answers)

    @property
    def stands(self) -> str:
        return self.answers[-1].label if self.answers else "verwezen, nog niets gehoord"

    @property
    def shared_label(self) -> str:
        return ", ".join(SHARED_LABEL[one] for one in self.shared)

    @property
    def causes_label(self) -> str:
        return ", ".join(CAUSE_LABEL[one] for one in self.causes)

    @property
    def consent_label(self) -> str:
        return CONSENT_LABEL[self.consent]


def faults(draft: ReferralDraft, helper: Helper | None, on: date, longest_pause_days: int) -> Iterator[str]:
    """What is wrong with it, in the order of the form."""
    if helper is None or not helper.works_on(on):
        yield "Kies naar wie u verwijst."
    if any(one not in set(Cause) for one in draft.causes):
        yield "Kies de oorzaken uit de lijst."
    if draft.consent not in set(Consent):
        yield "Kies hoe de huurder het ermee eens is dat u iets deelt."
    elif helper is not None:
        yield from _sharing(Consent(draft.consent), draft.shared, helper)
    yield from _follow_up(draft.follow_up_on, on)
    yield from _pause(draft.pause_until, on, on, longest_pause_days)
    if len(draft.words) > LONGEST:
        yield f"Schrijf ten hoogste {LONGEST} tekens."


def _sharing(consent: Consent, shared: Sequence[str], helper: Helper) -> Iterator[str]:
    if any(one not in set(Shared) for one in shared):
        yield "Kies uit de lijst wat u deelt."
        return
    told = {Shared(one) for one in shared}
    if consent is Consent.NOT_ASKED and helper.asks_consent:
        yield f"{helper.name} werkt niet bij ons: delen mag alleen als de huurder het goed vindt."
    if Shared.CAUSES in told and consent not in AGREED:
        yield "Waardoor de achterstand kwam, deelt u alleen als de huurder dat goed vindt, ook binnen de corporatie."
    if consent is Consent.OWN_STEP and told:
        yield "Gaat de huurder er zelf heen, dan deelt u niets. Haal de vinkjes weg, of vraag toestemming."
    if consent is not Consent.OWN_STEP and (Shared.NAME not in told or not told & _REACHES):
        yield "Zonder naam en een manier om de huurder te bereiken kan de helper niets. Vink die aan."


def _follow_up(day: date | None, on: date) -> Iterator[str]:
    if day is None or not on < day <= on + FOLLOW_UP_MOST:
        yield f"Kies wanneer u vraagt hoe het gaat: na vandaag, ten hoogste {FOLLOW_UP_MOST.days} dagen vooruit."


def _pause(until: date | None, on: date, begun_on: date, longest_days: int) -> Iterator[str]:
    last_on = begun_on + timedelta(days=longest_days)
    if until is not None and not on <= until <= last_on:
        yield (
            f"Een pauze duurt ten hoogste {longest_days} dagen: voor deze verwijzing tot en met {last_on:%d-%m-%Y}. "
            "Daarna beslist u opnieuw."
        )


def answer_faults(draft: AnswerDraft, known: Referral, on: date, longest_pause_days: int) -> Iterator[str]:
    """What is wrong with an answer."""
    if not known.goes_on:
        yield f"Deze verwijzing is al klaar: {known.stands}."
        return
    if draft.result not in set(Result):
        yield "Kies wat ervan kwam."
        return
    day = draft.answered_on
    if day is None or not max(known.referred_on, on - _BACK) <= day <= on:
        yield "Kies de dag waarop u het hoorde: na de verwijzing, tot en met vandaag, ten hoogste een maand terug."
    if Result(draft.result) in GOES_ON:
        yield from _follow_up(draft.follow_up_on, on)
        yield from _pause(draft.pause_until, on, known.referred_on, longest_pause_days)
    if len(draft.words) > LONGEST:
        yield f"Schrijf ten hoogste {LONGEST} tekens."
