from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from tijdig.lab.numbers import reference_is_valid
from tijdig.lab.population import ACCOUNTS, Corporation

N = {"c": "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"}


def cents(element: etree._Element) -> int:
    whole, fraction = element.findtext("c:Amt", namespaces=N).split(".")
    amount = int(whole) * 100 + int(fraction)
    return amount if element.findtext("c:CdtDbtInd", namespaces=N) == "CRDT" else -amount


@pytest.fixture(scope="module")
def statements(folder: Path) -> list[etree._Element]:
    paths = sorted(folder.glob("camt053-*.xml"))
    return [found for path in paths for found in etree.parse(path).getroot().iterfind(".//c:Stmt", N)]


def entries(statements: list[etree._Element], path: str) -> Iterator[etree._Element]:
    for statement in statements:
        yield from statement.xpath(f"c:Ntry[{path}]", namespaces=N)


def test_write_every_statement_ties_and_chains(statements: list[etree._Element]) -> None:
    before = None
    for statement in statements:
        opening, closing = (cents(balance) for balance in statement.iterfind("c:Bal", N))
        assert opening + sum(cents(entry) for entry in statement.iterfind("c:Ntry", N)) == closing
        assert before is None or before == opening
        before = closing


def test_write_sequence_numbers_are_contiguous_and_days_rise(statements: list[etree._Element]) -> None:
    numbers = [int(s.findtext("c:ElctrncSeqNb", namespaces=N)) for s in statements]
    days = [s.findtext("c:Bal/c:Dt/c:Dt", namespaces=N) for s in statements]
    assert numbers == list(range(1, len(statements) + 1))
    assert days == sorted(set(days))


def test_write_one_booking_day_per_statement(statements: list[etree._Element]) -> None:
    for statement in statements:
        days = {e.findtext("c:BookgDt/c:Dt", namespaces=N) for e in statement.iterfind("c:Ntry", N)}
        assert days == {statement.findtext("c:Bal/c:Dt/c:Dt", namespaces=N)}


def test_write_batches_are_gross_and_without_details(statements: list[etree._Element]) -> None:
    batches = list(entries(statements, "c:NtryDtls/c:Btch"))
    assert len(batches) > 80
    assert all(cents(batch) > 0 for batch in batches)
    assert not [batch for batch in batches if batch.find("c:NtryDtls/c:TxDtls", N) is not None]


def test_write_returned_debits_have_the_tenant_under_creditor(
    statements: list[etree._Element], corporation: Corporation
) -> None:
    known = set(corporation.end_to_end_ids())
    returned = list(entries(statements, "c:RvslInd"))
    assert len(returned) > 50
    for entry in returned:
        details = entry.find("c:NtryDtls/c:TxDtls", N)
        assert cents(entry) == cents(details) < 0
        assert details.findtext("c:Refs/c:EndToEndId", namespaces=N) in known
        assert details.findtext("c:Refs/c:MndtId", namespaces=N).startswith("M-")
        assert details.find("c:RltdPties/c:Dbtr", N) is None
        account = details.findtext("c:RltdPties/c:CdtrAcct/c:Id/c:IBAN", namespaces=N)
        assert account not in ACCOUNTS and account[4:8] == "TEST"
        assert len(details.findtext("c:RtrInf/c:Rsn/c:Cd", namespaces=N)) == 4


def test_write_structured_references_pass_their_check(statements: list[etree._Element]) -> None:
    found = [ref.text for s in statements for ref in s.iterfind(".//c:CdtrRefInf/c:Ref", N)]
    assert len(found) > 1_000
    assert all(reference_is_valid(reference) for reference in found)
