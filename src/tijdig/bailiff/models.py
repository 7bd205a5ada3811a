"""Agreements with partners, files that were handed over, and what was found wanting. What was agreed and asked is
append-only.

A file alone is changed, it ends once; and of a cost whether its money came in. Who decided stands in the row and in
history; a reason in words stands apart, so that it can be erased.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from tijdig.access.models import Partner
from tijdig.arrangements.models import Arrangement
from tijdig.bailiff.costs import Act, Against, Payer
from tijdig.bailiff.kinds import End, Side, Start
from tijdig.bailiff.models_around import FileEndText as FileEndText
from tijdig.bailiff.models_around import Household as Household
from tijdig.bailiff.models_costs import CostAgreement as CostAgreement
from tijdig.bailiff.models_costs import CostText as CostText
from tijdig.bailiff.models_costs import CostWithdrawal as CostWithdrawal
from tijdig.bailiff.models_program import FileReference as FileReference
from tijdig.bailiff.models_program import Proposal as Proposal
from tijdig.bailiff.models_program import ProposalRefusal as ProposalRefusal
from tijdig.bailiff.track import Deed
from tijdig.tenancies.models import Owned, Tenancy


def _values(words: type[StrEnum]) -> list[str]:
    return [word.value for word in words]


class Agreement(Owned):
    """A version of what is agreed with a partner. It holds from `begin_on` when both sides approved it, until the next
    version begins or `AgreementEnd` says so."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, db_index=False)
    version = models.IntegerField()
    terms = models.JSONField()
    begin_on = models.DateField()
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())
    asked_as = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "partner", "version"], name="bailiff_agreement_version"
            ),
            models.UniqueConstraint(fields=["organisation", "asked_as"], name="bailiff_agreement_asked_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="bailiff_agreement_named"),
        ]


class AgreementApproval(Owned):
    """One side says yes, by name."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT)
    side = models.CharField(max_length=12)
    on = models.DateField()
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "side"], name="bailiff_approval_once"),
            models.CheckConstraint(condition=models.Q(side__in=_values(Side)), name="bailiff_approval_side"),
            models.CheckConstraint(condition=~models.Q(name=""), name="bailiff_approval_named"),
        ]


class AgreementEnd(Owned):
    """One side ends it: from that day on the partner sees nothing under it any more."""

    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT, primary_key=True)
    end_on = models.DateField()
    side = models.CharField(max_length=12)
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(side__in=_values(Side)), name="bailiff_end_side"),
            models.CheckConstraint(condition=~models.Q(name=""), name="bailiff_end_named"),
        ]


class HandOver(Owned):
    """Somebody asks by name to hand over, with every point as it stood. `weak` are those that need a second person.

    `went_on` is the day on which it went outside tijdig: then it is put with the partner, and not handed over again.
    """

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, db_index=False)
    start = models.CharField(max_length=3)
    points = models.JSONField()
    weak = models.JSONField()
    went_on = models.DateField(null=True)
    on = models.DateField()
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())
    asked_as = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "asked_as"], name="bailiff_handover_asked_once"),
            models.CheckConstraint(
                condition=models.Q(start__in=_values(Start)), name="bailiff_handover_start"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="bailiff_handover_named"),
        ]
        indexes: ClassVar = [models.Index(fields=["tenancy", "-id"], name="bailiff_handover_tenancy")]


class HandOverText(Owned):
    """Why one goes past a weak point. Personal: to be erased."""

    hand_over = models.OneToOneField(HandOver, on_delete=models.PROTECT, primary_key=True)
    reason = models.TextField()


class HandOverWithdrawal(Owned):
    """What was asked does not go on: the second person said no, or it was taken back."""

    hand_over = models.OneToOneField(HandOver, on_delete=models.PROTECT, primary_key=True)
    on = models.DateField()
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())


class File(Owned):
    """A file at a partner, from the day on which it was handed over until it ended. One at a time a tenancy."""

    hand_over = models.OneToOneField(HandOver, on_delete=models.PROTECT)
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, db_index=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, db_index=False)
    start = models.CharField(
        max_length=3
    )  # as it was asked: a partner over all corporations sees no hand-over
    handed_over_on = models.DateField()
    overdue_cents = models.BigIntegerField()  # on that day
    second_actor = models.CharField(max_length=80, blank=True)
    second_name = models.CharField(max_length=120, blank=True)
    recorded_at = models.DateTimeField(db_default=Now())
    ended_on = models.DateField(null=True)
    end = models.CharField(max_length=3, blank=True)
    end_side = models.CharField(max_length=12, blank=True)
    end_name = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenancy"], condition=models.Q(ended_on=None), name="bailiff_file_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on=None, end="", end_side="", end_name="")
                | (
                    models.Q(ended_on__isnull=False, end__in=_values(End), end_side__in=_values(Side))
                    & ~models.Q(end_name="")
                ),
                name="bailiff_file_ends_by_name",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["partner", "tenancy"], name="bailiff_file_partner"),
            models.Index(fields=["tenancy", "-id"], name="bailiff_file_tenancy"),
        ]


class FilePackage(Owned):
    """What went to the partner at the hand-over, to the byte, with its digest (SHA-256). Personal: to be erased."""

    file = models.OneToOneField(File, on_delete=models.PROTECT, primary_key=True)
    pdf = models.BinaryField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(db_default=Now())


class FileFigure(Owned):
    """What a file that ended counts for in the figures of the agreement, as it stood that day; no personal data.

    A partner sees nothing of the tenant any more then, and both sides go on seeing the same figures.
    """

    file = models.OneToOneField(File, on_delete=models.PROTECT, primary_key=True)
    first_talk_on = models.DateField(null=True)
    judged = models.BooleanField()
    evicted = models.BooleanField()
    settled = models.BooleanField(default=False)  # nothing was owed any more
    kept = models.BooleanField()  # an arrangement runs, is kept, and its first term came
    tenant_cents = models.BigIntegerField()
    corporation_cents = models.BigIntegerField()
    arrangements = (
        models.JSONField()
    )  # of the partner's own: the day on which the outcome of each was known, and whether it was kept


class Question(Owned):
    """One side asks the other something about a file. It waits until somebody of the other side answers."""

    file = models.ForeignKey(File, on_delete=models.PROTECT)
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    side = models.CharField(max_length=12)
    on = models.DateField()
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())
    asked_as = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "asked_as"], name="bailiff_question_asked_once"),
            models.CheckConstraint(condition=models.Q(side__in=_values(Side)), name="bailiff_question_side"),
            models.CheckConstraint(condition=~models.Q(name=""), name="bailiff_question_named"),
        ]


class QuestionText(Owned):
    """What was asked. Personal: to be erased."""

    question = models.OneToOneField(Question, on_delete=models.PROTECT, primary_key=True)
    text = models.TextField()


class Answer(Owned):
    """The other side answers, by name."""

    question = models.OneToOneField(Question, on_delete=models.PROTECT, primary_key=True)
    on = models.DateField()
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(name=""), name="bailiff_answer_named")
        ]


class AnswerText(Owned):
    """What was answered. Personal: to be erased."""

    answer = models.OneToOneField(Answer, on_delete=models.PROTECT, primary_key=True)
    text = models.TextField()


class Cost(Owned):
    """What an act cost, with the tariff that it was held against on that day. VAT apart."""

    file = models.ForeignKey(File, on_delete=models.PROTECT)
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    act = models.CharField(max_length=20)
    label = models.CharField(max_length=120, blank=True)  # of the agreed tariff
    payer = models.CharField(max_length=12)
    on = models.DateField()
    cents = models.BigIntegerField()
    vat_cents = models.BigIntegerField()
    against = models.CharField(max_length=12)
    tariff_cents = models.BigIntegerField(null=True)
    received_on = models.DateField(null=True)
    asks_agreement = models.BooleanField(default=False, db_default=False)  # of somebody of the corporation
    side = models.CharField(max_length=12)
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())
    asked_as = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "asked_as"], name="bailiff_cost_asked_once"),
            models.CheckConstraint(condition=models.Q(act__in=_values(Act)), name="bailiff_cost_act"),
            models.CheckConstraint(condition=models.Q(payer__in=_values(Payer)), name="bailiff_cost_payer"),
            models.CheckConstraint(
                condition=models.Q(against__in=_values(Against)), name="bailiff_cost_against"
            ),
            models.CheckConstraint(
                condition=models.Q(cents__gt=0, vat_cents__gte=0), name="bailiff_cost_amount"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="bailiff_cost_named"),
            models.CheckConstraint(
                condition=models.Q(payer=Payer.CORPORATION.value)
                | models.Q(tariff_cents=None)
                | models.Q(cents__lte=models.F("tariff_cents")),
                name="bailiff_cost_tenant_pays_no_more_than_the_tariff",
            ),
        ]


class LegalDeed(Owned):
    """One deed before the court, or a decision about one, by name. `check_list` is what whoever decided looked at, `role` in
    which role; a last chance stands on an arrangement."""

    file = models.ForeignKey(File, on_delete=models.PROTECT)
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    deed = models.CharField(max_length=30)
    on = models.DateField()
    at_on = models.DateField(null=True)
    at = models.CharField(max_length=80, blank=True)
    check_list = models.JSONField(default=list)
    owed_cents = models.BigIntegerField()  # arrears and costs at that moment
    arrangement = models.ForeignKey(Arrangement, on_delete=models.PROTECT, null=True, db_index=False)
    side = models.CharField(max_length=12)
    role = models.CharField(max_length=30, blank=True, default="", db_default="")
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())
    asked_as = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "asked_as"], name="bailiff_deed_asked_once"),
            models.CheckConstraint(condition=models.Q(deed__in=_values(Deed)), name="bailiff_deed_known"),
            models.CheckConstraint(condition=models.Q(side__in=_values(Side)), name="bailiff_deed_side"),
            models.CheckConstraint(condition=~models.Q(name=""), name="bailiff_deed_named"),
        ]


class LegalDeedText(Owned):
    """Why, and on which conditions a last chance was given. Personal: to be erased."""

    deed = models.OneToOneField(LegalDeed, on_delete=models.PROTECT, primary_key=True)
    reason = models.TextField()
    conditions = models.TextField(blank=True, default="", db_default="")


class LegalDeedFacts(Owned):
    """What stood beside the boxes when somebody said yes to an eviction, sentence by sentence. Personal: to be erased.

    Of the corporation alone: no partner reads what is known of a household's help.
    """

    deed = models.OneToOneField(LegalDeed, on_delete=models.PROTECT, primary_key=True)
    facts = models.JSONField()


class Judgment(Owned):
    """The amounts that a court gave, in cents, with the day up to which its rent runs; `vacate_days` from the service on.
    `given_on` is the day of the judgment where that is not the day of the deed: what is corrected keeps its day."""

    deed = models.OneToOneField(LegalDeed, on_delete=models.PROTECT, primary_key=True)
    given_on = models.DateField(null=True)
    principal_cents = models.BigIntegerField()
    through_on = models.DateField()
    interest_cents = models.BigIntegerField()
    collection_cents = models.BigIntegerField()
    costs_cents = models.BigIntegerField()
    dissolved = models.BooleanField()
    eviction = models.BooleanField()
    vacate_days = models.SmallIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(vacate_days=None) | models.Q(vacate_days__gt=0),
                name="bailiff_judgment_vacate_days",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    principal_cents__gte=0, interest_cents__gte=0, collection_cents__gte=0, costs_cents__gte=0
                ),
                name="bailiff_judgment_amounts",
            ),
        ]
