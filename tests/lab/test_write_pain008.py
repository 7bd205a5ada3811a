from collections import Counter
from pathlib import Path

from lxml import etree

from tijdig.lab.population import ACCOUNTS

P = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.008.001.08"}
C = {"c": "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"}


def cents(text: str) -> int:
    whole, fraction = text.split(".")
    return int(whole) * 100 + int(fraction)


def batches(folder: Path) -> list[etree._Element]:
    paths = sorted(folder.glob("pain008-*.xml"))
    return [batch for path in paths for batch in etree.parse(path).getroot().iterfind(".//p:PmtInf", P)]


def test_write_counts_and_sums_agree(folder: Path) -> None:
    for path in folder.glob("pain008-*.xml"):
        root = etree.parse(path).getroot()
        amounts = [cents(amount.text) for amount in root.iterfind(".//p:InstdAmt", P)]
        head = root.find(".//p:GrpHdr", P)
        assert int(head.findtext("p:NbOfTxs", namespaces=P)) == len(amounts)
        assert cents(head.findtext("p:CtrlSum", namespaces=P)) == sum(amounts)


def test_write_batches_split_what_the_bank_booked_as_one(folder: Path) -> None:
    first = [b for b in batches(folder) if b.findtext("p:CdtrAcct/p:Id/p:IBAN", namespaces=P) == ACCOUNTS[0]]
    asked = {
        b.findtext("p:PmtInfId", namespaces=P): (
            cents(b.findtext("p:CtrlSum", namespaces=P)),
            int(b.findtext("p:NbOfTxs", namespaces=P)),
        )
        for b in first
    }
    booked = {}
    for path in folder.glob("camt053-*.xml"):
        for entry in etree.parse(path).getroot().iterfind(".//c:Ntry", C):
            if (batch := entry.find("c:NtryDtls/c:Btch", C)) is not None:
                booked[batch.findtext("c:PmtInfId", namespaces=C)] = (
                    cents(entry.findtext("c:Amt", namespaces=C)),
                    int(batch.findtext("c:NbOfTxs", namespaces=C)),
                )
    assert asked == booked


def test_write_end_to_end_ids_occur_once(folder: Path) -> None:
    ids = Counter(e.text for batch in batches(folder) for e in batch.iterfind(".//p:EndToEndId", P))
    assert max(ids.values()) == 1
    assert max(len(reference or "") for reference in ids) <= 35


def test_write_no_debtor_address(folder: Path) -> None:
    assert not [batch for batch in batches(folder) if batch.find(".//p:PstlAdr", P) is not None]
