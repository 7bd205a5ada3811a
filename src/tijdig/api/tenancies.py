"""Putting a tenancy: the whole of it, as often as one likes."""

from __future__ import annotations

from typing import Annotated

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Router, Status

from tijdig.access.api_scopes import ApiScope
from tijdig.access.people import Client
from tijdig.access.scope import again, broken_rule, organisation_scope
from tijdig.api.shapes import Contract, ErrorOut, TenancyIn, TenancyOut
from tijdig.api.token import Token
from tijdig.ledger.actions_marks import mark_dirty
from tijdig.tenancies.actions import load
from tijdig.tenancies.drafts import (
    HomeDraft,
    MandateDraft,
    PartyDraft,
    PaymentMethodDraft,
    PersonDraft,
    RentPartDraft,
    TenancyDraft,
    TenancyRecord,
)

router = Router(tags=["tenancies"])


def _records(contract: str, body: TenancyIn) -> list[TenancyRecord]:
    """The drafts of one tenancy, in loading order."""
    home = body.home
    records: list[TenancyRecord] = []
    if home:
        postcode = home.postcode.replace(" ", "")
        records.append(
            HomeDraft(home.key, home.street, home.house_number, postcode, home.city, region=home.region)
        )
    records += [PersonDraft(one.key, "NAT", one.surname, one.prefix, one.initials) for one in body.tenants]
    status = "BEE" if body.end_on else "LOP"
    home_key = home.key if home else ""
    records.append(TenancyDraft(body.key, contract, status, "HUU", body.begin_on, body.end_on, home_key))
    for number, one in enumerate(body.tenants):
        records.append(PartyDraft(body.key, one.key, "MDH" if number else "HUU", body.begin_on, body.end_on))
    for rent in body.rents:
        key = f"{body.key}/{rent.kind}/{rent.begin_on}"
        records.append(
            RentPartDraft(key, body.key, rent.kind, "", rent.begin_on, rent.end_on, rent.amount_cents)
        )
    kind = "INC" if body.direct_debit_day else "OVB"
    records.append(PaymentMethodDraft(body.key, kind, body.begin_on, None, body.direct_debit_day))
    if body.iban:
        records.append(MandateDraft(body.key, body.iban))
    return records


@router.put(
    "/tenancies/{contract}",
    response={200: TenancyOut, frozenset({400, 401, 403, 409, 422}): ErrorOut},
    auth=Token(ApiScope.PUT_TENANCIES),
)
def put_tenancy(
    request: HttpRequest, contract: Annotated[Contract, Path()], body: TenancyIn
) -> Status[TenancyOut | ErrorOut]:
    """Make or change a tenancy with its home, tenants, rents and way of paying. Nothing is deleted."""
    return _put(request.auth, contract, body)  # type: ignore[attr-defined]


@again
def _put(client: Client, contract: str, body: TenancyIn) -> Status[TenancyOut | ErrorOut]:
    if body.end_on and body.end_on < body.begin_on:
        return Status(
            422, ErrorOut(code="ends_before_begin", message="De einddatum ligt voor de begindatum.")
        )
    with organisation_scope(client.organisation_id):
        try:
            with transaction.atomic():
                loaded = load(
                    organisation_id=client.organisation_id,
                    records=_records(contract, body),
                    actor=f"client:{client.id}",
                    on=timezone.localdate(),
                    subject=f"client:{client.id}",
                )
        except IntegrityError as error:
            if broken_rule(error) != "tenancies_contract":
                raise
            message = f"Contract {contract} bestaat al met een andere sleutel dan {body.key}."
            return Status(409, ErrorOut(code="contract_taken", message=message))
        mark_dirty(
            organisation_id=client.organisation_id,
            tenancy_ids=sorted(loaded.touched),
            on=timezone.localdate(),
        )
        return Status(200, TenancyOut(contract_number=contract, changed=any(loaded.counts.values())))
