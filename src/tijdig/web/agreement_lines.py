"""An agreement line by line, in words, and what differs between two versions: what an approver must look at.

Decides which lines there are and when two of them are the same. Units: as `told` writes them. Errors: none. Worked example:
a tariff that went from € 45,00 to € 50,00 is one line with both. Left out: the day on which it begins: each version has one.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tijdig.bailiff.agreement import Terms
from tijdig.base.money import euro
from tijdig.web.agreement_form import told


@dataclass(frozen=True, slots=True)
class Difference:
    """One line that is not the same; empty where it was not there, or is not there any more."""

    label: str
    old: str
    new: str


def lines(terms: Terms) -> dict[str, str]:
    """Every line of these terms by its label."""
    words = told(terms)
    found = {_("waar u samen voor werkt"): words["vision"]}
    for label, way, target, months, _definition in words["targets"]:
        found[label] = _("{way} {target}, over {months} maanden").format(
            way=way, target=target, months=months
        )
    found |= {_("tarief: {label}").format(label=label): euro(cents) for label, cents in words["tariffs"]}
    found[_("contact met huurders")] = words["hours"]
    found[_("de deurwaarder mag")] = ", ".join(words["may"])
    found[_("de deurwaarder ziet ook")] = ", ".join(words["shows"])
    found[_("btw over kosten")] = (
        _("de corporatie verklaart dat zij btw niet kan aftrekken") if terms.vat_declared else ""
    )
    found[_("loopt tot en met")] = (
        f"{terms.until_on:%d-%m-%Y}" if terms.until_on else _("geen einde afgesproken")
    )
    return found


def differences(old: Terms, new: Terms) -> list[Difference]:
    """What is not the same, in the order of the new one; what went comes last."""
    before, after = lines(old), lines(new)
    labels = [*after, *(one for one in before if one not in after)]
    pairs = ((label, before.get(label, ""), after.get(label, "")) for label in labels)
    return [Difference(label, was, now) for label, was, now in pairs if was != now]
