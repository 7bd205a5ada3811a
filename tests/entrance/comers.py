"""People with a second step, and the code that their telephone shows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pyotp

from tijdig.access.actions import create_partner, create_partner_user, create_user
from tijdig.access.people import Person
from tijdig.access.sign_in import person_of
from tijdig.entrance.actions_factor import sealed_secret, secret_of, set_second_factor

PASSWORD = "alleen-voor-proef"
AT = datetime(2026, 11, 2, 9, 0, 10, tzinfo=UTC)
ON = date(2026, 11, 2)
HALF_A_MINUTE = timedelta(seconds=30)


def colleague(organisation: int, role: str = "consultant", name: str = "anna") -> Person:
    pk = create_user(
        organisation_id=organisation,
        email=f"{name}.{organisation}@proef.test",
        name=name.title(),
        role=role,
        password=PASSWORD,
    )
    found = person_of(pk)
    assert found is not None
    return found


def at_partner(
    code: str, role: str = "partner_lead", partner_id: int | None = None, name: str = "piet"
) -> Person:
    pk = create_partner_user(
        partner_id=partner_id or create_partner(name="Deurwaarders Proef", code=code),
        email=f"{name}.{code}@proef.test",
        name=name.title(),
        role=role,
        password=PASSWORD,
    )
    found = person_of(pk)
    assert found is not None
    return found


def code(secret: str, at: datetime) -> str:
    return pyotp.TOTP(secret).at(at)


def with_second_step(person: Person, at: datetime = AT) -> tuple[str, list[str]]:
    """Set up at this moment; answers the secret and the recovery codes."""
    sealed = sealed_secret()
    secret = secret_of(sealed)
    codes = set_second_factor(person=person, sealed=sealed, code=code(secret, at), at=at, on=ON, keep=None)
    return secret, codes
