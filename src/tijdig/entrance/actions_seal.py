"""The only writer of links over partners' acts."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import connection
from django.db.models import Max

from tijdig.access.scope import owner_scope
from tijdig.entrance.models import PartnerAct, PartnerSeal
from tijdig.entrance.queries_acts import acts_after
from tijdig.history.actions import settled
from tijdig.history.chain import Digest, Head

_LOCK = 7497


def seal_acts(*, partner_id: int, looks: int = 1) -> int:
    """Add one link for the acts that have none yet; returns how many. What is being written waits for the next time."""
    with owner_scope(None, partner_id):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, partner_id])
        newest = PartnerAct.objects.filter(partner_id=partner_id).aggregate(at=Max("pk"))["at"] or 0
        if not settled("entrance_partneract", looks):
            return 0
        last = PartnerSeal.objects.filter(partner_id=partner_id).order_by("-number").first()
        link = Digest(last.digest if last else "")
        for one in acts_after(partner_id, last.last_act_id if last else 0, newest):
            link.add(one)
        if not link.rows:
            return 0
        number, total = (last.number, last.total) if last else (0, 0)
        head = Head(number + 1, total + link.rows, datetime.now(UTC))
        PartnerSeal.objects.create(
            partner_id=partner_id,
            last_act_id=link.until,
            acts=link.rows,
            digest=link.close(head),
            sealed_at=head.sealed_at,
            number=head.number,
            total=head.total,
        )
        return link.rows
