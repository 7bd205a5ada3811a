"""What a person asked and cannot be done."""

from __future__ import annotations


class NotPossible(Exception):  # noqa: N818 - an answer to a person, not a fault in the code
    """What was asked cannot be done; `code` names the sentence that says why."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
