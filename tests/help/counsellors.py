"""Files of debt counsellors for the tests: the golden ones, and lines as they are written by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.letters import offices

from tijdig.access.scope import organisation_scope
from tijdig.help.actions_traffic import Brought, bring_in
from tijdig.help.queries_traffic import conversations, numbered
from tijdig.help.traffic import Message
from tijdig.help.traffic_layouts import layouts
from tijdig.help.traffic_values import Conversation

GOLDEN = Path(__file__).parents[1] / "golden" / "schuldenknooppunt"
TODAY, NOON = offices.TODAY, offices.NOON
BY = "user:1"
NAME = "An de Boer"
_KNOWN = {
    "reference": "REF",
    "counsellor": "Kredietbank Proef",
    "contact": "J. Bakker",
    "helper_number": "K-1",
    "our_number": "100001",
    "client": "M. de Vries",
    "settlement": "SB",
    "agreed_on": "02-11-2026",
    "ended_on": "02-11-2026",
    "ended_as": "voortijdig beëindigd",
}


def number(one: int) -> UUID:
    return UUID(f"aaaaaaaa-0000-4000-8000-{one:012d}")


def sheet(kind: Message, *lines: dict[str, str], talk: int = 1) -> bytes:
    """A file of one kind; what a line does not say is as in `_KNOWN`."""
    layout = next(one for one in layouts() if one.kind == kind.value)
    rows = [";".join(layout.headings)]
    for line in lines or ({},):
        said = {**_KNOWN, "conversation": str(number(talk)), **line}
        rows.append(";".join(said.get(one.field, "") for one in layout.columns))
    return "\r\n".join(rows).encode()


def golden(name: str) -> bytes:
    return (GOLDEN / name).read_bytes()


def bring(organisation: int, content: bytes, on: date = TODAY, **more: Any) -> Brought:
    given = {"actor": BY, "name": NAME, "file_name": "knooppunt.csv", "now": NOON} | more
    return bring_in(organisation_id=organisation, content=content, on=on, **given)


def talk(organisation: int, one: int = 1) -> Conversation:
    with organisation_scope(organisation):
        (found,) = conversations(list(numbered([number(one)]).values()))
        return found


def conversation_of(organisation: int, on: date) -> int:
    """The id of a conversation that somebody waits for, of a client whom nobody knows."""
    bring(organisation, sheet(Message.BALANCE_REQUEST, {"our_number": "", "client": "P. Onbekend"}), on)
    return talk(organisation).id


def by(on: date = TODAY) -> dict[str, Any]:
    return {"actor": BY, "name": NAME, "now": NOON, "on": on}
