"""Organisation, user, and client of the API."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from tijdig.access.roles import Role


class Organisation(models.Model):
    """A housing corporation. Its id stands in every row that is its own."""

    id = models.AutoField(primary_key=True)
    name = models.CharField(max_length=200)
    slug = models.SlugField(unique=True)
    live_since = models.DateTimeField(null=True)  # before this moment, what was known is reconstructed

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(name=""), name="access_organisation_named")
        ]


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """A named person with one role in one organisation. `region` narrows what a caretaker or consultant sees first."""

    id = models.AutoField(primary_key=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    region = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=5, default="nl")
    shortcuts = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    failures = models.SmallIntegerField(default=0)  # wrong passwords since the last right one
    failed_at = models.DateTimeField(null=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in Role]), name="access_user_role_known"
            )
        ]


class ApiClient(models.Model):
    """A program that may call the API for one organisation. Only a digest of its token is kept."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    name = models.CharField(max_length=120)
    token_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)
