"""What the page of one tenancy reads beside its account: each once, when it is first asked for.

Everything is as of the day of the page and as known at its moment. A change, a decision or an alert that was not true or
not known then is not there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db import connection

from tijdig.arrangements.queries import arrangements_of, watched
from tijdig.arrangements.values import Arrangement
from tijdig.arrangements.watch import Watched as WatchedArrangement
from tijdig.arrears.claim import Claim
from tijdig.cases.queries_account import Account, account
from tijdig.cases.queries_policy import steps_on, table_of
from tijdig.cases.queries_promises import watched_of
from tijdig.cases.values import TenancyFile
from tijdig.contacts.contact import Contact
from tijdig.contacts.promise import Watched as WatchedPromise
from tijdig.contacts.queries import contacts_of
from tijdig.history.queries import Happening, told_of
from tijdig.ledger.kinds import Kind as EntryKind
from tijdig.objections.objection import Objection
from tijdig.objections.queries import objections_of
from tijdig.policy.table import Table
from tijdig.steps.kinds import Step
from tijdig.steps.queries import steps_of
from tijdig.tenancies.flags import SetFlag
from tijdig.tenancies.queries_flags import flags_of

_COSTS = EntryKind.COLLECTION_COSTS.name.lower()
PREFERENCES_SET, ANSWERED, REMARKED = "preferences_set", "deadline_answered", "act_remarked"
TOLD = (PREFERENCES_SET, ANSWERED, REMARKED)


@dataclass(frozen=True, slots=True)
class Decided:
    """What the engine decided on a day, by which policy, and what it saw."""

    id: int
    on: date
    at: datetime
    policy_version: str
    rule: str
    step_due_on: date
    alert: bool
    actor: str
    ruling_id: int | None  # the decision by which a person changed the step
    saw: tuple[int, ...]


def decided(condition: str, tenancy_id: int, *given: Any) -> list[Decided]:
    """The decisions about a tenancy for which this holds, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT id, as_of, decided_at, policy_version, rule, step_due_on, alert, actor, ruling_id, saw
                  FROM cases_decision WHERE tenancy_id = %s AND {condition} ORDER BY id""",
            [tenancy_id, *given],
        )
        return [
            Decided(pk, on, at, version, rule, due_on, alert, actor, ruling, tuple(saw))
            for pk, on, at, version, rule, due_on, alert, actor, ruling, saw in cursor.fetchall()
        ]


class Facts:
    """The facts of one page."""

    def __init__(self, file: TenancyFile) -> None:
        self.file = file
        self.tenancy_id = file.tenancy_id
        self.as_of = file.as_of
        self.known_at = file.known_at

    @cached_property
    def contacts(self) -> list[Contact]:
        """Oldest first, with those that were taken back."""
        return contacts_of([self.tenancy_id], as_of=self.as_of, known_at=self.known_at, withdrawn=True)

    @cached_property
    def promises(self) -> dict[int, WatchedPromise]:
        """By the contact at which each was made."""
        made = [one.promise for one in self.contacts if one.promise and one.withdrawn is None]
        made.sort(key=lambda one: (one.made_on, one.id))
        return watched_of(self.tenancy_id, made, as_of=self.as_of, known_at=self.known_at)

    @cached_property
    def arrangements(self) -> list[Arrangement]:
        """With the changes that were known; one of which nothing was known is not there."""
        found = arrangements_of([self.tenancy_id])
        known = [
            replace(one, changes=tuple(c for c in one.changes if self.was(c.on, c.made_at))) for one in found
        ]
        return [one for one in known if one.changes]

    @cached_property
    def kept(self) -> dict[int, WatchedArrangement]:
        """How the arrangements to which the tenant said yes were kept."""
        agreed = [one for one in self.arrangements if any(change.verb == "active" for change in one.changes)]
        return watched(agreed, self.as_of, known_at=self.known_at) if agreed else {}

    @cached_property
    def steps(self) -> list[Step]:
        return [one for one in self._steps if one.effective_on <= self.as_of]

    @cached_property
    def _steps(self) -> list[Step]:
        """With those of a later day: the claim knows already that a letter came back."""
        return steps_of([self.tenancy_id], as_of=date.max, known_at=self.known_at)

    @cached_property
    def decisions(self) -> list[Decided]:
        """Oldest first."""
        known = "(%s::timestamptz IS NULL OR decided_at <= %s)"
        return decided(f"as_of <= %s AND {known}", self.tenancy_id, self.as_of, self.known_at, self.known_at)

    @cached_property
    def circumstances(self) -> list[SetFlag]:
        """The newest first, with those that are over."""
        return flags_of(self.tenancy_id, self.as_of, self.known_at)

    @cached_property
    def objections(self) -> list[Objection]:
        """The newest first; an answer that was not there or not known yet is not there."""
        return objections_of(self.tenancy_id, self.as_of, self.known_at)

    @cached_property
    def told(self) -> dict[str, list[Happening]]:
        """By verb, what was done and stands in history alone."""
        found: dict[str, list[Happening]] = {verb: [] for verb in TOLD}
        subject = f"tenancy:{self.tenancy_id}"
        for one in told_of(subject, TOLD, as_of=self.as_of, known_at=self.known_at):
            found[one.verb].append(one)
        return found

    @cached_property
    def labels(self) -> dict[str, str]:
        """What the steps of the way of working are called on the day of the page."""
        return {code: step.label for code, step in steps_on(self.as_of).items()}

    @cached_property
    def ways(self) -> dict[str, Table | None]:
        """By the name under which it was kept, each way of working that decided here; None where it is not at hand."""
        return {stored: table_of(stored) for stored in {one.policy_version for one in self.decisions}}

    @cached_property
    def account(self) -> Account:
        """As it is known now: it cannot be asked as it was known before."""
        steps = self._steps if self.known_at is None else None
        return account(self.tenancy_id, self.as_of, steps=steps)

    @cached_property
    def asked(self) -> tuple[Claim, Claim]:
        """The claim, and what another letter may ask for sure."""
        return self.account.asked()

    @cached_property
    def loose_cents(self) -> int:
        """Collection costs that no letter made due: they stand in the account of now, and nobody asks for them."""
        charged = any(line.kind == _COSTS and line.amount_cents > 0 for line in self.file.lines)
        return self.asked[0].loose_cents if charged and self.known_at is None else 0

    def was(self, on: date, at: datetime) -> bool:
        """Was it true by the day of the page, and known at its moment?"""
        return on <= self.as_of and (self.known_at is None or at <= self.known_at)
