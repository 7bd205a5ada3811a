"""Files, statements, lines, what could not be read, and our own collection files."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from tijdig.ledger.models import BankAccount
from tijdig.tenancies.models import Owned, OwnedMany


class SourceFile(Owned):
    """A file that came in. The row is the job: a file in state `received` is taken up by a worker, once."""

    name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    size = models.BigIntegerField()
    kept_in = models.CharField(
        max_length=12, blank=True, db_default="files"
    )  # of the data folder; empty: kept no more
    format = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=12, default="received")
    code = models.CharField(max_length=40, blank=True)  # the sentence that says what happened
    params = models.JSONField(default=dict)
    received_at = models.DateTimeField(db_default=Now())
    received_by = models.CharField(max_length=80)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    mapping = models.JSONField(null=True)  # the column mapping a person confirmed, for CSV and Excel

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-id"], name="imports_file_recent"),
            models.Index(fields=["state"], name="imports_file_todo", condition=models.Q(state="received")),
        ]


class Progress(Owned):
    """How far a file is, written outside its transaction so that a screen can watch."""

    # No constraint: it is written from another connection while the file's own row is locked.
    file = models.OneToOneField(SourceFile, on_delete=models.PROTECT, primary_key=True, db_constraint=False)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)


class Statement(Owned):
    """One statement of one of our accounts."""

    file = models.ForeignKey(SourceFile, on_delete=models.PROTECT)
    bank_account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, null=True)
    account = models.CharField(max_length=40)
    format = models.CharField(max_length=40)
    statement_id = models.CharField(max_length=60, blank=True)
    sequence = models.CharField(max_length=20, blank=True)
    opening_cents = models.BigIntegerField(null=True)
    opening_on = models.DateField(null=True)
    closing_cents = models.BigIntegerField(null=True)
    closing_on = models.DateField(null=True)
    movement_cents = models.BigIntegerField(default=0)
    last_on = models.DateField(null=True)  # the latest booking day that it told of
    state = models.CharField(max_length=10)  # ok, held, accepted, notice, duplicate
    hold = models.CharField(max_length=20, blank=True)  # difference, gap, no_balance
    difference_cents = models.BigIntegerField(null=True)
    accepted_by = models.CharField(max_length=80, blank=True)
    accept_reason = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["bank_account", "closing_on"], name="imports_statement_chain"),
        ]


class Line(OwnedMany):
    """One movement, and where it went. `fingerprint` is the same for the same money by any file format."""

    file = models.ForeignKey(SourceFile, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    # No constraint, as for its file: a second look per line at the one row that was just made.
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, db_constraint=False)
    place = models.CharField(max_length=60)
    amount_cents = models.BigIntegerField()
    booked_on = models.DateField()
    value_on = models.DateField()
    nature = models.CharField(max_length=20)
    fingerprint = models.CharField(max_length=80)  # account | day | cents | ordinal: the same by any format
    bank_reference = models.CharField(max_length=60, blank=True)
    end_to_end_id = models.CharField(max_length=40, blank=True)
    mandate_id = models.CharField(max_length=40, blank=True)
    batch_id = models.CharField(max_length=60, blank=True)
    batch_count = models.IntegerField(default=0)
    reason_code = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=10)  # posted, queued, held, duplicate, split, other
    rule = models.CharField(max_length=30, blank=True)
    sureness = models.SmallIntegerField(default=0)
    queue_reason = models.CharField(max_length=30, blank=True)
    suggestions = models.JSONField(default=list)  # [tenancy id, why, how sure]
    tenancy_id = models.IntegerField(null=True)
    reference = models.CharField(max_length=120, blank=True)  # of the ledger entry
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, db_index=False, db_constraint=False
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["file", "id"], name="imports_line_file"),
            models.Index(
                fields=["organisation", "id"], name="imports_line_queue", condition=models.Q(state="queued")
            ),
            models.Index(fields=["organisation", "booked_on"], name="imports_line_day"),
            models.Index(
                fields=["organisation", "end_to_end_id"],
                name="imports_line_e2e",
                condition=~models.Q(end_to_end_id=""),
            ),
        ]


class LineText(OwnedMany):
    """Names, accounts and words of a movement: personal, erasable."""

    # No constraint: written in one statement with its line.
    line = models.OneToOneField(Line, on_delete=models.PROTECT, primary_key=True, db_constraint=False)
    counter_name = models.CharField(max_length=140, blank=True)
    counter_account = models.CharField(max_length=40, blank=True)
    structured_reference = models.CharField(max_length=60, blank=True)
    remittance = models.TextField(blank=True)


class Quarantine(Owned):
    """A line that could not be read or posted: its text, its place, the reason. Nothing is lost."""

    file = models.ForeignKey(SourceFile, on_delete=models.PROTECT)
    place = models.CharField(max_length=120)
    code = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    text = models.TextField()
    state = models.CharField(max_length=10, default="open")  # open, repaired, set_aside
    repaired_text = models.TextField(blank=True)
    handled_by = models.CharField(max_length=80, blank=True)
    handled_reason = models.TextField(blank=True)


class OwnCollection(OwnedMany):
    """What we asked the bank to collect (pain.008): splits a batch, and names what a reversal takes back."""

    file = models.ForeignKey(SourceFile, on_delete=models.PROTECT, db_index=False, db_constraint=False)
    message_id = models.CharField(max_length=60)
    batch_id = models.CharField(max_length=60)
    end_to_end_id = models.CharField(max_length=40)
    mandate_id = models.CharField(max_length=40, blank=True)
    collect_on = models.DateField()
    amount_cents = models.BigIntegerField()
    debtor_account = models.CharField(max_length=40, blank=True)
    debtor_name = models.CharField(max_length=140, blank=True)
    remittance = models.TextField(blank=True)
    refused_code = models.CharField(max_length=12, blank=True)  # by pain.002

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "batch_id", "end_to_end_id"], name="imports_collection_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "end_to_end_id"], name="imports_collection_e2e")
        ]


class Saved(Owned):
    """What a person said once about the files of a source: how it writes amounts and days, which column is what."""

    source = models.CharField(max_length=80)
    answers = models.JSONField()
    said_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "source"], name="imports_saved_once")
        ]


class Control(Owned):
    """What an ERP says is open, beside what we compute: shown after each load, never overwriting ours."""

    file = models.ForeignKey(SourceFile, on_delete=models.PROTECT)
    code = models.CharField(max_length=40)
    count = models.IntegerField()
    cents = models.BigIntegerField(null=True)
    detail = models.JSONField(default=list)
