"""What somebody shows at the door, who was invited, and what partners' people did about their people.

Every row is of one corporation or of one partner, and says which, because a wall looks at one table.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from tijdig.access.roles import Role


class Owned(models.Model):
    """Of a corporation or of a partner."""

    organisation = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, null=True)
    partner = models.ForeignKey("access.Partner", on_delete=models.PROTECT, null=True)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=True) ^ models.Q(partner__isnull=True),
                name="%(app_label)s_%(class)s_of_one",
            )
        ]


class SecondFactor(Owned):
    """What makes the codes of somebody's telephone. The secret is sealed: see `sealing`."""

    user = models.OneToOneField("access.User", on_delete=models.PROTECT)
    sealed = models.TextField()
    set_at = models.DateTimeField()
    last_step = models.BigIntegerField(default=0)  # the half minute of the last code: a code counts once


class RecoveryCode(Owned):
    """One of ten codes for who lost the telephone; only a keyed digest is kept, and it goes once."""

    user = models.ForeignKey("access.User", on_delete=models.PROTECT)
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["user", "digest"], name="entrance_recoverycode_once"),
        ]


class Invitation(Owned):
    """Somebody may make an account with this address and this role, once, until a moment. Of the link a digest is kept.

    With `renews` somebody who has an account may choose another password.
    """

    digest = models.CharField(max_length=64, unique=True)
    email = models.EmailField()
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    region = models.CharField(max_length=80, blank=True)
    actor = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    user = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True)
    renews = models.BooleanField(default=False)


class Provider(Owned):
    """Where the people of this corporation or partner sign in themselves (OpenID Connect). The secret is sealed."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    issuer = models.URLField(max_length=300)
    client_id = models.CharField(max_length=200)
    sealed = models.TextField()
    domain = models.CharField(max_length=120, unique=True)  # of the addresses that count
    vouches = models.BooleanField(default=False)  # it gives addresses of this domain to nobody else
    required = models.BooleanField(default=False)
    is_on = models.BooleanField(default=True)

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["organisation"], name="entrance_provider_one_a_corporation"),
            models.UniqueConstraint(fields=["partner"], name="entrance_provider_one_a_partner"),
        ]


class Identity(Owned):
    """Who somebody is at that provider: known from the first time on, whatever their address becomes."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE)
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    user = models.ForeignKey("access.User", on_delete=models.PROTECT)
    made_at = models.DateTimeField()

    class Meta(Owned.Meta):
        constraints: ClassVar = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(
                fields=["provider", "issuer", "subject"], name="entrance_identity_one_person"
            ),
            models.UniqueConstraint(
                fields=["provider", "issuer", "user"], name="entrance_identity_one_subject"
            ),
        ]


class Passkey(Owned):
    """The public half of a key that stays in somebody's device."""

    user = models.ForeignKey("access.User", on_delete=models.PROTECT)
    credential = models.CharField(max_length=1400, unique=True)  # base64url, as the browser names it
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField()
    name = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class PartnerAct(models.Model):
    """What a partner's people did about their own people and their own sign-in: a corporation's history is not theirs."""

    partner = models.ForeignKey("access.Partner", on_delete=models.PROTECT)
    actor = models.CharField(max_length=80)
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())
    facts = models.JSONField(default=dict)


class PartnerSeal(models.Model):
    """A link of the chain of a partner's acts: the digest of all up to one, and of the link before it.

    `number` counts from 1, `total` the acts up to its end; both take part in the digest.
    """

    partner = models.ForeignKey("access.Partner", on_delete=models.PROTECT, db_index=False)
    last_act_id = models.BigIntegerField()
    acts = models.IntegerField()
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()
    number = models.IntegerField()
    total = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partner", "last_act_id"], name="entrance_partnerseal_once"),
            models.UniqueConstraint(fields=["partner", "number"], name="entrance_partnerseal_number_once"),
        ]
