"""Writes a made-up corporation as the files a real one hands over. The only module of the lab that touches
a disk.

`eenheden.json`, `clusters.json`, `relaties.json`, `overeenkomsten.json`, `boekingen.csv`; per month
`camt053-<yyyymm>.xml` and `mt940-<yyyymm>.sta`; per collection day `pain008-<yyyymmdd>.xml`. The same
corporation gives the same bytes. The truth about it is never among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from tijdig.lab import write_bookings, write_camt, write_leases, write_mt940, write_pain008, write_vera
from tijdig.lab.population import Corporation
from tijdig.lab.wording import Wording, long_day


def deliver(corporation: Corporation, folder: Path) -> list[Path]:
    """Writes all files into `folder` (made if absent) and names them, in order. Existing ones are replaced.

    A month without a single line on an account gives no file for it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return sorted(folder / name for name, pieces in _files(corporation) if _write(folder / name, pieces))


def _files(corporation: Corporation) -> Iterator[tuple[str, Iterable[str]]]:
    words = Wording(corporation)
    envelope = write_vera.envelope
    yield "clusters.json", envelope("clusters", write_vera.clusters(corporation))
    yield "eenheden.json", envelope("eenheden", write_vera.homes(corporation))
    yield "relaties.json", envelope("relaties", write_vera.relations(corporation))
    leases = write_leases.LeaseWriter(corporation).elements()
    yield "overeenkomsten.json", envelope("overeenkomsten", leases)
    yield "boekingen.csv", write_bookings.rows(corporation)
    for month in range(corporation.window.months):
        stamp = corporation.window.yyyymm(month)
        yield f"camt053-{stamp}.xml", write_camt.write(corporation, words, month)
        yield f"mt940-{stamp}.sta", write_mt940.write(corporation, words, month)
    for day in write_pain008.collection_days(corporation):
        yield f"pain008-{long_day(day)}.xml", write_pain008.write(corporation, words, day)


def _write(path: Path, pieces: Iterable[str]) -> bool:
    """Whether there was anything to write; an earlier file of that name is taken away when there was not."""
    running = iter(pieces)
    first = next(running, None)
    if first is None:
        path.unlink(missing_ok=True)
        return False
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(chain([first], running))
    return True
