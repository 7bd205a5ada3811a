"""The words of a ruling: what a person may decide about one tenancy, apart from the uniform way of working.

Two groups in one closed list. A deviation changes which step is asked: another step, later, not this one, or none for a
while. A decision answers a case that comes near day 61 or missed a deadline: hand it over, arrange, help, or go on.
Decides nothing. Which step codes there are is policy, and a corporation's own. Left out: what the engine does with it.
"""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What was decided."""

    OTHER = "other"
    LATER = "later"
    SKIP = "skip"
    PAUSE = "pause"
    HAND_OVER = "hand_over"
    ARRANGE = "arrange"
    HELP = "help"
    GO_ON = "go_on"


DEVIATIONS = (Kind.OTHER, Kind.LATER, Kind.SKIP, Kind.PAUSE)
DECISIONS = (Kind.HAND_OVER, Kind.ARRANGE, Kind.HELP, Kind.GO_ON)
LAPSE = (Kind.HAND_OVER, Kind.ARRANGE, Kind.GO_ON)  # say what is done about a debt: over when it is paid
OF_A_STEP = (Kind.OTHER, Kind.LATER, Kind.SKIP)  # these name the step from which they deviate

LABEL = {
    Kind.OTHER: "een andere stap",
    Kind.LATER: "deze stap later",
    Kind.SKIP: "deze stap overslaan",
    Kind.PAUSE: "pauze",
    Kind.HAND_OVER: "naar de deurwaarder",
    Kind.ARRANGE: "eerst een regeling",
    Kind.HELP: "eerst hulp",
    Kind.GO_ON: "doorgaan met eigen werk",
}
EXPLAINED = {
    Kind.OTHER: "Komt deze stap aan de beurt, dan vragen we de andere stap. Alle andere stappen blijven zoals ze zijn.",
    Kind.LATER: "We vragen deze stap pas na de dag die u kiest. Komt een andere stap aan de beurt, dan vragen we die wel.",
    Kind.SKIP: "We slaan deze stap over en vragen de volgende stap die past. Na de dag die u kiest, telt de stap weer mee.",
    Kind.PAUSE: "We vragen geen gewone stap, tot en met de dag die u kiest. Een gebroken regeling blijft u wel zien.",
    Kind.HAND_OVER: "Het dossier gaat naar de deurwaarder. Dit is het besluit; overdragen doet u apart.",
    Kind.ARRANGE: "U maakt eerst een betalingsregeling. Na de dag die u kiest, beslist u opnieuw.",
    Kind.HELP: "Er komt eerst hulp, bijvoorbeeld van de gemeente. Na de dag die u kiest, beslist u opnieuw.",
    Kind.GO_ON: "Het dossier blijft bij ons en de gewone stappen gaan door. Schrijf op waarom dat beter is.",
}


class State(StrEnum):
    """Where a ruling stands on a day."""

    IN_FORCE = "in_force"
    ENDED = "ended"  # a person ended it before its last day
    OVER = "over"  # its last day is past


STATE_LABEL = {State.IN_FORCE: "geldt", State.ENDED: "eerder beëindigd", State.OVER: "voorbij"}
