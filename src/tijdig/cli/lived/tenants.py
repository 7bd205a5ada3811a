"""What comes in by itself in a made-up year: the day's entries, what tenants pay after a talk, money without a name."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta

from tijdig.access.scope import organisation_scope
from tijdig.cli.lived.books import BANK, ERP, Coming
from tijdig.cli.lived.desk import Desk
from tijdig.lab.numbers import contract_number
from tijdig.lab.population import ACCOUNTS
from tijdig.lab.scripted_pay import pays, trickle
from tijdig.ledger.actions import post
from tijdig.ledger.actions_accounts import bank_account, set_bank_incomplete
from tijdig.ledger.actions_marks import add_waiting, clear_waiting

ACTOR = "system:year"
_LOOSE_DAYS = 3  # so long money waits that keeps nobody's step


def entries(desk: Desk, held: int | None) -> None:
    """Post the day: what the population brings and what was agreed in talks. `held` is the account of which the statement
    does not tie today: what came in on it stands in the ledger tomorrow."""
    coming = desk.kept_back + desk.books.of(desk.on)
    known = {contract_number(lease): tenancy for lease, tenancy in enumerate(desk.ids)}
    coming += agreed(desk, coming)
    desk.kept_back = [one for one in coming if held is not None and one.account == held]
    posting = [one for one in coming if held is None or one.account != held]
    loose = [one for one in posting if one.loose]
    with organisation_scope(desk.organisation):
        posted = post(
            organisation_id=desk.organisation,
            drafts=[one.draft for one in posting if not one.loose],
            actor=ACTOR,
            on=desk.on,
            tenancies=known,
        )
        assert not posted.problems, posted.problems[:3]
        add_waiting(
            organisation_id=desk.organisation,
            source=BANK,
            rows=[(one.draft.reference, desk.ids[one.lease], -one.draft.amount_cents) for one in loose],
            on=desk.on,
        )
        for number, iban in enumerate(ACCOUNTS):
            since = desk.on if number == held else None
            account = bank_account(organisation_id=desk.organisation, iban=iban)
            set_bank_incomplete(bank_account_id=account, since=since, on=desk.on)
    desk.loose += [(desk.on, one) for one in loose]
    desk.count("entries", posted.count)


def agreed(desk: Desk, coming: Sequence[Coming]) -> list[Coming]:
    """What tenants pay today because of what they said, or a little because they always do."""
    charged = {one.lease: one.draft.amount_cents for one in coming if one.draft.source == ERP}
    found = []
    for lease, purse in desk.purses.items():
        sums, tenant = desk.books.sums[lease], desk.tenant(desk.ids[lease])
        cents = 0
        if purse.going:
            if not desk.books.collects(lease, desk.on):
                purse.rents_cents += max(0, charged.get(lease, 0))
            came = sums.came_cents - purse.before_cents
            cents = pays(purse.going, desk.on, purse.rents_cents, came)
            cents = min(cents, max(0, sums.balance_cents))
        else:
            due = [one for one in purse.payments if one.on <= desk.on]
            purse.payments = [one for one in purse.payments if one.on > desk.on]
            cents = min(sum(one.cents for one in due), sums.overdue_cents)
            cents = cents or trickle(tenant, desk.on, sums.overdue_cents)
        one = desk.books.extra(lease, cents, desk.on)
        if one:
            found.append(one)
            desk.count("payments_after_talk")
    return found


def match(desk: Desk, tenancies: Collection[int], actor: str) -> None:
    """Somebody says whose waiting money it is: it is posted on the day on which it came."""
    whose = {desk.lease(one) for one in tenancies}
    mine = [one for _, one in desk.loose if one.lease in whose]
    if not mine:
        return
    desk.loose = [row for row in desk.loose if row[1].lease not in whose]
    with organisation_scope(desk.organisation):
        references = [one.draft.reference for one in mine]
        clear_waiting(organisation_id=desk.organisation, source=BANK, references=references, on=desk.on)
        drafts = [replace(one.draft, reference=f"{one.draft.reference}-toegewezen") for one in mine]
        post(organisation_id=desk.organisation, drafts=drafts, actor=actor, on=desk.on)
    desk.count("matched", len(mine))


def match_old(desk: Desk) -> None:
    """Whoever keeps the queue takes what has waited for days."""
    old = [desk.ids[one.lease] for day, one in desk.loose if day <= desk.on - timedelta(days=_LOOSE_DAYS)]
    match(desk, old, ACTOR)
