"""Help around the made-up corporation: a municipality per town, so that a signal knows where to go, and who helps there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from tijdig.lab.names import CITIES

if TYPE_CHECKING:
    from tijdig.help.traffic import Message

_CODES = 9001  # no municipality has these numbers


_EVERYWHERE = (
    ("budget_coach", "Financieel consulent", "intern 2210", "Zelfde gebouw, eerste verdieping", False),
    ("emergency_fund", "Noodfonds Rond de Maas", "088 000 1001", "Aanvraag door een hulpverlener of corporatie", True),
    ("allowance_advice", "Formulierenhulp De Wijzer", "088 000 1002", "Inloop op dinsdag en donderdag", True),
    ("legal_advice", "Sociaal Raadslieden", "088 000 1003", "Op afspraak", True),
)  # fmt: skip
_IN_A_TOWN = (
    ("neighbourhood_team", "Wijkteam {}", "14 0{}"),
    ("debt_counselling", "Schuldhulp {}", "14 0{}"),
)


def help_nearby(organisation_id: int, actor: str, on: date) -> None:
    """Write down what is not there yet: a municipality per town of the made-up corporation, and its helpers."""
    _municipalities(organisation_id, actor, on)
    _helpers(organisation_id, actor, on)


def _helpers(organisation_id: int, actor: str, on: date) -> None:
    from tijdig.access.scope import organisation_scope
    from tijdig.help.actions_helper import keep_helper
    from tijdig.help.helper import HelperDraft
    from tijdig.help.queries import municipalities as kept
    from tijdig.help.queries_referral import helpers

    with organisation_scope(organisation_id):
        known, places = {one.name for one in helpers()}, kept()
    drafts = [
        HelperDraft(
            kind=kind, name=name, municipality_id=None, phone=phone, email="", how=how, asks_consent=asks
        )
        for kind, name, phone, how, asks in _EVERYWHERE
    ]
    drafts += [
        HelperDraft(
            kind=kind,
            name=name.format(one.name),
            municipality_id=one.id,
            phone=phone.format(10 + place),
            email="",
            how="",
            asks_consent=True,
        )
        for place, one in enumerate(places)
        for kind, name, phone in _IN_A_TOWN
    ]
    for draft in drafts:
        if draft.name not in known:
            keep_helper(organisation_id=organisation_id, actor=actor, draft=draft, pk=None, on=on)


def _municipalities(organisation_id: int, actor: str, on: date) -> None:
    from tijdig.access.scope import organisation_scope
    from tijdig.help.actions import keep_municipality
    from tijdig.help.queries import municipalities as kept
    from tijdig.help.standard import standard

    with organisation_scope(organisation_id):
        known = {one.name for one in kept()}
    towns = sorted({town for _, cities in CITIES for town, *_ in cities})
    for place, town in enumerate(towns):
        if town in known:
            continue
        draft = standard(
            town,
            f"GM{_CODES + place:04d}",
            [town],
            platform="RIS Matching" if place % 2 else "BKR VroegSignalering",
            agreed_on=date(2021, 1, 1),
            help_line=f"de gemeente {town}: 14 0{10 + place} (gratis)",
        )
        keep_municipality(organisation_id=organisation_id, actor=actor, draft=draft, pk=None, on=on)


def counsellors_ask(organisation_id: int, name: str, actor: str, now: datetime, on: date) -> None:
    """A debt counsellor asks what two tenants who are behind owe, and offers a settlement for a third; one is nobody's."""
    from django.db import connection

    from tijdig.access.scope import organisation_scope
    from tijdig.help.actions_traffic import bring_in
    from tijdig.help.answer_sheet import NotThisFile
    from tijdig.help.traffic import Message
    from tijdig.tenancies.queries_reach import households

    with organisation_scope(organisation_id), connection.cursor() as cursor:
        cursor.execute(
            "SELECT tenancy_id FROM cases_standing WHERE alert AND overdue_cents > 80000 ORDER BY tenancy_id LIMIT 3"
        )
        known = households([row[0] for row in cursor.fetchall()], on)
    lines = [
        {
            "client": f"{one.residents[0].initials} {one.residents[0].prefix} {one.residents[0].surname}",
            "our_number": one.contract_number,
            "address": f"{one.street} {one.house_number}, {one.postcode} {one.city}",
        }
        for one in known.values()
        if one.residents
    ]
    nobody = {"client": "P. Onbekend", "our_number": "", "address": "Elders 1, 9999 ZZ Nergens"}
    files = (
        ("saldoverzoek", _sheet(Message.BALANCE_REQUEST, [*lines[:2], nobody], 1)),
        ("betaalvoorstel", _sheet(Message.PROPOSAL, lines[2:3], 11)),
    )
    for word, content in files:
        with suppress(NotThisFile):  # the demo was begun before
            bring_in(
                organisation_id=organisation_id,
                actor=actor,
                name=name,
                file_name=f"knooppunt-{word}.csv",
                content=content,
                now=now,
                on=on,
            )


def _sheet(kind: Message, lines: Sequence[Mapping[str, str]], first: int) -> bytes:
    """A file of one kind as the portal gives it."""
    from tijdig.help.traffic_layouts import layouts

    layout = next(one for one in layouts() if one.kind == kind.value)
    rows = [";".join(layout.headings)]
    for number, line in enumerate(lines, first):
        said = {
            "conversation": str(UUID(int=(0xD3 << 64) + number)),
            "reference": f"SHV-{number}",
            "counsellor": "Kredietbank Rond de Maas",
            "contact": "J. Bakker",
            "helper_number": f"K-{number}",
            "settlement": "SB",
            "months": "18",
            "current": "1250,00",
            "percentage": "18,50",
            "expected": "231,25",
            **line,
        }
        rows.append(";".join(said.get(one.field, "") for one in layout.columns))
    return "\r\n".join(rows).encode()
