"""The chain over what a partner's people did about their own people: is it whole?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection

from tijdig.access.scope import owner_scope
from tijdig.entrance.models import PartnerAct, PartnerSeal
from tijdig.history.broken import Break, Broken, Of
from tijdig.history.chain import Head, Kept, Row, in_order
from tijdig.history.sealed import Sealed, check


@dataclass(frozen=True, slots=True)
class Acts:
    """What was found of one partner."""

    code: str
    name: str
    links: int
    sealed: int
    unsealed: int
    last_link: str
    broken: tuple[Broken, ...]

    @property
    def holds(self) -> bool:
        return not self.broken


def partner_ids() -> list[int]:
    """Every partner's id: a function of the owner answers, because no wall may be climbed to ask."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM tijdig_partner_ids() AS t(id) ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def acts_after(partner_id: int, act_id: int, until: int | None = None) -> Iterator[Row]:
    """Acts after one, and up to another where one is named, in order; inside the partner's scope."""
    acts = PartnerAct.objects.filter(partner_id=partner_id, pk__gt=act_id)
    for one in (acts if until is None else acts.filter(pk__lte=until)).order_by("pk").iterator():
        at = one.recorded_at.astimezone(UTC).isoformat(timespec="microseconds")
        parts = [one.pk, one.actor, one.verb, one.subject, one.effective_on.isoformat(), at, one.facts]
        yield Row(int(one.pk), one.recorded_at, in_order(parts))


def seals_of(partner_id: int) -> list[Sealed]:
    """In order; inside the partner's scope."""
    found, after = [], 0
    for one in PartnerSeal.objects.filter(partner_id=partner_id).order_by("last_act_id", "pk"):
        head = Head(one.number, one.total, one.sealed_at)
        found.append(Sealed(after, one.last_act_id, one.acts, one.digest, head))
        after = one.last_act_id
    return found


def prove_acts(partner_id: int, *, now: datetime, kept: dict[str, Kept] | None = None) -> Acts:
    """Recompute every link of one partner; `kept` is what was told earlier, by the partner's code."""
    with owner_scope(None, partner_id):
        with connection.cursor() as cursor:
            cursor.execute("SELECT code, name FROM access_partner WHERE id = %s", [partner_id])
            code, name = cursor.fetchone() or ("", "")
        seals = seals_of(partner_id)
        found = check(Of.ACTS, seals, acts_after(partner_id, 0), now)
    broken = found.broken
    before = (kept or {}).pop(code, None)
    if before is not None and not before.stands([one.digest for one in seals]):
        broken += (Broken(Break.KEPT, before.links, 0, seals[-1].until if seals else 0, of=Of.ACTS),)
    last = seals[-1].digest if seals else ""
    return Acts(code, name, len(seals), found.sealed, found.unsealed, last, broken)
