"""The truth told a second time, slowly, in plain Python, from the rows themselves."""

from collections import Counter, defaultdict

from tijdig.base.days import day_number
from tijdig.lab.numbers import FIRST_CONTRACT
from tijdig.lab.population import ACCOUNTS, Corporation
from tijdig.lab.scene import TRANSFER
from tijdig.lab.truth import REASONS, Expect


def test_truth_balance_is_charges_less_what_came_in_and_stayed(corporation: Corporation) -> None:
    balance = dict.fromkeys(corporation.truth(), 0)
    charges = corporation.charges
    for tenancy, cents in zip(charges.tenancy.tolist(), charges.cents.tolist(), strict=True):
        balance[str(FIRST_CONTRACT + tenancy)] += cents
    for fact in corporation.bank_truth():
        balance[fact.contract_number] -= fact.cents
    assert balance == {contract: at.balance_cents for contract, at in corporation.truth().items()}


def test_truth_overdue_leaves_out_what_is_due_today(corporation: Corporation) -> None:
    due: defaultdict[str, int] = defaultdict(int)
    charges, last = corporation.charges, day_number(corporation.last_day)
    for tenancy, day, cents in zip(
        charges.tenancy.tolist(), charges.day.tolist(), charges.cents.tolist(), strict=True
    ):
        if day < last:
            due[str(FIRST_CONTRACT + tenancy)] += cents
    for fact in corporation.bank_truth():
        due[fact.contract_number] -= fact.cents
    told = {contract: at.overdue_cents for contract, at in corporation.truth().items()}
    assert told == {contract: max(due[contract], 0) for contract in told}


def test_bank_truth_every_reason_occurs(corporation: Corporation) -> None:
    found = Counter(fact.why for fact in corporation.bank_truth())
    assert set(found) == {why for _, why in REASONS}


def test_bank_truth_most_transfers_match_by_themselves(corporation: Corporation) -> None:
    facts = [fact for fact in corporation.bank_truth() if not fact.end_to_end_id]
    share = Counter(fact.expect for fact in facts)
    assert share[Expect.AUTO] * 100 > 75 * len(facts)
    assert share[Expect.QUEUE] * 100 > 1 * len(facts)


def test_bank_truth_several_people_share_a_line(corporation: Corporation) -> None:
    lines = Counter(
        (fact.account, fact.statement, fact.entry)
        for fact in corporation.bank_truth()
        if fact.why == "several_people"
    )
    assert max(lines.values()) > 1


def test_bank_truth_former_tenants_pay_after_the_end(corporation: Corporation) -> None:
    ends = corporation.leases.end
    for fact in corporation.bank_truth():
        left = day_number(fact.booked_on) > ends[int(fact.contract_number) - FIRST_CONTRACT]
        if fact.why == "former_tenant":
            assert left
        elif fact.expect is Expect.AUTO and not fact.end_to_end_id:
            assert not left


def test_bank_truth_matched_transfers_are_never_more_than_owed(corporation: Corporation) -> None:
    """Day by day: after all transfers of a day that must match, nobody is in credit because of them."""
    owed: defaultdict[str, int] = defaultdict(int)
    events: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    charges = corporation.charges
    for tenancy, day, cents in zip(
        charges.tenancy.tolist(), charges.day.tolist(), charges.cents.tolist(), strict=True
    ):
        events[day].append((str(FIRST_CONTRACT + tenancy), cents))
    facts = list(corporation.bank_truth())
    must: defaultdict[int, set[str]] = defaultdict(set)
    for fact in facts:
        day = day_number(fact.booked_on)
        events[day].append((fact.contract_number, -fact.cents))
        if fact.expect is Expect.AUTO and not fact.end_to_end_id:
            must[day].add(fact.contract_number)
    for day in sorted(events):
        for contract, cents in events[day]:
            owed[contract] += cents
        assert not [contract for contract in must[day] if owed[contract] < 0]


def test_lines_are_numbered_without_gaps(corporation: Corporation) -> None:
    lines = corporation.bank.lines
    for account in range(len(ACCOUNTS)):
        mine = lines.account == account
        statements = lines.statement[mine].tolist()
        assert sorted(set(statements)) == list(range(1, max(statements) + 1))
        entries: defaultdict[int, list[int]] = defaultdict(list)
        for statement, entry in zip(statements, lines.entry[mine].tolist(), strict=True):
            entries[statement].append(entry)
        assert all(found == list(range(1, len(found) + 1)) for found in entries.values())


def test_lines_hold_every_payment_once(corporation: Corporation) -> None:
    bank = corporation.bank
    assert int(bank.lines.first[-1]) == len(bank.payments)
    assert int(bank.lines.cents.sum()) == int(bank.payments.cents.sum())
    assert bool((bank.lines.cents[bank.lines.kind == TRANSFER] > 0).all())
