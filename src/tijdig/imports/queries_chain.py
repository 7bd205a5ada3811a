"""What is known around a statement: the statements before it, what was told of its days, whether it ties."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import connection

from tijdig.imports.drafts import Statement
from tijdig.imports.outcome import Work
from tijdig.imports.prints import Heard, Prints, family
from tijdig.imports.queries import Neighbour, known_entries, latest_booked, statements_around
from tijdig.imports.statement_check import Before, Check, Totals, check
from tijdig.imports.told import Told, all_heard


class Chain:
    """Of one file; asked for more than once, read once."""

    def __init__(self) -> None:
        self._accounts: dict[str, int | None] = {}
        self._around: tuple[tuple[object, ...], list[Neighbour]] = ((), [])
        self._latest: dict[str, date | None] = {}
        self._heard: dict[tuple[str, date], list[Heard]] = {}  # entries told earlier in this very file

    def prints(self, head: Statement, told: Told, account_id: int | None) -> Prints:
        assert told.first is not None and told.last is not None
        known = self.known(head.account, told.first, told.last) if head.booked else []
        later = bool(known) and account_id is not None and self._continues(head, account_id, told, known)
        return Prints(head.account, family(head.format), known, continues=later)

    def known(self, account: str, first: date, last: date) -> list[Heard]:
        """Entries of these days that were told before, by another file or earlier in this one."""
        if account not in self._latest:
            self._latest[account] = latest_booked(account)
        latest = self._latest[account]
        known = known_entries(account, first, last) if latest is not None and latest >= first else []
        earlier = {one.fingerprint for one in known}
        for number in range((last - first).days + 1):
            heard = self._heard.get((account, first + timedelta(days=number)), [])
            known += [one for one in heard if one.fingerprint not in earlier]
        return known

    def _continues(self, head: Statement, account_id: int, told: Told, known: list[Heard]) -> bool:
        """A second statement of the same day, opening where the first one closed, that was not told before.

        Statements told before may have been cut otherwise (a day in two, a week in one): one that closes where another
        closed, and has no entry that was not heard, tells nothing new.
        """
        if head.opening_cents is None:
            return False
        near = [
            (one.opening_cents, one.closing_cents, one.closing_on)
            for one in self._neighbours(account_id, head)
            if one.closing_on is not None and told.first is not None and one.closing_on >= told.first
        ]
        if (head.opening_cents, head.closing_cents) in [(opened, closed) for opened, closed, _ in near]:
            return False
        if head.closing_cents in [closed for _, closed, _ in near] and all_heard(told, known):
            return False
        return any(closed == head.opening_cents != opened and on == told.first for opened, closed, on in near)

    def check(self, head: Statement, movement_cents: int, account_id: int | None, overlaps: bool) -> Check:
        if not head.booked:
            return Check("", None)
        totals = Totals(
            account_known=account_id is not None,
            opening_cents=head.opening_cents,
            closing_cents=head.closing_cents,
            movement_cents=movement_cents,
            opening_on=head.opening_on,
            sequence=head.sequence,
            overlaps=overlaps,
        )
        around = self._neighbours(account_id, head) if account_id is not None else []
        before = [Before(one.closing_on, one.closing_cents, one.sequence) for one in around]
        return check(totals, before)

    def empty_again(self, head: Statement, account_id: int | None) -> bool:
        if account_id is None or not head.booked:
            return False
        return any(
            one.closing_on == head.closing_on
            and one.closing_cents == head.closing_cents
            and one.opening_cents == head.opening_cents
            for one in self._neighbours(account_id, head)
        )

    def _neighbours(self, account_id: int, head: Statement) -> list[Neighbour]:
        """Statements around this one; asked for more than once, read once."""
        key = (account_id, head.place, head.opening_on, head.closing_on)
        if self._around[0] != key:
            self._around = (key, statements_around(account_id, head.opening_on, head.closing_on))
        return self._around[1]

    def own_account(self, account: str) -> int | None:
        if account not in self._accounts:
            self._accounts[account] = self._read_account(account)
        return self._accounts[account]

    def _read_account(self, account: str) -> int | None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM ledger_bankaccount WHERE iban = %s", [account])
            row = cursor.fetchone()
        return int(row[0]) if row else None

    def remember(self, account: str, works: Iterable[Work], format_name: str) -> None:
        """These entries were told in this file."""
        told_by = family(format_name)
        for work in works:
            if work.state not in ("duplicate", "notice") and work.movement.tx_no == 1:
                heard = self._heard.setdefault((account, work.movement.booked_on), [])
                heard.append(Heard(work.fingerprint, work.movement.bank_reference, told_by))

    def forget(self, account: str, days: Iterable[date]) -> None:
        """What was remembered of these days was taken back."""
        for day in days:
            self._heard.pop((account, day), None)
