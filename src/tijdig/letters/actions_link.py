"""Payment links: made when a message goes, looked after until paid or over. A paid one is a promise, no settlement."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from tijdig.access.scope import organisation_scope
from tijdig.base.days import AMSTERDAM
from tijdig.carriers.payment_link import LinkError, LinkState, LinkStatus, Provider
from tijdig.letters.models import Link
from tijdig.steps.actions import Draft, note
from tijdig.steps.kinds import Kind as StepKind

ACTOR = "system:links"
ASKED = "asked"  # by us, and the provider has not answered yet
LOOK_AGAIN = timedelta(minutes=10)


def open_link(*, organisation_id: int, row: Link, provider: Provider, now: datetime) -> None:
    """Ask the provider for this link, with no transaction open. Raises `LinkError` where it does not answer."""
    made = provider.create(
        amount_cents=row.amount_cents,
        description="Huur",
        key=row.key.hex,
        expires_on=row.expires_on,
        return_url="",
        hint_url=_hint_url(row),
    )
    with organisation_scope(organisation_id):
        Link.objects.filter(pk=row.pk, state=ASKED).update(
            provider=provider.name,
            provider_id=made.provider_id,
            url=made.url,
            state=LinkState.OPEN.value,
            checked_at=now,
        )


def _hint_url(row: Link) -> str:
    """Where the provider tells that something happened; only where the program can be reached from outside."""
    address: str = settings.TIJDIG_ADDRESS
    return f"{address}/hint/betaling/{row.organisation_id}/{row.key}" if address else ""


def look_at_links(*, organisation_id: int, provider: Provider | None, now: datetime) -> int:
    """Fetch the state of open links that were not looked at for a while; returns how many were paid."""
    if provider is None:
        return 0
    with organisation_scope(organisation_id):
        due = Link.objects.filter(state=LinkState.OPEN.value, checked_at__lt=now - LOOK_AGAIN)
        ids = list(due.order_by("checked_at").values_list("pk", flat=True)[:50])
    return sum(look_at(organisation_id=organisation_id, link_id=pk, provider=provider, now=now) for pk in ids)


def look_at(*, organisation_id: int, link_id: int, provider: Provider, now: datetime) -> bool:
    """Fetch the state of one link; true when it was just paid. Where the provider does not answer nothing changes."""
    with organisation_scope(organisation_id):
        provider_id = Link.objects.values_list("provider_id", flat=True).get(pk=link_id)
    try:
        status = provider.status(provider_id)
    except LinkError:
        status = LinkStatus(LinkState.OPEN)
    with organisation_scope(organisation_id):
        row = Link.objects.select_for_update().get(pk=link_id)
        if row.state != LinkState.OPEN:
            return False
        paid_on = status.paid_on or now.astimezone(AMSTERDAM).date()
        paid = status.state is LinkState.PAID
        Link.objects.filter(pk=link_id).update(
            state=status.state.value,
            checked_at=now,
            paid_cents=status.paid_cents if paid else 0,
            paid_on=paid_on if paid else None,
        )
        if paid:
            facts = {"link_id": link_id, "paid_cents": status.paid_cents, "provider": row.provider}
            draft = Draft(row.tenancy_id, f"link:{link_id}", facts)
            note(
                organisation_id=organisation_id,
                actor=ACTOR,
                kind=StepKind.LINK_PAID,
                on=paid_on,
                steps=[draft],
            )
        return paid


def hinted(*, organisation_id: int, key: UUID, provider: Provider, now: datetime) -> bool:
    """Somebody says that something happened to a link. That is a hint: its state is fetched, while the link is open."""
    with organisation_scope(organisation_id):
        rows = Link.objects.filter(key=key, state=LinkState.OPEN.value)
        found = rows.values_list("pk", flat=True).first()
    if found is None:
        return False
    look_at(organisation_id=organisation_id, link_id=found, provider=provider, now=now)
    return True
