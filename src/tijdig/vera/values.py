"""An arrangement and a file as other programs are told of them, and how a message is refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tijdig.arrangements.kinds import Kept, State
from tijdig.arrangements.values import Arrangement
from tijdig.arrangements.watch import TermStands
from tijdig.bailiff.kinds import End, Start
from tijdig.bailiff.track import Done
from tijdig.contacts.contact import Contact
from tijdig.tenancies.queries import Keys

MOST_A_PAGE = 100
USUAL_A_PAGE = 20


class Refused(Exception):  # noqa: N818 - an answer to a program
    """A message that cannot be done. `status` is that of HTTP, `code` a word, `sentence` says what to do."""

    def __init__(self, status: int, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.code = code
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Owner:
    """The corporation whose row it is."""

    id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangementStands:
    """An arrangement as of a day. `claims` are the ledger entries that it is about: id and the source's own key."""

    arrangement: Arrangement
    state: State
    over: bool
    terms: tuple[TermStands, ...]
    kept: Kept | None
    keys: Keys
    claims: tuple[tuple[int, str], ...]
    owner: Owner


@dataclass(frozen=True, slots=True, kw_only=True)
class FileStands:
    """A file as of a day; a proposal of a program where `handed_over_on` is None. What is only in the answer about one
    file stands in `detail`."""

    id: int
    start: Start
    proposed_on: date | None
    handed_over_on: date | None
    ended_on: date | None
    end: End | None
    overdue_cents: int  # when it was handed over
    open_cents: int
    costs_cents: int
    reference: str
    partner: Owner
    keys: Keys
    owner: Owner
    claims: tuple[tuple[int, str], ...] = ()
    deeds: tuple[Done, ...] = ()
    contacts: tuple[Contact, ...] = ()
    detail: tuple[tuple[str, str], ...] = ()
    package_bytes: int | None = None
    refused_on: date | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list: `cursor` is what asks for the next, empty at the end."""

    total: int
    size: int
    number: int
    cursor: str
    messages: list[dict[str, object]] = field(default_factory=list)
    seen: list[tuple[Owner, list[int]]] = field(default_factory=list)  # whose tenancies are told of
