"""Who rents or rented in a tenancy, between which days, and what around them is somebody else's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from tijdig.access.queries import names
from tijdig.bailiff.queries import agreements
from tijdig.privacy.showing import About, plain

_TENANTS = ("HUU", "MDH")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}[A-Z0-9]{4}[A-Z0-9]{7,26}\b")


@dataclass(frozen=True, slots=True)
class Tenant:
    """Somebody who rents, or rented: of the tenancy that was asked for."""

    id: int
    name: str
    role: str


def tenants_of(tenancy_id: int) -> list[Tenant]:
    """The tenant first, then co-tenants; also who left. Whose name was erased has none."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT ON (p.role, p.person_id) p.person_id, coalesce(x.display_name, ''), p.role
                 FROM tenancies_party p LEFT JOIN tenancies_persontext x ON x.person_id = p.person_id
                WHERE p.tenancy_id = %s AND p.role = ANY(%s) ORDER BY p.role, p.person_id""",
            [tenancy_id, list(_TENANTS)],
        )
        found = [Tenant(*row) for row in cursor.fetchall()]
    return list({one.id: one for one in reversed(found)}.values())[::-1]


@dataclass(frozen=True, slots=True)
class Stay:
    """A tenancy of a person. Where they rented for a part of it only, the days of that part: the rest is of others."""

    tenancy_id: int
    begin_on: date | None
    end_on: date | None

    @property
    def is_whole(self) -> bool:
        return self.begin_on is None and self.end_on is None

    def covers(self, first: date | None, last: date | None) -> bool:
        """Did this lie within the stay, at least in part? Without a day: where the stay is whole. `last` None goes on."""
        if first is None:
            return self.is_whole
        begun = self.end_on is None or first <= self.end_on
        return begun and (self.begin_on is None or last is None or last >= self.begin_on)


def stays_of(person_id: int) -> list[Stay]:
    """Every tenancy in which this person is or was a tenant or co-tenant, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT t.id, CASE WHEN min(p.begin_on) > t.begin_on THEN min(p.begin_on) END,
                      CASE WHEN bool_and(p.end_on IS NOT NULL) AND max(p.end_on) < coalesce(t.end_on, 'infinity')
                           THEN max(p.end_on) END
                 FROM tenancies_party p JOIN tenancies_tenancy t ON t.id = p.tenancy_id
                WHERE p.person_id = %s AND p.role = ANY(%s) GROUP BY t.id ORDER BY t.id""",
            [person_id, list(_TENANTS)],
        )
        return [Stay(*row) for row in cursor.fetchall()]


def tenancies_of(person_id: int) -> list[int]:
    """The tenancies in which this person is or was a tenant or co-tenant, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tenancy_id FROM tenancies_party WHERE person_id = %s AND role = ANY(%s) ORDER BY 1",
            [person_id, list(_TENANTS)],
        )
        return [row[0] for row in cursor.fetchall()]


def about(person_id: int, tenancies: Sequence[int]) -> About:
    """Whom the report is about, and what belongs to others."""
    own = _one(
        "SELECT surname, email, phone, post_address FROM tenancies_persontext WHERE person_id = %s", person_id
    )
    surname, email, phone, post = own or ("", "", "", "")
    others = _others(person_id, tenancies)
    mine = frozenset(plain(one) for one in (email, phone, post) if one)
    return About(
        person_id=person_id,
        surname=surname,
        contact=mine,
        accounts=_accounts(tenancies, alone=not others),
        others=tuple(
            one for row in others for text in row for one in text.splitlines() if one.strip() and plain(one) not in mine
        ),
        alone=not others,
        names={f"user:{pk}": name for pk, name in names().items()},
        tables={
            "help_helper.name": _by_id("SELECT id, name FROM help_helper"),
            "help_municipality.name": _by_id("SELECT id, name FROM help_municipality"),
            "access_user.name": names(),
            "access_partner.name": {one.partner_id: one.partner for one in agreements()},
        },
    )  # fmt: skip


def _others(person_id: int, tenancies: Sequence[int]) -> list[tuple[str, str, str]]:
    """E-mail address, number and post address of everybody else who is or was in these tenancies."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT coalesce(x.email, ''), coalesce(x.phone, ''), coalesce(x.post_address, '')
                 FROM tenancies_party p LEFT JOIN tenancies_persontext x ON x.person_id = p.person_id
                WHERE p.tenancy_id = ANY(%s) AND p.person_id <> %s""",
            [list(tenancies), person_id],
        )
        return list(cursor.fetchall())


def _accounts(tenancies: Sequence[int], *, alone: bool) -> frozenset[str]:
    """Account numbers that may be shown whole: the corporation's, and the person's where nobody else can own them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT iban FROM ledger_bankaccount")
        found = {plain(row[0]) for row in cursor.fetchall()}
        cursor.execute("SELECT body::text FROM letters_letterhead")
        found |= {plain(one) for row in cursor.fetchall() for one in _IBAN.findall(row[0].replace(" ", ""))}
        if alone:
            cursor.execute(
                "SELECT iban FROM tenancies_account WHERE tenancy_id = ANY(%s) AND NOT third_party",
                [list(tenancies)],
            )
            found |= {plain(row[0]) for row in cursor.fetchall()}
    return frozenset(found)


def _one(query: str, *given: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        return cursor.fetchone()


def _by_id(query: str) -> dict[Any, str]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return dict(cursor.fetchall())


_HIDDEN = """
SELECT m.conversation_id FROM help_conversationmatch m WHERE m.tenancy_id = ANY(%(ids)s)
   AND NOT EXISTS (SELECT 1 FROM help_message g JOIN help_conversationtext x ON x.message_id = g.id
                    WHERE g.conversation_id = m.conversation_id AND x.client ~* %(named)s)
"""


def hidden_conversations(who: About, tenancies: Sequence[int]) -> frozenset[int]:
    """Conversations with debt help that may be about another of the household: those in which this person is not named."""
    if who.alone:
        return frozenset()
    named = rf"\m{re.escape(who.surname)}\M" if who.surname else "^$"
    with connection.cursor() as cursor:
        cursor.execute(_HIDDEN, {"ids": list(tenancies), "named": named})
        return frozenset(row[0] for row in cursor.fetchall())
