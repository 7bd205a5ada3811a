"""An ERP extract or a table becomes tenancies and entries, inside one transaction, with its controls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.db import connection

from tijdig.base.problems import Problem
from tijdig.imports.left_out import LeftOut
from tijdig.imports.models import Control
from tijdig.imports.tally import Refused, Tally
from tijdig.imports.vera_values import (
    ContactDraft,
    DebtorBalance,
    OpenAmount,
    PaymentReference,
    best_contacts,
)
from tijdig.ledger.actions import post
from tijdig.ledger.actions_marks import mark_dirty
from tijdig.ledger.entry import EntryDraft
from tijdig.ledger.queries import balances
from tijdig.tenancies.actions import flag_missing, load, set_contacts
from tijdig.tenancies.drafts import (
    ComplexDraft,
    HomeDraft,
    MandateDraft,
    PartyDraft,
    PaymentMethodDraft,
    PaymentReferenceDraft,
    PersonDraft,
    RentPartDraft,
    TenancyDraft,
)
from tijdig.tenancies.queries import tenancy_ids_by_contract

_ORDER = (
    ComplexDraft,
    HomeDraft,
    PersonDraft,
    TenancyDraft,
    PartyDraft,
    RentPartDraft,
    PaymentMethodDraft,
    MandateDraft,
    PaymentReferenceDraft,
)
_FLUSH = 15_000
NOTICES = frozenset(
    {
        "unknown_code", "ended_code", "not_a_tenancy", "more_homes", "role_without_tenancy", "postcode_unusual",
        "vat_excluded", "provisional_ignored", "zero_ignored", "reversal_without_target", "arrangement_booking",
        "booking_detail_missing", "signs_assumed", "payer_agreement",
    }
)  # fmt: skip


class ErpFile:
    """Loads one extract. Values are gathered by sort and flushed in loading order."""

    def __init__(
        self, *, organisation_id: int, file_id: int, actor: str, on: date, progress: Callable[[int], None]
    ) -> None:
        self._organisation_id = organisation_id
        self._file_id = file_id
        self._actor = actor
        self._on = on
        self._progress = progress
        self._records: dict[type, list[Any]] = defaultdict(list)
        self._entries: list[EntryDraft] = []
        self._tenancies: dict[str, int] | None = None
        self._keys: set[str] = set()
        self._open: list[OpenAmount] = []
        self._debtors: list[DebtorBalance] = []
        self._contacts: dict[str, list[ContactDraft]] = defaultdict(list)
        self._held = 0
        self._read = 0
        self.tally = Tally()

    def run(self, values: Iterator[Any]) -> Tally:
        """Take every value; raises `Refused` on a fatal problem."""
        for value in values:
            if isinstance(value, Problem):
                self._problem(value)
            elif isinstance(value, LeftOut):
                self.tally.counts["left_out"] += value.count
                continue
            elif isinstance(value, EntryDraft):
                self._entries.append(value)
                self._count(value.amount_cents)
            elif isinstance(value, PaymentReference):
                self._records[PaymentReferenceDraft].append(
                    PaymentReferenceDraft(value.contract_key, value.payment_reference)
                )
            elif isinstance(value, OpenAmount):
                self._open.append(value)
                continue
            elif isinstance(value, DebtorBalance):
                self._debtors.append(value)
            elif isinstance(value, ContactDraft):
                self._contacts[value.person_key].append(value)
            elif type(value) in _ORDER:
                self._records[type(value)].append(value)
                if isinstance(value, TenancyDraft):
                    self._keys.add(value.key)
            self._step()
        self._flush()
        if self._contacts:
            chosen = [(person, *best_contacts(found)) for person, found in self._contacts.items()]
            self.tally.counts["contacts"] += set_contacts(chosen)
        self._controls()
        return self.tally

    def _problem(self, problem: Problem) -> None:
        if problem.fatal:
            raise Refused(problem)
        self.tally.problems.append(problem)

    def _count(self, cents: int) -> None:
        """As on a bank statement: what lowers the debt came in, what raises it went out."""
        self.tally.credit_cents += max(-cents, 0)
        self.tally.debit_cents += max(cents, 0)

    def _step(self) -> None:
        self._read += 1
        self._held += 1
        if self._read % 2000 == 0:
            self._progress(self._read)
        if self._held >= _FLUSH:
            self._flush()

    def _flush(self) -> None:
        self._held = 0
        records = [draft for kind in _ORDER for draft in self._records.pop(kind, [])]
        subject = f"file:{self._file_id}"
        if records:
            loaded = load(
                organisation_id=self._organisation_id,
                records=records,
                actor=self._actor,
                on=self._on,
                subject=subject,
            )
            self.tally.counts.update(loaded.counts)
            self.tally.counts["read"] += len(records)
            self.tally.problems += loaded.problems
            self._tenancies = None
            mark_dirty(organisation_id=self._organisation_id, tenancy_ids=sorted(loaded.touched), on=self._on)
        entries, self._entries = self._entries, []
        if entries:
            if self._tenancies is None:
                self._tenancies = tenancy_ids_by_contract()
            posted = post(
                organisation_id=self._organisation_id,
                drafts=entries,
                actor=self._actor,
                on=self._on,
                subject=subject,
                tenancies=self._tenancies,
            )
            self.tally.counts.update(
                {"read": len(entries), "posted": posted.count, "duplicate": posted.duplicates}
            )
            self.tally.problems += posted.problems

    def _controls(self) -> None:
        """What the source says is open beside what we posted, agreements without a rent, and who disappeared."""
        if self._keys:
            missing = flag_missing(organisation_id=self._organisation_id, keys_seen=self._keys, on=self._on)
            self._control("tenancies_missing", missing)
            self._control("tenancies_without_rent", _without_rent(self._on))
        if self._open:
            self._control("open_by_source", len(self._open), sum(one.open_cents for one in self._open))
        if self._debtors:
            self._control("debtors_by_source", *self._debtors_that_differ())

    def _debtors_that_differ(self) -> tuple[int, int]:
        """How many contracts have another balance by the source than by our entries, and by how much together."""
        theirs = {one.contract_key: one.balance_cents for one in self._debtors if one.contract_key}
        ids = tenancy_ids_by_contract(theirs)
        ours = balances([ids[contract] for contract in theirs if contract in ids])
        apart = [cents - ours.get(ids[contract], 0) for contract, cents in theirs.items() if contract in ids]
        return sum(gap != 0 for gap in apart), sum(apart)

    def _control(self, code: str, count: int, cents: int | None = None) -> None:
        Control.objects.create(
            organisation_id=self._organisation_id, file_id=self._file_id, code=code, count=count, cents=cents
        )


def _without_rent(on: date) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*) FROM (
                   SELECT id FROM tenancies_tenancy WHERE end_on IS NULL OR end_on >= %s
                   EXCEPT SELECT tenancy_id FROM tenancies_rentpart
                           WHERE begin_on <= %s AND (end_on IS NULL OR end_on >= %s)) AS without""",
            [on, on, on],
        )
        return int(cursor.fetchone()[0])
