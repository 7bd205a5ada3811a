"""The second half of `bench camt`: a camt.053 of 50,000 payments read, matched and posted, end to end."""

from __future__ import annotations

import tempfile
import time
from datetime import date
from pathlib import Path

from tijdig.base.days import day_of
from tijdig.cli.bench_ground import BANK, fresh_copy, ground
from tijdig.lab.columns import portfolio_of_homes

RENT_CENTS = 60_000


def run(entries: int = 50_000) -> dict[str, float]:
    """Entries a second of the whole import: kept, read, tied out, matched by account, posted, stored."""
    homes = entries + 1_000
    portfolio = portfolio_of_homes(homes, 3, mixed=False)
    name = f"tijdig_post_{homes}"
    organisation = ground(name, portfolio)
    fresh_copy(name)
    last = day_of(int(portfolio.day.max()))
    seconds = [_once(organisation, entries, last, number) for number in range(3)]
    best = sorted(seconds)[len(seconds) // 2]
    return {"entries": entries, "import_s": round(best, 2), "import_entries_per_s": round(entries / best)}


def _once(organisation: int, entries: int, last: date, number: int) -> float:
    from django.db import connection

    from tijdig.access.scope import organisation_scope
    from tijdig.imports.actions import process, receive, register_account

    day = date(last.year + 1, 1 + number, 3)
    register_account(organisation_id=organisation, iban=BANK, name="", actor="system:bench", on=day)
    stamp = time.time_ns()
    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO ledger_entry (organisation_id, tenancy_id, kind, role, amount_cents, effective_on, due_on,
                    booked_on, source, reference)
               SELECT %s, n, 1, 2, %s, %s, %s, %s, 'bench', %s || n FROM generate_series(1, %s) AS n""",
            [organisation, RENT_CENTS, day, day, day, f"huur-{stamp}-", entries],
        )
    with tempfile.NamedTemporaryFile(suffix=".xml") as file:
        path = Path(file.name)
        path.write_text(statement(entries, day, f"{stamp}"), encoding="utf-8")
        start = time.perf_counter()
        with path.open("rb") as stream:
            file_id = receive(
                organisation_id=organisation,
                name=path.name,
                chunks=iter(lambda: stream.read(1 << 20), b""),
                actor="system:bench",
                on=day,
            )
        process(organisation_id=organisation, file_id=file_id, on=day)
        taken = time.perf_counter() - start
    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*) FILTER (WHERE state = 'posted'),
                      count(*) FILTER (WHERE state = 'queued' AND queue_reason = 'more_than_owed')
                 FROM imports_line WHERE file_id = %s""",
            [file_id],
        )
        posted, ahead = (
            cursor.fetchone()
        )  # who paid ahead before now pays more than is owed: a person must say
        cursor.execute("UPDATE imports_statement SET state = 'duplicate' WHERE file_id = %s", [file_id])
        cursor.execute("DELETE FROM ledger_dirty")  # as the worker does between two files
    if posted + ahead != entries or not posted:
        raise RuntimeError(f"of {entries} entries {posted} were posted and {ahead} asked about")
    return taken


def statement(entries: int, day: date, stamp: str) -> str:
    """One camt.053 of one day, each entry a payment from a known account."""
    total = entries * RENT_CENTS
    head = f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>{stamp}</MsgId>
<CreDtTm>{day}T23:00:00</CreDtTm></GrpHdr><Stmt><Id>{stamp}</Id><CreDtTm>{day}T23:00:00</CreDtTm>
<Acct><Id><IBAN>{BANK}</IBAN></Id><Ccy>EUR</Ccy></Acct>
{_balance("OPBD", 0, day)}{_balance("CLBD", total, day)}"""
    lines = [_entry(number, day, stamp) for number in range(1, entries + 1)]
    return head + "".join(lines) + "</Stmt></BkToCstmrStmt></Document>"


def _balance(kind: str, cents: int, day: date) -> str:
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{_amount(cents)}</Amt>'
        f"<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>\n"
    )


def _amount(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def _entry(number: int, day: date, stamp: str) -> str:
    return f"""<Ntry><NtryRef>{number}</NtryRef><Amt Ccy="EUR">{_amount(RENT_CENTS)}</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt>
<AcctSvcrRef>{stamp}{number}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd>
</Fmly></Domn></BkTxCd><NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>
<Amt Ccy="EUR">{_amount(RENT_CENTS)}</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<RltdPties><Dbtr><Pty><Nm>A. Meter{number}</Nm></Pty></Dbtr>
<DbtrAcct><Id><IBAN>NL00TEST{number:010d}</IBAN></Id></DbtrAcct></RltdPties>
<RmtInf><Ustrd>Huur {day:%m-%Y} contract
{100000 + number}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
"""
