"""Reads of where the people of a house sign in themselves."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction

from tijdig.access.people import Person
from tijdig.access.roles import Right, may
from tijdig.access.scope import as_person, before_the_walls


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """As it was set. The secret stays sealed."""

    id: int
    organisation_id: int
    partner_id: int | None
    slug: str
    name: str
    issuer: str
    client_id: str
    sealed: str
    domain: str
    vouches: bool
    required: bool
    is_on: bool

    @property
    def nobody(self) -> Person:
        """Somebody of that house who is not known yet."""
        return Person(0, self.organisation_id, "", "", "nl", True, self.partner_id)


_FIELDS = (
    "id", "organisation_id", "partner_id", "slug", "name", "issuer", "client_id", "sealed", "domain", "vouches",
    "required", "is_on",
)  # fmt: skip
_SELECT = f"SELECT {', '.join(_FIELDS).replace('organisation_id', 'coalesce(organisation_id, 0)')} FROM entrance_provider"


def provider_of(person: Person) -> Provider | None:
    """That of their own house, also when it is off."""
    with as_person(person), connection.cursor() as cursor:
        cursor.execute(
            f"{_SELECT} WHERE coalesce(organisation_id, 0) = %s AND coalesce(partner_id, 0) = %s",
            [person.organisation_id, person.partner_id or 0],
        )
        return _read(cursor.fetchone())


def provider_by_slug(slug: str) -> Provider | None:
    """Where `/inloggen/<slug>` leads; None where it is off or not there."""
    return _before("tijdig.provider", "slug", slug)


def provider_by_email(email: str) -> Provider | None:
    """Where somebody with this address signs in, by what stands behind the @."""
    return _before("tijdig.domain", "domain", email.rpartition("@")[2].strip().lower())


def _before(setting: str, column: str, value: str) -> Provider | None:
    if not value or len(value) > 120:
        return None
    with transaction.atomic():
        before_the_walls(setting, value)
        with connection.cursor() as cursor:
            cursor.execute(f"{_SELECT} WHERE {column} = %s AND is_on", [value])
            found = _read(cursor.fetchone())
        before_the_walls(setting, "")
    return found


def _read(row: tuple[object, ...] | None) -> Provider | None:
    return Provider(**dict(zip(_FIELDS, row, strict=True))) if row else None  # type: ignore[arg-type]


def must_use(person: Person) -> Provider | None:
    """The provider that this person has to sign in with; None where another way is good too.

    Who keeps the people may always use a password with a second step: somebody must be able to come in and switch a
    broken provider off.
    """
    if may(person.role, Right.KEEP_PEOPLE):
        return None
    found = provider_of(person)
    return found if found and found.is_on and found.required else None


def asks_second_step(person: Person) -> bool:
    """Does a password without a second step let nobody of this kind in, because the provider is the rule here?"""
    found = provider_of(person)
    return bool(found and found.is_on and found.required)
