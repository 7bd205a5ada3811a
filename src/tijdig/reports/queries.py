"""The figures of an agreement as they are now, the same for both sides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tijdig.bailiff.kinds import Kpi
from tijdig.bailiff.queries import all_files, in_force, open_files
from tijdig.bailiff.queries_figures import figures_kept, figures_now, others
from tijdig.bailiff.values import Agreement
from tijdig.base.days import add_months
from tijdig.reports.agreement_kpis import Counted, Figure, among_ended, figure


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure, and that of the partner's files elsewhere where the group is large enough; `here` is the same of the files
    here: both over closed files alone."""

    figure: Figure
    here: int | None
    elsewhere: int | None


def kpis_of(agreed: Agreement, on: date) -> list[Measured]:
    """Every figure that was agreed, live, of all files with this partner; inside the wall of the corporation."""
    files = [one for one in all_files() if one.partner_id == agreed.partner_id]
    now = figures_now([one for one in files if one.ended_on is None], on)
    known = now | figures_kept(one.id for one in files if one.ended_on is not None)
    counted = [Counted(one, known[one.id]) for one in files if one.id in known]
    return [
        Measured(
            figure(target, counted, on),
            among_ended(target, counted, on),
            _elsewhere(agreed.partner_id, target.kpi, target.months, on),
        )
        for target in agreed.terms.targets
    ]


def closed_to_partner(agreed: Agreement, on: date) -> bool:
    """Is nothing agreed with this partner while files are still there? The walls show it nothing of those, so that what it
    would count is not what the corporation counts; of files that ended alone both count what was kept."""
    holds = any(one.partner_id == agreed.partner_id for one in in_force(on))
    return not holds and any(one.partner_id == agreed.partner_id for one in open_files())


def _elsewhere(partner_id: int, kpi: Kpi, months: int, on: date) -> int | None:
    return others(partner_id, add_months(on, -months), on).get(kpi)
