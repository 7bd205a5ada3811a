"""What the cost meter of a tenancy says of a bailiff: the costs of its files in place of the estimate from before one.

The room lies above the cases, so its lines come in here. What the corporation put on the account stands in the meter
already: of the files only what is owed beside it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tijdig.bailiff.queries import files_of
from tijdig.bailiff.queries_earlier import beside_claim_of, beside_of
from tijdig.bailiff.queries_in_file import deeds_of
from tijdig.bailiff.queries_owed import owed_in
from tijdig.bailiff.track import tell
from tijdig.bailiff.values import File
from tijdig.cases.cost_meter import Cost, CostMeter
from tijdig.cases.queries_cost_meter import COURT

_SOURCE = ("de boekingen en het vonnis in het dossier bij de deurwaarder",)
_OWED = "kosten van rechter en deurwaarder, niet in de rekening"
_MAY_COME = "al gemaakt, als de rechter het toewijst of de corporatie akkoord gaat"


def newest_file(tenancy_id: int, on: date) -> File | None:
    """The last file that there was by a day."""
    return next((one for one in files_of(tenancy_id) if one.handed_over_on <= on), None)


def beside_account(tenancy_id: int, on: date) -> int:
    """What a tenant owes as of a day of the costs of its files at bailiffs, beside the rent account."""
    found = newest_file(tenancy_id, on)
    return beside_of([found], on)[found.id] if found else 0


def with_files(meter: CostMeter | None, tenancy_id: int, on: date) -> CostMeter | None:
    """The meter with what the files of this tenancy add."""
    if meter is None or (found := newest_file(tenancy_id, on)) is None:
        return meter
    owing = beside_claim_of(found, tenancy_id, meter.by_letter_cents, on)
    tenant = (*meter.tenant, *([Cost(_OWED, owing, _SOURCE)] if owing else ()))
    if found.ended_on is not None and found.ended_on <= on:
        return replace(meter, tenant=tenant)
    owed, _sums = owed_in(
        found.id, tenancy_id, tell([one for one in deeds_of([found.id])[found.id] if one.on <= on]), on
    )
    may_come = [Cost(_MAY_COME, owed.may_come_cents, _SOURCE)] if owed.may_come_cents else []
    ahead = [one for one in meter.ahead if one.label != COURT]
    return replace(meter, tenant=tenant, ahead=(*ahead, *may_come, *owed.to_come))
