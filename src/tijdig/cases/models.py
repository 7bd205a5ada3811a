"""Where a tenancy stands, what was decided and why, and the checkpoints that keep an ordinary night short."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Greatest, Now

from tijdig.tenancies.models import Owned, OwnedMany, Tenancy


class Standing(OwnedMany):
    """The last evaluation of a tenancy: what the worklist reads. Replaced when it changes; `Decision` keeps history."""

    tenancy = models.OneToOneField(Tenancy, on_delete=models.PROTECT, primary_key=True, db_constraint=False)
    as_of = models.DateField()
    balance_cents = models.BigIntegerField()
    overdue_cents = models.BigIntegerField()
    not_due_cents = models.BigIntegerField()
    credit_cents = models.BigIntegerField()
    oldest_due_on = models.DateField(null=True)
    due_months = models.SmallIntegerField()
    open_items = models.IntegerField()
    rent_cents = models.BigIntegerField(null=True)
    departed = models.BooleanField()
    rule = models.CharField(max_length=40)  # code of the policy's step that applied
    step_due_on = models.DateField()
    phase = models.SmallIntegerField()  # arrears.position.Phase
    alert = models.BooleanField()
    policy_version = models.CharField(max_length=40)
    automatic = models.BooleanField(default=False, db_default=False)  # the program does this step
    bucket = models.CharField(max_length=20, default="", db_default="")  # policy.words.Bucket
    stage = models.CharField(max_length=20, default="", db_default="")  # policy.words.Stage
    arrears_since_on = models.DateField(null=True)  # the first day of arrears that have not been broken since
    talked_on = models.DateField(null=True)  # the last talk with somebody of the household
    ruling_id = models.BigIntegerField(null=True)  # the decision by which a person changed the step
    worth = models.SmallIntegerField(
        default=0, db_default=0
    )  # what a contact is expected to change, per mille
    new_overdue_cents = models.BigIntegerField(
        null=True
    )  # since a debt procedure began; none runs where empty
    new_since_on = models.DateField(null=True)  # the first day of those arrears

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "step_due_on", "-overdue_cents"],
                name="cases_standing_work",
                condition=models.Q(alert=True),
            ),
            models.Index(
                fields=["organisation", "arrears_since_on"],
                name="cases_standing_since",
                condition=models.Q(overdue_cents__gt=0),
            ),
        ]


class Decision(OwnedMany):
    """What the engine proposed for a tenancy on a day, with what it saw. Append-only; written when it differs."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    as_of = models.DateField()
    decided_at = models.DateTimeField(db_default=Now())
    policy_version = models.CharField(max_length=40)
    rule = models.CharField(max_length=40)
    step_due_on = models.DateField()
    alert = models.BooleanField()
    actor = models.CharField(max_length=80)
    saw = ArrayField(models.BigIntegerField())  # what the policy saw, in the order of policy.words.Feature
    ruling_id = models.BigIntegerField(null=True)  # the decision by which a person changed the step

    class Meta:
        indexes: ClassVar = [models.Index(fields=["tenancy", "id"], name="cases_decision_tenancy")]


class Alert(Owned):
    """A tenancy fell behind. Open until cured; one open alert a tenancy at most."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    cause = models.CharField(max_length=20)  # due, reversal, fact
    raised_on = models.DateField()
    raised_at = models.DateTimeField(db_default=Now())
    since_on = models.DateField()
    overdue_cents = models.BigIntegerField()
    due_months = models.SmallIntegerField()
    rule = models.CharField(max_length=40)
    entries = models.JSONField(default=list)  # ledger entry ids behind it
    cured_on = models.DateField(null=True)
    cured_at = models.DateTimeField(null=True)
    ended_by = models.CharField(
        max_length=40, blank=True, default="", db_default=""
    )  # code of the step that followed

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenancy"], condition=models.Q(cured_at=None), name="cases_alert_one_open"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                models.F("organisation"),
                Greatest("raised_at", "cured_at").desc(),
                models.F("id").desc(),
                name="cases_alert_latest",
            ),
            models.Index(fields=["tenancy", "id"], name="cases_alert_tenancy"),
        ]


class Outbox(OwnedMany):
    """What open screens are told, by id: a stream that was cut resumes after the last id it saw."""

    kind = models.CharField(max_length=20)
    subject = models.BigIntegerField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "id"], name="cases_outbox_resume")]


class Checkpoint(OwnedMany):
    """Up to and including `day`, a tenancy's ledger is summed up in its `CheckpointItem`s."""

    tenancy = models.OneToOneField(Tenancy, on_delete=models.PROTECT, primary_key=True, db_constraint=False)
    day = models.DateField()
    last_payment_on = models.DateField(null=True)
    last_reversal_on = models.DateField(null=True)
    arrears_since_on = models.DateField(null=True)


class CheckpointItem(OwnedMany):
    """What was still open at a checkpoint: a charge with its open amount, or a credit with its remainder."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_constraint=False)
    entry_id = models.BigIntegerField()
    open_cents = models.BigIntegerField()


class Night(Owned):
    """One night run: when, how long, what it found."""

    day = models.DateField()
    started_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)
    actor = models.CharField(max_length=80)
    tenancies = models.IntegerField(default=0)
    lines_read = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    alerts = models.IntegerField(default=0)
    cures = models.IntegerField(default=0)
    full = models.IntegerField(default=0)
    timings = models.JSONField(default=dict)
    error = models.TextField(blank=True)


class Acceptance(Owned):
    """A claim that is not sure in every part, taken on by a person by name. Append-only; once for the same doubts.

    Why stands as the text of its event in history, so that it can be erased.
    """

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    as_of = models.DateField()
    rent_on = models.DateField(null=True)  # the day whose rent counted; empty: as asked
    doubts = models.JSONField()  # each a code and a sentence
    digest = models.CharField(max_length=64)  # of the doubts
    total_cents = models.BigIntegerField()
    made_by = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenancy", "as_of", "rent_on", "digest"],
                name="cases_acceptance_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="cases_acceptance_has_name"),
        ]


class Case(Owned):
    """The work with one household while the way of working asks for it. Opens and closes by itself; one open a tenancy."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    opened_on = models.DateField()
    opened_at = models.DateTimeField(db_default=Now())
    stage = models.CharField(max_length=20)  # policy.words.Stage
    stage_since_on = models.DateField()
    policy_version = models.CharField(max_length=40)
    closed_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=40, blank=True, default="")  # code of the step that ended it

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenancy"], condition=models.Q(closed_at=None), name="cases_case_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_on=None, closed_at=None, closed_by="")
                | (models.Q(closed_on__isnull=False, closed_at__isnull=False) & ~models.Q(closed_by="")),
                name="cases_case_closed_whole",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tenancy", "-id"], name="cases_case_tenancy")]


class PlannedStep(Owned):
    """What is to be done next in a case: planned before it is done, so that a rerun does nothing twice.

    `about_on` is the due day that the step is about. `subject` names what was done: "letter:12", "contact:5", "ruling:3".
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False)
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    rule = models.CharField(max_length=40)
    act = models.CharField(max_length=30)  # policy.words.Act
    letter = models.CharField(max_length=30, blank=True, default="")
    automatic = models.BooleanField()
    policy_version = models.CharField(max_length=40)
    about_on = models.DateField()
    planned_on = models.DateField()
    planned_at = models.DateTimeField(db_default=Now())
    due_on = models.DateField()
    state = models.CharField(max_length=10, default="planned")  # cases.planned.State
    ended_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, blank=True, default="")
    subject = models.CharField(max_length=60, blank=True, default="")
    note = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenancy"], condition=models.Q(state="planned"), name="cases_planned_one"
            ),
            models.UniqueConstraint(
                fields=["tenancy", "rule", "about_on"],
                condition=models.Q(automatic=True, state="taken"),
                name="cases_planned_taken_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["planned", "taken", "withdrawn", "refused"]),
                name="cases_planned_state",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenancy", "-id"], name="cases_planned_tenancy"),
            models.Index(
                fields=["organisation", "due_on"],
                name="cases_planned_due",
                condition=models.Q(state="planned"),
            ),
        ]


class Answer(Owned):
    """Somebody answers by name for a deadline that was missed; why, and what now, is text of its event. Append-only."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    deadline = models.CharField(max_length=20)  # cases.deadlines.Deadline
    since_on = models.DateField()  # the first day of the arrears in which it was missed
    answered_on = models.DateField()
    answered_at = models.DateTimeField(db_default=Now())
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenancy", "deadline", "since_on"], name="cases_answer_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="cases_answer_has_name"),
        ]


class Chance(Owned):
    """How many cases of a kind there were, with a talk or without, and how many were settled. Renewed every night."""

    kind = models.SmallIntegerField()  # cases.expected
    talked = models.BooleanField()
    cases = models.IntegerField()
    settled = models.IntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "kind", "talked"], name="cases_chance_once")
        ]
