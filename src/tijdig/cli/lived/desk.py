"""What a made-up year holds in hand while it is lived: the corporation, its people, the day, and what was counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from time import perf_counter_ns
from uuid import UUID, uuid5

from tijdig.access.queries import Colleague
from tijdig.base.days import AMSTERDAM
from tijdig.cli.lived.books import Books, Coming
from tijdig.lab.behaviour import Behaviour
from tijdig.lab.scripted import Tenant, tenant
from tijdig.lab.scripted_pay import Going, Payment
from tijdig.policy.document import Policy, Step
from tijdig.policy.words import Act

_FORMS = UUID("5a1f0f5e-6d5c-4c53-9f1d-0d1a7c1e2026")
OPENS, CLOSES = time(7, 0), time(20, 0)


@dataclass(frozen=True, slots=True)
class Case:
    """A row of somebody's list: which step the way of working asks, and what stands beside it."""

    tenancy: int
    rule: str
    act: Act
    overdue_cents: int
    rent_cents: int
    departed: bool
    since_on: date | None
    talked_on: date | None

    @property
    def talked(self) -> bool:
        return self.since_on is not None and self.talked_on is not None and self.talked_on >= self.since_on


@dataclass(slots=True)
class Purse:
    """What a tenant is going to pay after a talk. `before_cents` is what had come in when the plan was agreed."""

    payments: list[Payment] = field(default_factory=list)
    going: Going | None = None
    before_cents: int = 0
    rents_cents: int = 0  # fell due beside the plan since


@dataclass(slots=True)
class Desk:
    """`ids` are the tenancies by the place of their lease. `codes` are the steps of the way of working by their code."""

    organisation: int
    seed: int
    books: Books
    ids: Sequence[int]
    people: Sequence[Colleague]
    policy: Policy
    first: date
    last: date
    on: date
    figures: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    purses: dict[int, Purse] = field(default_factory=dict)
    tried: dict[tuple[int, str], date] = field(default_factory=dict)
    decided: Counter[int] = field(default_factory=Counter)
    loose: list[tuple[date, Coming]] = field(default_factory=list)
    kept_back: list[Coming] = field(default_factory=list)
    batch: int | None = None
    worked_on: date = date.min
    breaks: set[date] = field(
        default_factory=set
    )  # on these something that was agreed may turn out not to be kept
    to_group: set[int] = field(default_factory=set)  # on the agenda of the next conference
    confers_on: date = date.min
    handed: dict[int, date] = field(default_factory=dict)
    took_ns: Counter[str] = field(default_factory=Counter)
    refused: Counter[tuple[int, str]] = field(default_factory=Counter)
    _tenants: dict[int, Tenant] = field(default_factory=dict)
    _leases: dict[int, int] = field(default_factory=dict)
    _numbers: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._leases = {tenancy: lease for lease, tenancy in enumerate(self.ids)}

    @property
    def steps(self) -> Mapping[str, Step]:
        return {step.code: step for step in self.policy.steps}

    def lease(self, tenancy: int) -> int:
        return self._leases[tenancy]

    def tenant(self, tenancy: int) -> Tenant:
        """Who lives there."""
        lease = self._leases[tenancy]
        if lease not in self._tenants:
            behaviour = Behaviour(int(self.books.corporation.kinds[lease]))
            self._tenants[lease] = tenant(self.seed, lease, behaviour)
        return self._tenants[lease]

    def purse(self, tenancy: int) -> Purse:
        return self.purses.setdefault(self._leases[tenancy], Purse())

    def moment(self, hour: int, minute: int = 0) -> datetime:
        """A moment of the day, on the clock of the wall."""
        return datetime.combine(self.on, time(hour, minute), AMSTERDAM)

    def form(self, what: str) -> UUID:
        """A form of its own for each act, the same in every run of the year."""
        self._numbers[what] += 1
        return uuid5(_FORMS, f"{self.seed}:{what}:{self._numbers[what]}")

    @contextmanager
    def timed(self, part: str) -> Iterator[None]:
        """Where the time of the year goes, in whole milliseconds."""
        began = perf_counter_ns()
        yield
        self.took_ns[part] += perf_counter_ns() - began

    def may_break(self, due_on: date) -> None:
        """Something was agreed for this day: after the days of grace it is kept or not."""
        self.breaks.add(due_on + timedelta(days=self.policy.arrangements.grace_days + 1))

    def count(self, what: str, many: int = 1) -> None:
        self.figures[what] += many

    def rests(self, tenancy: int, what: str, days: int) -> bool:
        """Was this done so lately that it is not done again yet? If not, it is being done today."""
        last = self.tried.get((tenancy, what))
        if last is not None and self.on < last + timedelta(days=days):
            return True
        self.tried[tenancy, what] = self.on
        return False

    def refuse(self, what: str, codes: Iterable[str]) -> None:
        """Something was refused; why is counted, so that a year that goes wrong says so."""
        for code in codes:
            self.refusals[f"{what}: {code}"] += 1
