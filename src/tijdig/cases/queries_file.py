"""The whole page of one tenancy, as of a day and as known at a moment: the engine over a portfolio of one."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict

from django.db import connection

from tijdig.access.reading import read_once
from tijdig.arrears.evaluate import evaluate
from tijdig.arrears.explain import Explanation, explain
from tijdig.arrears.imputation import NONE, settle
from tijdig.arrears.position import Phase, phase_label, phases
from tijdig.arrears.trajectory import Trajectory
from tijdig.base.days import day_number, day_of
from tijdig.cases.account import Entry, chart, lines, open_items
from tijdig.cases.queries_engine import Known, load_full, traits
from tijdig.cases.queries_engine import known_at as read_known_at
from tijdig.cases.queries_policy import stored_name, table_on
from tijdig.cases.values import Apart, RuleSeen, TenancyFile
from tijdig.cases.wording import would_stop
from tijdig.cases.wording_claim import RENT_PARTS
from tijdig.ledger.kinds import Kind
from tijdig.ledger.queries import waiting_cents
from tijdig.policy.words import Feature
from tijdig.tenancies.queries import Lease, lease

_PAYMENT = {"INC": "automatische incasso", "OVB": "overboeking", "ONL": "online", "MAI": "betaallink"}


@read_once
def entries_of(tenancy_id: int, as_of: date, known: Known | None) -> list[Entry]:
    """Every entry of a tenancy up to a day, as known at a moment, with its description."""
    condition, params = known.condition("e") if known else ("", [])
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT e.id, e.kind, e.amount_cents, e.effective_on, e.due_on, e.booked_on, e.recorded_at, e.source,
                       e.reference, e.target_id, coalesce(x.text, ''),
                       e.recorded_at < coalesce((SELECT live_since FROM access_organisation), 'infinity')
                  FROM ledger_entry e LEFT JOIN ledger_entrytext x ON x.entry_id = e.id
                 WHERE e.tenancy_id = %s AND e.effective_on <= %s {condition}""",
            [tenancy_id, as_of, *params],
        )
        return [Entry(row[0], Kind(row[1]), *row[2:]) for row in cursor.fetchall()]


def tenancy_file(tenancy_id: int, *, as_of: date, known_at: datetime | None = None) -> TenancyFile | None:
    """Everything of one tenancy, or None where it is not there for this organisation."""
    who = lease(tenancy_id, as_of)
    if who is None:
        return None
    known = read_known_at(known_at)
    portfolio = load_full(as_of, [tenancy_id], known).portfolio
    table = table_on(as_of, known_at=known_at)
    seen = traits(as_of, portfolio, table, known=known)
    decisions = evaluate(portfolio, seen, table, day_number(as_of))
    settlement = settle(portfolio, day_number(as_of))
    told = explain(decisions, 0, table.policy)
    entries = entries_of(tenancy_id, as_of, known)
    order = portfolio.entry.tolist()
    p, rent = decisions.positions, int(decisions.features[0, Feature.RENT_MONTHS])
    phase = Phase(int(phases(p, decisions.features[:, Feature.MONTHLY_RENT_CENTS])[0]))
    overdue = int(p.overdue[0])
    since = day_of(int(p.oldest_due[0])) if overdue and p.oldest_due[0] != NONE else None
    began = day_of(int(p.arrears_since[0])) if since and p.arrears_since[0] != NONE else None
    return TenancyFile(
        **_lease_part(who),
        as_of=as_of,
        known_at=known_at,
        reconstructed=known is not None and known.reconstructed,
        balance_cents=int(p.balance[0]),
        overdue_cents=overdue,
        not_due_cents=int(p.not_due[0]),
        credit_cents=int(p.credit[0]),
        since_on=since,
        days=int(decisions.features[0, Feature.DAYS_OVERDUE]),
        due_months=int(p.due_months[0]),
        rent_months_hundredths=rent if rent >= 0 else None,
        phase_label=phase_label(phase, who.departed),
        step_label=told.label,
        step_due_on=_step_due(tenancy_id, told.code) or day_of(int(decisions.due_day[0])),
        alert=told.alert,
        why=told.why,
        would_stop=would_stop(overdue) if told.alert else "",
        rules=_rules(told),
        open_items=open_items(entries, order, settlement, as_of),
        lines=lines(entries, order, settlement),
        chart=chart(entries, as_of),
        waiting_cents=waiting_cents(tenancy_id),
        policy_version=stored_name(table.policy),
        step_code=told.code,
        arrears_since_on=began,
        apart=_apart(seen.trajectory, overdue),
    )


def _apart(own: Trajectory | None, overdue_cents: int) -> Apart | None:
    """The two accounts of a debt procedure, of a portfolio of one."""
    if own is None or not own.runs[0]:
        return None
    frozen, due = int(own.old_overdue_cents[0]), int(own.new_oldest_due[0])
    new = min(int(own.new_overdue_cents[0]), overdue_cents)
    return Apart(
        begun_on=day_of(int(own.begin_day[0])),
        frozen_cents=frozen,
        new_cents=new,
        new_due_on=day_of(due) if new and due != NONE else None,
        ahead_cents=max(0, frozen + new - overdue_cents),
    )


class _LeasePart(TypedDict):
    tenancy_id: int
    contract_number: str
    names: list[str]
    address: str
    region: str
    begin_on: date
    end_on: date | None
    departed: bool
    phone: str
    email: str
    rent_cents: int | None
    rent_parts: list[tuple[str, int, date]]
    payment_method: str


def _lease_part(who: Lease) -> _LeasePart:
    method = _PAYMENT.get(who.payment_kind, who.payment_kind)
    return {
        "tenancy_id": who.id,
        "contract_number": who.contract_number,
        "names": who.names,
        "address": who.address,
        "region": who.region,
        "begin_on": who.begin_on,
        "end_on": who.end_on,
        "departed": who.departed,
        "phone": who.phone,
        "email": who.email,
        "rent_cents": who.rent_cents,
        "rent_parts": [(RENT_PARTS.get(kind, kind), cents, since) for kind, cents, since in who.rent_parts],
        "payment_method": f"{method}, de {who.debit_day}e" if who.debit_day else method,
    }


def _rules(told: Explanation) -> list[RuleSeen]:
    return [
        RuleSeen(rule.code, rule.label, rule.applies, " ".join(check.sentence for check in rule.checks))
        for rule in told.considered
    ]


def _step_due(tenancy_id: int, rule: str) -> date | None:
    """The day this step was first due, where it stands already."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT step_due_on FROM cases_standing WHERE tenancy_id = %s AND rule = %s", [tenancy_id, rule]
        )
        row = cursor.fetchone()
    return row[0] if row else None
