"""Invented bank files, written in the test that needs them: camt.053, MT940, pain.008 and pain.002."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tijdig.lab.numbers import iban

OURS = iban(1_000_000_001)
OTHER_ACCOUNT = iban(1_000_000_002)
DAY = date(2026, 11, 3)
_CODES = {
    "transfer": ("RCDT", "ESCT"),
    "collection": ("IDDT", "ESDD"),
    "batch": ("IDDT", "ESDD"),
    "storno": ("IDDT", "UPDD"),
    "returned": ("RCDT", "RRTN"),
    "payout": ("ICDT", "ESCT"),
    "costs": ("IDDT", "CHRG"),
}


@dataclass(frozen=True)
class Pay:
    """One entry; `cents` as seen from our account."""

    cents: int
    kind: str = "transfer"
    name: str = ""
    account: str = ""
    text: str = ""
    structured: str = ""
    e2e: str = ""
    mandate: str = ""
    batch: str = ""
    reason: str = ""
    ref: str = ""
    amount: str = ""  # as written, where it must be wrong
    currency: str = "EUR"


@dataclass(frozen=True)
class Day:
    """One statement: a day of one account."""

    entries: Sequence[Pay] = ()
    opening: int = 100_000
    closing: int | None = None
    on: date = DAY
    number: int = 1
    account: str = OURS

    @property
    def closes(self) -> int:
        moved = sum(entry.cents for entry in self.entries)
        return self.opening + moved if self.closing is None else self.closing


def _money(cents: int) -> str:
    return f"{abs(cents) // 100}.{abs(cents) % 100:02d}"


def _amount(cents: int, written: str = "", currency: str = "EUR") -> str:
    side = "CRDT" if cents >= 0 else "DBIT"
    return f'<Amt Ccy="{currency}">{written or _money(cents)}</Amt><CdtDbtInd>{side}</CdtDbtInd>'


def _balance(code: str, cents: int, on: date) -> str:
    kind = f"<Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
    return f"<Bal>{kind}{_amount(cents)}<Dt><Dt>{on}</Dt></Dt></Bal>"


def _party(pay: Pay) -> str:
    role = "Dbtr" if pay.cents > 0 else "Cdtr"
    name = f"<{role}><Pty><Nm>{pay.name}</Nm></Pty></{role}>" if pay.name else ""
    account = f"<{role}Acct><Id><IBAN>{pay.account}</IBAN></Id></{role}Acct>" if pay.account else ""
    return f"<RltdPties>{name}{account}</RltdPties>"


def _details(pay: Pay) -> str:
    if pay.kind == "batch":
        return f"<Btch><PmtInfId>{pay.batch}</PmtInfId></Btch>"
    mandate = f"<MndtId>{pay.mandate}</MndtId>" if pay.mandate else ""
    words = f"<Ustrd>{pay.text}</Ustrd>" if pay.text else ""
    if pay.structured:
        words = f"<Strd><CdtrRefInf><Ref>{pay.structured}</Ref></CdtrRefInf></Strd>"
    reason = f"<RtrInf><Rsn><Cd>{pay.reason}</Cd></Rsn></RtrInf>" if pay.reason else ""
    return (
        f"<TxDtls><Refs><EndToEndId>{pay.e2e or 'NOTPROVIDED'}</EndToEndId>{mandate}</Refs>"
        f"{_party(pay)}<RmtInf>{words}</RmtInf>{reason}</TxDtls>"
    )


def _entry(pay: Pay, on: date) -> str:
    family, sub = _CODES[pay.kind]
    mark = "<RvslInd>true</RvslInd>" if pay.kind in ("storno", "returned") else ""
    ref = f"<AcctSvcrRef>{pay.ref}</AcctSvcrRef>" if pay.ref else ""
    return (
        f"<Ntry>{_amount(pay.cents, pay.amount, pay.currency)}{mark}<Sts><Cd>BOOK</Cd></Sts>"
        f"<BookgDt><Dt>{on}</Dt></BookgDt><ValDt><Dt>{on}</Dt></ValDt>{ref}"
        f"<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>{family}</Cd><SubFmlyCd>{sub}</SubFmlyCd></Fmly></Domn></BkTxCd>"
        f"<NtryDtls>{_details(pay)}</NtryDtls></Ntry>\n"
    )


def camt(*days: Day) -> bytes:
    """A camt.053.001.08 with these statements."""
    statements = "".join(
        f"<Stmt><Id>S{day.number}</Id><ElctrncSeqNb>{day.number}</ElctrncSeqNb>"
        f"<Acct><Id><IBAN>{day.account}</IBAN></Id><Ccy>EUR</Ccy></Acct>"
        f"{_balance('OPBD', day.opening, day.on)}{_balance('CLBD', day.closes, day.on)}\n"
        f"{''.join(_entry(pay, day.on) for pay in day.entries)}</Stmt>\n"
        for day in days
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>'
        f"<GrpHdr><MsgId>M</MsgId></GrpHdr>\n{statements}</BkToCstmrStmt></Document>\n"
    ).encode()


def _swift(cents: int) -> str:
    return f"{abs(cents) // 100:012d},{abs(cents) % 100:02d}"


def _side(cents: int) -> str:
    return "C" if cents >= 0 else "D"


def mt940(*days: Day) -> bytes:
    """The same in MT940, in the structured style of Rabobank."""
    lines = [":940:"]
    for day in days:
        on = f"{day.on:%y%m%d}"
        lines += [":20:940S" + on, f":25:{day.account} EUR", f":28C:{day.number}"]
        lines.append(f":60F:{_side(day.opening)}{on}EUR{_swift(day.opening)}")
        for pay in day.entries:
            kind = {"collection": "N501MARF", "storno": "N545MARF"}.get(pay.kind, "N541NONREF")
            ids = f"/MARF/{pay.mandate}/EREF/{pay.e2e}" if pay.mandate else ""
            lines.append(f":61:{on}{_side(pay.cents)}{pay.amount or _swift(pay.cents)}{kind}")
            lines.append(pay.account or "0000000000")
            lines.append(f":86:{ids}/ORDP//NAME/{pay.name}/REMI/{pay.text}{pay.structured}")
        lines.append(f":62F:{_side(day.closes)}{on}EUR{_swift(day.closes)}")
    return ("\n".join(lines) + "\n").encode()


@dataclass(frozen=True)
class Ask:
    """One collection of ours."""

    cents: int
    e2e: str
    mandate: str = ""
    account: str = ""
    name: str = ""


def pain008(batch: str, *asks: Ask, on: date = DAY) -> bytes:
    """Our own collection file with one batch."""
    collections = "".join(
        f"<DrctDbtTxInf><PmtId><EndToEndId>{ask.e2e}</EndToEndId></PmtId>"
        f'<InstdAmt Ccy="EUR">{_money(ask.cents)}</InstdAmt>'
        f"<DrctDbtTx><MndtRltdInf><MndtId>{ask.mandate}</MndtId></MndtRltdInf></DrctDbtTx>"
        f"<Dbtr><Nm>{ask.name}</Nm></Dbtr><DbtrAcct><Id><IBAN>{ask.account}</IBAN></Id></DbtrAcct>"
        f"<RmtInf><Ustrd>Huur</Ustrd></RmtInf></DrctDbtTxInf>\n"
        for ask in asks
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.008.001.08"><CstmrDrctDbtInitn>'
        f"<GrpHdr><MsgId>M-{batch}</MsgId></GrpHdr><PmtInf><PmtInfId>{batch}</PmtInfId>"
        f"<NbOfTxs>{len(asks)}</NbOfTxs><ReqdColltnDt>{on}</ReqdColltnDt>"
        f"<CdtrAcct><Id><IBAN>{OURS}</IBAN></Id></CdtrAcct>\n"
        f"{collections}</PmtInf></CstmrDrctDbtInitn></Document>\n"
    ).encode()


def pain002(batch: str, *refused: str) -> bytes:
    """The bank refuses these collections of a batch."""
    told = "".join(
        f"<TxInfAndSts><OrgnlEndToEndId>{e2e}</OrgnlEndToEndId><TxSts>RJCT</TxSts>"
        "<StsRsnInf><Rsn><Cd>AM04</Cd></Rsn></StsRsnInf></TxInfAndSts>"
        for e2e in refused
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt>'
        f"<GrpHdr><MsgId>P</MsgId></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>M-{batch}</OrgnlMsgId>"
        "<OrgnlMsgNmId>pain.008.001.08</OrgnlMsgNmId></OrgnlGrpInfAndSts>"
        f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>{batch}</OrgnlPmtInfId>{told}</OrgnlPmtInfAndSts>"
        "</CstmrPmtStsRpt></Document>\n"
    ).encode()
