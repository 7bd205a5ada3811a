"""A bank file becomes statements and lines, inside one transaction: all or nothing.

Movements are kept in hand until their statement ends, because only then is it known whether it ties. A statement too
long for that is told twice: once to tie it out, once to post it in parts, so that memory stays bounded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db import connection

from tijdig.base.problems import Problem
from tijdig.imports.actions_collections import OwnCollections
from tijdig.imports.actions_lines import knowledge, settle, store
from tijdig.imports.drafts import Collection, Event, Movement, Refusal, Statement, StatementEnd
from tijdig.imports.models import Statement as StatementRow
from tijdig.imports.outcome import Knowledge, Work
from tijdig.imports.prints import Heard, Prints, family
from tijdig.imports.queries import Neighbour, known_entries, latest_booked, statements_around
from tijdig.imports.references import mask_bsn
from tijdig.imports.statement_check import Before, Check, Totals, check
from tijdig.imports.tally import Refused, Tally
from tijdig.ledger.actions import set_bank_incomplete

IN_HAND = 60_000  # movements kept until their statement ends
_PART = 2_500  # works decided, posted and stored together, while the next are being read
_AHEAD = timedelta(days=40)


@dataclass(slots=True)
class _Told:
    """One statement as told: its head, its movements while they fit, its end."""

    head: Statement
    movements: list[Movement] = field(default_factory=list)
    count: int = 0
    first: date | None = None
    last: date | None = None
    end: StatementEnd | None = None

    def add(self, movement: Movement) -> None:
        self.count += 1
        self.first = min(self.first or movement.booked_on, movement.booked_on)
        self.last = max(self.last or movement.booked_on, movement.booked_on)
        if self.count <= IN_HAND:
            self.movements.append(movement)
        elif self.movements:
            self.movements = []


class BankFile:
    """Imports one file. `events` opens the file anew and tells it from the beginning."""

    def __init__(
        self,
        *,
        organisation_id: int,
        file_id: int,
        actor: str,
        on: date,
        events: Callable[[], Iterator[Event]],
        progress: Callable[[int], None],
    ) -> None:
        self._organisation_id = organisation_id
        self._file_id = file_id
        self._actor = actor
        self._on = on
        self._events = events
        self._progress = progress
        self._known: Knowledge | None = None
        self._known_days: tuple[date, date] | None = None
        self._pending: list[
            Work
        ] = []  # of statements that are stored, waiting to be decided and posted together
        self._pending_account: int | None = None
        self._accounts: dict[str, int | None] = {}
        self._around: tuple[tuple[object, ...], list[Neighbour]] = ((), [])
        self._latest: dict[str, date | None] = {}
        self._touched: set[int] = set()  # accounts of which a statement came in
        self._heard: dict[tuple[str, date], list[Heard]] = {}  # entries told earlier in this very file
        self._read = 0
        self.tally = Tally()
        self._own = OwnCollections(organisation_id=organisation_id, file_id=file_id, tally=self.tally)

    def run(self) -> Tally:
        """Tell every statement; raises `Refused` on a fatal problem."""
        told: _Told | None = None
        for event in self._events():
            if isinstance(event, Movement):
                if told is not None:
                    told.add(event)
                self._step()
            elif isinstance(event, Problem):
                if event.fatal:
                    raise Refused(event)
                self.tally.problems.append(event)
            elif isinstance(event, Statement):
                told = _Told(event)
            elif isinstance(event, StatementEnd):
                assert told is not None
                told.end = event
                self._statement(told)
                told = None
            elif isinstance(event, Collection):
                self._own.add(event)
                self._step()
            elif isinstance(event, Refusal):
                self._own.refuse(event)
        self._flush()
        self._own.flush()
        for account_id in sorted(self._touched):
            refresh_account(account_id, self._on)
        return self.tally

    def _step(self) -> None:
        self._read += 1
        if self._read % 500 == 0:
            self._progress(self._read)

    # -- statements

    def _statement(self, told: _Told) -> None:
        head, end = told.head, told.end
        assert end is not None
        closing = head.closing_cents if head.closing_cents is not None else end.closing_cents
        head = replace(head, closing_cents=closing, closing_on=head.closing_on or end.closing_on or told.last)
        account_id = self._own_account(head.account)
        works, fresh = self._works(told, head, account_id)
        result = self._check(head, end, account_id, fresh < told.count and told.count > 0)
        state = "notice" if not head.booked else ("held" if result.hold else "ok")
        if (told.count and not fresh) or (not told.count and self._empty_again(head, account_id)):
            state, result = "duplicate", Check("", None)
        row = self._statement_row(head, end, account_id, state, result)
        self._count_statement(told, head, end, state)
        if told.movements or not told.count:
            self._lines(row, works, account_id)
        else:
            for part in self._parts(told, head):
                self._lines(row, part, account_id)
        if account_id is not None and state in ("ok", "held"):
            self._touched.add(account_id)

    def _works(self, told: _Told, head: Statement, account_id: int | None) -> tuple[list[Work], int]:
        """Works of the movements in hand, and how many are new. Too many to hold: count only, told again later."""
        if not told.count:
            return [], 0
        if not told.movements:
            fresh = 0
            for part in self._parts(told, head):
                fresh += sum(work.state != "duplicate" for work in part)
            return [], fresh
        assert told.first is not None and told.last is not None
        works = _fingerprinted(told.movements, head, self._prints(head, told, account_id))
        return works, sum(work.state != "duplicate" for work in works)

    def _prints(self, head: Statement, told: _Told, account_id: int | None) -> Prints:
        assert told.first is not None and told.last is not None
        known = self._known_entries(head.account, told.first, told.last) if head.booked else []
        later = bool(known) and account_id is not None and self._continues(head, account_id, told, known)
        return Prints(head.account, family(head.format), known, continues=later)

    def _known_entries(self, account: str, first: date, last: date) -> list[Heard]:
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

    def _continues(self, head: Statement, account_id: int, told: _Told, known: list[Heard]) -> bool:
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
        if head.closing_cents in [closed for _, closed, _ in near] and _all_heard(told, known):
            return False
        return any(closed == head.opening_cents != opened and on == told.first for opened, closed, on in near)

    def _parts(self, told: _Told, head: Statement) -> Iterator[list[Work]]:
        """Tell this statement again, in parts."""
        account_id = self._own_account(head.account)
        printer = self._prints(head, told, account_id)
        part: list[Movement] = []
        inside = False
        for event in self._events():
            if isinstance(event, Statement):
                inside = event.place == told.head.place
            elif isinstance(event, Movement) and inside:
                if len(part) >= _PART and event.entry_no != part[-1].entry_no:
                    yield _fingerprinted(part, head, printer)
                    part = []
                part.append(event)
            elif isinstance(event, StatementEnd) and inside:
                break
        if part:
            yield _fingerprinted(part, head, printer)

    def _check(self, head: Statement, end: StatementEnd, account_id: int | None, overlaps: bool) -> Check:
        if not head.booked:
            return Check("", None)
        totals = Totals(
            account_known=account_id is not None,
            opening_cents=head.opening_cents,
            closing_cents=head.closing_cents,
            movement_cents=end.movement_cents,
            opening_on=head.opening_on,
            sequence=head.sequence,
            overlaps=overlaps,
        )
        around = self._neighbours(account_id, head) if account_id is not None else []
        before = [Before(one.closing_on, one.closing_cents, one.sequence) for one in around]
        return check(totals, before)

    def _empty_again(self, head: Statement, account_id: int | None) -> bool:
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

    def _own_account(self, account: str) -> int | None:
        if account not in self._accounts:
            self._accounts[account] = self._read_account(account)
        return self._accounts[account]

    def _read_account(self, account: str) -> int | None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM ledger_bankaccount WHERE iban = %s", [account])
            row = cursor.fetchone()
        return int(row[0]) if row else None

    def _statement_row(
        self, head: Statement, end: StatementEnd, account_id: int | None, state: str, result: Check
    ) -> StatementRow:
        return StatementRow.objects.create(
            organisation_id=self._organisation_id,
            file_id=self._file_id,
            bank_account_id=account_id,
            account=head.account[:40],
            format=head.format[:40],
            statement_id=head.statement_id[:60],
            sequence=head.sequence[:20],
            opening_cents=head.opening_cents,
            opening_on=head.opening_on,
            closing_cents=head.closing_cents,
            closing_on=head.closing_on,
            movement_cents=end.movement_cents,
            state=state,
            hold=result.hold,
            difference_cents=result.difference_cents,
        )

    def _count_statement(self, told: _Told, head: Statement, end: StatementEnd, state: str) -> None:
        tally = self.tally
        tally.statements += 1
        tally.entries += end.entry_count
        tally.counts["read"] += told.count
        if head.booked and head.opening_cents is not None and head.closing_cents is not None:
            ties = head.opening_cents + end.movement_cents == head.closing_cents
            tally.balanced = ties if tally.balanced is None else (tally.balanced and ties)

    def _lines(self, row: StatementRow, works: Sequence[Work], account_id: int | None) -> None:
        """Take works up; they are decided, posted and stored together with those of the statements beside them."""
        if self._pending and (account_id != self._pending_account or len(self._pending) >= _PART):
            self._flush()
        self._pending_account = account_id
        for work in works:
            work.statement_id = row.pk
            if work.state == "new":
                if row.state in ("held", "notice"):
                    work.state = row.state
                if work.state != "notice" and work.movement.tx_no == 1:
                    heard = self._heard.setdefault((row.account, work.movement.booked_on), [])
                    heard.append(Heard(work.fingerprint, work.movement.bank_reference, family(row.format)))
        self._pending += works

    def _flush(self) -> None:
        works, self._pending = self._pending, []
        if not works:
            return
        done = works
        if any(work.state == "new" for work in works):
            done, problems = settle(
                organisation_id=self._organisation_id,
                works=works,
                known=self._knowledge(works),
                actor=self._actor,
                on=self._on,
                file_id=self._file_id,
                bank_account_id=self._pending_account,
            )
            self.tally.problems += problems
        for work in done:
            if work.parent is None:
                cents = work.movement.amount_cents
                self.tally.credit_cents += max(cents, 0)
                self.tally.debit_cents += max(-cents, 0)
            self.tally.counts[work.state] += 1
        store(organisation_id=self._organisation_id, file_id=self._file_id, works=done)

    def _knowledge(self, works: Sequence[Work]) -> Knowledge:
        """Fetched once for a month and a bit."""
        days = [day for work in works for day in (work.movement.booked_on, work.movement.value_on)]
        first, last = min(days), max(days)
        if self._known is None or not self._covers(first, last):
            last += _AHEAD
            self._known = knowledge(self._organisation_id, first, last, self._on)
            self._known_days = (first, last)
        return self._known

    def _covers(self, first: date, last: date) -> bool:
        assert self._known_days is not None
        return self._known_days[0] <= first and last <= self._known_days[1]


def _all_heard(told: _Told, known: Sequence[Heard]) -> bool:
    """Does this statement tell no amount of a day more often than was heard?"""
    parts = [one.fingerprint.rsplit("|", 3) for one in known]
    heard = Counter((part[1], part[2]) for part in parts)
    cents: dict[int, int] = {}
    days: dict[int, date] = {}
    for movement in told.movements:
        cents[movement.entry_no] = cents.get(movement.entry_no, 0) + movement.amount_cents
        days[movement.entry_no] = movement.booked_on
    mine = Counter((days[entry].isoformat(), str(total)) for entry, total in cents.items())
    return bool(mine) and not mine - heard


def _fingerprinted(movements: Sequence[Movement], head: Statement, printer: Prints) -> list[Work]:
    """Works with their prints: all movements of one bank entry share the print of that entry."""
    totals: dict[int, int] = {}
    for movement in movements:
        totals[movement.entry_no] = totals.get(movement.entry_no, 0) + movement.amount_cents
    works: list[Work] = []
    entry_no, fingerprint, heard = 0, "", False
    for movement in movements:
        if movement.entry_no != entry_no:
            entry_no = movement.entry_no
            cents = totals[entry_no]
            if movement.booked and head.booked:
                fingerprint, heard = printer.of(movement.booked_on, cents, movement.bank_reference)
            else:  # not booked yet: it takes no ordinal, and hides nothing that is booked later
                fingerprint, heard = f"{head.account}|{movement.booked_on}|{cents}|0", False
        masked, found = mask_bsn(movement.remittance)
        work = Work(replace(movement, remittance=masked) if found else movement, fingerprint)
        if not movement.booked or not head.booked:
            work.state = "notice"
        elif heard:
            work.state = "duplicate"
        works.append(work)
    return works


def refresh_account(account_id: int, on: date) -> None:
    """An account is incomplete while one of its statements is held; its tenancies get no automatic step."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT min(coalesce(opening_on, closing_on)) FROM imports_statement
                WHERE bank_account_id = %s AND state = 'held'""",
            [account_id],
        )
        since = cursor.fetchone()[0]
    set_bank_incomplete(bank_account_id=account_id, since=since, on=on)
