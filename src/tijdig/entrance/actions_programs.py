"""The only writers of programs at the API by a page: make, renew its token, take away what it may, switch off."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from tijdig.access.api_scopes import ApiScope
from tijdig.access.models import ApiClient, User
from tijdig.access.people import Person
from tijdig.access.roles import Right, may
from tijdig.access.scope import as_person
from tijdig.access.sign_in import token_digest
from tijdig.entrance.actions import wrote
from tijdig.entrance.values import NotDone

OVERLAP = timedelta(days=7)


def _as_administrator(person: Person) -> None:
    """Still one, by the row itself."""
    row = User.objects.filter(pk=person.id, is_active=True).first()
    if row is None or not may(row.role, Right.ADMINISTER):
        raise NotDone("U kunt hier niets meer veranderen: uw rol is veranderd.")


def _known(scopes: Sequence[str]) -> str:
    """What was chosen, in the order of the list; at least one."""
    chosen = [one.value for one in ApiScope if one.value in scopes]
    if not chosen:
        raise NotDone("Kies ten minste een ding dat het programma mag.")
    return " ".join(chosen)


def make_program(*, person: Person, name: str, scopes: Sequence[str], on: date) -> str:
    """A program with a token, which is shown once and of which only a digest is kept."""
    if not name:
        raise NotDone("Geef het programma een naam.")
    token = secrets.token_urlsafe(32)
    with as_person(person):
        _as_administrator(person)
        made = ApiClient.objects.create(
            organisation_id=person.organisation_id,
            name=name[:120],
            token_digest=token_digest(token),
            scopes=_known(scopes),
        )
        wrote(person=person, verb="program_made", subject=f"client:{made.pk}", on=on, scopes=made.scopes)
    return token


def _held(person: Person, program_id: int) -> ApiClient:
    _as_administrator(person)
    found = ApiClient.objects.select_for_update().filter(pk=program_id, revoked_at=None).first()
    if found is None:
        raise NotDone("Dit programma is er niet meer.")
    return found


def renew_token(*, person: Person, program_id: int, at: datetime, on: date) -> str:
    """Another token. That of before opens the same for seven days, unless it is ended sooner; one before that, nothing."""
    token = secrets.token_urlsafe(32)
    with as_person(person):
        held = _held(person, program_id)
        ApiClient.objects.filter(pk=program_id).update(
            token_digest=token_digest(token), earlier_digest=held.token_digest, earlier_until=at + OVERLAP
        )
        wrote(person=person, verb="program_token_renewed", subject=f"client:{program_id}", on=on)
    return token


def end_earlier_token(*, person: Person, program_id: int, on: date) -> None:
    """The earlier token opens nothing any more."""
    with as_person(person):
        _held(person, program_id)
        ApiClient.objects.filter(pk=program_id).update(earlier_digest=None, earlier_until=None)
        wrote(person=person, verb="program_token_ended", subject=f"client:{program_id}", on=on)


def set_scopes(*, person: Person, program_id: int, scopes: Sequence[str], on: date) -> None:
    with as_person(person):
        held, wanted = _held(person, program_id), _known(scopes)
        ApiClient.objects.filter(pk=program_id).update(scopes=wanted)
        facts = {"scopes": wanted, "was": held.scopes}
        wrote(person=person, verb="program_changed", subject=f"client:{program_id}", on=on, **facts)


def revoke_program(*, person: Person, program_id: int, at: datetime, on: date) -> None:
    """Its tokens open nothing any more. What it did stays its own."""
    with as_person(person):
        _held(person, program_id)
        ApiClient.objects.filter(pk=program_id).update(revoked_at=at, earlier_digest=None, earlier_until=None)
        wrote(person=person, verb="program_revoked", subject=f"client:{program_id}", on=on)
