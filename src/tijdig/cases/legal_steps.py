"""What must be true before a named person hands over or takes back, and who says that the municipality is not to be told.

Sources: article 6:96 paragraph 6 BW (no collection without a letter whose term has passed); article 2 Besluit gemeentelijke
schuldhulpverlening (no signal against the tenant's wish); articles 26, 287b, 299 and 301 Fw (who runs the debts of a
procedure or a bankruptcy is the one to talk to).

Units: the row that the engine saw. Errors: none, each missing thing is a sentence that says what to do first. Example: a
hand-over on a file without a decision says that somebody must decide it first. A wish of after the signal is written down
too: it holds for the next one. Nothing is handed over while a procedure runs, new arrears no more than the old debt: who
wants that decides it by name and ends the procedure here first, when it is over. Left out: the signal itself (room `help`);
an administrator who was not heard, and agreements with a bailiff (room `bailiff`); whether it is wise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from tijdig.arrears.done import Letter, Signal
from tijdig.policy.words import NAMED, Circumstance, Feature, Hold
from tijdig.steps.kinds import Kind
from tijdig.tenancies.flags import Flag, procedure_in

Row = npt.NDArray[np.int64]
ACTS: Mapping[Kind, str] = {
    Kind.SIGNAL_OBJECTED: "De huurder wil niet dat de gemeente bericht krijgt",
    Kind.HANDED_OVER: "Overgedragen aan de deurwaarder",
    Kind.HANDED_BACK: "Terug van de deurwaarder",
}
OWN_ACTS = frozenset({Kind.SIGNAL_OBJECTED})  # the others are written down in the room of the bailiff


def faults(kind: Kind, row: Row) -> tuple[str, ...]:
    """What stands in the way of writing this down, in the order in which it is mended."""
    return tuple(_CHECKS[kind](row))


def possible(row: Row) -> dict[Kind, tuple[str, ...]]:
    """Every act that makes sense now, with what stands in its way."""
    with_bailiff = bool(row[Feature.WITH_BAILIFF])
    signal = int(row[Feature.EARLY_SIGNAL])
    wanted = [Kind.HANDED_BACK] if with_bailiff else [Kind.HANDED_OVER]
    if not with_bailiff and not row[Feature.DEPARTED] and signal != Signal.OBJECTED:
        wanted += [Kind.SIGNAL_OBJECTED]
    return {kind: faults(kind, row) for kind in wanted}


def _hand_over(row: Row) -> Iterator[str]:
    if not row[Feature.OVERDUE_CENTS]:
        yield "Er staat niets open dat al betaald had moeten zijn."
    if row[Feature.WITH_BAILIFF]:
        yield "Het dossier is al bij de deurwaarder."
    if row[Feature.DECIDED] != NAMED[Feature.DECIDED]["hand_over"]:
        yield "Eerst besluit iemand op naam om over te dragen."
    if row[Feature.FOURTEEN_DAY_LETTER] != Letter.PASSED:
        yield "Eerst moet de termijn van een veertiendagenbrief over wat nu open staat voorbij zijn."
    if not row[Feature.DEPARTED] and row[Feature.EARLY_SIGNAL] < Signal.OBJECTED:
        yield "Eerst doet u een vroegsignaal, of legt u vast dat de huurder dat niet wil."
    yield from about_them(row)
    yield from resting(row)
    if row[Feature.ARRANGEMENT] in (NAMED[Feature.ARRANGEMENT]["kept"], NAMED[Feature.ARRANGEMENT]["late"]):
        yield "Er loopt een regeling. Zolang de huurder die nakomt, gaat er niets naar de deurwaarder."


def about_them(row: Row) -> Iterator[str]:
    """What holds the work with a household holds a hand-over: what happened to them, and an objection of theirs."""
    circumstance = int(row[Feature.CIRCUMSTANCE])
    if (procedure := procedure_in(circumstance)) is not None:
        yield _PROCEDURES[procedure]
    for flag, sentence in _CIRCUMSTANCES.items():
        if circumstance & int(flag):
            yield sentence


def resting(row: Row) -> Iterator[str]:
    """A pause, and money that may be there."""
    if row[Feature.PAUSED]:
        yield "Er loopt een pauze. Beëindig die eerst, of wacht tot de einddag voorbij is."
    for hold, sentence in _HOLDS.items():
        if row[Feature.HOLD] & int(hold):
            yield sentence


_PROCEDURES: Mapping[Flag, str] = {
    Flag.DEBT_PROCEDURE: "Er loopt een schuldregeling. Overleg met de schuldhulp of de bewindvoerder; "
    "er gaat niets naar de deurwaarder.",
    Flag.WSNP: "De Wsnp loopt: de oude schuld staat stil. Overleg met de bewindvoerder, ook over nieuwe achterstand; "
    "er gaat niets naar de deurwaarder.",
    Flag.AMICABLE: "Er loopt een minnelijke schuldregeling: de oude schuld staat stil. Overleg met de schuldhulp, ook over "
    "nieuwe achterstand; er gaat niets naar de deurwaarder.",
    Flag.MORATORIUM: "Er geldt een moratorium: ontruimen mag niet zolang de lopende huur komt. Overleg met de schuldhulp; "
    "er gaat niets naar de deurwaarder.",
}
_CIRCUMSTANCES: Mapping[Circumstance, str] = {
    Circumstance.DEATH: "Een huurder is overleden. Zoek eerst uit wie verder huurt of wie erft.",
    Circumstance.BANKRUPTCY: "De huurder is failliet. Overleg met de curator; er gaat niets naar de deurwaarder.",
    Circumstance.OBJECTION: "Eerst beantwoordt u het bezwaar van de huurder.",
}
_HOLDS: Mapping[Hold, str] = {
    Hold.BANK_INCOMPLETE: "De bankgegevens zijn niet compleet. Wacht tot elke betaling is ingelezen.",
    Hold.ON_HOLD: "Het contract is aangehouden in het bronsysteem. Hef dat daar eerst op.",
    Hold.UNMATCHED_PAYMENT: "Er wacht een betaling die van deze huurder kan zijn. Koppel die eerst.",
}


def _objected(row: Row) -> Iterator[str]:
    if row[Feature.EARLY_SIGNAL] == Signal.OBJECTED:
        yield "Dat staat er al: de huurder wil niet dat de gemeente bericht krijgt."


def _back(row: Row) -> Iterator[str]:
    if not row[Feature.WITH_BAILIFF]:
        yield "Het dossier is niet bij de deurwaarder."


_CHECKS = {
    Kind.HANDED_OVER: _hand_over,
    Kind.SIGNAL_OBJECTED: _objected,
    Kind.HANDED_BACK: _back,
}
