"""Messages of VERA-Incasso 4.3, made from an arrangement and a file as they stand.

Decides which of our facts stands in which field. What the standard has no field for goes as an `extra-attribuut` whose name
begins with `tijdig.`; all of them stand in `docs/rules/vera-incasso.md`. Names of people, addresses and notes are in no
field of the standard, and only in the answer about one file.

Source: VERA-Incasso 4.3.0+260116.26, `Betalingsregelingen-Betalingsregelingbericht` and
`ExterneIncassos-ExterneIncassobericht`. Units: amounts are JSON numbers in euros with at most two decimals, made from whole
cents; days are ISO 8601. Errors: none. Worked example: 45 cents open of a term of € 50 goes as `"bedrag": 50.0,
"saldo": 0.45, "status": {"code": "DEE", "naam": "Deels voldaan"}`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from tijdig.arrangements.kinds import KEPT_LABEL, VERA_END, EndReason
from tijdig.arrangements.watch import TermStands
from tijdig.bailiff.track import Done
from tijdig.contacts.contact import Contact
from tijdig.contacts.kinds import CHANNEL_LABEL, OUTCOME_LABEL, REACHED_LABEL
from tijdig.tenancies.queries import Keys
from tijdig.vera.codes import (
    ACTION_NAME,
    ACTION_STATE_NAME,
    CODE_OF_CHANNEL,
    CODE_OF_REACHED,
    DEED_CODE,
    END_NAME,
    FILE_END_NAME,
    FILE_STATE_NAME,
    INTERVAL,
    START_NAME,
    TERM_NAME,
    coded,
    state_coded,
)
from tijdig.vera.values import ArrangementStands, FileStands, Owner

Message = dict[str, Any]
PREFIX = "tijdig."


def euros(cents: int) -> Decimal:
    """Cents as an amount in euros, exact: 12345 is 123.45."""
    return Decimal(cents).scaleb(-2)


def written(message: Message | list[Message]) -> str:
    """As JSON. An amount is written as the shortest number that reads back as it."""
    return json.dumps(message, ensure_ascii=False, default=float)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _with_values(message: Message) -> Message:
    return {name: value for name, value in message.items() if value not in (None, "", [])}


def _extra(pairs: Iterable[tuple[str, object]]) -> list[Message]:
    return [{"naam": PREFIX + name, "waarde": str(value)} for name, value in pairs if value not in (None, "")]


def _agreement(keys: Keys, owner: Owner) -> Message:
    return _with_values(
        {
            "id": str(keys.tenancy_id),
            "idExtern": keys.source_key,
            "idOrganisatie": owner.name,
            "code": keys.contract_number,
            "soort": {"code": "HUU", "naam": "Huurovereenkomst"} if keys.kind == "HUU" else None,
        }
    )


def _relation(keys: Keys) -> Message | None:
    if keys.person_id is None:
        return None
    kind = {"NAT": "Natuurlijke persoon", "GRO": "Relatiegroep", "REC": "Rechtspersoon"}
    soort = {"code": keys.person_kind, "naam": kind.get(keys.person_kind, keys.person_kind)}
    return _with_values({"id": str(keys.person_id), "idExtern": keys.person_key, "soort": soort})


def _debtor(keys: Keys) -> Message:
    """The tenancy is the debtor here: arrears are of a contract."""
    return _with_values(
        {"id": str(keys.tenancy_id), "code": keys.contract_number, "relatie": _relation(keys)}
    )


def _claims(claims: Iterable[tuple[int, str]]) -> list[Message]:
    return [_with_values({"id": str(pk), "idExtern": key}) for pk, key in claims]


def arrangement_message(stands: ArrangementStands) -> Message:
    """One arrangement, whole."""
    one, keys = stands.arrangement, stands.keys
    over = one.end_reason if stands.over else None
    open_cents = sum(term.open_cents for term in stands.terms)
    debtor = _debtor(keys)
    debtor.pop("relatie", None)  # has no such field in this message
    return _with_values(
        {
            "id": str(one.id),
            "idOrganisatie": stands.owner.name,
            "code": str(one.id),
            "omschrijving": f"Betalingsregeling van {len(one.instalments)} termijnen",
            "status": state_coded(stands.state, over),
            "begindatum": _day(one.instalments[0].due_on),
            "einddatum": _day(one.ended_on if stands.over else one.last_on),
            "afspraakdatum": _day(one.agreed_on),
            "bedrag": euros(one.debt_cents),
            "boekingen": [
                claim | {"overeenkomst": _agreement(keys, stands.owner)} for claim in _claims(stands.claims)
            ],
            "debiteur": debtor,
            "eindeReden": coded(VERA_END[over], END_NAME) if over and over in VERA_END else None,
            "overeenkomst": _agreement(keys, stands.owner),
            "prolongatieInterval": INTERVAL[one.rhythm],
            "saldo": euros(open_cents),
            "termijnen": [_term(one.id, term) for term in stands.terms],
            "termijnenAantal": len(stands.terms),
            "extra-attributen": _extra(
                [
                    ("nagekomen", KEPT_LABEL[stands.kept] if stands.kept else None),
                    ("vervangen", "ja" if over is EndReason.REPLACED else None),
                ]
            ),
        }
    )


def _term(arrangement_id: int, term: TermStands) -> Message:
    code = "VOL" if not term.open_cents else "OPE" if term.open_cents == term.cents else "DEE"
    return _with_values(
        {
            "id": f"{arrangement_id}-{term.number}",
            "code": str(term.number),
            "status": coded(code, TERM_NAME),
            "datum": _day(term.met_on),
            "vervaldatum": _day(term.due_on),
            "bedrag": euros(term.cents),
            "saldo": euros(term.open_cents),
        }
    )


def file_message(stands: FileStands) -> Message:
    """One file, or the proposal of one."""
    code = "NIE" if stands.handed_over_on is None else "EIN" if stands.ended_on else "ACT"
    code = "EIN" if stands.refused_on else code
    office = {"id": str(stands.partner.id), "code": stands.partner.name} | {
        "soort": {"code": "REC", "naam": "Rechtspersoon"}
    }
    agreement = _agreement(stands.keys, stands.owner)
    return _with_values(
        {
            "id": str(stands.id),
            "idOrganisatie": stands.owner.name,
            "code": str(stands.id),
            "soort": {"code": "DEU", "naam": "Deurwaarder"},
            "omschrijving": START_NAME[stands.start.value],
            "status": coded(code, FILE_STATE_NAME),
            "begindatum": _day(stands.handed_over_on or stands.proposed_on),
            "einddatum": _day(stands.ended_on or stands.refused_on),
            "overdrachtsdatum": _day(stands.handed_over_on),
            "bedrag": euros(stands.overdue_cents) if stands.handed_over_on else None,
            "boekingen": _claims(stands.claims),
            "debiteur": _debtor(stands.keys),
            "externeincassoacties": list(_actions(stands, office)),
            "overeenkomsten": [agreement],
            "relatie": office,
            "saldo": euros(stands.open_cents),
            "extra-attributen": _extra(_told(stands)),
            "informatieobjecten": _package(stands),
        }
    )


def _told(stands: FileStands) -> Iterator[tuple[str, object]]:
    yield "startreden", stands.start.value
    yield "startredenNaam", START_NAME[stands.start.value]
    if stands.end:
        yield "eindereden", stands.end.value
        yield "einderedenNaam", FILE_END_NAME[stands.end.value]
    yield "dossiernummer", stands.reference
    if stands.handed_over_on:
        yield "kosten", euros(stands.costs_cents)
        yield "verschuldigd", euros(stands.open_cents + stands.costs_cents)
    if stands.refused_on:
        yield "voorstel", "afgewezen"
    elif stands.handed_over_on is None:
        yield "voorstel", "wacht op een besluit"
    yield from stands.detail


def _actions(stands: FileStands, office: Message) -> Iterator[Message]:
    """What was done in the file: contacts and deeds, by day."""
    found = [*(_contact(one) for one in stands.contacts), *(_deed(one, office) for one in stands.deeds)]
    yield from sorted(found, key=lambda one: (one["begindatum"], one["id"]))


def _contact(one: Contact) -> Message:
    return {
        "id": f"contact-{one.id}",
        "soort": coded(CODE_OF_CHANNEL[one.channel], ACTION_NAME),
        "omschrijving": f"{CHANNEL_LABEL[one.channel]}, {REACHED_LABEL[one.reached]}: {OUTCOME_LABEL[one.outcome]}",
        "status": coded(CODE_OF_REACHED[one.reached], ACTION_STATE_NAME),
        "begindatum": one.on.isoformat(),
        "einddatum": one.on.isoformat(),
    }


def _deed(one: Done, office: Message) -> Message:
    told: Message = {
        "id": f"stap-{one.id}",
        "soort": coded(DEED_CODE[one.deed], ACTION_NAME),
        "omschrijving": one.label,
        "status": coded("GED", ACTION_STATE_NAME),
        "begindatum": one.on.isoformat(),
        "einddatum": _day(one.at_on),
        "relatie": office if one.side.value == "partner" else None,
    }
    return _with_values(told)


def _package(stands: FileStands) -> list[Message]:
    if stands.package_bytes is None:
        return []
    return [
        {
            "id": f"pakket-{stands.id}",
            "titel": "Overdrachtsdossier, zoals het werd overgedragen",
            "formaat": {"code": "pdf", "naam": "application/pdf"},
            "bestandsnaam": f"overdracht-{stands.id}.pdf",
            "bestandsgrootte": stands.package_bytes,
        }
    ]
