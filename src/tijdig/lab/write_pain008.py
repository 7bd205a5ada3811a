"""Our own collection files, pain.008 version 08: one file per collection day, one batch per account.

They tell what stands behind the one sum that the bank books for a batch. No debtor address: inside the euro
area none is needed, and unstructured ones are barred from November 2026.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tijdig.lab.draws import Ints
from tijdig.lab.numbers import creditor_id
from tijdig.lab.population import ACCOUNTS, Corporation
from tijdig.lab.scene import COLLECTION
from tijdig.lab.statements import FIRST_ACCOUNT
from tijdig.lab.wording import Wording, euros, iso_day, long_day
from tijdig.lab.write_camt import BIC, batch_id

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.008.001.08"><CstmrDrctDbtInitn>\n'
)


def collection_days(corporation: Corporation) -> list[int]:
    payments = corporation.bank.payments
    days: list[int] = np.unique(payments.day[payments.kind == COLLECTION]).tolist()
    return days


def write(corporation: Corporation, words: Wording, day: int) -> Iterator[str]:
    """The file of one collection day in pieces."""
    payments = corporation.bank.payments
    lines = corporation.bank.lines
    batches = []
    for account in range(len(ACCOUNTS)):
        here = (lines.account == account) & (lines.day == day) & (lines.kind == COLLECTION)
        found = np.flatnonzero(here)
        if len(found):
            rows = np.arange(lines.first[found[0]], lines.first[found[-1] + 1], dtype=np.int64)
            batches.append((account, rows))
    total = sum(int(payments.cents[rows].sum()) for _, rows in batches)
    count = sum(len(rows) for _, rows in batches)
    yield _HEAD
    yield (
        f"<GrpHdr><MsgId>INC-{long_day(day)}</MsgId><CreDtTm>{iso_day(day - 5)}T09:00:00</CreDtTm>"
        f"<NbOfTxs>{count}</NbOfTxs><CtrlSum>{euros(total)}</CtrlSum>"
        f"<InitgPty><Nm>{corporation.name}</Nm></InitgPty></GrpHdr>\n"
    )
    for account, rows in batches:
        yield from _batch(corporation, words, day, account, rows)
    yield "</CstmrDrctDbtInitn></Document>\n"


def _batch(corporation: Corporation, words: Wording, day: int, account: int, rows: Ints) -> Iterator[str]:
    payments = corporation.bank.payments
    cents = payments.cents[rows]
    yield (
        f"<PmtInf><PmtInfId>{batch_id(day, account)}</PmtInfId><PmtMtd>DD</PmtMtd>"
        f"<BtchBookg>{'true' if account == FIRST_ACCOUNT else 'false'}</BtchBookg>"
        f"<NbOfTxs>{len(rows)}</NbOfTxs><CtrlSum>{euros(int(cents.sum()))}</CtrlSum>"
        "<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl><LclInstrm><Cd>CORE</Cd></LclInstrm><SeqTp>RCUR</SeqTp></PmtTpInf>"
        f"<ReqdColltnDt>{iso_day(day)}</ReqdColltnDt><Cdtr><Nm>{corporation.name}</Nm></Cdtr>"
        f"<CdtrAcct><Id><IBAN>{ACCOUNTS[account]}</IBAN></Id></CdtrAcct>"
        f"<CdtrAgt><FinInstnId><BICFI>{BIC}</BICFI></FinInstnId></CdtrAgt><ChrgBr>SLEV</ChrgBr>"
        f"<CdtrSchmeId><Id><PrvtId><Othr><Id>{creditor_id()}</Id><SchmeNm><Prtry>SEPA</Prtry></SchmeNm>"
        "</Othr></PrvtId></Id></CdtrSchmeId>\n"
    )
    signed = corporation.leases.begin[payments.tenancy[rows]].tolist()
    columns = zip(
        payments.tenancy[rows].tolist(), cents.tolist(), payments.month[rows].tolist(), signed, strict=True
    )
    for tenancy, amount, month, begin in columns:
        yield (
            f"<DrctDbtTxInf><PmtId><EndToEndId>{words.end_to_end_id(tenancy, month)}</EndToEndId></PmtId>"
            f'<InstdAmt Ccy="EUR">{euros(amount)}</InstdAmt><DrctDbtTx><MndtRltdInf>'
            f"<MndtId>{words.mandate(tenancy)}</MndtId><DtOfSgntr>{iso_day(begin)}</DtOfSgntr>"
            f"</MndtRltdInf></DrctDbtTx><DbtrAgt><FinInstnId><BICFI>{BIC}</BICFI></FinInstnId></DbtrAgt>"
            f"<Dbtr><Nm>{words.tenant(tenancy)}</Nm></Dbtr>"
            f"<DbtrAcct><Id><IBAN>{words.account(tenancy)}</IBAN></Id></DbtrAcct>"
            f"<RmtInf><Ustrd>{words.debit(tenancy, month)}</Ustrd></RmtInf></DrctDbtTxInf>\n"
        )
    yield "</PmtInf>\n"
