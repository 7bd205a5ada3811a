"""The sub-ledger: append-only entries, and the small rows through which rooms above and below meet."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from tijdig.tenancies.models import Owned, OwnedMany, Tenancy


class Entry(OwnedMany):
    """One fact about money. Never changed: a correction is a new entry that points back."""

    # Checked once per statement by a trigger (0005_existence), which also sees that the corporation is the same: a look per
    # row, with a lock on the tenancy each, cost as much as the rows. A tenancy is never deleted.
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    kind = models.SmallIntegerField()
    role = models.SmallIntegerField()
    amount_cents = models.BigIntegerField()
    effective_on = models.DateField()
    due_on = models.DateField()
    booked_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())
    source = models.CharField(max_length=40)
    reference = models.CharField(max_length=120)
    target = models.ForeignKey("self", on_delete=models.PROTECT, null=True, db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "source", "reference"], name="ledger_entry_once"),
            models.CheckConstraint(condition=~models.Q(amount_cents=0), name="ledger_entry_not_zero"),
            models.CheckConstraint(condition=models.Q(role__range=(0, 4)), name="ledger_entry_role"),
            models.CheckConstraint(
                condition=models.Q(role=3, amount_cents__lt=0)
                | models.Q(~models.Q(role=3), amount_cents__gt=0),
                name="ledger_entry_sign",
            ),
            models.CheckConstraint(
                condition=~models.Q(role=4) | models.Q(target__isnull=False), name="ledger_entry_undo_points"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenancy", "effective_on"], name="ledger_entry_tenancy"),
            models.Index(fields=["organisation", "effective_on"], name="ledger_entry_day"),
            models.Index(
                fields=["target"], name="ledger_entry_target", condition=models.Q(target__isnull=False)
            ),
        ]


class EntryText(OwnedMany):
    """The description as the source gave it: personal text, erasable."""

    # No constraint: written in one statement with its entry, which is never deleted.
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, db_constraint=False)
    text = models.TextField()


class Dirty(Owned):
    """A tenancy whose facts changed since it was last evaluated. Written with the fact, cleared with the decision."""

    # No constraint, as in `Route`: written for tenancies that were just looked up, and cleared with the decision.
    tenancy = models.OneToOneField(Tenancy, on_delete=models.PROTECT, primary_key=True, db_constraint=False)
    since = models.DateTimeField(db_default=Now())
    marks = models.IntegerField(default=1)  # raised by every new fact, so that none is lost in between
    earliest_on = models.DateField()  # earliest effective day among the new facts: voids a later checkpoint


class BankAccount(Owned):
    """One of our own accounts. While its statements do not tie, its tenancies get no automatic step."""

    id = models.AutoField(primary_key=True)
    iban = models.CharField(max_length=34)
    name = models.CharField(max_length=120, blank=True)
    incomplete_since = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "iban"], name="ledger_bank_account_once")
        ]


class Route(Owned):
    """Into which of our accounts a tenancy last paid."""

    tenancy = models.OneToOneField(Tenancy, on_delete=models.PROTECT, primary_key=True, db_constraint=False)
    bank_account = models.ForeignKey(BankAccount, on_delete=models.PROTECT)


class Waiting(Owned):
    """Money that came in and is probably this tenancy's, but nobody has said so yet."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT)
    source = models.CharField(max_length=40)
    reference = models.CharField(max_length=120)
    amount_cents = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "source", "reference", "tenancy"], name="ledger_waiting_once"
            )
        ]


class Answer(Owned):
    """What a batch with this idempotency key was answered, so that the same call gives the same answer."""

    key = models.CharField(max_length=260)
    digest = models.CharField(max_length=64)
    answer = models.JSONField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "key"], name="ledger_answer_once")
        ]
