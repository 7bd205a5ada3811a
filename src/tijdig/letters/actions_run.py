"""One round of what happens to letters by itself: what was left behind, what waits, batches, links, what came back."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import OperationalError
from django.db.models import Q

from tijdig.access.scope import organisation_scope
from tijdig.base.days import AMSTERDAM
from tijdig.carriers.bounce import report_of
from tijdig.carriers.bounce_folder import done, read_folder
from tijdig.carriers.channel import Carrier
from tijdig.letters.actions_arrived import take_report
from tijdig.letters.actions_carriers import carriers_of
from tijdig.letters.actions_link import look_at_links
from tijdig.letters.actions_print import make_part, unfinished
from tijdig.letters.actions_sending import ACTOR, Round, recover, send_next
from tijdig.letters.models import Sending
from tijdig.letters.queries_box import sms_to_look_at
from tijdig.letters.states import State
from tijdig.sandbox.process import in_a_limited_process

log = logging.getLogger(__name__)
_MANY = 50
_LOOK_AGAIN = timedelta(minutes=10)


def run_letters(
    *, organisation_id: int, clock: Callable[[], datetime], go_on: Callable[[], bool] = lambda: True
) -> bool:
    """Do what can be done now; true when there is more. May run in several processes at once.

    `go_on` is asked before each message. A line that is down ends the round, so that nobody else waits for it.
    """
    carriers = carriers_of(organisation_id)
    recover(organisation_id=organisation_id, carriers=carriers, now=clock())
    more = Round.NOTHING
    for _ in range(_MANY):
        more = send_next(organisation_id=organisation_id, carriers=carriers, now=clock())
        if more is not Round.DONE or not go_on():
            break
    unmade = unfinished(organisation_id=organisation_id)
    for batch_id in unmade:
        make_part(organisation_id=organisation_id, batch_id=batch_id)
    look_at_links(organisation_id=organisation_id, provider=carriers.links, now=clock())
    if carriers.sms is not None:
        _look_at_sms(organisation_id, carriers.sms, clock())
    return more is Round.DONE or bool(unmade)


def _look_at_sms(organisation_id: int, carrier: Carrier, now: datetime) -> None:
    with organisation_scope(organisation_id):
        rows = sms_to_look_at(now, carrier.name)
        Sending.objects.filter(pk__in=[pk for pk, _ in rows]).update(go_at=now + _LOOK_AGAIN)
    for _, provider_id in rows:
        look_at_message(organisation_id=organisation_id, named=provider_id, carrier=carrier, now=now)


def look_at_message(*, organisation_id: int, named: str, carrier: Carrier, now: datetime) -> bool:
    """Somebody says that something happened to a message, by the carrier's name of it or by our key: fetch its state."""
    with organisation_scope(organisation_id):
        rows = Sending.objects.filter(state=State.SENT.value, carrier=carrier.name)
        found = rows.filter(Q(provider_id=named) | Q(key=_uuid(named))).values_list("provider_id", flat=True)
        provider_id = found.first()
    report = carrier.arrival(provider_id) if provider_id else None
    day = now.astimezone(AMSTERDAM).date()
    return report is not None and take_report(
        organisation_id=organisation_id, report=report, actor=ACTOR, now=now, on=day, carrier=carrier.name
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(hex=text)
    except ValueError:
        return None


def take_mails(*, organisation_ids: Sequence[int], now: datetime) -> int:
    """Read the mail that came back (`TIJDIG_EMAIL_BACK`, a Maildir folder); returns how many messages it told of.

    A mail that makes us stumble is done with like the others: it stays in the folder, and the log has its name.
    """
    folder: str = settings.TIJDIG_CARRIERS.get("EMAIL_BACK", "")
    told = 0
    for name, raw in read_folder(folder) if folder else ():
        try:
            told += take_mail(organisation_ids=organisation_ids, raw=raw, now=now)
        except OperationalError:
            raise  # of the database, and passing: the mail comes again
        except Exception:
            log.exception("mail %s that came back cannot be read", name)
        done(folder, name)
    return told


def take_mail(*, organisation_ids: Sequence[int], raw: bytes, now: datetime) -> bool:
    """One mail that came back; false where it is no report, or not of a message of these corporations."""
    report = in_a_limited_process(report_of, raw)
    day = now.astimezone(AMSTERDAM).date()
    return report is not None and any(
        take_report(organisation_id=one, report=report, actor=ACTOR, now=now, on=day)
        for one in organisation_ids
    )
