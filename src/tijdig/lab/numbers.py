"""The numbers of a made-up corporation: contract numbers, payment references, IBANs, the creditor id.

All carry valid check digits, and none can belong to anybody: the bank code is TEST. The 16-digit payment
reference (betalingskenmerk) follows the rules of Betaalvereniging Nederland: weights 2, 4, 8, 5, 10, 9, 7, 3,
6, 1 from the right, repeating; the check digit is 11 minus the sum modulo 11, where 10 becomes 1 and 11
becomes 0.
"""

from __future__ import annotations

from functools import cache
from itertools import cycle
from operator import mul

_WEIGHTS = (2, 4, 8, 5, 10, 9, 7, 3, 6, 1)
_TEST_AS_DIGITS = "29142829"  # T=29, E=14, S=28, T=29 in the IBAN alphabet
_NL00_AS_DIGITS = "232100"

FIRST_CONTRACT = 100_000
CREDITOR_BODY = "000000010000"  # a chamber-of-commerce number that is not given out, and 0000


def contract_number(tenancy: int) -> str:
    """Six digits, constant per tenancy. `contract_number(0) == "100000"`."""
    return str(FIRST_CONTRACT + tenancy)


def dotted(contract: str) -> str:
    """As people write it: `"104.233"`."""
    return f"{contract[:3]}.{contract[3:]}"


def check_digit(digits: str) -> int:
    """The check digit that stands before these digits."""
    total = sum(map(mul, map(int, reversed(digits)), cycle(_WEIGHTS)))
    check = 11 - total % 11
    return check - 9 if check == 10 else 0 if check == 11 else check


@cache
def payment_reference(contract: str) -> str:
    """The 16 digits a tenant should type. The contract number stands inside, and nothing personal."""
    body = f"270000000{contract}"
    return f"{check_digit(body)}{body}"


def reference_is_valid(reference: str) -> bool:
    return len(reference) == 16 and reference.isdigit() and check_digit(reference[1:]) == int(reference[0])


def mistyped(reference: str, place: int) -> str:
    """The same reference with one digit wrong, such that its check digit shows it.

    Eleven cannot see every single error (a remainder of 1 and of 10 share a check digit), so the digit
    moves on until the check fails.
    """
    spot = 1 + place % 15
    for step in range(1, 10):
        wrong = str((int(reference[spot]) + step) % 10)
        typed = reference[:spot] + wrong + reference[spot + 1 :]
        if not reference_is_valid(typed):
            return typed
    raise AssertionError(f"no wrong digit shows in {reference}")


@cache
def iban(account: int) -> str:
    """`NLkkTEST` and ten digits. `iban(1234567890) == "NL42TEST1234567890"`."""
    check = 98 - int(f"{_TEST_AS_DIGITS}{account:010d}{_NL00_AS_DIGITS}") % 97
    return f"NL{check:02d}TEST{account:010d}"


def creditor_id() -> str:
    """The SEPA creditor id; the business code ZZZ does not count in the check digits."""
    check = 98 - int(CREDITOR_BODY + _NL00_AS_DIGITS) % 97
    return f"NL{check:02d}ZZZ{CREDITOR_BODY}"
