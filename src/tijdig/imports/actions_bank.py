"""A bank file becomes statements and lines, inside one transaction: all or nothing.

Movements are kept in hand until their statement ends, because only then is it known whether it ties. A long one that
looks good is settled while it is being told, and taken back where it turns out otherwise; one that is too long to hold is
told again, in parts, so that memory stays bounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from django.db import connection

from tijdig.base.problems import Problem
from tijdig.imports.actions_collections import OwnCollections
from tijdig.imports.actions_flow import Flow, may_flow
from tijdig.imports.actions_settling import PART, Settling
from tijdig.imports.drafts import Collection, Event, Movement, Refusal, Statement, StatementEnd
from tijdig.imports.left_out import LeftOut
from tijdig.imports.models import Statement as StatementRow
from tijdig.imports.outcome import Work
from tijdig.imports.queries_chain import Chain
from tijdig.imports.statement_check import Check
from tijdig.imports.tally import Refused, Tally
from tijdig.imports.told import Keeping, Told, fingerprinted
from tijdig.ledger.actions_accounts import set_bank_incomplete


class BankFile:
    """Imports one file. `events` opens the file anew and tells it from the beginning."""

    def __init__(
        self,
        *,
        organisation_id: int,
        file_id: int,
        actor: str,
        on: date,
        events: Callable[[], Iterator[Event | LeftOut]],
        progress: Callable[[int], None],
    ) -> None:
        self._organisation_id = organisation_id
        self._file_id = file_id
        self._actor = actor
        self._on = on
        self._events = events
        self._progress = progress
        self._chain = Chain()
        self._touched: set[int] = set()  # accounts of which a statement came in
        self._read = 0
        self.tally = Tally()
        self._settling = Settling(organisation_id=organisation_id, file_id=file_id, actor=actor, on=on)
        self._flow: Flow | None = None  # the statement that is being told, where it can be settled meanwhile
        self._own = OwnCollections(organisation_id=organisation_id, file_id=file_id, tally=self.tally)

    def run(self) -> Tally:
        """Tell every statement; raises `Refused` on a fatal problem."""
        try:
            self._tell()
            self._settling.flush()
            self._settling.wait()
        finally:
            self._settling.stop()
        self.tally.add(self._settling.tally)
        self._own.flush()
        for account_id in sorted(self._touched):
            refresh_account(account_id, self._on)
        return self.tally

    def _tell(self) -> None:
        told: Told | None = None
        for event in self._events():
            if isinstance(event, Movement):
                if told is not None:
                    told.add(event)
                    if told.keeping is not Keeping.STAYS and told.ripe(PART):
                        self._long(told)
                self._step()
            elif isinstance(event, Problem):
                if event.fatal:
                    raise Refused(event)
                self.tally.problems.append(event)
            elif isinstance(event, Statement):
                told = Told(event)
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
            elif isinstance(event, LeftOut):
                self.tally.counts["left_out"] += event.count

    def _step(self) -> None:
        self._read += 1
        if self._read % 500 == 0:
            self._progress(self._read)

    # -- statements

    def _long(self, told: Told) -> None:
        """There is much of this statement in hand, and more to come: settle it while it is being told, if it may."""
        if told.keeping is not Keeping.FLOWS:
            self._settling.wait()
            account_id = self._chain.own_account(told.head.account)
            if not may_flow(told.head, account_id, self._chain):
                told.keeping = Keeping.STAYS
                return
            told.keeping = Keeping.FLOWS
            self._flow = Flow(
                told.head,
                chain=self._chain,
                settling=self._settling,
                open_row=lambda: self._statement_row(told, told.head, 0, account_id, "ok", Check("", None)),
                take_up=lambda row, works: self._lines(row, works, account_id),
            )
        assert self._flow is not None
        if not self._flow.settle(told.take()):
            self._take_back(told)

    def _take_back(self, told: Told) -> None:
        assert self._flow is not None
        self._flow.take_back()
        self._flow = None
        told.let_go()

    def _flowed(self, told: Told) -> bool:
        """Was this statement settled while it was told, and is it good? Else it is told again."""
        flow, end = self._flow, told.end
        if flow is None or end is None:
            return False
        good = flow.settle(told.take(all_of_it=True))
        self._settling.wait()
        head = told.head
        if not good or self._chain.check(head, end.movement_cents, flow.row.bank_account_id, False).hold:
            self._take_back(told)
            return False
        flow.keep()
        flow.row.movement_cents, flow.row.last_on = end.movement_cents, told.last
        flow.row.save(update_fields=["movement_cents", "last_on"])
        self._count_statement(told, head, end)
        if flow.row.bank_account_id is not None:
            self._touched.add(flow.row.bank_account_id)
        self._flow = None
        return True

    def _statement(self, told: Told) -> None:
        if self._flowed(told):
            return
        head, end = told.head, told.end
        assert end is not None
        self._settling.wait()
        closing = head.closing_cents if head.closing_cents is not None else end.closing_cents
        head = replace(head, closing_cents=closing, closing_on=head.closing_on or end.closing_on or told.last)
        account_id = self._chain.own_account(head.account)
        works, fresh = self._works(told, head, account_id)
        result = self._chain.check(
            head, end.movement_cents, account_id, fresh < told.count and told.count > 0
        )
        state = "notice" if not head.booked else ("held" if result.hold else "ok")
        if (told.count and not fresh) or (not told.count and self._chain.empty_again(head, account_id)):
            state, result = "duplicate", Check("", None)
        row = self._statement_row(told, head, end.movement_cents, account_id, state, result)
        self._count_statement(told, head, end)
        if told.movements or not told.count:
            self._lines(row, works, account_id)
        else:
            for part in self._parts(told, head):
                self._lines(row, part, account_id)
        if account_id is not None and state in ("ok", "held"):
            self._touched.add(account_id)

    def _works(self, told: Told, head: Statement, account_id: int | None) -> tuple[list[Work], int]:
        """Works of the movements in hand, and how many are new. Too many to hold: count only, told again later."""
        if not told.count:
            return [], 0
        if not told.movements:
            fresh = 0
            for part in self._parts(told, head):
                fresh += sum(work.state != "duplicate" for work in part)
            return [], fresh
        assert told.first is not None and told.last is not None
        works = fingerprinted(told.movements, head, self._chain.prints(head, told, account_id))
        return works, sum(work.state != "duplicate" for work in works)

    def _parts(self, told: Told, head: Statement) -> Iterator[list[Work]]:
        """Tell this statement again, in parts."""
        account_id = self._chain.own_account(head.account)
        printer = self._chain.prints(head, told, account_id)
        part: list[Movement] = []
        inside = False
        for event in self._events():
            if isinstance(event, Statement):
                inside = event.place == told.head.place
            elif isinstance(event, Movement) and inside:
                if len(part) >= PART and event.entry_no != part[-1].entry_no:
                    yield fingerprinted(part, head, printer)
                    part = []
                part.append(event)
            elif isinstance(event, StatementEnd) and inside:
                break
        if part:
            yield fingerprinted(part, head, printer)

    def _statement_row(
        self,
        told: Told,
        head: Statement,
        movement_cents: int,
        account_id: int | None,
        state: str,
        result: Check,
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
            movement_cents=movement_cents,
            last_on=told.last,
            state=state,
            hold=result.hold,
            difference_cents=result.difference_cents,
        )

    def _count_statement(self, told: Told, head: Statement, end: StatementEnd) -> None:
        tally = self.tally
        tally.statements += 1
        tally.entries += end.entry_count
        tally.counts["read"] += told.count
        if head.booked and head.opening_cents is not None and head.closing_cents is not None:
            ties = head.opening_cents + end.movement_cents == head.closing_cents
            tally.balanced = ties if tally.balanced is None else (tally.balanced and ties)

    def _lines(self, row: StatementRow, works: Sequence[Work], account_id: int | None) -> None:
        """Take works up; they are settled together with those of the statements beside them."""
        for work in works:
            work.statement_id = row.pk
            if work.state == "new" and row.state in ("held", "notice"):
                work.state = row.state
        self._chain.remember(row.account, works, row.format)
        self._settling.add(works, account_id)


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
