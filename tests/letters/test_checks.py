"""What a whole address is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from letters.letter_facts import TENANT
from tijdig.letters.checks import address_faults


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (("Lindestraat 14 b", "3012 XZ Rotterdam"), True),
        (("Lindestraat 14 b", "3012XZ  Rotterdam"), True),
        (("p/a De Linde", "Lindestraat 14 b", "3012 XZ Rotterdam"), True),
        (("Lindenstrasse 3", "20095 Hamburg", "GERMANY"), True),
        (("3012 XZ Rotterdam",), False),
        (("Lindestraat 14 b", "3012 XZ"), False),
        (("Lindestraat 14 b", "0012 XZ Rotterdam"), False),
        (("", "3012 XZ Rotterdam"), False),
    ],
)
def test_an_address_is_whole_or_told_to_be_mended(lines: tuple[str, ...], whole: bool) -> None:
    faults = list(address_faults(replace(TENANT, address_lines=lines)))
    assert [fault.code for fault in faults] == ([] if whole else ["address_incomplete"])
