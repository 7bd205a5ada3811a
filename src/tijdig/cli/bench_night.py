"""`bench night` and `bench dunning`: whole night runs, read, decided, explained, stored; against reading as Arrow."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median

import numpy as np

from tijdig.arrears.portfolio import Portfolio, build
from tijdig.base.days import day_number, day_of
from tijdig.cli.bench_ground import ground
from tijdig.lab.columns import portfolio_of_homes


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def forget(organisation: int) -> None:
    """Everything cases knows, gone: the next night is a first night."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        for table in ("night", "outbox", "alert", "standing", "checkpoint", "checkpointitem"):
            cursor.execute(f"TRUNCATE cases_{table}")
        cursor.execute("ALTER TABLE cases_decision DISABLE TRIGGER cases_decision_no_truncate")
        cursor.execute("TRUNCATE cases_decision")
        cursor.execute("ALTER TABLE cases_decision ENABLE TRIGGER cases_decision_no_truncate")
    assert organisation


def read_as_arrow(organisation: int) -> float:
    """Seconds to read every ledger line of the organisation as Arrow through ADBC."""
    import os

    import adbc_driver_postgresql.dbapi as adbc
    from psycopg.conninfo import conninfo_to_dict

    parts = conninfo_to_dict(os.environ["TIJDIG_APP_DSN"])
    uri = f"postgresql:///{parts['dbname']}?host={parts['host']}&user={parts['user']}"
    with adbc.connect(uri) as connection, connection.cursor() as cursor:
        cursor.execute(f"SELECT set_config('tijdig.organisation', '{organisation}', true)")
        cursor.fetchall()

        def read() -> None:
            cursor.execute(
                "SELECT tenancy_id, effective_on, due_on, amount_cents, role, target_id, id FROM ledger_entry"
            )
            cursor.fetch_arrow_table()

        return median(_seconds(read) for _ in range(3))


def night(homes: int, months: int) -> dict[str, float]:
    """A first night, an ordinary one after a day's payments, and one on an unchanged ledger."""
    portfolio = portfolio_of_homes(homes, months, mixed=True)
    last = day_of(int(portfolio.day.max()))
    organisation = ground(f"tijdig_bench_{homes}_{months}", portfolio)
    from tijdig.access.scope import organisation_scope
    from tijdig.cases.actions_night import run_night
    from tijdig.cases.queries import nights

    forget(organisation)
    arrow = read_as_arrow(organisation)

    def run(day: date) -> float:
        return _seconds(lambda: run_night(organisation_id=organisation, on=day, actor="system:bench"))

    cold = run(last)
    with organisation_scope(organisation):
        lines_cold = nights(1)[0].lines_read
    ordinary = []
    for number in range(1, 4):
        _pay(organisation, homes, last + timedelta(days=number), number)
        ordinary.append(run(last + timedelta(days=number)))
    with organisation_scope(organisation):
        lines_ordinary = nights(1)[0].lines_read
    unchanged = run(last + timedelta(days=3))
    return {
        "tenancies": homes,
        "lines": portfolio.rows,
        "arrow_read_s": round(arrow, 3),
        "cold_s": round(cold, 3),
        "cold_over_arrow": round(cold / arrow, 2),
        "cold_lines_read": lines_cold,
        "ordinary_s": round(median(ordinary), 3),
        "ordinary_lines_read": lines_ordinary,
        "unchanged_s": round(unchanged, 3),
    }


def _pay(organisation: int, homes: int, day: date, number: int, count: int = 2000) -> None:
    """A day's payments."""
    from tijdig.access.scope import organisation_scope
    from tijdig.ledger.actions import post
    from tijdig.ledger.entry import EntryDraft
    from tijdig.ledger.kinds import Kind

    rng = np.random.default_rng(number)
    chosen = rng.choice(homes, min(count, homes), replace=False) + 1
    stamp = time.time_ns()
    drafts = [
        EntryDraft(
            str(100_000 + int(n)), Kind.PAYMENT, -60_000, day, day, "bench", f"betaling-{stamp}-{int(n)}"
        )
        for n in chosen
    ]
    with organisation_scope(organisation):
        post(organisation_id=organisation, drafts=drafts, actor="system:bench", on=day)


def dunning(tenants: int) -> Portfolio:
    """The ledger of the comparison: 12 charges a tenant, 95% of them paid, each by a payment of its own."""
    rng = np.random.default_rng(7)
    first = day_number(date(2025, 1, 1))
    due = np.array([day_number(date(2025, month, 1)) for month in range(1, 13)])
    house = np.repeat(np.arange(1, tenants + 1), 12)
    days = np.tile(due, tenants)
    paid = rng.random(len(house)) < 0.95
    count, cents = len(house), np.full(len(house), 60_000)
    assert first == due[0]
    return build(
        np.concatenate([house, house[paid]]),
        np.concatenate([days, days[paid] + 3]),
        np.concatenate([days, days[paid] + 3]),
        np.concatenate([cents, -cents[paid]]),
        np.concatenate([np.full(count, 2), np.full(int(paid.sum()), 3)]),
        np.concatenate([np.zeros(count, np.int64), np.arange(1, count + 1)[paid]]),
        np.arange(1, count + int(paid.sum()) + 1),
        np.arange(count + int(paid.sum())),
    )


def dunning_figures() -> dict[str, float]:
    """Aged, decided, explained and stored with history: 5,000 and 50,000 tenants, and the next day unchanged."""
    figures: dict[str, float] = {}
    day = date(2026, 1, 5)
    for tenants in (5_000, 50_000):
        portfolio = dunning(tenants)
        organisation = ground(f"tijdig_dunning_{tenants}", portfolio)
        from tijdig.cases.actions_night import run_night

        runs, again = [], []
        for _ in range(3):
            forget(organisation)
            runs.append(
                _seconds(lambda o=organisation: run_night(organisation_id=o, on=day, actor="system:bench"))  # type: ignore[misc]
            )
            again.append(
                _seconds(
                    lambda o=organisation: run_night(  # type: ignore[misc]
                        organisation_id=o, on=day + timedelta(days=1), actor="system:bench"
                    )
                )
            )
        figures[f"lines_{tenants}"] = portfolio.rows
        figures[f"first_{tenants}_s"] = round(median(runs), 3)
        figures[f"next_day_{tenants}_s"] = round(median(again), 3)
    return figures
