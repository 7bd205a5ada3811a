"""What is compiled into a file that is not its own: the compiled form must not outlive a change of it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tijdig.arrears import walk, walk_rows


def test_the_walk_names_the_rows_it_was_compiled_with() -> None:
    text = Path(walk_rows.__file__).read_bytes()
    assert hashlib.sha256(text).hexdigest()[:16] == walk.ROWS, (
        "walk_rows.py changed: write its new digest into ROWS of walk.py, so that the kernels are compiled anew"
    )
