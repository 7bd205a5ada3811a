"""What programs are told: arrangements and files as of a day, one by one and by the page, within their own walls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tijdig.access.people import Client
from tijdig.access.queries import colleagues_at_partner, corporation
from tijdig.access.scope import organisation_scope, partner_scope
from tijdig.arrangements.kinds import VERA_STATE, State
from tijdig.arrangements.queries import arrangements_by_id, keys, term_stands, watched
from tijdig.bailiff.kinds import Shown
from tijdig.bailiff.queries import agreements, all_files, file, in_force
from tijdig.bailiff.queries_earlier import beside_of
from tijdig.bailiff.queries_in_file import deeds_of, package_size
from tijdig.bailiff.queries_owed import items_of, overdue_of
from tijdig.bailiff.queries_program import proposal, proposals, references
from tijdig.bailiff.track import Done, tell
from tijdig.bailiff.values import File, Proposal
from tijdig.contacts.queries import contacts_of
from tijdig.ledger.queries import references_of
from tijdig.tenancies.queries import Keys, keys_of, lease, tenancy_ids_there
from tijdig.vera.access import owners
from tijdig.vera.messages import arrangement_message, file_message
from tijdig.vera.paging import Asked, Row, by_owner, in_order, page_of
from tijdig.vera.values import ArrangementStands, FileStands, Owner, Page, Refused

_OVER = (State.ENDED, State.CANCELLED)


def _contract(row_tenancies: Iterable[int], where: Mapping[str, str]) -> dict[int, str]:
    """The contract numbers, where somebody asks by one."""
    if "overeenkomst" not in where:
        return {}
    return {one.tenancy_id: one.contract_number for one in keys_of(row_tenancies).values()}


def arrangements_page(client: Client, want: Asked, today: date) -> Page:
    """A page of arrangements as of a day. Inside `access.behind`."""
    rows: list[Row] = []
    for owner in owners(client):
        with organisation_scope(owner.id):
            here = keys(want.on)
            contracts = _contract((one.tenancy_id for one in here), want.where)
        for one in here:
            state = one.state if want.on == today else None
            fields = {"id": str(one.id), "code": str(one.id), "afspraakdatum": one.agreed_on.isoformat()}
            fields |= {"status": VERA_STATE[state]} if state else {}
            fields |= {
                "overeenkomst": contracts.get(one.tenancy_id, ""),
                "overeenkomst.id": str(one.tenancy_id),
            }
            rows.append(Row(one.id, owner, one.tenancy_id, fields, None))
    if "status" in want.where and want.on != today:
        raise Refused(400, "filter", "Vraag een status zonder peildatum, of een peildatum zonder status.")
    shown, page = page_of(rows, want)
    for owner, part in by_owner(shown):
        page.seen.append((owner, [row.tenancy_id for row in part]))
        with organisation_scope(owner.id):
            found = {
                one.arrangement.id: one
                for one in _arrangements([row.id for row in part], owner, want.on, today)
            }
            page.messages.extend(arrangement_message(found[row.id]) for row in part)
    return in_order(page)


def arrangement(client: Client, pk: int, on: date, today: date) -> tuple[Owner, ArrangementStands] | None:
    """One arrangement as of a day with whose it is; None where it is not theirs to see, or not agreed yet."""
    for owner in owners(client):
        with organisation_scope(owner.id):
            found = _arrangements([pk], owner, on, today)
        if found and found[0].arrangement.agreed_on <= on:
            return owner, found[0]
    return None


def _arrangements(ids: Sequence[int], owner: Owner, on: date, today: date) -> list[ArrangementStands]:
    """In the scope of their corporation."""
    found = list(arrangements_by_id(ids).values())
    terms, leases = term_stands(found, on), keys_of(one.tenancy_id for one in found)
    how, claims = watched(found, on), references_of(entry for one in found for entry in one.entries)
    stands = []
    for one in found:
        state = one.state if on == today else one.stood_on(on)
        over = state in _OVER
        stands.append(
            ArrangementStands(
                arrangement=one,
                state=state,
                over=over,
                terms=terms[one.id],
                kept=None if over or state is State.REQUESTED else how[one.id].kept,
                keys=leases[one.tenancy_id],
                claims=tuple((entry, claims.get(entry, "")) for entry in one.entries),
                owner=owner,
            )
        )
    return stands


def files_page(client: Client, want: Asked) -> Page:
    """A page of files, and of proposals that wait or were refused, as of a day. Inside `access.behind`."""
    rows: list[Row] = []
    for owner in owners(client):
        with organisation_scope(owner.id):
            here = [one for one in all_files() if one.handed_over_on <= want.on and _theirs(client, one)]
            asked_for = [] if client.partner_id else [one for one in proposals() if one.on <= want.on]
            there = tenancy_ids_there(one.tenancy_id for one in here)  # a partner's only while it is agreed
            known: list[File | Proposal] = [one for one in here if one.tenancy_id in there] + asked_for
            contracts = _contract((one.tenancy_id for one in known), want.where)
        for one in known:
            rows.append(Row(one.id, owner, one.tenancy_id, _file_fields(one, contracts, want.on), one))
    shown, page = page_of(rows, want)
    for owner, part in by_owner(shown):
        page.seen.append((owner, [row.tenancy_id for row in part]))
        with organisation_scope(owner.id):
            page.messages.extend(_told(client, [row.of for row in part], owner, want.on))
    return in_order(page)


def _file_fields(one: File | Proposal, contracts: Mapping[int, str], on: date) -> dict[str, str]:
    code = "ACT"
    if isinstance(one, Proposal):
        code = "EIN" if one.refused_on and one.refused_on <= on else "NIE"
    elif one.ended_on and one.ended_on <= on:
        code = "EIN"
    fields = {"id": str(one.id), "code": str(one.id), "status": code}
    fields |= {"overeenkomst": contracts.get(one.tenancy_id, ""), "overeenkomst.id": str(one.tenancy_id)}
    if isinstance(one, File):
        fields["overdrachtsdatum"] = one.handed_over_on.isoformat()
    return fields


def _theirs(client: Client, one: File) -> bool:
    return client.partner_id is None or (one.partner_id == client.partner_id and one.ended_on is None)


def file_of(client: Client, pk: int, on: date) -> tuple[Owner, FileStands] | None:
    """One file or proposal with all that is told of it; None where it is not theirs, or not any more."""
    for owner in owners(client):
        with organisation_scope(owner.id):
            known: File | Proposal | None = file(pk)
            if isinstance(known, File) and not _theirs(client, known):
                continue
            if known is None and client.partner_id is None:
                known = proposal(pk)
            begun = known.handed_over_on if isinstance(known, File) else known.on if known else on
            if known is not None and begun <= on and keys_of([known.tenancy_id]):
                return owner, _whole(client, known, owner, on)
    return None


def file_told(organisation_id: int, partner_id: int | None, known: File, on: date) -> dict[str, object]:
    """The file as a message for whoever has it open, as a program of theirs is told. In the corporation's scope."""
    reader = Client(0, organisation_id, "", partner_id=partner_id)
    owner = Owner(organisation_id, corporation(organisation_id).name)
    return file_message(_whole(reader, known, owner, on))


def _told(client: Client, some: Sequence[File | Proposal], owner: Owner, on: date) -> list[dict[str, object]]:
    """In the scope of their corporation."""
    facts = _facts(some, on)
    return [file_message(_stands(one, owner, on, facts)) for one in some]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of many files at once."""

    leases: dict[int, Keys]
    offices: dict[int, str]
    overdue: dict[int, int]
    deeds: dict[int, list[Done]]
    beside: dict[int, int]  # costs, beside the account
    references: dict[int, str]


def _facts(some: Sequence[File | Proposal], on: date) -> _Facts:
    tenancies = [one.tenancy_id for one in some]
    files = [one for one in some if isinstance(one, File)]
    ids = [one.id for one in files]
    return _Facts(
        leases=keys_of(tenancies),
        offices={one.partner_id: one.partner for one in agreements()},
        overdue=overdue_of(tenancies, on),
        deeds=deeds_of(ids),
        beside=beside_of(files, on),
        references=references(ids),
    )


def _stands(one: File | Proposal, owner: Owner, on: date, facts: _Facts) -> FileStands:
    """As every list tells it."""
    common: dict[str, Any] = {
        "id": one.id,
        "start": one.start,
        "open_cents": facts.overdue.get(one.tenancy_id, 0),
        "partner": Owner(one.partner_id, facts.offices[one.partner_id]),
        "keys": facts.leases[one.tenancy_id],
        "owner": owner,
    }
    if isinstance(one, Proposal):
        return FileStands(
            **common,
            proposed_on=one.on,
            handed_over_on=None,
            ended_on=None,
            end=None,
            overdue_cents=0,
            costs_cents=0,
            reference="",
            refused_on=one.refused_on if one.refused_on and one.refused_on <= on else None,
        )
    deeds = tuple(each for each in facts.deeds[one.id] if each.on <= on)
    ended = one.ended_on if one.ended_on and one.ended_on <= on else None
    return FileStands(
        **common,
        proposed_on=None,
        handed_over_on=one.handed_over_on,
        ended_on=ended,
        end=one.end if ended else None,
        overdue_cents=one.overdue_cents,
        costs_cents=facts.beside[one.id],
        reference=facts.references.get(one.id, ""),
        deeds=deeds,
    )


def _whole(client: Client, one: File | Proposal, owner: Owner, on: date) -> FileStands:
    """With all that is told of one file alone."""
    stands = replace(_stands(one, owner, on, _facts([one], on)), claims=_claims(one.tenancy_id, on))
    if isinstance(one, Proposal):
        return stands
    return replace(
        stands,
        contacts=_contacts(client, one, on),
        detail=tuple(_detail(client, one, on, tell(stands.deeds).label)),
        package_bytes=package_size(one.id),
    )


def _claims(tenancy_id: int, on: date) -> tuple[tuple[int, str], ...]:
    items = [one.entry_id for one in items_of(tenancy_id, on) if one.overdue]
    known = references_of(items)
    return tuple((entry, known.get(entry, "")) for entry in items)


def _contacts(client: Client, one: File, on: date) -> tuple[Any, ...]:
    """Since the hand-over, and for a partner what was agreed that it sees."""
    found = [each for each in contacts_of([one.tenancy_id], as_of=on) if each.on >= one.handed_over_on]
    if client.partner_id and Shown.CONTACTS not in _shows(one, on):
        with partner_scope():
            own = {f"user:{each}" for each in colleagues_at_partner()}
        found = [each for each in found if each.actor in own]
    return tuple(found)


def _shows(one: File, on: date) -> frozenset[Shown]:
    """By the agreement that holds now, as the database looks."""
    held = (each for each in in_force(on) if each.partner_id == one.partner_id)
    return next((frozenset(each.terms.shows) for each in held), frozenset())


def _detail(client: Client, one: File, on: date, stage: str) -> list[tuple[str, str]]:
    """Who and where, for the office that has the file; of a telephone number only where that was agreed."""
    told = [("stadium", stage)]
    who = lease(one.tenancy_id, on)
    if who is None or one.ended_on is not None:
        return told
    told += [("huurder", " en ".join(who.names)), ("adres", who.address)]
    shows = _shows(one, on)
    told += [("telefoon", who.phone)] if Shown.PHONE in shows or not client.partner_id else []
    return told + ([("email", who.email)] if Shown.EMAIL in shows or not client.partner_id else [])
