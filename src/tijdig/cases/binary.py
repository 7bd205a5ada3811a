"""PostgreSQL's binary COPY of fixed-width columns, read as numpy columns without a Python object per value.

Why not a driver for Arrow: the rows must be read inside the transaction that set the organisation, on its own
connection. Every field is one of `int2`, `int4`, `int8` and never NULL, so each row has the same length and the whole
answer is one structured array.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_HEADER, _TRAILER = 19, 2
_WIDTH = {"int2": 2, "int4": 4, "int8": 8}


def columns(data: bytes | bytearray, kinds: Sequence[str]) -> list[npt.NDArray[np.int64]]:
    """One native integer array a column. Raises ValueError where the answer does not have the fixed shape."""
    fields: list[tuple[str, str]] = [("count", ">i2")]
    for index, kind in enumerate(kinds):
        fields += [(f"l{index}", ">i4"), (f"v{index}", f">i{_WIDTH[kind]}")]
    shape = np.dtype(fields)
    body = len(data) - _HEADER - _TRAILER
    if body < 0 or body % shape.itemsize:
        raise ValueError("not a binary COPY of fixed-width columns without NULLs")
    rows = np.frombuffer(data, shape, body // shape.itemsize, _HEADER)
    return [rows[f"v{index}"].astype(f"=i{_WIDTH[kind]}") for index, kind in enumerate(kinds)]
