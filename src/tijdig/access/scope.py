"""One transaction, one organisation: every read and write of a corporation happens inside `organisation_scope`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected

P = ParamSpec("P")
R = TypeVar("R")
_TIMES = 3


def set_local(name: str, value: str) -> None:
    """Set a `tijdig.*` setting until the end of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])


_inside: ContextVar[int] = ContextVar("tijdig_inside", default=0)


@contextmanager
def organisation_scope(organisation_id: int) -> Iterator[None]:
    """A transaction in which exactly this organisation's rows exist. The database enforces it."""
    with transaction.atomic():
        set_local("tijdig.organisation", str(organisation_id))
        token = _inside.set(organisation_id)
        try:
            yield
        finally:
            _inside.reset(token)


@contextmanager
def read_scope(organisation_id: int) -> Iterator[None]:
    """The same for a read: where the caller is inside that wall already, nothing needs to be said to the database."""
    if _inside.get() == organisation_id and connection.in_atomic_block:
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
