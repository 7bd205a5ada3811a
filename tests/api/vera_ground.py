"""A corporation and an office with an agreement, files between them, and a program of each at the standard's door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from tests.bailiff import partners

from tijdig.access.actions import create_user
from tijdig.access.api_scopes import OF_THE_STANDARD
from tijdig.access.people import Person
from tijdig.access.roles import Role
from tijdig.access.scope import acting, organisation_scope
from tijdig.cases.queries_arrange import ground as open_now
from tijdig.entrance.actions_programs import make_program


class Door:
    """A program that asked for a token, at the standard's door."""

    def __init__(self, number: int, secret: str, organisation: int = 0, **headers: str) -> None:
        self.number, self.secret, self._organisation = number, secret, organisation
        self._headers = headers

    def token(self, scope: str = "") -> Any:
        form = {
            "grant_type": "client_credentials",
            "client_id": str(self.number),
            "client_secret": self.secret,
        }
        answer = Client().post("/vera/v4/oauth/token", form | ({"scope": scope} if scope else {}))
        self._inside()
        return answer

    def _inside(self) -> None:
        """A test is one transaction: the wall of this request would stand on after it."""
        if self._organisation:
            with organisation_scope(self._organisation):
                pass

    def signed(self, scope: str = "") -> Door:
        answer = self.token(scope)
        assert answer.status_code == 200, answer.content
        return Door(
            self.number,
            self.secret,
            self._organisation,
            Authorization=f"Bearer {answer.json()['access_token']}",
        )

    def ask(self, method: str, path: str, body: Any = None, asked: Any = None, **headers: str) -> Any:
        given: dict[str, Any] = {"headers": self._headers | headers}
        if body is not None:
            given |= {"data": body, "content_type": "application/json"}
        elif asked is not None:
            given |= {"query_params": asked}
        answer = getattr(Client(), method.lower())(f"/vera/v4/{path}", **given)
        self._inside()
        return answer


@dataclass(frozen=True)
class Ground:
    organisation: int
    office: tuple[int, int, str]
    tenancy: int
    file: int
    ours: Door
    theirs: Door


def person(organisation: int, pk: int, role: Role, partner: int | None = None) -> Person:
    return Person(pk, 0 if partner else organisation, "Ad", role.value, "nl", True, partner)


def program_of(organisation: int, scopes: Any = OF_THE_STANDARD) -> Door:
    """Of the corporation, made by its administrator."""
    email = f"ad.{organisation}@proef.test"
    pk = create_user(
        organisation_id=organisation, email=email, name="Ad", role=Role.ADMINISTRATOR, password="x"
    )
    who = person(organisation, pk, Role.ADMINISTRATOR)
    return Door(
        *make_program(person=who, name="ERP", scopes=[*scopes], on=timezone.localdate()), organisation
    )


def program_at(organisation: int, office: tuple[int, int, str], scopes: Any = OF_THE_STANDARD) -> Door:
    """Of the office, made by who leads it."""
    who = person(organisation, office[1], Role.PARTNER_LEAD, office[0])
    with acting(office[0], office[1]):
        made = make_program(person=who, name="Dossiersysteem", scopes=[*scopes], on=timezone.localdate())
    with organisation_scope(organisation):
        pass
    return Door(*made, organisation)


def ground(organisation: int) -> Ground:
    office = partners.partner()
    partners.agreed(organisation, office)
    tenancy = partners.ready(organisation)
    file = partners.handed(organisation, tenancy, office[0])
    assert file is not None
    ours, theirs = program_of(organisation), program_at(organisation, office)
    return Ground(organisation, office, tenancy, file, ours.signed(), theirs.signed())


def open_cents(ground: Ground) -> int:
    with organisation_scope(ground.organisation):
        found = open_now(ground.tenancy, timezone.localdate())
        assert found is not None
        return found.overdue_cents


def plan(ground: Ground, **more: Any) -> dict[str, Any]:
    """Half now and half in a month, of all that is open."""
    cents = open_cents(ground)
    first = timezone.localdate() + timedelta(days=7)
    half = -(-cents // 2)
    return {
        "overeenkomst": {"id": str(ground.tenancy)},
        "omschrijving": "Zo afgesproken aan de telefoon.",
        "bedrag": cents / 100,
        "prolongatieInterval": "P4W",
        "termijnen": [
            {"vervaldatum": f"{first}", "bedrag": half / 100},
            {"vervaldatum": f"{first + timedelta(weeks=4)}", "bedrag": (cents - half) / 100},
        ],
    } | more
