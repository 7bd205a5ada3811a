"""The only writers of who comes in: ending sessions, inviting, changing, switching off, and what is asked of everybody.

Whoever keeps the people of a house (an administrator, or who leads a partner) keeps those of that house alone, never
themselves, and gives only roles of that house. So one who keeps people is always left: two who take it from each other
at once are held apart, because both rows are locked and looked at again.
"""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import F

from tijdig.access.actions_sessions import end_sessions_of
from tijdig.access.models import Organisation, Partner, User
from tijdig.access.people import Person
from tijdig.access.roles import RIGHTS, Right, roles_beside
from tijdig.access.scope import as_person
from tijdig.access.sessions import IDLE_CHOICES
from tijdig.access.sign_in import token_digest
from tijdig.entrance.actions import owner, wrote
from tijdig.entrance.actions_factor import take_away
from tijdig.entrance.models import Identity, Invitation, Passkey
from tijdig.entrance.queries_people import HOLDS
from tijdig.entrance.values import NotDone

_KEEPERS = [role.value for role, rights in RIGHTS.items() if Right.KEEP_PEOPLE in rights]


def end_other_sessions(*, person: Person, keep: int, on: date) -> None:
    """Signed out everywhere but here."""
    with as_person(person):
        end_sessions_of(user_id=person.id, keep=keep)
        wrote(person=person, verb="other_sessions_ended", subject=f"user:{person.id}", on=on)


def _as_keeper(person: Person) -> None:
    """Still one who keeps people, by the row itself, which is held with those of the others who do."""
    held = list(
        User.objects.select_for_update()
        .filter(role__in=_KEEPERS, is_active=True, **owner(person))
        .order_by("id")
    )
    if not any(one.pk == person.id for one in held):
        raise NotDone("U kunt hier niets meer aan mensen veranderen: uw rol is veranderd.")


def invite(*, person: Person, email: str, role: str, region: str, at: datetime, on: date) -> tuple[int, str]:
    """A link with which somebody makes an account, once, within seven days. Answers its number and its secret part.

    An address that has an account in another house is not told here: whoever gets the link is.
    """
    email = email.strip().lower()
    _addressed(email)
    with as_person(person):
        _as_keeper(person)
        _role_of_house(person, role)
        if User.objects.filter(email=email, **owner(person)).exists():
            raise NotDone("Deze collega heeft al een account. U vindt die in de lijst.")
        Invitation.objects.filter(
            email=email, renews=False, accepted_at=None, withdrawn_at=None, **owner(person)
        ).update(withdrawn_at=at)
        pk, token = _link(person, email, role, region.strip()[:80], at)
        wrote(person=person, verb="person_invited", subject=f"invitation:{pk}", on=on, role=role)
        return pk, token


def _addressed(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        raise NotDone("Dit is geen e-mailadres. Kijk het na.") from None
    if len(email) > 254:
        raise NotDone("Dit is geen e-mailadres. Kijk het na.")


def _role_of_house(person: Person, role: str) -> None:
    if role not in roles_beside(person.role):
        raise NotDone("Kies een rol uit de lijst.")


def _link(
    person: Person, email: str, role: str, region: str, at: datetime, user_id: int | None = None
) -> tuple[int, str]:
    token = secrets.token_urlsafe(32)
    made = Invitation.objects.create(
        digest=token_digest(token),
        email=email,
        role=role,
        region=region,
        actor=f"user:{person.id}",
        made_at=at,
        until=at + HOLDS,
        user_id=user_id,
        renews=user_id is not None,
        **owner(person),
    )
    return int(made.pk), token


def withdraw(*, person: Person, invitation_id: int, at: datetime, on: date) -> None:
    """The link opens nothing any more."""
    with as_person(person):
        _as_keeper(person)
        changed = Invitation.objects.filter(
            pk=invitation_id, accepted_at=None, withdrawn_at=None, **owner(person)
        ).update(withdrawn_at=at)
        if not changed:
            raise NotDone("Deze uitnodiging is al gebruikt of ingetrokken.")
        wrote(person=person, verb="invitation_withdrawn", subject=f"invitation:{invitation_id}", on=on)


def _other(person: Person, user_id: int) -> User:
    """Somebody else of the same house, held."""
    _as_keeper(person)
    if user_id == person.id:
        raise NotDone("Uzelf verandert u niet. Vraag het een collega die mensen beheert.")
    found = User.objects.select_for_update().filter(pk=user_id, program=False, **owner(person)).first()
    if found is None:
        raise NotDone("Deze collega is er niet.")
    return found


def change_member(*, person: Person, user_id: int, role: str, region: str, on: date) -> None:
    """Another role or region. Another role ends their sessions: what is open may show what is not theirs any more."""
    with as_person(person):
        _role_of_house(person, role)
        other, region = _other(person, user_id), region.strip()[:80]
        if (other.role, other.region) == (role, region):
            return
        User.objects.filter(pk=user_id).update(role=role, region=region)
        if other.role != role:
            end_sessions_of(user_id=user_id)
        facts: dict[str, Any] = {"role": role, "was": other.role, "region_changed": other.region != region}
        wrote(person=person, verb="person_changed", subject=f"user:{user_id}", on=on, **facts)


def switch_off(*, person: Person, user_id: int, at: datetime, on: date) -> None:
    """They cannot sign in any more, by no way at all; what they did stays theirs."""
    with as_person(person):
        if not _other(person, user_id).is_active:
            return
        User.objects.filter(pk=user_id).update(is_active=False)
        end_sessions_of(user_id=user_id)
        Invitation.objects.filter(user_id=user_id, accepted_at=None, withdrawn_at=None).update(
            withdrawn_at=at
        )
        wrote(person=person, verb="person_switched_off", subject=f"user:{user_id}", on=on)


def switch_on(*, person: Person, user_id: int, on: date) -> None:
    with as_person(person):
        if _other(person, user_id).is_active:
            return
        User.objects.filter(pk=user_id).update(is_active=True)
        wrote(person=person, verb="person_switched_on", subject=f"user:{user_id}", on=on)


def without_second_step(*, person: Person, user_id: int, on: date) -> None:
    """Somebody lost the telephone and the recovery codes: telephone, passkeys and the known provider are forgotten."""
    with as_person(person):
        _other(person, user_id)
        take_away(user_id)
        Passkey.objects.filter(user_id=user_id).delete()
        Identity.objects.filter(user_id=user_id).delete()
        end_sessions_of(user_id=user_id)
        wrote(person=person, verb="second_factor_removed", subject=f"user:{user_id}", on=on)


def renewal(*, person: Person, user_id: int, at: datetime, on: date) -> str:
    """A link with which somebody chooses another password, once, within seven days. The second step stays as it is."""
    with as_person(person):
        other = _other(person, user_id)
        if not other.is_active:
            raise NotDone("Deze collega staat uit. Zet het account eerst aan.")
        Invitation.objects.filter(user_id=user_id, accepted_at=None, withdrawn_at=None).update(
            withdrawn_at=at
        )
        _, token = _link(person, other.email, other.role, other.region, at, user_id)
        wrote(person=person, verb="password_link_made", subject=f"user:{user_id}", on=on)
        return token


def set_house(*, person: Person, required: bool, idle_minutes: int, on: date) -> None:
    """What is asked of everybody. Who asks for a second step has one; who has none signs in again and sets it up."""
    if idle_minutes not in IDLE_CHOICES:
        raise NotDone("Kies na hoeveel tijd iemand opnieuw aanmeldt.")
    with as_person(person):
        _as_keeper(person)
        if required and not User.objects.get(pk=person.id).second_step:
            raise NotDone(
                "Stel eerst zelf een tweede stap in, bij Mijn account. Vraag het daarna van iedereen."
            )
        values: dict[str, Any] = {"second_factor_required": required, "idle_minutes": idle_minutes}
        if person.partner_id:
            Partner.objects.filter(pk=person.partner_id).update(**values)
        else:
            Organisation.objects.filter(pk=person.organisation_id).update(**values)
        if required:
            User.objects.filter(second_step=False, **owner(person)).update(stamp=F("stamp") + 1)
        wrote(person=person, verb="sign_in_rules_set", subject="house", on=on, **values)
