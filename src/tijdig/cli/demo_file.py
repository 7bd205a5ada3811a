"""What the demo's bailiff did in some files: a talk, costs, a question, and a proposal for the court."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

_OURS = UUID("6d3a1c1e-5f0e-4a57-9a51-6a7a0b1f2c3d")


def work_in_files(
    organisation: int, partner_id: int, user_id: int, consultant: tuple[int, str], now: datetime, on: date
) -> None:
    """In the first files: the newest is asked about, of another a talk and costs, of the oldest a summons proposed."""
    from tijdig.access.scope import acting, organisation_scope
    from tijdig.bailiff.queries import open_files

    with organisation_scope(organisation):
        files = [one for one in open_files() if one.partner_id == partner_id]
    if not files:
        return
    theirs: dict[str, Any] = {
        "organisation_id": organisation,
        "actor": f"user:{user_id}",
        "name": "Piet Maas",
        "on": on,
    }
    with acting(partner_id, user_id):
        _talked(organisation, theirs["actor"], files[-1].tenancy_id, now, on)
        _worked(theirs, files[0].id, files[-1].id)
    _asked(organisation, consultant, files[0].id, on)


def _talked(organisation: int, actor: str, tenancy: int, now: datetime, on: date) -> None:
    from tijdig.contacts.actions import NotLogged, log
    from tijdig.contacts.kinds import Channel, Direction, Outcome, Reached, Who
    from tijdig.contacts.values import ContactDraft

    draft = ContactDraft(
        tenancy_id=tenancy,
        channel=Channel.VISIT,
        direction=Direction.OUT,
        reached=Reached.TALKED,
        who=Who.TENANT,
        outcome=Outcome.ARRANGEMENT_WANTED,
        at=now,
        note="Wil in delen betalen. Loon komt op de 24e.",
    )
    try:
        log(
            organisation_id=organisation, actor=actor, draft=draft, asked_as=uuid5(_OURS, f"talk:{tenancy}"), now=now, on=on
        )  # fmt: skip
    except NotLogged:
        return


def _worked(theirs: dict[str, Any], oldest: int, newest: int) -> None:
    from tijdig.bailiff.actions_in_file import ask_question, book
    from tijdig.bailiff.actions_track import write
    from tijdig.bailiff.costs import Act, CostDraft, Payer
    from tijdig.bailiff.deed_draft import DeedDraft
    from tijdig.bailiff.kinds import Side
    from tijdig.bailiff.track import Deed
    from tijdig.base.not_done import NotDone

    cost = CostDraft(
        act=Act.AGREED, payer=Payer.CORPORATION, on=theirs["on"], cents=3_500, label="huisbezoek"
    )
    book(**theirs, side=Side.PARTNER, file_id=newest, draft=cost, asked_as=uuid5(_OURS, f"cost:{newest}"))
    ask_question(
        **theirs,
        side=Side.PARTNER,
        file_id=newest,
        text="Mag een regeling van acht maanden?",
        asked_as=uuid5(_OURS, f"question:{newest}"),
    )
    draft = DeedDraft(
        deed=Deed.SUMMONS_PROPOSED, on=theirs["on"], reason="Niemand doet open en er komt geen antwoord."
    )
    try:
        write(
            **theirs, side=Side.PARTNER, file_id=oldest, draft=draft, asked_as=uuid5(_OURS, f"deed:{oldest}")
        )
    except NotDone:
        return


def _asked(organisation: int, consultant: tuple[int, str], file_id: int, on: date) -> None:
    from tijdig.bailiff.actions_in_file import ask_question
    from tijdig.bailiff.kinds import Side

    ask_question(
        organisation_id=organisation,
        actor=f"user:{consultant[0]}",
        name=consultant[1],
        side=Side.CORPORATION,
        file_id=file_id,
        text="Was er iemand thuis toen u langsging?",
        asked_as=uuid5(_OURS, f"asked:{file_id}"),
        on=on,
    )
