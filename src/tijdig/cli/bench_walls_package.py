"""For `bench walls`: how many packages of a hand-over are made in a second, by one process, each from what stands in the
database to the bytes of its PDF, as in the transaction of a hand-over."""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tijdig.cli.bench_walls_ground import File

_MOST = 30


def packages(files: Sequence[File], on: date) -> dict[str, object]:
    """`packages_per_second`, over so many files (`packages`), and the median size of one in bytes."""
    from tijdig.access.scope import organisation_scope
    from tijdig.bailiff.actions_package import package_pdf
    from tijdig.bailiff.checklist import judged
    from tijdig.bailiff.queries import agreement, file
    from tijdig.bailiff.queries_facts import facts_of

    chosen = [one for one in files if one.open][:_MOST]
    sizes: list[int] = []
    took_s = 0.0
    for turn, one in enumerate([chosen[0], *chosen]):  # the first once more: it loads what all share
        with organisation_scope(one.organisation):
            known = file(one.id)
            assert known is not None
            agreed = agreement(known.agreement_id)
            assert agreed is not None
            begun = time.perf_counter()
            found = facts_of(one.tenancy, on)
            assert found is not None
            pdf = package_pdf(
                one.organisation,
                one.tenancy,
                on,
                agreed=agreed,
                start=known.start,
                by=("Meting",),
                items=judged(found),
            )
            if turn:
                took_s += time.perf_counter() - begun
                sizes.append(len(pdf))
    return {
        "packages_per_second": round(len(sizes) / took_s, 1),
        "packages": len(sizes),
        "package_bytes": sorted(sizes)[len(sizes) // 2],
    }
