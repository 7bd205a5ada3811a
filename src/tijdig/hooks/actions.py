"""The only writers of who wants to know: made, changed, paused, sent again. Each with a line of history."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings

from tijdig.access.people import Person
from tijdig.access.scope import as_person
from tijdig.carriers.signed_hook import BadAddress, checked, new_secret
from tijdig.entrance.actions import owner, wrote
from tijdig.entrance.actions_programs import as_keeper
from tijdig.entrance.sealing import seal
from tijdig.hooks.kinds import CHOSEN, CLOSED_BECAUSE, OF_PARTNERS, Kind, State
from tijdig.hooks.models import Delivery, Subscription
from tijdig.hooks.queries import may_go
from tijdig.hooks.values import NotDone

USE = "hooks"
OVERLAP = timedelta(days=7)
_MOST = 20


def local_hosts() -> frozenset[str]:
    """Hosts in a network of our own that may be told, by the settings of the installation."""
    return frozenset(settings.TIJDIG_WEBHOOK_HOSTS)


def kinds_for(person: Person) -> tuple[Kind, ...]:
    return OF_PARTNERS if person.partner_id else CHOSEN


def _chosen(person: Person, kinds: Collection[str]) -> str:
    chosen = [one.value for one in kinds_for(person) if one.value in kinds]
    if not chosen:
        raise NotDone("Kies ten minste één ding waarvan dit systeem hoort.")
    return " ".join(chosen)


def _address(url: str) -> str:
    try:
        return checked(url.strip(), local_hosts())
    except BadAddress as bad:
        raise NotDone(str(bad)) from bad


def make(*, person: Person, name: str, url: str, kinds: Sequence[str], on: date) -> tuple[int, str]:
    """Tell this system from now on. Gives its number and the secret, which is shown once. Raises `NotDone`."""
    if not name:
        raise NotDone("Geef het systeem een naam.")
    address, secret = _address(url), new_secret()
    with as_person(person):
        as_keeper(person)
        if Subscription.objects.filter(removed_at=None, **owner(person)).count() >= _MOST:
            raise NotDone(f"Er zijn er al {_MOST}. Verwijder er eerst een.")
        made = Subscription.objects.create(
            name=name[:120],
            url=address,
            kinds=_chosen(person, kinds),
            secret=seal(str(settings.SECRET_KEY), USE, secret),
            **owner(person),
        )
        wrote(
            person=person, verb="hook_made", subject=f"hook:{made.pk}", on=on, url=made.url, kinds=made.kinds
        )
    return int(made.pk), secret


def _held(person: Person, pk: int) -> Subscription:
    as_keeper(person)
    found = Subscription.objects.select_for_update().filter(pk=pk, removed_at=None, **owner(person)).first()
    if found is None:
        raise NotDone("Dit systeem is er niet meer.")
    return found


def change(*, person: Person, pk: int, url: str, kinds: Sequence[str], on: date) -> None:
    """Another address, or told of other things; what waits goes to the new address. Raises `NotDone`."""
    address = _address(url)
    with as_person(person):
        held, chosen = _held(person, pk), _chosen(person, kinds)
        facts = {"url": address, "kinds": chosen, "was": held.url}
        held.url, held.kinds = address, chosen
        held.save(update_fields=["url", "kinds"])
        wrote(person=person, verb="hook_changed", subject=f"hook:{pk}", on=on, **facts)


def renew_secret(*, person: Person, pk: int, at: datetime, on: date) -> str:
    """Another secret; for seven days messages are signed by both. Raises `NotDone`."""
    secret = new_secret()
    with as_person(person):
        held = _held(person, pk)
        held.earlier_secret, held.earlier_until = held.secret, at + OVERLAP
        held.secret = seal(str(settings.SECRET_KEY), USE, secret)
        held.save(update_fields=["secret", "earlier_secret", "earlier_until"])
        wrote(person=person, verb="hook_secret_renewed", subject=f"hook:{pk}", on=on)
    return secret


def pause(*, person: Person, pk: int, at: datetime, on: date) -> None:
    """Nothing goes until somebody lets it go on; what happens meanwhile is kept. Raises `NotDone`."""
    with as_person(person):
        held = _held(person, pk)
        held.paused_at, held.paused_because = at, ""
        held.save(update_fields=["paused_at", "paused_because"])
        wrote(person=person, verb="hook_paused", subject=f"hook:{pk}", on=on)


def go_on(*, person: Person, pk: int, at: datetime, on: date) -> None:
    """What waits goes now. Raises `NotDone`."""
    with as_person(person):
        held = _held(person, pk)
        held.paused_at, held.paused_because = None, ""
        held.save(update_fields=["paused_at", "paused_because"])
        Delivery.objects.filter(subscription_id=pk, state=State.WAITING.value).update(next_at=at)
        wrote(person=person, verb="hook_resumed", subject=f"hook:{pk}", on=on)


def remove(*, person: Person, pk: int, at: datetime, on: date) -> None:
    """It is told nothing any more. Raises `NotDone`."""
    with as_person(person):
        held = _held(person, pk)
        held.removed_at = at
        held.save(update_fields=["removed_at"])
        wrote(person=person, verb="hook_removed", subject=f"hook:{pk}", on=on)


def send_again(*, person: Person, pk: int, delivery_id: int, at: datetime, on: date) -> None:
    """One message once more, also one that was taken. It keeps its number and its id. Raises `NotDone`."""
    with as_person(person):
        _held(person, pk)
        known = Delivery.objects.filter(pk=delivery_id, subscription_id=pk)
        if not known.exists():
            raise NotDone("Dit bericht is er niet meer.")
        if not known.filter(may_go()).update(**_anew(at)):
            raise NotDone(f"{CLOSED_BECAUSE} Dit bericht gaat niet meer.")
        wrote(person=person, verb="hook_sent_again", subject=f"hook:{pk}", on=on, delivery=delivery_id)


def send_again_since(*, person: Person, pk: int, since: date, at: datetime, on: date) -> int:
    """Every message from a day on that may still go once more, in its order; gives how many. Raises `NotDone`."""
    with as_person(person):
        _held(person, pk)
        found = Delivery.objects.filter(may_go(), subscription_id=pk, at__date__gte=since).update(**_anew(at))
        facts: dict[str, Any] = {"since": since.isoformat(), "messages": found}
        wrote(person=person, verb="hook_sent_again", subject=f"hook:{pk}", on=on, **facts)
    return int(found)


def _anew(at: datetime) -> dict[str, object]:
    return {
        "state": State.WAITING.value,
        "tries": 0,
        "next_at": at,
        "status": None,
        "detail": "",
        "done_at": None,
    }


def trial(*, person: Person, pk: int, at: datetime, on: date) -> None:
    """A message that says nothing, to see whether it arrives. Raises `NotDone`."""
    with as_person(person):
        held = _held(person, pk)
        last = Delivery.objects.filter(subscription_id=pk).order_by("event_id").first()
        number = min(last.event_id if last else 0, 0) - 1  # no event has a number below one
        Delivery.objects.create(
            subscription=held,
            event_id=number,
            kind=Kind.TRIAL.value,
            corporation="",
            number=-number,
            at=at,
            next_at=at,
            **owner(person),
        )
        wrote(person=person, verb="hook_tried", subject=f"hook:{pk}", on=on)
