"""Arrangements that other programs make and change. Each message whole, or not.

A program stands behind its own walls and writes as itself. What has legal effect it proposes; a person decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from tijdig.access.people import Client
from tijdig.access.queries import colleagues_at_partner
from tijdig.access.scope import organisation_scope, partner_scope
from tijdig.arrangements.actions import activate, cancel, end, freeze, resume
from tijdig.arrangements.kinds import EndReason, State
from tijdig.arrangements.plan import Ask
from tijdig.arrangements.values import Arrangement
from tijdig.bailiff.kinds import May
from tijdig.base.money import euro
from tijdig.cases.actions_arrange import arrange
from tijdig.cases.queries_arrange import ground
from tijdig.ledger.queries import references_of
from tijdig.vera.access import agreed
from tijdig.vera.asked_plan import read_count, read_terms
from tijdig.vera.codes import END_NAME, END_OF, RHYTHM_OF, STATE_NAME, STATE_OF
from tijdig.vera.incoming import cents, code_of, done, tenancy
from tijdig.vera.queries import arrangement
from tijdig.vera.shapes import ArrangementMessage, Booking
from tijdig.vera.values import ArrangementStands, Owner, Refused


def make_arrangement(client: Client, message: ArrangementMessage, as_asked: UUID, on: date) -> int:
    """Agree on the plan of this message over what is open now; gives its id. `Refused`."""
    owner, pk = tenancy(client, message.overeenkomst)
    code = done(lambda: code_of("status", message.status, STATE_OF, STATE_NAME)) or "ACT"
    if code not in ("AAN", "ACT"):
        raise Refused(400, "status", "Een nieuwe regeling is aangevraagd (AAN) of actief (ACT).")
    with organisation_scope(owner.id):
        agreed(client, May.ARRANGE, on)
        stands_on = ground(pk, on)
        if stands_on is None or not stands_on.items:
            raise Refused(409, "niets_open", "Er staat niets open. Een regeling is niet nodig.")
        runs = stands_on.runs
        replaces = message.told("tijdig.vervangt")
        if runs is not None and replaces == str(runs.id):
            _own(client, runs)
        elif replaces:
            raise Refused(409, "vervangt", "De regeling die deze vervangt, loopt niet (meer).")
        entries = [one.entry for one in stands_on.items]
        if message.boekingen:
            entries = _chosen(message.boekingen, entries)
        open_cents = sum(one.open_cents for one in stands_on.items if one.entry in set(entries))
        ask = _ask(message, open_cents, on)
        if ask.debt_cents != open_cents:
            told = f"Over deze boekingen staat {euro(open_cents)} open, niet {euro(ask.debt_cents)}."
            raise Refused(409, "bedrag", f"{told} Het bedrag van een regeling is wat er open staat.")
        made = done(
            lambda: arrange(
                organisation_id=owner.id,
                actor=client.actor,
                tenancy_id=pk,
                ask=ask,
                entries=entries,
                reason=(message.omschrijving or "")[:400],
                asked_as=as_asked,
                on=on,
                requested=code == "AAN",
                replace=bool(replaces),
            )
        )
    if made is None:
        raise Refused(404, "overeenkomst_onbekend", "Deze overeenkomst is er niet, of is niet bij u.")
    return made


def _chosen(wanted: Sequence[Booking], entries: list[int]) -> list[int]:
    """The open entries that were named, each by its id here or its key in the source. `Refused` for any that is not open."""
    known = {str(one): one for one in entries} | {
        key: one for one, key in references_of(entries).items() if key
    }
    odd = [
        one.id or one.idExtern or "zonder id" for one in wanted if (one.id or one.idExtern or "") not in known
    ]
    if odd:
        raise Refused(409, "boekingen", f"Deze boekingen staan niet open: {', '.join(odd)[:200]}.")
    chosen = {known[one.id or one.idExtern or ""] for one in wanted}
    return [one for one in entries if one in chosen]


def _ask(message: ArrangementMessage, open_cents: int, on: date) -> Ask:
    """The plan that was sent, as what the tenant can pay."""
    rhythm = None
    if message.prolongatieInterval:
        rhythm = RHYTHM_OF.get(message.prolongatieInterval)
        if rhythm is None:
            raise Refused(
                400,
                "prolongatieInterval",
                "Een regeling gaat per maand (P1M), vier weken (P4W) of week (P1W).",
            )
    total = cents(message.bedrag)
    if message.termijnen:
        terms = [(one.vervaldatum, cents(one.bedrag)) for one in message.termijnen]
        if any(day is None or amount is None for day, amount in terms):
            raise Refused(400, "termijnen", "Elke termijn heeft een `vervaldatum` en een `bedrag`.")
        ask = read_terms([(day, amount) for day, amount in terms if day and amount is not None], rhythm)
        if total is not None and total != ask.debt_cents:
            raise Refused(400, "bedrag", "De termijnen zijn samen een ander bedrag dan `bedrag`.")
        return ask
    count = message.termijnenAantal
    if rhythm is None or message.begindatum is None or count is None or count != int(count) or count > 260:
        raise Refused(
            400,
            "termijnen",
            "Stuur `termijnen`, of `termijnenAantal`, `begindatum` en `prolongatieInterval`.",
        )
    return read_count(open_cents if total is None else total, int(count), message.begindatum, rhythm)


def _own(client: Client, plan: Arrangement) -> None:
    """A partner changes only what its own people made."""
    if client.partner_id is None:
        return
    with partner_scope():
        own = {f"user:{one}" for one in colleagues_at_partner()}
    if plan.made_by not in own:
        raise Refused(
            403, "niet_uw_regeling", "Deze regeling maakte de corporatie. Stel haar een vraag in het dossier."
        )


def change_arrangement(
    client: Client, pk: int, message: ArrangementMessage, on: date, *, whole: bool
) -> None:
    """Bring an arrangement where the message says it stands. With `whole` the message is all of it. `Refused`."""
    found = arrangement(client, pk, on, on)
    if found is None:
        raise Refused(404, "onbekend", "Deze betalingsregeling is er niet, of is niet bij u.")
    owner, stands = found
    _same_plan(message, stands)
    code = done(lambda: code_of("status", message.status, STATE_OF, STATE_NAME))
    if code is None:
        if whole:
            raise Refused(400, "status", "Een hele regeling heeft een `status`.")
        raise Refused(400, "niets_te_wijzigen", "Alleen `status` (met `eindeReden`) is te wijzigen.")
    wanted = STATE_OF[code]
    if wanted is stands.state:
        return
    with organisation_scope(owner.id):
        agreed(client, May.ARRANGE, on)
        _own(client, stands.arrangement)
        done(lambda: _move(client, owner, stands, wanted, message, on))


def _same_plan(message: ArrangementMessage, stands: ArrangementStands) -> None:
    """An agreed plan is not changed: another one replaces it."""
    one = stands.arrangement
    terms = [(each.vervaldatum, cents(each.bedrag)) for each in message.termijnen or []]
    same = not terms or terms == [(each.due_on, each.cents) for each in one.instalments]
    amount = cents(message.bedrag)
    if not same or (amount is not None and amount != one.debt_cents):
        sentence = "Een afgesproken plan verandert niet. Maak een nieuwe regeling, met het extra-attribuut "
        raise Refused(409, "plan", f"{sentence}tijdig.vervangt en het id van deze.")


def _move(
    client: Client,
    owner: Owner,
    stands: ArrangementStands,
    wanted: State,
    message: ArrangementMessage,
    on: date,
) -> None:
    given: dict[str, Any] = {
        "organisation_id": owner.id,
        "actor": client.actor,
        "arrangement_id": stands.arrangement.id,
        "on": on,
    }
    reason = (message.omschrijving or "")[:400]
    if wanted is State.ACTIVE and stands.state is State.FROZEN:
        resume(**given)
    elif wanted is State.ACTIVE:
        activate(**given)
    elif wanted is State.FROZEN:
        until = _day(message.told("tijdig.bevrorenTot"))
        freeze(**given, until=until, reason=reason)
    elif wanted is State.CANCELLED:
        cancel(**given, reason=reason)
    elif wanted is State.ENDED:
        code = code_of("eindeReden", message.eindeReden, END_OF, END_NAME)
        if code is None:
            raise Refused(400, "eindeReden", "Stuur bij status BEE ook een `eindeReden`.")
        if END_OF[code] is EndReason.REST_FORGIVEN:
            sentence = "Kwijtschelden beslist een medewerker van de corporatie, op naam, op het scherm."
            raise Refused(403, "niet_uw_besluit", sentence)
        end(**given, end_reason=END_OF[code], reason=reason)
    else:
        raise Refused(409, "status", "Een regeling wordt niet opnieuw aangevraagd.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as odd:
        sentence = "Stuur bij status BEV het extra-attribuut tijdig.bevrorenTot met een dag als 2026-12-31."
        raise Refused(400, "bevroren_tot", sentence) from odd
