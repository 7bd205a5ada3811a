"""JSON as a stream of objects: an array, an object that holds arrays, or one object per line.

Only one element is in memory at a time: the text is read in pieces and each element is decoded where it
stands. Numbers stay text (`"650.30"`), so that money never passes through binary fractions. Errors:
`JsonError` where the text is no JSON, where an element is larger than `LIMIT`, or nested too deep.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

CHUNK = 262_144
LIMIT = 64 * 1024 * 1024  # characters of one element
_MARGIN = 16  # an error this near the end of what was read may only mean that more text is needed
_SPACE = " \t\r\n"

DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)


class JsonError(ValueError):
    """The text stops being JSON here; `offset` counts characters from the start of the file."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"no JSON at character {offset}")
        self.offset = offset


class JsonText:
    """A position in a JSON text that is read in pieces."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decode = codecs.getincrementaldecoder("utf-8-sig")()
        self._buffer = ""
        self._pos = 0
        self._dropped = 0
        self._ended = False

    def _fill(self) -> bool:
        """Reads more text behind what is left: at least as much again, so large elements stay cheap."""
        if self._ended:
            return False
        self._dropped += self._pos
        rest = self._buffer[self._pos :]
        data = self._stream.read(max(CHUNK, len(rest)))
        self._ended = not data
        try:
            self._buffer = rest + self._decode.decode(data, final=self._ended)
        except UnicodeDecodeError:
            raise JsonError(self._dropped + len(rest)) from None
        self._pos = 0
        return True

    def broken(self) -> JsonError:
        return JsonError(self._dropped + self._pos)

    def peek(self) -> str:
        """The next character that is not space, without taking it; "" at the end."""
        while True:
            while self._pos < len(self._buffer) and self._buffer[self._pos] in _SPACE:
                self._pos += 1
            if self._pos < len(self._buffer):
                return self._buffer[self._pos]
            if not self._fill():
                return ""

    def take(self, character: str) -> None:
        if self.peek() != character:
            raise self.broken()
        self._pos += 1

    def value(self) -> Any:
        """The next value, whole."""
        self.peek()
        while True:
            try:
                value, end = DECODER.raw_decode(self._buffer, self._pos)
                if end < len(self._buffer) or not self._fill():
                    self._pos = end
                    return value
            except RecursionError:
                raise self.broken() from None
            except json.JSONDecodeError as error:
                self._more_or_broken(error)

    def _more_or_broken(self, error: json.JSONDecodeError) -> None:
        """A real mistake stands well before the end of what was read; a cut-off value at the end of it."""
        cut_off = error.msg.startswith("Unterminated string") or error.pos > len(self._buffer) - _MARGIN
        too_large = len(self._buffer) - self._pos > LIMIT
        if not cut_off or too_large or not self._fill():
            raise JsonError(self._dropped + min(error.pos, len(self._buffer))) from None

    def elements(self) -> Iterator[Any]:
        """The elements of an array that starts here."""
        self.take("[")
        if self.peek() == "]":
            return self.take("]")
        while True:
            yield self.value()
            if self.peek() == "]":
                return self.take("]")
            self.take(",")

    def members(self) -> Iterator[str]:
        """The names of an object that starts here; the caller takes each value before the next name."""
        self.take("{")
        if self.peek() == "}":
            return self.take("}")
        while True:
            name = self.value()
            if not isinstance(name, str):
                raise self.broken()
            self.take(":")
            yield name
            if self.peek() == "}":
                return self.take("}")
            self.take(",")

    def first_line(self) -> str | None:
        """The first line, where it stands whole in the first piece and more text follows it."""
        self.peek()
        end = self._buffer.find("\n", self._pos)
        return self._buffer[self._pos : end] if end >= 0 else None

    def lines(self) -> Iterator[tuple[int, str]]:
        """The rest as numbered lines. Only for text that starts on line 1 with nothing taken yet."""
        number = 0
        while True:
            end = self._buffer.find("\n", self._pos)
            if end < 0 and self._fill():
                continue
            number += 1
            last = end < 0
            end = len(self._buffer) if last else end
            line, self._pos = self._buffer[self._pos : end], min(end + 1, len(self._buffer))
            if line.strip():
                yield number, line
            if last:
                return
