"""What stands on a bank line: who pays and in which words. Bank text is plain letters, without accents."""

from __future__ import annotations

from functools import cache, lru_cache

from tijdig.base.days import MONTHS, day_of
from tijdig.lab.names import BODIES, plain
from tijdig.lab.numbers import contract_number, dotted, mistyped, payment_reference
from tijdig.lab.people import body_account
from tijdig.lab.population import Corporation
from tijdig.lab.statements import (
    BODY,
    CONTRACT_IN_TEXT,
    MISTYPED,
    NOTHING,
    OTHER_ACCOUNT,
    RELATIVE,
    STRUCTURED,
)

_WITHOUT_REFERENCE = ("huur {m}", "Huur", "maandhuur {m}", "", "HUUR {m} {y}", "{m}")
_WITH_CONTRACT = ("huur {m} contract {c}", "contractnr {d} huur {m}", "{c} {m}", "Huur {m} {y} nr. {d}")


@cache
def iso_day(day: int) -> str:
    return day_of(day).isoformat()


@cache
def short_day(day: int) -> str:
    """`yymmdd`, as in MT940."""
    return f"{day_of(day):%y%m%d}"


@cache
def long_day(day: int) -> str:
    return f"{day_of(day):%Y%m%d}"


@lru_cache(maxsize=65_536)
def euros(cents: int) -> str:
    """`650.10`: unsigned, with a point, as in XML."""
    whole, rest = divmod(abs(cents), 100)
    return f"{whole}.{rest:02d}"


class Wording:
    """The words of one corporation's bank lines; names and accounts are made once per tenancy."""

    def __init__(self, corporation: Corporation) -> None:
        people, span = corporation.people, corporation.window
        firsts = [span.month_first(m) for m in range(span.months)]
        self._corporation = corporation
        self._months = [(MONTHS[first.month - 1], str(first.year)) for first in firsts]
        self.yyyymm = [span.yyyymm(m) for m in range(span.months)]
        self.tenant = cache(people.bank_name)
        self.account = cache(people.account)
        self.contract = cache(contract_number)
        self.payer = cache(self._payer)

    def end_to_end_id(self, tenancy: int, month: int) -> str:
        return f"{self.contract(tenancy)}-{self.yyyymm[month]}"

    def mandate(self, tenancy: int) -> str:
        return f"M-{self.contract(tenancy)}-1"

    def debit(self, tenancy: int, month: int) -> str:
        name, year = self._months[month]
        return f"Huur {name} {year} contract {self.contract(tenancy)}"

    def _payer(self, tenancy: int, payer: int) -> tuple[str, str]:
        """Name and account."""
        people = self._corporation.people
        if payer == BODY:
            body = int(self._corporation.body[tenancy])
            return plain(BODIES[body]), body_account(body)
        if payer == RELATIVE:
            return people.relative_name(tenancy), people.other_account(tenancy)
        account = people.other_account(tenancy) if payer == OTHER_ACCOUNT else self.account(tenancy)
        return self.tenant(tenancy), account

    def transfer(
        self, tenancy: int, month: int, style: int, payer: int, variation: int, people: int
    ) -> tuple[str, str]:
        """The structured reference and the text of a transfer; either may be empty."""
        name, year = self._months[month]
        contract = self.contract(tenancy)
        if payer == BODY:
            return "", f"afdracht vaste lasten {name} {people} cl. ref {variation % 9000 + 1000}"
        if style == NOTHING:
            return "", _WITHOUT_REFERENCE[variation % 6].format(m=name, y=year)
        if style == CONTRACT_IN_TEXT:
            text = _WITH_CONTRACT[variation % 4]
            return "", text.format(m=name, y=year, c=contract, d=dotted(contract))
        reference = payment_reference(contract)
        if style == STRUCTURED:
            return reference, ""
        if style == MISTYPED:
            reference = mistyped(reference, variation)
        if variation % 2:
            reference = " ".join(reference[i : i + 4] for i in range(0, 16, 4))
        return "", f"huur {name} {reference}" if variation % 3 else reference
