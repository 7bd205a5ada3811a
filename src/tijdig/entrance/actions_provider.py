"""The only writers of where a house signs in, and of who somebody is there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from tijdig.access.models import Organisation, Partner, User
from tijdig.access.people import Person
from tijdig.access.scope import as_person
from tijdig.access.sign_in import person_of
from tijdig.entrance.actions import key, owner, wrote
from tijdig.entrance.actions_accept import made
from tijdig.entrance.models import Identity, Provider
from tijdig.entrance.oidc import Told, good_address
from tijdig.entrance.queries import email_of
from tijdig.entrance.queries_people import invitations
from tijdig.entrance.queries_provider import Provider as Known
from tijdig.entrance.queries_provider import provider_of
from tijdig.entrance.sealing import SealBroken, opened, seal
from tijdig.entrance.values import NotDone

_USE = "provider"
_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
_NOBODY = "Er is in tijdig geen account dat bij u hoort. Vraag uw beheerder om een uitnodiging op het adres van uw werk."


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderDraft:
    """As it was typed. An empty secret leaves the one that is kept."""

    name: str
    issuer: str
    client_id: str
    secret: str
    domain: str
    vouches: bool
    required: bool
    is_on: bool


def open_line() -> bool:
    """May a provider on this machine be spoken to over an open line: for trying out."""
    return bool(settings.TIJDIG_OPEN_LINE)


def set_provider(*, person: Person, draft: ProviderDraft, on: date) -> None:
    """The one provider of this house. Another issuer forgets who everybody was at the one before."""
    _checked(person, draft)
    before = provider_of(person)
    sealed = seal(key(), _USE, draft.secret) if draft.secret else (before.sealed if before else "")
    if not sealed:
        raise NotDone("Vul het geheim in dat de aanbieder u gaf.")
    values = {
        name: getattr(draft, name)
        for name in ("name", "issuer", "client_id", "domain", "vouches", "required", "is_on")
    }
    try:
        with as_person(person):
            kept, _ = Provider.objects.update_or_create(
                **owner(person),
                defaults=values | {"sealed": sealed},
                create_defaults=values | {"sealed": sealed, "slug": _slug(person)},
            )
            if before and before.issuer != draft.issuer:
                Identity.objects.filter(provider_id=kept.pk).delete()
            facts: dict[str, Any] = {"issuer": draft.issuer, "required": draft.required, "is_on": draft.is_on}
            wrote(person=person, verb="provider_set", subject=f"provider:{kept.pk}", on=on, **facts)
    except IntegrityError:
        raise NotDone("Dit domein is al van een andere organisatie in tijdig.") from None


def _checked(person: Person, draft: ProviderDraft) -> None:
    wrong = []
    if not draft.name:
        wrong.append("Geef de aanmelding een naam, bijvoorbeeld die van uw organisatie.")
    if not good_address(draft.issuer, open_line=open_line()):
        wrong.append("Het adres van de aanbieder (issuer) begint met https en heeft geen vraagteken.")
    if not draft.client_id:
        wrong.append("Vul het kenmerk (client id) in dat de aanbieder u gaf.")
    if not _DOMAIN.fullmatch(draft.domain):
        wrong.append("Vul het domein van uw e-mailadressen in, bijvoorbeeld voorbeeld.nl.")
    elif email_of(person).rpartition("@")[2] != draft.domain:
        wrong.append(
            "Vul het domein van uw eigen e-mailadres in: een ander stelt een collega van dat domein in."
        )
    if wrong:
        raise NotDone(*wrong)


def _slug(person: Person) -> str:
    """By which its people find it: the short name of the corporation, or that of the office."""
    if person.partner_id:
        return f"kantoor-{Partner.objects.get(pk=person.partner_id).code}"[:50]
    return Organisation.objects.get(pk=person.organisation_id).slug


def secret_of(known: Known) -> str:
    """What we show the provider. `NotDone` where it cannot be opened any more."""
    try:
        return opened(key(), _USE, known.sealed)
    except SealBroken:
        raise NotDone(
            "Het geheim van de aanbieder is niet te lezen. Uw beheerder vult het opnieuw in."
        ) from None


def known_by(*, provider: Known, told: Told, at: datetime, on: date) -> Person:
    """Whose account this is. By who they are at the provider; the first time by an address that can be believed.

    Only within this house: whoever has that address elsewhere is somebody else. Nobody gets an account by this alone,
    but who was invited gets theirs. `NotDone` where it is nobody's.
    """
    with as_person(provider.nobody):
        linked = Identity.objects.filter(
            provider_id=provider.id, issuer=told.issuer, subject=told.subject
        ).first()
        user_id = linked.user_id if linked else _by_address(provider, told, at, on)
    person = person_of(user_id)
    if person is None:
        raise NotDone("Uw account staat uit. Vraag het uw beheerder.")
    return person


def _by_address(provider: Known, told: Told, at: datetime, on: date) -> int:
    if told.email.rpartition("@")[2] != provider.domain or not (told.is_verified or provider.vouches):
        raise NotDone(_NOBODY)
    user = User.objects.filter(
        email=told.email, is_active=True, program=False, **owner(provider.nobody)
    ).first()
    if user is None:
        person = _invited(provider, told, at, on)
    else:
        person = Person(user.pk, user.organisation_id or 0, user.name, user.role, "nl", True, user.partner_id)
    try:
        with transaction.atomic():
            Identity.objects.create(
                provider_id=provider.id,
                issuer=told.issuer,
                subject=told.subject,
                user_id=person.id,
                made_at=at,
                **owner(person),
            )
    except IntegrityError:  # the account is somebody else's there: an address that was given out again
        raise NotDone(_NOBODY) from None
    wrote(person=person, verb="provider_linked", subject=f"user:{person.id}", on=on)
    return person.id


def _invited(provider: Known, told: Told, at: datetime, on: date) -> Person:
    """The account of who was invited on this address, with a password that nobody knows."""
    found = next(
        (one for one in invitations(provider.nobody, at) if one.email == told.email and not one.renews), None
    )
    if found is None:
        raise NotDone(_NOBODY)
    name = told.name or told.email.partition("@")[0]
    return made(invited=found, name=name, hashed=make_password(None), at=at, on=on)
