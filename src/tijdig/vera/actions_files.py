"""Files that other programs propose, tell of and close. Each message whole, or not.

A program stands behind its own walls and writes as itself. What has legal effect it proposes; a person decides. That
somebody of an office closed a file is told by name.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from tijdig.access.people import Client
from tijdig.access.scope import organisation_scope
from tijdig.bailiff.actions_file import end_file
from tijdig.bailiff.actions_program import propose_hand_over, set_reference
from tijdig.bailiff.kinds import BY_PARTNER, End, May, Side, Start
from tijdig.bailiff.queries import in_force
from tijdig.base.days import AMSTERDAM
from tijdig.contacts.actions import log
from tijdig.contacts.kinds import Direction, Outcome, Reached, Who
from tijdig.contacts.values import ContactDraft
from tijdig.vera.access import agreed
from tijdig.vera.codes import (
    ACTION_STATE_NAME,
    CHANNEL_NAME,
    CHANNEL_OF,
    FILE_END_NAME,
    FILE_STATE_NAME,
    REACHED_OF,
    START_NAME,
)
from tijdig.vera.incoming import asked_as, cents, code_of, done, refused_code, tenancy
from tijdig.vera.queries import file_of
from tijdig.vera.shapes import Action, FileMessage
from tijdig.vera.values import FileStands, Owner, Refused

_NOON = time(12)


def propose_file(client: Client, message: FileMessage, as_asked: UUID, on: date) -> int:
    """Propose to hand over: a person decides by name. Gives the number that the file will have. `Refused`."""
    if client.partner_id:
        raise Refused(403, "niet_uw_besluit", "Een dossier begint bij de corporatie.")
    code = done(lambda: code_of("status", message.status, FILE_STATE_NAME, FILE_STATE_NAME))
    if code not in (None, "NIE"):
        sentence = "Wat u stuurt is een voorstel: status NIE, of leeg. Een medewerker draagt over, op naam."
        raise Refused(409, "status", sentence)
    contracts = message.overeenkomsten or ([message.overeenkomst] if message.overeenkomst else [])
    if len(contracts) > 1:
        raise Refused(400, "overeenkomsten", "Stuur één overeenkomst per dossier.")
    owner, pk = tenancy(client, contracts[0] if contracts else None)
    start = message.told("tijdig.startreden") or Start.ARREARS.value
    if start not in START_NAME:
        raise refused_code("tijdig.startreden", start, START_NAME)
    with organisation_scope(owner.id):
        partner = _partner(message, on)
        return done(
            lambda: propose_hand_over(
                organisation_id=owner.id,
                actor=client.actor,
                name=client.name,
                tenancy_id=pk,
                partner_id=partner,
                start=Start(start),
                asked_as=as_asked,
                on=on,
            )
        )


def _partner(message: FileMessage, on: date) -> int:
    """The office by its id or name; where one alone has an agreement, that one."""
    known = in_force(on)
    wanted = message.relatie
    if wanted and (wanted.id or wanted.code):
        known = [
            one
            for one in known
            if (wanted.id is None or wanted.id == str(one.partner_id))
            and (wanted.code is None or wanted.code.casefold() == one.partner.casefold())
        ]
    if len(known) != 1:
        offices = ", ".join(f"{one.partner_id} ({one.partner})" for one in in_force(on)) or "geen"
        raise Refused(
            400, "relatie", f"Stuur `relatie.id` van een deurwaarder met wie u afspraken heeft: {offices}."
        )
    return known[0].partner_id


def change_file(
    client: Client, pk: int, message: FileMessage, now: datetime, on: date, *, whole: bool
) -> None:
    """What an office tells of its file: its own number, contacts, and that it closes it. `Refused`, and then nothing."""
    found = file_of(client, pk, on)
    if found is None:
        raise Refused(404, "onbekend", "Deze externe incasso is er niet, of is niet (meer) bij u.")
    owner, stands = found
    _same_file(message, stands)
    code = done(lambda: code_of("status", message.status, FILE_STATE_NAME, FILE_STATE_NAME))
    new = [one for one in message.externeincassoacties or [] if not _known(one, stands)]
    number = message.told("tijdig.dossiernummer")
    number = "" if number == stands.reference else number
    ends = code == "EIN" and stands.ended_on is None
    if whole and code is None:
        raise Refused(400, "status", "Een hele externe incasso heeft een `status`.")
    if not ends and code not in (
        None,
        "ACT" if stands.handed_over_on else "NIE",
        "EIN" if stands.ended_on else "",
    ):
        raise Refused(409, "status", "Een dossier wordt niet teruggezet. Alleen EIN sluit het.")
    if not (new or number or ends):
        if whole or code:
            return
        raise Refused(
            400, "niets_te_wijzigen", "Stuur acties, een dossiernummer, of status EIN met een eindereden."
        )
    if client.partner_id is None or stands.handed_over_on is None:
        raise Refused(
            403, "niet_uw_dossier", "Dit schrijft de deurwaarder. Een medewerker haalt een dossier terug."
        )
    with organisation_scope(owner.id):
        _write_file(client, owner, stands, number, new, message if ends else None, now, on)


def _write_file(
    client: Client,
    owner: Owner,
    stands: FileStands,
    number: str,
    new: list[Action],
    closing: FileMessage | None,
    now: datetime,
    on: date,
) -> None:
    if number:
        done(
            lambda: set_reference(
                organisation_id=owner.id, actor=client.actor, file_id=stands.id, reference=number, on=on
            )
        )
    if new:
        agreed(client, May.CONTACT, on)
    for one in new:
        draft = _contact(one, stands.keys.tenancy_id, now, on)
        name = asked_as(client, "actie", str(stands.id), one.idExtern or "")
        done(
            lambda draft=draft, name=name: log(  # type: ignore[misc]
                organisation_id=owner.id, actor=client.actor, draft=draft, asked_as=name, now=now, on=on
            )
        )
    if closing is not None:
        _close(client, owner, stands, closing, on)


def _close(client: Client, owner: Owner, stands: FileStands, message: FileMessage, on: date) -> None:
    code, who = message.told("tijdig.eindereden"), message.told("tijdig.medewerker")
    may = BY_PARTNER | {End.TAKEN_BACK}
    if code not in {one.value for one in may}:
        known = {one: name for one, name in FILE_END_NAME.items() if End(one) in may}
        raise refused_code("tijdig.eindereden", code, known)
    if not who:
        raise Refused(400, "medewerker", "Stuur `tijdig.medewerker`: de naam van wie dit dossier sluit.")
    if message.einddatum not in (None, on):
        raise Refused(400, "einddatum", "Een dossier sluit op de dag van het bericht.")
    reason = message.told("tijdig.reden") if code == End.TAKEN_BACK else ""
    if code == End.TAKEN_BACK and not reason:
        raise Refused(400, "reden", "Stuur `tijdig.reden`: waarom u het dossier teruggeeft.")
    done(
        lambda: end_file(
            organisation_id=owner.id,
            actor=client.actor,
            name=f"{who[:80]} (via {client.name[:30]})",
            file_id=stands.id,
            side=Side.PARTNER,
            end=End(code),
            on=on,
            reason=reason,
        )
    )


def _same_file(message: FileMessage, stands: FileStands) -> None:
    """What a message says of what is not its own to say, it says as it is."""
    amount = cents(message.bedrag)
    if amount is not None and amount != stands.overdue_cents:
        raise Refused(409, "bedrag", "Het overgedragen bedrag verandert niet.")
    if message.overdrachtsdatum not in (None, stands.handed_over_on):
        raise Refused(409, "overdrachtsdatum", "De dag van overdracht verandert niet.")


def _known(one: Action, stands: FileStands) -> bool:
    """Is this action ours already? One without an id is new."""
    if not one.id:
        return False
    there = {f"contact-{each.id}" for each in stands.contacts} | {f"stap-{each.id}" for each in stands.deeds}
    if one.id not in there:
        raise Refused(
            409,
            "actie",
            f"Actie {one.id[:40]} is er niet. Stuur een nieuwe actie zonder id, met een idExtern.",
        )
    return True


def _contact(one: Action, tenancy_id: int, now: datetime, on: date) -> ContactDraft:
    """An action that an office tells: a contact. Deeds before the court are proposed and decided by people."""
    channel = done(lambda: code_of("soort", one.soort, CHANNEL_OF, CHANNEL_NAME))
    reached = done(lambda: code_of("status", one.status, REACHED_OF, ACTION_STATE_NAME))
    if channel is None or reached is None or one.begindatum is None or not one.idExtern:
        sentence = "Een nieuwe actie heeft een `soort`, een `status` (GES, BER of NBR), een `begindatum` en een `idExtern`."
        raise Refused(400, "actie", sentence)
    if one.begindatum > on:
        raise Refused(400, "actie", "Een actie ligt niet in de toekomst.")
    at = min(datetime.combine(one.begindatum, _NOON, AMSTERDAM), now - timedelta(minutes=1))
    how = REACHED_OF[reached]
    return ContactDraft(
        tenancy_id=tenancy_id,
        channel=CHANNEL_OF[channel],
        direction=Direction.OUT,
        reached=how,
        who=Who.TENANT,
        outcome=Outcome.NOT_HOME if how is Reached.NONE else Outcome.OTHER,
        at=at,
        note=(one.omschrijving or "")[:4000],
    )
