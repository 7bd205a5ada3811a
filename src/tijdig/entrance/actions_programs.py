"""The only writers of programs at the API by a page: make, renew its token, take away what it may, switch off."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from tijdig.access.api_scopes import OF_THE_STANDARD, ApiScope
from tijdig.access.models import ApiClient, User
from tijdig.access.people import Person
from tijdig.access.roles import Right, Role, may
from tijdig.access.scope import as_person
from tijdig.access.sign_in import token_digest
from tijdig.entrance.actions import owner, wrote
from tijdig.entrance.values import NotDone

OVERLAP = timedelta(days=7)


def scopes_for(person: Person) -> tuple[ApiScope, ...]:
    """What a program of theirs may be given: of a partner only what the sector's standard has."""
    return OF_THE_STANDARD if person.partner_id else tuple(ApiScope)


def as_keeper(person: Person) -> None:
    """Still one, by the row itself."""
    row = User.objects.filter(pk=person.id, is_active=True).first()
    if row is None or not may(row.role, Right.LEAD_PARTNER if person.partner_id else Right.ADMINISTER):
        raise NotDone("U kunt hier niets meer veranderen: uw rol is veranderd.")


def _known(person: Person, scopes: Sequence[str]) -> str:
    """What was chosen, in the order of the list; at least one."""
    chosen = [one.value for one in scopes_for(person) if one.value in scopes]
    if not chosen:
        raise NotDone("Kies ten minste een ding dat het programma mag.")
    return " ".join(chosen)


def make_program(*, person: Person, name: str, scopes: Sequence[str], on: date) -> tuple[int, str]:
    """A program with a token, which is shown once and of which only a digest is kept. Gives its number and the token."""
    if not name:
        raise NotDone("Geef het programma een naam.")
    token = secrets.token_urlsafe(32)
    with as_person(person):
        as_keeper(person)
        made = ApiClient.objects.create(
            name=name[:120],
            token_digest=token_digest(token),
            scopes=_known(person, scopes),
            user=_acts_as(person, name[:120]),
            **owner(person),
        )
        wrote(person=person, verb="program_made", subject=f"client:{made.pk}", on=on, scopes=made.scopes)
    return int(made.pk), token


def _acts_as(person: Person, name: str) -> User | None:
    """Of a partner: as whom the program stands behind its walls. Nobody can sign in as this."""
    if person.partner_id is None:
        return None
    address = f"programma-{secrets.token_hex(8)}@programma.invalid"
    user = User(partner_id=person.partner_id, email=address, name=name, role=Role.PARTNER.value, program=True)
    user.set_unusable_password()
    user.save()
    return user


def _held(person: Person, program_id: int) -> ApiClient:
    as_keeper(person)
    found = (
        ApiClient.objects.select_for_update().filter(pk=program_id, revoked_at=None, **owner(person)).first()
    )
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
        held, wanted = _held(person, program_id), _known(person, scopes)
        ApiClient.objects.filter(pk=program_id).update(scopes=wanted)
        facts = {"scopes": wanted, "was": held.scopes}
        wrote(person=person, verb="program_changed", subject=f"client:{program_id}", on=on, **facts)


def revoke_program(*, person: Person, program_id: int, at: datetime, on: date) -> None:
    """Its tokens open nothing any more. What it did stays its own."""
    with as_person(person):
        held = _held(person, program_id)
        ApiClient.objects.filter(pk=program_id).update(revoked_at=at, earlier_digest=None, earlier_until=None)
        if held.user_id:
            User.objects.filter(pk=held.user_id, program=True).update(is_active=False)
        wrote(person=person, verb="program_revoked", subject=f"client:{program_id}", on=on)
