"""How an early signal is written on a page: its duties with what shows each, what became of it, and when a summons fits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from tijdig.help.duties import Proof, Source
from tijdig.help.kinds import DUTY_LABEL, DUTY_LAW, HELPED, Duty, Mark
from tijdig.help.queries import data_of, evidence_of, signals_of
from tijdig.help.values import Signal
from tijdig.law.answer import NotKnown
from tijdig.law.signal_wait import SummonsWindow, summons_window


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One duty as it is shown: `href` leads to what shows it."""

    label: str
    law: str
    proof: Proof | None
    href: str


@dataclass(frozen=True, slots=True)
class SignalLine:
    """One signal with what showed its duties, what left, and when a summons fits it."""

    signal: Signal
    duties: list[DutyLine]
    data: dict[str, str] | None
    window: SummonsWindow | None
    received: bool
    helped: bool


def duty_lines(tenancy_id: int, proofs: dict[Duty, Proof | None]) -> list[DutyLine]:
    """The four duties in the order of the decree."""
    return [
        DutyLine(DUTY_LABEL[duty], DUTY_LAW[duty], proofs.get(duty), _href(tenancy_id, proofs.get(duty)))
        for duty in Duty
    ]


def _href(tenancy_id: int, proof: Proof | None) -> str:
    if proof is None or proof.source is Source.STEP:
        return ""
    if proof.source is Source.LETTER:
        return reverse("letter", args=[proof.id])
    return f"{reverse('tenancy', args=[tenancy_id])}?tijdlijn=contact#contact-{proof.id}"


def signal_line(one: Signal, on: date) -> SignalLine:
    """A signal as it is shown on a day."""
    sent = one.sent if not one.refused else None
    try:
        window = summons_window(sent.on, on) if sent else None
    except NotKnown:
        window = None
    return SignalLine(
        one,
        duty_lines(one.tenancy_id, dict(evidence_of(one.id))),
        data_of(one.id),
        window,
        any(mark.kind is Mark.RECEIVED for mark in one.marks),
        bool(one.answers) and one.answers[-1].result in HELPED,
    )


def proof_of(tenancy_id: int, as_of: date) -> SignalLine | None:
    """The last signal that went by a day and was not refused: what a court asks for."""
    sent = (one for one in signals_of(tenancy_id) if one.sent and one.sent.on <= as_of and not one.refused)
    return next((signal_line(one, as_of) for one in sent), None)
