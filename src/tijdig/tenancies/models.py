"""Homes, people and leases. Names, addresses of people and account numbers stand apart from the facts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from tijdig.tenancies.flags import Flag, LearnedFrom


class Owned(models.Model):
    """Every row of a corporation carries its organisation."""

    organisation = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, db_index=False)

    class Meta:
        abstract = True


class OwnedMany(models.Model):
    """The same for the tables with millions of rows: there the wall alone vouches for the organisation.

    A row can only be written with the organisation of the transaction; a second check per row by a foreign key
    would cost more than the row itself.
    """

    organisation = models.ForeignKey(
        "access.Organisation", on_delete=models.PROTECT, db_index=False, db_constraint=False
    )

    class Meta:
        abstract = True


class Complex(Owned):
    id = models.AutoField(primary_key=True)
    source_key = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    region = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "source_key"], name="tenancies_complex_key")
        ]


class Home(Owned):
    id = models.AutoField(primary_key=True)
    source_key = models.CharField(max_length=60)
    complex = models.ForeignKey(Complex, on_delete=models.PROTECT, null=True)
    region = models.CharField(max_length=80, blank=True)
    street = models.CharField(max_length=80)
    house_number = models.CharField(max_length=20)
    postcode = models.CharField(max_length=10)
    city = models.CharField(max_length=80)
    kind = models.CharField(max_length=4, default="WOO")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "source_key"], name="tenancies_home_key")
        ]


class Tenancy(Owned):
    """A lease. `departed` is computed from `end_on` and a day, never stored."""

    id = models.AutoField(primary_key=True)
    source_key = models.CharField(max_length=60)
    contract_number = models.CharField(max_length=40)
    status = models.CharField(max_length=4)
    kind = models.CharField(max_length=4, default="HUU")
    begin_on = models.DateField()
    end_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=8, blank=True)
    home = models.ForeignKey(Home, on_delete=models.PROTECT, null=True)
    watch = models.CharField(max_length=4, default="NOR")
    missing_since = models.DateField(null=True)  # not in the last full load; flagged, never deleted
    accounts_erased_on = models.DateField(null=True)  # since then the source's accounts are not taken over

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "source_key"], name="tenancies_tenancy_key"),
            models.UniqueConstraint(fields=["organisation", "contract_number"], name="tenancies_contract"),
            models.CheckConstraint(
                condition=models.Q(end_on=None) | models.Q(end_on__gte=models.F("begin_on")),
                name="tenancies_tenancy_ends_after_begin",
            ),
        ]


class Person(Owned):
    """A person or household as a fact; the name is in `PersonText`."""

    id = models.AutoField(primary_key=True)
    source_key = models.CharField(max_length=60)
    kind = models.CharField(max_length=4, default="NAT")
    language = models.CharField(max_length=8, blank=True)
    letter_language = models.CharField(
        max_length=8, blank=True, db_default=""
    )  # chosen here; empty: the source's
    large_print = models.BooleanField(db_default=False)
    channel = models.CharField(
        max_length=10, blank=True, db_default=""
    )  # how the tenant wants letters; empty: as it comes
    died_on = models.DateField(null=True)
    erased_on = models.DateField(
        null=True
    )  # since then the source's name is not taken over while nothing runs

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "source_key"], name="tenancies_person_key")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "died_on"],
                name="tenancies_person_died",
                condition=models.Q(died_on__isnull=False),
            )
        ]


class PersonText(Owned):
    """What names a person. Erasing a person deletes this row."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True)
    display_name = models.CharField(max_length=160)  # "De Vries, M."
    sort_name = models.CharField(max_length=160)  # "vries m de"
    surname = models.CharField(max_length=120)
    prefix = models.CharField(max_length=30, blank=True)
    initials = models.CharField(max_length=30, blank=True)
    salutation = models.CharField(max_length=60, blank=True)
    born_on = models.DateField(null=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    post_address = models.TextField(blank=True, db_default="")  # lines; where post goes when not to the home


class Party(Owned):
    """A person's role in a lease: tenant, co-tenant, administrator."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    role = models.CharField(max_length=4)
    begin_on = models.DateField()
    end_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenancy", "person", "role", "begin_on"], name="tenancies_party_once"
            )
        ]


class RentPart(Owned):
    """One price component from one day on: the starting rent and every increase apart."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT)
    source_key = models.CharField(max_length=60)
    kind = models.CharField(max_length=4)
    detail = models.CharField(max_length=4, blank=True)
    begin_on = models.DateField()
    end_on = models.DateField(null=True)
    amount_cents = models.BigIntegerField()
    reason = models.CharField(max_length=4, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "source_key"], name="tenancies_rent_part_key")
        ]


class PaymentMethod(Owned):
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT)
    kind = models.CharField(max_length=4)
    debit_day = models.SmallIntegerField(null=True)
    begin_on = models.DateField()
    end_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenancy", "begin_on"], name="tenancies_payment_method_once"),
            models.CheckConstraint(
                condition=models.Q(debit_day=None) | models.Q(debit_day__range=(1, 31)),
                name="tenancies_debit_day",
            ),
        ]


class Account(Owned):
    """An account from which a tenancy is paid, with its mandate. Personal: erased with the person."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT)
    iban = models.CharField(max_length=34)
    mandate = models.CharField(max_length=35, blank=True)
    signed_on = models.DateField(null=True)
    learned_by = models.CharField(
        max_length=80, blank=True
    )  # who assigned a payment from it, if not the source
    third_party = models.BooleanField(default=False)  # pays for somebody else: never matched by account

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenancy", "iban", "mandate"], name="tenancies_account_once")
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "iban"], name="tenancies_account_iban")]


class PaymentReference(Owned):
    """A payment reference that names a tenancy. The same reference for two tenancies names none."""

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT)
    reference = models.CharField(max_length=35)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "reference", "tenancy"], name="tenancies_reference_once"
            )
        ]


class TenancyFlag(Owned):
    """A circumstance that stops or changes the work. Never changed; it is over by a row of its own (`TenancyFlagEnd`).

    The first of a kind follows nothing, every later one the end of the one before, and each end is followed once: so of
    each kind at most one is open, whoever writes at the same moment. That an end is of the same tenancy and kind, the walls
    hold (`0005`).
    """

    of_few = True
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    kind = models.CharField(max_length=20)
    begin_on = models.DateField()
    learned_from = models.CharField(max_length=20)
    follows = models.ForeignKey(
        "TenancyFlagEnd", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    actor = models.CharField(max_length=80)
    recorded_at = models.DateTimeField(db_default=Now())
    asked_as = models.UUIDField()  # the form that asked for it: twice the same form is one

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenancy", "kind"],
                condition=models.Q(follows=None),
                name="tenancies_flag_first",
            ),
            models.UniqueConstraint(fields=["follows"], name="tenancies_flag_followed_once"),
            models.UniqueConstraint(fields=["organisation", "asked_as"], name="tenancies_flag_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=[one.value for one in Flag]), name="tenancies_flag_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(learned_from__in=[one.value for one in LearnedFrom]),
                name="tenancies_flag_learned_from",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tenancy"], name="tenancies_flag_tenancy")]


class TenancyFlagText(Owned):
    """What was noted with it. Personal: erased with the person."""

    flag = models.OneToOneField(TenancyFlag, on_delete=models.PROTECT, primary_key=True)
    text = models.TextField()


class TenancyFlagEnd(Owned):
    """That a circumstance is over. `end_on` is the first day on which it no longer holds.

    Tenancy, kind and beginning are those of its flag: the walls hold that (`0005`).
    """

    flag = models.OneToOneField(TenancyFlag, on_delete=models.PROTECT, primary_key=True)
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, db_index=False)
    kind = models.CharField(max_length=20)
    begin_on = models.DateField()
    end_on = models.DateField()
    learned_from = models.CharField(max_length=20)
    actor = models.CharField(max_length=80)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(end_on__gte=models.F("begin_on")),
                name="tenancies_flag_end_after_begin",
            ),
            models.CheckConstraint(
                condition=models.Q(learned_from__in=[one.value for one in LearnedFrom]),
                name="tenancies_flag_end_learned_from",
            ),
        ]


class TenancyFlagEndText(Owned):
    """What was noted when it was over. Personal: erased with the person."""

    end = models.OneToOneField(TenancyFlagEnd, on_delete=models.PROTECT, primary_key=True)
    text = models.TextField()
