"""The lines of stored statements on their way: decided, posted and stored in parts, each written behind the next.

Finding out whom a movement names needs the processor and writing mostly the database, so a part is written while the
next one is being read and named. Deciding stays in order: what one part decided, the next one knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tijdig.imports.actions_behind import Behind
from tijdig.imports.actions_lines import Knowing, knowledge, learn_about, learn_owed, post_decided, store
from tijdig.imports.outcome import Work, decide, name_all
from tijdig.imports.tally import Tally

PART = 2_500  # works decided, posted and stored together, while the next are being read


class Settling:
    """Of one file. While it has something under way the connection is its own: `wait` before asking anything."""

    def __init__(self, *, organisation_id: int, file_id: int, actor: str, on: date) -> None:
        self._organisation_id = organisation_id
        self._file_id = file_id
        self._actor = actor
        self._on = on
        self.tally = Tally()  # of what was settled so far
        self._known: Knowing | None = None
        self._waiting: list[Work] = []  # of statements that are stored
        self._account: int | None = None  # into which all of these came
        self._named: list[Work] = []  # not decided and written yet
        self._behind = Behind()

    def add(self, works: Sequence[Work], account_id: int | None) -> None:
        """Take works up; small statements of one account are settled together."""
        if self._waiting and (account_id != self._account or len(self._waiting) >= PART):
            self.flush()
        self._account = account_id
        self._waiting += works

    def flush(self) -> None:
        """Begin writing all that was added."""
        works, self._waiting = self._waiting, []
        for start in range(0, len(works), PART):
            self._settle(works[start : start + PART])
        self._write()

    def wait(self) -> None:
        """Until nothing is being written; raises what the database said."""
        self._behind.wait()

    def stop(self) -> None:
        """Give up: nothing more is begun, and the connection is free when this returns."""
        self._behind.stop()

    def mark(self) -> Tally:
        """Where we are, to come back to. Call it when all is written."""
        return replace(self.tally, counts=self.tally.counts.copy(), problems=self.tally.problems.copy())

    def take_back(self, mark: Tally) -> None:
        """Forget what came after this mark; the caller takes back what was written."""
        self.stop()
        self._waiting, self._named, self._known, self.tally = [], [], None, mark

    def _settle(self, works: list[Work]) -> None:
        """Whom these movements name is found out while the part in front of them is decided and written."""
        self.wait()
        if any(work.state == "new" for work in works):
            if self._known is None:
                self._known = knowledge(self._organisation_id, self._on)
            learn_about(works, self._known)
            self._write()
            works = name_all(works, self._known)
        else:
            self._write()
        self._named = works

    def _write(self) -> None:
        works, self._named = self._named, []
        if works:
            account = self._account
            self._behind.start(lambda: self._write_part(works, account))

    def _write_part(self, works: list[Work], account_id: int | None) -> None:
        tally, known = self.tally, self._known
        if known is not None:
            learn_owed(works, known)
            decide(works, known)
        tally.problems += post_decided(
            organisation_id=self._organisation_id,
            done=works,
            actor=self._actor,
            on=self._on,
            file_id=self._file_id,
            bank_account_id=account_id,
        )
        for work in works:
            if work.parent is None:
                cents = work.movement.amount_cents
                tally.credit_cents += max(cents, 0)
                tally.debit_cents += max(-cents, 0)
            tally.counts[work.state] += 1
        store(organisation_id=self._organisation_id, file_id=self._file_id, works=works)
