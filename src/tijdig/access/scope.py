"""One transaction, one organisation: every read and write of a corporation happens inside `organisation_scope`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected

from tijdig.access.people import Person

P = ParamSpec("P")
R = TypeVar("R")
_TIMES = 3


def set_local(name: str, value: str) -> None:
    """Set a `tijdig.*` setting until the end of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])


def before_the_walls(name: str, value: str) -> None:
    """Set what says who is at the door, where nobody stands behind a wall yet: not of a partner either."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT set_config(%s, %s, true), set_config('tijdig.partner', '', true),
                      set_config('tijdig.seat', %s, true), set_config('search_path', 'public', true),
                      set_config('role', 'none', true)""",
            [name, value, _seat.get()],
        )


_seat: ContextVar[str] = ContextVar("tijdig_seat", default="")


@contextmanager
def seated(role: str) -> Iterator[None]:
    """Until the end every scope is that of somebody with this role: the database keeps from a caretaker what has amounts,
    and from customer service what is confidential. What runs by itself has no seat, and no such wall."""
    token = _seat.set(role)
    try:
        yield
    finally:
        _seat.reset(token)


@contextmanager
def organisation_scope(organisation_id: int) -> Iterator[None]:
    """A transaction in which exactly this organisation's rows exist. The database enforces it."""
    with _behind(str(organisation_id)):
        yield


@contextmanager
def _behind(organisation: str) -> Iterator[None]:
    """One transaction behind the walls of a corporation, and of a partner where somebody acts for one."""
    who, around = _acting.get(), _walls.get()
    stands = _walls.set((organisation, who))
    try:
        with transaction.atomic():
            _within(organisation, who)
            yield
        if around is not None and around != (organisation, who):
            _within(*around)  # what was set for this one would stand on in the scope around it
    finally:
        _walls.reset(stands)
        if who is not None and around is None and connection.in_atomic_block:
            before_the_walls("tijdig.organisation", organisation)  # a test is one transaction around it all


@dataclass(frozen=True, slots=True)
class Acting:
    """Whoever works here for a partner."""

    partner_id: int
    user_id: int


_acting: ContextVar[Acting | None] = ContextVar("tijdig_acting", default=None)
# Of the scope that is open now: the corporation and who acts; None outside of all.
_walls: ContextVar[tuple[str, Acting | None] | None] = ContextVar("tijdig_walls", default=None)


@contextmanager
def acting(partner_id: int, user_id: int) -> Iterator[None]:
    """Until the end every scope stands behind the partner's wall too, whoever opens it: of a corporation exactly the
    tenancies exist of which the file is with the partner now."""
    token = _acting.set(Acting(partner_id, user_id))
    try:
        yield
    finally:
        _acting.reset(token)


@contextmanager
def owner_scope(organisation_id: int | None, partner_id: int | None) -> Iterator[None]:
    """The wall of whose a row is, for the program itself: of a corporation, or of a partner over all corporations."""
    if partner_id is None:
        with organisation_scope(organisation_id or 0):
            yield
    else:
        with acting(partner_id, 0), partner_scope():
            yield


@contextmanager
def partner_scope() -> Iterator[None]:
    """A transaction in which the partner's own rows exist, over all corporations: its people, agreements and files.

    Inside `acting` only.
    """
    if _acting.get() is None:
        raise RuntimeError("nobody acts for a partner here")
    with _behind(""):
        yield


def scope_of(person: Person) -> AbstractContextManager[None]:
    """The wall of whoever it is: of the corporation, or of the partner over all corporations."""
    return partner_scope() if person.partner_id else organisation_scope(person.organisation_id)


def _within(organisation: str, who: Acting | None) -> None:
    """Say to the database behind which walls this transaction stands, and as whom."""
    if who is None:
        before_the_walls("tijdig.organisation", organisation)
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT set_config('tijdig.organisation', %s, true), set_config('tijdig.partner', %s, true),
                      set_config('tijdig.user', %s, true), set_config('tijdig.seat', '', true),
                      set_config('search_path', 'tijdig_partner, public', true),
                      set_config('role', 'tijdig_partner', true)""",
            [organisation, str(who.partner_id), str(who.user_id)],
        )


@contextmanager
def as_person(person: Person) -> Iterator[None]:
    """Their own wall, whoever acts here: somebody who is signing in, perhaps where somebody else was.

    Not inside another scope, of which it would leave the settings as its own.
    """
    if person.partner_id is None:
        token = _acting.set(None)
        try:
            with organisation_scope(person.organisation_id):
                yield
        finally:
            _acting.reset(token)
    else:
        with acting(person.partner_id, person.id), partner_scope():
            yield


@contextmanager
def read_scope(organisation_id: int) -> Iterator[None]:
    """The same for a read: where the caller is inside that wall already, nothing needs to be said to the database."""
    if _walls.get() == (str(organisation_id), _acting.get()) and connection.in_atomic_block:
        yield
    else:
        with organisation_scope(organisation_id):
            yield


def again(work: Callable[P, R]) -> Callable[P, R]:
    """Run it anew, at most three times, when two transactions waited for each other and the database ended this one.

    For what is one whole transaction by itself.
    """

    @wraps(work)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        for _ in range(_TIMES - 1):
            try:
                return work(*args, **kwargs)
            except OperationalError as error:
                if not isinstance(error.__cause__, DeadlockDetected):
                    raise
        return work(*args, **kwargs)

    return run


def broken_rule(error: IntegrityError) -> str:
    """The name of the constraint that this ran into."""
    cause = error.__cause__
    return str(getattr(getattr(cause, "diag", None), "constraint_name", "") or "")
