"""The first half of `bench camt`: how fast a camt.053 is read, beside two libraries on the same file.

Each reading is a process of its own, so that its memory is its own: growth is the most it held beyond what the bare
process, with its modules loaded, held before. The ways take turns, and seconds are of the processor, so that a
busy moment of the machine favours none (all three use one core, and the file is in memory).
`bankstatementparser` gives a table of the whole file; `pyiso20022` gives objects, by the parser of `xsdata`, and is
left out where that is not installed. Both are asked for what they are quickest at: the whole file at once.
"""

from __future__ import annotations

import json
import logging
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tijdig.imports.references import make

OWN, TABLE, OBJECTS = "tijdig", "bankstatementparser", "pyiso20022"
_TURNS = 3
_FAMILIES = ("de Vries", "Jansen & Zn", "van den Bércken", "El Amrani", "Bakker-Smit")  # invented
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>\n'
    "<GrpHdr><MsgId>STM1</MsgId><CreDtTm>2026-11-02T20:00:00</CreDtTm></GrpHdr>\n"
    "<Stmt><Id>1</Id><ElctrncSeqNb>1</ElctrncSeqNb><CreDtTm>2026-11-02T20:00:00</CreDtTm>"
    "<Acct><Id><IBAN>NL42TEST1234567890</IBAN></Id><Ccy>EUR</Ccy></Acct>\n"
)


def run(entries: int = 50_000) -> dict[str, float]:
    """Entries a second of each way (median of three), how many times faster ours is, and the memory it takes.

    `read_growth_mib` is ours. The figures of a library that cannot run here are absent.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "camt.xml"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(statement(entries))
        ways = [way for way in (OWN, TABLE, OBJECTS) if _can(way)]
        seen = [{way: _measured(way, path, entries) for way in ways} for _ in range(_TURNS)]
    seconds = {way: statistics.median(turn[way]["seconds"] for turn in seen) for way in ways}
    found: dict[str, float] = {"read_entries": entries}
    for way in ways:
        growth = statistics.median(turn[way]["growth_mib"] for turn in seen)
        name = "read" if way == OWN else way
        found |= {
            f"{name}_entries_per_s": round(entries / seconds[way]),
            f"{name}_growth_mib": round(growth, 1),
        }
        if way != OWN:
            found[f"times_{way}"] = round(seconds[way] / seconds[OWN], 2)
    return found


def statement(entries: int, seed: int = 1) -> Iterator[str]:
    """A statement of that many entries of one transaction each, about 1 kB an entry; the same seed, the same file."""
    chance = random.Random(seed)
    cents = [chance.randrange(45_000, 120_000) for _ in range(entries)]
    yield _HEAD
    for kind, amount in (("OPBD", 0), ("CLBD", sum(cents))):
        yield f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>{_amount(amount)}<Dt><Dt>2026-11-02</Dt></Dt></Bal>"
    for number, amount in enumerate(cents):
        yield _entry(number, amount, chance)
    yield "</Stmt></BkToCstmrStmt></Document>\n"


def _amount(cents: int) -> str:
    return f'<Amt Ccy="EUR">{cents // 100}.{cents % 100:02d}</Amt><CdtDbtInd>CRDT</CdtDbtInd>'


def _entry(number: int, cents: int, chance: random.Random) -> str:
    name = chance.choice(_FAMILIES).replace("&", "&amp;")
    reference = make(f"27{number:013d}")
    if chance.random() < 0.4:
        text = f"<Strd><CdtrRefInf><Ref>{reference}</Ref></CdtrRefInf></Strd>"
    else:
        text = f"<Ustrd>Huur november 2026 contract {100_000 + number}</Ustrd>"
    return (
        f"<Ntry><NtryRef>{number + 1}</NtryRef>{_amount(cents)}<Sts><Cd>BOOK</Cd></Sts>"
        "<BookgDt><Dt>2026-11-02</Dt></BookgDt><ValDt><Dt>2026-11-02</Dt></ValDt>"
        f"<AcctSvcrRef>V20261102{number:08d}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd>"
        "<SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls><TxDtls>"
        f"<Refs><AcctSvcrRef>V20261102{number:08d}</AcctSvcrRef><EndToEndId>NOTPROVIDED</EndToEndId></Refs>"
        f"{_amount(cents)}<RltdPties><Dbtr><Pty><Nm>Fam. {name}</Nm><PstlAdr><Ctry>NL</Ctry>"
        f"<AdrLine>Dorpsstraat {number % 200 + 1}</AdrLine><AdrLine>1234 AB Voorbeeldstad</AdrLine></PstlAdr>"
        f"</Pty></Dbtr><DbtrAcct><Id><IBAN>NL{number % 89 + 10}TEST{number:010d}</IBAN></Id></DbtrAcct></RltdPties>"
        "<RltdAgts><DbtrAgt><FinInstnId><BICFI>TESTNL2A</BICFI></FinInstnId></DbtrAgt></RltdAgts>"
        f"<RmtInf>{text}</RmtInf></TxDtls></NtryDtls></Ntry>\n"
    )


def _own() -> Callable[[Path], int]:
    from tijdig.imports import camt
    from tijdig.imports.drafts import Movement

    def read(path: Path) -> int:
        with path.open("rb") as stream:
            return sum(isinstance(event, Movement) for event in camt.read(stream))

    return read


def _table() -> Callable[[Path], int]:
    from bankstatementparser import CamtParser

    def read(path: Path) -> int:
        logging.disable(logging.CRITICAL)  # it writes a line for every entry
        try:
            return len(CamtParser(path).get_transactions())
        finally:
            logging.disable(logging.NOTSET)

    return read


def _objects() -> Callable[[Path], int]:
    from pyiso20022.camt.camt_053_001_08 import Document
    from xsdata.formats.dataclass.parsers import XmlParser

    def read(path: Path) -> int:
        found = XmlParser().parse(str(path), Document)
        return sum(len(one.ntry) for one in found.bk_to_cstmr_stmt.stmt)

    return read


_WAYS: dict[str, Callable[[], Callable[[Path], int]]] = {OWN: _own, TABLE: _table, OBJECTS: _objects}


def _can(way: str) -> bool:
    """Are the modules of this way installed?"""
    try:
        _WAYS[way]()
    except ImportError:
        return False
    return True


def _measured(way: str, path: Path, entries: int) -> dict[str, float]:
    command = [sys.executable, "-m", __name__, way, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    if found["entries"] != entries:  # a fast wrong answer is worth nothing
        raise AssertionError(f"{way} read {found['entries']} of {entries} entries")
    return found


def _peak_mib() -> float:
    status = Path("/proc/self/status")
    if status.exists():  # the other figure may begin at the peak of the parent process
        return float(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _measure(way: str, path: Path) -> dict[str, float]:
    read = _WAYS[way]()
    before, begun = _peak_mib(), time.process_time()
    entries = read(path)
    return {"entries": entries, "seconds": time.process_time() - begun, "growth_mib": _peak_mib() - before}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_measure(sys.argv[1], Path(sys.argv[2]))))
