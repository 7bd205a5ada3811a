"""The steps that policy lets the program do itself: messages and letters without legal effect, written when they are due.

Each in one transaction that writes the letter and ends the planned step, so that a stop in between does neither and
running it again writes nothing twice. What cannot be written today (no way to reach the tenant, a payment that waits) is
tried again tomorrow, with its reason beside it. Sending has its own checks: who pays before it goes gets nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import OperationalError

from tijdig.access.scope import organisation_scope
from tijdig.cases.actions_finish import finish, postpone, take_planned
from tijdig.cases.planned import Planned
from tijdig.cases.queries_planned import due_automatic
from tijdig.letters.actions import write
from tijdig.letters.actions_many import LEGAL
from tijdig.letters.holds import WHY
from tijdig.letters.letter import Fact, Kind
from tijdig.letters.queries_compose import ground_of, to_ask
from tijdig.letters.values import Fault, NotRight
from tijdig.letters.wish import Wish

log = logging.getLogger(__name__)
ACTOR = "system:policy"
AT_ONCE = 200
_NO_TENANCY = Fault("no_tenancy", "Van deze huurder is er geen rekening om over te schrijven.")


@dataclass(frozen=True, slots=True)
class Carried:
    """What a round did: letters written, and steps that wait for tomorrow."""

    written: int
    postponed: int


def carry_out(
    *, organisation_id: int, on: date, now: datetime, by: str = "", go_on: Callable[[], bool] = lambda: True
) -> Carried:
    """Write what is due, at most `AT_ONCE`; `by` is the name under the letters (empty: the corporation's)."""
    with organisation_scope(organisation_id):
        due = due_automatic(on, AT_ONCE)
    written = postponed = 0
    for one in due:
        if not go_on():
            break
        try:
            written += _write(organisation_id, one, on, now, by)
        except NotRight as refused:
            why = " ".join(fault.sentence for fault in refused.faults)
            postponed += _postpone(organisation_id, one, why, on)
        except OperationalError:  # the line is down: not a fault of this letter
            raise
        except Exception:  # one that cannot be made keeps no other from going
            log.exception("the letter of planned step %s could not be made", one.id)
            postponed += _postpone(organisation_id, one, WHY["broken"], on)
    return Carried(written, postponed)


def _postpone(organisation_id: int, planned: Planned, why: str, on: date) -> bool:
    with organisation_scope(organisation_id):
        if not take_planned(planned.id):
            return False
        postpone(organisation_id=organisation_id, actor=ACTOR, planned_id=planned.id, why=why, on=on)
    return True


def _write(organisation_id: int, planned: Planned, on: date, now: datetime, by: str) -> int:
    """One letter and the end of its step, or neither. A step that somebody else took meanwhile is left."""
    kind = Kind(planned.letter)
    if kind in LEGAL:
        raise ValueError(
            "Over deze brief beslist een mens, met zijn naam."
        )  # the check of policies refuses it
    with organisation_scope(organisation_id):
        if not take_planned(planned.id):
            return 0
        wish = Wish(
            tenancy_id=planned.tenancy_id, kind=kind, on=on, given=_given(planned.tenancy_id, kind, on)
        )
        letter = write(organisation_id=organisation_id, actor=ACTOR, wish=wish, now=now, by=by)
        finish(
            organisation_id=organisation_id,
            actor=ACTOR,
            planned_id=planned.id,
            subject=f"letter:{letter}",
            on=on,
        )
    return 1


def _given(tenancy_id: int, kind: Kind, on: date) -> dict[str, Fact]:
    """What the letter asks besides the account, as the habits suggest it."""
    stands_on = ground_of(tenancy_id, on=on, by="")
    if stands_on is None:
        raise NotRight((_NO_TENANCY,))
    found = ((one.name, one.suggest(stands_on.basis)) for one in to_ask(kind, stands_on))
    return {name: value for name, value in found if value is not None}
