"""A month of account 1 as camt.053, version 08: one statement per day on which something was booked.

A day's direct debits are one gross entry with the batch id and the number of transactions, without details.
A returned debit is an entry of its own with the reversal mark; roles turn round, so the tenant stands under
Creditor, beside the original end-to-end id, the mandate and the reason. A transfer carries the tenant under
Debtor. Opening plus entries is closing to the cent, and closing is the next opening.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from tijdig.lab.months import Day, Line, Row, days_of
from tijdig.lab.population import ACCOUNTS, Corporation
from tijdig.lab.reversals import REASONS
from tijdig.lab.scene import COLLECTION, REVERSAL
from tijdig.lab.statements import FIRST_ACCOUNT
from tijdig.lab.wording import Wording, euros, iso_day, long_day

BIC = "TESTNL2A"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>\n'
)
_FAMILY = {COLLECTION: ("IDDT", "ESDD"), REVERSAL: ("IDDT", "UPDD")}


def write(corporation: Corporation, words: Wording, month: int) -> Iterator[str]:
    """The file in pieces, or nothing where the month has no lines."""
    stamp = ""
    for day in days_of(corporation, FIRST_ACCOUNT, month):
        if not stamp:
            stamp = f"{iso_day(day.day)}T20:00:00"
            message = f"STM{words.yyyymm[month]}"
            yield _HEAD
            yield f"<GrpHdr><MsgId>{message}</MsgId><CreDtTm>{stamp}</CreDtTm></GrpHdr>\n"
        yield _statement(day, words)
    if stamp:
        yield "</BkToCstmrStmt></Document>\n"


def batch_id(day: int, account: int) -> str:
    """The batch of one collection day on one account, as in our own collection file."""
    return f"INC-{long_day(day)}-{account + 1}"


def _statement(day: Day, words: Wording) -> str:
    on = iso_day(day.day)
    entries = "".join(_entry(line, day, words) for line in day.lines)
    return (
        f"<Stmt><Id>{long_day(day.day)}-{day.statement}</Id><ElctrncSeqNb>{day.statement}</ElctrncSeqNb>"
        f"<CreDtTm>{on}T20:00:00</CreDtTm><Acct><Id><IBAN>{ACCOUNTS[FIRST_ACCOUNT]}</IBAN></Id>"
        f"<Ccy>EUR</Ccy><Svcr><FinInstnId><BICFI>{BIC}</BICFI></FinInstnId></Svcr></Acct>"
        f"{_balance('OPBD', day.opening_cents, on)}{_balance('CLBD', day.closing_cents, on)}\n"
        f"{entries}</Stmt>\n"
    )


def _balance(kind: str, cents: int, on: str) -> str:
    return f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>{_amount(cents)}<Dt><Dt>{on}</Dt></Dt></Bal>"


@lru_cache(maxsize=65_536)
def _amount(cents: int) -> str:
    return f'<Amt Ccy="EUR">{euros(cents)}</Amt><CdtDbtInd>{"CRDT" if cents >= 0 else "DBIT"}</CdtDbtInd>'


def _entry(line: Line, day: Day, words: Wording) -> str:
    on = iso_day(day.day)
    family, sub = _FAMILY.get(line.kind, ("RCDT", "ESCT"))
    mark = "<RvslInd>true</RvslInd>" if line.kind == REVERSAL else ""
    return (
        f"<Ntry><NtryRef>{line.entry}</NtryRef>{_amount(line.cents)}{mark}<Sts><Cd>BOOK</Cd></Sts>"
        f"<BookgDt><Dt>{on}</Dt></BookgDt><ValDt><Dt>{on}</Dt></ValDt>"
        f"<AcctSvcrRef>V{long_day(day.day)}{line.entry:06d}</AcctSvcrRef>"
        f"<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>{family}</Cd><SubFmlyCd>{sub}</SubFmlyCd></Fmly></Domn></BkTxCd>"
        f"<NtryDtls>{_details(line, day, words)}</NtryDtls></Ntry>\n"
    )


def _details(line: Line, day: Day, words: Wording) -> str:
    if line.kind == COLLECTION:
        batch = batch_id(day.day, FIRST_ACCOUNT)
        return f"<Btch><PmtInfId>{batch}</PmtInfId><NbOfTxs>{len(line.rows)}</NbOfTxs></Btch>"
    row = line.rows[0]
    if line.kind == REVERSAL:
        return _returned(row, words)
    return _transfer(row, line, words)


def _returned(row: Row, words: Wording) -> str:
    reference = words.end_to_end_id(row.tenancy, row.month)
    return (
        f"<TxDtls><Refs><EndToEndId>{reference}</EndToEndId><MndtId>{words.mandate(row.tenancy)}</MndtId></Refs>"
        f"{_amount(row.cents)}<RltdPties><Cdtr><Pty><Nm>{words.tenant(row.tenancy)}</Nm></Pty></Cdtr>"
        f"<CdtrAcct><Id><IBAN>{words.account(row.tenancy)}</IBAN></Id></CdtrAcct></RltdPties>"
        f"<RmtInf><Ustrd>{words.debit(row.tenancy, row.month)}</Ustrd></RmtInf>"
        f"<RtrInf><Rsn><Cd>{REASONS[row.reason]}</Cd></Rsn></RtrInf></TxDtls>"
    )


def _transfer(row: Row, line: Line, words: Wording) -> str:
    name, account = words.payer(row.tenancy, row.payer)
    structured, text = words.transfer(
        row.tenancy, row.month, row.style, row.payer, row.variation, len(line.rows)
    )
    return (
        f"<TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>{_amount(line.cents)}"
        f"<RltdPties><Dbtr><Pty><Nm>{name}</Nm></Pty></Dbtr>"
        f"<DbtrAcct><Id><IBAN>{account}</IBAN></Id></DbtrAcct></RltdPties>"
        f"{_remittance(structured, text)}</TxDtls>"
    )


def _remittance(structured: str, text: str) -> str:
    if structured:
        return (
            "<RmtInf><Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry><Issr>CUR</Issr></Tp>"
            f"<Ref>{structured}</Ref></CdtrRefInf></Strd></RmtInf>"
        )
    return f"<RmtInf><Ustrd>{text}</Ustrd></RmtInf>" if text else ""
