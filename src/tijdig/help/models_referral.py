"""Root causes, the directory of helpers, and referrals. Append-only but the directory; words stand apart, to be erased."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from tijdig.contacts.kinds import Cause
from tijdig.help.cause import NoticedBy, Says
from tijdig.help.helper import HelperKind
from tijdig.help.referral import AGREED, GOES_ON, Consent, Result, Shared
from tijdig.tenancies.models import Owned, Tenancy


def _values(words: type[StrEnum]) -> list[str]:
    return [word.value for word in words]


class RootCause(Owned):
    """That somebody noticed a cause, or that it is over. What was ticked at a contact stands with the contact."""

    of_few = True
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    cause = models.CharField(max_length=30)
    says = models.CharField(max_length=10)
    noticed_by = models.CharField(max_length=20)
    noticed_on = models.DateField()
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())
    asked_as = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "asked_as", "cause"], name="help_cause_once"),
            models.CheckConstraint(condition=models.Q(cause__in=_values(Cause)), name="help_cause_word"),
            models.CheckConstraint(condition=models.Q(says__in=_values(Says)), name="help_cause_says"),
            models.CheckConstraint(
                condition=models.Q(noticed_by__in=_values(NoticedBy)), name="help_cause_by"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="help_cause_named"),
        ]
        indexes: ClassVar = [models.Index(fields=["tenancy", "id"], name="help_cause_tenancy")]


class RootCauseText(Owned):
    """In whose own words. Personal: erased with the person."""

    root_cause = models.OneToOneField(RootCause, on_delete=models.PROTECT, primary_key=True)
    text = models.TextField()


class Helper(Owned):
    """Who helps, as the corporation keeps it. Without a municipality it is for all of them."""

    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    municipality = models.ForeignKey("help.Municipality", on_delete=models.PROTECT, null=True, db_index=False)
    phone = models.CharField(max_length=30, blank=True)
    email = models.CharField(max_length=120, blank=True)
    how = models.CharField(max_length=300, blank=True)
    asks_consent = models.BooleanField(default=True)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "name", "municipality"],
                nulls_distinct=False,
                name="help_helper_name",
            ),
            models.CheckConstraint(condition=models.Q(kind__in=_values(HelperKind)), name="help_helper_kind"),
            models.CheckConstraint(condition=~models.Q(name=""), name="help_helper_named"),
            models.CheckConstraint(
                condition=~models.Q(phone="", email="", how=""), name="help_helper_to_be_reached"
            ),
        ]


class Referral(Owned):
    """That a named person referred a household to a helper. `pause_until`: the collection stops until that day."""

    of_few = True
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    helper = models.ForeignKey(Helper, on_delete=models.PROTECT, db_index=False)
    causes = ArrayField(models.CharField(max_length=30))
    consent = models.CharField(max_length=10)
    shared = ArrayField(models.CharField(max_length=15))
    follow_up_on = models.DateField()
    pause_until = models.DateField(null=True)
    referred_on = models.DateField()
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())
    asked_as = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "asked_as"], name="help_referral_once"),
            models.CheckConstraint(
                condition=models.Q(consent__in=_values(Consent)), name="help_referral_consent"
            ),
            models.CheckConstraint(
                condition=models.Q(shared__contained_by=_values(Shared)), name="help_referral_shared"
            ),
            models.CheckConstraint(
                condition=models.Q(shared=[])
                | models.Q(consent__in=[*(one.value for one in AGREED), Consent.NOT_ASKED.value]),
                name="help_referral_agreed",
            ),
            models.CheckConstraint(
                condition=~models.Q(shared__contains=[Shared.CAUSES.value])
                | models.Q(consent__in=[one.value for one in AGREED]),
                name="help_referral_causes_agreed",
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="help_referral_named"),
            models.CheckConstraint(
                condition=models.Q(follow_up_on__gt=models.F("referred_on")), name="help_referral_followed"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tenancy", "-id"], name="help_referral_tenancy")]


class ReferralText(Owned):
    """What else was told to the helper or agreed with the tenant. Personal: erased with the person."""

    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, primary_key=True)
    text = models.TextField()


class ReferralAnswer(Owned):
    """How it goes, each time that we heard; one that goes on has a next day on which we ask."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, db_index=False)
    result = models.CharField(max_length=10)
    answered_on = models.DateField()
    follow_up_on = models.DateField(null=True)
    pause_until = models.DateField(null=True)
    actor = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(db_default=Now())
    asked_as = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "asked_as"], name="help_referral_answer_once"),
            models.UniqueConstraint(
                fields=["referral"],
                condition=~models.Q(result__in=[one.value for one in GOES_ON]),
                name="help_referral_ends_once",
            ),
            models.CheckConstraint(
                condition=models.Q(result__in=_values(Result)), name="help_referral_result"
            ),
            models.CheckConstraint(
                condition=models.Q(result__in=[one.value for one in GOES_ON], follow_up_on__isnull=False)
                | models.Q(~models.Q(result__in=[one.value for one in GOES_ON]), follow_up_on__isnull=True),
                name="help_referral_asked_again",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["referral", "id"], name="help_referral_answers")]


class ReferralAnswerText(Owned):
    """In whose own words. Personal: erased with the person."""

    answer = models.OneToOneField(ReferralAnswer, on_delete=models.PROTECT, primary_key=True)
    text = models.TextField()
