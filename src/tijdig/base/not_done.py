"""The answer to a person who asks for what cannot be: not a fault in the code, and nothing was written."""

from __future__ import annotations


class NotDone(Exception):  # noqa: N818 - an answer to a person, not a fault in the code
    """It cannot be; `sentences` say why, and what must be done first."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences
