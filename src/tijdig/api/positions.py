"""Where a tenancy stands, and why."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router, Status
from pydantic import AwareDatetime

from tijdig.access.api_scopes import ApiScope
from tijdig.access.people import Client
from tijdig.access.scope import organisation_scope
from tijdig.api.shapes import Contract, Day, ErrorOut, OpenItemOut, PositionOut, RuleOut
from tijdig.api.token import Token
from tijdig.cases.queries import tenancy_file
from tijdig.cases.values import TenancyFile
from tijdig.history.actions import note_reading
from tijdig.history.reading import What
from tijdig.tenancies.queries import tenancy_ids_by_contract

router = Router(tags=["positions"])


def position_out(file: TenancyFile) -> PositionOut:
    """A tenancy's page as data."""
    return PositionOut(
        contract_number=file.contract_number,
        as_of=file.as_of,
        known_at=file.known_at.isoformat() if file.known_at else None,
        reconstructed=file.reconstructed,
        balance_cents=file.balance_cents,
        overdue_cents=file.overdue_cents,
        not_due_cents=file.not_due_cents,
        credit_cents=file.credit_cents,
        oldest_due_on=file.since_on,
        days_overdue=file.days,
        due_months=file.due_months,
        departed=file.departed,
        phase=file.phase_label,
        step=file.step_label,
        alert=file.alert,
        why=file.why,
        would_stop=file.would_stop,
        policy_version=file.policy_version,
        open_items=[OpenItemOut.model_validate(item) for item in file.open_items],
        rules=[RuleOut.model_validate(rule) for rule in file.rules],
    )


@router.get(
    "/tenancies/{contract}/position",
    response={200: PositionOut, frozenset({401, 403, 404, 422}): ErrorOut},
    auth=Token(ApiScope.READ_POSITIONS),
)
def get_position(
    request: HttpRequest,
    contract: Annotated[Contract, Path()],
    as_of: Annotated[Day | None, Query()] = None,
    known_at: Annotated[AwareDatetime | None, Query()] = None,
) -> Status[PositionOut | ErrorOut]:
    """The position as of a day (default today), as known at a moment (default now), with every rule that was seen."""
    client: Client = request.auth  # type: ignore[attr-defined]
    day: date = as_of or timezone.localdate()
    moment: datetime | None = known_at
    with organisation_scope(client.organisation_id):
        tenancy = tenancy_ids_by_contract([contract]).get(contract)
        file = tenancy_file(tenancy, as_of=day, known_at=moment) if tenancy else None
        if file is None:
            return Status(
                404, ErrorOut(code="tenancy_unknown", message=f"Contract {contract} is niet bekend.")
            )
        note_reading(
            organisation_id=client.organisation_id,
            actor=client.actor,
            what=What.EXPORT,
            subject=f"tenancy:{tenancy}",
            on=timezone.localdate(),
            at=timezone.now(),
        )
        return Status(200, position_out(file))
