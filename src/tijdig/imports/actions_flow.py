"""A long statement, settled while it is still being told, as if it will tie; taken back as a whole when it does not.

Only what is plain flows: an account of ours, balances on both ends that fit the statements before, and days of which
nothing was told yet. Everything else waits for the end of its statement, in hand or told again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.db import transaction

from tijdig.imports.actions_settling import Settling
from tijdig.imports.drafts import Movement, Statement
from tijdig.imports.models import Statement as StatementRow
from tijdig.imports.outcome import Work
from tijdig.imports.prints import Prints, family
from tijdig.imports.queries_chain import Chain
from tijdig.imports.told import fingerprinted


def may_flow(head: Statement, account_id: int | None, chain: Chain) -> bool:
    """Will this statement be good if its entries add up to its balances?"""
    if account_id is None or not head.booked or head.closing_on is None:
        return False
    if head.opening_cents is None or head.closing_cents is None:
        return False
    return not chain.check(head, head.closing_cents - head.opening_cents, account_id, overlaps=False).hold


class Flow:
    """One statement under way: `settle` what was told so far, then `keep` it or `take_back` all of it."""

    def __init__(
        self,
        head: Statement,
        *,
        chain: Chain,
        settling: Settling,
        open_row: Callable[[], StatementRow],
        take_up: Callable[[StatementRow, Sequence[Work]], None],
    ) -> None:
        self._head = head
        self._chain = chain
        self._settling = settling
        self._take_up = take_up
        self._prints = Prints(head.account, family(head.format))
        self._days: set[date] = set()
        settling.flush()
        settling.wait()
        self._mark = settling.mark()
        self._savepoint = transaction.savepoint()
        self.row = open_row()

    def settle(self, movements: Sequence[Movement]) -> bool:
        """Settle these too. False when something was told of one of their days before: then it must be taken back."""
        for day in sorted({movement.booked_on for movement in movements} - self._days):
            self._settling.wait()
            if self._chain.known(self._head.account, day, day):
                return False
            self._days.add(day)
        self._take_up(self.row, fingerprinted(movements, self._head, self._prints))
        return True

    def keep(self) -> None:
        """All of it is written and stays."""
        self._settling.flush()
        self._settling.wait()
        transaction.savepoint_commit(self._savepoint)

    def take_back(self) -> None:
        """As if nothing of this statement had been told."""
        self._settling.take_back(self._mark)
        transaction.savepoint_rollback(self._savepoint)
        self._chain.forget(self._head.account, self._days)
