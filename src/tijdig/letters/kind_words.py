"""What each kind of letter is called and what it is for, for whoever chooses one."""

from __future__ import annotations

from collections.abc import Mapping

from tijdig.letters.letter import Kind

KIND_NAMES: Mapping[Kind, str] = {
    Kind.FRIENDLY_REMINDER: "vriendelijke herinnering",
    Kind.REMINDER: "herinnering",
    Kind.INVITATION: "uitnodiging",
    Kind.FOURTEEN_DAY: "veertiendagenbrief",
    Kind.ARRANGEMENT_CONFIRMED: "bevestiging van een regeling",
    Kind.INSTALMENT_MISSED: "gemiste termijn",
    Kind.EARLY_SIGNAL: "vroegsignaal",
    Kind.HANDOVER_ANNOUNCED: "aankondiging deurwaarder",
    Kind.SETTLED: "afsluiting",
}
PURPOSE: Mapping[Kind, str] = {
    Kind.FRIENDLY_REMINDER: "De eerste keer: misschien is de huurder het vergeten.",
    Kind.REMINDER: "De tweede keer, met een dag waarop het betaald moet zijn.",
    Kind.INVITATION: "Een gesprek op een dag, een tijd en een plaats.",
    Kind.FOURTEEN_DAY: "De laatste kans zonder kosten. Nodig om later incassokosten te mogen vragen.",
    Kind.ARRANGEMENT_CONFIRMED: "Wat u met de huurder afsprak: hoeveel per maand, en tot wanneer.",
    Kind.INSTALMENT_MISSED: "Een deel van de afspraak kwam niet.",
    Kind.EARLY_SIGNAL: "De gemeente kan helpen; de huurder mag nee zeggen.",
    Kind.HANDOVER_ANNOUNCED: "Vóór de deurwaarder het overneemt: bel ons nog.",
    Kind.SETTLED: "Alles is betaald. Een bedankje.",
}
