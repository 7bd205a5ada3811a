"""The answer of a query as columns: a binary COPY inside the caller's transaction, within the wall of its organisation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, TransactionStatus

from tijdig.cases.binary import columns

Whole = npt.NDArray[np.int64]


def copied(query: str, params: Sequence[Any] | Mapping[str, Any], kinds: Sequence[str]) -> list[Whole]:
    """The answer of a query as columns, read by the driver's lowest layer: a COPY gives a message per row, and millions
    of those through a Python iterator cost more than the rows themselves. The transaction is open already: the
    organisation was set in it."""
    with connection.cursor() as cursor:
        raw = cursor.cursor
        if raw.connection.pgconn.transaction_status != TransactionStatus.INTRANS:
            cursor.execute("SELECT 1")  # whatever state the connection was in, it is in the transaction now
        text = raw.mogrify(f"COPY ({query}) TO STDOUT (FORMAT binary)", params)
        pgconn = raw.connection.pgconn
        started = pgconn.exec_(text.encode())
        if started.status != ExecStatus.COPY_OUT:
            raise error_from_result(started)
        buffer, take = bytearray(), pgconn.get_copy_data
        count, data = take(0)
        while count > 0:
            buffer += data
            count, data = take(0)
        while (ended := pgconn.get_result()) is not None:
            if ended.status not in (ExecStatus.COMMAND_OK, ExecStatus.COPY_OUT):
                raise error_from_result(ended)
    return columns(buffer, kinds)
