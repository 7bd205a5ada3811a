"""What is read of a camt entry and of its transactions, and where it stands: the whole of it in two tables.

Both shapes of each message are in the paths: version 08 has a party one level deeper (`Pty`) and a status
under `Cd`. The records hold texts as written; `camt_entry` and `camt_details` make values of them.
"""

from __future__ import annotations

from typing import NamedTuple

from tijdig.imports.xml_plan import Plan

BANK_CODE = {
    "domain": "BkTxCd/Domn/Cd",
    "family": "BkTxCd/Domn/Fmly/Cd",
    "subfamily": "BkTxCd/Domn/Fmly/SubFmlyCd",
    "own_code": "BkTxCd/Prtry/Cd",
    "own_issuer": "BkTxCd/Prtry/Issr",
}


class RawEntry(NamedTuple):
    """The texts of one `Ntry` outside its details. The first five are a bank code."""

    domain: str
    family: str
    subfamily: str
    own_code: str
    own_issuer: str
    reference: str
    amount: str
    currency: str
    direction: str
    reversal: str
    status: str
    booked_day: str
    booked_moment: str
    value_day: str
    value_moment: str
    bank_reference: str
    batch_message: str
    batch_id: str
    batch_count: str
    info: str


ENTRY = Plan(
    RawEntry,
    BANK_CODE
    | {
        "reference": "NtryRef",
        "amount": "Amt",
        "currency": "Amt@Ccy",
        "direction": "CdtDbtInd",
        "reversal": "RvslInd",
        "status": "Sts | Sts/Cd | Sts/Prtry",
        "booked_day": "BookgDt/Dt",
        "booked_moment": "BookgDt/DtTm",
        "value_day": "ValDt/Dt",
        "value_moment": "ValDt/DtTm",
        "bank_reference": "AcctSvcrRef",
        "batch_message": "NtryDtls/Btch/MsgId",
        "batch_id": "NtryDtls/Btch/PmtInfId",
        "batch_count": "NtryDtls/Btch/NbOfTxs",
        "info": "AddtlNtryInf",
    },
)


class RawDetail(NamedTuple):
    """The texts of one `TxDtls`. The first five are a `BankCode`."""

    domain: str = ""
    family: str = ""
    subfamily: str = ""
    own_code: str = ""
    own_issuer: str = ""
    bank_reference: str = ""
    end_to_end_id: str = ""
    mandate_id: str = ""
    batch_id: str = ""
    direction: str = ""
    amount: str = ""
    amount_currency: str = ""
    booked_amount: str = ""
    booked_currency: str = ""
    asked_amount: str = ""
    asked_currency: str = ""
    debtor: str = ""
    debtor_account: str = ""
    creditor: str = ""
    creditor_account: str = ""
    remittance: str = ""
    structured: str = ""
    reason: str = ""
    info: str = ""


DETAIL = Plan(
    RawDetail,
    BANK_CODE
    | {
        "bank_reference": "Refs/AcctSvcrRef",
        "end_to_end_id": "Refs/EndToEndId",
        "mandate_id": "Refs/MndtId",
        "batch_id": "Refs/PmtInfId",
        "direction": "CdtDbtInd",
        "amount": "Amt",
        "amount_currency": "Amt@Ccy",
        "booked_amount": "AmtDtls/TxAmt/Amt",
        "booked_currency": "AmtDtls/TxAmt/Amt@Ccy",
        "asked_amount": "AmtDtls/InstdAmt/Amt",
        "asked_currency": "AmtDtls/InstdAmt/Amt@Ccy",
        "debtor": "RltdPties/Dbtr/Nm | RltdPties/Dbtr/Pty/Nm",
        "debtor_account": "RltdPties/DbtrAcct/Id/IBAN | RltdPties/DbtrAcct/Id/Othr/Id",
        "creditor": "RltdPties/Cdtr/Nm | RltdPties/Cdtr/Pty/Nm",
        "creditor_account": "RltdPties/CdtrAcct/Id/IBAN | RltdPties/CdtrAcct/Id/Othr/Id",
        "remittance": "RmtInf/Ustrd+ | RmtInf/Strd/AddtlRmtInf+",
        "structured": "RmtInf/Strd/CdtrRefInf/Ref",
        "reason": "RtrInf/Rsn/Cd | RtrInf/Rsn/Prtry",
        "info": "AddtlTxInf",
    },
)
