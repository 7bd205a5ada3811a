"""Organisation, partner, user, and client of the API."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from tijdig.access.api_scopes import OWN_SCOPES
from tijdig.access.roles import PARTNER_ROLES, Role


class Organisation(models.Model):
    """A housing corporation. Its id stands in every row that is its own."""

    id = models.AutoField(primary_key=True)
    name = models.CharField(max_length=200)
    slug = models.SlugField(unique=True)
    live_since = models.DateTimeField(null=True)  # before this moment, what was known is reconstructed
    second_factor_required = models.BooleanField(default=False, db_default=False)
    idle_minutes = models.SmallIntegerField(
        default=480, db_default=480
    )  # then who does nothing signs in again

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(name=""), name="access_organisation_named")
        ]


class Partner(models.Model):
    """A firm that works for corporations: a bailiff's office. An agreement says for which, and what it may see."""

    id = models.AutoField(primary_key=True)
    name = models.CharField(max_length=200)
    code = models.SlugField(unique=True)  # by which a corporation names it
    second_factor_required = models.BooleanField(default=False, db_default=False)
    idle_minutes = models.SmallIntegerField(default=60, db_default=60)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(name=""), name="access_partner_named")
        ]


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """A named person with one role, in one corporation or at one partner.

    `region` narrows what a caretaker or consultant sees first.
    """

    id = models.AutoField(primary_key=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    region = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=5, default="nl")
    shortcuts = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    failures = models.SmallIntegerField(default=0)  # wrong passwords and codes since the last sign-in
    failed_at = models.DateTimeField(null=True)
    stamp = models.IntegerField(default=0, db_default=0)  # a session of an earlier stamp is over
    second_step = models.BooleanField(default=False, db_default=False)  # is a code asked after the password
    program = models.BooleanField(
        default=False, db_default=False
    )  # nobody: a program of a partner acts as this

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in Role]), name="access_user_role_known"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    organisation__isnull=True,
                    partner__isnull=False,
                    role__in=[role.value for role in PARTNER_ROLES],
                )
                | (
                    models.Q(organisation__isnull=False, partner__isnull=True)
                    & ~models.Q(role__in=[role.value for role in PARTNER_ROLES])
                ),
                name="access_user_of_one",
            ),
        ]


class ApiClient(models.Model):
    """A program that may call the API for one organisation or one partner, for some things. Only a digest of its token is
    kept.

    While its token is renewed the earlier one opens the same, until a moment: nobody has to change both sides at once. One
    of a partner acts as `user`, who is nobody: so the walls around what a partner's people write hold for it too.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True)
    name = models.CharField(max_length=120)
    token_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)
    scopes = models.CharField(max_length=400, db_default=OWN_SCOPES, default=OWN_SCOPES)  # with spaces
    earlier_digest = models.CharField(max_length=64, unique=True, null=True)
    earlier_until = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)  # exact to a minute

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False, partner__isnull=True, user__isnull=True)
                | models.Q(organisation__isnull=True, partner__isnull=False, user__isnull=False),
                name="access_apiclient_of_one",
            )
        ]


class Session(models.Model):
    """One time that somebody signed in. It holds while nobody ended it, its stamp is the person's, and it is not too old.

    Of which corporation or partner it is stands here too, because a wall looks at one table.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT)
    stamp = models.IntegerField()
    begun_at = models.DateTimeField()
    seen_at = models.DateTimeField()  # exact to a minute
    idle_minutes = models.SmallIntegerField()  # as it was set when it began
    how = models.CharField(max_length=20)  # a value of `sessions.How`
    agent = models.CharField(max_length=200, blank=True)  # what the browser calls itself
    ended_at = models.DateTimeField(null=True)
